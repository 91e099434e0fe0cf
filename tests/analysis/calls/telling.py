"""What a call or a function may change, in words that a table of cases can hold."""

from __future__ import annotations

import ast

from codemods.analysis.calls.summaries import CallEffect, Summary


def told(found: CallEffect | Summary) -> str:
    """All of it, in a fixed order; nothing for what changes nothing."""
    listed: dict[str, list[str]] = {}
    if isinstance(found, CallEffect):
        listed |= {"changes": [*map(ast.unparse, found.targets)], "inside": [*map(ast.unparse, found.inner)]}
        listed["touches"] = [*map(ast.unparse, found.touched)]
    else:
        listed |= {"changes": sorted(found.parameters), "inside": sorted(found.inner), "touches": sorted(found.touches)}
        listed |= {"keeps": sorted(found.keeps)}
    listed |= {"sets": sorted(found.rebinds), "contents": sorted(found.contents), "elements": sorted(found.elements)}
    listed |= {"binds": sorted(name for _, name in found.bound), "variables": sorted(name for _, name in found.variables)}
    said = [f"{word} {value}" for word, value in (("unknown", found.unknown), ("elsewhere", found.elsewhere)) if value]
    return "; ".join([*said, *(f"{word} {', '.join(names)}" for word, names in listed.items() if names)])
