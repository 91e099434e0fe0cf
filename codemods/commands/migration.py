"""What `pyfix migrate` does: from its options to a plan, a state and an engine, and from what became of it to reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from codemods import __version__
from codemods.commands.migration_watch import Watch
from codemods.commands.streams import err, out
from codemods.engine import registry
from codemods.model.migration import Repository
from codemods.report.migration import text
from codemods.report.migration.request import body
from codemods.report.migration.totals import total
from codemods.report.visible import visible
from codemods.workspace.folders import user_folder
from codemods.workspace.migrate.campaign import Campaign, Wishes
from codemods.workspace.migrate.engine import Engine, EngineError, Local
from codemods.workspace.migrate.forge import Forge
from codemods.workspace.migrate.plan import Plan, PlanError, Target
from codemods.workspace.migrate.plan_file import KEYS, discovered, parse_list, read_key, read_plan
from codemods.workspace.migrate.requests import open_requests
from codemods.workspace.migrate.store import StateError, Store
from codemods.workspace.pool import processors

Given = Mapping[str, Any]
# Where nothing is left to do, unless something more is asked for.
_DONE = ("committed", "pushed", "pr-open", "no-change")
REPORTS = (("json", "report.json"), ("markdown", "report.md"), ("html", "report.html"))


def run(given: Given) -> int:
    """`pyfix migrate PLAN`: the exit status."""
    try:
        plan = _plan(given)
        state = _state(given)
        store = Store(state)
    except (PlanError, StateError) as error:
        raise click.UsageError(visible(str(error))) from None
    try:
        store.enter(plan.targets)
        store.set_fact("plan", plan.origin)
        targets = list(_chosen(plan.targets, given, store))
        engine = _engine(given) if targets else Local(1)
        with Watch(len(targets), quiet=given["quiet"]) as watch:
            Campaign(store, engine, clones_of(state), _wishes(given), watch).run(targets)
            if given["pr"] and not given["dry_run"]:
                open_requests(store, targets, Forge(given["pr_per_hour"], store.opened_since), body, watch)
        return _ended(store, state, plan, given)
    except (StateError, EngineError) as error:
        err(f"pyfix: {visible(str(error))}")
        return 2
    finally:
        store.close()


def status(given: Given) -> int:
    """`pyfix migrate status`: a line for each repository, and the sums."""
    with _reading(given) as store:
        for row in store.rows():
            out(text.line(row))
        for line in text.summary(total(store.rows())):
            out(line)
    return 0


def report(given: Given, kind: str) -> int:
    """`pyfix migrate report`: the document on standard output."""
    with _reading(given) as store:
        for piece in document(kind, store, store.fact("plan")):
            sys.stdout.write(piece)
    return 0


def document(kind: str, store: Store, plan: str) -> Iterator[str]:
    """A report, in pieces."""
    from codemods.report.migration import html, json, markdown

    write = {"json": json.document, "markdown": markdown.document, "html": html.document}[kind]
    return write(store.rows, total(store.rows()), plan, __version__)


def clones_of(state: Path) -> Path:
    """Where the clones of a migration lie: beside its state."""
    return state.with_name(f"{state.name}.clones")


@contextmanager
def _reading(given: Given) -> Iterator[Store]:
    """The state, for reading. Raises UsageError."""
    try:
        store = Store(_state(given), writing=False)
    except StateError as error:
        raise click.UsageError(visible(str(error))) from None
    try:
        yield store
    finally:
        store.close()


def _plan(given: Given) -> Plan:
    """Raises PlanError, UsageError."""
    common = _common(given)
    if given["discover"] and not given["plan"]:
        return discovered(given["discover"], common, registry.select)
    if given["discover"] or not given["plan"]:
        raise click.UsageError("name either a PLAN (or `-`) or a folder with --discover")
    if given["plan"] == "-":
        return parse_list(sys.stdin.read(), "<stdin>", common, registry.select)
    return read_plan(given["plan"], common, registry.select)


def _common(given: Given) -> Target:
    """What the command line says of all repositories. Raises UsageError."""
    said: dict[str, Any] = {"name": "", "source": ""}
    for option in KEYS:
        value = given.get(option)
        if value is None or value == ():
            continue
        try:
            attribute, said_value = read_key(option, value)
        except ValueError as error:
            raise click.BadParameter(visible(str(error)), param_hint=f"--{option.replace('_', '-')}") from None
        said[attribute] = said_value
    return Target(**said)


def _state(given: Given) -> Path:
    """The state file: the one named, else one for each plan, by where that is."""
    if given["state"]:
        return Path(os.path.abspath(given["state"]))
    plan = given["discover"] or given["plan"]
    if not plan:
        raise click.UsageError("name the PLAN, or the state file with --state")
    kind = "discover" if given["discover"] else "stdin" if plan == "-" else "plan"
    place = os.path.abspath(os.curdir if plan == "-" else plan)
    name = f"{Path(place).stem}-{sha256(os.fsencode(f'{kind} {place}')).hexdigest()[:12]}"
    return user_folder("state") / "migrate" / name / "state.sqlite"


def _chosen(targets: Iterable[Target], given: Given, store: Store) -> Iterator[Target]:
    """The targets of this run."""
    left = given["limit"]
    for target in targets:
        if given["only"] and not any(fnmatchcase(target.name, glob) for glob in given["only"]):
            continue
        if left is not None:
            if store.row(target.source).state in _DONE:
                continue
            if not left:
                return
            left -= 1
        yield target


def _engine(given: Given) -> Engine:
    """Raises UsageError, EngineError."""
    address, file = given["scheduler"], given["scheduler_file"]
    if given["engine"] == "local":
        if address or file:
            raise click.UsageError("--scheduler and --scheduler-file are for --engine dask")
        return Local(given["jobs"] or processors())
    if bool(address) == bool(file):
        raise click.UsageError("--engine dask needs either --scheduler or --scheduler-file")
    from codemods.workspace.migrate.cluster import Cluster

    return Cluster(address, file, given["jobs"] or 0)


def _wishes(given: Given) -> Wishes:
    return Wishes(given["dry_run"], given["push"] or given["pr"], given["retry_failed"])


def _ended(store: Store, state: Path, plan: Plan, given: Given) -> int:
    """Write the reports, say what became of all, and give the exit status."""
    folder = Path(given["report"]) if given["report"] else state.parent
    totals = total(store.rows())
    for row in store.rows():
        if row.state == "failed":
            err(text.line(row))
    try:
        os.makedirs(folder, exist_ok=True)
        for kind, name in REPORTS:
            _write(folder / name, document(kind, store, plan.origin))
    except OSError as error:
        err(f"pyfix: {visible(str(folder))}: no report was written: {error.strerror or error}")
        return 2
    if not given["quiet"]:
        for line in text.summary(totals):
            out(line)
        out(f"reports: {visible(os.fspath(folder))}")
    if totals.states["failed"]:
        return 2
    return int(given["dry_run"] and _would_change(store.rows()))


def _would_change(rows: Iterable[Repository]) -> bool:
    return any(row.state in ("applied", "verified", "culled") for row in rows)


def _write(path: Path, pieces: Iterable[str]) -> None:
    """Put a report in place at once: half a report looks like a whole one. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    with open(fresh, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    os.replace(fresh, path)
