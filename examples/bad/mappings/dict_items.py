"""Looking each key up again, where the loop could have the value in its hand."""

import os

my_dict = {"key1": "value1", "key2": "value2"}

for key in my_dict:
    print(my_dict[key])

id2label = {0: "negative", 1: "neutral", 2: "positive"}
label2id = {id2label[i]: i for i in id2label}
print(label2id)


class Config:
    """Settings by name."""

    def __init__(self, **settings):
        for name in settings:
            setattr(self, name, settings[name])


class Monitor:
    def __init__(self):
        self.metrics = {"loss": 1.5, "accuracy": 0.25}
        self.history = {}

    def log(self, epoch: int) -> None:
        for name in sorted(self.metrics.keys()):
            self.history.setdefault(name, []).append(self.metrics[name])
            print(f"epoch {epoch} {name}: {self.metrics[name]:.3f}")


def share(counts: dict[str, int]) -> dict[str, float]:
    whole = sum(counts.values())
    return {word: counts[word] / whole for word in counts}


def prune(counts: dict[str, int], least: int) -> dict[str, int]:
    """The loop deletes from the dict, so it runs over a copy, and still does."""
    for word in list(counts):
        if counts[word] < least:
            del counts[word]
    return counts


def smooth(weights: dict[str, float], rate: float) -> None:
    """A weight that was just set is read anew."""
    for name in weights:
        old = weights[name]
        weights[name] = old * rate
        print(name, old, weights[name])


def chain(links: dict[str, str]) -> None:
    """Another key is written: the copy would not know. Left alone."""
    for name in list(links):
        links[links[name]] = name
    print(links)


config = Config(hidden=8, layers=2)
print(config.hidden, config.layers)
monitor = Monitor()
monitor.log(1)
print(monitor.history)
print(share({"cat": 3, "mat": 1}))
print(prune({"cat": 3, "mat": 1}, least=2))
smooth({"w": 1.0, "b": 0.5}, rate=0.5)
chain({"a": "b", "b": "c"})
os.environ.clear()
os.environ["PYFIX_EXAMPLE"] = "on"
for name in os.environ:
    print(name, os.environ[name])
