"""Notes and credits of pictures go; what a caption tells stays."""

from __future__ import annotations

import pytest

from nordclass.text.furniture.captions import caption_spans
from nordclass.text.furniture.spans import furniture

TOLD = "통가 교통부는 새 여객선 두 척을 부산에서 짓기로 하고 어제 계약서에 서명했다고 밝혔다."


def left(text: str) -> str:
    for start, end in reversed(furniture(text)):
        text = text[:start].rstrip(" ") + text[end:]
    return text.strip()


@pytest.mark.parametrize(
    "line",
    [
        "▲ 사진은 기사와 관련 없음. /AFP=연합뉴스",
        "▲ 자료사진. /로이터=연합뉴스",
        "▲ 자료 사진",
        "[자료사진]",
        "※ 사진은 기사 내용과 직접 관련이 없습니다.",
        "위 사진은 이 기사와 직접적인 관련이 없음.",
        "(사진은 기사 내용과 무관합니다)",
        "▲ 기사와 무관한 사진",
        "기사의 이해를 돕기 위한 이미지.",
        "※ 이 기사 이해를 돕기 위한 AI 생성 이미지입니다. /새빛경제",
        "AI 생성 이미지",
    ],
)
def test_what_tells_nothing_goes(line: str) -> None:
    assert left(f"{line}\n{TOLD}") == TOLD
    assert left(f"{TOLD}\n{line}") == TOLD


@pytest.mark.parametrize(
    "caption",
    [
        "▲ 한·우즈베크 장관이 서명하고 있다.",
        "한·우즈베크 장관이 서명하고 있다.",
        '▲ 통가 총리가 "반갑다"고 했다.',
    ],
)
@pytest.mark.parametrize(
    "credit",
    [" /연합뉴스", "/AFP=연합뉴스", " / 사진=로이터", " /국방부 제공", " /새빛경제", " /연합뉴스 자료사진"],
)
def test_of_a_caption_only_the_credit_goes(caption: str, credit: str) -> None:
    assert left(f"{caption}{credit}\n{TOLD}") == f"{caption}\n{TOLD}"


@pytest.mark.parametrize("credit", [" /연합뉴스", "/AFP=연합뉴스", " / 사진=로이터", "/연합뉴스 자료사진"])
def test_behind_a_mark_a_caption_needs_no_full_stop(credit: str) -> None:
    assert left(f"▲ 통가 항구{credit}\n{TOLD}") == f"▲ 통가 항구\n{TOLD}"


def test_of_a_caption_only_the_note_goes() -> None:
    assert left(f"통가의 항구 전경.(사진은 기사 내용과 무관합니다)\n{TOLD}") == f"통가의 항구 전경.\n{TOLD}"
    assert left(f"통가의 항구 [연합뉴스 자료사진]\n{TOLD}") == f"통가의 항구\n{TOLD}"


@pytest.mark.parametrize(
    "text",
    [
        "동 사업은 기사 내용과 무관함",
        "해당 보도는 기사와 관련 없는 수치를 썼다.",
        "협력 분야는 과학 /정보통신",
        "공간정보는 시민의 이해를 돕기 위한 사진 자료로 쓴다.",
        "그는 기사의 이해를 돕기 위해 통가에 다녀왔다.",
        "자료사진을 모은 전시회가 통가에서 열린다.",
        "▲ 통가 협력 분야: 방송/통신",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    assert caption_spans(text) == []
