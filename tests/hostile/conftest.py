"""A folder to work in, as the commands' tests have it."""

from tests.commands.conftest import work, write

__all__ = ["work", "write"]
