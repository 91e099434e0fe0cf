"""`whitespace`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.harness import Case, Declines, Ignores, Rewrites, check, names

F = "def f(*a, **k): return a, k\n"


def line(name: str, before: str, after: str, prelude: str = "") -> Rewrites:
    """A rewrite of one line. Variants put it into a function beside lines of the harness' own, spaced badly, which would be rewritten too."""
    return Rewrites(name, prelude + before, prelude + after, wrap=False, because="only spaces change")


REWRITES = [
    # --- what the notes show ---
    line("a list", "my_list = [1,2,3,4,5]", "my_list = [1, 2, 3, 4, 5]"),
    line("a dict", "my_dict = {'key1':'value1','key2':'value2'}", "my_dict = {'key1': 'value1', 'key2': 'value2'}"),
    line("a tuple as an argument", "f((224,224))", "f((224, 224))", F),
    line("a space before a dict's colon", 'x = {"activities" : [1]}', 'x = {"activities": [1]}'),
    # --- literals ---
    line("a tuple without parentheses", "x = 1,2", "x = 1, 2"),
    line("comments that are all as far behind", "x = [1,2]   # a\ny = [3,4]   # b", "x = [1, 2]   # a\ny = [3, 4]   # b"),
    line("a tuple of one keeps its comma", "x = ( 1 , )", "x = (1,)"),
    line("a comma at the end", "x = [1, 2, ]", "x = [1, 2,]"),
    line("a set", "x = { 1,2 }", "x = {1, 2}"),
    line("nested literals", "x = [[1,2],{3:(4,5)}]", "x = [[1, 2], {3: (4, 5)}]"),
    line("an empty list with a space in it", "x = [ ]", "x = []"),
    line("a space before a comma", "x = [1 ,2 , 3]", "x = [1, 2, 3]"),
    line("several spaces behind a comma", "x = [1,   2]", "x = [1, 2]"),
    line("a tab behind a comma", "x = [1,\t2]", "x = [1, 2]"),
    line("spaces behind a dict's colon", "x = {1:   2}", "x = {1: 2}"),
    line("a dict with unpacking", "x = {**{},'a':1}", "x = {**{}, 'a': 1}"),
    line("a starred element", "x = [*[],1]", "x = [*[], 1]"),
    line("a dict comprehension", "x = {k:v for k,v in {}.items()}", "x = {k: v for k, v in {}.items()}"),
    line("parentheses that only group", "x = ( 1 + 2 )*3", "x = (1 + 2)*3"),
    line("a dict whose values are lambdas", "x = {1:lambda: 2,3:lambda a=1,b=2: a}", "x = {1: lambda: 2, 3: lambda a=1,b=2: a}"),
    line("literals beside a string that holds commas", "x = ['a,b',\"c:d\"]", "x = ['a,b', \"c:d\"]"),
    line("literals beside an f-string", "x = [1,f'{[1,2]}']", "x = [1, f'{[1,2]}']"),
    line("what follows a walrus", "x = [y:=1,2]", "x = [y:=1, 2]"),
    line("names in Korean", "값 = ['가','나']", "값 = ['가', '나']"),
    # --- calls ---
    line("arguments", "f(1,2)", "f(1, 2)", F),
    line("the sign of a keyword", "print(1, end = '')", "print(1, end='')"),
    line("keywords and stars", "f(*[],a = 1,**{})", "f(*[], a=1, **{})", F),
    line("spaces inside the parentheses", "f( 1 )", "f(1)", F),
    line("a call without arguments", "f( )", "f()", F),
    line("calls in calls", "f(f(1,2),a = f( b = 1 ))", "f(f(1, 2), a=f(b=1))", F),
    line("a negative keyword", "f(a = -1)", "f(a=-1)", F),
    line("a comparison as an argument stays", "f(1==2,a = 1 == 2)", "f(1==2, a=1 == 2)", F),
    line("a generator and another argument", "sum((i for i in [1,2]),3)", "sum((i for i in [1, 2]), 3)"),
    line("a method of a string", "'{}{}'.format(1,2)", "'{}{}'.format(1, 2)"),
    # --- subscripts ---
    line("an index of several", "d = {}\nd[1,2] = 3", "d = {}\nd[1, 2] = 3"),
    line("an index that is a tuple of one", "d = {}\nd[ 1, ] = 3", "d = {}\nd[1,] = 3"),
    line("types", "x: dict[str,int] = {}", "x: dict[str, int] = {}"),
    line("a call inside a slice", "x = 'abc'[max(0,1):2]", "x = 'abc'[max(0, 1):2]"),
    line("a lambda in an index is no slice", "d = {}\nd[len,lambda: 1] = 2", "d = {}\nd[len, lambda: 1] = 2"),
    line("a literal beside a slice", "x = ['ab'[0 : 1],2]", "x = ['ab'[0 : 1], 2]"),
    # --- assignments and annotations ---
    line("an assignment", "x=1", "x = 1"),
    line("one side of an assignment", "x= 1", "x = 1"),
    line("too much space in an assignment", "x  =   1", "x = 1"),
    line("a chain", "x=y=1", "x = y = 1"),
    line("targets that unpack", "a,(b,c)=1,(2,3)", "a, (b, c) = 1, (2, 3)"),
    line("an augmented assignment", "x = 1\nx+=2", "x = 1\nx += 2"),
    line("a shift", "x = 1\nx<<=2", "x = 1\nx <<= 2"),
    line("an annotation", "x:int=1", "x: int = 1"),
    line("an annotation with a space before its colon", "x : int", "x: int"),
    line("an annotation that is a string", "x:'int'=1", "x: 'int' = 1"),
    line("two statements on a line", "x=1;y=[1,2]", "x = 1;y = [1, 2]"),
    line("a negative value", "x=-1", "x = -1"),
    line("a lambda", "x=lambda a=1: a", "x = lambda a=1: a"),
    line("deleting", "a = b = 1\ndel a,b", "a = b = 1\ndel a, b"),
    line("asserting", "assert 1,'no'", "assert 1, 'no'"),
    line("a comment behind", "x=[1,2] # why , = :", "x = [1, 2] # why , = :"),
    line("more than one blank before a comment", "x=[1,2]   # a", "x = [1, 2]   # a"),
    # --- definitions ---
    line("parameters", "def f(a,b): return a,b", "def f(a, b): return a, b"),
    line("a default", "def f(a = 1): return a", "def f(a=1): return a"),
    line("an annotated default", "def f(a: int=1): return a", "def f(a: int = 1): return a"),
    line("an annotation without a space", "def f(a:int,b:str='x') -> int: return a", "def f(a: int, b: str = 'x') -> int: return a"),
    line("annotated and not", "def f(a:int=1,b = 2,*,c:int,d=3): return a", "def f(a: int = 1, b=2, *, c: int, d=3): return a"),
    line("only by position, only by keyword", "def f(a,/,b,*,c): return a", "def f(a, /, b, *, c): return a"),
    line("stars", "def f(*a:int,**k:int): return a", "def f(*a: int, **k: int): return a"),
    line("a default that is a call", "def f(a = dict(b = 1)): return a", "def f(a=dict(b=1)): return a"),
    line("a lambda as a default", "def f(a = lambda x = 1: x): return a", "def f(a=lambda x = 1: x): return a"),
    line("a type that is returned", "def f() -> dict[str,int]: return {}", "def f() -> dict[str, int]: return {}"),
    line("no parameters", "def f( ): return 1", "def f(): return 1"),
    line("an async function", "async def f(a,b = 1): return a", "async def f(a, b=1): return a"),
    line("a function and its body", "def f(a,b):\n    x=[a,b]\n    return x", "def f(a, b):\n    x = [a, b]\n    return x"),
    line("a class", "class A( dict,metaclass = type ): pass", "class A(dict, metaclass=type): pass"),
    line(
        "fields and methods",
        "class A:\n    x:int=1\n    def f(self,a = 1):\n        return a",
        "class A:\n    x: int = 1\n    def f(self, a=1):\n        return a",
    ),
    line(
        "a function in a function",
        "def f(a,b):\n    def g(c,d):\n        return [c,d]\n    return g",
        "def f(a, b):\n    def g(c, d):\n        return [c, d]\n    return g",
    ),
    line("a decorator", "@g(1,a = 2)\ndef f(): pass", "@g(1, a=2)\ndef f(): pass", "def g(*a, **k): return lambda h: h\n"),
    line("a triple-quoted docstring stays", "def f(a,b):\n    '''a,b\n  c=d\n    '''", "def f(a, b):\n    '''a,b\n  c=d\n    '''"),
    # --- headers ---
    line("a loop", "for a,b in [(1,2)]:\n    print(a,b)", "for a, b in [(1, 2)]:\n    print(a, b)"),
    line(
        "an if and an elif",
        "if 1 in [2,3]:\n    pass\nelif 1 in (2,3):\n    pass",
        "if 1 in [2, 3]:\n    pass\nelif 1 in (2, 3):\n    pass",
    ),
    line("a while", "while f(0,0) in (1,2):\n    pass", "while f(0, 0) in (1, 2):\n    pass", F),
    line(
        "a with",
        "with suppress(KeyError,ValueError) as e:\n    pass",
        "with suppress(KeyError, ValueError) as e:\n    pass",
        "from contextlib import suppress\n",
    ),
    line(
        "a handler", "try:\n    pass\nexcept (KeyError,ValueError):\n    pass", "try:\n    pass\nexcept (KeyError, ValueError):\n    pass"
    ),
    line(
        "what is matched",
        "match [1,2]:\n    case [a,b] if a in (1,2):\n        print(a,b)",
        "match [1, 2]:\n    case [a,b] if a in (1, 2):\n        print(a, b)",
    ),
    # --- several lines ---
    line("lines stay where they are", "x = [\n  1,2,\n        3,4 ,\n]", "x = [\n  1, 2,\n        3, 4,\n]"),
    line(
        "comments stay where they are",
        "x = [ # one\n    1,2 , # two\n    # three\n    ]",
        "x = [ # one\n    1, 2, # two\n    # three\n    ]",
    ),
    line("a dict over lines", "x = {\n    'a' : 1,\n    'bcd' : 2,\n}", "x = {\n    'a': 1,\n    'bcd': 2,\n}"),
    line("keys of one width are no table", "x = {\n    'a' : 1,\n    'b' : 2,\n}", "x = {\n    'a': 1,\n    'b': 2,\n}"),
    line("a value on the next line", "x = {'a' :\n     [1,2]}", "x = {'a':\n     [1, 2]}"),
    line("a line that ends in a backslash", "x = 1,2, \\\n    3,4", "x = 1, 2, \\\n    3, 4"),
    line("a keyword over lines", "f(a =\n  1,b = 2)", "f(a=\n  1, b=2)", F),
    line("commas at the start of lines", "x = [1\n    ,2\n    ,3 ]", "x = [1\n    , 2\n    , 3]"),
    line("the other line of a list that hangs below its bracket", "x = [1,2,\n     3,4]", "x = [1, 2,\n     3, 4]"),
    line("a triple-quoted string", "x=['''a,\n  b''',1]", "x = ['''a,\n  b''', 1]"),
    # --- beside what is lined up ---
    line("behind the sign of a lined-up assignment", "x    = [1,2]\nlong = [3,4]", "x    = [1, 2]\nlong = [3, 4]"),
    line("a line below that has nothing to do with it", "x    = [1,2]\nprint(1,2)", "x = [1, 2]\nprint(1, 2)"),
    line("a line far below", "x    = 1\n\nlong = 2", "x = 1\n\nlong = 2"),
    line("the values of a dict whose name is lined up", "my_dict={'a':1,\n         'b':2}", "my_dict={'a': 1,\n         'b': 2}"),
    line(
        "one slice, and one index without",
        "x = {}\ntry: x[1:2,0]+x[1,2]\nexcept KeyError: y=1\nexcept TypeError: pass",
        "x = {}\ntry: x[1:2,0]+x[1, 2]\nexcept KeyError: y = 1\nexcept TypeError: pass",
    ),
    line("a line with a pragma among others", "x = [\n    1,2,  # noqa: E231\n    3,4,\n]", "x = [\n    1,2,  # noqa: E231\n    3, 4,\n]"),
    line("a note for people that speaks of a type", "x=[1,2]  # type of thing", "x = [1, 2]  # type of thing"),
]

