"""The progress bar: late, on a terminal only, and gone before anything else is printed."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from codemods.commands import progress
from codemods.commands.progress import Progress


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    stream = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    return stream


def test_nothing_is_shown_in_the_first_second(clock: Clock, terminal: Terminal) -> None:
    with Progress() as bar:
        assert list(bar.counted("abc")) == ["a", "b", "c"]
        for _ in range(3):
            clock.now += 0.3
            bar.advance()
    assert terminal.getvalue() == ""


def test_after_that_it_counts(clock: Clock, terminal: Terminal) -> None:
    with Progress() as bar:
        list(bar.counted("abcd"))
        clock.now += 1.1
        bar.advance()
        clock.now += 0.01
        bar.advance()
        assert "1/4" in terminal.getvalue()
        assert "2/4" not in terminal.getvalue()
        clock.now += 0.5
        bar.advance()
        assert "3/4" in terminal.getvalue()
    assert "\x1b[2K" in terminal.getvalue().rpartition("3/4")[2]


def test_a_bar_that_would_be_full_is_not_shown(clock: Clock, terminal: Terminal) -> None:
    with Progress() as bar:
        list(bar.counted("a"))
        clock.now += 5
        bar.advance()
    assert terminal.getvalue() == ""


def test_hidden_it_leaves_a_clean_line_and_comes_back(clock: Clock, terminal: Terminal) -> None:
    with Progress() as bar:
        list(bar.counted("abcd"))
        clock.now += 2
        bar.advance()
        bar.hide()
        assert "\x1b[2K" in terminal.getvalue().rpartition("1/4")[2]
        clock.now += 1
        bar.advance()
        assert "2/4" in terminal.getvalue()


@pytest.mark.parametrize("wanted", [True, False])
def test_it_is_for_terminals_that_want_it(clock: Clock, monkeypatch: pytest.MonkeyPatch, wanted: bool) -> None:
    stream = io.StringIO() if wanted else Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    with Progress(wanted=wanted) as bar:
        items = iter("abc")
        assert bar.counted(items) is items
        clock.now += 5
        bar.advance()
    assert stream.getvalue() == ""


def test_no_thread_is_started(clock: Clock, terminal: Terminal) -> None:
    import threading

    before = threading.active_count()
    with Progress() as bar:
        list(bar.counted("abcd"))
        clock.now += 2
        bar.advance()
        assert threading.active_count() == before
