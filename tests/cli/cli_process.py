"""Running commands in a process of their own."""

from __future__ import annotations

import signal
import subprocess
import sys


def command_line(*args: object) -> list[str]:
    """The command for a process of its own."""
    return [sys.executable, "-c", "from nordclass.cli import main; main()", *map(str, args)]


def spawn(*args: object) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own; it hears interrupts even behind a shell that ignores them.

    It leads a group of processes, as on a terminal, which all get the signals that are sent to the group.
    """
    return subprocess.Popen(
        command_line(*args),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=None if sys.platform == "win32" else _hear_interrupts,
    )


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job of a shell ignores it, and so would we