DECLINES = [
    # --- tables ---
    Declines("a matrix", "x = [[ 1,  2],\n     [10, 20]]", "aligned", mentions="line 1 is lined up by hand with line 2"),
    Declines("a matrix without space", "x = [[ 1, 2],\n     [10,20]]", "aligned"),
    Declines("a matrix with signs", "x = [[1,-2],\n     [3, 4]]", "aligned"),
    Declines("a matrix whose columns end together", "x = [[  1.5,  2.25],\n     [ 10.5, 20.25]]", "aligned"),
    Declines("a matrix whose points stand together", "x = [[ 1.25,  2.5],\n     [10.5 , 20.25]]", "aligned"),
    Declines("a matrix with commas lined up", "x = [['a'  , 'b'],\n     ['abc', 'd']]", "aligned"),
    Declines("a matrix of three rows, two of them alike", "x = [[ 1, 2],\n     [ 3, 4],\n     [10,20]]", "aligned"),
    Declines("a dict whose colons are lined up", "x = {\n    'a'  : 1,\n    'abc': 2,\n}", "aligned"),
    Declines(
        "another row of a dict whose colons are lined up", "x = {\n    'a'  : 1,\n    'bb' : 2,\n    'c': [1,2],\n    'd':5,\n}", "aligned"
    ),
    Declines("rows that are all two spaces apart", "x = {\n    'a':  1,\n    'b':  2,\n}", "aligned"),
    Declines("rows lined up around others", "x = {22  : {1 : 2,\n    'ccc':3,\n    'ccc'   : 22},\n 22  : 5}", "aligned"),
    Declines("rows lined up beside others", "x = {'bb': {1: 2,\n     22: 22\n}, 'a' :1\n}", "aligned"),
    Declines(
        "rows lined up with those of an inner table",
        "x = {22   : 1,\n 'ccc' :[{22 : 22,\n     22    : 3}],\n 'ccc':{22 : [1,2]\n}}",
        "aligned",
    ),
    Declines("a slice beside a tool's comment", "def f(x):\n    return x[1:2,0]  # type: ignore", "pragma"),
    Declines("a slice in a matrix", "def f(x):\n    y = [[ 1, x[1:2,0]],\n         [10, 2]]", "aligned"),
    Declines("a dict whose values are lined up", "x = {\n    'a':   1,\n    'abc': 2,\n}", "aligned"),
    Declines("a dict with a comment between its rows", "x = {\n    'a':   1,\n    # why\n    'abc': 2,\n}", "aligned"),
    Declines("a dict lined up in one half", "x = {\n    'a':   1,\n    'abc': 2,\n\n    'd':[3],\n}", "aligned"),
    Declines("a dict of words as wide as two columns", "x = {\n    '가'  : 1,\n    '가나': 2,\n}", "aligned"),
    Declines("keywords lined up", "def f(**k): return k\nf(\n    a   = 1,\n    abc = 2,\n)", "aligned"),
    Declines("parameters lined up", "def f(\n    a  : int,\n    abc: int,\n): return a", "aligned"),
    Declines("assignments lined up", "x   = 1\nabc = 2", "aligned", mentions="lined up by hand"),
    Declines("assignments lined up, three of them", "x   = 1\ny   = 1\nabc = 2", "aligned"),
    Declines("annotations lined up", "class A:\n    a  : int\n    abc: int", "aligned"),
    Declines("values lined up at their ends", "x =  1\ny = 10", "aligned"),
    Declines("augmented and plain ones lined up", "abc  = 1\nabc += 2", "aligned"),
    Declines("calls lined up", "print( 1,  2)\nprint(10, 20)", "aligned"),
    Declines("comments lined up", "x = [1,2]   # one\ny = [1, 23] # two", "aligned"),
    Declines("a table lined up by tabs", "x\t= 1\nabc\t= 2", "aligned"),
    Declines("a list below the bracket of a name", "x=[1,\n   2]", "aligned", mentions="line 1 is lined up by hand with line 2"),
    Declines("arguments below the first", "print( 1,\n       2)", "aligned"),
    Declines("parameters below the first", "def f( a,\n       b): return a", "aligned"),
    # --- comments for tools ---
    Declines("a type checker's comment", "x=[1,2]  # type: ignore[assignment]", "pragma", mentions="`# type: ignore[assignment]`"),
    Declines("a type in a comment", "x=[]  # type: list[int]", "pragma"),
    Declines("a linter's comment", "x=[1,2]  # noqa", "pragma"),
    Declines("a linter's comment with a code", "x=[1,2]  # why # noqa: E231", "pragma"),
    Declines("pylint", "x=[1,2]  # pylint: disable=bad-whitespace", "pragma"),
    Declines("pyright", "x=[1,2]  # pyright: ignore", "pragma"),
    Declines("coverage", "def f(a,b): return a  # pragma: no cover", "pragma"),
    Declines("a formatter's comment", "x=[1,2]  # yapf: disable", "pragma"),
    Declines("security", "x=[1,2]  # nosec", "pragma"),
    # --- slices ---
    Declines("an index with a slice", "def f(x): return x[:,0]", "slice", mentions="line 1"),
    Declines("slices with steps", "def f(x): return x[1:2,::3]", "slice"),
    Declines("a slice that is spaced", "def f(x): return x[ 1 : 2 , 0 ]", "slice"),
    Declines("assigning to a slice", "def f(x):\n    x[1:,0] = 1", "slice"),
    # --- what the engine holds back ---
    Declines("fmt: skip", "x=[1,2]  # fmt: skip", "fmt-off"),
    Declines("fmt: off", "# fmt: off\nx=[1,2]\n# fmt: on", "fmt-off"),
]

