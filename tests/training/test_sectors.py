from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nordclass import train
from nordclass.mentions.candidates import analyse
from nordclass.model.heads import first_pass
from nordclass.model.sector_scorer import Reading
from nordclass.taxonomy import sectors
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon
from nordclass.training.examples import examples
from nordclass.training.fitting import fold_numbers
from nordclass.training.records import labelled
from nordclass.training.sectors import (
    fit_sector_combiner,
    fit_sector_scorers,
    label_thresholds,
    sector_labels,
)

NOTHING = first_pass(analyse(Document.read(""), Lexicon({}, [], [])), None, None)


@pytest.fixture(scope="module")
def corpus(some, classifier):
    rows = [row if i % 10 else {"text": row["text"], "countries": []} for i, row in enumerate(some)]
    return examples(list(labelled(rows)), classifier.lexicon)


@pytest.fixture(scope="module")
def fitted(corpus, tiny):
    labels = sector_labels(corpus, list(sectors()))
    return fit_sector_scorers(corpus, labels, fold_numbers(range(len(corpus)), 2, 0), tiny.sectors)


def test_labels_that_occur_in_the_order_given(classifier):
    rows = [
        {"text": "a", "sectors": ["zeta", "ict"]},
        {"text": "b"},
        {"text": "c", "sectors": ["alpha", "energy"]},
    ]
    found = examples(list(labelled(rows)), classifier.lexicon)
    assert sector_labels(found, ["energy", "water", "ict"]) == ("energy", "ict", "alpha", "zeta")
    assert sector_labels(found[1:2], ["energy"]) == ()


def test_each_document_of_a_known_language_has_a_score_a_label_and_one_for_any(fitted, corpus):
    assert set(fitted.scorers) == {"ko", "en"}
    labels = len(fitted.labels)
    assert {len(reading.scores) for reading in fitted.held_out} == {labels + 1}
    assert {len(reading.passages) for reading in fitted.held_out} == {labels}
    assert {len(reading.near) for reading in fitted.held_out} == {labels + 1}


def test_scores_of_labelled_documents_are_out_of_fold_and_others_not(fitted, corpus):
    for example, held_out in zip(corpus, fitted.held_out, strict=True):
        reading = fitted.scorers[example.language].read(example.terms, example.terms["text"])
        unseen = example.sectors is None
        assert np.allclose(reading.scores, held_out.scores, atol=1e-4) == unseen
        assert np.allclose(reading.passages, held_out.passages, atol=0.05) == unseen
        in_index = example.sectors is not None
        assert (reading.near[-1] > 0.7 > held_out.near[-1]) == in_index  # and hidden there out of fold


def test_a_language_with_few_documents_gets_no_scorer(corpus, tiny):
    few = [e for e in corpus if e.language == "ko"] + [e for e in corpus if e.language == "en"][:12]
    fitted = fit_sector_scorers(few, ("ict",), fold_numbers(range(len(few)), 2, 0), tiny.sectors)
    assert set(fitted.scorers) == {"ko"}
    for example, reading in zip(few, fitted.held_out, strict=True):
        assert len(reading.scores) == (2 if example.language == "ko" else 0)


def test_neighbours_are_asked_where_the_settings_say_so(corpus, tiny):
    fold = fold_numbers(range(len(corpus)), 2, 0)
    fitted = fit_sector_scorers(corpus, ("ict",), fold, replace(tiny.sectors, nearest=3))
    assert {scorer.neighbours.nearest for scorer in fitted.scorers.values()} == {3}
    without = fit_sector_scorers(corpus, ("ict",), fold, replace(tiny.sectors, nearest=0))
    assert {scorer.neighbours for scorer in without.scorers.values()} == {None}
    assert {len(reading.near) for reading in without.held_out} == {0}


