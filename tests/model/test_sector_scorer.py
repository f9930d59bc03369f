from __future__ import annotations

from dataclasses import replace

import pytest

from nordclass.mentions.candidates import analyse
from nordclass.model.heads import ABSENT, first_pass, sector_rows
from nordclass.model.sector_scorer import UNREAD
from nordclass.text.document import Document

TEXT = "Korea and Kenya signed an agreement on a geothermal plant. Peru and ASEAN will join the training."


@pytest.fixture(scope="module")
def analysis(classifier):
    return analyse(Document.read(TEXT), classifier.lexicon)


def test_a_document_is_read_by_all_that_a_scorer_has(classifier, analysis):
    scorer = classifier.sectors.scorers["en"]
    terms = {"text": analysis.terms, "title": analysis.title_terms}
    reading = classifier.sectors.read(terms, analysis.terms, "en")
    assert reading.scores.tolist() == scorer.linear.logits(terms).tolist()
    text = scorer.linear.vectorizer.field("text")
    sequence = scorer.linear.vectorizer.sequence(text, analysis.terms)
    assert reading.passages.tolist() == scorer.passages.best(sequence, text.idf).tolist()
    similar = scorer.neighbours.similarities(*scorer.linear.vectorizer.parts(terms))
    assert reading.near.tolist() == scorer.neighbours.answer(similar).tolist()
    assert classifier.sectors.read(terms, analysis.terms, "xx") is UNREAD


def test_the_combiners_see_what_was_read(classifier, analysis):
    first = first_pass(analysis, classifier.places, classifier.sectors)
    reading = first.reading
    rows = sector_rows(first, classifier.sectors.priors)
    assert rows[:, -3].tolist() == reading.passages.tolist()
    assert rows[:, -2].tolist() == reading.near[:-1].tolist()
    assert set(rows[:, -1]) == {reading.near[-1]}


def test_a_scorer_of_an_old_model_reads_less(classifier, analysis):
    old = replace(classifier.sectors.scorers["en"], passages=None, neighbours=None)
    head = replace(classifier.sectors, scorers={"en": old})
    first = first_pass(analysis, classifier.places, head)
    assert set(sector_rows(first, head.priors)[:, -3]) == {ABSENT}
    assert not sector_rows(first, head.priors)[:, -2:].any()
