"""Reads the documents that a recipe names."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from random import Random
from typing import IO, Any, Final

from nordclass.cells import columns_of, is_empty
from nordclass.errors import DataError
from nordclass.result import KINDS
from nordclass.taxonomy.sectors import aid_codes
from nordclass.text.language import LANGUAGES
from nordclass.text.titles import LONGEST_TITLE
from nordclass.training.dictionary import Dictionary
from nordclass.training.records import COLUMNS, weight_of
from nordclass.training.settings import DictionarySettings, Recipe, Source
from nordclass.training.tables import read_table, read_words

_STOP: Final = re.compile(r"[.!?…:;,—–-][\"'”’)\]]*$|[가-힣]다[\"'”’)\]]*$")
"""How a sentence ends, or a part of one, but hardly a headline."""
_SHORTEST_AID_TEXT: Final = 60
_MOST_AID_SECTORS: Final = 3
_WORDS_TOGETHER: Final = 8
_WORD_TURNS: Final = 3
_OPENERS: Final[Mapping[str, Callable[..., IO[str]]]] = {".gz": gzip.open, ".xz": lzma.open}
"""What unpacks a file, by the end of its name."""


@dataclass
class Corpus:
    """What a recipe's files hold: labelled records, texts for the lexicon, a dictionary, all files' hashes.

    `hashes` are by the path that the recipe gives: names may be shared.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    unlabelled: list[str] = field(default_factory=list)
    dictionary: Dictionary | None = None
    hashes: dict[str, str] = field(default_factory=dict)


def read_sources(recipe: Recipe, folder: Path) -> Corpus:
    """Read all files of `recipe`, whose paths are relative to `folder`.

    Raises DataError when a file is missing or is not what the recipe says, or nothing of it is asked for.
    """
    corpus = Corpus()
    for source in recipe.data:
        _check(source)
        rows = _read(source, folder)
        if source.use == "lexicon":
            corpus.unlabelled += [f"{row.get('title') or ''}\n{row['text']}" for row in rows]
        else:
            corpus.records += [_taught(row, source) for row in rows]
        for file in {source.path, source.labels} - {"", *corpus.hashes}:
            corpus.hashes[file] = sha256(folder / file)
    if file := recipe.dictionary.path:
        corpus.dictionary = Dictionary.read(folder / file)
        corpus.hashes[file] = sha256(folder / file)
    elif recipe.dictionary != DictionarySettings():
        raise DataError("the recipe says what its dictionary weighs, but not its path")
    return corpus


def _read(source: Source, folder: Path) -> list[dict[str, Any]]:
    """The rows of one source, as documents."""
    path = folder / source.path
    rows = list(_words(path) if source.kind == "words" else _rows(path, source.column))
    labels = _labels(folder / source.labels, source.kinds) if source.labels else None
    if source.kind == "sentences":
        if labels is None:
            raise DataError(f"{source.path}: sentences need a table of labels, which says how to join them")
        rows = list(_joined(rows, labels, path))
    rows = _selected(rows, labels, source, path)
    if source.kind == "aid":
        rows = list(_aid(rows))
    rows = _sampled(rows, source)
    if source.characters:
        rows = [{**row, "text": row["text"][: source.characters]} for row in rows]
    return rows


