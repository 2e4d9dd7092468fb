"""The payload downlink through every pass: the rate that closes at each instant, to the best station."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.link_ends import DEFAULT_AVAILABILITY_FRACTION, Link, downlink
from cosmodrome.models.radio_plan import stations_for
from cosmodrome.models.radios import Transmitter
from cosmodrome.models.station import Station
from cosmodrome.operations.horizon import station_axes
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.tracking import doppler_shift_hz
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.interpolation import hermite_position_m, hermite_state
from cosmodrome.physics.topocentric import TopocentricAxes

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

_STEP_S = 15.0  # longest time for which one rate is held
_PROFILE_STEP_S = 2.0


@dataclass(frozen=True, slots=True)
class RateLadder:
    """Rates of a transmitter, ascending, with the C/N0 from which each is used: threshold, losses, margin."""

    coding: tuple[str, ...]  # empty text where a rate is given as a number
    rate_mbit_s: Array
    required_c_over_n0_dbhz: Array
    margin_db: float  # that is in the thresholds

    def step_at(self, c_over_n0_dbhz: Array) -> Integers:
        """Index of the fastest rate that closes; -1 where none does."""
        return np.searchsorted(self.required_c_over_n0_dbhz, c_over_n0_dbhz, side="right") - 1

    def rate_at(self, step: Integers) -> Array:
        """Rate of an index; zero for -1 [Mbit/s]."""
        return np.append(self.rate_mbit_s, 0.0)[step]

    def __repr__(self) -> str:
        return f"<RateLadder {len(self.coding)} rates up to {self.rate_mbit_s[-1]:g} Mbit/s>"


@dataclass(frozen=True, slots=True)
class PassLink:
    """One pass as the downlink sees it."""

    station: str
    rise: datetime
    duration_s: float
    max_elevation_deg: float
    min_range_km: float
    max_range_km: float
    max_doppler_khz: float
    lowest_rate_mbit_s: float  # while the link closes; zero where it never does
    highest_rate_mbit_s: float
    closed_s: float  # how long the link closes
    capacity_gbit: float  # of this station alone
    served_gbit: float  # of that, while it is the one that is sent to

    def __repr__(self) -> str:
        return f"<PassLink {self.station} {self.rise:%Y-%m-%d %H:%M}: {self.capacity_gbit:.3g} Gbit>"


@dataclass(frozen=True, slots=True)
class PassProfile:
    """One pass in detail: N samples."""

    station: str
    rise: datetime
    elapsed_s: Array  # since the rise
    elevation_deg: Array
    range_km: Array
    doppler_khz: Array
    atmospheric_loss_db: Array
    c_over_n0_dbhz: Array
    rate_mbit_s: Array
    margin_db: Array  # of the rate that is sent; of the slowest where none closes

    def __repr__(self) -> str:
        return f"<PassProfile {self.station} {self.rise:%Y-%m-%d %H:%M}, {len(self.elapsed_s)} samples>"


@dataclass(frozen=True, slots=True)
class Downlink:
    """What can be sent when: M intervals of contact, apart or touching, each with one rate to one station."""

    epoch: datetime
    stations: tuple[str, ...]
    start_s: Array
    end_s: Array
    rate_mbit_s: Array  # zero where no station's link closes
    station_number: Integers  # which of `stations` is sent to; -1 where none
    passes: tuple[PassLink, ...]
    profiles: tuple[PassProfile, ...]  # each station's highest pass

    @property
    def serving(self) -> tuple[str, ...]:
        """Stations that something can be sent to, in their order."""
        used = set(self.station_number.tolist())
        return tuple(name for number, name in enumerate(self.stations) if number in used)

    def per_step(self, values: Array, elapsed_s: Array) -> Array:
        """Integrate values per second of the intervals over steps between edges, shape (K,)."""
        if not len(self.start_s):
            return np.zeros(len(elapsed_s) - 1)
        knots = np.column_stack((self.start_s, self.end_s)).ravel()
        volume = np.cumsum(values * (self.end_s - self.start_s))
        total = np.column_stack((np.concatenate(([0.0], volume[:-1])), volume)).ravel()
        return np.diff(np.interp(elapsed_s, knots, total))

    def __repr__(self) -> str:
        volume_gbit = float(self.rate_mbit_s @ (self.end_s - self.start_s)) / 1e3
        return f"<Downlink {len(self.passes)} passes, {volume_gbit:.4g} Gbit>"


def rate_ladder(transmitter: Transmitter, margin_db: float) -> RateLadder:
    """List what a transmitter can send and the C/N0 that each rate asks for.

    C/N0 = required Eb/N0 + implementation loss + margin + 10 log10(rate)

    Parameters
    ----------
    transmitter : Transmitter
        With a modem the schemes of its table, without one its single rate.
    margin_db : float
        Margin kept above threshold and implementation loss. [dB]

    Returns
    -------
    RateLadder
        Ascending.
    """
    names: tuple[str, ...] = ("",)
    if transmitter.modem is None:
        rates = [transmitter.data_rate_mbit_s]
        thresholds = [transmitter.required_c_over_n0_dbhz]
    else:
        schemes = transmitter.modem.coding_schemes
        names = tuple(scheme.name for scheme in schemes)
        rates = [transmitter.modem.data_rate_mbit_s(scheme) for scheme in schemes]
        thresholds = [
            scheme.required_eb_n0_db + 10 * np.log10(1e6 * rate)
            for scheme, rate in zip(schemes, rates, strict=True)
        ]
    required = np.array(thresholds) + transmitter.implementation_loss_db + margin_db
    return RateLadder(names, np.array(rates), required, margin_db)


def mission_downlink(
    transmitter: Transmitter | None,
    stations: Sequence[Station],
    ephemeris: Ephemeris,
    passes: Sequence[Pass],
    *,
    margin_db: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> Downlink:
    """Follow the downlink through every pass.

    At each instant the fastest rate that closes with the margin is sent, to the station in view that takes
    the fastest; of equal ones to that with the highest C/N0. C/N0 = EIRP - losses + G/T + 228.6.

    Parameters
    ----------
    transmitter : Transmitter or None
        Without one nothing is sent.
    stations : sequence of Station
        Every station that passes name; those that the transmitter does not work with are left out.
    ephemeris : Ephemeris
        The orbit flown.
    passes : sequence of Pass
        Passes over the stations, in any order.
    margin_db : float
        Margin kept above threshold and implementation loss. [dB]
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    Downlink
        Intervals of at most 15 s; a rate holds for its interval's middle.
    """
    stations = () if transmitter is None else stations_for(transmitter, stations)
    names = tuple(station.name for station in stations)
    passes = [over for over in passes if over.station in names]
    if transmitter is None or not passes:
        empty = np.empty(0)
        return Downlink(ephemeris.epoch, names, empty, empty, empty, np.empty(0, dtype=np.int64), (), ())
    links = tuple(downlink(transmitter, station, availability_fraction) for station in stations)
    scene = _Scene(
        links, rate_ladder(transmitter, margin_db), ephemeris, station_axes(stations), tuple(passes)
    )
    spans_s = scene.spans_s()
    start_s, end_s = _intervals(spans_s)
    views = _views(scene, spans_s, (start_s + end_s) / 2)
    station_number, step = _best(views, len(start_s))
    return Downlink(
        epoch=ephemeris.epoch,
        stations=names,
        start_s=start_s,
        end_s=end_s,
        rate_mbit_s=scene.ladder.rate_at(step),
        station_number=station_number,
        passes=_pass_links(scene, spans_s, views, station_number, end_s - start_s),
        profiles=_profiles(scene),
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """Stations, their links, and a satellite that passes over them."""

    links: tuple[Link, ...]
    ladder: RateLadder
    ephemeris: Ephemeris
    ground: TopocentricAxes
    passes: tuple[Pass, ...]

    def spans_s(self) -> Array:
        """Rise and set of each pass since the epoch, shape (P, 2) [s]."""
        epoch = self.ephemeris.epoch
        instants = [(over.rise, over.set) for over in self.passes]
        spans = [[(rise - epoch).total_seconds(), (fall - epoch).total_seconds()] for rise, fall in instants]
        first_s, last_s = self.ephemeris.elapsed_s[0], self.ephemeris.elapsed_s[-1]
        return np.asarray(np.clip(np.array(spans, dtype=float), first_s, last_s))

    def numbers(self) -> Integers:
        """Which station each pass is over, shape (P,)."""
        number = {link.station.name: k for k, link in enumerate(self.links)}
        return np.array([number[over.station] for over in self.passes], dtype=np.int64)

    def position_m(self, at_s: Array) -> Array:
        """Earth-fixed positions, shape of the instants plus (3,) [m]."""
        flown = self.ephemeris
        position_m = hermite_position_m(flown.elapsed_s, flown.position_itrf_m, flown.velocity_itrf_m_s, at_s)
        return np.asarray(position_m)

    def seen(self, position_m: Array, number: int) -> tuple[Array, Array]:
        """Elevation [rad] and range [m] of N positions from one station."""
        points = self.ground.points
        line_m = position_m - points.position_m[number]
        range_m = np.sqrt(np.einsum("ij,ij->i", line_m, line_m))
        return np.arcsin(line_m @ points.up_direction[number] / range_m), range_m

    def doppler_khz(self, at_s: Array, numbers: Integers) -> Array:
        """Shift of the carrier seen from the stations of these numbers, shape of the instants [kHz]."""
        flown = self.ephemeris
        position_m, velocity_m_s = hermite_state(
            flown.elapsed_s, flown.position_itrf_m, flown.velocity_itrf_m_s, at_s
        )
        rate_m_s = self.ground.range_rate_m_s(position_m, velocity_m_s, numbers)
        return doppler_shift_hz(rate_m_s, 1e6 * self.links[0].frequency_mhz) / 1e3


@dataclass(frozen=True, slots=True)
class _View:
    """What one station sees: V intervals of contact inside its passes, in order of time."""

    number: int
    interval: Integers
    flown: Integers  # which pass
    range_m: Array
    c_over_n0_dbhz: Array
    step: Integers


def _intervals(spans_s: Array) -> tuple[Array, Array]:
    """Contact cut at every rise and set, and further so that no piece is longer than the step."""
    instants = spans_s.ravel()
    order = np.argsort(instants, kind="stable")
    in_view = np.cumsum(np.tile([1, -1], len(spans_s))[order])[:-1]
    edges = instants[order]
    lengths = np.diff(edges)
    used = (in_view > 0) & (lengths > 0)
    first, length = edges[:-1][used], lengths[used]
    pieces = np.ceil(length / _STEP_S).astype(np.int64)
    part = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    width = np.repeat(length / pieces, pieces)
    start = np.repeat(first, pieces) + part * width
    return start, start + width


def _views(scene: _Scene, spans_s: Array, middle_s: Array) -> tuple[_View, ...]:
    position_m, numbers = scene.position_m(middle_s), scene.numbers()
    views = []
    for number, link in enumerate(scene.links):
        own = np.flatnonzero(numbers == number)
        if not len(own):
            continue
        own = own[np.argsort(spans_s[own, 0])]
        latest = np.searchsorted(spans_s[own, 0], middle_s, side="right") - 1
        inside = (latest >= 0) & (middle_s < spans_s[own[latest], 1])
        elevation_rad, range_m = scene.seen(position_m[inside], number)
        c_over_n0 = _c_over_n0_dbhz(link, elevation_rad, range_m)
        step = scene.ladder.step_at(c_over_n0)
        views.append(_View(number, np.flatnonzero(inside), own[latest[inside]], range_m, c_over_n0, step))
    return tuple(views)


def _c_over_n0_dbhz(link: Link, elevation_rad: Array, range_m: Array) -> Array:
    """C/N0; what depends on elevation is interpolated over 400 nodes, closer together toward the horizon."""
    lowest = np.radians(max(link.station.minimum_elevation_deg, 0.5))
    nodes = np.geomspace(lowest, np.pi / 2, 400)
    at_a_meter = link.c_over_n0_at_a_meter_dbhz(nodes)
    return np.asarray(np.interp(elevation_rad, nodes, at_a_meter) - 20 * np.log10(range_m))


def _best(views: Sequence[_View], count: int) -> tuple[Integers, Integers]:
    """Station and rate of each interval: the fastest; of equal ones the one with the highest C/N0."""
    score = np.full(count, -np.inf)
    station, step = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    for view in views:
        own = np.where(view.step >= 0, 1e3 * view.step + view.c_over_n0_dbhz, -np.inf)
        better = own > score[view.interval]
        taken = view.interval[better]
        score[taken], station[taken], step[taken] = own[better], view.number, view.step[better]
    return station, step


def _pass_links(
    scene: _Scene, spans_s: Array, views: Sequence[_View], station_number: Integers, length_s: Array
) -> tuple[PassLink, ...]:
    count = len(scene.passes)
    far_m, fast, closed, capacity, served = (np.zeros(count) for _ in range(5))
    slow = np.full(count, np.inf)
    for view in views:
        rate, lasts = scene.ladder.rate_at(view.step), length_s[view.interval]
        begin = np.flatnonzero(np.diff(view.flown, prepend=-1))
        own = view.flown[begin]
        far_m[own] = np.maximum.reduceat(view.range_m, begin)
        fast[own] = np.maximum.reduceat(rate, begin)
        slow[own] = np.minimum.reduceat(np.where(rate > 0, rate, np.inf), begin)
        closed[own] = np.add.reduceat(np.where(rate > 0, lasts, 0.0), begin)
        capacity[own] = np.add.reduceat(rate * lasts, begin) / 1e3
        mine = station_number[view.interval] == view.number
        served[own] = np.add.reduceat(np.where(mine, rate * lasts, 0.0), begin) / 1e3
    numbers = scene.numbers()
    doppler_khz = np.abs([scene.doppler_khz(spans_s[:, edge], numbers) for edge in (0, 1)]).max(axis=0)
    slow[np.isinf(slow)] = 0.0
    columns = (far_m / 1e3, doppler_khz, slow, fast, closed, capacity, served)
    rows = zip(scene.passes, np.column_stack(columns).tolist(), strict=True)
    return tuple(
        PassLink(
            over.station, over.rise, over.duration_s, over.max_elevation_deg, over.min_range_km, *numbers
        )
        for over, numbers in rows
    )


def _profiles(scene: _Scene) -> tuple[PassProfile, ...]:
    """Each station's highest pass, sampled."""
    epoch = scene.ephemeris.epoch
    profiles = []
    for number, link in enumerate(scene.links):
        own = [over for over in scene.passes if over.station == link.station.name]
        if not own:
            continue
        over = max(own, key=lambda one: one.max_elevation_deg)
        rise_s = (over.rise - epoch).total_seconds()
        elapsed_s = np.linspace(0.0, over.duration_s, max(int(over.duration_s / _PROFILE_STEP_S), 2))
        at_s = np.minimum(rise_s + elapsed_s, scene.ephemeris.elapsed_s[-1])
        elevation_rad, range_m = scene.seen(scene.position_m(at_s), number)
        c_over_n0_dbhz = _c_over_n0_dbhz(link, elevation_rad, range_m)
        step = scene.ladder.step_at(c_over_n0_dbhz)
        spare_db = c_over_n0_dbhz - scene.ladder.required_c_over_n0_dbhz[np.maximum(step, 0)]
        profiles.append(
            PassProfile(
                station=over.station,
                rise=over.rise,
                elapsed_s=elapsed_s,
                elevation_deg=np.degrees(elevation_rad),
                range_km=range_m / 1e3,
                doppler_khz=scene.doppler_khz(at_s, np.full(len(at_s), number)),
                atmospheric_loss_db=link.losses(elevation_rad).total_db,
                c_over_n0_dbhz=c_over_n0_dbhz,
                rate_mbit_s=scene.ladder.rate_at(step),
                margin_db=spare_db + scene.ladder.margin_db,
            )
        )
    return tuple(profiles)