def test_the_combiner_answers_for_each_labelled_document(fitted, corpus, tiny):
    passes = [
        replace(NOTHING, reading=r, language=e.language) for e, r in zip(corpus, fitted.held_out, strict=True)
    ]
    fold, nobody = fold_numbers(range(len(corpus)), 2, 0), np.zeros(len(corpus))
    head, held_out = fit_sector_combiner(fitted, passes, corpus, nobody, fold, tiny.sectors, 0)
    taught = [i for i, _, _ in held_out]
    probabilities = np.array([row for _, row, _ in held_out])
    assert taught == [i for i, e in enumerate(corpus) if e.sectors is not None]
    assert probabilities.shape == (len(taught), len(fitted.labels))
    assert ((probabilities > 0) & (probabilities < 1)).all()
    counts = np.array([sum(label in (corpus[i].sectors or ()) for i in taught) for label in head.labels])
    assert np.argsort(head.priors, kind="stable").tolist() == np.argsort(counts, kind="stable").tolist()
    assert np.exp(head.priors) == pytest.approx((counts + 1) / (len(taught) + 2), rel=1e-5)
    settings = replace(tiny.sectors, gate=0.77, gates={"en": 0.6})
    asked, _ = fit_sector_combiner(fitted, passes, corpus, nobody, fold, settings, 0)
    assert asked.gate == asked.gate_in("ko") == 0.77
    assert asked.gate_in("en") == 0.6
    assert head.gate != 0.77
    assert asked.thresholds.tolist() == head.thresholds.tolist()


def test_a_gate_of_zero_is_asked_for_and_none_is_chosen(fitted, corpus, tiny, monkeypatch):
    monkeypatch.setattr("nordclass.training.sectors.best_gate", lambda *_: 0.65)
    passes = [
        replace(NOTHING, reading=r, language=e.language) for e, r in zip(corpus, fitted.held_out, strict=True)
    ]
    fold, nobody = fold_numbers(range(len(corpus)), 2, 0), np.zeros(len(corpus))
    for asked, gate in ((None, 0.65), (0, 0)):
        settings = replace(tiny.sectors, gate=asked)
        head, _ = fit_sector_combiner(fitted, passes, corpus, nobody, fold, settings, 0)
        assert head.gate == gate


def test_where_the_partner_is_sure_no_gate_holds(fitted, corpus, tiny):
    passes = [
        replace(NOTHING, reading=r, language=e.language) for e, r in zip(corpus, fitted.held_out, strict=True)
    ]
    fold = fold_numbers(range(len(corpus)), 2, 0)
    partner = np.where(np.arange(len(corpus)) % 3, 0.79, 0.81).astype(np.float32)
    settings = replace(tiny.sectors, gate=0.77, sure_partner=0.8)
    head, held_out = fit_sector_combiner(fitted, passes, corpus, partner, fold, settings, 0)
    assert head.sure_partner == 0.8
    for i, _, presence in held_out:
        assert (presence == 1) == (i % 3 == 0)
    assert head.settled(0.3, 0.81) == 1
    assert head.settled(0.3, 0.79) == 0.3
    assert replace(head, sure_partner=0.0).settled(0.3, 1.0) == 0.3


def test_presence_is_learned_from_what_speaks_for_any_cooperation(fitted, corpus, tiny):
    """The scores of the sectors say nothing here, that for "any cooperation" says all."""
    passes = [
        replace(
            NOTHING,
            reading=Reading(np.append(np.zeros(len(fitted.labels)), 3 if e.sectors else -3)),
            language="ko",
        )
        for e in corpus
    ]
    fold, nobody = fold_numbers(range(len(corpus)), 2, 0), np.zeros(len(corpus))
    head, held_out = fit_sector_combiner(fitted, passes, corpus, nobody, fold, tiny.sectors, 0)
    assert head.presence.weights[2] > 0.2
    for found in (
        [(i, presence) for i, _, presence in held_out],
        [(i, head.probabilities(passes[i])[1]) for i, _, _ in held_out],
    ):
        yes = min(presence for i, presence in found if corpus[i].sectors)
        assert yes > max(presence for i, presence in found if not corpus[i].sectors)


