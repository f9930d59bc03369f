"""What a run of `nordclass label` came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from nordclass.cli.render import table
from nordclass.result import KINDS, UNCERTAIN


class Tally:
    """Counts rows and labels.

    Args:
        all_scores: the rows hold every candidate, so that what is counted are no labels.
        old: how many rows are of the run that this one resumes.
    """

    def __init__(self, all_scores: bool = False, old: int = 0) -> None:
        self._word = "scores" if all_scores else "labels"
        self._labels: Counter[str] = Counter()
        self._old = old
        self._doubtful: int | None = None
        self.records = 0
        self.errors = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Count a row."""
        self.records += 1
        self.errors += "error" in row
        for kind in KINDS:
            self._labels[kind] += len(row.get(kind) or ())
        if UNCERTAIN in row:
            self._doubtful = (self._doubtful or 0) + bool(row[UNCERTAIN])

    def summary(self, seconds: float, errors_file: str | None) -> str:
        """A small table; `errors_file` is where the errors stand."""
        rows = [["records", f"{self.records:,}"]]
        new = self.records - self._old
        if self._old:
            rows.append(["of these in this run", f"{new:,}"])
        rows += [[f"{kind} {self._word}", f"{self._labels[kind]:,}"] for kind in KINDS]
        if self._doubtful is not None:
            rows.append(["documents with uncertain labels", f"{self._doubtful:,}"])
        rows.append(["errors", f"{self.errors:,}"])
        rows.append(["documents a second", f"{new / max(seconds, 1e-3):,.0f}"])
        lines = table(("", ""), rows, (1,)).lstrip("\n")
        return f"{lines}\nerrors are in {errors_file}" if self.errors and errors_file else lines
