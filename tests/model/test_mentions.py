from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from nordclass.mentions.candidates import analyse, features
from nordclass.model.mentions import (
    MENTION_COLUMNS,
    MENTION_FIELDS,
    MentionScorer,
    best_and_mean,
    mention_columns,
)
from nordclass.text.document import Document
from nordclass.training.vectorizing import fit_vectorizer

TEXT = (
    "한국과 페루는 전자정부 협력 양해각서를 체결했다. 페루 정부는 쿠바, 칠레와도 협의한다. "
    "지난달 페루에서는 지진이 났다. 칠레는 구조대를 보냈다."
)


@pytest.fixture(scope="module")
def candidates(classifier):
    return list(features(analyse(Document.read(TEXT), classifier.lexicon)))


@pytest.fixture(scope="module")
def vectorizer(candidates):
    bags = [candidate.bags for candidate in candidates]
    return fit_vectorizer(bags, {"measure": 0.25, "near": 1.0, "window": 0.5, "document": 1.0}, min_df=1)


@pytest.fixture(scope="module")
def scorer(vectorizer):
    weights = np.random.RandomState(0).normal(size=mention_columns(vectorizer)).astype(np.float32)
    return MentionScorer.of(vectorizer, weights, -0.5)


def plain(scorer, vectorizer, candidate):
    """Mention by mention and term by term."""
    found = []
    starts = [0, 0]
    for lengths in zip(*candidate.lengths, strict=True):
        total, first = scorer.bias, 0
        for part, name in enumerate(MENTION_FIELDS):
            field = vectorizer.field(name)
            number = {term: i for i, term in enumerate(field.terms)}
            bag = list(candidate.bags[name])[starts[part] : starts[part] + lengths[part]]
            known = [number[term] for term in bag if term in number]
            length = sqrt(sum(float(field.idf[i]) ** 2 for i in known)) or 1.0
            for i in known:
                value = field.weight * float(field.idf[i]) / length
                total += value * int(scorer.weights[first + i]) * scorer.scale
            starts[part] += lengths[part]
            first += len(field.terms)
        found.append(total)
    assert starts == [len(candidate.bags[name]) for name in MENTION_FIELDS]
    return max(found), sum(found) / len(found)


def test_scores_are_those_of_single_mentions(scorer, vectorizer, candidates):
    assert [len(candidate.lengths[0]) for candidate in candidates] == [3, 1, 2]
    each = [plain(scorer, vectorizer, candidate) for candidate in candidates]
    assert scorer.scores(candidates) == pytest.approx(np.array(each), abs=1e-4)


def test_a_candidate_scores_the_same_alone(scorer, vectorizer, candidates):
    alone = [scorer.scores([candidate])[0] for candidate in candidates]
    assert scorer.scores(candidates) == pytest.approx(np.array(alone), abs=1e-6)


def test_no_candidates(scorer, vectorizer):
    assert scorer.scores([]).shape == (0, MENTION_COLUMNS)


def test_mentions_whose_terms_are_unknown_score_the_bias(scorer, candidates):
    other = fit_vectorizer([{"near": ["x"], "window": ["y"]}], {"near": 1.0, "window": 1.0}, min_df=1)
    found = MentionScorer.of(other, np.ones(2, np.float32), -0.25).scores(candidates)
    assert (found == -0.25).all()


def test_best_and_mean():
    found = best_and_mean(np.array([1.0, 3.0, -2.0, 0.0, 0.0]), [2, 1, 2])
    assert found.tolist() == [[3.0, 2.0], [-2.0, -2.0], [0.0, 0.0]]


def test_weights_are_kept_to_a_127th_of_the_largest(vectorizer):
    weights = np.array([0.013, -2.0, 1.111], np.float32)
    scorer = MentionScorer.of(vectorizer, weights, 0.0)
    assert scorer.weights * scorer.scale == pytest.approx(weights, abs=1 / 127)
