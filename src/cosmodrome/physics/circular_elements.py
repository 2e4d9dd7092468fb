"""Elements that stay regular on a circular orbit: a, e cos w, e sin w, i, RAAN, argument of latitude.

They are singular only where the orbit is equatorial. Rows of six; SI and radians.
"""

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_GM_M3_S2
from cosmodrome.physics.elements import KeplerianElements

Array = NDArray[np.float64]


def circular_from_keplerian(elements: KeplerianElements) -> Array:
    """The six elements, shape (6,): a [m], e cos w, e sin w, i [rad], RAAN [rad], u = w + nu [rad].

    Examples
    --------
    >>> elements = KeplerianElements(7e6, 0.01, 1.7, 2.0, np.pi / 2, 0.5)
    >>> [round(float(x), 4) + 0.0 for x in circular_from_keplerian(elements)]
    [7000000.0, 0.0, 0.01, 1.7, 2.0, 2.0708]
    """
    e, w = elements.eccentricity, elements.argument_of_perigee_rad
    return np.array(
        [
            elements.semi_major_axis_m,
            e * np.cos(w),
            e * np.sin(w),
            elements.inclination_rad,
            elements.raan_rad,
            w + elements.true_anomaly_rad,
        ]
    )


def cartesian_from_circular(elements: Array, gm_m3_s2: float = EARTH_GM_M3_S2) -> Array:
    """Position [m] and velocity [m/s] side by side, shape (..., 6), of elements of shape (..., 6).

    r = p / (1 + e_x cos u + e_y sin u) (P cos u + Q sin u),
    v = sqrt(mu / p) (Q (cos u + e_x) - P (sin u + e_y)),
    with P along the node and Q a quarter turn ahead of it in the plane, p = a (1 - e_x^2 - e_y^2).

    Parameters
    ----------
    elements : array, shape (..., 6)
        As from `circular_from_keplerian`.
    gm_m3_s2 : float
        Gravitational parameter [m3/s2].

    Raises
    ------
    ValueError
        If an eccentricity is not below 1.

    References
    ----------
    Vallado (2013), algorithm 10 (COE2RV), written with e_x and e_y.

    Examples
    --------
    Vallado (2013), example 2-6: r = 6525.344, 6861.535, 6449.125 km.

    >>> angles = (np.radians(d) for d in (87.87, 227.89, 53.38, 92.335))
    >>> orbit = KeplerianElements(11067790.0 / (1 - 0.83285**2), 0.83285, *angles)
    >>> [round(float(x) / 1e4) for x in cartesian_from_circular(circular_from_keplerian(orbit))[:3]]
    [653, 686, 645]
    """
    axis, ex, ey, _, _, u = np.moveaxis(np.asarray(elements, dtype=float), -1, 0)
    if not np.all(ex * ex + ey * ey < 1):
        raise ValueError("an eccentricity is not below 1: the orbit is not closed; are the errors too large?")
    along, ahead = _plane(elements)
    parameter = axis * (1 - ex * ex - ey * ey)
    radius = parameter / (1 + ex * np.cos(u) + ey * np.sin(u))
    pace = np.sqrt(gm_m3_s2 / parameter)
    position = (radius * np.cos(u))[..., None] * along + (radius * np.sin(u))[..., None] * ahead
    velocity = (pace * (np.cos(u) + ex))[..., None] * ahead - (pace * (np.sin(u) + ey))[..., None] * along
    return np.concatenate((position, velocity), axis=-1)


def circular_jacobian(elements: Array, gm_m3_s2: float = EARTH_GM_M3_S2) -> Array:
    """Exact derivative of `cartesian_from_circular` at one set of elements, shape (6, 6).

    Rows: position, velocity. Columns: the elements.

    References
    ----------
    Differentiated by hand from the equations of `cartesian_from_circular`; the tests compare it with
    differences.
    """
    axis, ex, ey, _, _, u = (float(part) for part in elements)
    along, ahead = _plane(elements)
    normal = np.cross(along, ahead)
    cos_u, sin_u = np.cos(u), np.sin(u)
    parameter, shape = axis * (1 - ex * ex - ey * ey), 1 + ex * cos_u + ey * sin_u
    radius, pace = parameter / shape, np.sqrt(gm_m3_s2 / parameter)
    outward, forward = cos_u * along + sin_u * ahead, cos_u * ahead - sin_u * along
    state = cartesian_from_circular(elements, gm_m3_s2)
    position, velocity = state[:3], state[3:]
    pole = np.array([0.0, 0.0, 1.0])
    columns = (
        (position / axis, -velocity / (2 * axis)),
        (
            -(2 * axis * ex / shape + radius * cos_u / shape) * outward,
            velocity * axis * ex / parameter + pace * ahead,
        ),
        (
            -(2 * axis * ey / shape + radius * sin_u / shape) * outward,
            velocity * axis * ey / parameter - pace * along,
        ),
        (radius * sin_u * normal, pace * (cos_u + ex) * normal),
        (np.cross(pole, position), np.cross(pole, velocity)),
        (radius * (ex * sin_u - ey * cos_u) / shape * outward + radius * forward, -pace * outward),
    )
    return np.column_stack([np.concatenate(column) for column in columns])


def _plane(elements: Array) -> tuple[Array, Array]:
    """Unit vectors along the node and a quarter turn ahead of it in the plane, shape (..., 3)."""
    _, _, _, i, node, _ = np.moveaxis(np.asarray(elements, dtype=float), -1, 0)
    along = np.stack((np.cos(node), np.sin(node), np.zeros_like(node)), axis=-1)
    ahead = np.stack((-np.cos(i) * np.sin(node), np.cos(i) * np.cos(node), np.sin(i)), axis=-1)
    return along, ahead


def local_axes(position_m: Array, velocity_m_s: Array) -> Array:
    """Rows: the unit vectors radial, in-track, cross-track, shape (..., 3, 3).

    In-track completes the triad, so that it is along the velocity on a circular orbit only.

    References
    ----------
    Vallado (2013), section 3.3.1, the satellite coordinate system RSW.

    Examples
    --------
    >>> velocity = np.array([10.0, 0.0, 7500.0])
    >>> (local_axes(np.array([7e6, 0.0, 0.0]), velocity) @ velocity).tolist()
    [10.0, 7500.0, 0.0]
    """
    radial = position_m / np.linalg.norm(position_m, axis=-1, keepdims=True)
    momentum = np.cross(position_m, velocity_m_s)
    across = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
    return np.stack((radial, np.cross(across, radial), across), axis=-2)
