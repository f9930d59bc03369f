"""A title that its text says again is read once."""

from __future__ import annotations

from time import process_time

import pytest

import nordclass
from nordclass.text.document import Document

TITLE = "한-칠레 리튬 협력 협정 체결"
BODY = "두 나라는 산티아고에서 만나 배터리 공급망을 함께 꾸리기로 했다고 산업부가 어제 밝혔다."


def words(text: str, title: str | None) -> list[str]:
    return Document.read(text, title).text.split()


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        f"  {TITLE} ",
        "한·칠레, 「리튬 협력」 협정 체결!",
        f"[속보] {TITLE}",
        f"{TITLE} - 새빛경제",
        f"[단독] {TITLE} (종합) | 국제 | 가나일보",
        "한-칠레 리튬 협력\n협정 체결",
        "한-칠레\n\n리튬 협력\n협정 체결",
    ],
)
@pytest.mark.parametrize(
    "title", [TITLE, f"[르포] {TITLE}", f"{TITLE} - 새빛경제", f"[속보] {TITLE} | 가나일보"]
)
def test_a_first_line_that_is_the_title_goes(line: str, title: str) -> None:
    assert words(f"{line}\n\n{BODY}", title) == [*TITLE.split(), *BODY.split()]


def test_a_tag_that_tells_something_may_be_missing() -> None:
    title = f"(동정) {TITLE}"
    assert words(f"{TITLE}\n{BODY}", title) == [*title.split(), *BODY.split()]


def test_a_title_below_another_line_goes() -> None:
    assert words(f"사진이 있는 쪽\n{TITLE}\n{BODY}", TITLE) == words(f"사진이 있는 쪽\n{BODY}", TITLE)


@pytest.mark.parametrize(
    "line",
    [
        f"{TITLE}, 볼리비아도 관심",
        "한-칠레 리튬 협력",
        f"{TITLE} - 정상회담 후속조치",
        "한-칠레 리튬 협력\n볼리비아도 관심\n협정 체결",
        "\n".join([*(f"사진 {letter}" for letter in "가나다라마바사아"), TITLE]),
    ],
)
def test_a_line_that_tells_more_or_less_stays(line: str) -> None:
    assert words(f"{line}\n{BODY}", TITLE) == [*TITLE.split(), *line.split(), *BODY.split()]


def test_a_short_title_goes_from_the_first_line_only() -> None:
    assert words(f"칠레\n{BODY}", "칠레") == ["칠레", *BODY.split()]
    assert words(f"페루\n칠레\n{BODY}", "칠레") == ["칠레", "페루", "칠레", *BODY.split()]


def test_a_headline_that_comes_alone_is_read_twice() -> None:
    assert words(TITLE, TITLE) == TITLE.split() * 2
    assert words(f"[속보] {TITLE}", f"[속보] {TITLE}") == TITLE.split() * 2
    assert words(f"{TITLE}\n\nⓒ 가나일보 무단전재 금지", TITLE) == TITLE.split() * 2


def test_without_a_title_the_second_of_two_lines_goes() -> None:
    assert words(f"[속보] 칠레 협정\n칠레 협정\n{BODY}", None) == ["칠레", "협정", *BODY.split()]


def test_what_is_left_leads_back_to_the_text() -> None:
    text = f"[속보] {TITLE}\n\n{BODY}"
    document = Document.read(text, f"{TITLE} - 새빛경제")
    at = document.text.index("산티아고")
    part, start, end = document.source(at, at + 4)
    assert (part, text[start:end]) == ("text", "산티아고")


def test_a_repeated_title_changes_no_label() -> None:
    plain = nordclass.classify(BODY, title=TITLE)
    for line in (TITLE, f"[국제] {TITLE} - 새빛경제"):
        assert nordclass.classify(f"{line}\n{BODY}", title=TITLE) == plain


@pytest.mark.parametrize("hostile", ["\n", " \n", "가", "가\n", "[속보]", "[", "- ", "가 - "])
def test_time_grows_with_the_text_alone(hostile: str) -> None:
    begun = process_time()
    Document.read(hostile * 100_000, (hostile * 150)[:150])
    Document.read(hostile * 100_000)
    assert process_time() - begun < 10
