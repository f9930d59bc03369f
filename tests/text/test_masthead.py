"""The name of a site around a headline is no part of it."""

from __future__ import annotations

import pytest

import nordclass
from nordclass.text.document import Document
from nordclass.text.masthead import mastheads

SITES = [
    "{} - Freedonia News",
    "{} | The Freedonia Times",
    "{} - Times of Freedonia",
    "{} - Freedonia National News Agency",
    "{} - BBC",
    "{} | Reuters India",
    "{} - freedonia.com.fd",
    "{} | The Freedonia Times | Politics",
    "The Freedonia Times - {}",
    "Home > Economy > {} - The Freedonia Times",
    "{} < 국제 < 기사본문 - 가나투데이",
    "{} - 대한민국 정책브리핑",
    "{} : 네이트 뉴스",
    "한국경제 | {}",
]
HEADLINES = ["Korea and Chile sign a deal on lithium", "한-칠레 리튬 협력"]


def left(headline: str, body: str = "") -> str:
    for start, end in reversed(mastheads(headline, body)):
        headline = headline[:start] + headline[end:]
    return headline


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("headline", HEADLINES)
def test_names_of_papers_at_either_end(site: str, headline: str) -> None:
    assert left(site.format(headline)) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Korea and Chile sign a deal on lithium",
        "Yoon meets Tokayev - joint statement",
        "Railway for Vietnam - The Way Forward",
        "한-UAE 정상회담 - 디지털 경제",
        "카자흐스탄 철도 사업 - 한국, 신호체계 공급",
        "이란, 미국 협상 - 뉴스",
        "정치 | 경제 | 외교",
        "News | Times",
        "The Freedonia Times - Today",
        "a - b - c - d - e - f - g - h - i - j - k - l - Freedonia News",
        "Minister visits Santiago - what the news says today",
    ],
)
def test_what_no_paper_is_named_is_left(headline: str) -> None:
    assert left(headline) == headline


def test_what_the_page_repeats_is_the_headline() -> None:
    body = "Menu\nKorea and Chile  sign a deal on lithium\nSANTIAGO - They did.\n"
    for title in ("{} | Freedonia Messenger", "Messenger :: {}", "Messenger - {} - Freedonia"):
        assert left(title.format(HEADLINES[0]), body) == HEADLINES[0]
    assert left("Korea and Chile - a deal | Freedonia Messenger", "Korea and Chile - a deal\nText\n") == (
        "Korea and Chile - a deal"
    )


def test_a_second_title_is_no_site() -> None:
    title = "한-칠레 자본시장 협력 강화 - 정상회담 후속조치 -"
    assert left(title, "한-칠레 자본시장 협력 강화\n- 정상회담 후속조치 -\n본문이다.\n") == title
    title = f"한-칠레 자본시장 협력 강화 - {'증권시장 시스템 운영 선진화 ' * 3}"
    assert left(title, "한-칠레 자본시장 협력 강화\n본문이다.\n") == title


@pytest.mark.parametrize("title", [None, "Korea and Chile sign a deal on lithium - Vietnam News"])
def test_offsets_and_what_is_blanked(title: str | None) -> None:
    text = "They did, in Santiago.\n"
    if title is None:
        text = f"\nKorea and Chile sign a deal on lithium - Vietnam News\n\n{text}"
    document = Document.read(text, title)
    assert "Vietnam" not in document.text
    start = document.text.index("Chile")
    part, first, end = document.source(start, start + 5)
    assert (title or text)[first:end] == "Chile"
    assert part == ("title" if title else "text")


def test_a_headline_that_comes_alone_and_one_that_the_text_begins_with() -> None:
    headline = "Korea and Chile sign agreement on lithium"
    for text, title in (
        (f"{headline} - Vietnam News", None),
        ("", f"{headline} - Vietnam News"),
        (f"{headline} - Vietnam News\nThey did.", f"{headline} - Vietnam News"),
    ):
        assert [label.code for label in nordclass.classify(text, title=title).countries] == ["CL"]


def test_blanks_take_no_time() -> None:
    blanks = " " * 100_000
    assert len(Document.read(f"{blanks}a{blanks}|{blanks}\n", f"a{blanks}|").text) > 300_000


@pytest.mark.parametrize("site", ["Times of India", "Vietnam News", "Uzbekistan National News Agency"])
def test_the_country_of_the_paper_is_no_partner(site: str) -> None:
    text = (
        "SANTIAGO -- Korea's trade minister and Chile's mining minister signed a memorandum on Tuesday to"
        " cooperate in the supply of lithium for batteries. Both sides will set up a working group.\n"
    )
    result = nordclass.classify(text, title=f"Korea and Chile sign agreement on lithium - {site}")
    assert [label.code for label in result.countries] == ["CL"]
