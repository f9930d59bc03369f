"""Furniture is found, articles are left whole, and it is fast."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BODY_TRAPS, ENGLISH_ARTICLES, KOREAN_ARTICLES, PageCase, pages

from nordclass.text.furniture import learned
from nordclass.text.furniture.spans import furniture

PAGES = list(pages())
ARTICLES = [f"{title}\n\n{body}" for title, body in KOREAN_ARTICLES + ENGLISH_ARTICLES]


def covered(text: str) -> set[int]:
    return {at for start, end in furniture(text) for at in range(start, end)}


def test_there_are_pages_enough() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_article_is_left_whole(page: PageCase) -> None:
    caption = "현지 양수장 앞에 모인 주민들."  # neither one nor the other
    spans = [*page.spans, (start := page.text.find(caption), start + len(caption))]
    marked = {at for start, end in spans for at in range(start, end)}
    wrong = sorted(at for at in covered(page.text) - marked if not page.text[at].isspace())
    assert "".join(page.text[at] for at in wrong) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_furniture_is_found(page: PageCase) -> None:
    found = covered(page.text)
    missed = [
        page.text[start:end]
        for start, end in page.spans
        if any(at not in found and not page.text[at].isspace() for at in range(start, end))
    ]
    assert missed == []


@pytest.mark.parametrize("text", [*BODY_TRAPS, *ARTICLES])
def test_an_article_without_furniture_has_none(text: str) -> None:
    assert [text[start:end] for start, end in furniture(text)] == []


def test_the_second_copy_of_a_paragraph_is_furniture() -> None:
    paragraph = (
        "탄자니아 도도마의 병원 세 곳에 초음파 장비와 전산망이 들어서고 의료진 스무 명이 한국에서 배운다."
    )
    text = f"{paragraph}\n\n케냐에서도 같은 사업이 내년에 시작된다.\n\n{paragraph}"
    assert furniture(text) == [(text.rindex(paragraph), len(text))]


def test_a_heading_does_not_take_the_bullets_of_a_release() -> None:
    text = "[ 관련기사 ]\n\nㅇ 한강일보는 페루 광산 기사에서,\n\n□ 위 보도는 사실과 다르다고 외교부는 칠레와 페루의 자료를 들어 설명함"  # noqa: E501
    assert [text[start:end] for start, end in furniture(text)] == ["[ 관련기사 ]"]


def test_short_lines_may_come_twice() -> None:
    text = "- 5명\n\n가나의 연수생은 아래와 같이 나뉘어 전국의 연구소에서 배우게 된다고 밝혔다.\n\n- 5명"
    assert furniture(text) == []


def test_a_machine_made_summary_goes_where_the_body_repeats_it() -> None:
    said = "페루 쿠스코의 박물관에 보존과학실이 문을 열었다."
    text = f"요약봇\n{said}\n\n{said} 한국의 복원 기술자 네 명이 장비를 놓고 현지 학예사들을 석 달 가르쳤다고 한다."  # noqa: E501
    assert furniture(text) == [(0, text.index(said) + len(said))]


def test_a_summary_that_says_something_else_stays() -> None:
    text = "요약봇\n페루에 보존과학실이 생겼다.\n\n쿠스코의 박물관에 한국이 지은 실험실이 문을 열었다고 현지 신문이 전했다."  # noqa: E501
    assert furniture(text) == [(0, 3)]


def test_in_one_long_line_only_the_dateline_and_the_address_go() -> None:
    body = "정부는 잠비아와 구리 공급망 협력을 논의했다고 밝혔다." * 12
    text = f"(루사카=한강통신) 나도윤 기자 = {body} doyun@hangang.example.kr"
    assert "".join(text[end:start] for (_, end), (start, _) in pairwise(furniture(text))).strip() == body


def test_a_notice_in_a_long_line_takes_its_sentence_only() -> None:
    before = "몽골 울란바토르의 열병합 발전소가 겨울을 앞두고 정비를 마쳤다. " * 8
    text = f"{before}본 기사는 무단전재 및 재배포를 금합니다. 이어서 다르항에서도 정비가 시작된다고 시 당국이 밝혔다."  # noqa: E501
    assert [text[start:end].strip() for start, end in furniture(text)] == [
        "본 기사는 무단전재 및 재배포를 금합니다."
    ]


def test_an_appeal_takes_its_sentence_even_in_a_short_line() -> None:
    text = "Ministers met in Hanoi. Sign up to our weekly Asia newsletter. They will meet again."
    assert [text[start:end].strip() for start, end in furniture(text)] == [
        "Sign up to our weekly Asia newsletter."
    ]


def test_windows_line_ends_keep_offsets_true() -> None:
    text = "홈 > 국제 > 아시아\r\n로그인 | 회원가입\r\n\r\n네팔 카트만두의 학교 열 곳에 지진을 견디는 교실이 지어졌다고 재단이 알렸다.\r\n"  # noqa: E501
    assert [text[start:end] for start, end in furniture(text)] == ["홈 > 국제 > 아시아\r\n로그인 | 회원가입"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", " ", "가", "|", "[", "많이 본 뉴스", "관련기사", "※", "담당부서", "요약봇"]
)
def test_tiny_texts(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in furniture(text))


LINES = st.sampled_from(
    [line for page in PAGES for line in page.text.split("\n")]
    + ["", " ", "\t", "İ ẞ ﬀ", "관련기사 ", "[[[", "0" * 50]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=30).map("\n".join))
def test_spans_are_sorted_disjoint_and_repeatable(text: str) -> None:
    spans = furniture(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert furniture(text) == spans


def test_every_process_finds_the_same() -> None:
    code = (
        "from nordclass.text.furniture.spans import furniture; import sys; print(furniture(sys.stdin.read()))"
    )
    text = PAGES[0].text
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert runs == {str(furniture(text))}


HOSTILE = [
    "가",
    "[",
    "홈 > 해양 > 종합\n",
    "많이 본 뉴스\n1 가나다라\n",
    "a@b ",
    "담당부서\n과장\n",
    "담당부서\t과장\n",
    "담당자: 과장\n",
    "취재를 원하시면 ",
    "자료와 관련하여\n",
    "원하시면\n",
    "사진=",
    "무단전재 ",
    "(서울=",
    "사진은 기사와 관련 ",
    "기사의 이해를 돕기 위한 ",
    "자료사진",
    "▲ /",
    ". /",
    "이 기사는 ",
    "English ",
    "English\n",
    " ",
    "| ",
    "22\n맑음\n",
    "페루\n세계\n",
    "배는 내년 봄에 부두에 닿을 예정이라고 페루 교통부의 담당자가 말했다.\n칠레 부두 / 사진=연합뉴스\n",
    "배는 내년 봄에 부두에 닿을 예정이라고 페루 교통부의 담당자가 어제 리마에서 말했다.\na\nb\nc\nd\ne\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_in_the_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        furniture(text)
        return time.process_time() - begin

    seconds(10_000)
    short, long = min(seconds(100_000) for _ in range(3)), seconds(800_000)
    assert long < 8 * 4 * short + 0.1


def test_of_an_endless_list_only_the_ends_are_looked_at() -> None:
    menu, middle = "홈 > 국제 > 아시아\n", "네팔 카트만두의 학교\n"
    text = menu + middle * 15_000 + menu + middle * 15_000 + menu.strip()
    assert furniture(text) == [(0, len(menu) - 1), (len(text) - len(menu) + 1, len(text))]
    assert _timed("가\n" * 3_000_000) < 5  # measured 0.4 s


def test_the_trees_are_not_asked_about_an_ordinary_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "load_trees", lambda: pytest.fail("asked"))
    for title, body in KOREAN_ARTICLES + ENGLISH_ARTICLES:
        if "\n- " not in body and body.count("\n") < 8 and body.count(":") < 2:
            assert furniture(f"{title}\n\n{body}") == []


def _timed(text: str) -> float:
    begin = time.perf_counter()
    furniture(text)
    return time.perf_counter() - begin


TOLD = "Two ferries for the outer islands of Tonga will be built in Busan, the ministry of transport said."
MORE = "The first is due in Nuku'alofa before the season of storms, and crews are to be trained in Korea."


def gone(*lines: str) -> list[str]:
    """What goes of an article of these lines."""
    text = "\n".join(lines)
    return [text[start:end].strip() for start, end in furniture(text)]


@pytest.mark.parametrize(
    "heading", ["Related: Peru counts its llamas", "Tags: Peru, Chile", "Read next: Peru counts"]
)
def test_a_line_that_begins_with_a_heading_and_a_colon_goes(heading: str):
    assert gone(TOLD, heading, MORE) == [heading]


def test_a_headline_behind_a_heading_goes_to_its_full_stop():
    text = (f"{TOLD} Related: Peru counts its llamas. {MORE}", MORE.replace("first", "second"))
    assert gone(*text) == ["Related: Peru counts its llamas."]


@pytest.mark.parametrize(
    "text",
    [
        (TOLD, f"Related: {'a very long way home ' * 6}", MORE),
        (TOLD, f"Related: {'a very long way home ' * 6}ends. It ends.", MORE),
        (TOLD, "Related work in Peru goes on", MORE),
        ("Must read: a book about Peru", TOLD),
        (f"{TOLD} The book was related: it named Peru. {MORE}",),
    ],
)
def test_what_only_looks_like_such_a_heading_stays(text: tuple[str, ...]):
    assert gone(*text) == []


@pytest.mark.parametrize(
    "notice",
    [
        "We have a small favour to ask.",
        "Comments are closed.",
        "Your email address will not be published. Required fields are marked *",
        "Get the morning news delivered to your inbox.",
        "Follow us on Instagram.",
        "This press release contains forward-looking statements on Peru.",
    ],
)
def test_notices_of_sites_go(notice: str):
    assert gone(TOLD, notice, MORE) == [notice]


@pytest.mark.parametrize(
    "notice",
    [
        "※ 외부 필진의 글은 본지의 편집 방향과 다를 수 있습니다.",
        "본 기고는 소속 기관의 입장과 일치하지 않을 수 있습니다",
        "* 이 글은 필자 개인의 의견으로 우리 신문과는 무관합니다.",
        "이 기사는 생성형 인공지능의 도움을 받아 작성됐습니다.",
        "이 기사는 AI로 번역됐습니다.",
        "이 기사는 언론진흥기금의 지원을 받아 작성됐습니다",
        "독자 여러분의 제보를 기다립니다.",
        "이 기사의 댓글 정책을 결정합니다.",
        "댓글 정책 안내",
        "Opinions expressed here are those of the author and do not reflect the views of the paper.",
        "The views expressed are his own.",
        "This article was translated by AI and read by an editor.",
        "Photo for illustrative purposes only.",
    ],
)
@pytest.mark.parametrize(
    "told", [TOLD, "통가 교통부는 새 여객선 두 척을 부산에서 짓기로 하고 어제 계약서에 서명했다고 밝혔다."]
)
def test_last_lines_go(notice: str, told: str):
    assert gone(told, "", notice) == [notice]
    assert gone(told, notice, told.replace("두", "세").replace("Two", "Three")) == (
        [notice] if not notice.startswith("댓글") else []
    )


def test_a_notice_leaves_what_stands_before_it():
    told = "통가가 여객선 두 척을 더 주문했다"
    for notice in ("이 기사는 AI로 번역됐습니다.", "독자 여러분의 제보를 기다립니다."):
        assert gone(f"{told}{notice}") == [notice]


@pytest.mark.parametrize(
    "text",
    [
        "부처는 언론진흥기금 지원 사업에 통가의 신문사 세 곳을 받아들이기로 했다고 어제 밝혔다.",
        "포털은 댓글 정책을 고쳐 통가에서 온 이용자도 글을 쓸 수 있게 하겠다고 어제 밝혔다.",
        "경찰은 통가 선원의 제보를 받아 부두에서 밀수품을 찾아냈다고 지난 3일 기자들에게 밝혔다.",
        "정부의 공식 입장과 다를 수 있는 대목이어서 통가 대사관이 곧 해명하겠다고 어제 밝혔다.",
        "Prices do not necessarily reflect the cost of the ferries, the ministry of Tonga said on Monday.",
        "The views expressed at the meeting in Tonga were those of the fishermen, the minister said later.",
    ],
)
def test_what_only_speaks_of_such_things_stays(text: str):
    assert gone(text, TOLD) == []


@pytest.mark.parametrize(
    "text",
    [
        "They asked the state to acknowledge Aboriginal and Torres Strait islanders in its constitution.",
        "Thank you for sharing your thoughts on Peru, she said to the envoy when the long evening ended.",
        "The two companies agree to the terms that Peru set when it opened the lake to foreign trawlers.",
    ],
)
def test_sentences_like_notices_stay(text: str):
    assert gone(text) == []


DIGEST = ("1. 리투아니아 항만 공사와 정박지 확장 합의", "2. 파푸아뉴기니에 민물고기 양식장")


@pytest.mark.parametrize("title", ["해외 항만 주간 브리핑 (7월 3주)", "Ports weekly, 16 July"])
def test_the_list_of_a_newsletter_stays_where_it_is_all(title: str):
    text = "\n".join([title, "", "주요 뉴스", *DIGEST])
    left = _blanked(text)
    assert all(item in left for item in DIGEST)
    assert "주요 뉴스" not in left


@pytest.mark.parametrize("title", ["[속보] 리투아니아와 항만 협정", "리투아니아와 항만 협정 맺어"])
def test_the_list_below_a_stub_goes(title: str):
    assert not any(item in _blanked("\n".join([title, "", "주요 뉴스", *DIGEST])) for item in DIGEST)


@pytest.mark.parametrize(
    "told",
    [
        "리투아니아는 두 나라의 방송이 저작권법의 보호를 받도록 하는 양해각서를 한국과 12일 맺었다.",
        "한-리투아니아, 소프트웨어 무단복제 금지 함께 알린다",
        "The maps may not be reproduced or redistributed without a licence of Lithuania, the treaty says.",
    ],
)
def test_copyright_may_be_what_an_article_is_about(told: str):
    assert told in _blanked(f"{told}\n두 나라는 내년 봄에 빌뉴스에서 다시 만나 이 일을 함께 살피기로 했다.")


@pytest.mark.parametrize(
    "notice",
    [
        "무단복제 금지",
        "<저작권자 새벽일보, 무단복제 금지 및 재배포 금지>",
        "이 기사는 저작권법의 보호를 받습니다.",
        "This story may not be reproduced or redistributed without prior permission.",
    ],
)
def test_notices_of_copyright_go(notice: str):
    assert notice not in _blanked(
        f"리투아니아와 항만 협정\n두 나라는 내년 봄에 다시 만나기로 했다고 밝혔다.\n{notice}"
    )


def test_names_of_files_go():
    names = ("(사진) 리투아니아 항만 대표단.jpg", "1. 리투아니아 협정문.pdf (211KB) 다운로드")
    text = "\n".join(
        [
            "항만 소식",
            "부산항은 새로 지은 부두를 내년 봄부터 쓰기로 하고 어제 손님을 모아 준공식을 가졌다.",
            "첨부파일",
            *names,
        ]
    )
    assert "리투아니아" not in _blanked(text)
    assert "첨부파일" not in _blanked(text)


@pytest.mark.parametrize("turn", [("이전", "다음"), ("Previous Article", "Next Article")])
def test_neighbours_below_go(turn: tuple[str, str]):
    text = "\n".join(
        [
            "항만 소식",
            "부산항은 새로 지은 부두를 내년 봄부터 쓰기로 하고 어제 손님을 모아 준공식을 가졌다.",
            turn[0],
            "페루 항만 확장",
            turn[1],
            "칠레 부두 준공",
        ]
    )
    assert "페루" not in _blanked(text)
    assert "칠레" not in _blanked(text)


def _blanked(text: str) -> str:
    """What is left of a text without its furniture."""
    left = list(text)
    for start, end in furniture(text):
        left[start:end] = " " * (end - start)
    return "".join(left)
