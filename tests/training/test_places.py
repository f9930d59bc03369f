from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nordclass.mentions.candidates import analyse
from nordclass.model.heads import first_pass, place_rows
from nordclass.text.document import Document
from nordclass.text.embedding import Embedding
from nordclass.text.lexicon import Lexicon
from nordclass.training.examples import examples
from nordclass.training.fitting import fold_numbers
from nordclass.training.places import best_places, fit_place_combiner, fit_place_scorer
from nordclass.training.records import labelled

NOTHING = first_pass(analyse(Document.read(""), Lexicon({}, [], [])), None, None)


@pytest.fixture(scope="module")
def corpus(some, classifier):
    rows = [row if i % 10 else {"text": row["text"], "sectors": []} for i, row in enumerate(some)]
    return examples(list(labelled(rows)), classifier.lexicon)


@pytest.fixture(scope="module")
def fold(corpus):
    return fold_numbers(range(len(corpus)), 2, 0)


@pytest.fixture(scope="module")
def fitted(corpus, fold, tiny):
    return fit_place_scorer(corpus, fold, tiny.places)


@pytest.fixture(scope="module")
def passes(fitted, corpus):
    return [
        replace(NOTHING, candidates=e.candidates, places=s, mentions=m, language=e.language, terms=e.terms)
        for e, s, m in zip(corpus, fitted.held_out, fitted.mentions_held_out, strict=True)
    ]


def test_each_candidate_has_a_score(fitted, corpus):
    assert [len(scores) for scores in fitted.held_out] == [len(example.candidates) for example in corpus]


def test_scores_of_labelled_documents_are_out_of_fold_and_others_not(fitted, corpus):
    same = []
    for example, scores in zip(corpus, fitted.held_out, strict=True):
        direct = np.array([fitted.scorer.logits(c.bags)[0] for c in example.candidates])
        if len(direct):
            same.append((example.partners is None, np.allclose(direct, scores, atol=1e-4)))
    assert all(close for unlabelled, close in same if unlabelled)
    assert not any(close for unlabelled, close in same if not unlabelled)


def test_what_mentions_say_is_out_of_fold_where_labelled(fitted, corpus):
    assert [len(said) for said in fitted.mentions_held_out] == [len(e.candidates) for e in corpus]
    same = []
    for example, said in zip(corpus, fitted.mentions_held_out, strict=True):
        if len(said):
            direct = fitted.mentions.scores(example.candidates)
            same.append((example.partners is None, np.allclose(direct, said, atol=1e-4)))
    assert all(close for unlabelled, close in same if unlabelled)
    assert not any(close for unlabelled, close in same if not unlabelled)


