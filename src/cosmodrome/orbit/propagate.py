"""A satellite's path under all the forces that matter in low Earth orbit, by satkit.

The only module that imports satkit. Its data come from the installed packages `satkit-data` (DE440, space
weather) and `astropy-iers-data` (Earth orientation), which are searched where they lie; downloads are
switched off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import satkit
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.solar_activity import table_with_forecast_ap
from cosmodrome.physics.earth_orientation import EarthOrientation, data_folder, read_earth_orientation
from cosmodrome.physics.frames import earth_fixed_state, itrf_from_gcrf
from cosmodrome.physics.interpolation import hermite_state
from cosmodrome.physics.sun import sun_direction_and_distance_m
from cosmodrome.physics.time import elapsed_from_datetime

Array = NDArray[np.float64]

FORECAST_AP = 13  # mean of the daily values of SW-All, 1957-2026: 12.9

HIGHEST_DEGREE = 70

_FORECAST = datetime(2035, 1, 1, tzinfo=UTC)  # a month that only the long forecast holds
_REENTRY_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 120e3
_NEAR_CIRCULAR = 0.05  # the fixed step of Gauss-Jackson suits no more eccentric orbit


@dataclass(frozen=True, slots=True)
class Forces:
    """What acts on the satellite; an area of zero switches its force off."""

    mass_kg: float
    drag_area_m2: float
    drag_coefficient: float
    radiation_area_m2: float
    reflectivity_coefficient: float
    gravity_degree: int = 20
    gravity_order: int | None = None  # the degree if not given
    sun: bool = True
    moon: bool = True
    solid_tides: bool = True
    relativity: bool = True

    def __post_init__(self) -> None:
        order = self.gravity_degree if self.gravity_order is None else self.gravity_order
        if not 0 <= order <= self.gravity_degree <= HIGHEST_DEGREE:
            raise ValueError(
                f"gravity of degree {self.gravity_degree} and order {order}; expected an order up to the "
                f"degree, and a degree up to {HIGHEST_DEGREE}"
            )
        for name in ("mass_kg", "drag_area_m2", "radiation_area_m2"):
            value = getattr(self, name)
            if value < 0 or (name == "mass_kg" and value == 0):
                raise ValueError(
                    f"{name} is {value:g}; expected {'above' if name == 'mass_kg' else 'at least'} 0"
                )

    @property
    def conventions(self) -> str:
        """The models by name, for provenance."""
        order = self.gravity_degree if self.gravity_order is None else self.gravity_order
        air = f"NRLMSISE-00 with 3-hourly Ap where observed and {FORECAST_AP} beyond"
        parts = (
            (True, f"EGM2008 {self.gravity_degree}x{order}"),
            (self.drag_area_m2 > 0, air),
            (self.sun and self.moon, "Sun and Moon by DE440"),
            (self.sun and not self.moon, "Sun by DE440"),
            (self.moon and not self.sun, "Moon by DE440"),
            (self.radiation_area_m2 > 0, "cannonball solar pressure with shadow"),
            (self.solid_tides, "solid tides"),
            (self.relativity, "relativity"),
        )
        return ", ".join(text for acts, text in parts if acts)


@dataclass(frozen=True, slots=True)
class Ephemeris:
    """States over N samples in GCRF and ITRF, with the Sun. Arrays are read-only."""

    epoch: datetime
    elapsed_s: Array
    position_m: Array  # (N, 3), GCRF
    velocity_m_s: Array  # (N, 3), GCRF
    position_itrf_m: Array  # (N, 3)
    velocity_itrf_m_s: Array  # (N, 3), relative to the turning Earth
    sun_direction: Array  # (N, 3), GCRF, unit
    sun_distance_m: Array
    forces: Forces
    earth_orientation_until: date
    space_weather_until: date
    notes: tuple[str, ...]

    @property
    def duration_days(self) -> float:
        """Time covered [d]."""
        return float(self.elapsed_s[-1]) / DAY_S

    def at(self, times: Sequence[datetime] | Array) -> tuple[Array, Array]:
        """Positions [m] and velocities [m/s] in GCRF between the samples, shape (M, 3) each.

        Parameters
        ----------
        times : sequence of datetime, or array of seconds since the epoch
            Inside the time covered.

        Raises
        ------
        ValueError
            For times outside, naming the first of them.
        """
        elapsed = np.array(
            [elapsed_from_datetime(self.epoch, t) if isinstance(t, datetime) else float(t) for t in times]
        )
        outside = (elapsed < self.elapsed_s[0]) | (elapsed > self.elapsed_s[-1])
        if outside.any():
            first = float(elapsed[outside][0])
            raise ValueError(
                f"{first:.3f} s after the epoch is outside the {self.elapsed_s[-1]:.3f} s that are covered"
            )
        return hermite_state(self.elapsed_s, self.position_m, self.velocity_m_s, elapsed)

    def __repr__(self) -> str:
        return f"<Ephemeris {len(self.elapsed_s)} samples over {self.duration_days:.2f} days>"


def forces_on(satellite: Satellite, mass_kg: float) -> Forces:
    """Forces on a satellite of the mission file with the given mass [kg].

    The area for solar pressure is the drag area where the mission file gives none.
    """
    return Forces(
        mass_kg=mass_kg,
        drag_area_m2=satellite.drag_area_m2,
        drag_coefficient=satellite.drag_coefficient,
        radiation_area_m2=satellite.radiation_area_m2 or satellite.drag_area_m2,
        reflectivity_coefficient=satellite.reflectivity_coefficient,
    )


def propagate(state: InjectionState, duration_days: float, forces: Forces, step_s: float = 30.0) -> Ephemeris:
    """Integrate the orbit and sample it evenly.

    Gauss-Jackson of order 8 with 60 s steps; Verner 9(8) at 1e-10 where the eccentricity is above 0.05.
    The integration is not restarted at the 3-hour edges of Ap or at eclipse edges: over 30 days in low
    orbit that costs some 100 m along the track, far less than the space-weather forecast. An orbit that
    comes below 120 km ends there, with a note.

    Parameters
    ----------
    state : InjectionState
        Where it starts, GCRF.
    duration_days : float
        How long [d].
    forces : Forces
        What acts.
    step_s : float
        Between samples [s].

    Returns
    -------
    Ephemeris

    Raises
    ------
    ValueError
        If the start is below 120 km, or the duration shorter than two steps.

    References
    ----------
    satkit 0.24.1; Picone et al. (2002), JGR 107, 1468, for NRLMSISE-00; Pavlis et al. (2012), JGR 117,
    B04406, for EGM2008. Agrees with Orekit to 13 mm in 7 days without drag (reference/orbit.md, 2e).
    """
    if np.linalg.norm(state.position_m) < _REENTRY_RADIUS_M:
        raise ValueError("the orbit starts below 120 km, where no orbit lasts a revolution")
    if duration_days * DAY_S < 2 * step_s:
        raise ValueError(f"{duration_days} days is shorter than two steps of {step_s} s")
    _use_installed_data()
    elapsed = np.arange(0.0, duration_days * DAY_S + 0.5 * step_s, step_s)
    elapsed = elapsed[elapsed <= duration_days * DAY_S]
    states = _integrated(state, elapsed, forces)
    elapsed, states, decay = _until_reentry(elapsed, states)
    orientation = read_earth_orientation()
    position, velocity = np.ascontiguousarray(states[:, :3]), np.ascontiguousarray(states[:, 3:])
    matrix = itrf_from_gcrf(state.epoch, elapsed, orientation)
    fixed_position, fixed_velocity = earth_fixed_state(matrix, position, velocity)
    direction, distance = sun_direction_and_distance_m(state.epoch, elapsed)
    arrays = (elapsed, position, velocity, fixed_position, fixed_velocity, direction, distance)
    for array in arrays:
        array.setflags(write=False)
    end = state.epoch + timedelta(seconds=float(elapsed[-1]))
    return Ephemeris(
        state.epoch,
        *arrays,
        forces=forces,
        earth_orientation_until=orientation.until,
        space_weather_until=_space_weather_until(),
        notes=decay + _data_notes(end, orientation),
    )


def _use_installed_data() -> None:
    """Point satkit at the installed packages, and forbid it to download."""
    satkit.utils.set_offline(True)
    wanted = [str(data_folder("satkit_data")), str(data_folder("astropy_iers_data"))]
    searched = satkit.utils.data_search_dirs()
    for folder in wanted:
        if folder not in searched:
            satkit.utils.add_search_dir(folder)
    # what these warnings say is said in `Ephemeris.notes`, with dates
    satkit.spaceweather.disable_space_weather_time_warning()
    satkit.frametransform.disable_eop_time_warning()
    forecast = satkit.spaceweather.get(satkit.time.from_datetime(_FORECAST))
    if forecast["data_type"] == "PRM" and forecast["ap_avg"] < 0:
        satkit.spaceweather.init_from_bytes(table_with_forecast_ap(FORECAST_AP))


def _integrated(state: InjectionState, elapsed: Array, forces: Forces) -> Array:
    """States at the elapsed times, shape (N, 6), GCRF."""
    result = _flown(state, max(float(elapsed[-1]), 1200.0), forces)
    begin = satkit.time.from_datetime(state.epoch)
    instants = [begin + satkit.duration.from_seconds(float(second)) for second in elapsed]
    return np.asarray(result.interp(instants), dtype=float)


def _flown(state: InjectionState, duration_s: float, forces: Forces, *, with_matrix: bool = False) -> Any:
    """One call of the integrator; the transition matrix is Verner's alone."""
    circular = state.elements.eccentricity <= _NEAR_CIRCULAR and not with_matrix
    settings = satkit.propsettings(
        abs_error=1e-10,
        rel_error=1e-10,
        gravity_model=satkit.gravmodel.egm2008,
        gravity_degree=forces.gravity_degree,
        gravity_order=forces.gravity_degree if forces.gravity_order is None else forces.gravity_order,
        use_sun_gravity=forces.sun,
        use_moon_gravity=forces.moon,
        tide_model=satkit.tidemodel.solid_step1 if forces.solid_tides else satkit.tidemodel.none,
        use_relativistic_correction=forces.relativity,
        integrator=satkit.integrator.gauss_jackson8 if circular else satkit.integrator.rkv98,
        gj_step_seconds=60.0,
        max_steps=int(abs(duration_s)) + 1000,
    )
    properties = satkit.satproperties(
        cdaoverm=forces.drag_coefficient * forces.drag_area_m2 / forces.mass_kg,
        craoverm=forces.reflectivity_coefficient * forces.radiation_area_m2 / forces.mass_kg,
    )
    return satkit.propagate(
        np.concatenate((state.position_m, state.velocity_m_s)),
        satkit.time.from_datetime(state.epoch),
        duration_secs=duration_s,
        propsettings=settings,
        satproperties=properties,
        output_phi=with_matrix,
    )


