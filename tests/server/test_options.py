"""What an editor sends as options."""

from __future__ import annotations

import pytest

from codemods.server.options import Options, options_of


@pytest.mark.parametrize(
    ("value", "options"),
    [
        (None, Options()),
        ({}, Options()),
        ({"pyfix": {"showRefused": True}}, Options(show_refused=True)),
        ({"unsafeFixes": False, "select": ["loops"], "ignore": []}, Options(unsafe_fixes=False, select=("loops",))),
    ],
)
def test_options(value: object, options: Options) -> None:
    assert options_of(value) == (options, [])


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ([], "the options must be an object"),
        ({"showRefused": 1}, "`showRefused` must be true or false"),
        ({"select": "loops"}, "`select` must be a list of names"),
        ({"ignore": [1]}, "`ignore` must be a list of names"),
        ({"other": 1}, "there is no option `other`; the options are `showRefused`, `unsafeFixes`, `select`, `ignore`"),
    ],
)
def test_what_makes_no_sense_is_said_and_left_out(value: object, problem: str) -> None:
    assert options_of(value) == (Options(), [problem])
