"""Learns the scorer of single mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.mentions.candidates import Candidate
from nordclass.model.mentions import MentionScorer, best_and_mean, mention_columns, mention_terms
from nordclass.model.vectorizer import Vectorizer
from nordclass.text.columns import UNKNOWN
from nordclass.training.bags import fit_instances
from nordclass.training.fitting import Floats, Targets

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_C = 8.0
"""Inverse regularisation: mentions are many and short."""

_NEAR: Final = 1.0
"""How far below the best mention of its candidate, in log-odds, another still speaks for it."""

_AT_ONCE: Final = 1000
"""Candidates that are made rows of at a time."""


def fit_mentions(
    vectorizer: Vectorizer, candidates: Sequence[Candidate], targets: Targets
) -> tuple[MentionScorer, Floats]:
    """Fit the scorer on all mentions of the `candidates`, which are bags of them (`fit_instances`).

    An article names its partner in other sentences than those that tell of it, too. `targets` have one
    output. Also returns what `MentionScorer.scores` says of each candidate, out of fold.
    """
    counts = [len(candidate.lengths[0]) for candidate in candidates]
    rows = mention_matrix(vectorizer, candidates)
    owners = np.repeat(np.arange(len(counts)), counts)
    every = np.ones(len(counts), dtype=bool)
    coef, bias, scores = fit_instances(rows, owners, targets, every, _C, _NEAR)
    return MentionScorer.of(vectorizer, coef[:, 0], float(bias[0])), best_and_mean(scores[:, 0], counts)


def mention_matrix(vectorizer: Vectorizer, candidates: Sequence[Candidate]) -> csr_matrix:
    """The rows of all mentions of `candidates`, as `MentionScorer` reads them."""
    from scipy.sparse import coo_matrix

    parts = []
    mentions = 0
    for start in range(0, len(candidates), _AT_ONCE):
        some = candidates[start : start + _AT_ONCE]
        for owners, columns, values in _cells(vectorizer, some):
            parts.append(((owners + mentions).astype(np.int32), columns.astype(np.int32), values))
        mentions += sum(len(candidate.lengths[0]) for candidate in some)
    owners, columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
    return coo_matrix((values, (owners, columns)), (mentions, mention_columns(vectorizer))).tocsr()


def _cells(
    vectorizer: Vectorizer, candidates: Sequence[Candidate]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], Floats]]:
    """For each field the known terms of all mentions: the mention of each, its column, its value.

    The mentions of all `candidates` are numbered one after the other.
    """
    first = 0
    for field, lengths, terms in mention_terms(vectorizer, candidates):
        columns = vectorizer.sequence(field, terms)
        known = columns != UNKNOWN
        owners = np.repeat(np.arange(len(lengths)), lengths)[known]
        columns = columns[known]
        weight = field.idf.take(columns)
        sizes = np.sqrt(np.bincount(owners, weight * weight, len(lengths)))
        values = (weight * (field.weight / sizes.take(owners))).astype(np.float32)
        yield owners, columns + first, values
        first += len(field.terms)
