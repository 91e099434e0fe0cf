"""`python -m codemods`: the same as `pyfix`."""

from codemods.commands import program

if __name__ == "__main__":
    program()
