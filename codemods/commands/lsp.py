"""`pyfix lsp`: the language server, for editors."""

from __future__ import annotations

import click


@click.command()
def lsp() -> None:
    """Serve an editor over standard input and output, by the language server protocol (needs the extra `lsp`)."""
    import importlib.util

    if importlib.util.find_spec("pygls") is None:
        raise click.ClickException("`pyfix lsp` needs pygls; install pyfix-codemods[lsp]")
    from codemods.server.features import serve

    serve()
