"""Reuters-21578 PLACES: the one country of a news story, by a model trained on the train part alone.

    python benchmarks/reuters.py [--data FILE]

Scored on the test documents with exactly one place (../shared/benchmarks/README.md): accuracy of the best
country, and macro-F1 over all countries that are true or told somewhere. Nothing is chosen on the test part;
the column "cross-validated" has the same figures over five folds of the train part.

Three stages, all fitted on train documents, each on out-of-fold scores of the one before:

1. words: TF-IDF of words and pairs of words, names included, one linear SVM a country. It knows that the
   Federal Reserve is American, and nothing of countries that it has not seen;
2. places: the library's country scorer (`fit_place_scorer`), which reads how a country is named and never
   which one, so that it knows all of them. Here no country is home: South Korea is a candidate like others;
3. the library's boosted trees over both scores, `NUMBERS` of the candidate, how many train documents the
   country has and how often it was a label where it was named. The candidates of a document are the countries
   that it names and those that the words rank highest.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import json
import lzma
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from run import table
from texts import ROOT

from nordclass import load
from nordclass.mentions.candidates import NUMBERS, Analysis, Candidate, analyse, features
from nordclass.model.heads import ABSENT
from nordclass.taxonomy.places import HOME
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon
from nordclass.training.examples import Example
from nordclass.training.fitting import Targets, fit_trees, fold_numbers, trees_out_of_fold
from nordclass.training.places import fit_place_scorer
from nordclass.training.settings import PlaceSettings

DATA = ROOT.parent / "shared" / "benchmarks" / "reuters21578_places.jsonl.xz"
FOLDS = 5
TOP = 6
"""How many of the countries that the words rank highest are candidates, named or not."""
NONE = -99.0
"""Stands for a number that a candidate does not have."""
UNSEEN = -2.0
"""The word score of a country without a train document of its own."""
DOUBT = 2.0
"""How many imagined mentions draw a country's share of true mentions to that of all countries."""

OFTEN = Counter[str]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Story:
    """One document: its countries, its raw text for the words, its candidates for the places."""

    countries: frozenset[str]
    raw: str
    candidates: Sequence[Candidate]
    counts: Counter[str]

    @property
    def only(self) -> str:
        """The country of a story with one, else nothing."""
        return next(iter(self.countries)) if len(self.countries) == 1 else ""


def story(row: dict[str, Any], lexicon: Lexicon) -> Story:
    text = re.sub(r"\s*Reuter\s*\x03?\s*$", "", row["text"])
    analysis = analyse(Document.read(text, row["title"]), lexicon)
    # A world without a home: under another code South Korea becomes a candidate.
    mentions = [replace(m, code="home") if m.code == HOME else m for m in analysis.mentions]
    by_code: dict[str, list[Any]] = {}
    for mention in mentions:
        by_code.setdefault(mention.code, []).append(mention)
    found = [
        replace(c, code=HOME) if c.code == "home" else c
        for c in features(Analysis(analysis.document, mentions, analysis.tokens, by_code))
        if not c.code.startswith("@")
    ]
    counts = Counter({c.code: int(c.numbers[NUMBERS.index("count")]) for c in found})
    return Story(frozenset(row["countries"]), f"{row['title']}\n{row['text']}", found, counts)


def read(path: Path) -> tuple[list[Story], list[Story]]:
    """All train documents, and the test documents with one country."""
    lexicon = load().lexicon
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    train = [story(row, lexicon) for row in rows if row["split"] == "train"]
    test = [story(row, lexicon) for row in rows if row["split"] == "test" and len(row["countries"]) == 1]
    return train, test