def sha256(file: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check(source: Source) -> None:
    """Refuse what no file can be read as, and kinds of label that cannot be learned so."""
    if source.kind not in ("articles", "aid", "sentences", "words"):
        raise DataError(f"the recipe names an unknown kind of data: {source.kind}")
    if source.use not in ("train", "lexicon"):
        raise DataError(f"the recipe names an unknown use of data: {source.use}")
    if source.kind == "words" and (source.split or source.labels):
        raise DataError(f"{source.path}: words have no split and no other labels than their sectors")
    if unknown := set(source.kinds).difference(KINDS):
        raise DataError(f"the recipe names an unknown kind of label: {', '.join(sorted(unknown))}")
    if not source.kinds:
        raise DataError(f"{source.path}: the recipe lets it teach no kind of label")
    if ("countries" in source.kinds) != ("regions" in source.kinds):
        raise DataError(f"{source.path}: the recipe must name countries and regions together, or neither")


def _taught(row: dict[str, Any], source: Source) -> dict[str, Any]:
    """A row as a record to learn from; it does not say what is of other kinds than those of the source."""
    name = source.path if is_empty(row.get("id")) else f"{source.path}: {row['id']}"
    return {
        **row,
        **dict.fromkeys(set(KINDS).difference(source.kinds)),
        "weight": source.weight * weight_of(row, name),
        "representative": source.representative,
        "release": source.release,
        "group": row.get("id") if is_empty(row.get(source.group)) else row[source.group],
    }


def _rows(path: Path, column: str) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, with `column` as their text.

    The columns of records have their own names there, whatever they are called in the file (`columns_of`).
    """
    try:
        with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise DataError(f"{path}, line {number}: not a JSON object")
                    known = columns_of(row, (*COLUMNS, "split", column))
                    if not isinstance(known.get(column), str):
                        raise DataError(f"{path}, line {number}: '{column}' must be a string")
                    yield {**row, **known, "text": known[column]}
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, lzma.LZMAError, zlib.error, EOFError) as error:
        raise DataError(f"{path} is not JSON Lines: {error}") from None


def _words(path: Path) -> Iterator[dict[str, Any]]:
    """The words of each sector, as documents of a few that teach terms only, each word in several.

    One word alone would weigh as much as a whole article.
    """
    words: dict[tuple[str, str], list[str]] = {}
    for row in read_words(path, ("sector", *LANGUAGES)):
        for language in LANGUAGES:
            words.setdefault((row["sector"], language), []).append(row[language])
    for (sector, language), own in words.items():
        random = Random(f"{sector}-{language}")  # noqa: S311 - shuffles, keeps no secret
        for turn in range(_WORD_TURNS):
            random.shuffle(own)
            parts = ceil(len(own) / _WORDS_TOGETHER)
            for part in range(parts):
                yield {
                    "id": f"{sector}-{language}-{turn}-{part}",
                    "text": ". ".join(own[part::parts]),
                    "sectors": [sector],
                    "terms_only": True,
                }


def _labels(path: Path, kinds: Collection[str]) -> dict[str, dict[str, str]]:
    """A table of labels by id: id, split, and a column for each of the `kinds`."""
    advice = "; add it, or leave its kind out of 'kinds'"
    found: dict[str, dict[str, str]] = {}
    for line, row in read_table(path, {"id", *kinds, "split"}, "table of labels", advice).items():
        if row["id"] in found:
            raise DataError(f"{path}, line {line}: {row['id']} has labels already")
        found[row["id"]] = row
    return found


def _joined(
    rows: list[dict[str, Any]], labels: Mapping[str, Mapping[str, str]], path: Path
) -> Iterator[dict[str, Any]]:
    """Articles of running sentences, one for each label; one that looks like a headline is the title."""
    place = {str(row.get("id")): i for i, row in enumerate(rows)}
    if len(place) < len(rows):
        raise DataError(f"{path}: each sentence must have an id of its own")
    for name in labels:
        first, _, last = name.partition("..")
        if first not in place or last not in place or place[first] > place[last]:
            raise DataError(f"{path} has no run of sentences {name}")
        sentences = [row["text"].strip() for row in rows[place[first] : place[last] + 1]]
        title = sentences.pop(0) if len(sentences) > 1 and _is_headline(sentences[0]) else ""
        yield {"id": name, "title": title, "text": " ".join(sentences)}


def _is_headline(sentence: str) -> bool:
    return len(sentence) <= LONGEST_TITLE and sentence[:1].isalnum() and not _STOP.search(sentence)


def _selected(
    rows: list[dict[str, Any]], labels: Mapping[str, Mapping[str, str]] | None, source: Source, path: Path
) -> list[dict[str, Any]]:
    """The rows of the source's split, or those that a table of `labels` has, with these.

    Raises DataError when there is none: it would teach nothing, and be named as what was learned from.
    """
    if labels is not None:
        found = list(_relabelled(rows, labels, source.split))
        missing, splits = f"no document has an id of {source.labels}", _splits(labels.values())
    else:
        found = [row for row in rows if not source.split or row.get("split") == source.split]
        missing, splits = "no documents", _splits(rows)
    if found:
        return found
    of_split = f" of split {source.split!r}; its splits: {splits}" if source.split else ""
    raise DataError(f"{path}: {missing}{of_split}")


def _splits(rows: Iterable[Mapping[str, Any]]) -> str:
    """The splits of rows, for a message."""
    return ", ".join(sorted({str(row["split"]) for row in rows if row.get("split")})) or "none"


def _relabelled(
    rows: list[dict[str, Any]], labels: Mapping[str, Mapping[str, str]], split: str
) -> Iterator[dict[str, Any]]:
    for row in rows:
        found = labels.get(str(row.get("id")))
        if found is not None and (not split or found["split"] == split):
            yield {**row, **{kind: found.get(kind) for kind in KINDS}}


def _sampled(rows: list[dict[str, Any]], source: Source) -> list[dict[str, Any]]:
    """An even sample of at most `source.most` rows."""
    if not source.most or len(rows) <= source.most:
        return rows
    step = len(rows) / source.most
    return [rows[int(i * step)] for i in range(source.most)]


def _aid(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Aid projects with sectors of ours; those too short, too vague or told twice are left out."""
    seen = set()
    for row in rows:
        if not isinstance(row.get("sectors_raw"), list):
            raise DataError(f"{row.get('id')}: an aid project must have 'sectors_raw', a list of codes")
        sectors = aid_sectors(row["sectors_raw"])
        title, text = row.get("title") or "", row["text"]
        body = f"{title} {text}" if text != title else title
        key = " ".join(body.lower().split())[:200]
        if not 0 < len(sectors) <= _MOST_AID_SECTORS or len(body) < _SHORTEST_AID_TEXT or key in seen:
            continue
        seen.add(key)
        yield {
            "id": row.get("id"),
            "title": title,
            "text": text if text != title else "",
            "sectors": sorted(sectors),
            "weight": row.get("weight"),
            "terms_only": True,
        }


def aid_sectors(codes: list[str]) -> set[str]:
    """Our sectors for the codes of an aid project, each written `VOCABULARY:code`."""
    table = aid_codes()
    found: set[str] = set()
    for code in codes:
        vocabulary, _, name = code.partition(":")
        found.update(table.get((vocabulary, name), ()))
    return found
