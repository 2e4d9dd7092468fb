"""The lowering of the perigee at the end: by how much, with what, in what time, and the decay after it."""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from cosmodrome.budgets.delta_v import Ingredient, Maneuver, thrust_days
from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.models.satellite import Propulsion
from cosmodrome.orbit.forces import SpaceWeatherCase
from cosmodrome.orbit.lifetime import Lifetime, lifetime_cases, lifetimes_by_perigee_years
from cosmodrome.physics.maneuvers import (
    long_burn_ratio,
    perigee_change_delta_v_m_s,
    perigee_radius_after_m,
)

_ENTRY_ALTITUDE_KM = 120.0  # below it an orbit ends within a revolution
_PERIGEE_TOLERANCE_KM = 2.0
_TRIALS = 20
_ENOUGH = 2.0  # times the rule that a decay is followed
_IMPULSE = "physics.maneuvers.perigee_change_delta_v_m_s"
_LONG_BURN = "physics.maneuvers.long_burn_ratio"


@dataclass(frozen=True, slots=True)
class LoweringBurn:
    """What the propulsion can do about the perigee once all else is done."""

    left_m_s: float  # speed that the propellant left is worth, without the margin of disposal
    impulse_ratio: float  # how much more than an impulse at the apogee the burn takes
    reached_perigee_altitude_km: float  # the disposal perigee at the lowest, where the thrust takes time
    thrust_days: float  # to there, at its duty; zero for an impulse


