from __future__ import annotations

import pytest
import snowballstemmer

from nordclass.training.lexicons import learn_lexicon

KOREAN = ["정부는 협력을 추진했다. 정부는 협력을 시작했다. KOICA ministries가 돕는다. 정부가 왔다."] * 10
ENGLISH = ["The ministries signed agreements. Korea's ministries are cooperating.", "ministries rare"]


@pytest.fixture(scope="module")
def lexicon():
    return learn_lexicon(KOREAN, ENGLISH, min_count=2)


def test_hangul_words_get_the_terms_that_they_had_in_context(lexicon):
    assert lexicon.terms("정부는") == ("정부",)
    assert lexicon.terms("협력을") == ("협력",)


def test_particles_and_nouns_are_learned(lexicon):
    assert {"는", "을"} <= lexicon.particles
    assert {"정부", "협력"} <= lexicon.nouns
    assert lexicon.terms("정부을") == ("정부",)


def test_latin_words_get_their_stems(lexicon):
    stem = snowballstemmer.stemmer("english").stemWord
    for word in ("ministries", "koica"):
        assert lexicon.terms(word) == (stem(word),)
    assert lexicon.entries["ministries"] == "ministri"


def test_rare_words_are_left_to_the_rules(lexicon):
    assert "signed" not in lexicon.entries
    assert learn_lexicon([], ENGLISH, min_count=1).entries["signed"] == "sign"


def test_words_that_are_their_own_stem_take_no_room():
    assert "rare" not in learn_lexicon([], ["korea korea"], min_count=1).entries


def test_the_size_keeps_the_most_frequent_words():
    lexicon = learn_lexicon(["정부는 정부는 정부는 협력을 협력을 왔다 왔다"], [], size=2, min_count=1)
    assert set(lexicon.entries) == {"정부는", "왔다"}  # of words as frequent the first by their letters
    assert len(learn_lexicon(KOREAN, ENGLISH, size=1).entries) == 2  # one of each writing


def test_nothing_to_learn_from():
    assert len(learn_lexicon([], [])) == 0
