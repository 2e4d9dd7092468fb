"""How long an orbit lasts, as text for a terminal."""

from cosmodrome.orbit.lifetime import LONGEST_YEARS
from cosmodrome.outputs.columns import aligned, wrapped
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.orbit_text import notes_lines
from cosmodrome.studies.lifetime_study import RULES_YEARS, LifetimeOdds, LifetimeStudy


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
    orbit = study.orbit
    head = (
        f"{orbit.perigee_altitude_km:g} × {orbit.apogee_altitude_km:g} km, {orbit.inclination_deg:.2f}°, "
        f"m/(C_D·A) {number_text(orbit.ballistic_coefficient_kg_m2, 3)} kg/m² · from {study.start:%Y-%m-%d}"
    )
    lines = [wrapped(head), *_cases(study)]
    if study.spread:
        lines += ["", *_spread(study.spread)]
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


def _spread(spread: LifetimeOdds) -> list[str]:
    parts = ", ".join(
        f"{percent:g} % of them end within {_years(years, years >= LONGEST_YEARS)} years"
        for percent, years in zip(spread.percent, spread.percentile_years, strict=True)
    )
    rules = ", ".join(
        f"{rule:g} years with {100 * part:.1f} %"
        for rule, part in zip(spread.rules_years, spread.within_fraction, strict=True)
    )
    return [
        wrapped(f"{spread.draws_count} drawn courses of solar activity: {parts}"),
        wrapped(f"meets {rules}"),
    ]
