"""Hangul documents of version 5 (.hwp): an OLE file with sections of packed binary records.

Written from Hancom's published description of the format ("한글 문서 파일 형식 5.0"): file header, record
headers, control characters in paragraph text, and the part on distribution documents (배포용 문서).
"""

from __future__ import annotations

import re
import struct
import zlib
from array import array
from collections.abc import Iterator
from typing import Any, Final

from nordclass.errors import InputError
from nordclass.files.blocks import Blocks
from nordclass.files.extras import need
from nordclass.files.limits import MEMBER_BYTES, MIB

_SIGNATURE: Final = b"HWP Document File"
_COMPRESSED, _PASSWORD, _DISTRIBUTION = 0x1, 0x2, 0x4
_DRM, _CERTIFICATE, _CERTIFICATE_DRM = 0x10, 0x100, 0x400
_DISTRIBUTE_DATA, _PARA_HEADER, _PARA_TEXT, _CTRL_HEADER, _LIST_HEADER, _TABLE = 28, 66, 67, 71, 72, 77
_TABLE_ID: Final = b" lbt"  # control ids are four letters, stored backwards
_SKIPPED_IDS: Final = frozenset({b"daeh", b"toof", b"tmct"})  # header, footer, hidden comment
_CUT_SHORT: Final = "damaged HWP file (a section is cut short); fetch it again"
_MAX_RECORDS: Final = 2_000_000
# Control characters below 32 take one unit or, with their data, eight.
_CONTROLS: Final = re.compile(
    "\x09.{0,7}|[\x01-\x08\x0b\x0c\x0e-\x17].{0,7}|[\x00\x0a\x0d\x18-\x1f]", re.DOTALL
)
_VISIBLE: Final = {"\x09": "\t", "\x0a": "\n", "\x18": "-", "\x1e": " ", "\x1f": " "}


def hwp5_text(ole: Any) -> tuple[str | None, str]:  # noqa: ANN401 - olefile is untyped
    """No title and the text of an open OLE file; its preview text when the sections hold none.

    `ole`: an `olefile.OleFileIO`.

    Raises InputError: password-protected, damaged or too large.
    """
    header = _stream(ole, "FileHeader", 4096)
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise InputError("damaged HWP file (no file header); fetch it again")
    (flags,) = struct.unpack_from("<L", header, 36)
    if flags & (_PASSWORD | _DRM | _CERTIFICATE | _CERTIFICATE_DRM):
        raise InputError("password-protected or encrypted HWP file; save it without protection")
    blocks = Blocks()
    left = MEMBER_BYTES
    for name in _sections(ole, "ViewText" if flags & _DISTRIBUTION else "BodyText"):
        stored = _stream(ole, name, MEMBER_BYTES)
        if flags & _DISTRIBUTION:
            stored = _decrypted(stored)
        data = _inflated(stored, left) if flags & _COMPRESSED else stored
        left -= len(data)
        _Section(blocks).read(data)
    text = blocks.text
    if not text.strip() and ole.exists("PrvText"):
        text = _stream(ole, "PrvText", MIB).decode("utf-16-le", "replace").replace("\r\n", "\n")
    return None, text.strip()


def records(data: bytes | bytearray) -> Iterator[tuple[int, int, bytes]]:
    """The records of a section as tag, level and payload.

    Raises InputError: more records than any document has, or a last one that is cut short.
    """
    position = count = 0
    while position + 4 <= len(data):
        (head,) = struct.unpack_from("<L", data, position)
        position += 4
        size = head >> 20
        if size == 0xFFF:
            if position + 4 > len(data):
                raise InputError(_CUT_SHORT)
            (size,) = struct.unpack_from("<L", data, position)
            position += 4
        if position + size > len(data):
            raise InputError(_CUT_SHORT)
        yield head & 0x3FF, head >> 10 & 0x3FF, bytes(data[position : position + size])
        position += size
        count += 1
        if count > _MAX_RECORDS:
            raise InputError(f"more than {_MAX_RECORDS:,} records in one section; split it")


