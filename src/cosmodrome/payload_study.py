"""What a vehicle lifts from a site: the question a person asks, checked, and everything found in answer."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cosmodrome.ascent.capability import (
    PayloadCapability,
    optimize_ascent,
    payload_capability,
    permitted_branches,
    reachable_inclinations_deg,
)
from cosmodrome.ascent.dynamics import earth
from cosmodrome.ascent.footprint import Footprint, spent_stage_footprints
from cosmodrome.ascent.partials import PayloadPartial, payload_partials
from cosmodrome.ascent.payload_map import PayloadMap, payload_map
from cosmodrome.ascent.problem import AscentTarget, ascent_problem, vehicle_limits
from cosmodrome.ascent.result import Ascent, AscentLimits, AscentStatus
from cosmodrome.ascent.terminal import TerminalOrbit, escape_orbit
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.errors import CosmodromeError, UnreachableError
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import PayloadFigure, Vehicle

MAP_ALTITUDES_KM = tuple(range(200, 1201, 50))
ESCAPE_PERIGEE_KM = 185.0
HIGHEST_LEO_KM = 2000.0
NEAR_ALTITUDE_RATIO, NEAR_ALTITUDE_KM, NEAR_INCLINATION_DEG = 0.05, 60.0, 2.0

_AIR = "below 120 km the air ends an orbit within a revolution, and targets end at 100000 km; give km"
_RANGES: tuple[tuple[str, str, float, float, str], ...] = (
    ("altitude_km", "--altitude", 120, 100000, _AIR),
    ("perigee_altitude_km", "--perigee", 120, 100000, _AIR),
    ("apogee_altitude_km", "--apogee", 120, 100000, _AIR),
    ("argument_of_perigee_deg", "--argument-of-perigee", 0, 360, "give an angle from 0 to 360 deg"),
    ("c3_km2_s2", "--escape", -60, 200, "give twice the energy per mass in km²/s², 0 for bare escape"),
    ("payload_kg", "--payload", 0, 1e6, "give the payload's mass in kg"),
    ("max_dynamic_pressure_kpa", "--max-q", 1, 500, "give the limit in kPa"),
    ("max_q_alpha_kpa_deg", "--max-q-alpha", 1, 1e5, "give the limit in kPa·deg"),
    ("max_axial_acceleration_g", "--max-g", 1.2, 30, "give the limit in g; a vehicle lifts off with more than 1"),
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


class Outcome(Enum):
    """How a study ends; the value is what a person makes of it."""

    LIFTS = "the vehicle lifts it"
    FALLS_SHORT = "analyzed, and out of reach"
    UNANSWERED = "the optimizer did not converge"


@dataclass(frozen=True, slots=True)
class PublishedPayload:
    """A published figure beside the computed payload; the ratio only where the orbits are near."""

    figure: PayloadFigure
    computed_over_published_ratio: float | None


@dataclass(frozen=True, slots=True)
class PayloadStudy:
    """Everything found in answer to a question; what was not asked for is empty."""

    question: PayloadQuestion
    capability: PayloadCapability | None
    partials: tuple[PayloadPartial, ...]
    laden: Ascent | None  # with the payload asked about, most propellant left
    footprints: tuple[Footprint, ...]
    published: tuple[PublishedPayload, ...]
    payload_map: PayloadMap | None
    unreachable: tuple[str, ...]  # why inclinations are not on the map
    elapsed_s: float

    @property
    def shown(self) -> Ascent | None:
        """The ascent to show: with the payload asked about if there is one."""
        return self.laden or (self.capability.ascent if self.capability else None)

    @property
    def outcome(self) -> Outcome:
        """Whether the vehicle lifts what was asked about."""
        if self.capability is None:
            lifts = self.payload_map is not None and bool((self.payload_map.payload_kg > 0).any())
            return Outcome.LIFTS if lifts else Outcome.FALLS_SHORT
        if not _is_answered(self.capability):
            return Outcome.UNANSWERED
        wanted = self.question.options.payload_kg or 0.0
        return Outcome.LIFTS if self.capability.payload_kg > wanted else Outcome.FALLS_SHORT

    def __repr__(self) -> str:
        return f"<PayloadStudy {self.question!r}: {self.outcome.value}>"


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
    CosmodromeError
        With every contradiction among the options at once, each with what to do.
    """
    findings = [*_number_findings(options), *_orbit_findings(options), *_map_findings(options)]
    if findings:
        count = f"{len(findings)} error" + ("s" if len(findings) != 1 else "")
        raise CosmodromeError("\n".join(f"error: {f}" for f in findings) + f"\n\n{count}; nothing was computed.")
    inclinations: tuple[float, ...] = ()
    if not options.sun_synchronous:
        inclinations = options.inclinations_deg or (_lowest_inclination_deg(vehicle, site, options),)
    return PayloadQuestion(
        vehicle, site, options, _limits(vehicle, options), _target(options, inclinations), inclinations,
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


def _target(options: PayloadOptions, inclinations_deg: tuple[float, ...]) -> AscentTarget | None:
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
        return CircularTarget(
            kind="circular", altitude_km=options.altitude_km, inclination_deg=inclination
        )
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


def payload_study(
    question: PayloadQuestion, on_progress: Callable[[str], None] | None = None
) -> PayloadStudy:
    """Answer what a vehicle lifts.

    Parameters
    ----------
    question : PayloadQuestion
    on_progress : callable, optional
        Called with the name of each part as it begins.

    Returns
    -------
    PayloadStudy
        "Out of reach" is a result like any other.

    Raises
    ------
    UnreachableError
        Where the site's position or its azimuth sector rules out the orbit, or every orbit of the map.

    Examples
    --------
    >>> from cosmodrome.catalog import find_site, find_vehicle
    >>> options = PayloadOptions(altitude_km=500, sun_synchronous=True)
    >>> study = payload_study(payload_question(find_vehicle("angara-1.2"), find_site("vostochny"), options))
    >>> study.outcome.value
    'the vehicle lifts it'
    """
    tell = on_progress or _silent
    began = time.perf_counter()
    vehicle, site, limits = question.vehicle, question.site, question.limits
    capability, laden = None, None
    partials: tuple[PayloadPartial, ...] = ()
    if question.target is not None:
        tell("ascent")
        capability = payload_capability(vehicle, site, question.target, limits)
        if capability.proved is not None and _is_answered(capability):
            partials = payload_partials(capability.proved)
        wanted = question.options.payload_kg
        if wanted and capability.converged and wanted <= capability.payload_kg:
            tell("ascent with the payload asked about")
            flown = optimize_ascent(vehicle, site, question.target, wanted, constraints=limits)
            laden = flown if flown.converged else None
    study = PayloadStudy(
        question, capability, partials, laden, (), _published(question, capability), None, (), 0.0
    )
    if question.options.with_footprints and study.shown is not None and study.shown.replay.agrees:
        tell("fall of spent stages")
        study = replace(study, footprints=_footprints(study.shown, site))
    if question.options.with_map:
        charted, unreachable = _mapped(question, tell)
        study = replace(study, payload_map=charted, unreachable=unreachable)
    return replace(study, elapsed_s=time.perf_counter() - began)


def _silent(_stage: str) -> None:
    """Tell nobody."""


def _is_answered(capability: PayloadCapability) -> bool:
    return capability.status in (AscentStatus.OPTIMAL, AscentStatus.OUT_OF_REACH)


def _footprints(ascent: Ascent, site: Site) -> tuple[Footprint, ...]:
    return spent_stage_footprints(
        ascent.jettisoned, earth(),
        pad_latitude_deg=site.latitude_deg.value, pad_longitude_deg=site.longitude_deg.value,
    )  # fmt: skip


def _mapped(
    question: PayloadQuestion, tell: Callable[[str], None]
) -> tuple[PayloadMap, tuple[str, ...]]:
    """The map of what can be reached, and why the rest cannot."""
    vehicle, site = question.vehicle, question.site
    reached, reasons = [], []
    for inclination in question.inclinations_deg or (None,):
        lowest = replace(question.options, altitude_km=float(MAP_ALTITUDES_KM[0]))
        target = _target(lowest, () if inclination is None else (inclination,))
        assert target is not None
        try:
            permitted_branches(ascent_problem(vehicle, site, target), site)
            reached.append(inclination)
        except UnreachableError as error:
            reasons.append(str(error))
    if not reached:
        raise UnreachableError("\nerror: ".join(reasons))
    tell(f"map of {len(reached) * len(MAP_ALTITUDES_KM)} orbits")
    columns = [inclination for inclination in reached if inclination is not None]
    charted = payload_map(vehicle, site, MAP_ALTITUDES_KM, columns or None, limits=question.limits)
    return charted, tuple(reasons)


def _published(
    question: PayloadQuestion, capability: PayloadCapability | None
) -> tuple[PublishedPayload, ...]:
    """Published figures from this site for this kind of orbit, with the ratio where the orbit is near."""
    target = question.target
    if capability is None or target is None:
        return ()
    alike = [
        figure
        for figure in capability.published
        if question.site.name in figure.site.split("/") and _figure_kind(figure) == _target_kind(target)
    ]
    claimed = capability.payload_kg if capability.converged else None
    return tuple(
        PublishedPayload(figure, claimed / figure.payload_kg if claimed and _is_near(figure, target) else None)
        for figure in alike
    )


def _kind(perigee_km: float, apogee_km: float, inclination_deg: float | None) -> str:
    if apogee_km > HIGHEST_LEO_KM:
        return "high"
    if apogee_km - perigee_km > 100 or inclination_deg is None:
        return "LEO"
    circle = SunSynchronousTarget(kind="sun-synchronous", altitude_km=perigee_km, ltan="12:00")
    return "SSO" if abs(inclination_deg - circle.inclination_deg) < 1 else "LEO"


def _target_kind(target: AscentTarget) -> str:
    if isinstance(target, TerminalOrbit):
        return "escape"
    return _kind(target.perigee_altitude_km, target.apogee_altitude_km, target.inclination_deg)


def _figure_kind(figure: PayloadFigure) -> str:
    """Kind of a figure's orbit, from its numbers where it has them."""
    if figure.perigee_altitude_km is not None and figure.apogee_altitude_km is not None:
        return _kind(figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg)
    return {"SSO": "SSO", "GTO": "high", "HEO": "high", "escape": "escape", "TLI": "escape"}.get(figure.orbit, "LEO")


def _is_near(figure: PayloadFigure, target: AscentTarget) -> bool:
    """Whether the orbits are close enough for the payloads to be compared."""
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    if isinstance(target, TerminalOrbit) or low is None or high is None or tilt is None:
        return False
    pairs = ((low, target.perigee_altitude_km), (high, target.apogee_altitude_km))
    level = all(abs(a - b) <= max(NEAR_ALTITUDE_KM, NEAR_ALTITUDE_RATIO * a) for a, b in pairs)
    return level and abs(tilt - target.inclination_deg) <= NEAR_INCLINATION_DEG
