"""Which calls translate, which log, and which only look like it."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.calls.message_calls import logs, message_call, translates
from codemods.analysis.module import Module

HEAD = """
import logging
from logging import info as tell
from gettext import gettext as said
from django.utils.translation import gettext_lazy as later
from json import dumps as said_not
from structured import warning as told

out = logging.getLogger(__name__)
text = ""
"""


def call(text: str) -> tuple[ast.Call, Module]:
    source = HEAD + text
    tree = ast.parse(source)
    node = tree.body[-1]
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.Call)
    return node.value, Module(source, tree)


@pytest.mark.parametrize(
    "text",
    [
        "_(x)",
        "__(x)",
        "gettext(x)",
        "ngettext(x)",
        "gettext_lazy(x)",
        "lazy_gettext(x)",
        "pgettext(c, x)",
        "self._(x)",
        "_l(x)",
        "N_(x)",
        "translation.ugettext_noop(x)",
        "self.tr(x)",
        "lazy_pgettext(x)",
        "said(x)",
        "later(x)",
    ],
)
def test_translates(text: str) -> None:
    assert translates(*call(text))


@pytest.mark.parametrize("text", ["print(x)", "translate(x)", "__init__(x)", "trim(x)", "f()(x)", "_private(x)", "said_not(x)"])
def test_does_not_translate(text: str) -> None:
    assert not translates(*call(text))


@pytest.mark.parametrize(
    "text",
    [
        "logging.info(x)",
        "logger.debug(x)",
        "self.logger.warning(x)",
        "log.error(x)",
        "LOG.exception(x)",
        "app.logger.critical(x)",
        "logging.getLogger(__name__).info(x)",
        "_log.log(10, x)",
        "self._logger.fatal(x)",
        "access_log.warn(x)",
        "accessLogger.info(x)",
        "tell(x)",
        "out.info(x)",
    ],
)
def test_logs(text: str) -> None:
    assert logs(*call(text))


@pytest.mark.parametrize(
    "text",
    [
        "info(x)",
        "console.info(x)",
        "logger.setLevel(x)",
        "math.log(x)",
        "catalog.error(x)",
        "self.log(x)",
        "blog.info(x)",
        "logging.basicConfig(x)",
        "text.info(x)",
        "told(x)",
        "f()().info(x)",
    ],
)
def test_does_not_log(text: str) -> None:
    assert not logs(*call(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("_('x')", True), ("_(a=1, b='x')", True), ("_('x' if a else b)", True), ("_(a or 'x')", True), ("_(('x') + a)", True),
        ("_(a + (b if a else b + 'x'))", True), ("_(a if 'x' else b)", False), ("_(['x'])", False), ("_('x'[0])", False),
        ("'x'.join(a)", False), ("_('x' % a)", False),
    ],
)  # fmt: skip
def test_what_may_be_all_of_an_argument(text: str, found: bool) -> None:
    whole, module = call(text)
    node = next(one for one in ast.walk(whole) if isinstance(one, ast.Constant) and one.value == "x")
    assert message_call(node, module) is (whole if found else None)
