"""Power and heat, which follow from the same modes on the same days."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.power import PowerBudget, power_budget
from cosmodrome.budgets.season_power import season_power_budget
from cosmodrome.budgets.thermal import ThermalBudget, cell_temperature_c, thermal_budget
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.operations.timeline import ModeTimeline, season_timelines
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.seasons import Seasons

Energy = tuple[PowerBudget, ThermalBudget | None]


def energy_budgets(
    mission: Mission,
    satellite: Satellite,
    timeline: ModeTimeline,
    ephemeris: Ephemeris,
    passes: Sequence[Pass],
    *,
    accesses: Sequence[TargetAccess],
    illumination_ratio: NDArray[np.float64],
    seasons: Seasons,
) -> Energy:
    """Work out heat over the seasons, then power with the cells as warm as they get.

    Parameters
    ----------
    mission : Mission
        Policy and working life.
    satellite : Satellite
        Its satellite.
    timeline : ModeTimeline
        The modes over the ephemeris.
    ephemeris : Ephemeris
        The time after injection.
    passes : sequence of Pass
        Passes over the stations.
    accesses : sequence of TargetAccess
        Accesses to the targets.
    illumination_ratio : ndarray
        Share of the Sun's disc in view at the samples. [1]
    seasons : Seasons
        Days that stand for the working life.

    Returns
    -------
    power : PowerBudget
        Judged by the worst season.
    thermal : ThermalBudget or None
        None without a body.
    """
    timelines = season_timelines(satellite, seasons, ephemeris.epoch, passes, accesses)
    thermal = thermal_budget(satellite, mission.policy, seasons, timelines)
    satellite = satellite.with_cell_temperature(cell_temperature_c(satellite, thermal))
    years = mission.requirements.lifetime_years
    first = power_budget(
        satellite, mission.policy, years, timeline, ephemeris, illumination_ratio=illumination_ratio
    )
    return season_power_budget(first, mission, satellite, seasons, timelines), thermal


def runs_alike(one: Mission, other: Mission) -> bool:
    """Whether two missions in one orbit have the same power and heat."""
    first, second = one.satellite, other.satellite
    if (
        first is None
        or second is None
        or (one.policy, one.requirements) != (other.policy, other.requirements)
    ):
        return False
    signals = [
        [(radio.component, radio.radiated_w) for radio in craft.transmitters] for craft in (first, second)
    ]
    return signals[0] == signals[1] and (
        first.components,
        first.modes,
        first.solar_array,
        first.battery,
        first.body,
        first.attitude,
    ) == (second.components, second.modes, second.solar_array, second.battery, second.body, second.attitude)
