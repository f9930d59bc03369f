"""Names by which files are told apart."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from nordclass.errors import InputError
from nordclass.files.encoding import decode


def told_apart(
    paths: Sequence[Path], names: Sequence[str] | None = None, taken: Collection[str] = ()
) -> list[str]:
    """A name for each file that no other has, whatever their order.

    `paths`: the files, none twice. `names`: what each is called where nothing else is called so, the end of
    its path; its last part unless given. `taken`: names of other things.

    Returns the names; those that clash with the folders before them that tell them apart, of the path as
    given, then of the whole one. Never more than it takes: names are written down in results and in models,
    which others get.
    """
    labels = [path.name for path in paths] if names is None else list(names)
    others = set(taken)
    for parts in ([path.parts for path in paths], [path.absolute().parts for path in paths]):
        for length in range(2, max(map(len, parts), default=0) + 1):
            uses = Counter(labels)
            uses.update(others)
            if all(uses[name] == 1 for name in labels):
                return labels
            labels = [
                Path(*part[-length:]).as_posix() if uses[name] > 1 and length > _parts(name) else name
                for name, part in zip(labels, parts, strict=True)
            ]
    return labels


def readable(name: str) -> str:
    r"""A name that any file of results can hold, and people read.

    Bytes of it that are not in the system's encoding, as in archives from Korean Windows, are decoded as
    those of a text file, each part of a path by itself; what is in no known encoding is escaped (`\xb1`), so
    that different names stay different.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return "/".join(map(_readable_part, name.split("/")))
    return name


def _readable_part(part: str) -> str:
    try:
        data = os.fsencode(part)
    except UnicodeEncodeError:  # half a character, which no byte was
        return part.encode("utf-8", "backslashreplace").decode()
    try:
        return decode(data)
    except InputError:
        return data.decode("utf-8", "backslashreplace")


def _parts(name: str) -> int:
    return name.count("/") + 1
