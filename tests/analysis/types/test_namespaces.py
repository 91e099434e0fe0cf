"""What the arguments of a command line are, as the file's parser says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = "import argparse, functools, pathlib, sys\ndef f():\n    parser = argparse.ArgumentParser(description='x')\n"


@pytest.mark.parametrize(
    ("argument", "kind"),
    [
        ("'name'", "str"),
        ("'name', nargs='?'", "str | None"),
        ("'name', nargs='?', default='a'", "str"),
        ("'name', nargs='*'", "list[str]"),
        ("'name', nargs='+', type=int", "list[int]"),
        ("'name', nargs=2", "list[str]"),
        ("'name', nargs=sys.argv", "?"),
        ("'--name'", "str | None"),
        ("'-n', '--name'", "str | None"),
        ("'-n', dest='name'", "str | None"),
        ("'-n', dest=sys.argv[0]", "?"),
        ("'--name', required=True", "str"),
        ("'--name', required=sys.argv", "str | None"),
        ("'--name', default='a'", "str"),
        ("'--name', default=None", "str | None"),
        ("'--name', default=argparse.SUPPRESS", "str"),
        ("'--name', default=sys.maxsize", "str | int"),
        ("'--name', default=other", "?"),
        ("'--name', choices=['a', 'b'], default='a', help='x', metavar='X'", "str"),
        ("'--name', type=str, default='a'", "str"),
        ("'--name', type=int, default=3", "int"),
        ("'--name', type=int, default='3'", "int"),
        ("'--name', type=float, default=1", "float | int"),
        ("'--name', type=pathlib.Path, required=True", "Path"),
        ("'--name', type=lambda text: text.split(), required=True", "?"),
        ("'--name', type=argparse.FileType('r'), required=True", "?"),
        ("'--name', nargs='?', const='b', default='a'", "str"),
        ("'--name', nargs='?', default='a'", "str | None"),
        ("'--name', nargs='*', default=[]", "list[str]"),
        ("'--name', nargs='*'", "list[str] | None"),
        ("'--name', action='store_true'", "bool"),
        ("'--name', action='store_true', default=None", "bool | None"),
        ("'--name', action='store_const', const=3", "?"),
        ("'--name', action='count'", "int | None"),
        ("'--name', action='count', default=0", "int"),
        ("'--name', action='append'", "list[str] | None"),
        ("'--name', action='append', default=[], type=int", "list[int]"),
        ("'--name', action=argparse.BooleanOptionalAction", "bool | None"),
        ("'--name', action=argparse.BooleanOptionalAction, default=True", "bool"),
        ("'--name', action=other", "?"),
        ("'--name', action='store_true', default='a'", "bool | str"),
        ("'--name', action=argparse.BooleanOptionalAction, default='a'", "bool | str"),
        ("'--other'", "?"),
        ("nargs=2", "?"),
        ("", "?"),
        ("*other", "?"),
        ("'name', **other", "?"),
    ],
)
def test_an_argument(shown: Callable[[str], str], argument: str, kind: str) -> None:
    assert shown(f"{HEAD}    parser.add_argument({argument})\n    args = parser.parse_args()\n    repr(args.name)") == kind


NAME = "    parser.add_argument('name')\n"


@pytest.mark.parametrize(
    "rest",
    [
        "    args = parser.parse_args(sys.argv[1:])\n    repr(args.name)",
        "    args = parser.parse_args(args=None)\n    repr(args.name)",
        "    args, rest = parser.parse_known_args()\n    repr(args.name)",
        "    if not sys.argv: parser.error('x')\n    parser.epilog = 'x'\n    args = parser.parse_args()\n    repr(args.name)",
        "    args = parser.parse_args()\n    args.name = 'b'\n    repr(args.name)",
        "    args = parser.parse_args()\n    args.other = 3\n    repr(args.name)",
        "    return parser\ndef g():\n    args = f().parse_args()\n    repr(args.name)",
        "    return parser\ndef g():\n    p = f()\n    args = p.parse_args()\n    repr(args.name)",
        "    return parser.parse_args()\ndef g():\n    args = f()\n    repr(args.name)",
        "    parser.set_defaults(name='b', func=g)\n    args = parser.parse_args()\n    repr(args.name)",
        "    group = parser.add_argument_group('x')\n    group.add_argument('--other')\n    args = parser.parse_args()\n    repr(args.name)",
        "    sub = parser.add_subparsers()\n    sub.add_parser('one')\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser.add_argument_group('x')\n    args = parser.parse_args()\n    repr(args.name)",
        "    sub = parser.add_subparsers(dest='which')\n    one = sub.add_parser('one')\n    one.add_argument('name')\n    args = parser.parse_args()\n    repr(args.name)",
    ],
)
def test_a_text_whatever_else_is_done(shown: Callable[[str], str], rest: str) -> None:
    assert shown(HEAD + NAME + rest) == "str"


@pytest.mark.parametrize(
    "rest",
    [
        "    args = parser.parse_args(None, sys)\n    repr(args.name)",
        "    args = parser.parse_args(namespace=sys)\n    repr(args.name)",
        "    extend(parser)\n    args = parser.parse_args()\n    repr(args.name)",
        "    add = parser.add_argument\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser.register('type', None, int)\n    args = parser.parse_args()\n    repr(args.name)",
        "    action = parser.add_argument('--x')\n    args = parser.parse_args()\n    repr(args.name)",
        "    for p in [parser]: p.add_argument('--x')\n    args = parser.parse_args()\n    repr(args.name)",
        "    args = parser.parse_args()\n    args.name = 3\n    repr(args.name)",
        "    args = parser.parse_args()\n    setattr(args, sys.argv[0], 3)\n    repr(args.name)",
        "    args = parser.parse_args()\n    vars(args)['name'] = 3\n    repr(args.name)",
        "    args = parser.parse_args()\n    args.__dict__.update(name=3)\n    repr(args.name)",
        "    parser.set_defaults(name=other)\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser.set_defaults(**other)\n    args = parser.parse_args()\n    repr(args.name)",
        "    extend(parser.add_argument)\n    args = parser.parse_args()\n    repr(args.name)",
        "    extend(parser.print_help)\n    args = parser.parse_args()\n    repr(args.name)",
        "    extend(parser.add_argument_group)\n    args = parser.parse_args()\n    repr(args.name)",
        "    group = parser.add_argument_group('x')\n    extend(group)\n    args = parser.parse_args()\n    repr(args.name)",
        "    group = parser.add_argument_group('x')\n    group = group.add_argument_group('y')\n    args = parser.parse_args()\n    repr(args.name)",
        "    sub = parser.add_subparsers()\n    one = sub.add_parser('one', parents=[other])\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser = other\n    args = parser.parse_args()\n    repr(args.name)",
        "    if other: return other\n    return parser\ndef g():\n    args = f().parse_args()\n    repr(args.name)",
        "    parser.add_argument(other)\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser.add_argument('-n', other)\n    args = parser.parse_args()\n    repr(args.name)",
        "    parser = argparse.ArgumentParser()\n    args = parser.parse_args()\n    repr(args.name)",
        "    return parser\nclass F:\n    def parse_args(self): return 3\ndef g():\n    args = F().parse_args()\n    repr(args.name)",
        "    return parser\n@other\ndef h():\n    return f()\ndef g():\n    args = h().parse_args()\n    repr(args.name)",
        "    return parser\n@functools.cache\ndef h():\n    p = f()\n    return p\ndef g():\n    args = h().parse_args()\n    repr(args.name)",
        "    return parser\ndef g():\n    p = f()\n    extend(p)\n    args = p.parse_args()\n    repr(args.name)",
    ],
)
def test_unknown_where_something_else_may_have_a_hand_in_it(shown: Callable[[str], str], rest: str) -> None:
    assert shown(HEAD + NAME + rest) == "?"


@pytest.mark.parametrize(
    ("line", "attribute", "kind"),
    [
        ("parser.add_argument('one-two')", "one_two", "?"), ("parser.add_argument('--one-two')", "one_two", "str | None"),
        ("parser.add_subparsers(dest='which')", "which", "str | None"), ("parser.add_subparsers(dest='which', required=True)", "which", "str"),
    ],
)  # fmt: skip
def test_what_an_attribute_is_called(shown: Callable[[str], str], line: str, attribute: str, kind: str) -> None:
    assert shown(f"{HEAD}    {line}\n    args = parser.parse_args()\n    repr(args.{attribute})") == kind


def test_a_text_is_no_less_one_where_the_file_has_texts_of_its_own(shown: Callable[[str], str]) -> None:
    program = f"class T(str): pass\n{HEAD}    parser.add_argument('name', type=TYPE)\n    args = parser.parse_args()\n    repr(args.name)"
    assert shown(program.replace("TYPE", "str")) == "str"
    assert shown(program.replace("TYPE", "repr")) == "?"


def test_a_parser_with_others_as_parents(shown: Callable[[str], str]) -> None:
    assert (
        shown("import argparse\np = argparse.ArgumentParser(parents=[q])\np.add_argument('name')\nargs = p.parse_args()\nrepr(args.name)")
        == "?"
    )


@pytest.mark.parametrize(
    "binding",
    [
        "p = argparse.ArgumentParser('prog')",
        "[p] = argparse.ArgumentParser()",
        "for p in argparse.ArgumentParser(): pass",
        "p: argparse.ArgumentParser = other",
        "p = other or argparse.ArgumentParser()",
    ],
)
def test_a_parser_that_is_bound_otherwise(shown: Callable[[str], str], binding: str) -> None:
    program = f"import argparse\n{binding}\np.add_argument('name')\nargs = p.parse_args()\nrepr(args.name)"
    assert shown(program) == "?"
    of_object = program.replace("p.", "self.p.").replace("p = argparse", "self.p = argparse")
    assert shown(of_object) == "?"


def test_a_parser_that_is_only_a_default(shown: Callable[[str], str]) -> None:
    head = "import argparse\ndef f(p: argparse.ArgumentParser = argparse.ArgumentParser()):\n    p.add_argument('name')\n"
    assert shown(f"{head}    args = p.parse_args()\n    repr(args.name)") == "?"


def test_arguments_of_two_subcommands(shown: Callable[[str], str]) -> None:
    program = f"{HEAD}    sub = parser.add_subparsers(dest='which', required=True)\n"
    program += "    sub.add_parser('one').add_argument('name')\n    sub.add_parser('two').add_argument('name', type=int)\n"
    assert shown(f"{program}    args = parser.parse_args()\n    repr(args.name)\n    repr(args.which)") == "int | str; str"
