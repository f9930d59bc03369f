"""HTML tags in a text that is no page, as cells of exported tables have them."""

from __future__ import annotations

import re
from typing import Final

_BLOCKS: Final = "p|div|br|li|ul|ol|table|tbody|thead|tr|h[1-6]|section|article|blockquote|center|dl|dt|dd|hr"
_INLINE: Final = "span|b|i|u|em|strong|a|font|img|td|th|small|sup|sub|mark"
_TAG: Final = re.compile(
    rf"</?(?:(?P<block>{_BLOCKS})|{_INLINE})(?:\s[^<>\n]{{0,500}})?/?>|&nbsp;", re.IGNORECASE
)
_SIGNS: Final = re.compile(rf"</(?:{_BLOCKS}|{_INLINE})>|<br ?/?>", re.IGNORECASE)


def without_tags(text: str) -> str:
    """The text, as long as before, with blanks for its tags; those of blocks break the line.

    A text without a closing tag or a line break of HTML stays as it is.
    """
    if "<" not in text or not _SIGNS.search(text):
        return text
    return _TAG.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    width = found.end() - found.start()
    return "\n" + " " * (width - 1) if found["block"] else " " * width
