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

    Raises:
        InputError: not installed, naming the extra to install.
    """
    try:
        return import_module(module)
    except ImportError:
        raise missing(extra) from None


def missing(extra: str) -> InputError:
    """The error for a library that is not installed."""
    return InputError(f"{_NEEDED_FOR[extra]} need an extra: pip install 'nordclass[{extra}]'")