@dataclass(frozen=True, slots=True)
class SpentOrbit:
    """The target orbit and what drags on it."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    ballistic_coefficient_kg_m2: float

    def cases(self, start: datetime, perigee_altitude_km: float | None = None) -> tuple[Lifetime, ...]:
        """Lifetimes by course of solar activity, from another perigee if one is given."""
        perigee_km = self.perigee_altitude_km if perigee_altitude_km is None else perigee_altitude_km
        return lifetime_cases(
            perigee_km, self.apogee_altitude_km, self.inclination_deg, self.ballistic_coefficient_kg_m2, start
        )

    def delta_v_m_s(self, perigee_altitude_km: float) -> float:
        """Impulse at the apogee down to a perigee [m/s]."""
        return perigee_change_delta_v_m_s(
            _radius_m(self.apogee_altitude_km),
            _radius_m(self.perigee_altitude_km),
            _radius_m(perigee_altitude_km),
        )

    def perigee_after_km(self, delta_v_m_s: float) -> float:
        """Perigee that an impulse at the apogee leaves [km]."""
        radius_m = perigee_radius_after_m(
            _radius_m(self.apogee_altitude_km), _radius_m(self.perigee_altitude_km), delta_v_m_s
        )
        return (radius_m - EARTH_EQUATORIAL_RADIUS_M) / 1e3

    def remaining_years(
        self, burn: LoweringBurn, natural: tuple[float, ...], end: datetime
    ) -> tuple[float, ...]:
        """Years with the burn, per case; a burn never lengthens what decay alone would take."""
        thrust_years = burn.thrust_days * DAY_S / JULIAN_YEAR_S
        if burn.reached_perigee_altitude_km <= _ENTRY_ALTITUDE_KM:
            return tuple(min(alone, thrust_years) for alone in natural)
        lowered = self.cases(end, burn.reached_perigee_altitude_km)
        return tuple(min(a, thrust_years + b.lifetime_years) for a, b in zip(natural, lowered, strict=True))


@dataclass(frozen=True, slots=True)
class Mover:
    """What lowers the perigee of an orbit; an impulse where there is no propulsion to say otherwise."""

    orbit: SpentOrbit
    propulsion: Propulsion | None
    dry_mass_kg: float

    @property
    def impulse_ratio(self) -> float:
        """How much more than an impulse the lowering of the perigee takes."""
        if self.propulsion is None or self.propulsion.kind == "chemical":
            return 1.0
        return long_burn_ratio(math.pi * self.propulsion.thrust_duty_fraction)

    def delta_v_m_s(self, perigee_altitude_km: float) -> float:
        """Speed change down to a perigee."""
        return self.impulse_ratio * self.orbit.delta_v_m_s(perigee_altitude_km)

    def thrust_days(self, perigee_altitude_km: float) -> float:
        """Time that it takes down to there; none for an impulse."""
        if self.propulsion is None:
            return 0.0
        return thrust_days(self.propulsion, self.dry_mass_kg, self.delta_v_m_s(perigee_altitude_km)) or 0.0

    def burn(self, left_m_s: float, disposal_perigee_km: float | None) -> LoweringBurn:
        """With all that is left; where thrust takes time not below the perigee that is asked for."""
        reached_km = self.orbit.perigee_after_km(left_m_s / self.impulse_ratio)
        if self.propulsion is not None and self.propulsion.kind == "electric":
            lowest_km = self.orbit.perigee_altitude_km if disposal_perigee_km is None else disposal_perigee_km
            reached_km = max(reached_km, lowest_km)
        return LoweringBurn(left_m_s, self.impulse_ratio, reached_km, self.thrust_days(reached_km))


def _radius_m(altitude_km: float) -> float:
    return EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km


def disposal_perigee_km(mover: Mover, rule_years: float, end: datetime, case: SpaceWeatherCase) -> float:
    """Highest perigee that comes down within the rule in one case of solar activity, on the safe side.

    Thrust is included. Many perigees at once, then between the two that enclose the rule where the logarithm
    of the time is in proportion to the height, or many again where that is not known; to 2 km. Where none
    does, because the thrust takes too long, the lowest.
    """
    takes_time = mover.propulsion is not None and mover.propulsion.kind == "electric"
    moved = mover if takes_time else Mover(mover.orbit, None, 0.0)
    return _highest_perigee_km(moved, rule_years, end, case)


@lru_cache(maxsize=64)
def _highest_perigee_km(mover: Mover, rule_years: float, end: datetime, case: SpaceWeatherCase) -> float:
    orbit = mover.orbit
    low, high = _ENTRY_ALTITUDE_KM, orbit.perigee_altitude_km
    while high - low > _PERIGEE_TOLERANCE_KM:
        trials = np.linspace(low, high, _TRIALS + 2)
        years = lifetimes_by_perigee_years(
            trials[1:-1],
            orbit.apogee_altitude_km,
            orbit.inclination_deg,
            orbit.ballistic_coefficient_kg_m2,
            end,
            limit_years=_ENOUGH * rule_years,
            space_weather=case,
        )
        years = years + np.array([mover.thrust_days(km) for km in trials[1:-1]]) * DAY_S / JULIAN_YEAR_S
        down = np.flatnonzero(years < rule_years)
        at = int(down[-1]) + 1 if len(down) else 0
        low, high = float(trials[at]), float(trials[at + 1])
        if 0 < at < _TRIALS and years[at] < _ENOUGH * rule_years:
            share = math.log(rule_years / years[at - 1]) / math.log(years[at] / years[at - 1])
            return low + share * (high - low) - 0.5 * _PERIGEE_TOLERANCE_KM
    return low


def disposal_maneuver(mover: Mover, perigee_km: float | None, delta_v_m_s: float) -> Maneuver:
    """The lowering of the perigee, with what it follows from."""
    if perigee_km is None:
        return Maneuver("disposal", 0.0, "computed", "natural decay is fast enough")
    orbit, formula, made_by = mover.orbit, "apogee speed before − after", _IMPULSE
    ingredients = [
        Ingredient("apogee", orbit.apogee_altitude_km, "km", "target orbit"),
        Ingredient("perigee before", orbit.perigee_altitude_km, "km", "target orbit"),
        Ingredient("disposal perigee", perigee_km, "km", "highest that comes down within the rule"),
    ]
    if mover.impulse_ratio != 1.0:
        duty = mover.propulsion.thrust_duty_fraction if mover.propulsion is not None else 1.0
        impulse_m_s = delta_v_m_s / mover.impulse_ratio
        ingredients += [
            Ingredient("impulse at the apogee", impulse_m_s, "m/s", formula, made_by),
            Ingredient("duty of thrust", duty, "", "mission file"),
            Ingredient("long burn over impulse", mover.impulse_ratio, "", "α = π duty", _LONG_BURN),
        ]
        formula, made_by = "impulse × long burn over impulse", ""
    why = f"perigee lowered to {perigee_km:.0f} km"
    return Maneuver("disposal", delta_v_m_s, "computed", why, tuple(ingredients), formula, made_by)
