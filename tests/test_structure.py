"""The lines that hold the project in shape: direction of imports, sizes, mirrored names, what is loaded when, no drawers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from codemods.engine import registry

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "codemods"
FILE_CAP = 300
FUNCTION_CAP = 40

MAY_IMPORT = {
    "model": {"model"},
    "analysis": {"model", "analysis"},
    "rules": {"model", "analysis", "rules"},
    "engine": {"model", "analysis", "rules", "engine"},
    "workspace": {"model", "analysis", "rules", "engine", "workspace"},
    "server": {"model", "analysis", "rules", "engine", "workspace", "report", "server"},
    "report": {"model", "report"},
    "commands": {"model", "analysis", "rules", "engine", "workspace", "server", "report", "commands"},
}
"""Which packages of ours each package may import from, at the top of a file or inside a function."""

ONLY_IN = {
    "rich": {"report", "commands"},
    "click": {"commands"},
    "click_default_group": {"commands"},
    "libcst": {"rules", "engine"},
    "pygls": {"server"},
    "lsprotocol": {"server"},
}
"""Where the heavy libraries may be imported at all."""

LAZY = {"libcst": ("codemods/rules/*.py", "codemods/engine/rewrite.py")}
"""Files that may import a library at their top, though it is slow to load: they are imported lazily themselves (tested below)."""

DRAWERS = {"helper", "helpers", "common", "util", "utils", "utilities", "misc", "tools", "shared"}


def sources() -> list[Path]:
    return [*sorted(PACKAGE.rglob("*.py")), *ROOT.glob("*.py")]


def of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def package_of(name: str) -> str:
    """`codemods.engine.plan` is of `engine`; `codemods` itself of none."""
    parts = name.split(".")
    return parts[1] if parts[0] == "codemods" and len(parts) > 1 else ""


def imported(path: Path) -> Iterator[tuple[str, ast.AST, bool]]:
    """Each module a file imports, the statement, and whether that is done when the file is loaded (not in a function, not for types)."""
    tree = ast.parse(path.read_text("utf-8"))
    pending: list[tuple[ast.AST, bool]] = [(tree, True)]
    while pending:
        node, loaded = pending.pop()
        match node:
            case ast.Import():
                yield from ((alias.name, node, loaded) for alias in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield module, node, loaded
                if module == "codemods":
                    yield from ((f"codemods.{alias.name}", node, loaded) for alias in node.names if alias.name in MAY_IMPORT)
            case ast.ImportFrom():
                raise AssertionError(f"{of(path)}:{node.lineno} imports relatively")
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.If(test=ast.Name(id="TYPE_CHECKING")):
                loaded = False
        pending.extend((child, loaded) for child in ast.iter_child_nodes(node))


def problems_of_imports(path: Path) -> Iterator[str]:
    own = path.relative_to(PACKAGE).parts[0] if path.is_relative_to(PACKAGE) else "commands"
    if own not in MAY_IMPORT:
        return
    for name, node, loaded in imported(path):
        line = f"{of(path)}:{getattr(node, 'lineno', 0)}"
        top = name.partition(".")[0]
        if top == "codemods" and package_of(name) and package_of(name) not in MAY_IMPORT[own]:
            yield f"{line}: {own} imports {name}"
        if top in ONLY_IN and own not in ONLY_IN[top] and not _for_types(path, node):
            yield f"{line}: {own} imports {name}"
        if top in LAZY and loaded and not any(PurePath(of(path)).match(glob) for glob in LAZY[top]):
            yield f"{line}: {name} is loaded when the file is"


def _for_types(path: Path, node: ast.AST) -> bool:
    """Whether an import stands under `if TYPE_CHECKING`."""
    for one in ast.walk(ast.parse(path.read_text("utf-8"))):
        match one:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) if one.lineno <= node.lineno <= (one.end_lineno or 0):  # type: ignore[attr-defined]
                return True
    return False


def problems_of_size(path: Path, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > FILE_CAP:
        yield f"{of(path)} has {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_CAP:
                yield f"{of(path)}:{node.lineno}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", sources(), ids=of)
def test_imports_flow_one_way(path: Path) -> None:
    assert not list(problems_of_imports(path))


@pytest.mark.parametrize("path", sources(), ids=of)
def test_files_and_functions_are_small(path: Path) -> None:
    assert not list(problems_of_size(path, path.read_text("utf-8")))


def test_the_size_cap_can_fail() -> None:
    assert list(problems_of_size(PACKAGE / "x.py", "x = 1\n" * (FILE_CAP + 1)))
    assert list(problems_of_size(PACKAGE / "x.py", "def f():\n" + "    x = 1\n" * FUNCTION_CAP))
    assert not list(problems_of_size(PACKAGE / "x.py", "def f():\n" + "    x = 1\n" * (FUNCTION_CAP - 1)))


@pytest.mark.parametrize(
    ("package", "statement"),
    [
        ("model", "from codemods.analysis.module import Module"),
        ("analysis", "def f():\n    from codemods.rules import x"),
        ("rules", "from codemods import engine"),
        ("engine", "import codemods.workspace.files"),
        ("report", "from codemods.engine import registry"),
        ("analysis", "import libcst"),
        ("rules/loops", "import libcst as cst"),
        ("engine", "import rich.console"),
        ("workspace", "def f():\n    import click"),
    ],
)
def test_the_direction_of_imports_can_fail(package: str, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path / "codemods")
    path = tmp_path / "codemods" / package / "case.py"
    path.parent.mkdir(parents=True)
    path.write_text(statement)
    assert list(problems_of_imports(path))


def test_every_package_says_what_it_is() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{of(path)} has no docstring"
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert not [of(folder) for folder in folders if not (folder / "__init__.py").exists()]


def test_every_module_says_what_it_is() -> None:
    for path in sources():
        if path.name != "__main__.py":
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{of(path)} has no docstring"


def test_there_are_no_drawers() -> None:
    names = [path for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*") if path.suffix in ("", ".py")]
    assert not [of(path) for path in names if path.stem.lower() in DRAWERS]


RULES = [(area, name) for area, names in registry.areas().items() for name in names]


@pytest.mark.parametrize(("area", "name"), RULES)
def test_a_rule_has_its_test_and_its_examples(area: str, name: str) -> None:
    module = name.replace("-", "_")
    wanted = [f"tests/rules/{area}/test_{module}.py", f"examples/bad/{area}/{module}.py", f"examples/good/{area}/{module}.py"]
    assert not [path for path in wanted if not (ROOT / path).is_file()]


@pytest.mark.parametrize(("area", "name"), RULES)
def test_a_rule_has_its_page(area: str, name: str) -> None:
    page = registry.rule(name).page
    first = page.partition("\n")[0]
    assert first.endswith("."), f"the page's first line is no sentence: {first!r}"
    assert not [part for part in ("Before", "After", "Why", "Safe", "Refused") if part not in page]


def test_no_name_is_both_a_rule_and_an_area() -> None:
    assert not set(registry.names()) & {*registry.areas(), registry.ALL}
    assert len(set(registry.names())) == len(registry.names())


def test_tests_mirror_the_package() -> None:
    """A test file in an area's folder is named after a rule of that area."""
    for area, names in registry.areas().items():
        modules = [name.replace("-", "_") for name in names]
        for path in (ROOT / "tests" / "rules" / area).rglob("test_*.py"):
            assert any(module in path.stem for module in modules), of(path)


def loaded_after(code: str) -> set[str]:
    """The top-level modules loaded in a fresh interpreter after running `code`."""
    script = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(result.stdout.split())


def test_importing_every_rule_loads_nothing_heavy() -> None:
    loaded = loaded_after("from codemods.engine import registry, pipeline; registry.load()")
    assert not loaded & {"libcst", "rich", "click", "pathspec"}
    assert "codemods" in loaded


def test_listing_the_names_imports_no_rule() -> None:
    code = "from codemods.engine import registry; registry.names(); registry.select(['ALL'])"
    script = f"import sys\n{code}\nprint(*[name for name in sys.modules if name.startswith('codemods.rules.') and name.count('.') > 2])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == []
