"""`cosmodrome orbit`, `lifetime`, `export`: answers, JSON against the API, files, bad input in sentences."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from cosmodrome import cli
from cosmodrome.orbit.exchange.oem import read_oem
from cosmodrome.orbit.exchange.orbit_file import read_orbit_file
from cosmodrome.studies.lifetime_options import LifetimeOptions
from cosmodrome.studies.lifetime_study import lifetime_study
from cosmodrome.studies.orbit_options import OrbitOptions
from cosmodrome.studies.orbit_study import orbit_study

MISSIONS = Path(__file__).parents[1] / "missions"
EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
CIRCLE = ("--altitude", 500, "--inclination", 51.6, "--raan", 30, "--epoch", "2027-03-01")

# Terra, of satellite_examples S-05
TERRA = """TERRA
1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997
2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585
"""


def call(*arguments):
    return CliRunner().invoke(cli.main, [str(a) for a in arguments])


def refused(*arguments):
    """What is said about bad input: exit code 2, nothing on stdout."""
    result = call(*arguments)
    assert result.exit_code == cli.BAD_INPUT, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


@pytest.fixture
def terra(tmp_path):
    path = tmp_path / "terra.tle"
    path.write_text(TERRA)
    return path


@pytest.fixture
def message(tmp_path):
    """An OPM about the Earth, with what is to be changed in it."""

    def write(**changed):
        values = {
            "CCSDS_OPM_VERS": "2.0", "CREATION_DATE": "2027-01-01T00:00:00", "ORIGINATOR": "TEST",
            "OBJECT_NAME": "PROBE", "OBJECT_ID": "2027-001A", "CENTER_NAME": "EARTH", "REF_FRAME": "GCRF",
            "TIME_SYSTEM": "UTC", "EPOCH": "2027-03-01T00:00:00", "X": "6878.137", "Y": "0", "Z": "0",
            "X_DOT": "0", "Y_DOT": "4.7", "Z_DOT": "5.98",
        } | changed  # fmt: skip
        path = tmp_path / "probe.opm"
        path.write_text("".join(f"{key} = {value}\n" for key, value in values.items()))
        return path

    return write


# ---- orbit


def test_an_orbit_is_told_and_json_agrees_with_the_api():
    text = call("orbit", *CIRCLE)
    assert text.exit_code == 0, text.stderr
    for name in ("period", "nodal period", "node drift", "local time of node", "ground track", "eclipses",
                 "beta", "altitude", "data", "forces"):  # fmt: skip
        assert any(line.startswith(name) for line in text.stdout.splitlines()), name
    assert max(map(len, text.stdout.splitlines())) <= 110
    assert text.stderr == "orbit …\n"
    document = json.loads(call("orbit", *CIRCLE, "--json").stdout)
    asked = OrbitOptions(altitude_km=500, inclination_deg=51.6, raan_deg=30, epoch=EPOCH)
    study = orbit_study(asked, today=EPOCH)
    assert document["schema_version"] == 1
    assert document["nodes"]["nodal_period_s"] == pytest.approx(study.nodes.nodal_period_s, abs=1e-6)
    assert document["orbit"]["mean_altitude_km"] == pytest.approx(study.mean_altitude_km, abs=1e-9)
    assert document["start"]["forces"]["conventions"] in " ".join(text.stdout.split())
    assert document["data"]["space_weather_until"] == study.ephemeris.space_weather_until.isoformat()


def test_quiet_narrates_nothing():
    assert call("orbit", *CIRCLE, "-q").stderr == ""


def test_forces_are_switched_off_by_name():
    words = ("drag", "sun", "moon", "solar-pressure", "tides", "relativity")
    given = [part for word in words for part in ("--without", word)]
    document = json.loads(call("orbit", *CIRCLE, *given, "--gravity", "2x0", "--json").stdout)
    assert document["start"]["forces"]["conventions"] == "EGM2008 2x0"


def test_the_satellite_of_the_options_is_the_one_that_flies():
    given = ("--mass", 4, "--drag-area", 0.01, "--cd", 2.5, "--radiation-area", 0.03, "--cr", 1.1)
    forces = json.loads(call("orbit", *CIRCLE, *given, "--json").stdout)["start"]["forces"]
    assert (forces["mass_kg"], forces["drag_area_m2"], forces["drag_coefficient"]) == (4, 0.01, 2.5)
    assert (forces["radiation_area_m2"], forces["reflectivity_coefficient"]) == (0.03, 1.1)


def test_the_ephemeris_is_written_whole_and_read_back(tmp_path):
    file = tmp_path / "folder" / "orbit.oem"
    shown = call("orbit", *CIRCLE, "--output", file)
    assert shown.stdout.rstrip().endswith(f"→ {file}")
    (series,) = read_oem(file)
    assert series.epoch == EPOCH
    assert series.elapsed_s[-1] == pytest.approx(86_400)
    assert [path.name for path in file.parent.iterdir()] == ["orbit.oem"]
    again = call("orbit", file, "--epoch", "2027-03-01T12:00", "--days", 0.1)
    assert again.exit_code == 0, again.stderr
    assert "2027-03-01 12:00:00 UTC" in " ".join(again.stdout.split())


def test_a_mission_gives_its_target_and_its_satellite():
    document = json.loads(call("orbit", MISSIONS / "earth-observer.toml", "--json").stdout)
    assert document["start"]["origin"].startswith("target of")
    assert document["nodes"]["ltan_h"] == pytest.approx(22.5, abs=0.01)
    assert document["orbit"]["mean_altitude_km"] == pytest.approx(550, abs=0.3)
    assert not [note for note in document["data"]["notes"] if note.startswith("Assumed")]


def test_two_line_elements_start_at_their_epoch_by_sgp4(terra):
    document = json.loads(call("orbit", terra, "--json").stdout)
    assert document["start"]["epoch"].startswith("2019-10-16T02:07:46")
    # satellite_examples S-05: node at 22.499 h
    assert document["nodes"]["ltan_h"] == pytest.approx(22.499, abs=0.01)
    assert any("by SGP4" in note for note in document["data"]["notes"])


def test_what_is_beyond_the_tables_is_named_with_its_effect():
    late = call("orbit", "--altitude", 500, "--inclination", 51.6, "--epoch", "2050-01-01").stdout
    late = " ".join(late.split())
    assert "its last values are held after that, which shifts ground tracks" in late
    assert "last forecast month, held, of F10.7 and a constant Ap" in late
    early = call("orbit", "--altitude", 500, "--inclination", 51.6, "--epoch", "1965-01-01").stdout
    assert "tabulated from 1973-01-02; its first values are held" in " ".join(early.split())


def test_what_is_assumed_is_told():
    text = " ".join(call("orbit", "--altitude", 500, "--sun-synchronous", "-q").stdout.split())
    for what in ("No --epoch given", "No --ltan or --raan given", "Assumed where not given: 100 kg"):
        assert what in text


def test_an_orbit_that_falls_in_the_run_is_answered_with_a_note():
    result = call("orbit", "--altitude", 160, "--inclination", 51, "--days", 5, "--epoch", "2027-03-01")
    assert result.exit_code == 0, result.stderr
    assert "The orbit comes below 120 km after 0." in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "no orbit is given: give --altitude"),
        (("--altitude", 500), "no inclination is given: give --inclination, or --sun-synchronous"),
        (("--altitude", 500, "--apogee", 600, "--inclination", 51), "give one or the other"),
        (("--perigee", 500, "--inclination", 51), "--perigee alone is no orbit: give --apogee as well"),
        (("--perigee", 900, "--apogee", 500, "--inclination", 51), "swap the two"),
        (("--altitude", 50, "--inclination", 51), "--altitude 50 lies outside 120 to 100000"),
        ((*CIRCLE, "--sun-synchronous"), "--sun-synchronous sets the inclination"),
        ((*CIRCLE, "--ltan", "10:30"), "--ltan and --raan both set the node: give one of them"),
        (("--altitude", 500, "--sun-synchronous", "--ltan", "25:00"), "is not a time of day: write it as"),
        (("--altitude", 9000, "--sun-synchronous"), "no orbit with a semi-major axis of 15378 km"),
        ((*CIRCLE, "--argument-of-perigee", 9), "--argument-of-perigee is of an ellipse"),
        ((*CIRCLE, "--days", 0), "--days 0 lies outside 0 to 3660: give a duration in days above 0"),
        ((*CIRCLE, "--drag-area", -1), "--drag-area -1 lies outside 0 to 100000"),
        ((*CIRCLE, "--mass", 0), "--mass 0 lies outside"),
        ((*CIRCLE, "--gravity", "90x90"), "a degree up to 70"),
        ((*CIRCLE, "--gravity", "4x9"), "give an order up to the degree"),
        ((*CIRCLE, "--gravity", "much"), "'much' is no degree and order: write it as 20x20"),
        ((*CIRCLE, "--object", "ISS"), "--object chooses from a file: name the file"),
        (
            (*CIRCLE, "--output", "orbit.doc"),
            "cannot tell from 'orbit.doc' what to write: end it in one of .oem",
        ),
        (("--altitude", 500, "--inclination", 51, "--epoch", "1950-01-01"), "lies outside 1962 to 2099"),
        (
            ("--altitude", 500, "--inclination", 51, "--epoch", "soon"),
            "'soon' is no instant: write 2027-03-01",
        ),
        (("nowhere.oem",), "nowhere.oem: cannot be read: No such file or directory; give the path"),
        (("nowhere.oem", "--altitude", 500), "the orbit is that of nowhere.oem: leave out --altitude"),
    ],
)
def test_every_contradiction_of_an_orbit_says_what_to_do(options, said):
    assert said in refused("orbit", *options)


def test_all_contradictions_are_told_at_once():
    said = refused("orbit", "--altitude", 50, "--days", 0, "--mass", -3, "--ltan", "x")
    assert "5 errors; nothing was computed." in said  # no inclination is the fifth


def test_a_hyperbolic_state_is_no_orbit(message):
    said = refused("orbit", message(Y_DOT="12.5"))
    assert (
        "PROBE at 2027-03-01T00:00:00 UTC is on no orbit about the Earth: the state is not on an ellipse"
        in said
    )


def test_a_state_at_another_time_is_refused_with_its_span(message):
    said = refused("orbit", message(), "--epoch", "2027-03-02")
    assert (
        "PROBE has no state at --epoch 2027-03-02T00:00:00: its 1 states run from 2027-03-01T00:00:00" in said
    )


def test_a_state_about_the_moon_is_refused(message):
    said = refused("orbit", message(CENTER_NAME="MOON", REF_FRAME="EME2000"))
    assert "states about MOON cannot be turned into GCRF" in said


def test_a_start_below_the_air_is_refused(message):
    said = refused("orbit", message(X="6450", Y_DOT="5.0", Z_DOT="6.1"))
    assert "the orbit starts below 120 km" in said


def test_a_bad_checksum_names_its_line(terra):
    terra.write_text(TERRA.replace("9997\n", "9998\n"))
    said = refused("orbit", terra)
    assert f"{terra}:2: expected the checksum 7 at the end of line 1, given 8" in said


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("a shopping list\n")
    assert "expected an OEM, OPM, OMM, TLE or SP3 file, given something else" in refused("orbit", path)


@pytest.fixture
def ephemeris(terra, tmp_path):
    path = tmp_path / "terra.oem"
    assert call("export", terra, "--to", "oem", "--output", path, "-q").exit_code == 0
    return path


def test_a_truncated_ephemeris_is_refused(ephemeris):
    lines = ephemeris.read_text().splitlines(keepends=True)
    ephemeris.write_text("".join(lines[:200]))
    assert "expected states until STOP_TIME" in refused("orbit", ephemeris)


def test_mixed_frames_are_refused(ephemeris):
    text = ephemeris.read_text()
    second = text[text.index("META_START") :].replace("REF_FRAME = TEME", "REF_FRAME = GCRF")
    ephemeris.write_text(text + second)
    said = refused("orbit", ephemeris)
    assert "expected REF_FRAME = TEME as in line" in said
    assert "given GCRF; put the segments into files of their own" in said


def test_one_of_several_objects_is_chosen_by_name_or_number(terra):
    other = TERRA.replace("TERRA", "AURA").replace("25994", "28376")
    lines = [line if line == "AURA" else line[:68] + str(_checksum(line)) for line in other.splitlines()]
    terra.write_text(TERRA + "\n".join(lines) + "\n")
    assert "holds TERRA, AURA: choose one with --object NAME" in refused("orbit", terra)
    assert "did you mean 'AURA'?" in refused("orbit", terra, "--object", "AURO")
    for name in ("aura", "28376"):
        assert call("orbit", terra, "--object", name, "-q").stdout.startswith("AURA (SGP4")


def _checksum(line):
    return sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10


# ---- lifetime


SMALL = ("--altitude", 400, "--inclination", 51.6, "--ballistic-coefficient", 60, "--start", "2027-01-01")


def test_a_start_on_record_has_the_course_that_was_observed():
    past = json.loads(call("lifetime", *SMALL, "--start", "2001-12-16", "--json").stdout)["cases"]
    assert [one["case"] for one in past] == ["low", "mean", "high", "observed"]
    assert past[2]["lifetime_years"] < past[3]["lifetime_years"] < past[0]["lifetime_years"]


def test_a_lifetime_is_told_and_json_agrees_with_the_api():
    text = call("lifetime", *SMALL)
    assert text.exit_code == 0, text.stderr
    assert [line.split()[0] for line in text.stdout.splitlines()[2:5]] == ["low", "mean", "high"]
    assert "✓ yes" in text.stdout
    document = json.loads(call("lifetime", *SMALL, "--json").stdout)
    asked = LifetimeOptions(
        altitude_km=400, inclination_deg=51.6, ballistic_coefficient_kg_m2=60,
        start=datetime(2027, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    cases = lifetime_study(asked, today=EPOCH).cases
    assert [one["lifetime_years"] for one in document["cases"]] == [one.lifetime_years for one in cases]
    assert document["odds"] is None


def test_draws_give_probabilities_and_the_same_ones_for_the_same_seed():
    first, again, other = (
        json.loads(call("lifetime", *SMALL, "--draws", 20, "--seed", seed, "--json").stdout)["odds"]
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other
    assert first["rules_years"] == [5, 25]
    assert first["within_fraction"] == [1, 1]  # it is down within two years
    low, median, high = first["percentile_years"]
    assert low < median < high


def test_a_node_that_is_known_sets_the_local_time_of_the_air():
    """At 500 km a node at 18 h meets less of the afternoon's dense air than one at 14 h, by some percent."""
    given = ("--altitude", 500, "--sun-synchronous", *SMALL[4:])
    found = [call("lifetime", *given, "--ltan", ltan, "--json").stdout for ltan in ("14:00", "18:00")]
    afternoon, evening = (json.loads(text)["cases"][1]["lifetime_years"] for text in found)
    assert 1.0 < evening / afternoon < 1.3


