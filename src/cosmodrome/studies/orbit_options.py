"""Which orbit is asked about, and which forces act: options, and what contradicts itself among them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from cosmodrome.errors import QuestionError

FIRST_EPOCH: Final = datetime(1962, 1, 1, tzinfo=UTC)  # UTC and observed space weather are older than that
LAST_EPOCH: Final = datetime(2099, 1, 1, tzinfo=UTC)  # the Sun's series ends in 2100
LONGEST_DAYS: Final = 3660.0

_AIR = "below 120 km the air ends an orbit within a revolution; give km above 6378.137 km"
_RANGES: Final = (
    ("altitude_km", "--altitude", 120.0, 1e5, _AIR),
    ("perigee_altitude_km", "--perigee", 120.0, 1e5, _AIR),
    ("apogee_altitude_km", "--apogee", 120.0, 4e5, _AIR),
    ("inclination_deg", "--inclination", 0.0, 180.0, "give an angle from 0 to 180 deg"),
    ("raan_deg", "--raan", 0.0, 360.0, "give an angle from 0 to 360 deg"),
    ("argument_of_perigee_deg", "--argument-of-perigee", 0.0, 360.0, "give an angle from 0 to 360 deg"),
)
_FORCE_RANGES: Final = (
    ("mass_kg", "--mass", 1e-3, 1e7, "give the satellite's mass in kg"),
    ("drag_area_m2", "--drag-area", 0.0, 1e5, "give the mean area in the flow in m²; 0 switches drag off"),
    ("drag_coefficient", "--cd", 0.1, 10.0, "2.2 suits most satellites"),
    ("radiation_area_m2", "--radiation-area", 0.0, 1e6, "give the area in sunlight in m²; 0 for none"),
    ("reflectivity_coefficient", "--cr", 0.0, 3.0, "give 1 for black to 2 for a mirror"),
)


@dataclass(frozen=True, slots=True)
class OrbitOptions:
    """The orbit asked about: by its shape, or from a file of another program or of a mission.

    Altitudes are mean altitudes above 6378.137 km; the node is that of GCRF, or at a local time.
    """

    file: Path | None = None
    object_name: str | None = None  # where the file holds several
    altitude_km: float | None = None
    perigee_altitude_km: float | None = None
    apogee_altitude_km: float | None = None
    inclination_deg: float | None = None
    sun_synchronous: bool = False
    ltan: str | None = None
    raan_deg: float | None = None
    argument_of_perigee_deg: float | None = None
    epoch: datetime | None = None  # the file's own, or midnight today
    duration_days: float = 1.0

    @property
    def has_shape(self) -> bool:
        """Whether any number of an orbit is given."""
        named = ("altitude_km", "perigee_altitude_km", "apogee_altitude_km", "inclination_deg", "ltan",
                 "raan_deg", "argument_of_perigee_deg")  # fmt: skip
        return self.sun_synchronous or any(getattr(self, name) is not None for name in named)


@dataclass(frozen=True, slots=True)
class ForceOptions:
    """What acts on the satellite; what is not given is the mission's, or a default that is named.

    Conventions of the air are those of `orbit.forces.Forces`.
    """

    mass_kg: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None
    radiation_area_m2: float | None = None
    reflectivity_coefficient: float | None = None
    gravity: str = "20x20"
    ap_convention: Literal["3-hourly", "daily-mean"] = "3-hourly"
    space_weather: Literal["observed", "low", "mean", "high"] = "observed"
    without: frozenset[str] = field(default_factory=frozenset)  # of `SWITCHES`

    @property
    def gravity_degree_and_order(self) -> tuple[int, int]:
        """Degree and order of the gravity field."""
        degree, _, order = self.gravity.lower().partition("x")
        return int(degree), int(order or degree)


SWITCHES: Final = ("drag", "sun", "moon", "solar-pressure", "tides", "relativity")


def refuse(findings: Iterable[str]) -> None:
    """Raise `QuestionError` where there is anything to say."""
    found = tuple(findings)
    if found:
        raise QuestionError(*found)


def orbit_findings(options: OrbitOptions) -> Iterator[str]:
    """Everything that is wrong with the orbit asked about, a sentence each."""
    yield from number_findings(options, _RANGES)
    yield from span_findings(options.epoch, options.duration_days)
    if options.file is not None:
        if options.has_shape:
            yield f"the orbit is that of {options.file}: leave out --altitude, --inclination and the like"
        return
    if options.object_name is not None:
        yield "--object chooses from a file: name the file, or leave it out"
    yield from apsides_findings(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    if options.argument_of_perigee_deg is not None and options.altitude_km is not None:
        yield "--argument-of-perigee is of an ellipse: give --perigee and --apogee, or leave it out"
    yield from _plane_findings(options)


def span_findings(epoch: datetime | None, duration_days: float) -> Iterator[str]:
    """An instant or a duration that cannot be computed."""
    if not 0 < duration_days <= LONGEST_DAYS:
        yield f"--days {duration_days:g} lies outside 0 to {LONGEST_DAYS:g}: give a duration in days above 0"
    if epoch is not None and not FIRST_EPOCH <= epoch <= LAST_EPOCH:
        yield (
            f"--epoch {epoch:%Y-%m-%d} lies outside {FIRST_EPOCH:%Y} to {LAST_EPOCH:%Y}, where time scales "
            "and the Sun are known: give an instant between them"
        )


def number_findings(options: object, ranges: Iterable[tuple[str, str, float, float, str]]) -> Iterator[str]:
    """Numbers outside their range; each row has the field, its option, both ends, and what to do."""
    for name, option, lowest, highest, advice in ranges:
        value = getattr(options, name)
        if value is not None and not lowest <= value <= highest:
            yield f"{option} {value:g} lies outside {lowest:g} to {highest:g}: {advice}"


def force_findings(options: ForceOptions) -> Iterator[str]:
    """Everything that is wrong with the forces."""
    yield from number_findings(options, _FORCE_RANGES)
    if not re.fullmatch(r"\d+(x\d+)?", options.gravity.lower()):
        yield f"--gravity '{options.gravity}' is no degree and order: write it as 20x20"
        return
    degree, order = options.gravity_degree_and_order
    if not order <= degree <= 70:
        yield f"--gravity {options.gravity}: give an order up to the degree, and a degree up to 70"


def hours_of(time_of_day: str) -> float:
    """Hours of a time of day such as 10:30 [h]."""
    hours, minutes = time_of_day.split(":")
    return int(hours) + int(minutes) / 60.0


def apsides_km(
    altitude_km: float | None, perigee_altitude_km: float | None, apogee_altitude_km: float | None
) -> tuple[float, float]:
    """Perigee and apogee altitude of options without contradictions [km]."""
    low = altitude_km if perigee_altitude_km is None else perigee_altitude_km
    high = altitude_km if apogee_altitude_km is None else apogee_altitude_km
    assert low is not None
    assert high is not None
    return low, high


def apsides_findings(
    altitude_km: float | None, perigee_altitude_km: float | None, apogee_altitude_km: float | None
) -> Iterator[str]:
    """A circle or an ellipse: one of them, and whole."""
    circle, low, high = altitude_km is not None, perigee_altitude_km, apogee_altitude_km
    if circle and (low is not None or high is not None):
        yield "--altitude asks for a circle, --perigee and --apogee for an ellipse: give one or the other"
    elif not circle and (low is None) != (high is None):
        given, missing = ("--perigee", "--apogee") if high is None else ("--apogee", "--perigee")
        yield f"{given} alone is no orbit: give {missing} as well"
    elif not circle and low is None:
        yield "no orbit is given: give --altitude, or --perigee and --apogee"
    if low is not None and high is not None and low > high:
        yield f"--perigee {low:g} lies above --apogee {high:g}: swap the two"


def _plane_findings(options: OrbitOptions) -> Iterator[str]:
    if options.sun_synchronous and options.inclination_deg is not None:
        yield "--sun-synchronous sets the inclination: leave out --inclination"
    if not options.sun_synchronous and options.inclination_deg is None:
        yield "no inclination is given: give --inclination, or --sun-synchronous"
    yield from node_findings(options.ltan, options.raan_deg)


def node_findings(ltan: str | None, raan_deg: float | None) -> Iterator[str]:
    """A node by its local time or by its right ascension, not by both."""
    if ltan is not None and raan_deg is not None:
        yield "--ltan and --raan both set the node: give one of them"
    if ltan is not None and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", ltan):
        yield f"--ltan '{ltan}' is not a time of day: write it as 10:30"
