"""What a rule is: data plus two pure functions that meet at a site."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.model.verdict import Reasons, Verdict

if TYPE_CHECKING:
    import libcst


class Site(Struct, frozen=True):
    """One place where a rule's pattern stands, found on the `ast` tree.

    Attributes:
        anchor: the smallest enclosing statement or expression; its text is cut out, parsed by LibCST, given to the rule's `rewrite` with
            `plan`, and written back. An `ast.stmt` or an `ast.expr`.
        verdict: safe, unsafe or refused.
        plan: what `rewrite` needs to know; it asks no questions. `None` for a refused site.
        shown: the node whose position is reported to the user, where that is not the anchor.
        header: nodes whose lines a suppression comment may stand on. Empty means: the lines of a whole expression anchor, or for a
            statement anchor those from its first line to the line before its body.
        until: where the site takes in several statements of one block, the last of them, `anchor` being the first. `rewrite` is then
            given the tuple of their nodes.
        why: computes what the verdict rests on. It is called only where somebody asks, while the module that `find` was given still stands.
    """

    anchor: ast.stmt | ast.expr
    verdict: Verdict
    plan: Any = None
    shown: ast.AST | None = None
    header: tuple[ast.AST, ...] = ()
    until: ast.stmt | None = None
    why: Callable[[], Reasons] | None = None


class Rule(Struct, frozen=True):
    """A rule as its module states it. Its name, area and page come from the module's path and docstring (`engine.registry`).

    Attributes:
        triage: a bytes regex (verbose off, DOTALL off) that every file holding the pattern must match; it may match more. It is fastest
            where it begins with a literal (`keys(?<=\bkeys)`, not `\bkeys`), and must not begin anew behind each match of a first part.
        visits: the `ast` node types `find` is called on.
        find: `find(node, module)` yields the sites at that node. Pure; imports no LibCST.
        rewrite: `rewrite(cst_node, plan)` maps the LibCST node of the anchor to its replacement, or to a pair of that and the names to
            import for it, as (module, name) pairs. Statements may be replaced by several, as a `libcst.FlattenSentinel`. Pure; asks
            no questions; imports LibCST inside itself.
    """

    triage: bytes
    visits: tuple[type[ast.AST], ...]
    find: Callable[[Any, Any], Iterable[Site]]
    rewrite: Callable[[Any, Any], libcst.CSTNode | tuple[libcst.CSTNode, tuple[tuple[str, str], ...]]]
