"""Free fall to the ground, in closed form without air and step by step with it; ellipses on the ground."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Vector = tuple[Any, Any, Any]
Rates = Callable[[Array, NDArray[np.intp]], Array]

# Dormand and Prince (1980), table 2: what each stage adds up, the last row being the fifth-order result;
# and the difference of that from the embedded fourth order.
_STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
_ERRORS = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
_FIRST_STEP_S, _LONGEST_STEP_S = 1.0, 60.0  # a longer step could pass under the ground and out again
_MOST_STEPS = 20_000
_HALVINGS = 40  # of the step that crosses the ground
_CORNERS = np.linspace(0.0, 2 * np.pi, 360, endpoint=False)  # of the polygon that stands for an ellipse


def vacuum_impact(
    position: Vector,
    velocity: Vector,
    gm: float,
    surface_radius: float,
    rotation_rate: float,
    xp: ModuleType = np,
) -> tuple[Vector, Any]:
    """Where and when a body without thrust and drag meets a sphere that turns under it.

    With F the eccentric anomaly counted from apogee, e cos F = r/a - 1 and e sin F = -(r . v)/sqrt(mu a)
    at the body, and e cos F1 = R/a - 1 on the sphere, with sin F1 > 0 on the way down. Kepler's equation
    gives the time, sqrt(a^3/mu) [F1 - F + e sin F1 - e sin F], and Lagrange's f and g the place, which the
    sphere's rotation takes back by rotation_rate times that time. No case is told apart on the way, so
    the result can be differentiated.

    Parameters
    ----------
    position, velocity : three scalars or arrays
        State in an inertial frame, z along the pole. [m], [m/s]
    gm : float
        Gravitational parameter. [m3/s2]
    surface_radius : float
        Radius of the sphere. [m]
    rotation_rate : float
        Of the sphere, eastward positive. [rad/s]
    xp : module
        numpy, casadi, or `cosmodrome.physics.scalar`.

    Returns
    -------
    direction : tuple
        Unit vector to the impact point, in the frame fixed to the sphere that coincides with the inertial
        frame at the time of the state.
    time_of_flight : scalar or array
        [s]

    Notes
    -----
    Valid for ellipses with their perigee below the sphere and for bodies above it. Outside that range
    numpy and casadi return nan, plain floats raise ValueError.

    References
    ----------
    Vallado (2013), section 2.3 (f and g, Kepler's equation). Bate, Mueller and White (1971), Fundamentals
    of Astrodynamics, section 6.2, has the range in the plane.

    Examples
    --------
    At Q = r v^2/mu = 2/3 and 30 deg of elevation the free-flight range equation, cos(psi/2) =
    (1 - Q cos^2)/sqrt(1 + Q (Q - 2) cos^2), gives 60 deg:

    >>> from math import atan2, cos, degrees, radians, sin, sqrt
    >>> v = sqrt(2 / 3)
    >>> up, along = v * sin(radians(30)), v * cos(radians(30))
    >>> (x, y, _), time = vacuum_impact((1.0, 0.0, 0.0), (up, along, 0.0), 1.0, 1.0, 0.0)
    >>> round(degrees(atan2(y, x)), 9)
    60.0

    A body let go at two radii falls for sqrt(a^3/mu) (pi/2 + 1) = 2.5708:

    >>> _, time = vacuum_impact((2.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0, 1.0, 0.0)
    >>> round(float(time), 4)
    2.5708
    """
    x, y, z = position
    u, v, w = velocity
    radius = xp.sqrt(x * x + y * y + z * z)
    axis = 1.0 / (2.0 / radius - (u * u + v * v + w * w) / gm)
    pace = xp.sqrt(axis * axis * axis / gm)
    sine = -(x * u + y * v + z * w) / xp.sqrt(gm * axis)
    cosine = radius / axis - 1.0
    impact_cosine = surface_radius / axis - 1.0
    impact_sine = xp.sqrt(sine * sine + cosine * cosine - impact_cosine * impact_cosine)
    turn = xp.atan2(impact_sine, impact_cosine) - xp.atan2(sine, cosine)
    time = pace * (turn + impact_sine - sine)
    f = 1.0 - axis / radius * (1.0 - xp.cos(turn))
    g = time - pace * (turn - xp.sin(turn))
    along_x, along_y, along_z = (
        (f * r + g * rate) / surface_radius for r, rate in zip(position, velocity, strict=True)
    )
    cos_turned, sin_turned = xp.cos(rotation_rate * time), xp.sin(rotation_rate * time)
    fixed_x = cos_turned * along_x + sin_turned * along_y
    fixed_y = cos_turned * along_y - sin_turned * along_x
    return (fixed_x, fixed_y, along_z), time


def tumbling_cylinder_area_m2(length_m: float, diameter_m: float) -> float:
    """Mean area that a cylinder shows to the flow while it tumbles through every attitude alike [m2].

    A quarter of its surface, (pi D L + pi D^2/2)/4, as for every convex body (Cauchy's formula).

    Examples
    --------
    A flat disk of 2 m shows half its face on average:

    >>> round(tumbling_cylinder_area_m2(0.0, 2.0), 6) == round(np.pi / 2, 6)
    True
    """
    return float(np.pi * diameter_m * (length_m + diameter_m / 2) / 4)


def perigee_radius_m(position_m: Array, velocity_m_s: Array, gm_m3_s2: float) -> float | None:
    """Perigee radius of the ellipse through a state; None where the body escapes [m].

    Examples
    --------
    >>> round(perigee_radius_m(np.array([2.0, 0.0, 0.0]), np.array([0.0, 0.5, 0.0]), 1.0), 9)
    0.666666667
    """
    axis_inverse = 2 / float(np.linalg.norm(position_m)) - float(velocity_m_s @ velocity_m_s) / gm_m3_s2
    if axis_inverse <= 0:
        return None
    momentum = np.cross(position_m, velocity_m_s)
    eccentricity = math.sqrt(max(1 - float(momentum @ momentum) / gm_m3_s2 * axis_inverse, 0.0))
    return (1 - eccentricity) / axis_inverse


def fall_to_ground(
    rates: Rates, height: Callable[[Array], Array], state: Array, longest_s: Array, tolerance: Array
) -> tuple[Array, Array]:
    """Integrate many falls at once, each with its own steps, until each meets the ground.

    Dormand and Prince's pair of orders 5 and 4. The step that crosses the ground is cut there on the
    cubic through its ends and their slopes.

    Parameters
    ----------
    rates : callable
        Derivative of states of shape (M, n), given these and the numbers of their falls. [per s]
    height : callable
        Height of states of shape (M, n) above the ground. [m]
    state : ndarray, shape (M, N)
        Where N falls begin, above the ground.
    longest_s : ndarray, shape (N,)
        When to give a fall up. [s]
    tolerance : ndarray, shape (M,)
        Largest error of a step, in the units of the state.

    Returns
    -------
    time_s : ndarray, shape (N,)
        nan where the ground is not met. [s]
    end : ndarray, shape (M, N)
        State on the ground, or where the fall was given up.

    References
    ----------
    Dormand and Prince (1980), J. Comput. Appl. Math. 6, 19-26, doi:10.1016/0771-050X(80)90013-3.

    Examples
    --------
    From 80 m under 10 m/s2 it takes 4 s:

    >>> def rates(y, _): return np.stack((y[1], np.full_like(y[1], -10.0)))
    >>> start = np.array([[80.0], [0.0]])
    >>> time, end = fall_to_ground(rates, lambda y: y[0], start, np.array([9.0]), np.full(2, 1e-9))
    >>> round(float(time[0]), 9), round(float(end[1, 0]), 9)
    (4.0, -40.0)
    """
    now, elapsed = state.astype(float), np.zeros(state.shape[1])
    time = np.full(state.shape[1], np.nan)
    step = np.full(state.shape[1], _FIRST_STEP_S)
    flying = np.arange(state.shape[1])
    slope = rates(now, flying)
    for _ in range(_MOST_STEPS):
        if flying.size == 0:
            break
        begin, h = now[:, flying], step[flying]
        after, slope_after, error = _dormand_prince(rates, begin, slope, h, flying)
        miss = np.maximum((np.abs(error) / tolerance[:, None]).max(axis=0), 1e-10)
        good = miss <= 1.0
        step[flying] = np.minimum(h * np.clip(0.9 * miss**-0.2, 0.2, 5.0), _LONGEST_STEP_S)
        down = good & (height(after) <= 0.0)
        if down.any():
            ends = tuple(part[:, down] for part in (begin, slope, after, slope_after))
            share, after[:, down] = _cut(height, ends, h[down])
            time[flying[down]] = elapsed[flying[down]] + share * h[down]
        now[:, flying[good]] = after[:, good]
        elapsed[flying[good]] += h[good]
        stays = ~down & (elapsed[flying] < longest_s[flying])
        slope = np.where(good, slope_after, slope)[:, stays]
        flying = flying[stays]
    return time, now


def _dormand_prince(
    rates: Rates, begin: Array, slope: Array, step_s: Array, falls: NDArray[np.intp]
) -> tuple[Array, Array, Array]:
    """State and slope after a step, and the error of the state."""
    slopes = [slope]
    after = begin
    for row in _STAGES:
        after = begin + step_s * sum(a * k for a, k in zip(row, slopes, strict=True))
        slopes.append(rates(after, falls))
    error = step_s * sum(e * k for e, k in zip(_ERRORS, slopes, strict=True))
    return after, slopes[-1], np.asarray(error)


def _cut(height: Callable[[Array], Array], ends: tuple[Array, ...], step_s: Array) -> tuple[Array, Array]:
    """Share of the step after which the ground is met, and the state there."""
    begin, slope, after, slope_after = ends

    def between(share: Array) -> Array:
        left = 1.0 - share
        chord = (
            share
            * left
            * (left * (step_s * slope - (after - begin)) - share * (step_s * slope_after - (after - begin)))
        )
        return np.asarray(left * begin + share * after + chord)

    low, high = np.zeros_like(step_s), np.ones_like(step_s)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = height(between(middle)) > 0.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high, between(high)


def turned_about_pole(vectors: Array, angle_rad: Array | float) -> Array:
    """Vectors of shape (3,) or (3, N), turned eastward."""
    x, y, z = vectors
    sine, cosine = np.sin(angle_rad), np.cos(angle_rad)
    return np.stack((cosine * x - sine * y, sine * x + cosine * y, z + 0.0 * sine))


def ground_direction(latitude_deg: float, longitude_deg: float, flattening: float) -> Array:
    """Unit vector from the Earth's center to a geodetic place on the ground."""
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    flat, polar = math.cos(latitude), (1 - flattening) ** 2 * math.sin(latitude)
    place = np.array([flat * math.cos(longitude), flat * math.sin(longitude), polar])
    return np.asarray(place / np.linalg.norm(place))


def north_and_east(direction: Array) -> tuple[Array, Array]:
    """Unit vectors along the ground; at a pole, as on the meridian of Greenwich."""
    east = np.array([-direction[1], direction[0], 0.0])
    length = float(np.linalg.norm(east))
    east = east / length if length > 1e-12 else np.array([0.0, 1.0, 0.0])
    return np.cross(direction, east), east


def angle_between_rad(a: Array, b: Array) -> float:
    """Angle between two unit vectors, exact for small ones too [rad]."""
    return float(2 * np.arcsin(np.minimum(np.linalg.norm(a - b) / 2, 1.0)))


@dataclass(frozen=True, slots=True)
class GroundEllipse:
    """An ellipse on a sphere: plane in the distances and azimuths seen from its center.

    Examples
    --------
    A quarter of a turn from the center of a circle of one radius lie pi/2 - 1 radii:

    >>> circle = GroundEllipse(np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), 1.0, 1.0, 1.0)
    >>> far = np.array([[0.0], [1.0], [0.0]])
    >>> bool(circle.contains(far)[0]), round(float(circle.edge_distance_m(far)[0]), 4)
    (False, 0.5708)
    """

    center_direction: Array  # (3,), unit
    along_direction: Array  # (3,), unit, at right angles to the center's
    along_m: float
    across_m: float
    sphere_radius_m: float

    def boundary(self) -> Array:
        """Directions to points around it, shape (3, 360)."""
        along, across = self.along_m * np.cos(_CORNERS), self.across_m * np.sin(_CORNERS)
        away = np.hypot(along, across)
        side = np.cross(self.center_direction, self.along_direction)
        course = (np.outer(self.along_direction, along) + np.outer(side, across)) / away
        angle = away / self.sphere_radius_m
        return np.outer(self.center_direction, np.cos(angle)) + course * np.sin(angle)

    def contains(self, directions: Array) -> NDArray[np.bool_]:
        """Which of the directions, shape (3, N), point into it."""
        chord = np.linalg.norm(directions - self.center_direction[:, None], axis=0)
        away = 2 * self.sphere_radius_m * np.arcsin(np.minimum(chord / 2, 1.0))
        side = np.cross(self.center_direction, self.along_direction)
        along, across = self.along_direction @ directions, side @ directions
        scale = away / np.maximum(np.hypot(along, across), 1e-15)
        inside = (scale * along / self.along_m) ** 2 + (scale * across / self.across_m) ** 2 <= 1.0
        return np.asarray(inside, dtype=np.bool_)

    def edge_distance_m(self, directions: Array) -> Array:
        """Distance of directions, shape (3, N), from its edge, inside and outside alike [m]."""
        corners = self.boundary()
        sides = np.roll(corners, -1, axis=1) - corners
        offsets = directions[:, :, None] - corners[:, None, :]
        share = np.clip((offsets * sides[:, None, :]).sum(axis=0) / (sides**2).sum(axis=0), 0.0, 1.0)
        chord = np.linalg.norm(offsets - share * sides[:, None, :], axis=0).min(axis=1)
        return np.asarray(2 * self.sphere_radius_m * np.arcsin(np.minimum(chord / 2, 1.0)))
