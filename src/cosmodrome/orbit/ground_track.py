"""Where on the Earth the satellite is above."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.frames import geodetic_from_ecef

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroundTrack:
    """Geodetic coordinates on WGS-84 of N samples; longitude in [-180, 180)."""

    epoch: datetime
    elapsed_s: Array
    latitude_deg: Array
    longitude_deg: Array
    altitude_km: Array

    def __repr__(self) -> str:
        low, high = float(self.altitude_km.min()), float(self.altitude_km.max())
        return f"<GroundTrack {len(self.elapsed_s)} samples, altitude {low:.1f} to {high:.1f} km>"


def ground_track(ephemeris: Ephemeris) -> GroundTrack:
    """Geodetic latitude, longitude and height above the ellipsoid at every sample.

    References
    ----------
    Fukushima (2006), J. Geodesy 79, 689, through SOFA.
    """
    return track_from_itrf(ephemeris.epoch, ephemeris.elapsed_s, ephemeris.position_itrf_m)


def track_from_itrf(epoch: datetime, elapsed_s: Array, position_m: Array) -> GroundTrack:
    """Ground track of Earth-fixed positions, however they came to be.

    Parameters
    ----------
    epoch : datetime
        UTC.
    elapsed_s : Array, shape (N,)
        Since the epoch [s].
    position_m : Array, shape (N, 3)
        In ITRF [m].
    """
    latitude, longitude, height = geodetic_from_ecef(position_m)
    arrays = (
        np.degrees(latitude),
        (np.degrees(longitude) + 180.0) % 360.0 - 180.0,
        height / 1e3,
    )
    for array in arrays:
        array.setflags(write=False)
    return GroundTrack(epoch, elapsed_s, *arrays)
