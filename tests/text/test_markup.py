"""Tags of HTML in a cell become blanks; nothing moves."""

from __future__ import annotations

import pytest

from nordclass.text.document import Document
from nordclass.text.markup import without_tags


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>하나.</p><p>둘.</p>", ["하나.", "둘."]),
        ("one<br>two<BR/>three", ["one", "two", "three"]),
        ('<div class="a"><b>one</b>&nbsp;two</div>', ["one two"]),
        ("<td>one</td><td>two</td>", ["one two"]),
    ],
)
def test_tags_go(text: str, left: list[str]) -> None:
    plain = without_tags(text)
    assert len(plain) == len(text)
    assert [" ".join(line.split()) for line in plain.split("\n") if line.strip()] == left


@pytest.mark.parametrize(
    "text",
    ["<메데프> 간담회", "a < b > c", "<p 값은 3", "<관련기사>", "<표 1> 수출 </표>", "the <p> element"],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_tags(text) == text


def test_a_document_is_read_without_tags_and_its_offsets_hold() -> None:
    text = "<p>산림청은 3일 몽골 환경부와 약정을 맺었다고 밝혔다.</p><p>두 기관은 나무를 심는다.</p>"
    document = Document.read(text, "산림청 소식")
    assert "p>" not in document.text
    start = document.text.index("몽골")
    part, low, high = document.source(start, start + 2)
    assert (part, text[low:high]) == ("text", "몽골")
