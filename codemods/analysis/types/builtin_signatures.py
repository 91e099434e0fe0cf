"""What calls, methods and attributes of builtins give, and of those library classes whose results depend on what they hold: data.

From CPython's documentation and source. Types are written as annotations with full names (`list[str]`, `re.Match | None`); `0` and `1`
stand for the receiver's arguments. The rest of the standard library is in `library.json`, made from typeshed.
"""

from __future__ import annotations

FUNCTIONS = {
    "str": "builtins.input builtins.chr builtins.bin builtins.hex builtins.oct string.capwords",
    "int": """
        builtins.len builtins.ord builtins.hash builtins.id random.randint random.randrange random.getrandbits
        bisect.bisect bisect.bisect_left bisect.bisect_right
    """,
    "float": """
        math.sqrt math.log math.log2 math.log10 math.log1p math.exp math.expm1 math.sin math.cos math.tan math.asin math.acos math.atan
        math.atan2 math.sinh math.cosh math.tanh math.hypot math.degrees math.radians math.fabs math.fmod math.fsum math.pow math.dist
        math.copysign math.ldexp time.time time.perf_counter time.monotonic time.process_time random.random random.gauss
        random.normalvariate random.expovariate random.betavariate os.path.getmtime os.path.getctime os.path.getatime
        timeit.default_timer
    """,
    "int | float": "random.uniform random.triangular timeit.timeit",
    "bool": """
        builtins.isinstance builtins.issubclass builtins.callable builtins.hasattr builtins.any builtins.all
        inspect.isclass inspect.isfunction inspect.ismethod inspect.ismodule
    """,
    "bytes": "random.randbytes",
    "list[str]": "builtins.dir difflib.get_close_matches",
    "dict[str, ?]": "builtins.globals builtins.locals",
    "datetime.datetime": "datetime.datetime.today",
    "io.StringIO[str]": "io.StringIO",
    "io.BytesIO[bytes]": "io.BytesIO",
}  # fmt: skip
"""Result → functions that give it whatever their arguments are."""

LIKE_ARGUMENT = {
    **dict.fromkeys((
        "os.path.join", "os.path.basename", "os.path.dirname", "os.path.abspath", "os.path.normpath", "os.path.realpath",
        "os.path.expanduser", "os.path.expandvars", "os.path.normcase", "os.path.relpath", "os.readlink", "os.fspath", "posixpath.join",
        "posixpath.basename", "posixpath.dirname", "posixpath.normpath", "ntpath.join", "os.path.commonpath", "urllib.parse.urljoin",
    ), "plain"),
    "glob.glob": "list",
    "shutil.which": "maybe",
    **dict.fromkeys(("os.path.split", "os.path.splitext", "os.path.splitdrive", "posixpath.split", "posixpath.splitext"), "pair"),
}  # fmt: skip
"""Functions that give `str` where all their arguments are `str` (a path object stands for one), and `bytes` for `bytes`: in what shape."""

_TEXT = """
    capitalize center expandtabs join ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip swapcase title upper zfill
"""

_ASKED = "endswith isalnum isalpha isascii isdigit islower isspace istitle isupper startswith"

