"""How a sentence ends: expressions for those who read lines, running text, web pages and PDF files.

They differ in the marks that count, in what may stand behind them, and in whether the short style of Korean
releases (… 체결함) counts; each says where it is used. They are compiled where they are used, since one
document needs few of them.
"""

from __future__ import annotations

from typing import Final

_ENDINGS: Final = "다요음함임됨"
"""Last syllables of Korean sentences, in full and in the short style of releases."""
_CLOSING: Final = r"[\"”’'」』)\]]{0,3}$"
"""Quotes and brackets that may close a line."""

LINE_END: Final = rf"[.!?。．{_ENDINGS}죠까짐]{_CLOSING}"
"""At the end of a line of a page: a sentence, spoken ones and questions too."""
STATEMENT_LINE_END: Final = rf"[.!{_ENDINGS}]{_CLOSING}"
"""As `LINE_END`, without questions, which are often headlines."""
BOUNDARY: Final = r"[다요][.．]|[.!?](?=\s)"
"""In running text: a Korean full stop needs no blank behind it, as pages lose them."""
REPORT_END: Final = r"[가-힣][했었았혔였됐졌렸]다[.\"”’']{0,3}\s*$"
"""At the end of a sentence of news, in the past tense, as no notice of a site has it."""
NO_HEADLINE_END: Final = r"[.!?:;…][\"'”’)\]]*$"
"""At the end of one line alone: a mark with which no headline ends, a colon among them."""
BLOCK_END: Final = r"[.!?。](?:[\"'\u2019\u201d»)\]」』〉》]{0,3})\Z|(?:음|함|됨|임)\.?\Z"
"""At the end of a block of a web page: a mark, or the short style of releases."""
CELL_BOUNDARY: Final = r"[.!?。](?:[\"'\u2019\u201d)]{0,2})(?=\s|\Z)"
"""In the running text of a cell of a table of a web page: a mark."""
STATEMENT_BLOCK_END: Final = r"(?:다|니다)\.?\Z|[^.]\.\Z"
"""At the end of a block that may be a headline: a statement, which is none; an ellipsis may be one."""
PDF_LINE_END: Final = r"[.!?。”\"')\]]\s*$"
"""At the end of a line of a PDF file: a mark, or a quote or bracket that closes."""
