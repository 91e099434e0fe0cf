"""Loops over indexes, where the elements are what is meant."""

LABELS = ["negative", "neutral", "positive"]

my_list = [10, 20, 30]

for item in my_list:
    print(item)

for i, item in enumerate(my_list):
    print(i, item)

id2label = {i: label for i, label in enumerate(LABELS)}
print(id2label)


def accuracy(predicted: list[int], wanted: list[int]) -> float:
    """Two lists side by side: pyfix leaves the choice of `zip` to people."""
    hits = 0
    for i in range(len(predicted)):
        if predicted[i] == wanted[i]:
            hits += 1
    return hits / len(predicted)


def relu(values: list[float]) -> list[float]:
    """The stores stay: only what is read becomes the element."""
    for i, value in enumerate(values):
        if value < 0:
            values[i] = 0.0
    return values


def total(matrix: list[list[float]]) -> float:
    result = 0.0
    for row in matrix:
        for element in row:
            result += element
    return result


class Batches:
    def __init__(self, tokens: list[str], size: int):
        self.batches = [tokens[start:start + size] for start in range(0, len(tokens), size)]

    def show(self) -> None:
        for number, batch in enumerate(self.batches):  # the tokens of one step
            print(f"batch {number}: {len(batch)} tokens, the first is {batch[0]}")

    def longest(self) -> int:
        return max(len(batch) for batch in self.batches)

    def spans(self, pairs: list[tuple[int, int]]) -> None:
        for start, end in pairs:
            print(start, end - start)


def doubled(rows: list[int]) -> list[int]:
    """The list grows while the loop runs: counting to its first length is what is meant, and stays."""
    for i in range(len(rows)):
        rows.append(rows[i] * 2)
    return rows


print(accuracy([1, 0, 2], [1, 1, 2]))
print(relu([0.5, -1.5, 2.0]))
print(total([[1.0, 2.0], [3.0]]))
batches = Batches("the cat sat on the mat".split(), 4)
batches.show()
print(batches.longest())
batches.spans([(0, 3), (3, 4)])
print(doubled([1, 2]))
