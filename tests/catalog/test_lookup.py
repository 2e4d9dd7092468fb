"""The catalog: everything in it can be found and has a source; what is wanting is said."""

import contextlib
import math
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from cosmodrome import catalog
from cosmodrome.catalog import shipped
from cosmodrome.errors import CatalogError
from cosmodrome.models.quantity import Quantity

VEHICLES = catalog.vehicle_names()
FINDERS = {
    catalog.vehicle_names: catalog.find_vehicle,
    catalog.module_names: catalog.find_module,
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
    # Of 58 in the facts one is suborbital, and Electron has two entries; nine are made of others' modules.
    assert len(VEHICLES) == 58 + 9
    sites = {"vostochny", "plesetsk", "baikonur", "ccsfs", "vandenberg", "mahia"}
    assert set(catalog.site_names()) >= sites
    assert len(catalog.site_names()) == 37
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


def test_a_site_without_a_published_sector_is_open_and_says_so() -> None:
    sites = [catalog.find_site(name) for name in catalog.site_names()]
    estimated = [site for site in sites if site.azimuth_min_deg.estimated]
    assert len(estimated) == 16
    for site in estimated:
        assert (site.azimuth_min_deg.value, site.azimuth_max_deg.value) == (0, 360)
        assert "every azimuth is taken as open" in site.azimuth_max_deg.note


@pytest.mark.parametrize("name", catalog.component_names())
def test_components_have_a_source_and_plausible_numbers(name: str) -> None:
    part = catalog.find_component(name)
    assert part.source
    assert 0.001 < part.mass_kg < 60
    assert part.power_w < 250


@pytest.mark.parametrize("name", catalog.station_names())
def test_station_gains_follow_from_the_dish_that_the_source_names(name: str) -> None:
    """G = 0.60 (pi D / lambda)^2 at 8.2 GHz (Balanis, Antenna Theory, eq. 12-39 with an efficiency)."""
    station = catalog.find_station(name)
    diameter_m = float(station.source.split("antenna estimated: ")[1].split(" m")[0])
    gain = 0.60 * (math.pi * diameter_m * 8.2e9 / 299792458) ** 2
    assert station.antenna_gain_dbi == pytest.approx(10 * math.log10(gain), abs=0.05)
    temperature_k = float(station.source.rsplit(", ", 1)[1].removesuffix(" K"))
    assert station.system_noise_temperature_k == temperature_k


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
    ("find", "asked", "meant", "listing"),
    [
        (catalog.find_vehicle, "angara12", "angara-1.2", "`cosmodrome catalog vehicles` lists all"),
        (catalog.find_module, "urm1", "urm-1", "`cosmodrome catalog modules` lists all"),
        (catalog.find_site, "vostochni", "vostochny", "`cosmodrome catalog sites` lists all"),
        (catalog.find_component, "dragonfly", "dragonfly-obc", "`cosmodrome catalog components` lists all"),
        (catalog.find_station, "svalbarg", "svalbard", "`cosmodrome catalog stations` lists all"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    find: object, asked: str, meant: str, listing: str
) -> None:
    assert callable(find)
    with pytest.raises(CatalogError) as caught:
        find(asked)
    assert f"'{asked}' in the catalog; did you mean '{meant}'? {listing}" in str(caught.value)


def test_a_name_like_no_other() -> None:
    with pytest.raises(CatalogError) as caught:
        catalog.find_vehicle("xyzzy")
    assert str(caught.value) == "no vehicle 'xyzzy' in the catalog; `cosmodrome catalog vehicles` lists all"


def test_a_broken_catalog_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vehicles").mkdir()
    (tmp_path / "vehicles" / "broken.toml").write_text("[[vehicles]]\nname = ")
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    with pytest.raises(CatalogError, match=r"broken\.toml cannot be read: Invalid value"):
        catalog.find_vehicle("angara-1.2")


def test_an_entry_that_is_not_a_vehicle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vehicles").mkdir()
    (tmp_path / "vehicles" / "odd.toml").write_text('[[vehicles]]\nname = "odd"\n')
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    with pytest.raises(CatalogError, match=r"odd\.toml cannot be used: .*\n?title"):
        catalog.find_vehicle("odd")


def test_a_broken_entry_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vehicles").mkdir()
    text = '# comment\n[[vehicles]]\nname = "one"\n\n[[vehicles]]\nname = "two"\ntitle =\n'
    (tmp_path / "vehicles" / "half.toml").write_text(text)
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    assert catalog.vehicle_names() == ("one", "two")
    with pytest.raises(CatalogError, match=r"half\.toml cannot be read: .*line 7"):
        catalog.find_vehicle("two")


FILES = sorted(shipped.DATA.glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_entries_cut_out_as_text_are_those_of_the_whole_file(path: Path) -> None:
    """The whole file, read by the standard library's parser, is the judge."""
    kind = path.parent.name
    text = path.read_text(encoding="utf-8")
    document = tomllib.loads(text)
    assert list(document) == [kind]
    assert shipped.parse_plain(text) == document
    cut = [entry for entry in shipped._texts(kind) if entry.path == path]
    assert [entry.parsed() for entry in cut] == document[kind]
    assert [entry.name for entry in cut] == [entry["name"] for entry in document[kind]]
    at_once = [entry for entry in shipped.shipped_entries(kind) if str(path).endswith(entry.path)]
    assert [entry.table for entry in at_once] == document[kind]
    assert [entry.line for entry in at_once] == [entry.line + 1 for entry in cut]
    assert all(text.splitlines()[entry.line - 1] == f"[[{kind}]]" for entry in at_once)


def test_modules_of_the_catalog_are_flown() -> None:
    """By two stages at least, or by a module that is built on them; nothing is shared with nobody."""
    uses: list[str] = []
    for kind in ("vehicles", "modules"):
        for entry in shipped.shipped_entries(kind):
            tables = [entry.table] if kind == "modules" else entry.table["stages"]
            uses += [table["module"] for table in tables if "module" in table]
    assert set(uses) == set(catalog.module_names())


PLAIN = """# comment
[[vehicles]]
name = "one # two"
note = "a, ] = { 'quoted' }"
mass_kg = { value = 1.5e3, source = "ORB", alternatives = [
    { value = 2, source = "RO" },
] }
curve = [[0, 1], [1, 0.5]]

[vehicles.fairing]
flag = true

[[vehicles.stages]]
name = "S1"

[[vehicles.stages]]
name = "S2"
"""


def test_plain_text_is_read_as_the_standard_library_reads_it() -> None:
    assert shipped.parse_plain(PLAIN) == tomllib.loads(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "name = 1\n",
        '[[a]]\nb = "tab \\t"\n',
        "[[a]]\nb = 'literal'\n",
        '[[a]]\nb = """many\nlines"""\n',
        "[[a]]\nb = 1 # comment\n",
        "[[a]]\nb = 1_000\n",
        "[[a]]\nb = 2027-03-01\n",
        "[[a]]\nb.c = 1\n",
        '[[a]]\n"quoted key" = 1\n',
        "[a.b]\nc = 1\n",
        "[[a]]\nb = [\n[1],\n[2]\n]\n",
        "[[a]]\nb = inf\n",
        "[[ a ]]\nb = 1\n[[a]]\nb = 2\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_standard_library(text: str) -> None:
    assert tomllib.loads(text)
    with contextlib.suppress(ValueError):
        assert shipped.parse_plain(text) == tomllib.loads(text)


def test_what_is_asked_for_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(text: str) -> dict[str, object]:
        parsed.append(text)
        return parse(text)

    parse = shipped.parse_plain
    monkeypatch.setattr(shipped, "parse_plain", counted)
    catalog.find_vehicle("titan-ii-glv")
    assert len(parsed) == 1
    catalog.find_vehicle("zenit-3sl")  # of two modules and a third stage of its own
    assert len(parsed) == 1 + 3
    catalog.vehicle_names()
    assert len(parsed) == 1 + 3


def test_the_whole_catalog_is_what_is_found_one_by_one() -> None:
    whole = catalog.load_catalog()
    for kind, (names, find) in zip(("vehicles", "modules"), list(FINDERS.items())[:2], strict=True):
        assert getattr(whole, kind) == tuple(find(name) for name in names())
    assert repr(whole).startswith("<Catalog: 67 vehicles, ")


def test_the_catalog_loads_no_numerical_library() -> None:
    program = "import sys; from cosmodrome.catalog import find_vehicle; find_vehicle('electron'); "
    program += "print(sorted({'numpy', 'scipy', 'casadi', 'satkit'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
