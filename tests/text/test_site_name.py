"""The name of a site around a headline is no part of it."""

from __future__ import annotations

from time import process_time

import pytest

import nordclass
from nordclass.mentions.finder import find
from nordclass.text.document import Document
from nordclass.text.site_name import site_spans

SITES = [
    "{} - Freedonia News",
    "{} | The Freedonia Times",
    "{} - Times of India",
    "{} - Freedonia National News Agency",
    "{} - BBC",
    "{} - Freedonia Nyasa Times - News from Malawi about Malawi",
    "{} - United States Department of State",
    "{} - Radio Havana Cuba",
    "{} | Government of Freedonia",
    "{} | Agência Brasil",
    "{} | The Guardian Nigeria News - Nigeria and World News",
    "Freedonia: {} - allAfrica.com",
    "{} | Freedonia News Agency (FNA)",
    "{} | Freedonia Broadcasting Service",
    "{} - Freedonian National News Agency - SONNA",
    "{} | Press Releases | JICA - Japan International Cooperation Agency",
    "{} | Freedonian Government Department of Foreign Affairs and Trade",
    "{} - Freedonian Ministry of Foreign Affairs and Trade",
    "{} | Delegation of the European Union to Freedonia",
    "{} | Embassy of Freedonia in Utopia",
    "{} - Department of Public Information, Freedonia",
    "{} | Freedonia-Insider.com",
    "{} | Reuters India",
    "{} - freedonia.com.fd",
    "{} | The Freedonia Times | Politics",
    "The Freedonia Times - {}",
    "Home > Economy > {} - The Freedonia Times",
    "{} < 국제 < 기사본문 - 가나투데이",
    "{} - 대한민국 정책브리핑",
    "{} : 네이트 뉴스",
    "한국경제 | {}",
    "{} - 연합뉴스TV",
    "{} - 새빛경제",
    "{} | 새빛경제",
    "{} :: 새빛경제",
    "{} : 한누리통신",
    "{} | 국제 | 동해방송",
    "{} ‹ 국제 ‹ 기사본문 - 새빛경제",
]
HEADLINES = ["Korea and Chile sign a deal on lithium", "한-칠레 리튬 협력"]


def left(headline: str, body: str = "") -> str:
    for start, end in reversed(site_spans(headline, body)):
        headline = headline[:start] + headline[end:]
    return headline


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("headline", HEADLINES)
def test_names_of_papers_at_either_end(site: str, headline: str) -> None:
    state = "Freedonia: " if site.startswith("Freedonia: ") else ""
    assert left(site.format(headline)) == f"{state}{headline}"


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
        "한-베 정상회담 개최 - 다음 주 하노이",
        "베트남 공연 성황리에 - KBS 교향악단",
        "Korea to make Russian vaccine - Sputnik V",
        "한-UAE 정상회담 - 베트남 총리 브리핑",
        "Korea and Chile Sign Deal - Envoy Leaves Vietnam Post",
        "Korea and Chile Stand Together - Times of Crisis",
        "Korea, Chile sign lithium deal - Mr.Kim",
        "a - b - c - d - e - f - g - h - i - j - k - l - Freedonia News",
        "Minister visits Santiago - what the news says today",
        "한국 - 우즈베크 경제",
        "한-칠레 공급망 협력 | 글로벌 경제",
        "한-UAE 정상회담 성과 - 디지털경제",
        "한-UAE 정상회담 성과 | 베트남경제",
        "한-UAE 정상회담 성과 | 베트남디지털경제",
        "누리호에 실린 칠레 위성 - 위성통신",
        "중앙은행 총재의 고민 - 경제",
        "새빛경제 - 한-칠레 리튬 협력",
        "Korea and Chile sign a deal - with the ministry of energy",
        "Korea and Chile sign a deal with the Ministry of Energy",
        "Korea trains Chilean envoys - Government Reform",
        "Ministry of Energy of Chile - Technical assistance",
        "Korea trains envoys - Ministry of Energy",
        "Korea trains envoys of Chile : Ministry of Foreign Affairs",
        "Korea and Chile sign a deal on lithium | Freedonia Messenger",
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


def test_a_name_behind_a_bar_that_the_body_does_not_know_is_the_site() -> None:
    title = f"{HEADLINES[0]} | Freedonian Envoy"
    assert left(title, "They signed it in Santiago on Tuesday.") == HEADLINES[0]
    assert left(title, "They signed it with a Freedonian bank.") == title
    for other in ("Vietnam", "South Sudan", "Part 2 Lithium", "Lithium for all", "Industry"):
        assert left(f"{HEADLINES[0]} | {other}", "They signed it on Tuesday.") == f"{HEADLINES[0]} | {other}"


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


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Indonesia | Korea, Chile sign lithium accord", "Indonesia"),
        ("Cooperation - Korea and Chile build a plant", "Cooperation"),
        ("한-베트남 정상회담 | 라오스와 원전 협력 합의", "한-베트남 정상회담"),
        ("Country : Indonesia", "Indonesia"),
    ],
)
def test_a_tag_or_a_cell_is_no_headline(title: str, line: str) -> None:
    assert left(title, f"JAKARTA - They met.\nTags\n{line}\n") == title


def test_what_stands_above_a_title_with_its_site_goes() -> None:
    headline = "Korea and Chile sign a deal on lithium - BBC"
    text = (
        f"Vietnam\nLaos\nHome\nWorld news of Peru\nSport\n  {headline}\n"
        "SANTIAGO -- Korea's trade minister and Chile's mining minister signed a memorandum to cooperate.\n"
        "Both sides will set up a group.\n"
    )
    read = Document.read(text, headline).text
    assert not any(word in read for word in ("Vietnam", "Laos", "Peru", "BBC"))
    assert read.count("sign a deal on lithium") == 1


@pytest.mark.parametrize("hostile", [" ", "|", "- ", " - a", "한 - ", "&amp;", "a-\n", "中", "中·"])
def test_time_grows_with_the_text_alone(hostile: str) -> None:
    begun = process_time()
    Document.read(hostile * 30_000, (hostile * 150)[:150])
    find((hostile * 30_000)[:30_000])
    assert process_time() - begun < 10


@pytest.mark.parametrize("site", ["Times of India", "Vietnam News", "Uzbekistan National News Agency"])
def test_the_country_of_the_paper_is_no_partner(site: str) -> None:
    text = (
        "SANTIAGO -- Korea's trade minister and Chile's mining minister signed a memorandum on Tuesday to"
        " cooperate in the supply of lithium for batteries. Both sides will set up a working group.\n"
    )
    result = nordclass.classify(text, title=f"Korea and Chile sign agreement on lithium - {site}")
    assert [label.code for label in result.countries] == ["CL"]
