"""A linear scorer over TF-IDF rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nordclass.model.vectorizer import Vectorizer


@dataclass(frozen=True)
class LinearScorer:
    """Scores bags of terms: `weights` has shape (columns, outputs), `bias` shape (outputs,)."""

    vectorizer: Vectorizer
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, bags: Mapping[str, Iterable[str] | Mapping[str, float]]) -> NDArray[np.float32]:
        """The log-odds of each output for one document or candidate."""
        columns, values = self.vectorizer.transform(bags)
        total: NDArray[np.float32] = values @ self.weights[columns] + self.bias
        return total
