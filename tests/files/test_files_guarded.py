"""Parsers in a process of their own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import file_builders as make
import pytest

from nordclass.errors import InputError
from nordclass.files import Record, guarded, read


@pytest.fixture
def book(tmp_path: Path) -> str:
    rows = [["text"], *([f"row {number} " + "x" * 20_000] for number in range(300))]
    return str(make.workbook(tmp_path / "a.xlsx", {"s": rows}))


def test_a_worker_serves_the_next_file(book: str) -> None:
    list(read([book]))
    workers = list(guarded._idle)
    assert workers
    list(read([book]))
    assert guarded._idle == workers


def test_stopping_early_leaves_nothing_behind(book: str) -> None:
    rows = read([book])
    assert isinstance(next(rows), Record)
    rows.close()  # type: ignore[attr-defined]
    assert [item.id for item in read([book])][-1] == "a.xlsx:300"


def test_files_read_side_by_side_do_not_mix(book: str, tmp_path: Path) -> None:
    other = str(make.workbook(tmp_path / "b.xlsx", {"s": [["text"], ["y1"], ["y2"]]}))
    pairs = list(zip(read([book]), read([other]), strict=False))
    assert [right.text for _, right in pairs if isinstance(right, Record)] == ["y1", "y2"]
    assert all(left.id.startswith("a.xlsx") for left, _ in pairs)


def test_a_worker_that_died_is_replaced(book: str) -> None:
    list(read([book]))
    assert guarded._idle
    for worker in guarded._idle:
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait()
    assert sum(isinstance(item, Record) for item in read([book])) == 300


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_parser_that_never_returns_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")  # nobody writes to it
    monkeypatch.setattr(guarded, "WORKER_SECONDS", 1)
    start = time.perf_counter()
    with pytest.raises(InputError, match="takes longer"):
        list(guarded.parse("html", tmp_path / "pipe", {}))
    assert time.perf_counter() - start < 10
