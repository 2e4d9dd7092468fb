"""`cosmodrome passes` and `coverage`: answers against other paths to them, maps, bad input in sentences."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cosmodrome import cli
from cosmodrome.catalog import find_station
from cosmodrome.operations.bulk_passes import bulk_passes

MISSIONS = Path(__file__).parents[1] / "missions"
SHAPE = ("--altitude", 550, "--inclination", 97.6, "--ltan", "10:30", "--epoch", "2027-03-01")

# Terra, of satellite_examples S-05, and the same half a revolution behind
LINES = (
    "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
    "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585",
)
BEHIND = (LINES[0], LINES[1].replace("268.0459", " 88.0459")[:68] + "5")
EPOCH = datetime(2019, 10, 16, 3, tzinfo=UTC)


def call(*arguments):
    return CliRunner().invoke(cli.main, [str(a) for a in arguments])


def refused(*arguments):
    """What is said about bad input: exit code 2, nothing on stdout."""
    result = call(*arguments)
    assert result.exit_code == cli.BAD_INPUT, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def answer(*arguments):
    result = call(*arguments, "--json", "-q")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.fixture
def terra(tmp_path):
    path = tmp_path / "terra.tle"
    path.write_text("\n".join(["TERRA", *LINES]) + "\n")
    return path


@pytest.fixture
def fleet(tmp_path):
    path = tmp_path / "fleet.tle"
    path.write_text("\n".join(["TERRA", *LINES, "BEHIND", *BEHIND]) + "\n")
    return path


def seconds(text):
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH).total_seconds()


# ---- passes


def test_passes_of_elements_are_those_of_the_bulk_search(terra):
    document = answer("passes", terra, "--station", "svalbard", "--epoch", "2019-10-16T03:00", "--days", 2)
    found = bulk_passes([LINES], [find_station("svalbard")], EPOCH, 2.0)
    assert len(document["passes"]) == len(found) > 20
    # both searches find edges within 0.05 s; the document has milliseconds
    assert [seconds(one["rise"]) for one in document["passes"]] == pytest.approx(
        found.rise_s.tolist(), abs=0.15
    )
    assert [seconds(one["set"]) for one in document["passes"]] == pytest.approx(
        found.set_s.tolist(), abs=0.15
    )
    heights = [one["max_elevation_deg"] for one in document["passes"]]
    assert heights == pytest.approx(found.max_elevation_deg.tolist(), abs=0.01)


def test_states_of_a_file_have_the_passes_of_the_elements_they_are_from(terra, tmp_path):
    states = tmp_path / "terra.oem"
    span = ("--epoch", "2019-10-16T03:00", "--days", 0.5)
    call("export", terra, "--to", "oem", "--frame", "EME2000", *span, "--output", states)
    by_states = answer("passes", states, "--station", "svalbard", "--days", 0.5)["passes"]
    by_elements = answer("passes", terra, "--station", "svalbard", *span)["passes"]
    assert len(by_states) == len(by_elements) > 4
    for one, other in zip(by_states, by_elements, strict=True):
        assert seconds(one["rise"]) == pytest.approx(seconds(other["rise"]), abs=0.1)
        assert one["rise_azimuth_deg"] == pytest.approx(other["rise_azimuth_deg"], abs=0.01)


def test_a_table_row_for_each_pass_and_totals_that_add_up(terra):
    text = call("passes", terra, "--station", "svalbard", "--station", "troll").stdout
    document = answer("passes", terra, "--station", "svalbard", "--station", "troll")
    rows = [line for line in text.splitlines() if line.startswith(("svalbard ", "troll "))]
    assert len(rows) == len(document["passes"]) + 1  # and the line of the masks
    first = document["passes"][0]
    assert first["rise"][:19].replace("T", " ") in rows[0]
    assert f"{first['max_elevation_deg']:.1f}°" in rows[0]
    assert max(map(len, text.splitlines())) <= 110
    assert sum(one["passes_count"] for one in document["totals"]) == len(document["passes"])
    contact_s = sum(one["duration_s"] for one in document["passes"])
    assert sum(one["contact_s"] for one in document["totals"]) == pytest.approx(contact_s)


def test_several_satellites_are_told_apart(fleet):
    document = answer("passes", fleet, "--station", "svalbard")
    assert document["satellites"] == ["TERRA", "BEHIND"]
    assert {one["satellite"] for one in document["passes"]} == {"TERRA", "BEHIND"}
    rises = [one["rise"] for one in document["passes"]]
    assert rises == sorted(rises)
    text = call("passes", fleet, "--station", "svalbard").stdout
    assert "satellite " in text.splitlines()[1]
    alone = answer("passes", fleet, "--station", "svalbard", "--object", "behind")
    assert alone["satellites"] == ["BEHIND"]


def test_a_place_of_ones_own_and_a_higher_mask():
    station = find_station("svalbard")
    place = (
        "--latitude", station.latitude_deg, "--longitude", station.longitude_deg,
        "--height", station.altitude_m,
    )  # fmt: skip
    ours = answer("passes", *SHAPE, *place, "--minimum-elevation", 30)
    theirs = answer("passes", *SHAPE, "--station", "svalbard", "--minimum-elevation", 30)
    assert [one["rise"] for one in ours["passes"]] == [one["rise"] for one in theirs["passes"]]
    assert min(one["max_elevation_deg"] for one in ours["passes"]) >= 30
    assert ours["stations"][0]["name"] == "here"
    lower = answer("passes", *SHAPE, "--station", "svalbard")
    assert len(lower["passes"]) > len(ours["passes"])


def test_a_pass_that_the_span_cuts_is_marked(terra):
    whole = answer("passes", terra, "--station", "svalbard")["passes"][0]
    middle = datetime.fromisoformat(whole["rise"].replace("Z", "+00:00")) + timedelta(seconds=60)
    given = ("passes", terra, "--station", "svalbard", "--epoch", middle.isoformat())
    cut = answer(*given)["passes"][0]
    assert (cut["begins"], cut["ends"]) == (False, True)
    assert seconds(cut["set"]) == pytest.approx(seconds(whole["set"]), abs=0.1)
    text = call(*given).stdout
    assert "* cut by the span" in text
    assert f"{middle:%H:%M:%S}*" in text


def test_no_pass_is_an_answer():
    result = call(
        "passes", "--altitude", 500, "--inclination", 10, "--raan", 0, "--station", "svalbard", "-q"
    )
    assert result.exit_code == 0
    assert "nothing rises above the mask" in result.stdout


def test_a_mission_and_a_single_state_are_propagated(terra, tmp_path):
    mission = answer("passes", MISSIONS / "earth-observer.toml", "--station", "svalbard")
    assert mission["method"].startswith("propagated: EGM2008")
    state = tmp_path / "terra.opm"
    call("export", terra, "--to", "opm", "--output", state)
    assert answer("passes", state, "--station", "svalbard")["method"].startswith("propagated: EGM2008")


def test_old_elements_and_times_beyond_the_tables_are_noted(terra):
    notes = answer("passes", terra, "--station", "svalbard", "--epoch", "2028-01-01")["notes"]
    assert any(
        note.startswith("Elements of TERRA are of 2019-10-16: more than 14 days away") for note in notes
    )
    assert any("its last values are held after that" in note for note in notes)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "no station is given: give --station NAME, or --latitude and --longitude"),
        (("--station", "svalbart"), "no station 'svalbart' in the catalog; did you mean 'svalbard'?"),
        (("--latitude", 40), "a place needs --latitude and --longitude: give both"),
        (("--latitude", 140, "--longitude", 40), "are latitude and longitude swapped?"),
        (("--station", "svalbard", "--height", 9), "--height is of a place"),
        (("--station", "svalbard", "--minimum-elevation", 90), "--minimum-elevation 90 lies outside"),
        (("--station", "svalbard", "--days", 0), "--days 0 lies outside"),
    ],
)
def test_every_contradiction_of_passes_says_what_to_do(options, said):
    assert said in refused("passes", *SHAPE, *options)


def test_states_that_cannot_give_passes_are_refused(terra, tmp_path):
    sparse = tmp_path / "sparse.oem"
    call("export", terra, "--to", "oem", "--step", 600, "--output", sparse)
    assert "up to 600 s apart; passes need" in refused("passes", sparse, "--station", "svalbard")
    dense = tmp_path / "dense.oem"
    call("export", terra, "--to", "oem", "--days", 0.2, "--output", dense)
    said = refused("passes", dense, "--station", "svalbard", "--epoch", "2020-01-01")
    assert "TERRA is covered from 2019-10-16T02:07:46 to 2019-10-16T06:55:46 UTC" in said


# ---- coverage


WALKER = ("--walker", "6/3/1", "--altitude", 600, "--inclination", 97.8, "--epoch", "2027-03-01")


def test_coverage_is_told_and_a_map_is_drawn(tmp_path):
    picture = tmp_path / "map.svg"
    result = call("coverage", *WALKER, "--half-cone", 40, "--points", 400, "--map", picture)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.rstrip().endswith(f"→ {picture}")
    for name in ("covered", "mean revisit", "90th percentile", "longest", "mean response"):
        assert any(line.startswith(name) for line in result.stdout.splitlines()), name
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<")
    assert "</svg>" in picture.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


def test_coverage_as_json_agrees_with_the_api():
    from cosmodrome.orbit.constellation import walker_delta
    from cosmodrome.orbit.coverage import SensorLimits, coverage
    from cosmodrome.orbit.ground_grid import fibonacci_grid

    document = answer("coverage", *WALKER, "--half-cone", 40, "--points", 300)
    found = coverage(
        walker_delta(6, 3, 1, 600, 97.8),
        fibonacci_grid(300),
        SensorLimits(40.0),
        datetime(2027, 3, 1, tzinfo=UTC),
    )
    seen = found.revisit.accesses_count > 0
    assert document["summary"]["covered_fraction"] == pytest.approx(float(seen.mean()))
    assert document["points"]["accesses_count"] == found.revisit.accesses_count.tolist()
    assert document["summary"]["longest_revisit_s"] == float(found.revisit.maximum_revisit_s.max())


def test_targets_have_a_row_each_and_agree_with_passes(fleet):
    station = find_station("svalbard")
    place = f"{station.latitude_deg},{station.longitude_deg}"
    span = ("--epoch", "2019-10-16T03:00")
    given = ("coverage", fleet, "--minimum-elevation", 20, "--target", place, "--target=-33.9,18.4", *span)
    document = answer(*given)
    passes = answer(
        "passes", fleet, *span, "--latitude", station.latitude_deg, "--longitude", station.longitude_deg,
        "--minimum-elevation", 20,
    )  # fmt: skip
    # the two satellites are half a revolution apart: their accesses never overlap
    assert document["points"]["accesses_count"][0] == len(passes["passes"])
    text = call(*given).stdout
    assert "-33.900°" in text
    assert "2 satellites of" in text


def test_a_star_spreads_its_nodes_over_half_a_turn():
    star = answer("coverage", *WALKER, "--star", "--half-cone", 40, "--points", 200)
    delta = answer("coverage", *WALKER, "--half-cone", 40, "--points", 200)
    assert star["constellation"]["name"].startswith("Walker star 6/3/1")
    assert star["points"]["accesses_count"] != delta["points"]["accesses_count"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--half-cone", 30), "give --walker T/P/F, or files of elements"),
        (WALKER, "nothing says what is seen: give --half-cone or --minimum-elevation"),
        ((*WALKER, "--half-cone", 30, "a.tle"), "the satellites are a pattern or those of files"),
        (("--walker", "6-3", "--half-cone", 30), "'6-3' is no pattern: write satellites/planes/phasing"),
        (("--walker", "6/3/1", "--half-cone", 30), "a Walker pattern needs --altitude"),
        (
            ("--walker", "7/3/1", *WALKER[2:], "--half-cone", 30),
            "7 satellites do not share out evenly among 3",
        ),
        (("--walker", "6/3/5", *WALKER[2:], "--half-cone", 30), "lies from 0 to 2, it is 5"),
        ((*WALKER, "--half-cone", 0), "--half-cone 0 lies outside"),
        ((*WALKER, "--half-cone", 30, "--target", "Moscow"), "write LATITUDE,LONGITUDE in degrees"),
        ((*WALKER, "--half-cone", 30, "--target", "1,2", "--points", 99), "give one or the other"),
        ((*WALKER, "--half-cone", 30, "--points", 3), "--points 3 lies outside 10 to 200000"),
        ((*WALKER, "--half-cone", 30, "--days", -1), "--days -1 lies outside"),
    ],
)
def test_every_contradiction_of_coverage_says_what_to_do(options, said):
    assert said in refused("coverage", *options)


def test_states_are_no_constellation(terra, tmp_path):
    states = tmp_path / "terra.oem"
    call("export", terra, "--to", "oem", "--days", 0.1, "--output", states)
    said = refused("coverage", states, "--half-cone", 30)
    assert "holds states, and coverage goes by SGP4" in said


def test_a_map_that_cannot_be_written_says_where_to(tmp_path):
    (tmp_path / "taken").write_text("")
    said = refused(
        "coverage", *WALKER, "--half-cone", 30, "--points", 20, "--map", tmp_path / "taken" / "map.svg"
    )
    assert "give another --map FILE" in said
