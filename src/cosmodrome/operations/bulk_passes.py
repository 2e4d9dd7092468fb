"""Passes of many satellites over many stations at once, from two-line elements.

SGP4's TEME is turned to ITRF by GMST82 with UT1 and the pole, the convention under which `passes` is checked.
Satellites are sampled every two minutes and joined by quintics (under a centimeter from SGP4 in low orbit);
a piece of a path is discarded only where a bound shows the station out of reach, and in the rest every crest
of the elevation is followed up, so that grazing passes are found too (see `physics.ground_contacts`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.models.station import Station
from cosmodrome.operations.horizon import Horizon, station_axes
from cosmodrome.orbit.constellation import TwoLines, padded_times_s, two_line_positions_m
from cosmodrome.physics.arcs import Arcs, arcs_through
from cosmodrome.physics.events import Intervals
from cosmodrome.physics.excursions import PieceGrid, find_excursions
from cosmodrome.physics.ground_contacts import ContactLimits, GroundContacts, even_step_s, ground_contacts
from cosmodrome.physics.topocentric import TopocentricAxes

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

_PIECE_S = 120.0
_NODES_COUNT = 4  # 30 s
_EDGE_TOLERANCE_S = 0.05
_HORIZON_NODES_COUNT = 60  # 2 s: skylines make several crests in one pass


@dataclass(frozen=True, slots=True)
class BulkPasses:
    """M passes, sorted by satellite, station and rise; seconds from the epoch, elevation without refraction.

    `satellite` and `station` number the inputs. `begins` and `ends` tell whether rise and set were found;
    where not, the span cuts the pass.
    """

    epoch: datetime
    satellite: Indices
    station: Indices
    rise_s: Array
    set_s: Array
    culmination_s: Array
    max_elevation_deg: Array
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rise_s)

    def __repr__(self) -> str:
        return f"<BulkPasses {len(self)} of {len(np.unique(self.satellite))} satellites>"


def bulk_passes(
    lines: Sequence[TwoLines],
    stations: Sequence[Station],
    epoch: datetime,
    duration_days: float,
) -> BulkPasses:
    """All passes of two-line elements over stations.

    Rise and set are where the geometric elevation crosses the mask, within 0.05 s on the path by SGP4.

    Parameters
    ----------
    lines : sequence of two str
        First and second line of each satellite.
    stations : sequence of Station
        Each with its minimum elevation and its skyline, if it has one; the higher counts.
    epoch : datetime
        Begin of the span.
    duration_days : float
        Its length [d].

    Returns
    -------
    BulkPasses
        Satellites that SGP4 refuses have passes as long as it gives positions.

    Raises
    ------
    ValueError
        If a pair of lines is no two-line element set.

    References
    ----------
    Vallado (2013), section 11.4; Vallado et al. (2006), AIAA 2006-6753, for the frames. Checked against
    Skyfield in tests/reference.

    Examples
    --------
    Terra over Svalbard, at 78 deg north, on each of the 14.6 revolutions of a day:

    >>> from datetime import UTC
    >>> terra = (
    ...     "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
    ...     "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585")
    >>> svalbard = Station(name="Svalbard", latitude_deg=78.23, longitude_deg=15.4, minimum_elevation_deg=0,
    ...     antenna_gain_dbi=40, system_noise_temperature_k=200)
    >>> len(bulk_passes([terra], [svalbard], datetime(2019, 10, 16, 3, tzinfo=UTC), 1.0))
    14
    """
    step = even_step_s(duration_days * DAY_S, _PIECE_S)
    positions = two_line_positions_m(lines, epoch, padded_times_s(duration_days * DAY_S, step))
    return passes_from_arcs(arcs_through(positions, step), stations, epoch)


def passes_from_arcs(arcs: Arcs, stations: Sequence[Station], epoch: datetime) -> BulkPasses:
    """All passes of satellites on any Earth-fixed paths, in pieces of two minutes at most in low orbit.

    Parameters
    ----------
    arcs : Arcs
        Paths from the epoch on.
    stations, epoch
        As for `bulk_passes`.
    """
    ground = station_axes(stations)
    mask_deg = np.array([one.minimum_elevation_deg for one in stations], dtype=float)
    found = ground_contacts(
        arcs, ground.points, ContactLimits(np.radians(mask_deg)),
        nodes_count=_NODES_COUNT, tolerance_s=_EDGE_TOLERANCE_S, peaks=True,
    )  # fmt: skip
    if any(station.horizon_mask for station in stations):
        skylines = tuple(Horizon.of(one) for one in stations)
        found = _above_horizons(found, arcs, _SkylineMargin(arcs, ground, mask_deg, skylines))
    order = np.lexsort((found.start_s, found.point, found.body))
    columns = (
        found.body[order],
        found.point[order],
        found.start_s[order],
        found.end_s[order],
        found.peak_s[order],
        np.degrees(np.arcsin(np.clip(found.peak_sine_ratio[order], -1.0, 1.0))),
        found.begins[order],
        found.ends[order],
    )
    for column in columns:
        column.setflags(write=False)
    return BulkPasses(epoch, *columns)


class _SkylineMargin:
    """Elevation less that of the mask at its azimuth [deg]; channel = satellite * S + station."""

    def __init__(
        self, arcs: Arcs, ground: TopocentricAxes, mask_deg: Array, skylines: Sequence[Horizon | None]
    ) -> None:
        self.arcs, self.ground, self.mask_deg, self.skylines = arcs, ground, mask_deg, skylines

    def at_node(self, channel: Indices, piece: Indices, node: int) -> Array:
        return self.along(channel, piece)(np.full(len(channel), node / _HORIZON_NODES_COUNT))

    def along(self, channel: Indices, piece: Indices) -> Callable[[Array], Array]:
        satellite, station = np.divmod(channel, len(self.mask_deg))
        position = self.arcs.along(satellite, piece)
        return lambda fraction: self._margin(np.stack(position(fraction), axis=-1), station)

    def elevation_sine(self, channel: Indices, when_s: Array) -> Array:
        satellite, station = np.divmod(channel, len(self.mask_deg))
        seen = self.ground.look(self.arcs.places_at(satellite, when_s), station)
        return np.asarray(np.sin(seen.elevation_rad), dtype=float)

    def _margin(self, place: Array, station: Indices) -> Array:
        seen = self.ground.look(place, station)
        azimuth, mask = np.degrees(seen.azimuth_rad), self.mask_deg[station]
        for number, skyline in enumerate(self.skylines):
            if skyline is not None:
                here = station == number
                mask[here] = np.maximum(mask[here], skyline.mask_deg(azimuth[here]))
        return np.asarray(np.degrees(seen.elevation_rad) - mask, dtype=float)


def _above_horizons(found: GroundContacts, arcs: Arcs, margin: _SkylineMargin) -> GroundContacts:
    """Split contacts at the skylines; culminations are of the elevation in what remains."""
    count, step = len(margin.mask_deg), arcs.step_s
    walled = np.array([skyline is not None for skyline in margin.skylines])[found.point]
    chosen = np.flatnonzero(walled)
    channel, piece = _pieces_of(found, chosen, count, arcs)
    grid = PieceGrid(step, arcs.pieces_count, _HORIZON_NODES_COUNT)
    split = find_excursions(channel, piece, margin, grid, _EDGE_TOLERANCE_S)
    peak_s = _nearest_crest(split, found, count)
    sine = margin.elevation_sine(split.channel, peak_s)
    kept = ~walled
    return GroundContacts(
        body=np.concatenate((found.body[kept], split.channel // count)),
        point=np.concatenate((found.point[kept], split.channel % count)),
        start_s=np.concatenate((found.start_s[kept], split.start_s)),
        end_s=np.concatenate((found.end_s[kept], split.end_s)),
        begins=np.concatenate((found.begins[kept], split.begins)),
        ends=np.concatenate((found.ends[kept], split.ends)),
        peak_s=np.concatenate((found.peak_s[kept], peak_s)),
        peak_sine_ratio=np.concatenate((found.peak_sine_ratio[kept], sine)),
    )


def _pieces_of(found: GroundContacts, chosen: Indices, count: int, arcs: Arcs) -> tuple[Indices, Indices]:
    """Channels and pieces that the chosen contacts touch, sorted, each once."""
    first = np.floor(found.start_s[chosen] / arcs.step_s).astype(int)
    last = np.minimum(np.floor(found.end_s[chosen] / arcs.step_s).astype(int), arcs.pieces_count - 1)
    number = np.repeat(np.arange(len(chosen)), last - first + 1)
    offset = np.arange(len(number)) - np.repeat(
        np.cumsum(last - first + 1) - (last - first + 1), last - first + 1
    )
    channel = (found.body * count + found.point)[chosen][number]
    flat = np.unique(channel * arcs.pieces_count + first[number] + offset)
    return flat // arcs.pieces_count, flat % arcs.pieces_count


def _nearest_crest(split: Intervals, found: GroundContacts, count: int) -> Array:
    """When the elevation is greatest in each part: at the whole pass's culmination, or at the nearer edge.

    Where the elevation has one crest in a pass, which holds in low orbit.
    """
    turn = 4.0 * max(float(np.max(found.end_s, initial=1.0)), 1.0)
    channel = found.body * count + found.point
    order = np.lexsort((found.start_s, channel))
    keys = (channel * turn + found.start_s)[order]
    middle = 0.5 * (split.start_s + split.end_s)
    owner = order[np.clip(np.searchsorted(keys, split.channel * turn + middle, side="right") - 1, 0, None)]
    return np.clip(found.peak_s[owner], split.start_s, split.end_s)