def test_thresholds_part_what_can_be_parted():
    target = np.zeros((400, 2), bool)
    target[:200, 0] = target[:100, 1] = True
    probabilities = np.where(target, 0.72, 0.1).astype(np.float32)
    cuts = label_thresholds(probabilities, target)
    assert ((probabilities >= cuts) == target).all()


def test_rare_labels_lean_on_the_common_threshold():
    """A label with one document must not choose its threshold by that one alone."""
    chance = np.random.RandomState(0)
    probabilities = (chance.rand(500, 2) * 0.6).astype(np.float32)
    target = np.zeros((500, 2), bool)
    target[:, 0] = probabilities[:, 0] > 0.3
    target[7, 1], probabilities[7, 1] = True, 0.74
    cuts = label_thresholds(probabilities, target)
    assert abs(cuts[1] - cuts[0]) < 0.1


def written(count, release):
    """Korean articles of one topic in the words of a ministry or of a paper."""
    words = "보도자료 제공 담당 부서 과장 배포 즉시" if release else "기자 앵커 제보 구독 취재 특파원 단독"
    subjects = ["전력망", "병원", "철도", "항만", "학교"]
    return [
        {
            "text": f"{words} {subjects[i % 5]} 협력 양해각서 체결 {i}회",
            "sectors": [["energy"], ["health"], ["transport"], ["transport"], ["education"]][i % 5],
            "release": release,
        }
        for i in range(count)
    ]


def fitted_on(rows, tiny, classifier):
    found = examples(list(labelled(rows)), classifier.lexicon)
    labels = sector_labels(found, list(sectors()))
    fold = fold_numbers(range(len(found)), 2, 0)
    return found, fit_sector_scorers(found, labels, fold, tiny.sectors)


def test_releases_are_told_from_other_documents(tiny, classifier):
    found, scores = fitted_on(written(30, True) + written(30, False), tiny, classifier)
    assert [reading.release > 0 for reading in scores.held_out] == [True] * 30 + [False] * 30
    read = [scores.scorers["ko"].read(e.terms, e.terms["text"]).release for e in found]
    assert [release > 0 for release in read] == [True] * 30 + [False] * 30
    assert [reading.release for reading in scores.held_out] != pytest.approx(read, abs=1e-3)


@pytest.mark.parametrize("others", [0, 19])
def test_too_few_documents_of_a_register_teach_none(others, tiny, classifier):
    _, scores = fitted_on(written(30, True) + written(others, False), tiny, classifier)
    assert scores.scorers["ko"].register is None
    assert {reading.release for reading in scores.held_out} == {0.0}


def test_releases_have_a_gate_of_their_own(tiny, classifier):
    rows = written(30, True) + written(30, False)
    settings = replace(tiny.sectors, iterations=60, gate=0.01, gates={"ko-release": 1.1})
    model = train(rows, recipe=replace(tiny, sectors=settings), base=classifier)
    told = [bool(model.classify(row["text"]).sectors) for row in rows]
    assert told == [False] * 30 + [True] * 30
    assert model.description.metrics["sectors"]["recall"] <= 0.5
    of_language = replace(tiny, sectors=replace(settings, gates={"ko": 1.1}))
    model = train(rows, recipe=of_language, base=classifier)
    assert not any(model.classify(row["text"]).sectors for row in rows)


def test_a_gate_for_releases_that_holds_for_none_is_told(some, tiny, classifier):
    said = []
    gated = replace(tiny, sectors=replace(tiny.sectors, gates={"ko-release": 0.9}))
    train(some, recipe=gated, base=classifier, say=said.append)
    assert any(step.startswith("a gate for releases holds for none: 20 releases") for step in said)
    train(written(30, True) + written(30, False), recipe=gated, base=classifier, say=(other := []).append)
    assert not any("releases" in step for step in other)
