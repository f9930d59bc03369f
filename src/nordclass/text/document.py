"""A document: normalised title and body, its language, and the parts that are page furniture."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nordclass.text.furniture.spans import furniture
from nordclass.text.headline_tags import tag_spans
from nordclass.text.language import language
from nordclass.text.markup import without_tags
from nordclass.text.normalize import normalize
from nordclass.text.offsets import Offsets
from nordclass.text.repeated_title import repeated_title
from nordclass.text.site_name import site_spans
from nordclass.text.titles import LONGEST_TITLE

_MOST_TAGS: Final = 3
"""Lines above a headline that may be nothing but tags."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as the rest of nordclass sees it.

    `text` is the normalised title, a line break, and the body; furniture in it is blanked out, so that a
    span of `text` is a span of what was read. `title_end` is where the title ends (0: no title).
    """

    text: str
    title_end: int
    language: str
    _title_offsets: Sequence[int] | None
    _body_offsets: Sequence[int] | None
    _has_title: bool

    @classmethod
    def read(cls, text: str, title: str | None = None) -> Document:
        """Build a document from raw `text` and its `title`; without one, a short first line serves."""
        body, body_offsets = normalize(text)
        body = without_tags(body)
        head, title_offsets = normalize(title or "")
        if head.strip():
            head = head.replace("\n", " ").replace("\r", " ")
            given = head.strip()
            headline = _bare(given, body)
            body = _below(body, given, headline)
            head = head.replace(given, headline, 1)
            whole = f"{head}\n{body}"
            return cls(whole, len(head), language(whole), title_offsets, body_offsets, True)
        body = _blank(body, furniture(body))
        start, end = _first_line(body)
        for _ in range(_MOST_TAGS):
            line = _bare(body[start:end], body[end:])
            body = f"{body[:start]}{line}{body[end:]}"
            if line.strip():
                break
            start, end = _first_line(body)
        titled = end - start <= LONGEST_TITLE and body[end:].strip()
        if titled:
            body = body[:end] + _said_once(body[end:], body[start:end])
        return cls(body, end if titled else 0, language(body), None, body_offsets, False)

    def source(self, start: int, end: int) -> tuple[str, int, int]:
        """Where `text[start:end]`, not empty, stands in the input: ("title" or "text", start, end) there.

        What was left out right behind it (a soft hyphen, say) is counted to it.
        """
        if self._has_title and start < self.title_end:
            return ("title", *_original(start, end, self._title_offsets))
        shift = self.title_end + 1 if self._has_title else 0
        return ("text", *_original(start - shift, end - shift, self._body_offsets))


def _original(start: int, end: int, offsets: Sequence[int] | None) -> Offsets:
    """A span in the offsets of the input, with all that was composed together with its last character."""
    if offsets is None:
        return start, end
    return offsets[start], offsets[bisect_right(offsets, offsets[end - 1])]


def _blank(text: str, spans: Sequence[Offsets]) -> str:
    if not spans:
        return text
    pieces = []
    at = 0
    for start, end in spans:
        pieces.append(text[at:start])
        pieces.append("\n".join([" " * len(line) for line in text[start:end].split("\n")]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _below(body: str, given: str, headline: str) -> str:
    """The body without furniture, under a title as `given` that is the `headline` without tags and site.

    Where one of its first lines says the title again, that goes; on other lines so do tags and site.
    """
    repeats = headline != given and any(line.strip() == given for line in body.split("\n"))
    body = _blank(body, furniture(body, given if repeats else headline.strip()))
    if repeats:
        lines = body.split("\n")
        body = "\n".join([line.replace(given, headline) if line.strip() == given else line for line in lines])
    return _said_once(body, headline)


def _said_once(body: str, headline: str) -> str:
    """The body, without what says its headline again."""
    span = repeated_title(body, headline, lambda line: _bare(line, ""))
    return _blank(body, [span]) if span else body


def _bare(headline: str, body: str) -> str:
    """The headline, its tags and the name of its site blanked out; of any other line the tags before it."""
    if len(headline) > LONGEST_TITLE:
        return _blank(headline, tag_spans(headline, ends=False))
    headline = _blank(headline, tag_spans(headline))
    sites = site_spans(headline, body)
    if not sites:
        return headline
    headline = _blank(headline, sites)
    return _blank(headline, tag_spans(headline))


def _first_line(body: str) -> Offsets:
    """Start and end of the first line that holds anything."""
    start = len(body) - len(body.lstrip())
    end = body.find("\n", start)
    return start, end if end >= 0 else len(body)
