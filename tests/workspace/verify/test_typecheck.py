"""A type checker as the judge: the real mypy on a real project, and what each checker prints."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from codemods.workspace.verify import typecheck
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.session import Verified, verify
from codemods.workspace.verify.sites import Rewrites
from codemods.workspace.verify.typecheck import TypesJudge
from codemods.workspace.verify.workplace import workplace
from tests.workspace.verify.seeded import PROCESS, judged, project

SIZES = """\
class Size:
    def __abs__(self) -> int:
        return 1


def length(size: Size) -> int:
    return abs(size)


def area(width: int) -> int:
    return abs(width)


old: int = "an error that was there before"
"""

# Speaks as each checker does. It finds a wrong assignment at the end of a file, a `return size`, and the old error.
FAKE = """\
import json, sys
name = "{name}"
found = []
for path in sys.argv[sys.argv.index("--") + 1:]:
    for line, text in enumerate(open(path), 1):
        for sign, said in (("return size", "bad return, see line %d" % line), ("int = ''", "bad"), ("old: int", "bad")):
            if sign in text:
                found.append((path, line, said))
if name == "ty":
    print(json.dumps([dict(check_name="c", description="c: " + said, location=dict(path=path, positions=dict(begin=dict(line=line, column=1)))) for path, line, said in found]))
elif name == "pyrefly":
    print(json.dumps(dict(errors=[dict(path=path, name="c", description=said, line=line) for path, line, said in found])))
else:
    for path, line, said in found:
        print(json.dumps(dict(file=path, code="c", message=said, line=line)))
print("progress", file=sys.stderr)
sys.exit(1 if found else 0)
"""


def fake(folder: Path, name: str, text: str = FAKE) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!{sys.executable}\n{text.replace('{name}', name)}")
    (folder / name).chmod(0o755)


def verified(folder: Path, name: str | None = None) -> tuple[Verified, list[str]]:
    said: list[str] = []
    rewrites = Rewrites(folder, judged(folder), PROCESS)
    with workplace(folder, folder) as place:
        return verify(rewrites, TypesJudge(place, rewrites.paths, name), place, tell=said.append), said


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first on the path; nothing else is installed."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(typecheck.sysconfig, "get_path", lambda name: "/nowhere")
    return tmp_path / "bin"


@pytest.mark.parametrize("name", typecheck.NAMES)
@pytest.mark.skipif(sys.platform == "win32", reason="the fake is a script")
def test_a_rewrite_that_brings_a_diagnostic_is_left_out(work: Path, programs: Path, name: str) -> None:
    fake(programs, name)
    result, said = verified(project(work, pkg__sizes=SIZES))
    assert [(one.sites[0].rule, one.sites[0].place.line) for one in result.culprits] == [("bad-abs", 7)]
    assert result.culprits[0].verdict.words == "1 new diagnostic"
    assert result.culprits[0].verdict.tail == "pkg/sizes.py:7: bad return, see line 7 [c]"
    assert "pkg/sizes.py" in {site.path for site in result.kept}
    assert said[0].startswith("the code as it is: 1 diagnostic (")


def test_the_real_mypy(work: Path) -> None:
    pytest.importorskip("mypy")
    result, _ = verified(project(work, pkg__sizes=SIZES.replace("abs(width)", "width"), pkg__rows=""), "mypy")
    assert [(one.sites[0].rule, one.sites[0].place.line) for one in result.culprits] == [("bad-abs", 7)]
    assert "Incompatible return value type" in result.culprits[0].verdict.tail


@pytest.mark.skipif(sys.platform == "win32", reason="the fake is a script")
def test_the_project_s_own_checker_comes_first(work: Path, programs: Path) -> None:
    for name in typecheck.NAMES:
        fake(programs, name)
    folder = project(work, pkg__sizes=SIZES)
    with workplace(folder, folder) as place:
        assert TypesJudge(place, ["pkg/sizes.py"]).name == "the type checker ty"
        (place.folder / "pyproject.toml").write_text("[tool.mypy]\nstrict = true\n")
        assert TypesJudge(place, ["pkg/sizes.py"]).name == "the type checker mypy"
        (place.folder / "pyrefly.toml").write_text("")
        assert TypesJudge(place, ["pkg/sizes.py"]).name == "the type checker pyrefly"
        assert TypesJudge(place, ["pkg/sizes.py"], "ty").name == "the type checker ty"


@pytest.mark.skipif(sys.platform == "win32", reason="the fake is a script")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import sys\nsys.exit(2)\n", "ended with status 2"),
        ("print('all is well')\n", "said something that is no list of diagnostics"),
        (f"print({json.dumps('[{}]')!r})\n", "said something that is no list of diagnostics"),
        ("print('[]')\n", "cannot see the change"),
    ],
    ids=["fails", "speaks", "speaks otherwise", "finds nothing"],
)
def test_a_checker_that_is_none(work: Path, programs: Path, text: str, said: str) -> None:
    fake(programs, "ty", text)
    with pytest.raises(VerifyError, match=said):
        verified(project(work, pkg__sizes=SIZES))


def test_no_checker(work: Path, programs: Path) -> None:
    assert not os.path.exists(programs / "ty")
    with pytest.raises(VerifyError, match=r"ty, pyrefly or mypy is not installed: `pip install 'pyfix-codemods\[types\]'`"):
        verified(project(work))
    with pytest.raises(VerifyError, match="`pylint` is no type checker that is known here"):
        verified(project(work), "pylint")
