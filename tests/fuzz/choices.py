"""Bytes read as a row of choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Takes numbers off a string of bytes; when it has ended, each is 0."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, below: int) -> int:
        """A number from 0 to `below` - 1."""
        size = (max(below - 1, 1).bit_length() + 7) // 8
        part = self._data[self._at : self._at + size]
        self._at += size
        return int.from_bytes(part, "little") % below

    def one_of(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.number(len(items))]
