"""What `"…" % …` and `"…".format(…)` become in an f-string: words, and expressions for its fields. Imports no LibCST."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import is_bound
from codemods.analysis.shapes.chains import is_literal
from codemods.analysis.shapes.commuting import out_of_turn
from codemods.analysis.text.format_fields import Field, reads_the_same, split_fields
from codemods.analysis.text.percent_format import Specifier, split_template
from codemods.analysis.text.string_literals import Words
from codemods.analysis.types.exact_ints import is_exact_int
from codemods.analysis.types.not_tuples import reflects
from codemods.analysis.types.vocabulary import FLOAT, INT, Type
from codemods.model.verdict import Refusal
from codemods.rules.chain_parts import check, field_of, unwrapped, words_of
from codemods.rules.field_fit import Part, Unfit, brief
from codemods.rules.fstrings import Hole, Step
from codemods.rules.lone_fields import Called, called

INVALID = Refusal("invalid-template", "the template `{text}` is none that an f-string can say as well: {cause}")
COUNT = Refusal("count", "the template `{text}` does not fit its values ({cause}), which must go on raising an exception")
STARRED = Refusal("starred", "`{text}` gives values that are not to be seen here")
UNPACKS = Refusal("unpacks", "`{text}` is taken apart into the values, which are not to be seen here")
MAPPING = Refusal("mapping", "the template takes its values out of `{text}`, which is no dict display with plain string keys")
UNUSED = Refusal("unused", "no field takes the value of `{key}`", sort="style")
REORDERED = Refusal("order", "`{text}` would be evaluated at another time, or not as often as now")
WRONG_TYPE = Refusal("type", "`{text}` is {kind}, which `%{letter}` prints otherwise than an f-string, or not at all")
LITERAL = Refusal("literal", "`{text}` is a literal, and reads better apart from the text", sort="style")
NOTHING = Refusal("no-fields", "the template `{text}` has no fields", sort="style")

_INTS = ("int", "bool")
_NUMBERS = ("int", "bool", "float")

Value = tuple[ast.expr, tuple[Step, ...]]

Form = tuple[str, str, str]
"""The conversion, the format spec, and the look-ups that the template makes."""


class Template(Struct):
    """A template with its values taken apart.

    Attributes:
        site, literal: the template with its values, and the template.
        alone: it is nothing but one field.
        values: the values in the order in which they are evaluated, with the steps that lead to each.
        fields: the values in the order of the fields that print them, those in format specs included.
        looks: the look-ups that the template makes in each of `fields`: `.real`, `[0]`, "" for none; empty for `%`.
        parts: words and fields in order; their `start` is that of the literal they come from.
        numbers: what must be an int ("an int") or a number ("a number") without being proved so.
        proved: what was, with its type.
        compiled: Python 3.11 and later compile it to an f-string anyway.
        called: what does as well as a field alone; then there are no parts.
    """

    site: ast.BinOp | ast.Call
    literal: ast.expr
    values: list[Value]
    alone: bool
    fields: list[ast.expr] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    numbers: list[tuple[ast.expr, str]] = field(default_factory=list)
    proved: list[tuple[ast.expr, Type]] = field(default_factory=list)
    compiled: bool = False
    called: Called | None = None


def percent_template(site: ast.BinOp, module: Module) -> Template:
    """`"…" % values`. Raises `Unfit`."""
    words, shown = words_of(site.left, module, triple=True), brief(site.left, module)
    assert isinstance(site.left, ast.Constant)
    try:
        pieces = [(word, part) for word in words for part in split_template(word.body, keyed=True)]
    except ValueError as error:
        raise Unfit(INVALID(text=shown, cause=str(error))) from None
    specifiers = [part for _, part in pieces if isinstance(part, Specifier)]
    if sum(word.body.count("%") for word in words) != str(site.left.value).count("%"):
        raise Unfit(INVALID(text=shown, cause="an escape sequence stands for a `%`"))
    if not specifiers:
        raise Unfit(NOTHING(text=shown))
    keyed = {one.key is not None for one in specifiers}
    if len(keyed) > 1:
        raise Unfit(INVALID(text=shown, cause="some values have names, and some have none"))
    values, numbers = (_keyed_values if keyed.pop() else _values)(site.right, specifiers, shown, module)
    template = Template(site, site.left, values, alone=len(pieces) == 1)
    template.compiled = isinstance(site.right, ast.Tuple) and all(one.kind in "sra" for one in specifiers) and module.target >= (3, 11)
    used = iter(numbers)
    for word, part in pieces:
        if isinstance(part, str):
            template.parts.append(replace(word, body=part))
        else:
            value = values[next(used)]
            _add_field(template, value, word, (*_specified(part, value[0], template, module), ""), module)
            template.fields.append(value[0])
    return _checked(template, numbers, module)


def _values(right: ast.expr, specifiers: Sequence[Specifier], shown: str, module: Module) -> tuple[list[Value], list[int]]:
    """The values of a template without names, and which of them each specifier takes. `shown` is the template, for a message."""
    if isinstance(right, ast.Tuple):
        for value in right.elts:
            if isinstance(value, ast.Starred):
                raise Unfit(STARRED(text=brief(value, module)))
        if len(right.elts) != len(specifiers):
            raise Unfit(COUNT(text=shown, cause=f"{len(specifiers)} for {len(right.elts)}"))
        return [(value, ("right", index)) for index, value in enumerate(right.elts)], [*range(len(specifiers))]
    kind = module.type_of(right)
    if len(specifiers) > 1 or (kind is not None and any(member.name == "tuple" for member in kind.members())):
        raise Unfit(UNPACKS(text=brief(right, module)))
    if reflects(kind, module):
        raise Unfit(WRONG_TYPE(text=brief(right, module), kind=kind, letter=specifiers[0].kind))
    return [(right, ("right",))], [0]


def _keyed_values(right: ast.expr, specifiers: Sequence[Specifier], shown: str, module: Module) -> tuple[list[Value], list[int]]:
    """The same of a template with names, whose values are those of a dict display."""
    if not isinstance(right, ast.Dict):
        raise Unfit(MAPPING(text=brief(right, module)))
    keys = [key.value for key in right.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    if len(keys) < len(right.keys) or len(set(keys)) < len(keys):
        raise Unfit(MAPPING(text=brief(right, module)))
    wanted = [one.key for one in specifiers]
    if missing := set(wanted) - set(keys):
        raise Unfit(COUNT(text=shown, cause=f"there is no `{min(map(str, missing))}`"))
    if unused := set(keys) - set(wanted):
        raise Unfit(UNUSED(key=min(unused)))
    return [(value, ("right", index)) for index, value in enumerate(right.values)], [keys.index(str(key)) for key in wanted]


def _specified(specifier: Specifier, value: ast.expr, template: Template, module: Module) -> tuple[str, str]:
    """Conversion and format spec for a value; what is assumed and proved of it is noted in the template."""
    kind, shown = module.type_of(value), brief(template.literal, module)
    found = specifier.field(kind)
    if specifier.kind in "sra":
        if found is None:
            raise Unfit(INVALID(text=shown, cause=f"`%{specifier.flags}{specifier.kind}` has a flag that means nothing there"))
        return found
    if found is not None:
        assert kind is not None
        template.proved.append((value, kind))
        return ("", "") if found == ("", "d") and is_exact_int(value, module) else found
    whole = specifier.kind in "diuxXo"
    found = specifier.field(INT if whole else FLOAT)
    if found is None:
        raise Unfit(INVALID(text=shown, cause=f"`%{specifier.precision}{specifier.kind}` is a precision that f-strings do not have"))
    wanted = (*(_INTS if whole else _NUMBERS), "object")
    if kind is not None and not any(one.name in wanted or one.name.startswith(("typing.", "collections.abc.")) for one in kind.members()):
        raise Unfit(WRONG_TYPE(text=brief(value, module), kind=kind, letter=specifier.kind))
    template.numbers.append((value, "an int" if whole else "a float or an int"))
    return found


def format_template(site: ast.Call, module: Module) -> Template:
    """`"…".format(values)`. Raises `Unfit`."""
    assert isinstance(site.func, ast.Attribute)
    assert isinstance(site.func.value, ast.Constant)
    literal = site.func.value
    words, shown = words_of(literal, module, triple=True), brief(literal, module)
    try:
        pieces = [(word, part) for word in words for part in split_fields(word.body, word.raw)]
        same = reads_the_same([part for _, part in pieces], str(literal.value))
    except ValueError as error:
        raise Unfit(INVALID(text=shown, cause=str(error))) from None
    if not same:
        raise Unfit(INVALID(text=shown, cause="an escape sequence stands for a brace, or a brace is divided between two literals"))
    if not any(isinstance(part, Field) for _, part in pieces):
        raise Unfit(NOTHING(text=shown))
    arguments = _Arguments(site, shown, module)
    template = Template(site, literal, arguments.values, alone=len(pieces) == 1)
    numbers: list[int] = []
    for word, part in pieces:
        if isinstance(part, str):
            template.parts.append(replace(word, body=part))
        else:
            arguments.add_field(part, word, numbers, template)
    template.fields = [arguments.values[number][0] for number in numbers]
    template.looks = arguments.looks
    return _checked(template, numbers, module)


class _Arguments:
    """The arguments of a `.format` call, and which one each field takes. `shown` is the template, for a message."""

    def __init__(self, call: ast.Call, shown: str, module: Module) -> None:
        self.module, self.shown = module, shown
        given: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
        ordered = sorted(given, key=lambda one: (one.lineno, one.col_offset))
        self.values: list[Value] = []
        self.names: dict[str, int] = {}
        for index, one in enumerate(ordered):
            if isinstance(one, ast.Starred) or (isinstance(one, ast.keyword) and one.arg is None):
                raise Unfit(STARRED(text=f"{'*' if isinstance(one, ast.Starred) else '**'}{brief(one.value, module)}"))
            node = one.value if isinstance(one, ast.keyword) else one
            key = str(one.arg) if isinstance(one, ast.keyword) else str(index)
            self.names[key] = index
            self.values.append((node, (index,)))
        self.looks: list[str] = []
        self.numbering = ""
        self.next = 0

    def take(self, name: str) -> int:
        """Which of the values a field of that name prints."""
        if not name or name.isdigit():
            numbering = "manual" if name else "automatic"
            if self.numbering not in ("", numbering):
                raise Unfit(INVALID(text=self.shown, cause="some fields are numbered, and some are not"))
            self.numbering = numbering
            name, self.next = name or str(self.next), self.next + 1
        if name not in self.names:
            raise Unfit(COUNT(text=self.shown, cause=f"there is no `{name}`"))
        return self.names[name]

    def add_field(self, one: Field, word: Words, numbers: list[int], template: Template) -> None:
        """Adds what stands for a field to the template's parts; the numbers of its values are added to `numbers`."""
        numbers.append(self.take(one.name))
        self.looks.append(one.access)
        value, spec = self.values[numbers[-1]], ""
        for part in one.spec:
            spec += part if isinstance(part, str) else self._nested(part, word, numbers)
        _add_field(template, value, word, (one.conversion, spec, one.access), self.module)

    def _nested(self, one: Field, word: Words, numbers: list[int]) -> str:
        """A field in a format spec, as text."""
        numbers.append(self.take(one.name))
        self.looks.append(one.access)
        node, path = self.values[numbers[-1]]
        if isinstance(node, ast.Constant) and not one.access and not one.conversion and (text := _width(node.value)):
            return text
        hole = field_of(node, path, word.start, self.module, "")
        check(hole, self.module)
        text = _primary(hole.text, node, one.access)
        if "'" in text or '"' in text or hole.spaced:
            raise Unfit(INVALID(text=self.shown, cause=f"`{text}` stands in a format spec"))
        return f"{{{text}{'!' if one.conversion else ''}{one.conversion}}}"


