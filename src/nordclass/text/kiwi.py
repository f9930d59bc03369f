"""The one Kiwi of a process, loaded when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@lru_cache(maxsize=1)
def kiwi() -> Kiwi:
    """The process's Kiwi (1-3 seconds and about 350 MB at the first call).

    Typo correction and multi-word entries are off: they cost time and memory and change no term.
    """
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_typo_dict=False, load_multi_dict=False)
