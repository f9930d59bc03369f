"""Saved web pages: the article without what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.encoding import codec, decode
from nordclass.files.extras import need
from nordclass.files.html.blocks import HtmlPage, read_blocks
from nordclass.files.html.jsonld import article_data, declared_text
from nordclass.files.html.repair import is_whole, unglued, with_neighbours
from nordclass.files.html.tables import unwrap_layout
from nordclass.files.html.title import headline
from nordclass.files.limits import DOCUMENT_BYTES, MIB
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import checked
from nordclass.text.titles import JOINT

_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# Saved pages carry pictures and programs inline: megabytes that no extractor needs.
_DATA_URI: Final = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s)>]+")
_PROGRAM: Final = re.compile(r"<(script|style|svg|noscript)\b", re.I | re.A)
_HEAD: Final = re.compile(r"<(title\b|meta\b|!--)", re.I | re.A)
_CLOSED: Final = ("script", "style", "svg", "noscript", "title")
_ENDS: Final = {
    **{name: re.compile(rf"</{name}\s*>", re.I | re.A) for name in _CLOSED},
    **{"meta": re.compile(">"), "!--": re.compile("-->")},
}
_LITTLE: Final = 200
_SHORT: Final = 500
_JOINTS: Final = re.compile(rf"({JOINT})")
_PAGE_TITLE: Final = re.compile(r"<title\b[^<>]*>([^<]{1,1000})</title", re.I)
_ANY_TAG: Final = re.compile(r"<[a-z!/?]", re.I | re.A)
_TAG: Final = re.compile(r"<[^<>]*>")
_TITLE_WITHIN: Final = MIB
_BLOCKS_WITHIN: Final = MIB
_SHORTEST_TITLE: Final = 8
_WITHIN_WORDS: Final = "'\u2018\u2019\uff07-\u2010\u2011\u00b7"  # apostrophes, hyphens, the dot of 한·중
_MOST_PARTS: Final = 21
_MAX_DAMAGE: Final = 0.001


def read_html(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A web page as one record.

    Raises InputError: no article in it, too large, an encoding that is not recognised, or the extra `html` is
    missing.
    """
    with source.as_path() as path:
        for page in guarded.parse("html", path, {"encoding": options.encoding}):
            yield checked(Record(source.id, page["title"], page["text"], {}))


