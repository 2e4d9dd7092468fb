"""Power over the seasons of a mission: the worst of them decides, and the battery's fade adds them up."""

from dataclasses import replace

import numpy as np

from cosmodrome.budgets.power import PowerBudget, SeasonPower, power_budget
from cosmodrome.budgets.seasons import Seasons
from cosmodrome.constants import DAY_S, ZERO_CELSIUS_K
from cosmodrome.models.mission import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.physics.battery import capacity_left_ratio

_ARRAY_FIELDS = (
    "orbit_mean_load_w", "orbit_mean_generation_w", "required_generation_w",
    "required_generation_best_estimate_w", "worst_orbit_start", "required_area_m2", "load_excess_w",
)  # fmt: skip
_BATTERY_FIELDS = (
    "worst_orbit_depth_of_discharge_fraction", "best_estimate_depth_of_discharge_fraction",
    "deepest_discharge_at", "deepest_timeline", "required_capacity_wh", "battery_load_excess_w",
)  # fmt: skip


def season_power_budget(
    first: PowerBudget, satellite: Satellite, policy: MarginPolicy, lifetime_years: float, seasons: Seasons
) -> PowerBudget:
    """Judge array and battery by the worst season of the mission.

    Parameters
    ----------
    first : PowerBudget
        Of the time after injection, whose timeline is kept.
    satellite, policy, lifetime_years
        As for `power_budget`.
    seasons : Seasons
        Days that stand for the mission.

    Returns
    -------
    PowerBudget
        The first one, with the array's numbers from the season of the least relative margin, the battery's
        from that of the deepest discharge, every season listed, and the battery's fade.
    """
    budgets = [
        power_budget(
            satellite,
            policy,
            lifetime_years,
            day.timeline,
            day.ephemeris,
            illumination_ratio=day.illumination_ratio,
        )
        for day in seasons.days
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
        longest_eclipse_min=max(budget.longest_eclipse_min for budget in (first, *budgets)),
        seasons=listed,
    )
    return replace(worst, battery_left_ratio=battery_left_ratio(satellite, worst, seasons, lifetime_years))


def battery_left_ratio(
    satellite: Satellite, worst: PowerBudget, seasons: Seasons, lifetime_years: float
) -> float:
    """Capacity left at end of life by cycles, depth and age.

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
    float
        Capacity over nameplate. [1]
    """
    deepest = worst.worst_orbit_depth_of_discharge_fraction
    longest_s = float(seasons.eclipse_duration_s.max()) or 1.0
    depth = deepest * seasons.eclipse_duration_s / longest_s
    days = lifetime_years * 365.25 / len(depth)
    cycles = np.full(len(depth), days * DAY_S / seasons.period_s)
    return capacity_left_ratio(
        depth,
        cycles,
        lifetime_years * 365.25 * DAY_S,
        1.0 - deepest / 2,
        satellite.battery.temperature_c + ZERO_CELSIUS_K,
    )