IGNORES = [
    Ignores("code that is spaced well", "x: int = [1, 2]\nd = {'a': 1, **{}}\ndef f(a, b=1, *, c: int = 2): return a[1, 2], f(b=1)"),
    Ignores("slices", "def f(x): return x[a+1 :], x[1:2], x[lower + offset : upper], x[::2], x[1 : 2]"),
    Ignores("operators", "x = 1+2 * 3 ** 4//5 <6"),
    Ignores("a lambda's parameters", "x = lambda a,b = 1,*c,d:[a, b]"),
    Ignores("strings", "x = 'a,b' 'c:d=e' \"[ 1,2 ]\""),
    Ignores("an f-string's fields", "x = f'{[1,2]}{dict(a = 1)}{x = }{1:>{2}}'"),
    Ignores("a slice in an f-string's field (ruff#10278)", "x = 'abc'\ny = f'{x[1 :2]}{x[0:1]:>3}{x = :>4}'"),
    Ignores("a format spec", "x = f'{1:,}{2!r:>4}'"),
    Ignores("spaces before brackets", "print (1)\nx = [1]\nx [0]"),
    Ignores("an arrow", "def f()->int: return 1"),
    Ignores("stars and what they unpack", "print(* [1], ** {})"),
    Ignores("imports", "from os import (path,sep)\nimport os,sys"),
    Ignores("patterns", "match 1:\n    case [a,b]: pass\n    case {1:2}: pass\n    case int(real = 1): pass"),
    Ignores("global", "def f():\n    global a,b"),
    Ignores("a walrus", "print(x:=1, (y := 2))"),
    Ignores("comments and space at the ends of lines", "x = 1     #a,b\n# c=[1,2]\ny = [  \n    1,  \n]"),
    Ignores("a colon at the end of a header", "if 1 : pass\nfor x in [] : pass\nclass A : pass"),
    Ignores("a backslash behind a comma", "x = [1,\\\n    2,\\\n    3]"),
    Ignores("a tuple of one", "x = (1,)\ny = 1,\nz = x[0,] if 0 else 1"),
    Ignores("semicolons", "x = 1;y = 2 ; z = 3"),
]

