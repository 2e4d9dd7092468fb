"""When a satellite stands above a station's mask: rise, culmination, set; all stations at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.models.station import Station
from cosmodrome.operations.bulk_passes import passes_from_arcs
from cosmodrome.operations.horizon import station_axes
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.path_arcs import path_arcs
from cosmodrome.physics.arcs import Arcs, arcs_of_track
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]


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
    """Every pass over every station in time order; edges to 0.05 s.

    A pass lasts while the satellite stands above the station's minimum elevation and its skyline; a skyline
    may split a pass. Passes that begin and end between two samples are found too.

    References
    ----------
    Vallado (2013), section 11.4. Checked against Skyfield in tests/reference.
    """
    begin = datetime_from_elapsed(ephemeris.epoch, float(ephemeris.elapsed_s[0]))
    return _passes(path_arcs([ephemeris], "ITRF"), begin, stations) if stations else ()


def passes_from_itrf(track: EarthFixedTrack, stations: Sequence[Station]) -> tuple[Pass, ...]:
    """Passes of any Earth-fixed track, however it was computed, in time order.

    The search is that of `bulk_passes`.

    Parameters
    ----------
    track : EarthFixedTrack
        Samples no more than about 60 s apart in low orbit where they are uneven, 300 s where they are even.
    stations : sequence of Station
        Each with its minimum elevation and its skyline, if it has one.
    """
    if not stations:
        return ()
    begin = datetime_from_elapsed(track.epoch, float(track.elapsed_s[0]))
    arcs = arcs_of_track(track.elapsed_s, track.position_m[None], track.velocity_m_s[None])
    return _passes(arcs, begin, stations)


def _passes(arcs: Arcs, begin: datetime, stations: Sequence[Station]) -> tuple[Pass, ...]:
    """What the stations see of the one body on the arcs."""
    found = passes_from_arcs(arcs, stations, begin)
    ground = station_axes(stations)
    rise, top, down = (
        ground.look(arcs.places_at(found.satellite, when), found.station)
        for when in (found.rise_s, found.culmination_s, found.set_s)
    )
    rise_azimuth, set_azimuth = np.degrees(rise.azimuth_rad), np.degrees(down.azimuth_rad)
    passes = [
        Pass(
            station=stations[int(found.station[k])].name,
            rise=datetime_from_elapsed(begin, found.rise_s[k]),
            culmination=datetime_from_elapsed(begin, found.culmination_s[k]),
            set=datetime_from_elapsed(begin, found.set_s[k]),
            max_elevation_deg=float(found.max_elevation_deg[k]),
            duration_s=float(found.set_s[k] - found.rise_s[k]),
            rise_azimuth_deg=float(rise_azimuth[k]),
            set_azimuth_deg=float(set_azimuth[k]),
            min_range_km=float(top.range_m[k] / 1e3),
        )
        for k in range(len(found))
    ]
    return tuple(sorted(passes, key=lambda one: one.rise))
