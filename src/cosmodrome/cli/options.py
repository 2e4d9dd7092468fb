"""Options that several commands share, and what they are turned into."""

import functools
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cosmodrome.cli.session import readable_errors
from cosmodrome.studies.contact_options import CoverageOptions, GroundOptions
from cosmodrome.studies.lifetime_options import LifetimeOptions
from cosmodrome.studies.orbit_options import SWITCHES, ForceOptions, OrbitOptions

Command = Callable[..., Any]

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


class Instant(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """An instant of ISO 8601, UTC where it has no zone; or `now`."""

    name = "UTC"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the text."""
        if isinstance(value, datetime):
            return value
        if value == "now":
            return datetime.now(UTC).replace(microsecond=0)
        try:
            found = datetime.fromisoformat(re.sub(r"\s*UTC$", "", value))
        except ValueError:
            self.fail(f"'{value}' is no instant: write 2027-03-01, 2027-03-01T12:00:00 or now", param, ctx)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


_INSTANT = Instant()


def _stacked(command: Command, options: list[Callable[[Command], Command]]) -> Command:
    """Put options on a command so that its help lists them in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def _gathered(
    command: Command, name: str, kind: type, options: list[Callable[[Command], Command]]
) -> Command:
    """Put options on a command and hand it what they gather into, under a name."""
    kept = {one.name for one in fields(kind)}

    @functools.wraps(command)
    def gathering(**given: Any) -> Any:
        mine = {key: given.pop(key) for key in kept & set(given)}
        return command(**given, **{name: kind(**mine)})

    return _stacked(gathering, options)


def span_options(default_days: float | None) -> Callable[[Command], Command]:
    """When it begins and how long it lasts."""
    shown = default_days is not None

    def put(command: Command) -> Command:
        return _stacked(
            command,
            [
                click.option("--epoch", type=_INSTANT, metavar="UTC", help="Start, 2027-03-01T12:00 or now."),
                click.option(
                    "--days", "duration_days", **in_unit("DAYS"), default=default_days, show_default=shown,
                    help="How long.",
                ),
            ],
        )  # fmt: skip

    return put


def _apsides(command: Command) -> Command:
    return _stacked(
        command,
        [
            click.option(
                "--altitude", "altitude_km", **in_unit("KM"), help="A circle; mean, above 6378.137 km."
            ),
            click.option(
                "--perigee", "perigee_altitude_km", **in_unit("KM"), help="An ellipse, with --apogee."
            ),
            click.option(
                "--apogee", "apogee_altitude_km", **in_unit("KM"), help="An ellipse, with --perigee."
            ),
        ],
    )


def _inclination(command: Command) -> Command:
    return _stacked(
        command,
        [
            click.option(
                "--inclination", "inclination_deg", **in_unit("DEG"), help="To the equator of date."
            ),
            click.option("--sun-synchronous", is_flag=True, help="Inclination by altitude."),
        ],
    )


def _node(raan_text: str) -> Callable[[Command], Command]:
    def put(command: Command) -> Command:
        return _stacked(
            command,
            [
                click.option("--ltan", metavar="HH:MM", help="Mean local time of the ascending node."),
                click.option("--raan", "raan_deg", **in_unit("DEG"), help=raan_text),
            ],
        )

    return put


def _satellite(command: Command) -> Command:
    return _stacked(
        command,
        [
            click.option("--mass", "mass_kg", **in_unit("KG"), help="Of the satellite."),
            click.option("--drag-area", "drag_area_m2", **in_unit("M2"), help="Mean area in the flow."),
            click.option("--cd", "drag_coefficient", **in_unit("C_D"), help="C_D; 2.2 if not given."),
        ],
    )


def orbit_options(command: Command) -> Command:
    """Options of an orbit, handed to the command as `orbit`."""
    return _gathered(
        command,
        "orbit",
        OrbitOptions,
        [
            click.argument("file", type=click.Path(path_type=Path), required=False),
            click.option("--object", "object_name", metavar="NAME", help="Which of the file's objects."),
            _apsides,
            _inclination,
            _node("Ascending node in GCRF."),
            click.option(
                "--argument-of-perigee", "argument_of_perigee_deg", **in_unit("DEG"), help="Of an ellipse."
            ),
            span_options(1.0),
        ],
    )


def force_options(command: Command) -> Command:
    """Options of what acts on a satellite, handed to the command as `forces`."""

    def chosen(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
        return frozenset(value)

    return _gathered(
        command,
        "forces",
        ForceOptions,
        [
            _satellite,
            click.option("--radiation-area", "radiation_area_m2", **in_unit("M2"), help="Area in sunlight."),
            click.option("--cr", "reflectivity_coefficient", **in_unit("C_R"), help="Reflectivity, 1 to 2."),
            click.option("--gravity", metavar="NxM", default="20x20", show_default=True, help="To 70x70."),
            click.option(
                "--ap", "ap_convention", type=click.Choice(["3-hourly", "daily-mean"]), default="3-hourly",
                show_default=True, help="Geomagnetic activity that the air's density follows.",
            ),
            click.option(
                "--space-weather", type=click.Choice(["observed", "low", "mean", "high"]), default="observed",
                show_default=True, help="Observed and then forecast, or then a case of the solar cycle.",
            ),
            click.option(
                "--without", multiple=True, type=click.Choice(SWITCHES), callback=chosen, metavar="FORCE",
                help=f"Leave a force out: {', '.join(SWITCHES)}. May be given several times.",
            ),
        ],
    )  # fmt: skip


def decay_options(command: Command) -> Command:
    """Options of an orbit that decays, handed to the command as `decay`."""
    return _gathered(
        command,
        "decay",
        LifetimeOptions,
        [
            _apsides,
            _inclination,
            _node("Ascending node, from the equinox of date."),
            _satellite,
            click.option(
                "--ballistic-coefficient",
                "ballistic_coefficient_kg_m2",
                **in_unit("KG_M2"),
                help="m / (C_D A).",
            ),
            click.option("--start", type=_INSTANT, metavar="UTC", help="Sets the phase of the solar cycle."),
            click.option(
                "--draws", "draws_count", type=int, default=0, metavar="N", help="For probabilities."
            ),
            click.option("--seed", type=int, default=0, metavar="N", help="Of the draws."),
        ],
    )


def ground_options(command: Command) -> Command:
    """Options of stations, handed to the command as `ground`."""
    return _gathered(
        command,
        "ground",
        GroundOptions,
        [
            click.option(
                "--station", "station_names", multiple=True, metavar="NAME",
                help="Of the catalog (`cosmodrome catalog stations`); may be given several times.",
            ),
            click.option("--latitude", "latitude_deg", **in_unit("DEG"), help="A place of your own; north."),
            click.option("--longitude", "longitude_deg", **in_unit("DEG"), help="East positive."),
            click.option("--height", "height_m", **in_unit("M"), help="Of the place above the ellipsoid."),
            _minimum_elevation("In place of the stations' own."),
        ],
    )  # fmt: skip


def _minimum_elevation(text: str) -> Callable[[Command], Command]:
    return click.option("--minimum-elevation", "minimum_elevation_deg", **in_unit("DEG"), help=text)


def coverage_options(command: Command) -> Command:
    """Options of a constellation and of what it is to see, handed to the command as `sight`."""
    return _gathered(
        command,
        "sight",
        CoverageOptions,
        [
            click.argument("files", type=click.Path(path_type=Path), nargs=-1),
            click.option("--walker", metavar="T/P/F", help="Satellites, planes, phasing."),
            click.option("--star", is_flag=True, help="Nodes over 180° in place of 360°."),
            click.option("--altitude", "altitude_km", **in_unit("KM"), help="Of the pattern."),
            _inclination,
            click.option("--points", "points_count", type=int, metavar="N", help="Of the grid; 2000."),
            click.option(
                "--target", "targets", multiple=True, metavar="LAT,LON", help="In place of a grid; several."
            ),
            click.option(
                "--half-cone", "half_cone_deg", **in_unit("DEG"), help="Of the view about the nadir."
            ),
            _minimum_elevation("Of the satellite above the point's horizon."),
            span_options(1.0),
        ],
    )


def answering(command: Command) -> Command:
    """Options of every answer; errors become sentences around the command."""

    @functools.wraps(command)
    def readable(*, debug: bool, **given: Any) -> Any:
        with readable_errors(debug):
            return command(**given)

    return _stacked(
        readable,
        [
            click.option(
                "--json", "as_json", is_flag=True, help="Print one JSON document, and nothing else."
            ),
            click.option("-q", "--quiet", is_flag=True, help="No narration."),
            click.option("--debug", is_flag=True, help="Show tracebacks."),
        ],
    )
