"""Messages, paths and log lines of a small training run, put together with plus signs."""

from dataclasses import dataclass, field


name = "Euni"
print("Hello, " + name + "!")


@dataclass
class Run:
    model: str
    dataset: str
    root: str = "runs"
    epoch: int = 0
    losses: list[float] = field(default_factory=list)

    def folder(self) -> str:
        return self.root + "/" + self.model + "-" + self.dataset

    def checkpoint(self) -> str:
        return self.folder() + "/epoch_" + str(self.epoch) + ".pt"

    def headline(self) -> str:
        return (
            "Training "
            + self.model
            + " on "
            + self.dataset
            + ", checkpoints in "
            + self.folder()
            + ", epoch "
            + str(self.epoch)
        )

    def record(self, loss: float) -> str:
        self.epoch += 1
        self.losses.append(loss)
        return "epoch " + str(self.epoch) + ": loss " + "%.3f" % loss + " (best " + str(min(self.losses)) + ")"


def describe(config: dict[str, str], id2label: dict[int, str]) -> str:
    text = 'A "' + config["kind"] + '" with ' + str(len(id2label)) + " label" + ("s" if len(id2label) != 1 else "")
    for index, label in id2label.items():
        text += "\n\t" + str(index) + " -> {" + label + "}"
    return text


def token_pattern(start: str, end: str) -> str:
    return r"^" + start + r"\s(.*)\s" + end + r"$"


def usage(program: str) -> str:
    return ("usage: " + program + " [--epochs N] [--resume PATH]\n" +
            "  --epochs N     how often to go through the data\n" +
            "  --resume PATH  a checkpoint of " + program + "\n")


def fail(path: str, reason: object) -> None:
    raise ValueError("Cannot read the vocabulary from " + repr(path) + ", because of " + str(reason))


run = Run("seq2seq", "de-en")
print(run.headline())
print(run.record(2.5))
print(run.record(1.25))
print(run.checkpoint())
print(describe({"kind": "GRU"}, {0: "<pad>", 1: "<sos>", 2: "<eos>"}))
print(token_pattern("<sos>", "<eos>"))
print(usage("train.py"), end="")
try:
    fail("vocab.txt", KeyError("<unk>"))
except ValueError as error:
    print("failed: " + str(error))
