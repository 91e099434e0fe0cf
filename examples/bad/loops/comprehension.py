"""Preparing sentences for a translation model: loops that only build up a list, a set or a dict."""

sentences = ["the cat sat", "", "the dog ran home", "a cat ran"]


def tokenize(lines: list[str]) -> list[list[str]]:
    batch = []
    for line in lines:
        if not line:
            continue
        batch.append(line.split())
    return batch


def vocabulary(batch: list[list[str]]) -> dict[str, int]:
    words = set()
    for tokens in batch:
        for token in tokens:
            words.add(token)
    index = {}
    for number, word in enumerate(sorted(words)):
        index[word] = number
    return index


def pad(batch: list[list[int]], width: int) -> list[list[int]]:
    # all rows of a batch are as long as its longest sentence
    padded = []
    for row in batch:
        # zero stands for nothing
        filled = row + [0] * (width - len(row))
        padded.append(filled)
    return padded


def scores(batch: list[list[str]], weights: dict[str, float]) -> list[float]:
    found = []
    least = min(weights.values())
    for tokens in batch:
        for token in tokens:
            found.append(weights.get(token, least))
    return found


def known(words: list[str], weights: dict[str, float]) -> list[str]:
    found = []
    for word in words:
        weight = weights.get(word)
        if weight is None:
            continue
        if word.isalpha():
            found.append(word)
    return found


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
rows = []
for line in tokens:
    rows.append([index[token] for token in line])
print(pad(rows, 4), first_long(rows, 4))
weights = {"the": 0.5, "cat": 2.0}
print(scores(tokens, weights), known(sorted(index), weights))
