"""How long an orbit lasts, as text for a terminal."""

import math

from cosmodrome.orbit.lifetime import LONGEST_YEARS
from cosmodrome.outputs.columns import aligned, wrapped
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.orbit_text import notes_lines
from cosmodrome.studies.lifetime_study import RULES_YEARS, LifetimeOdds, LifetimeStudy
from cosmodrome.studies.orbit_options import apsides_km


def lifetime_text(study: LifetimeStudy) -> str:
    """Write what was found.

    Parameters
    ----------
    study : LifetimeStudy
        A finished study.

    Returns
    -------
    str
        Lines of at most 110 columns: a headline, a row for each course of solar activity, the spread of the
        draws.
    """
    options, orbit = study.options, study.mean_elements
    low, high = apsides_km(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    head = (
        f"{low:g} × {high:g} km, {math.degrees(orbit.inclination_rad):.2f}°, "
        f"m/(C_D·A) {number_text(study.ballistic_coefficient_kg_m2, 3)} kg/m² · from {study.start:%Y-%m-%d}"
    )
    lines = [wrapped(head), *_cases(study)]
    if study.odds:
        lines += ["", *_odds(study.odds)]
    lines += notes_lines(study.notes)
    return "\n".join([*lines, f"took {study.elapsed_s:.1f} s"])


def _cases(study: LifetimeStudy) -> list[str]:
    rules = tuple(f"within {rule:g} years" for rule in RULES_YEARS)
    rows = [("solar activity", "mean F10.7 [sfu]", "lifetime [years]", *rules)]
    for one in study.cases:
        met = ("✓ yes" if one.lifetime_years <= rule else "✗ no" for rule in RULES_YEARS)
        rows.append((one.case, f"{one.mean_flux_sfu:.0f}", _years(one.lifetime_years, one.exceeds), *met))
    return aligned(rows, "<>>>>")


def _years(value: float, exceeds: bool) -> str:
    """Years; more than these where the search ended first."""
    return f"{'> ' if exceeds else ''}{number_text(value, 3)}"


def _odds(odds: LifetimeOdds) -> list[str]:
    parts = ", ".join(
        f"{percent:g} % of them end within {_years(years, years >= LONGEST_YEARS)} years"
        for percent, years in zip(odds.percent, odds.percentile_years, strict=True)
    )
    rules = ", ".join(
        f"{rule:g} years with {100 * part:.1f} %"
        for rule, part in zip(odds.rules_years, odds.within_fraction, strict=True)
    )
    return [
        wrapped(f"{odds.draws_count} draws of solar activity, air and satellite: {parts}"),
        wrapped(f"meets {rules}"),
    ]
