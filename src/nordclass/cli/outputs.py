"""What a run of `nordclass label` writes must not take the place of what it is to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from nordclass.files import OutputError
from nordclass.files.walk import STDIN, Found, Skipped, distinct, same_file
from nordclass.files.written import is_result


def refuse_loss(
    inputs: Sequence[str], own: Collection[Path | int], formats: Mapping[Path | int, str]
) -> None:
    """Refuse outputs that are among the inputs: what is written is never read, and would be lost.

    Args:
        inputs: files, folders, globs, `-`.
        own: all that is written: paths, or the descriptors of open files.
        formats: those of `own` that replace a file, or add to it, with the format that each gets.

    Raises:
        OutputError: an output is the only input, or is among the inputs without being of an earlier run;
            that one is passed over, so that the same command may be given again.
    """
    mine = Skipped(own)
    if all((STDIN if name == STDIN else Path(name)) in mine for name in inputs):
        raise OutputError(_only(inputs[0]))
    there = [file for file in formats if _holds_something(file)]
    if not there:
        return
    if STDIN in inputs and any(same_file(0, file) for file in there if isinstance(file, Path)):
        raise OutputError("standard input is the output too; write to another file")
    doubtful = [file for file in there if isinstance(file, int) or not is_result(file, formats[file])]
    foreign = Skipped(doubtful)
    met: Path | None = None
    is_alone = True
    for item in distinct(inputs):
        if not isinstance(item, Found):
            continue
        if item.path == STDIN or item.path not in mine:
            if not doubtful:  # folders may be large: no further than needed
                return
            is_alone = False
        elif item.path in foreign and not any(is_result(item.path, format) for format in formats.values()):
            raise OutputError(
                f"{item.path} is among the inputs and would be written over, though it is no result of"
                " nordclass; write to another file"
            )
        else:
            met = item.path
    if met is not None and is_alone:
        raise OutputError(_only(str(met)))


def _holds_something(file: Path | int) -> bool:
    """Whether a path or a descriptor is a regular file that is not empty."""
    try:
        status = os.stat(file)  # noqa: PTH116 - a descriptor too
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > 0


def _only(name: str) -> str:
    return f"{name} is the only input and the output too; write to another file"
