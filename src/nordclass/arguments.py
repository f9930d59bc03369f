"""Arguments of public functions that are of another kind than they take."""

from __future__ import annotations


def check_kind(name: str, value: object, kind: type, make: str) -> None:
    """Raise TypeError when the argument `name` is of another `kind`, saying with what to `make` one."""
    if not isinstance(value, kind):
        raise TypeError(
            f"{name} must be a nordclass.{kind.__name__}, not {type(value).__name__}: give {make}"
        )
