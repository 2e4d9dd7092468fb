"""What a second of specific impulse, a kilogram or a percent is worth in payload, from the multipliers.

At an optimum the payload's derivative in any number of the problem is that of the Lagrangian, so one solve
gives them all: no ascent is optimized again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.nodes import SEGMENT_PARAMETERS
from cosmodrome.ascent.optimize import Proved
from cosmodrome.ascent.phases import AscentPlan, ascent_plan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.schedule import NUMBERS_PER_SEGMENT
from cosmodrome.ascent.solve import bounds, parameter_vector
from cosmodrome.ascent.transcription import LIFTOFF_AT, SEGMENTS_AT, SPARED_WEIGHT, zones_at
from cosmodrome.models.vehicle import Stage, Vehicle

Array = NDArray[np.float64]
SPARED_ABOVE_KG = 1.0  # of propellant left beyond the reserve, above which the last stage is not burned out
_STEP = 1e-4  # of a change, for the differences of the parameters


@dataclass(frozen=True, slots=True)
class PayloadPartial:
    """The payload's change for a unit change of one number; the mission flown anew."""

    stage: str  # empty for the whole vehicle
    quantity: str
    per: str
    change_kg: float

    def __repr__(self) -> str:
        return f"<PayloadPartial {self.stage} {self.quantity}: {self.change_kg:+.3f} kg per {self.per}>"


def payload_partials(proved: Proved) -> tuple[PayloadPartial, ...]:
    """Derivatives of the maximized payload in the vehicle's numbers.

    dP/dtheta = -lambda . dg/dp dp/dtheta + mu . db/dtheta, with the multipliers lambda of the constraints g
    and mu of the fixed lengths b; dp/dtheta and db/dtheta by differences of the problem's numbers alone.

    Parameters
    ----------
    proved : Proved
        A converged solution that maximizes payload.

    Returns
    -------
    tuple of PayloadPartial
        Per stage: a second of specific impulse at the same thrust, a kilogram of dry mass, a kilogram of
        propellant, a percent of thrust; for the vehicle: a percent of drag, a kilogram of fairing.

    Notes
    -----
    What is maximized is worth = payload + a hundredth of the mass at cut-off, each in its unit. Where the
    last stage is burned out, the second follows from the first and is taken off. Where propellant is left
    over because thrust limits the payload, it stays in, and a partial may be off by a hundredth of what it
    changes in the propellant left.

    References
    ----------
    Fiacco, A. V., Introduction to Sensitivity and Stability Analysis in Nonlinear Programming, 1983.
    """
    sensitivity = Sensitivity.of(proved)
    vehicle = proved.problem.vehicle
    partials = []
    for stage, quantity, per, change in _changes(vehicle):
        plan = plan_of_vehicle(proved, change(_STEP))
        partials.append(PayloadPartial(stage, quantity, per, sensitivity.payload_kg(plan) / _STEP))
    draggy = plan_with_drag(proved.solution.plan, 1 + 0.01 * _STEP)
    partials.append(PayloadPartial("", "drag", "1 %", sensitivity.payload_kg(draggy) / _STEP))
    return tuple(partials)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Multipliers of a solution, ready to be applied to a changed plan."""

    problem: AscentProblem
    proved: Proved
    in_parameters: Array  # derivative of the scaled payload
    in_bounds: Array

    @classmethod
    def of(cls, proved: Proved) -> "Sensitivity":
        """Read the multipliers of a solution."""
        solution = proved.solution
        rows, columns = solution.multipliers
        gradient = solution.compiled.program.parameter_gradient(solution.variables, solution.parameters, rows)
        return cls(proved.problem, proved, -gradient, columns)

    def payload_kg(self, plan: AscentPlan) -> float:
        """Change of the payload when the plan changes to this one."""
        solution = self.proved.solution
        before = solution.parameters
        units = before[SEGMENTS_AT : zones_at(len(plan.segments))].reshape(-1, SEGMENT_PARAMETERS)
        kept = np.append(units[:, NUMBERS_PER_SEGMENT], units[-1, NUMBERS_PER_SEGMENT + 1])
        after = parameter_vector(self.problem, plan, solution.launch, kept)
        after[LIFTOFF_AT[0]] = before[LIFTOFF_AT[0]]
        lower, upper, _, _ = bounds(self.problem, solution.plan, solution.compiled, solution.launch)
        new_lower, new_upper, _, _ = bounds(self.problem, plan, solution.compiled, solution.launch)
        shifted_lower = np.subtract(new_lower, lower, where=np.isfinite(lower), out=np.zeros_like(lower))
        shifted_upper = np.subtract(new_upper, upper, where=np.isfinite(upper), out=np.zeros_like(upper))
        moved = np.where(self.in_bounds < 0, shifted_lower, shifted_upper)
        worth = float(self.in_parameters @ (after - before) + self.in_bounds @ moved)
        payload_unit_kg, final_unit_kg = float(before[LIFTOFF_AT[0]]), float(kept[-1])
        if solution.final_mass_kg > _spent_kg(solution.plan, solution.payload_kg) + SPARED_ABOVE_KG:
            return worth * payload_unit_kg
        spared_per_kg = SPARED_WEIGHT / final_unit_kg
        heavier_kg = _spent_kg(plan, solution.payload_kg) - _spent_kg(solution.plan, solution.payload_kg)
        per_payload_kg = 1.0 / payload_unit_kg + spared_per_kg / (1.0 - solution.plan.reserve_fraction)
        return (worth - spared_per_kg * heavier_kg) / per_payload_kg


def _spent_kg(plan: AscentPlan, payload_kg: float) -> float:
    """Mass at cut-off with no propellant left but the reserve [kg]."""
    return (payload_kg + plan.last_stage_empty_kg) / (1.0 - plan.reserve_fraction)


def plan_of_vehicle(proved: Proved, vehicle: Vehicle) -> AscentPlan:
    """The solution's plan for a changed vehicle."""
    plan, problem = proved.solution.plan, proved.problem
    changed = ascent_plan(vehicle, problem.limits, plan.arrangement, problem.guided_rise)
    meshed = [replace(s, mesh=old.mesh) for s, old in zip(changed.segments, plan.segments, strict=True)]
    return replace(changed, segments=tuple(meshed))


