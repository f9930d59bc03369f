"""One input opened: a file, a packed file, or standard input, with the bounds that each needs."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from nordclass.errors import InputError
from nordclass.files.limits import FILE_BYTES, GZIP_BYTES, GZIP_FREE_BYTES, GZIP_RATIO, HEAD_BYTES, MIB
from nordclass.files.names import readable

_GZIP_MAGIC: Final = b"\x1f\x8b\x08"


class Source:
    """One input.

    `path` is the file, `-` standard input; after `id` its record, or the rows of its table, are called.
    `name` is what messages call it, and its suffix tells text kinds apart; it has no `.gz`. `head` holds the
    first bytes, unpacked; `once` says that it can be opened only once, as pipes are.

    Raises InputError: a file that cannot be opened or unpacked.
    """

    def __init__(self, id: str, path: Path | str) -> None:
        self.id = id
        self._path = None if path == "-" else Path(path)
        self.name = "stdin" if self._path is None else readable(self._path.name)
        self.once = self._path is None or not self._path.is_file()
        self._pipe: BinaryIO | None = None
        try:
            raw = self._raw()
            magic = raw.read(len(_GZIP_MAGIC))
            self.packed = magic == _GZIP_MAGIC
            if self.once:
                raw = cast(BinaryIO, io.BufferedReader(_Rejoined(magic, raw), MIB))
                if self.packed:
                    raw = cast(BinaryIO, io.BufferedReader(_Unpacked(raw, self.name), MIB))
                self.head = raw.read(HEAD_BYTES)
                self._pipe = cast(BinaryIO, io.BufferedReader(_Rejoined(self.head, raw), MIB))
            else:
                raw.close()
                with self.open() as stream:
                    self.head = stream.read(HEAD_BYTES)
        except OSError as error:
            raise self.error(f"cannot be opened ({error.strerror or error}); check its permissions") from None
        if self.packed and self.name.lower().endswith(".gz"):
            self.name = self.name[:-3]

    def error(self, message: str) -> InputError:
        """An error that names this input."""
        return InputError(f"{self.name}: {message}")

    def open(self) -> BinaryIO:
        """Its unpacked bytes from the start; a pipe can be opened once."""
        if self.once:
            if self._pipe is None:
                raise self.error("can be read only once; save it as a file first")
            pipe, self._pipe = self._pipe, None
            return pipe
        raw = self._raw()
        return cast(BinaryIO, io.BufferedReader(_Unpacked(raw, self.name), MIB)) if self.packed else raw

    def read_bytes(self, limit: int) -> bytes:
        """All its bytes, which must not be more than `limit`.

        Raises InputError: larger than `limit`.
        """
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise self.error(f"larger than {limit // MIB} MB, too large for one document; split it")
        return data

    @contextmanager
    def as_path(self) -> Iterator[Path]:
        """A file on disk with its unpacked bytes, for libraries that open files themselves.

        Raises InputError: larger than `FILE_BYTES`.
        """
        if self._path is not None and not self.once and not self.packed:
            if self._path.stat().st_size > FILE_BYTES:
                raise self.error(f"larger than {FILE_BYTES // MIB} MB; split it")
            yield self._path
            return
        with tempfile.TemporaryDirectory(prefix="nordclass-") as folder:
            path = Path(folder) / "input"
            with path.open("wb") as copy:
                self._copy(copy)
            yield path

    def _raw(self) -> BinaryIO:
        if self._path is None:
            if sys.stdin is None:  # the caller closed it
                raise self.error("standard input is closed; name a file")
            return sys.stdin.buffer
        return self._path.open("rb")

    def _copy(self, target: BinaryIO) -> None:
        with self.open() as stream:
            shutil.copyfileobj(_Capped(stream, self), target, MIB)


class _Capped:
    """Reading stops with an error beyond `FILE_BYTES`."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self._stream, self._source, self._left = stream, source, FILE_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise self._source.error(f"larger than {FILE_BYTES // MIB} MB; split it")
        return data


class _Rejoined(io.RawIOBase):
    """A pipe with the bytes put back that were read from it to look at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        if self._head:
            part, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            part = self._rest.read(len(view))
        view[: len(part)] = part
        return len(part)


class _Unpacked(io.RawIOBase):
    """Gunzips with a bound on size and on ratio, so that a bomb ends early."""

    def __init__(self, packed: BinaryIO, name: str) -> None:
        self._counted = _Counted(packed)
        self._inner = gzip.GzipFile(fileobj=cast(BinaryIO, self._counted))
        self._name, self._given = name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            part = self._inner.read(len(view))
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise InputError(f"{self._name}: damaged or cut short .gz; fetch it again") from None
        self._given += len(part)
        allowed = max(GZIP_FREE_BYTES, self._counted.count * GZIP_RATIO)
        if self._given > min(allowed, GZIP_BYTES):
            raise InputError(
                f"{self._name}: unpacks to far more than its size, as zip bombs do; unpack it first"
            )
        view[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._inner.close()
        self._counted.close()
        super().close()


class _Counted:
    """Counts the packed bytes that were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def close(self) -> None:
        if self._stream is not getattr(sys.stdin, "buffer", None):
            self._stream.close()
