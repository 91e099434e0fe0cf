"""What calls from outside the file do with their arguments: data, from the documentation of CPython 3.13.

A function of the standard library cannot reach an object of the program that it is not given, nor run code of the program but through a
callback. So what has to be known is only: which builtins run any code, which methods change their receiver, which keep what they get.
"""

from __future__ import annotations

READS_ONLY = frozenset({
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "complex", "dict", "divmod", "enumerate",
    "float", "format", "frozenset", "getattr", "hasattr", "hash", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len",
    "list", "max", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set",
    "slice", "sorted", "str", "sum", "super", "tuple", "type", "zip", "staticmethod", "classmethod", "memoryview", "aiter", "anext",
})  # fmt: skip
"""Builtins that change no argument and run no code of the program's but operators, iteration, conversion and attribute look-up."""

CALLBACKS = frozenset({"map", "filter", "sorted", "min", "max", "iter"})
"""Builtins that may call an argument."""

EXCEPTIONS_END = ("Error", "Exception", "Exit", "Interrupt", "Iteration", "Warning")
"""Endings of the names of the builtin exception classes."""

MUTATORS: dict[str, frozenset[str]] = {
    "list": frozenset({"append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse"}),
    "dict": frozenset({"clear", "pop", "popitem", "setdefault", "update", "move_to_end", "subtract", "__setitem__", "__delitem__"}),
    "set": frozenset({
        "add", "clear", "discard", "pop", "remove", "update",
        "intersection_update", "difference_update", "symmetric_difference_update",
    }),
    "bytearray": frozenset({"append", "extend", "insert", "pop", "remove", "clear", "reverse"}),
    "collections.deque": frozenset({
        "append", "appendleft", "extend", "extendleft", "insert", "pop", "popleft", "remove", "clear", "reverse", "rotate",
    }),
}  # fmt: skip
"""Methods that change their receiver, by class."""

for _like in ("collections.OrderedDict", "collections.defaultdict", "collections.Counter", "os._Environ"):
    MUTATORS[_like] = MUTATORS["dict"]
MUTATORS["array.array"] = MUTATORS["bytearray"] | {"frombytes", "fromfile", "fromlist", "fromunicode", "byteswap"}

REORDERS = frozenset({"sort", "reverse", "rotate", "byteswap", "move_to_end"})
"""Mutators that leave the size as it is."""

ANY_MUTATOR = frozenset().union(*MUTATORS.values())

READING_METHODS = frozenset({"index", "count", "copy", "get", "keys", "values", "items", "__len__", "__contains__", "__getitem__", "join"})
"""Methods that change nothing whichever builtin collection the receiver is."""

KEEPING_METHODS = frozenset({"append", "appendleft", "add", "insert", "setdefault", "put", "put_nowait", "__setitem__", "fromkeys"})
"""Methods of builtin collections that keep the very object they are given. `extend` and `update` keep its elements only."""

CHANGED_ARGUMENT = frozenset({
    "random.shuffle", "heapq.heapify", "heapq.heappush", "heapq.heappop", "heapq.heapreplace", "heapq.heappushpop", "bisect.insort",
    "bisect.insort_left", "bisect.insort_right", "operator.setitem", "operator.delitem", "operator.iadd", "operator.iconcat",
    "operator.imul", "struct.pack_into",
})  # fmt: skip
"""Functions of the standard library that change their first argument."""

STDLIB_PLAIN = frozenset({
    "abc", "argparse", "array", "ast", "base64", "binascii", "bisect", "calendar", "cmath", "codecs", "collections", "colorsys",
    "configparser", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "errno", "fnmatch", "fractions", "getopt",
    "getpass", "gettext", "glob", "gzip", "hashlib", "heapq", "hmac", "html", "http", "imghdr", "inspect", "io", "ipaddress", "itertools",
    "json", "keyword", "linecache", "locale", "logging", "lzma", "math", "mimetypes", "numbers", "operator", "os", "pathlib", "platform",
    "posixpath", "ntpath", "pprint", "random", "re", "secrets", "shlex", "shutil", "signal", "socket", "sqlite3", "stat", "statistics",
    "string", "struct", "subprocess", "sys", "sysconfig", "tempfile", "textwrap", "time", "timeit", "token", "tokenize", "traceback",
    "types", "typing", "unicodedata", "urllib", "uuid", "warnings", "wave", "xml", "zipfile", "zlib", "zoneinfo",
})  # fmt: skip
"""Modules of the standard library whose functions keep no collection they are given and start no code of the program's by themselves."""

CALLING_BACK = frozenset({
    "re.sub", "re.subn", "itertools.accumulate", "itertools.groupby", "itertools.starmap", "itertools.takewhile", "itertools.dropwhile",
    "itertools.filterfalse", "functools.reduce", "functools.partial", "signal.signal", "atexit.register", "sys.settrace", "sys.setprofile",
    "sys.exit", "copy.copy", "copy.deepcopy", "collections.defaultdict", "json.dumps", "json.loads", "json.dump", "json.load",
    "os.walk", "shutil.copytree", "shutil.rmtree", "operator.methodcaller",
})  # fmt: skip
"""Functions there that call an argument of theirs, if it is given and callable."""
