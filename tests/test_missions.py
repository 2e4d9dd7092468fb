"""The example missions: each loads, fits a screen, and uses what it should."""

from pathlib import Path

import pytest

from cosmodrome.missionfile import load_mission
from cosmodrome.verdict.levers import mission_levers, with_lever

MISSIONS = sorted((Path(__file__).parents[1] / "missions").glob("*.toml"))


@pytest.mark.parametrize("path", MISSIONS, ids=lambda path: path.stem)
def test_it_loads_and_is_named_after_its_file(path: Path) -> None:
    assert load_mission(path).name == path.stem


@pytest.mark.parametrize("path", MISSIONS, ids=lambda path: path.stem)
def test_it_begins_by_saying_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) < 110


def test_the_examples_that_the_documentation_names() -> None:
    assert {path.stem for path in MISSIONS} >= {"earth-observer", "leo-heavy", "does-not-close"}


def test_earth_observer_is_a_small_imaging_satellite_of_catalog_parts() -> None:
    mission = load_mission(next(path for path in MISSIONS if path.stem == "earth-observer"))
    assert mission.satellite is not None
    dry_kg = sum(part.count * part.mass_kg for part in mission.satellite.components)
    assert 100 < dry_kg < 400
    assert len(mission.stations) >= 3
    assert mission.target.kind == "sun-synchronous"
    assert all(part.source for part in mission.satellite.components)
    assert mission.satellite.transmitter is not None


def test_leo_heavy_asks_for_the_published_payload() -> None:
    """3500 kg: interfax.com/newsroom/top-stories/98675 (shared payloads.csv, first row)."""
    mission = load_mission(next(path for path in MISSIONS if path.stem == "leo-heavy"))
    assert mission.satellite is None
    assert mission.requirements.payload_mass_kg == 3500
    published = [figure.payload_kg for figure in mission.vehicle.payload_figures]
    assert 3500 in published
    assert (mission.target.perigee_altitude_km, mission.target.inclination_deg) == (200, 51.7)


@pytest.mark.parametrize(
    ("name", "failing"),
    [("earth-observer", set()), ("leo-heavy", set()), ("does-not-close", {"battery", "link hartebeesthoek"})],
)
def test_it_closes_or_fails_as_its_comments_say(name: str, failing: set[str]) -> None:
    from cosmodrome.analysis import analyze

    result = analyze(load_mission(next(path for path in MISSIONS if path.stem == name)))
    assert {check.name for check in result.verdict.failing} == failing
    assert result.verdict.closes is (not failing)
    assert all(check.remedy for check in result.verdict.failing)
    assert all(check.derivation or check.name == "launch windows" for check in result.verdict.checks)
    for check in result.verdict.failing:
        levers = {lever.title: lever for lever in mission_levers(result.mission)}
        for closing in check.closings:  # what is offered closes it, judged here once more
            changed = with_lever(result.mission, levers[closing.lever], closing.after)
            assert result.judged(changed).find(check.name).closes
        assert check.closings
        assert check.sensitivities
