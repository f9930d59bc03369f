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
from nordclass.files.names import readable, told_apart
from nordclass.files.tables import one_line

STDIN: Final = "-"
_NOWHERE: Final = "a link that leads to no file"
_NO_FILES: Final = "a folder without a file to read; hidden ones are left out"
_WINDOWS: Final = frozenset(["thumbs.db", "ehthumbs.db", "desktop.ini"])
_LOCK: Final = "~$"  # what begins the names that Office gives to open documents' locks
_NAME_CHARS: Final = 200  # of a name in a message: what is wrong with it must still fit in


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read."""

    id: str
    """Its path relative to the input folder, with `/`; or its name. Where two files would be called the same,
    both have the folders before it that tell them apart. `walk` gives it as `readable` does."""
    path: Path | Literal["-"]
    """The file, or `-` for standard input."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that names nothing, or nothing that can be looked at."""

    id: str
    error: str


def expand(inputs: Sequence[str]) -> Iterator[Path | Literal["-"]]:
    """The files that inputs name.

    `inputs`: files, folders (with all below them, hidden files and what Windows keeps beside files left out),
    globs (`**` reaches into folders) and `-` for standard input.

    Yields paths, inputs in the order given, files of a folder or a glob sorted.

    Raises InputError: an input that names nothing.
    """
    for item in distinct(inputs):
        if isinstance(item, Missing):
            raise InputError(item.error)
        yield item.path


def walk(inputs: Sequence[str], skip: Collection[Path | int] = ()) -> Iterator[Found | Missing]:
    """As `expand`, with ids, and with what is missing in its place instead of an error.

    A file named by two inputs comes once. Two files of the same id keep apart, whichever comes first:
    `a/x.txt b/x.txt` are called so, and not both `x.txt`. Files to `skip` (see `Skipped`) do not come.
    """
    # One input alone has no two files of the same id, and is not walked through twice.
    names = _clashing(inputs, skip) if len(inputs) > 1 else {}
    ids: set[str] = set()
    for item in distinct(inputs, skip):
        if isinstance(item, Found):
            own = readable(names.get(real_path(item.path), item.id) if names else item.id)
            id, count = own, 1
            while id in ids:  # a file that came while we looked, or is called like standard input
                count += 1
                id = f"{own}#{count}"
            ids.add(id)
            item = Found(id, item.path)
        yield item


def distinct(inputs: Sequence[str], skip: Collection[Path | int] = ()) -> Iterator[Found | Missing]:
    """As `walk`, with the ids that each input gives its files: two may share one."""
    skipped = Skipped(skip)
    seen: set[str] = set()
    for name in inputs:
        is_empty = True
        for item in _one(name):
            if isinstance(item, Found) and item.path in skipped:
                continue
            is_empty = False
            if isinstance(item, Found):
                key = item.path if item.path == STDIN else real_path(item.path)
                if key in seen:
                    continue
                seen.add(key)
            yield item
        if is_empty and name != STDIN and Path(name).is_dir():
            yield _missing(Path(name).name or name, name, _NO_FILES)


def _clashing(inputs: Sequence[str], skip: Collection[Path | int]) -> dict[str, str]:
    """Ids for the files that would share one, by their real paths."""
    first: dict[str, Path] = {}
    clashing: dict[str, list[Path]] = {}
    for item in distinct(inputs, skip):
        if not isinstance(item, Found) or item.path == STDIN:
            continue
        if item.id in first:
            clashing.setdefault(item.id, [first[item.id]]).append(item.path)
        else:
            first[item.id] = item.path
    paths = [path for found in clashing.values() for path in found]
    ids = [id for id, found in clashing.items() for _ in found]
    names = told_apart(paths, ids, first.keys() - clashing.keys())
    return {real_path(path): id for path, id in zip(paths, names, strict=True)}


class Skipped:
    """Files to pass over.

    `files`: their paths, links followed; or the descriptor of an open one, such as standard output, which is
    recognised by what it is, whatever its names.
    """

    def __init__(self, files: Collection[Path | int]) -> None:
        self._paths = real_paths([file for file in files if isinstance(file, Path)])
        self._open = {_identity(file) for file in files if isinstance(file, int)} - {None}

    def __contains__(self, path: Path | Literal["-"]) -> bool:
        if self._paths and path != STDIN and real_path(path) in self._paths:
            return True
        return bool(self._open) and _identity(0 if path == STDIN else path) in self._open


def real_path(path: Path | str) -> str:
    """The path with links followed, by which two names of one file are equal."""
    return os.path.realpath(path)


def real_paths(paths: Collection[Path]) -> frozenset[str]:
    """The real path of each."""
    return frozenset(map(real_path, paths))


def same_file(one: Path | int, other: Path | int) -> bool:
    """Whether two paths, or descriptors of open files, are one regular file."""
    return (identity := _identity(one)) is not None and identity == _identity(other)


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
    return Missing(readable(id), f"{one_line(readable(name), _NAME_CHARS)}: {why}")


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
            elif entry.is_symlink():
                yield from _lost(path, name)
        except OSError as error:  # no permission, or a link in a circle
            yield _missing(name, path.name, _why(error))


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder and not hidden, last name first."""
    with os.scandir(folder) as entries:
        shown = [entry for entry in entries if not _is_hidden(entry.name)]
    return sorted(shown, key=lambda entry: entry.name, reverse=True)


def _is_hidden(name: str) -> bool:
    """Whether a file or folder is nobody's document: by its dot, or as Windows and Office leave it behind."""
    return name.startswith((".", _LOCK)) or name.lower() in _WINDOWS


def _glob(pattern: str) -> Iterator[Found | Missing]:
    base = _fixed_part(pattern)
    count = 0
    for match in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute patterns
        path = Path(match)
        if _is_hidden(path.name) and not path.name.startswith("."):  # of these the pattern decides
            continue
        id = _relative(path, base)
        is_file = os.path.isfile(match)  # noqa: PTH113 - Path.is_file fails on links in a circle
        for item in [Found(id, path)] if is_file else _lost(path, id):
            count += 1
            yield item
    if count == 0:
        yield _missing(pattern, pattern, "no file matches")


def _lost(path: Path, id: str) -> Iterator[Missing]:
    """What to say of a link that leads to no file; nothing of folders and what else is left out."""
    try:
        path.stat()
    except FileNotFoundError:
        yield _missing(id, str(path), _NOWHERE)
    except OSError as error:
        yield _missing(id, str(path), _why(error))


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
