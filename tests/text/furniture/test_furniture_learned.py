"""Furniture that no rule knows, and what looks like it and is the article's."""
# ruff: noqa: E501 - lines of pages

from __future__ import annotations

import numpy as np
import pytest

from nordclass.text.furniture import learned
from nordclass.text.furniture.lines import read_page
from nordclass.text.furniture.measures import COLUMNS
from nordclass.text.furniture.spans import furniture

TITLE = "Reef monitoring ship handed over to Fiji"
ARTICLE = (
    "Korea handed a ship that watches over coral reefs to the fisheries ministry of Fiji in Suva on Monday.",
    "The ship carries sonar and a laboratory. Twelve Fijian sailors learned to steer it in Busan for half a year,"
    " and two Korean engineers will stay in Suva until the end of next year to keep it running.",
    "The ministry wants to map the reefs around Vanua Levu first, where fishers report that the coral turns white.",
    "Both ministries will share the data with the islands around Fiji, the ship's master said.",
)
KO_TITLE = "해수부, 피지에 산호초 조사선 인도"
KO_ARTICLE = (
    "해양수산부가 월요일 수바에서 피지 수산부에 산호초를 살피는 조사선을 넘겨주었다.",
    "배에는 음파 탐지기와 실험실이 있다. 피지 선원 열두 명이 부산에서 반년 동안 배 모는 법을 배웠고, 한국 기술자 두 명이 내년 말까지"
    " 수바에 머물며 배를 돌본다.",
    "피지 수산부는 산호가 하얗게 변한다는 어민들의 말에 따라 바누아레부섬 둘레부터 지도를 만들기로 했다.",
    "두 나라는 조사한 자료를 이웃 섬들과도 나누기로 했다고 선장이 말했다.",
)


def gone(*lines: str, title: str = "") -> list[str]:
    text = "\n\n".join(lines)
    spans = furniture(text, title)
    at, found = 0, []
    for line in lines:
        start = text.index(line, at)
        at = start + len(line)
        if any(first <= start and at <= last for first, last in spans):
            found.append(line)
    return found


TOP = ("The Reef Courier", "Home", "Islands", "Business", "12 March 2024 09:14", "Log in")
CARDS = (
    "You might have missed",
    "Peru and Chile reopen railway across the border",
    "Trains will carry copper again from next spring, the transport ministers agreed in Arica.",
    "Tourists return to the temples of Cambodia",
    "Hotels in Siem Reap are full for the first time in three years.",
    "Zambia's nurses leave for Britain",
    "Hospitals in Lusaka fear for their night shifts.",
    "Load more",
    "© 2024 The Reef Courier",
)
KO_TOP = ("산호일보", "홈", "정치", "국제", "입력 2024.03.12 09:14", "로그인", "가+", "가-")
KO_CARDS = (
    "놓치면 아쉬운 이야기",
    "페루·칠레 국경 철도 다시 달린다",
    "두 나라 교통 장관이 내년 봄부터 구리를 실어 나르기로 뜻을 모았다.",
    "캄보디아 사원에 돌아온 관광객",
    "시엠레아프의 호텔이 삼 년 만에 가득 찼다.",
    "잠비아 간호사들, 영국으로 떠난다",
    "루사카의 병원은 야간 근무를 걱정한다.",
    "더보기",
    "ⓒ 산호일보 2024",
)
PAGES = [(TITLE, ARTICLE, TOP, CARDS), (KO_TITLE, KO_ARTICLE, KO_TOP, KO_CARDS)]


def test_headlines_under_an_unknown_heading_go_and_the_article_stays() -> None:
    went, all_of_them = 0, 0
    for title, article, top, cards in PAGES:
        headlines = cards[1:7:2]
        pages = (
            (*top, title, *article, *cards),
            (*top, cards[0], *headlines, title, *article, *cards[-2:]),
            (*top, title, *article[:2], cards[0], *headlines, *article[2:], *cards[-2:]),
        )
        for page in pages:
            left = gone(*page)
            went += len({*headlines} & {*left})
            all_of_them += len(headlines)
            assert not {title, *article} & {*left}
    assert went >= 0.3 * all_of_them


def test_a_title_that_is_given_apart_is_no_reason_to_drop_the_article():
    assert not {*ARTICLE} & {*gone(*TOP, *ARTICLE, *CARDS, title=TITLE)}


@pytest.mark.parametrize(
    "own",
    [
        (
            "The following states sent sailors to the course in Busan this year:",
            "Samoa",
            "Tonga",
            "Vanuatu",
            "Kiribati",
        ),
        (
            "Next steps",
            "Q. Who pays for the ship?",
            "A. Korea does.",
            "Q. Where will it sail?",
            "A. Around Fiji.",
        ),
    ],
)
def test_what_the_article_announces_stays(own: tuple[str, ...]) -> None:
    assert not {*own[1:]} & {*gone(TITLE, *ARTICLE[:2], *own, *ARTICLE[2:])}


def test_an_article_is_never_dropped_whole():
    page = read_page("\n".join((*CARDS[:-1], *CARDS[:-1])))
    learned.mark_learned(page, "")
    assert any(line.is_body and not line.drop for line in page.lines)


def test_few_lines_that_are_no_sentences_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "load_trees", lambda: pytest.fail("looked at"))
    furniture("\n\n".join((TITLE, "World", *ARTICLE)))


def test_the_trees_read_the_columns_that_are_measured():
    trees = learned.load_trees()
    assert trees.column.max() < len(COLUMNS)
    assert np.isfinite(trees.value).all()
    assert len(trees.roots) > 100
    assert (trees.left < len(trees.value)).all()


def test_a_long_page_is_scored_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join((*TOP, TITLE, *ARTICLE, *CARDS * 3))

    def dropped(most: int) -> list[bool]:
        monkeypatch.setattr(learned, "MAX_AT_ONCE", most)
        page = read_page(lines)
        learned.mark_learned(page, "")
        return [line.drop for line in page.lines]

    assert dropped(3) == dropped(1000)
    assert any(dropped(3))
