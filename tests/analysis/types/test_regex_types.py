"""What a pattern that is written out says of its groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("re.match('(a)(b)?', t).group()", "str"),
        ("re.match('(a)(b)?', t).group(0)", "str"),
        ("re.match('(a)(b)?', t).group(1)", "str"),
        ("re.match('(a)(b)?', t).group(2)", "str | None"),
        ("re.match('(a)(b)?', t)[1]", "str"),
        ("re.match('(a)(b)?', t)[2]", "str | None"),
        ("re.match('(a)(b)?', t)[3]", "str | None"),
        ("re.match('(a)(b)?', t)[t]", "str | None"),
        ("re.match('(a)(b)?', t).groups()", "tuple[str, str | None]"),
        ("re.match('(a)(b)?', t).groups('')", "tuple"),
        ("re.match('(a)(b)?', t).groups(default='')", "tuple"),
        ("re.match(t, t).groups()", "tuple[str | None, ...]"),
        ("re.match('(a)(b)?', t).group(2, 1)", "tuple[str | None, str]"),
        ("re.match('(a)(b)?', t).group(*t)", "?"),
        ("re.match('ab', t).groups()", "tuple"),
        ("re.match('(?P<k>a)', t)['k']", "str"),
        ("re.match('(?P<k>a)', t).group('k')", "str"),
        ("re.match('(?P<k>a)|(?P<v>b)', t)['k']", "str | None"),
        ("re.match('(?P<k>a)', t)['v']", "str | None"),
        ("re.match('(?P<k>a)', t).groupdict()", "dict[str, str]"),
        ("re.match('(?P<k>a)?', t).groupdict()", "dict[str, str | None]"),
        ("re.match('(?P<k>a)?', t).groupdict(3)", "dict[str, ?]"),
        ("re.match('(?P<k>a)?', t).groupdict(default=3)", "dict[str, ?]"),
        ("re.match(t, t).groupdict()", "dict[str, str | None]"),
        ("re.match('(a)*', t)[1]", "str | None"),
        ("re.match('(a)+', t)[1]", "str"),
        ("re.match('(a)+?', t)[1]", "str"),
        ("re.match('(a){0,3}', t)[1]", "str | None"),
        ("re.match('(?:x(a))+', t)[1]", "str"),
        ("re.match('((a)|b)', t)[1]", "str"),
        ("re.match('((a)|b)', t)[2]", "str | None"),
        ("re.match('(?>(a))', t)[1]", "str"),
        ("re.match('b(?=(a))', t)[1]", "str"),
        ("re.match('b(?!(a))', t)[1]", "str | None"),
        ("re.match('(x)?(?(1)(a)|(b))', t)[2]", "str | None"),
        ("re.match('(' 'a)', t)[1]", "str"),
        ("re.match('(' + 'a)', t)[1]", "str"),
        ("re.match('(a)' + t, t)[1]", "str | None"),
        ("re.match(t + '(a)', t)[1]", "str | None"),
        ("re.match('a # (b)\\n(c)', t)[1]", "str"),
        ("re.match('a # (b)?\\n(c)', t, re.X)[1]", "str"),
        ("re.match('a # (b)?\\n(c)', t, flags=re.I | re.VERBOSE)[1]", "str"),
        ("re.match('a # (b)?\\n(c)', t)[1]", "str | None"),
        ("re.match('a # (b)?\\n(c)', t, 64)[1]", "str"),
        ("re.match('(a)', string=t)[1]", "str"),
        ("re.match('(a)', t, flags)[1]", "str | None"),
        ("re.match('(a)', t, flags | re.I)[1]", "str | None"),
        ("re.match('(a)', t, re.I | flags)[1]", "str | None"),
        ("re.match('(a)', *flags)[1]", "str | None"),
        ("re.match('(a)', t, **flags)[1]", "str | None"),
        ("re.match('(a', t)[1]", "str | None"),
        ("re.match(t, t)[1]", "str | None"),
        ("re.match(other, t)[1]", "?"),
        ("re.match(b'(a)', t)[1]", "bytes"),
        ("re.compile('(a)').match(t)[1]", "str"),
        ("re.compile('(a)', re.I).search(t)[1]", "str"),
        ("re.match(re.compile('(a)'), t)[1]", "str"),
        ("[m[1] for m in re.finditer('(a)', t)]", "list[str]"),
        ("[m[1] for m in re.compile('(a)').finditer(t)]", "list[str]"),
        ("re.findall('a', t)", "list[str]"),
        ("re.findall('(a)', t)", "list[str]"),
        ("re.findall('(a)(b)?', t)", "list[tuple[str, str]]"),
        ("re.findall(t, t)", "list"),
        ("re.compile('(a)(b)').findall(t)", "list[tuple[str, str]]"),
        ("re.split('a', t)", "list[str]"),
        ("re.split('(a)', t)", "list[str]"),
        ("re.split('(a)?', t)", "list"),
        ("re.split(t, t)", "list"),
        ("re.sub('(a)', t, t)", "str"),
        ("re.sub(re.compile('a'), t, t)", "str"),
        ("re.sub(either, t, t)", "?"),
        ("re.escape(t)", "str"),
    ],
)
def test_groups(shown: Callable[[str], str], expression: str, kind: str) -> None:
    assert shown(f"import re\ndef f(t: str, flags, other, either: re.Pattern[str] | str):\n    repr({expression})") == kind


def test_a_pattern_made_of_what_it_matches(shown: Callable[[str], str]) -> None:
    assert shown("import re\ndef f(n):\n    return re.escape(f(n - 1)) if n else 'a'\nrepr(f(3))") == "str"


def test_a_pattern_too_long_to_be_looked_into(shown: Callable[[str], str]) -> None:
    assert [shown(f"import re\ndef f(t: str): repr(re.match('(a){'b' * count}', t)[1])") for count in (3997, 3998)] == ["str", "str | None"]


def test_matches_of_two_patterns(shown: Callable[[str], str]) -> None:
    program = "import re\ndef f(t: str):\n    m = re.match('(a)', t) or re.match('(b)?', t)\n    repr(m[1])"
    assert shown(program) == "str | None"
