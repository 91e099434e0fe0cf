"""Handlers of image models, with the `super` of Python 2."""

from dataclasses import dataclass


class BaseHandler:
    def __init__(self, name: str = "base") -> None:
        self.name = name
        self.initialized = False

    def initialize(self, context: dict[str, int]) -> None:
        self.initialized = bool(context)

    def preprocess(self, batch: list[int]) -> list[int]:
        return list(batch)

    @classmethod
    def load(cls, name: str) -> "BaseHandler":
        return cls(name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, initialized={self.initialized})"


class ImageClassifier(BaseHandler):
    top_k = 5

    def initialize(self, context: dict[str, int]) -> None:
        super(ImageClassifier, self).initialize(context)
        self.size = context.get("size", 224)

    def preprocess(self, batch: list[int]) -> list[int]:
        return [value / 255 for value in super(ImageClassifier, self).preprocess(batch)]


class BinaryClassifier(ImageClassifier):
    """One class or the other."""

    def __init__(self, name: str = "binary") -> None:
        super(BinaryClassifier, self).__init__(name)
        self.top_k = 1

    def initialize(self, context: dict[str, int]) -> None:
        super(
            BinaryClassifier,  # kept in step with the archive
            self,
        ).initialize(context)

    def preprocess(self, batch: list[int]) -> list[int]:
        # Pixels are normalised already: what the image classifier does to them is left out on purpose.
        return super(ImageClassifier, self).preprocess(batch)

    @classmethod
    def load(cls, name: str) -> "BaseHandler":
        handler = super(BinaryClassifier, cls).load(name)
        handler.initialize({"size": 64})
        return handler

    def __repr__(self) -> str:
        return f"<{super(BinaryClassifier, self).__repr__()} of size {self.size}>"

    def describe(self) -> list[str]:
        def line(part: str) -> str:
            return f"{part}: {super(BinaryClassifier, self).__repr__()}"

        return [line("handler")]


@dataclass(slots=True)
class Batch(BaseHandler):
    """With slots, the class is a copy of the one that `super()` would know."""

    size: int = 4

    def preprocess(self, batch: list[int]) -> list[int]:
        return super(Batch, self).preprocess(batch)[: self.size]


class Encoder:
    class Layer(BaseHandler):
        def __init__(self) -> None:
            super(Encoder.Layer, self).__init__("layer")


handler = BinaryClassifier.load("cats")
print(handler, handler.preprocess([0, 255]), handler.describe())
image = ImageClassifier("dogs")
image.initialize({"size": 32})
print(image, image.preprocess([0, 255]), Batch(2).preprocess([1, 2, 3]), Encoder.Layer())
