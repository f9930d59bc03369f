"""Label sets compared with label sets: how many are right, and how right the surest answers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from nordclass.model.heads import log_odds

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FIGURE_DIGITS: Final = 4
"""Digits of figures that are written down; those shown to people are rounded once, where they are shown."""

SHARES: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)
"""The shares of surest documents that tables show."""

SUREST: Final = 20.0
"""How sure "no country" is of a document that names none."""


def rounded(value: float, digits: int | None = FIGURE_DIGITS) -> float:
    """A figure with so many `digits`; as it is without."""
    return value if digits is None else round(value, digits)


def all_rounded(figures: DataclassInstance, digits: int | None) -> dict[str, Any]:
    """The numbers of flat figures by name, `rounded`."""
    return {name: rounded(value, digits) for name, value in asdict(figures).items()}


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Counts of one label: documents where it is told and true, told but not true, true but not told."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the told that are true; 0 when none is told."""
        return self.hits / told if (told := self.hits + self.false) else 0.0

    @property
    def recall(self) -> float:
        """Share of the true that are told; 0 when none is true."""
        return self.hits / true if (true := self.hits + self.missed) else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / total if (total := 2 * self.hits + self.false + self.missed) else 0.0

    @property
    def support(self) -> int:
        """Documents that truly have the label."""
        return self.hits + self.missed


@dataclass(frozen=True, slots=True)
class KindReport:
    """Figures of one kind of label (countries, regions or sectors) over `documents` documents.

    `micro` pools all decisions; `macro_f1` is the mean over labels that are true somewhere; `example_f1`
    the mean over documents of each one's F1 (1 when nothing is true and nothing told); `exact_match` the
    share of documents whose labels are all right; `false_alarm` the share of documents without labels that
    get one (None when there are no such documents).
    """

    documents: int
    micro: LabelFigures
    macro_f1: float
    example_f1: float
    exact_match: float
    false_alarm: float | None
    labels: Mapping[str, LabelFigures]

    def to_dict(self, digits: int | None = FIGURE_DIGITS) -> dict[str, Any]:
        """Plain numbers, rounded to four digits, to others or (None) not at all."""
        return {
            "documents": self.documents,
            **_figures(self.micro, digits),
            "macro_f1": rounded(self.macro_f1, digits),
            "example_f1": rounded(self.example_f1, digits),
            "exact_match": rounded(self.exact_match, digits),
            "false_alarm": None if self.false_alarm is None else rounded(self.false_alarm, digits),
            "labels": {label: _figures(figures, digits) for label, figures in self.labels.items()},
        }


def _figures(figures: LabelFigures, digits: int | None) -> dict[str, Any]:
    return {
        "precision": rounded(figures.precision, digits),
        "recall": rounded(figures.recall, digits),
        "f1": rounded(figures.f1, digits),
        "support": figures.support,
    }


def kind_report(true: Sequence[frozenset[str]], told: Sequence[frozenset[str]]) -> KindReport:
    """Compare the label sets of documents, in the same order."""
    hits: dict[str, list[int]] = {}
    example = exact = alarms = empty = 0.0
    for gold, answer in zip(true, told, strict=True):
        for label in gold | answer:
            counts = hits.setdefault(label, [0, 0, 0])
            counts[0 if label in gold and label in answer else 1 if label in answer else 2] += 1
        total = len(gold) + len(answer)
        example += 2 * len(gold & answer) / total if total else 1.0
        exact += gold == answer
        if not gold:
            empty += 1
            alarms += bool(answer)
    labels = {label: LabelFigures(*counts) for label, counts in sorted(hits.items())}
    real = [figures.f1 for figures in labels.values() if figures.support]
    count = max(len(true), 1)
    return KindReport(
        len(true),
        LabelFigures(*(sum(c[i] for c in hits.values()) for i in range(3))),
        sum(real) / max(len(real), 1),
        example / count,
        exact / count,
        alarms / empty if empty else None,
        labels,
    )


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

    def to_dict(self, digits: int | None = FIGURE_DIGITS) -> dict[str, Any]:
        """Plain numbers, rounded as those of `KindReport.to_dict`."""
        return all_rounded(self, digits)


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
    entry = log_odds(max(threshold, gate))
    return min(abs(log_odds(best) - entry), *(abs(log_odds(score) - edge) for score in scores))


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
    sure: Sequence[float],
    true: Sequence[frozenset[str]],
    told: Sequence[frozenset[str]],
    digits: int | None = FIGURE_DIGITS,
) -> dict[str, list[dict[str, Any]]]:
    """The points of all documents, and of those alone that are told a country (`told`), as plain numbers."""
    named = [i for i, labels in enumerate(told) if labels]
    return {
        "all": [point.to_dict(digits) for point in risk_points(sure, true, told)],
        "told": [
            point.to_dict(digits)
            for point in risk_points(
                [sure[i] for i in named], [true[i] for i in named], [told[i] for i in named]
            )
        ],
    }
