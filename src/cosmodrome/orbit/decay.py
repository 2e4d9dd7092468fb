"""How mean orbits decay, many at once: drag averaged over each revolution, J2, J3, Sun and Moon."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_FLATTENING,
    EARTH_GM_M3_S2,
    EARTH_ROTATION_RATE_RAD_S,
)
from cosmodrome.orbit.air_density import AirDensity, Place
from cosmodrome.orbit.mean_orbit import MeanOrbits, long_period_rates, radius_excess_m, turning_by_oblateness
from cosmodrome.orbit.solar_activity import ActivityCourses
from cosmodrome.orbit.third_body import days_since_2000, mean_sun_longitude_rad, third_body_rates

Array = NDArray[np.float64]

END_ALTITUDE_KM = 120.0
LONGEST_STEP_S = 15.0 * DAY_S
_END_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 1e3 * END_ALTITUDE_KM
_FIRST_STEP_S = 0.25 * DAY_S
_GROWTH = 2.0
_LEAST_ECCENTRICITY = 1e-9
_SHORT_STEP_S = 5.0 * DAY_S
_ECCENTRIC_M = 1e6  # distance of the ellipse's center from the Earth, beyond which Sun and Moon decide
_GOLDEN_TURN = math.pi * (3.0 - math.sqrt(5.0))
_YEAR_DAYS = 365.2422


@dataclass(frozen=True, slots=True)
class Air:
    """What the orbits fly through: the air, and a course of solar activity for each of L orbits.

    Where the local time of the node is not known, `local_time_averaged` spreads it over the day.
    """

    density: AirDensity
    courses: ActivityCourses
    local_time_averaged: bool = False

    def __repr__(self) -> str:
        return f"<Air for {len(self.courses.flux_sfu)} orbits>"


@dataclass(frozen=True, slots=True)
class Decay:
    """When each of L orbits came down to 120 km, or the limit; F10.7 on the way."""

    elapsed_s: Array
    mean_flux_sfu: Array
    steps_count: int

    def __repr__(self) -> str:
        return f"<Decay of {len(self.elapsed_s)} orbits in {self.steps_count} steps>"


def decay(
    orbits: MeanOrbits,
    ballistic_coefficient_kg_m2: Array,
    air: Air,
    limit_s: float,
    longest_step_s: float = LONGEST_STEP_S,
) -> Decay:
    """Time to 120 km of mean orbits, looked for up to a limit.

    The midpoint rule: the middle of a step is foreseen with the drag of the step before, and the turning of
    node and perigee by the zonal harmonics is taken whole (Lawson's form). A step loses up to a fiftieth of
    the perigee's height above 80 km; solar activity is its mean over the step. All orbits advance together,
    each with its own step.

    Parameters
    ----------
    orbits : MeanOrbits
        L orbits.
    ballistic_coefficient_kg_m2 : array, shape (L,) or ()
        m / (C_D A) [kg/m2].
    air : Air
        The density model and L courses of activity, whose start is that of the orbits.
    limit_s : float
        Where to stop looking [s].
    longest_step_s : float
        Bound of a step [s]; shorter while the orbit comes down within years, or is eccentric.

    References
    ----------
    King-Hele (1987), *Satellite Orbits in an Atmosphere*, chapters 3 to 6, by quadrature; Lawson (1967), SIAM
    J. Numer. Anal. 4, 372; satellite_examples S-36 and S-41, flown, in
    tests/reference/test_against_flown_decays.py.
    """
    count = len(orbits.semi_major_axis_m)
    ballistic = np.broadcast_to(np.asarray(ballistic_coefficient_kg_m2, dtype=float), (count,))
    elapsed, flux_time, steps = np.zeros(count), np.zeros(count), 0
    lane = np.flatnonzero(orbits.perigee_radius_m > _END_RADIUS_M)
    state, trend = orbits.numbers[:, lane], np.zeros((2, len(lane)))
    step = np.full(len(lane), _FIRST_STEP_S)
    while len(lane):
        flight = _Flight(air, lane, ballistic[lane], elapsed[lane])
        if steps == 0:
            trend = _trend(state, flight.drag(state, step)[0])
        step = np.minimum(_step_s(state, trend, longest_step_s), _GROWTH * step)
        step = np.minimum(step, limit_s - flight.elapsed_s)
        state, trend, flux = _advanced(state, trend, flight, step)
        elapsed[lane] += step
        flux_time[lane] += flux * step
        steps += 1
        alive = (MeanOrbits(*state).perigee_radius_m > _END_RADIUS_M) & (elapsed[lane] < limit_s)
        if not alive.all():
            state, trend, lane, step = state[:, alive], trend[:, alive], lane[alive], step[alive]
    return Decay(elapsed, flux_time / np.maximum(elapsed, 1.0), steps)


@dataclass(frozen=True, slots=True)
class _Flight:
    """Which orbits still fly, and since when."""

    air: Air
    lane: NDArray[np.int_]
    ballistic_coefficient_kg_m2: Array
    elapsed_s: Array

    def day(self, after_s: Array) -> Array:
        """Days after J2000 at a time after now."""
        return np.asarray(days_since_2000(self.air.courses.start) + (self.elapsed_s + after_s) / DAY_S)

    def drag(self, state: Array, step_s: Array) -> tuple[Array, Array]:
        """Rates by drag of a state in the middle of a step, with the mean weather of the step; its F10.7."""
        begin = self.elapsed_s
        flux, response = self.air.courses.mean_between(self.lane, begin, begin + step_s)
        weather, day = (flux[:, None], response[:, None]), self.day(0.5 * step_s)
        return drag_rates(MeanOrbits(*state), self.ballistic_coefficient_kg_m2, self.air, day, weather), flux


def _advanced(state: Array, trend: Array, flight: _Flight, step: Array) -> tuple[Array, Array, Array]:
    """State and trend after a step, and F10.7 in it."""
    e = np.maximum(np.hypot(state[1], state[2]), _LEAST_ECCENTRICITY)
    ahead = state.copy()
    ahead[0] += 0.5 * step * trend[0]
    ahead[1:3] *= np.clip(1.0 + 0.5 * step * trend[1] / e, 0.0, 2.0)
    turning = turning_by_oblateness(MeanOrbits(*ahead))
    middle = turning.after(ahead, 0.5 * step)
    orbits = MeanOrbits(*middle)
    drag, flux = flight.drag(middle, step)
    pull = _pull(orbits, flight, step) + long_period_rates(orbits)
    half = turning.after(state, 0.5 * step)
    state = turning.after(half + step * (drag + pull), 0.5 * step)
    return state, _trend(middle, drag), flux


def _trend(state: Array, drag: Array) -> Array:
    """Rates by drag of semi-major axis [m/s] and eccentricity [1/s]."""
    e = np.maximum(np.hypot(state[1], state[2]), _LEAST_ECCENTRICITY)
    return np.array([drag[0], (state[1] * drag[1] + state[2] * drag[2]) / e])


def _pull(orbits: MeanOrbits, flight: _Flight, step: Array) -> Array:
    """Mean rates by Sun and Moon over the step; the Moon goes round a sixth of its orbit in five days."""
    if float((orbits.semi_major_axis_m * orbits.eccentricity).max()) < _ECCENTRIC_M:
        return third_body_rates(orbits, flight.day(0.5 * step))
    shares = 0.5 + np.sqrt(0.15) * np.array([-1.0, 0.0, 1.0])  # Gauss-Legendre
    rates = [third_body_rates(orbits, flight.day(share * step)) for share in shares]
    return np.asarray((5 * rates[0] + 8 * rates[1] + 5 * rates[2]) / 18)


def _step_s(state: Array, trend: Array, longest_s: float) -> Array:
    """A step [s] in which the perigee and the spread of the apsides change by little."""
    axis, e = state[0], np.hypot(state[1], state[2])
    perigee_rate = np.maximum(np.abs(trend[0] * (1.0 - e) - axis * trend[1]), 1e-30)
    axis_rate = np.maximum(np.abs(trend[0]), 1e-30)
    height = 500.0 + 0.02 * np.maximum(axis * (1.0 - e) - _END_RADIUS_M + 40e3, 0.0)
    by_weather = np.where(
        axis * e > _ECCENTRIC_M, _SHORT_STEP_S, np.maximum(_SHORT_STEP_S, 1e3 / perigee_rate)
    )
    step = np.minimum(height / perigee_rate, (height + 0.05 * axis * e) / axis_rate)
    return np.asarray(np.minimum(np.minimum(step, by_weather), longest_s))


def drag_rates(
    orbits: MeanOrbits, ballistic: Array, air: Air, day: Array, weather: tuple[Array, Array]
) -> Array:
    """Rates of the five elements by drag, averaged over a revolution, shape (5, L).

    With f the deceleration along the path, da/dt = -2 a^2 v f / mu and de/dt = -2 (f/v) (e + r/|r|), averaged
    over the mean anomaly. Inclination and node stay.

    Parameters
    ----------
    orbits : MeanOrbits
        L orbits.
    ballistic : array, shape (L,)
        Ballistic coefficients [kg/m2].
    air : Air
        The density model.
    day : array, shape (L,)
        Days after J2000.
    weather : (array, array), shape (L, 1) each
        F10.7 [sfu] and Ap.

    References
    ----------
    Vallado (2013), equations 9-24; the air turns with the Earth (King-Hele 1987, section 2.3).
    """
    axis, e = orbits.semi_major_axis_m[:, None], orbits.eccentricity[:, None]
    anomaly = _nodes(orbits)
    share = 1.0 - e * np.cos(anomaly)  # dM / dE
    radius = axis * share
    perigee = np.arctan2(orbits.ahead_eccentricity_ratio, orbits.node_eccentricity_ratio)[:, None]
    latitude = perigee + np.arctan2(np.sqrt(1.0 - e * e) * np.sin(anomaly), np.cos(anomaly) - e)
    cosine, sine = np.cos(latitude), np.sin(latitude)
    sin_i, cos_i = np.sin(orbits.inclination_rad)[:, None], np.cos(orbits.inclination_rad)[:, None]
    true_radius = radius + radius_excess_m(orbits, radius, latitude)
    sine_latitude = sin_i * sine
    ellipsoid = EARTH_EQUATORIAL_RADIUS_M * (1.0 - EARTH_FLATTENING * sine_latitude**2)
    hour = orbits.raan_rad[:, None] + np.arctan2(cos_i * sine, cosine) - mean_sun_longitude_rad(day)[:, None]
    if air.local_time_averaged:
        hour = hour + _GOLDEN_TURN * np.arange(anomaly.shape[-1])
    season = (2 * math.pi / _YEAR_DAYS) * (day[:, None] + 0.5)
    place = Place(sine_latitude, hour + math.pi, season)
    density = air.density.density_kg_m3((true_radius - ellipsoid) / 1e3, place, *weather)
    speed = np.sqrt(EARTH_GM_M3_S2 * (2.0 / radius - 1.0 / axis))
    turning = EARTH_ROTATION_RATE_RAD_S * true_radius
    along = speed - turning * cos_i
    push = density * np.hypot(along, turning * sin_i * cosine) * along / ballistic[:, None]
    slowing = -push / speed * share
    return np.stack(
        [
            (axis**2 / EARTH_GM_M3_S2 * slowing * speed**2).mean(axis=1),
            (slowing * (orbits.node_eccentricity_ratio[:, None] + cosine)).mean(axis=1),
            (slowing * (orbits.ahead_eccentricity_ratio[:, None] + sine)).mean(axis=1),
            np.zeros_like(day),
            np.zeros_like(day),
        ]
    )


def _nodes(orbits: MeanOrbits) -> Array:
    """Eccentric anomalies of the quadrature: more where the air is met near the perigee only."""
    spread = float((orbits.semi_major_axis_m * orbits.eccentricity).max())
    count = 10 + 2 * math.ceil(3 * math.sqrt(spread / 30e3))
    return (np.arange(count) + 0.5) * 2 * math.pi / count
