"""What every rule must prove, so that no rule's author can forget it.

A rule's test is a list of cases of three kinds, because there are three truths:

* `Rewrites`: it makes `after` of `before`;
* `Declines`: it sees `before` and leaves it, with this reason code;
* `Ignores`: it does not see anything in `before`.

    CASES = [Rewrites("a list that only the loop reads", before, after, calls=("total([1, 2])",)), ...]

    @pytest.mark.parametrize("case", CASES, ids=names(CASES))
    def test_range_len(case: Case) -> None:
        check(case, "range-len")

A failed check raises `AssertionError` whose message starts with the check's name in brackets.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import io
import itertools
import re
import sys
import textwrap
import types
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codemods.analysis.text.comments import comments
from codemods.analysis.text.lexing import Comment, scan
from codemods.engine import registry, triage
from codemods.engine.pipeline import process
from codemods.engine.registry import NamedRule
from codemods.model.outcome import Clean, Diagnostic, Fixed, Outcome, TriagedAway
from codemods.model.rule import Rule
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Unsafe

TARGET = (3, 11)
WIDTH = 88
STEPS = 10_000
"""How many items of an iterator that a call returns are compared."""


@dataclass(frozen=True)
class Rewrites:
    """`before` becomes exactly `after`. Both are dedented, and a first empty line is dropped.

    Attributes:
        calls: expressions evaluated one after the other in the module's namespace, of both versions. If an expression is a call, its
            arguments are compared after it too.
        unsafe: the rewrite needs `--unsafe-fixes`; without it the site is reported as unsafe and left. A string is the code of the
            assumption that must be asked for.
        same_output: both versions must print and return the same. `mutable-default` may say no; then both are still run.
        wrap: also try it inside a function and inside a method. Say no where what stands at the module's top decides.
        skip: variants to leave out: any of `crlf`, `tabs`, `bom`, `form-feed`, `no-newline`, `function`, `method`.
        because: words that the verdict's clause (or the assumption) must hold.
        execute: run both versions at all. Say no where running them is out of the question (a loop without end, a stub).
        filename: as in `Settings`: `x.pyi` for a stub, `__init__.py`.
    """

    name: str
    before: str
    after: str
    calls: tuple[str, ...] = ()
    unsafe: bool | str = False
    target: tuple[int, int] = TARGET
    line_length: int = WIDTH
    same_output: bool = True
    wrap: bool = True
    skip: tuple[str, ...] = ()
    because: str = ""
    execute: bool = True
    filename: str = ""


@dataclass(frozen=True)
class Declines:
    """`before` holds a site, which is refused with reason code `code`; with `unsafe`, is unsafe under assumption `code`.

    Attributes:
        mentions: words that the reason (or the assumption) must hold.
        others: sites of the rule in `before` with another verdict are allowed, even rewritten ones.
    """

    name: str
    before: str
    code: str
    unsafe: bool = False
    mentions: str = ""
    target: tuple[int, int] = TARGET
    line_length: int = WIDTH
    others: bool = False
    skip: tuple[str, ...] = ()
    filename: str = ""


@dataclass(frozen=True)
class Ignores:
    """`before` holds no site of the rule at all."""

    name: str
    before: str
    target: tuple[int, int] = TARGET
    filename: str = ""


Case = Rewrites | Declines | Ignores
AnyRule = str | Rule | NamedRule


def names(cases: Iterable[Case]) -> list[str]:
    """The cases' names, for pytest's `ids`. Two cases of one name are an error."""
    listed = [case.name for case in cases]
    twice = [name for name, count in Counter(listed).items() if count > 1]
    assert not twice, f"cases of the same name: {twice}"
    return listed


def check(case: Case, rule: AnyRule) -> None:
    """Proves a case of any kind. `rule` is a rule's name, or a rule itself."""
    match case:
        case Rewrites():
            check_rewrite(case, rule)
        case Declines():
            check_decline(case, rule)
        case Ignores():
            check_ignore(case, rule)


