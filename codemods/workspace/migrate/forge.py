"""Pull requests, through the programs that people have for their forge: `gh` and `glab`, whose own log-in is used.

Both are asked by their `api` command with `--include`, because only so are the headers seen, in which a forge says how long to wait.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

SECONDS = 120.0
# Between two writes, as GitHub asks of those who make many; after a refusal that does not say how long; and how often that is borne.
PAUSE_SECONDS = 1.0
FIRST_WAIT_SECONDS = 60.0
TRIES = 6
LONGEST_WAIT_SECONDS = 3600.0
_PROGRAMS = {"github": "gh", "gitlab": "glab"}


class ForgeError(Exception):
    """No pull request could be opened. `kind` is a word for machines."""

    def __init__(self, kind: str, cause: str) -> None:
        super().__init__(kind, cause)
        self.kind = kind
        self.cause = cause


class Project(Struct, frozen=True):
    """Where pull requests go: which sort of forge, its host, and the project's path there, `owner/name`."""

    forge: str
    host: str
    path: str


class Request(Struct, frozen=True):
    """A pull request to open. `tip` is the commit that the branch `head` is at."""

    head: str
    tip: str
    base: str
    title: str
    body: str


class Reply(Struct, frozen=True):
    """What a forge answered. Header names are lower case."""

    status: int
    headers: dict[str, str]
    body: Any


def project_of(remote: str, forge: str = "") -> Project:
    """The project that a remote's URL names; `forge` where its host does not tell. Raises ForgeError."""
    found = re.fullmatch(r"(?:[^@/\s]+@)?([^:/\s]+):(?!//)(.+)", remote)
    host, path = (found[1], found[2]) if found else (urlsplit(remote).hostname or "", urlsplit(remote).path)
    path = path.strip("/").removesuffix(".git")
    forge = forge or next((name for name in _PROGRAMS if name in host.lower()), "")
    if not host or "/" not in path or not forge:
        raise ForgeError("no-forge", f'{remote} is at no forge that is known; say `forge = "github"` or `"gitlab"` in the plan')
    return Project(forge, host, path)


