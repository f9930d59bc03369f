"""Result rows as a Parquet table: labels stay lists, kept columns get the type that all their values have."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any, BinaryIO, Final

from nordclass.files.extras import need
from nordclass.files.rows import DAC_COLUMN, LABEL_COLUMNS, encodable, labels_of
from nordclass.files.write import Spool
from nordclass.result import UNCERTAIN

_BATCH_ROWS: Final = 2_000
_INT64: Final = 2**63
_MORE: Final = {"labels": ("score",), "sectors": ("score", "dac"), "uncertain": ("kind", "score", "dac")}
"""What labels have besides their code, by the kind of their column."""


def write(stream: BinaryIO, spool: Spool) -> None:
    """Write all rows. Columns without a common type are text; nested values but labels are JSON text."""
    arrow = need("pyarrow", "parquet")
    parquet = need("pyarrow.parquet", "parquet")
    kinds = _kinds(spool)
    label = [("code", arrow.string()), ("score", arrow.float64())]
    sector = [*label, ("dac", arrow.string())]
    types = {
        "bool": arrow.bool_(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "text": arrow.string(),
        "labels": arrow.list_(arrow.struct(label)),
        "sectors": arrow.list_(arrow.struct(sector)),
        "uncertain": arrow.list_(arrow.struct([("kind", arrow.string()), *sector])),
    }
    schema = arrow.schema([(encodable(name), types[kind]) for name, kind in kinds.items()])
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        rows = spool.rows()
        while part := list(islice(rows, _BATCH_ROWS)):
            columns = [
                arrow.array([_value(name, row.get(name), kind) for row in part], type=types[kind])
                for name, kind in kinds.items()
            ]
            writer.write_table(arrow.table(columns, schema=schema))


def _kinds(spool: Spool) -> dict[str, str]:
    found: dict[str, set[str]] = {name: set() for name in spool.columns}
    for row in spool.rows():
        for name, value in row.items():
            if value is not None:
                found[name].add(_kind(value))
    labels = {**dict.fromkeys(LABEL_COLUMNS, "labels"), DAC_COLUMN: "sectors", UNCERTAIN: "uncertain"}
    return {name: labels.get(name) or _common(kinds) for name, kinds in found.items()}


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -_INT64 <= value < _INT64 else "text"
    return "float" if isinstance(value, float) else "text"


def _common(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "float" if kinds == {"int", "float"} else "text"


def _value(name: str, value: Any, kind: str) -> Any:  # noqa: ANN401 - JSON
    if value is None:
        return None
    if kind in _MORE:
        return [
            {"code": str(item["code"]), **{key: item.get(key) for key in _MORE[kind]}}
            for item in labels_of(name, value) or ()
        ]
    if kind == "float":
        return float(value)
    if kind == "text":
        return encodable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return value