def check_rewrite(case: Rewrites, rule: AnyRule) -> None:
    """Proves that the rule rewrites `before` to `after`, in every variant, and that both do the same."""
    named = _named(rule)
    before, after = dedented(case.before), dedented(case.after)
    _parses("before", before)
    _parses("after", after)
    _admitted(named, before.encode())
    _same_comments(before, after)
    outcome = _rewritten(named, case, before.encode(), after.encode(), "plain")
    _verdicts(case, named, outcome)
    if case.unsafe:
        _left_without_leave(case, named, before)
    for variant, (old, new, wider) in _variants(case, before, after):
        _rewritten(named, replace(case, line_length=case.line_length + wider), old, new, variant)
    if case.execute:
        _same_behaviour(case, before, after)
    else:
        assert not case.calls, "[execute] a case with calls is executed"


def check_decline(case: Declines, rule: AnyRule) -> None:
    """Proves that the rule sees a site in `before` and leaves it for the reason the case names, with LF and with CRLF."""
    named = _named(rule)
    before = dedented(case.before)
    _parses("before", before)
    _admitted(named, before.encode())
    for variant, data in (("plain", before.encode()), ("crlf", before.replace("\n", "\r\n").encode())):
        if variant in case.skip:
            continue
        outcome = _run(named, data, _settings(named, case, False))
        _no_defects(outcome, variant)
        mine = _diagnostics(outcome)
        if not case.others:
            assert not isinstance(outcome, Fixed), f"[declines] ({variant}) it was rewritten:\n{_diff(data, outcome.after)}"
        fitting = [one for one in mine if _code(one) == (case.code, case.unsafe)]
        assert fitting, f"[declines] ({variant}) no site is {'unsafe' if case.unsafe else 'refused'} as `{case.code}`: {_shown(mine)}"
        strange = [one for one in mine if one not in fitting]
        assert case.others or not strange, f"[declines] ({variant}) there are other sites: {_shown(strange)}"
        for one in fitting:
            _worded(one, case.mentions)


def check_ignore(case: Ignores, rule: AnyRule) -> None:
    """Proves that the rule sees nothing in `before`."""
    named = _named(rule)
    before = dedented(case.before)
    _parses("before", before)
    outcome = _run(named, before.encode(), _settings(named, case, True))
    _no_defects(outcome, "plain")
    assert isinstance(outcome, Clean | TriagedAway), f"[ignores] it came out as {type(outcome).__name__}: {_shown(_diagnostics(outcome))}"
    assert not _diagnostics(outcome), f"[ignores] it was seen: {_shown(_diagnostics(outcome))}"


def dedented(text: str) -> str:
    """A case's text: without the common indentation, without a first empty line, with a last newline."""
    text = textwrap.dedent(text.removeprefix("\n"))
    stripped = text.rstrip(" \n")
    return f"{stripped}\n" if stripped else text


# --- running the engine ---------------------------------------------------------------------------------------------------------------


def _named(rule: AnyRule) -> NamedRule:
    match rule:
        case str():
            return registry.rule(rule)
        case Rule():
            return NamedRule("toy", "toys", "A rule of the tests.", rule)
        case _:
            return rule


def _settings(named: NamedRule, case: Case, unsafe: bool) -> Settings:
    width = WIDTH if isinstance(case, Ignores) else case.line_length
    return Settings((named.name,), unsafe_fixes=unsafe, target=case.target, line_length=width, filename=case.filename)


def _run(named: NamedRule, data: bytes, settings: Settings) -> Outcome:
    return process(data, settings, rules={named.name: named})


def _rewritten(named: NamedRule, case: Rewrites, before: bytes, after: bytes, variant: str) -> Fixed:
    """Rewrites the bytes and holds the result against `after`; then rewrites the result, which must change nothing."""
    settings = _settings(named, case, bool(case.unsafe))
    outcome = _run(named, before, settings)
    _no_defects(outcome, variant)
    assert isinstance(outcome, Fixed), (
        f"[rewrites] ({variant}) it was not rewritten ({type(outcome).__name__}): {_shown(_diagnostics(outcome))}\n{before.decode()}"
    )
    assert outcome.after == after, f"[rewrites] ({variant}) expected and got differ:\n{_diff(after, outcome.after)}"
    _edits_make_the_result(outcome, variant)
    again = _run(named, after, settings)
    _no_defects(again, variant)
    assert not isinstance(again, Fixed), f"[idempotent] ({variant}) a second run changes it again:\n{_diff(after, again.after)}"
    return outcome


