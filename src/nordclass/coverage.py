"""Risk and coverage: how right the answers are when only the surest documents are labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from nordclass.arguments import check_classifier
from nordclass.errors import DataError
from nordclass.evaluation import rounded
from nordclass.model.heads import log_odds

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier, Kinds
    from nordclass.model.heads import PlaceHead
    from nordclass.training.records import Labelled

SHARES: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)
"""The shares of surest documents that tables show."""

SUREST: Final = 20.0
"""How sure "no country" is of a document that names none."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The countries of the surest `share` of the documents.

    `documents` is their number, `least` the `sureness` of the least sure one; `precision` and `recall` pool
    their labels (1 where there is none), `exact_match` is the share whose labels are all right.
    """

    share: float
    documents: int
    least: float
    precision: float
    recall: float
    exact_match: float

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, rounded to four digits."""
        return rounded(self)


def sureness(scores: Sequence[float], threshold: float, gate: float = 0.0) -> float:
    """How sure the answer on one document is: how far its most doubtful decision is from turning over.

    Measured in log-odds, of the `scores` (probabilities) of all candidates: from the `threshold`, or from
    certainty where the best one does not reach the `gate`, and, for the best one, from the gate. `SUREST`
    when there are none.
    """
    if not scores:
        return SUREST
    best = max(scores)
    edge = log_odds(threshold if best >= gate else 1.0)
    door = log_odds(max(threshold, gate))
    return min(abs(log_odds(best) - door), *(abs(log_odds(score) - edge) for score in scores))


def risk_points(
    sure: Sequence[float],
    true: Sequence[frozenset[str]],
    told: Sequence[frozenset[str]],
    shares: Sequence[float] = SHARES,
) -> list[RiskPoint]:
    """A point for each of `shares`, of documents given by their sureness, true labels and told labels."""
    order = sorted(range(len(sure)), key=lambda i: -sure[i])
    points = []
    for share in shares:
        kept = order[: round(share * len(order))]
        if not kept:
            continue
        hits = sum(len(true[i] & told[i]) for i in kept)
        said = sum(len(told[i]) for i in kept)
        real = sum(len(true[i]) for i in kept)
        points.append(
            RiskPoint(
                share,
                len(kept),
                sure[kept[-1]],
                hits / said if said else 1.0,
                hits / real if real else 1.0,
                sum(true[i] == told[i] for i in kept) / len(kept),
            )
        )
    return points


def risk_tables(
    sure: Sequence[float], true: Sequence[frozenset[str]], told: Sequence[frozenset[str]]
) -> dict[str, list[dict[str, Any]]]:
    """The points of all documents, and of those alone that are told a country (`told`), as plain numbers."""
    named = [i for i, labels in enumerate(told) if labels]
    return {
        "all": [point.to_dict() for point in risk_points(sure, true, told)],
        "told": [
            point.to_dict()
            for point in risk_points(
                [sure[i] for i in named], [true[i] for i in named], [told[i] for i in named]
            )
        ],
    }


def risk_coverage(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> dict[str, list[dict[str, Any]]]:
    """Risk and coverage of the countries of `records` (dicts as for `nordclass.train`).

    `n_jobs` is the number of processes, at most one a core. Returns points (`RiskPoint.to_dict`) of all
    documents under "all" and of those that are told a country under "told". Raises DataError when the records
    are malformed, or none is labelled with countries, or the classifier has no country head; TypeError when
    `classifier` is a path, or anything else but one.
    """
    from nordclass.batch import score_labelled

    check_classifier(classifier)
    _check(classifier)
    return risk_of(classifier, score_labelled(classifier, records, n_jobs=n_jobs))


def risk_of(
    classifier: Classifier, scored: Sequence[tuple[Labelled, Kinds]]
) -> dict[str, list[dict[str, Any]]]:
    """As `risk_coverage`, of documents that the classifier has scored (`nordclass.batch.score_labelled`)."""
    places = _check(classifier)
    sure, true, told = [], [], []
    for document, (countries, _, _) in scored:
        if document.countries is not None:
            odds = [label.score for label in countries.labels]
            sure.append(sureness(odds, places.threshold, countries.gate))
            true.append(document.countries)
            told.append(frozenset(label.code for label in countries.told()))
    if not true:
        raise DataError("no record has countries to compare with")
    return risk_tables(sure, true, told)


def _check(classifier: Classifier) -> PlaceHead:
    if classifier.places is None:
        raise DataError("the model tells no countries")
    return classifier.places
