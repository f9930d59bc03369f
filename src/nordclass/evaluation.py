"""How well a classifier labels documents whose labels are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nordclass.metrics import FIGURE_DIGITS, KindReport, kind_report
from nordclass.model.classifier import Classifier, Kinds
from nordclass.result import KINDS
from nordclass.scoring import score_labelled
from nordclass.training.records import Labelled


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of each kind of label; a kind that the records do not label is None."""

    countries: KindReport | None
    regions: KindReport | None
    sectors: KindReport | None

    def to_dict(self, digits: int | None = FIGURE_DIGITS) -> dict[str, Any]:
        """Plain numbers by kind (`KindReport.to_dict`), without the kinds that were not labelled."""
        reports = {kind: getattr(self, kind) for kind in KINDS}
        return {kind: report.to_dict(digits) for kind, report in reports.items() if report is not None}


def evaluate(classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1) -> Report:
    """Compare the classifier's labels with those of `records` (dicts as for `nordclass.train`).

    `n_jobs` is the number of processes, at most one per core. Raises DataError when the records are
    malformed, or none is labelled, TypeError when `classifier` is not a Classifier.
    """
    return compare(score_labelled(classifier, records, n_jobs=n_jobs))


def compare(scored: Sequence[tuple[Labelled, Kinds]]) -> Report:
    """Compare what is told of documents (`nordclass.scoring.score_labelled`) with what is true of them."""
    reports = {}
    for own, kind in enumerate(KINDS):
        pairs = [
            (gold, frozenset(label.code for label in kinds[own].told()))
            for document, kinds in scored
            if (gold := getattr(document, kind)) is not None
        ]
        reports[kind] = kind_report([g for g, _ in pairs], [t for _, t in pairs]) if pairs else None
    return Report(**reports)
