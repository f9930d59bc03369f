"""Contact tables, whose cells stand side by side or one below the other."""

# ruff: noqa: E501 - the lines are those of the tables

from __future__ import annotations

import pytest

from nordclass.text.furniture.spans import furniture

ARTICLE = "두 나라의 보건 관리 스무 명이 병원 세 곳을 둘러보고 장비 지원을 의논했다고 복지부가 전했다."


def blanked(table: str) -> str:
    """What of a table below an article is furniture."""
    text = f"{ARTICLE}\n\n{table}"
    return "".join(text[start:end] for start, end in furniture(text)).strip()


@pytest.mark.parametrize(
    "table",
    [
        "담당 부서\t책임자\t전화\n일본협력과\t소하늘\t044-000-1234",
        "담당 부서\t책임자\t전화\n일본협력과\t소하늘\t044-000-1234\n칠레교역팀\t과장 봉선우\t044-000-1235",
        "담당 부서\t책임자\t전화\n일본협력과\t소하늘\t044-…",
        "담당부서\t성명\t연락처\n일본협력과\t소하늘\t(비공개)\n칠레교역팀\t봉선우\t(비공개)",
        "담당부서\t일본협력과\n담당자\t소하늘 사무관\n연락처\t044-000-1234",
        "담당부서\t일본협력과\t책임자\t과장 소하늘\n\t\t담당자\t사무관 봉선우",
        "담당 부서 | 일본협력과 | 책임자 | 과 장 | 소하늘 (044-000-1234)\n칠레교역팀 | 사무관 | 봉선우 (044-000-1235)",
        "담당부서: 일본협력과\n담당자: 소하늘\n연락처: 044-000-1234",
        "담당 : 일본협력과 소하늘\n이메일 : haneul@office.example.kr",
        "담당부서\n일본협력과\n담당자\n소하늘\n연락처\n02-000-1234",
        "Contact\tPhone\nJapan desk, Tom Hale\t+82 2 000 1234 56",
    ],
)
def test_a_table_of_contacts_goes(table: str) -> None:
    assert blanked(table) == table


@pytest.mark.parametrize(
    "table",
    [
        "담당부서\t사업\t예산\n국제협력과\t베트남 병원\t30억원",
        "담당자\t직위\t소속\n응우옌 안\t국장\t베트남 보건부",
        "담당자: 소하늘(베트남 사무소)",
        "연락처\t베트남 사무소",
        "담당 국가: 베트남\n담당 업무: 병원 건립",
        "□ 담당부서: 칠레협력과\n□ 담당자: 소하늘",
    ],
)
def test_another_table_stays(table: str) -> None:
    assert blanked(table) == ""


def test_a_table_below_the_contacts_stays() -> None:
    contacts = "담당 부서\t책임자\t전화\n일본협력과\t소하늘\t044-000-1234"
    assert blanked(f"{contacts}\n국가\t사업\t예산\n베트남\t병원\t30억원") == contacts
    masked = "담당 부서\t책임자\t전화\n일본협력과\t소하늘\t044-…"
    assert blanked(f"{masked}\n\n국가\t사업\t예산\n베트남\t병원\t30억원") == masked


def test_a_row_between_contacts_stays() -> None:
    assert (
        blanked("담당자: 소하늘\n대상국: 베트남\n연락처: 044-000-1234")
        == "담당자: 소하늘연락처: 044-000-1234"
    )


@pytest.mark.parametrize(
    "request_",
    [
        "이 보도자료와 관련하여 보다 자세한 내용이나 취재를 원하시면 일본협력과 소하늘 사무관(☎ 044-000-1234)에게 연락주시기 바랍니다.",
        "보도 참고자료와 관련해 더 자세한 내용이나 취재를 원하시면 일본협력과 소하늘 사무관에게 연락 바랍니다.",
        "이 보도자료와 관련하여 자세한 내용이나 취재를 원하시면\n\n일본협력과 소하늘 사무관(☎ 044-000-1234)이나,\n\n칠레교역팀 봉선우 팀장(☎ 044-000-1235)에게 문의하여 주시기 바랍니다.",
        "이 보도자료와 관련하여 보다 자세한 내용이나 취재를 원하시면 일본협력과",
    ],
)
def test_an_invitation_to_ask_goes(request_: str) -> None:
    assert blanked(request_) == request_
    text = f"{ARTICLE} {request_}\n\n{ARTICLE[:-1]}며 웃었다."
    assert [text[start:end].strip() for start, end in furniture(text)] == [request_]
