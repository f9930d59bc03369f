"""Bytes to text without mojibake: byte order mark, strict UTF-8, UTF-16 by NULs, strict CP949, or an error.

Detectors that guess by statistics were wrong on CP949 in 4-23% of real files; strict decoders are not. Two
guards are needed, because CP949 also accepts some bytes that it never wrote: UTF-8 with a few damaged
bytes, and Western text whose curly quotes pair up with the next letter into a rare Hangul syllable.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from typing import BinaryIO, Final

from nordclass.errors import InputError
from nordclass.files.limits import HEAD_BYTES, MIB

SAVE: Final = "save it as UTF-8, or tell nordclass label its --encoding"
"""What to do about text in another encoding; no other command has the option."""

_NONE: Final = "neither UTF-8, UTF-16 nor CP949"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KOREAN_NAMES: Final = frozenset(
    [
        "euc_kr",
        "euc-kr",
        "euckr",
        "ks_c_5601-1987",
        "ks_c_5601",
        "ksc5601",
        "ks_x_1001",
        "korean",
        "uhc",
        "ms949",
        "x-windows-949",
    ]
)
_NON_ASCII: Final = re.compile(rb"[\x80-\xff]")
_ASCII: Final = bytes(range(128))
_UTF8_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CP949_PAIR: Final = re.compile(rb"([\x81-\xfe])([\x41-\x5a\x61-\x7a\x81-\xfe])")
# Neither Latin, Cyrillic, Hangul, Chinese characters, kana, symbols nor emoji.
_UTF16_STRANGE: Final = re.compile(
    r"[^\t\r\n\x20-\u052f\u1100-\u11ff\u1e00-\u27bf\u3000-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufeff"
    r"\uff00-\uffef\U0001f000-\U0001faff]"
)
_CHUNK: Final = MIB


def codec(name: str) -> str:
    """The Python codec for an encoding as people and web pages name it; EUC-KR means its superset CP949.

    Raises InputError: no such text encoding.
    """
    cleaned = name.strip().lower()
    if cleaned in _KOREAN_NAMES:
        return "cp949"
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=cleaned).close()  # refuses codecs such as "zip"
        info = codecs.lookup(cleaned)
    except (LookupError, ValueError):
        raise InputError(f"unknown encoding {name!r}; use a name such as utf-8, cp949 or utf-16") from None
    return "cp949" if info.name == "euc_kr" else info.name


def decode(data: bytes, encoding: str | None = None) -> str:
    """Decode a whole file.

    `data`: the bytes. `encoding`: overrules detection.

    Raises InputError: an unknown encoding, or bytes that are not in it.
    """
    name = codec(encoding) if encoding is not None else None
    if name is None:
        found = _by_head(data[:HEAD_BYTES])
        if found is not None:
            name = found
        else:
            text = _strict(data, "utf-8")
            if text is not None:
                return text
            name = "cp949"
            if _is_damaged_utf8(data) or not _is_plausible_cp949(data) or _strict(data, name) is None:
                raise InputError(_unknown(data))
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(f"not {name} at byte {error.start}; {SAVE}") from None
    return text.removeprefix("\ufeff")


def detect(open_stream: Callable[[], BinaryIO], *, whole: bool = True) -> str:
    """The encoding of a stream, looked through in bounded memory.

    `open_stream`: opens the stream at its start; called up to three times. `whole`: look at all of it, else
    only at what one read gives (for pipes).

    Returns a Python codec, in which a few bytes may not decode: a reader by lines can set those lines aside.

    Raises InputError: binary data, or an encoding that is none of the cascade.
    """
    with open_stream() as stream:
        sample = stream.read(_CHUNK)
    by_head = _by_head(sample[:HEAD_BYTES])
    if by_head is not None:
        return by_head
    if not whole and len(sample) >= HEAD_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample[:-4]  # never judge half a character
    if _decodes(open_stream, sample, "utf-8", whole):
        return "utf-8"
    if _is_damaged_utf8(sample):
        return "utf-8"
    if not _NON_ASCII.search(sample):  # the other bytes come later than the sample
        sample = _first_non_ascii(open_stream)
        if _is_damaged_utf8(sample):
            return "utf-8"
    if _is_plausible_cp949(sample):
        if _decodes(open_stream, sample, "cp949", whole):
            return "cp949"
        if _mostly_cp949(sample):
            return "cp949"
    if _beyond_ascii(sample) * 5 < len(sample):
        return "utf-8"
    raise InputError(_unknown(sample))


def _by_head(head: bytes) -> str | None:
    """The encoding told by a byte order mark or by NULs."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if b"\0" not in head:
        return None
    units = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Korean UTF-16 has a NUL in one character of five (spaces, punctuation) and in a few syllables (가).
    for many, few, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many >= units * 0.05 and few <= many * 0.3:
            text = head[: units * 2].decode(name, "replace")
            if len(_UTF16_STRANGE.findall(text)) <= len(text) * 0.02:
                return name
    raise InputError("binary data (holds NUL bytes), not text; convert it to a supported format")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _decodes(open_stream: Callable[[], BinaryIO], sample: bytes, name: str, whole: bool) -> bool:
    if not whole:
        return _strict(sample, name) is not None
    decoder = codecs.getincrementaldecoder(name)("strict")
    with open_stream() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _first_non_ascii(open_stream: Callable[[], BinaryIO]) -> bytes:
    with open_stream() as stream:
        while chunk := stream.read(_CHUNK):
            found = _NON_ASCII.search(chunk)
            if found:
                return chunk[found.start() :] + stream.read(_CHUNK)
    return b""


def _beyond_ascii(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form UTF-8 sequences, which CP949 text does not."""
    beyond = _beyond_ascii(data)
    return beyond > 0 and sum(map(len, _UTF8_SEQUENCE.findall(data))) >= beyond * 0.8


def _is_plausible_cp949(data: bytes) -> bool:
    """Whether the pairs are the common ones: syllables outside KS X 1001 are under 1% of real Korean text."""
    pairs = _CP949_PAIR.findall(data)
    rare = sum(1 for lead, trail in pairs if lead < b"\xa1" or trail < b"\xa1")
    return len(pairs) > 0 and rare <= max(len(pairs) * 0.1, 1 if len(pairs) >= 4 else 0)


def _mostly_cp949(data: bytes) -> bool:
    beyond = _beyond_ascii(data)
    broken = data.decode("cp949", "replace").count("\ufffd")
    return broken <= beyond * 0.01


def _unknown(data: bytes) -> str:
    if _is_damaged_utf8(data):
        try:
            data.decode()
        except UnicodeDecodeError as error:
            return f"damaged UTF-8: byte {error.start} does not decode; save the file again as UTF-8"
    if _beyond_ascii(data) * 5 < len(data):
        return f"{_NONE}; {SAVE} (cp1252 if it is Western text)"
    return f"{_NONE}; {SAVE}"
