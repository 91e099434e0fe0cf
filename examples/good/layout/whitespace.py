"""Spaces left out where the eye needs them, and put in where it does not."""

my_list = [1, 2, 3, 4, 5]
my_dict = {'key1': 'value1', 'key2': 'value2'}
print(my_list, my_dict)


class Resize:
    """A step that an image goes through before the model sees it."""

    factor: float = 1.0

    def __init__(self, size, interpolation="bilinear", antialias: bool = True):
        self.size, self.interpolation = size, interpolation
        self.antialias = antialias

    def __repr__(self):
        return repr((self.size, self.interpolation, self.antialias))


def pipeline(*steps, mean: tuple[float, float, float] = (0.5, 0.5, 0.5)):
    settings = {
        "steps": [repr(step) for step in steps],
        "mean": mean,  # of each channel , as trained
        "activities": ["cat", "dog"],
    }
    settings["count"] = len(settings["steps"])
    return settings


for name, value in pipeline(Resize((224, 224)), Resize((32, 32), antialias=False)).items():
    print(name, value, sep=": ")

# Lined up by hand, and so left alone.
KERNEL = [[ 1,  2,  1],
          [ 2, 12,  2],
          [ 1,  2,  1]]
SIZES = {
    "resnet":    224,
    "inception": 299,
    "vit":       384,
}
short     = [1, 2]
much_more = [3, 4]

# Slices, operators, lambdas and strings are as their author wrote them.
words = "the,cat , sat"
half = words[: len(words)//2]
weigh = lambda row,scale = 2: [cell*scale for cell in row]
print(half, weigh(short), f"{dict(a = 1)}", short+much_more, KERNEL[0], SIZES)
