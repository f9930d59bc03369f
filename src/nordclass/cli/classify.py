"""`nordclass classify`: one text."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nordclass.cli.options import (
    RENAME,
    json_option,
    load_model,
    min_score_option,
    model_option,
    reaches,
    refuse_explained,
    scheme_option,
    write_json,
)
from nordclass.errors import InputError
from nordclass.result import EXPLAINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nordclass.result import Explained, Label, Result, Span

_ROWS: Final = (("country", "countries"), ("region", "regions"), ("sector", "sectors"))
_DOCUMENTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"PAR1", b"\x1f\x8b")
"""What files of documents begin with that are no text."""
_PLACES: Final = 3
"""Maximum places shown of a name or term."""
_LANGUAGES: Final = {"ko": "Korean", "en": "English", "und": "neither Korean nor English"}


@click.command("classify")
@click.argument("text", nargs=-1)
@click.option("--title", metavar="T", help="The headline of the text.")
@click.option("--file", "path", metavar="FILE", help="Read the text from a file of any format.")
@json_option
@click.option("--explain", is_flag=True, help="Also show the words behind each label, and where they stand.")
@click.option("--all", "all_scores", is_flag=True, help="Show every candidate's score, however low.")
@min_score_option
@scheme_option
@model_option
def command(
    text: tuple[str, ...],
    title: str | None,
    path: str | None,
    as_json: bool,
    explain: bool,
    all_scores: bool,
    min_score: float,
    scheme: str,
    model: str,
) -> None:
    """Label one TEXT (or standard input) and show its countries, regions and sectors.

    Labels near their threshold, told or not, are also named as uncertain.

    \b
    nordclass classify "한-우즈베키스탄, 디지털정부 협력 양해각서 체결"
    nordclass classify --title "Korea and Kenya to build a dam" < article.txt
    nordclass classify --file report.hwp --json
    nordclass classify --file report.hwp --explain
    """  # noqa: D301 - click reads the \b
    refuse_explained(explain, scheme)
    headline, body = _input(text, path)
    title = _repaired(title) if title is not None else headline
    classifier = load_model(model, scheme)
    assessed = classifier.assess(body, title=title)
    result = _from(classifier.result(assessed, scheme=scheme, all_scores=all_scores), min_score)
    explained: list[Explained] = []
    if explain:
        found = classifier.explanation(assessed, uncertain=True, all_scores=all_scores)
        explained = [each for each in found if reaches(each.label.score, min_score)]
    if as_json:
        more = {EXPLAINED: [each.to_dict() for each in explained]} if explain else {}
        write_json({**result.to_dict(uncertain=True), **more})
    else:
        click.echo(_table(result))
        if explained:
            click.echo(f"\n{_reasons(explained)}")


def _input(text: tuple[str, ...], path: str | None) -> tuple[str | None, str]:
    """Title and text, from wherever the user has them."""
    if path is not None:
        if text:
            raise click.UsageError("give a TEXT or --file, not both")
        return _document(path)
    if text and text != ("-",):
        if len(text) == 1 and _is_file(text[0]):
            from nordclass.files.tables import one_line

            name = one_line(text[0])
            click.echo(
                f"nordclass: {name!r} was taken for a text; --file reads the file of that name", err=True
            )
        return None, _repaired(" ".join(text))
    if sys.stdin is None:
        raise InputError("no text: standard input is closed; give the text as an argument or with --file")
    if not text and sys.stdin.isatty():
        raise click.UsageError("no text; give it as an argument or on standard input")
    from nordclass.files.encoding import decode

    data = sys.stdin.buffer.read()
    if data.startswith(_DOCUMENTS) and b"\0" in data:
        raise InputError("standard input holds a document and not its text; --file FILE reads it")
    return None, decode(data)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # a long text, or one that holds a NUL
        return False


def _document(path: str) -> tuple[str | None, str]:
    from nordclass.files import ReadOptions, Unreadable, read
    from nordclass.files.names import readable

    found = list(islice(read([path], ReadOptions(advice=RENAME)), 2))
    if not found:
        raise InputError(f"{readable(path)}: no document in it")
    if len(found) > 1:
        raise InputError(f"{readable(path)}: holds more than one document; use nordclass label")
    if isinstance(found[0], Unreadable):
        raise InputError(found[0].error)
    return found[0].title, found[0].text


def _repaired(argument: str) -> str:
    """An argument whose bytes were not in the terminal's encoding, decoded as a file's would be."""
    if argument.isascii() or not any("\ud800" <= character <= "\udfff" for character in argument):
        return argument
    from nordclass.files.encoding import decode

    try:
        return decode(os.fsencode(argument))
    except UnicodeEncodeError:
        raise InputError("the argument holds half a character (a lone surrogate)") from None


def _from(result: Result, least: float) -> Result:
    def kept(labels: tuple[Label, ...]) -> tuple[Label, ...]:
        return tuple(label for label in labels if reaches(label.score, least))

    return replace(
        result,
        countries=kept(result.countries),
        regions=kept(result.regions),
        sectors=kept(result.sectors),
    )


def _table(result: Result) -> str:
    from nordclass.cli.render import printable, table

    rows = [
        [kind, label.code, label.name_ko, label.name_en, label.dac or "", f"{label.score:.2f}"]
        for kind, name in _ROWS
        for label in getattr(result, name)
    ]
    header = ("kind", "code", "Korean", "English", "DAC", "score")
    labels = table(header, rows, (5,)) if rows else "no labels"
    end = f"language: {_LANGUAGES[result.language]}; model: {result.model}"
    if result.uncertain:
        end += "\nuncertain: " + ", ".join(f"{x.name_en} {x.score:.2f}" for x in result.uncertain)
    return f"{labels}\n\n" + "\n".join(map(printable, end.split("\n")))


def _reasons(explained: Sequence[Explained]) -> str:
    """What is behind the labels, a line for each name and term."""
    from nordclass.cli.render import table

    rows = []
    for each in explained:
        code = each.label.code if each.told else f"{each.label.code} (not told)"
        names: dict[str, list[Span]] = {}
        for span in each.mentions:
            names.setdefault(span.written, []).append(span)
        rows += [[code, "name", name, "", _places(spans)] for name, spans in names.items()]
        rows += [
            [code, "term", reason.term, f"{reason.weight:+.2f}", _places(reason.spans)]
            for reason in each.reasons
        ]
    return table(("label", "what", "name or term", "weight", "where (characters)"), rows, (3,))


def _places(spans: Sequence[Span]) -> str:
    """The first few spans."""
    shown = ", ".join(f"{span.part} {span.start}-{span.end}" for span in spans[:_PLACES])
    return shown + (f" and {len(spans) - _PLACES} more" if len(spans) > _PLACES else "")
