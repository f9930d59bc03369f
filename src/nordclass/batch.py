"""Many records of files: labelled in parallel, each with its row of the output."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from nordclass.files.record import Record, Unreadable
from nordclass.model.many import Pair, pair_length
from nordclass.parallel import in_order
from nordclass.result import EXPLAINED
from nordclass.taxonomy.schemes import NORDCLASS

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier

_SPANS: Final = 10
"""Maximum places in a row of each name and term; a long text has as many as it likes."""

Row = dict[str, Any]
"""A row of the output schema."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row is to hold: every score or only the labels told, and in which `scheme` sectors are.

    `uncertain` and `explained` add what is near its threshold (`Result.uncertain`) and the words behind the
    labels, both together also those behind the uncertain ones (`Classifier.explain`).
    """

    all_scores: bool = False
    scheme: str = NORDCLASS
    uncertain: bool = False
    explained: bool = False


def label_records(
    classifier: Classifier,
    records: Iterable[Record | Unreadable],
    *,
    n_jobs: int = 1,
    wanted: Wanted = Wanted(),
) -> Generator[tuple[Record | Unreadable, Row], None, None]:
    """Label `records` in order, each with its row of the output schema and what is `wanted` besides.

    An unreadable record, and one that the classifier fails on for whatever reason, gives a row of `id` and
    `error`; the others go on. Memory is bounded as for `classify_many`.
    """
    waiting: deque[Record | Unreadable] = deque()

    def pairs() -> Iterator[Pair | None]:
        for record in records:
            waiting.append(record)
            yield (record.title, record.text) if isinstance(record, Record) else None

    work = partial(_label, wanted=wanted)
    for labels in in_order(classifier, pairs(), work, pair_length, n_jobs):
        record = waiting.popleft()
        if isinstance(record, Unreadable):
            labels = {"error": record.error}
        yield record, {"id": record.id, **labels}


def _label(classifier: Classifier, pair: Pair | None, wanted: Wanted) -> Row:
    """All of a row but its id."""
    if pair is None:
        return {}
    title, text = pair
    try:
        assessed = classifier.assess(text, title=title)
        result = classifier.result(assessed, scheme=wanted.scheme, all_scores=wanted.all_scores)
        row = result.to_dict(uncertain=wanted.uncertain)
        if wanted.explained:
            found = classifier.explanation(assessed, uncertain=wanted.uncertain, all_scores=wanted.all_scores)
            row[EXPLAINED] = [each.to_dict(_SPANS) for each in found]
    except Exception as error:  # one document must not end a run over a million others
        why = " ".join(f"{type(error).__name__}: {error}".split())
        return {"error": f"cannot be labelled ({why[:300]})"}
    return row
