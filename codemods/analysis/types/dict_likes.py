"""Whether iterating over a value is iterating over its keys.

True of dicts. Not true of everything that has a method `keys`: an XML element's `keys()` are its attributes and iterating gives its
children; iterating over a `sqlite3.Row` gives the values; `in` ignores case for an e-mail message and not for its `keys()`, a list.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types.vocabulary import DICTS, Type
from codemods.model.verdict import Assumption, Refusal, Refused, Safe, Unsafe

if TYPE_CHECKING:
    from codemods.analysis.module import Module

SUPER = Refusal("super", "`{text}` cannot be iterated over, only its methods can be called")
MODULE = Refusal("module", "`{text}` is a module")
NOT_A_DICT = Refusal("not-a-dict", "`{text}` is {kind}, not a dict")
KEYS_DIFFER = Refusal("keys-differ", "iterating over `{text}`, {kind}, does not give its keys")
OWN_KEYS = Refusal("own-keys", "`{name}` says itself what its keys are, with `{method}` at line {line}")
NO_KEYS = Refusal("not-a-dict", "`{text}` is {kind}, a class of this file that is no dict")
ASKED_FOR = Refusal("asked-for", "`{test}` at line {line} asks for `keys` and nothing else, so `{text}` may be anything that has it")

UNKNOWN = Assumption("type", "`{text}` is a dict", sort="type")
NOT_NONE = Assumption("not-none", "`{text}` is not None", sort="type")
MAPPING = Assumption("mapping", "iterating over `{text}`, {kind}, gives its keys", sort="type")
SUBCLASS = Assumption("subclass", "no class derived from `{name}` changes what its keys are")

_EXACT = DICTS | {"os._Environ"}
_CLASSES = frozenset({"builtins.dict", "collections.Counter", "collections.OrderedDict", "collections.defaultdict"})
_MAPPINGS = frozenset({
    "collections.ChainMap", "collections.UserDict", "collections.abc.Mapping", "collections.abc.MutableMapping",
    "configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SectionProxy", "http.cookies.SimpleCookie",
    "shelve.Shelf", "types.MappingProxyType", "typing.Mapping", "typing.MutableMapping", "weakref.WeakKeyDictionary",
    "weakref.WeakValueDictionary",
})  # fmt: skip
_STRANGERS = frozenset({
    "email.message.EmailMessage", "email.message.Message", "http.client.HTTPMessage", "lxml.etree._Element", "pandas.Series",
    "sqlite3.Row", "xml.etree.ElementTree.Element",
})  # fmt: skip
_MAKES_STRANGER = frozenset({
    "email.message_from_bytes", "email.message_from_file", "email.message_from_string",
})  # fmt: skip
_XML = ("xml.etree.ElementTree", "xml.etree.cElementTree", "defusedxml.ElementTree", "lxml.etree", "lxml.html")
_MAKES_ELEMENT = ("Element", "SubElement", "fromstring", "XML", "HTML", "parse")
_FINDS = ("find", "findall", "iter", "iterfind", "getroot", "getparent")
"""Methods of an XML element (or of a whole tree) that give elements."""
_DEEPEST = 5
_PROTOCOL = ("keys", "__iter__", "__contains__", "__len__", "__getattr__", "__getattribute__")


def keys_are_elements(receiver: ast.expr, module: Module) -> Safe | Unsafe | Refused:
    """Whether `receiver.keys()` may be written `receiver` where its elements, its length or its membership is all that is asked for."""
    text = shortened(receiver)
    match receiver:
        case ast.Call(func=ast.Name(id="super")):
            return SUPER(text=text)
        case ast.Name() if _is_module(receiver, module):
            return MODULE(text=text)
        case ast.Name() if _is_class(receiver, module):
            return NOT_A_DICT(text=text, kind="a class")
        case ast.Name() if (around := _class_of_self(receiver, module)) is not None:
            return _by_class(around, text, module)
        case _ if module.origin(receiver) == "os.environ":
            return Safe("`os.environ` iterates over its keys")
    kind = module.type_of(receiver)
    if kind is None:
        return _of_unknown(receiver, text, module)
    verdicts = [_by_type(member, text, module) for member in kind.members() if member.name != "None"]
    for verdict in verdicts:
        if isinstance(verdict, Refused):
            return verdict
    for verdict in verdicts:
        if isinstance(verdict, Unsafe):
            return verdict
    if not verdicts:
        return NOT_A_DICT(text=text, kind="None")
    if len(verdicts) < len(kind.members()):
        return NOT_NONE(text=text)
    return Safe(f"`{text}` is {told(kind)}")


def shortened(expression: ast.expr) -> str:
    """The expression for use in a sentence."""
    text = ast.unparse(expression)
    return text if len(text) <= 50 else f"{text[:30]}…{text[-15:]}"


def articled(kind: Type) -> str:
    """`a dict[str, int]`, `an OrderedDict`."""
    text = str(kind)
    return f"{'an' if text[:1] in 'aeiouAEIO' else 'a'} {text}"


def told(kind: Type) -> str:
    """`a dict (assigned a dict at line 3)`: the class, and how it is known."""
    return f"{articled(kind)} ({kind.because})" if kind.because else articled(kind)


def _by_type(kind: Type, text: str, module: Module) -> Safe | Unsafe | Refused:
    if kind.name in _EXACT:
        return Safe("")
    if kind.name in _MAPPINGS:
        return MAPPING(text=text, kind=articled(kind))
    if kind.name in _STRANGERS:
        return KEYS_DIFFER(text=text, kind=articled(kind))
    if kind.name.startswith("."):
        definition = module.inference.classes.definition(kind)
        return _by_class(definition, text, module) if definition is not None else UNKNOWN(text=text)
    if "." in kind.name:
        return UNKNOWN(text=text)
    return NOT_A_DICT(text=text, kind=articled(kind))


def _of_unknown(receiver: ast.expr, text: str, module: Module) -> Unsafe | Refused:
    """The verdict where the type is not known: some values are still known to be no dicts, or not meant to be."""
    if (stranger := _stranger(receiver, module)) is not None:
        return KEYS_DIFFER(text=text, kind=f"made by `{stranger}`")
    body = module.function(receiver) or module.tree
    for node in module.own_nodes(body):
        match node:
            case ast.Call(func=ast.Name(id="hasattr" | "getattr"), args=[asked, ast.Constant(value="keys"), *_]):
                if ast.dump(asked) == ast.dump(receiver):
                    return ASKED_FOR(test=ast.unparse(node), line=module.line(node), text=text)
    return UNKNOWN(text=text)


def _stranger(value: ast.expr, module: Module, depth: int = 0) -> str | None:
    """The name of what made the value, where that is known and makes none that iterates over its keys.

    An XML element is also what is found in one, or looped over.
    """
    if depth > _DEEPEST:
        return None
    match value:
        case ast.Name(id=name):
            match module.bindings(name, value):
                case [one] if one.kind == "assign" and one.path == () and one.value is not None:
                    return _stranger(one.value, module, depth + 1)
                case [one] if one.kind == "for" and one.path == () and one.value is not None:
                    return _element(_stranger(one.value, module, depth + 1))
            return None
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _FINDS:
            return _element(_stranger(owner, module, depth + 1))
        case ast.Subscript(value=owner):
            return _element(_stranger(owner, module, depth + 1))
        case ast.Call(func=function):
            origin = module.origin(function)
            return origin if origin in _STRANGERS or origin in _MAKES_STRANGER or _element(origin) else None
        case _:
            return None


def _element(origin: str | None) -> str | None:
    """The name again, if it is that of a maker of XML elements."""
    package, _, name = (origin or "").rpartition(".")
    return origin if package in _XML and name in _MAKES_ELEMENT else None


def _is_module(name: ast.Name, module: Module) -> bool:
    bindings = module.bindings(name.id, name)
    return bool(bindings) and all(isinstance(binding.statement, ast.Import) for binding in bindings)


def _is_class(name: ast.Name, module: Module) -> bool:
    bindings = module.bindings(name.id, name)
    made_here = bool(bindings) and all(isinstance(binding.node, ast.ClassDef) for binding in bindings)
    return made_here or (module.origin(name) or "") in _CLASSES


def _class_of_self(name: ast.Name, module: Module) -> ast.ClassDef | None:
    """The class of whose instance `name` is the first parameter of a method, bound by nothing else."""
    match module.bindings(name.id, name):
        case [one] if isinstance(one.statement, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = one.statement.args
            first = [*arguments.posonlyargs, *arguments.args][:1]
            plain = not any(isinstance(node, ast.Name) and node.id == "staticmethod" for node in one.statement.decorator_list)
            return module.class_of(one.statement) if first == [one.node] and plain else None
        case _:
            return None


def _by_class(definition: ast.ClassDef, text: str, module: Module) -> Unsafe | Refused:
    """The verdict on an instance of a class of this file. Never safe: a class derived elsewhere may be what comes along."""
    is_dict = is_open = False
    pending, seen = [definition], set()
    while pending:
        one = pending.pop()
        if one in seen:
            continue
        seen.add(one)
        own = next((binding for name in _PROTOCOL for binding in module.scope_inside(one).bindings.get(name, ())), None)
        if own is not None:
            return OWN_KEYS(name=one.name, method=own.name, line=module.line(own.node))
        for base in one.bases:
            origin, definitions = _base(base, module)
            is_dict = is_dict or (origin or "").removeprefix("builtins.") in DICTS
            is_open = is_open or not (definitions or origin == "builtins.object")
            pending.extend(definitions)
    if is_dict:
        return SUBCLASS(name=definition.name)
    return UNKNOWN(text=text) if is_open else NO_KEYS(text=text, kind=f"a `{definition.name}`")


def _base(base: ast.expr, module: Module) -> tuple[str | None, list[ast.ClassDef]]:
    """A base class: its full name if it comes from elsewhere, its definitions if it comes from this file."""
    if isinstance(base, ast.Subscript):
        base = base.value
    if isinstance(base, ast.Name):
        bindings = module.bindings(base.id, base)
        if bindings and all(isinstance(binding.node, ast.ClassDef) for binding in bindings):
            return None, [binding.node for binding in bindings if isinstance(binding.node, ast.ClassDef)]
    return module.origin(base), []
