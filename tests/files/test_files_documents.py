"""Text, web pages, HWP, HWPX, DOCX and PDF."""

from __future__ import annotations

import gzip
import os
import struct
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import file_builders as make
import pytest

from nordclass.errors import InputError
from nordclass.files import Record, Unreadable, read
from nordclass.files.extras import need
from nordclass.files.html.extract import extract
from nordclass.files.hwp5 import paragraph_text
from nordclass.files.pdf_lines import join_lines

BODY = "\n".join(make.PARAGRAPHS)
WITH_TABLE = BODY + "\n구분\t내용\n사업 기간\t2024~2027년"

ENCRYPTED_HWPX = make.zipped(
    {"Contents/section0.xml": "<a/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}
)


def one(path: Path, data: bytes | str) -> Record:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = read([str(path)])
    assert isinstance(found, Record), found
    return found


def error(path: Path, data: bytes | str) -> str:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = read([str(path)])
    assert isinstance(found, Unreadable), found
    assert found.id == path.name
    assert path.name.removesuffix(".gz") in found.error
    assert "\n" not in found.error
    return found.error


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.md", "# " + make.TITLE + "\n\n" + BODY, BODY),
        ("a.html", make.html(), BODY),
        ("b.html", make.html(charset="euc-kr").encode("cp949"), BODY),
        ("a.docx", make.docx(), WITH_TABLE),
        ("a.docx.gz", gzip.compress(make.docx(), mtime=0), WITH_TABLE),
        ("wrong-suffix.pdf", make.docx(), WITH_TABLE),
    ],
)
def test_formats_with_a_place_for_the_title(tmp_path: Path, name: str, data: bytes | str, text: str) -> None:
    assert one(tmp_path / name, data) == Record(name, make.TITLE, text, {})


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", make.TITLE + "\n\n" + BODY, "\n" + BODY),
        ("b.txt", (make.TITLE + "\r\n\r\n" + BODY.replace("\n", "\r\n")).encode("cp949"), "\n" + BODY),
        ("a.hwp", make.hwp(), WITH_TABLE),
        ("b.hwp", make.hwp(flags=0), WITH_TABLE),
        ("c.hwp", make.hwp(flags=5), WITH_TABLE),
        ("d.hwp", make.hwp(flags=4), WITH_TABLE),
        ("a.hwpx", make.hwpx(), WITH_TABLE),
        ("a.docx", make.docx((make.TITLE, *make.PARAGRAPHS), title=None), WITH_TABLE),
        (
            "a.pdf",
            make.pdf([[make.TITLE, *make.wrapped(" ".join(make.PARAGRAPHS), 39)]]),
            BODY.replace("\n", " "),
        ),
        (
            "large-title.pdf",
            make.pdf([[make.TITLE * 2, *make.wrapped(" ".join(make.PARAGRAPHS), 39)]], title_size=14),
            make.TITLE + "\n" + BODY.replace("\n", " "),
        ),
    ],
)
def test_formats_without_one_have_it_in_the_first_line(
    tmp_path: Path, name: str, data: bytes | str, text: str
) -> None:
    joint = "" if name.startswith("large") else "\n"
    assert one(tmp_path / name, data) == Record(name, None, make.TITLE + joint + text, {})


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>{} - 남도물결신문</title>", "<h1>{}</h1>"),
        ("<title>남도물결신문 :: {}</title>", "<b>{}</b>"),
        ("<title>{} | 국제 | 남도물결신문</title>", "<h2>{}</h2>"),
        ("<title>{}</title>", "<h3>{}</h3>"),
    ],
)
def test_the_title_of_a_page_is_without_the_name_of_its_site(tmp_path: Path, head: str, body: str) -> None:
    for title in (make.TITLE, "Korea gives $1.2m - through IAEA - for reactors"):
        paragraphs = "".join(f"<p>{text}</p>" for text in make.PARAGRAPHS)
        page = f"<html><head>{head.format(title)}</head><body>{body.format(title)}<div>{paragraphs}</div></body></html>"  # noqa: E501
        record = one(tmp_path / "a.html", page)
        assert record.title == title
        assert title not in record.text


@pytest.mark.parametrize(
    ("title", "line", "kept"),
    [
        ("Mongolia", "Mongolian officials met", "Mongolian officials met"),
        ("Mongolia", "Mongolia's officials met", "Mongolia's officials met"),
        ("Mongolia", "Mongolia’s officials met", "Mongolia’s officials met"),
        ("Mongolia", "Mongolia-based officials met", "Mongolia-based officials met"),
        ("몽골", "몽골과 한국이 만났다", "몽골과 한국이 만났다"),
        ("한국", "한국·몽골이 만났다", "한국·몽골이 만났다"),
        ("Mongolia", "Mongolia: officials met", ": officials met"),
        ("Mongolia", "Mongolia Officials met", "Officials met"),
        ("Mongolia", "Mongolia", ""),
        ("Mongolia", "Officials met", "Officials met"),
    ],
)
def test_a_title_is_cut_from_the_first_line_where_it_ends_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, title: str, line: str, kept: str
) -> None:
    found = SimpleNamespace(title=title, text=line + "\n" + "둘째 줄이다. " * 80)
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: found)
    (tmp_path / "a.html").write_text(make.html(title=title), encoding="utf-8")
    (page,) = extract(tmp_path / "a.html", {})
    assert page["title"] == title
    assert (page["text"] or "").split("둘째")[0].strip() == kept