def test_of_too_many_candidates_a_sample_of_the_documents_is_learned_from(monkeypatch, corpus, fold, tiny):
    candidates = sum(len(e.candidates) for e in corpus if e.partners is not None)
    monkeypatch.setattr("nordclass.training.places._MOST", candidates // 2)
    half = fit_place_scorer(corpus, fold, tiny.places)
    seen = unseen = 0
    for example, scores in zip(corpus, half.held_out, strict=True):
        if example.candidates and example.partners is not None:
            direct = np.array([half.scorer.logits(c.bags)[0] for c in example.candidates])
            close = np.allclose(direct, scores, atol=1e-4)
            seen, unseen = seen + (not close), unseen + close
    assert 0.35 < seen / (seen + unseen) < 0.65


def test_partners_score_higher_than_passing_places(fitted, corpus):
    partner, passing = [], []
    for example, scores in zip(corpus, fitted.held_out, strict=True):
        for candidate, score in zip(example.candidates, scores, strict=True):
            if example.partners is not None:
                (partner if candidate.code in example.partners else passing).append(score)
    assert np.mean(partner) > np.mean(passing)


def test_the_combiner_answers_for_each_labelled_candidate(fitted, passes, corpus, fold, tiny):
    head, probabilities = fit_place_combiner(fitted, passes, corpus, fold, tiny.places, 0)
    assert len(probabilities) == sum(len(e.candidates) for e in corpus if e.partners is not None)
    assert ((probabilities > 0) & (probabilities < 1)).all()
    assert 0 < head.threshold < 1
    assert 0 < head.region_threshold < 1
    assert head.scorer is fitted.scorer
    assert head.mentions is fitted.mentions


def test_of_too_many_candidates_the_network_too_learns_from_a_sample(
    monkeypatch, fitted, passes, corpus, fold, tiny
):
    terms = sorted({term for example in corpus for term in example.terms["text"]})
    vectors = np.random.RandomState(0).randint(-9, 10, (len(terms), 3)).astype(np.float32)
    told = [first for first, e in zip(passes, corpus, strict=True) if e.partners is not None and e.candidates]
    ends = np.cumsum([len(first.candidates) for first in told])
    _, trees = fit_place_combiner(fitted, passes, corpus, fold, tiny.places, 0)
    shares = []
    for most in (ends[-1], ends[-1] // 2):
        monkeypatch.setattr("nordclass.training.places._MOST", most)
        head, probabilities = fit_place_combiner(
            fitted, passes, corpus, fold, tiny.places, 0, Embedding(tuple(terms), vectors)
        )
        assert len(probabilities) == ends[-1]
        # What the network said: the log-odds of both are the mean of its own and of those of the trees.
        read = 2 * np.log(probabilities / (1 - probabilities)) - np.log(trees / (1 - trees))
        own = [head.reader.logits(first, place_rows(first)) for first in told]
        same = [np.allclose(*both, atol=1e-2) for both in zip(own, np.split(read, ends[:-1]), strict=True)]
        shares.append(np.mean(same))
    assert shares[0] < 0.05
    assert 0.35 < shares[1] < 0.65


def test_a_threshold_and_gate_that_are_asked_for(fitted, passes, corpus, fold, tiny):
    asked = replace(tiny.places, threshold=0.45, gate=0.55, gates={"en": 0.5})
    head, _ = fit_place_combiner(fitted, passes, corpus, fold, asked, 0)
    assert (head.threshold, head.gate_in("ko"), head.gate_in("en")) == (0.45, 0.55, 0.5)
    chosen, _ = fit_place_combiner(fitted, passes, corpus, fold, tiny.places, 0)
    assert chosen.region_threshold == head.region_threshold


def test_a_gate_of_zero_is_asked_for_and_none_is_chosen(fitted, passes, corpus, fold, tiny, monkeypatch):
    monkeypatch.setattr("nordclass.training.places.best_gate", lambda *_: 0.65)

    def made(**asked):
        head, _ = fit_place_combiner(fitted, passes, corpus, fold, replace(tiny.places, **asked), 0)
        return head

    assert made().gate == 0.65
    assert made(gate=0).gate == 0
    assert (made(threshold=0).threshold, made(threshold=0).gate) == (0, 0.65)


def test_the_best_place_is_out_of_fold_where_the_head_has_learned(fitted, corpus, fold, tiny):
    passes = [
        replace(NOTHING, candidates=e.candidates, places=s, mentions=m, language=e.language)
        for e, s, m in zip(corpus, fitted.held_out, fitted.mentions_held_out, strict=True)
    ]
    head, probabilities = fit_place_combiner(fitted, passes, corpus, fold, tiny.places, 0)
    best = best_places(head, passes, corpus, probabilities)
    direct = best_places(head, passes, corpus, None)
    at = 0
    for i, example in enumerate(corpus):
        if not example.candidates:
            assert best[i] == direct[i] == 0
        elif example.partners is None:
            assert best[i] == direct[i] == head.probabilities(passes[i]).max()
        else:
            assert best[i] == probabilities[at : at + len(example.candidates)].max()
            at += len(example.candidates)
    assert at == len(probabilities)
    assert not best_places(None, passes, corpus, None).any()


@pytest.mark.parametrize("left", [("measure", "near", "document"), ("measure", "document")])
def test_a_recipe_may_leave_out_what_single_mentions_are_read_by(left, corpus, fold, tiny):
    weights = {name: weight for name, weight in tiny.places.weights.items() if name in left}
    fitted = fit_place_scorer(corpus, fold, replace(tiny.places, weights=weights))
    assert (fitted.mentions is not None) == ("near" in left)
    for example, said in zip(corpus, fitted.mentions_held_out, strict=True):
        assert said.shape == (len(example.candidates), 2)
        assert np.isfinite(said).all()
