"""What kind of file a text is."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from nordclass.errors import InputError
from nordclass.files.kinds import kind_of
from nordclass.files.source import Source

ARTICLE = "The ministry and its partner signed a forestry pact on Monday."
PAGE = f"<html><head><title>Pact</title></head><body><p>{ARTICLE}</p></body></html>"


def kind(tmp_path: Path, name: str, text: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return kind_of(Source(name, path))


@pytest.mark.parametrize("name", ["view.do", "view.php", "view"])
@pytest.mark.parametrize(
    "start",
    [
        "\r\n\r\n<script>var a = 1;</script>\n" + PAGE,
        f"<script>{'var a = 1; ' * 1000}</script>\n{PAGE}",
        "<meta charset=utf-8>\n" + PAGE,
        "<link rel=stylesheet href=a.css>" + PAGE,
        "<style>p { color: red }</style><div><p>text",
        "<!-- served by 3 -->\n" + PAGE,
        f"<body><p>{ARTICLE}",
        f"<title>Pact</title><p>{ARTICLE}",
        f"<div class='view'>{ARTICLE}</div>",
        f"<p>{ARTICLE}</p>",
        f"<table><tr><td>{ARTICLE}",
        f"<H3>Pact</H3>{ARTICLE}",
        PAGE,
    ],
)
def test_a_page_begins_with_any_tag(tmp_path: Path, name: str, start: str) -> None:
    assert kind(tmp_path, name, start) == "html"
    assert kind(tmp_path, name, start.encode("utf-16")) == "html"


@pytest.mark.parametrize(
    "start",
    [
        "<p> is what begins a paragraph on the web.",
        "<표 1> 수출 현황\n두 나라는 3일 협정을 맺었다.",
        "<b2b> fair opens\n" + ARTICLE,
        "<!-- a comment alone -->\n# Pact\n\n" + ARTICLE,
        "<rss><channel><title>Pact</title></channel></rss>",
        "a < b and <p>c</p>",
    ],
)
def test_a_text_that_begins_like_a_tag_is_no_page(tmp_path: Path, start: str) -> None:
    assert kind(tmp_path, "release", start) == "text"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_whole_page_is_one_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    plain = "text" if name.endswith(".txt") else "markdown"
    assert kind(tmp_path, name, "\n<!DOCTYPE HTML>" + PAGE) == "html"
    assert kind(tmp_path, name, PAGE) == "html"
    assert kind(tmp_path, name, "<!-- saved --><!doctype html>" + PAGE) == "html"
    assert kind(tmp_path, name, f"<p>{ARTICLE}</p>") == plain
    assert kind(tmp_path, name, "A page begins with <html>.") == plain


RECEIVED = "".join(
    f"Received: from mail{number}.example.kr (192.0.2.{number})\r\n\tby mx{number}.example.kr; "
    f"Tue, 4 Jun 2024 09:0{number}:00 +0900\r\n"
    for number in range(1, 9)
)
ENCODED = base64.encodebytes(ARTICLE.encode()).decode()
LONG_ADDRESS = f"Snapshot-Content-Location: https://example.kr/view.do?q={'%EC%82%B0' * 300}\r\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.mhtml", f"From: <Saved by Blink>\r\n{LONG_ADDRESS}MIME-Version: 1.0\r\n\r\n{ENCODED}"),
        ("saved", f"From: <Saved by Blink>\r\n{LONG_ADDRESS}MIME-Version: 1.0\r\n\r\n{ENCODED}"),
        ("mail", f"{RECEIVED}Subject: pact\r\nMime-Version: 1.0\r\n\r\n{ENCODED}"),
        ("mail", f"{RECEIVED}Subject: pact\r\nFrom: a@example.kr\r\n\r\n{ARTICLE}"),
        (
            "mail",
            f"From: a@example.kr\nSubject: pact\nDate: Tue, 4 Jun 2024 09:01:00 +0900\n\n{ARTICLE}",
        ),
        ("a.eml", f"From: a@example.kr\nSubject: pact\n\n{ARTICLE}"),
        ("a.mht", PAGE),
    ],
)
def test_mails_and_pages_saved_as_such_are_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError, match="MHTML or a mail"):
        kind(tmp_path, name, text)


@pytest.mark.parametrize(
    "text",
    [
        f"Korea and Peru sign pact\nDate: 4 June 2024\n\n{ARTICLE}",
        f"Date: Tue, 4 Jun 2024 09:01:00 +0900\n\n{ARTICLE}",
        f"From: Ministry of Trade\nTo: Editors\nSubject: Pact\nDate: 4 June 2024\n\n{ARTICLE}",
        f"{ARTICLE}\n\nMIME-Version: 1.0 stands in mails.",
    ],
)
def test_a_release_with_lines_like_those_of_a_mail_is_text(tmp_path: Path, text: str) -> None:
    assert kind(tmp_path, "release", text) == "text"
