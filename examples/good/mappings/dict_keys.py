"""Asking a dict for its keys where the dict itself would do."""

import os
from collections import Counter, OrderedDict

my_dict = {"key1": "value1", "key2": "value2"}

for key in my_dict:
    print(key)

if "key1" in my_dict and "key3" not in my_dict:
    print("only the first two")


def vocabulary(counts: dict[str, int], least: int = 2) -> list[str]:
    """The words to train on, most frequent first."""
    known = sorted(counts, key=counts.__getitem__, reverse=True)
    return [word for word in known if counts[word] >= least]


def prune(metrics: dict[str, float], keep: set[str]) -> dict[str, float]:
    """Drop what is not to be logged. The loop deletes, so it needs a copy of the keys."""
    for name in list(metrics):
        if name not in keep:
            del metrics[name]
    return metrics


def layer_sizes(layers: "OrderedDict[str, int]") -> str:
    width = max(len(name) for name in layers)
    return f"{len(layers)} layers, names up to {width} letters, the first is {next(iter(layers))}"


def shared(first: dict[str, int], second: dict[str, int]) -> list[str]:
    """Set operations are what views are for."""
    return sorted(first.keys() & second.keys())


class Tokenizer:
    def __init__(self, text: str) -> None:
        self.counts = Counter(text.split())
        self.id2label = {index: word for index, word in enumerate(self.counts)}

    def describe(self) -> None:
        for index in self.id2label:
            print(index, end=" ")
        print()
        print(3 in self.id2label, [word for word in self.counts if len(word) > 3])


class Catalogue:
    """Its keys are not what it iterates over, so the view stays."""

    def __init__(self) -> None:
        self.entries = {"a": 1}

    def keys(self) -> list[str]:
        return ["index", *self.entries]

    def __iter__(self):
        return iter(self.entries)

    def __contains__(self, name: str) -> bool:
        return name in self.keys()


print(vocabulary({"the": 5, "attention": 3, "mask": 1}))
print(prune({"loss": 0.5, "accuracy": 0.8, "step": 10.0}, {"loss", "accuracy"}))
print(layer_sizes(OrderedDict(encoder=512, decoder=512, head=10)))
print(shared({"a": 1, "b": 2}, {"b": 3}))
Tokenizer("the cat sat on the mat today").describe()
print("index" in Catalogue(), [name for name in Catalogue()])
print("NO_SUCH_NAME" in os.environ)
