"""The vehicles of the catalog: equal to the collected facts, and sound enough to be drawn and flown."""

import csv
import math
from pathlib import Path

import pytest

from cosmodrome import catalog
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.vehicle import Stage, Vehicle

VEHICLES = catalog.vehicle_names()
with (Path(__file__).parent / "stage_masses.csv").open(newline="") as file:
    FACTS = list(csv.DictReader(file))  # of the shared vehicles.json, without a look at the catalog
# Where the catalog decides otherwise, with what the published number leaves out or is said to get wrong.
BUILT_OF_OTHERS = {
    *(f"atlas-v-{version}" for version in (411, 421, 431, 501, 511, 521, 531, 541)),
    "delta-ii-7320",
}
DECIDED = {
    ("atlas-v-401", "Common Core Booster", "dry_mass_kg"): 21054 + 947,  # interstage
    ("atlas-v-551", "Common Core Booster", "dry_mass_kg"): 21351 + 2212,  # interstage
    ("pegasus-xl", "Orion 50SXL + wing", "dry_mass_kg"): 1386 + 1000,  # wing, fins, skirt, interstage
    ("antares-230", "Stage 1", "dry_mass_kg"): 20600 + 700,  # interstage
    ("electron-kick", "Kick stage (Curie)", "propellant_mass_kg"): 40,  # its source: use 20-60 kg
}


def stages() -> list[tuple[str, Stage]]:
    return [(name, stage) for name in VEHICLES for stage in catalog.find_vehicle(name).stages]


def stage_id(value: object) -> str:
    return value.name if isinstance(value, Stage) else str(value)


@pytest.mark.parametrize("name", sorted(set(VEHICLES) - BUILT_OF_OTHERS))
def test_stages_are_those_of_the_facts(name: str) -> None:
    vehicle = catalog.find_vehicle(name)
    facts = [row for row in FACTS if row["vehicle"] == name.removesuffix("-kick")]
    if name == "electron":
        assert facts.pop()["stage"] == "Kick stage (Curie)"  # rides as the adapter
    assert [(stage.name, stage.count) for stage in vehicle.stages] == [
        (row["stage"], int(row["count"])) for row in facts
    ]
    for stage, row in zip(vehicle.stages, facts, strict=True):
        for key in ("dry_mass_kg", "propellant_mass_kg", "thrust_vacuum_n", "specific_impulse_vacuum_s"):
            expected = DECIDED.get((name, stage.name, key), float(row[key]))
            assert getattr(stage, key).value == expected, (stage.name, key)


def test_every_vehicle_of_the_facts_is_here() -> None:
    assert {row["vehicle"] for row in FACTS} | {"electron-kick"} == set(VEHICLES) - BUILT_OF_OTHERS


@pytest.mark.parametrize(("name", "stage_name", "key"), DECIDED)
def test_what_is_decided_keeps_the_published_number(name: str, stage_name: str, key: str) -> None:
    stage = next(s for s in catalog.find_vehicle(name).stages if s.name == stage_name)
    known_as = name.removesuffix("-kick")
    row = next(row for row in FACTS if (row["vehicle"], row["stage"]) == (known_as, stage_name))
    quantity = getattr(stage, key)
    assert quantity.note
    assert float(row[key]) in [other.value for other in quantity.alternatives]


def test_solid_curves_run_over_the_whole_burn() -> None:
    curves = [(name, stage) for name, stage in stages() if stage.thrust_curve_ratio]
    assert len(curves) == 12
    for name, stage in curves:
        assert stage.thrust_curve_ratio is not None
        burned = [fraction for fraction, _ in stage.thrust_curve_ratio]
        assert (burned[0], burned[-1]) == (0, 1), name
        assert burned == sorted(set(burned)), name
        assert 0.95 < max(thrust for _, thrust in stage.thrust_curve_ratio) < 1.05, name
        assert "thrust over the burned fraction: RO" in stage.note, name


def test_solid_motors_burn_for_the_published_time_at_their_mean_thrust() -> None:
    """t = m_p Isp g0 / F, with F the mean."""
    solids = [(n, s) for n, s in stages() if s.thrust_curve_ratio or "the mean thrust holds" in s.note]
    assert len(solids) == 50
    for name, stage in solids:
        assert stage.burn_time_s is not None
        flow = stage.thrust_vacuum_n.value / (stage.specific_impulse_vacuum_s.value * STANDARD_GRAVITY_M_S2)
        burn_s = stage.propellant_mass_kg.value / flow
        assert burn_s == pytest.approx(stage.burn_time_s.value, rel=0.01), (name, stage.name)


def test_propellant_kept_for_the_landing() -> None:
    """8.5 % of the load (shared vehicles.json)."""
    stage = catalog.find_vehicle("falcon-9-asds").stages[0]
    assert stage.recovery_propellant_kg is not None
    assert stage.recovery_propellant_kg.value == pytest.approx(0.085 * 410900, abs=1)
    assert "share of the propellant load" in stage.recovery_propellant_kg.source


def test_what_lights_in_the_air_says_when() -> None:
    lit = {
        (name, stage.name): stage.ignition_time_s
        for name, stage in stages()
        if stage.ignition_time_s is not None
    }
    assert lit == {
        ("delta-ii-7920", "GEM-40 (air-lit)"): 65.5,
        ("lvm3", "L110"): 110,
        ("pslv-g", "PSOM (S9) air-lit"): 25,
        ("pslv-xl", "PSOM-XL air-lit"): 25,
    }


def test_pegasus_is_dropped_by_an_aircraft() -> None:
    air_launch = catalog.find_vehicle("pegasus-xl").air_launch
    assert air_launch is not None
    assert air_launch.altitude_m.value == pytest.approx(39000 * 0.3048, abs=5)
    assert air_launch.speed_m_s.value == 240
    assert [name for name in VEHICLES if catalog.find_vehicle(name).air_launch] == ["pegasus-xl"]


