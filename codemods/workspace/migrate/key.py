"""What a result hangs on, as one digest: where it is the same, the result is, and no work is done again."""

from __future__ import annotations

import subprocess
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import msgspec
from msgspec.structs import asdict

import codemods
from codemods import __version__
from codemods.workspace.migrate.plan import Target

# What limits a job, names it or says where its result goes does not decide what the result is.
_ASIDE = ("name", "seconds", "memory", "forge")
_JUDGING = ("model", "analysis", "rules", "engine", "workspace")


def key_of(target: Target, base: str) -> str:
    """The key of what comes of a target at the commit `base`."""
    said = {name: value for name, value in asdict(target).items() if name not in _ASIDE}
    facts = {"target": said, "base": base, "version": __version__, "code": code(), "oracle": oracle(target.verify)}
    return sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()


@cache
def code() -> str:
    """A digest of what decides about rewrites, and what is kept of them: our own code, apart from what prints and what talks to people."""
    root = Path(codemods.__file__).parent
    digest = sha256()
    for package in _JUDGING:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def oracle(verify: str) -> str:
    """Who is asked besides the command `verify`, with its version: the type checkers that there are for `types`, Hypothesis for `examples`.

    Which checker it is that `types` means, a repository's own configuration says, which is not known here: all count.
    """
    kind, _, which = verify.partition(":")
    if kind == "types":
        from codemods.workspace.verify.typecheck import NAMES, program_of

        return " ".join(_version(program) for name in ([which] if which else NAMES) if (program := program_of(name)) is not None)
    if verify == "examples":
        try:
            return f"hypothesis {metadata.version('hypothesis')}"
        except metadata.PackageNotFoundError:
            return "none"
    return "none"


def _version(program: str) -> str:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return f"{program} that does not start"
    return " ".join(said.split())
