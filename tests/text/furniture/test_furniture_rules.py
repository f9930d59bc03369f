"""The table of furniture makes rules that can match."""

from __future__ import annotations

import re

from nordclass.text.furniture.rules import load_rules


def test_the_table_has_no_word_that_can_never_match() -> None:
    rules = load_rules()
    assert (
        "" not in rules.menus.controls | rules.menus.sections | rules.menus.counters | rules.figures.weather
    )
    assert all(
        len(word) > 1
        for word in (
            *rules.notices.anywhere,
            *rules.notices.appeals,
            *rules.notices.tails,
            *rules.notices.openings,
            *rules.lists.run_on.literals,
        )
    )


def test_the_words_that_a_text_holds_are_found_in_one_pass():
    rules = load_rules()
    words = {
        *rules.notices.anywhere,
        *rules.notices.appeals,
        *rules.notices.tails,
        *rules.notices.openings,
        *rules.lists.run_on.literals,
    }
    assert rules.words_in(" … ".join(sorted(words))) == words
    assert all(word in rules.words_in(f"…{word}…") for word in words)
    assert not rules.words_in("새 기사가 나왔다")


def test_the_words_of_a_phrase_are_in_it():
    rules = load_rules()
    phrases = (rules.notices.anywhere, rules.notices.appeals, rules.notices.tails, rules.notices.openings)
    by_word = [item for group in phrases for item in group.items()]
    assert all(word in phrase.words for word, found in by_word for phrase in found)
    phrases = [phrase for _, found in by_word for phrase in found]
    assert all(
        phrase.words and all(re.escape(w) in phrase.source for w in phrase.words) for phrase in phrases
    )


def test_the_words_of_papers_are_words_of_menus():
    rules = load_rules()
    assert rules.menus.papers <= rules.menus.known
    assert not rules.menus.items & rules.menus.known
