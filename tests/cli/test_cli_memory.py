"""A run over hostile files stays within 300 MB, its child processes included."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_process import spawn
from test_files_hostile import GOES_ON, MAKERS

from nordclass.files.limits import TEXT_CHARS

LIMIT_MB = 300
HEAVY = ("bomb.hwp", "bomb.parquet", "content.pdf", "huge.html", "paragraphs.docx", "shared.xlsx")


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    except OSError:
        pass  # it has ended
    return found


def proportional_kb(pid: int) -> int:
    """Memory of a process; pages that several share are divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def labelled(data: Path, out: Path, model: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A run that has ended, and the most megabytes that it took, its children included."""
    process = spawn("label", data, "-o", out, "--model", model, "--quiet")
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(proportional_kb, family(process.pid))))
        time.sleep(0.02)
    print(f"peak of parent and children: {peak // 1024} MB")
    return process, peak // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and measured on Linux")
def test_parent_and_children_together(small_model, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in HEAVY:
        MAKERS[name](folder / name)
    process, peak = labelled(folder, tmp_path / "out.jsonl", small_model)
    for name in HEAVY:
        (folder / name).unlink()
    assert process.communicate()[1] == b""
    assert process.returncode == 3
    errors = (tmp_path / "out.jsonl.errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in errors] == sorted(set(HEAVY) - GOES_ON)
    assert 0 < peak <= LIMIT_MB


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux")
def test_the_longest_document(small_model, tmp_path, articles):
    text = "\n".join(article["text"] for article in articles)
    whole = text * (TEXT_CHARS // len(text) + 1)
    (tmp_path / "in.txt").write_text(whole[: TEXT_CHARS - 1000], encoding="utf-8")
    process, peak = labelled(tmp_path / "in.txt", tmp_path / "out.jsonl", small_model)
    assert (process.returncode, process.communicate()[1]) == (0, b"")
    assert 0 < peak <= LIMIT_MB
