from __future__ import annotations

import pytest

from nordclass.text.lexicon import Lexicon
from nordclass.training.examples import examples, label_matrix
from nordclass.training.records import labelled

LEXICON = Lexicon({"협정": "협정", "체결": "체결"}, [], [])
TEXT = "한국과 페루는 협정 체결. 아세안도 왔다. 대한민국은 돕는다."


def one(**columns):
    (example,) = examples(list(labelled([{"text": TEXT, "title": "페루 협정", **columns}])), LEXICON)
    return example


def test_partners_are_countries_and_marked_regions():
    example = one(countries=["PE", "CU"], regions=["ASEAN"], sectors=["ict"])
    assert example.partners == {"PE", "CU", "@ASEAN"}
    assert example.sectors == {"ict"}
    assert {c.code for c in example.candidates} == {"PE", "@ASEAN"}
    assert example.home_mentions == 2
    assert example.language == "ko"
    assert list(example.terms["title"]) == ["협정"]


def test_places_that_are_not_labelled_are_unknown_but_read():
    example = one(sectors=["ict"])
    assert example.partners is None
    assert {c.code for c in example.candidates} == {"PE", "@ASEAN"}


@pytest.mark.parametrize("kind", ["countries", "regions"])
def test_places_that_are_labelled_by_half_are_unknown(kind):
    assert one(**{kind: []}).partners is None
    assert one(countries=[], regions=[]).partners == frozenset()


def test_documents_that_teach_terms_only_have_no_places():
    example = one(countries=["PE"], sectors=["ict"], terms_only=True)
    assert example.partners is None
    assert example.candidates == []
    assert example.terms["text"]


@pytest.mark.parametrize("labels", [("a", "b", "c"), ("c", "a")])
def test_a_matrix_says_which_labels_a_set_holds(labels):
    sets = [frozenset("ab"), frozenset(), frozenset("cz")]
    expected = [[label in held for label in labels] for held in sets]
    assert label_matrix(sets, labels).tolist() == expected


def test_a_matrix_of_nothing():
    assert label_matrix([], ("a",)).shape == (0, 1)
    assert label_matrix([frozenset("a")], ()).shape == (1, 0)
