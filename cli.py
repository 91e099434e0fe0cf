"""Run pyfix from a checkout without installing it: `python cli.py PATH --diff`. Not part of what is installed."""

from codemods.commands import program

if __name__ == "__main__":
    program()
