"""Write a `+` chain of strings as one f-string.

Before:

    def announce(name: str, root: str, epoch: int) -> str:
        print("Hello, " + name + "!")
        return root + "/" + str(epoch) + ".pt"

After:

    def announce(name: str, root: str, epoch: int) -> str:
        print(f"Hello, {name}!")
        return f"{root}/{epoch}.pt"

Why: the reader sees the text as it will be, instead of putting it together from quotes and plus signs, where the missing space is easily
missed. The text is built in one step, and no `str(...)` is needed around what is no str.

Safe: every operand is proved to be a `str`. That matters, for `"a" + 1` raises `TypeError`, while an f-string would quietly print it.
`str(x)` becomes `{x}` where `x` is proved to be of a builtin class that prints the same both ways, else `{x!s}`, or `{(n + 1)!s}` for an
operation; `repr(x)` becomes `{x!r}`; `"%.1f" % loss`, where it is an operand, becomes `{loss:.1f}` where `loss` is proved a number.
Literals and f-strings in the chain are merged, braces doubled, escapes kept as they are spelled, and the quotes are those that need no
backslash, the chain's own if they can.
What does not fit on a line keeps the lines it has, or goes into parentheses, broken between operands, else between words. Comments between
the operands stay where they are, and so do the lines: each becomes a literal. The same goes for braces, or for raw literals beside
escapes, that stand on other lines than the fields.

Unsafe: where the class of an operand is not known, the rewrite assumes that it is a `str`.

Refused:

    "Loss: " + 3                            # not-a-str: must go on failing
    f"{'a' + name}"                         # in-fstring
    _("Hello, " + name)                     # translated; so is gettext and its like
    logger.info("Step " + step)             # logged: pass `step` as an argument
    ("a" + name) % values                   # template; so is .format
    ("a" + name)[1:]                        # subscripted
    text = text + "."                       # grows, in a loop: `+=` is what is wanted
    "\\n" + "\\n".join(lines)                 # backslash, before Python 3.12; hash, for a `#`
    "" + name                               # nothing-to-join
    "{" + a + "}, {" + b + "}"              # braces: more than two to double
    r"\\d{2}" + suffix                       # raw-braces; raw, where escapes and raw literals meet
    a(1) + "/" + b(2) + "/" + c(3)          # reads-apart: more than two calls with arguments
    "a" + str([[x] for y in z for x in y])  # field: two loops or conditions, an f-string, a computation with a literal, a long call
    "-" * 40 + "\\n"                        # field: repeated text with no other value beside it, or an indentation
    _("Usage:") + " " + text                # message: translators' tools do not look into f-strings
    ("b" if x else "") + "-" + ", ".join(y) # choice: between literals, next to other literals or with brackets

and where one of the literals is triple-quoted (triple-quoted) or goes on behind a backslash (continued-literal), a comment stands where
no line of words ends (comment), an operand is written over several lines (multi-line-operand), an operand is a `.format` call or a `%`
of another kind (template-operand), no quotes do (quotes), an octal escape would run on (octal), a line gets too long (too-long), or there
are more than thirty operands (too-many). A chain of literals only is no site.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from codemods.analysis.module import Module
from codemods.analysis.shapes.chains import Operand, is_literal, may_be_str, operands, outermost, terms
from codemods.analysis.text.string_literals import Words
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Reasons, Refusal, Refused, Safe, Verdict
from codemods.rules.chain_lines import Fitting, Plan
from codemods.rules.chain_parts import own_quote, parts
from codemods.rules.field_fit import Unfit, brief, check_together
from codemods.rules.string_sites import known_early, refused_around, too_many_calls

if TYPE_CHECKING:
    import libcst as cst

GROWS = Refusal("grows", "`{name}` grows in a loop, which `+=` does in place and an f-string by copying all of it", sort="style")
TOO_MANY = Refusal("too-many", "it has more than {limit} operands, from `{first}` to `{last}`", sort="style")
NOT_A_STR = Refusal("not-a-str", "`{text}` is {kind}, for which `+` does something else than an f-string")
NOTHING = Refusal("nothing-to-join", "`{text}` is empty, as are all its literals, so that nothing is joined", sort="style")

ASSUMES_STR = Assumption("type", "{names} str", sort="type")

MOST_OPERANDS = 30


def find(node: ast.BinOp, module: Module) -> Iterator[Site]:
    """The site at an addition, if it is the outermost of a chain with a literal in it and with something else."""
    if not isinstance(node.op, ast.Add) or not any(map(is_literal, terms(node))) or not outermost(node, module):
        return
    added = list(terms(node))
    if all(map(_is_constant, added)):
        return
    refused = _surroundings(node, added, module)
    if refused is not None:
        values = [one.node for one in operands(node, module)] if len(added) <= MOST_OPERANDS else []
        yield Site(node, refused, why=partial(known_early, refused, node, values, values, module))
        return
    found = operands(node, module)
    verdict = _verdict(found, module)
    why = partial(_reasons, found, module)
    placed = _placed(node, found, module) if not isinstance(verdict, Refused) else verdict
    if isinstance(placed, Refused):
        yield Site(node, placed, why=why)
    else:
        anchor, plan = placed
        yield Site(anchor, verdict, plan, node, (node,), why=why)


def _reasons(found: list[Operand], module: Module) -> Reasons:
    """How the class of each operand is known, or not."""
    return sum((reasons_of_type(one.node, "str", ("str",), module) for one in found if not is_literal(one.node)), Reasons())


def _is_constant(term: ast.expr) -> bool:
    """A literal with no value in it; an f-string may be one."""
    return is_literal(term) and not any(isinstance(part, ast.FormattedValue) for part in getattr(term, "values", ()))


def _surroundings(chain: ast.BinOp, added: list[ast.expr], module: Module) -> Refused | None:
    """What around the chain speaks against an f-string there."""
    if len(added) > MOST_OPERANDS:
        return TOO_MANY(limit=MOST_OPERANDS, first=brief(added[-1], module), last=brief(added[0], module))
    if (refused := refused_around(chain, module)) is not None:
        return refused
    match module.parent(chain):
        case ast.Assign(targets=[ast.expr() as target]) if _grows(chain, target, module):
            return GROWS(name=module.segment(target))
    return None


def _grows(chain: ast.BinOp, target: ast.expr, module: Module) -> bool:
    """`text = text + …` in a loop."""
    first: ast.expr = chain
    while isinstance(first, ast.BinOp) and isinstance(first.op, ast.Add):
        first = first.left
    if module.segment(first) != module.segment(target):
        return False
    for around in module.ancestors(chain):
        match around:
            case ast.For() | ast.AsyncFor() | ast.While():
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return False
    return False


def _verdict(found: list[Operand], module: Module) -> Verdict:
    """Whether every operand is a str: proved, assumed, or proved not to be."""
    because: list[str] = []
    assumed: list[str] = []
    for operand in found:
        if is_literal(operand.node):
            continue
        text, kind = f"`{brief(operand.node, module)}`", module.type_of(operand.node)
        if kind is not None and kind.is_all("str"):
            reason = f"{text} is a str ({kind.because})" if kind.because else f"{text} is a str"
            because += [] if reason in because else [reason]
        elif isinstance(operand.node, ast.Constant) and operand.node.value is Ellipsis:
            return NOT_A_STR(text="...", kind="the ellipsis")  # pyparsing: `Literal("(*") + ... + "*)"`
        elif may_be_str(kind):
            assumed += [] if text in assumed else [text]
        else:
            return NOT_A_STR(text=brief(operand.node, module), kind=kind)
    if assumed:
        return ASSUMES_STR(names=f"{_listed(assumed)} {'is a' if len(assumed) == 1 else 'are'}")
    return Safe(_listed(because[:2] + [f"{len(because) - 2} more"] * (len(because) > 2)) or "its operands are literals")


def _listed(items: list[str]) -> str:
    """In words: "a, b and c"."""
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def _placed(chain: ast.BinOp, found: list[Operand], module: Module) -> tuple[ast.expr | ast.stmt, Plan] | Refused:
    try:
        pieces = parts(found, module)
        check_together((operand.node for operand in found), pieces, module)
    except Unfit as unfit:
        return unfit.refused
    if not any(isinstance(part, Words) or part.kept >= 0 for part in pieces):
        return NOTHING(text=next(brief(one.node, module) for one in found if is_literal(one.node)))
    if (refused := too_many_calls(pieces)) is not None:
        return refused
    return Fitting(chain, pieces, own_quote(found, module), module).plan()


def rewrite(node: Any, plan: Plan) -> cst.CSTNode:
    """The anchor with the chain replaced by the planned f-string."""
    from codemods.rules.fstring_nodes import replace_chain

    return replace_chain(node, plan)


RULE = Rule(
    triage=rb"""["'+](?:(?<!\+)(?:[\s)\\]|#[^\r\n]*+)*+\+|(?<=\+)(?:[\s(\\]|#[^\r\n]*+)*+[rRuUfF]{0,2}["'])""",
    visits=(ast.BinOp,),
    find=find,
    rewrite=rewrite,
)
