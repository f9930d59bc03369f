"""`nordclass evaluate`: how well a model labels documents whose labels are known."""

from __future__ import annotations

import click

from nordclass.cli.options import jobs_option, json_option, load_model, sheet_option, write_json


@click.command("evaluate")
@click.argument("model", metavar="MODEL")
@click.argument("data", metavar="DATA...", nargs=-1, required=True)
@click.option("--split", metavar="S", help="Only rows whose `split` column is S.")
@sheet_option
@click.option("--risk", is_flag=True, help="Also how right the countries of the surest documents are.")
@click.option("--calibration", is_flag=True, help="Also how far scores can be taken for probabilities.")
@json_option
@jobs_option
def command(
    model: str,
    data: tuple[str, ...],
    split: str | None,
    sheet: str | None,
    risk: bool,
    calibration: bool,
    as_json: bool,
    jobs: int,
) -> None:
    """Compare the labels of MODEL (a folder, or `base` for the shipped one) with those in DATA.

    DATA are .jsonl, .csv, .tsv (also as .gz or .xz), .xlsx or .parquet files with the columns text, title,
    countries, regions, sectors; a kind without a column is not measured. False alarms: the share of documents
    without labels of a kind that get one.

    \b
    nordclass evaluate base articles.jsonl --split dev
    """  # noqa: D301 - click reads the \b
    from nordclass.cli.data import data_files, read_labelled, tell_untold
    from nordclass.evaluation import compare
    from nordclass.metrics import FIGURE_DIGITS
    from nordclass.scoring import score_labelled

    classifier = load_model(model)
    rows = read_labelled(data_files(data), split, sheet)
    tell_untold(classifier, rows)
    scored = score_labelled(classifier, rows, n_jobs=jobs)
    digits = FIGURE_DIGITS if as_json else None  # tables round by themselves
    report = compare(scored).to_dict(digits)
    if risk:
        from nordclass.coverage import risk_of

        report["risk_coverage"] = risk_of(classifier, scored, digits)
    if calibration:
        from nordclass.calibration import calibration_of

        report["calibration"] = calibration_of(classifier, scored, digits)
    if as_json:
        write_json({"model": classifier.name, **report}, indent=1)
        return
    from nordclass.cli.figures import calibration_figures, figures, risk_figures

    click.echo(f"model: {classifier.name}\n\n{figures(report)}")
    if risk:
        click.echo(f"\n{risk_figures(report['risk_coverage'])}")
    if calibration:
        click.echo(f"\n{calibration_figures(report['calibration'])}")
