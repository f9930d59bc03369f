"""Parquet tables, by record batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.extras import need
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import Columns, header, one_line

_BATCH_ROWS: Final = 128


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """The rows of a Parquet table, numbered from 1.

    Raises:
        InputError: no text column, damaged, encrypted, too large, or the extra `parquet` is missing.
    """
    number = 0
    columns: Columns | None = None
    names: list[str] = []
    with source.as_path() as path:
        for batch in guarded.parse("parquet", path, {}):
            if columns is None:
                names = header(batch)
                columns = Columns(names, options)
                continue
            for cells in batch:
                number += 1
                yield columns.record(dict(zip(names, cells, strict=True)), f"{source.id}:{number}")


def rows(path: Path, options: dict[str, str | None]) -> Iterator[list[object]]:
    """The column names, then batches of rows; runs in the worker.

    Raises:
        InputError: as `read_parquet`.
    """
    parquet = need("pyarrow.parquet", "parquet")
    arrow = need("pyarrow", "parquet")
    try:
        with parquet.ParquetFile(path, memory_map=False, pre_buffer=False, buffer_size=1024 * 1024) as table:
            yield list(table.schema_arrow.names)
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
                yield [
                    list(cells)
                    for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True)
                ]
    except arrow.ArrowMemoryError:
        raise MemoryError from None
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"damaged Parquet file ({one_line(str(error), 100)}); write it again") from None
