"""Payload partials from the multipliers, against ascents optimized anew."""

from dataclasses import replace

import pytest

from cosmodrome.ascent.optimize import best_solution
from cosmodrome.ascent.partials import payload_partials
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.catalog import find_drag_curve, find_site, find_vehicle
from cosmodrome.models.target import CircularTarget
from cosmodrome.physics.aerodynamics import drag_table

TARGET = CircularTarget(kind="circular", altitude_km=200, inclination_deg=63)
PROBLEM = ascent_problem(find_vehicle("angara-1.2"), find_site("plesetsk"), TARGET)
STAGES = tuple(stage.name for stage in PROBLEM.vehicle.stages)
STEPS = {"specific impulse": 0.3, "dry mass": 50.0, "propellant": 50.0, "thrust": 1.0}


@pytest.fixture(scope="module")
def partials():
    return {(p.stage, p.quantity): p.change_kg for p in payload_partials(best_solution(PROBLEM, "ascending"))}


def with_stage(number, **changes):
    """The problem with numbers of one stage changed by so much."""
    stages = list(PROBLEM.vehicle.stages)
    values = {name: getattr(stages[number], name) for name in changes}
    update = {k: v.model_copy(update={"value": v.value + changes[k]}) for k, v in values.items()}
    stages[number] = stages[number].model_copy(update=update)
    return replace(PROBLEM, vehicle=PROBLEM.vehicle.model_copy(update={"stages": tuple(stages)}))


def with_thrust(number, percent):
    stage = PROBLEM.vehicle.stages[number]
    names = [n for n in ("thrust_vacuum_n", "thrust_sea_level_n") if getattr(stage, n) is not None]
    return with_stage(number, **{n: percent / 100 * getattr(stage, n).value for n in names})


def with_fairing(step_kg):
    fairing = PROBLEM.vehicle.fairing
    mass = fairing.mass_kg.model_copy(update={"value": fairing.mass_kg.value + step_kg})
    heavier = fairing.model_copy(update={"mass_kg": mass})
    return replace(PROBLEM, vehicle=PROBLEM.vehicle.model_copy(update={"fairing": heavier}))


def with_drag(percent):
    curve = find_drag_curve(PROBLEM.vehicle.drag_curve)
    scaled = tuple((1 + percent / 100) * c for c in curve.drag_coefficient)
    return replace(PROBLEM, drag=drag_table(curve.mach, scaled))


def difference(changed, step):
    """Central difference of the payload, each side optimized from scratch."""
    above, below = (best_solution(changed(s), "ascending").solution.payload_kg for s in (step, -step))
    return (above - below) / (2 * step)


def agrees(expected):
    """0.2 %, of which the central difference over 1 % of thrust takes half; the others agree to 1e-5."""
    return pytest.approx(expected, rel=0.002, abs=1e-6)


@pytest.mark.parametrize("quantity", STEPS)
@pytest.mark.parametrize("number", range(2))
def test_partials_of_a_stage_are_those_of_new_optima(partials, number, quantity):
    """A second, a kilogram or a percent more or less, by central differences."""
    keys = {
        "specific impulse": "specific_impulse_vacuum_s",
        "dry mass": "dry_mass_kg",
        "propellant": "propellant_mass_kg",
    }

    def changed(step):
        if quantity == "thrust":
            return with_thrust(number, step)
        return with_stage(number, **{keys[quantity]: step})

    assert partials[STAGES[number], quantity] == agrees(difference(changed, STEPS[quantity]))


def test_the_partial_of_the_fairing(partials):
    assert partials["", "fairing mass"] == agrees(difference(with_fairing, 50.0))


def test_the_partial_of_drag(partials):
    assert partials["", "drag"] == agrees(difference(with_drag, 2.0))


def test_partials_have_the_signs_of_physics(partials):
    """Impulse, thrust and propellant help; dead weight hinders, in the last stage kilogram for kilogram."""
    for stage in STAGES:
        assert partials[stage, "specific impulse"] > 0
        assert partials[stage, "thrust"] > 0
        assert partials[stage, "propellant"] > 0
    assert partials[STAGES[1], "dry mass"] == pytest.approx(-1.0, abs=1e-3)
    assert -0.5 < partials[STAGES[0], "dry mass"] < 0
    assert -0.5 < partials["", "fairing mass"] < 0
    assert partials["", "drag"] < 0


def test_every_number_is_told_with_its_unit(partials):
    """Four for each stage, and two for the vehicle."""
    assert set(partials) == {(s, q) for s in STAGES for q in STEPS} | {("", "fairing mass"), ("", "drag")}
