"""Whether Python's own compiler bears a file. One that holds some twenty comprehensions in each other ends the process that compiles it:

    [[[… for a in b] for a in b] for a in b]          21 levels: Segmentation fault on 3.12, and a few more on 3.13

since these versions compile a comprehension into the function around it (PEP 709), as one more block, and do not count it among the blocks
of which they take only twenty (`too many statically nested blocks`). 3.11 bears it; the verdict is the same there.
"""

from __future__ import annotations

import ast

from codemods.analysis.module import Module

DEEPEST = 15

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BLOCKS = (*_COMPREHENSIONS, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def is_too_deep(module: Module) -> bool:
    """Whether a comprehension of the file lies in so many blocks of one function, itself among them, that it must not be compiled."""
    return any(_depth(module, node) > DEEPEST for node in module.names.nodes(*_COMPREHENSIONS))


def _depth(module: Module, comprehension: ast.expr) -> int:
    depth = 1
    for node in module.ancestors(comprehension):
        if isinstance(node, _FUNCTIONS):
            break
        depth += isinstance(node, _BLOCKS)
    return depth
