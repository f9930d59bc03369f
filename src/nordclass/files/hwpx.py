"""Hangul documents in XML (.hwpx): sections in order, with tables and text boxes, without headers."""

from __future__ import annotations

import re
from typing import Final

from nordclass.errors import InputError
from nordclass.files.archive import SafeZip
from nordclass.files.blocks import Blocks
from nordclass.files.encoding import decode

_SECTION: Final = re.compile(r"Contents/section(\d{1,4})\.xml", re.IGNORECASE)
_MANIFEST: Final = "META-INF/manifest.xml"
_PREVIEW: Final = "Preview/PrvText.txt"
_SKIPPED: Final = frozenset({"header", "footer", "hiddenComment", "masterPage", "shapeComment"})
_MARKS: Final = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}


def is_hwpx(names: frozenset[str]) -> bool:
    """Whether a zip file with these members is a Hangul document."""
    return any(_SECTION.fullmatch(name) for name in names)


def hwpx_text(archive: SafeZip) -> tuple[str | None, str]:
    """No title and the text of a Hangul document; its preview text when the sections hold none.

    Raises InputError: password-protected, damaged, too large, or XML that is refused.
    """
    if _MANIFEST in archive.names:
        archive.parse(_MANIFEST, _Manifest())
    sections = sorted((int(found[1]), name) for name in archive.names if (found := _SECTION.fullmatch(name)))
    body = _Body()
    for _, name in sections:
        archive.parse(name, body)
        body.blocks.close_all()
    text = body.blocks.text
    if not text.strip() and _PREVIEW in archive.names:
        text = decode(archive.read(_PREVIEW)).replace("\r\n", "\n")
    return None, text.strip()


class _Manifest:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "encryption-data":
            raise InputError("password-protected; save it without a password")

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Body:
    def __init__(self) -> None:
        self.blocks = Blocks()
        self._skipping = 0
        self._in_text = 0
        self._is_deleted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name == "p":
            self.blocks.open_paragraph()
        elif name == "t":
            self._in_text += 1
        elif name == "tr":
            self.blocks.open_row()
        elif name == "tc":
            self.blocks.open_cell()
        elif self._in_text:
            if name in _MARKS:
                self.blocks.add(_MARKS[name])
            elif name in ("deleteBegin", "deleteEnd"):  # marks of tracked changes, not elements around them
                self._is_deleted = name == "deleteBegin"

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._in_text -= 1
        elif name in ("p", "tr", "tc"):
            self.blocks.close()

    def data(self, text: str) -> None:
        if self._in_text and not self._skipping and not self._is_deleted:
            self.blocks.add(text)
