"""Result rows as flat table rows, safe to open in a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from nordclass.result import EXPLAINED, KINDS, SECTORS, UNCERTAIN

RESULT_COLUMNS: Final = ("id", "language", *KINDS, "model", "error")
MORE_COLUMNS: Final = (UNCERTAIN, EXPLAINED)
"""What results hold besides where it is asked for."""
LABEL_COLUMNS: Final = (*KINDS, UNCERTAIN)
"""The columns of results that hold labels. Others are the input's, whatever lists of objects they hold."""
DAC_COLUMN: Final = SECTORS
"""The column whose labels have DAC codes."""
_NUMBER: Final = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")
# Spreadsheets run cells that begin so, also after blanks and in full width.
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def labels_of(name: str, value: object) -> list[Mapping[str, object]] | None:
    """The labels `[{"code": ..., "score": ...}, ...]` in the column `name`; `None` when there are none."""
    if name not in LABEL_COLUMNS or not isinstance(value, (list, tuple)):
        return None
    items = list(value)
    return items if all(isinstance(item, Mapping) and "code" in item for item in items) else None


def flat_columns(columns: Iterable[str]) -> list[str]:
    """The columns of a flat table, none twice: each column of labels is followed by `<name>_score`, sectors
    by their DAC codes too.
    """
    flat: dict[str, None] = {}
    for name in columns:
        flat[name] = None
        if name in LABEL_COLUMNS:
            flat[f"{name}_score"] = None
            if name == DAC_COLUMN:
                flat[f"{name}_dac"] = None
    return list(flat)


def flatten(row: Mapping[str, object]) -> dict[str, object]:
    """A row with labels as `UZ;KZ`, their scores as `0.97;0.55`, DAC codes of sectors as `220;151`, labels of
    several kinds as `countries:UZ;sectors:ict`, explained ones as text (`_explained`), and other nested
    values as JSON.
    """
    flat: dict[str, object] = {}
    for name, value in row.items():
        items = labels_of(name, value)
        if items is not None:
            flat[name] = ";".join(map(_code, items))
            flat[f"{name}_score"] = ";".join(_score(item.get("score")) for item in items)
            if name == DAC_COLUMN:
                flat[f"{name}_dac"] = ";".join(str(item.get("dac") or "") for item in items)
        elif isinstance(value, (str, int, float, bool)) or value is None:
            flat[name] = value
        elif name == EXPLAINED:
            flat[name] = _explained(value)
        else:
            flat[name] = json.dumps(value, ensure_ascii=False, default=str)
    return flat


def _code(item: Mapping[str, object]) -> str:
    return f"{item['kind']}:{item['code']}" if "kind" in item else str(item["code"])


def _explained(value: Any) -> str:  # noqa: ANN401 - rows are JSON
    """Explained labels for a person: `MN: 몽골, 울란바토르; 협력 +2.1, 조림 +1.3 | forestry: 산림 +2.4`."""
    parts = []
    for label in value:
        names = ", ".join(dict.fromkeys(span["written"] for span in label["mentions"]))
        terms = ", ".join(f"{reason['term']} {reason['weight']:+.1f}" for reason in label["reasons"])
        told = "" if label["told"] else " (not told)"
        parts.append(f"{label['code']}{told}: " + "; ".join(filter(None, (names, terms))))
    return " | ".join(parts)


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
