"""Launcher for a checkout: `python cli.py PATH --diff`. Installed, the command is `pyfix`."""

from codemods.commands import main

if __name__ == "__main__":
    main()
