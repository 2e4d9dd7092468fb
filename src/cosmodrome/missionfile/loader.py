"""Read a mission file into a mission, or say everything that is wrong with it."""

import math
import re
import tomllib
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from cosmodrome.errors import MissionFileError, Problem
from cosmodrome.missionfile.messages import Wording
from cosmodrome.missionfile.references import Finding, repeated_components, resolve
from cosmodrome.missionfile.render import render
from cosmodrome.missionfile.scanner import scan
from cosmodrome.models.mission import Mission
from cosmodrome.models.site import Site
from cosmodrome.models.target import Target


def load_mission(path: str | FilePath) -> Mission:
    """Read a mission file.

    Parameters
    ----------
    path : str or Path
        A TOML file; `cosmodrome new` writes one to start from.

    Returns
    -------
    Mission
        With every catalog name filled in.

    Raises
    ------
    MissionFileError
        If the file cannot be read or anything in it is wrong. It holds every problem with its line, and
        `str(error)` shows them with source lines and suggestions.
    """
    text = _read(path)
    document = _parse(str(path), text)
    filled, unknown = resolve(document)
    errors: list[Any] = []
    mission: Mission | None = None
    try:
        mission = Mission.model_validate(_frozen(filled), strict=True)
    except ValidationError as error:
        unreported = {name.path[: -1 if name.path[-1] == "catalog" else None] for name in unknown}
        errors = [e for e in error.errors(include_url=False) if e["loc"] not in unreported]
    named = [*unknown, *repeated_components(filled), *_unreachable(filled)]
    if mission is not None and not named:
        return mission
    wording = Wording(document, scan(text))
    problems = [wording.wrong_value(finding) for finding in named] + wording.problems(errors)
    raise _failure(str(path), text, problems)


def _failure(path: str, text: str, problems: list[Problem]) -> MissionFileError:
    ordered = sorted((p for p in problems if p.message), key=lambda p: (p.line, p.column))
    return MissionFileError(path, ordered, render(path, text, ordered))


def _read(path: str | FilePath) -> str:
    """The file's text; a file that cannot be read is a problem like any other."""
    try:
        content = FilePath(path).read_bytes()
    except OSError as error:
        reason = {
            FileNotFoundError: "there is no such file",
            IsADirectoryError: "it is a directory",
            PermissionError: "its permissions do not allow it",
        }.get(type(error), error.strerror or str(error))
        help = "`cosmodrome new` writes a mission file to start from"
        problem = Problem(f"cannot read the mission file: {reason}", help=help)
        raise _failure(str(path), "", [problem]) from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        readable = content.decode("utf-8", "replace")
        message = f"the mission file is not UTF-8 text: byte 0x{content[error.start]:02x}"
        column = error.start - content.rfind(b"\n", 0, error.start)
        problem = Problem(message, line, column, help="save the file with UTF-8 encoding")
        raise _failure(str(path), readable, [problem]) from None


def _parse(path: str, text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _failure(path, text, [_syntax_problem(text, str(error))]) from None
    if not document:
        help = "`cosmodrome new` writes a mission file to start from"
        raise _failure(path, text, [Problem("the mission file is empty", help=help)])
    return document


def _syntax_problem(text: str, message: str) -> Problem:
    """Place what `tomllib` says, and guess at the slip from the line."""
    lines = text.splitlines() or [""]
    at = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line, column = (int(at[1]), int(at[2])) if at else (len(lines), len(lines[-1]) + 1)
    what = message[: at.start()] if at else message.removesuffix(" (at end of document)")
    source = lines[line - 1] if line <= len(lines) else ""
    unquoted = re.match(r"\s*([\w.-]+)\s*=\s*([^\"'\[{#]*[^\s\"'\[{#])", source)
    help = ""
    length = 1
    if what.startswith(("Cannot overwrite", "Cannot declare")):
        what, help = "the same key or table is given twice", "keep one of the two"
        column, length = len(source) - len(source.lstrip()) + 1, len(source.strip())
    elif what == r"Illegal character '\n'":
        what, help = "text in quotes does not end on its line", "close the quotes"
    elif unquoted and re.match(r"\d{1,2}:\d{2}", unquoted[2]):
        help = f'times are written in quotes: {unquoted[1]} = "{unquoted[2]}"'
    elif unquoted and (number := re.match(r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*[A-Za-z%]", unquoted[2])):
        help = f"numbers stand alone, the unit is in the key: {unquoted[1]} = {number[1]}"
    elif unquoted and re.match(r"[A-Za-z]", unquoted[2]):
        help = f'text is written in quotes: {unquoted[1]} = "{unquoted[2]}"'
    return Problem(f"this is not TOML: {what[:1].lower()}{what[1:]}", line, column, length, help=help)


def _frozen(value: Any) -> Any:
    """The document with tuples for arrays, as the models hold them."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


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
    lowest = abs(geometry.site.geocentric_latitude_deg)
    inclination = geometry.target.inclination_deg
    if lowest <= inclination <= 180 - lowest:
        return []
    reachable = f"{_shown_deg(math.ceil, lowest)} to {_shown_deg(math.floor, 180 - lowest)} deg"
    message = f"an inclination of {inclination:g} deg cannot be reached from {geometry.site.title}"
    help = f"from {_shown_latitude(geometry.site)} an ascent without a plane change reaches {reachable}"
    return [Finding(("target", "inclination_deg"), message, help)]


def _shown_deg(rounding: Callable[[float], int], angle_deg: float) -> str:
    """An angle with two decimals, rounded to the reachable side."""
    return f"{rounding(100 * angle_deg) / 100:.2f}"


def _shown_latitude(site: Site) -> str:
    latitude = site.latitude_deg.value
    return f"{abs(latitude):.3f} {'N' if latitude >= 0 else 'S'}"
