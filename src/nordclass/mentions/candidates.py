"""Candidates: the places that a document names, with what is known of each before any learning.

Nothing here depends on which country a candidate is, so that swapping one country for another through a
document changes no feature. Regions, which are few, keep their identity as a feature.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Final

from nordclass.mentions.finder import Mention, find
from nordclass.taxonomy.names import is_region
from nordclass.taxonomy.places import HOME
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon
from nordclass.text.terms import Tokens, mask, tokenize

_WINDOW: Final = 8
_NEAR: Final = 3
_LIST_GAP: Final = 6
_LINE_PART: Final = 1000
_LIST_MARKS: Final = "·,-/~()와과및and 등\n"
_NOTE_MARKS: Final = ("*", "※")
_LINE_MARKS: Final = " ·-*※□ㅇ○▷▶◈◇◆■●△(<[0123456789."


@dataclass(frozen=True)
class Analysis:
    """A document, its mentions, and its tokens with names masked."""

    document: Document
    mentions: Sequence[Mention]
    tokens: Tokens
    by_code: Mapping[str, Sequence[Mention]]

    @cached_property
    def title_tokens(self) -> int:
        """How many tokens belong to the title."""
        return bisect_left(self.tokens.starts, self.document.title_end)

    @cached_property
    def terms(self) -> list[str]:
        """The terms of all tokens, in order."""
        return list(chain.from_iterable(self.tokens.terms))

    @cached_property
    def title_terms(self) -> list[str]:
        """The terms of the title's tokens, in order."""
        return list(chain.from_iterable(self.tokens.terms[: self.title_tokens]))


def analyse(document: Document, lexicon: Lexicon, *, mask_names: bool = True) -> Analysis:
    """Find the mentions of `document` and its tokens, in which names are masked unless told otherwise."""
    mentions = find(document.text)
    masked = mask(document.text, [(m.start, m.end) for m in mentions] if mask_names else [])
    by_code: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_code.setdefault(mention.code, []).append(mention)
    return Analysis(document, mentions, tokenize(masked, lexicon), by_code)


NUMBERS: Final = (
    "count",
    "share",
    "rank by count",
    "rank by place",
    "first offset",
    "places named",
    "in title",
    "titled others",
    "home in title",
    "beside home",
    "least list",
    "most list",
    "alone",
    "sentences",
    "by name",
    "by city",
    "by person or body",
    "by demonym",
    "by hanja",
    "by pair",
    "in notes",
    "in brackets",
    "opens line",
    "relative offset",
    "list begins",
)
"""Names of the dense features of a candidate."""

Bag = Sequence[str] | Mapping[str, float]
"""Terms, with repeats; or how often each stands there; or measures by name."""


@dataclass(frozen=True)
class Candidate:
    """A place that a document names, with its features.

    `bags` by field: `measure` (bucketed numbers and their conjunctions), `near` (terms and endings right
    around its mentions, with side and distance), `window` (terms within eight tokens), `title` (terms of
    the title, if it is named there), `document` (all terms). `numbers` follows NUMBERS; `peers` are the
    codes named in the same lists. `beside` are the terms right around its mentions: on the left, on the
    right, and around its lists. `lengths` says how many terms of `near`, and of `window`, belong to each of
    its mentions; they stand there in the order of these.
    """

    code: str
    bags: Mapping[str, Bag]
    numbers: Sequence[float]
    peers: frozenset[str]
    beside: tuple[Sequence[str], Sequence[str], Sequence[str]]
    lengths: tuple[Sequence[int], Sequence[int]]

    @property
    def is_region(self) -> bool:
        """Whether it is a region rather than a country."""
        return is_region(self.code)


def features(analysis: Analysis, terms: Bag | None = None) -> Iterator[Candidate]:
    """The candidates of a document, the home country excepted, in order of first mention.

    `terms` are all terms of the document, for a caller that has counted them.
    """
    view = _DocumentView(analysis, analysis.terms if terms is None else terms)
    for code in analysis.by_code:
        if code != HOME:
            yield _CandidateView(view, code).candidate()


