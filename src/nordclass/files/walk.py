"""From what a user names on the command line to files, in an order that is always the same."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from nordclass.errors import InputError
from nordclass.files.tables import one_line

STDIN: Final = "-"
_NAME_CHARS: Final = 200  # of a name in a message: what is wrong with it must still fit in


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        id: its path relative to the input folder, with `/`; or its name.
        path: the file, or `-` for standard input.
    """

    id: str
    path: Path | Literal["-"]


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that names nothing, or nothing that can be looked at."""

    id: str
    error: str


def expand(inputs: Sequence[str]) -> Iterator[Path | Literal["-"]]:
    """The files that inputs name.

    Args:
        inputs: files, folders (with all below them, hidden files left out), globs (`**` reaches into folders)
            and `-` for standard input.

    Yields:
        Paths, inputs in the order given, files of a folder or a glob sorted.

    Raises:
        InputError: an input that names nothing.
    """
    for item in walk(inputs):
        if isinstance(item, Missing):
            raise InputError(item.error)
        yield item.path


def walk(inputs: Sequence[str]) -> Iterator[Found | Missing]:
    """As `expand`, with ids, and with what is missing in its place instead of an error.

    A file named by two inputs comes once. Two files of the same id (`a/x.txt b/x.txt`) keep apart: the
    second is called by its path as given.
    """
    ids: set[str] = set()
    seen: set[Path | str] = set()
    for name in inputs:
        for item in _one(name):
            if isinstance(item, Missing):
                yield item
                continue
            key = item.path if item.path == STDIN else real_path(item.path)
            if key in seen:
                continue
            seen.add(key)
            id = item.id
            if id in ids:
                id, count = Path(item.path).as_posix(), 1
                while id in ids:
                    count += 1
                    id = f"{item.id}#{count}"
            ids.add(id)
            yield Found(id, item.path)


class Skipped:
    """Files to pass over.

    Args:
        files: their paths, links followed; or the descriptor of an open one, such as standard output, which
            is told by what it is, whatever its names.
    """

    def __init__(self, files: Collection[Path | int]) -> None:
        self._paths = real_paths([file for file in files if isinstance(file, Path)])
        self._open = {_identity(file) for file in files if isinstance(file, int)} - {None}

    def __contains__(self, path: Path | Literal["-"]) -> bool:
        if self._paths and path != STDIN and real_path(path) in self._paths:
            return True
        return bool(self._open) and _identity(0 if path == STDIN else path) in self._open


def real_path(path: Path | str) -> Path:
    """The path with links followed, by which two names of one file are equal."""
    return Path(os.path.realpath(path))


def real_paths(paths: Collection[Path]) -> frozenset[Path]:
    """The real path of each."""
    return frozenset(map(real_path, paths))


def _identity(file: Path | int) -> tuple[int, int] | None:
    """Device and number of a regular file, which all its names share; `None` for anything else."""
    try:
        status = os.stat(file)  # noqa: PTH116 - a descriptor too
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _one(name: str) -> Iterator[Found | Missing]:
    if name == STDIN:
        yield Found("stdin", STDIN)
        return
    if not name:  # which pathlib takes for the current folder
        yield Missing('""', 'an input without a name (""); is a variable of the shell not set?')
        return
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # the latter for a NUL in the name
        if isinstance(error, OSError) and glob.has_magic(name):
            yield from _glob(name)
        else:
            yield _missing(path.name, name, _why(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield Found(path.name, path)
    else:
        yield _missing(path.name, name, "neither a file nor a folder")


def _missing(id: str, name: str, why: str) -> Missing:
    return Missing(id, f"{one_line(name, _NAME_CHARS)}: {why}")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        return "no such file or folder"
    return f"cannot be looked at ({error.strerror})"


def _folder(base: Path) -> Iterator[Found | Missing]:
    """Files below a folder, depth first, by name; links to folders are not followed, so no loops."""
    waiting: list[Path | os.DirEntry[str]] = [base]
    while waiting:  # not by recursion: folders may lie deeper than it goes
        entry = waiting.pop()
        path = Path(entry)
        name = path.relative_to(base).as_posix()
        try:
            if isinstance(entry, Path) or entry.is_dir(follow_symlinks=False):
                waiting += _listed(path)
            elif entry.is_file():
                yield Found(name, path)
        except OSError as error:  # no permission, or a link in a circle
            yield _missing(name, path.name, _why(error))


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder and not hidden, last name first."""
    with os.scandir(folder) as entries:
        shown = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(shown, key=lambda entry: entry.name, reverse=True)


def _glob(pattern: str) -> Iterator[Found | Missing]:
    base = _fixed_part(pattern)
    count = 0
    for match in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
        if os.path.isfile(match):  # noqa: PTH113 - Path.is_file fails on links in a circle
            path = Path(match)
            count += 1
            yield Found(_relative(path, base), path)
    if count == 0:
        yield _missing(pattern, pattern, "no file matches")


def _fixed_part(pattern: str) -> Path:
    parts = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts)


def _relative(path: Path, base: Path) -> str:
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.as_posix()
