from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nordclass.text.document import Document

BODY = "한국과 베트남이 하노이에서 협정을 맺었다. 두 나라는 전자정부 사업에서 협력하기로 했다."
WORDS = st.text("한국베트남이 협정을ABc“”ㆍé\n", max_size=60)
FORMS = st.sampled_from(["NFC", "NFD"])


def read_back(document: Document, text: str, title: str | None, word: str) -> str:
    """What stands in the input where the document has `word`."""
    at = document.text.index(word)
    where, start, end = document.source(at, at + len(word))
    return ({"title": title, "text": text}[where] or "")[start:end]


def test_a_title_stands_before_the_body():
    document = Document.read(BODY, "한-베 협정")
    assert document.text == f"한-베 협정\n{BODY}"
    assert document.title_end == len("한-베 협정")
    assert document.language == "ko"


def test_line_breaks_in_a_title_become_blanks():
    assert Document.read(BODY, "한-베\r\n협정").text.startswith("한-베  협정\n")


@pytest.mark.parametrize("title", [None, "", "  "])
def test_a_short_first_line_serves_as_title(title):
    assert Document.read(f"\n 한-베 협정\n{BODY}", title).title_end == len("\n 한-베 협정")


@pytest.mark.parametrize("text", ["", "\n", BODY, BODY * 4 + "\n" + BODY, "한-베 협정\n \n"])
def test_no_title_where_no_short_line_is_followed_by_text(text):
    assert Document.read(text).title_end == 0


def test_furniture_is_blanked_and_offsets_stay():
    text = f"{BODY}\n\n무단 전재 및 재배포 금지\nCopyright ⓒ 한국일보. All rights reserved."
    document = Document.read(text)
    assert "재배포" not in document.text
    assert len(document.text) == len(text)
    assert document.text.startswith(BODY)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_lead_back_to_title_and_text(form):
    text = unicodedata.normalize(form, f"이번 협정은 “{BODY}”")
    title = unicodedata.normalize(form, "Café 한－베트남 협정")
    document = Document.read(text, title)
    for word in ("하노이", "전자정부", "베트남", "협정"):
        found = read_back(document, text, title, word)
        assert unicodedata.normalize("NFC", found) == word
    at = document.text.index("하노이")
    assert document.source(at, at + 3)[0] == "text"
    assert document.source(0, 4) == ("title", 0, len(unicodedata.normalize(form, "Café")))


def test_spans_of_a_first_line_lead_back_to_the_text():
    text = unicodedata.normalize("NFD", f"한-베 협정\n{BODY}")
    document = Document.read(text)
    at = document.text.index("협정")
    where, start, end = document.source(at, at + 2)
    assert where == "text"
    assert unicodedata.normalize("NFC", text[start:end]) == "협정"


def test_a_span_that_ends_before_a_mark_takes_the_mark():
    text = "한-中\u20d6 회담, Cafe\u0301"  # the arrow over 中 composes with nothing, the accent does
    document = Document.read(text)
    at = document.text.index("中")
    assert document.source(at, at + 1) == ("text", 2, 4)
    assert document.source(0, 2) == ("text", 0, 2)


@given(WORDS, st.none() | WORDS, FORMS, st.data())
def test_every_span_leads_back_to_what_was_read(text, title, form, data):
    text = unicodedata.normalize(form, text)
    title = title and unicodedata.normalize(form, title)
    document = Document.read(text, title)
    letters = [i for i, char in enumerate(document.text) if char.isalpha()]
    if not letters:
        return
    at = data.draw(st.sampled_from(letters))
    where, start, end = document.source(at, at + 1)
    read = {"title": title, "text": text}[where] or ""
    assert unicodedata.normalize("NFC", read[start:end]) == document.text[at]


@given(st.text())
def test_any_text_can_be_read(text):
    document = Document.read(text, text)
    assert 0 <= document.title_end <= len(document.text)
    assert document.language in {"ko", "en", "und"}