class _DocumentView:
    """What all candidates of a document share."""

    def __init__(self, analysis: Analysis, terms: Bag) -> None:
        self.analysis = analysis
        self.terms = terms
        self.title_terms = analysis.title_terms
        self.stops = [analysis.tokens.starts[i] for i in sorted(analysis.tokens.stops)]
        title_end = analysis.document.title_end
        self.in_title = {m.code for m in analysis.mentions if m.start < title_end and m.code != HOME}
        self.counts = Counter(m.code for m in analysis.mentions if m.code != HOME)
        self.total = self.counts.total()
        self.by_count = {code: rank for rank, (code, _) in enumerate(self.counts.most_common())}
        self.by_place = {code: rank for rank, code in enumerate(self.counts)}
        self.home = Counter(m.start < title_end for m in analysis.mentions if m.code == HOME)
        self.home_starts = [m.start for m in analysis.by_code.get(HOME, ())]
        text = analysis.document.text
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.lists = self._lists()
        self.lengths = _lengths(text, {title_end, len(text), *(m.start for m in analysis.mentions)})

    def _lists(self) -> dict[int, list[Mention]]:
        """For the start of each mention the mentions of its list: a run of names with separators between."""
        text = self.analysis.document.text
        lists: dict[int, list[Mention]] = {}
        run: list[Mention] = []
        for mention in self.analysis.mentions:
            if run and not _listed(text[run[-1].end : mention.start], mention.start - run[-1].end):
                lists.update((m.start, run) for m in run)
                run = []
            run.append(mention)
        lists.update((m.start, run) for m in run)
        return lists

    def after_title(self, start: int) -> int:
        """How much text stands between the end of the title and a mention; below 0 in the title."""
        return self.lengths[start] - self.lengths[self.analysis.document.title_end]

    def share_before(self, start: int) -> float:
        """Which share of the text stands before a mention."""
        return self.lengths[start] / max(self.lengths[len(self.analysis.document.text)], 1)

    def line(self, at: int) -> str:
        """The line of offset `at`, up to there; of a very long one the beginning and the end."""
        text = self.analysis.document.text
        start = self.line_starts[bisect_right(self.line_starts, at) - 1]
        if at - start > 2 * _LINE_PART:
            return text[start : start + _LINE_PART].lstrip() + text[at - _LINE_PART : at]
        return text[start:at].lstrip()

    def line_opening(self, at: int) -> str:
        """The first character of the line of offset `at`, if before it; a placeholder for a name there."""
        text = self.analysis.document.text
        start = self.line_starts[bisect_right(self.line_starts, at) - 1]
        while start < at and text[start].isspace():
            start += 1
        if start == at:
            return "_"
        return "□" if start in self.lists else text[start]

    def sentence(self, at: int) -> tuple[int, int]:
        """Offsets of the sentence or line around offset `at`."""
        i = bisect_right(self.stops, at)
        return (
            self.stops[i - 1] if i else 0,
            self.stops[i] if i < len(self.stops) else len(self.analysis.document.text),
        )

    def names_home(self, sentence: tuple[int, int]) -> bool:
        """Whether the home country is named between these offsets."""
        at = bisect_left(self.home_starts, sentence[0])
        return at < len(self.home_starts) and self.home_starts[at] < sentence[1]


def _lengths(text: str, offsets: Iterable[int]) -> dict[int, int]:
    """How much of `text` stands before each of `offsets`: its characters without blanks, plus its words.

    "ab cd" counts 6. So furniture, which is blanked out, moves nothing. A word that an offset falls into
    counts before it.
    """
    lengths = {}
    start = total = 0
    for at in sorted(offsets):
        words = text[start:at].split()
        total += sum(map(len, words)) + len(words)
        if words and start and not (text[start - 1].isspace() or text[start].isspace()):
            total -= 1  # the first of them began before `start`
        lengths[at] = total
        start = at
    return lengths


def _listed(gap: str, distance: int) -> bool:
    """Whether two mentions with `gap` between them belong to one list (or share a span)."""
    return distance < 0 or (distance <= _LIST_GAP and not gap.strip(_LIST_MARKS))


def _bucket(value: float, edges: Sequence[float]) -> int:
    return bisect_right(edges, value)


