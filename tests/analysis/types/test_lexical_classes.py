"""Which class of the file the first argument of `super(C, self)` is."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.lexical_classes import refer
from codemods.model.verdict import Refused

Facts = Callable[[str], Module]

IMPORTS = "import attr, sys\n"
ASK = "def m(self): super({}, self)"
PLAIN = f"class C:\n    {ASK.format('C')}\n"
OUTER = "class A:\n    class C:\n        def m(self): super(A.C, self)\n"

CLASSES = [
    (PLAIN, "C"),
    (f"class D: pass\n{PLAIN.replace('(C,', '(D,')}", "D"),
    (PLAIN.replace("(C,", "(get().C,"), "not-the-class"),
    (PLAIN.replace("(C,", "(x,"), "not-the-class"),
    (f"x = 1\n{PLAIN.replace('(C,', '(x,')}", "not-the-class"),
    (f"def f():\n    global C\n    {PLAIN.replace(chr(10), chr(10) + '    ')}", "class-rebound"),
    (f"@one\n@two\n{PLAIN}", "if decorator: `@one`"),
    (f"@attr.define\n{PLAIN}", "class-replaced"),
    (f"{PLAIN}C = 1", "class-rebound"),
    (f"{PLAIN}from foo import *", "star-import"),
    (f"from foo import *\n{PLAIN}", "C"),
    (f"{PLAIN}attr.C = 1", "C"),
    (f"{PLAIN}sys.modules[__name__].C = 1", "class-rebound"),
    (f"{PLAIN}setattr(sys.modules[__name__], 'C', 1)", "class-rebound"),
    (f"{PLAIN}setattr(sys.modules[__name__], x, 1)", "class-rebound"),
    (f"{PLAIN}setattr(sys.modules[__name__], 'D', 1)", "if hidden-write"),
    (f"{PLAIN}setattr(x, 'C', 1)", "C"),
    (f"{PLAIN}f = setattr", "C"),
    (f"{PLAIN}exec(x)", "if hidden-write"),
    (f"@one\n{PLAIN}exec(x)", "if decorator: `@one`"),
    (f"def f():\n    {PLAIN.replace(chr(10), chr(10) + '    ')}\n    exec(x)", "C"),
    (f"for x in y:\n    {PLAIN.replace(chr(10), chr(10) + '    ')}", "in-loop"),
    (f"for x in y:\n    def f():\n        {PLAIN.replace(chr(10), chr(10) + '        ')}", "C"),
]

NESTED = [
    (OUTER, "C"),
    (OUTER.replace("A.C", "A.D"), "not-the-class"),
    (f"{OUTER.replace('A.C', 'A.x')}    x = 1", "not-the-class"),
    ("class A:\n    for i in 'ab':\n        class C:\n            def m(self): super(A.C, self)", "in-loop"),
    (f"@one\n{OUTER}", "if decorator: `@one`"),
    (OUTER.replace("    class C", "    @two\n    class C"), "if decorator: `@two`"),
    (OUTER.replace("    class C", "    @two\n    class C").replace("class A", "@one\nclass A"), "if decorator: `@one`"),
    (OUTER.replace("    class C", "    @attr.define\n    class C"), "class-replaced"),
    (OUTER.replace("class A:", "class A(B):"), "if member"),
    (OUTER.replace("class A:", "class A(metaclass=M):"), "if member"),
    (OUTER.replace("class A:", "class A(metaclass=M):").replace("    class C", "    @two\n    class C"), "if decorator: `@two`"),
    (OUTER.replace("class A:", "@one\nclass A(metaclass=M):"), "if decorator: `@one`"),
    (f"{OUTER}A.C = 1", "class-rebound"),
    (f"{OUTER}x.C = 1", "class-rebound"),
    (f"{OUTER}    C = 1", "class-rebound"),
    (f"{OUTER}A = 1", "class-rebound"),
]


@pytest.mark.parametrize(("source", "expected"), [*CLASSES, *NESTED])
def test_what_a_class_is_called_inside(facts: Facts, source: str, expected: str) -> None:
    module = facts(IMPORTS + source)
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "super"]
    owner = module.class_of(module.function(calls[0]))
    assert owner is not None
    found = refer(calls[0].args[0], owner, module)
    if isinstance(found, Refused):
        said = found.code
    elif found.doubt is None:
        said = found.definition.name
    else:
        said = f"if {found.doubt.code}" + (f": {found.doubt.assumption.partition(' ')[0]}" if found.doubt.code == "decorator" else "")
    assert said == expected


def test_where_a_class_is_bound_again(facts: Facts) -> None:
    module = facts(f"class D: pass\n{PLAIN}C = 1")
    owner = module.tree.body[1]
    assert isinstance(owner, ast.ClassDef)
    call = next(node for node in ast.walk(owner) if isinstance(node, ast.Call))
    found = refer(call.args[0], owner, module)
    assert isinstance(found, Refused)
    assert found.reason.endswith("at line 4")
