"""Pull requests for the branches that were pushed: the last step, one repository after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from codemods.model.migration import Branch, Result
from codemods.workspace.migrate.campaign import Watch
from codemods.workspace.migrate.deliver import NotDeliveredError, remote_url
from codemods.workspace.migrate.forge import Forge, ForgeError, Request, project_of
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.store import Store

Body = Callable[[Result, Branch], str]


def open_requests(store: Store, targets: Iterable[Target], forge: Forge, body: Body, watch: Watch) -> None:
    """Open what is missing. Raises StateError.

    Each is noted as soon as it is open; one that was opened by a run that was killed before it could note it is found by its branch.
    """
    for target in targets:
        row = store.row(target.source)
        if row.state != "pushed" or row.result is None:
            continue
        try:
            _open_all(store, target, row.ref, row.result, forge, body)
        except ForgeError as error:
            store.stop(target.source, "failed", error.kind, error.cause)
        except NotDeliveredError as error:
            store.stop(target.source, "failed", error.kind, error.cause)
        else:
            store.reach(target.source, "pr-open")
        watch.ended(target, store.row(target.source))


def _open_all(store: Store, target: Target, ref: str, result: Result, forge: Forge, body: Body) -> None:
    """Raises ForgeError, NotDeliveredError."""
    if not ref.startswith("refs/heads/"):
        raise ForgeError("no-base", "its base is no branch that a pull request could be for; name one")
    project = project_of(remote_url(target.source), target.forge)
    for branch in result.branches:
        sites = sum(commit.sites for commit in branch.commits)
        title = (
            f"pyfix: rewrite {sites} place{'' if sites == 1 else 's'}, {len(branch.commits)} rule{'' if len(branch.commits) == 1 else 's'}"
        )
        request = Request(branch.name, branch.tip, ref.removeprefix("refs/heads/"), title, body(result, branch))
        url, opened = forge.open(project, request)
        store.note_request(target.source, branch.name, url, opened=opened)