def words(
    train: Sequence[Story], test: Sequence[Story], fold: NDArray[np.int64], labels: Sequence[str]
) -> tuple[Floats, Floats]:
    """Scores of `labels` by the linear SVM, shape (documents, labels): out of fold of train, and of test."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    column = {label: j for j, label in enumerate(labels)}
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    seen = vectorizer.fit_transform(s.raw for s in train)
    single = np.array([bool(s.only) for s in train])
    gold = np.array([s.only for s in train])

    def scored(fitted: NDArray[np.bool_], rows: Any) -> Floats:
        model = LinearSVC(class_weight="balanced", tol=1e-2, random_state=0)
        model.fit(seen[fitted & single], gold[fitted & single])
        scores = np.full((rows.shape[0], len(labels)), UNSEEN, dtype=np.float32)
        scores[:, [column[c] for c in model.classes_]] = model.decision_function(rows)
        return scores

    held_out = np.zeros((len(train), len(labels)), dtype=np.float32)
    for number in range(FOLDS):
        held_out[fold == number] = scored(fold != number, seen[fold == number])
    return held_out, scored(fold >= 0, vectorizer.transform(s.raw for s in test))


def places(
    train: Sequence[Story], test: Sequence[Story], fold: NDArray[np.int64]
) -> tuple[Sequence[Floats], Sequence[Floats]]:
    """The score of each candidate by the library's country scorer: out of fold of train, and of test."""
    examples = [
        Example(s.candidates, {}, "en", 0, (0.0, 0.0, 0.0), s.countries, None, 1.0, False, True)
        for s in train
    ]
    fitted = fit_place_scorer(examples, fold, PlaceSettings())
    return fitted.held_out, [fitted.scorer.first_logits([c.bags for c in s.candidates]) for s in test]


