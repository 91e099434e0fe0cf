"""What calls and attributes of the standard library give."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

ROWS = [
    ("os.getcwd()", "str"),
    ("os.getenv('a')", "str | None"),
    ("os.getenv('a', 'b')", "str"),
    ("os.environ", "_Environ[str, str]"),
    ("os.environ['a']", "str"),
    ("os.environ.get('a')", "str | None"),
    ("os.environ.get('a', 'b')", "str"),
    ("os.environ.copy()", "dict[str, str]"),
    ("list(os.environ.items())", "list[tuple[str, str]]"),
    ("os.listdir()", "list[str]"),
    ("os.listdir('a')", "list[str]"),
    ("os.listdir(b'a')", "list[bytes]"),
    ("os.listdir(x)", "?"),
    ("os.path.join('a', 'b')", "str"),
    ("os.path.join('a', x)", "?"),
    ("os.path.join(*x)", "?"),
    ("os.path.join(b'a', b'b')", "bytes"),
    ("os.path.join(pathlib.Path('a'), 'b')", "str"),
    ("os.path.basename(__file__)", "str"),
    ("os.path.dirname(os.path.abspath(__file__))", "str"),
    ("os.path.basename(x)", "?"),
    ("os.path.splitext('a')[0]", "str"),
    ("os.path.relpath('a', start='b')", "str"),
    ("os.path.relpath('a', start=x)", "?"),
    ("os.path.exists(x)", "bool"),
    ("os.path.getsize(x)", "int"),
    ("os.sep", "str"),
    ("os.linesep", "str"),
    ("os.stat(x).st_size", "int"),
    ("[a for a, b, c in os.walk('.')]", "list[str]"),
    ("[c for a, b, c in os.walk('.')]", "list[list[str]]"),
    ("[a for a, b, c in os.walk(x)]", "list"),
    ("sys.argv", "list[str]"),
    ("sys.argv[1]", "str"),
    ("sys.platform", "str"),
    ("sys.maxsize", "int"),
    ("sys.stdout", "?"),
    ("json.dumps(x)", "str"),
    ("json.loads(x)", "?"),
    ("platform.node()", "str"),
    ("time.time()", "float"),
    ("time.strftime('%Y')", "str"),
    ("time.monotonic()", "float"),
    ("math.sqrt(2)", "float"),
    ("math.pi", "float"),
    ("math.floor(1.5)", "int"),
    ("math.floor(x)", "?"),
    ("math.gcd(1, 2)", "int"),
    ("random.random()", "float"),
    ("random.randint(1, 2)", "int"),
    ("random.choice('ab')", "str"),
    ("random.choice([1, 2])", "int"),
    ("random.choice(x)", "?"),
    ("random.sample(range(3), 2)", "list[int]"),
    ("datetime.datetime.now()", "datetime"),
    ("datetime.datetime.now().strftime('')", "str"),
    ("datetime.datetime.now().isoformat()", "str"),
    ("datetime.datetime.now().year", "int"),
    ("datetime.date.today().isoformat()", "str"),
    ("datetime.timedelta(1).total_seconds()", "float"),
    ("datetime.timedelta(1).days", "int"),
    ("pathlib.Path('a')", "Path"),
    ("pathlib.Path('a').name", "str"),
    ("pathlib.Path('a').stem", "str"),
    ("pathlib.Path('a').parent.suffix", "str"),
    ("pathlib.Path('a').read_text()", "str"),
    ("pathlib.Path('a').read_text().splitlines()", "list[str]"),
    ("pathlib.Path('a').resolve().name", "str"),
    ("pathlib.Path('a').with_suffix('b')", "Path"),
    ("pathlib.Path('a') / 'b'", "Path"),
    ("pathlib.Path('a') / x", "?"),
    ("[a for a in pathlib.Path('a').iterdir()]", "list[Path]"),
    ("[a.name for a in pathlib.Path('a').glob('*')]", "list[str]"),
    ("pathlib.Path.cwd()", "Path"),
    ("pathlib.Path('a').open()", "TextIOWrapper[str]"),
    ("pathlib.Path('a').exists()", "bool"),
    ("str(pathlib.Path('a'))", "str"),
    ("re.compile('a')", "Pattern[str]"),
    ("re.compile(b'a')", "Pattern[bytes]"),
    ("re.compile(x)", "Pattern"),
    ("re.match('a', x)", "Match[str] | None"),
    ("re.match('a', x).group()", "str"),
    ("re.match('a', x).group(0)", "str"),
    ("re.match('a', x).group(1)", "str | None"),
    ("re.match('a', x).group(1, 2)", "tuple[str | None, str | None]"),
    ("re.match('a', x).groups()", "tuple"),
    ("re.match('a', x).groupdict()", "dict[str, str]"),
    ("re.match('a', x)[0]", "str"),
    ("re.match('a', x)[1]", "str | None"),
    ("re.match('a', x).start()", "int"),
    ("re.match(x, y).group()", "?"),
    ("re.sub('a', 'b', x)", "str"),
    ("re.sub(b'a', b'b', x)", "bytes"),
    ("re.sub(x, 'b', y)", "?"),
    ("re.findall('a+', x)", "list[str]"),
    ("re.findall('(a)', x)", "list[str]"),
    ("re.findall(r'\\(a', x)", "list[str]"),
    ("re.findall(x, y)", "list"),
    ("re.split(',', x)", "list[str]"),
    ("re.split('(,)', x)", "list[str]"),
    ("re.escape('a')", "str"),
    ("[m.group() for m in re.finditer('a', x)]", "list[str]"),
    ("re.compile('a').sub('b', x)", "str"),
    ("re.compile('a').match(x).group()", "str"),
    ("subprocess.check_output(x)", "bytes"),
    ("subprocess.check_output(x, text=True)", "str"),
    ("subprocess.check_output(x, text=y)", "?"),
    ("subprocess.check_output(x, text=False)", "bytes"),
    ("subprocess.check_output(x, encoding='utf-8')", "str"),
    ("subprocess.check_output(x, **y)", "?"),
    ("subprocess.check_output(x).decode()", "str"),
    ("subprocess.run(x).returncode", "int"),
    ("subprocess.run(x).stdout", "?"),
    ("subprocess.run(x, capture_output=True).stdout", "bytes"),
    ("subprocess.run(x, capture_output=True, text=True).stdout", "str"),
    ("subprocess.run(x, capture_output=True, text=True).stderr", "str"),
    ("subprocess.run(x, capture_output=True, text=y).stdout", "?"),
    ("subprocess.run(x, capture_output=y, text=True).stdout", "?"),
    ("subprocess.run(x, capture_output=False, text=True).stdout", "?"),
    ("subprocess.run(x, capture_output=True, text=True, **y).stdout", "?"),
    ("subprocess.run(x, y, capture_output=True, text=True).stdout", "?"),
    ("subprocess.run(x, stdout=subprocess.PIPE, encoding='utf-8').stdout", "str"),
    ("subprocess.run(x, stdout=subprocess.PIPE, universal_newlines=True).stderr", "?"),
    ("subprocess.run(x, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout", "bytes"),
    ("subprocess.run(x, stdout=subprocess.DEVNULL, text=True).stdout", "?"),
    ("subprocess.run(x, stdout=y, text=True).stdout", "?"),
    ("subprocess.Popen(x, stdout=subprocess.PIPE, text=True).communicate()[0]", "str"),
    ("subprocess.Popen(x, stdout=subprocess.PIPE, text=True).communicate()[1]", "?"),
    ("subprocess.Popen(x, stdout=subprocess.PIPE).communicate()", "tuple[bytes, ?]"),
    ("next(iter(subprocess.Popen(x, stdout=subprocess.PIPE, text=True).stdout))", "str"),
    ("subprocess.Popen(x).communicate()[0]", "?"),
    ("subprocess.Popen(*x, stdout=subprocess.PIPE).communicate()[0]", "?"),
    ("tempfile.mkdtemp()", "str"),
    ("tempfile.mkdtemp(suffix='a', dir='b')", "str"),
    ("tempfile.mkdtemp(dir=b'a')", "?"),
    ("tempfile.mkdtemp(dir=x)", "?"),
    ("tempfile.mkdtemp(**x)", "?"),
    ("urllib.parse.parse_qs('a')['a'][0]", "str"),
    ("urllib.parse.parse_qs(x)['a'][0]", "?"),
    ("urllib.parse.parse_qsl('a')[0][1]", "str"),
    ("next(iter(os.scandir('a'))).name", "str"),
    ("next(iter(os.scandir(x))).name", "?"),
    ("os.getenv('a')", "str | None"),
    ("os.getenv('a', x)", "?"),
    ("os.getenv('a', default='b')", "?"),
    ("shutil.copy('a', 'b')", "str"),
    ("shutil.copy('a', x)", "?"),
    ("shlex.split(x)", "list[str]"),
    ("shlex.quote(x)", "str"),
    ("textwrap.dedent(x)", "str"),
    ("html.escape(x)", "str"),
    ("glob.glob('a')", "list[str]"),
    ("glob.glob(x)", "?"),
    ("tempfile.gettempdir()", "str"),
    ("uuid.uuid4().hex", "str"),
    ("string.ascii_letters", "str"),
    ("base64.b64encode(x)", "bytes"),
    ("hashlib.md5(x).hexdigest()", "str"),
    ("urllib.parse.quote(x)", "str"),
    ("urllib.parse.urlparse('a').netloc", "str"),
    ("urllib.parse.urlparse(x).netloc", "?"),
    ("csv.reader(x)", "Reader"),
    ("[row for row in csv.reader(x)]", "list[list]"),
    ("[row[0] for row in csv.reader(x)]", "list[str]"),
    ("[row.append(1) or row[0] for row in csv.reader(x)]", "list[str | int]"),
    ("[row for row in csv.DictReader(x)]", "list[dict]"),
    ("argparse.ArgumentParser().parse_args()", "Namespace"),
    ("argparse.ArgumentParser().format_help()", "str"),
    ("logging.getLogger(x).name", "str"),
    ("zipfile.ZipFile(x).namelist()", "list[str]"),
    ("io.StringIO().getvalue()", "str"),
    ("io.BytesIO().read()", "bytes"),
    ("[a for a in io.StringIO()]", "list[str]"),
    ("ast.unparse(x)", "str"),
    ("socket.gethostname()", "str"),
    ("copy.copy([1])", "list[int]"),
    ("copy.deepcopy({'a': 1})", "dict[str, int]"),
    ("copy.copy(x)", "?"),
    ("collections.Counter('ab')", "Counter[str, int]"),
    ("collections.Counter('ab').most_common(1)[0][0]", "str"),
    ("collections.Counter('ab')['a']", "int"),
    ("collections.Counter(x)", "Counter"),
    ("collections.OrderedDict(a=1)", "OrderedDict[str, int]"),
    ("[k for k, v in collections.OrderedDict(a=1).items()]", "list[str]"),
    ("collections.deque('ab').popleft()", "str"),
    ("collections.defaultdict(int)", "defaultdict[?, int]"),
    ("collections.defaultdict(list)", "defaultdict[?, list]"),
    ("collections.defaultdict(lambda: 'a')", "defaultdict[?, str]"),
    ("collections.defaultdict(x)", "defaultdict"),
    ("collections.namedtuple('A', 'b')", "?"),
    ("list(itertools.chain('ab', [1]))", "list[str | int]"),
    ("list(itertools.chain(*x))", "list"),
    ("list(itertools.chain.from_iterable([['a']]))", "list[str]"),
    ("list(itertools.islice('ab', 1))", "list[str]"),
    ("list(itertools.product('ab', [1]))", "list[tuple[str, int]]"),
    ("list(itertools.combinations('ab', 2))", "list[tuple[str, ...]]"),
    ("list(itertools.pairwise('ab'))", "list[tuple[str, str]]"),
    ("list(itertools.zip_longest('ab', [1]))", "list[tuple[str | None, int | None]]"),
    ("list(itertools.repeat('a'))", "list[str]"),
    ("next(itertools.count())", "int"),
    ("next(itertools.count(0.5))", "?"),
    ("[k for k, g in itertools.groupby('ab')]", "list[str]"),
    ("[list(g) for k, g in itertools.groupby('ab', key=x)]", "list[list[str]]"),
    ("list(itertools.takewhile(x, 'ab'))", "list[str]"),
    ("foo.bar()", "?"),
    ("foo.bar", "?"),
]

MODULES = """argparse ast base64 collections copy csv datetime glob hashlib html io itertools json logging math os os.path pathlib platform
random re shlex shutil socket string subprocess sys tempfile textwrap time urllib.parse uuid zipfile foo""".split()


@pytest.mark.parametrize(("expression", "expected"), ROWS)
def test_an_expression(shown: Shown, expression: str, expected: str) -> None:
    imports = "".join(f"import {module}\n" for module in MODULES)
    assert shown(f"{imports}repr({expression})") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from os.path import join\nrepr(join('a', 'b'))", "str"),
        ("from os import path\nrepr(path.join('a', 'b'))", "str"),
        ("import os as o\nrepr(o.getcwd())", "str"),
        ("from pathlib import Path\nrepr(Path('a').name)", "str"),
        ("from pathlib import Path\ndef f(p: Path): repr(p.name); repr(p.parent.name)", "str; str"),
        ("from datetime import datetime\nrepr(datetime.now().isoformat())", "str"),
        ("from foo import os\nrepr(os.getcwd())", "?"),
        ("import os\nos = x\nrepr(os.getcwd())", "?"),
        ("def f(os): repr(os.getcwd())", "?"),
        ("from .json import dumps\nrepr(dumps(x))", "?"),
        ("from urllib.parse import urlsplit as urlparse\nrepr(urlparse('a'))", "SplitResult"),
        ("from urllib.parse import urlparse as split\nrepr(split('a'))", "ParseResult"),
        ("from urllib.parse import parse_qsl as parse\nrepr(parse('a'))", "list[tuple[str, str]]"),
        (
            "import os\nrepr(os.getenv('a')); repr(os.getenv('a', 1)); repr(os.getenv(*x)); repr(os.getenv('a', *x))",
            "str | None; str | int; ?; ?",
        ),
        ("import optparse\nrepr(optparse.OptionParser().parse_args())", "tuple[Values, list[str]]"),
        ("import zipfile\nrepr(zipfile.ZipFile(x).open('a'))", "?"),
        (
            "from collections import OrderedDict\nrepr(OrderedDict().fromkeys('ab')); repr(OrderedDict(a=1).pop('a', default='x'))",
            "OrderedDict; ?",
        ),
        ("import itertools\nrepr(next(itertools.zip_longest('a', **x)))", "?"),
        ("import re\ndef f(m: re.Match[str]): repr(m.group()); repr(m[1])", "str; str | None"),
        ("from typing import Match\ndef f(m: Match): repr(m.group())", "?"),
        ("import ast\ndef f(n: ast.Name): repr(n.id)", "str"),
        ("import ast\ndef f(n):\n    if isinstance(n, ast.Name): repr(n.id)", "str"),
        ("import socket\ns = socket.socket()\nrepr(s.family)", "AddressFamily"),
        (
            "import xml.etree.ElementTree as ET\ndef f(e: ET.Element): repr(e.text); repr(e.tag); repr(e.attrib)",
            "str | None; ?; dict[str, str]",
        ),
        ("import xml.etree.ElementTree as ET\ndef f(e: ET.Element):\n    for c in e: repr(c.text)", "str | None"),
    ],
)
def test_names(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


COUNTED = [
    ("c = Counter('ab')", "int"),
    ("c = Counter()\nc['b'] += 1", "int"),
    ("c = Counter({'a': 1.5})", "float | int"),
    ("c = Counter(OrderedDict(a='b'))", "str | int"),
    ("c = Counter(Counter('ab'))", "int"),
    ("c = Counter(x)", "?"),
    ("c = Counter('ab' if x else {'a': 1.5})", "?"),
    ("class M: pass\nc = Counter(M())", "?"),
    ("c = Counter(*x)", "?"),
    ("c = Counter(a='x')", "?"),
    ("c = Counter('ab', a=1.5)", "?"),
    ("c = Counter()\nc.update('ab')", "int"),
    ("c = Counter()\nc.update({'a': 1.5})", "int | float"),
    ("c = Counter()\nc.update(x)", "?"),
    ("c = Counter()\nc.update(a=1)", "int"),
    ("c = Counter()\nc.update('ab', b=1.5)", "?"),
]


@pytest.mark.parametrize(("source", "expected"), COUNTED)
def test_a_counter_counts_elements_and_takes_a_mapping_as_it_is(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"from collections import Counter, OrderedDict\n{source}\nrepr(c['a'])") == expected


def test_what_a_counter_says_of_its_counts(shown: Shown) -> None:
    asked = "repr(c.most_common()); repr(c.total())"
    assert shown(f"from collections import Counter\nc = Counter('ab')\n{asked}") == "list[tuple[str, int]]; int"
    assert shown(f"from collections import Counter\nc = Counter({{'a': 1.5}})\n{asked}") == "list[tuple[str, float]]; int | float"


@pytest.mark.parametrize("made", ["deque(iterable=x)", "deque(*x)", "defaultdict(*x)", "defaultdict(list, x)", "defaultdict(**x)"])
def test_a_collection_that_may_start_with_something(shown: Shown, made: str) -> None:
    put = "d.append(1)" if "deque" in made else "d['a'] = 1"
    assert shown(f"from collections import defaultdict, deque\nd = {made}\n{put}\nfor a in d: repr(a)") == "?"


HEAD = "import argparse, subprocess, sys\nout = subprocess.run('a', capture_output=True, text=True)\n"

SET = [
    ("", "str"),
    ("sys.stdout = None\n", "str"),
    ("out.stdout = ''\n", "str"),
    ("out.stdout = 1\n", "?"),
    ("def f(o): o.stdout = None\n", "?"),
    ("def f(o): o.stdout = 'a'\n", "str"),
    ("del out.stdout\n", "str"),
    ("setattr(out, 'other', x)\n", "str"),
    ("class C: pass\nsetattr(C(), 'stdout', x)\n", "str"),
    ("f = setattr\n", "?"),
    ("def f(o): o.stdout: str\n", "str"),
    ("import foo\nfoo.bar.stdout = 1\n", "?"),
    ("class C:\n    def f(self): self.stdout = None\n", "str"),
    ("setattr(out, 'stdout', x)\n", "?"),
    ("def f(o, name): setattr(o, name, x)\n", "?"),
    ("subprocess.run = fake\n", "?"),
    ("subprocess = fake\n", "?"),
]


@pytest.mark.parametrize(("source", "expected"), SET)
def test_an_attribute_that_the_file_sets(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"{HEAD}{source}def g(): repr(out.stdout)") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import subprocess\nout = subprocess.run('a')\nout.other = 1\ndef f(): repr(out.other)", "?"),
        ("def f(o): o.real = 'a'\nrepr((1).real)", "int"),
        ("import pathlib\np = pathlib.Path()\ndef f(o): o.name = 1\ndef g(): repr(p.name)", "str"),
        ("import threading\nt = threading.Thread()\nt.name = 1\ndef g(): repr(t.name)", "str"),
        ("class tr:\n    x: int\nrepr('a'.x)", "?"),
    ],
)
def test_an_attribute_of_a_library_class(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_a_configuration_whose_options_need_no_value(shown: Shown) -> None:
    read = "import configparser\nc = configparser.ConfigParser(OPTION)\nrepr(c['a']['b'])\nrepr(c.options('a'))"
    assert shown(read.replace("OPTION", "")) == "str; list[str]"
    assert shown(read.replace("OPTION", "allow_no_value=True")) == "?; ?"


@pytest.mark.parametrize("call", ["shlex.quote(x)", "unicodedata.normalize('NFC', x)", "urllib.parse.unquote(x)", "html.unescape(x)"])
def test_a_text_that_may_come_back_as_it_is(shown: Shown, call: str) -> None:
    imports = "import html, shlex, unicodedata, urllib.parse\n"
    assert shown(f"{imports}def f(x): repr({call})") == "str"
    assert shown(f"{imports}class S(str): pass\ndef f(x): repr({call})") == "?"
    assert shown(f"{imports}class S(str): pass\nx = 'a'\nrepr({call})") == "str"


HEADS = "import collections, copy, glob, itertools, math, os, random, shlex, shutil, tempfile, urllib.parse\nclass C(str): pass\n"

ARGUMENTS = [
    ("next(itertools.product('ab', [1]))", "tuple[str, int]"),
    ("next(itertools.product(*x))", "tuple"),
    ("next(itertools.product('ab', *x))", "tuple"),
    ("next(itertools.product('ab', repeat=2))", "tuple[str, ...]"),
    ("next(itertools.zip_longest('a', *x))", "?"),
    ("next(itertools.zip_longest('a', [1], fillvalue=2.5))", "tuple[str | float, int | float]"),
    ("next(itertools.groupby('ab'))", "tuple[str, Iterator[str]]"),
    ("next(itertools.groupby('ab', x))", "tuple[?, Iterator[str]]"),
    ("next(itertools.groupby('ab', key=x))", "tuple[?, Iterator[str]]"),
    ("shlex.quote(C('a'))", "?"),
    ("shlex.quote('a')", "str"),
    ("glob.escape('a')", "str"),
    ("glob.escape(b'a')", "bytes"),
    ("glob.escape(x)", "?"),
    ("glob.escape([][0]) if x else 1", "int"),
    ("os.path.realpath('a', strict=True)", "str"),
    ("os.path.relpath('a', start=x)", "?"),
    ("os.path.abspath('a', **x)", "?"),
    ("os.path.join()", "?"),
    ("os.path.join(C('a'), 'b')", "?"),
    ("os.path.split('a')", "tuple[str, str]"),
    ("next(itertools.chain('a', [1]))", "str | int"),
    ("next(itertools.chain(*x))", "?"),
    ("os.path.join('a', *x)", "?"),
    ("shutil.which('a')", "str | None"),
    ("urllib.parse.urlparse(b'a')", "?"),
    ("urllib.parse.parse_qs(b'a')", "?"),
    ("os.listdir(path=x)", "?"),
    ("os.listdir()", "list[str]"),
    ("next(os.walk(b'a'))", "?"),
    ("collections.defaultdict(int, a='x')['a']", "?"),
    ("collections.defaultdict(dict)['a']", "dict"),
    ("math.floor(x)", "?"),
    ("math.floor(C('a'))", "?"),
    ("random.choice({0: 'a'})", "?"),
    ("random.choice(['a'])", "str"),
    ("tempfile.mkdtemp(*x)", "?"),
    ("tempfile.mkdtemp(**x)", "?"),
    ("tempfile.mkdtemp(suffix='a')", "str"),
    ("tempfile.mkdtemp(suffix=b'a')", "?"),
    ("shutil.copy('a', 'b')", "str"),
    ("shutil.copy('a', dst=x)", "?"),
    ("shutil.copy('a', b'b')", "?"),
    ("copy.copy(C('a'))", "?"),
    ("copy.copy([1])", "list[int]"),
    ("copy.copy([1] if x else 'a')", "list[int] | str"),
]


@pytest.mark.parametrize(("call", "expected"), ARGUMENTS)
def test_arguments_that_decide(shown: Shown, call: str, expected: str) -> None:
    assert shown(f"{HEADS}repr({call})") == expected


@pytest.mark.parametrize(
    ("factory", "put", "got", "expected"),
    [
        ("list", "d['a'].append(1)", "d['a'][0]", "int"),
        ("set", "d['a'].add(1)", "d['a'].pop()", "int"),
        ("dict", "d['a']['b'] = 1", "d['a']['b']", "int"),
        ("int", "d['a'] += 1", "d['a']", "int"),
        ("str", "d['a'] += 'b'", "d['a']", "str"),
        ("lambda: 1.5", "d['a'] += 1", "d['a']", "float"),
        ("x", "d['a'] = 1", "d['a']", "?"),
    ],
)
def test_what_a_factory_makes(shown: Shown, factory: str, put: str, got: str, expected: str) -> None:
    assert shown(f"from collections import defaultdict\ndef f():\n    d = defaultdict({factory})\n    {put}\n    repr({got})") == expected
