"""PDF files: the text of each page, with wrapped lines put together again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.extras import need
from nordclass.files.limits import TEXT_CHARS
from nordclass.files.options import ReadOptions
from nordclass.files.pdf_lines import join_lines
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import checked
from nordclass.files.titles import split_title


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A PDF as one record.

    Raises:
        InputError: password-protected, damaged, only pictures, too long, or the extra `pdf` is missing.
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
    title, text = split_title(join_lines(texts))
    yield checked(Record(source.id, title, text, {}))


def pages(path: Path, options: dict[str, str | None]) -> Iterator[str]:
    """The text of each page as the library gives it; runs in the worker.

    Raises:
        InputError: as `read_pdf`.
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
            yield text_page.get_text_bounded()
            text_page.close()
            page.close()
    finally:
        document.close()