class Forge:
    """Opens pull requests, one after the other, as slowly as is asked for.

    Args:
        per_hour: how many at most in any hour; None for any number.
        opened: when those of the last hour were opened, by this or an earlier run.
    """

    def __init__(
        self,
        per_hour: int | None,
        opened: Callable[[float], list[float]],
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_hour = per_hour
        self._opened = opened
        self._clock = clock
        self._sleep = sleep
        self._written = 0.0

    def open(self, project: Project, request: Request) -> tuple[str, bool]:
        """The address of the pull request, and whether it was opened just now: one that is there is not opened again. Raises ForgeError."""
        found = self._find(project, request)
        if found:
            return found, False
        self._pace()
        url, data = _creation(project, request)
        reply = self._call(project, "POST", url, data, writes=True)
        if reply.status == 422 or reply.status == 409:  # it appeared in between, or an answer to an earlier try was lost
            found = self._find(project, request)
            if found:
                return found, False
        return _address(reply, project), True

    def _find(self, project: Project, request: Request) -> str:
        """The newest pull request of that branch; empty where there is none.

        Also a closed one, since whoever closed it does not want it again; but not one that was merged, if the branch has come on since.
        """
        reply = self._call(project, "GET", _search(project, request), None)
        if reply.status != 200 or not isinstance(reply.body, list) or not reply.body:
            return ""
        newest = reply.body[0]
        merged = newest.get("state") == "merged" or newest.get("merged_at")
        tip = newest.get("sha") or (newest.get("head") or {}).get("sha")
        return "" if merged and tip != request.tip else _address(Reply(200, {}, newest), project)

    def _pace(self) -> None:
        """Wait until one more may be opened."""
        if self._per_hour is None:
            return
        while len(recent := self._opened(self._clock() - 3600)) >= self._per_hour:
            self._sleep(max(1.0, recent[-self._per_hour] + 3600 - self._clock()))

    def _call(self, project: Project, method: str, url: str, data: Mapping[str, object] | None, *, writes: bool = False) -> Reply:
        """What the forge answers in the end, after it was left in peace as long as it asked for. Raises ForgeError."""
        wait = FIRST_WAIT_SECONDS
        for _ in range(TRIES):
            if writes:
                self._sleep(max(0.0, self._written + PAUSE_SECONDS - self._clock()))
            reply = _asked(project, method, url, data)
            self._written = self._clock() if writes else self._written
            if reply.status < 400 or reply.status in (409, 422):
                return reply
            if not _is_throttled(reply):
                raise ForgeError("forge", f"{project.host} answered {reply.status}: {_words(reply)}")
            self._sleep(min(LONGEST_WAIT_SECONDS, _asked_for(reply, self._clock()) or wait))
            wait *= 2
        raise ForgeError("throttled", f"{project.host} went on refusing: {_words(reply)}")


def _search(project: Project, request: Request) -> str:
    branch = quote(request.head, safe="")
    if project.forge == "gitlab":
        return f"projects/{quote(project.path, safe='')}/merge_requests?source_branch={branch}&order_by=created_at"
    owner = quote(project.path.partition("/")[0], safe="")
    return f"repos/{project.path}/pulls?state=all&sort=created&direction=desc&head={owner}:{branch}"


def _creation(project: Project, request: Request) -> tuple[str, dict[str, object]]:
    if project.forge == "gitlab":
        data: dict[str, object] = {"source_branch": request.head, "target_branch": request.base}
        return f"projects/{quote(project.path, safe='')}/merge_requests", {**data, "title": request.title, "description": request.body}
    return f"repos/{project.path}/pulls", {"head": request.head, "base": request.base, "title": request.title, "body": request.body}


def _address(reply: Reply, project: Project) -> str:
    """The address that an answer names. Raises ForgeError."""
    body = reply.body if isinstance(reply.body, dict) else {}
    url = body.get("web_url" if project.forge == "gitlab" else "html_url")
    if not isinstance(url, str):
        raise ForgeError("forge", f"{project.host} answered {reply.status}: {_words(reply)}")
    return url


def _is_throttled(reply: Reply) -> bool:
    """Whether the forge asks for patience: 429, an overloaded server, or GitHub's 403 for too many requests."""
    if reply.status in (429, 502, 503, 504):
        return True
    return reply.status == 403 and (
        "retry-after" in reply.headers or reply.headers.get("x-ratelimit-remaining") == "0" or "rate limit" in _words(reply)
    )


def _asked_for(reply: Reply, now: float) -> float:
    """The seconds that the forge asks to wait; 0 where it does not say."""
    after, reset = reply.headers.get("retry-after", ""), reply.headers.get("x-ratelimit-reset", reply.headers.get("ratelimit-reset", ""))
    if after.isdigit():
        return max(1.0, float(after))
    return max(1.0, float(reset) - now) if reset.isdigit() and reply.headers.get("x-ratelimit-remaining", "0") == "0" else 0.0


def _words(reply: Reply) -> str:
    body = reply.body
    said = body.get("message", "") if isinstance(body, dict) else body
    more = [error.get("message", "") for error in body.get("errors", ()) if isinstance(error, dict)] if isinstance(body, dict) else []
    return " ".join(f"{said} {' '.join(map(str, more))}".split()) or "without a word"


def _asked(project: Project, method: str, url: str, data: Mapping[str, object] | None) -> Reply:
    """One question to the forge's program. Raises ForgeError."""
    program = _PROGRAMS[project.forge]
    path = shutil.which(program)
    if path is None:
        raise ForgeError("no-program", f"the program `{program}` was not found; it is needed for pull requests at {project.host}")
    command = [path, "api", "--include", "--hostname", project.host, "--method", method, url]
    if data is not None:
        command += ["--header", "Content-Type: application/json", "--input", "-"]
    quiet = {"GH_PROMPT_DISABLED": "1", "NO_PROMPT": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1"}
    try:
        stdin = json.dumps(data).encode() if data is not None else b""
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=SECONDS, env={**os.environ, **quiet}, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ForgeError("forge", f"{program}: {' '.join(str(error).split())}") from None
    reply = _parsed(done.stdout.decode("utf-8", "replace"))
    if reply is None:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ForgeError("forge", f"{program}: {said[-1] if said else f'ended with status {done.returncode}'}")
    return reply


def _parsed(said: str) -> Reply | None:
    """An answer with its headers, as `--include` prints it; None where it is none."""
    head, _, body = said.replace("\r\n", "\n").partition("\n\n")
    first, *lines = head.split("\n")
    found = re.match(r"HTTP/[\d.]+ (\d{3})", first)
    if not found:
        return None
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    try:
        return Reply(int(found[1]), headers, json.loads(body) if body.strip() else None)
    except ValueError:
        return Reply(int(found[1]), headers, body.strip()[:500])
