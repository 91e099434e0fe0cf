"""Names that a rewrite binds anew: good ones first, and never one that already means something there."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.naming import element_name, free_name, value_name


def loop_in(source: str) -> tuple[Module, ast.For | ast.comprehension]:
    """The file and the last loop or comprehension clause in it."""
    text = textwrap.dedent(source)
    module = Module(text, ast.parse(text))
    loops = [node for node in ast.walk(module.tree) if isinstance(node, ast.For | ast.comprehension)]
    return module, max(loops, key=lambda loop: (loop.iter.lineno, loop.iter.col_offset))


def element(source: str, *, word: str = "item") -> str | None:
    """The name for an element of what the last loop of `source` iterates over."""
    module, loop = loop_in(source)
    return element_name(loop.iter, module, loop, word)


def test_lists_of_lists_have_rows() -> None:
    assert of("m", word="row") == of("self.board", word="row") == "row"
    assert of("groups", word="row") == "group"
    assert element("row = 1\nfor i in m: pass", word="row") == "item"


def value(source: str) -> str | None:
    module, loop = loop_in(source)
    assert isinstance(loop.target, ast.Name)
    return value_name(loop.iter, loop.target.id, module, loop)


def of(collection: str, *, word: str = "item") -> str | None:
    return element(f"for i in {collection}: pass", word=word)


@pytest.mark.parametrize(
    ("collection", "name"),
    [
        # the singular of the last component
        ("rows", "row"),
        ("children", "child"),
        ("self.names", "name"),
        ("self._rows", "row"),
        ("self.model.layers", "layer"),
        ("rows_", "row"),
        ("table_rows", "table_row"),
        ("user_ids", "user_id"),
        ("indices", "index"),
        ("matrices", "matrix"),
        ("people", "person"),
        ("caches", "cache"),
        ("cookies", "cookie"),
        ("args", "arg"),
        ("xs", "x"),
        # no plural, or none that is known: no stem
        ("data", "item"),
        ("bias", "item"),
        ("lens", "item"),
        ("status", "item"),
        ("kwargs", "item"),
        ("series", "item"),
        ("batch", "item"),
        ("s", "item"),
        ("ls", "item"),
        # keywords, soft keywords and builtins
        ("classes", "item"),
        ("ids", "item"),
        ("types", "item"),
        ("matches", "item"),
        ("cases", "item"),
        ("objects", "item"),
        ("inputs", "item"),
        ("lambdas", "item"),
        ("selves", "item"),
        # containers, and words in front
        ("user_list", "user"),
        ("users_list", "user"),
        ("word_array", "word"),
        ("my_list", "item"),
        ("new_list", "item"),
        ("sorted_list", "item"),
        ("linked_list", "item"),
        ("seed_list", "seed"),
        ("test_set", "item"),
        ("users_set", "user"),
        ("hash_table", "item"),
        ("x_list", "item"),
        ("get(names)", "item"),
        ("int_list", "item"),
        ("list_of_users", "user"),
        ("all_files", "file"),
        ("sorted_names", "name"),
        ("my_names", "name"),
        ("rows_to_delete", "row"),
        ("names_of_users", "name"),
        ("users_by_id", "user"),
        ("row_lists", "row_list"),
        # other spellings
        ("userNames", "userName"),
        ("tableRowNames", "tableRowName"),
        ("userList", "user"),
        ("my_dataRows", "data_row"),
        ("to_rows", "to_row"),
        ("NAMES", "name"),
        ("USER_NAMES", "user_name"),
        ("UserNames", "user_name"),
        ("rows2", "item"),
        ("rows_2", "item"),
        ("이름들", "item"),
        ("données", "item"),
        ("__rows", "row"),
        ("_", "item"),
        # other expressions
        ("config['layers']", "layer"),
        ("config['hidden-sizes']", "hidden_size"),
        ("config['not a name']", "item"),
        ("rows[1:]", "row"),
        ("batches[0]", "item"),
        ("get_rows()", "row"),
        ("self.children()", "child"),
        ("sorted(names)", "name"),
        ("sorted(names, key=len)", "name"),
        ("list(self.names)", "name"),
        ("names.copy()", "name"),
        ("text.splitlines()", "line"),
        ("rows or []", "row"),
        ("self.matrix", "row"),
        ("grid", "row"),
        ("(lines := read())", "line"),
        ("a + b", "item"),
        ("[1, 2]", "item"),
    ],
)
def test_the_name_of_an_element(collection: str, name: str) -> None:
    assert of(collection) == name


@pytest.mark.parametrize(
    ("collection", "name"),
    [("text", "char"), ("self.word", "char"), ("digits", "digit"), ("grid", "char"), ("'abc'", "char"), ("letters", "letter")],
)
def test_the_name_of_a_character(collection: str, name: str) -> None:
    assert of(collection, word="char") == name


def test_names_that_are_taken_are_passed_over_in_order() -> None:
    taken, seen = ["row"], []
    for _ in range(4):
        name = element("\n".join([*(f"{one} = 1" for one in taken), "for i in rows: pass"]))
        assert name is not None
        seen.append(name)
        taken.append(name)
    assert seen == ["item", "element", "entry", "row_item"]


def test_names_for_characters_that_are_taken_are_passed_over_in_order() -> None:
    assert element("char = 1\nfor i in text: pass", word="char") == "character"
    assert element("char = character = element = entry = 1\nfor i in text: pass", word="char") == "text_item"


def test_none_is_left() -> None:
    assert element("row = item = element = entry = row_item = 1\nfor i in rows: pass") is None
    assert element("item = element = entry = 1\nfor i in a + b: pass") is None
    assert element("item = element = entry = 1\nfor i in list_2d: pass") is None


def test_items_have_no_item_item() -> None:
    assert element("item = element = entry = 1\nfor i in items: pass") is None


@pytest.mark.parametrize(
    "before",
    [
        "row = 1",
        "print(row)",
        "def row(): pass",
        "class row: pass",
        "import row",
        "import row.column",
        "import x as row",
        "with f() as row: pass",
        "for row in []: print(lambda: row)",
        "(row := 1)",
        "del row",
        "def f():\n    return row",
        "def f():\n    global row",
        "def f():\n    row = 1\n    return lambda: row",
        "def f(row=row): pass",
        "class C:\n    row = 1",
        "try: pass\nexcept E as row: pass",
        "match x:\n    case [row]: pass",
        "match x:\n    case {**row}: pass",
        "row: int",
        "row += 1",
        "print(f'{row}')",
        "__all__ = ['row']",
        "__all__ += ['row']",
    ],
)
def test_at_module_level_every_name_counts_that_means_the_module_s(before: str) -> None:
    assert element(f"{before}\nfor i in rows: pass") == "item"


@pytest.mark.parametrize("before", ["for row in []: pass", "[row for row in []]"])
def test_the_variables_of_loops_that_are_over_do_not_count(before: str) -> None:
    assert element(f"{before}\nfor i in rows: pass") == "row"
    assert element(f"{before.replace('row', 'item')}\nfor i in data: pass") == "item"


def test_a_name_that_stands_behind_the_loop_counts_too() -> None:
    assert element("def f(rows):\n    for i in rows: pass\n    print(row)") == "item"


def test_a_name_used_in_a_nested_function_counts() -> None:
    assert element("def f(rows):\n    def g():\n        return row\n    for i in rows: pass") == "item"
    assert element("def f(rows):\n    g = lambda: row\n    for i in rows: pass") == "item"


@pytest.mark.parametrize("nested", ["def g(row): pass", "def g(*row): pass", "def g():\n        row = 1", "g = lambda row: row"])
def test_what_a_nested_function_has_for_itself_is_another_variable(nested: str) -> None:
    assert element(f"def f(rows):\n    {nested}\n    for i in rows: pass") == "row"
    assert element(f"if rows:\n    {nested}\nfor i in rows: pass") == "row"
    assert element(f"def f(rows):\n    {nested}\n    row = 1\n    for i in rows: pass") == "item"


def test_a_name_free_everywhere_goes_before_one_that_another_function_has() -> None:
    assert value("def g(value): pass\nfor k in scores: pass") == "score"
    assert value("def g(value): pass\nfor k in config: pass") == "value"


def test_a_name_bound_in_a_nested_class_counts_and_one_of_a_comprehension_that_is_over_does_not() -> None:
    assert element("def f(rows):\n    class C:\n        row = 1\n    for i in rows: pass") == "item"
    assert element("def f(rows):\n    [row for row in x]\n    for i in rows: pass") == "row"


def test_the_loop_variable_of_a_script_is_no_function_s() -> None:
    assert element("for row in x: pass\ndef f(rows):\n    for i in rows: pass") == "row"
    assert element("for row in x: pass\nrow = 1\ndef f(rows):\n    for i in rows: pass") == "item"
    assert element("for row in x: pass\ndef f(rows):\n    for i in rows: pass\n    print(row)") == "item"
    assert element("def f(rows):\n    for row in x: pass\n    def g():\n        for i in rows: pass") == "item"


def test_names_of_the_scopes_around_count() -> None:
    assert element("row = 1\ndef f(rows):\n    for i in rows: pass") == "item"
    assert element("def f(row):\n    def g(rows):\n        for i in rows: pass") == "item"
    assert element("from m import row\ndef f(rows):\n    for i in rows: pass") == "item"


def test_names_of_a_sibling_scope_do_not_count() -> None:
    assert element("def g():\n    row = 1\ndef f(rows):\n    for i in rows: pass") == "row"
    assert element("def g(row): return row\ndef f(rows):\n    for i in rows: pass") == "row"


def test_names_of_the_class_around_a_method_do_not_count() -> None:
    assert element("class C:\n    row = 1\n    def f(self, rows):\n        for i in rows: pass") == "row"


def test_a_nonlocal_or_global_name_counts() -> None:
    assert element("def f(rows):\n    def g():\n        nonlocal row\n    row = 1\n    for i in rows: pass") == "item"
    assert element("def f(rows):\n    global row\n    for i in rows: pass") == "item"


def test_attributes_do_not_count_in_a_function() -> None:
    assert element("def f(self, rows):\n    print(self.row, x.row())\n    for i in rows: pass") == "row"


def test_attributes_count_in_a_class_body_whose_variables_they_are() -> None:
    assert element("class C:\n    for i in rows: pass\n    def f(self): return self.row") == "item"


def test_private_names_of_a_class_are_compared_as_the_compiler_stores_them() -> None:
    assert element("class C:\n    def f(self, rows):\n        __row = 1\n        for i in rows: pass") == "row"


def test_a_comprehension_sees_the_names_around_it_and_in_it() -> None:
    assert element("def f(rows): return [row + i for i in rows]") == "item"
    assert element("def f(rows, row): return [i for i in rows]") == "item"
    assert element("def f(rows): return [[row for row in x] for i in rows]") == "item"


def test_a_comprehension_in_a_class_body_sees_the_class() -> None:
    assert element("class C:\n    row = 1\n    x = [i for i in rows]") == "item"


def test_names_are_compared_in_their_normal_form() -> None:
    assert element("def f(rows, ｒｏｗ):\n    for i in rows: pass") == "item"


@pytest.mark.parametrize(
    ("loop", "name"),
    [
        ("for k in scores: pass", "value"),
        ("value = 1\nfor k in scores: pass", "score"),
        ("value = score = 1\nfor k in scores: pass", "k_value"),
        ("value = 1\nfor k in users_by_id: pass", "user"),
        ("value = 1\nfor k in id2label: pass", "label"),
        ("value = 1\nfor k in self._names_to_ages: pass", "age"),
        ("value = 1\nfor k in word_2_index: pass", "index"),
        ("value = 1\nfor k in label2id: pass", "k_value"),
        ("value = 1\nfor k in a_to_b: pass", "k_value"),
        ("value = 1\nfor k in a_to_x: pass", "x"),
        ("value = 1\nfor k in user_map: pass", "k_value"),
        ("value = 1\nfor name in config: pass", "name_value"),
        ("value = 1\nfor _name in config: pass", "name_value"),
        ("value = 1\nfor _ in config: pass", "item"),
        ("value = name_value = 1\nfor name in config: pass", "item"),
        ("value = name_value = item = 1\nfor name in config: pass", "element"),
        ("value = name_value = item = element = 1\nfor name in config: pass", "entry"),
        ("value = name_value = item = element = entry = 1\nfor name in config: pass", "config_item"),
        ("value = name_value = item = element = entry = config_item = 1\nfor name in config: pass", None),
        ("value = 1\nfor k in scores.keys(): pass", "score"),
        ("value = 1\nfor k in sorted(self.scores): pass", "score"),
        ("value = 1\nfor k in classes: pass", "k_value"),
        ("def f(d, value):\n    for key in d: pass", "key_value"),
        ("def f(values):\n    for key in values: pass", "value"),
    ],
)
def test_the_name_of_a_value(loop: str, name: str | None) -> None:
    assert value(loop) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("class C:\n    row = 1\n    def m(self, rows): return [i for i in rows]", "row"),
        ("class C:\n    row = 1\n    fs = [z for z in y if (lambda rows: [i for i in rows])]", "row"),
        ("class C:\n    row = 1\n    xs = [i for i in rows]", "item"),
    ],
)
def test_a_class_s_names_are_in_the_way_of_its_own_comprehensions_only(source: str, name: str) -> None:
    assert element(source) == name


@pytest.mark.parametrize(
    ("source", "base", "name"),
    [
        ("for i in rows: pass", "row", "row"),
        ("row = 1\nfor i in rows: pass", "row", "row_"),
        ("row = row_ = 1\nfor i in rows: pass", "row", "row__"),
        ("for i in rows: pass", "list", "list_"),
        ("for i in rows: pass", "match", "match_"),
        ("class C:\n    row = 1\n    def m(self, rows): return [i for i in rows]", "row", "row"),
        ("class C:\n    row = 1\n    xs = [i for i in rows]", "row", "row_"),
    ],
)
def test_a_name_gets_underscores_until_it_is_free(source: str, base: str, name: str) -> None:
    assert free_name(base, *loop_in(source)) == name
