"""Whether a class's decorators leave it the class that it is, or may put another in its place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.model.verdict import Assumption, Refusal, Refused, Unsafe

if TYPE_CHECKING:
    from codemods.analysis.module import Module

REPLACED = Refusal("class-replaced", "`@{decorator}` makes another class of `{name}`, a copy")

KEPT = Assumption("decorator", "`@{decorator}` gives back the class that it is given")

_GIVE_BACK = frozenset({
    "dataclasses.dataclass", "functools.total_ordering", "typing.final", "typing.runtime_checkable", "typing.dataclass_transform",
    "typing.deprecated", "typing.no_type_check", "warnings.deprecated", "enum.unique", "enum.verify", "attr.s", "attr.attrs",
    "attr.attributes", "unittest.skip", "unittest.skipIf", "unittest.skipUnless", "unittest.expectedFailure", "unittest.mock.patch",
    "unittest.mock.patch.object", "unittest.mock.patch.dict", "unittest.mock.patch.multiple", "mock.patch", "mock.patch.object",
    "mock.patch.dict", "six.python_2_unicode_compatible", "abc.update_abstractmethods", "django.utils.decorators.method_decorator",
    "django.utils.deconstruct.deconstructible", "django.contrib.admin.register", "django.test.override_settings", "django.test.tag",
    "absl.testing.parameterized.named_parameters", "zope.interface.implementer", "keras.saving.register_keras_serializable",
})  # fmt: skip
"""They return the class itself, changed or not; `dataclass` and `attr.s` as long as they are not told to make slots."""

_GIVE_BACK_PREFIXES = ("pytest.mark.",)

_REPLACE = frozenset({
    "six.add_metaclass", "future.utils.with_metaclass", "attr.define", "attr.mutable", "attr.frozen", "attr.dataclass", "attrs.define",
    "attrs.mutable", "attrs.frozen", "dataclasses.make_dataclass",
})  # fmt: skip
"""They return a copy (attrs with slots, as is its default), or cannot be known not to."""

_SLOTTED = frozenset({"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.attributes"})


def doubt_of_decorators(definition: ast.ClassDef, module: Module) -> Unsafe | Refused | None:
    """`None` where every decorator gives back the class; a refusal where one does not; an assumption where one is not known."""
    doubt: Unsafe | None = None
    for decorator in definition.decorator_list:
        bare = decorator.func if isinstance(decorator, ast.Call) else decorator
        origin = (module.origin(bare) or "").replace("typing_extensions.", "typing.")
        if origin in _REPLACE or (origin in _SLOTTED and _asks_for_slots(decorator)):
            return REPLACED(decorator=ast.unparse(bare), name=definition.name)
        known = origin in _GIVE_BACK or origin.startswith(_GIVE_BACK_PREFIXES)
        if not known and not (bare is decorator and _returns_its_argument(bare, module)):
            doubt = doubt or KEPT(decorator=ast.unparse(bare))
    return doubt


def _asks_for_slots(decorator: ast.expr) -> bool:
    """Anything but the literal `slots=False` counts, and so do arguments that are not written out."""
    if not isinstance(decorator, ast.Call):
        return False
    for keyword in decorator.keywords:
        if keyword.arg in (None, "slots") and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False):
            return True
    return any(isinstance(one, ast.Starred) for one in decorator.args)


def _returns_its_argument(decorator: ast.expr, module: Module) -> bool:
    """Whether a function of this file returns the class it is given, and nothing else."""
    if not isinstance(decorator, ast.Name):
        return False
    match [binding.node for binding in module.bindings(decorator.id, decorator)]:
        case [ast.FunctionDef(decorator_list=[], args=ast.arguments(posonlyargs=[], args=[parameter])) as function]:
            pass
        case _:
            return False
    scope = module.scope_inside(function)
    if len(scope.bindings.get(mangled(parameter.arg, scope), ())) != 1 or not isinstance(function.body[-1], ast.Return):
        return False
    own = list(module.own_nodes(function))
    if any(isinstance(one, ast.Yield | ast.YieldFrom) for one in own):
        return False
    returns = [one.value for one in own if isinstance(one, ast.Return)]
    return all(isinstance(one, ast.Name) and module.variable(one) == (scope, mangled(parameter.arg, scope)) for one in returns)
