"""Comprehensions whose results nobody looks at."""

xs = [3, 1, 2]

[print(x) for x in xs]


class Progress:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def show(self, losses: dict[str, float], limit: float) -> None:
        # only what is worth a look
        [print(f"{name}: {loss:.2f}") for name, loss in losses.items() if loss > limit]
        [self.seen.append(name) if loss > limit else None for name, loss in losses.items()]

    def lengths(self) -> list[int]:
        """This one is used, and stays."""
        return [len(name) for name in self.seen]


progress = Progress()
progress.show({"train": 0.25, "test": 1.5, "held out": 2.0}, limit=1.0)
print(progress.lengths())
