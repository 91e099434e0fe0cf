"""Every class of node is accounted for: what it binds, and how it is evaluated. A new Python's node fails here, not in a user's file."""

import ast
import builtins

import pytest

from codemods.analysis.names.constructs import CONSTRUCTS
from codemods.analysis.order.flow_blocks import STATEMENTS
from codemods.analysis.order.flow_expressions import _EXPRESSIONS, _KINDS

BIND_NOTHING = """
    Module Interactive Expression FunctionType Expr Return Assert Raise If While Try TryStar Match match_case Pass Break Continue Global
    Nonlocal BoolOp BinOp UnaryOp IfExp Dict Set Await Yield YieldFrom Compare Call FormattedValue JoinedStr Constant Attribute Subscript
    Starred List Tuple Slice comprehension arguments arg keyword alias withitem MatchValue MatchSingleton MatchSequence MatchClass MatchOr
    type_ignore TypeIgnore TypeVar ParamSpec TypeVarTuple TemplateStr Interpolation
""".split()
"""Nodes that bind no name by themselves; those inside them that do are visited."""

ONLY_EVALUATE = """
    Expr Pass Global Nonlocal
    UnaryOp Set Starred List Tuple Slice FormattedValue JoinedStr Constant TemplateStr Interpolation
""".split()
"""Statements and expressions that evaluate what they hold in the order of their fields, and do no more that others could see."""

PARTS = """
    expr stmt mod expr_context boolop operator unaryop cmpop comprehension excepthandler ExceptHandler arguments arg keyword alias withitem
    match_case pattern MatchValue MatchSingleton MatchSequence MatchMapping MatchClass MatchStar MatchAs MatchOr type_ignore TypeIgnore
    type_param TypeVar ParamSpec TypeVarTuple Module Interactive Expression FunctionType
""".split()
"""Nodes that are evaluated by the statement or expression they are part of."""

ABSTRACT = {
    "AST",
    "expr",
    "stmt",
    "mod",
    "expr_context",
    "boolop",
    "operator",
    "unaryop",
    "cmpop",
    "excepthandler",
    "pattern",
    "type_param",
}

OPERATORS = {"Load", "Store", "Del", "And", "Or", "Not", "Invert", "UAdd", "USub"} | {
    one.__name__ for base in (ast.operator, ast.cmpop) for one in base.__subclasses__()
}

DEPRECATED = {"Num", "Str", "Bytes", "NameConstant", "Ellipsis", "Index", "ExtSlice", "Suite", "AugLoad", "AugStore", "Param", "slice"}


def node_classes() -> list[type[ast.AST]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *args, **kwargs: None)
        found = [getattr(ast, name) for name in dir(ast) if name not in DEPRECATED and not hasattr(builtins, name)]
    left_out = ABSTRACT | OPERATORS | DEPRECATED  # some versions keep the deprecated ones under a second name
    return [one for one in found if isinstance(one, type) and issubclass(one, ast.AST) and one.__name__ not in left_out]


@pytest.mark.parametrize("node", node_classes(), ids=lambda node: node.__name__)
def test_every_node_is_classified_for_binding(node: type[ast.AST]) -> None:
    assert (node in CONSTRUCTS) != (node.__name__ in BIND_NOTHING), f"say whether {node.__name__} binds a name"


@pytest.mark.parametrize("node", node_classes(), ids=lambda node: node.__name__)
def test_every_node_is_classified_for_evaluation(node: type[ast.AST]) -> None:
    handled = node in STATEMENTS or node in _EXPRESSIONS or node in _KINDS
    plain = node.__name__ in ONLY_EVALUATE or node.__name__ in PARTS
    assert handled != plain, f"say how {node.__name__} is evaluated"


def test_nothing_is_classified_that_is_no_node() -> None:
    assert {one.__name__ for one in CONSTRUCTS} <= set(dir(ast))
    assert {one.__name__ for one in [*STATEMENTS, *_EXPRESSIONS, *_KINDS]} <= set(dir(ast))
