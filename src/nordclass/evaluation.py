"""How well a classifier labels documents whose labels are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nordclass.result import KINDS

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from nordclass.model.classifier import Classifier, Kinds
    from nordclass.training.records import Labelled


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

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, rounded to four digits."""
        return {
            "documents": self.documents,
            **_figures(self.micro),
            "macro_f1": round(self.macro_f1, 4),
            "example_f1": round(self.example_f1, 4),
            "exact_match": round(self.exact_match, 4),
            "false_alarm": None if self.false_alarm is None else round(self.false_alarm, 4),
            "labels": {label: _figures(figures) for label, figures in self.labels.items()},
        }


def rounded(figures: DataclassInstance) -> dict[str, Any]:
    """The numbers of flat figures by name, rounded to four digits."""
    return {name: round(value, 4) for name, value in asdict(figures).items()}


def _figures(figures: LabelFigures) -> dict[str, Any]:
    return {
        "precision": round(figures.precision, 4),
        "recall": round(figures.recall, 4),
        "f1": round(figures.f1, 4),
        "support": figures.support,
    }


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of each kind of label; a kind that the records do not label is None."""

    countries: KindReport | None
    regions: KindReport | None
    sectors: KindReport | None

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers by kind, without the kinds that were not labelled."""
        return {kind: report.to_dict() for kind in KINDS if (report := getattr(self, kind)) is not None}


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


def evaluate(classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1) -> Report:
    """Compare the classifier's labels with those of `records` (dicts as for `nordclass.train`).

    `n_jobs` is the number of processes, at most one a core. Raises DataError when the records are malformed,
    or none is labelled, TypeError when `classifier` is a path, or anything else but one.
    """
    from nordclass.batch import score_labelled

    return compare(score_labelled(classifier, records, n_jobs=n_jobs))


def compare(scored: Sequence[tuple[Labelled, Kinds]]) -> Report:
    """Compare what is told of documents (`nordclass.batch.score_labelled`) with what is true of them."""
    reports = {}
    for own, kind in enumerate(KINDS):
        pairs = [
            (gold, frozenset(label.code for label in kinds[own].told()))
            for document, kinds in scored
            if (gold := getattr(document, kind)) is not None
        ]
        reports[kind] = kind_report([g for g, _ in pairs], [t for _, t in pairs]) if pairs else None
    return Report(**reports)