def _edits_make_the_result(outcome: Fixed, variant: str) -> None:
    """The edits lie apart, in order, and make `after` of `before`: nothing else was touched."""
    text = outcome.before.decode("utf-8-sig")
    position, parts = 0, []
    for edit in outcome.edits:
        assert position <= edit.start <= edit.end <= len(text), f"[edits] ({variant}) the edits overlap or are out of order"
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    made = "".join([*parts, text[position:]])
    assert made == outcome.after.decode("utf-8-sig"), f"[edits] ({variant}) the edits do not lead to the result"
    assert any(one.fixed for one in outcome.diagnostics), f"[edits] ({variant}) something changed, but no site says that it did"


def _left_without_leave(case: Rewrites, named: NamedRule, before: str) -> None:
    outcome = _run(named, before.encode(), _settings(named, case, False))
    assert not isinstance(outcome, Fixed), "[unsafe] it is rewritten without --unsafe-fixes"
    assert any(isinstance(one.verdict, Unsafe) for one in _diagnostics(outcome)), "[unsafe] no site is reported as unsafe"


def _verdicts(case: Rewrites, named: NamedRule, outcome: Fixed) -> None:
    fixed = [one for one in outcome.diagnostics if one.fixed]
    wanted = Unsafe if case.unsafe else Safe
    assert any(isinstance(one.verdict, wanted) for one in fixed), f"[verdict] no rewritten site is {wanted.__name__}: {_shown(fixed)}"
    if isinstance(case.unsafe, str):
        codes = [one.verdict.code for one in fixed if isinstance(one.verdict, Unsafe)]
        assert case.unsafe in codes, f"[verdict] the assumption is {codes}, not {case.unsafe!r}"
    for one in fixed:
        _worded(one, "")
    clauses = [one.verdict.because if isinstance(one.verdict, Safe) else getattr(one.verdict, "assumption", "") for one in fixed]
    assert any(case.because in clause for clause in clauses), f"[verdict] {case.because!r} is not in {clauses}"


def _worded(one: Diagnostic, mentions: str) -> None:
    """Every verdict says something, in one line, with no hole left open."""
    match one.verdict:
        case Safe(because=words) | Unsafe(assumption=words) | Refused(reason=words):
            assert words.strip(), "[words] the verdict says nothing"
            assert words == words.strip(), f"[words] the verdict has space around it: {words!r}"
            assert not {"\n", "\r"} & set(words), f"[words] the verdict is more than a line: {words!r}"
            assert mentions in words, f"[words] {mentions!r} is not in {words!r}"


def _diagnostics(outcome: Outcome) -> tuple[Diagnostic, ...]:
    return outcome.diagnostics if isinstance(outcome, Clean | Fixed) else ()


def _code(one: Diagnostic) -> tuple[str, bool]:
    return getattr(one.verdict, "code", "safe"), isinstance(one.verdict, Unsafe)


def _no_defects(outcome: Outcome, variant: str) -> None:
    defects = outcome.defects if isinstance(outcome, Clean | Fixed) else ()
    assert not defects, f"[crash] ({variant}) {defects}"


def _admitted(named: NamedRule, data: bytes) -> None:
    assert triage.admits(data, (named.name,), {named.name: named}), "[triage] the rule's triage regex does not match the file"


