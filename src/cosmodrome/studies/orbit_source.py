"""The orbit that options name: read from a file or made from a shape, as a start or as a path."""

import difflib
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.errors import QuestionError
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_states
from cosmodrome.orbit.exchange.orbit_file import read_orbit_file
from cosmodrome.orbit.exchange.states import StateSeries, in_frame
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.local_time import raan_of_local_time_rad
from cosmodrome.orbit.mean_start import state_from_mean_elements, state_with_node
from cosmodrome.orbit.state import orbit_state
from cosmodrome.orbit.target_state import target_state, unsaid_of_target
from cosmodrome.physics.elements import KeplerianElements, sun_synchronous_inclination_rad
from cosmodrome.physics.interpolation import hermite_state
from cosmodrome.physics.time import datetime_from_elapsed, elapsed_from_datetime
from cosmodrome.studies.orbit_options import (
    ForceOptions,
    OrbitOptions,
    apsides_km,
    force_findings,
    hours_of,
    orbit_findings,
    refuse,
)

if TYPE_CHECKING:
    from cosmodrome.models.mission import Mission

_DEFAULT = Forces(
    mass_kg=100.0, drag_area_m2=1.0, drag_coefficient=2.2, radiation_area_m2=1.0, reflectivity_coefficient=1.3
)
_SAME_INSTANT_S = 1e-3
_WORDS = {"drag": "drag_area_m2", "solar-pressure": "radiation_area_m2"}


@dataclass(frozen=True, slots=True)
class OrbitStart:
    """A state to propagate from, where it is from, and what acts."""

    name: str
    origin: str
    state: InjectionState
    forces: Forces
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<OrbitStart {self.name}, {self.origin}: {self.state!r}>"


@contextmanager
def as_question() -> Iterator[None]:
    """Values that a constructor below refuses are values that the question gave."""
    try:
        yield
    except ValueError as problem:
        raise QuestionError(str(problem)) from problem


def orbit_start(options: OrbitOptions, forces: ForceOptions, today: datetime) -> OrbitStart:
    """The start of the orbit asked about.

    Parameters
    ----------
    options : OrbitOptions
        A shape, or a file: OEM, OPM, OMM, TLE, SP3 or a mission (`.toml`), of which the target is taken.
    forces : ForceOptions
        What acts.
    today : datetime
        Its midnight is the epoch where neither the options nor the file has one.

    Returns
    -------
    OrbitStart
        What was assumed stands in its notes.

    Raises
    ------
    QuestionError
        With every contradiction among the options at once, or with why the file gives no orbit.
    ExchangeFileError, MissionFileError
        If the file is broken.
    """
    refuse([*orbit_findings(options), *force_findings(forces)])
    if options.file is None:
        return _start_of_shape(options, _acting(forces, None), today)
    if options.file.suffix == ".toml":
        return _start_of_mission(options, forces, today)
    return _start_of_object(chosen_object(options), options, _acting(forces, None))


def file_objects(options: OrbitOptions) -> tuple[StateSeries | MeanElements, ...]:
    """Every orbit of the file asked about, or the one that is named."""
    assert options.file is not None
    with as_question():
        found = read_orbit_file(options.file)
    if options.object_name is None:
        return found
    wanted = options.object_name.casefold()
    chosen = tuple(one for one in found if wanted in _names_of(one))
    if not chosen:
        known = [one.object_name for one in found]
        near = difflib.get_close_matches(options.object_name, known, n=1, cutoff=0.4)
        advice = f"did you mean '{near[0]}'?" if near else f"it holds {_few(known)}"
        raise QuestionError(f"no object '{options.object_name}' in {options.file}; {advice}")
    return chosen


def chosen_object(options: OrbitOptions) -> StateSeries | MeanElements:
    """The one orbit of a file; the first set where one object has several."""
    found = file_objects(options)
    names = list(dict.fromkeys(one.object_name for one in found))
    if len(names) > 1:
        raise QuestionError(f"{options.file} holds {_few(names)}: choose one with --object NAME")
    return found[0]


