"""The tools that `side_by_side` compares: which version, with which options, and why those."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

RUFF_CODES = ("SIM118", "PLC0206", "PLR1736", "UP030", "UP031", "UP032", "UP008", "B006", "PERF401", "PERF402", "PERF403")
"""The codes that do what rules of pyfix do; two of them, PLC0206 and PERF402, only report. C4 rewrites calls and FLY002 joins that
pyfix has no rule for."""

FIXIT_RULES = ("fixit.rules.use_fstring:UseFstring", "fixit.rules.no_redundant_arguments_super:NoRedundantArgumentsSuper")
"""Fixit's rules that do what rules of pyfix do."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with one set of options.

    Attributes:
        label: what the page calls it.
        requires: what its environment needs, pinned, the tool first; empty for pyfix, which is this checkout.
        arguments: what its Python is given; `{root}` is this checkout, and what follows is the folder to rewrite.
        statuses: exit statuses that mean that it did its work.
        each_file: it takes files, not folders.
    """

    label: str
    requires: tuple[str, ...]
    arguments: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)
    each_file: bool = False

    def command(self, interpreter: Path, root: Path, folder: Path) -> list[str]:
        """The command line that rewrites a folder in place."""
        paths = sorted(str(path) for path in folder.rglob("*.py")) if self.each_file else [str(folder)]
        return [str(interpreter), *(argument.format(root=root) for argument in self.arguments), *paths]


_RUFF = (
    *("-m", "ruff", "check", "--isolated", "--no-cache", "--target-version", "py311"),
    *("--fix", "--exit-zero", "--select", ",".join(RUFF_CODES)),
)
_PYUPGRADE = ("-m", "pyupgrade", "--py311-plus", "--exit-zero-even-if-changed")
_PYFIX = ("{root}/cli.py", "--isolated", "--no-cache")

TOOLS = (
    Tool("pyfix", (), _PYFIX),
    Tool("pyfix --unsafe-fixes", (), (*_PYFIX, "--unsafe-fixes")),
    Tool("ruff", ("ruff==0.17.6",), _RUFF),
    Tool("ruff --unsafe-fixes --preview", ("ruff==0.17.6",), (*_RUFF, "--unsafe-fixes", "--preview")),
    Tool("flynt -tc", ("flynt==1.0.6",), ("-m", "flynt", "-tc")),
    Tool("flynt -tc -tj -a", ("flynt==1.0.6",), ("-m", "flynt", "-tc", "-tj", "-a")),
    Tool("pyupgrade --py311-plus", ("pyupgrade==3.22.0",), _PYUPGRADE, (0, 1), each_file=True),
    # Given a folder, Fixit came upon no file at all in some packages and said that all was clean.
    Tool("fixit", ("fixit==2.2.1",), ("-m", "fixit", "--rules", ",".join(FIXIT_RULES), "fix", "--automatic"), (0, 1), each_file=True),
)
