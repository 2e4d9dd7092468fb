"""Points spread evenly over the Earth, each for the same area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_FLATTENING

Array = NDArray[np.float64]

_GOLDEN_RATIO = (1 + 5**0.5) / 2


@dataclass(frozen=True, slots=True)
class GroundGrid:
    """P points on the WGS-84 ellipsoid; longitude in [-180, 180)."""

    latitude_deg: Array
    longitude_deg: Array

    def __len__(self) -> int:
        return len(self.latitude_deg)

    def __repr__(self) -> str:
        return f"<GroundGrid {len(self)} points>"


def fibonacci_grid(points_count: int) -> GroundGrid:
    """Spread points over the whole Earth on the Fibonacci spiral, all standing for the same area.

    Point k has the sine of the authalic latitude (2k + 1)/P - 1 and the longitude k/phi turns. Areas are
    equal on the ellipsoid: authalic latitudes are turned to geodetic ones by Snyder's series (to 1e-8 rad).
    An unweighted mean over the points is the mean over the Earth's surface; a mean over a part of the Earth
    has an error of some 1/P of it.

    Parameters
    ----------
    points_count : int
        P; the distance between neighbors is about 22600/sqrt(P) km.

    References
    ----------
    Gonzalez (2010), Mathematical Geosciences 42, 49; Snyder (1987), USGS Professional Paper 1395,
    equation 3-18.

    Examples
    --------
    Half of the Earth lies within 30 deg of the equator, nearly: the ellipsoid has a little less there.

    >>> grid = fibonacci_grid(10000)
    >>> float((np.abs(grid.latitude_deg) < 30).mean())
    0.4984
    """
    if points_count < 1:
        raise ValueError(f"a grid has at least one point, {points_count} were asked for")
    number = np.arange(points_count)
    authalic = np.arcsin((2 * number + 1) / points_count - 1)
    longitude = np.asarray((360.0 * number / _GOLDEN_RATIO + 180.0) % 360.0 - 180.0, dtype=float)
    latitude = np.asarray(np.degrees(_geodetic_from_authalic_rad(authalic)), dtype=float)
    latitude.setflags(write=False)
    longitude.setflags(write=False)
    return GroundGrid(latitude, longitude)


def _geodetic_from_authalic_rad(authalic_rad: Array) -> Array:
    """Snyder (1987), equation 3-18."""
    e2 = EARTH_FLATTENING * (2 - EARTH_FLATTENING)
    first = e2 / 3 + 31 * e2**2 / 180 + 517 * e2**3 / 5040
    second = 23 * e2**2 / 360 + 251 * e2**3 / 3780
    third = 761 * e2**3 / 45360
    return np.asarray(
        authalic_rad
        + first * np.sin(2 * authalic_rad)
        + second * np.sin(4 * authalic_rad)
        + third * np.sin(6 * authalic_rad),
        dtype=float,
    )
