"""`cosmodrome payload`: exit codes, text and JSON against the API, the map's file, all errors at once."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

from cosmodrome import cli, payload_study
from cosmodrome.ascent.capability import PayloadCapability
from cosmodrome.ascent.result import AscentStatus
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.payload_question import MAP_ALTITUDES_KM, PayloadOptions, payload_question

ANGARA = ("angara-1.2", "vostochny")
SSO = ("--altitude", "500", "--sun-synchronous")


def call(*arguments):
    return CliRunner().invoke(cli.main, ["payload", *(str(a) for a in arguments)])


def digits(text):
    """Text without the spaces between thousands and with plain minus signs."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", "").replace("−", "-")


@pytest.fixture(scope="module")
def study():
    options = PayloadOptions(altitude_km=500, sun_synchronous=True)
    question = payload_question(find_vehicle(ANGARA[0]), find_site(ANGARA[1]), options)
    return payload_study.payload_study(question)


@pytest.fixture
def solved(monkeypatch, study):
    """The ascent from the shelf; called with a status, as if it had ended so."""

    def end_with(status=AscentStatus.OPTIMAL, payload_kg=None):
        if status is AscentStatus.OPTIMAL:
            ended = study.capability
        else:
            payload_kg = study.capability.physics_kg if payload_kg is None else payload_kg
            ascent = replace(study.capability.ascent, status=status, payload_kg=payload_kg)
            ended = PayloadCapability.of_physics(ascent, (ascent,))
        monkeypatch.setattr(payload_study, "payload_capability", lambda *_: ended)

    end_with()
    return end_with


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """One call with all that may be asked of one orbit."""
    folder = tmp_path_factory.mktemp("payload")
    result = call(*ANGARA, *SSO, "--payload", 1000, "--map", "--footprints", "--json", "--output", folder)
    return folder, result


def test_the_text_holds_the_payload_and_losses_that_sum(study):
    result = call(*ANGARA, *SSO)
    assert result.exit_code == cli.CLOSES, result.stderr
    lines = digits(result.stdout).splitlines()
    found = study.capability
    assert lines[0] == (
        f"Angara 1.2 · vostochny → 500 km sun-synchronous, 97.40°: {found.payload_kg:.0f} kg, "
        f"{found.low_kg:.0f} to {found.high_kg:.0f} kg with 90 %"
    )
    at = next(number for number, line in enumerate(lines) if line.startswith("velocity"))
    start, ideal, *lost, rotation, end = (float(word) for word in lines[at + 1].split())
    assert len(lost) == 4
    assert start + ideal - sum(lost) + rotation == pytest.approx(end, abs=3)
    assert any(line.startswith("insertion") for line in lines)
    assert "ascent …" in result.stderr


def test_json_is_alone_on_stdout_and_agrees_with_the_api(everything, study):
    _, result = everything
    assert result.exit_code == cli.CLOSES, result.stderr
    document = json.loads(result.stdout)
    capability = study.capability
    assert document["capability"]["payload_kg"] == pytest.approx(capability.payload_kg, abs=0.01)
    assert document["outcome"]["name"] == "LIFTS"
    of_api = {(p.stage, p.quantity): p.change_kg for p in study.partials}
    of_json = {(p["stage"], p["quantity"]): p["change_kg"] for p in document["partials"]}
    assert of_json == pytest.approx(of_api, rel=1e-3)
    assert [f["name"] for f in document["footprints"]] == [b.name for b in capability.ascent.jettisoned]


def test_a_payload_that_fits_leaves_propellant_and_keeps_the_losses_of_that_flight(everything, study):
    _, result = everything
    document = json.loads(result.stdout)
    assert document["capability"]["laden"] is True
    assert document["ascent"]["payload_kg"] == 1000
    spare = study.capability.physics_kg - 1000
    assert 0 < document["ascent"]["propellant_left_kg"] < spare  # less dead mass burns less