CASES: list[Case] = [*REWRITES, *DECLINES, *IGNORES]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_whitespace(case: Case) -> None:
    check(case, "whitespace")


def test_it_is_on_request() -> None:
    assert "whitespace" not in registry.select(None)
    assert "whitespace" in registry.select(["ALL"])


SUPPRESSED = [
    "x=[1,2]  # pyfix: ignore",
    "x=[1,2]  # pyfix: ignore[whitespace]",
    "x=[\n    1,2,  # pyfix: ignore\n]",
    "def f(a,b):  # pyfix: ignore\n    return a",
    "if 1 in [1,2]:  # pyfix: ignore\n    pass",
]


@pytest.mark.parametrize("text", SUPPRESSED)
def test_a_comment_holds_it_back(text: str) -> None:
    outcome = process(text.encode(), Settings(("whitespace",)))
    assert not isinstance(outcome, Fixed)
    assert [one.suppressed for one in outcome.diagnostics] == [True]  # type: ignore[union-attr]


def test_a_comment_at_a_definition_holds_back_no_more_than_its_header() -> None:
    outcome = process(b"def f(a,b):  # pyfix: ignore\n    return [a,b]\n", Settings(("whitespace",)))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"def f(a,b):  # pyfix: ignore\n    return [a, b]\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["  ", "\t", "        "])
