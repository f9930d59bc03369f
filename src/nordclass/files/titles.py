"""The headline of a document whose format has no field for it."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 120
_SENTENCE_ENDS: Final = (".", "。", "!", ":", ";", ",", "다.", "요.")
_LABELS: Final = frozenset(
    {"보도자료", "보도참고자료", "보도설명자료", "보도해명자료", "참고자료", "press release", "news release"}
)


def split_title(text: str, *, is_wrapped: bool = False) -> tuple[str | None, str]:
    """The headline and the rest, when the first line looks like one; else `None` and the text.

    It must be short, no sentence, no mere kind of document such as "보도자료", and have longer text after it.

    Args:
        text: the document.
        is_wrapped: its lines may be cut at some width, so that a line is no paragraph: a headline is then
            followed by an empty line, or by a line too long to be cut.
    """
    stripped = text.strip()
    first, _, rest = stripped.partition("\n")
    following = rest.partition("\n")[0].strip()
    is_set_off = not is_wrapped or not following or len(following) > _LONGEST
    first, rest = first.strip(), rest.strip()
    is_headline = (
        0 < len(first) <= _LONGEST
        and not first.endswith(_SENTENCE_ENDS)
        and "\t" not in first
        and first.replace(" ", "").casefold() not in _LABELS
        and first.casefold() not in _LABELS
        and len(rest) > len(first)
        and is_set_off
    )
    return (first, rest) if is_headline else (None, stripped)
