"""The mission file: what is accepted, and what is said of what is not.

Each `golden/*.toml` is wrong in the way that its name says; `golden/*.txt` is what the person reads. The
texts were read one by one; a change of wording changes the file.
"""

import json
import os
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.catalog import find_vehicle, starter_text
from cosmodrome.errors import MissionFileError
from cosmodrome.missionfile import load_mission, mission_schema
from cosmodrome.tomlfile.scanner import scan

GOLDEN = Path(__file__).parent / "golden"
VALID = """
name = "trial"
vehicle = "angara-1.2"
site = "vostochny"

[target]
kind = "circular"
altitude_km = 200
inclination_deg = 51.7
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mission.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(tmp_path: Path, text: str) -> MissionFileError:
    with pytest.raises(MissionFileError) as caught:
        load_mission(written(tmp_path, text))
    return caught.value


@pytest.mark.parametrize("case", sorted(path.stem for path in GOLDEN.glob("*.toml")))
def test_what_is_said_of_a_wrong_file(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(MissionFileError) as caught:
        load_mission(f"{case}.toml")
    assert f"{caught.value}\n" == (GOLDEN / f"{case}.txt").read_text(encoding="utf-8")


def test_every_case_that_was_asked_for_is_there() -> None:
    asked = {
        "syntax-error",
        "unknown-keys",
        "missing-keys",
        "wrong-type",
        "out-of-range",
        "swapped-latitude",
        "specific-impulse-in-m-s",
        "unknown-vehicle",
        "target-in-the-air",
        "unknown-kind",
        "empty",
        "not-utf-8",
        "component-names",
        "ltan-as-number",
        "unreachable-inclination",
    }
    assert asked <= {path.stem for path in GOLDEN.glob("*.txt")}


@pytest.mark.parametrize("case", sorted(path.stem for path in GOLDEN.glob("*.toml")))
def test_carets_stand_under_the_place_named(case: str) -> None:
    lines = (GOLDEN / f"{case}.txt").read_text(encoding="utf-8").splitlines()
    with pytest.raises(MissionFileError) as caught:
        load_mission(GOLDEN / f"{case}.toml")
    source = (GOLDEN / f"{case}.toml").read_bytes().decode("utf-8", "replace").splitlines()
    shown = [(above, line) for above, line in pairwise(lines) if "^" in line]
    placed = [problem for problem in caught.value.problems if problem.line]
    assert len(shown) == len(placed)
    for problem, (above, carets) in zip(placed, shown, strict=True):
        marked = above[carets.index("^") : carets.rindex("^") + 1]
        start = problem.column - 1
        assert marked == source[problem.line - 1][start : start + problem.length]


def test_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(MissionFileError) as caught:
        load_mission("folder.toml")
    assert str(caught.value) == (
        "error: cannot read the mission file: it is a directory\n"
        " --> folder.toml\n"
        "  = help: `cosmodrome new` writes a mission file to start from\n"
        "\n"
        "1 error; nothing was computed."
    )


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(MissionFileError, match="cannot read the mission file: there is no such file"):
        load_mission(tmp_path / "nothing.toml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_no_permission(tmp_path: Path) -> None:
    path = written(tmp_path, VALID)
    path.chmod(0)
    with pytest.raises(MissionFileError, match="its permissions do not allow it"):
        load_mission(path)


def test_no_permission_as_the_system_reports_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(MissionFileError, match="its permissions do not allow it"):
        load_mission(tmp_path / "mission.toml")


def test_all_problems_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    error = complaint(tmp_path, VALID.replace("51.7", "45").replace("site =", "sight =").replace("200", "20"))
    assert [problem.line for problem in error.problems] == [4, 8]  # without a site nothing is unreachable
    error = complaint(tmp_path, VALID.replace("51.7", "45") + "raann_deg = 3\n")
    assert [problem.line for problem in error.problems] == [9, 10]
    assert str(error).endswith("2 errors; nothing was computed.")


def test_reachable_inclinations_end_at_the_geocentric_latitude(tmp_path: Path) -> None:
    """51.884 deg geodetic is 51.697 deg geocentric: tan(phi_c) = (1 - f)^2 tan(phi), f = 1/298.257."""
    for inclination in ("48.70", "131.30"):  # 3 deg further, with a plane that turns on the way
        load_mission(written(tmp_path, VALID.replace("51.7", inclination)))
    for inclination in ("48.69", "131.31"):
        error = complaint(tmp_path, VALID.replace("51.7", inclination))
        assert "51.70 to 128.30 deg" in error.problems[0].help


def test_a_southern_site_reaches_as_much_as_its_mirror_image(tmp_path: Path) -> None:
    text = VALID.replace("vostochny", "mahia").replace("angara-1.2", "electron")
    assert "39.260 S" in complaint(tmp_path, text.replace("51.7", "30")).problems[0].help
    load_mission(written(tmp_path, text.replace("51.7", "39.2")))


def test_names_stand_for_catalog_entries(tmp_path: Path) -> None:
    mission = load_mission(written(tmp_path, VALID))
    assert mission.vehicle == find_vehicle("angara-1.2")
    assert mission.site.name == "vostochny"


def test_overrides_replace_single_values(tmp_path: Path) -> None:
    table = """
