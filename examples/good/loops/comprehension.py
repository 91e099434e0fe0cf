"""Preparing sentences for a translation model: loops that only build up a list, a set or a dict."""

sentences = ["the cat sat", "", "the dog ran home", "a cat ran"]


def tokenize(lines: list[str]) -> list[list[str]]:
    return [line.split() for line in lines if line]


def vocabulary(batch: list[list[str]]) -> dict[str, int]:
    words = {token for tokens in batch for token in tokens}
    return {word: number for number, word in enumerate(sorted(words))}


def pad(batch: list[list[int]], width: int) -> list[list[int]]:
    # all rows of a batch are as long as its longest sentence
    # zero stands for nothing
    return [row + [0] * (width - len(row)) for row in batch]


def scores(batch: list[list[str]], weights: dict[str, float]) -> list[float]:
    least = min(weights.values())
    return [weights.get(token, least) for tokens in batch for token in tokens]


def known(words: list[str], weights: dict[str, float]) -> list[str]:
    return [word for word in words if weights.get(word) is not None and word.isalpha()]


def first_long(rows: list[list[int]], least: int) -> list[list[int]]:
    """Stops early: this stays a loop."""
    found = []
    for row in rows:
        if len(found) == 1:
            break
        if len(row) >= least:
            found.append(row)
    return found


tokens = tokenize(sentences)
index = vocabulary(tokens)
rows = [[index[token] for token in line] for line in tokens]
print(pad(rows, 4), first_long(rows, 4))
weights = {"the": 0.5, "cat": 2.0}
print(scores(tokens, weights), known(sorted(index), weights))
