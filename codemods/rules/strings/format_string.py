"""Write `"…" % …` and `"…".format(…)` as f-strings.

Before:

    def report(name: str, epoch: int, losses: list[float]) -> None:
        print("%s, epoch %d: %.3f" % (name, epoch, losses[-1]))
        print("{0}: {best:>8.3f}".format(name, best=min(losses)))

After:

    def report(name: str, epoch: int, losses: list[float]) -> None:
        print(f"{name}, epoch {epoch:d}: {losses[-1]:.3f}")
        print(f"{name}: {min(losses):>8.3f}")

Why: the value stands where it is printed. Nobody has to count places, and a value too many or too few is seen at once.

Safe: the same values are formatted by the same means, as often and in the same order. `%s` becomes `{x!s}`, which is `str(x)` whatever `x`
is, and `{x}` where `x` is proved to be of a builtin class that prints the same both ways; `%r` becomes `{x!r}`. `%5s` stands on the right
and so becomes `{x!s:>5}`. `%d`, `%x` and `%f` take numbers, where an f-string formats anything: so an int, or for `%f` a float or an int,
is proved, and `:d` stays where the int may be a bool, as the annotation `int` allows. The right side of a lone `%s` is proved to be no
tuple; a tuple that is written out needs no proof, and so does no value of `.format`.

A template that is nothing but one field becomes a call: `"%s" % x` is `str(x)`, `"{!r}".format(x)` is `repr(x)`, `"%d" % len(xs)` is
`str(len(xs))`; and `"%s" % ", ".join(xs)` is `", ".join(xs)`. It becomes an f-string, `f"{x}"`, where that is not the same: for
`"{}".format(x)`, if `x` is not proved to be of a builtin class that prints the same both ways; where `str` is no longer the builtin; and
for `.format` and for a tuple, where a subclass of `str` is in sight, which `x.__str__` might give. So it does where `string-concat` takes
it into a chain of strings.

`.format` and `%` evaluate all values first, an f-string formats each before it evaluates the next. So where a later value is a call that
may change something, the ones before it are proved to be of classes that never change, or are formatted at once already, as Python 3.11
does with `%s` and a tuple. Printing a value and looking up an attribute are taken to change nothing that another value reads; a key that
a template looks up (`{[x]}`) may add to a `defaultdict`, so later values are proved not to read it. Only names, constants and attributes
change places or are repeated; only names that have a value are dropped. Where two values of `.format` fail, one in being looked up or
formatted and a later one in being evaluated, it is the first of the two exceptions that is raised, no longer the second.

What does not fit on a line keeps the lines it has, words that one has no room for pushed to the next, or is broken between words over at
most four lines, each with words of its own.

Unsafe: where it is not known whether a value is a tuple (or a number), or whether a call or a look-up changes what another value prints,
the rewrite assumes the harmless answer.

Refused:

    f"{'%s' % name}"                        # in-fstring
    _("Hello, %s" % name)                   # translated; so is gettext and its like
    logger.info("Step %s" % step)           # logged: pass `step` as an argument
    "%s {}".format(a) % b                   # template, of something else; subscripted
    "{1} {0}".format(next(it), next(it))    # order: also what is used twice or not at all
    "{}".format(*args)                      # starred
    "%s %s" % pair                          # unpacks
    "%(name)s" % values                     # mapping: no dict display; unused, for a key of one
    "%s %s" % (a,)                          # count: must go on failing
    "%d" % "3"                              # type: must go on failing
    "{.3f}".format(x)                       # invalid-template; so are %c, %*d, and escapes for `{` and `%`
    "{!r:>8}".format("Name")                # literal
    "<%s>" % (lambda: 1)                    # field: a walrus, two loops, an f-string, a computation with a literal, a long call
    "{}/{}/{}".format(a(1), b(2), c(3))     # reads-apart: more than two calls with arguments
    'a "{}"'.format(d["k"])                 # nested-quotes
    "{} {}".format(_("Usage:"), text)       # message: translators' tools do not look into f-strings
    "{}{}".format("b" if x else "", y("c")) # choice: between literals, next to other literals or with brackets
    "100 %%" % ()                           # no-fields

and what `string-concat` refuses for the same reasons: continued-literal, comment, multi-line-operand, backslash, hash, quotes, braces,
raw-braces, raw, octal, too-long, and triple-quoted for one of several literals. `continued-line` is a template that goes on behind a
backslash. Templates with a name, bytes and f-strings are no sites.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import disturbance, interference
from codemods.analysis.text.lexing import Comment, scan
from codemods.analysis.text.string_literals import Words
from codemods.analysis.types.not_tuples import NO_TUPLES, is_no_tuple
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Fact, Reasons, Refusal, Refused, Safe, Unsafe, Verdict
from codemods.rules.chain_lines import Plan
from codemods.rules.chain_parts import COMMENT
from codemods.rules.field_fit import Unfit, brief, check_together
from codemods.rules.fstrings import Hole
from codemods.rules.lone_fields import CallPlan, placed_call
from codemods.rules.string_sites import known_early, refused_around, too_many_calls
from codemods.rules.template_lines import placed
from codemods.rules.template_parts import Template, format_template, percent_template

if TYPE_CHECKING:
    import libcst as cst

NESTED_QUOTES = Refusal(
    "nested-quotes", "`{text}` with quotes of its own would stand between such quotes, and reads better apart", sort="style"
)

QUOTES = frozenset("'\"")


def find(node: ast.BinOp | ast.Call, module: Module) -> Iterator[Site]:
    """The site at a literal with values put in by `%` or `.format`."""
    match node:
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str())):
            pass
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format")):
            pass
        case _:
            return
    refused = _surroundings(node, module)
    if refused is not None:
        yield Site(node, refused, why=partial(known_early, refused, node, _values(node), _whole(node), module))
        return
    try:
        template = percent_template(node, module) if isinstance(node, ast.BinOp) else format_template(node, module)
        if template.called is None:
            check_together(template.fields, template.parts, module)
    except Unfit as unfit:
        yield Site(node, unfit.refused, why=partial(known_early, unfit.refused, node, _values(node), _whole(node), module))
        return
    found = _placed(template, module)
    why = partial(_reasons, node, template, module)
    if isinstance(found, Refused):
        yield Site(node, found, why=why)
    else:
        anchor, plan = found
        yield Site(anchor, _verdict(node, template, module), plan, node, (node,), why=why)


def _placed(template: Template, module: Module) -> tuple[ast.expr | ast.stmt, Plan | CallPlan] | Refused:
    """The anchor and the plan, for a call where that says the same and else for an f-string."""
    if template.called is not None:
        return placed_call(template.site, template.called, module)
    return _unreadable(template) or placed(template.site, template, module)


def _surroundings(node: ast.BinOp | ast.Call, module: Module) -> Refused | None:
    """What around the template, or between its parts, speaks against an f-string there."""
    start, end = module.span(node)
    for found in scan(module.text[start:end]):
        if isinstance(found, Comment):
            return COMMENT(line=module.lines.line(start + found.start))
    return refused_around(node, module)


def _values(node: ast.BinOp | ast.Call) -> list[ast.expr]:
    """The values as they are written, before anything is known of the template."""
    match node:
        case ast.Call():
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        case ast.BinOp(right=ast.Tuple(elts=elements) | ast.Dict(values=elements)):
            return elements
        case _:
            return [node.right]


def _whole(node: ast.BinOp | ast.Call) -> list[ast.expr]:
    """What may be a tuple, and then be taken apart."""
    return [] if isinstance(node, ast.Call) else [node.right]


def _unreadable(template: Template) -> Refused | None:
    """What makes the f-string harder to read than the template."""
    if (refused := too_many_calls(template.parts)) is not None:
        return refused
    for before, hole, behind in zip(template.parts, template.parts[1:], template.parts[2:], strict=False):
        match before, hole, behind:
            case Words(body=left), Hole(text=text), Words(body=right) if left[-1] in QUOTES and not QUOTES.isdisjoint(text):
                if right.removeprefix("\\").startswith(left[-1]):
                    return NESTED_QUOTES(text=text)
    return None


def _verdict(node: ast.BinOp | ast.Call, template: Template, module: Module) -> Verdict:
    """What is proved of the values, or what has to be assumed."""
    assumed: list[tuple[str, str]] = []
    because = [f"`{brief(value, module)}` is {_a(str(kind))}" for value, kind in template.proved]
    if isinstance(node, ast.BinOp) and not isinstance(node.right, ast.Tuple | ast.Dict):
        right = f"`{brief(node.right, module)}`"
        if not template.numbers and not is_no_tuple(node.right, module):
            assumed.append(("tuple", f"{right} is no tuple"))
        because = because or [f"{right} is no tuple"]
    for value, kind in template.numbers:
        assumed.append(("type", f"`{brief(value, module)}` is {kind}"))
    if not template.compiled and (found := interference(template.fields, module)):
        earlier, later = (brief(one, module) for one in found)
        assumed.append(("order", f"`{later}` does not change what `{earlier}` prints"))
    if template.looks and (disturbed := disturbance(template.fields, template.looks, module)):
        looked, value = disturbed
        assumed.append(("order", f"looking up `{looked}` does not change what `{brief(value, module)}` gives"))
    if assumed:
        clauses = [*dict.fromkeys(clause for _, clause in assumed)]
        text = " and ".join((", ".join(clauses[:-1]), clauses[-1])) if clauses[1:] else clauses[0]
        return Unsafe(assumed[0][0], text, sort="change" if "order" in dict(assumed) else "type")
    shown = [*dict.fromkeys(because)]
    return Safe(" and ".join(shown[:2]) or "the same values are formatted in the same way")


def _reasons(node: ast.BinOp | ast.Call, template: Template, module: Module) -> Reasons:
    """How it is known, or not, that each value is printed the same."""
    reasons = Reasons()
    for value, _ in template.proved:
        reasons += reasons_of_type(value, "int", ("int", "bool", "float"), module)
    for value, kind in template.numbers:
        wanted, accepted = ("int", ("int", "bool")) if kind == "an int" else ("float", ("int", "bool", "float"))
        reasons += reasons_of_type(value, wanted, accepted, module)
    if isinstance(node, ast.BinOp) and not isinstance(node.right, ast.Tuple | ast.Dict):
        if not template.numbers:
            known = reasons_of_type(node.right, "str", NO_TUPLES, module)
            reasons += replace(known, remedies=tuple(replace(one, example=True) for one in known.remedies))  # no tuple is all it has to be
    else:
        reasons += Reasons((Fact("the values are written out, so that no tuple can be taken apart", module.line(node)),))
    if not template.compiled and (found := interference(template.fields, module)):
        earlier, later = (brief(one, module) for one in found)
        reasons += Reasons((Fact(f"`{later}` may run unknown code before `{earlier}` is printed", module.line(found[1])),))
    elif len(template.fields) > 1:
        reasons += Reasons((Fact("no value is changed by evaluating one behind it", module.line(node)),))
    return reasons


def _a(kind: str) -> str:
    return f"an {kind}" if kind.startswith("int") else f"a {kind}"


def rewrite(node: Any, plan: Plan | CallPlan) -> cst.CSTNode:
    """The anchor with the template and its values replaced by the planned f-string or call."""
    from codemods.rules.fstring_nodes import replace_chain, replace_template

    return replace_template(node, plan) if isinstance(plan, CallPlan) else replace_chain(node, plan)


RULE = Rule(
    triage=rb"""["'](?:[\s)\\]|#[^\r\n]*+)*+(?:%|\.(?:[\s\\]|#[^\r\n]*+)*+format\b)""",
    visits=(ast.BinOp, ast.Call),
    find=find,
    rewrite=rewrite,
)
