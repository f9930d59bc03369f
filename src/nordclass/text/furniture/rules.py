"""The patterns of page furniture, read from ``data/furniture.toml`` and made ready for matching.

The table is written in a small language of phrases (a space stands for optional white space, ``#`` for a
number, ``…`` for up to 40 characters); here phrases become regular expressions in which every repetition is
bounded, so that matching stays linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_TABLE = Path(__file__).parent.parent / "data" / "furniture.toml"
_GAP = r"[ \t\u00a0]{0,2}"
_NUMBER = r"[\d.,:/\-]{1,20}"
_ANY = r"[^\n]{0,40}?"
_NAME = r"[가-힣]{2,4}"
TAG = r"#[^\W\d_][\w·]{0,29}"
"""A hashtag."""
_EMAIL = r"[\w.+\-]{1,40}@[\w\-]{1,40}(?:\.[\w\-]{1,20}){1,4}"

DECORATION = r"[\s\[\]<>〈〉《》【】()◇◆■□▶▷►▸▹●○★☆※◈◀▲▼#*=~⊙☞·•\-–—]"
"""What may stand around a heading: brackets, arrows, bullets."""

_DECORATION_CHARS = frozenset(" \t\u00a0[]<>〈〉《》【】()◇◆■□▶▷►▸▹●○★☆※◈◀▲▼#*=~⊙☞·•-–—")


@dataclass(frozen=True)
class Lazy:
    """A regular expression that is compiled when first used: one document needs few of them."""

    source: str
    flags: int = 0
    words: tuple[str, ...] = ()
    """Words (lower case) that every match contains."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        return re.compile(self.source, self.flags)


@dataclass(frozen=True)
class Anchored:
    """Patterns and literals (lower case), one of which every match contains: looked for first, being cheap.

    ``near``: the patterns are tried only so many characters before and after the literal; 0: everywhere.
    """

    literals: tuple[str, ...]
    sources: tuple[Lazy, ...]
    near: tuple[int, int] = (0, 0)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """All patterns."""
        return tuple(source.compiled for source in self.sources)

    def anchors(self, lowered: str) -> bool:
        """Whether a text in lower case holds one of the literals."""
        return any(literal in lowered for literal in self.literals)


@dataclass(frozen=True)
class Opening:
    """A pattern for the beginning of a line, and the pairs of letters with which the line must begin."""

    heads: frozenset[str]
    source: Lazy

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern."""
        return self.source.compiled

    def match(self, text: str, head: str) -> re.Match[str] | None:
        """Match the pattern at the beginning of ``text``, whose :func:`head_of` is ``head``."""
        return self.pattern.match(text) if head in self.heads or head[:1] in self.heads else None


@dataclass(frozen=True)
class Rules:
    """The compiled table; the fields carry the names of its groups."""

    controls: frozenset[str]
    sections: frozenset[str]
    menu: frozenset[str]
    """Controls and sections."""
    papers: frozenset[str]
    items: frozenset[str]
    counters: frozenset[str]
    stamp: Opening
    strong: Opening
    strong_end: Lazy
    weak: Opening
    box: Opening
    alone: frozenset[str]
    teaser: Opening
    run_on: Anchored
    tickers: frozenset[str]
    digests: tuple[str, ...]
    closing: frozenset[str]
    perhaps_closing: frozenset[str]
    summary: Opening
    start: Opening
    foot: Opening
    end: Anchored
    weather: frozenset[str]
    markets: frozenset[str]
    contact_heading: Opening
    contact_names: frozenset[str]
    contact_reach: frozenset[str]
    contact_columns: frozenset[str]
    """All headings of columns and rows of a contact table, among them those of the last two."""
    contact_word: Lazy
    contact_lead: Lazy
    reporter_line: Lazy
    dateline_wires: tuple[str, ...]
    """The agencies of English datelines, as they write themselves."""
    wires: frozenset[str]
    """These and others, small."""
    notices: Mapping[str, tuple[Lazy, ...]]
    """Phrases by their longest word (lower case), as are the next four."""
    bans: Mapping[str, tuple[Lazy, ...]]
    appeals: Mapping[str, tuple[Lazy, ...]]
    tails: Mapping[str, tuple[Lazy, ...]]
    openings: Mapping[str, tuple[Lazy, ...]]
    inline: tuple[Anchored, ...]
    site_words: tuple[str, ...]
    site_ends: tuple[str, ...]
    site_names: frozenset[str]
    site_offices: tuple[str, ...]
    site_foreign_offices: tuple[str, ...]
    site_parts: frozenset[str]
    site_tails: tuple[str, ...]
    site_fields: tuple[str, ...]
    """What stands before one of the last and makes no name of it: 디지털 before 경제."""
    tags: frozenset[str]
    round_tags: frozenset[str]
    """The tags that may stand in round brackets."""
    languages: frozenset[str]
    own_languages: frozenset[str]
    """Of these, the ones that are called as they call themselves."""
    picture_wires: tuple[str, ...]

    def at_home(self, words: Iterable[str]) -> int:
        """How many of some words (:func:`key`) are at home in menus only: buttons and words of papers."""
        return sum(word in self.controls or word in self.papers for word in words)

    def words_in(self, lowered: str) -> frozenset[str]:
        """Which words of the phrases and literals of ``run_on`` a text in lower case holds."""
        words, automaton = self._words
        found = automaton.find_matches_as_indexes(lowered, overlapping=True)
        return frozenset([words[index] for index, _, _ in found])

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], AhoCorasick]:
        """All of them, looked for in one pass."""
        from ahocorasick_rs import AhoCorasick

        words = tuple(
            sorted(
                {*self.notices, *self.bans, *self.appeals, *self.tails, *self.openings, *self.run_on.literals}
            )
        )
        return words, AhoCorasick(words)


def phrase(text: str) -> str:
    """Return the regular expression (source) of one phrase of the table."""
    return " ".join(text.split()).translate(_WILD)


_WILD = str.maketrans(
    {char: re.escape(char) for char in map(chr, range(128))}
    | {" ": _GAP, "#": _NUMBER, "…": _ANY, "'": "['‘’`]"}
)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return a menu word, small, without spaces, signs and digits: ``글자크기 가+`` -> ``글자크기가``."""
    return "".join(filter(str.isalpha, text.lower()))


