"""When the Earth hides the Sun: umbra and penumbra, the sunlit part of its disc, the beta angle.

The Earth is a sphere of the equatorial radius without air, as in satkit and GMAT; an eclipse whose edges lie
over the poles is up to 15 s shorter on the ellipsoid, as Orekit has it, so these durations are on the safe
side for a battery. `eclipses` takes the ellipsoid on demand. The Sun is at its geometric place; its light's
aberration, 20 arcsec, moves edges by less than 0.1 s.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    ASTRONOMICAL_UNIT_M,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_FLATTENING,
    SUN_RADIUS_M,
)
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import mean_motion_rad_s, orbital_period_s
from cosmodrome.physics.events import Indices, Intervals, find_intervals
from cosmodrome.physics.frames import itrf_from_gcrf
from cosmodrome.physics.interpolation import hermite_position_m
from cosmodrome.physics.shadow import disc_angles_rad, penumbra_margin_rad, umbra_margin_rad
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]

_BETA_STEP_S = 3600.0
_PERIHELION = 0.9833  # au, the least distance of the Sun


@dataclass(frozen=True, slots=True)
class Eclipse:
    """One passage through the shadow; `penumbra` runs from first to last contact and holds the umbra."""

    start: datetime
    end: datetime
    kind: Literal["umbra", "penumbra"]

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""
        return (self.end - self.start).total_seconds()

    def __repr__(self) -> str:
        return f"<Eclipse {self.kind} {self.start.isoformat(timespec='seconds')} {self.duration_s:.1f} s>"


@dataclass(frozen=True, slots=True)
class BetaHistory:
    """Angle between the orbit plane and the Sun, positive on the side of the angular momentum."""

    epoch: datetime
    elapsed_s: Array
    beta_angle_deg: Array

    def __repr__(self) -> str:
        low, high = float(self.beta_angle_deg.min()), float(self.beta_angle_deg.max())
        return f"<BetaHistory {low:.1f} to {high:.1f} deg>"


def eclipses(ephemeris: Ephemeris, *, oblate: bool = False) -> tuple[Eclipse, ...]:
    """All passages through penumbra and umbra in time order, edges to 0.02 s.

    A passage that the ephemeris cuts starts or ends with it.

    Parameters
    ----------
    ephemeris : Ephemeris
    oblate : bool
        Whether the Earth is the ellipsoid of WGS-84 instead of the sphere of its equatorial radius. Stretched
        along the Earth's axis until it is a sphere, with satellite and Sun: lines of sight stay straight, and
        the Sun's radius is taken across the limb that the Earth meets.

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, section 3.4.2; Adhya et al. (2004), J. Spacecraft and
    Rockets 41, 168, for the ellipsoid.
    """
    space = _shadow_space(ephemeris, oblate)
    found = []
    for kind, margin in (("penumbra", penumbra_margin_rad), ("umbra", umbra_margin_rad)):
        for start, end in _passages(ephemeris, space, margin):
            found.append((start, kind, end))
    return tuple(
        Eclipse(
            datetime_from_elapsed(ephemeris.epoch, start),
            datetime_from_elapsed(ephemeris.epoch, end),
            "umbra" if kind == "umbra" else "penumbra",
        )
        for start, kind, end in sorted(found)
    )


def longest_eclipse_s(ephemeris: Ephemeris) -> float:
    """Longest time that the Sun's center is behind the Earth, edges to 0.02 s; zero without eclipse [s].

    Half of the disc is hidden at the edges: it is the eclipse of the cylindrical shadow, in the middle
    between umbra and penumbra. The center goes behind the limb where asin(R / r) = c, the angle between the
    directions of Earth and Sun.

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, section 3.4.2.

    Examples
    --------
    See `tests/orbit/test_eclipses.py`: FireSat's 35.3 min (satellite_examples S-01).
    """

    def margin_rad(position: Array, sun: Array, sun_radius: Array | float) -> Array:
        _, earth, apart = disc_angles_rad(position, sun, sun_radius)
        return np.asarray(earth - apart, dtype=float)

    passages = _passages(ephemeris, _shadow_space(ephemeris, False), margin_rad)
    return max((end - start for start, end in passages), default=0.0)


def illumination_fraction(ephemeris: Ephemeris) -> Array:
    """Part of the Sun's disc that is seen at each sample, 0 to 1, shape (N,)."""
    sun = ephemeris.sun_direction * ephemeris.sun_distance_m[:, None]
    lit = sunlit_fraction(ephemeris.position_m, sun)
    lit.setflags(write=False)
    return lit


