"""Learns the scorer of passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nordclass.model.passages import PassageScorer, passage_bounds
from nordclass.model.reading import PASSAGE_FIELD
from nordclass.model.vectorizer import Vectorizer
from nordclass.text.columns import UNKNOWN
from nordclass.training.fitting import Floats, fit_and_hold_out, out_of_fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_C = 5.0
"""Inverse regularisation: passages are many and short."""

_FOLDS = 5
"""Passages are many: more folds than that take long and teach little more."""

_NEAR = 0.3
"""How far below the best passage of its document, in log-odds, another still speaks for a label."""


def fit_passages(
    vectorizer: Vectorizer,
    documents: Sequence[Sequence[str]],
    targets: NDArray[np.bool_],
    fold: NDArray[np.int64],
    taught: NDArray[np.bool_],
    weights: Floats,
) -> tuple[PassageScorer, Floats]:
    """Fit the scorer on the passages of the `taught` documents, in two rounds.

    First each passage has the labels of its document; then a label is taught by the passages that speak for
    it most, out of fold, and by those of documents without it, for the others of its own documents tell of
    something else. (Learning from bags of instances, after the mi-SVM of Andrews, Tsochantaridis and Hofmann
    2003, "Support vector machines for multiple-instance learning".)

    `documents` are terms in their order; `targets` has shape (documents, outputs), `fold`, `taught` and
    `weights` (documents,). Documents of fold -1, such as clauses and words of single labels, teach every
    fold, in both rounds with all their passages. All passages of a document together weigh the root of their
    number times its weight. Also returns the best log-odds of each document, shape (documents, outputs): out
    of fold for the taught ones, 0 for those of them that have no fold.
    """
    rows, owners = passage_matrix(vectorizer, documents)
    known, target = taught[owners], targets[owners]
    folds = np.where(fold < 0, fold, fold % _FOLDS)[owners]
    weight = (weights / np.sqrt(np.bincount(owners)))[owners].astype(np.float32)
    first = np.zeros(target.shape, dtype=np.float32)
    first[known] = out_of_fold(rows[known], target[known], folds[known], _C, weight[known])
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    speaks = first >= np.maximum.reduceat(first, starts, axis=0)[owners] - np.float32(_NEAR)
    spoken = weight[:, None] * (speaks | ~target)
    coef, bias, scores = fit_and_hold_out(rows, target, folds, known, _C, spoken)
    return PassageScorer.of(coef, bias), np.maximum.reduceat(scores, starts, axis=0)


def passage_matrix(
    vectorizer: Vectorizer, documents: Sequence[Sequence[str]]
) -> tuple[csr_matrix, NDArray[np.int64]]:
    """The rows of all passages of `documents`, as `PassageScorer` reads them, and the document of each."""
    from scipy.sparse import csr_matrix

    field = vectorizer.field(PASSAGE_FIELD)
    columns: list[NDArray[np.intp]] = []
    values: list[Floats] = []
    owners: list[int] = []
    for number, terms in enumerate(documents):
        found = vectorizer.sequence(field, terms)
        for start, end in passage_bounds(len(found)):
            known = found[start:end][found[start:end] != UNKNOWN]
            weight = field.idf.take(known)
            columns.append(known)
            values.append(weight / max(float(np.sqrt(weight @ weight)), 1e-9))
            owners.append(number)
    ends = np.cumsum([0, *map(len, columns)])
    rows = csr_matrix(
        (np.concatenate(values), np.concatenate(columns), ends), shape=(len(owners), len(field.terms))
    )
    rows.sum_duplicates()
    return rows, np.array(owners, dtype=np.int64)