def test_the_headline_of_a_short_page_stands_once(tmp_path: Path) -> None:
    """trafilatura gives it once more, behind the text."""
    body = "서울 마장동 축산물시장이 붐빈다. 홍콩과 싱가포르에서 온 관광객들은 한우를 구워 먹는다."
    page = (
        f"<html><head><title>{make.TITLE} : 한겨레일보</title></head>"
        f"<body><div><article><h1>{make.TITLE}</h1>"
        f'<p class="byline">김기자 기자</p><div class="article-body"><p>{body}</p></div>'
        '<p class="copyright">ⓒ 한겨레일보</p></article></div></body></html>'
    )
    record = one(tmp_path / "a.html", page)
    assert record.title == make.TITLE
    assert body in record.text
    assert make.TITLE not in record.text


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# One\n\ntext", "One", "text"),
        ("\nOne\n===\ntext", "One", "text"),
        ("## One\n\ntext", None, "## One\n\ntext"),
        ("text\n\n# One", None, "text\n\n# One"),
        ("---\ntitle: One\n---\n# One\ntext", "One", "text"),
        ("---\ntitle: Issue 7\n---\n# Korea and Mongolia\ntext", "Issue 7", "# Korea and Mongolia\ntext"),
    ],
)
def test_the_title_of_markdown(tmp_path: Path, text: str, title: str | None, rest: str) -> None:
    assert one(tmp_path / "a.md", text) == Record("a.md", title, rest, {})


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("p.hwp", make.hwp(flags=3), "password"),
        ("d.hwp", make.hwp(flags=0x11), "protection"),
        ("c.hwp", make.hwp(flags=0x401), "protection"),
        ("v3.hwp", b"HWP Document File V3.00 \x1a\x01\x02", "HWP 3"),
        ("s.hwp", make.ole({"FileHeader": b"HWP Document File".ljust(256, b"\0")}), "no BodyText"),
        ("e.docx", make.ole({"EncryptedPackage": b"x" * 5000}), "password"),
        ("w.doc", make.ole({"WordDocument": b"x" * 5000}), "save it as .docx"),
        ("u.ole", make.ole({"Other": b"x" * 5000}), "unknown kind"),
        ("m.hwpx", ENCRYPTED_HWPX, "password"),
        ("p.pdf", make.pdf([["x"]], encrypt=True), "password"),
        ("i.pdf", make.pdf([[]]), "text recognition"),
        ("t.pdf", make.pdf([["x" * 50]])[:200], "PDF"),
        ("a.zip", make.zipped({"a.txt": "x"}), "unpack it first"),
        ("n.zip", make.zipped({"b.zip": make.zipped({"c.docx": make.docx()})}), "unpack it first"),
        ("n.gz", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "archive within an archive"),
        ("t.gz", gzip.compress(b"text " * 9999, mtime=0)[:40], "cut short"),
        ("o.odt", make.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
        ("i.png", b"\x89PNG\r\n\x1a\n....", "image"),
        ("r.rtf", b"{\\rtf1 x}", "RTF"),
        ("x.xml", b"<?xml version='1.0'?><a/>", "XML"),
        ("j.js", b"var x = 1;", "no document format"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "no text"),
        ("nul.txt", b"text\0\0\0 more", "NUL"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    assert message in error(tmp_path / name, data)


def test_hwp_preview_is_the_last_resort(tmp_path: Path) -> None:
    data = make.hwp(
        make.hwp_section([], []) + make.hwp_paragraph(""), PrvText="미리 보기 글".encode("utf-16-le")
    )
    assert one(tmp_path / "a.hwp", data).text == "미리 보기 글"
    data = make.zipped({"Contents/section0.xml": "<a/>", "Preview/PrvText.txt": "미리 보기 글"})
    assert one(tmp_path / "b.hwpx", data).text == "미리 보기 글"


def test_hwp_controls_take_eight_units() -> None:
    def unit(*codes: int) -> bytes:
        return struct.pack(f"<{len(codes)}H", *codes)

    inline = unit(9, 0xAC00, 0xD800, 3, 4, 5, 6, 9)
    extended = unit(11, *[0xAC01] * 6, 11)
    text = "가".encode("utf-16-le") + inline + "나😀".encode("utf-16-le") + extended + unit(10, 30, 24, 13)
    assert paragraph_text(text) == "가\t나😀\n -"


def test_hwp_headers_are_left_out_and_layout_cells_keep_paragraphs(tmp_path: Path) -> None:
    header = (
        make.hwp_record(71, 1, b"daeh") + make.hwp_record(72, 2, bytes(8)) + make.hwp_paragraph("머리말", 2)
    )
    box = make.hwp_record(71, 1, b" osg") + make.hwp_record(72, 3, bytes(8)) + make.hwp_paragraph("글상자", 3)
    section = (
        make.hwp_paragraph("본문이다.") + header + box + make.hwp_table([["긴 글 " * 100, "짧은 글"], ["끝"]])
    )
    text = one(tmp_path / "a.hwp", make.hwp(section)).text
    assert text.splitlines() == ["본문이다.", "글상자", ("긴 글 " * 100).strip(), "짧은 글", "끝"]


def test_docx_leaves_out_what_stands_twice(tmp_path: Path) -> None:
    box = (
        "<w:p><w:r><w:t>바깥 문장</w:t></w:r><w:r>"
        "<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        f"{make.docx_p('상자')}</w:txbxContent></mc:Choice><mc:Fallback>{make.docx_p('상자')}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t> 이어진다</w:t></w:r>"
        "<w:del><w:r><w:t>지움</w:t></w:r></w:del></w:p>"
    )
    assert one(tmp_path / "a.docx", make.docx(extra=box)).text.endswith("바깥 문장 이어진다\n상자")


def test_page_without_article_marks_falls_back(tmp_path: Path) -> None:
    assert (
        "협력한다"
        in one(tmp_path / "a.html", "<html><body><div>한국과 몽골이 협력한다</div></body></html>").text
    )


def test_an_article_that_its_page_calls_comments_is_read(tmp_path: Path) -> None:
    texts = [f"{number}. {text}" for number in range(3) for text in make.PARAGRAPHS]
    menu = "".join(f'<a href="/{number}">메뉴 {number}</a> ' for number in range(9))
    article = "".join(f"<p>{text}</p>" for text in texts)
    page = f"<title>{make.TITLE}</title><body><div>{menu}</div><div class='comment reply'>{article}</div>"
    record = one(tmp_path / "a.html", page)
    assert record.title == make.TITLE
    assert record.text.splitlines() == texts


def test_a_page_with_one_damaged_byte_is_still_read(tmp_path: Path) -> None:
    data = make.html(make.PARAGRAPHS * 10).encode().replace("지원 규모".encode(), b"\xff\xea", 1)
    assert "우즈베키스탄" in one(tmp_path / "a.html", data).text


ARTICLE = " ".join(
    [
        *make.PARAGRAPHS,
        "두 나라는 2019년부터 해마다 장관급 회의를 열어 왔으며 "
        "올해 회의에서는 전자정부와 사이버 보안을 새 의제로 다뤘다.",
        "우즈베키스탄은 국민이 한 번의 접속으로 모든 민원을 처리하는 누리집을 2026년까지 만들 계획이다.",
    ]
    * 3
)


def share_kept(joined: str) -> float:
    """Share of the article's words that are whole again."""
    found = joined.split()
    return sum(word in found for word in ARTICLE.split()) / len(ARTICLE.split())


@pytest.mark.parametrize("width", [24, 30, 37, 45])
@pytest.mark.parametrize("keeps_spaces", [True, False])
def test_pdf_words_cut_by_lines_are_joined(width: int, keeps_spaces: bool) -> None:
    lines = [line if keeps_spaces else line.strip() for line in make.wrapped(ARTICLE, width)]
    assert share_kept(join_lines(["\r\n".join(lines)])) >= (0.97 if keeps_spaces else 0.95)


@pytest.mark.parametrize("width", [24, 30, 37, 45])
def test_pdf_words_stay_apart_where_lines_break_at_spaces(width: int) -> None:
    joined = join_lines(["\r\n".join(textwrap.wrap(ARTICLE, width))])
    assert share_kept(joined) >= 0.97
    assert len(joined.split()) >= len(ARTICLE.split()) * 0.97


def test_pdf_hyphens_bullets_and_page_numbers() -> None:
    lines = [
        "Ministers agreed on inter\x02",
        "national cooperation in digital trade and in",
        "health.",
        "□ 다음 항목",
        "○ 또",
        "- 3 -",
    ]
    assert join_lines(["\r\n".join(lines)]) == (
        "Ministers agreed on international cooperation in digital trade and in health.\n□ 다음 항목\n○ 또"
    )


def test_standard_input_of_any_kind(tmp_path: Path) -> None:
    code = "from nordclass.files import read\nfor r in read(['-']): print(ascii(r))"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for data, expected in (
        (make.docx(), "stdin"),
        (b'{"text": "a b"}\n', "stdin:1"),
        (gzip.compress(make.hwp(), mtime=0), "stdin"),
    ):
        out = subprocess.run(
            [sys.executable, "-c", code], input=data, capture_output=True, env=env, check=True
        ).stdout
        assert out.startswith(f"Record(id='{expected}'".encode()), out


def test_hwpx_needs_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("olefile", "cryptography"):
        monkeypatch.setitem(sys.modules, name, None)
    assert one(tmp_path / "a.hwpx", make.hwpx()).text.endswith(WITH_TABLE)


def test_missing_extras_are_named() -> None:
    for extra in ("html", "hwp", "pdf", "excel", "parquet"):
        with pytest.raises(InputError, match=rf"pip install 'nordclass\[{extra}\]'"):
            need("no_such_library", extra)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.hwp", make.hwp(), "a.hwp: HWP files need an extra: pip install 'nordclass[hwp]'"),
        ("a.doc", make.hwp(), "a.doc: HWP files need an extra: pip install 'nordclass[hwp]'"),
        ("a.xls", make.xls([["text"], ["x"]]), "a.xls: workbooks (.xlsx, .xls, .ods) need an extra"),
        (
            "w.doc",
            make.ole({"WordDocument": b"x" * 5000}),
            "w.doc: a Word 97 document (.doc); save it as .docx",
        ),
        ("e.docx", make.ole({"EncryptedPackage": b"x" * 5000}), "e.docx: password-protected"),
        ("Thumbs.db", make.ole({"256_1": b"x" * 5000}), "Thumbs.db: an OLE file of an unknown kind"),
    ],
)
def test_no_extra_is_named_that_would_not_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, message: str
) -> None:
    def missing(module: str, extra: str) -> object:
        return need("no_such_library", extra)

    monkeypatch.setattr("nordclass.files.containers.need", missing)
    assert error(tmp_path / name, data).startswith(message)