METHODS: dict[str, dict[str, str]] = {
    "str": {
        "str": f"{_TEXT} casefold format format_map translate __str__ __format__ __repr__",
        "list[str]": "split rsplit splitlines",
        "tuple[str, str, str]": "partition rpartition",
        "int": "count find index rfind rindex __len__",
        "bool": f"{_ASKED} isdecimal isidentifier isnumeric isprintable",
        "bytes": "encode",
    },
    "bytes": {
        "bytes": f"{_TEXT} translate",
        "list[bytes]": "split rsplit splitlines",
        "tuple[bytes, bytes, bytes]": "partition rpartition",
        "int": "count find index rfind rindex",
        "bool": _ASKED,
        "str": "decode hex",
    },
    "bytearray": {
        "bytearray": f"{_TEXT} translate copy", "str": "decode hex", "int": "count find index rfind rindex pop", "bool": _ASKED,
        "None": "append extend clear reverse remove insert",
    },
    "int": {"int": "bit_length bit_count conjugate", "bytes": "to_bytes", "bool": "is_integer", "tuple[int, int]": "as_integer_ratio"},
    "bool": {"int": "bit_length bit_count conjugate", "bytes": "to_bytes", "bool": "is_integer"},
    "float": {"bool": "is_integer", "str": "hex", "tuple[int, int]": "as_integer_ratio", "float": "conjugate"},
    "list": {"list[0]": "copy", "0": "pop", "int": "count index", "None": "append clear extend insert remove reverse sort"},
    "tuple": {"int": "count index"},
    "range": {"int": "count index"},
    "dict": {
        "dict[0, 1]": "copy", "dict_keys[0]": "keys", "dict_values[1]": "values", "dict_items[tuple[0, 1]]": "items",
        "tuple[0, 1]": "popitem", "None": "clear update",
    },
    "set": {
        "set[0]": "copy difference intersection", "set": "union symmetric_difference", "0": "pop",
        "bool": "isdisjoint issubset issuperset",
        "None": "add clear discard remove update difference_update intersection_update symmetric_difference_update",
    },
    "frozenset": {
        "frozenset[0]": "copy difference intersection", "frozenset": "union symmetric_difference",
        "bool": "isdisjoint issubset issuperset",
    },
    "types.GeneratorType": {"None": "close"},
    "collections.deque": {
        "collections.deque[0]": "copy", "0": "pop popleft", "int": "count index",
        "None": "append appendleft clear extend extendleft insert remove reverse rotate",
    },
    "collections.OrderedDict": {
        "collections.OrderedDict[0, 1]": "copy", "collections.abc.KeysView[0]": "keys", "collections.abc.ValuesView[1]": "values",
        "collections.abc.ItemsView[0, 1]": "items", "tuple[0, 1]": "popitem", "None": "clear update move_to_end",
    },
    "collections.defaultdict": {"collections.defaultdict[0, 1]": "copy"},
    "collections.Counter": {
        "collections.Counter[0, 1]": "copy", "list[tuple[0, 1]]": "most_common", "int | 1": "total",
        "collections.abc.Iterator[0]": "elements", "None": "update subtract",
    },
    "os._Environ": {
        "dict[str, str]": "copy", "collections.abc.KeysView[str]": "keys", "collections.abc.ValuesView[str]": "values",
        "collections.abc.ItemsView[str, str]": "items",
    },
    "collections.abc.Mapping": {
        "collections.abc.KeysView[0]": "keys", "collections.abc.ValuesView[1]": "values", "collections.abc.ItemsView[0, 1]": "items",
    },
    "collections.abc.MutableMapping": {
        "collections.abc.KeysView[0]": "keys", "collections.abc.ValuesView[1]": "values", "collections.abc.ItemsView[0, 1]": "items",
        "tuple[0, 1]": "popitem",
    },
    "collections.abc.MutableSequence": {"0": "pop"},
    "pathlib.Path": {"str": "__str__", "collections.abc.Iterator[pathlib.Path]": "iterdir glob rglob"},
    "datetime.timedelta": {"float": "total_seconds"},
    "subprocess.Popen": {"tuple[1, 2]": "communicate"},
    "datetime.datetime": {"float": "timestamp"},
}  # fmt: skip
"""Class → result → methods."""

ATTRIBUTES: dict[str, dict[str, str]] = {
    "int": {"int": "real imag numerator denominator"},
    "bool": {"int": "real imag numerator denominator"},
    "float": {"float": "real imag"},
    "complex": {"float": "real imag"},
    "range": {"int": "start stop step"},
    "OSError": {"int | None": "errno", "str | None": "strerror"},
    "SyntaxError": {"str | None": "msg text", "int | None": "lineno offset end_lineno end_offset"},
    "ImportError": {"str | None": "msg name path"},
    "UnicodeDecodeError": {"str": "encoding reason", "int": "start end", "bytes": "object"},
    "UnicodeEncodeError": {"str": "encoding reason object", "int": "start end"},
    "UnicodeTranslateError": {"str": "reason object", "int": "start end"},
    "pathlib.Path": {"pathlib.Path": "parent"},
    "re.Match": {"re.Pattern": "re", "int": "pos endpos", "str | None": "lastgroup", "int | None": "lastindex"},
    "re.Pattern": {"int": "flags groups"},
    "os.DirEntry": {"0": "name path"},
    "subprocess.CompletedProcess": {"1": "stdout", "2": "stderr"},
    "subprocess.Popen": {"3": "stdout", "4": "stderr"},
    "urllib.parse.ParseResult": {"str": "scheme netloc path params query fragment"},
    "urllib.parse.SplitResult": {"str": "scheme netloc path query fragment"},
}  # fmt: skip
"""Class → type → attributes."""

VALUES = {
    "list[str]": "keyword.kwlist",
    "str": "os.sep os.pathsep os.curdir os.pardir os.extsep os.devnull os.linesep os.path.sep os.path.pathsep",
    "int": "sys.maxsize sys.maxunicode sys.hexversion",
    "float": "math.pi math.e math.tau math.inf math.nan",
    "os._Environ[str, str]": "os.environ",
    "sys._version_info": "sys.version_info",
}
"""Type → variables of the standard library."""
