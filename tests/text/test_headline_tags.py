"""Tags around a headline are no part of it, unless they tell something."""

from __future__ import annotations

import pytest

from nordclass.text.document import Document
from nordclass.text.headline_tags import tag_spans, without_brackets

HEADLINE = "한-칠레 리튬 협력 협정 체결"
BODY = "두 나라는 산티아고에서 만나 배터리 공급망을 함께 꾸리기로 했다고 산업부가 어제 밝혔다."


def left(headline: str, *, ends: bool = True) -> str:
    for start, end in reversed(tag_spans(headline, ends=ends)):
        headline = headline[:start] + headline[end:]
    return headline.strip()


@pytest.mark.parametrize(
    "tag",
    [
        "[속보]",
        "[단독]",
        "[종합2보]",
        "(종합)",
        "(1보)",
        "【르포】",
        "<인터뷰>",
        "〈사설〉",
        "[국제]",
        "[ 포토 ]",
        "[데스크 칼럼]",
        "[단독·르포]",
        "[현장+]",
        "[연합뉴스]",
        "[새빛경제]",
        "[Exclusive]",
        "(2nd LD)",
        "[단독] [르포]",
        "[Reporter's Notebook]",
    ],
)
def test_tags_go_from_both_ends(tag: str) -> None:
    assert left(f"{tag} {HEADLINE}") == HEADLINE
    assert left(f"{tag}{HEADLINE} {tag}") == HEADLINE
    assert left(f"{tag} {HEADLINE} {tag}", ends=False) == f"{HEADLINE} {tag}"
    assert left(tag) == ""


@pytest.mark.parametrize(
    "tag",
    [
        "[한-베트남 정상회담]",
        "[우크라 침공]",
        "[베트남 르포]",
        "[베트남뉴스]",
        "[베트남 뉴스]",
        "[디지털경제]",
        "(국제)",
        "(베트남)",
        "[인사]",
        "[]",
        "[·]",
        "[속보",
        "속보]",
        f"[{'속보 ' * 20}]",
    ],
)
def test_what_tells_something_stays(tag: str) -> None:
    assert left(f"{tag} {HEADLINE}") == f"{tag} {HEADLINE}"
    assert left(f"{HEADLINE} {tag}") == f"{HEADLINE} {tag}"


def test_a_tag_within_a_headline_stays() -> None:
    assert left("한-칠레 [르포] 리튬") == "한-칠레 [르포] 리튬"


@pytest.mark.parametrize("tag", ["[속보] ", "[단독][르포] ", "[속보]\n", "[인터뷰]\n[국제]\n"])
def test_a_document_reads_none_and_offsets_stay(tag: str) -> None:
    for text, title in ((f"{tag}{HEADLINE}\n{BODY}", None), (BODY, f"{tag}{HEADLINE}")):
        document = Document.read(text, title)
        assert document.text.split() == f"{HEADLINE}\n{BODY}".split()
        assert document.text[: document.title_end].strip() == HEADLINE
        part, start, end = document.source(document.text.index("칠레"), document.text.index("칠레") + 2)
        assert ((title or "") if part == "title" else text)[start:end] == "칠레"


def test_tags_and_sites_may_stand_side_by_side() -> None:
    assert Document.read(BODY, f"[속보] {HEADLINE} (종합) - 새빛경제").text.split("\n")[0].strip() == HEADLINE


def test_of_a_long_first_line_only_the_tag_before_it_goes() -> None:
    text = f"[르포] {BODY * 4} [국제]"
    assert Document.read(text).text == text.replace("[르포]", "    ")


def test_brackets_before_a_headline() -> None:
    assert without_brackets("(동정) 장관") == " 장관"
    assert without_brackets("장관 (동정)") == "장관 (동정)"
    assert without_brackets("(동정") == "(동정"
    assert without_brackets("") == ""