def state_of(one: StateSeries | MeanElements, epoch: datetime | None) -> InjectionState:
    """State of an object of a file at an instant, or at its first.

    Parameters
    ----------
    one : StateSeries or MeanElements
        Elements are taken to the instant by SGP4, states are interpolated.
    epoch : datetime, optional
        When.

    Raises
    ------
    QuestionError
        If there is no state then, or it is on no closed orbit about the Earth.
    """
    with as_question():
        if isinstance(one, MeanElements):
            instant = epoch or one.epoch
            series = sgp4_states(one, np.array([elapsed_from_datetime(one.epoch, instant)]))
            series = replace(series, epoch=instant, elapsed_s=np.zeros(1))
        else:
            series = _at(one, epoch)
        inertial = in_frame(series, "GCRF")
    assert inertial.velocity_m_s is not None
    try:
        return orbit_state(inertial.epoch, inertial.position_m[0], inertial.velocity_m_s[0])
    except ValueError as problem:
        raise QuestionError(
            f"{one.object_name} at {inertial.epoch:%Y-%m-%dT%H:%M:%S} UTC is on no orbit about the Earth: "
            f"{problem}; give a state of a closed orbit, in km and km/s"
        ) from problem


def _at(series: StateSeries, epoch: datetime | None) -> StateSeries:
    """The one state of a series at an instant, in an inertial frame where it is between two states."""
    name = series.object_name
    velocity = series.velocity_m_s
    if velocity is None:
        raise QuestionError(f"the file has positions of {name} and no velocities: give one with states")
    times = series.elapsed_s
    wanted = float(times[0]) if epoch is None else elapsed_from_datetime(series.epoch, epoch)
    nearest = int(np.abs(times - wanted).argmin())
    if abs(float(times[nearest]) - wanted) > _SAME_INSTANT_S:
        if not times[0] <= wanted <= times[-1] or not is_even(series):
            first, last = (datetime_from_elapsed(series.epoch, float(t)) for t in (times[0], times[-1]))
            raise QuestionError(
                f"{name} has no state at --epoch {epoch:%Y-%m-%dT%H:%M:%S}: its {len(times)} states run from "
                f"{first:%Y-%m-%dT%H:%M:%S} to {last:%Y-%m-%dT%H:%M:%S} UTC; give an instant of one"
            )
        turned = in_frame(series, "GCRF") if series.frame == "ITRF" else series
        assert turned.velocity_m_s is not None
        between = hermite_state(times, turned.position_m, turned.velocity_m_s, np.array([wanted]))
        series, states = turned, between
    else:
        wanted = float(times[nearest])
        states = series.position_m[nearest : nearest + 1], velocity[nearest : nearest + 1]
    return replace(
        series, epoch=series.epoch + timedelta(seconds=wanted), elapsed_s=np.zeros(1),
        position_m=states[0], velocity_m_s=states[1], covariances=(),
    )  # fmt: skip


def is_even(series: StateSeries) -> bool:
    """Whether the states can be interpolated: four or more, evenly spaced."""
    steps = np.diff(series.elapsed_s)
    return len(steps) >= 3 and bool(np.ptp(steps) < 1e-3)


def _names_of(one: StateSeries | MeanElements) -> set[str]:
    names = {one.object_name.casefold(), one.object_id.casefold()}
    return names | {str(one.catalog_number)} if isinstance(one, MeanElements) else names


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"


def _start_of_object(
    one: StateSeries | MeanElements, options: OrbitOptions, acting: tuple[Forces, tuple[str, ...]]
) -> OrbitStart:
    state = state_of(one, options.epoch)
    if not isinstance(one, MeanElements):
        return OrbitStart(one.object_name, f"state of {options.file}", state, *acting)
    days = abs(elapsed_from_datetime(one.epoch, state.epoch)) / DAY_S
    note = (
        f"The start is by SGP4, {days:.1f} days from the epoch of the elements: some km from the truth, "
        "and its drag is not that of the forces here."
    )
    return OrbitStart(
        one.object_name, f"SGP4 elements of {options.file}", state, acting[0], (*acting[1], note)
    )


