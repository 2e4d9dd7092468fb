"""How hard the air presses on a planned orbit under a course of solar activity; its density along a path."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_FLATTENING,
    EARTH_GM_M3_S2,
    EARTH_ROTATION_RATE_RAD_S,
)
from cosmodrome.orbit.air_density import Place, air_density
from cosmodrome.orbit.solar_activity import SolarActivity, ap_response_ratio

Array = NDArray[np.float64]

_ANOMALIES = 24
_GOLDEN_TURN = np.pi * (3.0 - np.sqrt(5.0))
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class PlannedOrbit:
    """Apsides above the equatorial radius, inclination, and the local time of the node where it is held."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    node_local_time_h: float | None = None  # ascending; spread over the day if None


@dataclass(frozen=True, slots=True)
class DragHistory:
    """Mean dynamic pressure along the track, each value over a step. Arrays are read-only."""

    start: datetime
    step_s: float
    dynamic_pressure_pa: Array  # (M,) mean of rho v_rel v_along / 2 over a revolution

    def impulse_pa_s(self, duration_s: float) -> float:
        """Integral of the pressure over a time from the start [Pa s]; the last value holds on."""
        steps = duration_s / self.step_s
        whole = min(int(steps), len(self.dynamic_pressure_pa))
        last = self.dynamic_pressure_pa[min(whole, len(self.dynamic_pressure_pa) - 1)]
        return float((self.dynamic_pressure_pa[:whole].sum() + (steps - whole) * last) * self.step_s)

    def duration_s(self, impulse_pa_s: float) -> float:
        """Time from the start until the integral reaches a value; the inverse of `impulse_pa_s` [s]."""
        total = np.concatenate(([0.0], np.cumsum(self.dynamic_pressure_pa))) * self.step_s
        if impulse_pa_s >= total[-1]:
            left = (impulse_pa_s - total[-1]) / self.dynamic_pressure_pa[-1]
            return float(len(self.dynamic_pressure_pa) * self.step_s + left)
        return float(np.interp(impulse_pa_s, total, np.arange(len(total)) * self.step_s))

    def __repr__(self) -> str:
        mean = float(self.dynamic_pressure_pa.mean())
        return f"<DragHistory {mean:.2e} Pa on average over {len(self.dynamic_pressure_pa)} months>"


