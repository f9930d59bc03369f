"""Prints the section "Learning curve and rivals" of docs/quality.md.

    pip install -e '.[bench]'
    python benchmarks/quality.py curve [--documents 500,1000,2000] [--seed 0]
    python benchmarks/quality.py rivals [--model DIR]

`curve` trains on ever more documents, always with the lexicon of the shipped model. Models are measured and
thrown away. `rivals` labels the same dev documents in other ways. Both read the training documents that
models/base/recipe.toml names, and the dev documents of the same files.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from run import table
from texts import ROOT

import nordclass
from nordclass.mentions.candidates import Analysis, analyse
from nordclass.metrics import kind_report
from nordclass.taxonomy import countries
from nordclass.taxonomy.places import HOME
from nordclass.text.document import Document
from nordclass.training.records import Labelled, labelled
from nordclass.training.settings import LexiconSettings, Recipe, Source
from nordclass.training.sources import read_sources

RECIPE = ROOT / "models" / "base" / "recipe.toml"
SHORT = {
    "Korean press releases": "Korean releases",
    "Korean newspaper articles": "Korean newspapers",
    "Korean articles of the project": "Korean own",
    "English articles of the project": "English own",
    "English newspaper articles": "English newspapers",
}
"""The sources that have dev documents, by their names in the recipe, in the order of the tables."""

RELEASES = ("Korean press releases", "Korean press releases chosen for being hard")
"""The sources that the curve begins with, by their names in the recipe."""

Records = list[dict[str, Any]]
Told = Sequence[frozenset[str]]


def recipe() -> Recipe:
    """The recipe of the shipped model without what only teaches the lexicon, which is taken as it is."""
    whole = nordclass.read_recipe(RECIPE)
    data = tuple(source for source in whole.data if source.use == "train")
    return replace(whole, name="curve", data=data, lexicon=LexiconSettings(learn=False))


def records(source: Source) -> Records:
    return read_sources(replace(recipe(), data=(source,)), RECIPE.parent).records


def train_records() -> dict[str, Records]:
    return {source.name: records(source) for source in recipe().data}


def dev_records() -> dict[str, Records]:
    """The dev documents by source."""
    found = {s.name: records(replace(s, split="dev")) for s in recipe().data if s.name in SHORT}
    return {name: found[name] for name in SHORT}


BEGUN = time.monotonic()


def say(step: str) -> None:
    print(f"{time.monotonic() - BEGUN:6.0f} s  {step}", file=sys.stderr, flush=True)


def curve(counts: Sequence[int], seed: int) -> None:
    """Train on more and more documents and measure each model on the dev documents of every source."""
    settings = recipe()
    dictionary = read_sources(replace(settings, data=()), RECIPE.parent).dictionary
    sources, dev = train_records(), dev_records()
    first, second = RELEASES
    releases = sources[first][:]
    random.Random(seed).shuffle(releases)
    steps = [(f"{n:,} Korean releases", releases[:n]) for n in counts if n < len(releases)]
    steps.append((f"all {len(releases):,}", releases))
    steps.append((f"and {len(sources[second]):,} chosen for being hard", releases + sources[second]))
    steps.append(("and all other sources of the recipe", [r for rows in sources.values() for r in rows]))
    places, topics = [], []
    for name, rows in steps:
        say(name)
        model = nordclass.train(rows, recipe=settings, base=nordclass.load(), dictionary=dictionary)
        tongues = set(model.sectors.scorers) if model.sectors else set()
        places.append([name, f"{len(rows):,}"])
        topics.append([name, f"{len(rows):,}"])
        for source, documents in dev.items():
            report = nordclass.evaluate(model, documents)
            assert report.countries
            assert report.sectors
            places[-1].append(f"{report.countries.micro.f1:.3f} / {report.countries.exact_match:.3f}")
            spoken = source.split()[0][:2].lower() in tongues
            figures = f"{report.sectors.micro.f1:.3f} / {report.sectors.macro_f1:.3f}"
            topics[-1].append(figures if spoken else "–")
    say("done")
    head = ["trained on", "documents", *SHORT.values()]
    print("Countries: micro-F1 / exact match.\n")
    table(head, places)
    print("Sectors: micro-F1 / macro-F1 (–: no document of the language among those trained on).\n")
    table(head, topics)


@lru_cache(maxsize=20_000)
def read(text: str, title: str) -> Analysis:
    """The document with its mentions and its terms, names among them."""
    return analyse(Document.read(text, title), nordclass.load().lexicon, mask_names=False)


def named(document: Labelled, *, title_only: bool = False) -> frozenset[str]:
    """Every country that the mention layer finds, in the whole document or in its title."""
    analysis = read(document.text, document.title)
    end = analysis.document.title_end if title_only else len(analysis.document.text)
    return frozenset(m.code for m in analysis.mentions if m.start < end) & countries().keys() - {HOME}


def spelled_out(document: Labelled) -> str:
    """The document with "U.S." and "U.K." written as the rivals know them."""
    whole = f"{document.title}\n{document.text}"
    whole = re.sub(r"\bU\.S\.(?:A\.)?|\bUSA?\b", "United States", whole)
    return re.sub(r"\bU\.K\.|\bUK\b", "United Kingdom", whole)


def geotext(document: Labelled) -> frozenset[str]:
    """Countries by GeoText: names, nationalities and cities."""
    from geotext import GeoText

    return frozenset(GeoText(spelled_out(document)).country_mentions) & countries().keys() - {HOME}


def entity_recognition(document: Labelled) -> frozenset[str]:
    """Countries by country-named-entity-recognition: names and their variants."""
    from country_named_entity_recognition import find_countries

    found = {country.alpha_2 for country, _ in find_countries(spelled_out(document))}
    return frozenset(found) & countries().keys() - {HOME}


SEEDS = frozenset({"name", "short", "old", "demonym", "capital"})
"""Kinds of form that newsmap's dictionaries have: names of countries, their people, capitals."""
RAREST = 5
SMOOTH = 1.0


