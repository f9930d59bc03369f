"""The errors that a user can cause. Each says in one line what is wrong and what to do."""

from __future__ import annotations


class NordclassError(Exception):
    """Base of all errors that nordclass raises on purpose; commands print it and exit with `exit_code`."""

    exit_code = 1


class InputError(NordclassError):
    """A document or a file that cannot be read as text."""

    exit_code = 3


class DataError(NordclassError):
    """Training or evaluation data that does not fit the labelling scheme."""

    exit_code = 4


class ModelError(NordclassError):
    """A model folder that is missing, damaged, or of a format that this version cannot read."""

    exit_code = 5