def test_the_map_passes_through_the_payload(everything, study):
    folder, result = everything
    document = json.loads(result.stdout)
    charted = document["map"]
    assert charted["altitudes_km"] == list(MAP_ALTITUDES_KM)
    row = MAP_ALTITUDES_KM.index(500)
    assert charted["payload_kg"][row][0] == pytest.approx(study.capability.physics_kg, rel=1e-4)
    assert charted["calibrated_kg"][row][0] == pytest.approx(study.capability.payload_kg, rel=1e-4)
    assert (charted["payload_kg"][-1][0] or -1) < 0  # out of reach, solved or not
    assert charted["file"] == str(folder / "payload" / "angara-1.2-vostochny.svg")


def test_the_map_file_is_written_whole_and_replaced_in_one_step(everything, monkeypatch):
    from cosmodrome.outputs import files

    folder, _ = everything
    written = folder / "payload" / "angara-1.2-vostochny.svg"
    before = written.read_text(encoding="utf-8")
    assert before.startswith("<?xml")
    assert before.rstrip().endswith("</svg>")

    charted = payload_study.payload_map(
        find_vehicle(ANGARA[0]), find_site(ANGARA[1]), (200.0, 300.0), (60.0,)
    )
    monkeypatch.setattr(payload_study, "payload_map", lambda *_, **__: charted)
    again = (*ANGARA, "--map", "--inclination", 60, "--output", folder, "-q")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fail)
    failed = call(*again)
    assert failed.exit_code == cli.BAD_INPUT
    assert "No space left on device; give another --output DIR" in failed.stderr
    assert written.read_text(encoding="utf-8") == before
    monkeypatch.undo()

    monkeypatch.setattr(payload_study, "payload_map", lambda *_, **__: charted)
    shown = call(*again)
    assert shown.exit_code == cli.CLOSES
    assert shown.stdout.rstrip().endswith(f"→ {written}")
    assert shown.stderr == ""
    assert written.read_text(encoding="utf-8") != before
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_a_payload_too_heavy_exits_1(solved, study):
    heavy = call(*ANGARA, *SSO, "--payload", study.capability.physics_kg + 100)
    assert heavy.exit_code == cli.DOES_NOT_CLOSE
    assert "does not fit, 100 kg too heavy" in heavy.stdout


def test_an_orbit_out_of_reach_exits_1_and_one_not_found_3(solved):
    solved(AscentStatus.OUT_OF_REACH, -741.0)
    assert call(*ANGARA, *SSO).exit_code == cli.DOES_NOT_CLOSE
    for status in (AscentStatus.NOT_CONVERGED, AscentStatus.NOT_CONFIRMED):
        solved(status)
        result = call(*ANGARA, *SSO, "--payload", 100, "--footprints")
        assert result.exit_code == cli.NO_VERDICT
        assert status.value in " ".join(result.stdout.split())


def test_an_inclination_that_cannot_be_reached_exits_2_and_says_what_can():
    result = call(*ANGARA, "--altitude", 300, "--inclination", 40)
    assert result.exit_code == cli.BAD_INPUT
    assert "orbits of 51.70 to 128.30 deg can be reached" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("names", "suggested"),
    [(("angara-12", "vostochny"), "angara-1.2"), (("angara-1.2", "vostochni"), "vostochny")],
)
def test_a_name_misspelled_is_suggested(names, suggested):
    result = call(*names, "--altitude", 500)
    assert result.exit_code == cli.BAD_INPUT
    assert f"did you mean '{suggested}'" in result.stderr


