"""What one call may change."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from tests.analysis.calls.telling import told

Facts = Callable[[str], Module]

HEAD = """
import argparse, collections, copy, csv, dataclasses, functools, heapq, io, json, logging, math, operator, os, random, re, shutil, signal, socket, sqlite3, struct, threading, types, warnings, contextlib, elsewhere
from datetime import datetime
def put(value, into=[]): into[0] = value
def change(value): value[0] = 1
def inside(value): value[0][0] = 1
def touch(value): value.m()
def fallback(value, held=N): held[0] = value
def inner_fallback(value, held=N.a): held[0][0] = value
def deep(value, held=(1, [])): held[1][0] = value
def only(*, held=[], other): held[0] = other
def read(value): return value[0]
def bind():
    global N
    N = 1
class Box:
    def __init__(self, held):
        self.held = held
        held[0] = 1
class Plain:
    def __init__(self, held): self.held = held
    def m(self, v): v[0] = 1
    def alter(self): self.held[0] = 1
    def own(self): self[0] = 1
    @staticmethod
    def s(v): v[0] = 1
class Kind(type): pass
class Meta(metaclass=Kind): pass
HERE
def f(xs: list, xss: list[list[int]], d: dict, s: str, b: bytes, p: re.Pattern[str], when: datetime, one: Plain, counts: collections.Counter[str], g, h):
    writer = csv.writer(g)
    parser = argparse.ArgumentParser()
    rng = random.Random()
    gen = (x for x in g)
    CALL
