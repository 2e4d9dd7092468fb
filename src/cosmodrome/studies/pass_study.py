"""When satellites pass over stations: of an orbit that is propagated, of a file's states, or by SGP4."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.catalog import find_station
from cosmodrome.constants import DAY_S
from cosmodrome.errors import QuestionError
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import EarthFixedTrack, Pass, passes_from_itrf
from cosmodrome.orbit.data_notes import orientation_notes
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_states
from cosmodrome.orbit.exchange.states import StateSeries, in_frame
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.interpolation import hermite_state
from cosmodrome.physics.time import datetime_from_elapsed, elapsed_from_datetime
from cosmodrome.studies.contact_options import GroundOptions, ground_findings
from cosmodrome.studies.orbit_options import ForceOptions, OrbitOptions, orbit_findings, refuse
from cosmodrome.studies.orbit_source import as_question, file_objects, is_even, orbit_start
from cosmodrome.studies.orbit_study import STEP_S, propagated

Array = NDArray[np.float64]

_LONGEST_STEP_S = 300.0
_OLD_DAYS = 14.0  # of elements by SGP4, after which passes are off by many seconds


@dataclass(frozen=True, slots=True)
class SatellitePass:
    """A pass and whose it is; `begins` and `ends` are false where the span cuts it."""

    satellite: str
    contact: Pass
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class StationDay:
    """Passes of all satellites over one station that rise on one day (UTC)."""

    station: str
    day_utc: date
    passes_count: int
    contact_s: float
    longest_s: float


@dataclass(frozen=True, slots=True)
class PassStudy:
    """Everything found: passes in time order, totals by station and day."""

    options: OrbitOptions
    stations: tuple[Station, ...]
    satellites: tuple[str, ...]
    method: str
    epoch: datetime
    duration_days: float
    passes: tuple[SatellitePass, ...]
    totals: tuple[StationDay, ...]
    notes: tuple[str, ...]
    elapsed_s: float

    def __repr__(self) -> str:
        return f"<PassStudy {len(self.passes)} passes of {len(self.satellites)} satellites>"


@dataclass(frozen=True, slots=True)
class _Path:
    """An Earth-fixed path to look at."""

    name: str
    track: EarthFixedTrack


def pass_study(
    options: OrbitOptions, ground: GroundOptions, forces: ForceOptions | None = None, *, today: datetime
) -> PassStudy:
    """Find every pass.

    Parameters
    ----------
    options : OrbitOptions
        A shape or a mission is propagated; two-line elements and OMM go by SGP4, every satellite of the file;
        states of OEM and SP3 are interpolated.
    ground : GroundOptions
        Stations.
    forces : ForceOptions, optional
        Of a propagated orbit.
    today : datetime
        For an orbit without an epoch.

    Returns
    -------
    PassStudy

    Raises
    ------
    CosmodromeError
        With every contradiction among the options, a name that the catalog does not hold, or what is wrong
        with the file.

    Examples
    --------
    A satellite in polar orbit comes over Svalbard on nearly every revolution, 15 a day at 550 km:

    >>> from datetime import UTC
    >>> asked = OrbitOptions(altitude_km=550, inclination_deg=90, raan_deg=0)
    >>> found = pass_study(asked, GroundOptions(("svalbard",)), today=datetime(2027, 1, 1, tzinfo=UTC))
    >>> 13 <= len(found.passes) <= 16
    True
    """
    began_s = time.perf_counter()
    refuse([*orbit_findings(options), *ground_findings(ground)])
    stations = _stations(ground)
    if options.file is None or options.file.suffix == ".toml":
        paths, method, notes = _propagated(options, forces or ForceOptions(), today)
    else:
        paths, method, notes = _of_file(options, forces or ForceOptions(), today)
    found = [one for path in paths for one in _passes(path, stations)]
    found.sort(key=lambda one: one.contact.rise)
    first = paths[0].track
    return PassStudy(
        options=options,
        stations=stations,
        satellites=tuple(path.name for path in paths),
        method=method,
        epoch=_instant(first, 0),
        duration_days=float(first.elapsed_s[-1] - first.elapsed_s[0]) / DAY_S,
        passes=tuple(found),
        totals=_totals(found, stations),
        notes=notes,
        elapsed_s=time.perf_counter() - began_s,
    )


def _stations(ground: GroundOptions) -> tuple[Station, ...]:
    stations = [find_station(name) for name in dict.fromkeys(ground.station_names)]
    if ground.latitude_deg is not None and ground.longitude_deg is not None:
        stations.append(
            Station(
                name="here",
                latitude_deg=ground.latitude_deg,
                longitude_deg=ground.longitude_deg,
                altitude_m=ground.height_m or 0.0,
                antenna_gain_dbi=0.0,  # passes do not ask for the radio
                system_noise_temperature_k=290.0,
            )
        )
    mask = ground.minimum_elevation_deg
    if mask is not None:
        stations = [one.model_copy(update={"minimum_elevation_deg": mask}) for one in stations]
    return tuple(stations)


Paths = tuple[list[_Path], str, tuple[str, ...]]


def _propagated(options: OrbitOptions, forces: ForceOptions, today: datetime) -> Paths:
    start = orbit_start(options, forces, today)
    ephemeris = propagated(start, options.duration_days)
    method = f"propagated: {start.forces.conventions}"
    return [_Path(start.name, _track(ephemeris))], method, (*start.notes, *ephemeris.notes)


def _track(ephemeris: Ephemeris) -> EarthFixedTrack:
    return EarthFixedTrack(
        ephemeris.epoch, ephemeris.elapsed_s, ephemeris.position_itrf_m, ephemeris.velocity_itrf_m_s
    )


def _of_file(options: OrbitOptions, forces: ForceOptions, today: datetime) -> Paths:
    """Every object of the file by SGP4 or by its states; a single state is propagated."""
    found = file_objects(options)
    elements = [one for one in found if isinstance(one, MeanElements)]
    series = [one for one in found if isinstance(one, StateSeries)]
    if elements:
        return _by_sgp4(options, elements)
    if len(series) == 1 and len(series[0].elapsed_s) == 1:
        return _propagated(options, forces, today)
    begin = options.epoch or series[0].epoch
    paths = [_Path(one.object_name, _interpolated(one, begin, options.duration_days)) for one in series]
    note = f"The file's states are interpolated; they are in {series[0].frame}."
    return paths, "states of the file", (note, *_outside_tables(paths))


def _outside_tables(paths: Sequence[_Path]) -> tuple[str, ...]:
    """What is assumed of the Earth's orientation; that of propagated paths is in their notes."""
    track = paths[0].track
    return orientation_notes(_instant(track, 0), _instant(track, -1), read_earth_orientation())


