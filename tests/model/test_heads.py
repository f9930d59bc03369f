from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nordclass.mentions.candidates import analyse
from nordclass.model.heads import (
    ABSENT,
    Presence,
    first_pass,
    place_rows,
    presence_row,
    sector_rows,
    sector_terms,
)
from nordclass.model.mentions import MENTION_COLUMNS
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon

KOREAN = (
    "한국과 페루는 전자정부 협력 양해각서를 체결했다. 페루 정부는 쿠바, 칠레와도 협의한다. "
    "아세안과 유럽연합은 자료를 냈다."
)


@pytest.fixture(scope="module")
def first(classifier):
    analysis = analyse(Document.read(KOREAN, "한-페루 협정"), classifier.lexicon)
    return first_pass(analysis, classifier.places, classifier.sectors)


def test_terms_of_the_sector_head():
    lexicon = Lexicon({"협정": "협정", "체결": "체결", "사업": "사업"}, [], [])
    analysis = analyse(Document.read("사업 체결 페루 사업", "페루 협정 체결"), lexicon)
    assert sector_terms(analysis) == {
        "text": ["협정", "체결", "사업", "체결", "사업"],
        "title": ["협정", "체결"],
    }


def test_first_pass_scores_every_candidate_and_sector(first, classifier):
    assert {c.code for c in first.candidates} == {"PE", "CU", "CL", "@ASEAN", "@EU"}
    assert len(first.places) == len(first.candidates)
    assert len(first.sectors) == len(classifier.sectors.labels) + 1
    assert first.language == "ko"
    assert first.home_mentions == 1


def test_scores_are_those_of_the_scorers(first, classifier):
    scorer = classifier.places.scorer
    each = [scorer.logits(c.bags)[0] for c in first.candidates]
    assert first.places.tolist() == pytest.approx(each, abs=1e-6)
    terms = sector_terms(analyse(Document.read(KOREAN, "한-페루 협정"), classifier.lexicon))
    assert first.sectors.tolist() == classifier.sectors.scorers["ko"].linear.logits(terms).tolist()


def test_probabilities_are_probabilities(first, classifier):
    sectors, presence = classifier.sectors.probabilities(first)
    for probabilities, count in (
        (classifier.places.probabilities(first), len(first.candidates)),
        (sectors, len(classifier.sectors.labels)),
        (np.array([presence]), 1),
    ):
        assert probabilities.shape == (count,)
        assert ((probabilities > 0) & (probabilities < 1)).all()


def test_order_of_candidates_does_not_matter(first, classifier):
    order = [3, 0, 4, 2, 1]
    mixed = replace(
        first,
        candidates=[first.candidates[i] for i in order],
        places=first.places[order],
        mentions=first.mentions[order],
    )
    assert place_rows(mixed) == pytest.approx(place_rows(first)[order], rel=1e-5)
    assert mixed.summary == pytest.approx(first.summary, rel=1e-5)
    assert classifier.places.probabilities(mixed) == pytest.approx(
        classifier.places.probabilities(first)[order], rel=1e-4
    )


def test_a_row_tells_how_a_place_compares_with_the_others(first):
    """Another place's score changes the row of each place; one document's rows say nothing of another's."""
    other = first.places.copy()
    other[0] += 3
    before, after = place_rows(first), place_rows(replace(first, places=other))
    assert (before != after).any(axis=1).all()


def test_a_row_ends_with_what_single_mentions_say(first):
    assert place_rows(first)[:, -MENTION_COLUMNS:].tolist() == first.mentions.tolist()


def test_older_models_have_no_scorer_of_mentions(first, classifier):
    mute = replace(classifier.places, mentions=None)
    assert (mute.mention_logits(first.candidates) == ABSENT).all()


def test_rows_of_sectors_tell_sectors_apart(first, classifier):
    rows = sector_rows(first, classifier.sectors.priors)
    assert rows.shape[0] == len(classifier.sectors.labels)
    assert len({row.tobytes() for row in rows}) == len(rows)
    assert np.isfinite(rows).all()


def test_a_document_without_places(classifier):
    analysis = analyse(Document.read("정부는 전자정부 사업을 마쳤다."), classifier.lexicon)
    first = first_pass(analysis, classifier.places, classifier.sectors)
    assert len(first.candidates) == 0
    assert classifier.places.probabilities(first).shape == (0,)
    assert np.isfinite(first.summary).all()
    assert classifier.sectors.probabilities(first)[0].shape == (len(classifier.sectors.labels),)


def test_a_language_without_scorer_gets_no_sector(first, classifier):
    mute = replace(classifier.sectors, scorers={})
    analysis = analyse(Document.read(KOREAN), classifier.lexicon)
    silent = first_pass(analysis, classifier.places, mute)
    assert len(silent.sectors) == 0
    probabilities, presence = mute.probabilities(silent)
    assert not probabilities.any()
    assert presence == 0
    assert np.isfinite(classifier.places.probabilities(silent)).all()


@pytest.mark.parametrize("missing", ["places", "sectors"])
def test_a_head_that_is_missing_scores_nothing(classifier, missing):
    heads = {"places": classifier.places, "sectors": classifier.sectors} | {missing: None}
    first = first_pass(analyse(Document.read(KOREAN), classifier.lexicon), **heads)
    assert len(getattr(first, missing)) == 0
    assert np.isfinite(first.summary).all()


def test_that_there_is_a_sector_is_surer_the_more_speaks_for_it(first, classifier):
    """Each of its five columns: the two best sectors, any cooperation, the best country and region."""
    head = classifier.sectors
    logits = head.combiner.logits(sector_rows(first, head.priors))
    row = presence_row(logits, first)
    best = np.sort(logits)[::-1]
    states = [score for c, score in zip(first.candidates, first.places, strict=True) if not c.is_region]
    regions = [score for c, score in zip(first.candidates, first.places, strict=True) if c.is_region]
    assert row.tolist() == pytest.approx([best[0], best[1], first.sectors[-1], max(states), max(regions)])
    even = Presence(np.full(5, 0.2, np.float32), -0.3)
    assert even.probability(row) == pytest.approx(1 / (1 + np.exp(0.3 - row.mean())), rel=1e-5)
    asked = replace(head, presence=even)
    assert asked.probabilities(first)[1] == pytest.approx(even.probability(row))
    assert replace(head, presence=None).probabilities(first)[1] == head.probabilities(first)[0].max()


def test_a_single_sector_has_a_row_too(first):
    assert presence_row(np.array([1.5], np.float32), first)[:2].tolist() == [1.5, ABSENT]