def test_mass_area_and_coefficient_make_the_ballistic_coefficient():
    given = ("--mass", 100, "--drag-area", 0.8, "--cd", 2.5)
    document = json.loads(call("lifetime", "--altitude", 300, "--inclination", 98, *given, "--json").stdout)
    assert document["ballistic_coefficient_kg_m2"] == pytest.approx(50)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((*SMALL, "--ltan", "10:30", "--raan", 4), "--ltan and --raan both set the node"),
        (SMALL[2:], "no orbit is given: give --altitude, or --perigee and --apogee"),
        (SMALL[:2] + SMALL[4:], "the density depends on the inclination: give --inclination"),
        (SMALL[:4], "give --mass and --drag-area, or --ballistic-coefficient"),
        ((*SMALL, "--mass", 3), "--ballistic-coefficient stands for mass, area and C_D"),
        ((*SMALL[:4], "--mass", 3, "--drag-area", -1), "--drag-area -1 lies outside"),
        ((*SMALL, "--draws", -1), "--draws -1 lies outside 0 to 100000"),
        ((*SMALL[:6], "--start", "1900-01-01"), "--start 1900-01-01 lies outside 1962 to 2099"),
    ],
)
def test_every_contradiction_of_a_lifetime_says_what_to_do(options, said):
    assert said in refused("lifetime", *options)


