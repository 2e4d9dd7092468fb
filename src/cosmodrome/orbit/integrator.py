"""satkit, told what to use: its data, one table of space weather at a time, and how to step.

The only module that imports satkit. Its data are links to the installed packages `satkit-data` (DE440) and
`astropy-iers-data` (Earth orientation); downloads are switched off.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import satkit
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_GM_M3_S2
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.satkit_data import satkit_data_folder
from cosmodrome.orbit.weather_table import weather_table

Array = NDArray[np.float64]
Step = Literal["even", "own"]  # of the integrator: near a circle all are alike

_WINDOW_S = 10 * 86_400.0  # of tabulated Sun, Moon and Earth rotation
_MARGIN_S = 600.0  # beyond the span: what a coarse arc may overshoot
_OVERLAP_S = 6 * 3600.0  # of neighboring windows: an arc is shorter
_MOST_WINDOWS = 24
_FIRST_STEP_S = 300.0  # near-circular low orbits: about what the step control arrives at by itself
_COARSE_STEP_S = 60.0
_COARSE_DEGREE = 4
_SHORTEST_COARSE_S = 600.0  # Gauss-Jackson wants eight steps to begin


@dataclass(slots=True)
class _Installed:
    """What this process has told satkit, which has one table of space weather per process."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    folder_notes: tuple[str, ...] | None = None
    weather: tuple[object, str] | None = None
    users_count: int = 0


_installed = _Installed()


@contextmanager
def space_weather_of(forces: Forces) -> Iterator[tuple[str, ...]]:
    """Hold satkit's data and the space weather of these forces; yields what there is to say of the place.

    Threads that want another table wait until those that use this one are done.
    """
    wanted = (forces.space_weather, forces.ap_convention)
    with _installed.changed:
        if _installed.folder_notes is None:
            _installed.folder_notes = _use_installed_data()
        _installed.changed.wait_for(lambda: _installed.weather == wanted or _installed.users_count == 0)
        if _installed.weather != wanted:
            satkit.spaceweather.init_from_bytes(weather_table(*wanted))
            _installed.weather = wanted
        _installed.users_count += 1
    try:
        yield _installed.folder_notes
    finally:
        with _installed.changed:
            _installed.users_count -= 1
            _installed.changed.notify_all()


def _use_installed_data() -> tuple[str, ...]:
    """Point satkit at the installed packages, and forbid it to download."""
    folder = satkit_data_folder()
    satkit.utils.set_offline(True)
    satkit.utils.set_datadir(str(folder.path))
    # what these warnings say is said in `Ephemeris.notes`, with dates
    satkit.spaceweather.disable_space_weather_time_warning()
    satkit.frametransform.disable_eop_time_warning()
    return folder.notes


def last_daily_weather() -> date:
    """Last day with daily space weather, observed or forecast, in the table that is held."""
    coverage = satkit.spaceweather.coverage()
    if coverage is None:
        raise FileNotFoundError("no space weather table: the data package 'satkit-data' is damaged")
    last: datetime = coverage[2].to_datetime()
    return last.date()


def weather_status(instant: datetime) -> str:
    """Which part of the held table an instant meets: 'observed', 'predicted_monthly', 'extrapolated', ..."""
    return str(satkit.spaceweather.status(satkit.time.from_datetime(instant)))


@dataclass(frozen=True, slots=True)
class Acceleration:
    """A constant acceleration along the axes of RTN or GCRF."""

    acceleration_m_s2: tuple[float, float, float]
    frame: str


@dataclass(frozen=True, slots=True)
class Push:
    """What surfaces and engines do over one arc."""

    drag_m2_kg: float  # C_D A / m
    radiation_m2_kg: float  # C_R A / m
    engine: Acceleration | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """One smooth piece of a path, from an instant to another, with its dense output."""

    begin_s: float
    end_s: float
    end_state: Array  # (6,), GCRF
    transition: Array | None  # (6, 6)
    _result: Any
    _epoch: Any

    def at(self, elapsed_s: Array) -> Array:
        """States at seconds after the epoch, shape (N, 6).

        satkit's instants are whole microseconds, which a satellite takes for 4 mm: the rest is added.
        """
        whole = np.round(elapsed_s, 6)
        instants = [self._epoch + satkit.duration.from_seconds(second) for second in whole.tolist()]
        states = np.asarray(self._result.interp(instants), dtype=float)
        rest = (elapsed_s - whole)[:, None]
        radius = np.linalg.norm(states[:, :3], axis=1)[:, None]
        pull = -EARTH_GM_M3_S2 / radius**3 * states[:, :3]
        return np.hstack((states[:, :3] + rest * states[:, 3:], states[:, 3:] + rest * pull))


