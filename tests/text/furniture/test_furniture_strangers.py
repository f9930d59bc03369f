"""What has nothing to do with the article goes, if it looks like a list, a ticker or a teaser."""

from __future__ import annotations

import pytest

from nordclass.text.document import Document
from nordclass.text.furniture.spans import furniture

KO_TITLE = "통가 여객선 두 척, 부산에서 뱃머리 올린다"
KO = (
    "통가 교통부는 외딴섬을 오갈 여객선 두 척을 부산 조선소에서 짓기로 하고 어제 계약서에 서명했다고 밝혔다.",
    "첫 배는 폭풍철이 오기 전에 누쿠알로파에 닿을 예정이며 선원들은 한국해양대학교에서 여섯 달 동안 배운다.",
)
EN_TITLE = "Tonga orders two ferries from a Busan yard"
EN = (
    "Two ferries for the outer islands of Tonga will be built in Busan, the ministry of transport said.",
    "The first is due in Nuku'alofa before the season of storms, and its crew is to be trained in Korea.",
)
KO_OTHERS = ("페루, 한국산 경전투기 도입 놓고 막판 저울질", "잠비아 구리 광산에 국내 제련사 지분 투자")
EN_OTHERS = ("Peru weighs purchase of light fighter jets", "Zambia sells stake of copper mine to smelter")


def gone(*parts: str, title: str = "") -> list[str]:
    text = "\n".join(parts)
    return [line for start, end in furniture(text, title) for line in text[start:end].split("\n") if line]


@pytest.mark.parametrize("rubric", ["오늘의 눈길", "새벽일보 고른 글", "꼭 챙길 글"])
def test_headlines_under_an_unknown_rubric_go(rubric: str) -> None:
    assert gone(KO_TITLE, *KO, rubric, *KO_OTHERS) == [rubric, *KO_OTHERS]


@pytest.mark.parametrize("rubric", ["More from The Reef Courier", "Our pick", "Elsewhere today"])
def test_headlines_under_an_unknown_english_rubric_go(rubric: str) -> None:
    assert gone(EN_TITLE, *EN, rubric, *EN_OTHERS) == [rubric, *EN_OTHERS]


@pytest.mark.parametrize(
    "below",
    [
        ("오늘의 눈길", KO_OTHERS[0]),  # one headline is no list
        (
            "오늘의 눈길",
            "통가 여객선 선원 교육 부산에서 시작",
            "통가 교통부 조선소 계약 뒷이야기",
        ),  # of the article
        ("참가한 나라", "페루, 잠비아, 가이아나", "피지, 사모아, 키리바시"),  # a list of states
        ("추진 배경과", "페루와 잠비아의 구리 광산을", "함께 캐내는 사업을 위해"),  # a wrapped sentence
        ("1. 협력 분야", *KO_OTHERS),
        ("붙임", "붙임 페루 광산 사업 개요", "붙임 잠비아 제련 사업 개요"),
    ],
)
def test_what_belongs_to_the_article_stays(below: tuple[str, ...]) -> None:
    assert gone(KO_TITLE, *KO, *below) == []


def test_a_short_text_is_no_measure() -> None:
    assert gone(KO_TITLE, KO[0], "오늘의 눈길", *KO_OTHERS) == []


def test_below_a_known_heading_stories_go_with_their_sentences() -> None:
    story = (
        "페루 국방부가 경전투기 스무 대의 값을 놓고 두 회사와 마지막 흥정을 벌이고 있다고 현지 신문이 전했다."
    )
    assert gone(KO_TITLE, *KO, "관련기사", KO_OTHERS[0], story, KO_OTHERS[1])[-3:] == [
        KO_OTHERS[0],
        story,
        KO_OTHERS[1],
    ]


def test_below_a_known_heading_the_article_may_go_on() -> None:
    more = (
        "통가 교통부는 나머지 한 척도 같은 부산 조선소에 맡기고 선원들을 한국해양대학교에 더 보내기로 했다."
    )
    assert more not in gone(KO_TITLE, *KO, "관련기사", KO_OTHERS[0], more)


@pytest.mark.parametrize("heading", ["댓글 2", "Comments (2)", "한줄댓글", "2 Comments"])
def test_what_readers_say_goes(heading: str) -> None:
    said = "잠비아 구리 광산 소식은 왜 다루지 않나요"
    assert said in gone(KO_TITLE, *KO, heading, "moon****", said)


@pytest.mark.parametrize(
    "ticker",
    [("속보", KO_OTHERS[0]), (f"[속보] {KO_OTHERS[0]}",), ("헤드라인", *KO_OTHERS)],
)
def test_a_ticker_above_the_title_goes(ticker: tuple[str, ...]) -> None:
    assert gone(*ticker, KO_TITLE, *KO, title=KO_TITLE) == [*ticker]
    assert gone(*ticker, "정치 | 경제 | 사회 | 국제", KO_TITLE, *KO)[: len(ticker)] == [*ticker]


def test_headlines_with_their_times_go_though_they_name_the_partner() -> None:
    others = ("Tonga names new minister of fisheries  12:40", "Samoa and Tonga to share a ferry  11:05")
    assert gone(EN_TITLE, *EN, "Latest today", *others) == ["Latest today", *others]


