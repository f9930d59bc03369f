"""Indexes the documents that a model learns from, to be found again as neighbours of new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.model.neighbours import HEAVIEST, Neighbours, heaviest
from nordclass.training.fitting import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TERMS: Final = 32
"""How many terms of a document are kept, and asked for; with all of them neighbours are hardly better."""


def fit_neighbours(rows: csr_matrix, labels: NDArray[np.bool_], nearest: int) -> Neighbours:
    """Index documents, given as TF-IDF `rows`, each by its TERMS heaviest terms.

    `labels` has shape (documents, outputs).
    """
    kept = _heaviest(rows)
    number = np.uint16 if len(labels) <= np.iinfo(np.uint16).max else np.uint32
    return Neighbours(
        kept.indptr.astype(np.int64),
        kept.indices.astype(number),
        np.maximum(np.rint(kept.data * HEAVIEST), 1).astype(np.uint8),
        labels,
        nearest,
        TERMS,
    )


def _heaviest(rows: csr_matrix) -> csr_matrix:
    """The TERMS highest values of each row, scaled to length 1, column by column."""
    from scipy.sparse import csr_matrix

    columns, values = [], []
    for start, end in zip(rows.indptr, rows.indptr[1:], strict=False):
        kept = heaviest(rows.indices[start:end], rows.data[start:end], TERMS)
        own = rows.data[start:end][kept]
        columns.append(rows.indices[start:end][kept])
        values.append(own / max(float(np.sqrt(own @ own)), 1e-9))
    ends = np.cumsum([0, *map(len, columns)])
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=rows.shape).tocsc()


def neighbours_out_of_fold(
    neighbours: Neighbours, rows: csr_matrix, fold: NDArray[np.int64], indexed: NDArray[np.bool_]
) -> Floats:
    """What the neighbours of other folds say of each document, shape (documents, outputs + 1).

    `rows` and `fold` are those of the documents; those that are `indexed` are what the index was made of.
    """
    theirs = fold[indexed]
    found = []
    for own, start, end in zip(fold, rows.indptr, rows.indptr[1:], strict=False):
        similar = neighbours.similarities(rows.indices[start:end], rows.data[start:end])
        similar[theirs == own] = 0.0
        found.append(neighbours.answer(similar))
    return np.array(found, dtype=np.float32)
