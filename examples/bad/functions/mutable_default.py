"""A shopping basket, a vocabulary and a batch: each call that leaves an argument out should start with an empty one."""

from collections import defaultdict


def my_function(i, my_list=[]):
    my_list.append(i)
    return my_list


class Basket:
    def __init__(self, owner: str, items: list[str] = []):
        self.owner = owner
        self.items = items

    def add(self, item: str) -> None:
        self.items.append(item)


def build_vocabulary(sentences, ids={}, *, special=["<pad>", "<start>", "<end>"]):
    """Numbers the words of the sentences, after the special tokens."""
    for token in special:
        ids.setdefault(token, len(ids))
    for sentence in sentences:
        for word in sentence.split():
            ids.setdefault(word, len(ids))
    return ids


def by_length(words, groups=defaultdict(list)):
    for word in words:
        groups[len(word)].append(word)
    return dict(groups)


def unique(words, kept=set()): return sorted(kept.union(words))


def training_options(
    rate: float,
    options={
        "epochs": 10,  # full passes over the data
        "shuffle": True,
    },
):
    return {**options, "rate": rate}


# The memory is wanted here: it stays.
def fibonacci(n, memo={}):
    if n not in memo:
        memo[n] = n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
    return memo[n]


print(my_function(1))
print(my_function(2))
print(my_function(3, [0]))

first, second = Basket("Ada"), Basket("Ben")
first.add("bread")
print(first.items, second.items)

print(build_vocabulary(["the cat sat", "the dog sat"]))
print(build_vocabulary(["a bird"]))
print(by_length(["a", "bb"]))
print(by_length(["ccc"]))
print(unique(["b", "a", "b"]), unique(["c"]))
print(training_options(0.1))
print(fibonacci(30))