def test_an_english_ticker_goes() -> None:
    lead = f"(LEAD) {EN_OTHERS[0]}"
    assert gone("LATEST NEWS", lead, EN_TITLE, "Share", "Font Size", *EN)[:2] == ["LATEST NEWS", lead]
    assert gone("LATEST NEWS", EN_OTHERS[0], EN_TITLE, *EN) == ["LATEST NEWS", EN_OTHERS[0]]
    assert gone(f"Breaking: {EN_OTHERS[0]}", EN_TITLE, *EN) == [f"Breaking: {EN_OTHERS[0]}"]


def test_the_headline_of_a_breaking_story_stays() -> None:
    told = ("한국수력원자력은 어제 프라하에서 두코바니 원전 두 기를 짓는 계약에 서명했다고 밝혔다.", *KO)
    assert gone("[속보] 체코 원전 최종 계약 서명 완료", "한수원, 두코바니 26조원 수주 확정", *told) == []
    assert KO_TITLE not in gone(f"[속보] {KO_TITLE}", *KO)
    assert KO_TITLE not in gone("속보", KO_TITLE, *KO)
    assert EN_TITLE not in gone("LATEST NEWS", EN_TITLE, *EN)


@pytest.mark.parametrize(
    "teaser",
    [
        f"➤ {EN_OTHERS[0]}",
        f"Don't miss: {EN_OTHERS[0]}",
        f"{EN_OTHERS[1]} »",
        "Miners walk to a shaft of the copper belt, Zambia. Photo: Reuters",
    ],
)
def test_teasers_and_pictures_of_other_places_go(teaser: str) -> None:
    assert gone(EN_TITLE, EN[0], teaser, EN[1]) == [teaser]


def test_a_picture_that_names_the_partner_stays() -> None:
    told = ("The two ministers signed the contract for the ferries on Monday.",) * 2
    caption = "The minister of transport of Tonga signs the papers in Busan. Photo: Reuters"
    assert caption not in gone("Two ferries ordered", told[0], caption, f"Later, {told[1]}")
    assert gone(EN_TITLE, EN[0], caption, EN[1]) == []


def test_many_teasers_take_no_long_time() -> None:
    text = "\n".join([EN_TITLE, *EN, *(f"➤ Peru {n} weighs the purchase of jets" for n in range(15_000))])
    assert "Peru" not in Document.read(text).text


def test_a_sentence_of_the_foot_does_not_keep_what_stands_above_it() -> None:
    address = "Reef Courier House, 12 Quay Street, Apia, is open to visitors from nine to five on weekdays."
    foot = ("Elsewhere today", *EN_OTHERS, "Jobs", "Our history", "Letters", address)
    assert [line for line in gone(EN_TITLE, *EN, *foot) if "Peru" in line or "Zambia" in line] == [*EN_OTHERS]


@pytest.mark.parametrize(
    "closing", ["이전글 찻값 다시 올라", "이 페이지에서 제공하는 정보에 만족하십니까?", "ⓒ 새벽일보"]
)
def test_the_foot_begins_behind_what_closes_a_page(closing: str) -> None:
    assert "| 1187 | 페루 묘목 기증식 | 03-03 |" in gone(
        KO_TITLE, *KO, closing, "| 1187 | 페루 묘목 기증식 | 03-03 |"
    )


@pytest.mark.parametrize(
    "menu",
    [
        ("해외센터", "- 공지사항", "- 페루센터", "- 잠비아센터", "- 가이아나센터", "- 피지센터"),
        ("Countries A-G", "News", "Algeria", "Bolivia", "Ghana", "Guyana"),
        ("Countries G", "News", "├ Gambia", "├ Ghana", "├ Guinea-Bissau", "└ Guyana"),
    ],
)
def test_a_menu_of_offices_abroad_goes_with_lines_above_it(menu: tuple[str, ...]) -> None:
    told = KO if menu[0] == "해외센터" else EN
    title = KO_TITLE if menu[0] == "해외센터" else EN_TITLE
    site = "Reef Courier House of the South Sea Islands"
    left = gone(site, *menu, title, *told)
    assert [line for line in left if line not in (site, menu[0])] == [*menu[1:]]
    assert gone(title, *menu, *told) == []


@pytest.mark.parametrize(
    "below",
    [
        ("신규사업 목록", "페루 리마 상수도 개선 사업", "잠비아 루사카 병원 건립 사업"),
        ("나라별로 보면", "페루 리마에 상수도 시설 건립 지원", "잠비아 간호사 서른 명 초청 연수"),
        ("세부 프로그램", "페루 카야오 신항만 투자 설명회 10:30", "잠비아 구리 제련소 투자 설명회 11:20"),
        ("New projects", "Clean water supply for Lima, Peru", "Rice seed centre in northern Zambia"),
    ],
)
def test_a_list_of_projects_stays(below: tuple[str, ...]) -> None:
    assert gone(*(KO if below[0] >= "가" else EN), *below) == []


@pytest.mark.parametrize("heading", ["관련기사", "댓글 12"])
def test_an_article_that_goes_on_in_another_state_stays(heading: str) -> None:
    more = (
        "장관은 이어 페루 리마로 건너가 교통통신부 장관을 만나고 항만 두 곳을 함께 짓는 데에 뜻을 모았다.",
        "페루 교통부는 첫 배가 닿기 전에 부두를 넓히기로 하고 선원들의 한국해양대학교 연수도 부탁했다.",
    )
    assert not {*more} & {*gone(KO_TITLE, *KO, heading, *more)}


def test_a_sentence_with_a_credit_stays() -> None:
    told = "장관이 페루 장관과 회담을 하고 각서에 서명했다 (사진=교통부 제공)"
    assert not any(line.startswith("장관이 페루") for line in gone(KO_TITLE, KO[0], told, KO[1]))
