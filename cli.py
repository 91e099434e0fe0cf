"""Run pyfix from a checkout without installing it: `python cli.py PATH --diff`. Not part of what is installed."""

import sys

from codemods.commands import main

if __name__ == "__main__":
    sys.exit(main())
