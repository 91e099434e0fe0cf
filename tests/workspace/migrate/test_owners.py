"""CODEOWNERS, and branches by owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.workspace.migrate.owners import Owners, branch_names
from tests.workspace.migrate.repositories import KEYS, migrated, refs, repository, target

TEXT = """
# who
*            @all
*.js         @js # inline
/build/      @build
docs/*       docs@example.org
apps/        @apps @more
/scripts/x   @x
/none/
with\\ space @space
!bad         @bad
[ab].py      @bad
/last.py     @first
/last.py     @last
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.py", ("@all",)),
        ("deep/in/a.js", ("@js",)),
        ("build/a/b.py", ("@build",)),
        ("deep/build/a.py", ("@all",)),
        ("docs/a.py", ("docs@example.org",)),
        ("docs/deep/a.py", ("@all",)),
        ("deep/apps/a.py", ("@apps", "@more")),
        ("none/a.py", ()),
        ("with space", ("@space",)),
        ("b.py", ("@all",)),
        ("last.py", ("@last",)),
    ],
)
def test_the_last_match_decides(path: str, owners: tuple[str, ...]) -> None:
    assert Owners(TEXT).of(path) == owners


def test_sections_give_their_owners_to_their_lines() -> None:
    owners = Owners("[Backend][2] @back\napi/\nweb/ @web\n^[Docs] @docs\n*.md\n")
    assert [owners.of(path) for path in ("api/a.py", "web/a.py", "a.md", "x")] == [("@back",), ("@web",), ("@docs",), ()]


def test_names_of_branches() -> None:
    groups = [("@org/team", "a@b.c"), (), ("@org-team-a", "b@c"), ("@ü",)]
    named = branch_names("fix", groups)
    assert named[()] == "fix-unowned"
    assert named[("@org-team-a", "b@c")] == "fix-org-team-a-b-c"
    assert named[("@org/team", "a@b.c")] == "fix-org-team-a-b-c-2"
    assert len(set(named.values())) == 4


def test_a_branch_for_each_group_of_owners(tmp_path: Path) -> None:
    files = {".github/CODEOWNERS": b"*.py @all\n/lib/ @lib\n/free/\n", "CODEOWNERS": b"* @wrong\n"}
    git = repository(tmp_path / "app", {**files, "a.py": KEYS, "lib/b.py": KEYS, "free/c.py": KEYS, "lib/d.py": KEYS})
    row = migrated(tmp_path, target(git, owners=True))["app"]
    assert row.result is not None
    assert [(one.name, one.owners) for one in row.result.branches] == [
        ("pyfix/migrate-unowned", ()),
        ("pyfix/migrate-all", ("@all",)),
        ("pyfix/migrate-lib", ("@lib",)),
    ]
    changed = {name: git.items("diff", "--name-only", "-z", "main", name) for name in refs(git) if name != "refs/heads/main"}
    assert changed == {
        "refs/heads/pyfix/migrate-all": [b"a.py"],
        "refs/heads/pyfix/migrate-lib": [b"lib/b.py", b"lib/d.py"],
        "refs/heads/pyfix/migrate-unowned": [b"free/c.py"],
    }


def test_without_the_file_there_is_one_branch(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", {"a.py": KEYS})
    migrated(tmp_path, target(git, owners=True))
    assert set(refs(git)) == {"refs/heads/main", "refs/heads/pyfix/migrate"}
