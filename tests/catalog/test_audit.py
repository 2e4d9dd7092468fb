"""Contradictions between published numbers are found by rule, each with what would reconcile it."""

import pytest

from cosmodrome.catalog import audit, find_vehicle, vehicle_names
from cosmodrome.models.quantity import Quantity


def found(name, rule, fleet=()):
    return [finding for finding in audit(find_vehicle(name), fleet) if finding.rule == rule]


def changed(vehicle, **updates):
    """A vehicle with another number."""
    return vehicle.model_copy(update=updates)


def quantity(value, **more):
    return Quantity(value=value, source="test", **more)


def test_full_tanks_against_a_lift_off_mass():
    """Soyuz from Kourou: 308 t published (flags.csv: flights are off-loaded), the parts weigh 315 t."""
    (finding,) = found("soyuz-st-b-fregat-mt", "lift-off mass")
    assert finding.claim.startswith("308 t on the pad")
    assert finding.difference.startswith("-7.13 t")
    assert "of propellant in each Blok" in finding.reconciled_by


def test_a_load_that_lasts_longer_than_the_burn():
    """CZ-7: 174 t at full thrust burn 213 s, 185 s are published (flags.csv: it needs about 151 t)."""
    core = next(f for f in found("cz-7", "burn time") if f.claim.startswith("Stage 1"))
    assert core.claim.startswith("Stage 1 burns 185 s")
    assert core.reconciled_by.startswith("a load of 150.97 t")


def test_one_stage_with_two_loads():
    """URM-1: 128.8 t in Angara 1.2 and 132.6 t in A5, without which A5's 773 t do not close."""
    fleet = [find_vehicle("angara-a5"), find_vehicle("angara-1.2")]
    (finding,) = found("angara-a5", "shared stage", fleet)
    assert finding.claim.startswith("132.6 t of propellant in URM-1")
    assert "128.8 t in URM-1 of angara-1.2" in finding.other_claim
    assert found("angara-a5", "shared stage", [find_vehicle("electron")]) == []


def test_sea_level_and_vacuum_of_different_engines():
    """Vulcain 2: thrust and impulse at sea level belong to 308 kg/s, in vacuum to 329 kg/s."""
    (finding,) = found("ariane-5-eca", "propellant flow")
    assert finding.difference.startswith("+6.8%")


def test_a_published_alternative_is_named_before_a_new_number():
    """The sum of Saturn IB closes with another published load of its first stage."""
    (finding,) = found("saturn-ib", "lift-off mass")
    assert finding.reconciled_by == "407.11 t propellant in each S-IB (NC)"


def test_lengths_against_the_height():
    (finding,) = found("vega", "height")
    assert finding.difference.startswith("+3.69 m")


def test_a_higher_orbit_does_not_carry_more():
    angara = find_vehicle("angara-1.2")
    figure = next(f for f in angara.payload_figures if f.perigee_altitude_km is not None)
    higher = figure.model_copy(
        update={"apogee_altitude_km": figure.apogee_altitude_km + 300, "payload_kg": 2 * figure.payload_kg}
    )
    vehicle = changed(angara, payload_figures=(figure, higher))
    (finding,) = [f for f in audit(vehicle) if f.rule == "payloads"]
    assert finding.difference == f"+{figure.payload_kg:g} kg to the higher orbit"


@pytest.mark.parametrize("gross_kg", [168_000, 171_000])
def test_a_sum_that_closes_is_not_told(gross_kg):
    """Angara 1.2 closes at 171 t with its payload and at 168 t without."""
    vehicle = changed(find_vehicle("angara-1.2"), gross_mass_kg=quantity(gross_kg))
    assert [f for f in audit(vehicle) if f.rule == "lift-off mass"] == []


def test_an_estimate_proves_nothing():
    vehicle = changed(find_vehicle("angara-1.2"), gross_mass_kg=quantity(150_000))
    assert [f.rule for f in audit(vehicle)].count("lift-off mass") == 1
    guessed = changed(vehicle, gross_mass_kg=quantity(150_000, estimated=True))
    assert [f for f in audit(guessed) if f.rule == "lift-off mass"] == []


def test_every_finding_says_what_would_reconcile_it():
    fleet = [find_vehicle(name) for name in vehicle_names()]
    findings = [finding for vehicle in fleet for finding in audit(vehicle, fleet)]
    assert len(findings) > 50
    assert all(f.claim and f.other_claim and f.difference and f.reconciled_by for f in findings)


def test_loads_of_other_sources_that_the_lift_off_mass_rules_out():
    """Angara A5: five URM-1 of 128 t leave 755 of 773 t on the pad. Rokot: 71.5 t leave 99 of 107.5 t."""
    angara = next(f for f in found("angara-a5", "other load") if "propellant" in f.claim)
    assert angara.claim.startswith("128 t of propellant in each URM-1")
    assert angara.other_claim.startswith("773 t on the pad")
    assert angara.difference.startswith("+17.6 t")
    rokot = next(f for f in found("rokot", "other load") if "propellant in each Stage 1" in f.claim)
    assert rokot.claim.startswith("71.455 t")
    assert rokot.difference.startswith("+8.52 t")
    assert rokot.reconciled_by.startswith("the catalog's 80 t")


def test_a_load_that_closes_is_not_told():
    """129 t in each URM-1 of Angara A5 would leave 760 t with the payload; 132 t close."""
    vehicle = find_vehicle("angara-a5")
    booster = vehicle.stages[0]
    load = booster.propellant_mass_kg
    other = load.alternatives[0].model_copy(update={"value": 132_000.0})
    closing = booster.model_copy(
        update={"propellant_mass_kg": load.model_copy(update={"alternatives": (other,)})}
    )
    again = changed(vehicle, stages=(closing, *vehicle.stages[1:]))
    told = [f for f in audit(again) if f.rule == "other load" and "URM-1 boosters" in f.claim]
    assert [f for f in told if f.claim.startswith("132")] == []


def test_two_versions_of_one_vehicle():
    """CZ-2D: 250 t with the 52.7 t second stage, 232 t with one of 35.6 t, whose payload is 3.5 t."""
    (finding,) = found("cz-2d", "two lift-off masses")
    assert finding.claim.startswith("250 t on the pad")
    assert finding.other_claim.startswith("232.25 t")
    assert "nor are its payloads theirs; 35.55 t of propellant in each Stage 2" in finding.reconciled_by
