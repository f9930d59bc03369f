"""The rows of an unfinished run, kept so that it can go on after an interruption.

A file of JSON lines: first what the run was asked for, then for each document its key and its row, flushed
when it is complete. Whatever the output's format, it is made from these rows at the end.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from nordclass.files import OutputError, Record, Unreadable

_MARK: Final = "nordclass label"
_INPUTS: Final = "inputs"
_KEY_BYTES: Final = 10
_TO_COME: Final = -1
_HEAD_BYTES: Final = 2**20
"""Maximum of the first line that is looked at: the names of all inputs stand there."""


class Partial:
    """Rows on disk.

    A resumed run reads its inputs from the start. Where a document comes again that has a row, by its id and
    all that it holds, that row is taken; what is new or has changed is labelled, and rows of documents that
    come no more are left out. So the output is that of a run without interruption.

    Args:
        path: where to keep them.
        settings: what the run is asked for, as far as it shapes the rows; a run goes on only with the same.
        inputs: the names of what is read; a run goes on with the same ones, and more if need be.
        resume: go on with the rows of an interrupted run, if there are any.

    Attributes:
        count: how many rows there are, those of earlier runs among them.
        kept: how many rows earlier runs left.
        taken: for how many documents one of these was taken.

    Raises:
        OutputError: rows of another run are in the way, or were made with other settings or of other inputs;
            a folder that cannot be written.
    """

    def __init__(
        self, path: Path, settings: Mapping[str, object], inputs: Sequence[str], *, resume: bool
    ) -> None:
        self._path = path
        self._old: dict[str, int] = {}  # where the row of each key begins; below 0 when it was taken
        self._places = array("q")  # where the row begins of each document that has come
        self._waiting: deque[tuple[int, str]] = deque()  # of those without one, number and key
        if not resume and path.exists():
            self._refuse_foreign()
            raise OutputError(
                f"{path} is left from an interrupted run; go on with --resume, or delete it to begin anew"
            )
        self.kept = self.taken = 0
        self._end = self._read(settings, inputs) if path.exists() else 0
        self.count = self.kept
        self._stream = self._open()
        if self._end == 0:
            try:
                self._put({_MARK: dict(settings), _INPUTS: list(inputs)})
            except OutputError:
                self.close()
                raise

    @property
    def left_out(self) -> int:
        """How many different rows of earlier runs no document has come for."""
        return sum(place > 0 for place in self._old.values())

    def is_done(self, document: Record | Unreadable) -> bool:
        """Whether there is a row for this document, the next one that comes; else `write` is to get it."""
        key = _key(document)
        is_done = key in self._old
        if is_done:
            place = abs(self._old[key])
            self._old[key] = -place
            self.taken += 1
        else:
            place = _TO_COME
            self._waiting.append((len(self._places), key))
        self._places.append(place)
        return is_done

    def write(self, row: Mapping[str, object]) -> None:
        """Add the row of the first document that waits for one; it survives the end of this process."""
        number, key = self._waiting.popleft()
        self._places[number] = self._end
        self._put([key, row])
        self.count += 1

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of all documents that have come, in their order."""
        with self._path.open("rb") as lines:
            for place in self._places:
                lines.seek(place)
                yield json.loads(lines.readline())[1]

    def close(self) -> None:
        """Keep the rows for another run, if there are any.

        Whatever there was to say of a full disk `write` has said: all rows are flushed, or were not taken.
        """
        with suppress(OSError):
            self._stream.close()
        if self.count == 0:
            self.delete()

    def delete(self) -> None:
        """Remove the rows; the output is complete."""
        with suppress(OSError):
            self._stream.close()
        self._path.unlink(missing_ok=True)

    def _open(self) -> BinaryIO:
        try:
            stream = self._path.open("r+b" if self._end else "wb")
            stream.truncate(self._end)
            stream.seek(self._end)
        except OSError as error:
            raise OutputError(
                f"{self._path} cannot be written ({error.strerror}); check its folder"
            ) from None
        return stream

    def _put(self, value: object) -> None:
        # Escaped to ASCII, so that kept columns may hold whatever they held in the input.
        line = json.dumps(value, default=str).encode() + b"\n"
        try:
            self._stream.write(line)
            self._stream.flush()
        except OSError as error:
            why = error.strerror or str(error)
            raise OutputError(
                f"{self._path}: writing failed ({why}); make room, then go on with --resume"
            ) from error
        self._end += len(line)

    def _read(self, settings: Mapping[str, object], inputs: Sequence[str]) -> int:
        """Note the rows of an interrupted run; where the complete ones end."""
        try:
            with self._path.open("rb") as lines:
                first = lines.readline()
                if not first.endswith(b"\n"):
                    return self._unbegun(first)
                self._check(first, settings, inputs)
                end = len(first)
                for line in lines:
                    match _parsed(line):
                        case [str(key), {"id": _}]:
                            self._old[key] = end
                        case _:
                            break  # the run ended in the middle of it
                    self.kept += 1
                    end += len(line)
                return end
        except OSError as error:
            raise self._unreadable(error) from None

    def _refuse_foreign(self) -> None:
        """Raise OutputError for a file that is none of ours, with which no run can go on."""
        try:
            with self._path.open("rb") as lines:
                first = lines.readline(_HEAD_BYTES)
        except OSError as error:
            raise self._unreadable(error) from None
        if not first.endswith(b"\n"):
            self._unbegun(first)
        elif not isinstance(head := _parsed(first), dict) or _MARK not in head:
            raise self._foreign()

    def _foreign(self) -> OutputError:
        return OutputError(f"{self._path} was not written by nordclass label; move it away")

    def _unreadable(self, error: OSError) -> OutputError:
        return OutputError(f"{self._path} cannot be read ({error.strerror})")

    def _unbegun(self, first: bytes) -> int:
        """The run ended before its first row; but never overwrite a file that is none of ours."""
        head = json.dumps({_MARK: {}}).encode()[: len(_MARK) + 2]
        if not head.startswith(first[: len(head)]):
            raise self._foreign()
        return 0

    def _check(self, first: bytes, settings: Mapping[str, object], inputs: Sequence[str]) -> None:
        head = _parsed(first)
        begun, names = (head.get(_MARK), head.get(_INPUTS)) if isinstance(head, dict) else (None, None)
        if not isinstance(begun, dict):
            raise self._foreign()
        if not isinstance(names, list) or settings.keys() - begun.keys():
            raise OutputError(f"{self._path} was begun by an older nordclass; delete it to begin anew")
        other = [name for name, value in settings.items() if begun.get(name) != value]
        if other:
            raise OutputError(
                f"{self._path} was begun with another {' and '.join(other)};"
                " go on with the same, or delete it to begin anew"
            )
        now = set(inputs)
        missing = next((name for name in names if name not in now), None)
        if missing is not None:
            raise OutputError(
                f"{self._path} was begun with other inputs, such as {missing};"
                " name them too, or delete it to begin anew"
            )


def _key(document: Record | Unreadable) -> str:
    """What documents are told apart by, whatever their ids: a hash of all that they hold."""
    if isinstance(document, Record):
        parts = [document.id, document.title, document.text, document.fields]
    else:
        parts = [document.id, document.error, document.fields]
    return hashlib.blake2b(json.dumps(parts, default=str).encode(), digest_size=_KEY_BYTES).hexdigest()


def _parsed(line: bytes) -> Any:  # noqa: ANN401 - JSON
    """The value of a whole line, else None."""
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
