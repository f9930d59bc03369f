"""Many documents: in parallel, in order, in bounded memory."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from nordclass.arguments import check_classifier, check_jobs
from nordclass.errors import DataError, NordclassError
from nordclass.files.record import Record, Unreadable
from nordclass.result import EXPLAINED, KINDS
from nordclass.signals import signals_held_back, start_trackers
from nordclass.taxonomy.schemes import NORDCLASS

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    from nordclass.model.classifier import Classifier, Kinds, Text
    from nordclass.result import Result
    from nordclass.training.records import Labelled

_CHUNK: Final = 64
_CHUNK_CHARS: Final = 1_000_000
_AHEAD: Final = 2
"""Chunks that wait for each process."""
_SPANS: Final = 10
"""So many places of each name and term stand in a row, which else grows with each of them in a long text."""
_IDLE_SECONDS: Final = 300
_PARENT_SECONDS: Final = 0.5
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Row = dict[str, Any]
"""A row of the output schema."""


class ProcessDied(NordclassError):
    """A process that shared the work is no more, as when the system is short of memory."""


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


_Pair = tuple[str | None, str]
"""Title, if there is one, and text."""
R = TypeVar("R")
T = TypeVar("T")


def classify_many(
    classifier: Classifier,
    texts: Iterable[Text],
    *,
    n_jobs: int = 1,
    progress: bool = False,
    scheme: str = NORDCLASS,
) -> Iterator[Result]:
    """Label `texts` in order, holding at most a few chunks of them at a time.

    Raises as `Classifier.classify_many`: of one text the letters would be taken for many, of a mapping the
    keys.
    """
    if isinstance(texts, (str, bytes, Mapping)):
        raise TypeError(f"texts must be several texts, as in a list, not one {type(texts).__name__}")
    check_jobs(n_jobs)
    classifier.check_scheme(scheme)
    return _classified(classifier, texts, n_jobs, progress, scheme)


def _classified(
    classifier: Classifier, texts: Iterable[Text], n_jobs: int, progress: bool, scheme: str
) -> Iterator[Result]:
    from tqdm import tqdm

    items = tqdm(texts, unit=" docs", disable=not progress)
    work = partial(_result, scheme=scheme)
    yield from _in_order(classifier, _pairs(items), work, _length, n_jobs)


def _pairs(items: Iterable[Text]) -> Iterator[_Pair]:
    """Texts and pairs as pairs. Raises TypeError that gives the number of an item that is neither."""
    for number, item in enumerate(items, start=1):
        pair = item if isinstance(item, tuple) else (None, item)
        if len(pair) != 2 or not (isinstance(pair[0], str | None) and isinstance(pair[1], str)):
            raise TypeError(f"text {number} must be a str or a pair (title or None, text), not {_told(item)}")
        yield pair


def _told(item: object) -> str:
    """What an item is: its type, of a pair those of its parts."""
    if not isinstance(item, tuple):
        return type(item).__name__
    if len(item) != 2:
        return f"a tuple of {len(item)}"
    return f"a pair of {' and '.join(type(part).__name__ for part in item)}"


def score_labelled(
    classifier: Classifier, records: Iterable[Mapping[str, Any]], *, n_jobs: int = 1
) -> list[tuple[Labelled, Kinds]]:
    """The documents of `records` (dicts as for `nordclass.train`), each with the scores of its labels.

    Raises DataError when the records are malformed or none is labelled, TypeError when `classifier` is none,
    and as `check_jobs`.
    """
    from nordclass.training.records import labelled

    check_classifier(classifier)
    check_jobs(n_jobs)
    documents = labelled(records)
    if not any(getattr(document, kind) is not None for document in documents for kind in KINDS):
        raise DataError("no record has labels (countries, regions or sectors) to compare with")
    texts = [(document.title, document.text) for document in documents]
    return list(zip(documents, _in_order(classifier, texts, _scored, _length, n_jobs), strict=True))


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

    def pairs() -> Iterator[_Pair | None]:
        for record in records:
            waiting.append(record)
            yield (record.title, record.text) if isinstance(record, Record) else None

    work = partial(_label, wanted=wanted)
    for labels in _in_order(classifier, pairs(), work, _length, n_jobs):
        record = waiting.popleft()
        if isinstance(record, Unreadable):
            labels = {"error": record.error}
        yield record, {"id": record.id, **labels}


def _label(classifier: Classifier, pair: _Pair | None, wanted: Wanted) -> Row:
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


def _result(classifier: Classifier, pair: _Pair, scheme: str) -> Result:
    title, text = pair
    return classifier.classify(text, title=title, scheme=scheme)


def _scored(classifier: Classifier, pair: tuple[str, str]) -> Kinds:
    title, text = pair
    return classifier.assess(text, title=title).kinds


def _length(pair: _Pair | None) -> int:
    """Characters of title and text."""
    return sum(len(part or "") for part in pair or ())


def _in_order(
    classifier: Classifier,
    items: Iterable[T],
    work: Callable[[Classifier, T], R],
    length: Callable[[T], int],
    n_jobs: int,
) -> Iterator[R]:
    """`work(classifier, item)` for each item, in order, by `n_jobs` processes, at most one a core.

    Items are read in the caller's thread, and only as far ahead as keeps the processes busy. Where reading
    them fails, those before it are answered first.
    """
    workers = _workers(n_jobs)
    if workers == 1:
        for item in items:
            yield work(classifier, item)
        return
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.backend import get_context
    from joblib.externals.loky.process_executor import BrokenProcessPool

    start_trackers()
    with signals_held_back():
        enough = get_context().Event()
        # Each process gets the classifier once, when it starts: a model is far larger than a chunk.
        pool = ProcessPoolExecutor(
            workers,
            timeout=_IDLE_SECONDS,
            initializer=_receive,
            initargs=(classifier, enough, os.getpid()),
            env=_ONE_THREAD,
        )
    running: deque[Any] = deque()
    failures: list[Exception] = []
    try:
        for chunk in _chunks(_until_failure(items, failures), length):
            with signals_held_back():
                running.append(pool.submit(_run, work, chunk))
            if len(running) > _AHEAD * workers:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()
        if failures:
            raise failures[0]
    except BrokenProcessPool:
        raise ProcessDied("a process of the run died, perhaps for want of memory; try fewer jobs") from None
    finally:
        # Not kill_workers: loky's manager then trips over work that it still had to hand out.
        enough.set()
        for future in running:
            future.cancel()
        with signals_held_back():
            pool.shutdown(wait=True)


def _workers(n_jobs: int) -> int:
    """How many processes share the work: `n_jobs`, but at most one a core.

    One in a process that may have no children, as those of `multiprocessing.Pool`.
    """
    from multiprocessing import current_process

    if n_jobs == 1 or current_process().daemon:
        return 1
    from joblib import effective_n_jobs

    return int(min(effective_n_jobs(n_jobs), effective_n_jobs(-1)))


def _until_failure(items: Iterable[T], failures: list[Exception]) -> Iterator[T]:
    """The items up to where reading them fails; `failures` then holds the error."""
    try:
        yield from items
    except Exception as error:
        failures.append(error)


def _chunks(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in lists that are neither long nor large."""
    chunk: list[T] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += length(item)
        if len(chunk) == _CHUNK or characters >= _CHUNK_CHARS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


_received: list[tuple[Classifier, Event]] = []
"""In a process of a pool, its classifier, and what is set when no more results are wanted."""


def _receive(classifier: Classifier, enough: Event, parent: int) -> None:
    """Begin as a process of a pool."""
    _received[:] = [(classifier, enough)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not held back
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    """End this process when its parent was killed, and could not do so itself."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(1)


def _run(work: Callable[[Classifier, T], R], chunk: Sequence[T]) -> list[R]:
    ((classifier, enough),) = _received
    results = []
    for item in chunk:
        if enough.is_set():
            break
        results.append(work(classifier, item))
    return results
