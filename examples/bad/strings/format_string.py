"""Reports of a small translation model, written with percent signs and `.format`."""

from dataclasses import dataclass, field


@dataclass
class Run:
    model: str
    epochs: int
    rate: float
    losses: list[float] = field(default_factory=list)

    def __repr__(self) -> str:
        return "Run(%r, epochs=%d, rate=%g)" % (self.model, self.epochs, self.rate)

    def folder(self, root: str) -> str:
        return "{}/{model}-{rate:.0e}".format(root, model=self.model, rate=self.rate)

    def progress(self, epoch: int) -> str:
        return "epoch %2d/%-2d: loss %.3f (%3d%%)" % (epoch, self.epochs, self.losses[-1], 100 * epoch // self.epochs)

    def cells(self) -> list[str]:
        return [self.model, "%s" % self.rate, "{!r}".format(self.losses)]

    def summary(self) -> str:
        return (
            "model:  %(model)s\n"
            "epochs: %(epochs)04d\n"
            "best:   %(best)8.3f" % {"model": self.model, "epochs": self.epochs, "best": min(self.losses)}
        )


def row(label: str, values: tuple[object, ...], width: int) -> str:
    return "{0:<8}|{1[0]!r:>{width}}|{1[1]:>{width}}".format(label, values, width=width)


def as_json(label: str, share: float) -> str:
    return '{{"label": "{}", "share": {:.1%}}}'.format(label, share)


def read(path: str) -> None:
    try:
        open(path)
    except OSError as error:
        raise SystemExit("no %s: %s" % (path, type(error).__name__)) from error


def pair(values: tuple[str, str]) -> str:
    # What takes a tuple apart stays: the values are not to be seen.
    return "%s -> %s" % values


run = Run("seq2seq", 12, 0.0005)
print("finished: %r" % (run,))
print("it is %s" % run.folder("runs"))
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
    print("stopped: %s" % stop)
