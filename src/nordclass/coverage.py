"""Risk and coverage: how right the answers are when only the surest documents are labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nordclass.errors import DataError
from nordclass.metrics import FIGURE_DIGITS, risk_tables, sureness
from nordclass.model.classifier import Classifier, Kinds
from nordclass.model.heads import PlaceHead
from nordclass.scoring import check_classifier, score_labelled
from nordclass.training.records import Labelled


def risk_coverage(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> dict[str, list[dict[str, Any]]]:
    """Risk and coverage of the countries of `records` (dicts as for `nordclass.train`).

    `n_jobs` is the number of processes, at most one per core. Returns points
    (`nordclass.metrics.RiskPoint.to_dict`) of all documents under "all" and of those that are told a country
    under "told". Raises DataError when the records are malformed, or none is labelled with countries, or the
    classifier has no country head; TypeError when `classifier` is not a Classifier.
    """
    check_classifier(classifier)
    _check(classifier)
    return risk_of(classifier, score_labelled(classifier, records, n_jobs=n_jobs))


def risk_of(
    classifier: Classifier,
    scored: Sequence[tuple[Labelled, Kinds]],
    digits: int | None = FIGURE_DIGITS,
) -> dict[str, list[dict[str, Any]]]:
    """As `risk_coverage`, of documents that are scored already (`nordclass.scoring.score_labelled`)."""
    places = _check(classifier)
    sure, true, told = [], [], []
    for document, (countries, _, _) in scored:
        if document.countries is not None:
            probabilities = [label.score for label in countries.labels]
            sure.append(sureness(probabilities, places.threshold, countries.gate))
            true.append(document.countries)
            told.append(frozenset(label.code for label in countries.told()))
    if not true:
        raise DataError("no record has countries to compare with")
    return risk_tables(sure, true, told, digits)


def _check(classifier: Classifier) -> PlaceHead:
    if classifier.places is None:
        raise DataError("the model tells no countries")
    return classifier.places
