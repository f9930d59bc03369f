"""Work shared by processes: in order, in bounded memory."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from nordclass.errors import NordclassError
from nordclass.signals import signals_held_back, start_trackers

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

_CHUNK: Final = 64
_CHUNK_CHARS: Final = 1_000_000
_AHEAD: Final = 2
"""Chunks that wait for each process."""
_IDLE_SECONDS: Final = 300
_PARENT_SECONDS: Final = 0.5
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

C = TypeVar("C")
R = TypeVar("R")
T = TypeVar("T")


class ProcessDied(NordclassError):
    """A process that shared the work is no more, as when the system is short of memory."""


def in_order(
    shared: C,
    items: Iterable[T],
    work: Callable[[C, T], R],
    length: Callable[[T], int],
    n_jobs: int,
) -> Iterator[R]:
    """`work(shared, item)` for each item, in order, by `n_jobs` processes, at most one per core.

    Items are read in the caller's thread, and only as far ahead as keeps the processes busy; `length` gives
    the characters of one. Where reading them fails, those before it are answered first. Raises ProcessDied
    when a process is lost.
    """
    workers = processes_for(n_jobs)
    if workers == 1:
        for item in items:
            yield work(shared, item)
        return
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.backend import get_context
    from joblib.externals.loky.process_executor import BrokenProcessPool

    start_trackers()
    with signals_held_back():
        enough = get_context().Event()
        # Each process gets what is shared once, when it starts: a model is far larger than a chunk.
        pool = ProcessPoolExecutor(
            workers,
            timeout=_IDLE_SECONDS,
            initializer=_receive,
            initargs=(shared, enough, os.getpid()),
            env=_ONE_THREAD,
        )
    running: deque[Any] = deque()
    failures: list[Exception] = []
    try:
        for chunk in _chunks(_until_failure(items, failures), length):
            with signals_held_back():
                running.append(pool.submit(_run, work, chunk))
            if len(running) > _AHEAD * workers:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()
        if failures:
            raise failures[0]
    except BrokenProcessPool:
        raise ProcessDied("a process of the run died, perhaps for want of memory; try fewer jobs") from None
    finally:
        # Not kill_workers: loky's manager then trips over work that it still had to hand out.
        enough.set()
        for future in running:
            future.cancel()
        with signals_held_back():
            pool.shutdown(wait=True)


def processes_for(n_jobs: int) -> int:
    """How many processes share the work: `n_jobs`, but at most one per core.

    One in a process that may have no children, as those of `multiprocessing.Pool`.
    """
    from multiprocessing import current_process

    if n_jobs == 1 or current_process().daemon:
        return 1
    from joblib import effective_n_jobs

    return int(min(effective_n_jobs(n_jobs), effective_n_jobs(-1)))


def _until_failure(items: Iterable[T], failures: list[Exception]) -> Iterator[T]:
    """The items up to where reading them fails; `failures` then holds the error."""
    try:
        yield from items
    except Exception as error:
        failures.append(error)


def _chunks(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in lists that are neither long nor large."""
    chunk: list[T] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += length(item)
        if len(chunk) == _CHUNK or characters >= _CHUNK_CHARS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


_received: list[tuple[Any, Event]] = []
"""In a process of a pool, what is shared, and what is set when no more results are wanted."""


def _receive(shared: object, enough: Event, parent: int) -> None:
    """Begin as a process of a pool."""
    _received[:] = [(shared, enough)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not held back
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    """End this process when its parent was killed, and could not do so itself."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(1)


def _run(work: Callable[[Any, T], R], chunk: Sequence[T]) -> list[R]:
    ((shared, enough),) = _received
    results = []
    for item in chunk:
        if enough.is_set():
            break
        results.append(work(shared, item))
    return results
