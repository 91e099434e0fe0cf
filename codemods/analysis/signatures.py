"""What calls and attributes of builtins and of the standard library give: data, from typeshed and CPython's documentation.

Types are written as annotations with full names (`list[str]`, `re.Match[str] | None`). Functions that give `str` for `str` and `bytes` for
`bytes` stand apart, as do those whose result needs a look at the arguments (`builtin_calls`).
"""

from __future__ import annotations

import ast
from functools import cache

from codemods.analysis.types import Type, union

_FUNCTIONS = {
    "str": """
        builtins.input builtins.chr builtins.bin builtins.hex builtins.oct
        os.getcwd os.getlogin os.strerror os.ctermid os.ttyname
        platform.node platform.system platform.release platform.version platform.machine platform.processor platform.platform
        platform.python_version platform.python_implementation platform.python_compiler platform.python_branch
        json.dumps time.strftime time.ctime time.asctime getpass.getuser getpass.getpass socket.gethostname socket.getfqdn
        textwrap.dedent textwrap.fill textwrap.indent textwrap.shorten html.escape html.unescape
        urllib.parse.quote urllib.parse.quote_plus urllib.parse.unquote urllib.parse.unquote_plus urllib.parse.urlencode
        traceback.format_exc inspect.cleandoc inspect.getsource secrets.token_hex secrets.token_urlsafe
        shlex.quote shlex.join pprint.pformat tempfile.gettempdir tempfile.mktemp string.capwords
        locale.getpreferredencoding sys.getdefaultencoding sys.getfilesystemencoding sys.intern
        unicodedata.normalize unicodedata.category unicodedata.bidirectional calendar.month calendar.calendar
        ast.unparse ast.dump
        sysconfig.get_platform sysconfig.get_python_version site.getuserbase site.getusersitepackages
        email.utils.formataddr email.utils.formatdate email.utils.make_msgid
    """,
    "str | None": "os.getenv inspect.getdoc inspect.getcomments inspect.getsourcefile imghdr.what",
    "int": """
        builtins.len builtins.ord builtins.hash builtins.id math.factorial math.gcd math.lcm math.comb math.perm
        math.isqrt os.getpid os.getppid os.system os.path.getsize random.randint random.randrange random.getrandbits time.time_ns
        time.perf_counter_ns time.monotonic_ns sys.getsizeof sys.getrefcount sys.getrecursionlimit zlib.crc32 zlib.adler32
        threading.active_count threading.get_ident bisect.bisect bisect.bisect_left bisect.bisect_right
    """,
    "int | None": "os.cpu_count",
    "float": """
        math.sqrt math.log math.log2 math.log10 math.log1p math.exp math.expm1 math.sin math.cos math.tan math.asin math.acos math.atan
        math.atan2 math.sinh math.cosh math.tanh math.hypot math.degrees math.radians math.fabs math.fmod math.fsum math.pow math.dist
        math.copysign math.ldexp time.time time.perf_counter time.monotonic time.process_time random.random random.uniform random.gauss
        random.normalvariate random.expovariate random.betavariate random.triangular os.path.getmtime os.path.getctime os.path.getatime
        timeit.timeit timeit.default_timer
    """,
    "bool": """
        builtins.isinstance builtins.issubclass builtins.callable builtins.hasattr builtins.any builtins.all os.path.exists os.path.isfile
        os.path.isdir os.path.islink os.path.isabs os.path.ismount os.path.lexists os.path.samefile os.access os.isatty math.isnan
        math.isinf math.isfinite math.isclose keyword.iskeyword fnmatch.fnmatch fnmatch.fnmatchcase inspect.isclass inspect.isfunction
        inspect.ismethod inspect.ismodule filecmp.cmp zipfile.is_zipfile tarfile.is_tarfile
    """,
    "bytes": """
        os.urandom base64.b64encode base64.b64decode base64.urlsafe_b64encode base64.urlsafe_b64decode base64.b32encode base64.b32decode
        base64.b16encode base64.b16decode struct.pack pickle.dumps zlib.compress zlib.decompress gzip.compress gzip.decompress
        secrets.token_bytes random.randbytes binascii.hexlify binascii.unhexlify bz2.compress lzma.compress marshal.dumps os.read
    """,
    "list[str]": """
        builtins.dir shlex.split textwrap.wrap difflib.get_close_matches traceback.format_stack
        traceback.format_tb traceback.format_exception traceback.format_list linecache.getlines
    """,
    "tuple": "struct.unpack struct.unpack_from",
    "dict[str, ?]": "builtins.globals builtins.locals",
    "re.Match | None": "re.match re.search re.fullmatch",
    "re.Pattern": "re.compile",
    "collections.abc.Iterator[re.Match]": "re.finditer",
    "pathlib.Path": "pathlib.Path pathlib.Path.cwd pathlib.Path.home",
    "datetime.datetime": """
        datetime.datetime datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.datetime.fromtimestamp
        datetime.datetime.strptime datetime.datetime.fromisoformat datetime.datetime.combine datetime.datetime.utcfromtimestamp
    """,
    "datetime.date": "datetime.date datetime.date.today datetime.date.fromisoformat datetime.date.fromtimestamp",
    "datetime.timedelta": "datetime.timedelta",
    "datetime.time": "datetime.time",
    "decimal.Decimal": "decimal.Decimal",
    "fractions.Fraction": "fractions.Fraction",
    "uuid.UUID": "uuid.uuid1 uuid.uuid3 uuid.uuid4 uuid.uuid5 uuid.UUID",
    "argparse.ArgumentParser": "argparse.ArgumentParser",
    "argparse.Namespace": "argparse.Namespace",
    "logging.Logger": "logging.getLogger logging.Logger",
    "io.StringIO[str]": "io.StringIO",
    "io.BytesIO[bytes]": "io.BytesIO",
    "configparser.ConfigParser": "configparser.ConfigParser",
    "string.Template": "string.Template",
}  # fmt: skip

