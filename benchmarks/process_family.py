"""What a process and its descendants use. Linux only (/proc)."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(root: int) -> dict[int, list[str]]:
    """The process `root` and all its descendants, each with what /proc says of it after its name."""
    stats: dict[int, list[str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stats[int(entry.name)] = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
    children: dict[int, list[int]] = {}
    for process, stat in stats.items():
        children.setdefault(int(stat[1]), []).append(process)
    found, waiting = {}, [root]
    while waiting:
        process = waiting.pop()
        if process in stats:
            found[process] = stats[process]
        waiting += children.get(process, [])
    return found


def memory(root: int) -> float:
    """Resident megabytes of the process and its descendants, pages shared between them counted once (PSS)."""
    total = 0
    for process in family(root):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu(root: int) -> Mapping[int, float]:
    """The CPU seconds of each process of the family that lives now."""
    return {process: (int(stat[11]) + int(stat[12])) / _TICKS for process, stat in family(root).items()}


@dataclass(frozen=True)
class Used:
    """What a command wrote and used: CPU seconds of all its processes, and their most megabytes at once."""

    code: int
    cpu: float
    megabytes: float
    out: str
    err: str


def watched(command: list[str]) -> Used:
    """Run `command` and look at its family twice a second; what a process uses in its last half is lost."""
    used: dict[int, float] = {}
    most = 0.0
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        while process.poll() is None:
            used.update(cpu(process.pid))
            most = max(most, memory(process.pid))
            time.sleep(0.5)
        out.seek(0)
        err.seek(0)
        return Used(process.returncode, sum(used.values()), most, out.read(), err.read())
