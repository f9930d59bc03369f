"""Says which words of a document stand behind its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from nordclass.mentions.candidates import Analysis, analyse, features
from nordclass.mentions.finder import REGION_MARK
from nordclass.model.heads import PlaceHead, SectorHead, sector_terms
from nordclass.result import KINDS, Explained, Reason, Span
from nordclass.text.document import Document
from nordclass.text.headline import lone_headline

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier

_BESIDE = re.compile(r"(?:list )?[LR]\d* (.+)")
"""What stands right beside a mention, in the field `near` of a candidate: side, distance and term."""


def explain(
    classifier: Classifier, text: str, title: str | None, most: int, all_scores: bool
) -> tuple[Explained, ...]:
    """The labels of a document, each with the words behind it (`Classifier.explain`)."""
    kinds, document = classifier.scored(text, title=title)
    picked = [scored.labels if all_scores else scored.told() for scored in kinds]
    if not any(picked):
        return ()
    analysis = analyse(document, classifier.lexicon)
    words = _Words(analysis, _Source(text, title, document))
    by_place = _shares_by_place(classifier.places, analysis) if classifier.places else {}
    by_sector = _shares_by_sector(classifier.sectors, analysis) if classifier.sectors else {}
    found = []
    for kind, labels in zip(KINDS, picked, strict=True):
        for label in labels:
            if kind == "sectors":
                reasons = words.reasons(by_sector[label.code], most)
                found.append(Explained(kind, label, (), reasons))
            else:
                code = REGION_MARK + label.code if kind == "regions" else label.code
                reasons = words.reasons(by_place[code], most)
                found.append(Explained(kind, label, words.mentions(code), reasons))
    return tuple(found)


Shares = list[tuple[str, float]]
"""Terms, each with what it adds to a linear score; a term may stand there several times."""


def _shares_by_place(head: PlaceHead, analysis: Analysis) -> dict[str, Shares]:
    found = {}
    for candidate in features(analysis):
        shares = []
        for field, word, share in head.scorer.shares(candidate.bags, 0):
            if field in ("document", "title", "window"):
                shares.append((word, share))
            elif field == "near" and (beside := _BESIDE.fullmatch(word)):
                shares.append((beside[1], share))
        found[candidate.code] = shares
    return found


def _shares_by_sector(head: SectorHead, analysis: Analysis) -> dict[str, Shares]:
    scorer = head.scorers.get(analysis.document.language)
    if scorer is None:
        return {}
    bags = sector_terms(analysis)
    return {
        label: [(term, share) for _, term, share in scorer.linear.shares(bags, output)]
        for output, label in enumerate(head.labels)
    }


class _Source:
    """From spans of a document to spans of the input that it was read from."""

    def __init__(self, text: str, title: str | None, document: Document) -> None:
        self._document = document
        self._parts: Mapping[str, str] = {"title": title or "", "text": text}
        self._headline = lone_headline(text, title)  # such a document has it as title and as text

    def span(self, start: int, end: int) -> Span | None:
        """The span of the input; None for what is there a second time."""
        part, first, last = self._document.source(start, end)
        if self._headline is not None:
            if part == "text":
                return None
            part = "text" if self._parts["text"].strip() else "title"
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
        ranked = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))[: max(most, 0)]
        ranked.sort(key=lambda item: -item[1])
        return tuple(Reason(term, weight, self._spans(self._by_term[term])) for term, weight in ranked)

    def _spans(self, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        spans = (self._source.span(*place) for place in places)
        return tuple(dict.fromkeys(span for span in spans if span is not None))
