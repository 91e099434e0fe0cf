"""Make a list, dict or set that is a parameter's default anew in each call, instead of once for all calls.

Before:

    def my_function(i, my_list=[]):
        my_list.append(i)
        return my_list

After:

    def my_function(i, my_list=None):
        if my_list is None:
            my_list = []
        my_list.append(i)
        return my_list

Why: a default is evaluated once, when the function is defined. What one call puts into it the next call finds there: `my_function(1)`
gives `[1]`, and then `my_function(2)` gives `[1, 2]`. Hardly anybody wants that, and where it does no harm today, the next change of the
body does.

Safe: this is the one rule that changes behaviour on purpose: calls that leave the argument out no longer share an object. Nothing else
changes. The default gives an equal value wherever it is evaluated, nothing in the file passes or expects `None`, and the guard asks for
`None` and for nothing else, so an empty list that a caller passes stays the caller's. An annotation gets `| None` (`Optional[...]` where
the file or the target asks for it), unless it lets `None` in already. Stubs, overloads and bodies of `...`, `pass` or
`raise NotImplementedError` get the signature only.

Refused: where there is evidence that the memory is wanted. The name says so (`cache`, `memo`, `seen`, `registry`); a value is kept under a
key computed from another argument and looked up again; something is made once or counted; a recursion leaves the argument out; the file
reads the defaults of functions. Also refused: a default that reads names which may differ when the function is called (loop variables,
names of a class body, names bound again) or that calls what is not known to be pure; a parameter whose `None` already means something, or
is passed in the file; decorators that may read the signature; functions whose types stand in comments; lambdas, which cannot hold the
guard. Where only the annotation allows `None`, or a test of truth would take it for an empty collection, the rewrite is unsafe: it assumes
that nobody passes it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.shapes import none_values
from codemods.analysis.shapes.decorators import has, looks_at_defaults
from codemods.analysis.shapes.defaults import is_empty, is_mutable, unsteady
from codemods.analysis.shapes.memory import evidence, plain_name
from codemods.analysis.shapes.parameters import Parameter, with_defaults
from codemods.analysis.text import bodies
from codemods.analysis.types import optionals
from codemods.analysis.types.optionals import Widened
from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Fact, Reasons, Refusal, Refused, Remedy, Safe, Unsafe

if TYPE_CHECKING:
    import libcst as cst

LAMBDA = Refusal("lambda", "a lambda cannot hold the guard that `{name}` would need")
TYPE_COMMENT = Refusal("type-comment", "the comment at line {line} gives the types, and would have to say that `{name}` may be None")
ANNOTATION = Refusal("annotation", "the annotation `{text}` of `{name}` cannot be extended by None")
DECORATOR = Refusal("decorator", "the decorator `{text}` at line {line} may look at the default of `{name}`")
NAMES_SHOWN = Refusal("names-shown", "`{text}` at line {line} may use `{name}` in ways that cannot be seen")

MEMORY = {
    "name": Refusal("memory-name", "the name `{name}` says that it keeps something from call to call"),
    "meant": Refusal("meant", "the comment `{text}` at line {line} says that the default of `{name}` is meant"),
    "read": Refusal("default-read", "`{text}` at line {line} may read the default of `{name}`"),
    "annotation": Refusal("annotation-read", "`{text}` at line {line} may read the annotation of `{name}`"),
    "beside": Refusal(
        "beside-memory", "`{text}` beside it, at line {line}, keeps something from call to call, and `{name}` changes with it"
    ),
    "identity": Refusal("identity", "`{text}` at line {line} asks which object `{name}` is"),
    "cell": Refusal("cell", "`{text}` at line {line} writes in place what the next call finds in `{name}`"),
    "counter": Refusal("counter", "`{text}` at line {line} counts in `{name}` from call to call"),
    "keyed": Refusal("keyed", "`{text}` at line {line} keeps in `{name}` what a later call looks up"),
    "made-once": Refusal("made-once", "`{text}` at line {line} fills `{name}` only where an earlier call has not"),
    "first-time": Refusal("first-time", "`{text}` at line {line} uses up what `{name}` holds, once and for all calls"),
    "stack": Refusal("stack", "`{text}` at line {line} takes out of `{name}`, later, what several calls have put in"),
    "recursion": Refusal("recursion", "`{text}` at line {line} leaves out `{name}`, so that the inner call goes on with the same object"),
}
UNSTEADY = {
    "class-name": Refusal("class-name", "`{text}` in the default of `{name}` is a name of the class body, which the function cannot see"),
    "shadowed": Refusal("shadowed", "`{text}` in the default of `{name}` means something else inside the function"),
    "loop": Refusal("loop", "`{text}` in the default of `{name}` is bound anew by each turn of the loop at line {line}"),
    "rebound": Refusal("rebound", "`{text}` in the default of `{name}` may be bound again at line {line} before the function is called"),
    "unknown-name": Refusal("unknown-name", "nothing is known of `{text}` in the default of `{name}`"),
    "contents": Refusal("contents", "what `{text}` holds may change before the default of `{name}` is made from it"),
    "attribute": Refusal("attribute", "`{text}` in the default of `{name}` may be set again before the function is called"),
    "call": Refusal("call", "`{text}` in the default of `{name}` may do or give something else in each call"),
    "construct": Refusal("construct", "`{text}` cannot move from the default of `{name}` into the function"),
}
NONE_HANDLED = Refusal("none-handled", "None already means something for `{name}`: `{text}` at line {line}")
NONE_PASSED = Refusal("none-passed", "`{text}` at line {line} may pass None for `{name}`")

NONE_ALLOWED = Assumption("none-allowed", "no caller passes None for `{name}`, though its annotation allows it")
NONE_IS_FALSE = Assumption("none-is-false", "no caller passes None for `{name}` to mean an empty collection at line {line}")


class Change(Struct, frozen=True):
    """A parameter to change: its place as `Parameter.index`, its new annotation, and by how far its default's further lines move."""

    index: int
    widened: Widened | None
    shift: int


