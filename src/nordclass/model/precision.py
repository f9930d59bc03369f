"""The precision in which a model is stored, and a trained one brought to it.

A model must say the same before it is saved as after: labels near a threshold would change otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Array, Floats
from nordclass.model.heads import PlaceHead, SectorHead
from nordclass.model.linear import LinearScorer
from nordclass.model.sector_scorer import SectorScorer

_DIGITS: Final = 4


def halves(weights: Array) -> NDArray[np.float16]:
    """Weights of terms as they are stored."""
    return weights.astype(np.float16)


def digits(thresholds: Floats) -> list[float]:
    """Thresholds as they are stored."""
    return [round(float(threshold), _DIGITS) for threshold in thresholds]


def stored_places(head: PlaceHead) -> PlaceHead:
    """A country head as it is once it was saved."""
    return replace(head, scorer=_linear(head.scorer))


def stored_sectors(head: SectorHead) -> SectorHead:
    """A sector head as it is once it was saved."""
    return replace(
        head,
        scorers={language: _sector_scorer(scorer) for language, scorer in head.scorers.items()},
        thresholds=np.array(digits(head.thresholds), dtype=np.float32),
    )


def _sector_scorer(scorer: SectorScorer) -> SectorScorer:
    register = scorer.register
    if register:
        register = replace(register, weights=halves(register.weights).astype(np.float32))
    return replace(scorer, linear=_linear(scorer.linear), register=register)


def _linear(scorer: LinearScorer) -> LinearScorer:
    return replace(scorer, weights=halves(scorer.weights).astype(np.float32))
