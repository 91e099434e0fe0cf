"""Where a repository is: a URL, an address in scp's manner, or a path; and what to call it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SCP = re.compile(r"(?:[^/:@\s]+@)?[^/:\s]{2,}:(?!:)")  # one letter before the colon is a drive of Windows


def located(text: str, folder: Path) -> str:
    """The source that `text` names: a URL as it is, a path absolute, from `folder`. Raises ValueError for what git must not be told.

    A password has no place in a URL: it would stand in the state file, in messages and in the list of processes.
    """
    if not text or text.startswith("-") or any(ord(character) < 32 for character in text):
        raise ValueError("is no path and no URL")
    if re.match(r"[A-Za-z0-9+.-]+::", text):
        raise ValueError("names a transport helper of git's, which could run any command")
    if _URL.match(text):
        if urlsplit(text).password is not None:
            raise ValueError("holds a password; leave that to a credential helper of git's")
        return text
    if _SCP.match(text) and not os.path.lexists(folder / text):
        return text
    return os.path.normpath(folder / os.path.expanduser(text))


def is_path(source: str) -> bool:
    """Whether a source is a path, so that its branch can be put there without a push over the network."""
    return os.path.isabs(source)


def address(source: str) -> str:
    """What git is to fetch from. A path as a URL: only so does a fetch from it go no deeper than it is told to."""
    return Path(source).as_uri() if is_path(source) else source


def names(sources: Sequence[str]) -> list[str]:
    """A name for each source: the shortest end of its path that no other one shares, without `.git`."""
    parts = [_parts(source) for source in sources]
    length = [1] * len(parts)
    while True:
        named = ["/".join(part[-size:]) for part, size in zip(parts, length, strict=True)]
        again = {name for name, count in Counter(named).items() if count > 1}
        grown = [size + (name in again and size < len(part)) for part, name, size in zip(parts, named, length, strict=True)]
        if grown == length:
            return list(_numbered(named))
        length = grown


def _parts(source: str) -> list[str]:
    path = urlsplit(source).path if _URL.match(source) else source.partition(":")[2] if not is_path(source) else source
    found = [part for part in path.replace("\\", "/").split("/") if part]
    if len(found) > 1 and found[-1] == ".git":
        found.pop()
    if found:
        found[-1] = found[-1].removesuffix(".git") or found[-1]
    return found or ["repository"]


def _numbered(named: Sequence[str]) -> Iterator[str]:
    """What is still the same (the same path at two hosts) gets a number."""
    seen: dict[str, int] = {}
    for name in named:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}~{seen[name]}"
