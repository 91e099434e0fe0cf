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

BORROWS = READS_ONLY - {
    "classmethod", "getattr", "memoryview", "next", "object", "open", "property", "slice", "staticmethod", "super", "type",
} | {"map", "filter"}  # fmt: skip
"""Those that neither keep nor hand back the object that is their first positional argument (elements of it they may)."""

BORROWS_ALL = BORROWS - {"dict", "iter", "max", "min", "sum"}
"""Those of them of which that is true for every argument: `max(xs, ys)` hands one back, `dict(rows=xs)` keeps it."""

CALLBACKS = frozenset({"map", "filter", "sorted", "min", "max", "iter"})
"""Builtins that may call an argument."""

EXCEPTIONS_END = ("Error", "Exception", "Exit", "Interrupt", "Iteration", "Warning")
"""Endings of the names of the builtin exception classes."""

GIVES_BACK = frozenset({"__iadd__", "__imul__", "__ior__", "__iand__", "__ixor__", "__isub__", "__enter__", "__iter__"})
"""Methods that may hand back their receiver itself."""

_DUNDERS = (GIVES_BACK - {"__enter__", "__iter__"}) | {"__setitem__", "__delitem__", "__init__", "__setstate__"}

MUTATORS: dict[str, frozenset[str]] = {
    "list": frozenset({"append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse"}) | _DUNDERS,
    "dict": frozenset({"clear", "pop", "popitem", "setdefault", "update", "move_to_end", "subtract", "__missing__"}) | _DUNDERS,
    "set": frozenset({
        "add", "clear", "discard", "pop", "remove", "update",
        "intersection_update", "difference_update", "symmetric_difference_update",
    }) | _DUNDERS,
    "bytearray": frozenset({"append", "extend", "insert", "pop", "remove", "clear", "reverse"}) | _DUNDERS,
    "collections.deque": frozenset({
        "append", "appendleft", "extend", "extendleft", "insert", "pop", "popleft", "remove", "clear", "reverse", "rotate",
    }) | _DUNDERS,
}  # fmt: skip
"""Methods that change their receiver, by class."""

for _like in ("collections.OrderedDict", "collections.defaultdict", "collections.Counter", "os._Environ"):
    MUTATORS[_like] = MUTATORS["dict"]
MUTATORS["array.array"] = MUTATORS["bytearray"] | {"frombytes", "fromfile", "fromlist", "fromunicode", "byteswap"}

REORDERS = frozenset({"sort", "reverse", "byteswap", "move_to_end", "__setitem__", "shuffle", "heapify", "heapreplace", "heappushpop"})
"""Mutators, and functions of their first argument, that keep the size. (`rotate` does but ends an iteration over a deque by an error.)"""

ANY_MUTATOR = frozenset().union(*MUTATORS.values())

READING_METHODS = frozenset({"index", "count", "copy", "get", "keys", "values", "items", "__len__", "__contains__", "__getitem__", "join"})
"""Methods that change nothing whichever builtin collection the receiver is."""

COPYING_METHODS = frozenset({
    "copy", "union", "intersection", "difference", "symmetric_difference", "split", "rsplit", "splitlines", "fromkeys", "keys", "values",
    "items", "most_common", "elements",
})  # fmt: skip
"""Methods of builtin collections and of str that hand back a new collection (or a view, or an iterator)."""

KEEPING_METHODS = frozenset({
    "append", "appendleft", "add", "insert", "setdefault", "put", "put_nowait", "__setitem__", "fromkeys", "get", "pop",
})  # fmt: skip
"""Methods of builtin collections that keep or hand back the very object they are given. `extend` and `update` keep its elements only."""

CHANGED_ARGUMENT = frozenset({
    "random.shuffle", "heapq.heapify", "heapq.heappush", "heapq.heappop", "heapq.heapreplace", "heapq.heappushpop", "bisect.insort",
    "bisect.insort_left", "bisect.insort_right", "operator.setitem", "operator.delitem", "operator.iadd", "operator.iconcat",
    "operator.imul", "operator.ior", "operator.iand", "operator.ixor", "operator.isub",
})  # fmt: skip
"""Functions of the standard library that change their first argument."""

