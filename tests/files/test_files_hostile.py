"""Files made to harm: each gives a typed error in bounded memory and time."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import file_builders as make
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nordclass import InputError
from nordclass.files import Record, Unreadable, read
from nordclass.files.html.extract import extract

MIB = 1024 * 1024
W = b'<w:document xmlns:w="w"><w:body>'
W_END = b"</w:body></w:document>"


def fill(path: Path, unit: bytes, mebibytes: int, head: bytes = b"", tail: bytes = b"") -> Path:
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(mebibytes):
            stream.write(unit * (MIB // len(unit)))
        stream.write(tail)
    return path


def zip_with(
    path: Path, member: str, unit: bytes, mebibytes: int, head: bytes = b"", tail: bytes = b""
) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(member, "w") as stream,
    ):
        stream.write(head)
        for _ in range(mebibytes):
            stream.write(unit * (MIB // len(unit)))
        stream.write(tail)
    return path


def lying_zip(path: Path) -> Path:
    """A member that says it is small and is not."""
    zip_with(path, "word/document.xml", b" ", 100, W, W_END)
    size = 100 * MIB + len(W) + len(W_END)
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little")))
    return path


def claiming_zip(path: Path) -> Path:
    """A member of a few bytes that says it has 3 GB."""
    zip_with(path, "word/document.xml", b" ", 1, W, W_END)
    size = MIB + len(W) + len(W_END)
    claimed = (3 * 1024 * MIB).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), claimed))
    return path


def xlsx_with(path: Path, rows: str, shared: str | None = None) -> Path:
    plain = make.workbook(path.with_suffix(".tmp"), {"s": [["text"], ["x"]]})
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data: bytes | str = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
            elif name == "xl/sharedStrings.xml" and shared is not None:
                data = f"<sst {space}><si><t>{shared}</t></si></sst>"
            new.writestr(name, data)
    plain.unlink()
    return path


def pdf_bomb(path: Path) -> Path:
    whole = make.pdf([["x"]])
    start = whole.rindex(b"<< /Length")
    end = whole.index(b"endstream", start)
    packer = zlib.compressobj(1)
    shown = b"BT /F 10 Tf <0001> Tj ET\n" * 40_000
    packed = b"".join(packer.compress(shown) for _ in range(300)) + packer.flush()
    head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    path.write_bytes(whole[:start] + head + packed + b"\n" + whole[end:])
    return path


def gz(path: Path, unit: bytes, mebibytes: int) -> Path:
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(mebibytes):
            stream.write(unit * (MIB // len(unit)))
    return path


def parquet_bomb(path: Path) -> Path:
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a" * 500_000] * 1000}), path, compression="zstd")
    return path


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE d SYSTEM "file:///etc/passwd">'
MAKERS: dict[str, Callable[[Path], object]] = {
    "bomb.docx": lambda p: zip_with(p, "word/document.xml", b" ", 150, W, W_END),
    "lying.docx": lying_zip,
    "claims-3-gb.docx": claiming_zip,
    "nested.zip": lambda p: p.write_bytes(make.zipped({"a.zip": make.zipped({"b.docx": make.docx()})})),
    "nested.docx.gz": lambda p: p.write_bytes(gzip.compress(gzip.compress(make.docx()))),
    "cut.hwp": lambda p: p.write_bytes(make.hwp()[:1000]),
    "cut.xls": lambda p: p.write_bytes(make.xls([["text", "b"], ["x", "y"]])[:3000]),
    "surrogates.jsonl": lambda p: p.write_bytes(b'{"text": "half \\ud83d of it"}\n'),
    "nuls.jsonl": lambda p: p.write_bytes(b'{"text": "a\\u0000b"}\n'),
    "nuls.txt": lambda p: p.write_bytes(b"text\0\0\0\0 more of it" * 9),
    "paragraphs.docx": lambda p: zip_with(p, "word/document.xml", b"<w:p><w:t>ab</w:t></w:p>", 60, W, W_END),
    "deep.docx": lambda p: zip_with(p, "word/document.xml", b"<w:tbl><w:tr><w:tc>", 1, W),
    "laughs.docx": lambda p: p.write_bytes(make.docx(prolog=LAUGHS)),
    "external.docx": lambda p: p.write_bytes(make.docx(prolog=EXTERNAL)),
    "bomb.hwpx": lambda p: zip_with(p, "Contents/section0.xml", b"<p><t>ab</t></p>", 60, b"<s>", b"</s>"),
    "bomb.hwp": lambda p: p.write_bytes(make.hwp(bytes(150 * MIB))),
    "records.hwp": lambda p: p.write_bytes(make.hwp(bytes(60 * MIB))),
    "header.csv": lambda p: p.write_bytes(b"text," * 10_000_000 + b"\nx\n"),
    "row.csv": lambda p: p.write_bytes(b"text,b\n" + b"x," * 10_000_000 + b"\nok,1\n"),
    "quote.csv": lambda p: fill(p, b"x," * 512 + b"\n", 30, b'text,b\n"'),
    "line.jsonl": lambda p: fill(p, b"a", 150, b'{"text": "', b'"}\n{"text": "ok"}\n'),
    "brackets.jsonl": lambda p: fill(p, b"{},", 6, b'{"text": "a", "x": [', b'{}]}\n{"text": "ok"}\n'),
    "deep.json": lambda p: fill(p, b"[", 10),
    "gz.jsonl.gz": lambda p: gz(p, b"a", 150),
    "gz.docx.gz": lambda p: gz(p, b"PK\x03\x04", 150),
    "deep.html": lambda p: fill(p, b"<div>", 5, b"<html><body>"),
    "huge.html": lambda p: fill(p, b"<p>some text in here</p>", 12, b"<html><body>"),
    "huge.txt": lambda p: fill(p, b"a ", 17),
    "sparse.xlsx": lambda p: xlsx_with(
        p,
        '<row r="1"><c r="A1" t="str"><v>text</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ),
    "shared.xlsx": lambda p: xlsx_with(
        p,
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_000)),
        "a" * 32_000,
    ),
    "content.pdf": pdf_bomb,
    "cycle.pdf": lambda p: p.write_bytes(make.pdf([["x"]]).replace(b"[6 0 R] /Count 1", b"[2 0 R] /Count 9")),
    "bomb.parquet": parquet_bomb,
}
GOES_ON = frozenset({"row.csv", "line.jsonl", "brackets.jsonl", "quote.csv"})


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and measured on Linux")
@pytest.mark.parametrize("part", [0, 1])
def test_hostile_files_in_bounded_memory_and_time(tmp_path: Path, part: int) -> None:
    names = sorted(MAKERS)[part::2]
    for name in names:
        MAKERS[name](tmp_path / name)
    harness = Path(__file__).with_name("hostile_harness.py")
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(harness), *(str(tmp_path / name) for name in names)],
        capture_output=True, env=env, check=True, text=True,
    )  # fmt: skip
    for name in names:  # hundreds of megabytes that pytest would keep
        (tmp_path / name).unlink()
    *told, memory = [json.loads(line) for line in done.stdout.splitlines()]
    assert [item["name"] for item in told] == names
    for item in told:
        assert item["errors"], item
        assert all("\n" not in error and len(error) <= 300 for error in item["errors"])
        assert not any("cannot be read, damaged" in error for error in item["errors"]), (
            item
        )  # foreseen, not caught
        assert item["records"] == 0 or item["name"] in GOES_ON, item
        assert item["seconds"] < 20, item
    assert max(memory["parent"], memory["children"]) <= 300, memory


@pytest.mark.parametrize(
    "unit", ["<script>", "<ſtyle>", "<title>", "<title", "<!--", "<meta ", "<", "a - b - "]
)
def test_openings_without_end_take_no_time(tmp_path: Path, unit: str) -> None:
    head = "<title>one - two - three</title>" if unit != "a - b - " else f"<title>{unit * 100}</title>"
    path = tmp_path / "a.html"
    path.write_text(f"<html><head>{head}</head><body>{unit * (600_000 // len(unit))}", encoding="utf-8")
    begun = time.process_time()
    with contextlib.suppress(InputError):
        list(extract(path, {}))
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("name", ["a.hwp", "b.hwp", "a.hwpx", "a.docx", "a.xls", "a.xlsx", "a.pdf", "a.gz"])
def test_cut_short_anywhere(tmp_path: Path, name: str) -> None:
    whole = FUZZED[name]
    path = tmp_path / name
    for cut in range(1, len(whole) - 1, max(len(whole) // 12, 1)):
        path.write_bytes(whole[:cut])
        found = list(read([str(path)]))
        assert found
        assert all("\n" not in item.error for item in found if isinstance(item, Unreadable))


def _workbook() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        return make.workbook(Path(name) / "a.xlsx", {"s": [["text", "b"], ["x", "y"]]}).read_bytes()


FUZZED = {
    "a.hwp": make.hwp(),
    "b.hwp": make.hwp(flags=5),
    "c.hwp": make.hwp(flags=0),
    "a.hwpx": make.hwpx(),
    "a.docx": make.docx(),
    "a.xls": make.xls([["text", "b"], ["x", "y"]]),
    "a.xlsx": _workbook(),
    "a.pdf": make.pdf([[make.TITLE, *make.PARAGRAPHS]]),
    "a.html": make.html().encode(),
    "a.gz": gzip.compress(make.TITLE.encode() * 9, mtime=0),
    "a.csv": '제목,본문\n"가, 나",다\n'.encode("cp949"),
    "a.json": '[{"title": "가", "text": "나"}]'.encode(),
    "a.jsonl": '{"title": "가", "text": "나"}\n'.encode(),
    "a.md": b"# title\n\ntext [x](y)",
}


@pytest.mark.parametrize("name", sorted(FUZZED))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_anywhere(tmp_path: Path, name: str, data: st.DataObject) -> None:
    whole = bytearray(FUZZED[name])
    edits = data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=8)
    )
    for position, value in edits:
        whole[position] = value
    path = tmp_path / name
    path.write_bytes(whole)
    for item in read([str(path)]):
        if isinstance(item, Record):
            item.text.encode()
            assert "\0" not in item.text
        else:
            assert item.error
            assert "\n" not in item.error


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"PAR1",
    b"\x1f\x8b\x08", b"<html>"]), rest=st.binary(max_size=3000),
)  # fmt: skip
def test_noise_after_any_magic(tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "noise"
    path.write_bytes(head + rest)
    assert list(read([str(path)]))
