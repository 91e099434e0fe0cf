"""Rewrites what pip installs for fifty popular packages: no crash, every result parses, a second run is clean, undo is exact.

    python -m benchmarks.site_packages PLACE

PLACE is a folder for the packages; it is made anew. Only wheels are installed, into a folder, so that nothing of them is run.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

from benchmarks.trees import Tree

PACKAGES = """aiohttp alembic anyio attrs babel beautifulsoup4 black boto3 botocore celery click cryptography django docutils fastapi flask
httpx ipython jinja2 jsonschema mako markdown marshmallow matplotlib mypy networkx numpy pandas paramiko pip psutil pydantic pygments
pylint pymongo pytest pyyaml redis requests rich scrapy setuptools sphinx sqlalchemy starlette sympy tornado tqdm twisted urllib3
werkzeug""".split()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", type=Path)
    place = parser.parse_args().place.resolve()
    shutil.rmtree(place, ignore_errors=True)
    # No folder of this name: what lies in one is passed over unless it is named.
    folder = place / "installed"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--no-compile", "--target", os.fspath(folder)]
    subprocess.run([*pip, *PACKAGES], check=True)
    files = sorted(path for path in folder.rglob("*.py") if path.is_file())
    unreadable = _unreadable(files)
    tree = Tree(place, folder)
    tree.keep()
    size = sum(path.stat().st_size for path in files)
    print(f"{len(PACKAGES)} packages with what they need: {len(files):,} files, {size:,} bytes", flush=True)
    print(tree.rewrite(), flush=True)
    broken = _unreadable(files) - unreadable
    again = tree.finds_more()
    restored = tree.undo()
    print(f"{len(unreadable)} files that do not parse before; {len(broken)} more after; second run {'found more' if again else 'clean'}; "
          f"undo {'exact' if restored else 'NOT exact'}")  # fmt: skip
    return int(bool(broken or again or not restored))


def _unreadable(files: list[Path]) -> set[Path]:
    found = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in files:
            try:
                ast.parse(path.read_bytes())
            except (SyntaxError, ValueError):
                found.add(path)
    return found


if __name__ == "__main__":
    sys.exit(main())
