"""The Kiwis of a process, loaded when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@lru_cache(maxsize=2)
def kiwi(workers: int = 1) -> Kiwi:
    """The process's Kiwi that analyses with `workers` threads (1-3 seconds, about 350 MB at the first call).

    Typo correction and multi-word entries are off: they cost time and memory and change no term.
    """
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=workers, load_typo_dict=False, load_multi_dict=False)
