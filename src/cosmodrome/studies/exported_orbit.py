"""The orbit that is to be written as a file: a mission's, or that of another program's file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from cosmodrome.constants import DAY_S
from cosmodrome.errors import QuestionError
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_states
from cosmodrome.orbit.exchange.states import StateSeries
from cosmodrome.physics.time import elapsed_from_datetime
from cosmodrome.studies.orbit_options import OrbitOptions, refuse, span_findings
from cosmodrome.studies.orbit_source import as_question, chosen_object


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which part of which orbit; without a duration a day of elements, and all of states."""

    file: Path
    object_name: str | None = None
    epoch: datetime | None = None
    duration_days: float | None = None
    step_s: float = 60.0


@dataclass(frozen=True, slots=True)
class ExportedOrbit:
    """An orbit with its name, and what a mission knows beside it."""

    name: str
    orbit: Ephemeris | StateSeries
    origin: str
    stations: tuple[Station, ...] = ()
    passes: tuple[Pass, ...] = ()


def exported_orbit(options: ExportOptions, on_progress: Callable[[str], None] | None = None) -> ExportedOrbit:
    """Read or compute the orbit to write.

    Parameters
    ----------
    options : ExportOptions
        A mission file (`.toml`) is analyzed: its orbit is that of the injected satellite. Two-line elements
        and OMM go by SGP4; states of OEM, OPM and SP3 are taken as they are.
    on_progress : callable, optional
        Called with the name of each stage of an analysis.

    Returns
    -------
    ExportedOrbit

    Raises
    ------
    CosmodromeError
        What is wrong with the question or the file.
    """
    refuse(span_findings(options.epoch, 1.0 if options.duration_days is None else options.duration_days))
    if not 1e-3 <= options.step_s <= DAY_S:
        refuse([f"--step {options.step_s:g} lies outside 0.001 to 86400: give seconds between states"])
    if options.file.suffix == ".toml":
        return _of_mission(options, on_progress)
    one = chosen_object(OrbitOptions(file=options.file, object_name=options.object_name))
    if isinstance(one, MeanElements):
        return ExportedOrbit(one.object_name, _by_sgp4(one, options), f"SGP4 elements of {options.file}")
    return ExportedOrbit(one.object_name, _cut(one, options), f"states of {options.file}")


def _of_mission(options: ExportOptions, on_progress: Callable[[str], None] | None) -> ExportedOrbit:
    if options.epoch is not None or options.duration_days is not None:
        refuse(["a mission's orbit is the month after its injection: leave out --epoch and --days"])
    from cosmodrome.analysis import analyze
    from cosmodrome.missionfile import load_mission

    mission = load_mission(options.file)
    if mission.satellite is None:
        raise QuestionError(
            f"{options.file} describes no satellite, so that there is no orbit: add [satellite]"
        )
    result = analyze(mission, on_progress)
    if result.ephemeris is None:
        raise QuestionError(f"{options.file} has no launch window in its month, so that there is no orbit")
    return ExportedOrbit(
        mission.name, result.ephemeris, f"injected orbit of {options.file}", mission.stations, result.passes
    )


def _by_sgp4(one: MeanElements, options: ExportOptions) -> StateSeries:
    begin = options.epoch or one.epoch
    duration_s = (1.0 if options.duration_days is None else options.duration_days) * DAY_S
    offset = elapsed_from_datetime(one.epoch, begin)
    times = np.arange(0.0, duration_s + 0.5 * options.step_s, options.step_s)
    with as_question():
        series = sgp4_states(one, times + offset)
    times.setflags(write=False)
    return replace(series, epoch=begin, elapsed_s=times)


def _cut(series: StateSeries, options: ExportOptions) -> StateSeries:
    """The states within the span asked for; covariances belong to the whole file and stay."""
    if options.epoch is None and options.duration_days is None:
        return series
    begin = 0.0 if options.epoch is None else elapsed_from_datetime(series.epoch, options.epoch)
    end = np.inf if options.duration_days is None else begin + options.duration_days * DAY_S
    inside = (series.elapsed_s >= begin - 1e-3) & (series.elapsed_s <= end + 1e-3)
    if not inside.any():
        raise QuestionError(f"{series.object_name} has no states in that time: give another --epoch")
    velocity = series.velocity_m_s
    return replace(
        series,
        elapsed_s=series.elapsed_s[inside],
        position_m=series.position_m[inside],
        velocity_m_s=None if velocity is None else velocity[inside],
    )
