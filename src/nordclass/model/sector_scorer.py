"""What the words of a document say of its sectors before a combiner weighs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from nordclass.array_types import Doubles, Floats, Integers
from nordclass.mentions.candidates import Bag
from nordclass.model.linear import LinearScorer
from nordclass.model.neighbours import Neighbours
from nordclass.model.passages import PassageScorer


def _nothing() -> Floats:
    return np.zeros(0, dtype=np.float32)


PASSAGE_FIELD: Final = "text"
"""The field whose terms stand in their order, so that passages can be read in it."""


@dataclass(frozen=True)
class Reading:
    """What is read of a document; each part is empty where nothing is there to read it with.

    `scores` has the log-odds of each label and, last, of "tells of any cooperation at all"; `passages` those
    of each label in the passage that speaks for it most; `near` what `Neighbours.answer` says: a share of
    each label and a similarity; `release` the log-odds that it is a release of a ministry, 0 where nothing
    says so.
    """

    scores: Floats = field(default_factory=_nothing)
    passages: Floats = field(default_factory=_nothing)
    near: Floats = field(default_factory=_nothing)
    release: float = 0.0


UNREAD: Final = Reading()
"""Of a document in a language that nothing was learned in."""


@dataclass(frozen=True)
class Register:
    """Tells releases of ministries from other documents by their words.

    `weights` has shape (columns,), the columns of the vectorizer.
    """

    weights: Floats
    bias: float

    def logit(self, columns: Integers, values: Doubles) -> float:
        """The log-odds that a row of the vectorizer is a release."""
        return float(values @ self.weights.take(columns)) + self.bias


@dataclass(frozen=True)
class SectorScorer:
    """Reads documents of one language.

    `linear` scores the whole document; `passages`, whose columns are those of PASSAGE_FIELD, and
    `neighbours`, whose columns are those of the vectorizer, models up to format 3 do not have; `register`
    those up to format 7 and those that learned from releases alone, or from none.
    """

    linear: LinearScorer
    passages: PassageScorer | None = None
    neighbours: Neighbours | None = None
    register: Register | None = None

    def read(self, terms: Mapping[str, Bag], running: Sequence[str]) -> Reading:
        """Read the bags `terms` of a document, `running` being the terms of PASSAGE_FIELD in their order."""
        vectorizer = self.linear.vectorizer
        columns, values = vectorizer.parts(terms)
        passages, near = _nothing(), _nothing()
        if self.passages is not None:
            text = vectorizer.field(PASSAGE_FIELD)
            passages = self.passages.best(vectorizer.sequence(text, running), text.idf)
        if self.neighbours is not None:
            near = self.neighbours.answer(self.neighbours.similarities(columns, values))
        release = 0.0 if self.register is None else self.register.logit(columns, values)
        return Reading(self.linear.logits_of(columns, values), passages, near, release)
