"""The sites that a project has decided to live with for now, in a file of its own, so that a check fails for new ones only.

    {"version": 1, "files": {"pkg/a.py": {"0123456789abcdef": "dict-keys in Shop.prices"}}}

Paths are relative to the folder of the file itself, with `/` between their parts; under each stand the ids of its sites
(`engine.identity`), with the rule and where the site is, for people who read a diff of it. Sorted, a line a site, so that git merges it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from codemods.model.outcome import Clean, Diagnostic, Fixed, Outcome, TriagedAway
from codemods.model.settings import Settings

VERSION = 1
_IN = " in "

SettingsFor = Callable[[Path], Settings]


class BaselineError(ValueError):
    """The file cannot be read, written, or is none. `str()` is one line that names it."""


class _Document(msgspec.Struct):
    version: int
    files: dict[str, dict[str, str]]


class Baseline:
    """The sites of one file of sites. `path` is where it is or is to be."""

    def __init__(self, path: Path, files: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.path = path
        self._folder = os.path.realpath(path.parent)
        self._files: dict[str, dict[str, str]] = {name: dict(sites) for name, sites in (files or {}).items()}
        self._gone: list[str] = []
        self._seen: set[str] = set()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """What `path` holds. Raises BaselineError."""
        try:
            text = path.read_text("utf-8")
            document = msgspec.convert(json.loads(text), _Document)
        except FileNotFoundError:
            raise BaselineError(f"{path}: there is no such file; `--write-baseline {path}` makes it") from None
        except OSError as error:
            raise BaselineError(f"{path}: {error.strerror or error}") from None
        except json.JSONDecodeError as error:
            raise BaselineError(f"{path}:{error.lineno}: is not JSON: {error.msg}") from None
        except (ValueError, RecursionError) as error:
            raise BaselineError(f"{path}: is no baseline: {' '.join(str(error).split())}") from None
        if document.version != VERSION:
            raise BaselineError(f"{path}: is of version {document.version}, and this pyfix reads version {VERSION}")
        return cls(path, document.files)

    def __len__(self) -> int:
        return sum(map(len, self._files.values()))

    def name_of(self, path: Path) -> str:
        """What a file is called in it. Raises BaselineError for one that lies outside of its folder."""
        folder, name = os.path.split(os.path.abspath(path))
        try:
            relative = os.path.relpath(os.path.join(os.path.realpath(folder), name), self._folder)
        except ValueError:  # another drive
            relative = os.pardir
        if relative.split(os.sep)[0] == os.pardir:
            raise BaselineError(f"{path}: lies outside of {self._folder}, the folder of {self.path.name}")
        return relative.replace(os.sep, "/")

    def over(self, settings_for: SettingsFor) -> SettingsFor:
        """The settings with the sites of each file held back."""

        def with_held(path: Path) -> Settings:
            settings = settings_for(path)
            held = self._files.get(self._known_as(path) or "", {})
            return msgspec.structs.replace(settings, held=tuple(sorted({*settings.held, *held}))) if held else settings

        return with_held

    def add(self, path: Path, sites: Iterable[Diagnostic]) -> None:
        """Take up sites of a file. Raises BaselineError."""
        known = self._files.setdefault(self.name_of(path), {})
        known |= {one.id: f"{one.rule}{_IN}{one.scope}" if one.scope else one.rule for one in sites}

    def note(self, path: Path, outcome: Outcome, settings: Settings) -> None:
        """Note what has become of the sites of a file that was looked into as a whole."""
        name = self._known_as(path)
        if name is None or name not in self._files or settings.lines is not None:
            return
        match outcome:
            case Fixed(diagnostics=diagnostics) | Clean(diagnostics=diagnostics):
                there = {one.id for one in diagnostics}
            case TriagedAway():
                there = set()
            case _:
                return
        self._seen.add(name)
        gone = [said for one, said in sorted(self._files[name].items()) if one not in there and said.split(_IN)[0] in settings.rules]
        self._gone.extend(f"{name}: {said}" for said in gone)

    def stale(self) -> list[str]:
        """The sites that are no longer there, a line each: of files that were looked into, and of files that are gone."""
        lost = [name for name in self._files if name not in self._seen and not os.path.lexists(os.path.join(self._folder, name))]
        return [*self._gone, *(f"{name}: {said}, and the file with it" for name in lost for _, said in sorted(self._files[name].items()))]

    def write(self) -> None:
        """Put it on disk, as a whole. Raises BaselineError."""
        files = {name: dict(sorted(sites.items())) for name, sites in sorted(self._files.items()) if sites}
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            beside.write_bytes(json.dumps({"version": VERSION, "files": files}, indent=1).encode() + b"\n")
            os.replace(beside, self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise BaselineError(f"{self.path}: cannot be written: {error.strerror or error}") from None

    def _known_as(self, path: Path) -> str | None:
        try:
            return self.name_of(path)
        except BaselineError:
            return None
