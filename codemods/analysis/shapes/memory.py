"""Evidence that a parameter's mutable default is meant to remember something from call to call.

Evidence is what makes sense only with a memory: a name that says so, a value kept under a key computed from another argument and looked up
again, something made once, a counter, a recursion that leaves the argument out, code that reads the defaults. That nobody passes the
argument, or that it is not returned, is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from codemods.analysis.calls import known_calls
from codemods.analysis.change.storage import accesses
from codemods.analysis.names.naming import free_name
from codemods.analysis.names.scopes import FunctionNode
from codemods.analysis.shapes.defaults import is_mutable
from codemods.analysis.shapes.kept_values import KeptValues
from codemods.analysis.shapes.parameters import Parameter, argument_for, calls_of, is_handed_out, uses, with_defaults
from codemods.analysis.text.comments import comments

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_WORDS = frozenset({
    "cache", "caches", "cached", "memo", "memos", "memoized", "memory", "seen", "registry", "registries", "registered", "counter",
    "counters", "singleton", "singletons",
})  # fmt: skip
_PRIVATE_WORDS = frozenset({
    "state", "static", "calls", "count", "counts", "known", "history", "instance", "instances", "store", "last",
})  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_MEANT = re.compile(r"#.*(?:noqa:[\s\w,]*\bB006\b|pylint:\s*disable=[\w\s,-]*(?:dangerous-default-value|W0102))")

_SIGNATURE_READERS = frozenset({
    "inspect.signature", "inspect.getfullargspec", "inspect.getargspec", "inspect.getcallargs", "inspect.Signature.from_callable",
})  # fmt: skip
_HINT_READERS = frozenset({"typing.get_type_hints", "typing_extensions.get_type_hints", "inspect.get_annotations"})
_DEFAULT_ATTRIBUTES = frozenset({"__defaults__", "__kwdefaults__", "func_defaults"})


class Evidence(Struct, frozen=True):
    """What speaks for a memory, and where.

    `kind`: name, meant, read, annotation, beside, identity, recursion, or one of `kept_values` (cell, counter, keyed, …).
    """

    kind: str
    text: str
    line: int


def evidence(parameter: Parameter, module: Module, *, named: bool = True) -> Evidence | None:
    """The first evidence found for a memory in a function's parameter; without what its name says, if that is not asked for (`named`)."""
    return _Search(parameter, module).run(named) or _beside(parameter, module)


_KEEPING = frozenset({"name", "cell", "counter", "keyed", "made-once", "first-time", "stack"})


def _beside(parameter: Parameter, module: Module) -> Evidence | None:
    """Another parameter of the function that is a memory, where the function changes this one too: `def get(key, data={}, order=[])`."""
    if not any(access.stores or access.removes for access in accesses(uses(parameter, module), module)):
        return None
    for other in with_defaults(parameter.function):
        if other.index != parameter.index and is_mutable(other.default, module):
            found = _Search(other, module).run(True)
            if found is not None and found.kind in _KEEPING:
                return Evidence("beside", other.name, module.line(other.node))
    return None


def says_so(name: str) -> bool:
    """Whether a parameter's name speaks of a memory: `cache`, `_memo`, `seen_ids`, `_state`."""
    words = {word.lower() for word in _WORD.findall(name)}
    return not words.isdisjoint(_WORDS) or (name.startswith("_") and not words.isdisjoint(_PRIVATE_WORDS))


def plain_name(parameter: Parameter, module: Module) -> str:
    """A name for the parameter that speaks of no memory: what is left of its own, else what the default is."""
    words = [word for word in _WORD.findall(parameter.name) if word.lower() not in _WORDS | _PRIVATE_WORDS]
    base = "_".join(words).lower() or ("mapping" if isinstance(parameter.default, ast.Dict) else "values")
    assert not isinstance(parameter.function, ast.Lambda)
    return free_name(base, module, parameter.function.body[0])


