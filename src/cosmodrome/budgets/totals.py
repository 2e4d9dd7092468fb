"""All budgets of a satellite, each fed by the ones before it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cosmodrome.budgets.attitude import AttitudeBudget, attitude_budget
from cosmodrome.budgets.data import DataBudget, data_budget
from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.disposal import DisposalBudget, end_of_life_budgets
from cosmodrome.budgets.dose import DoseBudget, dose_budget
from cosmodrome.budgets.downlink import Downlink, mission_downlink
from cosmodrome.budgets.energy import Energy, energy_budgets
from cosmodrome.budgets.link import LinkBudget, downlink_budgets, uplink_budgets
from cosmodrome.budgets.link_ends import DEFAULT_AVAILABILITY_FRACTION
from cosmodrome.budgets.mass import MassBudget, mission_mass_budget
from cosmodrome.budgets.performance import (
    PerformanceBudget,
    performance_budget,
    target_opportunities,
)
from cosmodrome.budgets.power import PowerBudget
from cosmodrome.budgets.thermal import ThermalBudget
from cosmodrome.injection import InjectionState
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.operations.timeline import ModeTimeline, mode_timeline
from cosmodrome.orbit.eclipses import illumination_fraction
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.radiation_belts import BeltSpectra
from cosmodrome.orbit.seasons import Seasons, mission_seasons


@dataclass(frozen=True, slots=True)
class Budgets:
    """Every budget of the satellite."""

    mass: MassBudget
    power: PowerBudget
    links: tuple[LinkBudget, ...]
    uplinks: tuple[LinkBudget, ...]
    downlink: Downlink
    data: DataBudget
    disposal: DisposalBudget
    delta_v: DeltaVBudget | None  # None without propulsion
    thermal: ThermalBudget | None = None  # None without a body
    attitude: AttitudeBudget | None = None  # None where the mission file has no [satellite.attitude_control]
    performance: PerformanceBudget | None = None  # None without an imager
    dose: DoseBudget | None = None  # None where the mission file has no [satellite.radiation]
    thruster_duty_fraction: float | None = None  # in the modes; None without propulsion

    def __repr__(self) -> str:
        return f"<Budgets {self.mass!r} {self.power!r} {self.data!r}>"


@dataclass(frozen=True, slots=True)
class Known:
    """Parts of the budgets that are worked out already; None for those that are not."""

    end_of_life: tuple[DisposalBudget, DeltaVBudget | None] | None = None
    seasons: Seasons | None = None
    energy: Energy | None = None
    opportunities: Sequence[TargetAccess] | None = None
    belts: BeltSpectra | None = None


def satellite_budgets(
    mission: Mission,
    ephemeris: Ephemeris,
    passes: Sequence[Pass],
    known: Known | None = None,
) -> Budgets | None:
    """Work out every budget of the mission's satellite.

    Parameters
    ----------
    mission : Mission
        Satellite, stations, requirements and policy.
    ephemeris : Ephemeris
        The orbit flown.
    passes : sequence of Pass
        Passes over the mission's stations.
    known : Known, optional
        What is worked out already.

    Returns
    -------
    Budgets or None
        None where the mission has no satellite.
    """
    satellite = mission.satellite
    if satellite is None:
        return None
    asked, apogee_km, known = mission.requirements, mission.target.apogee_altitude_km, known or Known()
    illumination_ratio = illumination_fraction(ephemeris)
    accesses = known.opportunities
    if accesses is None:
        accesses = target_opportunities(mission, ephemeris)
    timeline = mode_timeline(
        satellite, ephemeris.epoch, ephemeris.elapsed_s, illumination_ratio, passes, accesses
    )
    share = asked.link_availability_fraction or DEFAULT_AVAILABILITY_FRACTION
    downlink = mission_downlink(
        satellite.transmitter,
        mission.stations,
        ephemeris,
        passes,
        margin_db=asked.downlink_margin_db,
        availability_fraction=share,
    )
    mass = mission_mass_budget(mission, satellite)
    disposal, delta_v = known.end_of_life or _end_of_life(mission, satellite, mass, ephemeris)
    power, thermal = known.energy or energy_budgets(
        mission,
        satellite,
        timeline,
        ephemeris,
        passes,
        accesses=accesses,
        illumination_ratio=illumination_ratio,
        seasons=known.seasons or mission_seasons(ephemeris, asked.lifetime_years),
    )
    return Budgets(
        mass=mass,
        power=power,
        links=downlink_budgets(satellite.transmitters, mission.stations, apogee_km, share),
        uplinks=uplink_budgets(satellite.receivers, mission.stations, apogee_km, share),
        downlink=downlink,
        data=data_budget(satellite, timeline, downlink),
        disposal=disposal,
        delta_v=delta_v,
        thermal=thermal,
        attitude=attitude_budget(mission, satellite, ephemeris, illumination_ratio),
        performance=performance_budget(mission, satellite, ephemeris, timeline, accesses),
        dose=dose_budget(mission, satellite, known.belts),
        thruster_duty_fraction=_thruster_duty(satellite, timeline),
    )


def _thruster_duty(satellite: Satellite, timeline: ModeTimeline) -> float | None:
    """Share of the time that the modes have the propulsion on."""
    if satellite.propulsion is None:
        return None
    thrusting = satellite.full_power_modes(satellite.propulsion.component)
    rows = [mode.name in thrusting for mode in satellite.modes]
    on = np.minimum(timeline.on_fraction[rows].sum(axis=0), 1.0)
    return float(on @ timeline.step_s / timeline.duration_s)


def _end_of_life(
    mission: Mission, satellite: Satellite, mass: MassBudget, ephemeris: Ephemeris
) -> tuple[DisposalBudget, DeltaVBudget | None]:
    """Disposal and delta-v from the start of the ephemeris, which is the injection."""
    injection = InjectionState(ephemeris.epoch, ephemeris.position_m[0], ephemeris.velocity_m_s[0])
    return end_of_life_budgets(mission, satellite, mass, injection)
