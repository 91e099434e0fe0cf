"""Which calls translate, which log, and which only look like it."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.calls.message_calls import logs, translates


def call(text: str) -> ast.Call:
    node = ast.parse(text, mode="eval").body
    assert isinstance(node, ast.Call)
    return node


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
    ],
)
def test_translates(text: str) -> None:
    assert translates(call(text))


@pytest.mark.parametrize("text", ["print(x)", "translate(x)", "__init__(x)", "trim(x)", "f()(x)", "_private(x)"])
def test_does_not_translate(text: str) -> None:
    assert not translates(call(text))


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
    ],
)
def test_logs(text: str) -> None:
    assert logs(call(text))


@pytest.mark.parametrize(
    "text", ["info(x)", "console.info(x)", "logger.setLevel(x)", "math.log(x)", "catalog.error(x)", "self.log(x)", "blog.info(x)"]
)
def test_does_not_log(text: str) -> None:
    assert not logs(call(text))
