from __future__ import annotations

import re

import pytest

from nordclass.mentions.word_lists import any_of, words
from nordclass.taxonomy import countries
from nordclass.taxonomy.names import name_rows
from nordclass.taxonomy.tables import rows

NAMES = [row["list"] for row in rows("word_lists.tsv")]


def test_no_list_stands_twice():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_no_stray_blank_and_no_word_twice(name):
    found = words(name)
    assert found
    assert all(word and word == " ".join(word.split()) for word in found)
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(any_of(name), word) for word in found)


@pytest.mark.parametrize("name", ["before_us", "after_us", "after_who", "after_ice"])
def test_words_around_acronyms_are_in_capitals(name):
    assert all(word.isascii() and word.isupper() for word in words(name))


@pytest.mark.parametrize("name", ["us_states_short", "canadian_provinces_short"])
def test_abbreviations_end_with_a_point(name):
    assert all(word.endswith(".") for word in words(name))


@pytest.mark.parametrize("name", ["after_compound", "after_short_name"])
def test_what_follows_a_korean_name_is_hangul(name):
    assert all(re.fullmatch("[가-힣]+", word) for word in words(name))


def test_languages_and_names_of_persons_are_in_the_table_of_names():
    forms = {(row.form, row.kind) for row in name_rows() if row.lang == "en"}
    assert {(word, "demonym") for word in words("languages")} <= forms
    named = {form for form, kind in forms if kind in ("name", "short", "old", "demonym", "city", "capital")}
    assert set(words("names_of_persons")) <= named


def test_states_and_provinces_are_no_countries():
    names = {country.name_en for country in countries().values()}
    assert not names & {*words("us_states"), *words("canadian_provinces")}
