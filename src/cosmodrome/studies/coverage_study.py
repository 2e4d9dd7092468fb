"""How much of the Earth a constellation sees, and how often: Walker patterns or two-line elements."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.constellation import padded_times_s, sgp4_positions_m, walker_delta, walker_star
from cosmodrome.orbit.coverage import Coverage, SensorLimits, accesses, coverage
from cosmodrome.orbit.data_notes import orientation_notes
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_record
from cosmodrome.orbit.ground_grid import GroundGrid, fibonacci_grid
from cosmodrome.orbit.revisit import revisit_from_accesses
from cosmodrome.physics.arcs import arcs_through
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import sun_synchronous_inclination_rad
from cosmodrome.physics.ground_contacts import even_step_s
from cosmodrome.physics.time import datetime_from_elapsed
from cosmodrome.physics.visibility import GroundPoints
from cosmodrome.studies.contact_options import POINTS_COUNT, CoverageOptions, coverage_findings, place_of
from cosmodrome.studies.orbit_options import OrbitOptions, refuse
from cosmodrome.studies.orbit_source import as_question, file_objects

Array = NDArray[np.float64]

_PIECE_S = 120.0


@dataclass(frozen=True, slots=True)
class RevisitSummary:
    """Measures over the points that have them; None where no point has."""

    covered_fraction: float
    mean_access_fraction: float
    mean_revisit_s: float | None
    longest_revisit_s: float | None
    mean_response_s: float
    percent: tuple[float, ...]
    percentile_revisit_s: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class CoverageStudy:
    """Everything found; `percentile_revisit_s` of the summary are of all points' percentiles, averaged."""

    options: CoverageOptions
    satellites: str
    method: str
    coverage: Coverage
    summary: RevisitSummary
    notes: tuple[str, ...]
    elapsed_s: float

    def __repr__(self) -> str:
        return f"<CoverageStudy {100 * self.summary.covered_fraction:.1f} % by {self.satellites}>"


def coverage_study(options: CoverageOptions, *, today: datetime) -> CoverageStudy:
    """Say how much is seen and how often.

    Parameters
    ----------
    options : CoverageOptions
    today : datetime
        Its midnight is the epoch where neither the options nor a file has one.

    Returns
    -------
    CoverageStudy

    Raises
    ------
    CosmodromeError
        With every contradiction among the options, or what is wrong with a file.

    Examples
    --------
    Iridium's pattern sees the whole Earth at once above 8.2 deg (Maine et al., 1995, WESCON):

    >>> from datetime import UTC
    >>> iridium = CoverageOptions(walker="66/6/2", star=True, altitude_km=780, inclination_deg=86.4,
    ...     minimum_elevation_deg=8.2, points_count=100, duration_days=0.1)
    >>> coverage_study(iridium, today=datetime(2027, 1, 1, tzinfo=UTC)).summary.covered_fraction
    1.0
    """
    began_s = time.perf_counter()
    refuse(coverage_findings(options))
    grid = _grid(options)
    lost: tuple[str, ...] = ()
    with as_question():
        limits = SensorLimits(options.half_cone_deg, options.minimum_elevation_deg or 0.0)
    if options.walker is not None:
        epoch = options.epoch or datetime(today.year, today.month, today.day, tzinfo=UTC)
        total, planes, phasing = (int(part) for part in options.walker.split("/"))
        pattern = walker_star if options.star else walker_delta
        with as_question():
            fleet = pattern(total, planes, phasing, options.altitude_km or 0.0, _inclination_deg(options))
        found = coverage(fleet, grid, limits, epoch, options.duration_days)
        name = f"Walker {'star' if options.star else 'delta'} {options.walker}"
        satellites = f"{name}, {options.altitude_km:g} km, {_inclination_deg(options):.2f}°"
        method = "mean elements with secular J2"
    else:
        found, satellites, lost = _by_sgp4(options, grid, limits)
        method = "SGP4"
    last = datetime_from_elapsed(found.epoch, found.revisit.duration_s)
    left_out = (f"SGP4 gives no path of {', '.join(lost)} in this time; left out.",) if lost else ()
    notes = (*left_out, *orientation_notes(found.epoch, last, read_earth_orientation()))
    return CoverageStudy(
        options, satellites, method, found, _summary(found), notes, time.perf_counter() - began_s
    )


def _inclination_deg(options: CoverageOptions) -> float:
    if options.inclination_deg is not None:
        return options.inclination_deg
    assert options.altitude_km is not None
    return math.degrees(
        sun_synchronous_inclination_rad(EARTH_EQUATORIAL_RADIUS_M + 1e3 * options.altitude_km)
    )


def _grid(options: CoverageOptions) -> GroundGrid:
    places = [place for place in map(place_of, options.targets) if place is not None]
    if not places:
        return fibonacci_grid(options.points_count or POINTS_COUNT)
    latitude, longitude = np.array(places).T
    return GroundGrid(latitude.copy(), longitude.copy())


def _by_sgp4(
    options: CoverageOptions, grid: GroundGrid, limits: SensorLimits
) -> tuple[Coverage, str, tuple[str, ...]]:
    """As `orbit.coverage.coverage`, on paths by SGP4; the satellites' name, and those without a path."""
    elements = list(_elements(options.files))
    epoch = options.epoch or max(one.epoch for one in elements)
    step = even_step_s(options.duration_days * DAY_S, _PIECE_S)
    times = padded_times_s(options.duration_days * DAY_S, step)
    position = sgp4_positions_m([sgp4_record(one) for one in elements], epoch, times)
    alive = np.asarray(np.isfinite(position).all(axis=(1, 2)))
    lost = tuple(one.object_name for one, flies in zip(elements, alive.tolist(), strict=True) if not flies)
    refuse(
        ["SGP4 gives no path of any of the satellites then: give newer elements"] if not alive.any() else []
    )
    points = GroundPoints.of(grid.latitude_deg, grid.longitude_deg, np.zeros(1))
    found = accesses(arcs_through(position[alive], step), points, limits, epoch)
    revisit = revisit_from_accesses(found.point, found.start_s, found.end_s, (len(points), found.duration_s))
    names = ", ".join(str(path) for path in options.files)
    count = int(alive.sum())
    seen = Coverage(epoch, count, grid, limits, revisit)
    return seen, f"{count} satellite{'s' if count != 1 else ''} of {names}", lost


def _elements(files: Sequence[Path]) -> Iterator[MeanElements]:
    for path in files:
        for one in file_objects(OrbitOptions(file=path)):
            if not isinstance(one, MeanElements):
                refuse([f"{path} holds states, and coverage goes by SGP4: give two-line elements or an OMM"])
            else:
                yield one


def _summary(found: Coverage) -> RevisitSummary:
    """Unweighted means over the points, which stand for equal areas."""
    revisit = found.revisit
    return RevisitSummary(
        covered_fraction=float((revisit.accesses_count > 0).mean()),
        mean_access_fraction=float(revisit.access_fraction.mean()),
        mean_revisit_s=_mean(revisit.mean_revisit_s),
        longest_revisit_s=float(revisit.maximum_revisit_s.max()),
        mean_response_s=float(revisit.mean_response_s.mean()),
        percent=revisit.percent,
        percentile_revisit_s=tuple(_mean(row) for row in revisit.percentile_revisit_s),
    )


def _mean(values: Array) -> float | None:
    some = values[np.isfinite(values)]
    return float(some.mean()) if len(some) else None
