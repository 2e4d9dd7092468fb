"""How often an orbit is corrected, and for how much: altitude, ground track, local time of the node.

Circular orbits under a constant drag, impulses small against the orbit: dv = n da / 2 for an altitude,
dv = 2 v sin(di / 2) for an inclination.
"""

import math
from dataclasses import dataclass

import numpy as np

from cosmodrome.constants import (
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_FLATTENING,
    EARTH_GM_M3_S2,
    EARTH_ROTATION_RATE_RAD_S,
    JULIAN_YEAR_S,
)
from cosmodrome.orbit.air_density import Place, air_density
from cosmodrome.orbit.repeat_track import track_drift_rate_s
from cosmodrome.orbit.solar_activity import ap_response_ratio
from cosmodrome.physics.elements import KeplerianElements, mean_motion_rad_s
from cosmodrome.physics.secular_rates import secular_node_rate_rad_s, solar_inclination_rate_rad_s

_RAD_PER_MIN = math.pi / 720.0  # of local time
_TILT_STEP_RAD = 1e-4


@dataclass(frozen=True, slots=True)
class Keeping:
    """Maneuvers at equal intervals, each of `delta_v_m_s`; none where the interval is infinite."""

    interval_days: float
    delta_v_m_s: float

    @property
    def yearly_delta_v_m_s(self) -> float:
        """Sum over a Julian year [m/s]."""
        return self.delta_v_m_s * JULIAN_YEAR_S / DAY_S / self.interval_days

    def __repr__(self) -> str:
        return (
            f"<Keeping {self.delta_v_m_s:.4g} m/s every {self.interval_days:.4g} days, "
            f"{self.yearly_delta_v_m_s:.3g} m/s a year>"
        )


def orbit_density_kg_m3(mean: KeplerianElements, flux_sfu: float, ap_index: float = 13.0) -> float:
    """Mean density around a circular orbit and over the months, by NRLMSIS 2.1 [kg/m3].

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements.
    flux_sfu : float
        F10.7, daily and 81-day mean [sfu].
    ap_index : float
        Geomagnetic activity.

    Examples
    --------
    Emptier by half and more from solar maximum to minimum.

    >>> orbit = KeplerianElements(6_878_137.0, 0.0, math.radians(97.4), 0.0, 0.0, 0.0)
    >>> orbit_density_kg_m3(orbit, 200.0) > 5 * orbit_density_kg_m3(orbit, 70.0)
    True
    """
    around = 2.0 * np.pi * np.arange(12) / 12
    argument, local_time, season = (part.ravel() for part in np.meshgrid(around + 0.1, around, around))
    sine = math.sin(mean.inclination_rad) * np.sin(argument)
    ground_m = EARTH_EQUATORIAL_RADIUS_M * (1.0 - EARTH_FLATTENING * sine**2)
    height_km = (mean.semi_major_axis_m - ground_m) / 1e3
    activity = np.full(len(sine), flux_sfu), ap_response_ratio(np.full(len(sine), ap_index))
    return float(air_density().density_kg_m3(height_km, Place(sine, local_time, season), *activity).mean())


def decay_rate_m_s(mean: KeplerianElements, density_kg_m3: float, ballistic_kg_m2: float) -> float:
    """Loss of semi-major axis of a circular orbit by drag, counted positive [m/s].

    rho sqrt(mu a) / B (1 - w/n cos i)^2: the air turns with the Earth.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements of a nearly circular orbit.
    density_kg_m3 : float
        Mean around the orbit, for instance by `orbit_density_kg_m3` [kg/m3].
    ballistic_kg_m2 : float
        B = m / (C_D A) [kg/m2].

    Raises
    ------
    ValueError
        If density or ballistic coefficient are not above 0.

    References
    ----------
    King-Hele (1987), *Satellite Orbits in an Atmosphere*, chapter 4.

    Examples
    --------
    GOCE (satellite_examples S-41, S-47): 8 mN on 1036 kg is 1.13 km a day; here 2 rho / B v^2 / 2 makes it.

    >>> goce = KeplerianElements(6_598_637.0, 0.0, math.pi / 2, 0.0, 0.0, 0.0)
    >>> speed_squared = EARTH_GM_M3_S2 / goce.semi_major_axis_m
    >>> density = 2 * 8e-3 / 1036 / speed_squared * 300.0
    >>> round(decay_rate_m_s(goce, density, 300.0) * 86.4, 2)
    1.13
    """
    if not (density_kg_m3 > 0 and ballistic_kg_m2 > 0):
        raise ValueError(
            f"a density of {density_kg_m3:g} kg/m3 and a ballistic coefficient of {ballistic_kg_m2:g} kg/m2 "
            "were given; expected both above 0"
        )
    a = mean.semi_major_axis_m
    wind = 1 - EARTH_ROTATION_RATE_RAD_S / mean_motion_rad_s(a) * math.cos(mean.inclination_rad)
    return density_kg_m3 / ballistic_kg_m2 * math.sqrt(EARTH_GM_M3_S2 * a) * wind * wind


