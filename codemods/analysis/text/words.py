"""Whether a text can hold an identifier or keyword at all, so that a tree need not be walked for what is not there."""

from __future__ import annotations


def may_hold(text: str, *words: str) -> bool:
    """Whether a program of this text may use one of the words as an identifier or keyword.

    Python reads identifiers in NFKC form (PEP 3131), so that `ｓetattr` is `setattr`: of a text that is not ASCII it is always possible.
    """
    return not text.isascii() or any(word in text for word in words)
