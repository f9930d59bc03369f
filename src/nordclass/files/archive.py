"""Zip files and XML from strangers: bounded inflation, no DTDs, no entities, no deep nesting."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol
from xml.parsers import expat

from nordclass.errors import InputError
from nordclass.files.limits import MEMBER_BYTES, MIB, XML_DEPTH, ZIP_ENTRIES

_END: Final = b"PK\x05\x06"
_CHUNK: Final = 64 * 1024
_ENCRYPTED: Final = 0x1
_TOO_LARGE: Final = f"inflates to more than {MEMBER_BYTES // MIB} MB (a zip bomb?); split it"


class XmlHandler(Protocol):
    """Takes the elements of an XML file; names come without their namespace prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between tags."""


class SafeZip:
    """A zip file of which only a bounded part is ever inflated, all members together.

    `stream`: the file, able to seek.

    Raises InputError: no zip file, damaged, or with too many members.
    """

    def __init__(self, stream: BinaryIO) -> None:
        _check_directory(stream)
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
            raise InputError(f"damaged or cut short zip file ({error}); fetch it again") from None
        self._left = MEMBER_BYTES
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str, limit: int = MIB) -> bytes:
        """A whole small member.

        Raises InputError: missing, encrypted, damaged, or larger than `limit`.
        """
        data = bytearray()
        for chunk in self.chunks(name):
            data += chunk
            if len(data) > limit:
                raise InputError(f"{name} in it is larger than {limit // 1024:,} KB")
        return bytes(data)

    def parse(self, name: str, handler: XmlHandler) -> None:
        """Run an XML member through a handler.

        Raises InputError: missing, encrypted, damaged or too large; not XML, or XML with a DTD or too deep.
        """
        parse_xml(self.chunks(name), handler, name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes, piece by piece; the checksum is verified at its end.

        Raises InputError: missing, encrypted, damaged, or beyond what may be inflated.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise InputError(f"{name} is missing in it; the file is damaged") from None
        if info.flag_bits & _ENCRYPTED:
            raise InputError("password-protected; save it without a password")
        if info.file_size > self._left:
            raise InputError(_TOO_LARGE)
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise InputError(_TOO_LARGE)
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,  # a member's own header with a name that is not UTF-8
            OSError,
        ) as error:
            raise InputError(f"damaged: {name} in it cannot be unpacked ({error}); fetch it again") from None


def parse_xml(chunks: Iterator[bytes], handler: XmlHandler, name: str) -> None:
    """Run XML through a handler.

    Raises InputError: not XML, or XML with a DTD, with entities, or nested too deeply.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def refuse(*_: object) -> None:
        raise InputError(f"{name} in it declares a DTD or entities, which documents do not; refused")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > XML_DEPTH:
            raise InputError(f"{name} in it nests more than {XML_DEPTH} elements; refused")
        handler.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(tag.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.data
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(f"damaged: {name} in it is not well-formed XML ({error})") from None


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute whatever its namespace prefix, or the empty string."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a directory too large before it is read into memory."""
    size = stream.seek(0, 2)
    stream.seek(max(size - 65_557, 0))
    tail = stream.read()
    stream.seek(0)
    position = tail.rfind(_END)
    if position < 0 or len(tail) - position < 22:
        raise InputError("cut short zip file (no directory at its end); fetch it again")
    entries, directory_bytes = struct.unpack_from("<HL", tail, position + 10)
    # 65,535 entries stand for "see the ZIP64 record", which no document of this size needs.
    if entries > ZIP_ENTRIES or directory_bytes > ZIP_ENTRIES * 256:
        raise InputError(f"zip file with more than {ZIP_ENTRIES:,} members; unpack it first")
