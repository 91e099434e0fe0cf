"""The cache: what is answered for, what is judged anew, and that nothing that happens to its file does any harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from codemods.engine import triage
from codemods.model.outcome import Clean, Fixed, Outcome
from codemods.model.settings import Settings
from codemods.workspace import cache as caching
from codemods.workspace import outcomes
from codemods.workspace.cache import Cache
from codemods.workspace.discover import Found
from codemods.workspace.folders import user_folder
from codemods.workspace.pool import FileResult, run
from tests.workspace.fake import SETTINGS, core

Write = Callable[..., Path]
LONG_AGO = 1_600_000_000

judged: list[bytes] = []


def counting(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    judged.append(data)
    return core(data, settings, named=named)


@pytest.fixture(autouse=True)
def _none_judged() -> None:
    judged.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def old(write: Write) -> Write:
    """As `write`, a file that was changed long ago."""

    def make(name: str, data: bytes | str) -> Path:
        path = write(name, data)
        os.utime(path, (LONG_AGO, LONG_AGO))
        return path

    return make


def look(folder: Path, *paths: Path, writing: bool = False, settings: Settings = SETTINGS, named: bool = False) -> list[FileResult]:
    """A run, as the command line makes it; `judged` is what it judged."""
    judged.clear()

    def settings_for(path: Path) -> Settings:
        return replace(settings, filename=path.name)

    cache = Cache(folder, writing=writing)
    try:
        known = cache.known([Found(path, named) for path in paths], settings_for)
        return list(cache.learned(run(known, settings_for, jobs=1, process=counting, digests=True)))
    finally:
        cache.close()


def plain(results: list[FileResult]) -> list[tuple[Path, Outcome]]:
    return [(result.path, result.outcome) for result in results]


def test_a_second_run_judges_nothing_and_says_the_same(folder: Path, old: Write) -> None:
    paths = [old("a.py", "bad é"), old("b.py", "seen"), old("c.py", "nothing"), old("d.py", "bad bad")]
    first = look(folder, *paths)
    assert len(judged) == 4
    # The core of the tests makes no edits, so that its rewrites cannot be kept; the engine's are below.
    again = look(folder, *paths)
    assert judged == [b"bad \xc3\xa9", b"bad bad"]
    assert plain(again) == plain(first)


def test_what_was_read_is_not_read_again(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old("b.py", "seen")
    look(folder, path)
    monkeypatch.setattr(caching, "read_bounded", lambda *_: pytest.fail("was read"))
    assert plain(look(folder, path)) == [(path, Clean())]
    assert judged == []


def test_a_cold_run_reads_each_file_once(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "read_bounded", lambda *_: pytest.fail("was read"))
    look(folder, old("a.py", "seen"), old("b.py", "bad"))
    assert len(judged) == 2


def test_one_that_changed_is_judged_anew(folder: Path, old: Write) -> None:
    one, other = old("a.py", "seen 1"), old("b.py", "seen 2")
    look(folder, one, other)
    one.write_bytes(b"seen 3")
    look(folder, one, other)
    assert judged == [b"seen 3"]


def test_a_change_of_the_same_size_in_the_same_instant_is_seen(folder: Path, write: Write) -> None:
    path = write("a.py", "seen")
    status = path.stat()
    look(folder, path)
    path.write_bytes(b"badd")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert isinstance(look(folder, path)[0].outcome, Fixed)


def test_one_that_was_touched_or_copied_is_known_by_its_bytes(folder: Path, old: Write, write: Write) -> None:
    path = old("a.py", "seen")
    look(folder, path)
    path.touch()
    copy = write("copy/a.py", "seen")
    renamed = write("copy/__init__.py", "seen")
    assert plain(look(folder, path, copy)) == [(path, Clean()), (copy, Clean())]
    assert judged == []
    look(folder, renamed)
    assert judged == [b"seen"], "the name is no matter of indifference"


def test_one_that_changes_while_it_is_judged_is_not_kept(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old("a.py", "seen")

    def changing(data: bytes, settings: Settings, *, named: bool) -> Outcome:
        path.write_bytes(b"nothing at all")
        return core(data, settings, named=named)

    monkeypatch.setattr(sys.modules[__name__], "counting", changing)
    look(folder, path)
    monkeypatch.undo()
    look(folder, path)
    assert judged == [b"nothing at all"]


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, rules=("dict-keys",)),
        replace(SETTINGS, unsafe_fixes=True),
        replace(SETTINGS, target=(3, 8)),
        replace(SETTINGS, line_length=100),
        replace(SETTINGS, explain=True),
        replace(SETTINGS, lines=((1, 2),)),
    ],
)
def test_other_settings_have_other_outcomes(folder: Path, old: Write, settings: Settings) -> None:
    path = old("a.py", "seen")
    look(folder, path)
    look(folder, path, settings=settings)
    assert judged == [b"seen"]


def test_one_that_is_named_is_another_matter(folder: Path, old: Write) -> None:
    path = old("a.py", "seen")
    look(folder, path)
    look(folder, path, named=True)
    assert judged == [b"seen"]


def test_another_version_of_pyfix_or_python_judges_anew(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old("a.py", "seen")
    look(folder, path)
    for place, value in (("__version__", "0.0.0"), ("_states", lambda *_, **__: ["changed"])):
        caching.code_state.cache_clear()
        monkeypatch.setattr(caching, place, value)
        look(folder, path)
        assert judged == [b"seen"]
        monkeypatch.undo()
        caching.code_state.cache_clear()


def test_an_installed_pyfix_is_told_by_its_list_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "site-packages"
    shutil.copytree(Path(caching.__file__).parent.parent, place / "codemods", ignore=shutil.ignore_patterns("__pycache__"))
    script = "from codemods.workspace.cache import code_state\nprint(code_state())"

    def state() -> str:
        run = [sys.executable, "-c", script]
        return subprocess.run(
            run, env={**os.environ, "PYTHONPATH": str(place)}, cwd=tmp_path, capture_output=True, check=True, text=True
        ).stdout

    checkout = state()
    (place / "codemods" / "__main__.py").write_text("changed = 1\n")
    assert state() != checkout
    record = place / f"pyfix_codemods-{caching.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("codemods/__main__.py,,\n")
    first = state()
    assert first == state() != checkout
    record.write_text("codemods/__main__.py,sha256=0,\n")
    assert state() != first


def corrupted(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    file.write_bytes(data)


def with_other_tables(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.executescript("CREATE TABLE files (name); CREATE TABLE settings (id, text)")
    connection.close()


def with_a_view_without_end(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    rows = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT"
    connection.executescript(
        f"""CREATE VIEW settings AS {rows} n AS id, 'never' AS text FROM r;
        CREATE VIEW files AS {rows} 0 AS settings, x'' AS path, n AS size, 0 AS modified, 0 AS inode, x'' AS digest, 0 AS used, '' AS outcome FROM r"""
    )
    connection.close()


def with_a_trigger(file: Path) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON files BEGIN UPDATE files SET outcome = ''; END")
    connection.close()


def forged(outcome: str) -> Callable[[Path], None]:
    def forge(file: Path) -> None:
        connection = sqlite3.connect(file)
        with connection:
            connection.execute("UPDATE files SET outcome = ?", (outcome,))
        connection.close()

    return forge


def with_odd_columns(file: Path) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE files SET outcome = x'ff', digest = 'text', used = 'never'")
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        corrupted,
        with_other_tables,
        with_odd_columns,
        with_a_view_without_end,
        with_a_trigger,
        forged("nonsense"),
        forged('["clean", [["dict-keys"]]]'),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"not a database, and long enough to be read as one " * 200),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (file.unlink(), os.mkfifo(file)),
    ],
)
def test_a_harmed_cache_harms_nothing(folder: Path, old: Write, harm: Callable[[Path], object]) -> None:
    paths = [old("a.py", "seen"), old("b.py", "bad"), old("c.py", "nothing")]
    first = plain(look(folder, *paths))
    harm(folder / outcomes.NAME)
    assert plain(look(folder, *paths)) == first
    assert len(judged) >= 2
    assert plain(look(folder, *paths)) == first


@pytest.mark.parametrize("place", ["a file", "missing/\0"])
def test_where_there_can_be_no_cache_there_is_none(tmp_path: Path, old: Write, place: str) -> None:
    (tmp_path / "a file").write_bytes(b"")
    path = old("a.py", "seen")
    for _ in range(2):
        assert plain(look(tmp_path / place / "cache", path)) == [(path, Clean())]
        assert judged == [b"seen"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_cache_that_cannot_be_written_is_read(folder: Path, old: Write) -> None:  # pragma: no cover - not as root
    path = old("a.py", "seen")
    look(folder, path)
    folder.chmod(0o500)
    (folder / outcomes.NAME).chmod(0o400)
    assert plain(look(folder, path)) == [(path, Clean())]


def test_a_cache_that_is_locked_costs_what_is_learned(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "_WAIT_SECONDS", 0.01)
    one, other = old("a.py", "seen 1"), old("b.py", "seen 2")
    look(folder, one)
    lock = sqlite3.connect(folder / outcomes.NAME)
    lock.execute("BEGIN EXCLUSIVE")
    assert plain(look(folder, one, other)) == [(one, Clean()), (other, Clean())]
    lock.rollback()
    lock.close()
    look(folder, one, other)
    assert judged == [b"seen 2"]


def test_a_cache_that_goes_while_it_is_used_costs_nothing_else(folder: Path, old: Write) -> None:
    paths = [old(f"{number}.py", "seen") for number in range(3)]
    look(folder, paths[0])
    cache = Cache(folder, writing=False)
    known = cache.known([Found(path, named=False) for path in paths], lambda path: replace(SETTINGS, filename=path.name))
    results = cache.learned(run(known, lambda path: SETTINGS, jobs=1, process=core, digests=True))
    first = next(results)
    (folder / outcomes.NAME).unlink()
    folder.rmdir()
    assert [first.outcome, *(result.outcome for result in results)] == [Clean()] * 3
    cache.close()
    assert plain(look(folder, *paths)) == [(path, Clean()) for path in paths]


def test_the_file_stays_within_its_bound_and_keeps_what_was_used_last(folder: Path, old: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [old(f"{number}.py", f"seen {number}") for number in range(40)]
    for day, some in enumerate((paths[:20], paths[20:])):
        monkeypatch.setattr("time.time", lambda day=day: 86_400.0 * (20_000 + day))
        look(folder, *some)
    monkeypatch.setattr(outcomes, "BYTES_KEPT", 1)
    look(folder, paths[39])
    monkeypatch.undo()
    look(folder, *paths[21:])
    assert judged == []
    look(folder, *paths[:20])
    assert len(judged) == 20


def test_runs_side_by_side_do_not_disturb_each_other(folder: Path, old: Write) -> None:
    for number in range(60):
        old(f"{number}.py", "for k in {1: 2}.keys(): pass\n" * number)
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.fspath(root), "PYFIX_CACHE_DIR": os.fspath(folder)}
    command = [sys.executable, "-m", "codemods", ".", "--diff"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) for _ in range(3)]
    said = {run.communicate() for run in runs}
    said.add(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment).communicate())
    assert len(said) == 1
    assert (folder / outcomes.NAME).is_file()


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYFIX_CACHE_DIR", "relative")
    assert user_folder("cache") == Path.cwd() / "relative"
    assert user_folder("cache", "given") == Path.cwd() / "given"
    monkeypatch.delenv("PYFIX_CACHE_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    import platformdirs

    assert user_folder("cache") == platformdirs.user_cache_path("pyfix", appauthor=False)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert user_folder("cache") == platformdirs.user_cache_path("pyfix", appauthor=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert user_folder("cache") == Path("~/.cache/pyfix").expanduser()


@pytest.mark.parametrize("kept", ['{"dict-keys": "("}', '{"dict-keys": 1}', "nonsense", '{"dict-keys": "\u1234"}', "[]"])
def test_a_forged_triage_harms_nothing(folder: Path, old: Write, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "_GIVEN", {})
    path = old("a.py", "seen")
    look(folder, path)
    with closing(sqlite3.connect(folder / outcomes.NAME)) as connection, connection:
        number = connection.execute("SELECT id FROM settings WHERE text LIKE '% triage'").fetchone()[0]
        connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, 0, 0, 0, ?, 0, ?)", (number, b"triage", b"", kept))
        connection.execute("DELETE FROM files WHERE path <> ?", (b"triage",))
    assert plain(look(folder, path)) == [(path, Clean())]
    assert triage.admits(b"d.keys()", ("dict-keys",)) == ("dict-keys",)


def test_a_run_that_dies_leaves_a_cache_that_serves(folder: Path, old: Write) -> None:
    """Killed with rows of its own in the middle of a write: what was whole before is still there."""
    path = old("a.py", "seen")
    look(folder, path)
    script = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('PRAGMA cache_spill = 1')\n"
        "connection.execute('PRAGMA cache_size = 1')\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "for number in range(2000):\n"
        "    connection.execute('INSERT INTO files VALUES (99, ?, 0, 0, 0, ?, 0, ?)', (b'%d' % number, b'', 'x' * 2000))\n"
        "connection.execute('DELETE FROM files WHERE settings <> 99')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder / outcomes.NAME)], check=False)
    assert plain(look(folder, path)) == [(path, Clean())]
    assert judged == []
