"""A linear scorer over TF-IDF rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nordclass.model.vectorizer import Bag, Field, Floats, Integers, Vectorizer, arrays


@dataclass(frozen=True)
class LinearScorer:
    """Scores bags of terms: `weights` has shape (columns, outputs), `bias` shape (outputs,)."""

    vectorizer: Vectorizer
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, bags: Mapping[str, Bag]) -> NDArray[np.float32]:
        """The log-odds of each output for one document or candidate."""
        return self.logits_of(*self.vectorizer.parts(bags))

    def logits_of(self, columns: Integers, values: Floats) -> NDArray[np.float32]:
        """Likewise for a row that the vectorizer has made (`Vectorizer.parts`)."""
        rows = self.weights.take(columns, axis=0)
        total: NDArray[np.float32] = values.astype(np.float32) @ rows + self.bias
        return total

    def shares(self, bags: Mapping[str, Bag], output: int) -> list[tuple[str, str, float]]:
        """What each term of one document or candidate adds to an output: (field, term, log-odds).

        Together with the bias they are what `logits` says.
        """
        found = []
        for field in self.vectorizer.fields:
            columns, values = self.vectorizer.part(field, bags.get(field.name, ()))
            weighed = values * self.weights[columns, output]
            terms = [field.terms[column - field.first] for column in columns.tolist()]
            found += [(field.name, term, share) for term, share in zip(terms, weighed.tolist(), strict=True)]
        return found

    def first_logits(self, documents: Sequence[Mapping[str, Bag]]) -> NDArray[np.float32]:
        """The log-odds of the first output for each of several documents or candidates, shape (documents,).

        A bag that several of them share (one and the same object) is scored once.
        """
        parts: list[tuple[Field, Mapping[int, float]]] = []
        slots: dict[tuple[str, int], int] = {}
        uses: list[tuple[int, int]] = []
        for field in self.vectorizer.fields:
            for i, document in enumerate(documents):
                bag = document.get(field.name)
                if bag:
                    slot = slots.setdefault((field.name, id(bag)), len(parts))
                    if slot == len(parts):
                        parts.append((field, self.vectorizer.counts(field, bag)))
                    uses.append((i, slot))
        scores = self._scores(parts)
        totals = [float(self.bias[0])] * len(documents)
        for i, slot in uses:
            totals[i] += scores[slot]
        return np.array(totals, dtype=np.float32)

    def _scores(self, parts: Sequence[tuple[Field, Mapping[int, float]]]) -> list[float]:
        """What each of several counted bags adds to the first output: the vectorizer's parts, all at once."""
        if not parts:
            return []
        columns, counts = arrays([bag for _, bag in parts])
        owner = np.repeat(np.arange(len(parts)), [len(bag) for _, bag in parts])
        plain = np.array([field.plain for field, _ in parts], dtype=bool)
        values = np.where(plain[owner], counts, self.vectorizer.damped(columns, counts))
        totals = np.bincount(owner, values * self._first.take(columns), len(parts))
        lengths = np.sqrt(np.bincount(owner, values * values, len(parts)))
        lengths[plain | (lengths == 0)] = 1.0
        scores: list[float] = (totals * [field.weight for field, _ in parts] / lengths).tolist()
        return scores

    @cached_property
    def _first(self) -> NDArray[np.float64]:
        """The weights of the first output, side by side."""
        return self.weights[:, 0].astype(np.float64)
