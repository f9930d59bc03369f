from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nordclass.text.lexicon import Lexicon, word_form

LEXICON = Lexicon(
    {"정부는": "정부", "협력사업": "협력 사업", "그리고": "", "signed": "sign", "ministries": "ministri"},
    ["는", "에서는", "에서", "서는"],
    ["정부", "협력", "전자정부", "전자", "사업"],
)


def test_known_words_stand_for_their_terms():
    assert LEXICON.terms("정부는") == ("정부",)
    assert LEXICON.terms("협력사업") == ("협력", "사업")
    assert LEXICON.terms("signed") == ("sign",)
    assert LEXICON.terms("그리고") == ()


def test_unseen_latin_words_stand_for_themselves_unless_a_letter():
    assert LEXICON.terms("blockchain") == ("blockchain",)
    assert LEXICON.terms("x") == ()


def test_the_longest_particle_is_cut_from_an_unseen_word():
    assert LEXICON.terms("전자에서는") == ("전자",)
    assert LEXICON.terms("사업는") == ("사업",)


def test_what_is_left_after_the_particle_may_be_a_known_word():
    assert LEXICON.terms("협력사업에서") == ("협력", "사업")


def test_an_unseen_compound_is_covered_with_the_longest_nouns():
    assert LEXICON.terms("전자정부협력") == ("전자정부", "협력")
    assert LEXICON.terms("신전자대사업") == ("전자", "사업")


def test_a_word_without_known_parts_carries_nothing():
    assert LEXICON.terms("뷁") == ()
    assert LEXICON.terms("뷁쀍는") == ()


def test_a_particle_alone_is_no_word():
    assert LEXICON.terms("에서는") == ()


def test_length_is_the_number_of_known_words():
    assert len(LEXICON) == 5


@given(st.text("정부협력전자사업는에서뷁", min_size=1))
def test_terms_of_unseen_hangul_are_nouns_in_their_order(word):
    if word in LEXICON.entries:
        return
    at = 0
    for term in LEXICON.terms(word):
        assert term in LEXICON.nouns
        at = word.index(term, at) + len(term)


@given(st.text("정부협력는에서", min_size=1))
def test_an_answer_is_the_same_the_second_time(word):
    fresh = Lexicon(LEXICON.entries, LEXICON.particles, LEXICON.nouns)
    assert fresh.terms(word) == fresh.terms(word) == LEXICON.terms(word)


@given(
    st.lists(
        st.sampled_from(
            ["정부는", "전자에서는", "Signed", "SIGNED", "Ministries", "Korea's", "x", ".", "\x01\x01"]
        )
    )
)
def test_reading_gives_the_terms_of_the_word_forms(surfaces):
    expected = [LEXICON.terms(word_form(s)) if s[0].isalpha() else () for s in surfaces]
    assert LEXICON.read(surfaces) == expected


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr("nordclass.text.lexicon._REMEMBERED", 3)
    lexicon = Lexicon(LEXICON.entries, LEXICON.particles, LEXICON.nouns)
    for word in ["정부는", "signed", "협력사업", "그리고", "signed"] * 2:
        assert lexicon.read([word]) == [lexicon.terms(word)]
    assert len(lexicon._remembered) <= 3


def test_a_word_form_is_lower_case_without_possessive():
    assert [word_form(w) for w in ("Korea's", "KOICA", "o'clock", "don't", "Laos'")] == [
        "korea",
        "koica",
        "o'clock",
        "don",
        "laos'",
    ]
