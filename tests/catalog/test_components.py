"""The catalog of components: enough of them, each with a source, none absurd."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from cosmodrome import catalog

FOLDER = Path(catalog.__file__).parent / "data" / "components"
PARTS = {path.stem: tomllib.loads(path.read_text())["components"] for path in sorted(FOLDER.glob("*.toml"))}
FEWEST = {
    "antennas": 6,
    "batteries": 6,
    "computers": 6,
    "payloads": 3,
    "radios": 8,
    "sensors": 10,
    "solar": 6,
    "structures": 4,
    "thrusters": 7,
    "torquers": 5,
    "wheels": 7,
}
# Of one unit, over all parts of the file; heavier or hungrier means a slip in the unit.
HEAVIEST_KG = {"antennas": 5, "sensors": 10, "torquers": 5, "wheels": 20}
HUNGRIEST_W = {"torquers": 10, "sensors": 30, "computers": 50}
PASSIVE = ("antennas", "batteries", "solar", "structures")
# A real address, or a plain word on what stands in for one.
SOURCE = re.compile(r"(unverified: |estimated: ).{10,}|.*https://\S+\.\S+")


def test_there_are_enough_of_each_class() -> None:
    counts = {stem: len(parts) for stem, parts in PARTS.items()}
    assert sum(counts.values()) >= 60
    assert {stem: number for stem, number in FEWEST.items() if counts.get(stem, 0) < number} == {}


def test_names_are_unique_over_all_files() -> None:
    names = Counter(part["name"] for parts in PARTS.values() for part in parts)
    assert [name for name, number in names.items() if number > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    assert sorted(names) == sorted(catalog.component_names())


@pytest.mark.parametrize("stem", PARTS)
def test_each_source_is_an_address_or_says_what_stands_in_for_it(stem: str) -> None:
    assert [part["name"] for part in PARTS[stem] if not SOURCE.match(part["source"])] == []


@pytest.mark.parametrize("stem", PARTS)
def test_masses_and_powers_are_plausible(stem: str) -> None:
    for part in PARTS[stem]:
        assert 0 < part["mass_kg"] <= HEAVIEST_KG.get(stem, 50), part["name"]
        assert 0 <= part["power_w"] <= HUNGRIEST_W.get(stem, 250), part["name"]
        assert part["power_w"] == 0 or stem not in PASSIVE, part["name"]


def test_files_begin_with_one_line_that_says_what_they_hold() -> None:
    for stem in PARTS:
        first, second = (FOLDER / f"{stem}.toml").read_text().splitlines()[:2]
        assert first.startswith("# "), stem
        assert second == "", stem
