"""Names that a rewrite needs imported."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from codemods.engine.registry import NamedRule
from codemods.model.outcome import Fixed
from codemods.model.rule import Site
from codemods.model.verdict import Refused
from tests.engine.toys import BECAUSE, book, fixed, run, toy


def needing(name: str, old: str, *imports: tuple[str, str]) -> NamedRule:
    """`old` becomes the name first imported."""

    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Name(imports[0][1]), imports

    return toy(name, ast.Name, lambda node, module: [Site(node, BECAUSE)] if node.id == old else [], rewrite)


ANY = book(needing("any", "a", ("typing", "Any")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n", "from typing import Any\n\n\nAny\n"),
        ("'doc'\na\n", "'doc'\nfrom typing import Any\n\nAny\n"),
        ("'d'\n\nfrom __future__ import division\n\na\n", "'d'\n\nfrom __future__ import division\n\nfrom typing import Any\n\nAny\n"),
        ("import os\na\n", "from typing import Any\nimport os\nAny\n"),
        ("from __future__ import division\nimport os\na\n", "from __future__ import division\nfrom typing import Any\nimport os\nAny\n"),
        ("from typing import List\na\n", "from typing import List, Any\nAny\n"),
        ("from typing import List as L  # why\na\n", "from typing import List as L, Any  # why\nAny\n"),
        ("import os\nfrom typing import (\n    List,\n)\na\n", "import os\nfrom typing import (\n    List, Any,\n)\nAny\n"),
        ("from typing import Any\na\n", "from typing import Any\nAny\n"),
        ("import os\nfrom typing import List, Any\na\n", "import os\nfrom typing import List, Any\nAny\n"),
        ("from typing import *\na\n", "from typing import Any\nfrom typing import *\nAny\n"),
        ("from .typing import x\na\n", "from typing import Any\nfrom .typing import x\nAny\n"),
        ("x = 1\nfrom typing import List\na\n", "from typing import Any\n\n\nx = 1\nfrom typing import List\nAny\n"),
        ("# comment\nx = a\n", "# comment\nfrom typing import Any\n\n\nx = Any\n"),
        ("@dec\ndef f(): a\n", "from typing import Any\n\n\n@dec\ndef f(): Any\n"),
        ("'doc'; a\n", "'doc'; from typing import Any; Any\n"),
        ("if 1:\r\n\ta\r\n", "from typing import Any\r\n\r\n\r\nif 1:\r\n\tAny\r\n"),
        ("a, a, a\n", "from typing import Any\n\n\nAny, Any, Any\n"),
        ("def f():\n    from typing import Any\na\n", "from typing import Any\n\n\ndef f():\n    from typing import Any\nAny\n"),
    ],
)
def test_where_the_import_goes(before: str, after: str) -> None:
    assert fixed(before, ANY) == after


def test_two_rules_that_need_names_of_one_module() -> None:
    toys = book(needing("any", "a", ("typing", "Any")), needing("optional", "o", ("typing", "Optional"), ("enum", "Enum")))
    assert fixed("import os\na, o\n", toys) == "from enum import Enum\nfrom typing import Any, Optional\nimport os\nAny, Optional\n"
    outcome = run("from typing import List\na, o\n", toys)
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"from enum import Enum\nfrom typing import List, Any, Optional\nAny, Optional\n"
    assert [one.rules for one in outcome.edits] == [("optional",), ("any", "optional"), ("any",), ("optional",)]


@pytest.mark.parametrize(
    "text",
    [
        "Any = 1\na\n",
        "from other import Any\na\n",
        "from other import x as Any\na\n",
        "from typing import Any as Any, List as Any\na\n",
        "def Any(): pass\na\n",
        "if TYPE_CHECKING:\n    from typing import Any\na\n",
        "from typing import Any\nfor Any in x: pass\na\n",
    ],
)
def test_a_name_that_means_something_else_refuses_the_site(text: str) -> None:
    outcome = run(f"{text}b\n", book(*ANY.values(), needing("other", "b", ("typing", "List"))))
    assert isinstance(outcome, Fixed)
    assert b"a\nList\n" in outcome.after
    verdicts = [one.verdict for one in outcome.diagnostics if one.rule == "any"]
    assert verdicts
    assert all(isinstance(verdict, Refused) and "typing.Any" in verdict.reason for verdict in verdicts)


def test_a_second_run_finds_nothing_to_import() -> None:
    once = fixed("import os\na\n", ANY)
    assert not isinstance(run(once, ANY), Fixed)
