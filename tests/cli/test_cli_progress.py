"""The bar of `nordclass label`: on a terminal, with the time left where it can be known, and nowhere else."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import subprocess
from pathlib import Path

import pytest
from cli_process import command_line

fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
BAR = re.compile(rb"(\d+)%\|.*?\| (\d+)/(\d+) \[\d\d:\d\d<\d\d:\d\d, +[\d.?]+ docs/s\]")
COUNTER = re.compile(rb"(\d+) docs \[\d\d:\d\d, +[\d.?]+ docs/s\]")


def on_terminal(*args: object, columns: int = 100) -> bytes:
    """What a command writes to a terminal as its stderr; 0 columns: one that does not tell its size."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24 if columns else 0, columns, 0, 0))
    process = subprocess.Popen(
        command_line(*args),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal so
        while part := os.read(leader, 65536):
            shown += part
    os.close(leader)
    assert process.wait(60) == 0, shown
    return shown


@pytest.fixture
def files(tmp_path: Path, articles) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, article in enumerate(articles):
        (folder / f"{number}.txt").write_text(f"{article['title']}\n\n{article['text']}", encoding="utf-8")
    return folder


def test_files_have_a_bar_with_the_time_left(small_model, tmp_path, files):
    count = len(list(files.iterdir()))
    shown = on_terminal("label", files, "-o", tmp_path / "out.jsonl", "--model", small_model)
    states = [tuple(map(int, found)) for found in BAR.findall(shown)]
    assert states[-1] == (100, count, count)
    assert len(states) > 2  # it moves
    assert b"documents a second" in shown


def test_the_output_among_the_files_is_not_counted(small_model, files):
    count = len(list(files.iterdir()))
    for columns in (100, 0):
        shown = on_terminal(
            "label", files, "-o", files / "out.jsonl", "--model", small_model, columns=columns
        )
        assert [int(total) for _, _, total in BAR.findall(shown)][-1] == count


def test_a_table_whose_rows_are_not_counted_has_a_rate(small_model, tmp_path, write_jsonl, articles):
    table = write_jsonl("in.jsonl", articles)
    shown = on_terminal("label", table, "-o", tmp_path / "out.jsonl", "--model", small_model)
    assert int(COUNTER.findall(shown)[-1]) == len(articles)
    assert not BAR.search(shown)


def test_none_when_quiet_or_not_on_a_terminal(small_model, tmp_path, files):
    args = ("label", files, "-o", tmp_path / "out.jsonl", "--model", small_model)
    assert on_terminal(*args, "--quiet") == b""
    done = subprocess.run(command_line(*args), capture_output=True, check=True)
    assert b"docs/s" not in done.stderr
    assert b"\r" not in done.stderr
    assert b"documents a second" in done.stderr
