"""A station's skyline: the least usable elevation by azimuth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Mask elevations at azimuths clockwise from north, straight lines between them, around the circle."""

    azimuth_deg: Array
    elevation_deg: Array

    def __post_init__(self) -> None:
        """Refuse what is no skyline."""
        azimuth, elevation = np.asarray(self.azimuth_deg), np.asarray(self.elevation_deg)
        if len(azimuth) == 0 or len(azimuth) != len(elevation):
            raise ValueError(
                f"a horizon has as many azimuths as elevations, not {len(azimuth)} and {len(elevation)}"
            )
        if not (np.diff(azimuth) > 0).all() or azimuth[0] < 0 or azimuth[-1] >= 360:
            raise ValueError("the azimuths of a horizon increase from 0 to below 360 deg")
        if not ((elevation >= 0) & (elevation < 90)).all():
            raise ValueError("the elevations of a horizon lie from 0 to below 90 deg")

    @property
    def lowest_deg(self) -> float:
        """Least elevation of the skyline [deg]."""
        return float(np.min(self.elevation_deg))

    def mask_deg(self, azimuth_deg: Array) -> Array:
        """Mask elevation at azimuths [deg].

        Examples
        --------
        A hill in the east:

        >>> hill = Horizon(np.array([60.0, 90.0, 120.0]), np.array([5.0, 15.0, 5.0]))
        >>> hill.mask_deg(np.array([0.0, 75.0, 450.0])).tolist()
        [5.0, 10.0, 15.0]
        """
        return np.asarray(
            np.interp(azimuth_deg, self.azimuth_deg, self.elevation_deg, period=360.0), dtype=float
        )

    def __repr__(self) -> str:
        return f"<Horizon {self.lowest_deg:.1f} to {float(np.max(self.elevation_deg)):.1f} deg>"
