from __future__ import annotations

import numpy as np
import pytest

from nordclass.mentions.candidates import Candidate
from nordclass.model.mentions import MentionScorer
from nordclass.training.fitting import Targets
from nordclass.training.mentions import fit_mentions, mention_matrix
from nordclass.training.vectorizing import fit_vectorizer


def candidate(mentions):
    """A candidate whose mentions have these terms in `near`, and likewise in `window`."""
    terms = [term for mention in mentions for term in mention]
    sizes = [len(mention) for mention in mentions]
    bags = {"measure": (), "near": terms, "window": terms, "title": (), "document": terms}
    return Candidate("PE", bags, (), frozenset(), ((), (), ()), (sizes, sizes))


TARGETS = np.arange(240) % 3 == 0
FOLD = np.arange(240) // 3 % 5
ONES = np.ones(240, np.float32)


@pytest.fixture(scope="module")
def candidates():
    """Four mentions each, of noise; one of a partner's tells of a treaty, one of many others' of a quake.

    All are named as "state" again and again, as places are.
    """
    chance = np.random.RandomState(0)
    found = []
    for i in range(240):
        mentions = [[f"noise{n}" for n in chance.randint(0, 40, 6)] + ["state"] for _ in range(4)]
        if TARGETS[i]:
            mentions[chance.randint(4)][:3] = ["treaty", "sign", "treaty"]
        elif i % 3 == 1:
            mentions[chance.randint(4)][:3] = ["quake", "dead", "quake"]
        found.append(candidate(mentions))
    return found


@pytest.fixture(scope="module")
def vectorizer(candidates):
    bags = [c.bags for c in candidates]
    return fit_vectorizer(bags, {"measure": 0.25, "near": 1.0, "window": 0.5}, min_df=2, plain=("measure",))


@pytest.fixture(scope="module")
def fitted(candidates, vectorizer):
    return fit_mentions(vectorizer, candidates, Targets(TARGETS[:, None], ONES, FOLD))


def test_rows_are_read_as_the_scorer_reads(vectorizer, candidates, fitted):
    rows = mention_matrix(vectorizer, candidates)
    scorer, _ = fitted
    assert rows.shape[0] == 4 * len(candidates)
    assert np.sqrt(rows.multiply(rows).sum(axis=1)).min() == pytest.approx(np.sqrt(1.25), abs=1e-5)
    scores = (rows @ scorer.weights.astype(np.float64) * scorer.scale + scorer.bias).reshape(-1, 4)
    expected = np.column_stack([scores.max(axis=1), scores.mean(axis=1)])
    assert scorer.scores(candidates) == pytest.approx(expected, abs=1e-4)


def test_rows_are_the_same_made_in_parts(monkeypatch, vectorizer, candidates):
    whole = mention_matrix(vectorizer, candidates)
    monkeypatch.setattr("nordclass.training.mentions._AT_ONCE", 7)
    assert (whole != mention_matrix(vectorizer, candidates)).nnz == 0


def test_out_of_fold_the_best_mention_tells(fitted):
    _, held_out = fitted
    assert held_out[TARGETS, 0].min() > held_out[~TARGETS, 0].max()


def test_a_partner_is_taught_by_the_mention_that_speaks_for_it(vectorizer, fitted):
    """What stands around its other mentions, as around those of all, is no sign of a partner."""
    scorer, _ = fitted
    treaty, noise, quake = (
        scorer.scores([candidate([[word] * 3])])[0, 0] for word in ("treaty", "noise3", "quake")
    )
    assert treaty > 2
    assert noise < -2
    assert quake < -2


def test_where_all_answers_are_alike(vectorizer, candidates):
    scorer, held_out = fit_mentions(vectorizer, candidates, Targets(TARGETS[:, None] & False, ONES, FOLD))
    assert isinstance(scorer, MentionScorer)
    assert (held_out < -5).all()
    assert (scorer.scores(candidates) < -5).all()


def test_what_weighs_nothing_teaches_nothing(vectorizer, candidates):
    weights = np.where(TARGETS, 1e-9, 1.0).astype(np.float32)
    scorer, _ = fit_mentions(vectorizer, candidates, Targets(TARGETS[:, None], weights, FOLD))
    assert scorer.scores([candidate([["treaty"] * 3])])[0, 0] < 0