def small(text: str) -> str:
    """Return a line small, with single blanks: as whole lines are looked up."""
    return " ".join(text.lower().split())


def head_of(text: str) -> str:
    """Return the first two letters of a line, small, undecorated: ``[많이 본 뉴스]`` -> ``많이``."""
    for at, char in enumerate(text[:12]):
        if char not in _DECORATION_CHARS:
            return text[at : at + 3].replace(" ", "")[:2].lower()
    return text[:1]


def _any_of(phrases: Iterable[str]) -> str:
    """Longest first, so that 관련기사 더보기 is tried before 관련기사."""
    return "(?:" + "|".join(phrase(text) for text in sorted(phrases, key=len, reverse=True)) + ")"


def _compile(source: str) -> Lazy:
    return Lazy(source, re.IGNORECASE)


def _opening(source: str, phrases: Iterable[str]) -> Opening:
    return Opening(frozenset(map(head_of, phrases)), _compile(source))


def _literal(text: str) -> Lazy:
    """A phrase; without capital and small letters the search for it is much faster."""
    flags = re.IGNORECASE if text.upper() != text.lower() else 0
    return Lazy(phrase(text), flags, _words_of(text))


def _words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, small: what every match of it contains."""
    return tuple(filter(None, re.split("[ #…']", text.lower())))


def _by_word(phrases: Iterable[str]) -> dict[str, tuple[Lazy, ...]]:
    """Phrases by their longest word, counted in bytes: 학습 is rarer than ai, which is in said."""
    found: dict[str, tuple[Lazy, ...]] = {}
    for literal in map(_literal, phrases):
        word = max(literal.words, key=lambda word: len(word.encode()))
        found[word] = (*found.get(word, ()), literal)
    return found


def _inline(table: dict[str, dict[str, list[str]]]) -> tuple[Anchored, ...]:
    """Spans inside a line: Korean datelines, reporters' addresses, credits, telephone numbers, tags."""
    people = table["people"]
    who = rf"{_NAME}(?: ?[·,]? ?{_NAME}){{0,3}} ?" + _any_of(people["reporters"])
    agency = rf"(?:[가-힣A-Za-z]{{2,5}} ?/ ?)?[가-힣A-Za-z0-9]{{0,8}}{_any_of(people['agencies'])}"
    byline = rf"(?: {{0,2}}{who} {{0,2}}= {{0,2}})"
    paper = rf"{agency}[\])】]{byline}?|[가-힣A-Za-z0-9]{{2,12}}[\])】]{byline}"
    dateline = rf"[\[(【][가-힣·]{{2,10}}(?: ?\( ?[가-힣]{{2,8}} ?\))? ?= ?(?:{paper}) ?"
    signed = rf"[\[(【](?:[가-힣A-Za-z]{{2,12}}[ =ㅣ|·]{{1,3}}){{0,3}}{who}(?: ?{_EMAIL})?[\])】] ?"
    address = rf"(?:[/ㅣ|] ?)?(?:{who} ?[=/|]? ?|(?<=[.\s\])>])){_EMAIL}(?=\s{{0,3}}(?:$|\n|[\[■▶※ⓒ©]))"
    post = _any_of(people["posts"])
    sent = rf"{post} ?= ?{_NAME} ?특파원"
    says = r"(?:입니다|의 보도입니다|이 [가-힣 ]{0,8}(?:보도|전|취재)[가-힣]{1,3}니다)\.?"
    sign = rf"{post}(?:에서)? {_NAME} ?특파원{says}"
    given = "".join(rf"(?<!{what})(?<!{what} )" for what in people["given"])
    bracketed = _any_of(table["credits"]["bracketed"])
    bracketed = bracketed.replace(rf"{_ANY}{_GAP}제공", rf"{_ANY}{_GAP}(?<![\[(【<]){given}제공")
    bracketed = bracketed.replace(rf"{_ANY}{_GAP}캡처", rf"{_ANY}{_GAP}(?<![\[(【<])캡처")
    bracketed = bracketed.replace(_ANY, r"[^\n\[\]()]{0,40}?")
    credit = rf"[\[(【<]\s?{bracketed}\s?[\])】>]"
    phone = r"\(\s?[☎☏][^\n()]{0,5}[\d\-~,. )]{7,30}\)"
    rest = r"(?:/ ?|(?<=\. )|(?<=[다요] ))사진 ?[=:] ?[^\n.=]{1,20}$"
    tags = rf"(?<![&/]){TAG}(?:[ \t]{{0,3}}{TAG}){{1,30}}(?=[ \t]{{0,3}}(?:$|[*※■▶☞<]|기사 ?문의))"
    brackets, flags = ("[", "(", "【", "<"), re.IGNORECASE | re.MULTILINE
    asked = tuple(people["requests"])
    return (
        Anchored(("=",), (Lazy(dateline, flags),)),
        Anchored(("@",), (Lazy(address, flags),), (80, 150)),
        Anchored(asked, (Lazy(_request(asked)),), (80, 400)),
        Anchored(("특파원",), (Lazy(sign), Lazy(sent)), (20, 20)),
        Anchored(("☎", "☏"), (Lazy(phone),)),
        Anchored(("사진=", "사진 =", "사진:", "사진 :"), (Lazy(rest, flags),), (4, 40)),
        Anchored(brackets, (Lazy(signed, flags), Lazy(credit, flags))),
        Anchored(("#",), (Lazy(tags, re.MULTILINE),)),
    )


