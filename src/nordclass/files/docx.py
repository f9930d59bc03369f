"""Word documents (.docx): body text with tables and text boxes, without headers, footers and deleted text."""

from __future__ import annotations

from typing import Final

from nordclass.files.archive import SafeZip, attribute
from nordclass.files.blocks import Blocks

MAIN: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
# Property lists hold tab stops that look like tabs; a fallback repeats its choice; moved text stands twice.
_SKIPPED: Final = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "Fallback", "moveFrom", "del"})
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def docx_text(archive: SafeZip) -> tuple[str | None, str]:
    """Title and text of a Word document; the title is its first paragraph of style Title.

    Raises InputError: damaged, too large, or XML that is refused.
    """
    styles = _TitleStyles()
    if _STYLES in archive.names:
        archive.parse(_STYLES, styles)
    body = _Body(styles.found)
    archive.parse(MAIN, body)
    body.blocks.close_all()
    return body.title, body.blocks.text


class _TitleStyles:
    """The ids of the style that is named Title; ids are localised, the name of a built-in style is not."""

    def __init__(self) -> None:
        self.found = {"Title"}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attribute(attributes, "styleId")
        elif name == "name" and attribute(attributes, "val").casefold() == "title" and self._style:
            self.found.add(self._style)

    def end(self, name: str) -> None:
        if name == "style":
            self._style = ""

    def data(self, text: str) -> None:
        pass


class _Body:
    def __init__(self, title_styles: set[str]) -> None:
        self.blocks = Blocks()
        self.title: str | None = None
        self._title_styles = title_styles
        self._skipping = 0
        self._in_text = False
        self._is_title = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "pStyle" and self.title is None:
            self._is_title = attribute(attributes, "val") in self._title_styles
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name == "p":
            self.blocks.open_paragraph()
        elif name == "t":
            self._in_text = True
        elif name in _MARKS:
            self.blocks.add(_MARKS[name])
        elif name == "tr":
            self.blocks.open_row()
        elif name == "tc":
            self.blocks.open_cell()

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p":
            if self._is_title and self.title is None:
                self.title = " ".join(self.blocks.drop().split()) or None
            else:
                self.blocks.close()
            self._is_title = False
        elif name in ("tr", "tc"):
            self.blocks.close()

    def data(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self.blocks.add(text)
