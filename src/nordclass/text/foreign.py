"""Tells English from other languages in Latin script, by their commonest words."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]+")
_ENGLISH: Final = """
    the of and to in a for is on with that by as at from it was said be has have are will its this an or
    which were not between they their after also
"""
# None of them an English word; of each language enough to outnumber the English ones in any paragraph of it:
# Spanish, Portuguese, French, Italian, German, Dutch, Scandinavian, Polish, Czech, Indonesian and Malay,
# Tagalog, Swahili, Turkish, Uzbek, Vietnamese.
_OTHER: Final = """
    de la el los las del que en un una para por con su al se y es le les des du et dans une pour est sur
    il lo di che della per sono nel e o os da do das dos em um uma com ao mais não na no sus entre como
    più alla gli aux qui der die und das den von zu mit auf für ist ein eine im dem sich nicht auch wird
    het een van voor op zijn og som av till och att det på är w z się nie jest oraz dla przez ve pro jako
    dan yang di dengan untuk dari pada ini itu akan dalam ang ng mga sa ay wa ya kwa katika ni bir bu için
    ile va bilan uchun của và các là có cho một được với
"""
_LEAST: Final = 4
_TWICE: Final = 2

_english = frozenset(_ENGLISH.split())
_other = frozenset(_OTHER.split())


def is_foreign(text: str) -> bool:
    """Whether common words of other languages outnumber the English ones in `text` two to one."""
    words = _WORD.findall(text.lower())
    other = sum(map(_other.__contains__, words))
    return other >= _LEAST and other >= _TWICE * sum(map(_english.__contains__, words))
