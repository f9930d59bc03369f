"""Strings as they stand in a model file, of which nothing is built until much is asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, overload

from nordclass.text.columns import UNKNOWN, Lookup

_SEARCH: Final = 16
"""Strings that can be put into a dict in the time of one search."""


class PackedStrings(Sequence[str]):
    """Strings joined by line breaks, in UTF-8, each decoded when it is asked for.

    Raises ValueError when the bytes are not UTF-8.
    """

    def __init__(self, content: bytes) -> None:
        content.decode()
        self.content = content
        self._count = content.count(b"\n") + 1 if content else 0

    @cached_property
    def _ends(self) -> memoryview:
        """Where each string ends."""
        import numpy as np

        return np.flatnonzero(np.frombuffer(self.content + b"\n", dtype=np.uint8) == ord("\n")).data

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[PackedStrings], tuple[bytes]]:
        return type(self), (self.content,)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._count))]
        return self.bytes_at(range(self._count)[at]).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.content.decode().split("\n") if self._count else ())

    def bytes_at(self, at: int) -> bytes:
        """The bytes of one string, by its number from 0 on, which is not checked."""
        return self.content[self._ends[at - 1] + 1 if at else 0 : self._ends[at]]


class SortedStrings(PackedStrings):
    """Packed strings in ascending order, each of which is there once: where one stands is searched for.

    Searching takes a few microseconds; once many searches were made, a dict takes over.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._searches = 0

    def get(self, wanted: str, default: int = UNKNOWN) -> int:
        """Where a string stands, `default` when it is not there."""
        if self._searches * _SEARCH >= self._count:
            return self._places.get(wanted, default)
        self._searches += 1
        key = wanted.encode(errors="surrogatepass")
        at = bisect_left(range(self._count), key, key=self.bytes_at)
        return at if at < self._count and self.bytes_at(at) == key else default

    def __contains__(self, wanted: object) -> bool:
        return isinstance(wanted, str) and self.get(wanted) != UNKNOWN

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self, range(self._count), strict=True))


def lookup(strings: Sequence[str]) -> Lookup:
    """Where each of `strings` stands."""
    if isinstance(strings, SortedStrings):
        return strings
    return dict(zip(strings, range(len(strings)), strict=True))


class PackedTable:
    """A table of strings by string: `keys`, in ascending order, and their `values`, both packed.

    Raises ValueError when the bytes are no such table.
    """

    def __init__(self, keys: bytes, values: bytes) -> None:
        if keys.count(b"\n") != values.count(b"\n"):
            raise ValueError("a table has more keys than values, or fewer")
        self.keys = SortedStrings(keys)
        self.values = PackedStrings(values)

    def __len__(self) -> int:
        return len(self.keys)

    def __reduce__(self) -> tuple[type[PackedTable], tuple[bytes, bytes]]:
        return PackedTable, (self.keys.content, self.values.content)

    def get(self, key: str) -> str | None:
        """The value of `key`, None when there is none."""
        at = self.keys.get(key)
        return None if at == UNKNOWN else self.values.bytes_at(at).decode()

    @property
    def entries(self) -> dict[str, str]:
        """The whole table as a dict."""
        return {key: self.values.bytes_at(at).decode() for at, key in enumerate(self.keys)}