def _parses(which: str, text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, which, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise AssertionError(f"[parses] {which} is no Python: {error}") from error


def _same_comments(before: str, after: str) -> None:
    lost = Counter(one.text.rstrip() for one in comments(before))
    lost.subtract(one.text.rstrip() for one in comments(after))
    differing = {text: count for text, count in lost.items() if count}
    assert not differing, f"[comments] lost (positive) or new (negative): {differing}"


def _shown(diagnostics: Sequence[Diagnostic]) -> str:
    return "; ".join(f"line {one.line}: {one.verdict}" for one in diagnostics) or "no site"


def _diff(expected: bytes, got: bytes) -> str:
    old, new = (repr(data.decode("utf-8", "backslashreplace"))[1:-1].replace("\\n", "\\n\n").splitlines() for data in (expected, got))
    return "\n".join(difflib.unified_diff(old, new, "expected", "got", lineterm=""))


# --- variants -------------------------------------------------------------------------------------------------------------------------

_ABOVE = "_above  =  {  'a':1 }  ;  _besides=( )   \n"
_BELOW = "_below  =  [ 1,2 ,3]   # stays\t\n"


def _variants(case: Rewrites, before: str, after: str) -> Iterator[tuple[str, tuple[bytes, bytes, int]]]:
    """The ways a file may be laid out or the case may stand in it: (variant, (before, after, columns it is moved to the right))."""
    makers: dict[str, Callable[[str], str | None]] = {
        "crlf": lambda text: text.replace("\n", "\r\n"),
        "tabs": _tabs,
        "bom": lambda text: f"\ufeff{text}",
        "form-feed": lambda text: f"\f{text}",
        "no-newline": lambda text: text.rstrip("\n"),
        "function": lambda text: _indented(text, ("def enclosing_():",), 1),
        "method": lambda text: _indented(text, ("class Enclosing_:", "    def enclosing_(this_):"), 2),
    }
    unknown = set(case.skip) - set(makers)
    assert not unknown, f"no such variant: {unknown}"
    for variant, make in makers.items():
        wraps = variant in ("function", "method")
        if variant in case.skip or (wraps and not case.wrap):
            continue
        old, new = make(before), make(after)
        if old is None or new is None or (wraps and not _stands(old)):
            continue
        yield variant, (old.encode(), new.encode(), {"function": 4, "method": 8}.get(variant, 0))


def _stands(text: str) -> bool:
    """Whether the text compiles: a star import or a `from __future__` cannot stand in a function."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "variant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _code_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line with its line end, and whether it starts inside a string."""
    inside: set[int] = set()
    for found in scan(text):
        if not isinstance(found, Comment):
            first, last = text.count("\n", 0, found.start), text.count("\n", 0, found.end)
            inside.update(range(first + 1, last + 1))
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text)):
        yield line, number in inside


