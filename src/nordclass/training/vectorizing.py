"""Fits vectorizers and makes matrices of their rows."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from nordclass.model.vectorizer import Field, Vectorizer

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Bags = Mapping[str, Sequence[str] | Mapping[str, float]]


def fit_vectorizer(
    documents: Sequence[Bags], weights: Mapping[str, float], *, min_df: int, plain: Iterable[str] = ()
) -> Vectorizer:
    """Learn the vocabulary of each field of `weights` (terms in at least `min_df` documents).

    The inverse document frequency is ln((1 + n) / (1 + df)) + 1, the smoothed form of Salton and Buckley
    (1988) that scikit-learn uses; fields in `plain` keep raw values.
    """
    fields = []
    first = 0
    for name, weight in weights.items():
        frequency: Counter[str] = Counter()
        for bags in documents:
            frequency.update(set(bags.get(name, ())))
        terms = tuple(sorted(term for term, df in frequency.items() if df >= min_df))
        df = np.array([frequency[term] for term in terms], dtype=np.float64)
        idf = (np.log((1 + len(documents)) / (1 + df)) + 1).astype(np.float32)
        fields.append(Field(name, terms, idf, first, weight, name in plain))
        first += len(terms)
    return Vectorizer(fields)


def matrix(vectorizer: Vectorizer, documents: Iterable[Bags]) -> csr_matrix:
    """The rows of `documents` as a sparse matrix of float32."""
    from scipy.sparse import csr_matrix

    columns, values, ends = array("i"), array("f"), [0]  # grow in place: no second copy of a large matrix
    for bags in documents:
        column, value = vectorizer.transform(bags)
        columns.frombytes(column.tobytes())
        values.frombytes(value.tobytes())
        ends.append(len(columns))
    return csr_matrix(
        (np.frombuffer(values, np.float32), np.frombuffer(columns, np.int32), np.array(ends)),
        shape=(len(ends) - 1, vectorizer.width),
    )
