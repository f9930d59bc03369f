"""What stands above and below an article goes; lists, kickers and short sentences of the article stay."""

from __future__ import annotations

import pytest

from nordclass.text.document import Document
from nordclass.text.furniture.spans import furniture, page_by_rules

TITLE = "Tonga orders two ferries from Busan"
TOLD = "Two ferries for the outer islands of Tonga will be built in Busan, the ministry of transport said."
MORE = "The first is due in Nuku'alofa before the season of storms, and crews are to be trained in Korea."


def gone(text: str, title: str = "") -> list[str]:
    return [line for start, end in furniture(text, title) for line in text[start:end].split("\n") if line]


def lines(*parts: str) -> str:
    return "\n".join(parts)


ABOVE = ("Reef Courier", "Samoa", "Peru edition", "Old and new")


def test_what_stands_above_the_title_goes():
    assert gone(lines(*ABOVE, TITLE, TOLD), TITLE) == [*ABOVE]
    assert gone(lines(*ABOVE, TITLE.upper(), TOLD), TITLE) == [*ABOVE]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (lines(*ABOVE, TITLE, TOLD), ""),
        (lines(*ABOVE, TITLE, TOLD), TITLE + " and Ulsan"),
        (lines(*ABOVE[:3], TITLE, TOLD), TITLE),
        (lines(MORE, *ABOVE, TITLE, TOLD), TITLE),
        (lines(*ABOVE, "Ferries", TOLD), "Ferries"),
        (lines(*ABOVE, TITLE, "Fiji has none."), TITLE),
    ],
    ids=["no title", "another title", "few lines", "a sentence above", "a short title", "no sentence below"],
)
def test_what_may_be_the_article_stays_above_the_title(text: str, title: str):
    assert gone(text, title) == []


def test_the_title_itself_is_no_menu():
    title = "Opinion | News | World | Peru"
    assert title in gone(lines(title, TOLD))
    assert gone(lines(title, TOLD), title) == []


def test_the_first_half_of_a_korean_title_stays():
    title, half = "통가, 부산에서 여객선 두 척 건조", "태평양 섬나라의 바닷길을 잇는 협력 사업"
    above = ("물결부", "배포 안내", "로그인 | 회원가입", "첫째 장")
    assert gone(lines(*above, half, title, TOLD), title) == [*above]


def test_summaries_above_a_korean_title_stay():
    title = "통가, 부산에서 여객선 두 척 건조"
    above = ("통가와 장관 회담", "3년 동안 100억 원", "연 300명 훈련", "피지로 넓혀")
    assert gone(lines(*above, title, TOLD), title) == []


@pytest.mark.parametrize("heading", ["Topics", "Topics:", "3. Topics", "Comments"])
def test_headings_of_an_article_begin_no_foot(heading: str):
    assert "Rice farming in Laos" not in gone(lines(TOLD, heading, "Rice farming in Laos", "Dams in Nepal"))
    told = gone(lines(TOLD, "Topics", "Share this article", "Rice farming in Laos"))
    assert told[-1] == "Rice farming in Laos"


def test_fields_of_a_cooperation_are_no_menu():
    told = "교류 분야를 넓히기로 두 나라 정부가 어제 서울에서 열린 회의에서 합의했다고 밝혔다."
    assert gone(lines(told, "정치", "사회", "국제", "연예")) == []


def test_a_document_uses_its_title():
    document = Document.read(lines(*ABOVE, TITLE, TOLD), TITLE)
    assert "Peru" not in document.text
    assert document.text.split() == [*TITLE.split(), *TOLD.split()]
    assert "Peru" in Document.read(lines(*ABOVE, TITLE, TOLD)).text


MENU = ("Home", "News", "Caribbean", "Sports", "My account", "Metro")


@pytest.mark.parametrize("text", [lines(*MENU, TITLE, TOLD), lines(TITLE, TOLD, "", *MENU)])
def test_a_menu_in_a_column_goes(text: str):
    assert gone(text) == [*MENU]


def test_a_long_menu_goes_with_the_countries_in_it():
    menu = ("Sign in", "Peru", "Chile", "Costa Rica", "Cuba", "Guyana", "Subscribe", "Haiti", "Jamaica")
    assert gone(lines("Reef Courier", *menu, "Tonga buys ships", TOLD)) == [*menu]


