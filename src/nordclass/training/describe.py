"""Writes down what a model was made of and what was measured while it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, Final

from nordclass.mentions.finder import REGION_MARK
from nordclass.metrics import kind_report, risk_tables, sureness
from nordclass.model.classifier import Description
from nordclass.model.heads import FirstPass, PlaceHead, SectorHead
from nordclass.training.examples import Example
from nordclass.training.settings import Recipe, Source

_LIBRARIES: Final = ("numpy", "scikit-learn", "kiwipiepy", "kiwipiepy_model", "snowballstemmer")


def describe(
    corpus: Sequence[Example],
    recipe: Recipe,
    places: PlaceHead | None,
    sectors: SectorHead | None,
    passes: Sequence[FirstPass],
    figures: Mapping[str, Any],
    hashes: Mapping[str, str],
) -> Description:
    """The description of a model trained on `corpus`, with its out-of-fold metrics.

    `hashes` are the SHA-256 of the recipe's files, by their paths there.
    """
    counts = {
        "countries": Counter(c for e in corpus for c in e.partners or () if not c.startswith(REGION_MARK)),
        "regions": Counter(c[1:] for e in corpus for c in e.partners or () if c.startswith(REGION_MARK)),
        "sectors": Counter(s for e in corpus if not e.terms_only for s in e.sectors or ()),
    }
    metrics: dict[str, Any] = {}
    if places and "places" in figures:
        metrics |= _place_metrics(corpus, passes, places, figures["places"])
    if sectors and "sectors" in figures:
        true, told = [], []
        for i, probabilities, presence in figures["sectors"]:
            if corpus[i].representative:
                cuts = zip(
                    sectors.labels, probabilities, sectors.cuts(presence, passes[i].manner), strict=True
                )
                true.append(corpus[i].sectors or frozenset())
                told.append(frozenset(label for label, score, cut in cuts if score >= cut))
        metrics["sectors"] = kind_report(true, told).to_dict()
    settings = asdict(recipe)
    for own in ("data", "margin"):
        del settings[own]
    if found := hashes.get(recipe.dictionary.path):
        settings["dictionary"]["sha256"] = found
    return Description(
        recipe.name,
        recipe.version,
        recipe.licence,
        version("nordclass"),
        {library: version(library) for library in _LIBRARIES},
        [{**asdict(source), **_hashes(source, hashes)} for source in recipe.data],
        {kind: dict(sorted(found.items())) for kind, found in counts.items()},
        metrics,
        settings,
        recipe.margin,
    )


def _hashes(source: Source, hashes: Mapping[str, str]) -> dict[str, str]:
    """Those of the files of `source`, as far as they are known."""
    files = {"sha256": source.path, "labels_sha256": source.labels}
    return {key: hashes[file] for key, file in files.items() if file in hashes}


def _place_metrics(
    corpus: Sequence[Example],
    passes: Sequence[FirstPass],
    head: PlaceHead,
    probabilities: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Out-of-fold figures of countries and regions, and how they rise when only sure documents are told."""
    gold: dict[bool, list[frozenset[str]]] = {False: [], True: []}
    told: dict[bool, list[frozenset[str]]] = {False: [], True: []}
    sure: list[float] = []
    at = 0
    for example, first in zip(corpus, passes, strict=True):
        if example.partners is None:
            continue
        own = probabilities[at : at + len(first.candidates)]
        at += len(first.candidates)
        if not example.representative:
            continue
        scores = [float(p) for p, c in zip(own, first.candidates, strict=True) if not c.is_region]
        cuts = head.cuts(max(scores, default=0.0), first.manner)
        sure.append(sureness(scores, head.threshold, head.gate_in(first.manner)))
        for region in (False, True):
            gold[region].append(frozenset(c for c in example.partners if c.startswith(REGION_MARK) == region))
            told[region].append(
                frozenset(
                    c.code
                    for p, c in zip(own, first.candidates, strict=True)
                    if c.is_region == region and p >= cuts[region]
                )
            )
    metrics: dict[str, Any] = {
        name: kind_report(
            [frozenset(c.lstrip(REGION_MARK) for c in s) for s in gold[region]],
            [frozenset(c.lstrip(REGION_MARK) for c in s) for s in told[region]],
        ).to_dict()
        for name, region in (("countries", False), ("regions", True))
    }
    metrics["risk_coverage"] = risk_tables(sure, gold[False], told[False])
    return metrics
