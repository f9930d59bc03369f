"""Characters made uniform, with the offsets that say where each came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
"""Characters that end a line, as word processors and web pages write them, beside CR and LF."""


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms
    for targets, sources in (
        ("'", "\u2018\u2019\u201a\u201b\u00b4\u0060\u2032\uff07"),
        ('"', "\u201c\u201d\u201e\u201f\u2033\uff02\u300c\u300d\u300e\u300f\uff62\uff63"),
        ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2500\u3161"),
        ("\u00b7", "\u318d\u2022\u2219\u22c5\u2027\u30fb\uff65\u119e\u2024\u25aa"),
        (" ", "\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\r"),  # the rest of CR LF, whose LF breaks the line
        ("~", "\u223c\u301c\uff5e"),
        ("\n", _LINE_ENDS),
    ):
        table.update(dict.fromkeys(map(ord, sources), targets))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))  # lone surrogates
    return table


_TABLE: Final = _table()
_ODD: Final = re.compile(
    "[\uff01-\uff5e\ud800-\udfff"
    + "".join(re.escape(chr(c)) for c in _TABLE if not 0xD800 <= c < 0xE000)
    + "]"
)
_LONE_CR: Final = re.compile(r"\r(?!\n)")
_FEW: Final = 24
_DIRECTIONS: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN: Final = f"\u00ad\u200b\u200c\u200d\u2060\ufeff{_DIRECTIONS}"
"""Characters without width: soft hyphens, joiners, marks of order and of writing direction."""
# Second members of compounds that keep their hyphen at the end of a line: Vietnam-led, Indonesia-wide.
_MEMBERS: Final = (
    "led|based|backed|wide|made|funded|born|style|speaking|run|owned|related|term|year|month|day|old|to|in|of|and|or|"
    "level|scale|free|long|time|up|off|on|by|date|site|line|sided|party|bound|friendly|sponsored|financed|initiated|"
    "brokered|hosted|held|occupied|controlled|mediated|trained|flagged|registered|listed|area|member|nation|"
    "country|state|person|kilometre|kilometer|metre|meter|megawatt|tonne|ton"
)
# What is not as it is read: a word broken at the end of a line, characters without width, entities of HTML.
_SIGNS: Final = ("&", "-\n", "-\r", *(f"-{end}" for end in _LINE_ENDS), "\u2010", *UNSEEN)
_UNREAD: Final = re.compile(
    rf"(?<=[a-z])[-\u2010\u00ad](?:\r\n?|[\n{_LINE_ENDS}])(?=[a-z])(?!(?:{_MEMBERS})\b)|[{UNSEEN}]+|"
    "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)


def _made_plain(text: str) -> str:
    """`text` with each character of the table replaced; the few that a text has, one after the other."""
    if "\r" in text:
        text = _LONE_CR.sub("\n", text)
    odd = set(_ODD.findall(text))
    if len(odd) > _FEW:
        return text.translate(_TABLE)
    for char in odd:
        text = text.replace(char, _TABLE[ord(char)])
    return text


def normalize(text: str) -> tuple[str, Sequence[int] | None]:
    """Normalise `text` and say where each character came from.

    Returns the text in NFC with typographic quotes, dashes, dots, blanks and full-width forms made plain,
    a carriage return alone (as old Macs and Word write) and other ends of lines (such as U+2028) a line
    break, entities of HTML read, characters without width left out and words that end a line with a hyphen
    joined; and the offset in `text` of each of its characters, with `len(text)` at the end; None in place of
    the offsets when they are the identity (nothing had to be composed or left out).
    """
    read, sources = _as_read(text)
    composed, offsets = _composed(read)
    if sources is None:
        return _made_plain(composed), offsets
    return _made_plain(composed), sources if offsets is None else [sources[offset] for offset in offsets]


def _as_read(text: str) -> tuple[str, Sequence[int] | None]:
    """`text` without what is not as it is read, with offsets likewise."""
    for sign in _SIGNS:
        if sign in text:
            break
    else:
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for found in _UNREAD.finditer(text):
        meant = _meaning(found[0]) if found[0][0] == "&" else ""
        if meant == found[0]:
            continue
        pieces += (text[at : found.start()], meant)
        offsets += range(at, found.start())
        offsets += [found.start()] * len(meant)
        at = found.end()
    if not pieces:
        return text, None
    offsets += range(at, len(text) + 1)
    return "".join([*pieces, text[at:]]), offsets


def _meaning(entity: str) -> str:
    """What an entity of HTML stands for; what is none (R&D;) for itself."""
    from html import unescape  # with two thousand names, which few texts need
    from html.entities import html5

    if entity[1] != "#" and entity[1:] not in html5:
        return entity
    return "".join(char for char in unescape(entity) if char not in UNSEEN)


def _composed(text: str) -> tuple[str, Sequence[int] | None]:
    """`text` in NFC, with offsets likewise."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in [*_cluster_starts(text), len(text)]:
        composed = unicodedata.normalize("NFC", text[start:end])
        pieces.append(composed)
        offsets.extend([start] * len(composed))
        start = end
    offsets.append(len(text))
    return "".join(pieces), offsets


def _cluster_starts(text: str) -> list[int]:
    """Offsets where a character begins that cannot combine with what stands before it."""
    return [
        i
        for i, char in enumerate(text)
        if i and not unicodedata.category(char).startswith("M") and not "\u1160" <= char <= "\u11ff"
    ]
