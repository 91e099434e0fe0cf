"""What the rules about strings refuse before they look at the values, for what stands around. Imports no LibCST."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from codemods.analysis.calls.message_calls import logs, message_call, translates
from codemods.analysis.module import Module
from codemods.analysis.shapes.chains import is_literal
from codemods.analysis.text.fields import f_string_around
from codemods.analysis.types.type_reasons import is_told
from codemods.model.verdict import Fact, Reasons, Refusal, Refused
from codemods.rules.field_fit import Part, brief
from codemods.rules.fstrings import Hole

IN_FSTRING = Refusal("in-fstring", "it stands inside the f-string at line {line}")
TRANSLATED = Refusal("translated", "`{function}` looks its argument up among the translations, where an f-string cannot be found")
LOGGED = Refusal("logged", "`{function}` formats its message itself, and only when it is shown: pass the values as arguments")
TEMPLATE = Refusal("template", "what `{text}` gives is a template for `{by}`")
SUBSCRIPTED = Refusal("subscripted", "it is subscripted, with `{text}`, which an f-string should not be", sort="style")
READS_APART = Refusal("reads-apart", "it calls {count} functions with arguments, as in `{text}`, and reads better apart", sort="style")

MOST_CALLS = 2


def refused_around(site: ast.BinOp | ast.Call, module: Module) -> Refused | None:
    """What around a chain or a template speaks against an f-string there."""
    if (string := f_string_around(site, module)) is not None:
        return IN_FSTRING(line=string.lineno)
    if (call := message_call(site, module)) is not None:
        if translates(call, module):
            return TRANSLATED(function=brief(call.func, module))
        if logs(call, module):
            return LOGGED(function=brief(call.func, module))
    match module.parent(site):
        case ast.BinOp(op=ast.Mod(), left=left) if left is site:
            return TEMPLATE(text=brief(site, module), by="%")
        case ast.Attribute(attr="format" | "format_map" as method):
            return TEMPLATE(text=brief(site, module), by=f".{method}")
        case ast.Subscript(value=value, slice=index) if value is site:
            return SUBSCRIPTED(text=f"[{brief(index, module)}]")
    return None


def too_many_calls(parts: Sequence[Part]) -> Refused | None:
    """The refusal of an f-string that nobody could read for all the calls in it."""
    calls = [part.text for part in parts if isinstance(part, Hole) and part.calls]
    return READS_APART(count=len(calls), text=calls[-1]) if len(calls) > MOST_CALLS else None


def known_early(refused: Refused, at: ast.expr, values: Sequence[ast.expr], deciding: Sequence[ast.expr], module: Module) -> Reasons:
    """The facts behind a refusal that no value decides: what is put together, and what stands in the way. `deciding`: the values whose
    class would matter."""
    named = [f"`{brief(value, module)}`" for value in values if not is_literal(value)]
    facts = [Fact(refused.reason, module.line(at))]
    if named and refused.code != IN_FSTRING.code:  # on 3.11 nothing inside an f-string has a place of its own, and so no text
        others = f" and {len(named) - 3} more" if len(named) > 3 else ""
        facts.insert(0, Fact(f"the text is put together from {', '.join(named[:3])}{others}", module.line(at)))
    return Reasons(tuple(facts), typed=all(is_told(module.type_of(one)) for one in deciding))
