"""One walk of the tree that calls each rule's `find` on the nodes it visits."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.text.fields import f_string_around
from codemods.analysis.text.pragmas import Pragmas
from codemods.analysis.text.walking import FIELDS
from codemods.engine.registry import NamedRule
from codemods.model.outcome import Defect
from codemods.model.rule import Site
from codemods.model.verdict import Fact, Reasons, Refusal, Refused, Remedy, Safe, Verdict, with_reasons

TOO_DEEP = Refusal("too-deep", "an expression of the statement at line {line} is nested too deeply to be judged")

Visitors = dict[type[ast.AST], list[NamedRule]]


class Found(Struct, frozen=True, eq=False):
    """A site with its place in the text of this pass.

    Attributes:
        start, end: the text to cut: the anchor's (and that of the statements behind it, up to the site's last).
        shown: the span reported to the user.
        suppressed: a comment holds the rule back here.
        held: the settings hold this site back.
        in_string: the anchor stands inside an f-string, where positions are not to be trusted; the span is that of the whole string.
    """

    named: NamedRule
    site: Site
    start: int
    end: int
    shown: tuple[int, int]
    suppressed: bool = False
    in_string: bool = False
    held: bool = False


_TO_COLON = re.compile(r"[^:#\r\n]*:")


def visitors(rules: Mapping[str, NamedRule], names: tuple[str, ...]) -> Visitors:
    """Which rules are called on which node class, in the order of `names`."""
    table: Visitors = {}
    for name in names:
        for kind in rules[name].rule.visits:
            table.setdefault(kind, []).append(rules[name])
    return table


def _walk(tree: ast.AST, kinds: Visitors) -> Iterator[ast.AST]:
    """The nodes of the visited classes, in no particular order; iterative, since deep expressions must not end in RecursionError."""
    stack = [tree]
    pop, push = stack.pop, stack.append
    fields_of = FIELDS.get
    while stack:
        node = pop()
        fields = fields_of(type(node))
        if fields is None:  # None in the place of a node
            continue
        if type(node) in kinds:
            yield node
        for name in fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                stack += value
            elif value is not None:
                push(value)


def find(module: Module, table: Visitors, pragmas: Pragmas) -> tuple[list[Found], list[Defect]]:
    """All sites of one pass, by position, and the crashes. A rule that raises loses what it had not yielded at that node, no more."""
    found: list[Found] = []
    defects: list[Defect] = []
    deep: dict[tuple[str, ast.stmt], Found] = {}
    for node in _walk(module.tree, table):
        for named in table[type(node)]:
            try:
                for site in named.rule.find(node, module):
                    found.append(_placed(named, site, module, pragmas))
            except RecursionError:
                if (statement := module.statement(node)) is not None:
                    site = Site(statement, TOO_DEEP(line=statement.lineno))
                    deep.setdefault((named.name, statement), _placed(named, site, module, pragmas))
            except Exception as error:  # noqa: BLE001 - whatever a rule raises costs this site only, and is reported as a defect
                defects.append(crash(named, getattr(node, "lineno", 0), error))
    found.extend(deep.values())
    found.sort(key=lambda one: (one.shown, one.named.name))
    return found, defects


def explained(found: Found, original_line: Callable[[int], int]) -> Found:
    """The site with what its verdict rests on. `original_line` maps lines of this pass's text to the file as read. A rule may raise."""
    verdict = found.site.verdict
    reasons = found.site.why() if found.site.why is not None else Reasons()
    if not reasons.facts and isinstance(verdict, Refused):
        reasons += Reasons((Fact(verdict.reason, getattr(found.site.shown or found.site.anchor, "lineno", 0)),))
    facts = tuple(replace(fact, line=original_line(fact.line)) for fact in reasons.facts)
    remedies = tuple(replace(remedy, line=original_line(remedy.line)) for remedy in reasons.remedies if _helps(remedy, verdict))
    return replace(found, site=replace(found.site, verdict=with_reasons(verdict, Reasons(facts, remedies, reasons.typed))))


def _helps(remedy: Remedy, verdict: Verdict) -> bool:
    """Whether it is to be told: nothing more is needed for a proof, and knowing a class does not help where something else decides."""
    match verdict:
        case Safe():
            return False
        case Refused(sort=sort):
            return remedy.kind == "rename" or sort == "type"
        case _:
            return True


def crash(named: NamedRule, line: int, error: Exception) -> Defect:
    """The report of a rule's crash: what was raised and where in the rule's code, in one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        where = f" ({trace.tb_frame.f_code.co_filename.replace(chr(92), '/').rpartition('/')[2]}:{trace.tb_lineno})"
    return Defect(named.name, line, "crash", f"{type(error).__name__}: {' '.join(str(error).split())}{where}")


def _placed(named: NamedRule, site: Site, module: Module, pragmas: Pragmas) -> Found:
    anchor_string = f_string_around(site.anchor, module)
    start, end = module.span(anchor_string or site.anchor)
    if site.until is not None:
        end = module.span(site.until)[1]
    shown = _shown(site, module, (start, end))
    suppressed = pragmas.ignored(named.name, comment_lines(site, module, (start, end))) if pragmas.ignores else False
    return Found(named, site, start, end, shown, suppressed, anchor_string is not None)


def _shown(site: Site, module: Module, span: tuple[int, int]) -> tuple[int, int]:
    if site.shown is not None and site.shown is not site.anchor:
        return module.span(f_string_around(site.shown, module) or site.shown)
    body = getattr(site.anchor, "body", None)
    if isinstance(site.anchor, ast.stmt) and isinstance(body, list):
        return span[0], _header_end(site.anchor, module)
    return span


def _header_end(statement: ast.stmt, module: Module) -> int:
    """Where the header of a compound statement ends: behind its colon."""
    end = module.span(statement)[0]
    pending: list[ast.AST] = [statement]
    while pending:
        for part in ast.iter_child_nodes(pending.pop()):
            match part:
                case ast.stmt() | ast.excepthandler() | ast.match_case():
                    continue
                case ast.arguments() | ast.withitem():
                    pending.append(part)
                case ast.expr() | ast.arg() | ast.keyword() if part not in getattr(statement, "decorator_list", ()):
                    end = max(end, module.span(part)[1])
    colon = _TO_COLON.match(module.text, end)
    return colon.end() if colon else end


def comment_lines(site: Site, module: Module, span: tuple[int, int]) -> range | set[int]:
    """The lines on which a `pyfix: ignore` counts for a site. `span`: the text that is cut for it."""
    line = module.lines.line
    if site.header:
        lines: set[int] = set()
        for node in site.header:
            start, end = module.span(f_string_around(node, module) or node)
            lines.update(range(line(start), line(end) + 1))
        return lines
    body = getattr(site.anchor, "body", None)
    if isinstance(site.anchor, ast.stmt) and isinstance(body, list):
        first = module.span(body[0])[0]
        return range(line(span[0]), max(line(span[0]) + 1, line(first)))
    return range(line(span[0]), line(span[1]) + 1)