@dataclass(frozen=True)
class Newsmap:
    """A classifier in the manner of newsmap (Watanabe 2018, Digital Journalism 6:3).

    Seeds (here the names of our gazetteer) label the documents; a term weighs for a country
    log(p(term | documents of the country) / p(term | other documents)), add-one smoothed; a document scores
    the mean of its terms. newsmap tells the best country; here all are told that score at least `least` and
    at most `behind` less than the best, the two numbers with the highest micro-F1 on the train labels.
    """

    column: Mapping[str, int]
    labels: Sequence[str]
    weights: NDArray[np.float32]
    least: float
    behind: float

    @classmethod
    def fit(cls, train: Sequence[Labelled]) -> Newsmap:
        """Learn from documents; their labels choose the two numbers alone."""
        bags = [bag(d) for d in train]
        frequency = Counter(term for found in bags for term in set(found))
        column = {t: i for i, t in enumerate(sorted(t for t, n in frequency.items() if n >= RAREST))}
        seeds = [seeded(d) for d in train]
        labels = sorted(set().union(*seeds))
        counts = np.zeros((len(column), len(labels)))
        total = np.zeros(len(column))
        for found, own in zip(bags, seeds, strict=True):
            at = [column[t] for t in found if t in column]
            np.add.at(total, at, 1)
            for code in own:
                np.add.at(counts, (at, labels.index(code)), 1)
        inside = (counts + SMOOTH) / (counts + SMOOTH).sum(axis=0)
        rest = total[:, None] - counts + SMOOTH
        weights = np.log(inside / (rest / rest.sum(axis=0))).astype(np.float32)
        model = cls(column, labels, weights, 0.0, 0.0)
        scores = np.array([model.scores(found) for found in bags])
        true = np.array([[code in (d.countries or ()) for code in labels] for d in train])
        missing = sum(len((d.countries or frozenset()) - set(labels)) for d in train)
        best = (0.0, 0.0, 0.0)
        for least in np.quantile(scores.max(axis=1), np.linspace(0.0, 0.95, 39)):
            for behind in np.arange(0.0, 1.01, 0.05):
                told = (scores >= least) & (scores >= scores.max(axis=1, keepdims=True) - behind)
                f1 = 2 * (told & true).sum() / (told.sum() + true.sum() + missing)
                best = max(best, (float(f1), float(least), float(behind)))
        return replace(model, least=best[1], behind=best[2])

    def scores(self, found: Iterable[str]) -> NDArray[np.float32]:
        at = [self.column[t] for t in found if t in self.column]
        if not at:
            return np.full(len(self.labels), -np.inf, dtype=np.float32)
        mean: NDArray[np.float32] = self.weights[at].mean(axis=0)
        return mean

    def __call__(self, document: Labelled) -> frozenset[str]:
        scores = self.scores(bag(document))
        told = (scores >= self.least) & (scores >= scores.max() - self.behind)
        return frozenset(code for code, yes in zip(self.labels, told, strict=True) if yes)


