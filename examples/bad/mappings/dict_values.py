"""Loops that ask for keys and do nothing with them."""

from collections import Counter, defaultdict

my_dict = {"key1": "value1", "key2": "value2"}

for key, value in my_dict.items():
    print(value)


def average(metrics: dict[str, float]) -> float:
    total = 0.0
    for _, metric in metrics.items():
        total += metric
    return total / len(metrics)


def longest(sentences: dict[str, list[str]]) -> int:
    return max(len(sentences[name]) for name in sentences)


def cells(grid: dict[tuple[int, int], str]) -> str:
    return "".join(cell for (row, column), cell in grid.items() if cell)


def drain(queues: dict[str, list[int]]) -> list[int]:
    """The loop empties the dict, so it needs its copy."""
    taken: list[int] = []
    for name, queue in list(queues.items()):
        taken += queue
        queues.clear()
    return taken


def last_name(metrics: dict[str, float]) -> str:
    """Here the key is what the loop is for."""
    name = ""
    for name, metric in metrics.items():
        print(metric)
    return name


def in_order(metrics: dict[str, float]) -> list[float]:
    """Sorted by name, though the name is not shown."""
    return [metric for name, metric in sorted(metrics.items())]


counts = Counter("the cat and the dog".split())
frequent = [count for word, count in counts.items() if count > 1]
groups: defaultdict[int, list[str]] = defaultdict(list)
for word in counts:
    groups[len(word)].append(word)
for length, words in groups.items():
    print(sorted(words))

print(average({"loss": 0.5, "accuracy": 1.0}), longest({"a": ["x", "y"], "b": []}), cells({(0, 0): "x", (0, 1): "", (1, 0): "y"}))
print(drain({"a": [1], "b": [2]}), last_name({"loss": 0.5}), in_order({"b": 1.0, "a": 2.0}), frequent)