def _request(asked: Iterable[str]) -> str:
    """이 보도자료와 관련하여 … 취재를 원하시면 … 연락 바랍니다, over some lines; else to the end of one."""
    about = r"자료와? ?관련(?:하여|해|한)[^\n]{0,40}"
    far = r"(?:(?!다\.)[^\n]){0,160}"
    please = r"(?:연락|문의)[^\n.]{0,12}(?:바랍|주십|주세)[가-힣]{1,2}\.?"
    head = rf"[^\n.]{{0,30}}(?:{about}|취재를? ?){_any_of(asked)}"
    return rf"{head}(?:{far}(?:\n{{1,2}}{far}){{0,3}}?{please}|{far})"


def _run_on(phrases: list[str], headings: list[str]) -> Anchored:
    """Headings of lists of other articles where they follow a sentence, or arrows, or begin a line."""
    words = _any_of(phrases)
    korean = _any_of(text for text in phrases if not text.isascii())
    english = _any_of(text for text in phrases + headings if text.isascii())
    before = r"(?:[▶▷►▸☞■◆※\[【<〈] ?|(?<=[.!?][ \u00a0])|(?<=[.!?][\"”'’)] ))"
    after = rf"{_GAP}[\]】>〉:：▶▷►▸·|]"
    listed = rf"(?<=\s){words}[:：](?=[^\n]{{1,120}}[|▶▷►▸])"
    colons = [f"{text}{colon}" for text in headings for colon in ":："]
    literals = {form for text in phrases + colons for form in (text.lower(), text.lower().replace(" ", ""))}
    source = rf"{before}(?:{words}{after}|{korean}\s)|{listed}|(?:{before}|(?<=\n)){english}[:：]"
    return Anchored(tuple(sorted(literals)), (_compile(source),))