def _tabs(text: str) -> str | None:
    """With a tab for each four columns of indentation; `None` where the indentation is no multiple of four."""
    lines: list[str] = []
    for line, in_string in _code_lines(text):
        bare = line.lstrip(" ")
        width = len(line) - len(bare)
        if in_string or not bare.strip():
            lines.append(line)
        elif width % 4:
            return None
        else:
            lines.append("\t" * (width // 4) + bare)
    return "".join(lines)


def _indented(text: str, heads: tuple[str, ...], depth: int) -> str:
    """Inside a function or a method, between badly laid out lines that must stay as they are."""
    room = "    " * depth
    body = [line if in_string or not line.strip() else room + line for line, in_string in _code_lines(text)]
    return _ABOVE + "\n".join(heads) + f"\n{room}{_ABOVE}" + "".join(body) + f"{room}{_BELOW}" + _BELOW


# --- running both versions ------------------------------------------------------------------------------------------------------------


@dataclass
class Behaviour:
    """What running a version showed: what it printed, what its calls gave, and what they left of their arguments."""

    printed: str = ""
    raised: Any = None
    calls: list[Any] = field(default_factory=list)


def behaviour(text: str, calls: Sequence[str] = ()) -> Behaviour:
    """Runs a module and the calls in it, in a namespace of its own, with standard output caught."""
    shown = Behaviour()
    module = types.ModuleType("case_under_test")
    replaced = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown.raised = _raised(lambda: exec(compile(text, "case_under_test", "exec", dont_inherit=True), module.__dict__))
            if shown.raised is None:
                shown.calls = [_called(call, module.__dict__) for call in calls]
    finally:
        del sys.modules[module.__name__]
        if replaced is not None:
            sys.modules[module.__name__] = replaced
    shown.printed = printed.getvalue()
    return shown


def _same_behaviour(case: Rewrites, before: str, after: str) -> None:
    old, new = behaviour(before, case.calls), behaviour(after, case.calls)
    if case.calls:
        assert old.raised is None, f"[behaviour] `before` cannot run, so that its calls prove nothing: {old.raised}"
    assert old.raised == new.raised, f"[behaviour] before raised {old.raised}, after raised {new.raised}"
    if not case.same_output:
        return
    assert old.printed == new.printed, f"[behaviour] before printed {old.printed!r}, after printed {new.printed!r}"
    for call, was, now in zip(case.calls, old.calls, new.calls, strict=True):
        assert was == now, f"[behaviour] {call}\n  before: {was}\n  after:  {now}"


def _raised(run: Callable[[], object]) -> Any:
    try:
        run()
    except Exception as error:  # noqa: BLE001 - what a version raises is what is compared
        return snapshot(error)
    return None


def _called(call: str, namespace: dict[str, Any]) -> Any:
    """The result of an expression (an iterator is read to its end), or what it raised; and the arguments afterwards, if it is a call."""
    tree = ast.parse(call, mode="eval").body
    kept: dict[str, Any] = {}
    if isinstance(tree, ast.Call):
        for number, argument in enumerate([*tree.args, *(keyword.value for keyword in tree.keywords)]):
            inner = argument.value if isinstance(argument, ast.Starred) else argument
            kept[f"argument_{number}_"] = eval(ast.unparse(inner), namespace)
        numbers = itertools.count()
        tree.args = [_argument(one, f"argument_{next(numbers)}_") for one in tree.args]
        for keyword in tree.keywords:
            keyword.value = ast.Name(f"argument_{next(numbers)}_", ast.Load())
        call = ast.unparse(tree)
    given: list[Any] = []

    def run() -> None:
        value = eval(call, {**namespace, **kept})
        if isinstance(value, Iterator):
            value = (type(value).__name__, list(itertools.islice(value, STEPS)))
        given.append(snapshot(value))

    raised = _raised(run)
    return {"result": given, "raised": raised, "arguments": [snapshot(value) for value in kept.values()]}


def _argument(argument: ast.expr, name: str) -> ast.expr:
    plain = ast.Name(name, ast.Load())
    return ast.Starred(plain, ast.Load()) if isinstance(argument, ast.Starred) else plain


def snapshot(value: Any, seen: dict[int, int] | None = None) -> Any:
    """A value as something that can be compared with one of another namespace.

    It holds exact class names, contents, the order of dicts, and which mutable parts are one and the same object.
    """
    seen = {} if seen is None else seen
    kind = type(value).__qualname__
    if not isinstance(value, tuple | frozenset | str | bytes | int | float | complex | type | None):
        if id(value) in seen:
            return ("the same as", seen[id(value)])
        seen[id(value)] = len(seen)
    match value:
        case None | bool() | int() | str() | bytes() if type(value).__module__ == "builtins":
            return (kind, value)
        case float() | complex():
            return (kind, repr(value))
        case BaseException():
            return (kind, [snapshot(one, seen) for one in value.args])
        case dict():
            return (kind, [(snapshot(key, seen), snapshot(item, seen)) for key, item in value.items()], _state(value, seen))
        case set() | frozenset():
            return (kind, sorted(repr(snapshot(one)) for one in value), _state(value, seen))
        case list() | tuple():
            return (kind, [snapshot(one, seen) for one in value], _state(value, seen))
        case type() | types.FunctionType() | types.BuiltinFunctionType() | types.ModuleType():
            return (kind, getattr(value, "__qualname__", value.__name__))
        case _ if hasattr(value, "__dict__") or hasattr(type(value), "__slots__"):
            return (kind, _state(value, seen))
        case _:
            return (kind, repr(value))


def _state(value: Any, seen: dict[int, int]) -> Any:
    """The attributes of an instance, by name."""
    slots = [name for base in type(value).__mro__ for name in _listed(base.__dict__.get("__slots__", ())) if hasattr(value, name)]
    attributes = {name: getattr(value, name) for name in slots if name not in ("__dict__", "__weakref__")}
    attributes.update(getattr(value, "__dict__", {}))
    return [(name, snapshot(one, seen)) for name, one in sorted(attributes.items())]


def _listed(slots: Any) -> tuple[str, ...]:
    return (slots,) if isinstance(slots, str) else tuple(slots)
