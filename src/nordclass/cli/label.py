"""`nordclass label`: many documents, one row out for each."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from nordclass.cli.options import (
    jobs_option,
    load_model,
    min_score_option,
    model_folder,
    model_option,
    refuse_explained,
    scheme_option,
    sheet_option,
)

if TYPE_CHECKING:
    from nordclass.batch import Row, Wanted
    from nordclass.cli.partial import Partial
    from nordclass.cli.tally import Tally
    from nordclass.files import ReadOptions, Record, Unreadable
    from nordclass.files.write import Writer
    from nordclass.model.classifier import Classifier

_FORMATS: Final = ("jsonl", "csv", "tsv", "xlsx", "parquet")
_STDOUT: Final = "-"


@dataclass(frozen=True)
class _Job:
    """What the user asks for."""

    inputs: tuple[str, ...]
    output: str
    kind: str
    options: ReadOptions
    model: str
    keep: bool
    wanted: Wanted
    min_score: float
    jobs: int
    resume: bool
    quiet: bool

    @property
    def is_stream(self) -> bool:
        """Whether the output is standard output, a pipe or a device: nothing to move into place."""
        from nordclass.files.write import is_stream

        return self.output == _STDOUT or is_stream(self.output)

    @property
    def own(self) -> list[Path | int]:
        """What it writes, so that a folder of inputs may hold it; see `skip` of `nordclass.files.read`."""
        if not self.is_stream:
            return [Path(self.output), self.partial, self.errors]
        if self.output == _STDOUT:
            with suppress(OSError, ValueError):  # no file at all, as in tests
                return [sys.stdout.fileno()]
        from nordclass.files.write import descriptor_of

        descriptor = descriptor_of(self.output)
        return [] if descriptor is None else [descriptor]

    @property
    def formats(self) -> dict[Path | int, str]:
        """What it writes over, and the format that each gets."""
        if self.is_stream:
            return dict.fromkeys(self.own, self.kind)
        return {Path(self.output): self.kind, self.errors: "jsonl"}

    @property
    def columns(self) -> Sequence[str]:
        """The columns of its output, before those of the input that are kept."""
        from nordclass.files.rows import RESULT_COLUMNS
        from nordclass.result import EXPLAINED, UNCERTAIN

        more = ((UNCERTAIN, self.wanted.uncertain), (EXPLAINED, self.wanted.explained))
        return (*RESULT_COLUMNS, *(name for name, is_wanted in more if is_wanted))

    def open_output(self) -> AbstractContextManager[Writer]:
        """A writer of its output."""
        from nordclass.files import open_writer

        return open_writer(self.output, self.kind, self.columns, closed=not self.keep)

    @property
    def partial(self) -> Path:
        return Path(f"{self.output}.partial")

    @property
    def errors(self) -> Path:
        return Path(f"{self.output}.errors.jsonl")


@click.command("label")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", required=True, help="File to write; - for standard output.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="Of OUT; else its suffix tells.")
@click.option("--title-col", metavar="NAME", help="Column of the title in tables and JSON.")
@click.option("--text-col", metavar="NAME", help="Column of the text.")
@sheet_option
@click.option("--encoding", metavar="NAME", help="Encoding of text files, instead of detecting it.")
@click.option("--keep", is_flag=True, help="Keep the columns of the input.")
@click.option("--all", "all_scores", is_flag=True, help="Write every candidate's score, however low.")
@min_score_option
@click.option("--uncertain", is_flag=True, help="Add the labels that are near their threshold.")
@click.option("--explain", is_flag=True, help="Add the words behind each label, and where they stand.")
@scheme_option
@jobs_option
@model_option
@click.option("--resume", is_flag=True, help="Go on with an interrupted run.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@click.pass_context
def command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    output: str,
    format_: str | None,
    title_col: str | None,
    text_col: str | None,
    sheet: str | None,
    encoding: str | None,
    keep: bool,
    all_scores: bool,
    min_score: float,
    uncertain: bool,
    explain: bool,
    scheme: str,
    jobs: int,
    model: str,
    resume: bool,
    quiet: bool,
) -> None:
    """Label all documents of the INPUTs and write a row for each to OUT.

    INPUTs are files (text, web pages, HWP, PDF, DOCX, JSON Lines, CSV, workbooks, Parquet), folders, globs,
    or - for standard input. OUT is .jsonl, .csv, .tsv, .xlsx or .parquet. What cannot be read has an error
    in its row and stands in OUT.errors.jsonl; the exit code is then 3. Rows wait in OUT.partial until all
    are there; an interrupted run goes on with --resume.

    \b
    nordclass label articles/ -o labels.csv
    nordclass label news.xlsx --text-col 기사 --keep -o labels.xlsx
    """  # noqa: D301 - click reads the \b
    from nordclass.batch import Wanted
    from nordclass.cli.outputs import refuse_loss
    from nordclass.files import OutputError, ReadOptions
    from nordclass.files.encoding import codec
    from nordclass.files.write import check_library, descriptor_of, format_of

    output = _STDOUT if descriptor_of(output) == 1 else output
    try:
        kind = format_of(output, format_)
    except OutputError as error:
        raise click.UsageError(str(error)) from None
    check_library(kind)
    if encoding is not None:
        codec(encoding)
    options = ReadOptions(title_col, text_col, sheet, encoding)
    refuse_explained(explain, scheme)
    wanted = Wanted(all_scores, scheme, uncertain, explain)
    job = _Job(inputs, output, kind, options, model, keep, wanted, min_score, jobs, resume, quiet)
    if job.is_stream and resume:
        raise click.UsageError("--resume needs an output file")
    refuse_loss(inputs, job.own, job.formats)
    classifier = load_model(model, scheme)
    begun = time.monotonic()
    tally = _to_stream(job, classifier) if job.is_stream else _to_file(job, classifier)
    if not quiet:
        where = None if job.is_stream else str(job.errors)
        click.echo(tally.summary(time.monotonic() - begun, where), err=True)
    if tally.errors:
        from nordclass.errors import InputError

        ctx.exit(InputError.exit_code)


def _to_stream(job: _Job, classifier: Classifier) -> Tally:
    from nordclass.cli.tally import Tally
    from nordclass.files import read

    tally = Tally(job.wanted.all_scores)
    with job.open_output() as writer:
        for row in _rows(job, classifier, read(job.inputs, job.options, skip=job.own), 0):
            writer.write(row)
            tally.add(row)
    return tally


def _to_file(job: _Job, classifier: Classifier) -> Tally:
    from nordclass.cli.partial import Partial
    from nordclass.cli.stopping import with_message
    from nordclass.cli.tally import Tally
    from nordclass.files import read
    from nordclass.parallel import ProcessDied

    partial = Partial(job.partial, _settings(job), job.inputs, resume=job.resume)
    try:
        with closing(partial):
            records = (r for r in read(job.inputs, job.options, skip=job.own) if not partial.is_done(r))
            for row in _rows(job, classifier, records, partial.kept):
                partial.write(row)
            tally = Tally(job.wanted.all_scores, partial.taken)
            for row in partial.rows():
                tally.add(row)
            _write_errors(job, partial, tally.errors)
            _write(job, partial)
            partial.delete()
    except ProcessDied as died:
        raise ProcessDied(f"{died}, and go on with --resume") from died
    except KeyboardInterrupt as stop:
        # Rows that were not written yet are labelled again: they are in no output.
        raise with_message(stop, f" after {partial.count:,} records; go on with --resume") from stop
    if partial.left_out:
        click.echo(
            f"nordclass: {partial.left_out:,} rows of the interrupted run were left out:"
            " their documents are not among the inputs any more, or have changed",
            err=True,
        )
    return tally


def _settings(job: _Job) -> dict[str, object]:
    """What shapes the rows, so that a resumed run must be asked for the same."""
    import hashlib

    from nordclass import __version__
    from nordclass.model.store import MANIFEST

    manifest = (model_folder(job.model) / MANIFEST).read_bytes()
    return {
        "version of nordclass": __version__,
        "--model": hashlib.sha256(manifest).hexdigest(),
        "--all": job.wanted.all_scores,
        "--min-score": job.min_score,
        "--uncertain": job.wanted.uncertain,
        "--explain": job.wanted.explained,
        "--scheme": job.wanted.scheme,
        "--keep": job.keep,
        "--title-col": job.options.title_col,
        "--text-col": job.options.text_col,
        "--sheet": job.options.sheet,
        "--encoding": job.options.encoding,
    }


def _rows(
    job: _Job,
    classifier: Classifier,
    records: Iterable[Record | Unreadable],
    done: int,
) -> Iterator[Row]:
    """A row for each of `records`, with progress on a terminal."""
    from tqdm import tqdm

    from nordclass.batch import label_records
    from nordclass.cli.inputs import count
    from nordclass.cli.rows import above, with_columns

    labelled = label_records(classifier, records, n_jobs=job.jobs, wanted=job.wanted)
    is_shown = not job.quiet and sys.stderr.isatty()
    # Counting walks through all folders: only for who sees it.
    total = count(job.inputs, job.own) if is_shown else None
    shown = tqdm(total=total, initial=done, unit=" docs", disable=not is_shown, **_size())
    with closing(labelled), shown as bar:
        for record, row in labelled:
            if job.min_score:
                row = above(row, job.min_score)
            yield with_columns(row, record.fields) if job.keep else row
            bar.update()


def _size() -> dict[str, int]:
    """The size that tqdm takes for a terminal that does not tell its own, as some in containers."""
    try:
        return {} if os.get_terminal_size(sys.stderr.fileno()).columns else {"ncols": 80, "nrows": 24}
    except (OSError, ValueError):
        return {}


def _write_errors(job: _Job, partial: Partial, errors: int) -> None:
    """OUT.errors.jsonl; none, not even an older one, when all went well."""
    from nordclass.files import open_writer

    if not errors:
        job.errors.unlink(missing_ok=True)
        return
    with open_writer(job.errors, "jsonl") as writer:
        for row in partial.rows():
            if "error" in row:
                writer.write({"id": row["id"], "error": row["error"]})


def _write(job: _Job, partial: Partial) -> None:
    with job.open_output() as writer:
        for row in partial.rows():
            writer.write(row)
    for loss in writer.losses:
        click.echo(f"nordclass: {job.output}: {loss}", err=True)
