"""When a satellite stands above a station's mask: rise, culmination, set; all stations at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.models.station import Station
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.events import Indices, find_intervals, find_peaks
from cosmodrome.physics.frames import ecef_from_geodetic
from cosmodrome.physics.interpolation import hermite_position_m
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]

_EDGE_TOLERANCE_S = 0.02
_PEAK_STEP_S = 60.0


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over a station; geometric elevation, without refraction.

    Where the ephemeris starts or ends inside a pass, `rise` or `set` is that instant.
    """

    station: str
    rise: datetime
    culmination: datetime
    set: datetime
    max_elevation_deg: float
    duration_s: float
    rise_azimuth_deg: float
    set_azimuth_deg: float
    min_range_km: float

    def __repr__(self) -> str:
        return (
            f"<Pass {self.station} {self.rise.isoformat(timespec='seconds')} "
            f"{self.duration_s:.0f} s, {self.max_elevation_deg:.1f} deg>"
        )


@dataclass(frozen=True, slots=True)
class EarthFixedTrack:
    """Earth-fixed positions and velocities over N samples; all that passes need."""

    epoch: datetime
    elapsed_s: Array
    position_m: Array  # (N, 3)
    velocity_m_s: Array  # (N, 3), relative to the turning Earth


def station_passes(ephemeris: Ephemeris, stations: Sequence[Station]) -> tuple[Pass, ...]:
    """Every pass over every station in time order; edges to 0.02 s.

    Passes that begin and end between two samples are found too.

    References
    ----------
    Vallado (2013), section 11.4. Checked against Skyfield in tests/reference.
    """
    track = EarthFixedTrack(
        ephemeris.epoch, ephemeris.elapsed_s, ephemeris.position_itrf_m, ephemeris.velocity_itrf_m_s
    )
    return passes_from_itrf(track, stations)


def passes_from_itrf(track: EarthFixedTrack, stations: Sequence[Station]) -> tuple[Pass, ...]:
    """Passes of any Earth-fixed track, however it was computed, in time order.

    Parameters
    ----------
    track : EarthFixedTrack
        Samples no more than about 60 s apart in low orbit.
    stations : sequence of Station
        Each with its minimum elevation.
    """
    if not stations:
        return ()
    ground = Ground.of(stations)
    sines = np.stack([ground.sine_of_elevation(track.position_m, np.array(k)) for k in range(len(stations))])

    def margin(when: Array, channel: Indices) -> Array:
        position = hermite_position_m(track.elapsed_s, track.position_m, track.velocity_m_s, when)
        return ground.sine_of_elevation(position, channel) - ground.mask_sine_ratio[channel]

    found = find_intervals(
        track.elapsed_s, sines - ground.mask_sine_ratio[:, None], margin, _EDGE_TOLERANCE_S
    )
    peak_s, peak = find_peaks(found.start_s, found.end_s, found.channel, margin, _PEAK_STEP_S)
    elevation = np.degrees(np.arcsin(peak + ground.mask_sine_ratio[found.channel]))

    def seen(when: Array) -> tuple[Array, Array]:
        position = hermite_position_m(track.elapsed_s, track.position_m, track.velocity_m_s, when)
        return ground.azimuth_and_range(position, found.channel)

    rise_azimuth, set_azimuth = seen(found.start_s)[0], seen(found.end_s)[0]
    nearest_km = seen(peak_s)[1] / 1e3
    passes = [
        Pass(
            station=stations[int(found.channel[k])].name,
            rise=datetime_from_elapsed(track.epoch, found.start_s[k]),
            culmination=datetime_from_elapsed(track.epoch, peak_s[k]),
            set=datetime_from_elapsed(track.epoch, found.end_s[k]),
            max_elevation_deg=float(elevation[k]),
            duration_s=float(found.end_s[k] - found.start_s[k]),
            rise_azimuth_deg=float(rise_azimuth[k]),
            set_azimuth_deg=float(set_azimuth[k]),
            min_range_km=float(nearest_km[k]),
        )
        for k in range(len(found))
    ]
    return tuple(sorted(passes, key=lambda one: one.rise))


@dataclass(frozen=True, slots=True)
class Ground:
    """Positions and local axes of S stations."""

    position_m: Array  # (S, 3)
    up_direction: Array
    east_direction: Array
    north_direction: Array
    mask_sine_ratio: Array  # (S,)

    @classmethod
    def of(cls, stations: Sequence[Station]) -> "Ground":
        """Axes of stations, in their order."""
        latitude = np.radians([station.latitude_deg for station in stations])
        longitude = np.radians([station.longitude_deg for station in stations])
        height = np.array([station.altitude_m for station in stations])
        mask = np.radians([station.minimum_elevation_deg for station in stations])
        zero = np.zeros_like(latitude)
        cos_lat, sin_lat, cos_lon, sin_lon = (
            np.cos(latitude),
            np.sin(latitude),
            np.cos(longitude),
            np.sin(longitude),
        )
        return cls(
            position_m=ecef_from_geodetic(latitude, longitude, height),
            up_direction=np.column_stack((cos_lat * cos_lon, cos_lat * sin_lon, sin_lat)),
            east_direction=np.column_stack((-sin_lon, cos_lon, zero)),
            north_direction=np.column_stack((-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat)),
            mask_sine_ratio=np.sin(mask),
        )

    def sine_of_elevation(self, position: Array, channel: Indices) -> Array:
        """Sine of the elevation of positions (..., 3) from the stations of `channel`."""
        line = position - self.position_m[channel]
        return np.asarray(
            np.sum(line * self.up_direction[channel], axis=-1) / np.linalg.norm(line, axis=-1), dtype=float
        )

    def azimuth_and_range(self, position: Array, channel: Indices) -> tuple[Array, Array]:
        """Azimuth clockwise from north in [0, 360) [deg] and slant range [m]."""
        line = position - self.position_m[channel]
        east = np.sum(line * self.east_direction[channel], axis=-1)
        north = np.sum(line * self.north_direction[channel], axis=-1)
        return np.degrees(np.arctan2(east, north)) % 360.0, np.linalg.norm(line, axis=-1)