def plan_with_drag(plan: AscentPlan, factor: float) -> AscentPlan:
    """A plan with so many times the drag."""
    wider = [
        replace(s, burn=replace(s.burn, drag_area_m2=s.burn.drag_area_m2 * factor)) for s in plan.segments
    ]
    return replace(plan, segments=tuple(wider))


Change = Callable[[float], Vehicle]


def _changes(vehicle: Vehicle) -> Iterator[tuple[str, str, str, Change]]:
    """Every change that is differentiated: stage, quantity, unit, and the vehicle so changed."""
    for index, stage in enumerate(vehicle.stages):
        one = 1.0 / stage.count
        yield stage.name, "specific impulse", "1 s", _shifted(vehicle, index, specific_impulse_vacuum_s=1.0)
        yield stage.name, "dry mass", "1 kg", _shifted(vehicle, index, dry_mass_kg=one)
        yield stage.name, "propellant", "1 kg", _shifted(vehicle, index, propellant_mass_kg=one)
        yield stage.name, "thrust", "1 %", _scaled_thrust(vehicle, index)
    if vehicle.fairing.mass_kg.value > 0:
        yield (
            "",
            "fairing mass",
            "1 kg",
            lambda step: vehicle.model_copy(
                update={
                    "fairing": vehicle.fairing.model_copy(
                        update={"mass_kg": _plus(vehicle.fairing.mass_kg, step)}
                    )
                }
            ),
        )


def _plus(quantity: Any, step: float) -> Any:
    return quantity.model_copy(update={"value": quantity.value + step})


def _with_stage(vehicle: Vehicle, index: int, stage: Stage) -> Vehicle:
    stages = list(vehicle.stages)
    stages[index] = stage
    return vehicle.model_copy(update={"stages": tuple(stages)})


def _shifted(vehicle: Vehicle, index: int, **steps: float) -> Change:
    stage = vehicle.stages[index]

    def change(step: float) -> Vehicle:
        update = {key: _plus(getattr(stage, key), size * step) for key, size in steps.items()}
        return _with_stage(vehicle, index, stage.model_copy(update=update))

    return change


def _scaled_thrust(vehicle: Vehicle, index: int) -> Change:
    stage = vehicle.stages[index]

    def change(step: float) -> Vehicle:
        update = {
            key: _plus(value, 0.01 * step * value.value)
            for key in ("thrust_vacuum_n", "thrust_sea_level_n")
            if (value := getattr(stage, key)) is not None
        }
        return _with_stage(vehicle, index, stage.model_copy(update=update))

    return change
