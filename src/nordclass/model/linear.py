"""A linear scorer over TF-IDF rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nordclass.array_types import Doubles, Floats, Integers
from nordclass.mentions.candidates import Bag
from nordclass.model.vectorizer import Field, Vectorizer, arrays


@dataclass(frozen=True)
class LinearScorer:
    """Scores bags of terms: `weights` has shape (columns, outputs), `bias` shape (outputs,)."""

    vectorizer: Vectorizer
    weights: Floats
    bias: Floats

    def logits(self, bags: Mapping[str, Bag]) -> Floats:
        """The log-odds of each output for one document or candidate."""
        return self.logits_of(*self.vectorizer.parts(bags))

    def logits_of(self, columns: Integers, values: Doubles) -> Floats:
        """Likewise for a row that the vectorizer has made (`Vectorizer.parts`)."""
        rows = self.weights.take(columns, axis=0)
        total: Floats = values.astype(np.float32) @ rows + self.bias
        return total

    def shares(self, bags: Mapping[str, Bag]) -> tuple[list[tuple[str, str]], Doubles]:
        """What each term of one document or candidate adds to each output.

        Returns the terms, each with its field, and log-odds of shape (terms, outputs), which together with
        the bias are what `logits` says.
        """
        names: list[tuple[str, str]] = []
        shares = [np.zeros((0, len(self.bias)))]
        for field in self.vectorizer.fields:
            columns, values = self.vectorizer.part(field, bags.get(field.name, ()))
            names += [(field.name, field.terms[column - field.first]) for column in columns.tolist()]
            shares.append(values[:, np.newaxis] * self.weights[columns])
        return names, np.concatenate(shares)

    def first_logits(self, documents: Sequence[Mapping[str, Bag]]) -> Floats:
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
    def _first(self) -> Doubles:
        """The weights of the first output, side by side."""
        return self.weights[:, 0].astype(np.float64)
