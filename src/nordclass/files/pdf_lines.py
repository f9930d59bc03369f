"""Lines of PDF pages back to paragraphs; Korean words that a line break cut in two are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from nordclass.text.sentences import PDF_LINE_END

_HYPHENS: Final = ("\x02", "\ufffe", "\u00ad")  # how the library tells a hyphen at the end of a line
_BULLET: Final = re.compile(
    r"\s*(?:[□■○●◦ㅇ◇◆▲△▶▷※*•·▪‣∙➀-➓①-⑳【\[<〈《]|[-–—]\s|\(?\d{1,2}[.)]\s|[가-하][.)]\s|[IVX]{1,4}\.\s)"
)
_ENDING: Final = re.compile(r"다\.\s")  # looks like the fourth item of a list (가. 나. 다.)
_SENTENCE_END: Final = re.compile(PDF_LINE_END)
_HANGUL: Final = re.compile(r"[가-힣]")
_PAGE_NUMBER: Final = re.compile(r"\s*[-–—]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?\s*")
_WORD: Final = re.compile(r"[가-힣]+")
# Particles and endings that never stand alone: a line that begins with one goes on the word before it.
_NEVER_ALONE: Final = re.compile(
    r"(?:은|는|을|를|와|과|의|에|에서|에게|에는|에도|으로|로|으로서|으로써|로서|로써|부터|까지|라고|라는|라며|이라고|이라는|이며|이다|"
    r"이라며|인데|이나|처럼|보다|만큼|마다|조차|밖에|했다|했으며|했고|했던|한다|한다고|했다고|하는|하고|하며|하여|하기|하게|할|함|"
    r"하였다|하였으며|해|해서|해야|됐다|된다|되는|되고|되며|되어|될|됨|된|됐으며|되었다|됐고|시키는|시킨|시킬|시키고|들은|들을|들이|들의|들과|들에게|"
    r"적인|적으로|적이고|적이며|습니다|입니다|겠다|겠다고|였다|였으며|었다|었으며|았다|았으며|지만|면서|니다|다고|다며|다는)(?![가-힣])"
)
_UNIT: Final = re.compile(
    r"(?:[,.]\d|%|여\s|[조억만천백]|[년월일시분초세명개건곳차회](?![가-힣]{2})|달러|유로)"
)
_FULL: Final = 0.8
_BRIMFUL: Final = 0.93
_EVEN: Final = 3
_SHORT_WORD: Final = 3
# How words that take part in a sentence end: particles, and endings of verbs.
_WORD_END: Final = re.compile(r"(?:[을를은는에의와과고며로도서해한된할될인]|까지|부터|이라|하기)$")
# What opens a news story: SEOUL —, GENEVA, May 3 -
_DATELINE: Final = re.compile(r"[A-Z][A-Z .']{2,30}(?:,[^—–-]{1,30})? ?[—–-] ")
_OPENING: Final = frozenset("-/(·「“‘[")
_CLOSING: Final = frozenset(")·,.”’」]%")


def join_lines(pages: Iterable[str]) -> str:
    """The text of all pages, one paragraph a line; page numbers are left out.

    A line is taken as wrapped when it is nearly as wide as the widest ones and the next line begins no list
    item. Whether a wrapped line was cut at a space or inside a word is told by the spaces that lines keep at
    their ends, by how even their widths are (lines cut at spaces are ragged), and by the words on both sides.
    """
    lines = [line for page in pages for line in _page_lines(page)]
    layout = _Layout(lines)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        parts = paragraphs[-1]
        if not parts or not layout.is_wrapped(
            parts[-1], line, is_first=len(paragraphs) == 2 and len(parts) == 1
        ):
            paragraphs.append([line])
        elif parts[-1].endswith(_HYPHENS):
            parts[-1] = parts[-1][:-1]
            parts.append(line.lstrip())
        else:
            parts += (layout.glue(parts[-1], line), line)
    return "\n".join(paragraph for parts in paragraphs if (paragraph := _tidy("".join(parts))))


class _Layout:
    """How the lines of a document were cut."""

    def __init__(self, lines: Sequence[str]) -> None:
        widths = sorted(_width(line) for line in lines if line.strip())
        self._full = widths[int((len(widths) - 1) * 0.9)] if widths else 0.0
        wide = [line for line in lines if _width(line) >= self._full * _FULL]
        kept = sum(line.endswith(" ") for line in wide)
        cut = sorted(_width(line) for line in wide if not _SENTENCE_END.search(line))
        even = sum(width >= cut[int((len(cut) - 1) * 0.95)] - _EVEN for width in cut)
        self._keeps_spaces = len(wide) >= 3 and kept >= len(wide) * 0.15
        self._cuts_words = even >= len(cut) * 0.7
        # Where all lines are filled up, one that is not ends its paragraph.
        self._wide = _BRIMFUL if even >= len(cut) * 0.85 and len(cut) >= 3 else _FULL
        self._words = Counter(word for line in lines for word in _inner_words(line))

    def is_wrapped(self, line: str, following: str, *, is_first: bool = False) -> bool:
        """Whether the following line goes on the same paragraph; the first line may be a headline."""
        if not following.strip() or not line.strip():
            return False
        if _BULLET.match(following) and not (_ENDING.match(following) and not _SENTENCE_END.search(line)):
            return False
        if line.endswith(_HYPHENS):
            return True
        if not _SENTENCE_END.search(line):
            is_headline = is_first and not following[0].islower()
            if is_headline and (_DATELINE.match(following) or self._had_room(line, following)):
                return False
            return _width(line) >= self._full * (_BRIMFUL if is_headline else self._wide)
        # A wide line that ends a sentence may end its paragraph: the next then begins with an indent.
        return _width(line) >= self._full * _BRIMFUL and not following.startswith((" ", "\u3000", "\t"))

    def _had_room(self, line: str, following: str) -> bool:
        """Whether the next line's first word would still have stood on this one, had it gone on."""
        return not self._cuts_words and _width(f"{line.rstrip()} {following.split()[0]}") <= self._full

    def glue(self, line: str, following: str) -> str:
        """What stands between a wrapped line and the next: a space, or nothing inside a word."""
        left, right = line[-1], following[0]
        if left.isspace() or right.isspace():
            return " "
        if _HANGUL.match(left) and _HANGUL.match(right):
            return "" if self._is_one_word(line, following) else " "
        if left.isdigit() and (right.isdigit() or _UNIT.match(following)):
            return ""
        if left in _OPENING or right in _CLOSING:
            return ""
        return "" if self._keeps_spaces and (_HANGUL.match(left) or _HANGUL.match(right)) else " "

    def _is_one_word(self, line: str, following: str) -> bool:
        if self._keeps_spaces:
            return True
        if not self._cuts_words:
            return False
        left = _WORD.findall(line[-30:])[-1]
        right = _WORD.findall(following[:30])[0]
        if self._words[left + right] > 0 or _NEVER_ALONE.match(following):
            return True
        if self._words[right] > 0 or (self._words[left] > 0 and len(right) > 1):
            return len(right) == 1 and self._words[left] == 0
        if len(left) == 1 or len(right) == 1:  # hardly a word by itself
            return True
        return not _WORD_END.search(left) and len(left) + len(right) <= _SHORT_WORD


def _page_lines(page: str) -> list[str]:
    lines = page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines.pop()
    return lines


def _inner_words(line: str) -> list[str]:
    """Words that no line break can have cut."""
    parts = line.split()
    return [word for part in parts[1:-1] for word in _WORD.findall(part)]


def _width(line: str) -> float:
    return sum(1.0 if character < "\u1100" else 2.0 for character in line.rstrip())


def _tidy(text: str) -> str:
    for mark in _HYPHENS:
        text = text.replace(mark, "-" if mark != "\u00ad" else "")
    return re.sub(r"[ \t\u3000\xa0]+", " ", text).strip()
