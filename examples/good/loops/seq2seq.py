"""Train a small sequence-to-sequence model that reverses words, as a learner would write it.

An encoder reads the letters of a word and leaves a context vector; a decoder starts from it and writes letter after letter until the end
token. While it learns, the decoder is fed the right letters (teacher forcing). To keep it small only the output layer learns: the two
recurrent networks keep the weights they start with. Standard library only.
"""

import math
import os
import random

PAD, START, END = "<pad>", "<s>", "</s>"

WORDS = ["cat", "dog", "bird", "fish", "cow", "hen", "ant", "bee"]


class Config:
    """What a run depends on, by name."""

    def __init__(self, **settings):
        for name, value in settings.items():
            setattr(self, name, value)


class Vocabulary:
    """Letters and special tokens as numbers."""

    def __init__(self, words, special=None):
        if special is None:
            special = [PAD, START, END]
        self.index2token = list(special)
        for word in words:
            for letter in word:
                if letter not in self.index2token:
                    self.index2token.append(letter)
        self.token2index = {item: i for i, item in enumerate(self.index2token)}

    def encode(self, word: str) -> list[int]:
        return [self.token2index[letter] for letter in word]

    def decode(self, indexes: list[int]) -> str:
        text = ""
        for index in indexes:
            text = text + self.index2token[index]
        return text


class Layer:
    """A matrix of weights."""

    def __init__(self, rows: int, columns: int, scale: float):
        self.weights = [[random.uniform(-scale, scale) for _ in range(columns)] for _ in range(rows)]

    def apply(self, values: list[float]) -> list[float]:
        # of one output
        return [
            sum(row[j] * values[j] for j in range(len(values))) for row in self.weights
        ]


class Recurrent(Layer):
    """A recurrent network: the new state is made of the old one and a token."""

    def __init__(self, tokens: int, width: int):
        super().__init__(width, width, 1.2 / math.sqrt(width))
        self.embedding = Layer(tokens, width, 1.0)

    def step(self, state: list[float], token: int) -> list[float]:
        mixed = self.apply(state)
        added = self.embedding.weights[token]
        for i in range(len(mixed)):
            mixed[i] = math.tanh(mixed[i] + added[i])
        return mixed


class Output(Layer):
    """The layer that learns: from a state to how likely each token is."""

    def __init__(self, tokens: int, width: int):
        super().__init__(tokens, width, 0.1)

    def probabilities(self, state: list[float]) -> list[float]:
        scores = self.apply(state)
        peak = max(scores)
        for i, score in enumerate(scores):
            scores[i] = math.exp(score - peak)
        total = sum(scores)
        return [score / total for score in scores]

    def learn(self, state: list[float], wanted: int, rate: float) -> float:
        guessed = self.probabilities(state)
        for i in range(len(guessed)):
            error = guessed[i] - (1.0 if i == wanted else 0.0)
            for j in range(len(state)):
                self.weights[i][j] -= rate * error * state[j]
        return -math.log(guessed[wanted])


class Translator:
    """Encoder, decoder and output layer."""

    def __init__(self, vocabulary: Vocabulary, width: int):
        tokens = len(vocabulary.index2token)
        self.vocabulary = vocabulary
        self.width = width
        self.encoder = Recurrent(tokens, width)
        self.decoder = Recurrent(tokens, width)
        self.output = Output(tokens, width)

    def context(self, tokens: list[int]) -> list[float]:
        """The state the encoder ends in. Padding is skipped."""
        state = [0.0] * self.width
        for token in tokens:
            if token != self.vocabulary.token2index[PAD]:
                state = self.encoder.step(state, token)
        return state

    def train(self, source: list[int], target: list[int], rate: float) -> float:
        """One step with teacher forcing: the decoder sees the right token, whatever it guessed."""
        state = self.context(source)
        previous = self.vocabulary.token2index[START]
        loss = 0.0
        for item in target:
            state = self.decoder.step(state, previous)
            loss += self.output.learn(state, item, rate)
            previous = item
        return loss / len(target)

    def translate(self, source: list[int], longest: int) -> str:
        state = self.context(source)
        token, end = self.vocabulary.token2index[START], self.vocabulary.token2index[END]
        written = []
        while len(written) < longest:
            state = self.decoder.step(state, token)
            chances = self.output.probabilities(state)
            token = chances.index(max(chances))
            if token == end:
                break
            written.append(token)
        return self.vocabulary.decode(written)


def padded(batch: list[list[int]], pad: int) -> list[list[int]]:
    """All rows of a batch at the length of the longest."""
    width = max(len(item) for item in batch)
    return [row + [pad] * (width - len(row)) for row in batch]


def batches(words: list[str], size: int) -> list[list[str]]:
    return [words[start:start + size] for start in range(0, len(words), size)]


def log(epoch: int, metrics: dict[str, float], history: dict[str, list[float]]) -> None:
    line = f"epoch {epoch!s}"
    for name, value in sorted(metrics.items()):
        history[name].append(value)
        line += f" {name} {value:.2f}"
    print(line)


def evaluate(model: Translator, words: list[str]) -> float:
    right = 0
    for word in words:
        written = model.translate(model.vocabulary.encode(word), longest=6)
        if written == word[::-1]:
            right += 1
    return right / len(words)


def summary(config: Config, history: dict[str, list[float]]) -> None:
    for name, values in history.items():
        print(f"{name} went from {values[0]:.2f} to {values[-1]:.2f}")
    if "loss" in history:
        print(f"{config.epochs} epochs, width {config.width}")


def main() -> None:
    random.seed(7)
    config = Config(width=24, epochs=60, rate=0.2, batch=4, folder="runs")
    vocabulary = Vocabulary(WORDS)
    model = Translator(vocabulary, config.width)
    history = {"loss": [], "accuracy": []}
    for epoch in range(1, config.epochs + 1):
        losses = []
        for batch in batches(WORDS, config.batch):
            sources = padded([vocabulary.encode(word) for word in batch], vocabulary.token2index[PAD])
            for i in range(len(batch)):
                target = vocabulary.encode(batch[i][::-1]) + [vocabulary.token2index[END]]
                losses.append(model.train(sources[i], target, config.rate))
        if epoch % 20 == 0:
            log(epoch, {"loss": sum(losses) / len(losses), "accuracy": evaluate(model, WORDS)}, history)
    summary(config, history)
    names = [f"epoch-{number}" for number in (20, 40, 60)]
    for name in names:
        print(os.path.join(config.folder, f"{name}.json"))
    for word in WORDS:
        print(word + " -> " + model.translate(vocabulary.encode(word), longest=6))


if __name__ == "__main__":
    main()