class _Search:
    def __init__(self, parameter: Parameter, module: Module) -> None:
        assert not isinstance(parameter.function, ast.Lambda)
        self.parameter = parameter
        self.function: ast.FunctionDef | ast.AsyncFunctionDef = parameter.function
        self.module = module
        self.uses = uses(parameter, module)

    def run(self, named: bool) -> Evidence | None:
        name = self.parameter.name
        if named and says_so(name):
            return Evidence("name", name, self.module.line(self.parameter.node))
        steps = (self._meant, self._read, self._identity, self._kept, self._recursion)
        return next((found for step in steps if (found := step())), None)

    def _at(self, kind: str, node: ast.AST) -> Evidence:
        text = " ".join(ast.unparse(node).split())
        return Evidence(kind, text if len(text) <= 60 else f"{text[:57]}…", self.module.line(node))

    def _meant(self) -> Evidence | None:
        """A comment in the header tells another linter that the default is as it should be."""
        start = self.module.span(self.function)[0]
        header = self.module.text[start : self.module.span(self.function.body[0])[0]]
        for comment in comments(header):
            if _MEANT.match(comment.text):
                return Evidence("meant", comment.text, self.module.lines.line(start + comment.start))
        return None

    def _read(self) -> Evidence | None:
        """Code in the file that reads the defaults of this function.

        `inspect` is asked about all kinds of functions; one that is not known may be this one only if the file hands this one out.
        """
        for node, target in readers(self.module):
            hints = (isinstance(node, ast.Attribute) and node.attr == "__annotations__") or self._reads_hints(node)
            if hints and self.parameter.node.annotation is None:
                continue
            known = self._is_it(target)
            if known or (known is None and (not (hints or isinstance(node, ast.Call)) or is_handed_out(self.function, self.module))):
                return self._at("annotation" if hints else "read", node)
        return None

    def _reads_hints(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.module.origin(node.func) in _HINT_READERS

    def _is_it(self, target: ast.expr | None) -> bool | None:
        """Whether an expression means this function (or its class); `None` where that is not known."""
        match target:
            case ast.Name():
                definitions = [binding.node for binding in self.module.bindings(target.id, target)]
                if definitions and all(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for one in definitions):
                    return self.function in definitions or self.module.class_of(self.function) in definitions
                return None
            case ast.Attribute():
                return target.attr == self.function.name
            case _:
                return None

    def _identity(self) -> Evidence | None:
        for use in self.uses:
            parent = self.module.parent(use)
            match parent:
                case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
                    if not any(isinstance(side, ast.Constant) for side in (parent.left, *parent.comparators)):
                        return self._at("identity", parent)
                case ast.Call(func=ast.Name(id="id")) if self.module.origin(parent.func) == "builtins.id":
                    return self._at("identity", parent)
        return None

    def _kept(self) -> Evidence | None:
        found = KeptValues(self.parameter, self.uses, self.module).find()
        return self._at(*found) if found is not None else None

    # --- recursion ---

    def _recursion(self) -> Evidence | None:
        """The function calls itself without the argument though it changes it: the calls are to work on the same object."""
        changed = any(access.stores or access.removes for access in accesses(self.uses, self.module))
        if not changed and not any(self._handed_on(use) for use in self.uses):
            return None
        for call, filled in calls_of(self.function, self.module):
            if self.module.inside(call, self.function) and self._calls_itself(call) and argument_for(self.parameter, call, filled) is None:
                return self._at("recursion", call)
        return None

    def _calls_itself(self, call: ast.Call) -> bool:
        match call.func:
            case ast.Name(id=name):
                return name == self.function.name
            case ast.Attribute(value=ast.Name(id=receiver)):
                owner = self.module.class_of(self.function)
                first = [one.arg for one in [*self.function.args.posonlyargs, *self.function.args.args][:1]]
                return receiver in first or (owner is not None and receiver == owner.name)
            case _:
                return False

    def _handed_on(self, use: ast.Name) -> bool:
        """Whether the object goes to a call that may change it, other than a recursive one that takes it along."""
        parent = self.module.parent(use)
        call = self.module.parent(parent) if isinstance(parent, ast.keyword) else parent
        if not isinstance(call, ast.Call):
            return False
        origin = self.module.origin(call.func) or ""
        if origin.removeprefix("builtins.") in known_calls.READS_ONLY:
            return False
        callee = self.module.callee(call)
        if isinstance(callee, FunctionNode):
            taken = self.module.calls.parameter_for(call, use, callee)
            return callee is not self.function and (taken is None or taken in self.module.summary(callee).parameters)
        return True


_READERS: WeakKeyDictionary[Module, list[tuple[ast.AST, ast.expr | None]]] = WeakKeyDictionary()


def readers(module: Module) -> list[tuple[ast.AST, ast.expr | None]]:
    """The places in the file that read the defaults of a function, or its annotations, each with the function as it is written there."""
    known = _READERS.get(module)
    if known is None:
        known = _READERS[module] = sorted(_find_readers(module), key=lambda pair: module.line(pair[0]))
    return known


def _find_readers(module: Module) -> Iterator[tuple[ast.AST, ast.expr | None]]:
    for node in module.names.parents:
        match node:
            case ast.Attribute() if node.attr in _DEFAULT_ATTRIBUTES or node.attr == "__annotations__":
                yield node, node.value
            case ast.Constant(value=str(text)) if text in _DEFAULT_ATTRIBUTES:
                yield node, None
            case ast.Call() if module.origin(node.func) in _SIGNATURE_READERS | _HINT_READERS:
                yield node, node.args[0] if node.args else None
