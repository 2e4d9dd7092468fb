"""What a constellation sees, as text for a terminal."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from cosmodrome.constants import DAY_S
from cosmodrome.outputs.columns import aligned, wrapped
from cosmodrome.outputs.labels import instant_text, number_text
from cosmodrome.outputs.orbit_text import fact, notes_lines
from cosmodrome.studies.coverage_study import CoverageStudy

_MOST_ROWS: Final = 40


def coverage_text(study: CoverageStudy) -> str:
    """Write what was found.

    Parameters
    ----------
    study : CoverageStudy
        A finished study.

    Returns
    -------
    str
        Lines of at most 110 columns: a headline, the measures over the grid, or a row for each target.
    """
    found, limits = study.coverage, study.coverage.limits
    cone = "" if limits.half_cone_deg is None else f"half cone {limits.half_cone_deg:g}°, "
    days = found.revisit.duration_s / DAY_S
    head = (
        f"{study.satellites} · {instant_text(found.epoch)} + {number_text(days)} d · {cone}elevation above "
        f"{limits.minimum_elevation_deg:g}°"
    )
    lines = [wrapped(head), *(_targets(study) if study.options.targets else _grid(study))]
    lines += [fact("method", study.method), *notes_lines(study.notes)]
    return "\n".join([*lines, f"took {study.elapsed_s:.1f} s"])


def duration_text(seconds: float | None) -> str:
    """A duration in the unit that suits it; a dash where there is none.

    Examples
    --------
    >>> duration_text(95.0), duration_text(5400.0), duration_text(None)
    ('95 s', '90 min', '–')
    """
    if seconds is None or not np.isfinite(seconds):
        return "–"
    if seconds < 300:
        return f"{number_text(seconds, 3)} s"
    if seconds < 3 * 3600:
        return f"{number_text(seconds / 60, 3)} min"
    return f"{number_text(seconds / 3600, 3)} h"


def _grid(study: CoverageStudy) -> Iterator[str]:
    measures, points = study.summary, len(study.coverage.grid)
    yield fact(
        "covered", f"{100 * measures.covered_fraction:.2f} % of the Earth, {points} points of equal area"
    )
    yield fact("in view", f"{100 * measures.mean_access_fraction:.2f} % of the time, on average")
    yield fact("mean revisit", f"{duration_text(measures.mean_revisit_s)} without access, mean of the points")
    for percent, value in zip(measures.percent, measures.percentile_revisit_s, strict=True):
        yield fact(f"{percent:g}th percentile", f"{duration_text(value)}, mean of the points")
    yield fact("longest", f"{duration_text(measures.longest_revisit_s)} without access at the worst point")
    yield fact(
        "mean response", f"{duration_text(measures.mean_response_s)} from any instant to the next access"
    )


def _targets(study: CoverageStudy) -> list[str]:
    revisit, grid = study.coverage.revisit, study.coverage.grid
    heads = (
        "accesses",
        "in view",
        "mean revisit",
        *(f"{p:g} %" for p in revisit.percent),
        "longest",
        "response",
    )
    rows = [("latitude", "longitude", *heads)]
    for k in range(min(len(grid), _MOST_ROWS)):
        place = (f"{grid.latitude_deg[k]:.3f}°", f"{grid.longitude_deg[k]:.3f}°")
        rows.append(
            (
                *place, f"{revisit.accesses_count[k]}",
                f"{100 * revisit.access_fraction[k]:.2f} %", duration_text(float(revisit.mean_revisit_s[k])),
                *(duration_text(float(row[k])) for row in revisit.percentile_revisit_s),
                duration_text(float(revisit.maximum_revisit_s[k])),
                duration_text(float(revisit.mean_response_s[k])),
            )
        )  # fmt: skip
    more = len(grid) - _MOST_ROWS
    return [*aligned(rows, ">" * len(rows[0])), *([f"and {more} more; --json has all"] if more > 0 else [])]
