"""Ground tracks that repeat: cycles that an orbit nearly keeps, orbits for a cycle, drift of a track.

A cycle is a whole number of revolutions in a whole number of nodal days, turns of the Earth under the
drifting node; for a sun-synchronous orbit these are solar days. Mean elements, first order in J2, as in
`physics.elements`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_ROTATION_RATE_RAD_S
from cosmodrome.physics.elements import (
    KeplerianElements,
    nodal_period_s,
    raan_drift_rate_rad_s,
    repeat_semi_major_axis_m,
    sun_synchronous_inclination_rad,
    sun_synchronous_repeat_semi_major_axis_m,
    track_spacing_m,
)

Array = NDArray[np.float64]

_TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class RepeatCycle:
    """A cycle that an orbit nearly keeps.

    After it the track lies `drift_km` further east at the equator; `altitude_change_km` makes it exact.
    """

    revolutions_count: int
    days_count: int
    drift_km: float
    altitude_change_km: float

    @property
    def track_spacing_km(self) -> float:
        """Distance at the equator between neighboring tracks of the cycle [km]."""
        return track_spacing_m(self.revolutions_count) / 1e3

    def __repr__(self) -> str:
        return (
            f"<RepeatCycle {self.revolutions_count}/{self.days_count}, {self.drift_km:+.2f} km a cycle, "
            f"exact {self.altitude_change_km:+.3f} km higher>"
        )


@dataclass(frozen=True, slots=True)
class RepeatOrbit:
    """An orbit whose track repeats exactly; its altitude is the semi-major axis less the Earth's radius."""

    revolutions_count: int
    days_count: int
    altitude_km: float
    inclination_deg: float
    nodal_period_min: float
    track_spacing_km: float

    def __repr__(self) -> str:
        return (
            f"<RepeatOrbit {self.revolutions_count}/{self.days_count}, {self.altitude_km:.2f} km, "
            f"{self.inclination_deg:.3f} deg>"
        )


def repeat_cycles(
    mean: KeplerianElements, *, longest_days: int = 60, tolerance_km: float = 20.0
) -> tuple[RepeatCycle, ...]:
    """Cycles after which the track comes back to within a tolerance, shortest first.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements.
    longest_days : int
        Cycles up to so many nodal days.
    tolerance_km : float
        Largest shift of the track at the equator after the cycle [km].

    Raises
    ------
    ValueError
        If days or tolerance are not above 0.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 11.4.2; Capderou (2014),
    *Handbook of Satellite Orbits*, chapter 11.

    Examples
    --------
    Landsat (satellite_examples S-04): 233 revolutions in 16 days.

    >>> landsat = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)
    >>> [(one.revolutions_count, one.days_count) for one in repeat_cycles(landsat, tolerance_km=5.0)]
    [(233, 16)]
    """
    if longest_days < 1 or not tolerance_km > 0:
        raise ValueError(
            f"cycles up to {longest_days} days within {tolerance_km:g} km were asked for; expected at least "
            "1 day and a tolerance above 0"
        )
    a, e, i = mean.semi_major_axis_m, mean.eccentricity, mean.inclination_rad
    turn = _turn_per_revolution_rad(a, e, i)
    found = []
    for days in range(1, longest_days + 1):
        revolutions = round(days * _TURN / turn)
        if revolutions < 1 or math.gcd(revolutions, days) > 1:
            continue  # the same track as the shorter cycle
        drift_km = (days * _TURN - revolutions * turn) * EARTH_EQUATORIAL_RADIUS_M / 1e3
        if abs(drift_km) <= tolerance_km:
            exact = repeat_semi_major_axis_m(revolutions, days, i, e)
            found.append(RepeatCycle(revolutions, days, drift_km, (exact - a) / 1e3))
    return tuple(found)