class Plan(Struct, frozen=True):
    """How to rewrite a function: its changed parameters, whether they get guards, behind how many statements, how far indented."""

    changes: tuple[Change, ...]
    guards: bool
    lead: int
    step: str


def find(node: Any, module: Module) -> Iterator[Site]:
    """One site for all parameters of a function that can be changed, and one for each that cannot."""
    mutable = [parameter for parameter in with_defaults(node) if is_mutable(parameter.default, module)]
    if isinstance(node, ast.Lambda):
        for parameter in mutable:
            yield Site(node, LAMBDA(name=parameter.name), None, parameter.node, why=partial(_reasons, [parameter], node, module))
        return
    proved = []
    for parameter in mutable:
        verdict = _refused(parameter, node, module) or _doubt(parameter, node, module)
        why = partial(_reasons, [parameter], node, module)
        match verdict:
            case None:
                proved.append(parameter)
            case Unsafe():
                yield Site(node, verdict, _plan([parameter], node, module), parameter.node, why=why)
            case Refused():
                yield Site(node, verdict, None, parameter.node, why=why)
    if proved:
        names = " and ".join(f"`{parameter.name}`" for parameter in proved)
        safe = Safe(f"nothing shows that {names} should be remembered from call to call")
        yield Site(node, safe, _plan(proved, node, module), why=partial(_reasons, proved, node, module))


def _reasons(parameters: list[Parameter], function: ast.AST, module: Module) -> Reasons:
    """What was asked of each parameter, up to what decides."""
    reasons = Reasons()
    for parameter in parameters:
        name, line = parameter.name, module.line(parameter.node)
        facts = [Fact(f"`{_short(parameter.default)}` is made once, and all calls that leave out `{name}` share it", line)]
        remedies: list[Remedy] = []
        if not isinstance(function, ast.Lambda):
            found = evidence(parameter, module)
            if found is not None:
                facts.append(Fact(MEMORY[found.kind](name=name, text=found.text, line=found.line).reason, found.line))
                remedies = _rename(parameter, module) if found.kind == "name" else []
            else:
                facts.append(Fact(f"nothing keeps in `{name}` what a later call looks up, or counts in it", line))
                if none_values.handled(parameter, module) is None and none_values.passed(parameter, module) is None:
                    facts.append(Fact(f"None means nothing yet for `{name}`, and no call in this file may pass it", line))
        reasons += Reasons(tuple(facts), tuple(remedies))
    return reasons