def transition_matrix(state: InjectionState, duration_s: float, forces: Forces) -> Array:
    """The state-transition matrix over a time, d(state at the end) / d(state at the start), shape (6, 6).

    Blocks in the order position [m], velocity [m/s], in GCRF, with all forces. A covariance P at the start
    becomes Phi P Phi^T.

    Parameters
    ----------
    state : InjectionState
    duration_s : float
        Above zero [s].
    forces : Forces

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, section 7.2.
    """
    if duration_s <= 0:
        raise ValueError(f"a transition over {duration_s:g} s; expected above 0")
    _use_installed_data()
    return np.asarray(_flown(state, duration_s, forces, with_matrix=True).phi, dtype=float)


def _until_reentry(elapsed: Array, states: Array) -> tuple[Array, Array, tuple[str, ...]]:
    """Cut the samples where they first come below 120 km, with a note."""
    radius = np.linalg.norm(states[:, :3], axis=1)
    low = ~(radius > _REENTRY_RADIUS_M)  # also where the integration has broken down
    if not low.any():
        return elapsed, states, ()
    count = max(int(low.argmax()), 2)
    days = elapsed[count - 1] / DAY_S
    return elapsed[:count], states[:count], (f"The orbit comes below 120 km after {days:.2f} days.",)


def _space_weather_until() -> date:
    """Last day with daily space weather, observed or forecast."""
    coverage = satkit.spaceweather.coverage()
    if coverage is None:
        raise FileNotFoundError("no space weather table: the data package 'satkit-data' is damaged")
    last_daily: datetime = coverage[2].to_datetime()
    return last_daily.date()


def _data_notes(end: datetime, orientation: EarthOrientation) -> tuple[str, ...]:
    """What is assumed where the tables end before the ephemeris does."""
    notes = []
    if end.date() > orientation.until:
        notes.append(
            f"Earth orientation is tabulated until {orientation.until}; its last values are held after that, "
            "which shifts ground tracks by some 50 m a year."
        )
    status = satkit.spaceweather.status(satkit.time.from_datetime(end.astimezone(UTC)))
    if status in ("predicted_monthly", "extrapolated"):
        table = "monthly forecast" if status == "predicted_monthly" else "last forecast month, held,"
        notes.append(
            f"Space weather is daily until {_space_weather_until()}; after that drag uses the {table} of "
            f"F10.7 and a constant Ap of {FORECAST_AP}, which holds no storms."
        )
    return tuple(notes)
