"""Zip and OLE files: told apart by what is in them, and read by the reader for it."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from nordclass.errors import InputError
from nordclass.files.archive import SafeZip
from nordclass.files.docx import MAIN, docx_text
from nordclass.files.excel import read_workbook
from nordclass.files.extras import need
from nordclass.files.hwp5 import hwp5_text
from nordclass.files.hwpx import hwpx_text, is_hwpx
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import checked, one_line

_OLE_DIRECTORY_BYTES: Final = 2 * 1024 * 1024
_EXCEL_97: Final = frozenset({".xls", ".xlt"})
_OTHER_ZIP: Final = (
    ("ppt/presentation.xml", "a presentation (.pptx); save it as PDF"),
    ("META-INF/container.xml", "an e-book (.epub); convert it to .docx or .txt"),
    ("AndroidManifest.xml", "a program, not a document"),
)
_OTHER_MIME: Final = {
    "application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt); save it as .docx",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (.odp); save it as PDF",
}
_HWP: Final = "FileHeader"
_WORKBOOKS: Final = ("Workbook", "Book")
_UNKNOWN_OLE: Final = "an OLE file of an unknown kind; save it as .docx or PDF"
_OTHER_OLE: Final = (
    ("EncryptedPackage", "password-protected; save it without a password"),
    ("WordDocument", "a Word 97 document (.doc); save it as .docx"),
    ("PowerPoint Document", "a PowerPoint 97 presentation (.ppt); save it as PDF"),
)


def read_zip(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A .docx, .hwpx, .xlsx or .ods.

    Raises InputError: another kind of zip file, one that is damaged, encrypted, or inflates to too much.
    """
    with source.as_path() as path, path.open("rb") as stream:
        archive = SafeZip(stream)
        names = archive.names
        mime = archive.read("mimetype").decode("latin-1").strip() if "mimetype" in names else ""
        if MAIN in names:
            yield _document(source, docx_text, archive)
        elif is_hwpx(names):
            yield _document(source, hwpx_text, archive)
        elif (
            "xl/workbook.xml" in names
            or "xl/workbook.bin" in names
            or mime.endswith("opendocument.spreadsheet")
        ):
            yield from read_workbook(source, path, options)
        else:
            for name, message in _OTHER_ZIP:
                if name in names:
                    raise source.error(message)
            raise source.error(_OTHER_MIME.get(mime, "a zip archive; unpack it first"))


def read_ole(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A .hwp of version 5 or an .xls.

    Raises InputError: another kind of OLE file, one that is damaged or protected, or a missing extra.
    """
    # The library that tells what is in the file is of both extras; a workbook needs the other one's too.
    extra = "excel" if PurePath(source.name).suffix.lower() in _EXCEL_97 else "hwp"
    with source.as_path() as path:
        with path.open("rb") as stream:
            try:
                need("olefile", extra)
            except InputError:
                _refuse_what_no_extra_reads(source, stream)
                raise
        with path.open("rb") as stream, _open_ole(stream, extra) as ole:
            if ole.exists(_HWP):
                yield _document(source, hwp5_text, ole)
                return
            for name, message in _OTHER_OLE:
                if ole.exists(name):
                    raise source.error(message)
            if not any(map(ole.exists, _WORKBOOKS)):
                raise source.error(_UNKNOWN_OLE)
        yield from read_workbook(source, path, options)


def _refuse_what_no_extra_reads(source: Source, stream: BinaryIO) -> None:
    """Raise InputError for an OLE file that is none of those read, by the names in it.

    For want of the library they are looked for in all of the file.
    """
    size = stream.seek(0, 2)
    with mmap.mmap(stream.fileno(), size, access=mmap.ACCESS_READ) as data:

        def has(name: str) -> bool:
            return data.find(f"{name}\0".encode("utf-16-le")) >= 0

        if has(_HWP):
            return
        for name, message in _OTHER_OLE:
            if has(name):
                raise source.error(message)
        if not any(map(has, _WORKBOOKS)):
            raise source.error(_UNKNOWN_OLE)


def _document(
    source: Source, reader: Callable[[Any], tuple[str | None, str]], opened: object
) -> Record | Unreadable:
    title, text = reader(opened)
    return checked(Record(source.id, title, text.replace("\0", ""), {}))


@contextmanager
def _open_ole(stream: BinaryIO, extra: str) -> Iterator[Any]:
    """An open OLE file; whatever goes wrong in it is a damaged file, a missing library that of `extra`."""
    olefile = need("olefile", extra)
    head = stream.read(76)
    if len(head) < 76 or struct.unpack_from("<HH", head, 30) not in ((9, 6), (12, 6)):
        raise InputError("damaged or cut short OLE file; fetch it again")
    stream.seek(0)

    class Bounded(olefile.OleFileIO):  # type: ignore[misc, name-defined]
        """Entries become objects of several hundred bytes: bound them before they are made."""

        def loaddirectory(self, sector: int) -> None:
            if self._open(sector, force_FAT=True).size > _OLE_DIRECTORY_BYTES:
                raise InputError("OLE file with too many entries; refused")
            super().loaddirectory(sector)

    try:
        with Bounded(stream) as ole:
            yield ole
    except InputError:
        raise
    except Exception as error:  # olefile lets struct, index and recursion errors of damaged files through
        raise InputError(
            f"damaged or cut short OLE file ({one_line(str(error), 80)}); fetch it again"
        ) from None
