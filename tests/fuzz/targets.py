"""What is fuzzed: each target takes any bytes and fails only where nordclass breaks a promise.

Promises: nothing but `NordclassError` is raised, no answer takes long, a record is text that can be written
in UTF-8, an error is one line, scores are numbers between 0 and 1, and spans lie within what was read.
"""

from __future__ import annotations

import atexit
import gzip
import io
import json
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import file_builders as make
from choices import Choices
from model_changes import damaged_model

import nordclass
from nordclass import NordclassError
from nordclass.files import Record, Unreadable, read
from nordclass.files.html.extract import extract
from nordclass.files.options import ReadOptions
from nordclass.files.source import Source
from nordclass.mentions.candidates import analyse
from nordclass.text.document import Document

HERE = Path(__file__).resolve().parent
SLOW = 10.0
"""CPU seconds that no target may take: its input has at most some 64 KB."""
LONG = 25_000
"""Characters of a text that repeats a unit."""
NOTICED = 0.05
"""CPU seconds; what takes less is not tried at greater length."""

_OPTIONS = ReadOptions()
_UNFORESEEN = "cannot be read, damaged or not what it seems"


@cache
def scratch() -> Path:
    """A folder that goes with this process."""
    folder = tempfile.mkdtemp(prefix="nordclass-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _file(name: str, data: bytes) -> Path:
    path = scratch() / name
    path.write_bytes(data)
    return path


def check_error(message: str) -> None:
    """What is said to the user is one line."""
    assert message
    assert "\n" not in message


def _check(items: Iterable[Record | Unreadable]) -> None:
    """Records must be text, errors one line that was foreseen."""
    for item in items:
        if isinstance(item, Record):
            for text in (item.text, item.title or ""):
                text.encode()
                assert "\0" not in text
        else:
            check_error(item.error)
            assert _UNFORESEEN not in item.error, item.error


TABLES = (
    ("a.csv", "delimited:read_csv"),
    ("a.tsv", "delimited:read_tsv"),
    ("a.jsonl", "jsonl:read_jsonl"),
    ("a.json", "jsonl:read_json"),
    ("a.txt", "text:read_text"),
    ("a.md", "text:read_markdown"),
)


def tables(data: bytes) -> None:
    """Readers of text and tables; the first byte picks one."""
    if not data:
        return
    name, where = TABLES[data[0] % len(TABLES)]
    module, function = where.split(":")
    reader = getattr(import_module(f"nordclass.files.{module}"), function)
    try:
        _check(reader(Source(name, _file(name, data[1:])), _OPTIONS))
    except NordclassError as error:
        check_error(str(error))


def containers(data: bytes) -> None:
    """Whole files of a kind that only their first bytes tell."""
    _check(read([str(_file("whole", data))]))


def _member(name: str) -> Callable[[bytes], bytes]:
    """A zip file around one member, beside those that make it a document."""
    whole = make.docx() if name.startswith("word/") else make.hwpx()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        others = {other: archive.read(other) for other in archive.namelist() if other != name}
    if name.startswith("Preview/"):
        others["Contents/section0.xml"] = b"<s/>"
    return lambda data: make.zipped({**others, name: data}, zipfile.ZIP_STORED)


PARTS: tuple[Callable[[bytes], bytes], ...] = (
    _member("word/document.xml"),
    _member("word/styles.xml"),
    _member("Contents/section0.xml"),
    _member("META-INF/manifest.xml"),
    _member("Preview/PrvText.txt"),
    lambda data: make.hwp(data),
    lambda data: make.hwp(data, flags=0),
    lambda data: make.hwp(data, flags=5),
    lambda data: make.hwp(b"", PrvText=data),
    lambda data: make.ole({"FileHeader": data, "BodyText/Section0": make.deflated(make.hwp_section())}),
    lambda data: gzip.compress(data, 1, mtime=0),
)


def documents(data: bytes) -> None:
    """One part of a DOCX, HWPX or HWP file, in a whole container, so that no checksum stops it."""
    if data:
        _check(read([str(_file("document", PARTS[data[0] % len(PARTS)](data[1:])))]))


def html(data: bytes) -> None:
    """Web pages, in this process. What a library raises its worker reports; what we raise is a fault."""
    path = _file("page.html", data)
    try:
        for page in extract(path, {}):
            assert page["text"] is not None
    except NordclassError as error:
        check_error(str(error))
    except Exception as error:
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace and "nordclass" in Path(trace.tb_frame.f_code.co_filename).parts:
            raise


@cache
def _xlsx() -> dict[str, bytes]:
    book = io.BytesIO()
    make.workbook(book, {"s": [["text", "b"], ["x", "y"]]})
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


NATIVE: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("a.pdf", bytes),
    ("a.xls", bytes),
    ("a.parquet", bytes),
    ("a.xlsx", lambda data: make.zipped({**_xlsx(), "xl/worksheets/sheet1.xml": data})),
    ("a.xlsx", lambda data: make.zipped({**_xlsx(), "xl/workbook.xml": data})),
    ("a.xlsx", lambda data: make.zipped({**_xlsx(), "xl/sharedStrings.xml": data})),
    ("a.ods", lambda data: make.zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<m/>",
        "content.xml": data})),
)  # fmt: skip


