"""Which stations and which coverage are asked about: options, and what contradicts itself among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cosmodrome.studies.orbit_options import number_findings, span_findings

POINTS_COUNT: Final = 2000
MOST_POINTS: Final = 200_000

_GROUND_RANGES: Final = (
    ("latitude_deg", "--latitude", -90.0, 90.0, "north is positive; are latitude and longitude swapped?"),
    ("longitude_deg", "--longitude", -180.0, 180.0, "east is positive"),
    ("height_m", "--height", -450.0, 6000.0, "give meters above the ellipsoid"),
    ("minimum_elevation_deg", "--minimum-elevation", 0.0, 89.9, "give degrees above the horizon"),
)


_COVERAGE_RANGES: Final = (
    ("altitude_km", "--altitude", 120.0, 1e5, "give km above 6378.137 km"),
    ("inclination_deg", "--inclination", 0.0, 180.0, "give an angle from 0 to 180 deg"),
    ("points_count", "--points", 10, MOST_POINTS, "2000 points are some 500 km apart"),
    ("half_cone_deg", "--half-cone", 0.1, 90.0, "give the angle from the nadir to the edge of the view"),
    (
        "minimum_elevation_deg",
        "--minimum-elevation",
        0.0,
        89.9,
        "give the satellite's height above the horizon",
    ),
)


@dataclass(frozen=True, slots=True)
class GroundOptions:
    """Stations of the catalog by name, or one place of one's own."""

    station_names: tuple[str, ...] = ()
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    height_m: float | None = None
    minimum_elevation_deg: float | None = None


@dataclass(frozen=True, slots=True)
class CoverageOptions:
    """Satellites, points and what counts as seen."""

    files: tuple[Path, ...] = ()
    walker: str | None = None  # T/P/F
    star: bool = False
    altitude_km: float | None = None
    inclination_deg: float | None = None
    sun_synchronous: bool = False
    points_count: int | None = None
    targets: tuple[str, ...] = ()  # "LAT,LON"
    half_cone_deg: float | None = None
    minimum_elevation_deg: float | None = None
    epoch: datetime | None = None
    duration_days: float = 1.0


def ground_findings(ground: GroundOptions) -> Iterator[str]:
    """Everything that is wrong with the stations asked about, a sentence each."""
    yield from number_findings(ground, _GROUND_RANGES)
    place = (ground.latitude_deg, ground.longitude_deg)
    if (place[0] is None) != (place[1] is None):
        yield "a place needs --latitude and --longitude: give both"
    if place == (None, None) and not ground.station_names:
        yield "no station is given: give --station NAME, or --latitude and --longitude"
    if ground.height_m is not None and place == (None, None):
        yield "--height is of a place: give --latitude and --longitude with it"


def coverage_findings(options: CoverageOptions) -> Iterator[str]:
    """Everything that is wrong with the coverage asked about, a sentence each."""
    yield from number_findings(options, _COVERAGE_RANGES)
    yield from span_findings(options.epoch, options.duration_days)
    if (options.walker is None) == (not options.files):
        yield "the satellites are a pattern or those of files: give --walker T/P/F, or files of elements"
    if options.walker is not None:
        yield from _walker_findings(options)
    elif options.star or options.altitude_km or options.inclination_deg or options.sun_synchronous:
        yield "--star, --altitude and --inclination are of a pattern: give --walker T/P/F with them"
    if options.half_cone_deg is None and options.minimum_elevation_deg is None:
        yield "nothing says what is seen: give --half-cone or --minimum-elevation"
    if options.targets and options.points_count is not None:
        yield "--points is a grid, --target names places: give one or the other"
    for text in options.targets:
        if place_of(text) is None:
            yield f"--target '{text}' is no place: write LATITUDE,LONGITUDE in degrees, such as 55.75,37.6"


def _walker_findings(options: CoverageOptions) -> Iterator[str]:
    if not re.fullmatch(r"\d+/\d+/\d+", options.walker or ""):
        yield f"--walker '{options.walker}' is no pattern: write satellites/planes/phasing, such as 24/3/1"
    if options.altitude_km is None:
        yield "a Walker pattern needs --altitude"
    if options.sun_synchronous == (options.inclination_deg is not None):
        yield "a Walker pattern needs --inclination, or --sun-synchronous in its place"


def place_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a target [deg]."""
    parts = text.split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
