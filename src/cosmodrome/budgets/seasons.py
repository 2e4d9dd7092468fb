"""The seasons of a mission: beta angle and eclipses over its whole life, and days that stand for them.

The plane of the first day is turned about the Earth's axis as fast as it turns over the ephemeris, the Sun is
the true one of the date. Altitude and inclination stay as they are at the start: a satellite that sinks by
50 km has eclipses 0.3 min longer, and one that is not kept in its orbit turns faster as it sinks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, JULIAN_YEAR_S
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.timeline import ModeTimeline, mode_timeline
from cosmodrome.orbit.eclipses import eclipse_duration_s, illumination_fraction
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.elements import orbital_period_s
from cosmodrome.physics.sun import sun_direction_and_distance_m

Array = NDArray[np.float64]

_BINS = 8  # of beta; the mean output and heat of an orbit are smooth in it


@dataclass(frozen=True, slots=True)
class Season:
    """A day that stands for a season: orbit, light and modes."""

    beta_angle_deg: float
    eclipse_min: float
    ephemeris: Ephemeris
    illumination_ratio: Array  # (K + 1,)
    timeline: ModeTimeline

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.timeline.epoch

    def __repr__(self) -> str:
        return f"<Season {self.start:%Y-%m-%d}, beta {self.beta_angle_deg:.1f} deg>"


@dataclass(frozen=True, slots=True)
class Seasons:
    """Beta angle and eclipse of every day of a mission, and the days that stand for them."""

    epoch: datetime
    elapsed_s: Array
    beta_angle_deg: Array
    eclipse_duration_s: Array
    period_s: float
    days: tuple[Season, ...]

    def __repr__(self) -> str:
        low, high = float(self.beta_angle_deg.min()), float(self.beta_angle_deg.max())
        return f"<Seasons {low:.1f} to {high:.1f} deg, {len(self.days)} days>"


def mission_seasons(
    satellite: Satellite, ephemeris: Ephemeris, passes: Sequence[Pass], lifetime_years: float
) -> Seasons:
    """Beta angle over the life of a mission, and days with the extremes and the steps between them.

    Parameters
    ----------
    satellite : Satellite
        Its modes.
    ephemeris : Ephemeris
        The orbit flown; its first day is turned.
    passes : sequence of Pass
        Passes over the stations; those of the first day stand for all.
    lifetime_years : float
        Working life. [years]

    Returns
    -------
    Seasons
        With the days of least and greatest beta angle, of the longest eclipse, and in each eighth of the
        range between them the day on which the Sun is farthest.

    References
    ----------
    Vallado (2013), section 5.3, for the beta angle.
    """
    a = float(np.linalg.norm(ephemeris.position_m, axis=1).mean())
    rate = node_rate_rad_s(ephemeris)
    count = max(math.ceil(lifetime_years * JULIAN_YEAR_S / DAY_S), 1)
    elapsed: Array = np.arange(count, dtype=float) * DAY_S
    sun, distance = sun_direction_and_distance_m(ephemeris.epoch, elapsed)
    normal = np.cross(ephemeris.position_m[0], ephemeris.velocity_m_s[0])
    turned = _turned(np.broadcast_to(normal / np.linalg.norm(normal), sun.shape), rate * elapsed)
    beta = np.arcsin(np.clip(np.sum(turned * sun, axis=1), -1.0, 1.0))
    dark_s = np.array([eclipse_duration_s(a, angle) for angle in beta.tolist()])
    beta_deg = np.degrees(beta)
    for array in (elapsed, beta_deg, dark_s):
        array.setflags(write=False)
    days = tuple(
        _season(satellite, ephemeris, passes, rate, (float(elapsed[k]), float(beta_deg[k]), float(dark_s[k])))
        for k in _chosen(beta_deg, dark_s, distance)
    )
    return Seasons(ephemeris.epoch, elapsed, beta_deg, dark_s, orbital_period_s(a), days)


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
    See `tests/budgets/test_seasons.py`: a Sun-synchronous orbit turns once a year.
    """
    normal = np.cross(ephemeris.position_m, ephemeris.velocity_m_s)
    node = np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1]))
    elapsed = ephemeris.elapsed_s - ephemeris.elapsed_s.mean()
    return float(elapsed @ (node - node.mean()) / (elapsed @ elapsed))


def _chosen(beta_deg: Array, dark_s: Array, sun_distance_m: Array) -> list[int]:
    """Numbers of the days to look at, in time order."""
    days = {int(beta_deg.argmin()), int(beta_deg.argmax()), int(dark_s.argmax())}
    edges = np.linspace(beta_deg.min(), beta_deg.max(), _BINS + 1)
    for low, high in pairwise(edges.tolist()):
        inside = np.flatnonzero((beta_deg >= low) & (beta_deg <= high))
        if len(inside):
            days.add(int(inside[sun_distance_m[inside].argmax()]))
    return sorted(days)


def _season(
    satellite: Satellite,
    ephemeris: Ephemeris,
    passes: Sequence[Pass],
    raan_rate_rad_s: float,
    day: tuple[float, float, float],
) -> Season:
    """The first day of the ephemeris as it will be on a later day."""
    later_s, beta_deg, dark_s = day
    count = int(np.searchsorted(ephemeris.elapsed_s, ephemeris.elapsed_s[0] + DAY_S)) + 1
    first = slice(0, count)
    elapsed = ephemeris.elapsed_s[first]
    epoch = ephemeris.epoch + timedelta(seconds=later_s)
    sun, distance = sun_direction_and_distance_m(epoch, elapsed)
    turn = np.full(len(elapsed), raan_rate_rad_s * later_s)
    turned = replace(
        ephemeris,
        epoch=epoch,
        elapsed_s=elapsed,
        position_m=_turned(ephemeris.position_m[first], turn),
        velocity_m_s=_turned(ephemeris.velocity_m_s[first], turn),
        sun_direction=sun,
        sun_distance_m=distance,
    )
    lit = illumination_fraction(turned)
    timeline = mode_timeline(satellite, ephemeris.epoch, elapsed, lit, passes)
    return Season(beta_deg, dark_s / 60.0, turned, lit, replace(timeline, epoch=epoch))


def _turned(vectors: Array, angle_rad: Array) -> Array:
    """Vectors turned about the Earth's axis."""
    cosine, sine = np.cos(angle_rad), np.sin(angle_rad)
    x, y, z = vectors.T
    return np.stack((cosine * x - sine * y, sine * x + cosine * y, z), axis=1)
