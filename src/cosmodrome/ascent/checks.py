"""What rules an ascent out before anything is computed: each reason a sentence, all of them at once.

Only broken input is refused. A vehicle that cannot reach its orbit is a result.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from cosmodrome.ascent.burns import Burn, stage_flow_kg_s, vehicle_burns
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.errors import ImpossibleAscentError
from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.physics.propulsion import thrust_n

HIGHEST_GROUND_M = 8849.0  # Mount Everest; a "pad" above it is where a carrier lets go
SHORTEST_BURN_S = 1e-3
_SAME_TIME_S = 1e-6
_QUARTER_RAD = math.pi / 2 + 1e-9
_STAGE_NUMBERS = ("dry_mass_kg", "propellant_mass_kg", "thrust_vacuum_n", "specific_impulse_vacuum_s")
_ORBIT_LENGTHS = ("semi_major_axis_m", "eccentricity")
_ORBIT_ANGLES = ("inclination_rad", "raan_rad", "argument_of_perigee_rad")
_PAD_NUMBERS = ("latitude_deg", "longitude_deg", "altitude_m")
_LIMITS = {
    "dynamic_pressure_kpa": "kPa",
    "q_alpha_kpa_deg": "kPa deg",
    "axial_acceleration_g": "g",
    "heat_flux_w_m2": "W/m2",
}


def reject_impossible(problem: AscentProblem) -> None:
    """Raise everything that makes an ascent impossible to fly, or to state.

    Parameters
    ----------
    problem : AscentProblem

    Raises
    ------
    ImpossibleAscentError
        Its `findings` are sentences: what was expected, what was given, what to do.

    Examples
    --------
    >>> from cosmodrome.ascent.problem import ascent_problem
    >>> from cosmodrome.catalog import find_site, find_vehicle
    >>> from cosmodrome.models.target import CircularTarget
    >>> target = CircularTarget(kind="circular", altitude_km=300, inclination_deg=63)
    >>> vehicle, site = find_vehicle("angara-1.2"), find_site("plesetsk")
    >>> reject_impossible(ascent_problem(vehicle, site, target))
    >>> reject_impossible(ascent_problem(vehicle, site, target, payload_kg=-1))
    Traceback (most recent call last):
    cosmodrome.errors.ImpossibleAscentError: error: payload_kg is -1 kg, expected 0 kg or more; leave it
    out to have the payload maximized
    <BLANKLINE>
    1 error; nothing was computed.
    """
    findings = [*_of_orbit(problem), *_of_pad(problem), *_of_payload(problem), *_of_limits(problem)]
    of_stages = list(_of_stages(problem.vehicle))
    findings += of_stages
    if not of_stages:
        burns = vehicle_burns(_without_later_curves(problem.vehicle))
        findings += _of_ignitions(problem.vehicle, burns)
        start = _Start.of(problem, burns[0])
        findings += [*_of_thrust(problem, start), *_of_acceleration(problem, start)]
    if findings:
        raise ImpossibleAscentError(*findings)


def _finite(*values: float | None) -> bool:
    return all(value is None or math.isfinite(value) for value in values)


def _of_orbit(problem: AscentProblem) -> Iterator[str]:
    """Numbers that are none, and shapes that no orbit has."""
    orbit = problem.orbit
    for name in _ORBIT_LENGTHS:
        if not _finite(getattr(orbit, name)):
            yield f"the orbit's {name} is {getattr(orbit, name)}, expected a finite number; give one"
    for name in _ORBIT_ANGLES:
        if not _finite(getattr(orbit, name)):
            yield (
                f"the orbit's {name} is {getattr(orbit, name)}, expected a finite number; give one, or None "
                f"where it is free"
            )
    inclination = orbit.inclination_rad
    if (
        inclination is not None
        and math.isfinite(inclination)
        and abs(inclination - math.pi / 2) > _QUARTER_RAD
    ):
        yield (
            f"the orbit's inclination_rad is {inclination:g} rad, expected 0 to {math.pi:.4f} rad; is it in "
            f"degrees?"
        )
    if _finite(orbit.semi_major_axis_m, orbit.eccentricity):
        yield from _of_shape(problem)


def _of_shape(problem: AscentProblem) -> Iterator[str]:
    """Where the perigee lies, if the orbit has one."""
    orbit = problem.orbit
    surface_km = problem.environment.equatorial_radius_m / 1e3
    depth_km = surface_km - orbit.perigee_radius_m / 1e3
    if orbit.eccentricity < 0:
        yield (
            f"the orbit's eccentricity is {orbit.eccentricity:g}, expected 0 or more; give 0 for a circle, "
            f"less than 1 for an ellipse"
        )
    elif orbit.perigee_radius_m <= 0:
        yield (
            f"the orbit's semi-major axis of {orbit.semi_major_axis_m / 1e3:.6g} km contradicts its "
            f"eccentricity of {orbit.eccentricity:g}; give a positive axis to an eccentricity below 1, a "
            f"negative one to an eccentricity above 1"
        )
    elif depth_km > 0:
        yield (
            f"the orbit's perigee lies {depth_km:.1f} km below the Earth's surface, expected above the "
            f"equatorial radius of {surface_km:.1f} km; raise the perigee"
        )


def _of_pad(problem: AscentProblem) -> Iterator[str]:
    """Where it starts, and the directions it may take."""
    pad, carrier = problem.pad, problem.vehicle.air_launch
    for name in _PAD_NUMBERS:
        if not _finite(getattr(pad, name)):
            yield f"the pad's {name} is {getattr(pad, name)}, expected a finite number; give one"
    if pad.azimuth_sector_deg is not None:
        first, last = pad.azimuth_sector_deg
        if not _finite(first, last):
            yield (
                f"the pad's azimuth_sector_deg is {first} to {last} deg, expected finite numbers; give two, "
                f"or None where every azimuth is open"
            )
        elif first == last:
            yield (
                f"the pad's azimuth sector runs from {first:g} to {last:g} deg and is empty, expected a "
                f"width above 0 deg; give 0 to 360 deg to open every azimuth"
            )
    if carrier is not None and pad.altitude_m <= HIGHEST_GROUND_M:
        altitude_m = carrier.altitude_m.value
        if altitude_m < pad.altitude_m:
            yield (
                f"the carrier lets go at {altitude_m:g} m, below the ground at {pad.altitude_m:g} m; raise "
                f"air_launch.altitude_m"
            )


def _of_payload(problem: AscentProblem) -> Iterator[str]:
    payload_kg = problem.payload_kg
    if payload_kg is not None and not (math.isfinite(payload_kg) and payload_kg >= 0):
        yield (
            f"payload_kg is {payload_kg:g} kg, expected 0 kg or more; leave it out to have the payload "
            f"maximized"
        )


def _of_limits(problem: AscentProblem) -> Iterator[str]:
    """Limits that nothing that moves can keep."""
    for name, unit in _LIMITS.items():
        limit = getattr(problem.limits, name)
        if limit is not None and not (math.isfinite(limit) and limit > 0):
            yield (
                f"the limit {name} is {limit:g} {unit}, expected above 0 {unit}; give None where there is no "
                f"limit"
            )


def _of_stages(vehicle: Vehicle) -> Iterator[str]:
    """Stages that cannot burn; numbers are looked at again, for copies of a model are not validated."""
    for stage in vehicle.stages:
        wrong = {name: getattr(stage, name).value for name in _STAGE_NUMBERS}
        wrong = {name: value for name, value in wrong.items() if not (math.isfinite(value) and value > 0)}
        for name, value in wrong.items():
            yield f"stage '{stage.name}' has a {name} of {value:g}, expected above 0; give one unit's number"
        if not wrong and not stage.burnable_propellant_kg > SHORTEST_BURN_S * stage_flow_kg_s(stage):
            yield (
                f"stage '{stage.name}' never burns: of {stage.loaded_propellant_kg:.0f} kg of propellant "
                f"loaded {stage.kept_propellant_kg:.0f} kg are kept; load more or keep less"
            )


def _without_later_curves(vehicle: Vehicle) -> Vehicle:
    """The vehicle with thrust curves only where they bear on lift-off; every burn lasts as long without.

    Fitting a curve takes most of the time that laying out the burns takes.
    """
    core = _first_core(vehicle)
    stages = tuple(
        stage.model_copy(update={"thrust_curve_ratio": None})
        if stage.thrust_curve_ratio and (index > core or stage.ignition_time_s is not None)
        else stage
        for index, stage in enumerate(vehicle.stages)
    )
    return vehicle.model_copy(update={"stages": stages})


def _first_core(vehicle: Vehicle) -> int:
    return next(index for index, stage in enumerate(vehicle.stages) if stage.role != "booster")


@dataclass(frozen=True, slots=True)
class _Start:
    """The vehicle as its first burn begins."""

    burn: Burn
    mass_kg: float  # with the payload, where it is given
    load: str  # that payload, in words
    back_pressure_n: float

    @classmethod
    def of(cls, problem: AscentProblem, burn: Burn) -> "_Start":
        vehicle, carrier = problem.vehicle, problem.vehicle.air_launch
        payload_kg = problem.payload_kg
        if payload_kg is None or not (math.isfinite(payload_kg) and payload_kg > 0):
            payload_kg = 0.0
        parts = (vehicle.fairing.mass_kg, vehicle.adapter_mass_kg, vehicle.ballast_mass_kg)
        mass_kg = sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages)
        mass_kg += sum(part.value for part in parts if part is not None) + payload_kg
        altitude_m = carrier.altitude_m.value if carrier else problem.pad.altitude_m
        pressure_pa = (
            float(problem.environment.atmosphere.pressure_pa(altitude_m)) if _finite(altitude_m) else 0.0
        )
        load = f"with {payload_kg:g} kg of payload" if payload_kg else "without payload"
        return cls(burn, mass_kg, load, -float(thrust_n(0.0, burn.exit_area_m2, pressure_pa)))

    @property
    def weight_n(self) -> float:
        """By standard gravity, as thrust-to-weight ratios are quoted."""
        return self.mass_kg * STANDARD_GRAVITY_M_S2

    def thrust_n(self, throttle_ratio: float = 1.0) -> float:
        """Against the air; back-pressure takes the same from a throttled engine."""
        return throttle_ratio * self.burn.thrust_vacuum_n - self.back_pressure_n


def _of_thrust(problem: AscentProblem, start: _Start) -> Iterator[str]:
    """Thrust-to-weight ratio on the pad."""
    if problem.vehicle.air_launch is not None:
        return
    if start.burn.thrust_vacuum_n <= 0:
        yield (
            f"nothing is lit at lift-off, expected thrust above the weight of {_kn(start.weight_n)} kN "
            f"{start.load}; give a stage ignition = 'ground', or take its ignition_time_s away"
        )
        return
    ratio = start.thrust_n() / start.weight_n
    if ratio < 1:
        yield (
            f"thrust-to-weight at lift-off is {math.floor(100 * ratio) / 100:.2f}, expected above 1: "
            f"'{start.burn.name}' thrusts {_kn(start.thrust_n())} kN at the pad against a weight of "
            f"{_kn(start.weight_n)} kN {start.load}; raise the thrust, light more stages on the ground, or "
            f"take mass off"
        )


def _kn(force_n: float) -> str:
    return f"{force_n / 1e3:.1f}"


def _of_acceleration(problem: AscentProblem, start: _Start) -> Iterator[str]:
    """A limit that the first burn passes from its beginning on; the vehicle only becomes lighter."""
    limit_g = problem.limits.axial_acceleration_g
    if limit_g is None or not (math.isfinite(limit_g) and limit_g > 0):
        return
    on_pad = problem.vehicle.air_launch is None
    if on_pad and limit_g <= 1:
        yield (
            f"the limit axial_acceleration_g is {limit_g:g} g, expected above 1 g: with less nothing leaves "
            f"the pad; raise the limit"
        )
        return
    throttle = start.burn.throttle_min_ratio
    least_g = start.thrust_n(throttle) / start.weight_n
    if least_g > limit_g:
        yield (
            f"the limit axial_acceleration_g is {limit_g:g} g, but '{start.burn.name}' reaches "
            f"{math.ceil(100 * least_g) / 100:.2f} g {start.load} as soon as it is lit, at its lowest "
            f"throttle of {throttle:g}; raise the limit or lower throttle_min_ratio"
        )


def _of_ignitions(vehicle: Vehicle, burns: tuple[Burn, ...]) -> Iterator[str]:
    """Stages lit in the air when those that should burn beside them are out."""
    rest = list(burns)
    first = True
    boosters: list[Stage] = []
    for stage in vehicle.stages:
        boosters.append(stage)
        if stage.role == "booster":
            continue
        count = next(index for index, burn in enumerate(rest) if burn.ends_stage) + 1
        timeline = _Timeline.of(rest[:count], stage.name)
        for unit in boosters:
            yield from _of_ignition(unit, stage, timeline, first)
        rest, boosters, first = rest[count:], [], False


def _of_ignition(unit: Stage, core: Stage, timeline: "_Timeline", first: bool) -> Iterator[str]:
    at_s = unit.ignition_time_s
    if unit.ignition != "air" or at_s is None:
        return
    since = "after lift-off" if first else "after the stages below are out"
    out_s = timeline.out_before_s(at_s)
    if unit is not core and at_s >= timeline.core_out_s - _SAME_TIME_S:
        yield (
            f"booster '{unit.name}' lights {at_s:g} s {since}, but its core '{core.name}' burns out at "
            f"{timeline.core_out_s:.1f} s; lower its ignition_time_s"
        )
    elif out_s is not None and out_s > 0:
        yield (
            f"stage '{unit.name}' lights {at_s:g} s {since}, but everything beside it burns out at "
            f"{out_s:.1f} s; lower its ignition_time_s"
        )
    elif out_s is not None and not first:
        yield (
            f"stage '{unit.name}' has an ignition_time_s of {at_s:g} s, but nothing burns beside it; give it "
            f"an ignition_delay_s instead"
        )


@dataclass(frozen=True, slots=True)
class _Timeline:
    """When the engines of one block run, from its first ignition on."""

    core_out_s: float
    waits_s: tuple[tuple[float, float], ...]  # stretches without thrust

    @classmethod
    def of(cls, burns: list[Burn], core: str) -> "_Timeline":
        time_s = core_out_s = 0.0
        waits: list[tuple[float, float]] = []
        for burn in burns:
            end_s = time_s + burn.duration_s
            if burn.thrust_vacuum_n <= 0:
                begun_s = waits.pop()[0] if waits and waits[-1][1] == time_s else time_s
                waits.append((begun_s, end_s))
            elif burn.name == core or burn.name.endswith(f" + {core}"):
                core_out_s = end_s
            time_s = end_s
        return cls(core_out_s, tuple(waits))

    def out_before_s(self, time_s: float) -> float | None:
        """When the last engine went out before an ignition that ends a wait."""
        ended = (begun_s for begun_s, end_s in self.waits_s if abs(end_s - time_s) < _SAME_TIME_S)
        return next(ended, None)
