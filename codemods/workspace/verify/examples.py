"""Examples as the judge: rewritten functions that are annotated and look pure, old and new, on the same arguments.

Hypothesis makes the arguments and looks for the smallest that tell the two apart. CrossHair was not taken: where a list grows while it is
enumerated it says that there is no difference, after a hundred times the time.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from codemods.engine import syntax
from codemods.engine.decode import decode
from codemods.workspace.verify import command
from codemods.workspace.verify.bisect import Answer
from codemods.workspace.verify.canary import raising
from codemods.workspace.verify.judges import Verdict, environment, import_roots
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.purity import reason_against
from codemods.workspace.verify.sites import Rewrites, Site
from codemods.workspace.verify.workplace import Workplace

SECONDS = 600.0


class ExamplesJudge:
    """Calls of rewritten functions, in a process of its own."""

    steady = True

    def __init__(self, place: Workplace, rewrites: Rewrites) -> None:
        if importlib.util.find_spec("hypothesis") is None:
            raise VerifyError("examples need Hypothesis: `pip install 'pyfix-codemods[examples]'` brings it")
        self._place, self._rewrites = place, rewrites
        self._variables = environment(place, rewrites.paths)
        self._compared: set[tuple[str, str]] = set()
        self._scopes = {(site.path, one.scope) for site in rewrites.sites for one in site.diagnostics}

    @property
    def name(self) -> str:
        """With how much of the rewrites it has looked at."""
        return f"examples ({len(self._compared)} of {len(self._scopes)} rewritten functions compared)"

    def __call__(self) -> Verdict:
        job = [one for path in self._rewrites.paths for one in self._job(path)]
        if not job:
            return Verdict(Answer.GOOD, "nothing to compare")
        file, said = self._place.aside / "job", self._place.aside / "said"
        file.write_text(json.dumps(job), "utf-8")
        child = Path(__file__).with_name("examples_child.py")
        arguments = [sys.executable, "-P", os.fspath(child), os.fspath(file)]
        ended = command.run(arguments, self._place.working, self._variables, said, SECONDS, errors=self._place.aside / "errors")
        if ended.status != 0:
            raise VerifyError(f"the examples ended with {ended.words}", (self._place.aside / "errors").read_text("utf-8", "replace"))
        return self._verdict(json.loads(said.read_text("utf-8")), ended.seconds)

    def begin(self, first: Verdict, second: Verdict) -> bool:
        return True

    def canary(self, data: bytes, path: str, sites: Collection[Site]) -> bytes | None:
        return None if path.endswith(".pyi") else raising(data, sites)

    def _verdict(self, answers: list[dict[str, Any]], seconds: float) -> Verdict:
        differing = [one for one in answers if one["differs"]]
        compared = [one for one in answers if one["differs"] or not one["said"]]
        self._compared |= {(one["path"], one["name"]) for one in compared}
        words = f"{len(compared)} function{'' if len(compared) == 1 else 's'} compared, {len(differing)} of them different"
        lines = "\n".join(f"{one['path']}: {one['said']}" for one in answers if one["said"])
        return Verdict(Answer.BAD if differing else Answer.GOOD, words, lines, seconds)

    def _job(self, path: str) -> Iterator[dict[str, str]]:
        """The functions of a file that are not what they were, and may be called."""
        old, new = decode(self._rewrites.before(path)).text, decode((self._place.folder / path).read_bytes()).text
        if old == new or path.endswith(".pyi"):
            return
        try:
            trees = syntax.parse(old), syntax.parse(new)
        except syntax.Unreadable:
            return
        module, file = self._module(path)
        for name in sorted({scope for of, scope in self._scopes if of == path}):
            if any(reason_against(tree, name) for tree in trees):
                continue
            before, after = (_source(tree, name) for tree in trees)
            if before != after:
                yield {"path": path, "module": module, "file": file, "name": name, "old": before, "new": after}

    def _module(self, path: str) -> tuple[str, str]:
        """What the file is imported as; a name that is its own, and the file, where it is in no package."""
        roots = import_roots(self._place.folder, [path])
        if not roots:
            return f"pyfix_examples_{path.replace('/', '_').removesuffix('.py')}", os.fspath(self._place.folder / path)
        parts = Path(path).relative_to(roots[0] or ".").with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts), ""


def _source(tree: ast.Module, name: str) -> str:
    """The function as a module of its own, with what the module imports from the future."""
    future = [one for one in tree.body if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
    function = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    return ast.unparse(ast.Module([*future, *function], []))
