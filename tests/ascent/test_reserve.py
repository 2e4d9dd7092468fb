"""Payloads with a reserve against ascents of a vehicle that keeps it, and back."""

import math

import pytest

from cosmodrome.ascent.branches import fly_branches
from cosmodrome.ascent.capability import payload_capability
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.published import (
    expected_reserve,
    figure_target,
    published_payloads,
    reserve_rows,
)
from cosmodrome.ascent.reserve import payload_with_reserve, reserve_for_payload
from cosmodrome.catalog import find_site, find_vehicle, vehicle_names
from cosmodrome.catalog.reserves import reserve_table, vehicle_fingerprint
from cosmodrome.models.target import CircularTarget

TARGET = CircularTarget(kind="circular", altitude_km=200, inclination_deg=63)
SITE = find_site("plesetsk")


def flown(vehicle):
    return fly_branches(ascent_problem(vehicle, SITE, TARGET), SITE).proved


@pytest.fixture(scope="module")
def proved():
    return flown(find_vehicle("angara-1.2"))


def test_it_is_the_ascent_of_a_vehicle_that_keeps_the_reserve(proved):
    """Solved cold; the warm steps end at the same optimum."""
    asked = (150.0, 600.0)
    payloads, complaints = payload_with_reserve(proved, asked)
    assert complaints == ()
    for reserve, payload in zip(asked, payloads, strict=True):
        keeping = find_vehicle("angara-1.2").model_copy(update={"performance_reserve_m_s": reserve})
        assert payload == pytest.approx(flown(keeping).solution.payload_kg, rel=2e-5)


def test_no_reserve_is_the_physics_and_a_negative_one_lifts_more(proved):
    (none, more), _ = payload_with_reserve(proved, (0.0, -100.0))
    assert none == pytest.approx(proved.solution.payload_kg, rel=1e-6)
    assert more > none


def test_the_reserve_is_left_as_propellant_by_the_rocket_equation(proved):
    """With a given payload, what is left of the propellant gives the reserve that was found for it."""
    found = reserve_for_payload(proved, 4500.0)
    problem = ascent_problem(find_vehicle("angara-1.2"), SITE, TARGET, payload_kg=4500.0)
    laden = fly_branches(problem, SITE).best
    exhaust = 9.80665 * find_vehicle("angara-1.2").stages[-1].specific_impulse_vacuum_s.value
    left = exhaust * math.log(laden.final_mass_kg / (laden.final_mass_kg - laden.propellant_left_kg))
    assert found.reserve_m_s == pytest.approx(left, abs=0.5)
    assert found.payload_kg == pytest.approx(4500, abs=0.05)


@pytest.mark.parametrize("payload_kg", [2500.0, 5000.0, 6500.0])
def test_there_and_back(proved, payload_kg):
    found = reserve_for_payload(proved, payload_kg)
    (payload,), _ = payload_with_reserve(proved, (found.reserve_m_s,))
    assert payload == pytest.approx(payload_kg, rel=2e-5)
    (more,), _ = payload_with_reserve(proved, (found.reserve_m_s + 1.0,))
    assert more - payload == pytest.approx(found.slope_kg_s_m, rel=0.02)


@pytest.mark.parametrize("name", ["angara-1.2", "cz-2c", "soyuz-2.1v"])
def test_the_shipped_rows_are_what_is_flown(name):
    shipped = [each for each in reserve_table().rows if each.vehicle == name]
    again = list(reserve_rows(find_vehicle(name)))
    assert len(again) == len(shipped) > 0
    for new, old in zip(again, shipped, strict=True):
        assert new.reserve_m_s == pytest.approx(old.reserve_m_s, abs=1.0)
        assert new.physics_kg == pytest.approx(old.physics_kg, rel=1e-4)
        told = (
            "family",
            "site",
            "inclination_deg",
            "published_kg",
            "burns_count",
            "lower_bound",
            "confidence",
        )
        assert [getattr(new, key) for key in told] == [getattr(old, key) for key in told]