def _rename(parameter: Parameter, module: Module) -> list[Remedy]:
    """Another name, where nothing but the name stands in the way."""
    function = parameter.function
    assert not isinstance(function, ast.Lambda)
    if _refused(parameter, function, module, named=False) is not None or _doubt(parameter, function, module) is not None:
        return []
    return [Remedy("rename", parameter.name, module.line(parameter.node), plain_name(parameter, module), example=True)]


def _refused(parameter: Parameter, function: bodies.Definition, module: Module, *, named: bool = True) -> Refused | None:
    name = parameter.name
    if (found := evidence(parameter, module, named=named)) is not None:
        return MEMORY[found.kind](name=name, text=found.text, line=found.line)
    if (line := bodies.type_comment(function, module)) is not None:
        return TYPE_COMMENT(name=name, line=line)
    if (decorator := looks_at_defaults(function, module)) is not None:
        return DECORATOR(name=name, text=f"@{_short(decorator)}", line=module.line(decorator))
    if (cause := unsteady(parameter, module)) is not None:
        return UNSTEADY[cause.kind](name=name, text=cause.text, line=cause.line)
    if (test := none_values.handled(parameter, module)) is not None:
        return NONE_HANDLED(name=name, text=_short(test), line=module.line(test))
    if (call := none_values.passed(parameter, module)) is not None:
        return NONE_PASSED(name=name, text=_short(call), line=module.line(call))
    if (shown := _shows_names(function, module)) is not None:
        return NAMES_SHOWN(name=name, text=_short(shown), line=module.line(shown))
    if (said := parameter.node.annotation) is not None and not _can_be_widened(said, module):
        return ANNOTATION(name=name, text=_short(said))
    return None


def _can_be_widened(said: ast.expr, module: Module) -> bool:
    """Whether an annotation lets `None` in, can be made to, or is no type at all, so that it may stay as it is."""
    if optionals.lets_none_in(said, module) or optionals.widened(said, module) is not None:
        return True
    return not optionals.is_type(said, module)


def _shows_names(function: bodies.Definition, module: Module) -> ast.Call | None:
    """`exec`, `eval`, `locals()`, `vars()` or `dir()` in the function."""
    for scope in module.scope_inside(function).below():
        for name in ("exec", "eval", "locals", "vars", "dir"):
            for use in scope.uses.get(name, ()):
                call = module.parent(use)
                if isinstance(call, ast.Call) and call.func is use and (name in ("exec", "eval") or not call.args):
                    return call
    return None


def _doubt(parameter: Parameter, function: bodies.Definition, module: Module) -> Unsafe | None:
    """What has to be assumed where nothing forbids the change."""
    said = parameter.node.annotation
    if said is not None and optionals.lets_none_in(said, module) == optionals.YES and none_values.gets_through(parameter, module):
        return NONE_ALLOWED(name=parameter.name)
    if not is_empty(parameter.default) and (test := none_values.truth_test(parameter, module)) is not None:
        return NONE_IS_FALSE(name=parameter.name, line=module.line(test))
    return None


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split()) if not isinstance(node, ast.Match) else f"match {ast.unparse(node.subject)}"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _plan(parameters: list[Parameter], function: bodies.Definition, module: Module) -> Plan:
    changes = []
    for parameter in parameters:
        said = parameter.node.annotation
        widened = None if said is None or optionals.lets_none_in(said, module) else optionals.widened(said, module)
        shift = bodies.shift_of(parameter.default, parameter.name, function, module)
        changes.append(Change(parameter.index, widened, shift))
    guards = not bodies.does_nothing(function) and not has(function, "overload", module)
    lead = bodies.lead(function, {parameter.name for parameter in parameters})
    return Plan(tuple(changes), guards, lead, bodies.step(function, module))