CHANGED_SECOND = frozenset({"struct.pack_into", "random.Random.shuffle"})
"""Functions of the standard library that change their second argument."""

RUNS_HANDLERS = frozenset({"os.kill", "os.killpg", "signal.raise_signal", "signal.pthread_kill", "signal.pause"})
"""Functions of the standard library behind which the program's own handler of a signal has run."""

MAKING_CLASSES = frozenset({"builtins.type", "types.new_class"})
RUN_BY_CLASSES = frozenset({"__init_subclass__", "__set_name__", "__prepare__", "__mro_entries__", "mro"})
"""Functions that make a class, and what that runs of the file's."""

CHANGING_METHODS = frozenset({
    "shuffle", "pack_into", "readinto", "readinto1", "recv_into", "recvfrom_into", "recvmsg_into",
})  # fmt: skip
"""Methods of the standard library's objects that change what they are given: `Random().shuffle(rows)`, `file.readinto(buffer)`."""

STDLIB_PLAIN = frozenset({
    "abc", "argparse", "array", "ast", "base64", "binascii", "bisect", "calendar", "cmath", "codecs", "collections", "colorsys",
    "configparser", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "errno", "fnmatch", "fractions", "getopt",
    "getpass", "gettext", "glob", "gzip", "hashlib", "heapq", "hmac", "html", "http", "imghdr", "inspect", "io", "ipaddress", "itertools",
    "json", "keyword", "linecache", "locale", "logging", "lzma", "math", "mimetypes", "numbers", "operator", "os", "pathlib", "platform",
    "posixpath", "ntpath", "pprint", "random", "re", "secrets", "shlex", "shutil", "signal", "socket", "sqlite3", "stat", "statistics",
    "string", "struct", "subprocess", "sys", "sysconfig", "tempfile", "textwrap", "time", "token", "tokenize", "traceback",
    "types", "typing", "unicodedata", "urllib", "uuid", "warnings", "wave", "xml", "zipfile", "zlib", "zoneinfo",
})  # fmt: skip
"""Modules of the standard library whose functions start no code of the program's but what they are given to call."""

CALLING_BACK = frozenset({
    "re.sub", "re.subn", "itertools.accumulate", "itertools.groupby", "itertools.starmap", "itertools.takewhile", "itertools.dropwhile",
    "itertools.filterfalse", "functools.reduce", "functools.partial", "signal.signal", "atexit.register", "sys.settrace", "sys.setprofile",
    "sys.exit", "copy.copy", "copy.deepcopy", "collections.defaultdict", "os.walk", "shutil.copytree", "shutil.rmtree",
    "operator.methodcaller", "operator.call",
})  # fmt: skip
"""Functions there that call an argument of theirs, if it is given and callable, beside what keywords give, which any of them may call."""

CALLED_FROM = {
    "heapq.nlargest": 2, "heapq.nsmallest": 2, "textwrap.indent": 2, "shutil.move": 2, "types.new_class": 3, "inspect.getmembers": 1,
    "inspect.getmembers_static": 1, "difflib.ndiff": 2, "urllib.request.urlretrieve": 2, "sys.addaudithook": 0, "codecs.register": 0,
    "codecs.register_error": 1, "tokenize.tokenize": 0, "tokenize.generate_tokens": 0, "os.fwalk": 2,
}  # fmt: skip
"""Functions there that call those of their arguments that stand at this place or behind it."""

CALLING_METHODS = frozenset({"sub", "subn"})
"""Methods of the standard library's objects that call an argument of theirs, if it is callable: `pattern.sub(shout, text)`."""

RUNNING_METHODS = frozenset({"parse_args", "parse_known_args", "parse_intermixed_args", "parse_known_intermixed_args"})
"""Methods of the standard library's objects that call what those were given before: the `type=` of a command line's argument."""

RUNNING_TYPES = frozenset({"types.GeneratorType", "types.CoroutineType", "types.AsyncGeneratorType", "collections.abc.Generator"})
"""Classes whose methods, `send` and `close`, run code of the program's."""

