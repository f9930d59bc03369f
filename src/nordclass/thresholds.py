"""Thresholds for a precision that a user asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from nordclass.metrics import kind_report, rounded
from nordclass.model.classifier import Classifier, Kinds, Scored
from nordclass.model.precision import digits
from nordclass.result import KINDS
from nordclass.scoring import score_labelled
from nordclass.training.records import Labelled

FEWEST: Final = 10
"""Minimum labels told above a threshold for it to be taken; fewer prove nothing."""

_LOWEST: Final = 0.2
_STEP: Final = 0.001

_OPEN: Final[dict[str, Any]] = {"gate": 0.0, "gates": {}}
"""The gates of a head that has none."""

Decisions = list[tuple[float, bool]]
"""The score of each label of some documents, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of one threshold: that of a kind (`label` empty) or of one sector.

    `before` and `after` are the thresholds; `true` counts the labels in the data, `told` those told with
    `after`, `precision` and `recall` measure it (None where nothing is told, or true). Where the target
    cannot be reached `reached` is false, and the threshold was left as it was.
    """

    kind: str
    label: str
    before: float
    after: float
    true: int
    told: int
    precision: float | None
    recall: float | None
    reached: bool


@dataclass(frozen=True, slots=True)
class KnownLabels:
    """Where thresholds of one kind are looked for: the documents whose labels of that kind are known.

    `documents` pairs what is true of each with what is scored.
    """

    kind: str
    documents: Sequence[tuple[frozenset[str], Scored]]

    @classmethod
    def of(cls, kind: str, scored: Sequence[tuple[Labelled, Kinds]]) -> KnownLabels:
        """What scored documents (`nordclass.scoring.score_labelled`) hold of a kind."""
        own = KINDS.index(kind)
        return cls(kind, [(gold, s[own]) for d, s in scored if (gold := getattr(d, kind)) is not None])

    def cuts(self, before: Mapping[str, float], target: float) -> tuple[list[Cut], bool]:
        """The new thresholds for those of `before` by label, and whether the gate is left beside them."""
        gated, right = self._cuts_behind(before, True, target)
        if all(scored.passes for _, scored in self.documents):
            return gated, True
        free, right_free = self._cuts_behind(before, False, target)
        new = any(cut.reached for cut in free)
        better = right_free > right or not _reaches(gated, right, target)
        return (free, False) if new and better and _reaches(free, right_free, target) else (gated, True)

    def report(self, cuts: Sequence[Cut], gated: bool) -> dict[str, Any]:
        """The figures of the kind (`KindReport.to_dict`) with new thresholds, and the gate if it is left."""
        after = {cut.label: cut.after for cut in cuts}
        told = [
            frozenset(
                label.code
                for label in scored.labels
                if label.score >= after["" if "" in after else label.code] and (scored.passes or not gated)
            )
            for _, scored in self.documents
        ]
        return kind_report([gold for gold, _ in self.documents], told).to_dict()

    def _cuts_behind(self, before: Mapping[str, float], gated: bool, target: float) -> tuple[list[Cut], int]:
        """The new thresholds, with the gate or without, and how many labels are told rightly."""
        found = [self._cut(label, old, gated, target) for label, old in before.items()]
        return [cut for cut, _ in found], sum(right for _, right in found)

    def _cut(self, label: str, before: float, gated: bool, target: float) -> tuple[Cut, int]:
        """The lowest threshold of one label, or of a kind whose labels share one, that reaches the target.

        If it is `gated` only documents that reach their gate are told any. Without such a threshold the old
        one is measured. Also returns how many labels are told rightly.
        """
        decisions: Decisions = []
        true = 0
        for gold, scored in self.documents:
            true += len(gold) if not label else label in gold
            if scored.passes or not gated:
                decisions += [(x.score, x.code in gold) for x in scored.labels if label in ("", x.code)]
        after = lowest_threshold(decisions, target)
        cut = before if after is None else after
        right = [is_true for score, is_true in decisions if score >= cut]
        measured = Cut(
            self.kind,
            label,
            before,
            cut,
            true,
            len(right),
            rounded(sum(right) / len(right)) if right else None,
            rounded(sum(right) / true) if true else None,
            after is not None,
        )
        return measured, sum(right)


def _reaches(cuts: Sequence[Cut], right: int, target: float) -> bool:
    """Whether the kind as a whole reaches the target, `right` of its labels being told rightly."""
    return right >= target * sum(cut.told for cut in cuts)


def rethreshold(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], target_precision: float
) -> tuple[Classifier, list[Cut]]:
    """A classifier whose labels reach `target_precision` on `records`, and what became of each threshold.

    All countries share a threshold and so do all regions; each sector has its own. The new one is the lowest
    (not below 0.2) from which on the labels told are right often enough, so that recall is highest. Where no
    threshold does that with at least ten labels told, the old one stays. `records` are dicts as for
    `nordclass.train`, and must not be those that the classifier was trained on; kinds that they do not
    label keep their thresholds. The gates of the countries or sectors (`nordclass.model.classifier.Scored`)
    stay, unless there are new thresholds with which the kind as a whole reaches the target without them, and
    with them does not or tells fewer labels rightly. The description's figures become those measured here.

    Raises DataError when the records are malformed or none is labelled, ValueError when the target is not
    above 0 and at most 1, TypeError when `classifier` is not a Classifier.
    """
    if not 0 < target_precision <= 1:
        raise ValueError(f"target_precision must be above 0 and at most 1, not {target_precision}")
    scored = score_labelled(classifier, records)
    of_countries, of_regions, of_sectors = (KnownLabels.of(kind, scored) for kind in KINDS)
    places, sectors = classifier.places, classifier.sectors
    cuts: list[Cut] = []
    metrics: dict[str, Any] = {}
    if places and of_countries.documents:
        own, gated = of_countries.cuts({"": places.threshold}, target_precision)
        cuts += own
        metrics["countries"] = of_countries.report(own, gated)
        places = replace(places, threshold=own[0].after, **({} if gated else _OPEN))
    if places and of_regions.documents:
        own, gated = of_regions.cuts({"": places.region_threshold}, target_precision)
        cuts += own
        metrics["regions"] = of_regions.report(own, gated)
        places = replace(places, region_threshold=own[0].after)
    if sectors and of_sectors.documents:
        before = dict(zip(sectors.labels, digits(sectors.thresholds), strict=True))
        own, gated = of_sectors.cuts(before, target_precision)
        cuts += own
        metrics["sectors"] = of_sectors.report(own, gated)
        after = np.array([cut.after for cut in own], dtype=np.float32)
        sectors = replace(sectors, thresholds=after, **({} if gated else _OPEN))
    settings = {"target_precision": target_precision, "cuts": [asdict(cut) for cut in cuts]}
    about = classifier.description
    changed = Classifier(
        classifier.lexicon,
        places,
        sectors,
        replace(
            about,
            version=f"{about.version}+p{target_precision:g}",
            metrics={**_still_true(about.metrics, cuts), **metrics},
            settings={**about.settings, "thresholds": settings},
        ),
    )
    return changed, cuts


def _still_true(metrics: Mapping[str, Any], cuts: Sequence[Cut]) -> dict[str, Any]:
    """The metrics; risk and coverage, not measured again, only if the countries keep their threshold."""
    kept = dict(metrics)
    if any(cut.kind == "countries" for cut in cuts):
        kept.pop("risk_coverage", None)
    return kept


def lowest_threshold(scored: Decisions, target: float) -> float | None:
    """The lowest cut with FEWEST labels or more above it, `target` of them right; None when there is none."""
    scores = np.array([score for score, _ in scored])
    right = np.array([is_true for _, is_true in scored], dtype=bool)
    for step in range(round(_LOWEST / _STEP), round(1 / _STEP)):
        cut = round(step * _STEP, 3)
        told = scores >= cut
        if told.sum() < FEWEST:
            return None
        if right[told].mean() >= target:
            return cut
    return None
