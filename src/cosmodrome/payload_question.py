"""The question how much a vehicle lifts from a site: what may be asked, and what contradicts itself."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cosmodrome.ascent.branches import reachable_inclinations_deg
from cosmodrome.ascent.problem import AscentTarget, ascent_problem, vehicle_limits
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.ascent.terminal import TerminalOrbit, escape_orbit
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.errors import QuestionError
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import Vehicle

MAP_ALTITUDES_KM = tuple(range(200, 1201, 50))
ESCAPE_PERIGEE_KM = 185.0

_AIR = "below 120 km the air ends an orbit within a revolution, and targets end at 100000 km; give km"
_RANGES: tuple[tuple[str, str, float, float, str], ...] = (
    ("altitude_km", "--altitude", 120, 100000, _AIR),
    ("perigee_altitude_km", "--perigee", 120, 100000, _AIR),
    ("apogee_altitude_km", "--apogee", 120, 100000, _AIR),
    ("argument_of_perigee_deg", "--argument-of-perigee", 0, 360, "give an angle from 0 to 360 deg"),
    ("c3_km2_s2", "--escape", -60, 200, "give twice the energy per mass in km²/s², 0 for bare escape"),
    ("payload_kg", "--payload", 0.1, 1e6, "give the payload's mass in kg"),
    ("max_dynamic_pressure_kpa", "--max-q", 1, 500, "give the limit in kPa"),
    ("max_q_alpha_kpa_deg", "--max-q-alpha", 1, 1e5, "give the limit in kPa·deg"),
    (
        "max_axial_acceleration_g",
        "--max-g",
        1.2,
        30,
        "give the limit in g; a vehicle lifts off with more than 1",
    ),
    ("max_heat_flux_w_m2", "--max-heat-flux", 1, 1e7, "give the limit at fairing jettison in W/m²"),
)


@dataclass(frozen=True, slots=True)
class PayloadOptions:
    """What may be asked; the command line has an option for each."""

    altitude_km: float | None = None
    perigee_altitude_km: float | None = None
    apogee_altitude_km: float | None = None
    argument_of_perigee_deg: float | None = None
    c3_km2_s2: float | None = None
    inclinations_deg: tuple[float, ...] = ()
    sun_synchronous: bool = False
    payload_kg: float | None = None
    max_dynamic_pressure_kpa: float | None = None
    max_q_alpha_kpa_deg: float | None = None
    max_axial_acceleration_g: float | None = None
    max_heat_flux_w_m2: float | None = None
    with_map: bool = False
    with_footprints: bool = False

    @property
    def is_elliptical(self) -> bool:
        """Whether an apsis of an ellipse is named."""
        return self.apogee_altitude_km is not None or (
            self.perigee_altitude_km is not None and self.c3_km2_s2 is None
        )

    @property
    def has_orbit(self) -> bool:
        """Whether one orbit is asked for, and not a map alone."""
        return self.altitude_km is not None or self.is_elliptical or self.c3_km2_s2 is not None


@dataclass(frozen=True, slots=True)
class PayloadQuestion:
    """A vehicle, a site and an orbit or a map of orbits, checked and with what was left open filled in."""

    vehicle: Vehicle
    site: Site
    options: PayloadOptions
    limits: AscentLimits
    target: AscentTarget | None  # None for a map alone
    inclinations_deg: tuple[float, ...]  # of the orbit or of the map; empty for sun-synchronous orbits
    lowest_inclination: bool  # none was asked for

    def __repr__(self) -> str:
        return f"<PayloadQuestion {self.vehicle.name} from {self.site.name}>"


def payload_question(vehicle: Vehicle, site: Site, options: PayloadOptions) -> PayloadQuestion:
    """Check what is asked, and fill in what is left open.

    Parameters
    ----------
    vehicle : Vehicle
    site : Site
    options : PayloadOptions

    Returns
    -------
    PayloadQuestion
        Without an inclination in `options`, with the lowest that the site reaches without a dogleg, rounded
        up to 0.01 deg; limits not given are the vehicle's own.

    Raises
    ------
    QuestionError
        With every contradiction among the options at once, each with what to do.
    """
    findings = [*_number_findings(options), *_orbit_findings(options), *_map_findings(options)]
    if findings:
        raise QuestionError(*findings)
    inclinations: tuple[float, ...] = ()
    if not options.sun_synchronous:
        inclinations = options.inclinations_deg or (_lowest_inclination_deg(vehicle, site, options),)
    return PayloadQuestion(
        vehicle, site, options, _limits(vehicle, options), orbit_target(options, inclinations), inclinations,
        not (options.inclinations_deg or options.sun_synchronous),
    )  # fmt: skip


def _number_findings(options: PayloadOptions) -> Iterator[str]:
    """Numbers that no orbit, payload or limit has."""
    for name, option, lowest, highest, advice in _RANGES:
        value = getattr(options, name)
        if value is not None and not lowest <= value <= highest:
            yield f"{option} {value:g} lies outside {lowest:g} to {highest:g}: {advice}"
    for value in options.inclinations_deg:
        if not 0 <= value <= 180:
            yield f"--inclination {value:g} lies outside 0 to 180: give an angle from 0 to 180 deg"
    low, high = options.perigee_altitude_km, options.apogee_altitude_km
    if low is not None and high is not None and low > high:
        yield f"--perigee {low:g} lies above --apogee {high:g}: swap the two"
    energy = options.c3_km2_s2
    least = -1e-6 * EARTH_GM_M3_S2 / _perigee_radius_m(options)
    if energy is not None and -60 <= energy <= least:
        yield f"--escape {energy:g} is less than a circular orbit has there ({least:.1f}): use --altitude"


def _orbit_findings(options: PayloadOptions) -> Iterator[str]:
    """Options that name different orbits, or none."""
    circular, escapes = options.altitude_km is not None, options.c3_km2_s2 is not None
    if circular and options.is_elliptical:
        yield "--altitude asks for a circle, --perigee and --apogee for an ellipse: give one or the other"
    if circular and escapes:
        yield "--altitude asks for a circle, --escape for a departure: give --escape with --perigee"
    if escapes and options.apogee_altitude_km is not None:
        yield "--escape sets how far the orbit reaches: leave out --apogee"
    if options.perigee_altitude_km is None and options.apogee_altitude_km is not None and not escapes:
        yield "--apogee alone is no orbit: give --perigee as well"
    if options.perigee_altitude_km is not None and options.apogee_altitude_km is None and not escapes:
        yield "--perigee alone is no orbit: give --apogee as well, or --escape"
    if options.argument_of_perigee_deg is not None and not options.is_elliptical:
        yield "--argument-of-perigee is of an ellipse: give --perigee and --apogee, or leave it out"
    if options.sun_synchronous and options.inclinations_deg:
        yield "--sun-synchronous sets the inclination: leave out --inclination"
    if options.sun_synchronous and (options.is_elliptical or escapes):
        yield "--sun-synchronous is for circles: give --altitude and no --perigee, --apogee or --escape"
    if not options.has_orbit and not options.with_map:
        shape = "" if options.sun_synchronous else ", --perigee and --apogee, --escape"
        yield f"no orbit is given: give --altitude{shape}, or --map for a range of altitudes"


def _map_findings(options: PayloadOptions) -> Iterator[str]:
    """Options that need one orbit, or a map."""
    count = len(options.inclinations_deg)
    if count > 1 and not options.with_map:
        yield f"--inclination is given {count} times: give it once, or --map for a line for each"
    if count > 1 and options.with_map and options.has_orbit:
        yield f"one orbit has one inclination, and {count} are given: leave out the orbit, or ask twice"
    if options.with_map and (options.is_elliptical or options.c3_km2_s2 is not None):
        yield "--map is of circular orbits: leave out --perigee, --apogee and --escape, or leave out --map"
    if options.with_map and not options.has_orbit:
        for name, given in (("--payload", options.payload_kg), ("--footprints", options.with_footprints)):
            if given:
                yield f"{name} is about one orbit: give --altitude with it"


def _perigee_radius_m(options: PayloadOptions) -> float:
    """Perigee of the orbit, or the lowest of the map."""
    height_km = options.altitude_km or options.perigee_altitude_km
    lowest_km = ESCAPE_PERIGEE_KM if options.c3_km2_s2 is not None else MAP_ALTITUDES_KM[0]
    return EARTH_EQUATORIAL_RADIUS_M + 1e3 * (height_km or lowest_km)


def _lowest_inclination_deg(vehicle: Vehicle, site: Site, options: PayloadOptions) -> float:
    orbit = TerminalOrbit(_perigee_radius_m(options), 0.0, None)
    low, high = reachable_inclinations_deg(ascent_problem(vehicle, site, orbit), site)
    return min(math.ceil(100 * low) / 100, high)


def _limits(vehicle: Vehicle, options: PayloadOptions) -> AscentLimits:
    given = {
        "dynamic_pressure_kpa": options.max_dynamic_pressure_kpa,
        "q_alpha_kpa_deg": options.max_q_alpha_kpa_deg,
        "axial_acceleration_g": options.max_axial_acceleration_g,
        "heat_flux_w_m2": options.max_heat_flux_w_m2,
    }
    return replace(vehicle_limits(vehicle), **{name: v for name, v in given.items() if v is not None})


def orbit_target(options: PayloadOptions, inclinations_deg: tuple[float, ...]) -> AscentTarget | None:
    """Make the one orbit that is asked for.

    Parameters
    ----------
    options : PayloadOptions
        Without contradictions.
    inclinations_deg : tuple of float
        One; none for a sun-synchronous orbit. [deg]

    Returns
    -------
    CircularTarget, EllipticalTarget, SunSynchronousTarget or TerminalOrbit
        None where a map alone is asked for.
    """
    if not options.has_orbit:
        return None
    if options.sun_synchronous:  # the local time sets when to lift off, and not how much is lifted
        assert options.altitude_km is not None
        return SunSynchronousTarget(kind="sun-synchronous", altitude_km=options.altitude_km, ltan="12:00")
    (inclination,) = inclinations_deg
    if options.c3_km2_s2 is not None:
        radius = _perigee_radius_m(options)
        return escape_orbit(options.c3_km2_s2, radius, EARTH_GM_M3_S2, math.radians(inclination))
    if options.altitude_km is not None:
        return CircularTarget(kind="circular", altitude_km=options.altitude_km, inclination_deg=inclination)
    assert options.perigee_altitude_km is not None
    assert options.apogee_altitude_km is not None
    return EllipticalTarget(
        kind="elliptical",
        perigee_altitude_km=options.perigee_altitude_km,
        apogee_altitude_km=options.apogee_altitude_km,
        inclination_deg=inclination,
        argument_of_perigee_deg=None
        if options.argument_of_perigee_deg is None
        else options.argument_of_perigee_deg % 360,
    )
