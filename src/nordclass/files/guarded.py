"""Parsers in a process of their own, with bounds on memory and time.

PDF, HTML, workbooks and Parquet are parsed by native libraries that take whatever memory a file makes them
take, and that may crash or never return. They run in a child process that is kept for the next file and
replaced when it fails.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from nordclass.errors import InputError
from nordclass.files.limits import WORKER_IDLE_BYTES, WORKER_JOBS, WORKER_MESSAGE_BYTES, WORKER_SECONDS

_COMMAND: Final = "from nordclass.files.worker import main; main()"
_STOPPED: Final = "crashed its parser or needs too much memory; it may be damaged, or must be split"
_TOO_SLOW: Final = f"takes longer than {WORKER_SECONDS} s to parse; it may be damaged, or must be split"


def parse(task: str, path: Path, options: dict[str, str | None]) -> Iterator[Any]:
    """Run one of the tasks that the worker knows.

    `task`: see `nordclass.files.worker`. `path`: the file. `options`: of the task.

    Yields what the task yields, as JSON values.

    Raises InputError: what the task raises; or it crashed, or went beyond its memory or time.
    """
    worker = _take()
    finished = False
    try:
        worker.send({"task": task, "path": str(path.resolve()), "options": options})
        while True:
            message = worker.receive()
            if "error" in message:
                finished = True
                raise InputError(message["error"])
            if "end" in message:
                finished = True
                return
            yield message["value"]
    finally:
        if finished and worker.jobs < WORKER_JOBS and worker.resident <= WORKER_IDLE_BYTES:
            _idle.append(worker)
        else:  # the caller stopped early, the worker failed, or it holds too much
            worker.stop()


def _take() -> _Worker:
    """An idle worker of this process, or a new one; safe to call from several threads."""
    while True:
        try:
            worker = _idle.pop()
        except IndexError:
            return _Worker()
        if worker.is_usable:
            return worker
        worker.stop()


class _Worker:
    """The child process."""

    def __init__(self) -> None:
        paths = [path or os.curdir for path in sys.path]
        # -P: a folder of documents, where the user may stand, must not provide modules.
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter with a constant
            [sys.executable, "-P", "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(paths), "ARROW_DEFAULT_MEMORY_POOL": "system"}
            | {"PYTHONIOENCODING": "utf-8"},
        )
        self._input = cast(BinaryIO, self._process.stdin)
        self._output = cast(BinaryIO, self._process.stdout)
        self._owner = os.getpid()
        self.jobs = 0

    @property
    def is_usable(self) -> bool:
        """Whether it lives and is this process's own, not inherited by a fork."""
        return self._owner == os.getpid() and self._process.poll() is None

    @property
    def resident(self) -> int:
        """Bytes of memory that it holds; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")

    def send(self, request: dict[str, object]) -> None:
        """Give it a job."""
        self.jobs += 1
        try:
            self._input.write(json.dumps(request).encode() + b"\n")
            self._input.flush()
        except OSError:
            raise InputError(_STOPPED) from None

    def receive(self) -> dict[str, Any]:
        """Its next message; killed when it takes too long."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(WORKER_SECONDS, give_up)
        timer.daemon = True
        timer.start()
        try:
            head = self._output.read(4)
            size = struct.unpack("<L", head)[0] if len(head) == 4 else 0
            body = self._output.read(size) if 0 < size <= WORKER_MESSAGE_BYTES else b""
        finally:
            timer.cancel()
        if not body or len(body) < size:
            raise InputError(_TOO_SLOW if late.is_set() else _STOPPED)
        message: dict[str, Any] = json.loads(body)
        return message

    def stop(self) -> None:
        """End it."""
        if self._owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._input, self._output):
            with contextlib.suppress(OSError):
                stream.close()


_idle: list[_Worker] = []


@atexit.register
def _stop_all() -> None:
    while _idle:
        _idle.pop().stop()