REPLACED_HOOKS = {"warnings": ("showwarning", "formatwarning"), "codecs": ("register_error",), "logging": ("setLogRecordFactory",)}
"""Names by which a file that uses them puts code of its own into a module of the standard library."""

REGISTERING = frozenset({
    "create_function", "create_window_function", "create_aggregate", "create_collation", "set_authorizer", "set_progress_handler",
    "set_trace_callback", "row_factory", "text_factory", "register_adapter", "register_converter",
})  # fmt: skip
"""Attributes of `sqlite3` and its objects that take code which any later query may run."""

RUNS_METHODS = frozenset({
    "argparse", "codecs", "configparser", "csv", "gzip", "http", "io", "json", "lzma", "pprint", "shutil", "socket", "sqlite3", "tempfile",
    "tokenize", "traceback", "urllib", "wave", "xml", "zipfile",
})  # fmt: skip
"""Modules there that call methods by name of the objects they are given: `csv.writer(out)` calls `out.write`, a parser its handler."""

MANAGERS = frozenset({
    "builtins.open", "contextlib.suppress", "contextlib.nullcontext", "contextlib.redirect_stdout", "contextlib.redirect_stderr",
    "contextlib.chdir", "decimal.localcontext", "threading.Lock", "threading.RLock", "threading.Semaphore", "threading.Condition",
})  # fmt: skip
"""What `with` may enter and leave without running code of the program; so are all of `STDLIB_PLAIN`."""

HANDS_BACK = frozenset({
    "copy.copy", "dataclasses.field", "dataclasses.replace", "functools.partial", "functools.reduce", "itertools.repeat",
    "itertools.tee", "operator.iadd", "operator.iconcat", "operator.imul", "operator.ior", "operator.iand", "operator.ixor",
    "operator.isub", "operator.call", "operator.methodcaller", "random.choice", "sys.intern",
})  # fmt: skip
"""Functions of `STDLIB_PLAIN` that keep or hand back an argument, or (`choice`) an element. `copy.copy` does so if it cannot change."""

KEEPING_MODULES = frozenset({"contextlib", "enum", "functools", "inspect", "types", "typing", "warnings"})
"""Modules whose functions may keep or hand back what they get."""

NEW_COLLECTIONS = frozenset({
    "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.deque", "array.array", "copy.copy",
    "copy.deepcopy", "dataclasses.asdict", "dataclasses.astuple", "glob.glob", "heapq.nlargest", "heapq.nsmallest", "itertools.product",
    "json.load", "json.loads", "os.listdir", "random.choices", "random.sample", "re.findall", "re.split", "shlex.split",
    "statistics.multimode", "difflib.get_close_matches", "struct.unpack", "textwrap.wrap", "urllib.parse.parse_qs",
    "urllib.parse.parse_qsl",
})  # fmt: skip
"""Functions of the standard library whose result is a new object that nothing else holds."""

OBJECTS = frozenset({
    "argparse.ArgumentParser", "configparser.ConfigParser", "csv.DictReader", "csv.DictWriter", "csv.reader", "csv.writer",
    "datetime.datetime.now", "difflib.SequenceMatcher", "gzip.open", "hashlib.md5", "hashlib.sha1", "hashlib.sha256", "hashlib.new",
    "io.BytesIO", "io.StringIO", "logging.FileHandler", "logging.Formatter", "logging.StreamHandler", "logging.getLogger", "pathlib.Path",
    "random.Random", "re.compile", "socket.socket", "sqlite3.connect", "string.Template", "struct.Struct", "subprocess.Popen",
    "tarfile.open", "tempfile.NamedTemporaryFile", "tempfile.TemporaryFile", "urllib.request.urlopen", "xml.etree.ElementTree.Element",
    "xml.etree.ElementTree.SubElement", "zipfile.ZipFile", "time.localtime",
})  # fmt: skip
"""Makers of objects that are no builtin collection, and whose methods change nothing of the program's but themselves."""
