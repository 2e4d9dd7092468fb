"""The command line: every verb a thin call of a function that Python has too."""

import atexit
import gc

import click

from cosmodrome.cli.catalogs import catalog
from cosmodrome.cli.contacts import coverage, passes
from cosmodrome.cli.missions import check, explain, new, run, schema
from cosmodrome.cli.orbits import export, lifetime, orbit
from cosmodrome.cli.payloads import payload
from cosmodrome.cli.session import BAD_INPUT, CLOSES, DOES_NOT_CLOSE, INTERRUPTED, NO_VERDICT

__all__ = ["BAD_INPUT", "CLOSES", "DOES_NOT_CLOSE", "INTERRUPTED", "NO_VERDICT", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cosmodrome")
def main() -> None:
    """Does this mission close? Vehicle, site, orbit, satellite, stations in one file; one verdict.

    \b
    cosmodrome new                      write a commented starter file
    cosmodrome check mission.toml       validate it
    cosmodrome run mission.toml         answer the question
    cosmodrome explain mission.toml battery     derive one check line by line
    cosmodrome payload angara-1.2 vostochny --altitude 500 --sun-synchronous
    cosmodrome orbit --altitude 700 --sun-synchronous --ltan 10:30
    """
    # One short run: looking for cycles costs a tenth of it, at its end too, and frees nothing that matters.
    gc.disable()
    atexit.register(gc.freeze)


for command in (
    run,
    check,
    explain,
    payload,
    orbit,
    passes,
    lifetime,
    coverage,
    export,
    catalog,
    new,
    schema,
):
    main.add_command(command)
