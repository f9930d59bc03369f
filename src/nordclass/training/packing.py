"""Bags of terms packed small: a corpus keeps all words of all documents, and those around every name."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import overload

from nordclass.mentions.candidates import Bag, Candidate


class PackedTerms(Sequence[str]):
    """A sequence of terms that holds their numbers, four bytes each, instead of strings."""

    __slots__ = ("_numbers", "_terms")

    def __init__(self, numbers: array[int], terms: Sequence[str]) -> None:
        self._numbers = numbers
        self._terms = terms

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self._terms.__getitem__, self._numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> PackedTerms: ...

    def __getitem__(self, at: int | slice) -> str | PackedTerms:
        if isinstance(at, slice):
            return PackedTerms(self._numbers[at], self._terms)
        return self._terms[self._numbers[at]]


class Packer:
    """Packs the bags of a whole corpus, each term numbered once for all of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []

    def terms(self, bag: Iterable[str]) -> PackedTerms:
        """The same terms, packed."""
        return PackedTerms(array("I", map(self._number, bag)), self._terms)

    def candidates(self, found: Sequence[Candidate]) -> list[Candidate]:
        """The candidates of one document, packed; a bag that several of them share stays shared."""
        packed: dict[int, PackedTerms] = {}

        def shared(bag: Bag) -> PackedTerms:
            if id(bag) not in packed:
                packed[id(bag)] = self.terms(bag)
            return packed[id(bag)]

        return [
            replace(
                candidate,
                numbers=array("f", candidate.numbers),
                bags={name: shared(bag) for name, bag in candidate.bags.items()},
                beside=(self.terms(left), self.terms(right), self.terms(lists)),
                lengths=(array("I", near), array("I", window)),
            )
            for candidate in found
            for left, right, lists in [candidate.beside]
            for near, window in [candidate.lengths]
        ]

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._terms)
            self._terms.append(term)
        return number
