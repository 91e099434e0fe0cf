"""Why the class of a value is known, or what it is that is not known of it: the chain behind one answer of `Module.type_of`.

    def total(rows, path):
        names = load(path)
        return sum(rows[i] for i in range(len(rows)))

`rows` may be anything because it is a parameter without annotation; an annotation there would be enough.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Binding, mangled
from codemods.analysis.types.dict_likes import articled, shortened
from codemods.analysis.types.vocabulary import Type, fits
from codemods.model.verdict import Fact, Reasons, Remedy

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_DEEPEST = 6
"""A chain longer than this tells nobody anything."""
_AT = re.compile(r",? at line (\d+)$")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def reasons_of_type(node: ast.expr, wanted: str, accepted: Collection[str], module: Module) -> Reasons:
    """Why `node` is known to be of one of the classes `accepted`; or why not, and what would show that it is `wanted`, an annotation."""
    search = _Search(module, accepted, node)
    search.ask(node, wanted)
    return Reasons(tuple(search.facts), tuple(search.remedies), is_told(module.type_of(node)))


def is_told(kind: Type | None) -> bool:
    """Whether it is the class of a value, or one of several; what an abstract class says is about methods alone."""
    return kind is not None and not any(one.name.startswith(("collections.abc.", "typing.")) for one in kind.members())


class _Search:
    """One walk from a value to what says, or does not say, of what class it is."""

    def __init__(self, module: Module, accepted: Collection[str], root: ast.expr) -> None:
        self.module = module
        self.root = root
        self.accepted = accepted
        self.facts: list[Fact] = []
        self.remedies: list[Remedy] = []
        self._asked: set[object] = set()

    def ask(self, node: ast.expr, wanted: str, *, mend: bool = True) -> None:
        """Adds the facts about one value. `mend`: also what would make it known."""
        if node in self._asked or len(self._asked) > _DEEPEST:
            return
        self._asked.add(node)
        kind = self.module.type_of(node)
        if kind is not None:
            self._known(node, kind)
            told = kind.is_all(*self.accepted) or any(one.name.startswith(".") for one in kind.members())
            if mend and not told and not self._annotate_more(node, kind, wanted):
                self._test(node, wanted)
            return
        before = len(self.remedies)
        match node:
            case ast.Name():
                self._name(node, wanted, mend)
            case ast.Attribute():
                self._attribute(node, wanted, mend)
            case ast.Call():
                self._call(node, wanted, mend)
            case _:
                self._other(node)
        if mend and len(self.remedies) == before:
            self._test(node, wanted)

    def _say(self, sentence: str, line: int = 0) -> None:
        self.facts.append(Fact(sentence, line))

    def _known(self, node: ast.expr, kind: Type) -> None:
        clause, line = kind.because, 0
        if found := _AT.search(clause):
            clause, line = clause[: found.start()], int(found[1])
        self._say(f"`{shortened(node)}` is {articled(kind)}{f': {clause}' if clause else ''}", line or self.module.line(node))

    # --- names ---

    def _name(self, name: ast.Name, wanted: str, mend: bool) -> None:
        variable = self.module.variable(name)
        if variable is None:
            self._say(f"`{name.id}` is bound nowhere in this file", self.module.line(name))
            return
        unknown = [one for one in variable[0].bindings[variable[1]] if one.kind != "annotation" and self._is_unknown(one)]
        for binding in unknown:
            self._binding(binding, wanted, mend and len(unknown) == 1)
        if not unknown:
            line = self.module.line(variable[0].bindings[variable[1]][0].node)
            self._say(f"`{name.id}` may be bound to something else by code that does not name it, or not be bound yet", line)

    def _is_unknown(self, binding: Binding) -> bool:
        return self.module.inference.bindings.of(binding) is None

    def _binding(self, binding: Binding, wanted: str, mend: bool) -> None:
        """A binding of which nothing is known."""
        line = self.module.line(binding.node)
        name = f"`{binding.name}`"
        match binding.kind:
            case "parameter":
                self._parameter(binding, wanted, mend)
            case "assign" | "walrus" | "augment" if binding.value is not None:
                part = "" if binding.path == () else "a part of "
                self._say(f"{name} is assigned {part}`{shortened(binding.value)}`", line)
                self.ask(binding.value, wanted, mend=False)
                if mend:
                    self._annotate_assignment(binding, wanted)
            case "for" if binding.value is not None:
                self._say(f"{name} is taken from `{shortened(binding.value)}`", line)
                self.ask(binding.value, f"list[{wanted}]", mend=False)
                if mend:
                    self._annotate_iterable(binding, wanted)
            case "with" if binding.value is not None:
                self._say(f"{name} is what `{shortened(binding.value)}` gives on entering", line)
            case "import":
                self._say(f"{name} is imported, and nothing is known of it", line)
            case kind:
                self._say(f"{name} is bound by {'an' if kind == 'except' else 'a'} `{kind}`, which says nothing of its class", line)

    def _annotate_assignment(self, binding: Binding, wanted: str) -> None:
        statement = binding.statement if isinstance(binding.statement, ast.Assign) else self.module.parent(binding.node)
        if isinstance(statement, ast.Assign) and statement.targets == [binding.node] and self._can_say(wanted):
            self.remedies.append(Remedy("annotate", binding.name, self.module.line(binding.node), wanted))

    def _annotate_iterable(self, binding: Binding, wanted: str) -> None:
        """A parameter that is looped over."""
        iterable = binding.value
        if not isinstance(iterable, ast.Name) or binding.path != () or not self._can_say(wanted):
            return
        match self.module.bindings(iterable.id, iterable):
            case [one] if one.kind == "parameter" and self._is_plain(one):
                self.remedies.append(Remedy("annotate", one.name, self.module.line(one.node), f"list[{wanted}]"))

    def _parameter(self, binding: Binding, wanted: str, mend: bool) -> None:
        line = self.module.line(binding.node)
        if binding.annotation is None:
            self._say(f"`{binding.name}` may be anything: a parameter without annotation", line)
        else:
            text = ast.unparse(binding.annotation)
            said = self.module.inference.annotations.read(binding.annotation)
            if said is not None:
                self._say(f"`{binding.name}` is annotated `{text}`, but its default or a call in this file gives something else", line)
                return
            self._say(f"`{binding.name}` is annotated `{text}`, {self._doubt(text, 'passed')}", line)
        if mend and self._is_plain(binding) and self._can_say(wanted) and self._agrees(binding, wanted):
            self.remedies.append(Remedy("annotate", binding.name, line, wanted))

    def _doubt(self, annotation: str, done: str) -> str:
        """Why an annotation proves nothing. `done` is what is done with the value: "passed"."""
        derived = sorted(self.module.subclassed & set(re.findall(r"\w+", annotation)))
        return f"but a class that this file derives from `{derived[0]}` may be {done} too" if derived else "which proves no class"

    @staticmethod
    def _is_plain(binding: Binding) -> bool:
        """A parameter that takes one argument."""
        function = binding.statement
        return isinstance(function, _Function) and binding.node not in (function.args.vararg, function.args.kwarg)

    def _agrees(self, binding: Binding, wanted: str) -> bool:
        """Whether nothing that the file passes for a parameter, and no default, would gainsay an annotation."""
        inference, function = self.module.inference, binding.statement
        assert isinstance(function, _Function)
        default = [inference.infer(binding.value)] if binding.value is not None else []
        said = Type(wanted.partition("[")[0])
        given = [*default, *inference.parameters.arguments(function, binding.name)]
        return all(fits(member, said) for kind in given if kind is not None for member in kind.members() if member.name != "Never")

    # --- attributes, calls and the rest ---

    def _attribute(self, node: ast.Attribute, wanted: str, mend: bool) -> None:
        text = shortened(node)
        inference = self.module.inference
        receiver = self.module.type_of(node.value)
        owner = inference.classes.definition(receiver) if receiver is not None else None
        if owner is None:
            what = f"of `{shortened(node.value)}`, {articled(receiver)}," if receiver is not None else f"of `{shortened(node.value)}`"
            self._say(f"`{text}` is an attribute {what} and nothing is known of it", self.module.line(node))
            if receiver is None and isinstance(node.value, ast.Name):
                self.ask(node.value, wanted, mend=False)
            return
        name = mangled(node.attr, self.module.scope(node))
        for method in inference.classes.methods(owner, name) or ():
            if not method.decorator_list:
                self._say(f"`{text}` is a method", self.module.line(method))
                return
            if inference.functions.body_result(method) is None or method.returns is None:
                self._say(f"`{method.name}` {self._unsaid(method)}", self.module.line(method))
                if mend and method.returns is None and self._can_say(wanted):
                    self.remedies.append(Remedy("return", method.name, self.module.line(method), wanted))
                return
        stores = [one for one in inference.classes.stores.get(name, ()) if isinstance(one.ctx, ast.Store)]
        unknown = [one for one in stores if inference.attributes.stored(one)[0] is None]
        for store in unknown[:2]:
            self._say(f"`{ast.unparse(store)}` is set to something of which nothing is known", self.module.line(store))
        if not unknown:
            self._say(f"`{text}` may be set to something else by a class or a file that is not seen here", self.module.line(owner))
        if mend and self._can_say(wanted) and len(unknown) == len(stores) == 1:
            store, statement = unknown[0], self.module.parent(unknown[0])
            own = isinstance(store.value, ast.Name) and store.value.id == "self"
            if isinstance(statement, ast.Assign) and statement.targets == [store] and own:
                self.remedies.append(Remedy("annotate", ast.unparse(store), self.module.line(store), wanted))

    def _call(self, call: ast.Call, wanted: str, mend: bool) -> None:
        callee = self.module.callee(call)
        line = self.module.line(call)
        if isinstance(callee, _Function):
            transparent = self.module.inference.functions.is_transparent(callee)
            said = self._unsaid(callee) if transparent else "is decorated, and may give something else than it returns"
            if mend and transparent and callee.returns is None and self._can_say(wanted):
                self.remedies.append(Remedy("return", callee.name, self.module.line(callee), wanted))
            self._say(f"`{callee.name}` {said}", self.module.line(callee))
            return
        origin = self.module.origin(call.func)
        self._say(f"nothing is known of what `{shortened(call)}`{f', a call of `{origin}`,' if origin else ''} gives", line)
        library = origin is not None and origin.partition(".")[0] in sys.stdlib_module_names
        if not library and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name | ast.Attribute):
            self.ask(call.func.value, wanted, mend=False)

    def _unsaid(self, function: _Function) -> str:
        """What is amiss with what a function says of its result."""
        if function.returns is not None:
            text = ast.unparse(function.returns)
            return f"says that it returns `{text}`, {self._doubt(text, 'returned')}"
        functions = self.module.inference.functions
        if functions.overridable(function) and functions.body_result(function) is not None:
            return "does not say what it returns, and may be overridden in another file"
        return "does not say what it returns"

    def _other(self, node: ast.expr) -> None:
        self._say(f"nothing is known of `{shortened(node)}`", self.module.line(node))
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr) and not isinstance(part, ast.Constant) and self.module.type_of(part) is None:
                self.ask(part, "", mend=False)

    # --- remedies ---

    def _annotate_more(self, node: ast.expr, kind: Type, wanted: str) -> bool:
        """Whether a parameter's abstract annotation (`Sequence[str]`) could say more."""
        if isinstance(node, ast.Name) and all(one.name.startswith(("collections.abc.", "typing.")) for one in kind.members()):
            match self.module.bindings(node.id, node):
                case [one] if one.kind == "parameter" and self._can_say(wanted):
                    self.remedies.append(Remedy("annotate", one.name, self.module.line(one.node), wanted))
                    return True
        return False

    def _can_say(self, wanted: str) -> bool:
        """Whether an annotation means its class in this file."""
        names = re.findall(r"\w+", wanted)
        return all(name not in self.module.subclassed and self.module.is_builtin(name, self.root) for name in names)

    def _test(self, node: ast.expr, wanted: str) -> None:
        """A test by `isinstance`, where one can stand in front of the statement and speaks of the same variable."""
        statement = self.module.statement(node)
        base: ast.expr = node
        while isinstance(base, ast.Attribute):
            base = base.value
        wanted = wanted.partition("[")[0]
        assert statement is not None
        if not self._can_say(wanted):
            return
        variable = self.module.variable(base) if isinstance(base, ast.Name) else None
        if variable is not None and variable[0] is self.module.scope(base) is self.module.scope(statement):
            first = not self.module.lines.line_text(self.module.line(statement))[: statement.col_offset].strip()
            if first and not isinstance(statement, ast.While | ast.If | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.remedies.append(Remedy("test", ast.unparse(node), self.module.line(statement), wanted))
                return
        if not isinstance(node, ast.Name):
            line = self.module.line(node)
            text = f"give `{shortened(node)}` at line {line} a name first, annotated as `{wanted}`"
            self.remedies.append(Remedy("other", shortened(node), line, text))
