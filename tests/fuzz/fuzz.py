"""Fuzzes one target for some seconds, guided by coverage: `python tests/fuzz/fuzz.py TARGET --seconds 300`.

Needs atheris (`pip install -r tests/fuzz/requirements.txt`). What it finds is written to the folder that
`--found` names; mend it, and keep the file as `corpus/TARGET/bug-NAME`. New inputs that reach new code go
to the same folder, never into the kept corpus.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
LENGTHS = {"long": 200, "model": 64}
WATCHED = ["nordclass", "zipfile", "olefile", "csv", "json", "gzip", "trafilatura"]


def main() -> None:
    """Read the command line and fuzz; libFuzzer ends the process."""
    names = sorted(path.name for path in CORPUS.iterdir())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("target", choices=names)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--found", type=Path, help="folder for what is found; else a new one")
    args = parser.parse_args()
    found = args.found or Path(tempfile.mkdtemp(prefix=f"fuzz-{args.target}-"))
    (found / "inputs").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.path[:0] = [str(HERE), str(HERE.parent / "files")]

    import atheris

    with atheris.instrument_imports(include=WATCHED):
        import targets

    targets.scratch()
    options = [
        f"-max_total_time={args.seconds}",
        "-timeout=120",
        "-len_control=0",
        "-rss_limit_mb=2048",
        f"-max_len={LENGTHS.get(args.target, 16_384)}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    ]
    print(f"what is found goes to {found}", flush=True)
    atheris.Setup(
        [sys.argv[0], *options, str(found / "inputs"), str(CORPUS / args.target)],
        lambda data: targets.run(args.target, data),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
