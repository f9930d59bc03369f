"""TF-IDF over several fields of terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import sqrt
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Doubles, Floats, Integers
from nordclass.mentions.candidates import Bag
from nordclass.text.columns import UNKNOWN, Columns
from nordclass.text.packed import lookup

Row = tuple[NDArray[np.int32], Floats]
"""Columns and values of one sparse row, columns in ascending order."""

_NO_COLUMNS: Final[Integers] = np.zeros(0, dtype=np.intp)
_NO_VALUES: Final[Doubles] = np.zeros(0, dtype=np.float64)


@dataclass(frozen=True)
class Field:
    """One bag of terms of a document or candidate.

    `terms[i]` has column `first + i` of the whole vector and inverse document frequency `idf[i]`. The
    field's part of a vector is scaled to the length `weight`; a `plain` field keeps its raw values times
    `weight` (for features that are measures, not terms).
    """

    name: str
    terms: Sequence[str]
    idf: Floats
    first: int
    weight: float
    plain: bool = False


def arrays(bags: Sequence[Mapping[int, float]]) -> tuple[Integers, Doubles]:
    """The columns of several bags one after the other, and how often each stands there."""
    size = sum(map(len, bags))
    return (
        np.fromiter(chain.from_iterable(bags), np.intp, size),
        np.fromiter(chain.from_iterable([bag.values() for bag in bags]), np.float64, size),
    )


class Vectorizer:
    """Turns bags of terms into sparse rows."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = tuple(fields)
        self.width = sum(len(field.terms) for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @cached_property
    def _columns(self) -> dict[str, Columns]:
        """The column of each term, by field; made when first asked for, as are the numbers below."""
        return {field.name: Columns(lookup(field.terms), field.first) for field in self.fields}

    @cached_property
    def idf(self) -> Doubles:
        """The inverse document frequency of each column."""
        return np.concatenate([field.idf for field in self.fields]).astype(np.float64)

    def counts(self, field: Field, bag: Bag) -> Mapping[int, float]:
        """How often each known term of a bag stands in it (or its measure), by column."""
        known = self._columns[field.name].__getitem__
        counts: Any
        if isinstance(bag, Mapping):
            counts = dict(zip(map(known, bag), bag.values(), strict=True))
        else:
            counts = Counter(map(known, bag))
        counts.pop(UNKNOWN, None)
        return cast(Mapping[int, float], counts)

    def sequence(self, field: Field, terms: Sequence[str]) -> Integers:
        """The column of each of `terms` in their order, counted from the field's first; or UNKNOWN."""
        columns = self.whole(field, terms)
        return np.where(columns == UNKNOWN, UNKNOWN, columns - field.first)

    def whole(self, field: Field, terms: Sequence[str]) -> Integers:
        """The column in the whole vector of each of `terms` in their order; or UNKNOWN."""
        return np.fromiter(map(self._columns[field.name].__getitem__, terms), np.intp, len(terms))

    def part(self, field: Field, bag: Bag) -> tuple[Integers, Doubles]:
        """Columns and values that a field gives to a row, in the order of the bag."""
        columns, counts = arrays([self.counts(field, bag)])
        if field.plain or not len(columns):
            return columns, counts * field.weight
        values = self.damped(columns, counts)
        return columns, values * (field.weight / sqrt(values @ values))

    def damped(self, columns: Integers, counts: Doubles) -> Doubles:
        """What terms weigh that stand so often in a bag (at least once), before it is scaled."""
        return (1.0 + np.log(np.maximum(counts, 1.0))) * self.idf.take(columns)

    def parts(self, bags: Mapping[str, Bag]) -> tuple[Integers, Doubles]:
        """Columns and values of the row of one document, field by field."""
        found = [self.part(field, bag) for field in self.fields if (bag := bags.get(field.name))]
        if not found:
            return _NO_COLUMNS, _NO_VALUES
        return np.concatenate([columns for columns, _ in found]), np.concatenate([v for _, v in found])

    def transform(self, bags: Mapping[str, Bag]) -> Row:
        """The row of one document: for each field its terms, with repeats, or measures by name."""
        columns, values = self.parts(bags)
        order = np.argsort(columns, kind="stable")
        return columns[order].astype(np.int32), values[order].astype(np.float32)