def native(data: bytes) -> None:
    """Formats that native libraries parse, in the process of their own that may die."""
    if data:
        name, whole = NATIVE[data[0] % len(NATIVE)]
        _check(read([str(_file(name, whole(data[1:])))]))


@cache
def shipped() -> nordclass.Classifier:
    """The shipped model."""
    return nordclass.load()


def _label(text: str, title: str | None, scheme: str = "nordclass") -> None:
    result = shipped().scores(text, title=title, scheme=scheme)
    json.dumps(result.to_dict(), ensure_ascii=False).encode()
    for label in (*result.countries, *result.regions, *result.sectors, *result.uncertain):
        assert 0 <= label.score <= 1
    parts = {"title": title or "", "text": text}
    for each in shipped().explain(text, title=title, all_scores=True):
        for span in (*each.mentions, *(span for reason in each.reasons for span in reason.spans)):
            assert parts[span.part][span.start : span.end] == span.written != ""
    document = Document.read(text, title)
    if document.language == "und":
        return
    for mentions in analyse(document, shipped().lexicon).by_code.values():
        for mention in mentions:
            place, start, end = document.source(mention.start, mention.end)
            assert 0 <= start < end <= len(title or "" if place == "title" else text)


def _decoded(data: bytes, wide: bool) -> str:
    return data.decode("utf-16-le", "surrogatepass") if wide else data.decode("utf-8", "replace")


def text(data: bytes) -> None:
    """Cleaning, mentions and labels of a text; the first byte says how to take the rest."""
    if not data:
        return
    wide = bool(data[0] & 1) and len(data) % 2 == 1
    whole = _decoded(data[1:], wide)
    title, mark, body = whole.partition("\x1f")
    scheme = ("nordclass", "dac", "nine-bridges", "nordclass")[data[0] >> 1 & 3]
    _label(body if mark else whole, title if mark else None, scheme)


def _seconds(kind: int, repeated: str) -> float:
    begun = time.process_time()
    if kind % 4 == 0:
        _label(repeated, None)
    elif kind % 4 == 1:
        tables(bytes([kind >> 2]) + repeated.encode())
    elif kind % 4 == 2:
        documents(bytes([kind >> 2]) + repeated.encode())
    else:
        html(b"<html><body>" * (kind >> 2 & 1) + repeated.encode())
    return time.process_time() - begun


def long(data: bytes) -> None:
    """A unit of up to 100 characters repeated, as text, as table, as document and as web page.

    Four times the text may take eight times as long, but not sixteen times.
    """
    if len(data) < 2:
        return
    unit = data[1:].decode("utf-8", "replace")[:100]
    few = _seconds(data[0], unit * (LONG // len(unit)))
    if few > NOTICED:
        many = _seconds(data[0], unit * (4 * LONG // len(unit)))
        assert many < max(10 * few, SLOW / 10), f"{few:.2f} s, and {many:.2f} s for four times as much"


def model(data: bytes) -> None:
    """A model folder with damaged files, whose manifest agrees with them."""
    damaged_model(Choices(data), scratch() / "model")


TARGETS: dict[str, Callable[[bytes], Any]] = {
    function.__name__: function
    for function in (tables, containers, documents, html, native, text, long, model)
}


def run(name: str, data: bytes) -> None:
    """One execution; AssertionError when it takes long."""
    begun = time.process_time()
    TARGETS[name](data)
    seconds = time.process_time() - begun
    assert seconds < SLOW, f"{seconds:.1f} s for {len(data)} bytes"
