"""`nordclass threshold`: thresholds for the precision that one needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nordclass.cli.options import (
    Share,
    json_option,
    load_model,
    model_folder,
    new_model_folder,
    sheet_option,
    write_json,
)
from nordclass.errors import ModelError

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier
    from nordclass.thresholds import Cut


@click.command("threshold")
@click.argument("model", metavar="MODEL")
@click.argument("data", metavar="DATA...", nargs=-1, required=True)
@click.option(
    "--target-precision",
    metavar="P",
    type=Share(above=True),
    required=True,
    help="Share of the labels told that must be right, such as 0.95.",
)
@click.option("-o", "--output", metavar="OUT_MODEL", required=True, help="Folder to write the model to.")
@click.option("--split", metavar="S", help="Only rows whose `split` column is S.")
@sheet_option
@json_option
def command(
    model: str,
    data: tuple[str, ...],
    target_precision: float,
    output: str,
    split: str | None,
    sheet: str | None,
    as_json: bool,
) -> None:
    """Write MODEL (a folder, or `base` for the shipped one) with thresholds that reach a precision on DATA.

    DATA are labelled documents as for `nordclass evaluate`, which MODEL was not trained on. All countries
    share a threshold, all regions one, each sector has its own. Where no threshold reaches the target with
    at least ten labels told, the old one stays and the table says "no". The gates of MODEL, which a
    document must pass before it is told any label, stay unless more labels are right without them.

    \b
    nordclass threshold base articles.jsonl --target-precision 0.95 -o careful-model
    """  # noqa: D301 - click reads the \b
    from nordclass.cli.data import data_files, read_labelled, tell_untold
    from nordclass.model.writer import check_target
    from nordclass.thresholds import rethreshold

    target = new_model_folder(output)
    if target.resolve() == model_folder(model).resolve():
        raise ModelError(f"{output} is the model itself; choose another folder for the new one")
    check_target(target)
    classifier = load_model(model)
    rows = read_labelled(data_files(data), split, sheet)
    tell_untold(classifier, rows)
    changed, cuts = rethreshold(classifier, rows, target_precision)
    changed.save(target)
    if as_json:
        from dataclasses import asdict

        write_json(
            {"model": changed.name, "gates": _gates(changed), "cuts": [asdict(cut) for cut in cuts]}, indent=1
        )
        return
    click.echo(f"model: {changed.name} in {output}\n\n{_table(cuts)}")
    if gates := [f"{gate:.3f} for {kind}" for kind, gate in _gates(changed).items() if gate]:
        click.echo(f"\na document is told none unless it has one with a probability of: {', '.join(gates)}")
    for line in unreached(cuts, target_precision):
        click.echo(f"\n{line}")


def _gates(classifier: Classifier) -> dict[str, float]:
    """How probable it must be that a document has any label, by kind; 0 where nothing is asked.

    The gate of a language or manner (`FirstPass.manner`) that has its own stands beside, by kind and manner.
    """
    heads = {"countries": classifier.places, "sectors": classifier.sectors}
    gates = {}
    for kind, head in heads.items():
        if head is not None:
            gates[kind] = head.gate
            gates |= {f"{kind} in {manner}": gate for manner, gate in head.gates.items()}
    return gates


def unreached(cuts: Sequence[Cut], target: float) -> list[str]:
    """Why thresholds are the old ones, and which: a line for each reason."""
    from nordclass.thresholds import FEWEST

    failed = [cut for cut in cuts if not cut.reached]
    reasons = (
        (f"{target:g} cannot be reached", [cut for cut in failed if cut.true >= FEWEST]),
        (f"the data have fewer than {FEWEST} labels", [cut for cut in failed if cut.true < FEWEST]),
    )
    return [
        f"{why}, the old threshold stays: {', '.join(cut.label or cut.kind for cut in found)}"
        for why, found in reasons
        if found
    ]


def _table(cuts: Sequence[Cut]) -> str:
    from nordclass.cli.render import table
    from nordclass.model.card import share

    rows = [
        [
            cut.kind,
            cut.label,
            f"{cut.before:.3f}",
            f"{cut.after:.3f}",
            str(cut.true),
            str(cut.told),
            share(cut.precision),
            share(cut.recall),
            "yes" if cut.reached else "no",
        ]
        for cut in cuts
    ]
    header = ("kind", "label", "threshold", "new", "true", "told", "precision", "recall", "reached")
    return table(header, rows, range(2, 8))