def test_contradictory_options_are_listed_all_at_once():
    result = call(
        *ANGARA, "--altitude", 90, "--perigee", 200, "--escape", 5, "--sun-synchronous",
        "--inclination", 51.7, "--inclination", 200, "--max-g", "nan", "--map", "--argument-of-perigee", 90,
    )  # fmt: skip
    assert result.exit_code == cli.BAD_INPUT
    assert result.stdout == ""
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert result.stderr.rstrip().endswith(f"{len(errors)} errors; nothing was computed.")
    for what in (
        "--altitude 90 lies outside 120 to 100000",
        "--max-g nan lies outside",
        "--inclination 200 lies outside 0 to 180",
        "--altitude asks for a circle, --escape for a departure: give",
        "--argument-of-perigee is of an ellipse: give",
        "--sun-synchronous sets the inclination: leave out --inclination",
        "--sun-synchronous is for circles: give --altitude",
        "one orbit has one inclination, and 2 are given: leave out",
        "--map is of circular orbits: leave out",
    ):
        assert [line for line in errors if line.startswith(f"error: {what}")], what


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ((), "no orbit is given: give --altitude"),
        (("--sun-synchronous",), "no orbit is given: give --altitude, or --map"),
        (("--perigee", 200), "--perigee alone is no orbit: give --apogee as well"),
        (("--apogee", 200), "--apogee alone is no orbit: give --perigee as well"),
        (("--perigee", 900, "--apogee", 300), "--perigee 900 lies above --apogee 300: swap the two"),
        (("--altitude", 300, "--apogee", 300), "give one or the other"),
        (("--escape", 1, "--apogee", 300), "leave out --apogee"),
        (("--escape", -58, "--perigee", 900), "less than a circular orbit has there (-54.8): use --altitude"),
        (("--altitude", 300, "--inclination", 52, "--inclination", 53), "give it once, or --map"),
        (("--map", "--payload", 900, "--inclination", 60), "--payload is about one orbit: give --altitude"),
        (("--altitude", 300, "--payload", 0), "--payload 0 lies outside"),
    ],
)
def test_every_contradiction_says_what_to_do(options, advice):
    result = call(*ANGARA, *options)
    assert result.exit_code == cli.BAD_INPUT
    assert advice in result.stderr


def test_limits_replace_those_of_the_vehicle():
    options = PayloadOptions(altitude_km=300, max_dynamic_pressure_kpa=20, max_heat_flux_w_m2=500)
    question = payload_question(find_vehicle(ANGARA[0]), find_site(ANGARA[1]), options)
    assert question.limits.dynamic_pressure_kpa == 20
    assert question.limits.heat_flux_w_m2 == 500
    assert question.limits.axial_acceleration_g == 4  # the vehicle's own
    assert question.lowest_inclination
    assert question.inclinations_deg == (51.7,)


def test_an_escape_begins_at_185_km_unless_told():
    from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M

    vehicle, site = find_vehicle(ANGARA[0]), find_site(ANGARA[1])
    for given, expected in ((None, 185.0), (300.0, 300.0)):
        options = PayloadOptions(c3_km2_s2=10.0, perigee_altitude_km=given)
        orbit = payload_question(vehicle, site, options).target
        assert orbit.perigee_radius_m == pytest.approx(EARTH_EQUATORIAL_RADIUS_M + 1e3 * expected)
        assert orbit.eccentricity > 1


def test_a_place_that_cannot_be_written_exits_2_before_anything_is_computed(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    result = call(*ANGARA, "--map", "--output", tmp_path / "taken")
    assert result.exit_code == cli.BAD_INPUT
    assert "cannot write results to" in result.stderr
    assert "map of" not in result.stderr


def test_a_published_figure_is_compared_only_near_its_own_orbit():
    vehicle, site = find_vehicle("angara-1.2"), find_site("plesetsk")
    ratios, computed_kg = {}, {}
    for altitude in (200.0, 900.0):
        options = PayloadOptions(altitude_km=altitude, inclinations_deg=(63.0,))
        found = payload_study.payload_study(payload_question(vehicle, site, options))
        beside = found.capability.published
        ratios[altitude] = [p.payload_over_published_ratio for p in beside]
        computed_kg[altitude] = found.capability.payload_kg
    assert [r for r in ratios[200.0] if r] == [computed_kg[200.0] / kg for kg in (3500, 3800, 3700)]
    assert not any(ratios[900.0])


def test_help_lists_the_options_and_loads_nothing_heavy():
    program = (
        "import sys; from cosmodrome.cli import main\n"
        "try: main(['payload', '--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not {'casadi', 'satkit', 'matplotlib', 'numpy'} & set(sys.modules)"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    assert re.findall(r"cosmodrome payload .*--altitude", process.stdout)
    for option in ("--sun-synchronous", "--escape C3", "--max-q KPA", "--map", "--footprints", "--json"):
        assert option in process.stdout
