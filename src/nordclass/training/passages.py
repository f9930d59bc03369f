"""Learns the scorer of passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.model.passages import PassageScorer, passage_bounds
from nordclass.model.sector_scorer import PASSAGE_FIELD
from nordclass.model.vectorizer import Vectorizer
from nordclass.text.columns import UNKNOWN
from nordclass.training.bags import best_of_bags, fit_instances
from nordclass.training.fitting import Floats, Targets

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_C = 5.0
"""Inverse regularisation: passages are many and short."""

_NEAR: Final = 0.3
"""How far below the best passage of its document, in log-odds, another still speaks for a label."""


def fit_passages(
    vectorizer: Vectorizer,
    documents: Sequence[Sequence[str]],
    targets: Targets,
    taught: NDArray[np.bool_],
) -> tuple[PassageScorer, Floats]:
    """Fit the scorer on the passages of the `taught` documents, which are bags of them (`fit_instances`).

    `documents` are terms in their order; `taught` has shape (documents,). Documents of fold -1, such as
    clauses and words of single labels, teach every fold. Also returns the best log-odds
    of each document, shape (documents, outputs): out of fold for the taught ones, 0 for those of them that
    have no fold.
    """
    rows, owners = passage_matrix(vectorizer, documents)
    coef, bias, scores = fit_instances(rows, owners, targets, taught, _C, _NEAR)
    return PassageScorer.of(coef, bias), best_of_bags(scores, owners)


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
