"""Which documents tell one story: a release of two ministries, the news of one day in ten papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from math import log, sqrt
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

ALIKE: Final = 0.4
"""Documents of this cosine, over their rarest terms, tell one story."""
_MOST: Final = 300
"""A term of more documents, or of more than a tenth of them, says little of a story. That the limit is fixed
keeps the work linear in the documents."""
_SHARE: Final = 10
_TERMS: Final = 32
_LEAST_STORIES: Final = 4
"""Of any fold: where nearly all documents are alike, no stories are left to hold out."""
_AT_ONCE: Final = 2000


def join_stories(groups: Sequence[Hashable], bags: Sequence[Collection[str]], folds: int) -> list[Hashable]:
    """The group of each document, where `groups` that tell one story are one.

    `bags` are the terms of the documents. The most similar documents come first, and no group grows beyond
    what leaves four of them to each of so many `folds`: one that is given larger takes in no more.
    """
    number: dict[Hashable, int] = {}
    own = [number.setdefault(group, len(number)) for group in groups]
    size = Counter(own)
    most, left = len(own) // (_LEAST_STORIES * folds), len(number)
    above = list(range(len(number)))

    def top(group: int) -> int:
        while above[group] != group:
            above[group] = above[above[group]]
            group = above[group]
        return group

    for _, one, other in sorted(_alike(bags), reverse=True):
        first, second = sorted((top(own[one]), top(own[other])))
        if first != second and left > _LEAST_STORIES * folds and size[first] + size[second] <= most:
            above[second] = first
            size[first] += size[second]
            left -= 1
    return [top(group) for group in own]


def _alike(bags: Sequence[Collection[str]]) -> Iterator[tuple[float, int, int]]:
    """Pairs of documents that tell one story, with their cosine."""
    rows = _rarest(bags)
    columns = rows.T.tocsr()
    for start in range(0, rows.shape[0], _AT_ONCE):
        cosines = (rows[start : start + _AT_ONCE] @ columns).tocoo()
        kept = (cosines.data >= ALIKE) & (cosines.col > cosines.row + start)
        found = cosines.data[kept], cosines.row[kept] + start, cosines.col[kept]
        yield from zip(*(part.tolist() for part in found), strict=True)


def _rarest(bags: Sequence[Collection[str]]) -> csr_matrix:
    """A row of length 1 for each document: its rarest terms that stand in others too, by their idf."""
    documents = [dict.fromkeys(bag) for bag in bags]
    frequency = Counter(term for document in documents for term in document)
    most = min(_MOST, len(documents) // _SHARE)
    column = {term: i for i, term in enumerate(t for t, n in frequency.items() if 1 < n <= most)}
    starts, indices, values = [0], [], []
    for document in documents:
        rarest = sorted((frequency[term], column[term]) for term in document if term in column)[:_TERMS]
        weights = [log(len(documents) / count) for count, _ in rarest]
        length = sqrt(sum(weight * weight for weight in weights)) or 1.0
        indices += [place for _, place in rarest]
        values += [weight / length for weight in weights]
        starts.append(len(indices))
    shape = len(documents), len(column)
    return csr_matrix((np.array(values, dtype=np.float32), indices, starts), shape=shape)
