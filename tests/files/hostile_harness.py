"""Reads each file named on the command line and tells what came, in what time and memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from nordclass.files import Record, guarded, read


def peak(path: str) -> int:
    for line in Path(path).read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


for name in sys.argv[1:]:
    start = time.perf_counter()
    count = 0
    errors: list[str] = []
    for item in read([name]):
        count += isinstance(item, Record)
        if not isinstance(item, Record) and len(errors) < 5:
            errors.append(item.error)
    print(
        json.dumps(
            {
                "name": Path(name).name,
                "records": count,
                "errors": errors,
                "seconds": time.perf_counter() - start,
            }
        )
    )
guarded._stop_all()
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps({"parent": peak("/proc/self/status"), "children": children}))
