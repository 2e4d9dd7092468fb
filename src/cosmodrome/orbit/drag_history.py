"""How hard the air presses on a planned orbit, month by month, under a course of solar activity."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pymsis
from numpy.typing import NDArray

from cosmodrome.constants import (
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_FLATTENING,
    EARTH_GM_M3_S2,
    EARTH_ROTATION_RATE_RAD_S,
)
from cosmodrome.orbit.solar_activity import SolarActivity

Array = NDArray[np.float64]

_NRLMSIS = 2.1
_ANOMALIES = 24
_LOCAL_TIMES_H = (0.0, 6.0, 12.0, 18.0)
_MONTHS = 12
_MONTH_S = 365.25 / 12 * DAY_S
_FLUX_SFU = np.array([60.0, 90.0, 130.0, 180.0, 240.0, 320.0])


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
    """Dynamic pressure on an orbit that is kept, under a course of solar activity.

    NRLMSIS 2.1 at 24 places around the orbit in each month of a year, at the local times that the orbit
    meets, tabulated over F10.7 and read along the course; Ap is the course's mean. The air turns with the
    Earth.

    Parameters
    ----------
    orbit : PlannedOrbit
    activity : SolarActivity
        Monthly, as from `cycle_cases`.

    Returns
    -------
    DragHistory
        The speed that drag takes is the pressure's integral over the ballistic coefficient m / (C_D A).

    References
    ----------
    Emmert et al. (2022), JGR Space Physics 127, e2022JA030896, for NRLMSIS 2.1.

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
    table = np.log(_pressure_by_month(orbit, activity))
    day = (activity.start - datetime(activity.start.year, 1, 1, tzinfo=UTC)).total_seconds() / DAY_S
    middle = (np.arange(len(activity.flux_sfu)) + 0.5) * activity.step_days
    month = ((day + middle) * DAY_S / _MONTH_S).astype(int) % _MONTHS
    flux = np.clip(activity.flux_sfu, _FLUX_SFU[0], _FLUX_SFU[-1])
    column = np.clip(np.searchsorted(_FLUX_SFU, flux) - 1, 0, len(_FLUX_SFU) - 2)
    along = (flux - _FLUX_SFU[column]) / (_FLUX_SFU[column + 1] - _FLUX_SFU[column])
    pressure = np.exp((1 - along) * table[month, column] + along * table[month, column + 1])
    pressure.setflags(write=False)
    return DragHistory(activity.start, activity.step_days * DAY_S, pressure)


def _pressure_by_month(orbit: PlannedOrbit, activity: SolarActivity) -> Array:
    """Mean dynamic pressure over (month of the year, flux)."""
    perigee, apogee = (
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * km for km in (orbit.perigee_altitude_km, orbit.apogee_altitude_km)
    )
    axis, eccentricity = (perigee + apogee) / 2, (apogee - perigee) / (apogee + perigee)
    tilt = np.radians(orbit.inclination_deg)
    anomaly = (np.arange(_ANOMALIES) + 0.5) * 2 * np.pi / _ANOMALIES  # eccentric; its perigee at the node
    share = 1 - eccentricity * np.cos(anomaly)  # dM / dE
    radius = axis * share
    latitude = np.arcsin(np.sin(tilt) * np.sin(anomaly))
    east_h = np.arctan2(np.cos(tilt) * np.sin(anomaly), np.cos(anomaly)) * 12 / np.pi
    nodes_h = _LOCAL_TIMES_H if orbit.node_local_time_h is None else (orbit.node_local_time_h,)
    local_h = (east_h[:, None] + np.array(nodes_h)) % 24
    shape = (_MONTHS, len(_FLUX_SFU), _ANOMALIES, len(nodes_h))
    height_km = (radius - EARTH_EQUATORIAL_RADIUS_M * (1 - EARTH_FLATTENING * np.sin(latitude) ** 2)) / 1e3

    def spread(values: NDArray[np.generic], *axes: int) -> NDArray[np.generic]:
        return np.broadcast_to(np.expand_dims(values, axes), shape).ravel()

    months = np.datetime64(f"{activity.start.year}-01", "M") + np.arange(_MONTHS)
    flux = spread(_FLUX_SFU, 0, 2, 3)
    found = pymsis.calculate(
        spread(months.astype("datetime64[s]") + np.timedelta64(15, "D"), 1, 2, 3),
        spread(local_h * 15, 0, 1),  # at midnight UTC longitude is local time
        spread(np.degrees(latitude), 0, 1, 3),
        spread(height_km, 0, 1, 3),
        flux,
        flux,
        np.full((int(np.prod(shape)), 7), float(activity.ap_index.mean())),
        version=_NRLMSIS,
        geomagnetic_activity=1,
    )
    density = np.asarray(found[..., 0], dtype=float).reshape(shape).mean(axis=3)
    speed = np.sqrt(EARTH_GM_M3_S2 * (2 / radius - 1 / axis))
    turning = EARTH_ROTATION_RATE_RAD_S * radius
    along = speed - turning * np.cos(tilt)
    relative = np.sqrt(along**2 + 0.5 * (turning * np.sin(tilt)) ** 2)
    return np.asarray((0.5 * density * relative * along * share).mean(axis=2), dtype=float)