@pytest.mark.parametrize("name", VEHICLES)
def test_every_part_can_be_drawn(name: str) -> None:
    vehicle = catalog.find_vehicle(name)
    for stage in vehicle.stages:
        assert stage.length_m is not None, stage.name
        assert stage.diameter_m is not None, stage.name
        assert stage.role == "upper" or stage.diameter_m.value < stage.length_m.value
    stack_m = sum(s.length_m.value for s in vehicle.stages if s.role != "booster" and s.length_m)
    stack_m += vehicle.fairing.length_m.value
    closes = (
        0.87 * vehicle.height_m.value < stack_m < 1.01 * vehicle.height_m.value
    )  # interstages are the rest
    assert closes or f"fairing add up to {stack_m:.1f} m, against" in vehicle.notes
    assert vehicle.diameter_m.value <= vehicle.height_m.value / 4


def test_angara_is_42_7_m_tall_and_its_parts_add_up_to_that() -> None:
    """Press reports of September 2023 (shared vehicles.json, key PRESS): 42.7 m."""
    angara = catalog.find_vehicle("angara-1.2")
    assert angara.height_m.value == 42.7
    lengths = [stage.length_m.value for stage in angara.stages if stage.length_m]
    assert sum(lengths) + angara.fairing.length_m.value == pytest.approx(42.7)


@pytest.mark.parametrize("name", VEHICLES)
def test_the_parts_add_up_to_the_published_lift_off_mass(name: str) -> None:
    """To 3 %, with the heaviest published payload or without one, or the notes say so."""
    vehicle = catalog.find_vehicle(name)
    parts_kg = sum(s.count * s.gross_mass_kg for s in vehicle.stages) + vehicle.fairing.mass_kg.value
    loaded_kg = parts_kg + max((f.payload_kg for f in vehicle.payload_figures), default=0)
    gross_kg = vehicle.gross_mass_kg.value
    closes = any(mass == pytest.approx(gross_kg, rel=0.03) for mass in (parts_kg, loaded_kg))
    assert closes or f"add up to {loaded_kg / 1e3:.1f} t, against {gross_kg / 1e3:.1f} t" in vehicle.notes
    assert parts_kg == pytest.approx(gross_kg, rel=0.06)


@pytest.mark.parametrize(("name", "stage"), stages(), ids=stage_id)
def test_mass_flow_is_the_same_at_sea_level_and_in_vacuum(name: str, stage: Stage) -> None:
    """F = mdot Isp g0 holds for both pairs, so they give one mass flow; or the note says that they do not."""
    if stage.thrust_sea_level_n is None or stage.specific_impulse_sea_level_s is None:
        assert stage.ignition != "ground", name
        return
    at_sea_level = stage.thrust_sea_level_n.value / stage.specific_impulse_sea_level_s.value
    in_vacuum = stage.thrust_vacuum_n.value / stage.specific_impulse_vacuum_s.value
    assert at_sea_level == pytest.approx(in_vacuum, rel=0.025) or (
        at_sea_level == pytest.approx(in_vacuum, rel=0.07) and "% in mass flow" in stage.note
    )


def test_nozzles_are_smaller_than_their_stages() -> None:
    """(F_vac - F_sl) / p0 is the exit area; gimballed clusters reach a little beyond the tanks."""
    for name, stage in stages():
        if stage.thrust_sea_level_n and stage.diameter_m:
            area = (stage.thrust_vacuum_n.value - stage.thrust_sea_level_n.value) / 101325
            assert 0 < area < 1.2 * math.pi / 4 * stage.diameter_m.value**2, (name, stage.name)


@pytest.mark.parametrize("name", ["angara-1.2", "electron", "falcon-9-expendable"])
def test_first_stage_burns_about_as_long_as_published(name: str) -> None:
    """t = m_p Isp g0 / F at full thrust; flights throttle late, so they burn up to 10 % longer."""
    stage = catalog.find_vehicle(name).stages[0]
    flow = stage.thrust_vacuum_n.value / (stage.specific_impulse_vacuum_s.value * STANDARD_GRAVITY_M_S2)
    assert stage.burn_time_s is not None
    ratio = stage.propellant_mass_kg.value / flow / stage.burn_time_s.value
    assert 0.9 < ratio < 1.05


def test_every_vehicle_leaves_the_pad() -> None:
    """Angara A5 / Briz-M is lowest: its core is throttled to 30 % from lift-off on; Minotaur I is highest."""
    for name in VEHICLES:
        vehicle = catalog.find_vehicle(name)
        if vehicle.air_launch is None:
            ratio = lift_off_thrust_n(vehicle) / (vehicle.gross_mass_kg.value * STANDARD_GRAVITY_M_S2)
            assert 1.05 < ratio < 2.3, name


def lift_off_thrust_n(vehicle: Vehicle) -> float:
    lit = [stage for stage in vehicle.stages if stage.ignition == "ground"]
    return sum(
        stage.count * (stage.throttle_with_boosters_ratio or 1) * stage.thrust_sea_level_n.value
        for stage in lit
        if stage.thrust_sea_level_n
    )


def test_payload_figures_name_sites_of_the_catalog() -> None:
    """But for one that names two sites, and a drop area that the table of sites lacks."""
    figures = [figure for name in VEHICLES for figure in catalog.find_vehicle(name).payload_figures]
    assert len(figures) > 100
    elsewhere = {figure.site for figure in figures} - set(catalog.site_names())
    assert elsewhere == {"plesetsk/baikonur", "air-drop-kwajalein"}
