"""Runs that are told to stop: by Ctrl-C, or by SIGTERM as `kill`, `timeout` and service managers send it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_INTERRUPTED: Final = 130
_TERMINATED: Final = 143


class Terminated(KeyboardInterrupt):
    """SIGTERM came: all that is done on Ctrl-C is done on it."""


def exit_code(stop: KeyboardInterrupt) -> int:
    """What a shell expects of a process that ends so."""
    return _TERMINATED if isinstance(stop, Terminated) else _INTERRUPTED


def with_message(stop: KeyboardInterrupt, more: str = "") -> KeyboardInterrupt:
    """The same stop; its message, one line without a full stop, is what happened and `more`."""
    return type(stop)(("terminated" if isinstance(stop, Terminated) else "interrupted") + more)


@contextmanager
def terminations_raised() -> Iterator[None]:
    """Raise Terminated in the block when SIGTERM comes, once: what ends then is not to be disturbed."""

    def stop(signum: int, _: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_IGN)
        raise Terminated

    # Whoever runs us in a thread, or has seen to the signal, is left alone.
    is_ours = threading.current_thread() is threading.main_thread()
    is_ours = is_ours and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if is_ours:
        signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
