"""What every command does around its work: exit codes, errors as sentences, narration, files in one step."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from cosmodrome.errors import CosmodromeError, OutputError

CLOSES: Final = 0
DOES_NOT_CLOSE: Final = 1
BAD_INPUT: Final = 2
NO_VERDICT: Final = 3
INTERRUPTED: Final = 130


@contextmanager
def readable_errors(debug: bool) -> Iterator[None]:
    """Turn exceptions into a sentence and an exit code; the traceback is for --debug."""
    try:
        yield
    except CosmodromeError as error:
        if debug:
            raise
        text = str(error)
        click.echo(text if text.startswith("error") else f"error: {text}", err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        click.echo("interrupted; what was finished is kept", err=True)
        sys.exit(INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, SystemExit):
        raise
    except Exception as error:
        if debug:
            raise
        click.echo(f"error: {type(error).__name__}: {error}", err=True)
        click.echo("this is a fault of cosmodrome, not of the mission; --debug shows where", err=True)
        sys.exit(NO_VERDICT)


def output_directory(output: Path, name: str) -> Path:
    """The mission's folder, made before anything is computed so that a bad place is known at once."""
    from cosmodrome.outputs.labels import file_name

    directory = output / file_name(name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot write results to {directory}: {error.strerror}; give another place with --output DIR"
        ) from error
    if not os.access(directory, os.W_OK):
        raise OutputError(
            f"cannot write results to {directory}: not writable; give another place with --output DIR"
        )
    return directory


@contextmanager
def progress(quiet: bool, no_color: bool) -> Iterator[Callable[[str], None]]:
    """Tell the stages on stderr: a spinner on a terminal, one plain line each otherwise."""
    if quiet:
        yield lambda stage: None
    elif sys.stderr.isatty() and not no_color:
        from rich.console import Console

        with Console(stderr=True).status("reading") as status:
            yield lambda stage: status.update(stage)
    else:
        yield lambda stage: click.echo(f"{stage} …", err=True)


def print_anywhere(text: str) -> None:
    """Print, spelled out in ASCII where stdout cannot take the signs."""
    from cosmodrome.outputs.labels import printable_text

    click.echo(printable_text(text, sys.stdout.encoding))


def replace_file(path: Path, text: str, advice: str) -> None:
    """Put a file in place in one step, or say what to do where that cannot be."""
    from cosmodrome.outputs.files import replace_text

    try:
        replace_text(path, text)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; {advice}") from error
