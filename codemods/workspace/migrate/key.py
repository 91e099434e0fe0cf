"""What a result hangs on, as one digest: where it is the same, the result is, and no work is done again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec.structs import asdict

import codemods
from codemods import __version__
from codemods.workspace.migrate.plan import Target

# What limits a job, names it or says where its result goes does not decide what the result is.
_ASIDE = ("name", "seconds", "memory", "forge")
# No oracle of types is asked; the first one that is will have its name and version here.
ORACLE = "none"


def key_of(target: Target, base: str) -> str:
    """The key of what comes of a target at the commit `base`."""
    said = {name: value for name, value in asdict(target).items() if name not in _ASIDE}
    facts = {"target": said, "base": base, "version": __version__, "code": code(), "oracle": ORACLE}
    return sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()


@cache
def code() -> str:
    """A digest of what decides about rewrites: our own code, apart from what prints and what talks to people."""
    root = Path(codemods.__file__).parent
    digest = sha256()
    for package in ("model", "analysis", "rules", "engine"):
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
