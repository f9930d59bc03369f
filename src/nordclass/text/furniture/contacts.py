"""Whom to ask: the contact table of a ministry, with a cell or a row on each line.

It is known by two signs: a heading such as 담당부서 or 책임자, and a telephone number or a second heading.
"""

from __future__ import annotations

import re
from typing import Final

from nordclass.text.furniture.lines import BULLET, PHONE, Line, Page
from nordclass.text.furniture.phrases import key
from nordclass.text.furniture.rules import Rules

MAX_ROW: Final = 120
"""Maximum characters of a row of a contact table."""
MAX_ROWS: Final = 8
"""Maximum rows of people below the headings of a contact table."""
MAX_HEADING: Final = 40
"""Maximum characters of a heading, where each cell is a line."""
MAX_CELL: Final = 45
"""Maximum characters of a cell, where each is a line."""
MAX_GAP: Final = 7
"""Maximum cells from one heading or telephone number to the next, where each is a line."""
MAX_LAST: Final = 4
"""Maximum lines from the last of these to the end of a text that go with the table."""

_CELLS: Final = re.compile(r"[\t|]|\s{2,}")
_VALUE: Final = re.compile(r"\s?[:：]\s?")


def mark_contacts(page: Page, rules: Rules) -> None:
    """Mark the contact tables of a page, which stand in runs of short lines."""
    _mark_columns(page, rules)
    _mark_rows(page, rules)


def _mark_columns(page: Page, rules: Rules) -> None:
    """A cell a line: from 담당부서 to the last telephone number of a run of short lines."""
    index, lines, heading = 0, page.lines, rules.contacts.heading
    while index < len(lines):
        if len(lines[index].text) > MAX_HEADING or not heading.match(lines[index].text, lines[index].head):
            index += 1
            continue
        last, at, phones = index, index + 1, 0
        while at < len(lines) and at - last <= MAX_GAP and _is_cell(lines[at]):
            phone = PHONE.search(lines[at].text)
            if phone or heading.match(lines[at].text, lines[at].head):
                last, phones = at, phones + bool(phone)
            at += 1
        if at == len(lines) and at - last <= MAX_LAST:
            last = at - 1
        if phones:
            for line in lines[index : last + 1]:
                line.drop = True
        index = max(last, index) + 1


def _is_cell(line: Line) -> bool:
    """Whether the line may stand in a contact table: a name, a rank, a number, no sentence and no bullet."""
    return len(line.text) <= MAX_CELL and not line.sentence and line.text[0] not in "□ㅇ○※"


def _mark_rows(page: Page, rules: Rules) -> None:
    """A row a line: 담당부서⇥국제협력과, 담당자: …, or headings (담당부서⇥책임자⇥전화) with people below."""
    index, lines = 0, page.lines
    while index < len(lines):
        cells = _row(lines[index]) if lines[index].head in rules.contacts.heading.heads else []
        if not cells or key(cells[0]) not in rules.contacts.names:
            index += 1
        elif rules.contacts.columns.issuperset(map(key, cells)):
            index = _mark_people(page, index, cells, rules)
        else:
            index = _mark_pairs(page, index, rules)


def _mark_people(page: Page, first: int, headings: list[str], rules: Rules) -> int:
    """Mark a row of headings and the people below; return the index of the next line.

    Each has a number. Where none has (it is masked), one column must be of numbers, and the rows follow at
    once with as many cells: below may stand another table, or the guests of a meeting.
    """
    masked = not rules.contacts.reach.isdisjoint(map(key, headings))
    at = last = first
    while last - first < MAX_ROWS and (at := at + 1) < len(page.lines):
        line = page.lines[at]
        if PHONE.search(line.text) and _row(line):
            last, masked = at, False
        elif masked and not line.gap and len(_row(line)) == len(headings):
            last = at
        else:
            break
    if last > first:
        for line in page.lines[first : last + 1]:
            line.drop = True
    return last + 1


def _mark_pairs(page: Page, first: int, rules: Rules) -> int:
    """Mark the rows of a run that open with a heading or hold a number; return the index of the next line.

    They must tell two things: one heading alone (담당자: …) may be part of a plan. Rows between them stay.
    """
    found: list[Line] = []
    signs, at = 0, first
    while at < len(page.lines) and (cells := _row(page.lines[at])):
        headings = sum(key(cell) in rules.contacts.columns for cell in cells)
        phone = PHONE.search(page.lines[at].text) is not None
        if phone or key(cells[0]) in rules.contacts.columns:
            found.append(page.lines[at])
            signs += headings + phone
        at += 1
    if signs > 1:
        for line in found:
            line.drop = True
    return max(at, first + 1)


def _row(line: Line) -> list[str]:
    """The cells of a line that may be a row of a contact table, two or more; else none."""
    text = line.text
    if len(text) > MAX_ROW or line.sentence or BULLET.match(text):
        return []
    cells = [cell for part in _CELLS.split(text) if (cell := part.strip())]
    if len(cells) < 2:
        cells = [cell for part in _VALUE.split(text, maxsplit=1) if (cell := part.strip())]
    return cells if len(cells) > 1 else []
