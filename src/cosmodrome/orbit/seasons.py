"""Days that stand for the seasons of a mission: the orbit of the first day, turned to later dates.

The plane of the first day is turned about the Earth's axis as fast as it turns over the ephemeris, the Sun is
the true one of the date. Altitude and inclination stay as they are at the start: a satellite that sinks by
50 km has eclipses 0.3 min longer, and one that is not kept in its orbit turns faster as it sinks.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.beta_calendar import BetaCalendar, beta_calendar
from cosmodrome.orbit.eclipses import illumination_fraction, longest_eclipse_s
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian, orbital_period_s
from cosmodrome.physics.sun import sun_direction_and_distance_m

Array = NDArray[np.float64]

_BINS = 6  # of beta; the mean output and heat of an orbit are smooth in it


@dataclass(frozen=True, slots=True)
class SeasonDay:
    """A day that stands for a season: its orbit and light."""

    beta_angle_deg: float
    eclipse_min: float
    ephemeris: Ephemeris
    illumination_ratio: Array

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.ephemeris.epoch

    def __repr__(self) -> str:
        return f"<SeasonDay {self.start:%Y-%m-%d}, beta {self.beta_angle_deg:.1f} deg>"


@dataclass(frozen=True, slots=True)
class Seasons:
    """Beta angle and eclipses over a mission, and the days that stand for them."""

    calendar: BetaCalendar
    period_s: float
    days: tuple[SeasonDay, ...]
    longest_eclipse_s: float  # on the darkest of these days

    def __repr__(self) -> str:
        return f"<Seasons {self.calendar!r}, {len(self.days)} days>"


def mission_seasons(ephemeris: Ephemeris, years: float) -> Seasons:
    """Beta angle over the life of a mission, and days with its extremes and the steps between them.

    Parameters
    ----------
    ephemeris : Ephemeris
        The orbit flown, for a day or more; nearly circular.
    years : float
        Working life. [years]

    Returns
    -------
    Seasons
        With the days of least and greatest beta angle, of the longest eclipse, and in each sixth of the
        range between them the day on which the Sun is farthest.

    References
    ----------
    Vallado (2013), section 5.3, for the beta angle.

    Examples
    --------
    See `tests/orbit/test_seasons.py`: a later day as the propagator finds it.
    """
    a = float(np.linalg.norm(ephemeris.position_m, axis=1).mean())
    rate = node_rate_rad_s(ephemeris)
    position, velocity = ephemeris.at(ephemeris.elapsed_s[:1], "TEME")
    flown = keplerian_from_cartesian(position[0], velocity[0])
    mean = KeplerianElements(a, 0.0, flown.inclination_rad, flown.raan_rad, 0.0, 0.0)
    calendar = beta_calendar(mean, ephemeris.epoch, years, raan_rate_rad_s=rate)
    _, distance = sun_direction_and_distance_m(ephemeris.epoch, calendar.elapsed_s)
    chosen = _chosen(calendar.beta_angle_deg, calendar.eclipse_duration_s, distance)
    days = tuple(_day(ephemeris, rate, calendar, number) for number in chosen)
    darkest = max(days, key=lambda day: day.eclipse_min)
    return Seasons(calendar, orbital_period_s(a), days, longest_eclipse_s(darkest.ephemeris))


def node_rate_rad_s(ephemeris: Ephemeris) -> float:
    """Mean rate at which the orbit plane turns about the Earth's axis over an ephemeris, fitted [rad/s].

    Parameters
    ----------
    ephemeris : Ephemeris
        A day or more: within an orbit the node swings by some thousandths of a degree.

    Returns
    -------
    float
        Positive to the east.

    Examples
    --------
    See `tests/orbit/test_seasons.py`: a Sun-synchronous orbit turns once a year.
    """
    normal = np.cross(ephemeris.position_m, ephemeris.velocity_m_s)
    node = np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1]))
    elapsed = ephemeris.elapsed_s - ephemeris.elapsed_s.mean()
    return float(elapsed @ (node - node.mean()) / (elapsed @ elapsed))


def _chosen(beta_deg: Array, dark_s: Array, sun_distance_m: Array) -> list[int]:
    """Places in the calendar to look at, in time order."""
    places = {int(beta_deg.argmin()), int(beta_deg.argmax()), int(dark_s.argmax())}
    edges = np.linspace(beta_deg.min(), beta_deg.max(), _BINS + 1)
    for low, high in pairwise(edges.tolist()):
        inside = np.flatnonzero((beta_deg >= low) & (beta_deg <= high))
        if len(inside):
            places.add(int(inside[sun_distance_m[inside].argmax()]))
    return sorted(places)


def _day(ephemeris: Ephemeris, rate_rad_s: float, calendar: BetaCalendar, place: int) -> SeasonDay:
    """The first day of the ephemeris as it will be on a later day."""
    later_s = float(calendar.elapsed_s[place])
    count = int(np.searchsorted(ephemeris.elapsed_s, ephemeris.elapsed_s[0] + DAY_S)) + 1
    elapsed = ephemeris.elapsed_s[:count]
    epoch = ephemeris.epoch + timedelta(seconds=later_s)
    sun, distance = sun_direction_and_distance_m(epoch, elapsed)
    turned = replace(
        ephemeris,
        epoch=epoch,
        elapsed_s=elapsed,
        position_m=_turned(ephemeris.position_m[:count], rate_rad_s * later_s),
        velocity_m_s=_turned(ephemeris.velocity_m_s[:count], rate_rad_s * later_s),
        position_itrf_m=ephemeris.position_itrf_m[:count],
        velocity_itrf_m_s=ephemeris.velocity_itrf_m_s[:count],
        mass_kg=ephemeris.mass_kg[:count],
        sun_direction=sun,
        sun_distance_m=distance,
    )
    return SeasonDay(
        float(calendar.beta_angle_deg[place]),
        float(calendar.eclipse_duration_s[place]) / 60.0,
        turned,
        illumination_fraction(turned),
    )


def _turned(vectors: Array, angle_rad: float) -> Array:
    """Vectors turned about the Earth's axis."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    return np.asarray(vectors @ np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]]))
