"""TF-IDF over several fields of terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

Row = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Columns and values of one sparse row, columns in ascending order."""


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
        self._columns = {
            field.name: {term: field.first + i for i, term in enumerate(field.terms)} for field in self.fields
        }
        self._idf = np.concatenate([field.idf for field in self.fields]).tolist() if self.fields else []

    def transform(self, bags: Mapping[str, Iterable[str] | Mapping[str, float]]) -> Row:
        """The row of one document: for each field its terms, with repeats, or measures by name."""
        columns: list[int] = []
        values: list[float] = []
        idf = self._idf
        for field in self.fields:
            bag = bags.get(field.name)
            if not bag:
                continue
            known = self._columns[field.name]
            counts = bag if isinstance(bag, Mapping) else Counter(bag)
            part = [
                (column, count) for term, count in counts.items() if (column := known.get(term)) is not None
            ]
            if not part:
                continue
            if field.plain:
                weights = [count * field.weight for _, count in part]
            else:
                weights = [(1.0 + log(count)) * idf[column] for column, count in part]
                scale = field.weight / sqrt(sum(w * w for w in weights))
                weights = [w * scale for w in weights]
            columns += [column for column, _ in part]
            values += weights
        order = np.argsort(np.asarray(columns, dtype=np.int32), kind="stable")
        return (
            np.asarray(columns, dtype=np.int32)[order],
            np.asarray(values, dtype=np.float32)[order],
        )
