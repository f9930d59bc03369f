"""PDF files: the text of each page, with wrapped lines put together again."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.extras import need
from nordclass.files.limits import TEXT_CHARS
from nordclass.files.options import ReadOptions
from nordclass.files.pdf_lines import join_lines
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import checked
from nordclass.text.titles import LONGEST_TITLE

_LOOKED_AT: Final = 1000
_LARGER: Final = 1.15


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A PDF as one record.

    Raises InputError: password-protected, damaged, only pictures, too long, or the extra `pdf` is missing.
    """
    texts: list[str] = []
    length = 0
    with source.as_path() as path:
        for page in guarded.parse("pdf", path, {}):
            texts.append(page)
            length += len(page)
            if length > TEXT_CHARS:
                raise source.error(f"more than {TEXT_CHARS:,} characters; split it")
    if not any(text.strip() for text in texts):
        raise source.error("no text in it (scanned pages?); run text recognition on it first")
    yield checked(Record(source.id, None, join_lines(texts).strip(), {}))


def pages(path: Path, options: dict[str, str | None]) -> Iterator[str]:
    """The text of each page as the library gives it; runs in the worker.

    Raises InputError: as `read_pdf`.
    """
    pdfium = need("pypdfium2", "pdf")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("password-protected; save it without a password") from None
        raise InputError("damaged or cut short PDF; fetch it again") from None
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                raise InputError(f"damaged PDF (page {number + 1}); fetch it again") from None
            text_page = page.get_textpage()
            text = text_page.get_text_bounded()
            yield _set_off(text, _heading(text_page)) if number == 0 else text
            text_page.close()
            page.close()
    finally:
        document.close()


def _heading(text_page: Any) -> int:  # noqa: ANN401 - untyped
    """How many letters at the start of a page are set clearly larger than most others."""
    sizes: list[float] = []
    for index in range(min(text_page.count_chars(), _LOOKED_AT)):
        if not text_page.get_text_range(index, 1).isspace():
            _, bottom, _, top = text_page.get_charbox(index, loose=True)
            sizes.append(top - bottom)
    usual = statistics.median(sizes) if sizes else 0.0
    large = next((index for index, size in enumerate(sizes) if size < usual * _LARGER), len(sizes))
    return large if large <= LONGEST_TITLE else 0


def _set_off(text: str, letters: int) -> str:
    """The text with a blank line after its first so many letters, if they end a line."""
    lines = text.replace("\r\n", "\n").split("\n")
    reached = list(accumulate(len("".join(line.split())) for line in lines))
    if letters == 0 or letters not in reached[:-1]:
        return text
    end = reached.index(letters) + 1
    return "\n".join([" ".join(" ".join(lines[:end]).split()), "", *lines[end:]])
