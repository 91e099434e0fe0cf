"""Measures pyfix against the targets for its speed, side by side with the tools nearest to it.

    python -m benchmarks.speed                            # everything; writes docs/benchmarks.md and docs/growth.svg
    python -m benchmarks.speed tree cache                 # some parts only; prints the page and writes nothing
    python -m benchmarks.speed hook --repeats 3           # fewer runs than five
    python -m benchmarks.speed --workdir DIR              # keeps environments and downloads, and what was measured, for the next time
    python -m benchmarks.speed --workdir DIR --page hook  # measures some parts anew, or none, and writes the page with what is kept

The environments and trees are made in a folder of its own, a temporary one if none is named. Commands that are compared take turns, so that
what else the machine does strikes them alike; still, a quiet machine gives better figures. Everything takes about half an hour; where it
is interrupted, the page has what there is by then. The exit status is 1 if a part could not be measured. Needs pip, the network, and a
system with `wait4`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks import speed_parts
from benchmarks.bench import LIBRARIES, PEERS, ROOT, Bench
from benchmarks.curve import svg
from benchmarks.speed_page import Findings, Row, Setting, page
from benchmarks.speed_parts import SIZES
from benchmarks.suites import Impossible
from benchmarks.timing import Failed

DOCUMENT = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "growth.svg"
PARTS: dict[str, Callable[[speed_parts.Run], Findings]] = {
    "tree": speed_parts.tree,
    "cache": speed_parts.cache,
    "hook": speed_parts.hook,
    "peers": speed_parts.peers,
    "growth": speed_parts.growth,
    "large": speed_parts.large,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--workdir", type=Path, help="where everything is kept (default: a temporary folder)")
    parser.add_argument("--repeats", type=int, default=5, help="how often each command runs (default: 5)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="thousands of lines of the largest tree that grows")
    parser.add_argument("--page", action="store_true", help="write the page out of the parts named and what is kept of the others")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.repeats < 1:
        parser.error("--repeats must be at least 1")
    if options.workdir is not None:
        options.workdir.mkdir(parents=True, exist_ok=True)
        return _measure(options.workdir.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="pyfix-speed-") as folder:
        return _measure(Path(folder).resolve(), options)


def _measure(folder: Path, options: argparse.Namespace) -> int:
    chosen, repeats, page_wanted = options.parts, options.repeats, options.page
    began = os.getloadavg()[0]
    bench = Bench(folder)
    try:
        if chosen or not page_wanted:
            bench.install()
    except Impossible as error:
        _say(str(error))
        return 1
    found, failed, stopped = Findings(), False, False
    for name in PARTS if page_wanted else chosen or PARTS:
        kept = folder / "found" / f"{name}.json"
        if page_wanted and name not in chosen:
            found.add(_kept(kept, name))
            continue
        _say(f"== {name}")
        try:
            if stopped:
                raise Failed("the run was stopped before")
            found.add(_keep(kept, name, repeats, PARTS[name](speed_parts.Run(bench, repeats, _say, options.largest))))
        except KeyboardInterrupt:
            found.add(_missing(name, "the run was stopped"))
            stopped = failed = True
        except (Failed, Impossible) as error:
            _say(f"{name}: {error}")
            found.add(_missing(name, " ".join(str(error).split())))
            failed = True
    setting = Setting(datetime.date.today().isoformat(), _commit(), LIBRARIES, PEERS, repeats, (began, os.getloadavg()[0]))
    text = page(found, setting, PICTURE.name)
    if chosen and not page_wanted:
        print(text)
    else:
        DOCUMENT.write_text(text, encoding="utf-8")
        if found.curve:
            PICTURE.write_text(svg(found.curve, "thousands of lines", "seconds of processors"), encoding="utf-8")
        _say(f"wrote {DOCUMENT.relative_to(ROOT)}")
    return 1 if failed else 0


def _keep(file: Path, name: str, repeats: int, found: Findings) -> Findings:
    """What a part found, with when that was, written to a file for a later page."""
    moment = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    found.notes.append(f"Part `{name}` was measured until {moment} with pyfix {_commit()}, {repeats} runs; load {os.getloadavg()[1]:.1f}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.encode(found))
    return found


def _kept(file: Path, name: str) -> Findings:
    """What was written to a file."""
    return msgspec.json.decode(file.read_bytes(), type=Findings) if file.is_file() else _missing(name, "it never ran in this folder")


def _missing(name: str, cause: str) -> Findings:
    return Findings([Row(f"part `{name}`", None, "", None, how=cause)])


def _commit() -> str:
    """Pyfix's version, and the commit where this checkout is one of git."""
    from codemods import __version__

    done = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=ROOT, capture_output=True, text=True, check=False)
    return f"{__version__} ({done.stdout.strip()})" if done.returncode == 0 else __version__


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
