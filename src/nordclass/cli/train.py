"""`nordclass train`: a model from labelled documents."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nordclass.cli.options import load_model, new_model_folder, sheet_option
from nordclass.errors import DataError
from nordclass.result import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nordclass.model.classifier import Classifier
    from nordclass.training.settings import Recipe
    from nordclass.training.sources import Corpus


@click.command("train")
@click.argument("data", metavar="[DATA]...", nargs=-1)
@click.option("-o", "--output", metavar="MODEL_DIR", required=True, help="Folder to write the model to.")
@click.option("--recipe", "recipe_file", metavar="FILE", help="Settings, and data besides DATA (TOML).")
@click.option(
    "--base", metavar="DIR", help="Model that lends what the data do not teach; else the shipped one."
)
@sheet_option
@click.option("--cache", metavar="DIR", help="Folder that keeps the analysis of texts between runs.")
def command(
    data: tuple[str, ...],
    output: str,
    recipe_file: str | None,
    base: str | None,
    sheet: str | None,
    cache: str | None,
) -> None:
    """Learn a model from labelled documents and write it to MODEL_DIR.

    DATA are .jsonl, .csv, .tsv (also as .gz or .xz), .xlsx or .parquet files with the columns text, title,
    countries, regions, sectors; several labels are joined by `;` or are a JSON list. Sectors may have ids of
    your own. Countries and regions are learned together: give both columns or neither. A kind without a
    column is taken over from the base model. Prints what was measured on held-out parts of the data.

    \b
    nordclass train articles.csv -o my-model
    nordclass train --recipe models/base/recipe.toml -o models/base
    """  # noqa: D301 - click reads the \b
    from nordclass.model.writer import check_target
    from nordclass.training.morphemes import check_cache

    target, folder = new_model_folder(output), Path(cache) if cache is not None else None
    check_target(target)
    if folder is not None:
        check_cache(folder)
    recipe, corpus = _corpus(data, recipe_file, sheet)
    lender = load_model(base) if base is not None else None
    classifier = _trained(corpus, recipe, lender, folder)
    classifier.save(target)
    from nordclass.cli.figures import figures

    click.echo(f"model: {classifier.name} in {output}, measured on held-out parts of its data\n")
    metrics = classifier.description.metrics
    click.echo(figures(metrics))
    if classifier.places and COUNTRIES not in metrics:
        from nordclass.training.lent import LENT_PLACES

        click.echo(f"\n{LENT_PLACES}")


def _corpus(data: Sequence[str], recipe_file: str | None, sheet: str | None) -> tuple[Recipe, Corpus]:
    """What to learn from: the files of the recipe, then those of the command line."""
    from nordclass.cli.data import data_files, read_labelled
    from nordclass.files.names import told_apart
    from nordclass.training.settings import Recipe, Source, read_recipe
    from nordclass.training.sources import Corpus, read_sources, sha256

    if not data and recipe_file is None:
        raise click.UsageError("nothing to learn from; give DATA or --recipe")
    recipe, corpus = Recipe(), Corpus()
    if recipe_file is not None:
        path = Path(recipe_file)
        recipe = read_recipe(path)
        try:
            corpus = read_sources(recipe, path.parent)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DataError(f"data of the recipe {path} lack what it says of them: {error!r}") from error
    files = data_files(data)
    if files:
        corpus.records += read_labelled(files, sheet=sheet, unlabelled=recipe_file is not None)
        names = _writable(told_apart(files, taken=corpus.hashes), taken=corpus.hashes)
        # What is no plain file, such as a pipe, has been read and cannot be read again.
        corpus.hashes |= {n: sha256(file) for n, file in zip(names, files, strict=True) if file.is_file()}
        recipe = replace(recipe, data=(*recipe.data, *(Source(name, name) for name in names)))
    return recipe, corpus


def _writable(names: Sequence[str], taken: Collection[str]) -> list[str]:
    """The readable names of files, none twice: one that is the name of something else is escaped instead."""
    from nordclass.files.names import readable

    found = []
    others = {*taken, *names}
    for name in names:
        plain = readable(name)
        if plain != name and plain in others:
            plain = name.encode("utf-8", "backslashreplace").decode()
        others.add(plain)
        found.append(plain)
    return found


def _trained(corpus: Corpus, recipe: Recipe, base: Classifier | None, cache: Path | None) -> Classifier:
    from nordclass.training.train import train

    begun = time.monotonic()

    def say(step: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.0f} s  {step}", err=True)

    try:
        classifier = train(
            corpus.records,
            recipe=recipe,
            base=base,
            unlabelled=corpus.unlabelled,
            dictionary=corpus.dictionary,
            cache=cache,
            say=say,
            hashes=corpus.hashes,
        )
    except (TypeError, ValueError) as error:
        # The learners refuse data or settings that leave nothing to tell apart, each in its own words.
        raise DataError(f"cannot learn from these records with these settings: {error}") from error
    say("done")
    return classifier