class Habits:
    """How often each country is a label, and how often one where it is named, in some documents."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.single: OFTEN = Counter(s.only for s in stories if s.only)
        self.labelled: OFTEN = Counter(c for s in stories for c in s.countries)
        self.named: OFTEN = Counter()
        self.true: OFTEN = Counter()
        for s in stories:
            for candidate in s.candidates:
                for key in (candidate.code, f"title {candidate.code}")[: 1 + _titled(candidate)]:
                    self.named[key] += 1
                    self.true[key] += candidate.code in s.countries
        self.usual = {
            kind: sum(n for k, n in self.true.items() if k.startswith("title ") == kind)
            / max(sum(n for k, n in self.named.items() if k.startswith("title ") == kind), 1)
            for kind in (False, True)
        }

    def of(self, code: str) -> tuple[float, float, float, float]:
        """Logarithms of documents labelled so (alone; at all), share of labels where named (in titles)."""
        key = f"title {code}"
        return (
            float(np.log1p(self.single[code])),
            float(np.log1p(self.labelled[code])),
            (self.true[code] + DOUBT * self.usual[False]) / (self.named[code] + DOUBT),
            (self.true[key] + DOUBT * self.usual[True]) / (self.named[key] + DOUBT),
        )


def _titled(candidate: Candidate) -> bool:
    return candidate.numbers[NUMBERS.index("in title")] > 0


@dataclass(frozen=True)
class Rows:
    """One row for each candidate of each document: `owner` numbers its document, `code` is its country."""

    values: Floats
    owner: NDArray[np.int64]
    code: NDArray[np.str_]


def rows_of(
    stories: Sequence[Story],
    scores: Floats,
    named: Sequence[Floats],
    habits: Habits,
    labels: Sequence[str],
) -> Rows:
    """The rows of the combiner. Columns 10 to 17 are those of the country scorer."""
    column = {label: j for j, label in enumerate(labels)}
    values, owner, codes = [], [], []
    for number, (s, score, logits) in enumerate(zip(stories, scores, named, strict=True)):
        order = np.argsort(-score)
        rank = {labels[j]: k for k, j in enumerate(order)}
        best, second = score[order[0]], score[order[1]]
        by_code = {c.code: c for c in s.candidates}
        logit = dict(zip(by_code, map(float, logits), strict=True))
        ranked = [*sorted(logit.values(), reverse=True), ABSENT, ABSENT]
        for code in dict.fromkeys([*(labels[j] for j in order[:TOP]), *by_code, "US"]):
            own = float(score[column[code]]) if code in column else NONE
            others = [v for c, v in logit.items() if c not in ("US", code)]
            values.append(
                (
                    own,
                    rank.get(code, len(labels)),
                    own - best if code in column else NONE,
                    best,
                    second,
                    *habits.of(code),
                    code == "US",
                    logit.get(code, NONE),
                    ranked[0],
                    ranked[1],
                    logit.get(code, ABSENT) - ranked[0],
                    logit.get(labels[order[0]], ABSENT),
                    logit.get("US", ABSENT),
                    max(others, default=ABSENT),
                    len(logit),
                    "US" in logit,
                    len(s.raw) / 1000,
                    *(by_code[code].numbers if code in by_code else (NONE,) * len(NUMBERS)),
                )
            )
            owner.append(number)
            codes.append(code)
    return Rows(np.array(values, dtype=np.float32), np.array(owner), np.array(codes))


TOLD = (
    ("newsmap, its seed dictionary", ".375", ".773"),
    ("newsmap, log-likelihood ratios", ".455", ".470"),
    ("geotext (U.S. and U.K. spelled out)", ".348", ".574"),
    ("country-named-entity-recognition (likewise)", ".267", ".685"),
    ("fastText", ".863", ".168"),
    ("TF-IDF and LinearSVC", ".944", ".722"),
    ("the same and the seed dictionary, joined naively", ".915", ".760"),
)
"""Figures of others on the same documents, by ../shared/benchmarks/README.md."""

SCORER = slice(10, 17)
"""The columns of the country scorer."""


def best(rows: Rows, scores: Floats, documents: int) -> NDArray[np.str_]:
    """The code of the highest row of each document."""
    told = np.full(documents, "", dtype=rows.code.dtype)
    for i in np.argsort(scores, kind="stable"):
        told[rows.owner[i]] = rows.code[i]
    return told


def figures(gold: Sequence[str], told: Sequence[str]) -> list[str]:
    from sklearn.metrics import accuracy_score, f1_score

    return [f"{accuracy_score(gold, told):.3f}", f"{f1_score(gold, told, average='macro'):.3f}"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    begun = time.monotonic()

    def say(step: str) -> None:
        print(f"{time.monotonic() - begun:6.0f} s  {step}", file=sys.stderr, flush=True)

    say("reading")
    train, test = read(parser.parse_args().data)
    fold = fold_numbers(range(len(train)), FOLDS, 0)
    labels = sorted({c for s in train for c in s.countries})
    say("words")
    held_words, test_words = words(train, test, fold, labels)
    say("places")
    held_places, test_places = places(train, test, fold)
    say("rows")
    parts = []
    for number in range(FOLDS):  # a document's own labels must not tell its country's habits
        at = np.flatnonzero(fold == number)
        habits = Habits([s for s, f in zip(train, fold, strict=True) if f != number])
        part = rows_of(
            [train[i] for i in at], held_words[at], [held_places[int(i)] for i in at], habits, labels
        )
        parts.append(Rows(part.values, at[part.owner], part.code))
    known = Rows(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("values", "owner", "code")))
    asked = rows_of(test, test_words, test_places, Habits(train), labels)
    single = np.array([bool(s.only) for s in train])
    gold, truth = [s.only for s in train if s.only], [s.only for s in test]
    out = [[f"{name} *", "", "", f"0{accuracy}", f"0{macro}"] for name, accuracy, macro in TOLD]

    def line(name: str, held: Any, told: Any) -> None:
        out.append([name, *figures(gold, held), *figures(truth, told)])

    def named_most(stories: Sequence[Story]) -> list[str]:
        return [max(s.counts, key=s.counts.__getitem__, default="US") for s in stories]

    def top_place(stories: Sequence[Story], scores: Sequence[Floats]) -> list[str]:
        pairs = zip(stories, scores, strict=True)
        return [s.candidates[int(v.argmax())].code if len(v) else "US" for s, v in pairs]

    one = [s for s in train if s.only]
    line("country named most often, no learning; US where none is named", named_most(one), named_most(test))
    own = [v for v, s in zip(held_places, train, strict=True) if s.only]
    line(
        "country scorer of nordclass, retrained; US where none is named",
        top_place(one, own),
        top_place(test, test_places),
    )
    names = np.array(labels)
    line(
        "TF-IDF of words and pairs, LinearSVC balanced",
        names[held_words[single].argmax(1)],
        names[test_words.argmax(1)],
    )
    target = np.array([c in train[i].countries for i, c in zip(known.owner, known.code, strict=True)])
    even = np.ones(len(target), dtype=np.float32)
    shape = {"iterations": 150, "leaves": 10, "seed": 0}
    for name, left_out in (
        ("words and mentions, combined, without the country scorer", SCORER),
        ("**words, mentions and country scorer, combined**", slice(0)),
    ):
        say(name)
        kept = np.delete(known.values, left_out, axis=1)
        held = trees_out_of_fold(kept, Targets(target, even, fold[known.owner]), **shape)
        trees = fit_trees(kept, target, even, **shape)
        told = best(asked, trees.logits(np.delete(asked.values, left_out, axis=1)), len(test))
        line(name, best(known, held, len(train))[single], told)
    say("done")
    head = ["", "cross-validated: accuracy", "macro-F1", f"test ({len(test):,}): accuracy", "macro-F1"]
    table(head, out)
    print("\\* measured by others, told in `../shared/benchmarks/README.md`; not by this command.")


if __name__ == "__main__":
    main()
