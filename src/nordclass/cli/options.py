"""Options that several commands share, and the model that they name."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from nordclass.taxonomy.schemes import NORDCLASS, SCHEMES

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier

BASE: Final = "base"
_DIGITS: Final = 4
"""Digits of scores in results (`nordclass.result.Result.to_dict`)."""
RENAME: Final = "rename {} to text"
"""The advice of commands that have no option for columns; see `nordclass.files.ReadOptions`."""


class Share(click.FloatRange):
    """A number from 0 to 1, or `above` 0 up to 1; `nan`, which click lets through any bounds, is none."""

    def __init__(self, *, above: bool = False) -> None:
        super().__init__(0, 1, min_open=above)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - as click has it
        """The number. Fails as `click.ParamType.convert` does."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not in the range {self._describe_range()}.", param, ctx)
        return number


min_score_option = click.option(
    "--min-score", metavar="X", type=Share(), default=0.0, help="Leave out scores below X."
)
model_option = click.option(
    "--model", metavar="DIR", default=BASE, help="Folder of a model; else the shipped one."
)
scheme_option = click.option(
    "--scheme",
    metavar="S",
    type=click.Choice(SCHEMES),
    default=NORDCLASS,
    show_default=True,
    help="Of the sectors: nordclass, dac (3 digits) or nine-bridges.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON instead of tables.")


def _not_zero(_: click.Context, __: click.Parameter, value: int) -> int:
    if value == 0:
        raise click.BadParameter("0 processes do nothing; give 1 or more, or -1 for one a core")
    return value


jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=-1),
    default=1,
    show_default=True,
    callback=_not_zero,
    help="Processes that share the work; -1: one per core (also the maximum).",
)
sheet_option = click.option("--sheet", metavar="NAME", help="Sheet of workbooks, by name or number.")


def model_folder(name: str) -> Path:
    """The folder of a model: `base` is the shipped one (`./base` a folder of that name)."""
    from nordclass.model.store import default_path

    return default_path() if name == BASE else Path(name)


def new_model_folder(name: str) -> Path:
    """The folder to write a model to. Raises UsageError for `base`, which no command would find again."""
    if name == BASE:
        raise click.UsageError(f"{BASE} stands for the shipped model; choose another name, or ./{BASE}")
    return Path(name)


def load_model(name: str, scheme: str = NORDCLASS) -> Classifier:
    """The classifier in the folder `name`, or the shipped one.

    Raises ModelError, and NordclassError when it cannot answer in `scheme`.
    """
    from nordclass.model.store import load

    classifier = load(None if name == BASE else name)
    classifier.check_scheme(scheme)
    return classifier


def reaches(score: float, least: float) -> bool:
    """Whether a score, as it is written in results, is at least that of `--min-score`."""
    return round(score, _DIGITS) >= least


def refuse_explained(explain: bool, scheme: str) -> None:
    """Raise UsageError where labels are to `explain` that the model does not tell itself."""
    if explain and scheme != NORDCLASS:
        raise click.UsageError("--explain shows what is behind the model's own sectors; leave --scheme out")


def write_json(value: object, *, indent: int | None = None) -> None:
    """Print JSON; escaped where standard output is not UTF-8."""
    import json

    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not unicode, indent=indent))