def extract(path: Path, options: dict[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Title and text of a page; runs in the worker.

    Raises InputError: as `read_html`.
    """
    need("trafilatura", "html")
    if path.stat().st_size > DOCUMENT_BYTES:
        raise InputError(f"larger than {DOCUMENT_BYTES // MIB} MB, too large for one page; split it")
    html = decode_html(path.read_bytes(), options.get("encoding"))
    articles = article_data(html)
    html = _without(_PROGRAM, _DATA_URI.sub("", html)).replace("\0", "")
    if not html.strip():
        raise InputError("no text in it")
    if not _ANY_TAG.search(html):
        yield {"title": None, "text": _stripped(unescape(html))}
        return
    html, page = _prepared(html)
    title, text = _article(html, page)
    title = _without_site(title, html) if title else None
    if page is not None:
        text = unglued(text, page)
        better = (declared_text(article, text, page) for article in articles)
        text = with_neighbours(next(filter(None, better), text), page)
    lines = _stripped(text).splitlines()
    if page is not None and lines:
        title, above = headline(title, [article.headline for article in articles], lines, page)
        lines = [above, *lines] if above else lines
    if title and lines:
        # Of a short article the library gives the headline once more, behind the text.
        lines = [_without_title(lines[0], title), *(line for line in lines[1:] if line != title)]
    yield {"title": title, "text": "\n".join(lines).strip()}


def _prepared(html: str) -> tuple[str, HtmlPage | None]:
    """A page without tables that only lay it out, and its blocks; a huge page as it is, without them."""
    tree = need("trafilatura", "html").load_html(html) if len(html) <= _BLOCKS_WITHIN else None
    if tree is None:
        return html, None
    if unwrap_layout(tree):
        html = need("lxml.etree", "html").tostring(tree, encoding="unicode", method="html")
    return html, read_blocks(tree)


def _article(html: str, page: HtmlPage | None) -> tuple[str | None, str]:
    """Title and text of a page as the library finds them, the text by that of its ways that does best."""
    trafilatura = need("trafilatura", "html")
    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    if found is not None:
        title, text = _clean(found.title), found.text or ""
    else:
        title, text = _clean(trafilatura.extract_metadata(html).title), ""
    if len(text) < _SHORT:
        # Of a short article the library gives the whole page in one line; asked for precision, it does not.
        precise = trafilatura.extract(html, include_comments=False, favor_precision=True) or ""
        whole = page is not None and is_whole(precise, text, page)
        text = precise if whole or len(precise) > len(text) / 2 else text
    if len(text) < _LITTLE:
        # An article that its page calls something else (comments, a footer) is passed over: every paragraph
        # then, but only where that is much, since it brings menus too.
        every = trafilatura.baseline(html)[1]
        text = every if len(every) > _SHORT else text
    if len(text) == 0:
        text = trafilatura.html2txt(html) or ""
    return title, text


def decode_html(data: bytes, encoding: str | None = None) -> str:
    """The text of a page: by its mark, as strict UTF-8, as it declares, else as any text.

    A page of which a few bytes are damaged, as happens where servers cut pages short, gives U+FFFD for them.

    Raises InputError: an encoding that is not recognised.
    """
    if encoding is not None:
        return decode(data, encoding)
    names = ["utf-8"]
    declared = _CHARSET.search(data[:8192])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            names.append(codec(declared[1].decode("ascii")))
        except InputError:
            declared = None
    for name in names if b"\0" not in data[:8192] else ():
        try:
            return data.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    try:
        return decode(data)
    except InputError:
        for name in reversed(names):
            text = data.decode(name, "replace")
            if declared and text.count("\ufffd") <= len(text) * _MAX_DAMAGE:
                return text
        raise


def _without(opening: re.Pattern[str], html: str) -> str:
    """The page without what such openings begin, up to its end; what never ends stays.

    Each end is looked for once: one pattern for the whole would start anew at every opening that has none.
    """
    pieces: list[str] = []
    unclosed: set[str] = set()
    kept = at = 0
    while found := opening.search(html, at):
        name = found[1].lower()
        at = found.end()
        end = None if name in unclosed else _ENDS[name].search(html, at)
        if end is None:
            unclosed.add(name)
        else:
            pieces += (html[kept : found.start()], " ")
            kept = at = end.end()
    return "".join([*pieces, html[kept:]])


def _without_site(title: str, html: str) -> str:
    """The title without the site's name (`Title - Site`, `Site :: Title`): the part that the page shows."""
    whole = _PAGE_TITLE.search(html, 0, _TITLE_WITHIN)
    said = " ".join(unescape(whole[1]).split()) if whole else ""
    title = said if title in said else title  # the library may have taken the site's name for it
    parts = _JOINTS.split(title)
    if not 3 <= len(parts) <= _MOST_PARTS:
        return title
    body = _without(_HEAD, html[:_TITLE_WITHIN])
    shown = " ".join(unescape(_TAG.sub("", body)).split())
    # Parts and the joints between them take turns.
    ranges = [(low, high) for low in range(0, len(parts), 2) for high in range(low + 1, len(parts) + 1, 2)]
    wanted = ["".join(parts[low:high]).strip() for low, high in ranges]
    found = [part for part in wanted if len(part) >= _SHORTEST_TITLE and part in shown]
    return max(found, key=len, default=title)


def _without_title(line: str, title: str) -> str:
    """The first line without the title that it begins with, unless the title ends within a word there."""
    rest = line.removeprefix(title)
    ends = not rest or rest[0].isspace()
    ends = ends or (unicodedata.category(rest[0]).startswith("P") and rest[0] not in _WITHIN_WORDS)
    return rest.strip() if ends else line


def _stripped(text: str) -> str:
    """A text without blank lines and the white space around the others."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _clean(title: str | None) -> str | None:
    return " ".join(title.split()) or None if title and title != "[no-title]" else None
