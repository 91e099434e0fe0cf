"""A forge on this machine: the part of GitHub's and GitLab's HTTP interface that is used, and the program that talks to it."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

# What `gh api --include` does, with the log-in left out.
PROGRAM = """#!{python}
import argparse, http.client, os, sys
parser = argparse.ArgumentParser()
parser.add_argument("api")
parser.add_argument("url")
parser.add_argument("--include", action="store_true")
for name in ("hostname", "method", "header", "input"):
    parser.add_argument("--" + name)
given = parser.parse_args()
assert given.api == "api" and given.include and given.hostname
body = sys.stdin.buffer.read() if given.input == "-" else None
connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["FORGE_PORT"]))
connection.request(given.method, "/" + given.url, body)
answer = connection.getresponse()
print(f"HTTP/1.1 {{answer.status}} {{answer.reason}}")
for name, value in answer.getheaders():
    print(f"{{name}}: {{value}}")
print()
print(answer.read().decode())
if answer.status >= 400:
    print(f"gh: HTTP {{answer.status}}", file=sys.stderr)
    sys.exit(1)
"""


class Fake:
    """What the forge knows and was asked.

    Attributes:
        requests: the pull requests, as the interface shows them, the oldest first.
        refusals: answers to give to the next attempts to open one: (status, headers, message).
        lost: how many creations succeed without an answer that says so.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.refusals: list[tuple[int, dict[str, str], str]] = []
        self.lost = 0
        self.asked: list[str] = []

    def answer(self, method: str, url: str, data: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        self.asked.append(f"{method} {urlsplit(url).path}")
        gitlab = url.startswith("/projects/")
        if method == "GET":
            query = parse_qs(urlsplit(url).query)
            wanted = query["source_branch"][0] if gitlab else query["head"][0].partition(":")[2]
            return 200, {}, [one for one in reversed(self.requests) if one["branch"] == wanted]
        if self.refusals:
            status, headers, message = self.refusals.pop(0)
            return status, headers, {"message": message}
        branch = data["source_branch" if gitlab else "head"]
        if any(one["branch"] == branch and one["state"] in ("open", "opened") for one in self.requests):
            return 422, {}, {"message": "Validation Failed", "errors": [{"message": f"A pull request already exists for {branch}."}]}
        url = f"https://forge.example/{len(self.requests) + 1}"
        made = {"branch": branch, "html_url": url, "web_url": url, "state": "opened" if gitlab else "open", "said": data}
        self.requests.append(made)
        if self.lost:
            self.lost -= 1
            return 502, {}, {"message": "Bad Gateway"}
        return 201, {}, made


@contextmanager
def forge(folder: Path, *programs: str) -> Iterator[tuple[Fake, dict[str, str]]]:
    """The fake, and the environment in which `programs` talk to it and others are not there."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(size)) if size else {}
            status, headers, body = fake.answer(self.command, self.path, data)
            said = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(said))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            return

    folder.mkdir(parents=True, exist_ok=True)
    for program in programs:
        (folder / program).write_text(PROGRAM.format(python=sys.executable))
        (folder / program).chmod(stat.S_IRWXU)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield fake, {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "FORGE_PORT": str(server.server_port)}
        finally:
            server.shutdown()
            thread.join()