def test_the_shipped_rows_are_of_the_shipped_vehicles():
    stale = [
        entry.name
        for entry in reserve_table().vehicles
        if entry.fingerprint != vehicle_fingerprint(find_vehicle(entry.name))
    ]
    assert not stale, f"run tools/build_reserves.py: {stale}"


def test_another_mass_is_another_vehicle_and_its_rows_are_flown_anew():
    """A second stage 1.3 t heavier: the same published payloads leave less, so that they stay the answer."""
    vehicle = find_vehicle("angara-1.2")
    last = vehicle.stages[-1]
    heavier = last.model_copy(update={"dry_mass_kg": last.dry_mass_kg.model_copy(update={"value": 3655.0})})
    changed = vehicle.model_copy(update={"stages": (vehicle.stages[0], heavier)})
    assert vehicle_fingerprint(changed) != vehicle_fingerprint(vehicle)
    renamed = vehicle.model_copy(update={"title": "Another name", "notes": "and another note"})
    assert vehicle_fingerprint(renamed) == vehicle_fingerprint(vehicle)
    before, after = (expected_reserve(each, False).rows for each in (vehicle, changed))
    for old, new in zip(before, after, strict=True):
        assert new.physics_kg == pytest.approx(old.physics_kg - 1300, abs=2)
        assert new.reserve_m_s < old.reserve_m_s - 200


def test_a_variant_keeps_the_reserve_and_loses_payload():
    """A mission's own dry mass, and a folder's own vehicle: 500 kg more on the last stage are 500 kg less."""
    vehicle = find_vehicle("angara-1.2")
    last = vehicle.stages[-1]
    heavier = last.model_copy(update={"dry_mass_kg": last.dry_mass_kg.model_copy(update={"value": 2855.0})})
    variant = vehicle.model_copy(
        update={"stages": (vehicle.stages[0], heavier), "variant_of": "angara-1.2", "name": "mine"}
    )
    before, after = (payload_capability(each, SITE, TARGET) for each in (vehicle, variant))
    assert after.reserve_m_s == before.reserve_m_s
    assert before.physics_kg - after.physics_kg == pytest.approx(500, abs=1)
    assert before.payload_kg - after.payload_kg == pytest.approx(500, abs=1)
    assert after.reserve.basis == "4 published payloads of angara-1.2"


def test_a_figure_without_an_orbit_gives_no_row_and_no_target():
    unstated = [f for f in find_vehicle("angara-1.2").payload_figures if f.inclination_deg is None]
    assert unstated
    assert [figure_target(figure) for figure in unstated] == [None] * len(unstated)


def test_published_figures_are_compared_near_their_orbit_alone():
    beside = published_payloads(
        find_vehicle("angara-1.2"), "plesetsk", TARGET, physics_kg=5750.0, payload_kg=3800.0
    )
    near = [each for each in beside if each.payload_over_published_ratio is not None]
    assert [each.figure.payload_kg for each in near] == [3500, 3800, 3700]
    assert near[1].payload_over_published_ratio == pytest.approx(1.0)
    assert near[0].physics_over_published_ratio == pytest.approx(5750 / 3500)


def test_every_row_is_of_a_figure_with_a_stated_orbit():
    for name in vehicle_names():
        stated = [f.payload_kg for f in find_vehicle(name).payload_figures if figure_target(f) is not None]
        rows = [each.published_kg for each in reserve_table().rows if each.vehicle == name]
        assert all(kg in stated for kg in rows)


def test_a_limit_that_comes_into_play_does_not_lead_to_a_worse_optimum():
    """Falcon 9 meets its acceleration limit with 700 m/s left in stage 2; payloads stay on one curve."""
    site, target = find_site("ccsfs"), CircularTarget(kind="circular", altitude_km=200, inclination_deg=28.6)
    falcon = fly_branches(ascent_problem(find_vehicle("falcon-9-expendable"), site, target), site).proved
    payloads, complaints = payload_with_reserve(falcon, (200.0, 450.0, 700.0))
    assert complaints == ()
    first, second = math.log(payloads[1] / payloads[0]), math.log(payloads[2] / payloads[1])
    assert second == pytest.approx(first, rel=0.15)
