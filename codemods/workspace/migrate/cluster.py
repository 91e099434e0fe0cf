"""Jobs on the workers of a Dask cluster (`pyfix-codemods[cluster]`).

Dask was taken for this: pure Python, no broker, a scheduler that files, TLS, SSH, Kubernetes and Slurm can start. A task carries its whole
result, the new objects as a git bundle, so that nothing that lies on a worker is ever needed again: a worker that dies costs a repetition,
and a task that ran twice made the same commits twice. On the worker each job is a child process as everywhere, so that a job that brings
its process down does not bring down the worker.
"""

from __future__ import annotations

import importlib
import os
import re
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from codemods.model.migration import Result, State
from codemods.workspace.migrate.clone import place_of, remove
from codemods.workspace.migrate.engine import EngineError
from codemods.workspace.migrate.job import Answer, Job
from codemods.workspace.migrate.nursery import Nursery
from codemods.workspace.migrate.process import Child, nursery

CONNECT_SECONDS = 30.0
# Jobs that are with the scheduler for each thread of a worker: one at work, one that waits.
AHEAD = 2
ABSENT = "the engine `dask` needs `pip install pyfix-codemods[cluster]`"


class Cluster:
    """A running cluster. `close` must be called.

    Args:
        address: of the scheduler, `tcp://…` or `tls://…`; for the latter, Dask's own configuration says where the certificates are.
        scheduler_file: what the scheduler wrote with `--scheduler-file`, in place of an address.
        slots: jobs that are with the scheduler at a time; 0 lets the workers that are there decide.

    Raises EngineError.
    """

    def __init__(self, address: str | None, scheduler_file: str | None, slots: int = 0) -> None:
        try:
            self._distributed: Any = importlib.import_module("distributed")  # which has types in part, where it is there
        except ImportError:
            raise EngineError(ABSENT) from None
        if scheduler_file is not None and not os.path.isfile(scheduler_file):
            raise EngineError(f"{scheduler_file}: there is no such scheduler file")
        if address is not None and not re.fullmatch(r"([a-z]+://)?([^\s:/]+|\[[^\s\]]+\]):\d{1,5}", address):
            raise EngineError(f"{address} is no address of a scheduler, such as tcp://host:8786")
        if (address or "").startswith("tls:") and self._distributed.Security().get_connection_args("client").get("ssl_context") is None:
            raise EngineError(f"{address} needs certificates, which Dask's configuration is to name (distributed.comm.tls)")
        place = {"scheduler_file": scheduler_file} if scheduler_file is not None else {"address": address}
        try:
            self._client = self._distributed.Client(**place, timeout=CONNECT_SECONDS, set_as_default=False, name="pyfix")
            self._slots = slots or AHEAD * max(1, sum(self._client.nthreads().values()))
        except Exception as error:  # noqa: BLE001 - of many kinds, and all of them mean that there is no cluster
            raise EngineError(f"no cluster at {scheduler_file or address}: {_words(error)}") from None
        self._guard = threading.Lock()
        self._count = 0

    @property
    def slots(self) -> int:
        return self._slots

    def run(self, job: Job, reached: Callable[[State], None]) -> Answer:
        """A worker's answer, however many workers it takes. Raises EngineError where the cluster is gone."""
        with self._guard:
            self._count += 1
            name = f"pyfix-{job.key[:16]}-{self._count}"
        try:
            future = self._client.submit(perform, msgspec.json.encode(replace(job, bundle=True)), key=name, pure=False)
            return msgspec.json.decode(future.result(), type=Answer)
        except self._distributed.KilledWorker as error:
            return Answer(Result("failed", "worker", _words(error)))
        except Exception as error:  # noqa: BLE001 - of many kinds: what a child does is an answer, so this is the cluster's doing
            if self._client.status in ("closing", "closed"):
                return Answer(Result("failed", "stopped", "was stopped"))
            raise EngineError(f"the cluster is gone: {_words(error)}") from None

    def close(self) -> None:
        """Leave the cluster, which drops the jobs that nobody else waits for."""
        self._client.close()


def perform(data: bytes) -> bytes:
    """A task: a job to its answer, both as JSON. What it needs and leaves on the worker is gone when it ends."""
    job = msgspec.json.decode(data, type=Job)
    with tempfile.TemporaryDirectory(prefix="pyfix-", dir=_local(), ignore_cleanup_errors=True) as folder:
        answer = Child(replace(job, folder=folder), _nursery()).run(lambda state: None)
        remove(place_of(Path(folder), job.target.source))
    return msgspec.json.encode(answer)


@cache
def _nursery() -> Nursery | None:
    """One for all jobs of a worker; it ends with the worker."""
    return nursery()


def _local() -> str | None:
    """The worker's own folder, which it removes with itself."""
    distributed: Any = importlib.import_module("distributed")
    try:
        return str(distributed.get_worker().local_directory)
    except ValueError:  # no worker: a test
        return None


def _words(error: Exception) -> str:
    return " ".join(f"{error}".split()) or type(error).__name__
