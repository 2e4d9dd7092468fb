"""How far the payload may be off because the numbers of the vehicle are: spreads through the partials."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from cosmodrome.ascent.optimize import Proved
from cosmodrome.ascent.partials import Sensitivity, plan_of_vehicle, plan_with_drag
from cosmodrome.catalog.spreads import Kind, class_spread_ratio, spread_ratio
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Fairing, Stage, Vehicle

_Part = TypeVar("_Part", Stage, Fairing)
_STEP = 1e-3  # of a standard deviation, for the differences of the program's parameters


@dataclass(frozen=True, slots=True)
class UncertainNumber:
    """A number of a vehicle with its spread; stages that are built alike share it."""

    stages: tuple[int, ...]  # indices; empty for the whole vehicle
    name: str  # the stages' and the number's, for people
    keys: tuple[str, ...]  # fields that change together, by the same ratio
    spread_ratio: float

    def changed(self, vehicle: Vehicle, deviations: float) -> Vehicle:
        """The vehicle with the number so many standard deviations higher; drag is not the vehicle's."""
        factor = 1.0 + deviations * self.spread_ratio
        stages = tuple(
            _scaled(stage, self.keys, factor) if index in self.stages else stage
            for index, stage in enumerate(vehicle.stages)
        )
        update: dict[str, object] = {"stages": stages}
        if self.keys == ("fairing",):
            update["fairing"] = _scaled(vehicle.fairing, ("mass_kg",), factor)
        elif not self.stages and self.keys:
            update |= {key: _times(getattr(vehicle, key), factor) for key in self.keys}
        return vehicle.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """What one number's spread does to the payload."""

    name: str
    spread_ratio: float
    payload_kg: float  # for one standard deviation up


@dataclass(frozen=True, slots=True)
class PayloadSpread:
    """Standard deviation of the payload, and where it comes from, largest first."""

    standard_deviation_kg: float
    parts: tuple[SpreadPart, ...]

    def __repr__(self) -> str:
        return f"<PayloadSpread {self.standard_deviation_kg:.0f} kg, most from {self.parts[0].name}>"


def payload_spread(proved: Proved) -> PayloadSpread:
    """The spread of the catalog's numbers, carried to the payload.

    sigma_P^2 = sum((dP/dx_i sigma_i)^2) over independent numbers x_i: dry masses, propellant, specific
    impulses and thrusts of stages, fairing and adapter, residuals, drag.

    Parameters
    ----------
    proved : Proved
        Of the largest payload; its multipliers give the partials.

    Returns
    -------
    PayloadSpread

    Notes
    -----
    Linear, and between numbers that are taken as independent. `benchmarks/payload_spread.py` holds it against
    vehicles drawn at random and optimized again.
    """
    sensitivity = Sensitivity.of(proved)
    vehicle = proved.problem.vehicle
    parts = []
    for number in uncertain_numbers(vehicle):
        if number.keys:
            plan = plan_of_vehicle(proved, number.changed(vehicle, _STEP))
        else:
            plan = plan_with_drag(proved.solution.plan, 1.0 + _STEP * number.spread_ratio)
        parts.append(SpreadPart(number.name, number.spread_ratio, sensitivity.payload_kg(plan) / _STEP))
    parts.sort(key=lambda part: -abs(part.payload_kg))
    return PayloadSpread(math.hypot(*(part.payload_kg for part in parts)), tuple(parts))


_STAGE_NUMBERS: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
    ("dry mass", "dry mass", ("dry_mass_kg",)),
    ("propellant", "propellant", ("propellant_mass_kg",)),
    (
        "specific impulse",
        "specific impulse",
        ("specific_impulse_vacuum_s", "specific_impulse_sea_level_s"),
    ),
    ("thrust", "thrust", ("thrust_vacuum_n", "thrust_sea_level_n")),
    ("residual propellant", "other mass", ("residual_propellant_kg",)),
    ("propellant for recovery", "other mass", ("recovery_propellant_kg",)),
    ("jettisoned mass", "other mass", ("jettisoned_mass_kg",)),
)


def uncertain_numbers(vehicle: Vehicle) -> Iterator[UncertainNumber]:
    """Every number of a vehicle that its payload depends on; that of a shared stage once.

    Parameters
    ----------
    vehicle : Vehicle
    """
    for label, kind, keys in _STAGE_NUMBERS:
        alike: dict[tuple[object, ...], list[int]] = {}
        for index, stage in enumerate(vehicle.stages):
            quantity = getattr(stage, keys[0])
            if quantity is not None and quantity.value > 0:
                alike.setdefault((stage.engine, quantity.value, quantity.source), []).append(index)
        for indices in alike.values():
            quantity = getattr(vehicle.stages[indices[0]], keys[0])
            names = ", ".join(dict.fromkeys(vehicle.stages[index].name for index in indices))
            yield UncertainNumber(tuple(indices), f"{names}: {label}", keys, spread_ratio(quantity, kind))
    if vehicle.fairing.mass_kg.value > 0:
        ratio = spread_ratio(vehicle.fairing.mass_kg, "fairing mass")
        yield UncertainNumber((), "fairing mass", ("fairing",), ratio)
    if vehicle.adapter_mass_kg is not None:
        ratio = spread_ratio(vehicle.adapter_mass_kg, "other mass")
        yield UncertainNumber((), "adapter mass", ("adapter_mass_kg",), ratio)
    yield UncertainNumber((), "drag", (), class_spread_ratio("drag", "estimated"))


def _times(quantity: Quantity | None, factor: float) -> Quantity | None:
    return quantity and quantity.model_copy(update={"value": factor * quantity.value})


def _scaled(part: _Part, keys: tuple[str, ...], factor: float) -> _Part:
    return part.model_copy(update={key: _times(getattr(part, key), factor) for key in keys})
