"""Result rows as flat table rows, safe to open in a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

RESULT_COLUMNS: Final = ("id", "language", "countries", "regions", "sectors", "model", "error")
LABEL_COLUMNS: Final = ("countries", "regions", "sectors")
DAC_COLUMN: Final = "sectors"
"""The column whose labels have DAC codes."""
_NUMBER: Final = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")
# Spreadsheets run cells that begin so, also after blanks and in full width.
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def is_labels(value: object) -> bool:
    """Whether a value is a list of labels, `[{"code": ..., "score": ...}, ...]`; an empty one is not told."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, (str, bytes))
        and len(value) > 0
        and all(isinstance(item, Mapping) and "code" in item for item in value)
    )


def flat_columns(columns: Iterable[str], labels: Iterable[str]) -> list[str]:
    """The columns of a flat table: each column of labels is followed by `<name>_score`, sectors by their DAC
    codes too.
    """
    scored = set(labels)
    flat: list[str] = []
    for name in columns:
        flat.append(name)
        if name in scored:
            flat.append(f"{name}_score")
            if name == DAC_COLUMN:
                flat.append(f"{name}_dac")
    return flat


def flatten(row: Mapping[str, object]) -> dict[str, object]:
    """A row with labels as `UZ;KZ`, their scores as `0.97;0.55`, DAC codes of sectors as `220;151`, and other
    nested values as JSON.
    """
    flat: dict[str, object] = {}
    for name, value in row.items():
        if is_labels(value):
            items: Sequence[Mapping[str, object]] = value  # type: ignore[assignment]
            flat[name] = ";".join(str(item["code"]) for item in items)
            flat[f"{name}_score"] = ";".join(_score(item.get("score")) for item in items)
            if name == DAC_COLUMN:
                flat[f"{name}_dac"] = ";".join(str(item.get("dac") or "") for item in items)
        elif isinstance(value, (str, int, float, bool)) or value is None:
            flat[name] = value
        elif isinstance(value, (list, tuple)) and len(value) == 0:
            flat[name] = ""
        else:
            flat[name] = json.dumps(value, ensure_ascii=False, default=str)
    return flat


def safe_cell(value: object) -> str:
    """A cell of a delimited file; what a spreadsheet would run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = encodable(value).replace("\0", "\ufffd")
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def encodable(text: str) -> str:
    """Text without lone surrogates, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _score(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, (int, float)) else ""