# ---- export


def test_every_kind_is_written_and_those_with_a_reader_are_read_back(terra, tmp_path):
    kinds = "oem,opm,omm,tle,czml,kml,netcdf,csv"
    folder = tmp_path / "out"
    result = call("export", terra, "--to", kinds, "--days", 0.2, "--output", folder, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    written = sorted(path.name for path in folder.iterdir())
    assert written == sorted(Path(one["path"]).name for one in document["files"])
    assert len(written) == 8
    for name in ("terra.oem", "terra.opm", "terra.omm", "terra.tle"):
        (found,) = read_orbit_file(folder / name)
        assert found.object_name == "TERRA"
    notes = {one["kind"]: one["note"] for one in document["files"]}
    assert notes["tle"].startswith("approximate")
    assert notes["oem"] == ""


def test_the_frame_and_the_span_are_those_asked_for(terra, tmp_path):
    file = tmp_path / "fixed.oem"
    span = ("--epoch", "2019-10-16T03:00", "--days", 0.1, "--step", 120)
    call("export", terra, "--to", "oem", "--frame", "itrf", *span, "--output", file)
    (series,) = read_oem(file)
    assert series.frame == "ITRF"
    assert series.epoch == datetime(2019, 10, 16, 3, tzinfo=UTC)
    assert np.diff(series.elapsed_s) == pytest.approx(120)
    cut = tmp_path / "cut.oem"
    call("export", file, "--to", "oem", "--epoch", "2019-10-16T04:00", "--days", 0.02, "--output", cut)
    (part,) = read_oem(cut)
    assert part.epoch == datetime(2019, 10, 16, 4, tzinfo=UTC)
    assert part.position_m[0] == pytest.approx(series.position_m[30], abs=1e-3)


def test_the_injected_orbit_of_a_mission_is_exported(tmp_path):
    file = tmp_path / "mission.oem"
    result = call("export", MISSIONS / "earth-observer.toml", "--to", "oem", "--output", file)
    assert result.exit_code == 0, result.stderr
    assert "injected orbit of" in result.stdout
    (series,) = read_oem(file)
    assert series.object_name == "earth-observer"
    assert series.elapsed_s[-1] == pytest.approx(30 * 86_400)


def test_nothing_half_written_remains(terra, tmp_path, monkeypatch):
    from cosmodrome.outputs import files

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fail)
    said = refused("export", terra, "--to", "oem", "--output", tmp_path / "out" / "a.oem")
    assert "No space left on device; give a place that can be written" in said
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "doc"), "'doc': give one or more of oem,opm,omm,tle,czml,kml,netcdf,csv"),
        (
            ("--to", "oem", "--frame", "MCI"),
            "expected one of the frames GCRF, EME2000, ITRF, TEME, given 'MCI'",
        ),
        (("--to", "oem", "--days", 0), "--days 0 lies outside"),
        (("--to", "oem", "--step", 0), "--step 0 lies outside 0.001 to 86400"),
        (("--to", "oem", "--object", "HUBBLE"), "no object 'HUBBLE'"),
    ],
)
def test_every_export_that_cannot_be_says_why(terra, tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    assert said in refused("export", terra, *options)
    assert [path.name for path in tmp_path.iterdir()] == ["terra.tle"]


def test_elements_of_a_satellite_that_has_come_down_are_refused(terra, tmp_path):
    line = TERRA.splitlines()[2].replace("14.57115279", "16.50000000")
    terra.write_text("\n".join([*TERRA.splitlines()[:2], line[:68] + str(_checksum(line))]) + "\n")
    said = refused(
        "export", terra, "--to", "oem", "--days", 400, "--step", 86_400, "--output", tmp_path / "a"
    )
    assert "days from the epoch of TERRA (25994): " in said
    assert not (tmp_path / "a").exists()


def test_a_file_is_not_overwritten_by_its_own_export(ephemeris):
    before = ephemeris.read_text()
    said = refused("export", ephemeris, "--to", "oem", "--output", ephemeris)
    assert "would be overwritten by its own export: give another --output" in said
    assert ephemeris.read_text() == before


def test_states_outside_the_span_and_missions_without_a_satellite_are_refused(ephemeris):
    assert "has no states in that time" in refused(
        "export", ephemeris, "--to", "csv", "--epoch", "2027-01-01"
    )
    heavy = MISSIONS / "leo-heavy.toml"
    assert "describes no satellite" in refused("export", heavy, "--to", "oem")
    assert "leave out --epoch and --days" in refused("export", heavy, "--to", "oem", "--days", 1)


# ---- all


@pytest.mark.parametrize("verb", ["orbit", "passes", "lifetime", "coverage", "export"])
def test_help_starts_with_an_example_and_loads_nothing_heavy(verb):
    program = (
        "import sys; from cosmodrome.cli import main\n"
        f"try: main([{verb!r}, '--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not {'casadi', 'satkit', 'matplotlib', 'numpy', 'pydantic'} & set(sys.modules)"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    lines = [line.strip() for line in process.stdout.splitlines() if line.strip()]
    assert lines[1].startswith(f"cosmodrome {verb} ")
    assert "--json" in process.stdout


def test_interrupting_is_not_a_fault_and_a_fault_is_a_sentence(monkeypatch):
    from cosmodrome.studies import orbit_study as module

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(module, "propagate", interrupt)
    assert call("orbit", *CIRCLE).exit_code == cli.INTERRUPTED
    monkeypatch.setattr(module, "propagate", fail)
    result = call("orbit", *CIRCLE)
    assert result.exit_code == cli.NO_VERDICT
    assert "error: RuntimeError: boom" in result.stderr
    assert "Traceback" not in result.stderr
    assert isinstance(call("orbit", *CIRCLE, "--debug").exception, RuntimeError)


def test_now_is_an_instant():
    before = datetime.now(UTC).replace(microsecond=0)
    document = json.loads(call("orbit", *CIRCLE[:-1], "now", "--days", 0.1, "--json").stdout)
    began = datetime.fromisoformat(document["start"]["epoch"].replace("Z", "+00:00"))
    assert before <= began <= datetime.now(UTC)