def altitude_keeping(mean: KeplerianElements, band_km: float, decay_m_s: float) -> Keeping:
    """Hold the altitude within a band: fall through it, then lift back to its top.

    Parameters
    ----------
    mean : KeplerianElements
        The orbit in the middle of the band.
    band_km : float
        Whole width of the band [km].
    decay_m_s : float
        Loss of semi-major axis, by `decay_rate_m_s` [m/s].

    Raises
    ------
    ValueError
        If band or decay are not above 0.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 6.3.

    Examples
    --------
    GOCE, 8 mN on 1036 kg (satellite_examples S-47): 0.667 m/s a day, however wide the band.

    >>> goce = KeplerianElements(6_598_637.0, 0.0, math.radians(96.7), 0.0, 0.0, 0.0)
    >>> keeping = altitude_keeping(goce, 1.0, 2 * 8e-3 / 1036 / mean_motion_rad_s(6_598_637.0))
    >>> round(keeping.delta_v_m_s / keeping.interval_days, 3)
    0.667
    """
    _check_band(band_km, "km")
    _check_decay(decay_m_s)
    lift = 1e3 * band_km
    return Keeping(lift / decay_m_s / DAY_S, 0.5 * mean_motion_rad_s(mean.semi_major_axis_m) * lift)


def track_keeping(mean: KeplerianElements, band_km: float, decay_m_s: float) -> Keeping:
    """Hold the ground track within a band at the equator against drag.

    The orbit is lifted at the band's eastern edge; the track drifts west, turns at the western edge, and
    comes back: with the parabola of `repeat_track.track_drift_km` the interval is sqrt(8 W / (K decay)).

    Parameters
    ----------
    mean : KeplerianElements
        The repeating orbit.
    band_km : float
        Whole width W of the band: 2 km for a track kept to 1 km either side [km].
    decay_m_s : float
        Loss of semi-major axis, by `decay_rate_m_s` [m/s].

    Raises
    ------
    ValueError
        If band or decay are not above 0.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 11.4.2.

    Examples
    --------
    Four times the band is twice the interval; the yearly sum is the same.

    >>> orbit = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)
    >>> narrow, wide = track_keeping(orbit, 2.0, 1e-5), track_keeping(orbit, 8.0, 1e-5)
    >>> round(wide.interval_days / narrow.interval_days, 9)
    2.0
    >>> round(wide.yearly_delta_v_m_s / narrow.yearly_delta_v_m_s, 9)
    1.0
    """
    _check_band(band_km, "km")
    _check_decay(decay_m_s)
    interval = math.sqrt(8e3 * band_km / (track_drift_rate_s(mean) * decay_m_s))
    lift = decay_m_s * interval
    return Keeping(interval / DAY_S, 0.5 * mean_motion_rad_s(mean.semi_major_axis_m) * lift)


def local_time_keeping(mean: KeplerianElements, local_time_h: float, band_min: float) -> Keeping:
    """Hold the node's local time within a band by changes of inclination.

    The Sun and its tide tilt a sun-synchronous plane steadily (`physics.secular_rates`),
    and the local time runs along a parabola: the interval is sqrt(8 W / |d(node rate)/di di/dt|). The
    inclination starts on the far side of the sun-synchronous one and ends as far on the other.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements of the sun-synchronous orbit.
    local_time_h : float
        Of the ascending node [h].
    band_min : float
        Whole width W of the band: 30 min for 15 min either side [min].

    Returns
    -------
    Keeping
        Without end where the Sun does not tilt the plane: at noon, midnight, 6 and 18 h.

    Raises
    ------
    ValueError
        If the band is not above 0.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 11.4.1; Kaula
    (1966), *Theory of Satellite Geodesy*, section 3.7.

    Examples
    --------
    Landsat at 22:00: 0.047 deg a year are 6.2 m/s a year, whatever the band.

    >>> orbit = KeplerianElements(7_077_720.0, 0.0, math.radians(98.2), 0.0, 0.0, 0.0)
    >>> round(local_time_keeping(orbit, 22.0, 30.0).yearly_delta_v_m_s, 1)
    6.2
    """
    _check_band(band_min, "min")
    a, e, i = mean.semi_major_axis_m, mean.eccentricity, mean.inclination_rad
    tilt_rate = abs(solar_inclination_rate_rad_s(a, i, local_time_h))
    if tilt_rate < 1e-16:
        return Keeping(math.inf, 0.0)
    ahead, behind = (secular_node_rate_rad_s(a, e, i + step) for step in (_TILT_STEP_RAD, -_TILT_STEP_RAD))
    bend = abs(ahead - behind) / (2 * _TILT_STEP_RAD) * tilt_rate
    interval = math.sqrt(8 * band_min * _RAD_PER_MIN / bend)
    speed = mean_motion_rad_s(a) * a
    return Keeping(interval / DAY_S, 2 * speed * math.sin(0.5 * tilt_rate * interval))


def _check_band(width: float, unit: str) -> None:
    if not width > 0:
        raise ValueError(f"a band {width:g} {unit} wide was given; expected a width above 0")


def _check_decay(decay_m_s: float) -> None:
    if not decay_m_s > 0:
        raise ValueError(
            f"a decay of {decay_m_s:g} m/s was given; expected the loss of semi-major axis, above 0: an "
            "orbit that does not decay needs no lifting"
        )
