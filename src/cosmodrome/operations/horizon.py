"""Where stations stand and what they see of the sky: axes, and the least usable elevation by azimuth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.models.station import Station
from cosmodrome.physics.topocentric import TopocentricAxes

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Mask elevations at azimuths clockwise from north, straight lines between them, around the circle.

    Made from a `Station`, which has refused what is no skyline.
    """

    azimuth_deg: Array  # increasing, from 0 to below 360
    elevation_deg: Array

    @classmethod
    def of(cls, station: Station) -> "Horizon | None":
        """The station's `horizon_mask` in order of azimuth; None where it has none."""
        mask = sorted(station.horizon_mask, key=lambda point: point.azimuth_deg)
        if not mask:
            return None
        azimuth = np.array([point.azimuth_deg for point in mask])
        elevation = np.array([point.elevation_deg for point in mask])
        for column in (azimuth, elevation):
            column.setflags(write=False)
        return cls(azimuth, elevation)

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


def mask_elevation_deg(station: Station, azimuth_deg: Array) -> Array:
    """Least elevation at which a station sees anything, by azimuth [deg].

    The greater of its minimum elevation and its skyline.

    Examples
    --------
    >>> station = Station(name="a", latitude_deg=0, longitude_deg=0, minimum_elevation_deg=7,
    ...     horizon_mask=[{"azimuth_deg": a, "elevation_deg": e} for a, e in ((60, 5), (90, 15), (120, 5))],
    ...     antenna_gain_dbi=40, system_noise_temperature_k=200)
    >>> mask_elevation_deg(station, np.array([0.0, 75.0, 90.0])).tolist()
    [7.0, 10.0, 15.0]
    """
    horizon = Horizon.of(station)
    lowest = np.full(np.shape(azimuth_deg), station.minimum_elevation_deg)
    return lowest if horizon is None else np.maximum(lowest, horizon.mask_deg(azimuth_deg))


def station_axes(stations: Sequence[Station]) -> TopocentricAxes:
    """Places and local axes of stations, in their order.

    Examples
    --------
    >>> station = Station(name="a", latitude_deg=0, longitude_deg=90, antenna_gain_dbi=40,
    ...     system_noise_temperature_k=200)
    >>> station_axes([station]).north_direction.tolist()
    [[-0.0, -0.0, 1.0]]
    """
    return TopocentricAxes.of(
        [one.latitude_deg for one in stations],
        [one.longitude_deg for one in stations],
        [one.altitude_m for one in stations],
    )