@pytest.mark.parametrize(
    "column",
    [
        ("Politics", "Economy", "Trade", "Education", "Energy", "Health", "Research", "Climate"),
        ("Analysis", "Features", "Products", "Regions", "Pacific", "Caribbean", "Africa", "Asia"),
        ("They shared:", "Print", "Radio", "Video", "Film", "News"),
        ("The fields in which they help each other are these:", "News", "Sports", "Video", "World"),
        ("Peru", "Chile", "Cuba", "Guyana", "Haiti", "Jamaica", "Belize", "Panama", "Video"),
        ("Home", "News", "Sports"),
        ("Politics", "Economy", "World", "Education"),
    ],
)
def test_a_column_of_the_article_stays(column: tuple[str, ...]):
    assert gone(lines(TOLD, "", *column)) == []
    assert gone(lines(TITLE, *column, "", TOLD)) == []


@pytest.mark.parametrize("begin", ["Related articles", "Share this", "Tags", "Don't miss", "© Reef Courier"])
def test_below_the_beginning_of_the_foot_all_headlines_go(begin: str):
    foot = (begin, "", "Peru counts its llamas", "", "Will Chile vote?", "", "Guyana", "A long day in Lima")
    assert gone(lines(TOLD, "", *foot)) == list(filter(None, foot))


def test_a_long_headline_does_not_end_the_foot():
    foot = ("Related articles", "Why the llamas of Peru" + " and of Bolivia" * 6, "Guyana")
    assert gone(lines(TOLD, *foot)) == [*foot]


def test_without_a_beginning_of_the_foot_short_lines_stay():
    assert gone(lines(TOLD, "", "For Tonga", "", "For Korea", "", "Signed in two copies")) == []
    assert gone(lines("Tags", TITLE, "Signed twice", TOLD)) == ["Tags"]


def test_short_sentences_stay_below_the_beginning_of_the_foot_by_the_rules():
    said = ("We sail.", '"We sail at last."', "배가 떠났다", "We sail!")
    page, _ = page_by_rules(lines(TOLD, "Share this", *said))
    assert [line.text for line in page.lines if line.drop] == ["Share this"]


NOTICE = "This website uses cookies so that your visits to the Reef Courier can be counted."


def test_a_notice_above_the_article_is_no_part_of_it():
    assert gone(lines(NOTICE, *MENU, TITLE, TOLD)) == [NOTICE, *MENU]
    assert gone(lines(NOTICE, *ABOVE, TITLE, TOLD), TITLE) == [NOTICE, *ABOVE]


def test_a_notice_below_the_article_is_no_part_of_it():
    assert gone(lines(TOLD, *MENU, NOTICE)) == [*MENU, NOTICE]


def test_a_notice_in_the_article_ends_nothing():
    assert gone(lines(TOLD, NOTICE, *MENU, MORE)) == [NOTICE]


def test_far_below_a_notice_short_lines_are_an_article():
    said = [f"Islander {number} / sailor of Tonga" for number in (1, 2, 3, 4, 5, 6)]
    talk = [line for name in said for line in (name, '"The sea was calm and so were we"')]
    text = lines(NOTICE, *talk, "Islander 1 / sailor of Tonga", TOLD)
    assert not any("Islander" in line for line in gone(text))


@pytest.mark.parametrize(
    "menu",
    [
        ("World", "Peru", "Chile", "Guyana", "Samoa"),
        ("N. Korea", "Business", "Sports", "World"),
        ("Peru", "Economy", "Haiti", "World", "Business", "Photo"),
        ("News", "World", "Politics", "Sports", "Opinion"),
    ],
)
def test_a_menu_of_places_at_the_top_goes(menu: tuple[str, ...]) -> None:
    assert gone(lines(*menu, TITLE, TOLD, MORE)) == [*menu]
    assert gone(lines("The Reef Courier of Apia", *menu, TITLE, TOLD, MORE)) == [*menu]
    assert gone(lines(TITLE, *menu, TOLD, MORE)) == []


@pytest.mark.parametrize(
    "column",
    [
        ("Tonga", "Korea", "Transport", "Ships"),  # what it is about
        ("Peru", "Chile", "Guyana", "Samoa"),  # nothing but states: those who take part?
        ("Ferries", "Islands", "Crews", "Yards"),
    ],
)
def test_a_column_at_the_top_that_is_no_menu_stays(column: tuple[str, ...]) -> None:
    assert gone(lines(*column, TITLE, TOLD, MORE)) == []


def test_weather_in_a_column_goes() -> None:
    table = ("오늘의 세계날씨", "리마", "맑음", "22", "아피아", "흐림", "31", "수바", "비", "9")
    assert gone(lines(*table, TITLE, TOLD, MORE)) == [*table]
    assert gone(lines(TITLE, TOLD, MORE, *table)) == [*table]
    assert gone(lines("리마", "3", "아피아", "4", "수바", "5", TITLE, TOLD, MORE)) == []