class Integrator:
    """Flies arcs under one set of forces; shared by the threads that fly many satellites.

    The terms that all satellites share, the places of Sun and Moon and the rotation of the Earth, are
    tabulated once per ten days.

    Parameters
    ----------
    epoch : datetime
        Zero of all elapsed times.
    forces : Forces
        Its gravity and third bodies; what depends on the satellite comes with each arc.
    span_s : (float, float)
        First and last second that will be asked for.
    tolerance : float
        Of a step, relative to the state.
    """

    def __init__(
        self, epoch: datetime, forces: Forces, span_s: tuple[float, float], tolerance: float
    ) -> None:
        self._epoch = satkit.time.from_datetime(epoch)
        self._forces, self._tolerance = forces, tolerance
        self._span_s = min(span_s) - _MARGIN_S, max(span_s) + _MARGIN_S
        self._settings: dict[tuple[int, Step, bool], Any] = {}
        self._making = threading.Lock()

    def arc(
        self, state: Array, times_s: tuple[float, float], push: Push, step: Step, *, with_matrix: bool = False
    ) -> Arc:
        """Fly from one second after the epoch to another, by Verner's 9(8) with dense output.

        References
        ----------
        Verner (2010), Numerical Algorithms 53, 383.
        """
        begin_s, end_s = times_s
        properties = satkit.satproperties(cdaoverm=push.drag_m2_kg, craoverm=push.radiation_m2_kg)
        begin = self._epoch + satkit.duration.from_seconds(begin_s)
        if push.engine is not None:
            first, last = sorted((begin_s, end_s))
            properties.thrusts = [
                satkit.thrust.constant(
                    list(push.engine.acceleration_m_s2),
                    self._epoch + satkit.duration.from_seconds(first - 1.0),
                    self._epoch + satkit.duration.from_seconds(last + 1.0),
                    frame=getattr(satkit.frame, push.engine.frame),
                )
            ]
        result = satkit.propagate(
            state,
            begin,
            duration_secs=end_s - begin_s,
            propsettings=self._fitting(begin_s, step),
            satproperties=properties,
            output_phi=with_matrix,
        )
        transition = np.asarray(result.phi, dtype=float) if with_matrix else None
        return Arc(begin_s, end_s, np.asarray(result.state, dtype=float), transition, result, self._epoch)

    def coarse_arc(self, state: Array, begin_s: float, end_s: float, step: Step) -> Arc:
        """The same path to some 100 m in three hours: gravity of degree 4 alone.

        Good for where the shadow begins and how the body is turned. Never shorter than ten minutes.
        """
        span = end_s - begin_s
        if abs(span) < _SHORTEST_COARSE_S:
            span = _SHORTEST_COARSE_S if span >= 0 else -_SHORTEST_COARSE_S
        result = satkit.propagate(
            state,
            self._epoch + satkit.duration.from_seconds(begin_s),
            duration_secs=span,
            propsettings=self._fitting(begin_s, step, coarse=True),
        )
        return Arc(begin_s, begin_s + span, np.asarray(result.state, dtype=float), None, result, self._epoch)

    def _fitting(self, begin_s: float, step: Step, *, coarse: bool = False) -> Any:
        """Settings with the tables of the window that holds an instant."""
        window = int((begin_s - self._span_s[0]) // _WINDOW_S)
        key = (window, step, coarse)
        with self._making:
            if key not in self._settings:
                made = self._made(step, coarse)
                begin = self._span_s[0] + window * _WINDOW_S
                first = max(begin - _OVERLAP_S, self._span_s[0])
                last = min(begin + _WINDOW_S + _OVERLAP_S, self._span_s[1])
                while len(self._settings) >= _MOST_WINDOWS:
                    del self._settings[next(iter(self._settings))]
                made.precompute_terms(
                    self._epoch + satkit.duration.from_seconds(first),
                    self._epoch + satkit.duration.from_seconds(last),
                )
                self._settings[key] = made
            return self._settings[key]

    def _made(self, step: Step, coarse: bool) -> Any:
        """Settings without tables; the coarse path is Gauss-Jackson's where a fixed step suits the orbit."""
        forces, even = self._forces, step == "even"
        degree = min(forces.gravity_degree, _COARSE_DEGREE) if coarse else forces.gravity_degree
        tolerance = 1e-7 if coarse else self._tolerance
        return satkit.propsettings(
            abs_error=tolerance,
            rel_error=tolerance,
            gravity_model=getattr(satkit.gravmodel, forces.gravity_model.lower()),
            gravity_degree=degree,
            gravity_order=min(forces.order, degree),
            use_sun_gravity=forces.sun and not coarse,
            use_moon_gravity=forces.moon and not coarse,
            tide_model=satkit.tidemodel.solid_step1
            if forces.solid_tides and not coarse
            else satkit.tidemodel.none,
            use_relativistic_correction=forces.relativity and not coarse,
            integrator=satkit.integrator.gauss_jackson8 if coarse and even else satkit.integrator.rkv98,
            gj_step_seconds=_COARSE_STEP_S,
            initial_step_secs=_FIRST_STEP_S if even and not coarse else None,
        )
