"""What kind of file a source is: by its first bytes; suffixes only tell text kinds apart."""

from __future__ import annotations

import json
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

    Returns:
        One of zip, ole, pdf, parquet (binary); jsonl, json, csv, tsv, markdown, text, html.

    Raises:
        InputError: empty, or a kind that is not read, with what to do.
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
    return _TEXT_SUFFIXES.get(suffix) or _text_kind(source)


def _text_kind(source: Source) -> str:
    """The kind of text that no suffix tells about, such as standard input."""
    from nordclass.files.delimited import looks_like_table

    start = source.head[:4096].decode("latin-1").replace("\0", "").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
    lowered = start.lower()
    if lowered.startswith("<?xml") and "<html" not in lowered:
        kind = "HWPML; save it as .hwpx" if "<hwpml" in lowered else "XML of an unknown kind; save it as .txt"
        raise source.error(kind)
    if lowered.startswith(("<!doctype html", "<html", "<?xml", "<head", "<!--")):
        return "html"
    if lowered.startswith("mime-version:") or "\nmime-version:" in lowered[:1000]:
        raise source.error("a saved page in MHTML or a mail; save it as .html or .txt")
    if start.startswith("{"):
        return "jsonl" if _is_json(source.head.strip().partition(b"\n")[0]) else "json"
    if start.startswith("[") and start[1:].lstrip().startswith("{"):
        return "json"
    *whole, _ = source.head.split(b"\n")
    first = next((line for line in whole if line.strip(b"\xef\xbb\xbf \t\r")), b"")
    if first and looks_like_table(_decoded(first)):
        return "csv"
    return "text"


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
