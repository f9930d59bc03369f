"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nordclass.files.encoding import decode
from nordclass.files.limits import DOCUMENT_BYTES
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import checked

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE: Final = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_HEADING: Final = re.compile(r"\A\s*(?:#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)|([^\n]+)\n=+[ \t]*(?:\n|\Z))")
_IMAGE: Final = re.compile(r"!\[([^\]\n]{0,2000})\]\([^)\n]{0,4000}\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\]\n]{1,2000})\]\([^)\n]{0,4000}\)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


def read_text(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A text file as one record.

    Raises InputError: too large, or an encoding that is not recognised.
    """
    yield checked(Record(source.id, None, _whole(source, options).strip(), {}))


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A Markdown file as one record: a heading at its top is its title, links and images give their words.

    Raises InputError: too large, or an encoding that is not recognised.
    """
    text = _whole(source, options)
    title = None
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        named = _FRONT_TITLE.search(front.group(1))
        title = named.group(1).strip("\"'") or None if named else None
    heading = _HEADING.match(text)
    if heading:
        top = (heading.group(1) or heading.group(2)).strip()
        title = title or top
        text = text[heading.end() :] if title == top else text
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", _COMMENT.sub("", text)))
    yield checked(Record(source.id, title, text.strip(), {}))


def _whole(source: Source, options: ReadOptions) -> str:
    text = decode(source.read_bytes(DOCUMENT_BYTES), options.encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")
