"""How the words of a long text are divided among lines."""

from __future__ import annotations

from codemods.analysis.text.string_literals import Words
from codemods.rules.fstrings import Hole, Piece, piece
from codemods.rules.word_wrap import balanced, pushed, stretches


def words(body: str, raw: bool = False) -> Words:
    return Words(body, '"', raw, 0)


def texts(pieces: list[Piece] | None) -> list[str] | None:
    return None if pieces is None else ["".join(map(str, one.parts)) for one in pieces]


def test_a_backslash_and_an_n_of_a_raw_literal_end_no_line() -> None:
    hole = Hole("x", 0, ())
    assert stretches([words("a\\n", raw=True), hole]) == [[words("a\\n", raw=True), hole]]
    assert stretches([words("a\\n"), hole]) == [[words("a\\n")], [hole]]
    lines = [[words("aaaa bbbb\\n", raw=True)], [words("c d", raw=True)]]
    assert texts(pushed(lines, [9, 12, 12], ['"', '"'])) == ["aaaa ", "bbbb\\nc d"]


def test_a_text_of_too_many_words_is_no_message() -> None:
    assert balanced([words("a " * 121)], '"', 1000) is None
    assert texts(balanced([words("a " * 20)], '"', 1000)) == ["a " * 20]


def test_a_line_that_no_literal_can_hold_is_broken_before_that() -> None:
    """A raw literal cannot spell the tab."""
    assert texts(balanced([words("a \\d ", raw=True), words("b\\t c")], '"', 100)) == ["a \\d ", "b\\t c"]


def test_a_short_word_has_no_line_of_its_own() -> None:
    hole = Hole("xs.name.title", 0, ())
    assert balanced([words("Several exceptions: "), hole], '"', 36) is None
    assert texts(balanced([words("No several exceptions: "), hole], '"', 36)) == ["No several ", f"exceptions: {hole}"]
    assert texts(balanced([words("Over-exceptional exceptions: "), hole], '"', 36)) == ["Over-exceptional ", f"exceptions: {hole}"]
    assert texts(balanced([words("One\\nexceptions: "), hole], '"', 36)) == ["One\\n", f"exceptions: {hole}"]


def test_a_newline_that_starts_the_text_ends_no_line() -> None:
    assert texts(balanced([words("\\nabc def")], '"', 100)) == ["\\nabc def"]
    assert texts(balanced([words("abc\\ndef")], '"', 100)) == ["abc\\n", "def"]


def test_what_a_line_has_no_room_for_stays_before_its_newline() -> None:
    lines = [[words("aaaa aaaa bbbb bbbb cc\\n")], [words("d e")]]
    assert texts(pushed(lines, [23, 23, 23], ['"', '"'])) == ["aaaa aaaa bbbb bbbb ", "cc\\n", "d e"]


def test_words_that_stand_behind_their_spaces_go_on_the_next_line_with_them() -> None:
    lines = [[words("aaaa aaaa bbbb bbbb")], [words(" cccc cccc dddd dddd")]]
    assert texts(pushed(lines, [16, 16, 16], ['"', '"'])) == ["aaaa aaaa bbbb", " bbbb cccc", " cccc dddd", " dddd"]


def test_lines_with_room_stay_as_the_author_divided_them() -> None:
    assert texts(pushed([[words("a ")], [words("bbbb cccc")]], [30, 30, 30], ['"', '"'])) == ["a ", "bbbb cccc"]


def test_spaces_and_a_field_say_nothing_of_their_own() -> None:
    assert balanced([words("  "), Hole("x", 0, ())], '"', 100) is None


def test_a_count_of_a_pattern_matters_beside_fields_alone() -> None:
    assert isinstance(piece([words("a{1,2}")], '"'), Piece)
    assert not isinstance(piece([words("a{1,2}"), Hole("x", 0, ())], '"'), Piece)
