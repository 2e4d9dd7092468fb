"""How far beyond a vehicle an orbit is that no mass taken off the last stage would bring within reach."""

import math
from dataclasses import dataclass

from cosmodrome.ascent.solve import Solution
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Vehicle

BETTER_STAGES = (1.3, 1.8, 3.0)  # times the specific impulse of the last stage, until the orbit is reached


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing without a payload."""

    velocity_m_s: float
    mass_kg: float  # of the empty last stage; less than all of it
    exhaust_ratio: float  # on the last stage's specific impulse, with which the ascent was flown

    @property
    def sentence(self) -> str:
        """What a reader must know of the ascent that is shown."""
        return (
            f"The orbit is about {self.velocity_m_s:.0f} m/s out of reach without a payload. "
            f"The ascent shown is that of a last stage with {self.exhaust_ratio:g} times the specific "
            "impulse and thrust."
        )


def with_exhaust(vehicle: Vehicle, factor: float) -> Vehicle:
    """A vehicle whose last stage exhausts the same flow so many times as fast."""

    def times(quantity: Quantity | None) -> Quantity | None:
        return quantity and quantity.model_copy(update={"value": factor * quantity.value})

    last = vehicle.stages[-1]
    faster = last.model_copy(
        update={
            "thrust_sea_level_n": times(last.thrust_sea_level_n),
            "thrust_vacuum_n": times(last.thrust_vacuum_n),
            "specific_impulse_sea_level_s": times(last.specific_impulse_sea_level_s),
            "specific_impulse_vacuum_s": times(last.specific_impulse_vacuum_s),
        }
    )
    return vehicle.model_copy(update={"stages": (*vehicle.stages[:-1], faster)})


def shortfall(solution: Solution, factor: float) -> Shortfall:
    """What a better last stage gave beyond all that the real one has.

    Parameters
    ----------
    solution : Solution
        Without a payload, with the least propellant of a stage with `factor` times the exhaust speed c.
    factor : float

    Notes
    -----
    Missing is f c ln(m0 / m1) - c ln(m0 / m_empty); the mass whose absence would give that to the empty
    stage is m_empty (1 - exp(-missing / c)).
    """
    plan, timeline = solution.plan, solution.timeline
    below = [n for n, burn in enumerate(plan.burns[:-1]) if burn.ends_stage]
    first = next(
        n for n, s in enumerate(plan.segments) if s.thrusts and (not below or s.burn_number > below[-1])
    )
    exhaust_m_s = plan.burns[-1].exhaust_speed_m_s / factor
    lit_kg, cut_kg = float(timeline[first].start_mass_kg), solution.final_mass_kg
    empty_kg = plan.last_stage_empty_kg
    needed = factor * exhaust_m_s * math.log(lit_kg / cut_kg)
    missing = needed - exhaust_m_s * math.log(lit_kg / empty_kg)
    return Shortfall(missing, empty_kg * -math.expm1(-missing / exhaust_m_s), factor)