LIKE_ARGUMENT = {
    **dict.fromkeys((
        "os.path.join", "os.path.basename", "os.path.dirname", "os.path.abspath", "os.path.normpath", "os.path.realpath",
        "os.path.expanduser", "os.path.expandvars", "os.path.normcase", "os.path.relpath", "os.readlink", "os.fspath", "posixpath.join",
        "posixpath.basename", "posixpath.dirname", "posixpath.normpath", "ntpath.join", "os.path.commonpath", "urllib.parse.urljoin",
    ), "plain"),
    **dict.fromkeys(("os.listdir", "glob.glob"), "list"),
    "shutil.which": "maybe",
    **dict.fromkeys(("os.path.split", "os.path.splitext", "os.path.splitdrive", "posixpath.split", "posixpath.splitext"), "pair"),
}  # fmt: skip
"""Functions that give `str` where all their arguments are `str` (a path object stands for one), and `bytes` for `bytes`: in what shape."""

_METHODS = {
    "str": {
        "str": """
            capitalize casefold center expandtabs format format_map join ljust lower lstrip removeprefix removesuffix replace rjust rstrip
            strip swapcase title translate upper zfill __str__ __format__ __repr__
        """,
        "list[str]": "split rsplit splitlines",
        "tuple[str, str, str]": "partition rpartition",
        "int": "count find index rfind rindex __len__",
        "bool": """
            endswith isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper startswith
        """,
        "bytes": "encode",
    },
    "bytes": {
        "bytes": """
            capitalize center expandtabs join ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip swapcase title
            translate upper zfill
        """,
        "list[bytes]": "split rsplit splitlines",
        "tuple[bytes, bytes, bytes]": "partition rpartition",
        "int": "count find index rfind rindex",
        "bool": "endswith isalnum isalpha isascii isdigit islower isspace istitle isupper startswith",
        "str": "decode hex",
    },
    "bytearray": {"str": "decode hex", "int": "count find index rfind rindex pop", "None": "append extend clear reverse remove insert"},
    "int": {"int": "bit_length bit_count conjugate", "bytes": "to_bytes", "bool": "is_integer"},
    "bool": {"int": "bit_length bit_count conjugate", "bytes": "to_bytes"},
    "float": {"bool": "is_integer", "str": "hex", "tuple[int, int]": "as_integer_ratio"},
    "list": {
        "list[0]": "copy", "0": "pop", "int": "count index", "None": "append clear extend insert remove reverse sort",
    },
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
        "frozenset[0]": "copy difference intersection", "frozenset": "union symmetric_difference", "bool": "isdisjoint issubset issuperset",
    },
    "collections.deque": {
        "collections.deque[0]": "copy", "0": "pop popleft", "int": "count index",
        "None": "append appendleft clear extend extendleft insert remove reverse rotate",
    },
    "collections.OrderedDict": {
        "collections.OrderedDict[0, 1]": "copy", "collections.abc.KeysView[0]": "keys", "collections.abc.ValuesView[1]": "values",
        "collections.abc.ItemsView[0, 1]": "items",
    },
    "collections.defaultdict": {"collections.defaultdict[0, 1]": "copy"},
    "collections.Counter": {"list[tuple[0, int]]": "most_common", "int": "total"},
    "os._Environ": {
        "dict[str, str]": "copy", "collections.abc.KeysView[str]": "keys", "collections.abc.ValuesView[str]": "values",
        "collections.abc.ItemsView[str, str]": "items",
    },
    "re.Pattern": {
        "re.Match | None": "match search fullmatch", "collections.abc.Iterator[re.Match]": "finditer",
    },
    "re.Match": {"int": "start end", "tuple[int, int]": "span", "tuple": "groups", "dict[str, ?]": "groupdict"},
    "pathlib.Path": {
        "str": "as_posix as_uri read_text __str__ owner group __fspath__",
        "bytes": "read_bytes",
        "pathlib.Path": """
            resolve absolute joinpath with_name with_suffix with_stem relative_to expanduser rename replace readlink
        """,
        "bool": "exists is_file is_dir is_symlink is_absolute match is_relative_to is_mount",
        "collections.abc.Iterator[pathlib.Path]": "iterdir glob rglob",
        "int": "write_text write_bytes",
        "None": "mkdir rmdir unlink touch chmod",
    },
    "datetime.datetime": {
        "str": "strftime isoformat ctime __str__", "float": "timestamp", "datetime.date": "date", "datetime.time": "time",
        "datetime.datetime": "replace astimezone", "int": "weekday isoweekday toordinal",
    },
    "datetime.date": {"str": "strftime isoformat ctime", "datetime.date": "replace", "int": "weekday isoweekday toordinal"},
    "datetime.time": {"str": "strftime isoformat", "datetime.time": "replace"},
    "datetime.timedelta": {"float": "total_seconds"},
    "io.TextIOWrapper": {
        "str": "read readline", "list[str]": "readlines", "int": "write seek tell fileno", "None": "writelines close flush",
    },
    "io.StringIO": {"str": "read readline getvalue", "list[str]": "readlines", "int": "write seek tell"},
    "io.BufferedReader": {"bytes": "read readline", "list[bytes]": "readlines", "int": "seek tell fileno"},
    "io.BytesIO": {"bytes": "read readline getvalue", "list[bytes]": "readlines", "int": "write seek tell"},
    "string.Template": {"str": "substitute safe_substitute"},
}  # fmt: skip
"""Methods: class → result → names. `0` and `1` stand for the receiver's arguments, `?0` for the first of them alone."""

