"""Messages, paths and log lines of a small training run, put together with plus signs."""

from dataclasses import dataclass, field


name = "Euni"
print(f"Hello, {name}!")


@dataclass
class Run:
    model: str
    dataset: str
    root: str = "runs"
    epoch: int = 0
    losses: list[float] = field(default_factory=list)

    def folder(self) -> str:
        return f"{self.root}/{self.model}-{self.dataset}"

    def checkpoint(self) -> str:
        return f"{self.folder()}/epoch_{self.epoch}.pt"

    def headline(self) -> str:
        return (
            f"Training {self.model} on {self.dataset}, checkpoints in "
            f"{self.folder()}, epoch {self.epoch}"
        )

    def record(self, loss: float) -> str:
        self.epoch += 1
        self.losses.append(loss)
        return f"epoch {self.epoch}: loss {loss:.3f} (best {min(self.losses)})"


def describe(config: dict[str, str], id2label: dict[int, str]) -> str:
    text = (
        f'A "{config["kind"]}" with '
        f'{len(id2label)} label{"s" if len(id2label) != 1 else ""}'
    )
    for index, label in id2label.items():
        text += f"\n\t{index} -> {{{label}}}"
    return text


def token_pattern(start: str, end: str) -> str:
    return rf"^{start}\s(.*)\s{end}$"


def usage(program: str) -> str:
    return (f"usage: {program} [--epochs N] [--resume PATH]\n"
            "  --epochs N     how often to go through the data\n"
            f"  --resume PATH  a checkpoint of {program}\n")


def fail(path: str, reason: object) -> None:
    raise ValueError(f"Cannot read the vocabulary from {path!r}, because of {reason!s}")


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
    print(f"failed: {error!s}")
