"""Many texts: in parallel, in order, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from nordclass.arguments import check_jobs
from nordclass.parallel import in_order
from nordclass.taxonomy.schemes import NORDCLASS

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier, Text
    from nordclass.result import Result

Pair = tuple[str | None, str]
"""Title, if there is one, and text."""


def classify_many(
    classifier: Classifier,
    texts: Iterable[Text],
    *,
    n_jobs: int = 1,
    progress: bool = False,
    scheme: str = NORDCLASS,
) -> Iterator[Result]:
    """Label `texts` in order, holding at most a few chunks of them at a time.

    Raises as `Classifier.classify_many`: of one text the letters would be taken for many, of a mapping the
    keys, of a data frame the names of its columns.
    """
    if isinstance(texts, (str, bytes, Mapping)):
        raise TypeError(f"texts must be several texts, as in a list, not one {type(texts).__name__}")
    shape = getattr(texts, "shape", ())
    if len(shape) > 1:
        raise TypeError(f"texts must be texts, or a column of a table, not a table of shape {shape}")
    check_jobs(n_jobs)
    classifier.check_scheme(scheme)
    return _classified(classifier, texts, n_jobs, progress, scheme)


def _classified(
    classifier: Classifier, texts: Iterable[Text], n_jobs: int, progress: bool, scheme: str
) -> Iterator[Result]:
    from tqdm import tqdm

    items = tqdm(texts, unit=" docs", disable=not progress)
    work = partial(_result, scheme=scheme)
    yield from in_order(classifier, _pairs(items), work, pair_length, n_jobs)


def _pairs(items: Iterable[Text]) -> Iterator[Pair]:
    """Texts and pairs as pairs. Raises TypeError that gives the number of an item that is neither."""
    for number, item in enumerate(items, start=1):
        pair = item if isinstance(item, tuple) else (None, item)
        if len(pair) != 2 or not (isinstance(pair[0], str | None) and isinstance(pair[1], str)):
            given = _type_name(item)
            raise TypeError(f"text {number} must be a str or a pair (title or None, text), not {given}")
        yield pair


def _type_name(item: object) -> str:
    """What an item is: its type, of a pair those of its parts."""
    if not isinstance(item, tuple):
        return type(item).__name__
    if len(item) != 2:
        return f"a tuple of {len(item)}"
    return f"a pair of {' and '.join(type(part).__name__ for part in item)}"


def _result(classifier: Classifier, pair: Pair, scheme: str) -> Result:
    title, text = pair
    return classifier.classify(text, title=title, scheme=scheme)


def pair_length(pair: Pair | None) -> int:
    """Characters of title and text."""
    return sum(len(part or "") for part in pair or ())
