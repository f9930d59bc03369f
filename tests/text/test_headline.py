from __future__ import annotations

import unicodedata

import pytest

from nordclass.text.headline import lone_headline

HEADLINE = "한-페루, 전자정부 협력 양해각서 체결"


@pytest.mark.parametrize(
    ("text", "title"), [(HEADLINE, None), (f"\n {HEADLINE}\n", ""), ("", HEADLINE), (" \n", f"{HEADLINE} ")]
)
def test_a_line_alone_is_a_headline_wherever_it_stands(text, title):
    assert lone_headline(text, title) == HEADLINE


LONG = unicodedata.normalize("NFD", ", ".join([HEADLINE] * 6))


@pytest.mark.parametrize(
    ("text", "title", "raw"),
    [
        (LONG, None, LONG),  # of 150 syllables, each two or three characters
        (f"\u202a {HEADLINE} \u202c", "\u200e", HEADLINE),
        ("\u200b", f"\u200e{HEADLINE}\n", HEADLINE),
        (f"{HEADLINE}.\u202c", None, None),
        (f"{HEADLINE}\u2028양국은 협력한다", None, None),
    ],
)
def test_how_it_is_written_does_not_matter(text, title, raw):
    assert lone_headline(text, title) == raw


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", None),
        ("Peru", None),
        ("Korea, Peru", None),
        (f"{HEADLINE}.", None),
        ("Korea and Peru sign “a deal.”", None),
        (f"{HEADLINE}\n양국은 협력한다", None),
        ("양국은 협력한다", HEADLINE),
        (f"{HEADLINE} " * 8, None),
        (f"{HEADLINE} " * 800, None),
    ],
)
def test_what_is_more_or_less_is_none(text, title):
    assert lone_headline(text, title) is None