def test_a_library_that_is_there_and_broken_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_removed.py").write_text("import no_such_part")
    (tmp_path / "hollow").mkdir()
    (tmp_path / "of_another_machine.py").write_text("raise OSError('libz.so: cannot open')")
    (tmp_path / "of_another_build.py").write_text("raise SystemError('wrong ABI')")
    (tmp_path / "of_another_release.py").write_text("raise ImportError('cannot import name\\n clean')")
    monkeypatch.syspath_prepend(tmp_path)
    for module, why in (
        ("half_removed", "No module named 'no_such_part'"),
        ("hollow.part", "No module named 'hollow.part'"),
        ("of_another_release", "cannot import name clean"),
        ("of_another_machine", "libz.so: cannot open"),
        ("of_another_build", "wrong ABI"),
    ):
        name = module.partition(".")[0]
        with pytest.raises(
            InputError, match=f"web pages need {name}, which is there but does not load: {why}$"
        ):
            need(module, "html")


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (
            "ModuleNotFoundError(\"No module named 'trafilatura'\", name='trafilatura')",
            "web pages need an extra: pip install 'nordclass[html]'",
        ),
        (
            "OSError('libz.so: cannot open')",
            "web pages need trafilatura, which is there but does not load: libz.so: cannot open",
        ),
    ],
)
def test_a_library_that_fails_in_the_worker_is_named(raised: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "trafilatura.py").write_text(f"raise {raised}")
    (tmp_path / "a.html").write_text(make.html())
    code = "import sys; from nordclass.files import read; print([r.error for r in read([sys.argv[1]])])"
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path / "shadow"), *sys.path])}
    command = [sys.executable, "-c", code, str(tmp_path / "a.html")]
    out = subprocess.run(command, capture_output=True, env=env, check=True, text=True).stdout
    assert f"a.html: {told}" in out


def test_importing_is_cheap() -> None:
    code = (
        "import sys, nordclass.files; "
        "heavy = 'numpy lxml trafilatura pypdfium2 olefile pyarrow zipfile subprocess'.split(); "
        "print([name for name in heavy if name in sys.modules])"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=env, check=True, text=True
    ).stdout
    assert out.strip() == "[]"


def test_a_pdf_headline_as_wide_as_the_text_stays_apart_from_a_dateline() -> None:
    from nordclass.files.pdf_lines import join_lines

    head = "Hurricanes, seaweed and smart ports: Caribbean forum turns to the sea"
    body = [
        "SEOUL, Nov. 18 - The minister of the islands came to a forum in the capital",
        "with a plain account of what the sea has lately done to the fishing villages",
        "of the north coast, and asked for help with two harbours.",
    ]
    assert join_lines(["\n".join([head, *body])]) == "\n".join([head, " ".join(body)])