def sunlit_fraction(position_m: Array, sun_m: Array) -> Array:
    """Part of the Sun's disc that the Earth leaves uncovered, 0 to 1, shape (N,).

    Parameters
    ----------
    position_m, sun_m : Array, shape (N, 3)
        Geocentric satellite and Sun [m].

    References
    ----------
    Montenbruck and Gill (2000), equations 3.85 to 3.94.

    Examples
    --------
    Before and behind the Earth:

    >>> sunlit_fraction(np.array([[7e6, 0, 0], [-7e6, 0, 0]]), np.array([[1.5e11, 0, 0]] * 2)).tolist()
    [1.0, 0.0]
    """
    a, b, c = disc_angles_rad(position_m, sun_m)
    # lens of two overlapping discs, in units of the Sun's disc
    safe = np.clip(c, np.abs(a - b) + 1e-15, a + b - 1e-15)
    x = (safe * safe + a * a - b * b) / (2 * safe)
    y = np.sqrt(np.maximum(a * a - x * x, 0.0))
    lens = a * a * np.arccos(np.clip(x / a, -1, 1)) + b * b * np.arccos(np.clip((safe - x) / b, -1, 1))
    partial = 1.0 - (lens - safe * y) / (np.pi * a * a)
    hidden = np.where(a > b, 1.0 - (b / a) ** 2, 0.0)
    return np.asarray(np.where(c >= a + b, 1.0, np.where(c <= np.abs(a - b), hidden, partial)), dtype=float)


def beta_angle(ephemeris: Ephemeris, step_s: float = _BETA_STEP_S) -> BetaHistory:
    """Beta angle about every `step_s` seconds: asin of the orbit normal on the Sun's direction.

    References
    ----------
    Vallado (2013), section 5.3.
    """
    spacing = float(ephemeris.elapsed_s[1] - ephemeris.elapsed_s[0])
    chosen = slice(None, None, max(1, round(step_s / spacing)))
    normal = np.cross(ephemeris.position_m[chosen], ephemeris.velocity_m_s[chosen])
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    sine = np.sum(normal * ephemeris.sun_direction[chosen], axis=1)
    elapsed, beta = ephemeris.elapsed_s[chosen].copy(), np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    elapsed.setflags(write=False)
    beta.setflags(write=False)
    return BetaHistory(ephemeris.epoch, elapsed, beta)


def eclipse_duration_s(semi_major_axis_m: float, beta_rad: float) -> float:
    """Time of a circular orbit in the cylindrical shadow [s].

    P/pi acos( sqrt(h^2 + 2 R h) / ((R + h) cos beta) ), zero above the beta angle without eclipse.

    References
    ----------
    Wertz (ed.), *Space Mission Analysis and Design*, section 5.1.

    Examples
    --------
    FireSat (satellite_examples S-01): 35.3 min at 700 km.

    >>> round(eclipse_duration_s(7_078_137.0, 0.0) / 60, 1)
    35.3
    """
    return float(eclipse_durations_s(semi_major_axis_m, np.array(beta_rad)))


def eclipse_durations_s(semi_major_axis_m: float, beta_rad: Array) -> Array:
    """`eclipse_duration_s` for many beta angles [s].

    Examples
    --------
    >>> eclipse_durations_s(7_078_137.0, np.radians([0.0, 45.0, 65.0])).round(-1).tolist()
    [2120.0, 1720.0, 0.0]
    """
    horizon = math.sqrt(semi_major_axis_m**2 - EARTH_EQUATORIAL_RADIUS_M**2) / semi_major_axis_m
    ratio = horizon / np.maximum(np.abs(np.cos(beta_rad)), 1e-9)
    half = np.arccos(np.minimum(ratio, 1.0))
    return np.asarray(orbital_period_s(semi_major_axis_m) * half / np.pi, dtype=float)


