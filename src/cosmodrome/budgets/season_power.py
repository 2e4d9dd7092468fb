"""Power over the seasons of a mission: the worst of them decides, and the battery's fade adds them up."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cosmodrome.budgets.power import PowerBudget, SeasonPower, power_budget
from cosmodrome.constants import JULIAN_YEAR_S, ZERO_CELSIUS_K
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.orbit.seasons import Seasons
from cosmodrome.physics.battery import CapacityWear, capacity_wear

_ARRAY_FIELDS = (
    "orbit_mean_load_w", "orbit_mean_generation_w", "required_generation_w",
    "required_generation_best_estimate_w", "worst_orbit_start", "required_area_m2", "load_excess_w",
    "array_orbit",
)  # fmt: skip
_BATTERY_FIELDS = (
    "worst_orbit_depth_of_discharge_fraction", "best_estimate_depth_of_discharge_fraction",
    "deepest_discharge_at", "deepest_timeline", "required_capacity_wh", "battery_load_excess_w",
    "discharge",
)  # fmt: skip


def season_power_budget(
    first: PowerBudget,
    mission: Mission,
    satellite: Satellite,
    seasons: Seasons,
    timelines: Sequence[ModeTimeline],
) -> PowerBudget:
    """Judge array and battery by the worst season of the mission.

    Parameters
    ----------
    first : PowerBudget
        Of the time after injection, whose timeline is kept.
    mission : Mission
        Policy and working life.
    satellite : Satellite
        Its satellite.
    seasons : Seasons
        Days that stand for the mission.
    timelines : sequence of ModeTimeline
        The modes on each of these days.

    Returns
    -------
    PowerBudget
        The first one, with the array's numbers from the season of the least relative margin, the battery's
        from that of the deepest discharge, every season listed, and the battery's fade.
    """
    years = mission.requirements.lifetime_years
    budgets = [
        power_budget(
            satellite,
            mission.policy,
            years,
            timeline,
            day.ephemeris,
            illumination_ratio=day.illumination_ratio,
        )
        for day, timeline in zip(seasons.days, timelines, strict=True)
    ]
    listed = tuple(
        SeasonPower(
            start=day.start,
            beta_angle_deg=day.beta_angle_deg,
            eclipse_min=day.eclipse_min,
            generation_w=budget.orbit_mean_generation_w,
            required_generation_w=budget.required_generation_w,
            depth_of_discharge_fraction=budget.worst_orbit_depth_of_discharge_fraction,
        )
        for day, budget in zip(seasons.days, budgets, strict=True)
    )
    array = min((first, *budgets), key=lambda budget: budget.generation_margin_fraction)
    battery = max((first, *budgets), key=lambda budget: budget.worst_orbit_depth_of_discharge_fraction)
    worst = replace(
        first,
        **{name: getattr(array, name) for name in _ARRAY_FIELDS},
        **{name: getattr(battery, name) for name in _BATTERY_FIELDS},
        longest_eclipse_min=seasons.longest_eclipse_s / 60.0,
        seasons=listed,
    )
    wear = battery_wear(satellite, worst, seasons, years)
    return replace(worst, battery_left_ratio=wear.left_ratio, battery_wear=wear)


def battery_wear(
    satellite: Satellite, worst: PowerBudget, seasons: Seasons, lifetime_years: float
) -> CapacityWear:
    """Wear of the battery at end of life by cycles, depth and age.

    Every orbit is a cycle whose depth is that of the worst season in proportion to its eclipse; the mean
    charge lies half the worst depth below full.

    Parameters
    ----------
    satellite : Satellite
        Its battery's temperature.
    worst : PowerBudget
        With the depth of the worst season.
    seasons : Seasons
        Eclipse of every day.
    lifetime_years : float
        Age. [years]

    Returns
    -------
    CapacityWear
        With the capacity left.
    """
    deepest = worst.worst_orbit_depth_of_discharge_fraction
    dark_s = seasons.calendar.eclipse_duration_s
    depth = deepest * dark_s / (float(dark_s.max()) or 1.0)
    cycles = np.full(len(depth), lifetime_years * JULIAN_YEAR_S / seasons.period_s / len(depth))
    return capacity_wear(
        depth,
        cycles,
        lifetime_years * JULIAN_YEAR_S,
        1.0 - deepest / 2,
        satellite.battery.temperature_c + ZERO_CELSIUS_K,
    )
