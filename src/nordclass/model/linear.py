"""A linear scorer over TF-IDF rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from nordclass.model.vectorizer import Bag, Field, Vectorizer


@dataclass(frozen=True)
class LinearScorer:
    """Scores bags of terms: `weights` has shape (columns, outputs), `bias` shape (outputs,)."""

    vectorizer: Vectorizer
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, bags: Mapping[str, Bag]) -> NDArray[np.float32]:
        """The log-odds of each output for one document or candidate."""
        columns, values = self.vectorizer.parts(bags)
        rows = self.weights.take(np.array(columns, dtype=np.intp), axis=0)
        total: NDArray[np.float32] = np.array(values, dtype=np.float32) @ rows + self.bias
        return total

    def first_logits(self, documents: Sequence[Mapping[str, Bag]]) -> NDArray[np.float32]:
        """The log-odds of the first output for each of several documents or candidates, shape (documents,).

        A bag that several of them share (one and the same object) is scored once.
        """
        totals = [float(self.bias[0])] * len(documents)
        for field in self.vectorizer.fields:
            scored: dict[int, float] = {}
            for i, bags in enumerate(documents):
                bag = bags.get(field.name)
                if not bag:
                    continue
                score = scored.get(id(bag))
                if score is None:
                    score = scored[id(bag)] = self._first_part(field, bag)
                totals[i] += score
        return np.array(totals, dtype=np.float32)

    def _first_part(self, field: Field, bag: Bag) -> float:
        """What one bag adds to the first output: the vectorizer's part times the weights, in one go."""
        counts = self.vectorizer.counts(field, bag)
        weights = self._first
        total = 0.0
        if field.plain:
            for column, count in counts.items():
                total += count * weights[column]
            return field.weight * total
        idf = self.vectorizer.idf
        square = 0.0
        for column, count in counts.items():
            value = idf[column] if count == 1 else (1.0 + log(count)) * idf[column]
            total += value * weights[column]
            square += value * value
        return field.weight * total / sqrt(square) if square else 0.0

    @cached_property
    def _first(self) -> list[float]:
        """The weights of the first output: single numbers come faster from a list than from an array."""
        listed: list[float] = self.weights[:, 0].tolist()
        return listed
