"""Where a satellite goes, under all the forces that matter in low Earth orbit."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.data_notes import orientation_notes, weather_notes
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.flight import REENTRY_RADIUS_M, Flight, Flown
from cosmodrome.orbit.forces import ConstantWeather, Forces
from cosmodrome.orbit.integrator import Integrator, last_daily_weather, space_weather_of
from cosmodrome.orbit.maneuvers import Burn, FiniteBurn
from cosmodrome.orbit.sample_grid import SampleGrid
from cosmodrome.orbit.state import orbit_state_from_elements
from cosmodrome.physics.circular_elements import local_axes
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian
from cosmodrome.physics.time import datetime_from_elapsed, elapsed_from_datetime

Array = NDArray[np.float64]
Start = InjectionState | KeplerianElements

_FINE_TOLERANCE = 1e-11  # micrometers in an hour
_DRAG_TOLERANCE = 1e-9  # a centimeter in a day, where the air is known to meters
_NEAR_CIRCULAR = 0.05
_FINEST, _COARSEST = 1e-14, 1e-5


def propagate(
    start: Start,
    epoch: datetime,
    duration_days: float,
    forces: Forces | None = None,
    *,
    step_s: float = 30.0,
    burns: Sequence[Burn] = (),
    tolerance: float | None = None,
) -> Ephemeris:
    """Integrate an orbit and sample it evenly.

    Verner's 9(8), restarted at the 3-hour slots of Ap, the edges of the shadow and of burns. An orbit that
    comes below 120 km ends there, with a note.

    Parameters
    ----------
    start : InjectionState or KeplerianElements
        A state (`orbit_state` makes one from any frame) or osculating elements, in GCRF.
    epoch : datetime
        Of the start, timezone-aware.
    duration_days : float
        How long; backward where it is negative [d].
    forces : Forces, optional
        What acts; gravity 20 x 20, Sun, Moon, tides and relativity if not given.
    step_s : float
        Most between samples, which divide the time evenly [s].
    burns : sequence of ImpulsiveBurn or FiniteBurn
        Forward in time alone.
    tolerance : float, optional
        Of a step, relative to the state, 1e-14 to 1e-5. If not given, 1e-9 where drag acts on a nearly
        circular orbit, which is centimeters a day, and 1e-11 elsewhere, which is millimeters.

    Returns
    -------
    Ephemeris
        In time order, backward too.

    Raises
    ------
    ValueError
        Where the start is no closed orbit or below 120 km, the epoch has no time zone or is not the state's,
        the duration is zero, or a burn lies outside.

    References
    ----------
    satkit 0.24.1; Picone et al. (2002), JGR 107, 1468, for NRLMSISE-00; Pavlis et al. (2012), JGR 117,
    B04406, for EGM2008. Against Orekit: tests/reference/test_against_orekit.py.
    """
    forces = forces or Forces()
    grid = SampleGrid.of(epoch, duration_days, step_s)
    state = _checked_start(start, epoch)
    _check_burns(burns, grid)
    integrator = Integrator(epoch, forces, grid.span_s, _tolerance(tolerance, state, forces))
    return _flown(state, grid, forces, Flight(integrator, epoch, forces, burns))


def propagate_many(
    starts: Sequence[Start],
    epoch: datetime,
    duration_days: float,
    forces: Forces | Sequence[Forces] | None = None,
    *,
    step_s: float = 30.0,
    tolerance: float | None = None,
    threads_count: int | None = None,
) -> tuple[Ephemeris, ...]:
    """Integrate many orbits from one epoch, over threads; what they share is computed once.

    Parameters
    ----------
    starts : sequence of InjectionState or KeplerianElements
    epoch, duration_days, step_s, tolerance
        As in `propagate`.
    forces : Forces, or one for each start
    threads_count : int, optional
        As many as there are cores if not given.

    Returns
    -------
    tuple of Ephemeris
        In the order of the starts.
    """
    each = list(forces) if isinstance(forces, Sequence) else [forces or Forces()] * len(starts)
    if len(each) != len(starts):
        raise ValueError(
            f"{len(each)} sets of forces for {len(starts)} starts; expected one for each, or one"
        )
    grid = SampleGrid.of(epoch, duration_days, step_s)
    states = [_checked_start(start, epoch) for start in starts]
    kinds = [
        (_field(one), _tolerance(tolerance, state, one)) for one, state in zip(each, states, strict=True)
    ]
    shared = {kind: Integrator(epoch, kind[0], grid.span_s, kind[1]) for kind in set(kinds)}

    def flown(at: int) -> Ephemeris:
        return _flown(states[at], grid, each[at], Flight(shared[kinds[at]], epoch, each[at]))

    with ThreadPoolExecutor(max_workers=threads_count or os.cpu_count()) as threads:
        return tuple(threads.map(flown, range(len(starts))))


def transition_matrix(state: InjectionState, duration_s: float, forces: Forces) -> Array:
    """The state-transition matrix over a time, d(state at the end) / d(state at the start), shape (6, 6).

    Blocks in the order position [m], velocity [m/s], in GCRF, with all forces. A covariance P at the start
    becomes Phi P Phi^T.

    Parameters
    ----------
    state : InjectionState
    duration_s : float
        Not zero [s].
    forces : Forces

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, section 7.2.
    """
    if duration_s == 0 or not math.isfinite(duration_s):
        raise ValueError(f"a transition over {duration_s:g} s; expected another time than 0")
    matrix = _end(state, duration_s, forces).transition
    if matrix is None:
        raise RuntimeError("the integrator gave no transition matrix")
    return matrix


def covariance_after(
    state: InjectionState,
    covariance: Array,
    duration_s: float,
    forces: Forces,
    frame: Literal["GCRF", "RTN"] = "GCRF",
) -> Array:
    """Covariance of position and velocity after a time: Phi P Phi^T, shape (6, 6) [m, m/s].

    Parameters
    ----------
    state : InjectionState
        The mean.
    covariance : Array, shape (6, 6)
        Symmetric, at the start.
    duration_s : float
        Not zero [s].
    forces : Forces
        Without errors of their own.
    frame : {'GCRF', 'RTN'}
        Of the covariance given and returned; RTN turns with the satellite: radial, transverse, normal.

    Raises
    ------
    ValueError
        If the covariance is not a symmetric 6 x 6 matrix.
    """
    given = np.asarray(covariance, dtype=float)
    if given.shape != (6, 6) or not np.allclose(given, given.T, rtol=1e-9):
        raise ValueError(f"a covariance of shape {given.shape}; expected a symmetric matrix of 6 x 6")
    end = _end(state, duration_s, forces)
    if end.transition is None:
        raise RuntimeError("the integrator gave no transition matrix")
    whole = end.transition
    if frame == "RTN":
        before = np.kron(np.eye(2), local_axes(state.position_m, state.velocity_m_s))
        after = np.kron(np.eye(2), local_axes(end.state[-1, :3], end.state[-1, 3:]))
        whole = after @ whole @ before.T
    return np.asarray(whole @ given @ whole.T, dtype=float)


def _checked_start(start: Start, epoch: datetime) -> Array:
    """Position and velocity in one, shape (6,)."""
    if isinstance(start, KeplerianElements):
        start = orbit_state_from_elements(epoch, start)
    if start.epoch != epoch:
        raise ValueError(
            f"the state is of {start.epoch.isoformat()} and the epoch {epoch.isoformat()}; expected one "
            "instant"
        )
    keplerian_from_cartesian(start.position_m, start.velocity_m_s)  # which refuses what is no ellipse
    if np.linalg.norm(start.position_m) < REENTRY_RADIUS_M:
        raise ValueError("the orbit starts below 120 km, where no orbit lasts a revolution")
    return np.concatenate((start.position_m, start.velocity_m_s))


def _tolerance(asked: float | None, state: Array, forces: Forces) -> float:
    """What was asked, or what the forces deserve."""
    if asked is None:
        elements = keplerian_from_cartesian(state[:3], state[3:])
        loose = forces.drags and elements.eccentricity <= _NEAR_CIRCULAR
        return _DRAG_TOLERANCE if loose else _FINE_TOLERANCE
    if not _FINEST <= asked <= _COARSEST:
        raise ValueError(f"a tolerance of {asked:g}; expected {_FINEST:g} to {_COARSEST:g}")
    return asked


def _check_burns(burns: Sequence[Burn], grid: SampleGrid) -> None:
    """Refuse burns that the flight does not meet."""
    end_s = grid.span_s[1]
    if burns and end_s < 0:
        raise ValueError("burns are flown forward in time; expected a duration above 0")
    for burn in burns:
        when = burn.start if isinstance(burn, FiniteBurn) else burn.instant
        if not 0 <= elapsed_from_datetime(grid.epoch, when) < end_s:
            raise ValueError(
                f"the burn at {when.isoformat()} is outside the flight from {grid.epoch.isoformat()} over "
                f"{end_s / DAY_S:g} days"
            )


def _field(forces: Forces) -> Forces:
    """What of the forces does not depend on the satellite."""
    return replace(forces, mass_kg=1.0, drag_area_m2=0.0, radiation_area_m2=0.0, surfaces=None)


def _end(state: InjectionState, duration_s: float, forces: Forces) -> Flown:
    """The end of a flight with its transition matrix."""
    start = _checked_start(state, state.epoch)
    elapsed = np.array([0.0, duration_s])
    integrator = Integrator(state.epoch, forces, (0.0, duration_s), _FINE_TOLERANCE)
    with space_weather_of(forces):
        return Flight(integrator, state.epoch, forces).fly(start, elapsed, with_matrix=True)


def _flown(state: Array, grid: SampleGrid, forces: Forces, flight: Flight) -> Ephemeris:
    """Fly, and put the Earth and the Sun beside the path."""
    with space_weather_of(forces) as folder_notes:
        flown = flight.fly(state, grid.elapsed_s)
        ends = sorted(datetime_from_elapsed(grid.epoch, float(flown.elapsed_s[at])) for at in (0, -1))
        last_day = date.max if isinstance(forces.space_weather, ConstantWeather) else last_daily_weather()
        weather = weather_notes(ends[1], forces, last_day)
    count, order = len(flown.elapsed_s), -1 if grid.elapsed_s[-1] < 0 else 1
    columns = (
        flown.elapsed_s,
        flown.state[:, :3],
        flown.state[:, 3:],
        *grid.earth_fixed(flown.state),
        grid.sun_direction[:count],
        grid.sun_distance_m[:count],
        flown.mass_kg,
    )
    # without a copy where none is needed: satellites that fly together share times and Sun
    arrays = [np.ascontiguousarray(column[::order]) for column in columns]
    for array in arrays:
        array.setflags(write=False)
    elapsed, position, velocity, fixed, over_ground, sun, sun_distance, masses = arrays
    orientation = orientation_notes(ends[0], ends[1], grid.orientation)
    return Ephemeris(
        grid.epoch,
        *(elapsed, position, velocity, fixed, over_ground, sun, sun_distance),
        forces=forces,
        earth_orientation_until=grid.orientation.until,
        space_weather_until=last_day,
        notes=(*_decay_notes(flown), *folder_notes, *orientation, *weather),
        mass_kg=masses,
        breaks=flown.breaks,
    )


def _decay_notes(flown: Flown) -> tuple[str, ...]:
    if flown.reentry_s is None:
        return ()
    return (f"The orbit comes below 120 km after {flown.elapsed_s[-1] / DAY_S:.2f} days.",)
