"""Which decay is asked about: options, and what contradicts itself among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cosmodrome.studies.orbit_options import (
    FIRST_EPOCH,
    LAST_EPOCH,
    apsides_findings,
    node_findings,
    number_findings,
)

MOST_DRAWS: Final = 100_000

_RANGES: Final = (
    ("altitude_km", "--altitude", 120.0, 2000.0, "drag matters below 2000 km"),
    ("perigee_altitude_km", "--perigee", 120.0, 2000.0, "drag matters below 2000 km"),
    ("apogee_altitude_km", "--apogee", 120.0, 4e4, "give km above 6378.137 km"),
    ("inclination_deg", "--inclination", 0.0, 180.0, "give an angle from 0 to 180 deg"),
    ("raan_deg", "--raan", 0.0, 360.0, "give an angle from 0 to 360 deg"),
    ("mass_kg", "--mass", 1e-3, 1e7, "give the satellite's mass in kg"),
    ("drag_area_m2", "--drag-area", 1e-5, 1e5, "give the mean area in the flow in m²"),
    ("drag_coefficient", "--cd", 0.1, 10.0, "2.2 suits most satellites"),
    ("ballistic_coefficient_kg_m2", "--ballistic-coefficient", 0.1, 1e5, "give m / (C_D A) in kg/m²"),
    ("draws_count", "--draws", 0, MOST_DRAWS, "1000 give probabilities to 2 %"),
)


@dataclass(frozen=True, slots=True)
class LifetimeOptions:
    """The orbit that decays, the satellite and the start."""

    altitude_km: float | None = None
    perigee_altitude_km: float | None = None
    apogee_altitude_km: float | None = None
    inclination_deg: float | None = None
    sun_synchronous: bool = False
    ltan: str | None = None
    raan_deg: float | None = None
    mass_kg: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None
    ballistic_coefficient_kg_m2: float | None = None
    start: datetime | None = None
    draws_count: int = 0
    seed: int = 0


def lifetime_findings(options: LifetimeOptions) -> Iterator[str]:
    """Everything that is wrong with the question, a sentence each."""
    yield from number_findings(options, _RANGES)
    yield from apsides_findings(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    if options.sun_synchronous == (options.inclination_deg is not None):
        yield "the density depends on the inclination: give --inclination, or --sun-synchronous in its place"
    yield from node_findings(options.ltan, options.raan_deg)
    named = (options.mass_kg, options.drag_area_m2, options.drag_coefficient)
    if options.ballistic_coefficient_kg_m2 is None and None in named[:2]:
        yield "nothing says how the air brakes: give --mass and --drag-area, or --ballistic-coefficient"
    if options.ballistic_coefficient_kg_m2 is not None and any(value is not None for value in named):
        yield "--ballistic-coefficient stands for mass, area and C_D: leave out --mass, --drag-area and --cd"
    if options.start is not None and not FIRST_EPOCH <= options.start <= LAST_EPOCH:
        yield f"--start {options.start:%Y-%m-%d} lies outside {FIRST_EPOCH:%Y} to {LAST_EPOCH:%Y}"
