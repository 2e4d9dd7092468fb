"""A person's own catalog: what extends, replaces and builds on the shipped one, and what is said of mistakes.

Each folder in `golden/catalogs` is wrong in the way that its name says; the text beside it is what the person
reads. The texts were read one by one; a change of wording changes the file.
"""

from pathlib import Path

import pytest

from cosmodrome import catalog
from cosmodrome.errors import CatalogError, CatalogFolderError
from cosmodrome.missionfile import load_mission

GOLDEN = Path(__file__).parents[1] / "golden" / "catalogs"
CASES = sorted(path.stem for path in GOLDEN.glob("*.txt"))

MY_MODULE = """
[[modules]]
name = "my-urm-1"
module = "urm-1"
dry_mass_kg = { value = 9500, source = "a study" }
"""
MY_VEHICLE = """
[[vehicles]]
name = "my-angara"
title = "My Angara"
base = "angara-1.2"
fairing.mass_kg = { value = 700, source = "a study" }

[[vehicles.stages]]
name = "URM-1"
dry_mass_kg = { value = 9000, source = "a study" }
"""


def folder(tmp_path: Path, **texts: str) -> Path:
    """A catalog folder with a file for each text."""
    for name, text in texts.items():
        path = tmp_path / "deeper" / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def complaint(tmp_path: Path, *texts: str) -> CatalogFolderError:
    named = {f"file{number}": text for number, text in enumerate(texts)}
    with pytest.raises(CatalogFolderError) as caught:
        catalog.open_catalog([folder(tmp_path, **named)])
    return caught.value


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_of_a_wrong_catalog(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(CatalogFolderError) as caught:
        catalog.open_catalog([case])
    assert f"{caught.value}\n" == (GOLDEN / f"{case}.txt").read_text(encoding="utf-8")


def test_every_case_that_was_asked_for_is_there() -> None:
    asked = {
        "built-on-what-is-wrong",
        "cycle",
        "duplicate",
        "missing-keys",
        "missing-source",
        "syntax-error",
        "unknown-kind",
        "unknown-names",
        "wrong-unit",
    }
    assert asked == set(CASES)
    assert asked == {path.name for path in GOLDEN.iterdir() if path.is_dir()}


@pytest.mark.parametrize("case", CASES)
def test_problems_are_placed(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(CatalogFolderError) as caught:
        catalog.open_catalog([case])
    for problem in caught.value.problems:
        lines = Path(problem.path).read_text(encoding="utf-8").splitlines()
        assert problem.line <= len(lines)
        assert f"{problem.path}:{problem.line}:{problem.column}" in str(caught.value) or problem.line == 0


def test_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CatalogFolderError) as caught:
        catalog.find_vehicle("angara-1.2", ["mine", "yours"])
    kinds = ("vehicles", "modules", "sites", "components", "stations", "cells", "finishes")
    help = f"a catalog folder holds TOML files of {', '.join(f'[[{kind}]]' for kind in kinds)}"
    said = "error: cannot read the catalog folder: there is no such folder\n --> {}\n  = help: {}\n\n"
    both = said.format("mine", help) + said.format("yours", help)
    assert str(caught.value) == f"{both}2 errors; nothing was computed."


def test_a_folder_without_files_and_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing")
    with pytest.raises(CatalogFolderError, match="the catalog folder holds no TOML file"):
        catalog.open_catalog([tmp_path])
    with pytest.raises(CatalogFolderError, match="cannot read the catalog folder: it is not a folder"):
        catalog.open_catalog([tmp_path / "readme.txt"])


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'[[sites]]\nname = "K\xf6ln"\n')
    with pytest.raises(CatalogFolderError, match="the catalog file is not UTF-8 text: byte 0xf6"):
        catalog.open_catalog([tmp_path])


def test_entries_extend_the_catalog(tmp_path: Path) -> None:
    mine = folder(tmp_path, modules=MY_MODULE, vehicles=MY_VEHICLE)
    assert catalog.vehicle_names([mine]) == (*catalog.vehicle_names(), "my-angara")
    assert catalog.module_names([mine]) == (*catalog.module_names(), "my-urm-1")
    vehicle, shipped = catalog.find_vehicle("my-angara", [mine]), catalog.find_vehicle("angara-1.2")
    assert vehicle.title == "My Angara"
    assert vehicle.fairing.mass_kg.value == 700
    assert vehicle.fairing.length_m == shipped.fairing.length_m
    assert vehicle.stages[0].dry_mass_kg.value == 9000
    assert vehicle.stages[0].dry_mass_kg.alternatives == ()  # replaced as a whole
    assert (
        vehicle.stages[0].model_copy(update={"dry_mass_kg": shipped.stages[0].dry_mass_kg})
        == (shipped.stages[0])
    )
    assert vehicle.stages[1] == shipped.stages[1]
    assert catalog.find_vehicle("angara-1.2", [mine]) == shipped
    whole = catalog.load_catalog([mine])
    assert vehicle in whole.vehicles
    assert len(whole.modules) == len(catalog.module_names()) + 1


