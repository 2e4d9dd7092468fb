"""Read a mission file into a mission, or say everything that is wrong with it."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any, Final

from pydantic import BaseModel, Field, ValidationError

from cosmodrome import catalog
from cosmodrome.errors import MissionFileError, Problem
from cosmodrome.missionfile.references import resolve
from cosmodrome.models.mission import Mission
from cosmodrome.models.site import Site
from cosmodrome.models.target import Target
from cosmodrome.tomlfile.fields import Grammar
from cosmodrome.tomlfile.location import Finding
from cosmodrome.tomlfile.messages import Wording
from cosmodrome.tomlfile.reading import UnusableFileError, frozen, read_toml
from cosmodrome.tomlfile.render import in_order, render
from cosmodrome.tomlfile.scanner import scan
from cosmodrome.tomlfile.validation import validated

_GRAMMAR: Final = Grammar(
    model=Mission,
    more_keys=dict.fromkeys(
        (
            ("vehicle",),
            ("site",),
            ("stations",),
            ("satellite", "components"),
            ("satellite", "solar_array", "cell"),
            ("satellite", "body", "faces", "finish"),
        ),
        ("catalog",),
    ),
    examples={"vehicle": "angara-1.2", "site": "vostochny"},
    foundations={},
    is_sourced=False,
)


def load_mission(path: str | FilePath, catalog_folders: Sequence[str | FilePath] = ()) -> Mission:
    """Read a mission file.

    Parameters
    ----------
    path : str or Path
        A TOML file; `cosmodrome new` writes one to start from.
    catalog_folders : sequence of str or Path
        A person's own catalog folders, whose entries the file may name too.

    Returns
    -------
    Mission
        With every catalog name filled in.

    Raises
    ------
    MissionFileError
        If the file cannot be read or anything in it is wrong. It holds every problem with its line, and
        `str(error)` shows them with source lines and suggestions.
    CatalogFolderError
        If anything in the catalog folders is wrong.
    """
    index = catalog.open_catalog(catalog_folders)
    try:
        text, document = read_toml(
            path, "mission file", "`cosmodrome new` writes a mission file to start from"
        )
    except UnusableFileError as error:
        raise _failure(str(path), error.text, [error.problem]) from None
    filled = resolve(document, index)
    mission, errors = validated(Mission, frozen(filled.document))
    named = [*filled.findings, *_unreachable(filled.document)]
    if mission is not None and not named:
        return mission
    wording = Wording(document, scan(text), _GRAMMAR, filled.moved)
    problems = [wording.found(finding) for finding in named] + wording.problems(errors, filled.vague)
    raise _failure(str(path), text, problems)


def _failure(path: str, text: str, problems: list[Problem]) -> MissionFileError:
    ordered = in_order(problems)
    return MissionFileError(path, ordered, render(path, text, ordered))


class _Aim(BaseModel):
    """The part of a target that decides whether a site reaches it."""

    inclination_deg: float = Field(ge=0, le=180)


class _Geometry(BaseModel):
    """The part of a mission that decides which inclinations are reachable."""

    site: Site
    target: Target | _Aim = Field(union_mode="left_to_right")


def _unreachable(document: dict[str, Any]) -> list[Finding]:
    """An inclination that the site's latitude rules out, and what is reachable."""
    try:
        geometry = _Geometry.model_validate(document)
    except ValidationError:
        return []  # reported where it stands
    lowest, highest = geometry.site.turned_inclinations_deg
    inclination = geometry.target.inclination_deg
    if lowest <= inclination <= highest:
        return []
    latitude = abs(geometry.site.geocentric_latitude_deg)
    reachable = f"{_shown_deg(math.ceil, latitude)} to {_shown_deg(math.floor, 180 - latitude)} deg"
    turned = f"{_shown_deg(math.ceil, lowest)} to {_shown_deg(math.floor, highest)} deg"
    message = f"an inclination of {inclination:g} deg cannot be reached from {geometry.site.title}"
    latitude_text = _shown_latitude(geometry.site)
    help = f"from {latitude_text} an ascent reaches {reachable}, and {turned} by turning its plane"
    return [Finding(("target", "inclination_deg"), message, help)]


def _shown_deg(rounding: Callable[[float], int], angle_deg: float) -> str:
    """An angle with two decimals, rounded to the reachable side."""
    return f"{rounding(100 * angle_deg) / 100:.2f}"


def _shown_latitude(site: Site) -> str:
    latitude = site.latitude_deg.value
    return f"{abs(latitude):.3f} {'N' if latitude >= 0 else 'S'}"
