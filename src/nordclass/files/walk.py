"""From what a user names on the command line to files, in an order that is always the same."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from nordclass.errors import InputError

STDIN: Final = "-"


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
    """An input that names nothing."""

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


def real_path(path: Path | str) -> Path:
    """The path with links followed, by which two names of one file are equal."""
    return Path(os.path.realpath(path))


def real_paths(paths: Collection[Path]) -> frozenset[Path]:
    """The real path of each."""
    return frozenset(map(real_path, paths))


def _one(name: str) -> Iterator[Found | Missing]:
    if name == STDIN:
        yield Found("stdin", STDIN)
        return
    path = Path(name)
    if path.is_dir():
        yield from _folder(path, path)
    elif _is_readable(path):
        yield Found(path.name, path)
    elif path.exists():
        yield Missing(path.name, f"{name}: neither a file nor a folder")
    elif glob.has_magic(name):
        yield from _glob(name)
    else:
        yield Missing(path.name, f"{name}: no such file or folder")


def _folder(folder: Path, base: Path) -> Iterator[Found | Missing]:
    """Files below a folder, depth first, by name; links to folders are not followed, so no loops."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = folder.relative_to(base).as_posix()
        yield Missing(name, f"{folder.name}: folder cannot be listed ({error.strerror})")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path, base)
        elif entry.is_file():
            yield Found(path.relative_to(base).as_posix(), path)


def _glob(pattern: str) -> Iterator[Found | Missing]:
    base = _fixed_part(pattern)
    count = 0
    for match in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
        path = Path(match)
        if path.is_file():
            count += 1
            yield Found(_relative(path, base), path)
    if count == 0:
        yield Missing(pattern, f"{pattern}: no file matches")


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


def _is_readable(path: Path) -> bool:
    return path.is_file() or path.is_fifo()
