"""Furniture inside a line: datelines, addresses of reporters, credits, headings of lists amid a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nordclass.text.furniture.phrases import ANY, GAP, Anchored, Lazy, any_of, caseless

NAME: Final = r"[가-힣]{2,4}"
"""A Korean's name."""
EMAIL: Final = r"[\w.+\-]{1,40}@[\w\-]{1,40}(?:\.[\w\-]{1,20}){1,4}"
"""An e-mail address."""
TAG: Final = r"#[^\W\d_][\w·]{0,29}"
"""A hashtag."""


def inline(table: dict[str, dict[str, list[str]]]) -> tuple[Anchored, ...]:
    """Spans inside a line: Korean datelines, reporters' addresses, credits, telephone numbers, tags."""
    people = table["people"]
    who = rf"{NAME}(?: ?[·,]? ?{NAME}){{0,3}} ?" + any_of(people["reporters"])
    agency = rf"(?:[가-힣A-Za-z]{{2,5}} ?/ ?)?[가-힣A-Za-z0-9]{{0,8}}{any_of(table['agencies']['korean'])}"
    byline = rf"(?: {{0,2}}{who} {{0,2}}= {{0,2}})"
    paper = rf"{agency}[\])】]{byline}?|[가-힣A-Za-z0-9]{{2,12}}[\])】]{byline}"
    dateline = rf"[\[(【][가-힣·]{{2,10}}(?: ?\( ?[가-힣]{{2,8}} ?\))? ?= ?(?:{paper}) ?"
    signed = rf"[\[(【](?:[가-힣A-Za-z]{{2,12}}[ =ㅣ|·]{{1,3}}){{0,3}}{who}(?: ?{EMAIL})?[\])】] ?"
    address = rf"(?:[/ㅣ|] ?)?(?:{who} ?[=/|]? ?|(?<=[.\s\])>])){EMAIL}(?=\s{{0,3}}(?:$|\n|[\[■▶※ⓒ©]))"
    post = any_of(people["posts"])
    sent = rf"{post} ?= ?{NAME} ?특파원"
    says = r"(?:입니다|의 보도입니다|이 [가-힣 ]{0,8}(?:보도|전|취재)[가-힣]{1,3}니다)\.?"
    sign = rf"{post}(?:에서)? {NAME} ?특파원{says}"
    given = "".join(rf"(?<!{what})(?<!{what} )" for what in people["given"])
    bracketed = any_of(table["credits"]["bracketed"])
    bracketed = bracketed.replace(rf"{ANY}{GAP}제공", rf"{ANY}{GAP}(?<![\[(【<]){given}제공")
    bracketed = bracketed.replace(rf"{ANY}{GAP}캡처", rf"{ANY}{GAP}(?<![\[(【<])캡처")
    bracketed = bracketed.replace(ANY, r"[^\n\[\]()]{0,40}?")
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
    head = rf"[^\n.]{{0,30}}(?:{about}|취재를? ?){any_of(asked)}"
    return rf"{head}(?:{far}(?:\n{{1,2}}{far}){{0,3}}?{please}|{far})"


def run_on(phrases: list[str], headings: list[str]) -> Anchored:
    """Headings of lists of other articles where they follow a sentence, or arrows, or begin a line."""
    words = any_of(phrases)
    korean = any_of(text for text in phrases if not text.isascii())
    english = any_of(text for text in phrases + headings if text.isascii())
    before = r"(?:[▶▷►▸☞■◆※\[【<〈] ?|(?<=[.!?][ \u00a0])|(?<=[.!?][\"”'’)] ))"
    after = rf"{GAP}[\]】>〉:：▶▷►▸·|]"
    listed = rf"(?<=\s){words}[:：](?=[^\n]{{1,120}}[|▶▷►▸])"
    colons = [f"{text}{colon}" for text in headings for colon in ":："]
    literals = {form for text in phrases + colons for form in (text.lower(), text.lower().replace(" ", ""))}
    source = rf"{before}(?:{words}{after}|{korean}\s)|{listed}|(?:{before}|(?<=\n)){english}[:：]"
    return Anchored(tuple(sorted(literals)), (caseless(source),))
