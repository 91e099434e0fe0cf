"""The oldest Python that a specifier lets in."""

from __future__ import annotations

import pytest

from codemods.workspace.specifier import oldest_python


@pytest.mark.parametrize(
    ("specifier", "oldest"),
    [
        (">=3.9", (3, 9)),
        (">= 3.9", (3, 9)),
        (">=3.10.2", (3, 10)),
        (">=3.9,<4", (3, 9)),
        (">=3.9 <4", (3, 9)),
        ("<4,>=3.9", (3, 9)),
        (">3.9", (3, 9)),
        (">3.9.5", (3, 9)),
        ("~=3.12", (3, 12)),
        ("~=3.12.1", (3, 12)),
        ("==3.11.*", (3, 11)),
        ("==3.11.4", (3, 11)),
        ("===3.11", (3, 11)),
        (">=3.8,!=3.8.*", (3, 9)),
        (">=3.8,!=3.8.1", (3, 8)),
        (">=2.7,!=3.0.*,!=3.1.*,!=3.2.*", (3, 8)),
        (">=2.7", (3, 8)),
        (">=3", (3, 8)),
        (">3", (3, 8)),
        ("<4", (3, 8)),
        ("<=3.12", (3, 8)),
        ("", (3, 8)),
        ("*", (3, 8)),
        (">=3.9rc1", (3, 9)),
        (">=3.9,>=3.11", (3, 11)),
        (">=3.14", (3, 14)),
        ("^3.10", (3, 10)),
        ("~3.10", (3, 10)),
        ("^3", (3, 8)),
        ("3.12.*", (3, 12)),
        ("3", (3, 8)),
        ("^3.10 || ^3.12", (3, 10)),
        ("~3.12 | ~3.9", (3, 9)),
    ],
)
def test_what_is_let_in(specifier: str, oldest: tuple[int, int]) -> None:
    assert oldest_python(specifier) == oldest


@pytest.mark.parametrize(
    "specifier", ["<3", "<3.8", "==2.7.*", "~=2.7", ">=4", "python", ">=three", ">=3.9;x", ">=3.8,<3.8", "=" * 400, ">" * 600]
)
def test_what_says_nothing(specifier: str) -> None:
    assert oldest_python(specifier) is None
