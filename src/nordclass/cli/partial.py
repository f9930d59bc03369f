"""The rows of an unfinished run, kept so that it can go on after an interruption.

A file of JSON lines: first what the run was asked for, then a row a document, each flushed when it is
complete. Whatever the output's format, it is made from these rows at the end.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from nordclass.files import OutputError

_MARK: Final = "nordclass label"


class Partial:
    """Rows on disk.

    Args:
        path: where to keep them.
        settings: what the run is asked for, as far as it shapes the rows; a run goes on only with the same.
        resume: go on with the rows of an interrupted run, if there are any.

    Attributes:
        kept: how many rows an earlier run left.

    Raises:
        OutputError: rows of another run are in the way, or were made with other settings; a folder that
            cannot be written.
    """

    def __init__(self, path: Path, settings: Mapping[str, object], *, resume: bool) -> None:
        self._path = path
        self._done: Counter[str] = Counter()
        if not resume and path.exists():
            raise OutputError(
                f"{path} is left from an interrupted run; go on with --resume, or delete it to begin anew"
            )
        end = self._read(settings) if path.exists() else 0
        self.kept = self.count = self._done.total()
        self._stream = self._open(end)
        if end == 0:
            self._put({_MARK: dict(settings)})

    def is_done(self, id: str) -> bool:
        """Whether an earlier run has a row for the next record called `id`.

        Ids may repeat: each row stands for one record, and records come in the same order in every run.
        """
        if self._done[id] == 0:
            return False
        self._done[id] -= 1
        return True

    def write(self, row: Mapping[str, object]) -> None:
        """Add a row; it survives the end of this process from now on."""
        self._put(row)
        self.count += 1

    def rows(self) -> Iterator[dict[str, Any]]:
        """All rows, in order."""
        with self._path.open("rb") as lines:
            next(lines)
            for line in lines:
                yield json.loads(line)

    def close(self) -> None:
        """Keep the rows for another run, if there are any."""
        self._stream.close()
        if self.count == 0:
            self.delete()

    def delete(self) -> None:
        """Remove the rows; the output is complete."""
        self._stream.close()
        self._path.unlink(missing_ok=True)

    def _open(self, end: int) -> BinaryIO:
        try:
            stream = self._path.open("r+b" if end else "wb")
            stream.truncate(end)
            stream.seek(end)
        except OSError as error:
            raise OutputError(
                f"{self._path} cannot be written ({error.strerror}); check its folder"
            ) from None
        return stream

    def _put(self, value: Mapping[str, object]) -> None:
        try:
            # Escaped to ASCII, so that kept columns may hold whatever they held in the input.
            self._stream.write(json.dumps(value, default=str).encode() + b"\n")
            self._stream.flush()
        except OSError as error:
            why = error.strerror or str(error)
            raise OutputError(
                f"{self._path}: writing failed ({why}); make room, then go on with --resume"
            ) from error

    def _read(self, settings: Mapping[str, object]) -> int:
        """Count the rows of an interrupted run by id; where the complete ones end."""
        try:
            with self._path.open("rb") as lines:
                first = lines.readline()
                if not first.endswith(b"\n"):
                    return self._unbegun(first)
                self._check(first, settings)
                end = len(first)
                for line in lines:
                    row = _object(line)
                    if row is None or "id" not in row:
                        break  # the run ended in the middle of it
                    self._done[str(row["id"])] += 1
                    end += len(line)
                return end
        except OSError as error:
            raise OutputError(f"{self._path} cannot be read ({error.strerror})") from None

    def _unbegun(self, first: bytes) -> int:
        """The run ended before its first row; but never overwrite a file that is none of ours."""
        head = json.dumps({_MARK: {}}).encode()[: len(_MARK) + 2]
        if not head.startswith(first[: len(head)]):
            raise OutputError(f"{self._path} was not written by nordclass label; move it away")
        return 0

    def _check(self, first: bytes, settings: Mapping[str, object]) -> None:
        begun = (_object(first) or {}).get(_MARK)
        if not isinstance(begun, dict):
            raise OutputError(f"{self._path} was not written by nordclass label; move it away")
        other = [name for name, value in settings.items() if begun.get(name) != value]
        if other:
            raise OutputError(
                f"{self._path} was begun with another {' and '.join(other)};"
                " go on with the same, or delete it to begin anew"
            )


def _object(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
