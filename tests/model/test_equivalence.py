"""The quick ways to a score give what the plain ones give, on real articles."""

from __future__ import annotations

import json
import re
from collections import Counter
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest

from nordclass.mentions.candidates import analyse
from nordclass.model.heads import first_pass, place_rows, sector_rows, sector_terms
from nordclass.text.document import Document
from nordclass.text.lexicon import word_form
from nordclass.text.normalize import _TABLE, normalize
from nordclass.text.terms import MASK, mask

_TOKEN = re.compile(f"[가-힣]+|[A-Za-z]+(?:'[A-Za-z]+)*|{MASK}+|\n|[.!?](?=\\s)")


CORPUS = Path(__file__).resolve().parents[2] / "data" / "corpus"


def texts_of(language):
    lines = (CORPUS / f"{language}_articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines[:150]]


@pytest.fixture(scope="module")
def documents():
    """300 documents of two articles each."""
    texts = texts_of("ko") + texts_of("en")
    return [Document.read(f"{a}\n{b}") for a, b in zip(texts, texts[1:] + texts[:1], strict=True)]


@pytest.fixture(scope="module")
def analyses(documents, classifier):
    return [analyse(document, classifier.lexicon) for document in documents]


@pytest.fixture(scope="module")
def passes(analyses, classifier):
    return [first_pass(analysis, classifier.places, classifier.sectors) for analysis in analyses]


def plain_logits(scorer, bags):
    """Field by field and term by term, as TF-IDF is defined."""
    total = scorer.bias.astype(np.float64)
    for field in scorer.vectorizer.fields:
        bag = bags.get(field.name, ())
        counts = Counter(bag)
        number = {term: i for i, term in enumerate(field.terms)}
        known = {number[term]: count for term, count in counts.items() if term in number}
        if field.plain:
            values = dict(known)
        else:
            values = {i: (1 + log(count)) * float(field.idf[i]) for i, count in known.items()}
            length = sqrt(sum(value**2 for value in values.values()))
            values = {i: value / length for i, value in values.items()}
        for i, value in values.items():
            total = total + field.weight * value * scorer.weights[field.first + i].astype(np.float64)
    return total


def test_texts_are_made_plain_as_by_translation():
    for text in texts_of("ko"):
        assert normalize(text)[0] == text.translate(_TABLE)


def test_tokens_are_those_of_the_expression(analyses, classifier):
    for analysis in analyses:
        text = mask(analysis.document.text, [(m.start, m.end) for m in analysis.mentions])
        found = list(_TOKEN.finditer(text))
        assert analysis.tokens.starts == tuple(m.start() for m in found)
        assert analysis.tokens.surfaces == tuple(m.group() for m in found)
        assert analysis.tokens.terms == tuple(
            classifier.lexicon.terms(word_form(m.group())) if m.group()[0].isalpha() else () for m in found
        )


def test_linear_scores(passes, analyses, classifier):
    for first, analysis in zip(passes[::3], analyses[::3], strict=True):
        plain = [plain_logits(classifier.places.scorer, c.bags)[0] for c in first.candidates]
        assert first.places == pytest.approx(np.array(plain), abs=2e-6)
        scorer = classifier.sectors.scorers[first.language].linear
        assert first.sectors == pytest.approx(plain_logits(scorer, sector_terms(analysis)), abs=1e-5)


def test_probabilities(passes, classifier):
    for first in passes:
        for head, rows in (
            (classifier.places, place_rows(first) if first.candidates else np.zeros((0, 1), np.float32)),
            (classifier.sectors, sector_rows(first, classifier.sectors.priors)),
        ):
            trees = head.combiner
            logits = trees.value[trees._walked(rows)].sum(axis=1, dtype=np.float64) + trees.start
            found = head.probabilities(first)
            probabilities = found if head is classifier.places else found[0]
            assert probabilities == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-6)
