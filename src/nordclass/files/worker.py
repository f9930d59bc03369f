"""The process in which native parsers run; started by `nordclass.files.guarded`."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final

from nordclass.errors import InputError
from nordclass.files.limits import WORKER_BYTES
from nordclass.files.tables import one_line

Task = Callable[[Path, dict[str, str | None]], Iterator[object]]

# Library to import before memory is bounded (it does not count), module, function.
_TASKS: Final = {
    "html": ("trafilatura", "html.extract", "extract"),
    "pdf": ("pypdfium2", "pdf", "pages"),
    "excel": ("python_calamine", "excel", "rows"),
    "parquet": ("pyarrow.parquet", "parquet", "rows"),
}


def main() -> None:
    """Read requests from standard input, one JSON line each, and answer on standard output."""
    for number in (signal.SIGINT, signal.SIGTERM):  # that reach a whole group of processes
        signal.signal(number, signal.SIG_IGN)  # the parent decides; this process ends with its input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # libraries that print must not garble the answers
    sys.stdout = sys.stderr
    loaded: dict[str, Task] = {}
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            name = request["task"]
            if name not in loaded:
                loaded[name] = _load(name)
            for value in loaded[name](Path(request["path"]), request["options"]):
                _answer(answers, {"value": value})
            _answer(answers, {"end": True})
        except InputError as error:
            _answer(answers, {"error": str(error)})
        except MemoryError:
            return  # nothing can be relied on now; the parent reports and starts another
        except Exception as error:  # parsers raise anything on damaged files
            _answer(
                answers,
                {"error": f"damaged or not readable ({one_line(f'{type(error).__name__}: {error}')})"},
            )


def _load(name: str) -> Task:
    library, module, function = _TASKS[name]
    _bound(None)
    task: Task = getattr(import_module(f"nordclass.files.{module}"), function)
    with contextlib.suppress(Exception):  # the task, by `need`, says what is missing or broken
        import_module(library)
    _bound(WORKER_BYTES)
    return task


def _bound(resident_bytes: int | None) -> None:
    """Let this process take so much memory in all, where the system can enforce that; `None` for no bound."""
    try:
        import resource
    except ImportError:  # Windows: only time is bounded there
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard
    statm = Path("/proc/self/statm")
    if resident_bytes is not None and statm.exists():
        # Only address space can be bounded: leave what is reserved but not resident out of the count.
        reserved, resident = (int(pages) * resource.getpagesize() for pages in statm.read_text().split()[:2])
        soft = reserved + max(resident_bytes - resident, 0)
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _answer(stream: BinaryIO, message: dict[str, object]) -> None:
    body = json.dumps(message, default=str).encode()
    stream.write(struct.pack("<L", len(body)) + body)
    stream.flush()
