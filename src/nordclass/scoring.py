"""Scores labelled documents, for whatever is measured of a classifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nordclass.arguments import check_jobs, check_kind
from nordclass.errors import DataError
from nordclass.model.classifier import Classifier, Kinds
from nordclass.model.many import pair_length
from nordclass.parallel import in_order
from nordclass.result import KINDS
from nordclass.training.records import Labelled, labelled


def check_classifier(value: object) -> None:
    """Raise TypeError when the argument `classifier` is none."""
    check_kind("classifier", value, Classifier, "nordclass.load(path)")


def score_labelled(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> list[tuple[Labelled, Kinds]]:
    """The documents of `records` (dicts as for `nordclass.train`), each with the scores of its labels.

    Raises DataError when the records are malformed or none is labelled, TypeError when `classifier` is none,
    and as `check_jobs`.
    """
    check_classifier(classifier)
    check_jobs(n_jobs)
    documents = labelled(records)
    if not any(getattr(document, kind) is not None for document in documents for kind in KINDS):
        raise DataError("no record has labels (countries, regions or sectors) to compare with")
    texts = [(document.title, document.text) for document in documents]
    return list(zip(documents, in_order(classifier, texts, _assessed, pair_length, n_jobs), strict=True))


def _assessed(classifier: Classifier, pair: tuple[str, str]) -> Kinds:
    title, text = pair
    return classifier.assess(text, title=title).kinds