def repeat_orbits(
    lowest_km: float,
    highest_km: float,
    *,
    longest_days: int = 16,
    inclination_deg: float | None = None,
    eccentricity: float = 0.0,
) -> tuple[RepeatOrbit, ...]:
    """Every repeating orbit between two altitudes, shortest cycle first.

    Parameters
    ----------
    lowest_km, highest_km : float
        Altitudes of the mean semi-major axis above the equatorial radius [km].
    longest_days : int
        Cycles up to so many nodal days.
    inclination_deg : float, optional
        Of all orbits [deg]; sun-synchronous ones where not given.
    eccentricity : float
        Of all orbits.

    Raises
    ------
    ValueError
        If the altitudes are not in order, or the days not above 0.

    Examples
    --------
    Sun-synchronous between 690 and 705 km, 10 to 16 days: Sentinel-1 and Landsat (satellite_examples S-04).

    >>> orbits = repeat_orbits(690, 705, longest_days=16)
    >>> [f"{one.revolutions_count}/{one.days_count} {one.altitude_km:.1f}" for one in orbits[2:]]
    ['175/12 692.8', '233/16 699.6']
    """
    if not 0 < lowest_km < highest_km or longest_days < 1:
        raise ValueError(
            f"repeating orbits from {lowest_km:g} to {highest_km:g} km, up to {longest_days} days, were "
            "asked for; expected altitudes above 0, the lower one first, and at least 1 day"
        )

    def inclination(axis_m: float) -> float:
        if inclination_deg is not None:
            return math.radians(inclination_deg)
        return sun_synchronous_inclination_rad(axis_m, eccentricity)

    low, high = (EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude for altitude in (lowest_km, highest_km))
    most, fewest = (
        _TURN / _turn_per_revolution_rad(axis, eccentricity, inclination(axis)) for axis in (low, high)
    )
    found = []
    for days in range(1, longest_days + 1):
        for revolutions in range(math.ceil(fewest * days), math.floor(most * days) + 1):
            if math.gcd(revolutions, days) == 1:
                found.append(_repeat_orbit(revolutions, days, eccentricity, inclination_deg, inclination))
    return tuple(found)


def track_drift_km(
    mean: KeplerianElements, altitude_error_km: float, elapsed_s: Array, *, decay_m_s: float = 0.0
) -> Array:
    """Eastward shift at the equator of the track of an orbit that is too high, and decays [km].

    x(t) = -K (da t - 1/2 decay t^2), K = R/a (3/2 (w - O) + 7/2 O),

    with w the Earth's rate and O the node's. An orbit that is too low runs ahead, and its track drifts east;
    under drag a track that starts high drifts west, turns, and comes back along a parabola.

    Parameters
    ----------
    mean : KeplerianElements
        The orbit that was wanted.
    altitude_error_km : float
        By how much the mean semi-major axis is too large at the start [km].
    elapsed_s : Array
        Times since the start [s].
    decay_m_s : float
        Loss of semi-major axis [m/s].

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 11.4.2; Aorpimai and Palmer
    (2007), J. Guidance, Control, and Dynamics 30, 654.

    Examples
    --------
    A nodal day of 14.56 revolutions, 3/2 of 1/7078 a kilometer: 8.5 km a day to the west.

    >>> landsat = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)
    >>> round(float(track_drift_km(landsat, 1.0, np.array([86_400.0]))[0]), 1)
    -8.5
    """
    elapsed = np.asarray(elapsed_s, dtype=float)
    shift_m = track_drift_rate_s(mean) * (1e3 * altitude_error_km * elapsed - 0.5 * decay_m_s * elapsed**2)
    return np.asarray(-shift_m / 1e3, dtype=float)


def track_drift_rate_s(mean: KeplerianElements) -> float:
    """K of `track_drift_km`: westward speed of the track at the equator per altitude error [m/s per m].

    Examples
    --------
    >>> landsat = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)
    >>> round(track_drift_rate_s(landsat) * 86_400, 2)
    8.55
    """
    a = mean.semi_major_axis_m
    node_rate = raan_drift_rate_rad_s(a, mean.eccentricity, mean.inclination_rad)
    pace = 1.5 * (EARTH_ROTATION_RATE_RAD_S - node_rate) + 3.5 * node_rate
    return EARTH_EQUATORIAL_RADIUS_M / a * pace


def _turn_per_revolution_rad(axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """How far the Earth turns under the node in a nodal revolution."""
    node_rate = raan_drift_rate_rad_s(axis_m, eccentricity, inclination_rad)
    period = nodal_period_s(axis_m, eccentricity, inclination_rad)
    return (EARTH_ROTATION_RATE_RAD_S - node_rate) * period


def _repeat_orbit(
    revolutions: int,
    days: int,
    eccentricity: float,
    inclination_deg: float | None,
    inclination_rad: Callable[[float], float],
) -> RepeatOrbit:
    if inclination_deg is None:
        axis = sun_synchronous_repeat_semi_major_axis_m(revolutions, days, eccentricity)
    else:
        axis = repeat_semi_major_axis_m(revolutions, days, math.radians(inclination_deg), eccentricity)
    tilt = inclination_rad(axis)
    return RepeatOrbit(
        revolutions,
        days,
        (axis - EARTH_EQUATORIAL_RADIUS_M) / 1e3,
        math.degrees(tilt),
        nodal_period_s(axis, eccentricity, tilt) / 60.0,
        track_spacing_m(revolutions) / 1e3,
    )
