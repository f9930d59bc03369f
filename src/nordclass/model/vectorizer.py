"""TF-IDF over several fields of terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Row = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Columns and values of one sparse row, columns in ascending order."""

Bag = Iterable[str] | Mapping[str, float]
"""Terms, with repeats, or measures by name."""


@dataclass(frozen=True)
class Field:
    """One bag of terms of a document or candidate.

    `terms[i]` has column `first + i` of the whole vector and inverse document frequency `idf[i]`. The
    field's part of a vector is scaled to the length `weight`; a `plain` field keeps its raw values times
    `weight` (for features that are measures, not terms).
    """

    name: str
    terms: tuple[str, ...]
    idf: NDArray[np.float32]
    first: int
    weight: float
    plain: bool = False


class Vectorizer:
    """Turns bags of terms into sparse rows."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = tuple(fields)
        self.width = sum(len(field.terms) for field in self.fields)

    @cached_property
    def columns(self) -> dict[str, dict[str, int]]:
        """The column of each term, by field; made when first asked for, as are the numbers below."""
        return {
            field.name: dict(
                zip(field.terms, range(field.first, field.first + len(field.terms)), strict=True)
            )
            for field in self.fields
        }

    @cached_property
    def idf(self) -> list[float]:
        """The inverse document frequency of each column."""
        numbers: list[float] = np.concatenate([field.idf for field in self.fields]).tolist()
        return numbers

    def counts(self, field: Field, bag: Bag) -> Mapping[int, float]:
        """How often each known term of a bag stands in it (or its measure), by column."""
        known = self.columns[field.name].get
        counts: Any
        if isinstance(bag, Mapping):
            counts = dict(zip(map(known, bag), bag.values(), strict=True))
        else:
            counts = Counter(map(known, bag))
        counts.pop(None, None)
        return cast(Mapping[int, float], counts)

    def part(self, field: Field, bag: Bag) -> tuple[list[int], list[float]]:
        """Columns and values that a field gives to a row, in the order of the bag."""
        counts = self.counts(field, bag)
        if not counts:
            return [], []
        columns = list(counts)
        if field.plain:
            return columns, [count * field.weight for count in counts.values()]
        idf = self.idf
        values = [
            idf[column] if count == 1 else (1.0 + log(count)) * idf[column]
            for column, count in counts.items()
        ]
        scale = field.weight / sqrt(sum([value * value for value in values]))
        return columns, [value * scale for value in values]

    def parts(self, bags: Mapping[str, Bag]) -> tuple[list[int], list[float]]:
        """Columns and values of the row of one document, field by field."""
        columns: list[int] = []
        values: list[float] = []
        for field in self.fields:
            bag = bags.get(field.name)
            if bag:
                more = self.part(field, bag)
                columns += more[0]
                values += more[1]
        return columns, values

    def transform(self, bags: Mapping[str, Bag]) -> Row:
        """The row of one document: for each field its terms, with repeats, or measures by name."""
        columns, values = self.parts(bags)
        unordered = np.array(columns, dtype=np.int32)
        order = np.argsort(unordered, kind="stable")
        return unordered[order], np.array(values, dtype=np.float32)[order]
