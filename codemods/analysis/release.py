"""Taking a file's facts apart when nobody asks for them any more.

Scopes know each other, and whatever computes facts knows the module, so that only the cyclic collector would free them, some time after:
meanwhile each file's tree would be built in fresh memory, which takes longer than building it where the one before it stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.analysis.text.positions import Lines

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_OURS = "codemods.analysis."


def release(module: Module) -> None:
    """Forget all that is known of a file but where its lines are. Nothing may be asked of `module`, or of what it gave, afterwards."""
    binder = module.__dict__.get("names")
    scopes = list(binder.module.below()) if binder is not None else []
    pending: list[object] = [module]
    while pending:
        facts = pending.pop().__dict__
        for value in facts.values():
            if type(value) is dict:
                kinds = set(map(type, value.values()))  # of tens of thousands of nodes, mostly, or of none but scopes
                if any(_computes(kind) for kind in kinds):
                    pending.extend(one for one in value.values() if _computes(type(one)))
            elif _computes(type(value)):
                pending.append(value)
        facts.clear()
    for scope in scopes:
        scope.parent = None
        for links in (scope.children, scope.bindings, scope.uses, scope.globals_declared, scope._users):
            links.clear()


def _computes(kind: type) -> bool:
    """Whether it is a class of ours whose objects compute facts; records, which have no `__dict__`, are freed with what holds them."""
    return kind.__dictoffset__ != 0 and kind.__module__.startswith(_OURS) and kind is not Lines
