"""What a process and its descendants use. Linux only (/proc)."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")

_LOOK = 0.5
_LOOKS_A_MEMORY = 4
"""Memory is looked at so much more rarely than CPU: the kernel walks through all pages for it."""

_GONE = (FileNotFoundError, ProcessLookupError)
"""What reading of a process that has ended raises."""


def family(root: int) -> dict[int, list[bytes]]:
    """The process `root` and all its descendants, each with what /proc/PID/stat says after its name."""
    stats: dict[int, list[bytes]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stats[int(entry.name)] = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            except _GONE:
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
    """Resident megabytes of the process and its descendants.

    Pages that several processes share are counted once, those shared with processes outside the family in
    part (PSS).
    """
    total = 0
    for process in family(root):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except _GONE:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu(root: int) -> Mapping[tuple[int, int], float]:
    """The CPU seconds of each process of the family that lives now, by its number and when it began."""
    return {
        (process, int(stat[19])): (int(stat[11]) + int(stat[12])) / _TICKS
        for process, stat in family(root).items()
    }


@dataclass(frozen=True)
class Used:
    """What a command wrote and used: CPU seconds of all its processes, the most megabytes seen at once."""

    code: int
    cpu: float
    megabytes: float
    out: str
    err: str


def watched(command: list[str]) -> Used:
    """Run `command` and look at its family twice a second, at its memory every two seconds.

    What each process uses after the last look at it is lost, so that the CPU seconds are a little too few.
    The kernel counts children that were waited for alone, and loky does not wait for all of its own.
    """
    used: dict[tuple[int, int], float] = {}
    most = 0.0
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        try:
            for look in count():
                if process.poll() is not None:
                    break
                used.update(cpu(process.pid))
                if look % _LOOKS_A_MEMORY == 0:
                    most = max(most, memory(process.pid))
                time.sleep(_LOOK)
        except BaseException:
            process.kill()
            raise
        out.seek(0)
        err.seek(0)
        return Used(process.returncode, sum(used.values()), most, out.read(), err.read())
