"""What the file's classes below one of the library say of the attributes and methods that an instance of that may have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CAUGHT = "def f():\n    try: g()\n    except OSError as e: repr(e.errno)\n"
DATE = "import datetime\ndef f(d: datetime.date): repr(d.year); repr(d.isoformat())\n"
CHILD = "import subprocess\ndef f(e: subprocess.CalledProcessError): repr(e.returncode)\n"

FOUND = [
    (CAUGHT, "int | None"),
    (f"{CAUGHT}class E(OSError): errno = ('a', 'b')", "?"),
    (f"{CAUGHT}class E(PermissionError):\n    @property\n    def errno(self): ...", "?"),
    (f"{CAUGHT}class E(IOError): errno = 1", "?"),
    (f"{CAUGHT.replace('OSError', 'IOError')}class E(OSError): errno = 'a'", "?"),
    (f"{CAUGHT.replace('OSError', 'EnvironmentError')}class E(OSError): code = 1", "int | None"),
    ("import calendar, time\ndef f(t: calendar.struct_time): repr(t.tm_year)\nclass T(time.struct_time): tm_year = 'a'", "?"),
    ("import calendar, time\ndef f(t: calendar.struct_time): repr(t.tm_year)\nclass T(time.struct_time): year = 'a'", "int"),
    (f"{CAUGHT}class E(OSError): code = 1", "int | None"),
    (f"{CAUGHT}class E(ValueError): errno = 'a'", "int | None"),
    (f"{CAUGHT}class E: errno = 'a'", "int | None"),
    (f"{CAUGHT}class Mixed: errno = 'a'\nclass E(Mixed, OSError): pass", "?"),
    (f"{CAUGHT}class E(OSError): pass\nclass E2(E): errno = 'a'", "?"),
    (f"{CAUGHT}class E(OSError):\n    def __init__(self): self.errno = 'a'", "?"),
    (f"{CAUGHT}class E(OSError):\n    def __init__(self): self.errno = 1", "int | None"),
    (f"{CAUGHT}class E(ValueError):\n    def __init__(self): self.errno = 'a'", "int | None"),
    (f"{CAUGHT}def h(e: OSError): e.errno = 'a'", "?"),
    (f"{CAUGHT}def h(e): setattr(e, 'errno', 'a')", "?"),
    (DATE, "int; str"),
    (f"{DATE}class D(datetime.date): year = 'a'", "?; str"),
    (f"{DATE}class D(datetime.datetime):\n    def isoformat(self): return 1", "int; ?"),
    (f"{DATE}class D(datetime.time):\n    def isoformat(self): return 1", "int; str"),
    ("class S(str):\n    def upper(self): return 1\nrepr('a'.upper())", "str"),
    (CHILD, "int"),
    (f"{CHILD}class E(subprocess.CalledProcessError):\n    def __init__(self): self.returncode = 'a'", "?"),
    (f"{CHILD}class E(subprocess.SubprocessError):\n    def __init__(self): self.returncode = 'a'", "int"),
    (f"{CHILD}class E(subprocess.CalledProcessError): returncode = 'a'", "?"),
]


@pytest.mark.parametrize(("source", "expected"), FOUND)
def test_attributes_and_methods(shown: Callable[[str], str], source: str, expected: str) -> None:
    assert shown(source) == expected


BUILTIN = [
    ("FileNotFoundError", "strerror", "str | None"),
    ("OSError", "filename", "?"),
    ("SyntaxError", "lineno", "int | None"),
    ("TabError", "msg", "str | None"),
    ("ModuleNotFoundError", "name", "str | None"),
    ("UnicodeDecodeError", "reason", "str"),
    ("UnicodeDecodeError", "object", "bytes"),
    ("UnicodeEncodeError", "object", "str"),
    ("UnicodeTranslateError", "start", "int"),
    ("UnicodeError", "reason", "?"),
    ("ValueError", "errno", "?"),
    ("(OSError, SyntaxError)", "errno", "?"),
    ("(FileNotFoundError, PermissionError)", "errno", "int | None"),
]


@pytest.mark.parametrize(("caught", "name", "expected"), BUILTIN)
def test_attributes_of_exceptions(shown: Callable[[str], str], caught: str, name: str, expected: str) -> None:
    assert shown(f"try: g()\nexcept {caught} as e: repr(e.{name})\n") == expected


def test_parts_of_the_version(shown: Callable[[str], str]) -> None:
    assert shown("import sys\nrepr(sys.version_info.major); repr(sys.version_info.releaselevel)") == "int; str"
