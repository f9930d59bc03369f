"""Ctrl-C and SIGTERM: one line, the exit code that shells expect, and no row lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import spawn

from nordclass.cli.stopping import Terminated, exit_code, terminations_raised, with_message

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
STOPS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
ROWS = 1200


@pytest.fixture
def data(tmp_path, articles):
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"{n}", "title": a["title"], "text": a["text"]} for n, a in enumerate(articles * 6)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows[:ROWS]))
    return path


def wait(process: subprocess.Popen[bytes], until: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not until():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.002)


def processes(pid: int) -> int:
    """How many processes of a pool a process has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = [Path(f"/proc/{child}/cmdline") for child in children]
    return sum(b"LokyProcess" in command.read_bytes() for command in commands if command.exists())


def rows(partial: Path) -> int:
    return partial.read_bytes().count(b"\n") - 1 if partial.exists() else -1


@pytest.mark.skipif(sys.platform != "linux", reason="sees the processes")
@pytest.mark.parametrize(("stop", "code", "word"), STOPS)
@pytest.mark.parametrize("count", [1, 2])
def test_while_processes_start(small_model, tmp_path, data, stop, code, word, count):
    """They import libraries for a second, and have not yet said what they do about signals."""
    process = spawn("label", data, "-o", tmp_path / "out.csv", "--jobs", 2, "--model", small_model)
    wait(process, lambda: processes(process.pid) >= count)
    os.killpg(process.pid, stop)
    said = process.communicate(timeout=60)[1].decode()
    assert said == f"nordclass: {word} after 0 records; go on with --resume\n"
    assert process.returncode == code


@pytest.mark.skipif(sys.platform != "linux", reason="sees the processes")
@pytest.mark.parametrize(("stop", "code", "word"), STOPS)
def test_while_processes_of_a_training_start(tmp_path, articles, stop, code, word):
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(article) + "\n" for article in articles))
    process = spawn("train", data, "-o", tmp_path / "model")
    wait(process, lambda: processes(process.pid) >= 1)
    time.sleep(0.15)  # now they import libraries, and would print a trace
    os.killpg(process.pid, stop)
    said = process.communicate(timeout=60)[1].decode().splitlines()
    assert said[-1] == f"nordclass: {word}"
    assert all(" s  " in line for line in said[:-1])  # the steps so far, and no trace
    assert process.returncode == code
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(("stop", "code", "word"), STOPS)
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("times", [1, 2])
def test_while_rows_are_written(run, small_model, tmp_path, data, stop, code, word, jobs, times):
    out, partial = tmp_path / "out.csv", tmp_path / "out.csv.partial"
    process = spawn("label", data, "-o", out, "--jobs", jobs, "--model", small_model)
    wait(process, lambda: rows(partial) > 70)
    for _ in range(times):  # of impatience
        os.killpg(process.pid, stop)
    said = process.communicate(timeout=60)[1].decode()
    # A row may be written and not be counted yet.
    expected = [f"nordclass: {word} after {rows(partial) - n} records; go on with --resume\n" for n in (0, 1)]
    assert said in expected
    assert process.returncode == code
    assert not out.exists()
    args = ("label", data, "--model", small_model, "--quiet")
    assert run(*args, "-o", out, "--resume").exit_code == 0
    assert run(*args, "-o", tmp_path / "whole.csv").exit_code == 0
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize(("stop", "code", "word"), STOPS)
def test_where_no_rows_are_kept(small_model, tmp_path, stop, code, word):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    process = spawn("label", fifo, "-o", "-", "--model", small_model)
    with fifo.open("wb"):  # so far it has come
        os.killpg(process.pid, stop)
        assert process.communicate(timeout=60)[1].decode() == f"nordclass: {word}\n"
    assert process.returncode == code


def test_a_termination_is_raised_once():
    def terminated_twice() -> None:
        with terminations_raised():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Terminated):
        terminated_twice()
    assert signal.getsignal(signal.SIGTERM) is before


def test_who_handles_the_signal_is_left_alone():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with terminations_raised():
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_is_told():
    assert (exit_code(KeyboardInterrupt()), exit_code(Terminated())) == (130, 143)
    assert str(with_message(Terminated(), " after all")) == "terminated after all"
    assert type(with_message(KeyboardInterrupt())) is KeyboardInterrupt


@pytest.mark.parametrize("module", ["click", "nordclass.cli.stopping"])
def test_while_libraries_are_imported(module):
    code = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == sys.argv[1]:\n"
        "            sys.meta_path.remove(self)\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from nordclass.cli import main\n"
        "main(['info'])\n"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, module]
    done = subprocess.run(command, capture_output=True, check=False, env=env, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "nordclass: interrupted\n")
