"""What kind of file a source is: by its first bytes; suffixes only tell text kinds apart."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Final

from nordclass.files.encoding import decode
from nordclass.files.source import Source

_TEXT_SUFFIXES: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
# Parts of saved pages and programs: text, but nobody's document.
_NOT_DOCUMENTS: Final = frozenset(
    [".js", ".mjs", ".css", ".svg", ".map", ".py", ".sh", ".bat", ".ini", ".toml", ".yaml", ".yml"]
)
_MAIL_SUFFIXES: Final = frozenset([".mht", ".mhtml", ".eml"])
_MAIL: Final = "a saved page in MHTML or a mail; save it as .html or .txt"
_MAIL_HEADER: Final = re.compile(
    r"(?:received|return-path|delivered-to|message-id|dkim-signature|reply-to|sender|from|to|cc|subject|date"
    r"|content-[a-z-]+|x-[a-z-]+):",
    re.I | re.A,
)
# What tells a mail from a memo or a press release, which may have lines From:, To:, Date: and Subject: too.
_MAIL_ONLY: Final = re.compile(
    r"(?:received|return-path|delivered-to|message-id|dkim-signature|x-[a-z-]+):"
    r"|date:\s?(?:[a-z]{3},\s{1,2})?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d",
    re.I | re.A,
)
_MAIL_HEADERS: Final = 3

_WHOLE_PAGE: Final = re.compile(
    r"(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.A
)
_TAGS: Final = (
    "html|head|body|title|meta|link|base|script|style|noscript|frameset|div|p|table|tr|td|section|article|main"
    "|header|footer|nav|center|form|span|h[1-6]|ul|ol|li|dl|br|hr|a|b|strong|font|img|iframe|input|blockquote"
)
_TAG_FIRST: Final = re.compile(rf"<(?:!--|(?:{_TAGS})(?=[\s/>]))", re.I | re.A)
_TAG_AGAIN: Final = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,1000}})?/?>", re.I | re.A)
_TAGS_WITHIN: Final = 4096
_REFUSED: Final = (
    (b"\x89PNG\r\n\x1a\n", "an image (PNG); run text recognition on it first"),
    (b"\xff\xd8\xff", "an image (JPEG); run text recognition on it first"),
    (b"GIF8", "an image (GIF); run text recognition on it first"),
    (b"II*\0", "an image (TIFF); run text recognition on it first"),
    (b"MM\0*", "an image (TIFF); run text recognition on it first"),
    (b"\0\0\x01\0", "an icon, not a document"),
    (b"HWP Document File V3", "HWP 3 (before 2000); save it as .hwp of version 5 or .hwpx"),
    (b"{\\rtf", "RTF; save it as .docx"),
    (b"%!PS", "PostScript; convert it to PDF"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"EGGA", "an EGG archive; unpack it first"),
    (b"ALZ\x01", "an ALZ archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"\x1f\x8b\x08", "an archive within an archive; unpack it first"),
    (b"\x7fELF", "a program, not a document"),
    (b"MZ\x90", "a program, not a document"),
    (b"SQLite format 3\0", "a SQLite database; export a table as CSV"),
    (b"wOF", "a font, not a document"),
)


def kind_of(source: Source) -> str:
    """The kind of a source.

    Returns one of zip, ole, pdf, parquet (binary); jsonl, json, csv, tsv, markdown, text, html.

    Raises InputError: empty, or a kind that is not read, with what to do.
    """
    head = source.head
    if not head:
        raise source.error("empty file")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    suffix = PurePath(source.name).suffix.lower()
    # Viewers open PDFs with other bytes before their mark; in a text file that names the mark it is a word.
    if b"%PDF-" in (head[:5] if suffix in _TEXT_SUFFIXES else head[:1024]):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, message in _REFUSED:
        if head.startswith(magic):
            raise source.error(message)
    if head[257:262] == b"ustar":
        raise source.error("a tar archive; unpack it first")
    if suffix in _NOT_DOCUMENTS:
        raise source.error(f"{suffix} is no document format")
    if suffix in _MAIL_SUFFIXES:
        raise source.error(_MAIL)
    kind = _TEXT_SUFFIXES.get(suffix) or _text_kind(source)
    return "html" if kind in ("text", "markdown") and _WHOLE_PAGE.match(_start(source)) else kind


def _text_kind(source: Source) -> str:
    """The kind of text that no suffix tells about, such as standard input."""
    from nordclass.files.delimited import looks_like_table

    start = _start(source)
    lowered = start[:4096].lower()
    if lowered.startswith("<?xml") and "<html" not in lowered:
        kind = "HWPML; save it as .hwpx" if "<hwpml" in lowered else "XML of an unknown kind; save it as .txt"
        raise source.error(kind)
    if lowered.startswith(("<!doctype html", "<html", "<?xml", "<head")) or _begins_with_tags(start):
        return "html"
    if _is_mail(start):
        raise source.error(_MAIL)
    if start.startswith("{"):
        return "jsonl" if _is_json(source.head.strip().partition(b"\n")[0]) else "json"
    if start.startswith("[") and start[1:].lstrip().startswith("{"):
        return "json"
    *whole, _ = source.head.split(b"\n")
    first = next((line for line in whole if line.strip(b"\xef\xbb\xbf \t\r")), b"")
    if first and looks_like_table(_decoded(first)):
        return "csv"
    return "text"


def _start(source: Source) -> str:
    """What a text begins with, whatever its encoding: of interest are its ASCII characters."""
    return source.head.decode("latin-1").replace("\0", "").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")


def _begins_with_tags(start: str) -> bool:
    """Whether a text is a page, or part of one: a tag or a comment begins it, and another tag is near.

    Behind a long script or comment that other tag may be far.
    """
    first = _TAG_FIRST.match(start)
    if first is None:
        return False
    ends = {"<!--": "-->", "<script": "</script", "<style": "</style"}
    end = ends.get(first[0].lower())
    at = max(start.find(end, first.end()), first.end()) if end else first.end()
    return _TAG_AGAIN.search(start, at, at + _TAGS_WITHIN) is not None


def _is_mail(start: str) -> bool:
    """Whether a text begins with the header of a mail, such as pages in MHTML have too."""
    header = re.split(r"\r?\n\r?\n|\r\r", start, maxsplit=1)[0].splitlines()
    if any(line[:13].lower() == "mime-version:" for line in header):
        return True
    known = sum(_MAIL_HEADER.match(line) is not None for line in header)
    return known >= _MAIL_HEADERS and any(map(_MAIL_ONLY.match, header))


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _decoded(line: bytes) -> str:
    from nordclass.errors import InputError

    try:
        return decode(line)
    except InputError:
        return ""
