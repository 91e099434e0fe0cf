"""What is known of bases from outside the file."""

from __future__ import annotations

ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})

_HARMLESS = frozenset({
    "builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "typing.NamedTuple",
    "threading.Thread", "unittest.TestCase", "unittest.IsolatedAsyncioTestCase", "ast.NodeVisitor", "ast.NodeTransformer",
    "json.JSONEncoder", "json.JSONDecoder", "html.parser.HTMLParser", "cmd.Cmd", "argparse.Action", "argparse.ArgumentParser",
    "argparse.HelpFormatter", "logging.Handler", "logging.Formatter", "logging.Filter", "string.Formatter", "string.Template",
    "contextlib.ContextDecorator", "contextlib.AbstractContextManager", "http.server.BaseHTTPRequestHandler", "random.Random",
    "socketserver.BaseRequestHandler", "enum.Enum", "collections.abc.Mapping", "collections.abc.MutableMapping",
    "collections.abc.Sequence", "collections.abc.Iterator", "collections.abc.MutableSequence", "collections.abc.Iterable",
    "collections.abc.Set", "collections.abc.MutableSet", "collections.abc.Callable", "collections.abc.Hashable", "collections.abc.Sized",
    "collections.abc.Collection",
})  # fmt: skip
"""Bases from outside the file that set no attribute behind its back but those in `_THEIRS`."""

_THEIRS = {
    "threading.Thread": frozenset({"name", "daemon", "ident", "native_id"}),
    "unittest.TestCase": frozenset({"longMessage", "maxDiff", "failureException"}),
    "string.Template": frozenset({"template", "pattern", "idpattern", "flags", "delimiter"}),
    "enum.Enum": frozenset({"name", "value", "_name_", "_value_"}),
    "html.parser.HTMLParser": frozenset({"rawdata", "lasttag", "offset", "lineno"}),
}
"""Attributes of theirs that are not as simple as they look, or are set by them."""

_EXCEPTIONS_SET = frozenset({
    "args", "errno", "strerror", "filename", "filename2", "value", "code", "name", "path", "obj", "start", "end", "object", "reason",
    "encoding", "lineno", "offset", "text", "msg", "print_file_and_line", "characters_written", "exceptions", "message",
})  # fmt: skip
"""Attributes that some builtin exception sets."""

WITHOUT_METHODS = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"})
"""Bases from outside the file without methods that a class behind them in the order may have too."""


def is_harmless(origin: str) -> bool:
    """Whether a base sets no attribute behind the file's back, and calls no method that it does not itself have."""
    if origin in _HARMLESS or origin in ENUMS:
        return True
    return origin.startswith("builtins.") and origin.endswith(("Error", "Exception", "Warning", "Interrupt", "Exit"))


def sets(origin: str, attribute: str) -> bool:
    """Whether a base has a say in an attribute of its instances."""
    if not is_harmless(origin) or attribute in _THEIRS.get(origin, ()):
        return True
    return attribute in _EXCEPTIONS_SET and origin.startswith("builtins.") and origin != "builtins.object"
