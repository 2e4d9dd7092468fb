"""Published payloads that published masses cannot explain, found by rule."""

import pytest

from cosmodrome.ascent.claims import payload_claims, usual_reserves_m_s
from cosmodrome.catalog import find_vehicle
from cosmodrome.catalog.reserves import reserve_table


def claims(name):
    return list(payload_claims(find_vehicle(name)))


@pytest.mark.parametrize(
    ("name", "claim"),
    [("angara-1.2", "3500 kg to 200 x 200 km"), ("soyuz-2.1v", "2800 kg to 200 x 200 km")],
)
def test_known_contradictions_are_found_by_rule(name, claim):
    """Both fly a Blok I whose mass is a copy of Soyuz' (shared flags.csv)."""
    finding = next(f for f in claims(name) if f.claim.startswith(claim))
    assert finding.rule == "payload and masses"
    assert "a dry mass of" in finding.reconciled_by
    assert "a reserve of 1" in finding.reconciled_by


@pytest.mark.parametrize("name", ["soyuz-2.1a", "falcon-9-expendable", "proton-m"])
def test_what_agrees_is_not_told(name):
    assert claims(name) == []


def test_the_dry_mass_named_reconciles():
    """Angara 1.2 with the heavier last stage that the finding names: its own rows leave a usual reserve."""
    vehicle = find_vehicle("angara-1.2")
    finding = next(f for f in claims("angara-1.2") if f.claim.startswith("3500 kg"))
    dry_t = float(finding.reconciled_by.split("a dry mass of ")[1].split(" t")[0])
    last = vehicle.stages[-1]
    heavier = last.model_copy(
        update={"dry_mass_kg": last.dry_mass_kg.model_copy(update={"value": 1e3 * dry_t})}
    )
    changed = vehicle.model_copy(update={"stages": (*vehicle.stages[:-1], heavier)})
    assert not [f for f in payload_claims(changed) if f.claim.startswith("3500 kg")]


def test_usual_reserves_leave_the_vehicle_itself_out():
    rows = reserve_table().rows
    low, high = usual_reserves_m_s(rows, "angara-1.2")
    assert 0 < low < high < 1500
    without = [row for row in rows if row.vehicle != "angara-1.2"]
    assert usual_reserves_m_s(without, "angara-1.2") == (low, high)


def test_a_flown_mass_is_no_contradiction_where_more_would_fit():
    flown = {row.vehicle for row in reserve_table().rows if row.lower_bound and row.reserve_m_s > 1200}
    assert flown
    for name in flown:
        masses = {f"{row.published_kg:g} kg" for row in reserve_table().rows
                  if row.vehicle == name and row.lower_bound and row.reserve_m_s > 1200}  # fmt: skip
        assert not [f for f in claims(name) if f.claim.split(" to ")[0] in masses]
