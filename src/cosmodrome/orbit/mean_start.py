"""Where an orbit starts that is known by its mean elements: altitude, inclination, node."""

import math
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2, EARTH_J2
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_states
from cosmodrome.orbit.state import orbit_state
from cosmodrome.physics.elements import KeplerianElements, nodal_period_s, perigee_drift_rate_rad_s

Array = NDArray[np.float64]

_GM_WGS72_M3_S2 = 3.986008e14  # the one of SGP4
_TURN = 2 * math.pi


def state_from_mean_elements(epoch: datetime, elements: KeplerianElements) -> InjectionState:
    """Osculating state of mean elements, by the periodic terms of SGP4, and of Kozai for the axis.

    An orbit that starts with its mean altitude as the osculating one flies up to 10 km lower in the mean, and
    a sun-synchronous one drifts. A mean eccentricity of zero becomes the frozen orbit.

    Parameters
    ----------
    epoch : datetime
        Timezone-aware.
    elements : KeplerianElements
        Mean elements of Brouwer, the node from the mean equinox of date (TEME).

    Returns
    -------
    InjectionState
        In GCRF; the mean semi-major axis under a full force model is within some 100 m in low orbit.

    Raises
    ------
    ValueError
        If SGP4 refuses the elements.

    References
    ----------
    Hoots and Roehrich (1980), *Spacetrack Report No. 3*; Kozai (1959), AJ 64, 367, for the axis.

    Examples
    --------
    At the node of a circular polar orbit the osculating axis is greater than the mean one by Kozai's term in
    cos 2u, 3/2 J2 R^2/a: at 400 km by 9.7 km.

    >>> from datetime import UTC
    >>> mean = KeplerianElements(6778137.0, 0.0, math.radians(90.0), 0.0, 0.0, 0.0)
    >>> state = state_from_mean_elements(datetime(2027, 1, 1, tzinfo=UTC), mean)
    >>> round((state.elements.semi_major_axis_m - 6778137.0) / 1e3, 1)
    9.7
    """
    e, nu = elements.eccentricity, elements.true_anomaly_rad
    axis, tilt = elements.semi_major_axis_m, elements.inclination_rad
    eccentric = 2 * math.atan2(math.sqrt(1 - e) * math.sin(nu / 2), math.sqrt(1 + e) * math.cos(nu / 2))
    # the mean motion of a TLE is that of the mean anomaly, J2 included
    anomaly_rate = _TURN / nodal_period_s(axis, e, tilt) - perigee_drift_rate_rad_s(axis, e, tilt)
    scale = math.sqrt(_GM_WGS72_M3_S2 / EARTH_GM_M3_S2)
    series = sgp4_states(
        MeanElements(
            object_name="",
            object_id="",
            catalog_number=0,
            epoch=epoch,
            mean_motion_rev_per_day=anomaly_rate * scale * DAY_S / _TURN,
            eccentricity=max(e, 1e-9),
            inclination_deg=math.degrees(tilt),
            raan_deg=math.degrees(elements.raan_rad),
            argument_of_perigee_deg=math.degrees(elements.argument_of_perigee_rad),
            mean_anomaly_deg=math.degrees((eccentric - e * math.sin(eccentric)) % _TURN),
            bstar=0.0,
        ),
        np.zeros(1),
    )
    assert series.velocity_m_s is not None
    return orbit_state(epoch, *_with_energy(elements, series.position_m[0], series.velocity_m_s[0]), "TEME")


def state_with_node(elements: KeplerianElements, epoch: datetime, raan_rad: float) -> InjectionState:
    """Osculating state of mean elements whose osculating node in GCRF is the one given.

    Precession sets it apart from that from the equinox of date.

    Parameters
    ----------
    elements : KeplerianElements
        Mean elements; their node does not count.
    epoch : datetime
        Timezone-aware.
    raan_rad : float
        Right ascension of the ascending node, GCRF [rad].
    """
    node, state = raan_rad, state_from_mean_elements(epoch, replace(elements, raan_rad=raan_rad))
    for _ in range(2):
        apart = (state.elements.raan_rad - raan_rad + math.pi) % _TURN - math.pi
        node -= apart if 1e-3 < elements.inclination_rad < math.pi - 1e-3 else 0.0
        state = state_from_mean_elements(epoch, replace(elements, raan_rad=node))
    return state


def _with_energy(mean: KeplerianElements, position_m: Array, velocity_m_s: Array) -> tuple[Array, Array]:
    """The state with the osculating axis that the mean one has there, to first order in J2.

    SGP4 leaves out the periodic terms in J2 e, kilometers in the axis of an eccentric orbit; this
    holds at any eccentricity.
    """
    radius = float(np.linalg.norm(position_m))
    normal = np.cross(position_m, velocity_m_s)
    normal /= np.linalg.norm(normal)
    sine_i_squared = 1.0 - float(normal[2]) ** 2
    sine_latitude_squared = (float(position_m[2]) / radius) ** 2  # sin^2 i sin^2 u
    axis, nearness = mean.semi_major_axis_m, (mean.semi_major_axis_m / radius) ** 3
    steady = (1.0 - 1.5 * sine_i_squared) * (nearness - (1.0 - mean.eccentricity**2) ** -1.5)
    turning = 1.5 * nearness * (sine_i_squared - 2.0 * sine_latitude_squared)
    axis += EARTH_J2 * EARTH_EQUATORIAL_RADIUS_M**2 / axis * (steady + turning)
    speed = math.sqrt(EARTH_GM_M3_S2 * (2.0 / radius - 1.0 / axis))
    return position_m, velocity_m_s * (speed / float(np.linalg.norm(velocity_m_s)))
