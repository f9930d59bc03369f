"""Libraries that only some formats need."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from nordclass.errors import InputError

_NEEDED_FOR: Final = {
    "html": "web pages",
    "hwp": "HWP files",
    "pdf": "PDF files",
    "excel": "workbooks (.xlsx, .xls, .ods)",
    "parquet": "Parquet files",
}


def need(module: str, extra: str) -> Any:  # noqa: ANN401 - most of these libraries are untyped
    """Import a library of an extra.

    Raises InputError: not installed, naming the extra to install; installed and broken, with what it says.
    """
    try:
        return import_module(module)
    except Exception as error:  # compiled parts that do not fit raise anything
        absent = isinstance(error, ModuleNotFoundError) and error.name == module.partition(".")[0]
        raise (_missing(extra) if absent else _broken(module, extra, error)) from None


def _missing(extra: str) -> InputError:
    """The error for a library that is not installed."""
    return InputError(f"{_NEEDED_FOR[extra]} need an extra: pip install 'nordclass[{extra}]'")


def _broken(module: str, extra: str, error: Exception) -> InputError:
    """The error for a library that is there and cannot be loaded: of another release, or half removed."""
    name = module.partition(".")[0]
    why = " ".join(str(error).split())[:200] or "it does not say why"
    return InputError(f"{_NEEDED_FOR[extra]} need {name}, which is there but does not load: {why}")