@cache
def load_rules() -> Rules:
    """Read and compile the table, once a process.

    Raises:
        OSError: the table is missing from the installation.
        tomllib.TOMLDecodeError: the table was mended into something that is not TOML.
    """
    table: dict[str, dict[str, list[str]]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    words, lists, notices, people = table["words"], table["lists"], table["notices"], table["people"]
    sites, tags = table["sites"], table["tags"]
    stamps, starts = table["stamps"], notices["starts"] + table["credits"]["lines"]
    boxes, summaries = _any_of(lists["boxes"]), _any_of(lists["summaries"])
    lead, tail = rf"{DECORATION}{{0,6}}", r"(?=[^\w]|$)"
    return Rules(
        controls=frozenset(map(key, words["controls"])),
        sections=frozenset(map(key, words["sections"])),
        menu=frozenset(map(key, words["controls"] + words["sections"])),
        papers=frozenset(map(key, words["papers"])),
        items=frozenset(map(key, words["items"])),
        counters=frozenset(map(key, words["counters"])),
        stamp=_opening(rf"{lead}(?:{_any_of(stamps['starts'])}){tail}", stamps["starts"]),
        strong=_opening(rf"{lead}(?:{_any_of(lists['strong'])}){tail}", lists["strong"]),
        strong_end=_compile(rf"[^\n]{{1,24}}{_any_of(lists['strong_ends'])}{DECORATION}{{0,4}}$"),
        weak=_opening(rf"{lead}{_any_of(lists['weak'])}{_GAP}(?=[:：\]>▸▶›◂]|$)", lists["weak"]),
        box=_opening(
            rf"[\[<【★] ?{boxes} ?[\]>】★]|(?:[■※▶▷] ?)?{boxes}(?: ?[:：|▶]|\s{{2}})",
            lists["boxes"],
        ),
        alone=frozenset(map(small, lists["alone"] + stamps["alone"])),
        teaser=_opening(rf"[\[<【〈] ?{_any_of(lists['teasers'])} ?[\]>】〉]", lists["teasers"]),
        run_on=_run_on(lists["run_on"], lists["headings"]),
        tickers=frozenset(map(small, lists["tickers"])),
        digests=tuple(map(small, lists["digests"])),
        closing=frozenset(map(small, lists["closing"])),
        perhaps_closing=frozenset(map(small, lists["perhaps_closing"])),
        summary=_opening(rf"{lead}{summaries}{DECORATION}{{0,6}}[:：]?$", lists["summaries"]),
        start=_opening(_any_of(starts), starts),
        foot=_opening(lead + _any_of(notices["foot"]), notices["foot"]),
        end=Anchored(
            tuple(max(_words_of(text), key=len) for text in notices["ends"]),
            (_compile(_any_of(notices["ends"]) + "$"),),
        ),
        weather=frozenset(map(key, table["figures"]["weather"])),
        markets=frozenset(map(key, table["figures"]["markets"])),
        contact_heading=_opening(
            rf"{lead}{_any_of(people['contacts'])}{DECORATION}{{0,3}}[:：]?$",
            people["contacts"],
        ),
        contact_names=frozenset(map(key, people["contacts"])),
        contact_reach=frozenset(map(key, people["contact_reach"])),
        contact_columns=frozenset(
            map(key, people["contacts"] + people["contact_reach"] + people["contact_columns"])
        ),
        contact_word=_compile(_any_of(people["contact_words"])),
        contact_lead=_compile(rf"{lead}[^\n]{{0,10}}?{_any_of(people['contact_leads'])}"),
        reporter_line=_compile(rf"(?:{_NAME} ?)(?:{_any_of(people['reporters'])})(?: ?[|/ㅣ·]? ?{_EMAIL})?$"),
        dateline_wires=tuple(people["wires"]),
        wires=frozenset(map(small, people["wires"] + people["more_wires"])),
        notices=_by_word(notices["anywhere"]),
        bans=_by_word(notices["bans"]),
        appeals=_by_word(notices["appeals"]),
        tails=_by_word(notices["tails"]),
        openings=_by_word(notices["openings"]),
        inline=_inline(table),
        site_words=tuple(map(small, sites["words"])),
        site_ends=tuple(map(small, sites["ends"])),
        site_offices=tuple(map(small, sites["offices"] + sites["foreign_offices"])),
        site_foreign_offices=tuple(map(small, sites["foreign_offices"])),
        site_names=frozenset(map(small, sites["names"])),
        site_parts=frozenset(map(key, sites["parts"])),
        site_tails=tuple(sites["tails"]),
        site_fields=tuple(sites["fields"]),
        tags=frozenset(map(key, tags["square"] + tags["round"])),
        round_tags=frozenset(map(key, tags["round"])),
        languages=frozenset(map(small, words["languages"] + words["own_languages"])),
        own_languages=frozenset(map(small, words["own_languages"])),
        picture_wires=tuple(table["credits"]["wires"]),
    )
