"""Many documents: in parallel, in order, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier, Text
    from nordclass.result import Result

_CHUNK = 64


def classify_many(
    classifier: Classifier, texts: Iterable[Text], *, n_jobs: int = 1, progress: bool = False
) -> Iterator[Result]:
    """Label `texts` in order, holding at most a few chunks of them at a time."""
    from tqdm import tqdm

    items = tqdm(texts, unit=" docs", disable=not progress)
    if n_jobs == 1:
        for item in items:
            yield _one(classifier, item)
        return
    from joblib import Parallel, delayed

    # Each process gets the classifier once: joblib pickles the bound argument by reference to its batch,
    # so chunks keep that cost small beside the work.
    run = Parallel(n_jobs=n_jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
    for results in run(delayed(_chunk)(classifier, chunk) for chunk in _chunks(items)):
        yield from results


def _chunks(items: Iterable[Text]) -> Iterator[list[Text]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _chunk(classifier: Classifier, chunk: Sequence[Text]) -> list[Result]:
    return [_one(classifier, item) for item in chunk]


def _one(classifier: Classifier, item: Text) -> Result:
    if isinstance(item, tuple):
        title, text = item
        return classifier.classify(text, title=title)
    return classifier.classify(item)