_Context = tuple[list[str], list[str], tuple[list[str], list[str], list[str]], tuple[list[int], list[int]]]
"""The fields `near` and `window` of a candidate, what is `beside` it, and the `lengths`."""


class _CandidateView:
    """The features of one candidate of a document."""

    def __init__(self, view: _DocumentView, code: str) -> None:
        self.view = view
        self.code = code
        self.mentions = view.analysis.by_code[code]
        self.list_sizes = [len(view.lists[m.start]) for m in self.mentions]
        sentences = [view.sentence(m.start) for m in self.mentions]
        self.sentences = len(set(sentences))
        self.beside_home = sum(map(view.names_home, sentences)) / len(self.mentions)
        """Share of the mentions whose sentence names the home country too."""

    def candidate(self) -> Candidate:
        """The candidate with all its features."""
        near, window, beside, lengths = self._context()
        bags: dict[str, Bag] = {
            "measure": self._measures(),
            "near": near,
            "window": window,
            "title": self.view.title_terms if self.code in self.view.in_title else (),
            "document": self.view.terms,
        }
        lists = {id(found): found for own in self.mentions for found in [self.view.lists[own.start]]}
        peers = frozenset(m.code for found in lists.values() for m in found)
        return Candidate(self.code, bags, self._numbers(), peers - {self.code, HOME}, beside, lengths)

    def _numbers(self) -> tuple[float, ...]:
        view, mentions = self.view, self.mentions
        titled = self.code in view.in_title
        lists = self.list_sizes
        lines = [view.line(m.start) for m in mentions]
        kinds = Counter(m.form.kind for m in mentions)
        count = len(mentions)
        return (
            count,
            count / view.total,
            view.by_count[self.code],
            view.by_place[self.code],
            view.after_title(mentions[0].start),
            len(view.counts),
            titled,
            len(view.in_title) - titled,
            view.home[True] > 0,
            self.beside_home,
            min(lists),
            max(lists),
            sum(size == 1 for size in lists) / count,
            self.sentences,
            (kinds["name"] + kinds["short"] + kinds["old"]) / count,
            (kinds["city"] + kinds["capital"]) / count,
            (kinds["person"] + kinds["body"]) / count,
            kinds["demonym"] / count,
            kinds["hanja"] / count,
            (kinds["pair"] + kinds["compound"]) / count,
            sum(line.startswith(_NOTE_MARKS) for line in lines) / count,
            sum(line.rfind("(") > line.rfind(")") for line in lines) / count,
            sum(not line.strip(_LINE_MARKS) for line in lines) / count,
            view.share_before(mentions[0].start),
            view.after_title(min(view.lists[m.start][0].start for m in mentions)),
        )

    def _measures(self) -> list[str]:
        view, mentions = self.view, self.mentions
        language = view.analysis.document.language
        titled = self.code in view.in_title
        count = _bucket(len(mentions), (2, 3, 5, 9))
        others = _bucket(len(view.counts), (2, 3, 4, 6, 11))
        rank = min(view.by_count[self.code], 4)
        place = min(view.by_place[self.code], 4)
        share = _bucket(len(mentions) / view.total, (0.1, 0.2, 0.35, 0.5, 0.75, 1.0))
        first = view.after_title(mentions[0].start)
        where = 0 if titled else 1 + _bucket(first, (80, 200, 400, 800))
        title_others = min(len(view.in_title) - titled, 4)
        lists = self.list_sizes
        kinds = {m.form.kind for m in mentions}
        kind = "name" if kinds & {"name", "short", "old", "pair", "compound"} else min(kinds)
        alone = sum(size == 1 for size in lists) / len(lists)
        basic = [  # regions have weights of their own for these
            f"count {count}",
            f"others {others}",
            f"rank {rank}",
            f"place {place}",
            f"share {share}",
            f"where {where}",
            f"titled {titled}, others {title_others}",
            f"titled {titled}, candidates {others}",
            f"rank {rank}, candidates {others}",
            f"rank {rank}, titled {titled}, title {min(len(view.in_title), 3)}",
            f"count {count}, titled {titled}",
            f"count {count}, place {place}",
            f"least list {_bucket(min(lists), (2, 3, 4, 6, 11))}",
            f"most list {_bucket(max(lists), (2, 3, 4, 6, 11))}",
        ]
        words = [
            *basic,
            f"alone {_bucket(alone, (0.01, 0.34, 0.67, 1.0))}",
            f"kind {kind}",
            f"kind {kind}, count {count}",
            f"home {_bucket(view.home.total(), (1, 2, 4, 8))}",
            f"home in title {view.home[True] > 0}, titled {titled}",
            f"sentences {_bucket(self.sentences, (2, 3, 5))}",
            f"beside home {_bucket(self.beside_home, (0.01, 0.34, 0.67, 1.0))}",
        ]
        words += [f"form {kind}" for kind in sorted(kinds)]
        if is_region(self.code):
            words += ["region", f"region {self.code}", f"region {self.code}, titled {titled}"]
            words += [f"region form {form}" for form in sorted({m.form.text.lower() for m in mentions})]
            words += [f"region, {word}" for word in basic]
        return words + [f"{language}, {word}" for word in words]

    def _context(self) -> _Context:
        near: list[str] = []
        window: list[str] = []
        left: list[str] = []
        right: list[str] = []
        around_list: list[str] = []
        ends = [(0, 0)]
        tokens = self.view.analysis.tokens
        text = self.view.analysis.document.text
        for mention in self.mentions:
            at = bisect_right(tokens.starts, mention.start) - 1
            if at not in tokens.masked:
                ends.append(ends[-1])
                continue
            near.append(f"ends {_ending(text, mention.end)}")
            near.append(f"begins {_opening(text, mention.start)}")
            self._side(at, 1, near, window, right)
            self._side(at, -1, near, window, left)
            members = self.view.lists[mention.start]
            if len(members) > 1:
                near.append(f"list ends {_ending(text, members[-1].end)}")
                for start, step, side in ((members[-1].start, 1, "R"), (members[0].start, -1, "L")):
                    beyond = self._beyond(start, step)
                    near += [f"list {side} {term}" for term in beyond]
                    around_list += beyond
            near.append(f"line {self.view.line_opening(mention.start)}")
            ends.append((len(near), len(window)))
        lengths = [[stop - start for start, stop in pairwise(part)] for part in zip(*ends, strict=True)]
        return near, window, (left, right, around_list), (lengths[0], lengths[1])

    def _beyond(self, start: int, step: int) -> list[str]:
        """Terms next to the end of a list whose last (or first) mention starts at `start`."""
        tokens = self.view.analysis.tokens
        at = bisect_right(tokens.starts, start) - 1 + step
        found: list[str] = []
        for _ in range(_NEAR):
            if not 0 <= at < len(tokens.terms) or at in tokens.stops:
                break
            found += tokens.terms[at]
            at += step
        return found

    def _side(self, at: int, step: int, near: list[str], window: list[str], beside: list[str]) -> None:
        """Collect the terms on one side of token `at`, up to the end of its sentence."""
        tokens = self.view.analysis.tokens
        side = "R" if step > 0 else "L"
        distance = 0
        i = at + step
        while 0 <= i < len(tokens.terms) and distance < _WINDOW and i not in tokens.stops:
            if i in tokens.masked:
                if distance < _NEAR:
                    near.append(f"{side}{distance} □")
                distance += 1
            for term in tokens.terms[i]:
                if distance < _NEAR:
                    near.append(f"{side}{distance} {term}")
                    near.append(f"{side} {term}")
                    beside.append(term)
                window.append(term)
            if tokens.terms[i]:
                distance += 1
            i += step


def _ending(text: str, end: int) -> str:
    """What is written right behind a mention: a particle, up to three syllables, or a mark."""
    stop = end
    while stop < len(text) and stop - end < 3 and "가" <= text[stop] <= "힣":
        stop += 1
    return text[end:stop] if stop > end else text[end : end + 1].strip() or "_"


def _opening(text: str, start: int) -> str:
    """What is written right before a mention: one syllable or mark, or a blank."""
    return text[start - 1 : start].strip() or "_"
