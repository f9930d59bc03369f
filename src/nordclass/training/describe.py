"""Writes down what a model was made of and what was measured while it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, Final

from nordclass.metrics import kind_report, risk_tables, sureness
from nordclass.model.classifier import Description, scored_places, scored_sectors
from nordclass.model.heads import FirstPass, PlaceHead, SectorHead
from nordclass.result import COUNTRIES, KINDS, REGIONS, SECTORS, Label
from nordclass.taxonomy.names import is_region, plain_code
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

    Labels are counted of the kinds that the model has a head for. `hashes` are the SHA-256 of the recipe's
    files, by their paths there.
    """
    counts = {
        COUNTRIES: Counter(c for e in corpus for c in e.partners or () if not is_region(c)),
        REGIONS: Counter(plain_code(c) for e in corpus for c in e.partners or () if is_region(c)),
        SECTORS: Counter(s for e in corpus if not e.terms_only for s in e.sectors or ()),
    }
    heads = {COUNTRIES: places, REGIONS: places, SECTORS: sectors}
    metrics: dict[str, Any] = {}
    if places and "places" in figures:
        metrics |= _place_metrics(corpus, passes, places, figures["places"])
    if sectors and "sectors" in figures:
        true, told = [], []
        for i, probabilities, presence in figures["sectors"]:
            if corpus[i].representative:
                true.append(corpus[i].sectors or frozenset())
                told.append(_codes(scored_sectors(sectors, passes[i], probabilities, presence).told()))
        metrics[SECTORS] = kind_report(true, told).to_dict()
    settings = asdict(recipe)
    for own in ("data", "margin"):
        del settings[own]
    if found := hashes.get(recipe.dictionary.path):
        settings["dictionary"]["sha256"] = found
    return Description(
        name=recipe.name,
        version=recipe.version,
        licence=recipe.licence,
        library=version("nordclass"),
        versions={library: version(library) for library in _LIBRARIES},
        data=[{**asdict(source), **_hashes(source, hashes)} for source in recipe.data],
        labels={kind: dict(sorted(counts[kind].items())) for kind in KINDS if heads[kind] is not None},
        metrics=metrics,
        settings=settings,
        margin=recipe.margin,
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
    gold: dict[str, list[frozenset[str]]] = {COUNTRIES: [], REGIONS: []}
    told: dict[str, list[frozenset[str]]] = {COUNTRIES: [], REGIONS: []}
    sure: list[float] = []
    at = 0
    for example, first in zip(corpus, passes, strict=True):
        if example.partners is None:
            continue
        own = probabilities[at : at + len(first.candidates)]
        at += len(first.candidates)
        if not example.representative:
            continue
        countries, regions = scored_places(head, first, own)
        sure.append(sureness([label.score for label in countries.labels], head.threshold, countries.gate))
        for kind, scored in ((COUNTRIES, countries), (REGIONS, regions)):
            gold[kind].append(
                frozenset(plain_code(c) for c in example.partners if is_region(c) == (kind == REGIONS))
            )
            told[kind].append(_codes(scored.told()))
    metrics: dict[str, Any] = {kind: kind_report(gold[kind], told[kind]).to_dict() for kind in gold}
    metrics["risk_coverage"] = risk_tables(sure, gold[COUNTRIES], told[COUNTRIES])
    return metrics


def _codes(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(label.code for label in labels)
