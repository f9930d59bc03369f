"""Keeps Ctrl-C and SIGTERM from processes while they are started or ended."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

STOPS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def signals_held_back(stops: Sequence[signal.Signals] = STOPS) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM, or other `stops`, wait until the block ends.

    A pool that is stopped while it is built, or ends, would keep its process waiting for ever. And processes
    that are started in the block never hear the signals: while they import libraries they could only die of
    them with a trace. Their parent hears them, and ends its pool.
    """
    came: list[int] = []
    handlers: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():  # where the handlers run
        handlers = {n: signal.signal(n, lambda number, _: came.append(number)) for n in stops}
    # For processes: they inherit what is blocked, not who handles it. Windows has no such thing.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, stops) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def start_trackers() -> None:
    """Begin the helpers of process pools that watch over what processes share, if they do not run yet.

    Whoever begins one lets signals through from then on, so that this comes before `signals_held_back`.
    """
    from multiprocessing import resource_tracker as standard

    from joblib.externals.loky.backend import resource_tracker as loky

    if os.name == "posix":  # Windows has nothing for it to watch
        standard.ensure_running()
    loky.ensure_running()
