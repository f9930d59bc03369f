from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from nordclass.signals import signals_held_back


@pytest.fixture
def interruptible():
    """Ctrl-C raises KeyboardInterrupt, whatever was done with it before."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_signals_wait_until_a_pool_is_built_or_ended():
    heard = []
    before = signal.getsignal(signal.SIGINT)

    def told() -> None:
        with signals_held_back():
            signal.raise_signal(signal.SIGINT)
            # One that another thread takes, as those of progress bars do, where nothing is blocked.
            other = threading.Thread(target=signal.raise_signal, args=(signal.SIGINT,))
            other.start()
            other.join()
            heard.append("nothing yet")

    with pytest.raises(KeyboardInterrupt):
        told()
    assert heard == ["nothing yet"]
    assert signal.getsignal(signal.SIGINT) is before
    thread = threading.Thread(target=lambda: _held_back_in_a_thread(heard))
    thread.start()
    thread.join()
    assert heard == ["nothing yet", "ended"]


def _held_back_in_a_thread(heard):
    with signals_held_back():  # where no handler may be set
        pass
    heard.append("ended")


_BLOCKED = """
import signal
from joblib import delayed
from nordclass.training.fitting import in_processes

if __name__ == "__main__":
    masks = in_processes([delayed(signal.pthread_sigmask)(signal.SIG_BLOCK, []) for _ in range(4)], 2)
    print(all(signal.SIGINT in mask and signal.SIGTERM not in mask for mask in masks))
    print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_processes_of_a_training_do_not_hear_ctrl_c(tmp_path):
    """In a process of its own, whose helpers have not begun yet."""
    script = tmp_path / "script.py"
    script.write_text(_BLOCKED)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split("\n")[:2] == ["True", "set()"]