[vehicle]
catalog = "angara-1.2"
gross_mass_kg = 170e3
fairing.mass_kg = { value = 1200, source = "a guess" }
"""
    mission = load_mission(written(tmp_path, VALID.replace('vehicle = "angara-1.2"', "") + table))
    catalog = find_vehicle("angara-1.2")
    assert mission.vehicle.gross_mass_kg.value == 170e3
    assert mission.vehicle.gross_mass_kg.source == "mission file"
    assert mission.vehicle.gross_mass_kg.alternatives == ()
    assert mission.vehicle.fairing.mass_kg.source == "a guess"
    assert mission.vehicle.fairing.length_m == catalog.fairing.length_m
    assert mission.vehicle.stages == catalog.stages


STAGES = """
[vehicle]
catalog = "angara-1.2"

[[vehicle.stages]]
name = "URM-2 (small, Blok-I derived)"
ignition_delay_s = 3

[[vehicle.stages]]
name = "URM-1"
dry_mass_kg = 10500
"""


def test_overrides_of_stages_by_name(tmp_path: Path) -> None:
    """In any order; only the keys given change."""
    text = VALID.replace('vehicle = "angara-1.2"', "") + STAGES
    first, second = load_mission(written(tmp_path, text)).vehicle.stages
    catalog_first, catalog_second = find_vehicle("angara-1.2").stages
    assert (first.dry_mass_kg.value, first.dry_mass_kg.source) == (10500, "mission file")
    assert first.model_copy(update={"dry_mass_kg": catalog_first.dry_mass_kg}) == catalog_first
    assert second == catalog_second.model_copy(update={"ignition_delay_s": 3})


def test_an_override_in_a_stage_that_is_wrong_is_shown_where_it_stands(tmp_path: Path) -> None:
    text = VALID.replace('vehicle = "angara-1.2"', "") + STAGES.replace("10500", "-1")
    (problem,) = complaint(tmp_path, text).problems
    assert (problem.line, problem.column, problem.length) == (20, 15, 2)
    assert problem.label == 'in [[vehicle.stages]] number 2 ("URM-1")'


def test_what_overrides_make_impossible_is_told_once(tmp_path: Path) -> None:
    text = VALID.replace('vehicle = "angara-1.2"', "")
    table = '[vehicle]\ncatalog = "angara-1.2"\ngross_mass_kg = 50e3\n'
    (problem,) = complaint(tmp_path, text + table).problems
    assert "the stages hold 154500 kg of propellant" in problem.message
    (problem,) = complaint(tmp_path, text + STAGES.replace("10500", "10500\nthrust_vacuum_n = 1e6")).problems
    assert "thrust_sea_level_n 1.922e+06 exceeds thrust_vacuum_n 1e+06" in problem.message
    assert problem.line == 18


FULL = """
[vehicle]
name = "mine"
title = "Mine"
height_m = 43
diameter_m = 2.9
gross_mass_kg = 171e3
fairing = { mass_kg = 700, diameter_m = 2.9, length_m = 10 }

[[vehicle.stages]]
name = "S1"
module = "urm-1"
length_m = 26