def rewrite(node: Any, plan: Plan) -> tuple[cst.CSTNode, optionals.Imports]:
    """The function with `None` for the defaults, and a guard for each at the top of its body."""
    import libcst as cst

    from codemods.rules import patterns

    names = ("posonly_params", "params", "kwonly_params")
    parameters = [parameter for name in names for parameter in getattr(node.params, name)]
    guards = []
    for change in plan.changes:
        old = parameters[change.index]
        guards.append(patterns.none_guard(old.name.value, patterns.shifted(old.default, change.shift), plan.step))
        annotation = _annotation(old.annotation, change.widened) if change.widened else old.annotation
        parameters[change.index] = old.with_changes(default=cst.Name("None"), annotation=annotation)
    changed = {}
    for name in names:
        count = len(getattr(node.params, name))
        changed[name], parameters = parameters[:count], parameters[count:]
    node = node.with_changes(params=node.params.with_changes(**changed))
    if plan.guards:
        node = patterns.put_at_top(node, guards, plan.lead, plan.step)
    return node, tuple(needed for change in plan.changes if change.widened for needed in change.widened.imports)


def _annotation(old: cst.Annotation, widened: Widened) -> cst.Annotation:
    import libcst as cst

    match widened.kind:
        case optionals.UNION:
            new: cst.BaseExpression = cst.BinaryOperation(old.annotation, cst.BitOr(), cst.Name("None"))
        case optionals.OPTIONAL:
            new = cst.Subscript(cst.parse_expression(widened.text), [cst.SubscriptElement(cst.Index(old.annotation))])
        case _:
            new = cst.SimpleString(widened.text)
    return old.with_changes(annotation=new)


# Everything in the regex is bounded: it must stay linear on text that only looks like functions. Where a bound is reached it matches.
_VALUE = (
    rb"(?:[\s\\(]|#[^\r\n]{0,400}+){0,80}+(?:[\[{]|(?:\w{1,60}\s?\.\s?){0,4}?"
    rb"(?:list|dict|set|bytearray|defaultdict|OrderedDict|deque|Counter|ChainMap|UserDict|UserList|array)\s{0,20}\()"
)
_PASSED = (
    rb"\"(?:[^\"\\\r\n]|\\.){0,400}+\"|'(?:[^'\\\r\n]|\\.){0,400}+'|[\"']|#[^\r\n]{0,400}+"
    rb"|\{[^{}]{0,200}+\}|\[[^\[\]]{0,200}+\]|lambda\b[^:\r\n]{0,200}+:|[l{\[]"
)
"""Strings, comments, brackets and inner lambdas."""
_OTHER = rb"|=(?!" + _VALUE + rb")"
"""The default that is no site. Where a site has been asked for just before, a mere `=` says the same, and is quicker to compile."""
_NEWLINE = rb"(?:(?<=[,(\[{\\ \t])\r?\n|\r?\n(?![A-Za-z_@])|\r(?!\n))(?![ \t]*def\s)"
_OF_HEADER = rb"(?:[^-=:#'\"\r\n\[{l]{1,200}+|" + _NEWLINE + rb"|-(?!>)|(?<!\)):|" + _PASSED
"""A piece of a `def`'s header, which ends at `):` or `->`."""
_OF_LAMBDA = rb"(?:[^=:#'\"\[{l]{1,200}+|" + _PASSED
"""A piece of a lambda's parameters, which end at a colon."""

RULE = Rule(
    triage=rb"d(?=[ea])(?:ef[\s\\]{1,80}+[\w\x80-\xff]++\s*+[\[(]" + _OF_HEADER + _OTHER
    + rb"){0,120}+(?:=" + _VALUE + rb"|" + _OF_HEADER + rb"|=))"
    rb"|a\s(?<=lambda\s)" + _OF_LAMBDA + _OTHER + rb"){0,60}+(?:=" + _VALUE + rb"|" + _OF_LAMBDA + rb"|=)))",
    visits=(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda),
    find=find,
    rewrite=rewrite,
)  # fmt: skip