def _start_of_mission(options: OrbitOptions, forces: ForceOptions, today: datetime) -> OrbitStart:
    """The target of a mission, with its satellite, from its earliest launch on."""
    from cosmodrome.missionfile import load_mission

    assert options.file is not None
    mission = load_mission(options.file)
    epoch = options.epoch or mission.earliest_launch
    with as_question():
        state = target_state(mission.target, epoch)
    given, assumed = _acting(forces, mission)
    return OrbitStart(
        mission.name,
        f"target of {options.file}",
        state,
        given,
        (*assumed, *unsaid_of_target(mission.target)),
    )


def _start_of_shape(
    shape: OrbitOptions, acting: tuple[Forces, tuple[str, ...]], today: datetime
) -> OrbitStart:
    """Mean elements of a shape at its node, or at its perigee, and their osculating state."""
    assumed = list(acting[1])
    epoch = shape.epoch or datetime(today.year, today.month, today.day, tzinfo=UTC)
    if shape.epoch is None:
        assumed.append(f"No --epoch given: {epoch:%Y-%m-%d} 00:00 UTC.")
    heights_km = apsides_km(shape.altitude_km, shape.perigee_altitude_km, shape.apogee_altitude_km)
    low, high = (EARTH_EQUATORIAL_RADIUS_M + 1e3 * height for height in heights_km)
    axis, eccentricity = 0.5 * (low + high), (high - low) / (high + low)
    with as_question():
        tilt = (
            sun_synchronous_inclination_rad(axis, eccentricity)
            if shape.inclination_deg is None
            else math.radians(shape.inclination_deg)
        )
    perigee = math.radians(shape.argument_of_perigee_deg or 0.0)
    if low != high and shape.argument_of_perigee_deg is None:
        assumed.append("No --argument-of-perigee given: perigee at the ascending node.")
    mean = KeplerianElements(axis, eccentricity, tilt, 0.0, perigee, 0.0)
    with as_question():
        if shape.ltan is not None:
            state = state_from_mean_elements(
                epoch, replace(mean, raan_rad=raan_of_local_time_rad(hours_of(shape.ltan), epoch))
            )
        else:
            if shape.raan_deg is None:
                assumed.append(
                    "No --ltan or --raan given: node at 0° (GCRF), on which beta and eclipses depend."
                )
            state = state_with_node(mean, epoch, math.radians(shape.raan_deg or 0.0))
    return OrbitStart("orbit", "shape given", state, acting[0], tuple(assumed))


def _acting(options: ForceOptions, mission: "Mission | None") -> tuple[Forces, tuple[str, ...]]:
    """Forces by the options, over those of the mission's satellite or over the defaults."""
    base, notes = _DEFAULT, []
    if mission is not None and mission.satellite is not None:
        from cosmodrome.budgets.areas import mission_forces

        base = mission_forces(mission, mission.satellite)
    elif options.mass_kg is None or options.drag_area_m2 is None:
        notes.append(
            f"Assumed where not given: {base.mass_kg:g} kg, {base.drag_area_m2:g} m² in the flow, drag "
            f"coefficient {base.drag_coefficient:g}."
        )
    named = ("mass_kg", "drag_area_m2", "drag_coefficient", "radiation_area_m2", "reflectivity_coefficient")
    given = {name: getattr(options, name) for name in named if getattr(options, name) is not None}
    if "drag_area_m2" in given and mission is None:
        given.setdefault("radiation_area_m2", given["drag_area_m2"])
    given |= {_WORDS[word]: 0.0 for word in options.without & set(_WORDS)}
    degree, order = options.gravity_degree_and_order
    with as_question():
        forces = replace(
            base, **given, gravity_degree=degree, gravity_order=order, sun="sun" not in options.without,
            moon="moon" not in options.without, solid_tides="tides" not in options.without,
            relativity="relativity" not in options.without, ap_convention=options.ap_convention,
            space_weather=options.space_weather,
        )  # fmt: skip
    return forces, tuple(notes)