_ATTRIBUTES = {
    "pathlib.Path": {
        "str": "name stem suffix anchor drive root", "pathlib.Path": "parent", "list[str]": "suffixes", "tuple[str, ...]": "parts",
    },
    "datetime.datetime": {"int": "year month day hour minute second microsecond fold"},
    "datetime.date": {"int": "year month day"},
    "datetime.time": {"int": "hour minute second microsecond fold"},
    "datetime.timedelta": {"int": "days seconds microseconds"},
    "re.Match": {"re.Pattern": "re", "int": "pos endpos", "str | None": "lastgroup"},
    "re.Pattern": {"int": "flags groups"},
    "int": {"int": "real imag numerator denominator"},
    "bool": {"int": "real imag numerator denominator"},
    "float": {"float": "real imag"},
    "complex": {"float": "real imag"},
    "range": {"int": "start stop step"},
    "uuid.UUID": {"str": "hex urn", "int": "int", "bytes": "bytes"},
    "io.TextIOWrapper": {"str": "encoding", "bool": "closed"},
    "logging.Logger": {"str": "name", "int": "level", "bool": "propagate"},
}  # fmt: skip

_VALUES = {
    "list[str]": "sys.argv sys.path keyword.kwlist",
    "str": """
        sys.platform sys.version sys.executable sys.prefix sys.exec_prefix sys.base_prefix sys.byteorder sys.copyright os.sep os.linesep
        os.pathsep os.curdir os.pardir os.extsep os.name os.devnull os.path.sep os.path.pathsep string.ascii_letters string.ascii_lowercase
        string.ascii_uppercase string.digits string.hexdigits string.octdigits string.punctuation string.whitespace string.printable
        builtins.__name__
    """,
    "int": "sys.maxsize sys.maxunicode sys.hexversion os.O_RDONLY",
    "float": "math.pi math.e math.tau math.inf math.nan",
    "os._Environ[str, str]": "os.environ",
}