def _by_sgp4(options: OrbitOptions, elements: Sequence[MeanElements]) -> Paths:
    newest_last = sorted(elements, key=lambda one: one.epoch)
    latest = {(one.object_name, one.catalog_number): one for one in newest_last}
    begin = options.epoch or max(one.epoch for one in latest.values())
    count = max(2, int(np.ceil(options.duration_days * DAY_S / STEP_S)) + 1)
    times = np.linspace(0.0, options.duration_days * DAY_S, count)
    paths, notes = [], []
    for one in latest.values():
        age_s = elapsed_from_datetime(one.epoch, begin)
        with as_question():
            series = in_frame(sgp4_states(one, times + age_s), "ITRF")
        twins = sum(other.object_name == one.object_name for other in latest.values())
        name = one.object_name if twins == 1 else f"{one.object_name} {one.catalog_number}"
        paths.append(_Path(name, _moved(series, begin, times)))
        if max(abs(age_s), abs(age_s + times[-1])) > _OLD_DAYS * DAY_S:
            notes.append(
                f"Elements of {one.object_name} are of {one.epoch:%Y-%m-%d}: more than {_OLD_DAYS:g} days "
                "away passes of a low orbit are off by seconds to minutes."
            )
    return paths, "SGP4", (*notes, *_outside_tables(paths))


def _moved(series: StateSeries, begin: datetime, times: Array) -> EarthFixedTrack:
    assert series.velocity_m_s is not None
    return EarthFixedTrack(begin, times, series.position_m, series.velocity_m_s)


def _interpolated(series: StateSeries, begin: datetime, duration_days: float) -> EarthFixedTrack:
    """Earth-fixed states half a minute apart within the span that the file covers."""
    if series.velocity_m_s is None:
        raise QuestionError(
            f"the file has positions of {series.object_name} and no velocities: give one with states"
        )
    longest = float(np.diff(series.elapsed_s).max())
    if not is_even(series) or longest > _LONGEST_STEP_S:
        raise QuestionError(
            f"states of {series.object_name} are up to {longest:g} s apart; passes need four or more at "
            f"even steps of {_LONGEST_STEP_S:g} s or less: export them more densely"
        )
    inertial = in_frame(series, "GCRF")
    assert inertial.velocity_m_s is not None
    offset = elapsed_from_datetime(series.epoch, begin)
    last = min(offset + duration_days * DAY_S, float(series.elapsed_s[-1]))
    if offset < series.elapsed_s[0] - 1e-3 or last - offset < STEP_S:
        ends = (datetime_from_elapsed(series.epoch, float(t)) for t in series.elapsed_s[[0, -1]])
        covered = " to ".join(f"{end:%Y-%m-%dT%H:%M:%S}" for end in ends)
        raise QuestionError(
            f"{series.object_name} is covered from {covered} UTC, --epoch {begin:%Y-%m-%dT%H:%M:%S} asks for "
            "another time: give one inside"
        )
    times = np.linspace(offset, last, int(np.ceil((last - offset) / (STEP_S / 2))) + 1)
    states = hermite_state(inertial.elapsed_s, inertial.position_m, inertial.velocity_m_s, times)
    dense = replace(inertial, elapsed_s=times, position_m=states[0], velocity_m_s=states[1], covariances=())
    return _moved(in_frame(dense, "ITRF"), begin, times - offset)


def _instant(track: EarthFixedTrack, index: int) -> datetime:
    return datetime_from_elapsed(track.epoch, float(track.elapsed_s[index]))


def _passes(path: _Path, stations: Sequence[Station]) -> Iterator[SatellitePass]:
    first, last = _instant(path.track, 0), _instant(path.track, -1)
    edge = timedelta(seconds=0.1)
    for one in passes_from_itrf(path.track, stations):
        yield SatellitePass(path.name, one, one.rise - first > edge, last - one.set > edge)


def _totals(found: Sequence[SatellitePass], stations: Sequence[Station]) -> tuple[StationDay, ...]:
    rows = []
    for station in stations:
        ours = [one.contact for one in found if one.contact.station == station.name]
        for day in sorted({one.rise.date() for one in ours}):
            seconds = [one.duration_s for one in ours if one.rise.date() == day]
            rows.append(StationDay(station.name, day, len(seconds), sum(seconds), max(seconds)))
    return tuple(rows)