def longest_possible_eclipse_s(
    semi_major_axis_m: float, eccentricity: float = 0.0, *, with_penumbra: bool = False
) -> float:
    """Longest eclipse that an orbit of this size and shape can have, whatever its plane [s].

    The Sun in the plane, the middle of the shadow at the apogee or at the perigee: its edges lie at the true
    anomalies where r sin(angle from the middle) = R, and Kepler's equation gives the time between them.

    Parameters
    ----------
    semi_major_axis_m : float
        [m]
    eccentricity : float
        Below 1. [1]
    with_penumbra : bool
        From the first to the last contact with the Sun's disc, at its largest in the year, in place of its
        center.

    References
    ----------
    Wertz (ed.), *Space Mission Analysis and Design*, section 5.1; Vallado (2013), section 5.3.

    Examples
    --------
    Satellite_examples S-07: 35.29 min at 700 km, the penumbra adds nine seconds.

    >>> round(longest_possible_eclipse_s(7_078_137.0) / 60, 2)
    35.29
    >>> whole = longest_possible_eclipse_s(7_078_137.0, with_penumbra=True)
    >>> round(whole - longest_possible_eclipse_s(7_078_137.0))
    9
    """
    parameter = semi_major_axis_m * (1 - eccentricity**2)
    disc = math.asin(SUN_RADIUS_M / (_PERIHELION * ASTRONOMICAL_UNIT_M)) if with_penumbra else 0.0
    longest = 0.0
    for middle, side in ((math.pi, 1.0), (0.0, -1.0)):  # apogee, perigee
        sine = parameter * math.cos(disc)
        cosine = side * EARTH_EQUATORIAL_RADIUS_M * eccentricity - parameter * math.sin(disc)
        half = math.asin(EARTH_EQUATORIAL_RADIUS_M / math.hypot(sine, cosine)) - math.atan2(cosine, sine)
        ends = [_mean_anomaly_rad(middle + turn, eccentricity) for turn in (-half, half)]
        longest = max(longest, (ends[1] - ends[0]) / mean_motion_rad_s(semi_major_axis_m))
    return longest


def _mean_anomaly_rad(true_anomaly_rad: float, eccentricity: float) -> float:
    """Mean anomaly, in the same turn as the true one."""
    e, v = eccentricity, true_anomaly_rad
    eccentric = v - 2 * math.atan2(e * math.sin(v), 1 + math.sqrt(1 - e * e) + e * math.cos(v))
    return eccentric - e * math.sin(eccentric)


def beta_without_eclipse_rad(semi_major_axis_m: float) -> float:
    """Beta angle from which a circular orbit sees the Sun all the time: asin(R / a) [rad].

    Examples
    --------
    Satellite_examples S-07: 64.30 deg at 700 km.

    >>> round(math.degrees(beta_without_eclipse_rad(7_078_137.0)), 2)
    64.3
    """
    return math.asin(EARTH_EQUATORIAL_RADIUS_M / semi_major_axis_m)


@dataclass(frozen=True, slots=True)
class _ShadowSpace:
    """Where the Earth is a sphere of the equatorial radius: true space, or one stretched along its axis."""

    stretch: Array | None  # (3, 3), symmetric

    def put(self, vectors: Array) -> Array:
        """True vectors in this space."""
        return vectors if self.stretch is None else np.asarray(vectors @ self.stretch, dtype=float)

    def sun_radius_m(self, position: Array, sun: Array) -> Array | float:
        """Radius of the stretched Sun across the line of sight, toward the Earth's center, by true places."""
        if self.stretch is None:
            return SUN_RADIUS_M
        sight = sun - position
        sight = sight / np.linalg.norm(sight, axis=-1, keepdims=True)
        across = np.sum(position * sight, axis=-1, keepdims=True) * sight - position
        across /= np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-9)
        return np.asarray(SUN_RADIUS_M * np.linalg.norm(across @ self.stretch, axis=-1), dtype=float)


def _shadow_space(ephemeris: Ephemeris, oblate: bool) -> _ShadowSpace:
    if not oblate:
        return _ShadowSpace(None)
    middle = 0.5 * (ephemeris.elapsed_s[:1] + ephemeris.elapsed_s[-1:])  # the axis moves by 20 arcsec a year
    axis = itrf_from_gcrf(ephemeris.epoch, middle, read_earth_orientation())[0, 2]
    return _ShadowSpace(np.eye(3) + (1 / (1 - EARTH_FLATTENING) - 1) * np.outer(axis, axis))


def _passages(
    ephemeris: Ephemeris, space: _ShadowSpace, margin_rad: Callable[[Array, Array, Array | float], Array]
) -> list[tuple[float, float]]:
    """Starts and ends [s] of the intervals in which the margin is positive."""
    times = ephemeris.elapsed_s
    suns = ephemeris.sun_direction * ephemeris.sun_distance_m[:, None]

    def margin(position: Array, sun: Array) -> Array:
        return margin_rad(space.put(position), space.put(sun), space.sun_radius_m(position, sun))

    def at(when: Array, _: Indices) -> Array:
        position = hermite_position_m(times, ephemeris.position_m, ephemeris.velocity_m_s, when)
        sun = np.stack([np.interp(when, times, suns[:, axis]) for axis in range(3)], axis=-1)
        return margin(position, sun)

    found: Intervals = find_intervals(times, margin(ephemeris.position_m, suns)[None], at, 0.02)
    return list(zip(found.start_s.tolist(), found.end_s.tolist(), strict=True))
