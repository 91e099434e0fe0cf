"""`--show-files` and `--show-settings`: what a run would look at, and how."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.commands.printer import shown_path
from codemods.report.shown import shown

if TYPE_CHECKING:
    from codemods.commands.options import Options
    from codemods.workspace.config import Configuration


def show(options: Options, configuration: Configuration) -> int:
    """Print the files of a run, a line each, or the settings of each path given."""
    from codemods.workspace.discover import Found, discover

    if options.show_settings:
        for path in options.paths:
            _settings(Path(path), configuration)
        return 0
    status = 0
    for item in discover([Path(path) for path in options.paths], configuration):
        if isinstance(item, Found):
            print(shown(shown_path(item.path)))
        else:
            print(f"{shown(shown_path(Path(item.path)))}: {shown(item.cause)}", file=sys.stderr)
            status = 2
    return status


def _settings(path: Path, configuration: Configuration) -> None:
    inside = path / "file.py" if path.is_dir() else path
    settings = configuration.settings_for(inside)
    origin = configuration.origin_of(inside)
    print(f"# {shown(shown_path(path))}: {'[tool.pyfix] of ' + shown(shown_path(origin)) if origin else 'no [tool.pyfix]'}")
    print(f"rules = {', '.join(settings.rules)}")
    print(f"unsafe-fixes = {str(settings.unsafe_fixes).lower()}")
    print(f"target-version = {settings.target[0]}.{settings.target[1]}")
    print(f"line-length = {settings.line_length}")
    print(f"exclude = {', '.join(configuration.exclude_of(inside)) or '(none)'}")
