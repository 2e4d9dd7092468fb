"""A satellite in the orbit that a mission file asks for, where no ascent puts it there."""

import math
from datetime import datetime

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.models.target import SunSynchronousTarget, Target
from cosmodrome.orbit.local_time import raan_of_local_time_rad
from cosmodrome.orbit.mean_start import state_from_mean_elements, state_with_node
from cosmodrome.physics.elements import KeplerianElements


def target_state(target: Target, epoch: datetime) -> InjectionState:
    """State of a target orbit at its ascending node, or at its perigee where it is elliptical.

    Its altitudes are mean ones. What the target leaves open is zero: node (GCRF), argument of perigee.

    Parameters
    ----------
    target : Target
    epoch : datetime
        Timezone-aware; the local time of a sun-synchronous node is that of this instant.

    Returns
    -------
    InjectionState

    Examples
    --------
    At the March equinox the equation of time is -7.4 min (Astronomical Almanac): the node of 12:00 by the
    mean Sun lies 1.9 deg before the equinox of date, which has moved by 0.3 deg since J2000.

    >>> from datetime import UTC
    >>> noon = SunSynchronousTarget(kind="sun-synchronous", altitude_km=567, ltan="12:00")
    >>> state = target_state(noon, datetime(2020, 3, 20, 3, 49, tzinfo=UTC))
    >>> round(math.degrees((state.elements.raan_rad + math.pi) % (2 * math.pi) - math.pi), 1)
    -2.1
    """
    low, high = (
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * height
        for height in (target.perigee_altitude_km, target.apogee_altitude_km)
    )
    perigee = math.radians(getattr(target, "argument_of_perigee_deg", None) or 0.0)
    tilt = math.radians(target.inclination_deg)
    mean = KeplerianElements(0.5 * (low + high), (high - low) / (high + low), tilt, 0.0, perigee, 0.0)
    if isinstance(target, SunSynchronousTarget):
        node = raan_of_local_time_rad(target.ltan_h, epoch)
        return state_from_mean_elements(
            epoch, KeplerianElements(mean.semi_major_axis_m, mean.eccentricity, tilt, node, perigee, 0.0)
        )
    return state_with_node(mean, epoch, math.radians(target.raan_deg or 0.0))


def unsaid_of_target(target: Target) -> tuple[str, ...]:
    """What a target leaves open and `target_state` chooses, a sentence each."""
    said = []
    is_elliptical = target.perigee_altitude_km != target.apogee_altitude_km
    if is_elliptical and getattr(target, "argument_of_perigee_deg", None) is None:
        said.append("The target has no argument_of_perigee_deg: perigee at the ascending node.")
    if not isinstance(target, SunSynchronousTarget) and target.raan_deg is None:
        said.append(
            "The target has no ltan or raan_deg: node at 0° (GCRF), on which beta and eclipses depend."
        )
    return tuple(said)
