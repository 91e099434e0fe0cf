"""`python -m codemods`: the same as `pyfix`."""

import sys

from codemods.commands import main

if __name__ == "__main__":
    sys.exit(main())
