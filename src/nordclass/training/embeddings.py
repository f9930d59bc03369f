"""Learns what terms mean from documents without labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from nordclass.text.embedding import Embedding, as_bytes

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_REACH: Final = 5
_SMOOTHING: Final = 0.75
_BATCH: Final = 20_000_000


def learn_embedding(
    documents: Sequence[Sequence[str]], *, size: int, min_count: int = 8, dimensions: int = 64, seed: int = 0
) -> Embedding | None:
    """Learn vectors for the `size` most frequent terms of `documents` (the terms of each, in order).

    Terms that occur within five of each other are counted, nearer ones more (1 over the distance); the
    positive pointwise mutual information of the counts, with contexts smoothed by the power 0.75, is brought
    down to `dimensions` by singular values, whose root scales them (Levy, Goldberg and Dagan 2015,
    "Improving distributional similarity with lessons learned from word embeddings"), and rounded to bytes.
    Returns None when too few terms occur `min_count` times, or none beside another.
    """
    counts = Counter(term for document in documents for term in document)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
    terms = [term for term, count in ranked if count >= min_count]
    if len(terms) <= 2 * dimensions:
        return None
    index = {term: i for i, term in enumerate(terms)}
    beside = _beside(documents, index)
    if not beside.nnz:
        return None
    within: Counter[str] = Counter(term for document in documents for term in set(document) if term in index)
    rarity = np.array([log((len(documents) + 1) / (within[t] + 1)) + 1 for t in terms], dtype=np.float32)
    vectors = _reduced(_information(beside), dimensions, seed)
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return Embedding(tuple(terms), as_bytes(vectors / np.maximum(lengths, 1e-6) * rarity[:, None]))


def _beside(documents: Sequence[Sequence[str]], index: dict[str, int]) -> csr_matrix:
    """How often terms stand near each other, shape (terms, terms)."""
    from scipy.sparse import coo_matrix, csr_matrix

    total = csr_matrix((len(index), len(index)), dtype=np.float32)
    left, right, weights = [], [], []
    waiting = 0
    for number, document in enumerate(documents):
        row = np.array([index[term] for term in document if term in index], dtype=np.int32)
        for distance in range(1, min(_REACH, len(row) - 1) + 1):
            left.append(row[:-distance])
            right.append(row[distance:])
            weights.append(np.full(len(row) - distance, 1 / distance, dtype=np.float32))
            waiting += len(row) - distance
        if left and (waiting > _BATCH or number == len(documents) - 1):
            pairs = (np.concatenate(left), np.concatenate(right))
            total = total + coo_matrix((np.concatenate(weights), pairs), shape=total.shape).tocsr()
            left, right, weights = [], [], []
            waiting = 0
    return (total + total.T).tocsr()


def _information(counts: csr_matrix) -> csr_matrix:
    """The positive pointwise mutual information of counts."""
    from scipy.sparse import csr_matrix

    found = counts.tocoo()
    row = np.asarray(counts.sum(axis=1)).ravel()
    context = row**_SMOOTHING / (row**_SMOOTHING).sum()
    information = np.log(found.data / np.maximum(row[found.row] * context[found.col], 1e-9))
    kept = information > 0
    return csr_matrix(
        (information[kept].astype(np.float32), (found.row[kept], found.col[kept])), shape=counts.shape
    )


def _reduced(
    matrix: csr_matrix, dimensions: int, seed: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    from sklearn.utils.extmath import randomized_svd
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # sums in one order: the same vectors on every run
        left, sizes, _ = randomized_svd(matrix, dimensions, n_iter=3, random_state=seed)
    reduced: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = left * np.sqrt(sizes)
    return reduced
