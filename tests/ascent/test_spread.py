"""The payload's spread: its parts against the partials and against optimizing again."""

import math

import numpy as np
import pytest

from cosmodrome.ascent.branches import fly_branches
from cosmodrome.ascent.partials import payload_partials
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.spread import payload_spread, uncertain_numbers
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.models.target import CircularTarget

TARGET = CircularTarget(kind="circular", altitude_km=200, inclination_deg=63)
SITE = find_site("plesetsk")


def flown(vehicle):
    return fly_branches(ascent_problem(vehicle, SITE, TARGET), SITE).proved


@pytest.fixture(scope="module")
def proved():
    return flown(find_vehicle("angara-1.2"))


@pytest.fixture(scope="module")
def spread(proved):
    return payload_spread(proved)


def part(spread, name):
    return next(each for each in spread.parts if each.name == name)


def test_parts_are_partials_times_spreads(proved, spread):
    vehicle = proved.problem.vehicle
    partials = {(p.stage, p.quantity): p.change_kg for p in payload_partials(proved)}
    checked = 0
    for stage in vehicle.stages:
        for quantity, value in (
            ("dry mass", stage.dry_mass_kg.value),
            ("propellant", stage.propellant_mass_kg.value),
            ("specific impulse", stage.specific_impulse_vacuum_s.value),
            ("thrust", 100.0),
        ):
            found = part(spread, f"{stage.name}: {quantity}")
            expected = partials[stage.name, quantity] * value * found.spread_ratio
            assert found.payload_kg == pytest.approx(expected, rel=2e-3)
            checked += 1
    assert checked == 8


def test_the_whole_is_the_root_sum_of_squares_and_the_largest_comes_first(spread):
    sizes = [abs(each.payload_kg) for each in spread.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert spread.standard_deviation_kg == pytest.approx(math.sqrt(sum(size**2 for size in sizes)))
    assert 100 < spread.standard_deviation_kg < 600


@pytest.mark.parametrize("name", ["URM-1: dry mass", "URM-1: propellant", "fairing mass", "adapter mass"])
def test_a_part_is_what_another_optimization_gives(proved, spread, name):
    """Half a standard deviation up and down, optimized again."""
    vehicle = proved.problem.vehicle
    number = next(each for each in uncertain_numbers(vehicle) if each.name == name)
    up, down = (flown(number.changed(vehicle, sign * 0.5)).solution.payload_kg for sign in (1, -1))
    assert up - down == pytest.approx(part(spread, name).payload_kg, rel=0.01)


def test_a_stage_flown_twice_has_one_number():
    """The URM-1 of Angara A5's boosters and core are one stage: their numbers are off together."""
    numbers = {each.name: each for each in uncertain_numbers(find_vehicle("angara-a5"))}
    shared = numbers["URM-1 boosters, URM-1 core: dry mass"]
    assert shared.stages == (0, 1)
    changed = shared.changed(find_vehicle("angara-a5"), 1.0)
    ratios = [
        new.dry_mass_kg.value / old.dry_mass_kg.value
        for new, old in zip(changed.stages, find_vehicle("angara-a5").stages, strict=True)
    ]
    assert ratios == pytest.approx([1 + shared.spread_ratio, 1 + shared.spread_ratio, 1.0])


def test_every_vehicle_has_numbers_with_a_spread():
    for name in ("electron", "pegasus-xl", "saturn-v", "falcon-9-asds"):
        numbers = list(uncertain_numbers(find_vehicle(name)))
        assert len({each.name for each in numbers}) == len(numbers)
        assert all(0 < each.spread_ratio < 1.6 for each in numbers)
        assert np.isfinite([each.spread_ratio for each in numbers]).all()