def test_line_ends_and_indentation_stay(newline: str, indent: str) -> None:
    before = ["class A:", "{}def f(self,a = 1):", "{}{}x=[", "a,1,   ", "{}{}{}2 ,3,# b", "{}]", "{}{}return x", "y=1"]
    after = ["class A:", "{}def f(self, a=1):", "{}{}x = [", "a, 1,   ", "{}{}{}2, 3,# b", "{}]", "{}{}return x", "y = 1"]
    old, new = (newline.join(lines).replace("{}", indent).encode() for lines in (before, after))
    outcome = process(old, Settings(("whitespace",)))
    assert isinstance(outcome, Fixed)
    assert outcome.after == new


def test_a_statement_inside_a_wide_one_is_no_site_of_its_own() -> None:
    outcome = process(b"def f(a,b):\n    return [a,b]\n", Settings(("whitespace",)))
    assert isinstance(outcome, Fixed)
    assert [(one.line, one.fixed) for one in outcome.diagnostics] == [(1, True), (2, True)]


def test_a_long_table_takes_no_long_time() -> None:
    """Each line is compared with few others: the work grows with the number of lines, not with its square."""
    rows = "".join(f"    ({number % 7},{number}),\n" for number in range(1000))
    outcome = process(f"x = [\n{rows}]\n".encode(), Settings(("whitespace",)))
    assert isinstance(outcome, Fixed)
    assert outcome.after.count(b", ") == 1000


def test_blanks_below_the_first_element_are_in_no_column() -> None:
    outcome = process(b"x = [ 1,\n      \n  2]\n", Settings(("whitespace",)))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"x = [1,\n      \n  2]\n"
