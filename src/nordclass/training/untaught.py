"""What labelled documents do not teach, in words for whoever trains on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nordclass.result import COUNTRIES, SECTORS
from nordclass.training.examples import Example
from nordclass.training.sectors import FEWEST, labelled_by_language

_LANGUAGES: Final = {"ko": "Korean", "en": "English"}


def why_untaught(corpus: Sequence[Example]) -> Mapping[str, str]:
    """Why a kind of label that documents have, countries or sectors, is not learned; empty where it is."""
    why = {}
    if named := [bool(example.candidates) for example in corpus if example.partners is not None]:
        nowhere = "no labelled document names a place that the table of names knows"
        why[COUNTRIES] = "" if any(named) else nowhere
    if found := [bool(example.sectors) for example in corpus if example.sectors is not None]:
        why[SECTORS] = "" if any(found) else "no document is labelled with any sector"
    return why


def untaught_languages(corpus: Sequence[Example]) -> list[str]:
    """What to say of each language that has documents labelled with sectors, and too few to learn from."""
    few = {
        _LANGUAGES[language]: count
        for language, count in sorted(labelled_by_language(corpus).items())
        if count < FEWEST
    }
    return [
        f"{language}: {count} of the {FEWEST} documents labelled with sectors that learning needs;"
        f" no sectors are told of texts in {language}"
        for language, count in few.items()
    ]
