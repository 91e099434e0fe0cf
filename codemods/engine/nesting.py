"""Whether Python's own compiler bears a file. One that holds some twenty comprehensions in each other ends the process that compiles it:

    [[[… for a in b] for a in b] for a in b]          21 levels: Segmentation fault on 3.12, and a few more on 3.13

since these versions compile a comprehension into the function around it (PEP 709), as one more block, and do not count it among the blocks
of which they take only twenty (`too many statically nested blocks`). 3.11 bears it; the verdict is the same there.
"""

from __future__ import annotations

import ast

from codemods.analysis.text.walking import FIELDS

DEEPEST = 15

_COMPREHENSIONS = frozenset({ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp})
_BLOCKS = _COMPREHENSIONS | {ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith}
_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef})


def is_too_deep(tree: ast.AST) -> bool:
    """Whether a comprehension lies in so many blocks of one function, itself among them, that the tree must not be compiled."""
    pending: list[tuple[ast.AST, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        kind = type(node)
        if kind in _BLOCKS:
            depth += 1
            if depth > DEEPEST and kind in _COMPREHENSIONS:
                return True
        elif kind in _FUNCTIONS:
            depth = 0
        for name in FIELDS.get(kind, ()):
            value = getattr(node, name, None)
            if isinstance(value, list):
                pending.extend([(one, depth) for one in value])
            elif value is not None:
                pending.append((value, depth))
    return False
