"""Parquet tables, by record batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.encoding import codec
from nordclass.files.extras import need
from nordclass.files.limits import MIB
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import NO_ROWS, Columns, header, one_line

_BATCH_ROWS: Final = 128


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """The rows of a Parquet table, numbered from 1.

    Raises InputError: no rows, no text column, damaged, encrypted, too large, an unknown encoding, or the
    extra `parquet` is missing.
    """
    number = 0
    columns: Columns | None = None
    names: list[str] = []
    with source.as_path() as path:
        for batch in guarded.parse("parquet", path, {"encoding": options.encoding}):
            if columns is None:
                names = header(batch)
                columns = Columns(names, options)
                continue
            for cells in batch:
                number += 1
                yield columns.record(dict(zip(names, cells, strict=True)), f"{source.id}:{number}")
    if number == 0:
        raise source.error(NO_ROWS)


def rows(path: Path, options: dict[str, str | None]) -> Iterator[list[object]]:
    """The column names, then batches of rows; runs in the worker.

    Raises InputError: as `read_parquet`.
    """
    parquet = need("pyarrow.parquet", "parquet")
    arrow = need("pyarrow", "parquet")
    given = options.get("encoding")
    encoding = codec(given) if given is not None else "utf-8"
    try:
        # Opened here: the library takes no name that is not in UTF-8, as in archives from Korean Windows.
        with (
            path.open("rb") as stream,
            parquet.ParquetFile(stream, memory_map=False, pre_buffer=False, buffer_size=MIB) as table,
        ):
            yield list(table.schema_arrow.names)
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
                columns = [_values(column, encoding) for column in batch.columns]
                yield [list(cells) for cells in zip(*columns, strict=True)]
    except arrow.ArrowMemoryError:
        raise MemoryError from None
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"damaged Parquet file ({one_line(str(error), 100)}); write it again") from None


def _values(column: Any, encoding: str) -> list[object]:  # noqa: ANN401 - untyped
    """The values of an Arrow array. Several writers store text as bytes and do not say that it is text."""
    values: list[object] = column.to_pylist()
    return [_text(value, encoding) for value in values] if "binary" in str(column.type) else values


def _text(value: object, encoding: str) -> object:
    """A value whose bytes are text: UTF-8, or else in `encoding`.

    What is neither becomes lone surrogates, as in text files, so that only rows whose text holds them fail.
    """
    if isinstance(value, bytes):
        for name in ("utf-8", encoding):
            try:
                return value.decode(name)
            except UnicodeDecodeError:
                continue
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, (list, tuple)):
        return [_text(part, encoding) for part in value]
    return {name: _text(part, encoding) for name, part in value.items()} if isinstance(value, dict) else value