def test_an_unknown_name_is_looked_for_in_the_folders_too(tmp_path: Path) -> None:
    mine = folder(tmp_path, vehicles=MY_VEHICLE)
    with pytest.raises(CatalogError, match="did you mean 'my-angara'"):
        catalog.find_vehicle("my-angra", [mine])
    with pytest.raises(CatalogError, match="no vehicle 'my-angara'"):
        catalog.find_vehicle("my-angara")


def test_several_folders_are_one_catalog(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = folder(tmp_path / "a", modules=MY_MODULE)
    other = folder(tmp_path / "b", vehicles=MY_VEHICLE + 'module = "my-urm-1"\n')
    stage = catalog.find_vehicle("my-angara", [one, other]).stages[0]
    assert (stage.module, stage.dry_mass_kg.value) == ("my-urm-1", 9000)
    with pytest.raises(CatalogFolderError, match="no module 'my-urm-1'"):
        catalog.open_catalog([other])
    with pytest.raises(CatalogFolderError, match="module 'my-urm-1' is given twice"):
        catalog.open_catalog([one, one])


def test_a_module_takes_the_place_of_a_stage_of_the_base(tmp_path: Path) -> None:
    """Its keys lie over those of the stage; what it does not say, the stage keeps."""
    text = """
    [[modules]]
    name = "mine"
    dry_mass_kg = { value = 3000, source = "a study" }
    propellant_mass_kg = { value = 25000, source = "a study" }
    thrust_vacuum_n = { value = 3e5, source = "a study" }
    specific_impulse_vacuum_s = { value = 350, source = "a study" }

    [[vehicles]]
    name = "my-angara"
    base = "angara-1.2"
    [[vehicles.stages]]
    name = "URM-2 (small, Blok-I derived)"
    module = "mine"
    """
    mine = folder(tmp_path, all=text)
    stage = catalog.find_vehicle("my-angara", [mine]).stages[1]
    assert (stage.module, stage.dry_mass_kg.value, stage.engine) == ("mine", 3000, "RD-0124A")
    module = catalog.find_module("mine", [mine])
    assert (module.name, module.role) == ("mine", "core")


def test_of_two_stages_with_one_name_the_role_says_which(tmp_path: Path) -> None:
    text = """
    [[vehicles]]
    name = "mine"
    base = "falcon-heavy"
    [[vehicles.stages]]
    name = "First stage"
    role = "core"
    dry_mass_kg = { value = 30000, source = "a study" }
    """
    stages = catalog.find_vehicle("mine", [folder(tmp_path, all=text)]).stages
    assert [stage.dry_mass_kg.value for stage in stages] == [22200, 30000, 4000]


def test_a_stage_changed_twice(tmp_path: Path) -> None:
    again = '[[vehicles.stages]]\nname = "URM-1"\nlength_m = { value = 26, source = "a drawing" }\n'
    (problem,) = complaint(tmp_path, MY_VEHICLE + again).problems
    assert (problem.message, problem.line) == ("stage 'URM-1' is changed twice", 12)


def test_replacing_a_shipped_entry(tmp_path: Path) -> None:
    text = """
    [[vehicles]]
    name = "angara-1.2"
    replaces = true
    base = "angara-1.2"
    height_m = { value = 43, source = "a drawing" }

    [[modules]]
    name = "urm-1"
    replaces = true
    module = "urm-1"
    length_m = { value = 26, source = "a drawing" }

    [[sites]]
    name = "vostochny"
    replaces = true
    base = "vostochny"
    title = "Vostochny, pad 2"

    [[stations]]
    name = "svalbard"
    base = "svalbard"
    replaces = true
    minimum_elevation_deg = 12

    [[components]]
    name = "satlab-srs-4"
    replaces = true
    base = "satlab-srs-4"
    mass_kg = 0.3
    """
    mine = folder(tmp_path, all=text)
    assert catalog.vehicle_names([mine]) == catalog.vehicle_names()
    assert catalog.find_vehicle("angara-1.2", [mine]).height_m.value == 43
    assert catalog.find_site("vostochny", [mine]).title == "Vostochny, pad 2"
    assert catalog.find_station("svalbard", [mine]).minimum_elevation_deg == 12
    assert catalog.find_component("satlab-srs-4", [mine]).mass_kg == 0.3
    # A replaced module is that of every vehicle that flies it.
    assert {
        stage.length_m.value
        for stage in catalog.find_vehicle("angara-a5", [mine]).stages[:2]
        if stage.length_m
    } == {26}
    assert catalog.find_vehicle("angara-1.2", [mine]).stages[0].length_m.value == 26  # type: ignore[union-attr]
    assert len(catalog.load_catalog([mine]).vehicles) == len(catalog.vehicle_names())


def test_a_shipped_vehicle_that_a_replaced_module_breaks(tmp_path: Path) -> None:
    text = """
    [[modules]]
    name = "urm-1"
    replaces = true
    module = "urm-1"
    propellant_mass_kg = { value = 180e3, source = "a study" }
    """
    mine = folder(tmp_path, all=text)
    with pytest.raises(CatalogError) as caught:
        catalog.find_vehicle("angara-1.2", [mine])
    assert str(caught.value).startswith(
        f"vehicle 'angara-1.2' cannot be built on 'urm-1' of {mine}/deeper/all.toml:2: "
    )
    assert "205700 kg of propellant, more than gross_mass_kg 171000" in str(caught.value)


def test_what_is_built_on_a_shipped_vehicle_that_a_replaced_module_breaks(tmp_path: Path) -> None:
    """It may mend what the other cannot: only what is wrong with itself is told."""
    heavier = """
    [[modules]]
    name = "urm-1"
    replaces = true
    module = "urm-1"
    propellant_mass_kg = { value = 180e3, source = "a study" }

    [[vehicles]]
    name = "mine"
    base = "angara-1.2"
    """
    (problem,) = complaint(tmp_path, heavier).problems
    assert "205700 kg of propellant, more than gross_mass_kg 171000" in problem.message
    assert problem.line == 8
    mended = folder(tmp_path, file0=heavier + 'gross_mass_kg = { value = 225e3, source = "a study" }\n')
    assert catalog.find_vehicle("mine", [mended]).gross_mass_kg.value == 225e3


def test_a_circle_through_a_shipped_module(tmp_path: Path) -> None:
    text = '[[modules]]\nname = "urm-1"\nreplaces = true\nmodule = "urm-1-a5"\n'
    (problem,) = complaint(tmp_path, text).problems
    assert problem.message == "module 'urm-1-a5' is built on itself: urm-1-a5 → urm-1 → urm-1-a5"
    assert (problem.line, problem.column) == (4, 10)
    assert problem.help == f"one of them must stand on its own; 'urm-1' stands at {problem.path}:1"


def test_what_is_true_of_one_kind_only(tmp_path: Path) -> None:
    """Modules have no base, and what replaces nothing is no key of the models."""
    text = '[[modules]]\nname = "mine"\nbase = "urm-1"\n'
    assert "unknown key 'base'" in str(complaint(tmp_path, text))
    assert "replaces" not in catalog.find_vehicle("angara-1.2").model_fields_set


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("base = 3", "a vehicle is named by text in quotes, given the number 3"),
        ("replaces = 1", "replaces must be true or false, given the number 1"),
        ("name = 3", "name must be text in quotes, given the number 3"),
        ("stages = 3", "stages must be an array, given the number 3"),
        ("stages = [3]", "stages number 1 must be a table, given the number 3"),
        (
            'stages = [{ name = "URM-1", module = 3 }]',
            "a module is named by text in quotes, given the number 3",
        ),
    ],
)
def test_values_of_another_type(line: str, said: str, tmp_path: Path) -> None:
    keys = {"name": 'name = "mine"', "base": 'base = "angara-1.2"', line.split(" ")[0]: line}
    error = complaint(tmp_path, "[[vehicles]]\n" + "\n".join(keys.values()) + "\n")
    assert [problem.message for problem in error.problems] == [said]


def test_a_mission_file_among_them_is_told_as_one(tmp_path: Path) -> None:
    error = complaint(tmp_path, catalog.starter_text(), "name = 3\n")
    assert [problem.message for problem in error.problems] == ["this is a mission file", "unknown key 'name'"]


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    vehicle = catalog.find_vehicle("angara-1.3", [folder(tmp_path, readme=example)])
    assert vehicle.stages[0].dry_mass_kg.value == 9000
    assert vehicle.payload_figures == ()


def test_a_mission_names_entries_of_a_folder(tmp_path: Path) -> None:
    mine = folder(tmp_path, vehicles=MY_VEHICLE)
    mission = tmp_path / "mission.toml"
    mission.write_text(
        'name = "trial"\nvehicle = "my-angara"\nsite = "vostochny"\n'
        '[target]\nkind = "circular"\naltitude_km = 200\ninclination_deg = 51.7\n'
    )
    (tmp_path / "elsewhere").mkdir()
    mine = mine / "deeper"
    assert load_mission(mission, [mine]).vehicle == catalog.find_vehicle("my-angara", [mine])
    with pytest.raises(CatalogFolderError):
        load_mission(mission, [tmp_path / "elsewhere"])