def _width(value: object) -> str:
    """`10` and `>10` as they stand in a format spec; "" where they cannot stand there themselves."""
    if type(value) is int or (isinstance(value, str) and re.fullmatch(r"[\w .,<>=^+#%-]*", value, re.ASCII)):
        return str(value)
    return ""


def _primary(text: str, node: ast.expr, access: str) -> str:
    """The expression with the look-ups behind it: of `(a) + (b)` all of it is looked up in. `field_of` puts parentheses around `yield`."""
    primary = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Tuple, ast.Yield, ast.YieldFrom)
    return text + access if not access or isinstance(node, primary) else f"({text}){access}"


def _add_field(template: Template, value: Value, word: Words, form: Form, module: Module) -> None:
    """Adds a field that prints the value to the parts; of a string literal its words, of a whole number its digits."""
    (node, path), (conversion, spec, access) = value, form
    if is_literal(node) and isinstance(node, ast.Constant):
        if spec or access or conversion not in ("", "s"):
            raise Unfit(LITERAL(text=brief(node, module)))
        template.parts += [replace(one, start=word.start) for one in words_of(node, module)]
        return
    if isinstance(node, ast.Constant) and type(node.value) is int and not spec and not access:
        template.parts.append(replace(word, body=str(node.value)))  # `{2}` is 2
        return
    if not spec and not access and conversion in ("", "s"):
        argument, steps, inner = unwrapped(node, path, module)
        if argument is not node:
            node, path, conversion = argument, steps, inner
    if template.alone and not spec and not access:
        template.called = called(template.site, node, path, conversion, module)
        if template.called is not None:
            return
    hole = field_of(node, path, word.start, module, conversion, spec)
    check(hole, module)
    if access:
        whole = _primary(hole.text, node, access)
        hole = replace(hole, text=whole.removesuffix(access), access=access)
    template.parts.append(hole)


def _checked(template: Template, numbers: Sequence[int], module: Module) -> Template:
    """The template, if its values are evaluated in the order and as often as now, or make no difference by that."""
    evaluated = [index for index, (node, _) in enumerate(template.values) if not isinstance(node, ast.Constant)]
    for index in evaluated:
        # `"{}".format(a, b.c)` raises where `b` has no `c`, though nothing prints it.
        node = template.values[index][0]
        if index not in numbers and not (isinstance(node, ast.Name) and is_bound(node, module)):
            raise Unfit(REORDERED(text=brief(node, module)))
    if (moved := out_of_turn([node for node, _ in template.values], numbers, module)) is not None:
        raise Unfit(REORDERED(text=brief(moved, module)))
    if template.called is None and not any(isinstance(part, Hole) for part in template.parts):
        raise Unfit(LITERAL(text=brief(template.values[0][0], module)))  # `"$%s$" % "Id"`, which no version control is to expand
    return template
