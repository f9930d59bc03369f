"""One line is known as a menu, a byline or a list of languages; lines of an article are not."""

from __future__ import annotations

import pytest

from nordclass.text.furniture.lines import pieces_of
from nordclass.text.furniture.spans import furniture

TOLD = "Two ferries for the outer islands of Tonga will be built in Busan, the ministry of transport said."
MORE = "The first is due in Nuku'alofa before the season of storms, and crews are to be trained in Korea."


def gone(*lines: str) -> list[str]:
    """What goes of an article of these lines."""
    text = "\n".join(lines)
    return [text[start:end].strip() for start, end in furniture(text)]


def test_a_piece_that_is_a_blank_of_another_kind_is_none():
    assert pieces_of("홈 | (\x1c) | 국제") == ["홈", "국제"]
    assert furniture("홈 | (\x1c) | 국제\n") == [(0, 12)]


def test_a_byline_does_not_end_like_a_sentence():
    assert gone("Tonga orders ferries", "By Ana Lopez", TOLD) == ["By Ana Lopez"]
    assert gone("Tonga orders ferries", "By Ana Lopez Jr.", TOLD) == ["By Ana Lopez Jr."]
    assert gone("Tonga orders ferries", "By the sea in Peru.", TOLD) == []


@pytest.mark.parametrize(
    "title",
    [
        "Agriculture Science and Technology",
        "Science and Technology Policy - Experts",
        "Africa trade policy research",
        "Sectors: Agriculture | Energy | Health",
    ],
)
def test_a_title_of_fields_is_no_menu(title: str):
    assert gone(title, TOLD) == []


def test_a_menu_of_fields_with_words_of_papers_goes():
    assert gone("News Politics Economy Energy Health", TOLD) == ["News Politics Economy Energy Health"]


@pytest.mark.parametrize(
    "line",
    [
        "한국어 English 日本語 中文 Tiếng Việt Bahasa Indonesia Русский",
        "한국어 English 日本語",
        "Bahasa Indonesia",
        "English · Español · Русский",
    ],
)
def test_menus_of_languages_go(line: str):
    assert gone(line, "Tonga orders ferries", TOLD) == [line]
    assert gone("Tonga orders ferries", TOLD, line) == [line]
    assert gone(TOLD, line, MORE) == []


@pytest.mark.parametrize(
    "line", ["Bahasa Indonesia for beginners", "English Tonga", "언어: 한국어 English", "Русский мир"]
)
def test_a_line_with_more_than_languages_stays(line: str):
    assert gone(line, TOLD) == []
