"""What `--min-score` leaves, with every command that has it."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 4  # of scores in results (`nordclass.result.Result.to_dict`)


def reaches(score: float, least: float) -> bool:
    """Whether a score, as it is written in results, is at least so much."""
    return round(score, _DIGITS) >= least
