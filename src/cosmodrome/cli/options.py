"""Options that several commands share."""

from pathlib import Path
from typing import Any

import click

catalog_option = click.option(
    "--catalog",
    "folders",
    type=click.Path(path_type=Path),
    metavar="DIR",
    multiple=True,
    help="A folder of TOML files that extend the catalog; may be given several times.",
)


def in_unit(unit: str) -> dict[str, Any]:
    """An option that is a number, with its unit as the placeholder."""
    return {"type": float, "metavar": unit}
