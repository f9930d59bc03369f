"""Calibration: whether labels that score 0.8 are right eight times in ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING, Any, Final

from nordclass.errors import DataError
from nordclass.evaluation import rounded
from nordclass.result import KINDS

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier, Kinds
    from nordclass.training.records import Labelled

BINS: Final = 10
"""Scores from 0 to 1 are put into so many bins of the same width."""

FAINT: Final = 0.1
"""Most scores are fainter than this and right to be: a figure without them flatters less."""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The decisions whose score lies from `low` up to `high` (the last bin holds 1, too).

    `decisions` is their number, `score` the mean of their scores, `right` the share that is true.
    """

    low: float
    high: float
    decisions: int
    score: float
    right: float

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, rounded to four digits."""
        return rounded(self)


def calibration_bins(scores: Sequence[float], true: Sequence[bool], bins: int = BINS) -> list[CalibrationBin]:
    """The bins that hold a decision.

    `true[i]` says whether the label that scores `scores[i]`, between 0 and 1, is right.
    """
    inside: list[list[int]] = [[] for _ in range(bins)]
    for i, score in enumerate(scores):
        inside[min(int(score * bins), bins - 1)].append(i)
    return [
        CalibrationBin(
            number / bins,
            (number + 1) / bins,
            len(members),
            sum(scores[i] for i in members) / len(members),
            sum(true[i] for i in members) / len(members),
        )
        for number, members in enumerate(inside)
        if members
    ]


def expected_calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """The gap between score and truth, averaged over all decisions; None where there is none.

    Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning".
    """
    decisions = sum(part.decisions for part in bins)
    gaps = sum(part.decisions * abs(part.score - part.right) for part in bins)
    return gaps / decisions if decisions else None


def calibration_error_by_chance(scores: Sequence[float], bins: int = BINS) -> float | None:
    """The expected calibration error of scores that are right exactly as often as they say; None for none.

    Few decisions are never right in just the share that is expected: an error of this size says nothing
    against a model. The gap of each bin is taken as normal, with the variance of independent decisions; the
    mean of its size is then that of the half-normal distribution. Labels of one document hang together, so
    chance does somewhat more than this.
    """
    variances = [0.0] * bins
    for score in scores:
        variances[min(int(score * bins), bins - 1)] += score * (1 - score)
    return sum(sqrt(2 / pi * variance) for variance in variances) / len(scores) if scores else None


def calibration_report(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> dict[str, dict[str, Any]]:
    """How far the scores of `records` (dicts as for `nordclass.train`) can be taken for probabilities.

    A decision is a country or region that the document names, or any sector where the document is in a
    language that the classifier knows, with its score. `n_jobs` is the number of processes. Returns, for each
    kind that is labelled and that the classifier tells, the expected calibration error of all decisions
    (`error`), what chance alone would make of it (`error_by_chance`), that of the decisions with a score of
    at least `FAINT` (`error_above_faint`), all None where nothing is decided, and the `bins`
    (`CalibrationBin.to_dict`). Raises DataError when the records are malformed or none is labelled with what
    the classifier tells.
    """
    from nordclass.batch import score_labelled

    return calibration_of(classifier, score_labelled(classifier, records, n_jobs=n_jobs))


def calibration_of(
    classifier: Classifier, scored: Sequence[tuple[Labelled, Kinds]]
) -> dict[str, dict[str, Any]]:
    """As `calibration_report`, of documents that are scored already (`nordclass.batch.score_labelled`)."""
    heads = (classifier.places, classifier.places, classifier.sectors)
    decisions: dict[str, list[tuple[float, bool]]] = {}
    for own, kind in enumerate(KINDS):
        if heads[own] is None:
            continue
        for document, kinds in scored:
            gold = getattr(document, kind)
            if gold is not None:
                found = decisions.setdefault(kind, [])
                found += [(label.score, label.code in gold) for label in kinds[own].labels]
    if not decisions:
        raise DataError("no record is labelled with what the model tells")
    return {kind: _figures(found) for kind, found in decisions.items()}


def _figures(decisions: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    loud = [decision for decision in decisions if decision[0] >= FAINT]
    bins, above = (
        calibration_bins([score for score, _ in some], [true for _, true in some])
        for some in (decisions, loud)
    )
    return {
        "decisions": len(decisions),
        "error": _rounded(expected_calibration_error(bins)),
        "error_by_chance": _rounded(calibration_error_by_chance([score for score, _ in decisions])),
        "decisions_above_faint": len(loud),
        "error_above_faint": _rounded(expected_calibration_error(above)),
        "bins": [part.to_dict() for part in bins],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