"""


def effect(call: str, facts: Facts, head: str = "") -> str:
    module = facts(HEAD.replace("HERE", head).replace("CALL", call))
    statement = module.tree.body[-1].body[-1]  # type: ignore[attr-defined]
    assert isinstance(statement.value, ast.Call)
    return told(module.effect_of_call(statement.value))


CALLS = [
    ("json.dumps(g)", ""), ("json.dump(1, Plain(g))", "unknown json.dump(…)"), ("json.loads('1', object_hook=g)", "unknown json.loads(…)"), ("json.loads(g, parse_int=int)", ""), ("json.dumps(xs, default=g)", "unknown json.dumps(…)"),
    ("math.floor(Plain)", "unknown math.floor(…)"), ("math.floor(one.own)", "elsewhere one.own; changes one"),
    ("g.count(1)", "unknown g.count(…)"), ("g.x(1)", "unknown g.x(…); touches g"), ("g()", "unknown g()"), ("type(xs)", ""),
    ("warnings.warn('a')", ""), ("functools.reduce(len, xs)", ""), ("functools.reduce(g, xs)", "unknown functools.reduce(…)"),
    ("alias = read if g else change; math.floor(alias)", "unknown math.floor(…)"), ("contextlib.suppress(KeyError)", ""), ("functools.wraps(g)", "unknown functools.wraps(…)"),
    ("signal.raise_signal(1)", "unknown signal.raise_signal(…)"), ("csv.writer(Plain(1))", "unknown csv.writer(…)"),
    ("math.floor(Plain(1))", ""), ("math.floor(1, **d)", "unknown math.floor(…)"), ("struct.pack_into('i', xs, 0, 1)", "changes xs"),
    ("dataclasses.replace(g)", "unknown dataclasses.replace(…)"), ("dataclasses.replace()", "unknown dataclasses.replace()"),
    ("dataclasses.replace(one, held=g)", "unknown dataclasses.replace(…)"),
    ("heapq.nlargest(1, xs, key=g)", "unknown heapq.nlargest(…)"), ("heapq.nlargest(1, xs, key=change)", "elsewhere change"),
    ("heapq.nlargest(1, xs, change)", "elsewhere change"), ("heapq.nlargest(1, xs, lambda v: g(v))", "unknown g(…)"),
    ("heapq.nlargest(1, xs, g)", "unknown heapq.nlargest(…)"), ("print(**d)", ""), ("sorted(xs, **d)", "unknown sorted(…)"),
    ("sorted(xs, reverse=g)", ""), ("iter(xs)", ""), ("iter(g)", ""), ("iter(g, 1)", "unknown iter(…)"), ("max(g, xs)", ""),
    ("min(xs, key=g)", "unknown min(…)"), ("filter(g, xs)", "unknown filter(…)"), ("setattr(one, '__x', 1)", "sets __x"),
    ("delattr(one, 'x')", "sets x"), ("setattr(one, d, 1)", "unknown setattr(…)"), ("getattr(one, 'x')", ""),
    ("object.__setattr__(one, 'x', 1)", "unknown object.__setattr__(…)"), ("type.mro(one)", "unknown type.mro(…)"),
    ("list.index(xs, g)", ""), ("list.index(xs, key=g)", ""), ("list.sort(xs, key=g)", "unknown list.sort(…); changes xs"),
    ("list.sort(xs, reverse=g)", "changes xs"), ("list.sort(xs, **d)", "unknown list.sort(…); changes xs"), ("str.upper(s)", ""),
    ("exec('1')", "unknown exec(…)"), ("KeyError(g)", ""), ("SystemExit(g)", ""), ("p.sub(g, s)", "unknown p.sub(…)"),
    ("p.sub('a', g)", ""), ("p.sub('a', lambda m: g())", "unknown g()"), ("p.match(g)", ""), ("writer.writerow(g)", ""),
    ("writer.writerow(change)", "elsewhere change"), ("writer.writerow(lambda: g())", "unknown g()"), ("writer.writerow(read)", ""),
    ("xs.append(change)", "changes xs"), ("xs.append(lambda: g())", "changes xs"),
    ("xs.sort(key=change)", "elsewhere change; changes xs"), ("xs.sort(key=g)", "unknown xs.sort(…); changes xs"),
    ("xs.sort(reverse=g)", "changes xs"), ("xs.sort(**d)", "unknown xs.sort(…); changes xs"), ("xs.index(**d)", ""),
    ("xss[0].append(1)", "changes xss[0]"), ("xss[0].index(1)", ""),
    ("parser.parse_args(g)", "unknown parser.parse_args(…); touches parser"), ("parser.format_help()", ""),
    ("rng.shuffle(xs)", "changes xs"), ("rng.random()", ""), ("s.encode('x')", ""), ("s.upper()", ""),
    ("gen.send(1)", "unknown gen.send(…); touches gen"), ("gen.close()", "unknown gen.close(); touches gen"),
    ("one.m(xs)", "changes xs, one"), ("one.s(xs)", "changes xs"), ("Plain.m(one, xs)", "changes xs"), ("one.alter()", "contents held"),
    ("one.own()", "changes one"), ("one.unknown()", "unknown one.unknown(); touches one"), ("when.isoformat()", ""),
    ("when.isoformat(**d)", "unknown when.isoformat(…)"), ("xs.copy(**d)", ""), ("counts.update(xs)", "changes counts"),
    ("counts.pop('a')", "changes counts"), ("d.get(change)", ""), ("d.setdefault('a', lambda: g())", "changes d"),
    ("mine = [[1], [2]]; mine[0].append(1)", "changes mine[0]"), ("mine = [[1], [2]]; mine[0].index(1)", ""),
    ("mine = [[1], [2]]; mine[0].sort(**d)", "unknown mine[0].sort(…); changes mine[0]"),
    ("mine = [[1], [2]]; mine[0].sort(key=g)", "unknown mine[0].sort(…); changes mine[0]"),
    ("mine = [[1], [2]]; mine[0].index(**d)", ""), ("mixed: list | set = g; mixed.clear()", "changes mixed"),
    ("sock = socket.socket(); sock.recv_into(xs)", "changes xs"), ("sock = socket.socket(); sock.recv(g)", ""),
    ("sock = socket.socket(); sock.recv(lambda: g())", "unknown g()"), ("out = io.StringIO(); out.write(g)", ""),
    ("conn: sqlite3.Connection = g; conn.execute(s)", ""), ("read(*xs)", ""), ("read(xs)", ""), ("change(*xs)", "changes xs; inside xs"),
    ("change(value=xs)", "changes xs"), ("change([xs][0])", "changes [xs][0]"), ("inside(xs)", "inside xs"),
    ("inside(*xs)", "changes xs; inside xs"), ("touch(xs)", "unknown value.m(); changes xs"), ("fallback(1)", "changes N"),
    ("fallback(1, xs)", "changes xs"), ("inner_fallback(1)", "changes N.a"), ("deep(1)", "elsewhere held=(1, [])"),
    ("deep(1, xs)", "inside xs"), ("only(**d)", "elsewhere held=[]; changes d; inside d"), ("only(other=1)", "elsewhere held=[]"),
    ("only(held=xs, other=1)", "changes xs"), ("bind()", "binds N"), ("Box(xs)", "changes xs"), ("Box(held=xs)", "changes xs"),
    ("Box(*xs)", "changes xs; inside xs"), ("Plain(xs)", ""), ("Meta()", "unknown Meta()"), ("Kind()", "unknown Kind()"),
    ("map(change, xs)", "elsewhere change"), ("map(inside, xs)", "elsewhere inside"), ("map(touch, xs)", "unknown value.m()"),
    ("map(read, xs)", ""), ("map(one.own, xs)", "elsewhere one.own; changes one"), ("map(one.alter, xs)", "contents held"),
    ("map(str, xs)", ""), ("map(str.upper, xs)", ""), ("map(int.from_bytes, xs)", ""), ("map(exec, xs)", "unknown map(…)"),
    ("map(list.append, xs)", "unknown map(…)"), ("map(math.floor, xs)", ""), ("map(heapq.heappop, xs)", "elsewhere heapq.heappop"),
    ("map(elsewhere.abs, xs)", "unknown map(…)"), ("map(operator.itemgetter(0), xs)", ""), ("map(operator.attrgetter('x'), xs)", ""),
    ("map(operator.methodcaller('x'), xs)", "elsewhere operator.methodcaller('x')"), ("map(elsewhere.maker(0), xs)", "unknown map(…)"),
    ("map(xs.append, xs)", "changes xs"), ("map(xs.index, xs)", ""), ("map(s.upper, xs)", ""), ("map(g.x, xs)", "unknown map(…)"),
    ("map(one.unknown, xs)", "unknown map(…)"), ("map(None, xs)", ""), ("map(s, xs)", ""), ("map(lambda v: bind(), xs)", "binds N"),
    ("map(Plain, xs)", "unknown map(…)"), ("sorted(xs, key=lambda v: v.go())", "unknown v.go()"), ("len(xs)", ""), ("print(xs)", ""),
    ("sorted(xs)", ""), ("d.get(1)", ""), ("json.dumps(xs)", ""), ("writer.writerow(xs)", ""), ("sorted(xs, key=len)", ""),
    ("sorted(xs, key=d.get)", ""), ("re.sub('a', 'b', 'c')", ""), ("'a'.join(xs)", ""), ("d.update(a=1)", "changes d"),
    ("xs.__setitem__(0, 1)", "changes xs"), ("random.shuffle(xs)", "changes xs"), ("heapq.heappush(xs, 1)", "changes xs"),
    ("operator.setitem(xs, 0, 1)", "changes xs"), ("put(1, xs)", "changes xs"), ("put(1)", "elsewhere into=[]"),
    ("map(xs.append, d)", "changes xs"), ("sorted(xs, key=change)", "elsewhere change"), ("heapq.nlargest(1, g)", ""),
    ("heapq.nlargest(*xs)", "unknown heapq.nlargest(…)"), ("heapq.nlargest(1, xs, len)", ""),
    ("types.new_class('B', (), {}, g)", "unknown types.new_class(…)"), ("operator.call(g)", "unknown operator.call(…)"),
    ("math.floor(*xs)", ""), ("operator.attrgetter(1)", ""), ("map(operator.attrgetter(1), xs)", ""), ("max(g, **d)", "unknown max(…)"),
    ("iter(g, **d)", "unknown iter(…)"), ("json.dumps(Plain(1))", "unknown json.dumps(…)"), ("csv.writer(g)", ""),
    ("sorted(xs, key=operator.attrgetter('x'))", ""), ("list.append(xs, 1)", "changes xs"), ("dict.get(d, 1)", ""),
    ("xs.index(lambda: g())", ""), ("p.match(lambda: g())", "unknown g()"), ("Plain.s(xs)", "changes xs"),
    ("Plain(g).m(xs)", "changes xs, Plain(g)"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "expected"), CALLS)
def test_a_call(call: str, expected: str, facts: Facts) -> None:
    assert effect(call, facts) == expected


WITH = [
    ("class K:\n    def __init_subclass__(cls): pass", "type(xs)", ""),
    ("class K:\n    def __init_subclass__(cls): pass", "type('B', (), {})", "unknown type(…)"),
    ("class K:\n    def __init_subclass__(cls): pass", "isinstance(xs, list)", ""),
    ("class K:\n    def other(cls): pass", "type('B', (), {})", ""),
    ("math.floor = g", "math.floor(1)", "unknown math.floor(…); touches math"), ("elsewhere.floor = g", "math.floor(1)", ""),
    ("warnings.showwarning = g", "warnings.warn('a')", "unknown warnings.warn(…)"), ("warnings.showwarning = g", "math.floor(1)", ""),
    ("class K:\n    def __post_init__(self): N.clear()", "dataclasses.replace(g)", "unknown dataclasses.replace(…)"),
    ("class K:\n    def __init__(self): pass", "dataclasses.replace(g)", "unknown dataclasses.replace(…)"),
    ("class K:\n    a: int = 1\n    def __post_init__(self): self.rows[0] = 1", "copy.replace(K(), a=1)", "contents rows"),
    ("class K:\n    def __init__(self): self.x = 1", "copy.replace(K(), a=1)", "unknown copy.replace(…)"),
    ("class K(elsewhere.C): pass", "copy.replace(K(), a=1)", "unknown copy.replace(…)"),
    ("class K: pass", "dataclasses.replace(K(), held=g)", "unknown dataclasses.replace(…)"),
    ("import codecs\ncodecs.register_error('x', g)", "s.encode('x')", "unknown s.encode(…); touches s"),
    ("import codecs\ncodecs.register_error('x', g)", "b.decode('x')", "unknown b.decode(…); touches b"),
    ("import codecs\ncodecs.register_error('x', g)", "s.upper()", ""),
    ('def q(c: sqlite3.Connection): c.create_function("f", 1, g)', "conn: sqlite3.Connection = g; conn.execute(s)", "unknown conn.execute(…); touches conn"),
    ('def q(c: sqlite3.Connection): c.create_function("f", 1, g)', "when.isoformat()", ""),
    ("def mix(value, held=N): value[0] = 1", "mix(xs)", "changes xs"),
    ("def named(*, other): other[0] = 1", "named(**d)", "changes d; inside d"),
    ("def named(*, other): other[0] = 1", "functools.reduce(lambda v, w: g(v), g)", "unknown g(…)"),
    ("def two(a=[], b=[]):\n    a[0] = 1\n    b[0] = 1", "two()", "elsewhere b=[]"), ("class K(Plain): pass", "K(xs)", ""),
    ("class K(elsewhere.C): pass", "K(xs)", "unknown K(…)"),
    ("class K(elsewhere.C):\n    def __new__(cls): pass\n    def __init__(self): pass\n    def __post_init__(self): pass", "K()", ""),
    ("class K:\n    __init__ = g", "K()", "unknown K()"), ("class K:\n    def __init__(self, other): other.x = 1", "K(g)", "sets x"),
    ("class K:\n    def __init__(self, other): self.x = other.x = 1", "K(g)", "sets x"),
    ("class K:\n    def __init__(self): self.x = N.x", "K()", ""),
    ("class K:\n    def __init__(self): setattr(N, 'x', 1)", "K()", "sets x"),
    ("class K:\n    def __init__(self): self.y.x = 1", "K()", "sets x"),
    ("class K:\n    def __init__(self, x): self.x = 1\n    def m(self, other): other.x = 1", "K(1)", ""),
    ("class K:\n    def __init__(self): self.a = 1\nK.__init__ = g", "K()", "unknown K()"),
    ("class K:\n    def __post_init__(self): bind()", "K()", "binds N"),
    ("class K:\n    @property\n    def x(self): bind()", "map(operator.attrgetter('x'), xs)", "binds N"),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "map(operator.attrgetter('x'), xs)", "elsewhere operator.attrgetter('x')"),
    ("class K:\n    @property\n    def x(self): self[0][0] = 1", "map(operator.attrgetter('x'), xs)", "elsewhere operator.attrgetter('x')"),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "map(operator.attrgetter('y'), xs)", ""),
    ("class K:\n    @property\n    def x(self):\n        N[0][0] = 1\n        self[0] = 1", "map(operator.attrgetter('x'), xs)", "elsewhere N[0]"),
    ("def both(value):\n    N[0][0] = 1\n    value[0] = 1", "map(both, xs)", "elsewhere N[0]"),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "map(operator.attrgetter('y.x'), xs)", "elsewhere operator.attrgetter('y.x')"),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "map(operator.attrgetter(s), xs)", "elsewhere operator.attrgetter(s)"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "map(operator.attrgetter('x'), xs)", ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "call", "expected"), WITH)
def test_a_call_in_a_file_that_has_something_to_do_with_it(head: str, call: str, expected: str, facts: Facts) -> None:
    assert effect(call, facts, head) == expected


FIELDS = [
    ("class K(flag=1): pass", ""), ("class K(metaclass=Kind): pass", "unknown K()"), ("class K(**flags): pass", "unknown K()"),
    ("@dataclasses.dataclass\nclass K:\n    a: int = dataclasses.field(default_factory=bind)", "binds N"),
    ("@dataclasses.dataclass\nclass K:\n    a: int = dataclasses.field(default_factory=g)", "unknown K()"),
    ("@dataclasses.dataclass\nclass K:\n    a: int = dataclasses.field(default=g)", ""),
    ("@dataclasses.dataclass\nclass K:\n    a: int = dataclasses.field(default_factory=list)", ""),
    ("class K:\n    a: int = dataclasses.field(default_factory=bind)", ""),
    ("class N1:\n    def __init__(self): bind()\n@dataclasses.dataclass\nclass K:\n    a: N1 = dataclasses.field(default_factory=N1)", "binds N"),
    ("class N1:\n    def __init__(self): self.z = 1\n@dataclasses.dataclass\nclass K:\n    a: N1 = dataclasses.field(default_factory=N1)", ""),
    ('@dataclasses.dataclass\nclass K:\n    a: "K" = dataclasses.field(default_factory=lambda: K())', ""),
    ('@dataclasses.dataclass\nclass K:\n    a: "K" = dataclasses.field(default_factory=K)', "unknown K()"),
    ("@dataclasses.dataclass\nclass N1:\n    a: int = dataclasses.field(default_factory=bind)\n@dataclasses.dataclass\nclass K:\n    a: N1 = dataclasses.field(default_factory=N1)", "unknown K()"),
    ("@dataclasses.dataclass\nclass B1:\n    a: int = dataclasses.field(default_factory=bind)\n@dataclasses.dataclass\nclass K(B1): pass", "binds N"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), FIELDS)
def test_what_makes_the_values_of_fields(head: str, expected: str, facts: Facts) -> None:
    assert effect("K()", facts, head) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("g._r[s].append(1)", "changes g._r[s]"), ("g._r[s].append(lambda: g())", "changes g._r[s]"), ("g._r[s].index(1)", ""),
        ("g._r[s].sort(key=g)", "unknown g._r[s].sort(…); changes g._r[s]"), ("g._r[s].sort(key=len)", "changes g._r[s]"),
        ("g._r[s].sort(**d)", "unknown g._r[s].sort(…); changes g._r[s]"), ("g._r[s].index(**d)", ""), ("res.readinto(xs)", "changes xs"),
        ("res.read(xs)", ""), ("res.read(**d)", "unknown res.read(…)"), ("res.read(lambda: g())", "unknown g()"), ("res.read(key=g)", "unknown res.read(…)"),
        ("res.parse_args(xs)", "unknown res.parse_args(…); touches res"), ("other.read(xs)", "unknown other.read(…); touches other"),
    ],
)  # fmt: skip
def test_a_method_of_what_is_known_by_what_made_it(call: str, expected: str, facts: Facts) -> None:
    """Its type is not known, but all that the file puts there, or where it is made."""
    head = "import urllib.request\nclass K:\n    def __init__(self): self._r = {}\n    def put(self, k): self._r[k] = []"
    assert effect(f"res = urllib.request.urlopen(s); {call}", facts, head) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", ""), ("class K: pass", ""), ("class K:\n    def __init__(self): pass", "unknown copy.replace(…)"),
        ("class K:\n    __new__ = K", "unknown copy.replace(…)"),
    ],
)  # fmt: skip
def test_an_object_of_unknown_class_made_anew(head: str, expected: str, facts: Facts) -> None:
    module = facts(f"import copy\n{head}\ncopy.replace(thing, a=1)")
    call = module.tree.body[-1].value  # type: ignore[attr-defined]
    assert told(module.effect_of_call(call)) == expected
