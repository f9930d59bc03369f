"""Tables that lay out a page, made blocks: extractors give each cell as one line."""

from __future__ import annotations

import re
from typing import Any, Final

from nordclass.files.extras import need
from nordclass.files.html.blocks import INLINE
from nordclass.text.sentences import CELL_BOUNDARY

_ROWS: Final = ("tr", "thead", "tbody", "tfoot")
_CELLS: Final = ("td", "th")
_LAID_OUT: Final = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "form", "article", "section")
_BREAKS: Final = ("br", "p", "div", "center")
_LONG: Final = 100
_BOUNDARY: Final = re.compile(CELL_BOUNDARY)


# lxml is imported when the first page comes and has no types.
_Element = Any


def unwrap_layout(tree: _Element) -> bool:
    """Make blocks of the rows that lay out a page, if there are any: rows of short cells stay."""
    tables = [table for table in tree.iter("table") if _unwrap(table)]
    return bool(tables)


def _unwrap(table: _Element) -> bool:
    rows = [row for part in table for row in ([part] if part.tag == "tr" else part) if row.tag == "tr"]
    laid_out = [_lays_out(row) for row in rows]
    if not any(laid_out):
        return False
    kept = None
    for row, is_laid_out in zip(rows, laid_out, strict=True):
        if is_laid_out:
            kept = None
            for cell in row.iterchildren(*_CELLS):
                cell.tag = "div"
                _wrap_lines(cell)
            row.tag = "div"
            continue
        if kept is None or kept.getparent() is not row.getparent():
            kept = need("lxml.html", "html").Element("table")
            row.addprevious(kept)
        kept.append(row)
    for part in table.iterchildren(*_ROWS, "caption"):
        part.tag = "div"
    table.tag = "div"
    return True


def _lays_out(row: _Element) -> bool:
    """Whether a row lays out the page: one of its cells holds blocks or text, or it has but one."""
    cells = [cell for cell in row.iterchildren(*_CELLS) if "".join(cell.itertext()).strip()]
    return len(cells) == 1 or any(map(_is_text, cells))


def _is_text(cell: _Element) -> bool:
    """Whether a cell holds what cells of data do not."""
    if next(cell.iterdescendants(*_LAID_OUT), None) is not None:
        return True
    text = " ".join("".join(cell.itertext()).split())
    if len(text) < _LONG:
        return False
    breaks = sum(1 for _ in cell.iterdescendants(*_BREAKS))
    return breaks > 1 or len(_BOUNDARY.findall(text)) > 1


def _wrap_lines(cell: _Element) -> None:
    """Make a paragraph of each stretch of text that stands in a cell beside its blocks."""
    make = need("lxml.html", "html").Element
    text, cell.text = cell.text, None
    paragraph = None
    if text and text.strip():
        paragraph = make("p")
        paragraph.text = text
        cell.insert(0, paragraph)
    for child in list(cell):
        if child is paragraph:
            continue
        if child.tag not in INLINE and child.tag != "br":
            paragraph = None
            tail, child.tail = child.tail, None
            if tail and tail.strip():
                paragraph = make("p")
                paragraph.text = tail
                child.addnext(paragraph)
            continue
        if paragraph is None:
            paragraph = make("p")
            child.addprevious(paragraph)
        paragraph.append(child)