[[vehicle.stages]]
name = "S2"
role = "core"
dry_mass_kg = 3000
propellant_mass_kg = 25e3
thrust_vacuum_n = 3e5
specific_impulse_vacuum_s = 350
"""


def test_a_full_list_of_stages_may_use_modules(tmp_path: Path) -> None:
    text = VALID.replace('vehicle = "angara-1.2"', "") + FULL
    first, second = load_mission(written(tmp_path, text)).vehicle.stages
    assert first.length_m is not None
    assert (first.name, first.module, first.length_m.value) == ("S1", "urm-1", 26)
    assert first.dry_mass_kg == find_vehicle("angara-1.2").stages[0].dry_mass_kg
    assert (second.name, second.module) == ("S2", "")


@pytest.mark.parametrize("key", ["base", "replaces"])
def test_keys_of_catalog_folders_are_none_of_a_mission_file(key: str, tmp_path: Path) -> None:
    table = f'\n[vehicle]\ncatalog = "angara-1.2"\n{key} = "angara-a5"\n'
    error = complaint(tmp_path, VALID.replace('vehicle = "angara-1.2"', "") + table)
    assert [problem.message for problem in error.problems] == [f"unknown key '{key}'"]


def test_an_override_that_is_wrong_is_shown_where_it_stands(tmp_path: Path) -> None:
    table = '\n[vehicle]\ncatalog = "angara-1.2"\nheight_m = 42700\n'
    error = complaint(tmp_path, VALID.replace('vehicle = "angara-1.2"', "") + table)
    assert [(p.line, p.column, p.length) for p in error.problems] == [(13, 12, 5)]
    assert "is this in mm or cm?" in error.problems[0].help


def test_stations_by_name_and_with_another_mask(tmp_path: Path) -> None:
    stations = 'stations = ["troll", { catalog = "svalbard", minimum_elevation_deg = 12 }]'
    mission = load_mission(written(tmp_path, stations + VALID))
    assert [station.minimum_elevation_deg for station in mission.stations] == [5, 12]
    tables = '[[stations]]\ncatalog = "svalbard"\nname = "sval"\n'
    assert load_mission(written(tmp_path, VALID + tables)).stations[0].name == "sval"


def test_numbers_in_quotes_are_not_numbers(tmp_path: Path) -> None:
    assert "without quotes: altitude_km = 200" in str(complaint(tmp_path, VALID.replace("200", '"200"')))


def test_truth_values_are_not_numbers(tmp_path: Path) -> None:
    assert "must be a number, given true" in str(complaint(tmp_path, VALID.replace("200", "true")))


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_what_is_no_finite_number(number: str, tmp_path: Path) -> None:
    assert complaint(tmp_path, VALID.replace("200", number)).problems[0].line == 8


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mission.toml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.replace("\n", "\r\n").encode())
    assert load_mission(path).name == "trial"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.replace("200", "20").replace("\n", "\r\n").encode())
    with pytest.raises(MissionFileError, match=r"mission.toml:8:15"):
        load_mission(path)


def test_the_starter_is_a_mission(tmp_path: Path) -> None:
    mission = load_mission(written(tmp_path, starter_text()))
    assert mission.satellite is not None
    assert len(starter_text().splitlines()) < 110


def test_the_schema_knows_the_liberties_of_the_file() -> None:
    document = json.loads(mission_schema())
    vehicle = document["$defs"]["VehicleEntry"]["anyOf"]
    assert "angara-1.2" in vehicle[0]["enum"]
    assert vehicle[1]["required"] == ["catalog"]
    assert document["properties"]["vehicle"]["$ref"] == "#/$defs/VehicleEntry"
    assert document["$defs"]["Satellite"]["properties"]["components"]["items"]["$ref"].endswith(
        "ComponentEntry"
    )
    by_mode = document["$defs"]["Component"]["properties"]["mode_power_w"]
    assert by_mode["type"] == "object"
    assert by_mode["additionalProperties"]["type"] == "number"
    assert {"$ref": "#/$defs/CellEntry"} in document["$defs"]["SolarArray"]["properties"]["cell"]["anyOf"]
    assert document["$defs"]["BodyFace"]["properties"]["finish"]["$ref"] == "#/$defs/FinishEntry"
    assert "white-paint" in document["$defs"]["FinishEntry"]["anyOf"][0]["enum"]
    assert {"type": "number"} in document["$defs"]["Quantity"]["anyOf"]
    assert set(document["required"]) == {"name", "vehicle", "site", "target"}
    assert document["additionalProperties"] is False
    assert vehicle[1]["properties"]["stages"]["items"] == {"$ref": "#/$defs/StageChange"}
    assert document["$defs"]["StageChange"]["required"] == ["name"]
    in_full = document["$defs"]["StageEntry"]["anyOf"]
    assert "urm-1" in in_full[1]["properties"]["module"]["enum"]
    assert in_full[1]["required"] == ["module"]


def test_the_schema_accepts_the_names_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[[vehicles]]\nname = "mine"\nbase = "angara-1.2"\n')
    assert '"mine"' in mission_schema([tmp_path])


def test_checking_a_file_loads_no_numerical_library() -> None:
    program = (
        "import sys; from cosmodrome.missionfile import load_mission, mission_schema; "
        f"load_mission({str(Path('missions/earth-observer.toml').resolve())!r}); mission_schema(); "
        "print([m for m in ('numpy', 'casadi', 'satkit', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


HARD = '''
"quoted key" = 1  # comment = "x"
a.b."c.d" = """
[not a table]
key = 1 \\""" still
"""
literal = \'\'\'
[[nor this]]\'\'\'\'
[table]
array = [ # comment ]
  1, { x = [2, "]"], y.z = 3 },
  """multi
line""",
]
when = 1979-05-27 07:32:00
[[things]]
name = "first"
[things.inner]
deep = true
[[things]]
[[things.parts]]
k = 0xff
[[things.parts]]
k = 1e3# tight
'''


def test_scanner_places_hard_syntax() -> None:
    document, places, lines = tomllib.loads(HARD), scan(HARD), HARD.split("\n")
    expected = {
        ("quoted key",): "1",
        ("table", "array", 0): "1",
        ("table", "array", 1, "x", 1): '"]"',
        ("table", "array", 1, "y", "z"): "3",
        ("table", "when"): "1979-05-27 07:32:00",
        ("things", 0, "inner", "deep"): "true",
        ("things", 1, "parts", 0, "k"): "0xff",
        ("things", 1, "parts", 1, "k"): "1e3",
    }
    for path, text in expected.items():
        span = places[path].value
        assert lines[span.line - 1][span.column - 1 : span.column - 1 + span.length] == text
    assert places[("a", "b", "c.d")].key.line == 3
    assert every_path(document) <= set(places)


def every_path(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} - {()} | {deep for key, item in items for deep in every_path(item, (*path, key))}


names = st.sampled_from(["a", "b", '"c d"', "e-f", "'g.h'"])
scalars = st.sampled_from(["1", "-2.5e3", '"te#xt]"', "'lit}'", "true", "2027-03-01", '"""a\n]"""', '"\\"="'])
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[ " + ",\n ".join(items) + " ]"),
        st.dictionaries(names, inner, max_size=3).map(
            lambda table: "{ " + ", ".join(f"{key} = {item}" for key, item in table.items()) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(names, values, max_size=4), st.dictionaries(names, values, max_size=4))
def test_scanner_finds_every_path_that_the_parser_finds(
    first: dict[str, str], second: dict[str, str]
) -> None:
    pairs = "".join(f"{key} = {item}  # note\n" for key, item in first.items())
    pairs += "[[tables]]\n[tables.sub]\n" + "".join(f"{key}={item}\n" for key, item in second.items())
    places, lines = scan(pairs), pairs.split("\n")
    assert every_path(tomllib.loads(pairs)) <= set(places)
    for path, place in places.items():
        if isinstance(path[-1], str) and not lines[place.key.line - 1].startswith("["):
            key = lines[place.key.line - 1][place.key.column - 1 :][: place.key.length]
            assert path[-1] in key


def test_cells_and_finishes_of_a_folder_are_named_like_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.toml").write_text(
        '[[cells]]\nname = "my-cell"\nbase = "azurspace-3g30c"\nefficiency_ratio = 0.31\nsource = "test"\n\n'
        '[[finishes]]\nname = "my-paint"\nsolar_absorptance_ratio = 0.2\ninfrared_emissivity_ratio = 0.8\n'
        'source = "test"\n'
    )
    satellite = """
[satellite]
name = "trial"
drag_area_m2 = 1
components = [{ name = "bus", mass_kg = 10 }]
modes = [{ name = "idle", components = ["bus"] }]
battery = { capacity_wh = 100 }
solar_array = { area_m2 = 1, cell = "my-cell" }

[satellite.body]
conductance_w_k = 2

[[satellite.body.faces]]
name = "one"
area_m2 = 1
normal = [1, 0, 0]
finish = "my-paint"

[[satellite.body.faces]]
name = "two"
area_m2 = 1
normal = [0, 0, 1]
finish = { catalog = "gold", solar_absorptance_ratio = 0.3 }
"""
    mission = load_mission(written(tmp_path, VALID + satellite), [tmp_path / "mine"])
    assert mission.satellite is not None
    assert mission.satellite.body is not None
    array = mission.satellite.solar_array
    assert array.cell is not None
    assert (array.efficiency_ratio, array.cell.efficiency_change_per_k) == (0.31, -0.0023)
    one, two = (face.finish for face in mission.satellite.body.faces)
    assert (one.name, one.infrared_emissivity_ratio) == ("my-paint", 0.8)
    assert (two.solar_absorptance_ratio, two.infrared_emissivity_ratio) == (0.3, 0.02)
