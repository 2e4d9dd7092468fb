"""Lifetime against the working life and the disposal rule; the perigee that propulsion must reach."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import NormalDist

import numpy as np

from cosmodrome.budgets.areas import FlownAreas, flown_areas
from cosmodrome.budgets.delta_v import (
    DeltaVBudget,
    Maneuver,
    available_delta_v_m_s,
    delta_v_budget,
    delta_v_lines,
)
from cosmodrome.budgets.lowering import (
    LoweringBurn,
    Mover,
    SpentOrbit,
    disposal_maneuver,
    disposal_perigee_km,
)
from cosmodrome.budgets.maneuvers import drag_course, given_maneuvers, life_maneuvers
from cosmodrome.budgets.mass import MassBudget
from cosmodrome.budgets.unloading import wheel_unloading
from cosmodrome.constants import JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Propulsion, Satellite
from cosmodrome.models.target import Target
from cosmodrome.orbit.forces import SpaceWeatherCase
from cosmodrome.orbit.lifetime import Lifetime
from cosmodrome.orbit.lifetime_distribution import LifetimeSpread

_SEED = 20270301
_TENTH = 1.2816  # standard deviations to the 10th and the 90th percentile


@dataclass(frozen=True, slots=True)
class AfterMission:
    """What is left of the orbit after the working life, for one case of solar activity."""

    case: str
    natural_years: float  # left to decay by itself
    with_propulsion_years: float  # perigee lowered with the propellant that is left; natural without any

    def satisfies(self, rule_years: float) -> bool:
        """Whether the satellite is down in time."""
        return self.with_propulsion_years <= rule_years


@dataclass(frozen=True, slots=True)
class DisposalBudget:
    """Orbital lifetime by case of solar activity, and what disposal takes."""

    cases: tuple[Lifetime, ...]  # from launch, without maneuvers
    after_mission: tuple[AfterMission, ...]
    working_life_years: float
    rule_years: float
    mass_kg: float  # dry, with growth: the light satellite, which the air brings down first
    heavy_mass_kg: float  # dry, with growth and system margin: it comes down last, by the rule or not
    heavy_cases: tuple[Lifetime, ...]  # from launch, of the heavy one; none where the orbit is kept
    drag_coefficient: float
    areas: FlownAreas
    keeps_orbit: bool  # by making up for the drag during the working life
    disposal_perigee_altitude_km: float | None  # decays within the rule; None where nothing need be done
    disposal_delta_v_m_s: float  # to the disposal perigee
    burn: LoweringBurn | None  # None without propulsion
    passivation: tuple[str, ...]  # what holds energy, and how it is to be emptied

    @property
    def ballistic_coefficient_kg_m2(self) -> float:
        """Mass over C_D A during the working life [kg/m2]."""
        return self.mass_kg / (self.drag_coefficient * self.areas.drag_area_m2)

    @property
    def ballistic_coefficient_after_kg_m2(self) -> float:
        """That of the heavy satellite after the mission [kg/m2]."""
        return self.heavy_mass_kg / (self.drag_coefficient * self.areas.disposal_area_m2)

    def lifetime_years(self, case: str) -> float:
        """Natural lifetime from launch in one case of solar activity [years]."""
        return next(entry.lifetime_years for entry in self.cases if entry.case == case)

    def remaining_years(self, case: str) -> float:
        """Years in orbit after the working life in one case, maneuvers included [years]."""
        return next(entry.with_propulsion_years for entry in self.after_mission if entry.case == case)

    @property
    def probability_within_rule(self) -> float:
        """Odds of re-entry within the rule, as a share of 1; within 0.15 of `lifetime_distribution`'s draws.

        Lifetimes are taken for log-normal on both sides of that at mean solar activity, as wide as the cases
        of high and of low activity, which are percentiles of 10 and 90, and `LifetimeSpread` say.
        """
        lowered = self.remaining_years("mean") < self._natural_years("mean")
        flown = 0.0 if lowered or self.keeps_orbit else self.working_life_years
        slow, middle, fast = (flown + self.remaining_years(case) for case in ("low", "mean", "high"))
        if middle <= 0.0:
            return 1.0
        allowed = flown + self.rule_years
        side = middle / max(fast, 1e-3) if allowed < middle else slow / middle
        spread = math.hypot(math.log(side) / _TENTH, LifetimeSpread().total_fraction)
        return NormalDist().cdf(math.log(allowed / middle) / spread)

    def _natural_years(self, case: str) -> float:
        return next(entry.natural_years for entry in self.after_mission if entry.case == case)

    def __repr__(self) -> str:
        left = self.remaining_years("mean")
        return f"<DisposalBudget {left:.1f} of {self.rule_years:g} years after the mission>"


def disposal_budget(
    mission: Mission,
    satellite: Satellite,
    mass: MassBudget,
    start: datetime,
    maneuvers: tuple[Maneuver, ...] | None = None,
) -> tuple[DisposalBudget, DeltaVBudget | None]:
    """Judge the lifetime, and size the perigee lowering where natural decay is too slow.

    Parameters
    ----------
    mission : Mission
        Target orbit, working life, rule, policy.
    satellite : Satellite
        Areas, or faces and attitudes that they follow from; propulsion.
    mass : MassBudget
        Dry mass: with growth for the working life, with all allowances for propellant and re-entry.
    start : datetime
        Start of the orbit (UTC).
    maneuvers : tuple of Maneuver, optional
        Of the working life, from `life_maneuvers`; what the mission file gives as a number if left out.

    Returns
    -------
    DisposalBudget
        Cases of solar activity, and the disposal perigee.
    DeltaVBudget or None
        None without propulsion.

    Notes
    -----
    The perigee is lowered from the target orbit, as if orbit keeping held it; natural decay on the way makes
    the burn smaller, never larger. An electric thruster burns along an arc about the apogee, as long as its
    duty, and takes more; the time that it thrusts counts before the decay, as if that began at its end.

    References
    ----------
    ISO 24113:2023 (25 years), FCC 22-74 (2022) and ESA ESSB-ST-U-007 issue 1 (5 years).
    """
    asked, areas = mission.requirements, flown_areas(mission, satellite)
    area_ratio = areas.disposal_area_m2 / areas.drag_area_m2
    light, heavy = (
        _orbit(mission.target, mass_kg / (satellite.drag_coefficient * areas.drag_area_m2))
        for mass_kg in (mass.with_growth_kg, mass.dry_mass_kg)
    )
    spent = replace(heavy, ballistic_coefficient_kg_m2=heavy.ballistic_coefficient_kg_m2 / area_ratio)
    keeps_orbit = asked.maneuvers is not None and asked.maneuvers.keeps_orbit
    cases = light.cases(start)
    heavy_cases = () if keeps_orbit else heavy.cases(start)
    end = start + timedelta(seconds=asked.lifetime_years * JULIAN_YEAR_S)
    if keeps_orbit:
        natural = tuple(case.lifetime_years for case in spent.cases(end))
    else:
        natural = _after_the_life(mission, heavy_cases, start, area_ratio)
    judged: SpaceWeatherCase = asked.solar_activity or "mean"
    left_years = {case.case: years for case, years in zip(cases, natural, strict=True)}
    is_due = left_years[judged] > asked.disposal_rule_years
    mover = Mover(spent, satellite.propulsion, mass.dry_mass_kg)
    perigee_km = disposal_perigee_km(mover, asked.disposal_rule_years, end, judged) if is_due else None
    disposal_m_s = mover.delta_v_m_s(perigee_km) if perigee_km is not None else 0.0
    after, burn, delta_v = natural, None, None
    if satellite.propulsion is not None:
        planned = given_maneuvers(mission) if maneuvers is None else maneuvers
        disposal = disposal_maneuver(mover, perigee_km, disposal_m_s)
        delta_v = delta_v_budget(satellite.propulsion, mission.policy, mass.dry_mass_kg, planned, disposal)
        burn = mover.burn(_left_m_s(mission, satellite.propulsion, mass, planned), perigee_km)
        after = spent.remaining_years(burn, natural, end) if is_due else natural
    budget = DisposalBudget(
        cases=cases,
        after_mission=tuple(
            AfterMission(case.case, by_itself, finally_)
            for case, by_itself, finally_ in zip(cases, natural, after, strict=True)
        ),
        working_life_years=asked.lifetime_years,
        rule_years=asked.disposal_rule_years,
        mass_kg=mass.with_growth_kg,
        heavy_mass_kg=mass.dry_mass_kg,
        heavy_cases=heavy_cases,
        drag_coefficient=satellite.drag_coefficient,
        areas=areas,
        keeps_orbit=keeps_orbit,
        disposal_perigee_altitude_km=perigee_km,
        disposal_delta_v_m_s=disposal_m_s,
        burn=burn,
        passivation=passivation(satellite),
    )
    return budget, delta_v


def end_of_life_budgets(
    mission: Mission, satellite: Satellite, mass: MassBudget, injection: InjectionState
) -> tuple[DisposalBudget, DeltaVBudget | None]:
    """Disposal and delta-v with the maneuvers of the working life computed from where the vehicle injects.

    The dispersed injections are drawn from one seed, so that a changed mission is compared like with like.
    """
    maneuvers = life_maneuvers(mission, satellite, mass, injection, np.random.default_rng(_SEED))
    unloading = wheel_unloading(mission, satellite, mass, injection)
    if unloading is not None:
        maneuvers = (*maneuvers, unloading)
    return disposal_budget(mission, satellite, mass, injection.epoch, maneuvers)


def passivation(satellite: Satellite) -> tuple[str, ...]:
    """What on board holds energy at the end, and how it is to be emptied.

    References
    ----------
    ISO 24113:2023, section 6.2.2: all on-board energy is to be removed or made safe after disposal.
    """
    wheels = [part for part in satellite.components if part.momentum_n_m_s is not None]
    found = [
        "solar array: disconnect it from the bus for good",
        f"battery, {satellite.battery.capacity_wh:g} Wh: discharge it and leave it without charging",
    ]
    if satellite.propulsion is not None:
        loaded = satellite.propulsion.propellant_mass_kg
        found.append(
            f"propellant, {loaded:g} kg loaded: burn or vent what disposal leaves, and its pressurant"
        )
    found += [
        f"{part.name}, {part.count} of {part.momentum_n_m_s:g} N m s: let it run down" for part in wheels
    ]
    senders = dict.fromkeys(radio.component for radio in satellite.transmitters)
    found += [f"{name}: switch the carrier off for good" for name in senders]
    return tuple(found)


def _orbit(target: Target, ballistic_coefficient_kg_m2: float) -> SpentOrbit:
    """The target orbit with what flies in it."""
    return SpentOrbit(
        target.perigee_altitude_km,
        target.apogee_altitude_km,
        target.inclination_deg,
        ballistic_coefficient_kg_m2,
    )


def _after_the_life(
    mission: Mission, cases: tuple[Lifetime, ...], start: datetime, area_ratio: float
) -> tuple[float, ...]:
    """Years left after the working life where the area in the flow changes at its end.

    The same drag impulse must still be met with another area: exact where density falls off alike at all
    heights.
    """
    life_years = mission.requirements.lifetime_years
    left = tuple(max(0.0, case.lifetime_years - life_years) for case in cases)
    if area_ratio == 1.0:
        return left
    found = []
    for case, years in zip(cases, left, strict=True):
        history = drag_course(mission.target, case.case, start, case.lifetime_years)
        end_s = life_years * JULIAN_YEAR_S
        spent_pa_s = history.impulse_pa_s(end_s)
        due_pa_s = history.impulse_pa_s(end_s + years * JULIAN_YEAR_S) - spent_pa_s
        down_s = history.duration_s(spent_pa_s + due_pa_s / area_ratio)
        found.append(max(0.0, down_s - end_s) / JULIAN_YEAR_S if years > 0 else 0.0)
    return tuple(found)


def _left_m_s(
    mission: Mission, propulsion: Propulsion, mass: MassBudget, maneuvers: tuple[Maneuver, ...]
) -> float:
    """What is left to lower the perigee with: after the other lines, without the margin of this one."""
    left_m_s = available_delta_v_m_s(propulsion, mass.dry_mass_kg)
    left_m_s -= sum(line.required_m_s for line in delta_v_lines(maneuvers, mission.policy))
    return max(left_m_s, 0.0) / (1 + mission.policy.delta_v_margin_fraction)