def drag_history(orbit: PlannedOrbit, activity: SolarActivity) -> DragHistory:
    """Dynamic pressure on an orbit that is kept, step by step along a course of solar activity.

    NRLMSIS 2.1 at 24 places around the orbit, at the local times that the orbit meets. The air turns with the
    Earth.

    Parameters
    ----------
    orbit : PlannedOrbit
    activity : SolarActivity
        As from `cycle_cases`.

    Returns
    -------
    DragHistory
        The speed that drag takes is the pressure's integral over the ballistic coefficient m / (C_D A).

    References
    ----------
    King-Hele (1987), *Satellite Orbits in an Atmosphere*, section 2.3, for the turning air.

    Examples
    --------
    GOCE's drag on 2013-10-21 at 227.5 km, 8 mN (ESA; satellite_examples S-41) on about 3.4 m2 of C_D A: F10.7
    was near 145, Ap near 5.

    >>> flux, ap, then = np.full(1, 145.0), np.full(1, 5.0), datetime(2013, 10, 21, tzinfo=UTC)
    >>> days = SolarActivity("observed", then, 30.4375, flux, ap)
    >>> goce = PlannedOrbit(227.5, 227.5, 96.7, 18.0)
    >>> 0.7 < float(drag_history(goce, days).dynamic_pressure_pa[0]) * 3.4 / 8e-3 < 1.3
    True
    """
    perigee, apogee = (
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * km for km in (orbit.perigee_altitude_km, orbit.apogee_altitude_km)
    )
    axis, eccentricity = (perigee + apogee) / 2, (apogee - perigee) / (apogee + perigee)
    tilt = np.radians(orbit.inclination_deg)
    anomaly = (np.arange(_ANOMALIES) + 0.5) * 2 * np.pi / _ANOMALIES  # eccentric; the perigee at the node
    share = 1 - eccentricity * np.cos(anomaly)  # dM / dE
    radius = axis * share
    sine = np.sin(tilt) * np.sin(anomaly)
    steps = np.arange(len(activity.flux_sfu))
    hour = np.arctan2(np.cos(tilt) * np.sin(anomaly), np.cos(anomaly)) + np.zeros((len(steps), 1))
    if orbit.node_local_time_h is not None:
        hour += np.radians(15 * orbit.node_local_time_h)
    else:
        hour += _GOLDEN_TURN * (np.arange(_ANOMALIES) + _ANOMALIES * steps[:, None])
    days = _day_of_year(activity.start) + (steps + 0.5) * activity.step_days
    season = np.broadcast_to((2 * np.pi * days / _YEAR_DAYS)[:, None], hour.shape)
    height_km = (radius - EARTH_EQUATORIAL_RADIUS_M * (1 - EARTH_FLATTENING * sine**2)) / 1e3
    density = air_density().density_kg_m3(
        np.broadcast_to(height_km, hour.shape),
        Place(np.broadcast_to(sine, hour.shape), hour, season),
        np.broadcast_to(activity.flux_sfu[:, None], hour.shape),
        np.broadcast_to(ap_response_ratio(activity.ap_index)[:, None], hour.shape),
    )
    speed = np.sqrt(EARTH_GM_M3_S2 * (2 / radius - 1 / axis))
    turning = EARTH_ROTATION_RATE_RAD_S * radius
    along = np.maximum(speed - turning * np.cos(tilt), 0.0)  # far out the air would push
    relative = np.hypot(along, turning * np.sin(tilt) * np.cos(anomaly))
    pressure = np.asarray((0.5 * density * relative * along * share).mean(axis=1), dtype=float)
    pressure.setflags(write=False)
    return DragHistory(activity.start, activity.step_days * DAY_S, pressure)


def density_along_kg_m3(
    position_m: Array, sun_direction: Array, epoch: datetime, weather: tuple[float, float]
) -> Array:
    """Density along a path of some days, by NRLMSIS 2.1 under constant activity, shape (N,) [kg/m3].

    Parameters
    ----------
    position_m, sun_direction : Array, shape (N, 3)
        GCRF, the Sun as a unit vector: it gives the local time.
    epoch : datetime
        Sets the season.
    weather : (float, float)
        F10.7 [sfu] and Ap.

    Examples
    --------
    The US Standard Atmosphere 1976 has 2.803e-12 kg/m3 at 400 km and moderate activity; by day there is more.

    >>> noon, sun = np.array([[6_778_137.0, 0.0, 0.0]]), np.array([[1.0, 0.0, 0.0]])
    >>> when = datetime(2027, 3, 20, tzinfo=UTC)
    >>> day, night = (density_along_kg_m3(noon, s, when, (125.0, 10.0))[0] for s in (sun, -sun))
    >>> bool(night < 2.803e-12 < day)
    True
    """
    radius = np.linalg.norm(position_m, axis=1)
    sine = position_m[:, 2] / radius
    height_km = (radius - EARTH_EQUATORIAL_RADIUS_M * (1 - EARTH_FLATTENING * sine**2)) / 1e3
    hour = np.pi + np.arctan2(position_m[:, 1], position_m[:, 0])
    hour -= np.arctan2(sun_direction[:, 1], sun_direction[:, 0])
    season = np.full(len(radius), 2 * np.pi * _day_of_year(epoch) / _YEAR_DAYS)
    flux = np.full(len(radius), weather[0])
    response = ap_response_ratio(np.full(len(radius), weather[1]))
    return air_density().density_kg_m3(height_km, Place(sine, hour, season), flux, response)


def _day_of_year(instant: datetime) -> float:
    return (instant - datetime(instant.year, 1, 1, tzinfo=UTC)).total_seconds() / DAY_S
