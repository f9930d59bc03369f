"""Arguments of public functions that are of another kind than they take."""

from __future__ import annotations

from numbers import Integral


def check_kind(name: str, value: object, kind: type, make: str) -> None:
    """Raise TypeError when the argument `name` is of another `kind`, saying with what to `make` one."""
    if not isinstance(value, kind):
        raise TypeError(
            f"{name} must be a nordclass.{kind.__name__}, not {type(value).__name__}: give {make}"
        )


def check_jobs(n_jobs: object) -> None:
    """Raise TypeError when a number of processes is no whole number, ValueError when none can be."""
    if not isinstance(n_jobs, Integral) or isinstance(n_jobs, bool):
        raise TypeError(f"n_jobs must be a whole number of processes, not {n_jobs!r}")
    if n_jobs < -1 or n_jobs == 0:
        raise ValueError(f"n_jobs must be 1 or more, or -1 for one process a core, not {n_jobs}")