def bag(document: Labelled) -> list[str]:
    """The terms of a document, and one for each seed in it, for those of several words."""
    analysis = read(document.text, document.title)
    terms = [term for found in analysis.tokens.terms for term in found]
    return terms + [f"seed {m.code}" for m in analysis.mentions if m.form.kind in SEEDS and m.code != HOME]


def seeded(document: Labelled) -> frozenset[str]:
    mentions = read(document.text, document.title).mentions
    return frozenset(m.code for m in mentions if m.form.kind in SEEDS) & countries().keys() - {HOME}


def rivals(model: str | None) -> None:
    """Label the dev documents with the shipped model and in other ways."""
    classifier = nordclass.load(model)
    train = list(labelled(row for rows in train_records().values() for row in rows))
    dev = {name: list(labelled(rows)) for name, rows in dev_records().items()}
    say("newsmap")
    maps = {
        tongue: Newsmap.fit([d for d in train if _tongue(d) == tongue and d.countries is not None])
        for tongue in ("ko", "en")
    }

    def ours(document: Labelled) -> frozenset[str]:
        result = classifier.classify(document.text, title=document.title)
        return frozenset(label.code for label in result.countries)

    ways: list[tuple[str, Callable[[Labelled], frozenset[str]], bool]] = [
        ("every country named", named, True),
        ("every country named in the title", lambda d: named(d, title_only=True), True),
        ("geotext", geotext, False),
        ("country-named-entity-recognition", entity_recognition, False),
        ("newsmap-like, on the same data", lambda d: maps[_tongue(d)](d), True),
        (f"**nordclass, {classifier.name}**", ours, True),
    ]
    out = []
    for name, way, korean in ways:
        say(name)
        out.append([name])
        for source, documents in dev.items():
            if source.startswith("Korean") and not korean:
                out[-1].append("–")
                continue
            gold = [d.countries or frozenset() for d in documents]
            report = kind_report(gold, [way(d) for d in documents])
            parts = report.micro.precision, report.micro.recall
            out[-1].append(
                f"{report.micro.f1:.3f} / {report.exact_match:.3f} ({parts[0]:.2f}, {parts[1]:.2f})"
            )
    say("done")
    print("Countries: micro-F1 / exact match (precision, recall).\n")
    head = [f"{SHORT[name]}, {len(documents)}" for name, documents in dev.items()]
    table(["", *head], out)


def _tongue(document: Labelled) -> str:
    return "ko" if read(document.text, document.title).document.language == "ko" else "en"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    curve_ = commands.add_parser("curve", help="train on more and more documents")
    curve_.add_argument("--documents", default="500,1000,2000", help="numbers of Korean releases")
    curve_.add_argument("--seed", type=int, default=0, help="of the order in which releases are taken")
    rivals_ = commands.add_parser("rivals", help="label the dev documents in other ways")
    rivals_.add_argument("--model", help="folder of a model; else the shipped one")
    options = parser.parse_args()
    if options.command == "curve":
        curve([int(count) for count in options.documents.split(",")], options.seed)
    else:
        rivals(options.model)


if __name__ == "__main__":
    main()
