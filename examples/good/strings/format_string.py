"""Reports of a small translation model, written with percent signs and `.format`."""

from dataclasses import dataclass, field


@dataclass
class Run:
    model: str
    epochs: int
    rate: float
    losses: list[float] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Run({self.model!r}, epochs={self.epochs:d}, rate={self.rate:g})"

    def folder(self, root: str) -> str:
        return f"{root}/{self.model}-{self.rate:.0e}"

    def progress(self, epoch: int) -> str:
        return f"epoch {epoch:2d}/{self.epochs:<2d}: loss {self.losses[-1]:.3f} ({100 * epoch // self.epochs:3d}%)"

    def cells(self) -> list[str]:
        return [self.model, str(self.rate), repr(self.losses)]

    def summary(self) -> str:
        return (
            f"model:  {self.model}\n"
            f"epochs: {self.epochs:04d}\n"
            f"best:   {min(self.losses):8.3f}"
        )


def row(label: str, values: tuple[object, ...], width: int) -> str:
    return f"{label:<8}|{values[0]!r:>{width}}|{values[1]:>{width}}"


def as_json(label: str, share: float) -> str:
    return f'{{"label": "{label}", "share": {share:.1%}}}'


def read(path: str) -> None:
    try:
        open(path)
    except OSError as error:
        raise SystemExit(f"no {path}: {type(error).__name__}") from error


def pair(values: tuple[str, str]) -> str:
    # What takes a tuple apart stays: the values are not to be seen.
    return "%s -> %s" % values


run = Run("seq2seq", 12, 0.0005)
print(f"finished: {run!r}")
print(f"it is {run.folder('runs')}")
for epoch, loss in enumerate([2.5, 1.25], start=1):
    run.losses.append(loss)
    print(run.progress(epoch))
print(run.summary(), run.cells())
print(row("tokens", ("<sos>", 3), 7))
print(as_json("<eos>", 0.375))
print(pair(("de", "en")))
try:
    read("/nowhere/vocab.txt")
except SystemExit as stop:
    print(f"stopped: {stop!s}")
