"""Blobs that are known to have nothing to rewrite, from earlier runs of a hook.

They are kept beside the outcomes of files, in the same store. Only that a blob is clean is kept: what there is to rewrite is proved anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from codemods.model.settings import Settings
from codemods.workspace.cache import code_state
from codemods.workspace.outcomes import Row, State, Store

_NO_STATE = State(0, 0, 0)


class Answers:
    """The answers, opened. `close` must be called. `folder`: the cache's."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._number, _ = self._store.number(f"{code_state()} blobs")

    def is_known(self, settings: Settings, blob: str) -> bool:
        """Whether nothing is to be rewritten in a blob, under settings which say on which lines."""
        row = self._store.row(self._number, key := _key(settings, blob))
        if row is not None and row.used != self._store.today:
            self._store.put(self._number, key, row._replace(used=self._store.today))
        return row is not None

    def note(self, settings: Settings, blob: str) -> None:
        key = _key(settings, blob)
        self._store.put(self._number, key, Row(_NO_STATE, key, self._store.today, ""))

    def close(self) -> None:
        """Write what was noted."""
        self._store.close()


def _key(settings: Settings, blob: str) -> bytes:
    return hashlib.blake2b(f"{blob} {settings!r}".encode("utf-8", "surrogateescape"), digest_size=20).digest()
