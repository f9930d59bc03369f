"""The headline of a document whose format has no field for it."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 120
_SENTENCE_ENDS: Final = (".", "。", "!", ":", ";", ",", "다.", "요.")
_LABELS: Final = frozenset(
    {"보도자료", "보도참고자료", "보도설명자료", "보도해명자료", "참고자료", "press release", "news release"}
)


def split_title(text: str) -> tuple[str | None, str]:
    """The headline and the rest, when the first line looks like one; else `None` and the text.

    It must be short, no sentence, no mere kind of document such as "보도자료", and have longer text after it.
    """
    stripped = text.strip()
    first, _, rest = stripped.partition("\n")
    first, rest = first.strip(), rest.strip()
    is_headline = (
        0 < len(first) <= _LONGEST
        and not first.endswith(_SENTENCE_ENDS)
        and "\t" not in first
        and first.replace(" ", "").casefold() not in _LABELS
        and first.casefold() not in _LABELS
        and len(rest) > len(first)
    )
    return (first, rest) if is_headline else (None, stripped)
