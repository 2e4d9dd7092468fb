"""Lifetime against the working life and the disposal rule; the perigee that propulsion must reach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from cosmodrome.budgets.delta_v import DeltaVBudget, available_delta_v_m_s, delta_v_budget
from cosmodrome.budgets.mass import MassBudget
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.lifetime import Lifetime, lifetime_cases, lifetimes_by_perigee_years
from cosmodrome.physics.maneuvers import perigee_change_delta_v_m_s, perigee_radius_after_m

_ENTRY_ALTITUDE_KM = 120.0  # below it an orbit ends within a revolution
_PERIGEE_TOLERANCE_KM = 2.0
_TRIALS = 16


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
    ballistic_coefficient_kg_m2: float
    drag_area_m2: float
    disposal_perigee_altitude_km: float | None  # decays within the rule; None where nothing need be done
    reached_perigee_altitude_km: float | None  # with the propellant left; None without propulsion
    disposal_delta_v_m_s: float  # to the disposal perigee

    def lifetime_years(self, case: str) -> float:
        """Natural lifetime from launch in one case of solar activity [years]."""
        return next(entry.lifetime_years for entry in self.cases if entry.case == case)

    def remaining_years(self, case: str) -> float:
        """Years in orbit after the working life in one case, maneuvers included [years]."""
        return next(entry.with_propulsion_years for entry in self.after_mission if entry.case == case)

    def __repr__(self) -> str:
        left = self.remaining_years("mean")
        return f"<DisposalBudget {left:.1f} of {self.rule_years:g} years after the mission>"


def disposal_budget(
    mission: Mission, satellite: Satellite, mass: MassBudget, start: datetime
) -> tuple[DisposalBudget, DeltaVBudget | None]:
    """Judge the lifetime, and size the perigee lowering where natural decay is too slow.

    Parameters
    ----------
    mission : Mission
        Target orbit, working life, rule, policy.
    satellite : Satellite
        Drag area and propulsion.
    mass : MassBudget
        Dry mass: with growth for the drag, with all allowances for the propellant.
    start : datetime
        Start of the orbit (UTC).

    Returns
    -------
    DisposalBudget
        Cases of solar activity, and the disposal perigee.
    DeltaVBudget or None
        None without propulsion.

    Notes
    -----
    The perigee is lowered from the target orbit, as if orbit keeping held it; natural decay on the way makes
    the burn smaller, never larger.

    References
    ----------
    ISO 24113:2023 (25 years), FCC 22-74 (2022) and ESA ESSB-ST-U-007 issue 1 (5 years).
    """
    target, asked = mission.target, mission.requirements
    ballistic_kg_m2 = mass.with_growth_kg / (satellite.drag_coefficient * satellite.drag_area_m2)
    orbit = _Orbit(
        target.perigee_altitude_km, target.apogee_altitude_km, target.inclination_deg, ballistic_kg_m2
    )
    cases = orbit.cases(start)
    end = start + timedelta(seconds=asked.lifetime_years * JULIAN_YEAR_S)
    natural = tuple(max(0.0, case.lifetime_years - asked.lifetime_years) for case in cases)
    is_due = any(
        years > asked.disposal_rule_years
        for years, case in zip(natural, cases, strict=True)
        if case.case == "mean"
    )
    perigee_km = _disposal_perigee_km(orbit, asked.disposal_rule_years, end) if is_due else None
    disposal_m_s = orbit.delta_v_m_s(perigee_km) if perigee_km is not None else 0.0
    after, reached_km, delta_v = natural, None, None
    if satellite.propulsion is not None:
        delta_v = delta_v_budget(
            satellite.propulsion, mission.policy, mass.dry_mass_kg, asked.maneuver_delta_v_m_s, disposal_m_s
        )
        left_m_s = available_delta_v_m_s(satellite.propulsion, mass.dry_mass_kg)
        left_m_s = left_m_s / (1 + mission.policy.delta_v_margin_fraction) - asked.maneuver_delta_v_m_s
        reached_km = orbit.perigee_after_km(max(left_m_s, 0.0))
        after = orbit.remaining_years(reached_km, natural, end) if is_due else natural
    budget = DisposalBudget(
        cases=cases,
        after_mission=tuple(
            AfterMission(case.case, by_itself, finally_)
            for case, by_itself, finally_ in zip(cases, natural, after, strict=True)
        ),
        working_life_years=asked.lifetime_years,
        rule_years=asked.disposal_rule_years,
        ballistic_coefficient_kg_m2=ballistic_kg_m2,
        drag_area_m2=satellite.drag_area_m2,
        disposal_perigee_altitude_km=perigee_km,
        reached_perigee_altitude_km=reached_km,
        disposal_delta_v_m_s=disposal_m_s,
    )
    return budget, delta_v


@dataclass(frozen=True, slots=True)
class _Orbit:
    """The target orbit and what drags on it."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    ballistic_coefficient_kg_m2: float

    def cases(self, start: datetime, perigee_altitude_km: float | None = None) -> tuple[Lifetime, ...]:
        perigee_km = self.perigee_altitude_km if perigee_altitude_km is None else perigee_altitude_km
        return lifetime_cases(
            perigee_km, self.apogee_altitude_km, self.inclination_deg, self.ballistic_coefficient_kg_m2, start
        )

    def delta_v_m_s(self, perigee_altitude_km: float) -> float:
        return perigee_change_delta_v_m_s(
            _radius_m(self.apogee_altitude_km),
            _radius_m(self.perigee_altitude_km),
            _radius_m(perigee_altitude_km),
        )

    def perigee_after_km(self, delta_v_m_s: float) -> float:
        radius_m = perigee_radius_after_m(
            _radius_m(self.apogee_altitude_km), _radius_m(self.perigee_altitude_km), delta_v_m_s
        )
        return (radius_m - EARTH_EQUATORIAL_RADIUS_M) / 1e3

    def remaining_years(
        self, perigee_altitude_km: float, natural: tuple[float, ...], end: datetime
    ) -> tuple[float, ...]:
        """Years after the burn, per case; a burn never lengthens what decay alone would take."""
        if perigee_altitude_km <= _ENTRY_ALTITUDE_KM:
            return tuple(0.0 for _ in natural)
        lowered = self.cases(end, perigee_altitude_km)
        return tuple(min(a, b.lifetime_years) for a, b in zip(natural, lowered, strict=True))


def _radius_m(altitude_km: float) -> float:
    return EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km


def _disposal_perigee_km(orbit: _Orbit, rule_years: float, end: datetime) -> float:
    """Highest perigee that decays within the rule at mean activity, on the safe side.

    Many perigees at once, then many between the two that enclose the rule, to 2 km.
    """
    low, high = _ENTRY_ALTITUDE_KM, orbit.perigee_altitude_km
    while high - low > _PERIGEE_TOLERANCE_KM:
        trials = np.linspace(low, high, _TRIALS + 2)
        years = lifetimes_by_perigee_years(
            trials[1:-1],
            orbit.apogee_altitude_km,
            orbit.inclination_deg,
            orbit.ballistic_coefficient_kg_m2,
            end,
            limit_years=rule_years,
        )
        down = int(np.argmax(np.append(years >= rule_years, True)))  # how many of the lowest come down
        low, high = float(trials[down]), float(trials[down + 1])
    return low
