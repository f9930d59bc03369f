"""Says which words of a document stand behind its labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from nordclass.mentions.candidates import Analysis
from nordclass.model.heads import FirstPass, PlaceHead, SectorHead
from nordclass.result import REGIONS, SECTORS, Explained, Label, Reason, Span
from nordclass.taxonomy.names import region_code
from nordclass.text.headline import lone_headline

if TYPE_CHECKING:
    from nordclass.model.classifier import Assessment, Classifier

_BESIDE: Final = re.compile(r"(?:list )?[LR]\d* (.+)")
"""What stands right beside a mention, in the field `near` of a candidate: side, distance and term."""


def explain(
    classifier: Classifier, assessed: Assessment, picked: Sequence[Sequence[Label]], most: int
) -> tuple[Explained, ...]:
    """The labels that were `picked` of each kind, with the words behind them (`Classifier.explain`)."""
    analysis, first = assessed.analysis, assessed.first
    if analysis is None or first is None or not any(picked):
        return ()
    words = _Words(analysis, _Source(assessed))
    by_code = {}
    if classifier.places:
        codes = {label.code for label in picked[0]} | {region_code(label.code) for label in picked[1]}
        by_code = _shares_by_place(classifier.places, first, codes)
    by_sector = {}
    if classifier.sectors and picked[2]:
        by_sector = _shares_by_sector(classifier.sectors, first)
    found = []
    for scored, labels in zip(assessed.kinds, picked, strict=True):
        told = scored.told()
        for label in labels:
            mentions: tuple[Span, ...] = ()
            if label.kind == SECTORS:
                shares = by_sector[label.code]
            else:
                code = region_code(label.code) if label.kind == REGIONS else label.code
                shares, mentions = by_code[code], words.mentions(code)
            found.append(Explained(label, label in told, mentions, words.reasons(shares, most)))
    return tuple(found)


Shares = list[tuple[str, float]]
"""Terms, each with what it adds to a linear score; a term may stand there several times."""


def _shares_by_place(head: PlaceHead, first: FirstPass, codes: Collection[str]) -> dict[str, Shares]:
    """Those of the places with these `codes`."""
    found: dict[str, Shares] = {}
    for candidate in first.candidates:
        if candidate.code in codes:
            names, shares = head.scorer.shares(candidate.bags)
            found[candidate.code] = [
                (term, share)
                for (field, word), share in zip(names, shares[:, 0].tolist(), strict=True)
                if (term := _term(field, word)) is not None
            ]
    return found


def _term(field: str, word: str) -> str | None:
    """The term of a word of a candidate's field; None for one that is no term, such as a measure."""
    if field in ("document", "title", "window"):
        return word
    beside = _BESIDE.fullmatch(word) if field == "near" else None
    return beside[1] if beside else None


def _shares_by_sector(head: SectorHead, first: FirstPass) -> dict[str, Shares]:
    names, shares = head.scorers[first.language].linear.shares(first.terms)
    terms = [term for _, term in names]
    return {
        label: list(zip(terms, shares[:, output].tolist(), strict=True))
        for output, label in enumerate(head.labels)
    }


class _Source:
    """From spans of a document to spans of the input that it was read from."""

    def __init__(self, assessed: Assessment) -> None:
        self._document = assessed.document
        self._parts: Mapping[str, str] = {"title": assessed.title or "", "text": assessed.text}
        # Such a document has it as title and as text.
        self._headline = lone_headline(assessed.text, assessed.title)

    def span(self, start: int, end: int) -> Span:
        """The span of the input; what a document has twice has the same."""
        part, first, last = self._document.source(start, end)
        if self._headline is not None:
            part = "text" if self._headline in self._parts["text"] else "title"
            begins = self._parts[part].index(self._headline)
            first, last = first + begins, last + begins
        return Span(part, first, last, self._parts[part][first:last])


class _Words:
    """Where names and terms of a document stand in the input."""

    def __init__(self, analysis: Analysis, source: _Source) -> None:
        self._analysis = analysis
        self._source = source
        tokens = analysis.tokens
        self._by_term: dict[str, list[tuple[int, int]]] = {}
        for start, surface, terms in zip(tokens.starts, tokens.surfaces, tokens.terms, strict=True):
            for term in terms:
                self._by_term.setdefault(term, []).append((start, start + len(surface)))

    def mentions(self, code: str) -> tuple[Span, ...]:
        """Where a place is named."""
        return self._spans((m.start, m.end) for m in self._analysis.by_code[code])

    def reasons(self, shares: Shares, most: int) -> tuple[Reason, ...]:
        """The `most` terms that add most either way."""
        weights: dict[str, float] = {}
        for term, share in shares:
            if term in self._by_term:
                weights[term] = weights.get(term, 0.0) + share
        ranked = nsmallest(max(most, 0), weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        ranked.sort(key=lambda item: -item[1])
        return tuple(Reason(term, weight, self._spans(self._by_term[term])) for term, weight in ranked)

    def _spans(self, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(dict.fromkeys(self._source.span(*place) for place in places))