@cache
def written(notation: str) -> Type | None:
    """A type as these tables write it; `None` for `?`."""
    return _read(ast.parse(notation.replace("?", "_"), mode="eval").body)


def _read(node: ast.expr) -> Type | None:
    match node:
        case ast.Constant(value=int() as index):
            return Type(f"?{index}")
        case ast.Constant():
            return Type("None")
        case ast.Name(id="_"):
            return None
        case ast.BinOp():
            return union([_read(node.left), _read(node.right)])
        case ast.Subscript(value=head, slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            variadic = len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis
            return Type(ast.unparse(head), tuple(_read(part) for part in (parts[:1] if variadic else parts)), variadic)
        case _:
            return Type(ast.unparse(node))


def _table(source: dict[str, str]) -> dict[str, str]:
    return {name: result for result, names in source.items() for name in names.split()}


@cache
def _functions() -> dict[str, str]:
    return _table(_FUNCTIONS)


@cache
def _values() -> dict[str, str]:
    return _table(_VALUES)


@cache
def _members(table: str, kind: str) -> dict[str, str]:
    source = _METHODS if table == "methods" else _ATTRIBUTES
    return _table(source.get(kind, {}))


def function_result(origin: str) -> Type | None:
    """What a call of a builtin or standard library function gives, whatever its arguments are."""
    notation = _functions().get(origin)
    return written(notation) if notation is not None else None


def value(origin: str) -> Type | None:
    """The type of a variable of the standard library: `sys.argv`."""
    notation = _values().get(origin)
    return written(notation) if notation is not None else None


def attribute(kind: Type, name: str) -> Type | None:
    """An attribute, not called, of a value of a builtin or standard library class."""
    notation = _members("attributes", kind.name).get(name)
    return written(notation) if notation is not None else None


def method_result(kind: Type, name: str) -> Type | None:
    """What a method of a value of a builtin or standard library class gives, whatever its arguments are."""
    notation = _members("methods", kind.name).get(name)
    if notation is None:
        base = "dict" if kind.name in _DICT_LIKE and name != "copy" else None
        notation = _members("methods", base).get(name) if base else None
    return _filled(written(notation), kind) if notation is not None else None


_DICT_LIKE = frozenset({"collections.OrderedDict", "collections.defaultdict", "collections.Counter", "os._Environ"})


def _filled(result: Type | None, receiver: Type) -> Type | None:
    """The result with the receiver's arguments for `0` and `1`."""
    if result is None:
        return None
    if result.name.startswith("?"):
        return receiver.argument(int(result.name[1:]))
    if not result.args:
        return result
    if result.name != "Union" and not receiver.args and any(arg is not None and arg.name.startswith("?") for arg in result.args):
        return Type(result.name)
    return Type(result.name, tuple(_filled(arg, receiver) for arg in result.args), result.variadic)
