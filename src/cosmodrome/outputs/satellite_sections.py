"""What the report says of attitude, imager, dose, delta-v and disposal."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cosmodrome.outputs import satellite_tables as tables
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.sections import Section
from cosmodrome.outputs.tables import present_tables

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult
    from cosmodrome.budgets.attitude import AttitudeBudget
    from cosmodrome.budgets.dose import DoseBudget
    from cosmodrome.budgets.performance import PerformanceBudget


def satellite_sections(result: "MissionResult") -> Iterator[Section]:
    """Sections of the budgets that the mission has."""
    if result.budgets is None:
        return
    if result.budgets.attitude is not None:
        yield _attitude(result, result.budgets.attitude)
    if result.budgets.performance is not None:
        yield _performance(result, result.budgets.performance)
    if result.budgets.dose is not None:
        yield _dose(result, result.budgets.dose)
    yield _disposal(result)


def _attitude(result: "MissionResult", budget: "AttitudeBudget") -> Section:
    largest = max(budget.torques[:-1], key=lambda torque: torque.largest_n_m)
    stored = (
        f"{number_text(budget.required_momentum_n_m_s, 2)} N·m·s pile up on an axis before they are unloaded"
    )
    pointing = ""
    if budget.pointing_error_deg is not None:
        pointing = f" The listed errors add up to {number_text(budget.pointing_error_deg, 2)}°."
    return Section(
        anchor="attitude",
        title="Attitude",
        sentences=f"The largest disturbance is the {largest.name}, "
        f"{number_text(1e6 * largest.largest_n_m, 2)} µN·m; "
        f"{stored}.{pointing}",
        plots=(),
        tables=present_tables(
            tables.torques_table(result), tables.attitude_table(result), tables.pointing_table(result)
        ),
        model=f"Torques along the propagated orbit, held to {budget.attitude}: gravity gradient of the "
        "tilted inertia, the tilted centered dipole of IGRF-13 on the residual dipole, sunlight and air "
        f"(NRLMSIS 2.1 at F10.7 of {budget.flux_sfu:.0f} sfu, the most active month) on {budget.pressed}; "
        "faces reflect like mirrors what they do not absorb. "
        "Momentum is integrated in inertial axes over revolutions. Needs are without margin; checks take the "
        "policy's. Flexible parts, wheel jitter and detumbling are not modeled.",
    )


def _performance(result: "MissionResult", budget: "PerformanceBudget") -> Section:
    seen = ""
    if budget.targets:
        often = sum(target.opportunities_count for target in budget.targets) / budget.duration_days
        seen = f" The targets offer {number_text(often, 2)} opportunities a day."
    rings = "pixels are wider than the optics' blur"
    if budget.optical_sampling_ratio > 1:
        rings = "the optics blur more than a pixel"
    return Section(
        anchor="performance",
        title="Imager",
        sentences=f"At the nadir a pixel is {number_text(budget.ground_sample_distance_m, 3)} m, the swath "
        f"{number_text(budget.swath_km, 3)} km; {rings}. The timeline has it on for "
        f"{number_text(budget.imaging_min_per_day, 3)} min a day: "
        f"{number_text(budget.imaged_area_km2_per_day, 3)} km².{seen}",
        plots=(),
        tables=present_tables(tables.performance_table(result), tables.targets_table(result)),
        model="Pinhole geometry over a sphere from the target orbit; diffraction by Rayleigh's criterion. "
        "Targets are searched on the propagated ephemeris within the largest off-nadir angle and half the "
        "field of view, in the light that a picture needs. Clouds, smear and noise are not modeled.",
    )


def _dose(result: "MissionResult", budget: "DoseBudget") -> Section:
    line = budget.line
    years = budget.working_life_years
    worse = "Electrons" if line.electron_krad_per_year > line.proton_krad_per_year else "Protons"
    share = max(line.electron_krad_per_year, line.proton_krad_per_year) / (line.total_krad_per_year or 1.0)
    return Section(
        anchor="dose",
        title="Radiation dose",
        sentences=f"Behind {line.shielding_mm:g} mm of aluminum the radiation belts leave "
        f"{number_text(line.mission_krad, 2)} krad in silicon over {years:g} years. {worse} make "
        f"{100 * share:.0f} % of it.",
        plots=(),
        tables=present_tables(tables.dose_table(result), tables.dosed_parts_table(result)),
        model=f"{budget.belts.protons.model} and {budget.belts.electrons.model} along the target orbit, held "
        "over the working life, in the field of Jensen and Cain of 1960 that they were made in; protons by "
        "their ranges, electrons by NIST's depth-dose profiles (SHIELDOSE-2), in the middle of an aluminum "
        "sphere. From 10 to 100 deg of inclination at 550 km protons are within 20 % of SPENVIS, electrons "
        "within 30 %.",
        notes=("Not covered: " + "; ".join(budget.not_covered) + ".",),
    )


def _disposal(result: "MissionResult") -> Section:
    assert result.budgets is not None
    disposal = result.budgets.disposal
    lowered = disposal.disposal_perigee_altitude_km
    burn = (
        f"Lowering the perigee to {lowered:.0f} km takes {disposal.disposal_delta_v_m_s:.0f} m/s."
        if lowered is not None
        else "Natural decay is fast enough: no disposal burn is needed."
    )
    return Section(
        anchor="disposal",
        title="Lifetime and disposal",
        sentences=f"After {disposal.working_life_years:g} years of work, "
        f"{disposal.remaining_years('mean'):.1f} years "
        f"remain in orbit at mean solar activity; the rule allows {disposal.rule_years:g}. {burn} The odds "
        f"of re-entry within the rule are {_odds(disposal.probability_within_rule)}.{_thrust(result)}",
        plots=(),
        tables=present_tables(
            tables.lifetime_table(result), tables.delta_v_table(result), tables.passivation_table(result)
        ),
        model=f"Orbit-averaged decay with NRLMSIS 2.1 at a ballistic coefficient of "
        f"{disposal.ballistic_coefficient_kg_m2:.0f} kg/m²; low, mean and high are cases of the coming solar "
        "cycles, not bounds. A lifetime at the cap is a lower limit. The odds take lifetimes for log-normal, "
        "with the spread of the solar cycles and of air and satellite; drawn ones differ by up to 0.15. "
        "Maneuvers are impulses, a disposal by "
        "electric thrust is a long burn about the apogee; margins follow how a maneuver was found. Areas in "
        f"the flow: {number_text(disposal.areas.drag_area_m2, 3)} m² ({disposal.areas.drag_source}), after "
        f"the mission {number_text(disposal.areas.disposal_area_m2, 3)} m² "
        f"({disposal.areas.disposal_source}).",
        notes=disposal.areas.notes,
    )


def _odds(probability: float) -> str:
    """A probability in percent, without claiming certainty."""
    percent = 100 * probability
    if percent > 99:
        return "above 99 %"
    return "below 1 %" if percent < 1 else f"{percent:.0f} %"


def _thrust(result: "MissionResult") -> str:
    """How long electric propulsion thrusts."""
    delta_v = result.budgets.delta_v if result.budgets is not None else None
    if delta_v is None or delta_v.thrust_days is None or not math.isfinite(delta_v.thrust_days):
        return ""
    return f" All maneuvers take {number_text(delta_v.thrust_days, 3)} days of thrust at its duty."
