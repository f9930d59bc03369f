"""Calibration: whether labels that score 0.8 are right eight times in ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any, Final

from nordclass.errors import DataError
from nordclass.metrics import FIGURE_DIGITS, all_rounded, rounded
from nordclass.model.classifier import Classifier, Kinds
from nordclass.result import KINDS
from nordclass.scoring import score_labelled
from nordclass.training.records import Labelled

BINS: Final = 10
"""Number of bins of the same width that scores from 0 to 1 are put into."""

FAINT: Final = 0.1
"""Minimum score of decisions measured apart from the fainter ones, which are many and easily right."""


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

    def to_dict(self, digits: int | None = FIGURE_DIGITS) -> dict[str, Any]:
        """Plain numbers, rounded to four digits, to others or (None) not at all."""
        return all_rounded(self, digits)


def calibration_bins(scores: Sequence[float], true: Sequence[bool]) -> list[CalibrationBin]:
    """The bins that hold a decision.

    `true[i]` says whether the label that scores `scores[i]`, between 0 and 1, is right.
    """
    inside: list[list[int]] = [[] for _ in range(BINS)]
    for i, score in enumerate(scores):
        inside[_bin(score)].append(i)
    return [
        CalibrationBin(
            number / BINS,
            (number + 1) / BINS,
            len(members),
            sum(scores[i] for i in members) / len(members),
            sum(true[i] for i in members) / len(members),
        )
        for number, members in enumerate(inside)
        if members
    ]


def _bin(score: float) -> int:
    """The number of the bin that a score falls into."""
    return min(int(score * BINS), BINS - 1)


def expected_calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """The gap between score and truth, averaged over all decisions; None where there is none.

    Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning".
    """
    decisions = sum(part.decisions for part in bins)
    gaps = sum(part.decisions * abs(part.score - part.right) for part in bins)
    return gaps / decisions if decisions else None


def calibration_error_by_chance(scores: Sequence[float]) -> float | None:
    """The expected calibration error of scores that are right exactly as often as they say; None for none.

    Where decisions are few, the share that is right differs from the scores by chance alone: an error of this
    size says nothing against a model. Scores lie between 0 and 1 and are put into bins. The gap of
    each bin is taken as normal, with the variance of independent decisions; the mean of its size is then that
    of the half-normal distribution. Labels of one document hang together, so chance does somewhat more.
    """
    variances = [0.0] * BINS
    for score in scores:
        variances[_bin(score)] += score * (1 - score)
    return sum(sqrt(2 / pi * variance) for variance in variances) / len(scores) if scores else None


def calibration_report(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> dict[str, dict[str, Any]]:
    """How far the scores of `records` (dicts as for `nordclass.train`) can be taken for probabilities.

    A decision is a country or region that the document names, or any sector where the document is in a
    language that the classifier knows, with its score. `n_jobs` is the number of processes, at most one per
    core. Returns, for each kind that is labelled and that the classifier tells, the number of `decisions`,
    their expected calibration error (`error`), what chance alone would make of it (`error_by_chance`), the
    same of the decisions with a score of at least `FAINT` (`decisions_above_faint`, `error_above_faint`,
    `error_above_faint_by_chance`), and the `bins` of all (`CalibrationBin.to_dict`); errors are None where
    nothing is decided. Raises DataError when the records are malformed or none is labelled with what the
    classifier tells, TypeError when `classifier` is not a Classifier.
    """
    return calibration_of(classifier, score_labelled(classifier, records, n_jobs=n_jobs))


def calibration_of(
    classifier: Classifier,
    scored: Sequence[tuple[Labelled, Kinds]],
    digits: int | None = FIGURE_DIGITS,
) -> dict[str, dict[str, Any]]:
    """As `calibration_report`, of documents that are scored already (`nordclass.scoring.score_labelled`)."""
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
    return {kind: _figures(found, digits) for kind, found in decisions.items()}


def _figures(decisions: Sequence[tuple[float, bool]], digits: int | None) -> dict[str, Any]:
    def figure(value: float | None) -> float | None:
        return None if value is None else rounded(value, digits)

    loud = [decision for decision in decisions if decision[0] >= FAINT]
    bins = _bins(decisions)
    return {
        "decisions": len(decisions),
        "error": figure(expected_calibration_error(bins)),
        "error_by_chance": figure(_by_chance(decisions)),
        "decisions_above_faint": len(loud),
        "error_above_faint": figure(expected_calibration_error(_bins(loud))),
        "error_above_faint_by_chance": figure(_by_chance(loud)),
        "bins": [part.to_dict(digits) for part in bins],
    }


def _bins(decisions: Sequence[tuple[float, bool]]) -> list[CalibrationBin]:
    return calibration_bins([score for score, _ in decisions], [true for _, true in decisions])


def _by_chance(decisions: Sequence[tuple[float, bool]]) -> float | None:
    return calibration_error_by_chance([score for score, _ in decisions])
