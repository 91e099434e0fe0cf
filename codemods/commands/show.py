"""`--show-files` and `--show-settings`: what a run would go by."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codemods.commands.options import Options, configuration_of
from codemods.commands.pipe import NAMELESS
from codemods.commands.streams import err, out, write
from codemods.report.visible import visible

if TYPE_CHECKING:
    from codemods.workspace.config import Configuration


def show_files(options: Options) -> int:
    """Print the files that would be read, one a line, as they are named. Returns the exit status."""
    from codemods.commands.scope import scope_of
    from codemods.workspace.discover import Found

    status = 0
    listed: list[str] = []
    for found in scope_of(options, configuration_of(options)).found:
        if not isinstance(found, Found):
            err(f"{visible(os.fspath(found.path))}:{f'{found.line}:' if found.line else ''} {visible(found.cause)}")
            status = 2
        elif options.is_json:
            listed.append(os.fspath(found.path))
        elif sys.stdout.isatty():
            out(visible(os.fspath(found.path)))
        else:
            write(os.fsencode(found.path) + b"\n")
    if options.is_json:
        out(json.dumps(listed, indent=2))
    return status


def show_settings(options: Options) -> int:
    """Print the settings of each path, for a folder those of a file in it. Returns the exit status."""
    from codemods.workspace.config import ConfigError

    status = 0
    shown: list[dict[str, Any]] = []
    configuration = configuration_of(options)
    for path in options.paths:
        try:
            shown.append(_settings_of(path, configuration))
        except ConfigError as error:
            err(visible(str(error)))
            status = 2
    if options.is_json:
        out(json.dumps(shown, indent=2))
        return status
    for index, settings in enumerate(shown):
        out(("\n" if index else "") + _as_toml(settings))
    return status


def _settings_of(path: str, configuration: Configuration) -> dict[str, Any]:
    name = options_name = path if path != "-" else NAMELESS
    if os.path.isdir(name):
        name = os.path.join(name, NAMELESS)
    settings = configuration.settings_for(Path(name))
    origin = configuration.origin_of(Path(name))
    return {
        "path": options_name,
        "configuration": None if origin is None else os.fspath(origin),
        "rules": list(settings.rules),
        "unsafe-fixes": settings.unsafe_fixes,
        "target-version": ".".join(map(str, settings.target)),
        "line-length": settings.line_length,
        "exclude": list(configuration.exclude_of(Path(name))),
    }


def _as_toml(settings: dict[str, Any]) -> str:
    """The settings as the keys of a table; JSON's strings, lists and booleans are TOML's."""
    origin = settings["configuration"]
    head = [f"# {visible(settings['path'])}", f"# configuration: {visible(origin) if origin else 'none, these are the defaults'}"]
    keys = ("rules", "unsafe-fixes", "target-version", "line-length", "exclude")
    return "\n".join([*head, *(f"{key} = {json.dumps(settings[key], ensure_ascii=False)}" for key in keys)])
