"""Text files opened for reading line by line, in bounded memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from nordclass.files.encoding import codec, detect
from nordclass.files.options import ReadOptions
from nordclass.files.source import Source


@contextmanager
def open_text(source: Source, options: ReadOptions) -> Iterator[TextIO]:
    """The decoded text of a source.

    Bytes that do not decode become lone surrogates (U+DC80 to U+DCFF), so that only rows that hold them fail.

    Raises InputError: an encoding that is not recognised.
    """
    if options.encoding is not None:
        name = codec(options.encoding)
    elif source.once:
        name = detect(lambda: io.BytesIO(source.head), whole=False)
    else:
        name = detect(source.open)
    errors = "strict" if name.startswith(("utf-16", "utf-32")) else "surrogateescape"
    with source.open() as raw, io.TextIOWrapper(raw, encoding=name, errors=errors, newline="") as text:
        try:
            yield text
        except UnicodeDecodeError as error:
            raise source.error(f"damaged {name} text; save it again as UTF-8") from error


def readline(text: TextIO, limit: int) -> tuple[str, bool]:
    """The next line, and whether it had to be cut at `limit` characters; `("", False)` at the end.

    The rest of a line that is too long is skipped, so the next call gives the next line.
    """
    line = text.readline(limit + 2)
    cut = len(line) == limit + 2 and not line.endswith(("\n", "\r"))
    if cut:
        rest = line
        while rest and not rest.endswith(("\n", "\r")):
            rest = text.readline(limit)
        return line[:limit], True
    return line, False


def skip_mark(line: str) -> str:
    """The first line without a byte order mark."""
    return line.removeprefix("\ufeff")
