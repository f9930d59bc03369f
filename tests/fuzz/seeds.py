"""Writes the seeds of the corpus from the builders of `tests/files`: `python tests/fuzz/seeds.py`.

Files named `bug-...` are inputs that once failed; they stay.
"""

from __future__ import annotations

import gzip
import io
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "files")]

import file_builders as make  # noqa: E402
import pyarrow  # noqa: E402
import pyarrow.parquet  # noqa: E402
from model_changes import CHANGES  # noqa: E402
from targets import NATIVE, PARTS  # noqa: E402

TITLE, TEXT = make.TITLE, "\n".join(make.PARAGRAPHS)
ENGLISH = "Korea and Kenya signed an agreement on a geothermal plant in Nairobi, the ministry said on 3 May."


def tables() -> Iterator[tuple[str, bytes]]:
    for number, (name, text) in enumerate(
        [
            ("csv", f'title,text\n"{TITLE}","{TEXT}"\nb,c\n'),
            ("tsv", f"제목\t본문\n{TITLE}\t{make.PARAGRAPHS[0]}\n"),
            ("jsonl", f'{{"title": "{TITLE}", "text": "{make.PARAGRAPHS[0]}"}}\n{{"text": "b\\u0041"}}\n'),
            ("json", f'[{{"title": "{TITLE}", "text": "{make.PARAGRAPHS[0]}", "x": [1, {{}}]}}]'),
            ("text", f"{TITLE}\n\n{TEXT}"),
            ("markdown", f"---\ntitle: {TITLE}\n---\n# a\n\n{TEXT} [x](y) ![a](b) <!-- c -->\n```\nd\n```\n"),
        ]
    ):
        yield name, bytes([number]) + text.encode()
    yield "csv-cp949", b"\0" + f"제목;본문\n{TITLE};가\n".encode("cp949")
    yield "csv-utf16", b"\0" + b"\xff\xfe" + "text,b\nx,y\n".encode("utf-16-le")
    yield "csv-hint", b'\0sep=|\ntext|b\n"a|b"|c\n'


def containers() -> Iterator[tuple[str, bytes]]:
    yield from {
        "docx": make.docx(),
        "hwpx": make.hwpx(),
        "hwp": make.hwp(),
        "hwp-distribution": make.hwp(flags=5),
        "gz": gzip.compress(TEXT.encode(), mtime=0),
    }.items()


def documents() -> Iterator[tuple[str, bytes]]:
    members = {}
    for whole in (make.docx(), make.hwpx(extra=make.hwpx_p("x", "<hp:tab/><hp:lineBreak/>"))):
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            members |= {name: archive.read(name) for name in archive.namelist()}
    header = b"HWP Document File".ljust(32, b"\0") + b"\0\0\3\5\1\0\0\0" + bytes(216)
    contents = [
        *(members["word/document.xml"], members["word/styles.xml"], members["Contents/section0.xml"]),
        *(b"<m><encryption-data/></m>", TEXT.encode("utf-16")),
        *(make.hwp_section(), make.hwp_section(), make.deflated(make.hwp_section())),
        *(TEXT.encode("utf-16-le"), header, TEXT.encode()),
    ]
    for number, content in enumerate(contents):
        yield f"part-{number:02}", bytes([number]) + content
    assert len(contents) == len(PARTS)


def html() -> Iterator[tuple[str, bytes]]:
    yield "article", make.html().encode()
    yield "euc-kr", make.html(charset="euc-kr").encode("cp949")
    yield "divs", f"<title>{TITLE} - 신문</title><div>{TEXT}</div><table><tr><td>a</table>".encode()
    yield "long-s", "<ſcript>한국</ſcript><p>몽골</p><ſtyle>".encode()
    yield "little", b"<html><body><p>a</p><script>b</script><img src='data:image/png;base64,AAAA'></body>"


def native() -> Iterator[tuple[str, bytes]]:
    book = io.BytesIO()
    make.workbook(book, {"s": [["text", "b"], ["x", 1.5]]})
    with zipfile.ZipFile(book) as archive:
        xlsx = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(io.BytesIO(make.ods([["text", "b"], ["x", "y"]]))) as archive:
        ods = archive.read("content.xml")
    table = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a", "b"], "n": [1, 2]}), table)
    contents = [
        make.pdf([[TITLE, make.PARAGRAPHS[0]], ["2"]]),
        make.xls([["text", "b"], ["x", "y"]]),
        table.getvalue(),
        *(xlsx[f"xl/{name}.xml"] for name in ("worksheets/sheet1", "workbook", "sharedStrings")),
        ods,
    ]
    for number, content in enumerate(contents):
        yield f"kind-{number}", bytes([number]) + content
    assert len(contents) == len(NATIVE)


def text() -> Iterator[tuple[str, bytes]]:
    yield "ko", b"\0" + f"{TITLE}\x1f{TEXT}".encode()
    yield (
        "ko-page",
        b"\2" + f"{TITLE}\n입력 2024.03.12 09:00\n홍길동 기자 a@b.kr\n{TEXT}\n무단전재 금지".encode(),
    )
    yield "en", b"\4" + ENGLISH.encode()
    yield "wide", b"\1" + f"한-美·中 정상회담 {TITLE}".encode("utf-16-le")
    yield "nfd", b"\0" + unicodedata.normalize("NFD", TEXT).encode()


def long() -> Iterator[tuple[str, bytes]]:
    units = [
        "한국과 몽골, ",
        "가",
        "a ",
        "Guinea-",
        "( ",
        "\n",
        "[기자 ",
        "<script>",
        "<title",
        "[[",
        '"',
        "- ",
        "{",
    ]
    for number, unit in enumerate(units):
        yield f"unit-{number:02}", bytes([number % 4 | number // 4 << 2]) + unit.encode()


def model() -> Iterator[tuple[str, bytes]]:
    for number in range(len(CHANGES)):
        yield f"change-{number:02}", bytes([0, number, 5, 3, 7, 2])


def main() -> None:
    """Write all seeds."""
    for make_seeds in (tables, containers, documents, html, native, text, long, model):
        folder = HERE / "corpus" / make_seeds.__name__
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in make_seeds():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
