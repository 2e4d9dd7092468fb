"""The catalog: everything in it can be found, has a source, and can be drawn and flown."""

import math
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from cosmodrome import catalog
from cosmodrome.catalog import lookup
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.errors import CatalogError
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Stage, Vehicle

VEHICLES = catalog.vehicle_names()
FINDERS = {
    catalog.vehicle_names: catalog.find_vehicle,
    catalog.site_names: catalog.find_site,
    catalog.component_names: catalog.find_component,
    catalog.station_names: catalog.find_station,
    catalog.drag_curve_names: catalog.find_drag_curve,
}


def quantities(model: BaseModel, path: str = "") -> Iterator[tuple[str, Quantity]]:
    """Every quantity in a model, however deep."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(item, Quantity):
                yield f"{path}.{name}", item
            elif isinstance(item, BaseModel):
                yield from quantities(item, f"{path}.{name}[{index}]")


def bare_numbers(model: BaseModel) -> Iterator[str]:
    """Fields that hold a float which is not its default and has no source of its own."""
    for name in model.model_fields_set:
        if isinstance(getattr(model, name), float):
            yield name


def test_what_the_catalog_must_hold() -> None:
    assert set(VEHICLES) >= {"angara-1.2", "angara-a5", "soyuz-2.1b", "falcon-9-expendable", "electron"}
    sites = {"vostochny", "plesetsk", "baikonur", "ccsfs", "vandenberg", "mahia"}
    assert set(catalog.site_names()) >= sites
    assert len(catalog.component_names()) >= 14
    assert len(catalog.station_names()) >= 5


def test_every_entry_loads_under_its_own_name_once() -> None:
    for names, find in FINDERS.items():
        assert len(set(names())) == len(names())
        for name in names():
            assert find(name).name == name


@pytest.mark.parametrize("name", VEHICLES)
def test_every_number_of_a_vehicle_has_a_source(name: str) -> None:
    vehicle = catalog.find_vehicle(name)
    found = list(quantities(vehicle, name))
    assert len(found) > 20
    for path, quantity in found:
        assert quantity.source not in ("", "mission file"), path
        assert all(other.source for other in quantity.alternatives), path
        if any(word in quantity.source for word in ("estimate", "no source", "calc")):
            assert quantity.estimated, path
        if quantity.estimated:
            assert len(quantity.source) > 5, path  # the rule is named
    for figure in vehicle.payload_figures:
        assert figure.source


def test_stage_numbers_without_a_source_are_explained_by_a_note() -> None:
    """Delays and throttle settings are plain numbers; what is unusual is in the note."""
    for name in VEHICLES:
        for stage in catalog.find_vehicle(name).stages:
            bare = set(bare_numbers(stage)) - {"throttle_min_ratio", "ignition_delay_s", "separation_delay_s"}
            assert not bare or stage.note, (name, stage.name, bare)


@pytest.mark.parametrize("name", catalog.site_names())
def test_every_number_of_a_site_has_a_source(name: str) -> None:
    found = list(quantities(catalog.find_site(name)))
    assert len(found) == 5
    assert all(quantity.source for _, quantity in found)


@pytest.mark.parametrize("name", catalog.component_names())
def test_components_have_a_source_and_plausible_numbers(name: str) -> None:
    part = catalog.find_component(name)
    assert part.source
    assert 0.05 < part.mass_kg < 60
    assert part.power_w < 120


@pytest.mark.parametrize("name", catalog.station_names())
def test_station_gains_follow_from_the_dish_that_the_source_names(name: str) -> None:
    """G = 0.60 (pi D / lambda)^2 at 8.2 GHz (Balanis, Antenna Theory, eq. 12-39 with an efficiency)."""
    station = catalog.find_station(name)
    diameter_m = float(station.source.split("antenna estimated: ")[1].split(" m")[0])
    gain = 0.60 * (math.pi * diameter_m * 8.2e9 / 299792458) ** 2
    assert station.antenna_gain_dbi == pytest.approx(10 * math.log10(gain), abs=0.05)
    temperature_k = float(station.source.rsplit(", ", 1)[1].removesuffix(" K"))
    assert station.system_noise_temperature_k == temperature_k


@pytest.mark.parametrize("name", VEHICLES)
def test_every_part_can_be_drawn(name: str) -> None:
    vehicle = catalog.find_vehicle(name)
    for stage in vehicle.stages:
        assert stage.length_m is not None, stage.name
        assert stage.diameter_m is not None, stage.name
        assert stage.diameter_m.value < stage.length_m.value
    stack_m = sum(s.length_m.value for s in vehicle.stages if s.role != "booster" and s.length_m)
    stack_m += vehicle.fairing.length_m.value
    assert 0.87 * vehicle.height_m.value < stack_m < 1.01 * vehicle.height_m.value  # interstages are the rest
    assert vehicle.diameter_m.value <= vehicle.height_m.value / 4


def test_angara_is_42_7_m_tall_and_its_parts_add_up_to_that() -> None:
    """Press reports of September 2023 (shared vehicles.json, key PRESS): 42.7 m."""
    angara = catalog.find_vehicle("angara-1.2")
    assert angara.height_m.value == 42.7
    lengths = [stage.length_m.value for stage in angara.stages if stage.length_m]
    assert sum(lengths) + angara.fairing.length_m.value == pytest.approx(42.7)


@pytest.mark.parametrize("name", VEHICLES)
def test_the_parts_add_up_to_the_published_lift_off_mass(name: str) -> None:
    vehicle = catalog.find_vehicle(name)
    parts_kg = (
        sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages) + vehicle.fairing.mass_kg.value
    )
    assert parts_kg == pytest.approx(vehicle.gross_mass_kg.value, rel=0.03)  # with up to 3 % of payload


def stages() -> list[Stage]:
    return [stage for name in VEHICLES for stage in catalog.find_vehicle(name).stages]


@pytest.mark.parametrize("stage", stages(), ids=lambda stage: stage.name)
def test_mass_flow_is_the_same_at_sea_level_and_in_vacuum(stage: Stage) -> None:
    """F = mdot Isp g0 holds for both pairs, so they give one mass flow."""
    if stage.thrust_sea_level_n is None or stage.specific_impulse_sea_level_s is None:
        pytest.skip("flies in vacuum only")
    at_sea_level = stage.thrust_sea_level_n.value / stage.specific_impulse_sea_level_s.value
    in_vacuum = stage.thrust_vacuum_n.value / stage.specific_impulse_vacuum_s.value
    assert at_sea_level == pytest.approx(in_vacuum, rel=0.025)


@pytest.mark.parametrize("name", ["angara-1.2", "electron", "falcon-9-expendable"])
def test_first_stage_burns_about_as_long_as_published(name: str) -> None:
    """t = m_p Isp g0 / F at full thrust; flights throttle late, so they burn up to 10 % longer."""
    stage = catalog.find_vehicle(name).stages[0]
    flow = stage.thrust_vacuum_n.value / (stage.specific_impulse_vacuum_s.value * STANDARD_GRAVITY_M_S2)
    assert stage.burn_time_s is not None
    ratio = stage.propellant_mass_kg.value / flow / stage.burn_time_s.value
    assert 0.9 < ratio < 1.05


def test_every_vehicle_leaves_the_pad() -> None:
    """Angara A5 is lowest: here its core is throttled to 30 % from lift-off on."""
    for name in VEHICLES:
        vehicle = catalog.find_vehicle(name)
        assert 1.05 < lift_off_thrust_n(vehicle) / (vehicle.gross_mass_kg.value * STANDARD_GRAVITY_M_S2) < 2


def lift_off_thrust_n(vehicle: Vehicle) -> float:
    lit = [stage for stage in vehicle.stages if stage.ignition == "ground"]
    return sum(
        stage.count * (stage.throttle_with_boosters_ratio or 1) * stage.thrust_sea_level_n.value
        for stage in lit
        if stage.thrust_sea_level_n
    )


def test_the_drag_curve_is_that_of_a_launch_vehicle() -> None:
    curve = catalog.find_drag_curve("slender-launcher")
    assert curve.mach[0] == 0
    assert curve.mach[-1] >= 10
    peak = curve.drag_coefficient.index(max(curve.drag_coefficient))
    assert 1.0 <= curve.mach[peak] <= 1.5  # drag rise ends just above Mach 1
    assert list(curve.drag_coefficient[peak:]) == sorted(curve.drag_coefficient[peak:], reverse=True)
    assert curve.estimated
    assert "M-V" in curve.source


def test_every_vehicle_names_a_drag_curve_that_exists() -> None:
    known = catalog.drag_curve_names()
    assert all(catalog.find_vehicle(name).drag_curve in known for name in VEHICLES)


@pytest.mark.parametrize(
    ("find", "asked", "meant"),
    [
        (catalog.find_vehicle, "angara12", "angara-1.2"),
        (catalog.find_site, "vostochni", "vostochny"),
        (catalog.find_component, "dragonfly", "dragonfly-obc"),
        (catalog.find_station, "svalbarg", "svalbard"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(find: object, asked: str, meant: str) -> None:
    assert callable(find)
    with pytest.raises(CatalogError) as caught:
        find(asked)
    assert f"'{asked}' in the catalog; did you mean '{meant}'? known: " in str(caught.value)


def test_a_name_like_no_other() -> None:
    with pytest.raises(CatalogError) as caught:
        catalog.find_vehicle("xyzzy")
    assert str(caught.value) == (
        "no vehicle 'xyzzy' in the catalog; known: "
        "angara-1.2, angara-a5, electron, falcon-9-expendable, soyuz-2.1b"
    )


def test_a_broken_catalog_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vehicles").mkdir()
    (tmp_path / "vehicles" / "broken.toml").write_text("[[vehicles]]\nname = ")
    monkeypatch.setattr(lookup, "_DATA", tmp_path)
    with pytest.raises(CatalogError, match=r"broken\.toml cannot be read: Invalid value"):
        catalog.find_vehicle("angara-1.2")


def test_an_entry_that_is_not_a_vehicle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vehicles").mkdir()
    (tmp_path / "vehicles" / "odd.toml").write_text('[[vehicles]]\nname = "odd"\n')
    monkeypatch.setattr(lookup, "_DATA", tmp_path)
    with pytest.raises(CatalogError, match=r"odd\.toml cannot be used: .*\n?title"):
        catalog.find_vehicle("odd")


def test_looking_up_is_quick() -> None:
    catalog.find_vehicle("angara-1.2")
    started = time.perf_counter()
    catalog.find_vehicle("soyuz-2.1b")
    assert time.perf_counter() - started < 0.05


def test_the_catalog_loads_no_numerical_library() -> None:
    program = "import sys; from cosmodrome.catalog import find_vehicle; find_vehicle('electron'); "
    program += "print(sorted({'numpy', 'scipy', 'casadi', 'satkit'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