def paragraph_text(payload: bytes) -> str:
    """The visible characters of a paragraph text record."""
    units = array("H", payload[: len(payload) // 2 * 2])
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        units.byteswap()
    text = _CONTROLS.sub(lambda found: _VISIBLE.get(found[0][0], ""), "".join(map(chr, units)))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Section:
    """Rebuilds paragraphs and tables from the levels of records.

    What is open is kept with a rank: twice its level. A list header opens a cell whose paragraphs have the
    same level as itself, so a cell ranks one lower: they do not end it, the next list header does.
    """

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._open: list[tuple[int, str]] = []
        self._rows: list[int | None] = []  # of each open table: the row that is open
        self._skipping = 0

    def read(self, data: bytes | bytearray) -> None:
        """Take a whole section."""
        for tag, level, payload in records(data):
            self._close(level * 2 - (tag == _LIST_HEADER))
            if tag == _PARA_HEADER:
                self._blocks.open_paragraph()
                self._open.append((level * 2, "paragraph"))
            elif tag == _PARA_TEXT:
                if not self._skipping:
                    self._blocks.add(paragraph_text(payload))
            elif tag == _CTRL_HEADER:
                self._control(level, payload[:4])
            elif tag == _TABLE:
                if self._open and self._open[-1][1] == "table":
                    self._open[-1] = (self._open[-1][0], "cells")  # a list before this is a caption
            elif tag == _LIST_HEADER and self._open and self._open[-1][1] == "cells":
                self._cell(level, payload)
        self._close(-1)

    def _control(self, level: int, id: bytes) -> None:
        if id in _SKIPPED_IDS:
            self._open.append((level * 2, "skipped"))
            self._skipping += 1
        elif id == _TABLE_ID:
            self._open.append((level * 2, "table"))
            self._rows.append(None)

    def _cell(self, level: int, payload: bytes) -> None:
        row = struct.unpack_from("<H", payload, 10)[0] if len(payload) >= 12 else 0
        if self._rows[-1] != row:
            self._end_row()
            self._blocks.open_row()
            self._rows[-1] = row
        self._blocks.open_cell()
        self._open.append((level * 2 - 1, "cell"))

    def _end_row(self) -> None:
        if self._rows[-1] is not None:
            self._blocks.close()
            self._rows[-1] = None

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1][0] >= rank:
            kind = self._open.pop()[1]
            if kind == "skipped":
                self._skipping -= 1
            elif kind in ("table", "cells"):
                self._end_row()
                self._rows.pop()
            else:
                self._blocks.close()


def _sections(ole: Any, folder: str) -> list[str]:  # noqa: ANN401
    numbers = sorted(
        int(path[1][7:])
        for path in ole.listdir()
        if len(path) == 2 and path[0] == folder and re.fullmatch(r"Section\d{1,4}", path[1])
    )
    if not numbers:
        raise InputError(f"damaged HWP file (no {folder}); fetch it again")
    return [f"{folder}/Section{number}" for number in numbers]


def _stream(ole: Any, name: str, limit: int) -> bytes:  # noqa: ANN401
    if not ole.exists(name):
        raise InputError(f"damaged HWP file (no {name}); fetch it again")
    if ole.get_size(name) > limit:
        raise InputError(f"{name} in it is larger than {limit // MIB} MB; split it")
    data: bytes = ole.openstream(name).read()
    return data


def _inflated(data: bytes, limit: int) -> bytearray:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    text = bytearray()  # one that grows takes half the memory of pieces that are joined
    try:
        while part := unpacker.decompress(data, MIB):
            text += part
            if len(text) > limit:
                raise InputError(f"inflates to more than {MEMBER_BYTES // MIB} MB (a bomb?); split it")
            data = unpacker.unconsumed_tail
    except zlib.error:
        raise InputError("damaged HWP file (a section cannot be unpacked); fetch it again") from None
    return text


def _decrypted(data: bytes) -> bytes:
    """A section of a distribution document: its first record hides the key under a known sequence."""
    first = next(records(data), None)
    if first is None or first[0] != _DISTRIBUTE_DATA or len(first[2]) != 256:
        raise InputError("damaged HWP file (distribution data missing); fetch it again")
    ciphers = need("cryptography.hazmat.primitives.ciphers", "hwp")
    hidden = bytearray(first[2])
    (seed,) = struct.unpack_from("<L", hidden)
    offset = 4 + (seed & 0xF)
    state, key, left = seed, 0, 0
    for index in range(256):
        if left == 0:
            state = (state * 214013 + 2531011) & 0xFFFFFFFF
            key = state >> 16 & 0xFF
            state = (state * 214013 + 2531011) & 0xFFFFFFFF
            left = (state >> 16 & 0xF) + 1
        if index >= 4:
            hidden[index] ^= key
        left -= 1
    body = data[4 + 256 :]
    decryptor = ciphers.Cipher(
        ciphers.algorithms.AES(bytes(hidden[offset : offset + 16])),
        ciphers.modes.ECB(),
    ).decryptor()
    plain: bytes = decryptor.update(body[: len(body) // 16 * 16]) + decryptor.finalize()
    return plain
