"""The command line: `nordclass COMMAND ...`.

Each command lives in a module of its own that is imported when the command runs or its own help is asked
for, so that `nordclass --help` answers at once.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from nordclass import __version__
from nordclass.errors import NordclassError

try:
    import click
except KeyboardInterrupt:  # most of the time before `main` goes into this
    sys.stderr.write("nordclass: interrupted\n")
    sys.exit(130)

_COMMANDS: Final = {
    "classify": "Label one text and show its countries, regions and sectors.",
    "label": "Label many documents: files, folders, tables; one row out for each.",
    "train": "Learn a model from labelled documents.",
    "evaluate": "Measure a model on labelled documents.",
    "threshold": "Write a model with thresholds for the precision that one needs.",
    "info": "Show what a model is and what was measured of it.",
}
_BROKEN_PIPE: Final = 141


class _Closed(io.TextIOBase):
    """Standard output where the caller closed it (`>&-`); click would print nothing and call it done."""

    def write(self, text: str, /) -> int:
        raise NordclassError("standard output is closed, so that nothing can be shown; leave it open")


class _Group(click.Group):
    """The commands, and what becomes of the errors that they end with."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"nordclass.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them, as click's own method would."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - as click has it
        with _errors_told():  # --help and --version print here
            _stand_in_for_closed_streams()
            _never_fail_to_print()
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        with _errors_told():
            from nordclass.cli.stopping import terminations_raised

            with terminations_raised():
                answer = super().invoke(ctx)
                sys.stdout.flush()
            return answer


@contextlib.contextmanager
def _errors_told() -> Iterator[None]:
    """Say what ends the block in one line, and raise click's Exit with its code."""
    try:
        yield
    except NordclassError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            code = _nobody_reads()
        else:
            _complain(str(error))
            code = error.exit_code
        raise click.exceptions.Exit(code) from error
    except KeyboardInterrupt as stop:  # of which click would say "Aborted!", as if an error had come
        raise click.exceptions.Exit(_stopped(stop)) from stop
    except BrokenPipeError as error:
        raise click.exceptions.Exit(_nobody_reads()) from error
    except OSError as error:
        _complain(": ".join(filter(None, [str(error.filename or ""), error.strerror or str(error)])))
        raise click.exceptions.Exit(NordclassError.exit_code) from error
    except MemoryError as error:
        _complain("out of memory; give it fewer documents at a time or fewer --jobs")
        raise click.exceptions.Exit(NordclassError.exit_code) from error


def _nobody_reads() -> int:
    """End without a word, as whoever read the output has; the exit code."""
    _forget_stdout()
    return _BROKEN_PIPE


def _stopped(stop: KeyboardInterrupt) -> int:
    """Say that the run was stopped; the exit code."""
    from nordclass.cli.stopping import exit_code, with_message

    if sys.stderr.isatty():
        click.echo(err=True)  # the terminal has written ^C
    _complain(str(stop) or str(with_message(stop)))
    return exit_code(stop)


def _complain(message: str) -> None:
    from nordclass.files.tables import one_line

    click.echo(f"nordclass: {one_line(message, 1000)}", err=True)


def _stand_in_for_closed_streams() -> None:
    """Of a stream that the caller closed: Python has none, processes fail without, files take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # opens as the lowest free number: this
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115 - for as long as the process lives


def _never_fail_to_print() -> None:
    """Escape what the terminal's encoding does not have, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _forget_stdout() -> None:
    """Nobody reads on: let the interpreter's last flush go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# Before numpy is imported: starting its threads takes longer than labelling a hundred documents.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nordclass")
def main() -> None:
    """Say which partner countries, regions and cooperation sectors articles are about.

    Korean and English; see `nordclass COMMAND --help` for each command.
    """
