"""As much of JSON Schema as `docs/output.schema.json` uses. An unknown keyword is an error, so that none is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
_KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "enum", "const", "minimum", "items"}
_KNOWN |= {"required", "properties", "additionalProperties"}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, where: str = "$") -> Iterator[str]:
    """What is wrong with a value, a line each."""
    root = root if root is not None else schema
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        yield from problems(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, where)
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where} is {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r}"
    names = schema.get("type", list(_TYPES))
    wanted = [_TYPES[name] for name in ([names] if isinstance(names, str) else names)]
    if type(value) not in wanted:
        yield f"{where} is {type(value).__name__}"
        return
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{where} is {value}"
    if isinstance(value, dict):
        yield from _object(value, schema, root, where)
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from problems(item, schema["items"], root, f"{where}[{index}]")


def _object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}.{name} is missing"
    rest = schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in schema.get("properties", {}):
            yield from problems(item, schema["properties"][name], root, f"{where}.{name}")
        elif rest is False:
            yield f"{where}.{name} is not known"
        elif isinstance(rest, dict):
            yield from problems(item, rest, root, f"{where}.{name}")
