"""Changes of an article that must not change its labels."""
# ruff: noqa: E501 - texts of a paragraph

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nordclass.text.furniture.spans import furniture

sys.path.append(str(Path(__file__).resolve().parent.parent / "text" / "furniture"))

from pages import ENGLISH_TEMPLATES, KOREAN_TEMPLATES

Article = tuple[str, str]
"""Title and text."""

Change = Callable[[Article], Article | None]
"""Gives the changed article; None where there is nothing to change."""

UNRELATED = {
    "ko": "\n\n한편 시는 이번 주말 강변 공원에서 열리는 벚꽃 축제에 시민 3만 명이 찾을 것으로 보고 임시 주차장 네 곳을"
    " 열기로 했다.",
    "en": "\n\nMeanwhile the city expects thirty thousand visitors at the cherry blossom festival in the riverside park this"
    " weekend and will open four temporary car parks.",
}
"""A paragraph about nothing foreign."""

HANJA = {
    **{"미국": "美", "중국": "中", "일본": "日", "영국": "英"},
    **{"독일": "獨", "프랑스": "佛", "러시아": "露", "인도": "印"},
}


def language(article: Article) -> str:
    return "ko" if re.search("[가-힣]", article[1][:500]) else "en"


def clean(article: Article) -> bool:
    """Whether the article has no furniture of its own."""
    return not furniture(f"{article[0]}\n\n{article[1]}")


def page(article: Article, number: int) -> Article:
    """The article within a page of furniture; the title stands in the text, as on a saved page."""
    templates = [
        template
        for template in (KOREAN_TEMPLATES if language(article) == "ko" else ENGLISH_TEMPLATES).values()
        if "{title}" in template and "{body}" in template  # the others change the article itself
    ]
    template = re.sub("[⟦⟧]", "", templates[number % len(templates)])
    return "", template.replace("{title}", article[0]).replace("{body}", article[1])


def capitals(article: Article) -> Article | None:
    return None if language(article) == "ko" else (article[0].upper(), article[1])


def title_case(article: Article) -> Article | None:
    if language(article) == "ko":
        return None
    return re.sub(r"\b[a-z]", lambda m: m.group().upper(), article[0]), article[1]


def full_width(article: Article) -> Article:
    table = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
    return article[0].translate(table), article[1].translate(table)


def hanja(article: Article) -> Article | None:
    """Names in the title as newspapers abbreviate them."""
    title = article[0]
    for name, sign in HANJA.items():
        title = re.sub(f"(?<![가-힣]){name}(?![가-힣])", sign, title)
    return None if title == article[0] else (title, article[1])


def hangul(article: Article) -> Article | None:
    """The other way: hanja of the title written out."""
    title = article[0]
    for name, sign in HANJA.items():
        title = re.sub(f"(?<![가-힣\u4e00-\u9fff]){sign}(?![가-힣\u4e00-\u9fff])", name, title)
    return None if title == article[0] else (title, article[1])


def spacing(article: Article) -> Article | None:
    """One blank in ten between Hangul words forgotten, as hasty writers do."""
    if language(article) != "ko":
        return None
    chance = random.Random(len(article[1]))
    text = re.sub("(?<=[가-힣]) (?=[가-힣])", lambda m: "" if chance.random() < 0.1 else " ", article[1])
    return article[0], text


def doubled(article: Article) -> Article:
    return article[0], f"{article[1]}\n\n{article[1]}"


def appended(article: Article) -> Article:
    return article[0], article[1] + UNRELATED[language(article)]


def quotes(article: Article) -> Article:
    """Typographic quotation marks, apostrophes and dashes."""

    def typographic(text: str) -> str:
        text = re.sub(r'(?<!\S)"', "“", text).replace('"', "”")
        return re.sub(r"(?<!\S)'", "‘", text).replace("'", "’").replace(" - ", " – ")

    return typographic(article[0]), typographic(article[1])


def nfd(article: Article) -> Article:
    return unicodedata.normalize("NFD", article[0]), unicodedata.normalize("NFD", article[1])


def nfc(article: Article) -> Article:
    return unicodedata.normalize("NFC", article[0]), unicodedata.normalize("NFC", article[1])


def line_ends(article: Article) -> Article:
    """Line ends of Windows, and blanks that do not break."""
    return article[0], article[1].replace("\n", "\r\n").replace(" ", "\u00a0")


CHANGES: Mapping[str, Change] = {
    "title in capitals": capitals,
    "title in title case": title_case,
    "full-width letters and digits": full_width,
    "hanja for names in the title": hanja,
    "names for hanja in the title": hangul,
    "one blank in ten forgotten": spacing,
    "text doubled": doubled,
    "unrelated paragraph appended": appended,
    "typographic quotes and dashes": quotes,
    "NFD": nfd,
    "NFC": nfc,
    "CRLF and non-breaking blanks": line_ends,
}
FURNITURE = "furniture of a page around it"
KEPT = "unrelated paragraph appended"
"""Here the labels of the article must remain; more may come."""


@dataclass
class Figure:
    """How often answers stayed: documents, and those whose places and whose sectors did."""

    documents: int = 0
    places: int = 0
    sectors: int = 0

    def add(self, places: bool, sectors: bool) -> None:
        self.documents += 1
        self.places += places
        self.sectors += sectors

    @property
    def place_share(self) -> float:
        return self.places / self.documents

    @property
    def sector_share(self) -> float:
        return self.sectors / self.documents


def told(result: Any, *kinds: str) -> set[tuple[str, str]]:
    return {(kind, label.code) for kind in kinds for label in getattr(result, kind)}


def same(before: Any, after: Any, change: str) -> tuple[bool, bool]:
    """Whether places and sectors stayed."""
    answers = []
    for kinds in (("countries", "regions"), ("sectors",)):
        one, other = told(before, *kinds), told(after, *kinds)
        answers.append(one <= other if change == KEPT else one == other)
    return answers[0], answers[1]
