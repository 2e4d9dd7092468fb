"""The command line: exit codes, what goes to stdout and what to stderr, errors in sentences."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cosmodrome import cli

ROOT = Path(__file__).parents[1]
MISSIONS = ROOT / "missions"
LEO_HEAVY = (MISSIONS / "leo-heavy.toml").read_text(encoding="utf-8")

REFUSING_SOCKETS = """
import socket
def refuse(self, address, *rest):
    raise ConnectionRefusedError(f"cosmodrome tried to connect to {address!r}")
socket.socket.connect = socket.socket.connect_ex = refuse
"""


def call(*arguments):
    return CliRunner().invoke(cli.main, [str(a) for a in arguments])


def written(directory):
    return sorted(str(p.relative_to(directory)) for p in directory.rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def offline_run(tmp_path_factory):
    """`cosmodrome run` on real input in a process that no network reaches.

    The process gets a network namespace of its own, without interfaces, where the machine allows that; and
    Python sockets that refuse in any case.
    """
    folder = tmp_path_factory.mktemp("run")
    (folder / "sitecustomize.py").write_text(REFUSING_SOCKETS)
    alone = ["unshare", "--map-root-user", "--net"]
    allowed = (
        shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True).returncode == 0
    )
    command = [*(alone if allowed else []), sys.executable, "-m", "cosmodrome", "run"]
    return folder, subprocess.run(
        [*command, str(MISSIONS / "earth-observer.toml"), "--output", str(folder / "out")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )


def test_a_mission_that_closes_exits_0_without_any_network(offline_run):
    _, process = offline_run
    assert process.returncode == 0, process.stderr
    assert "CLOSES (21 of 21)" in process.stdout
    assert "payload to orbit" in process.stdout


def test_narration_goes_to_stderr_one_plain_line_a_stage(offline_run):
    _, process = offline_run
    stages = [line for line in process.stderr.splitlines() if line]
    assert stages[0] == "ascent …"
    assert "\x1b" not in process.stdout + process.stderr
    assert "CLOSES" not in process.stderr


def test_everything_promised_is_written_and_nothing_half_written(offline_run):
    folder, _ = offline_run
    files = written(folder / "out" / "earth-observer")
    assert {"result.json", "report.html", "ephemeris.oem"} <= set(files)
    assert sum(name.startswith("plots/") for name in files) >= 9
    assert sum(name.startswith("tables/") for name in files) >= 10
    assert not [name for name in files if Path(name).name.startswith(".")]


def test_the_report_stands_alone(offline_run):
    folder, _ = offline_run
    page = (folder / "out" / "earth-observer" / "report.html").read_text(encoding="utf-8")
    for outside in ('src="http', 'href="http', "url(http", "@import"):
        assert outside not in page
    assert page.count("<svg") >= 9


def test_a_mission_that_does_not_close_exits_1_and_names_what_would_close_it(tmp_path):
    heavy = tmp_path / "heavy.toml"
    heavy.write_text(LEO_HEAVY.replace("payload_mass_kg = 3500", "payload_mass_kg = 9000"))
    result = call("run", heavy, "--output", tmp_path / "out", "-q")
    assert result.exit_code == cli.DOES_NOT_CLOSE
    assert "DOES NOT CLOSE (1 of 2)" in result.stdout
    assert "✗ payload to orbit: " in result.stdout
    assert result.stderr == ""


def test_json_prints_the_document_and_nothing_else(tmp_path):
    result = call("run", MISSIONS / "leo-heavy.toml", "--json", "--output", tmp_path)
    assert result.exit_code == cli.CLOSES
    document = json.loads(result.stdout)
    assert document["schema_version"]
    assert result.stdout == (tmp_path / "leo-heavy" / "result.json").read_text(encoding="utf-8")


def test_check_validates_only(tmp_path):
    result = call("check", MISSIONS / "leo-heavy.toml")
    assert result.exit_code == 0
    assert "valid; leo-heavy: Angara 1.2 from Vostochny" in result.stdout


@pytest.mark.parametrize("verb", ["run", "check"])
def test_a_broken_file_exits_2_with_line_and_advice(tmp_path, verb):
    broken = tmp_path / "broken.toml"
    broken.write_text(LEO_HEAVY.replace('vehicle = "angara-1.2"', 'vehicle = "angara12"'))
    result = call(verb, broken)
    assert result.exit_code == cli.BAD_INPUT
    assert "angara12" in result.stderr
    assert "did you mean 'angara-1.2'" in result.stderr
    assert result.stdout == ""
    assert written(tmp_path) == ["broken.toml"]


def test_an_orbit_beyond_every_dogleg_exits_2_and_says_what_is_reachable(tmp_path):
    retrograde = tmp_path / "retrograde.toml"
    text = LEO_HEAVY.replace('site = "vostochny"', 'site = "ccsfs"').replace("= 51.7 ", "= 130 ")
    retrograde.write_text(text)
    result = call("run", retrograde, "--output", tmp_path / "out")
    assert result.exit_code == cli.BAD_INPUT
    assert "outside its permitted sector of 35 to 120 deg" in result.stderr
    assert "without a dogleg it reaches" in result.stderr


def test_a_place_that_cannot_be_written_exits_2_before_anything_is_computed(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    result = call("run", MISSIONS / "leo-heavy.toml", "--output", tmp_path / "taken")
    assert result.exit_code == cli.BAD_INPUT
    assert result.stderr.startswith("error: cannot write results to")
    assert "--output DIR" in result.stderr
    assert "ascent" not in result.stderr
    assert written(tmp_path) == ["taken"]


def test_new_writes_a_file_that_checks_and_never_overwrites(tmp_path):
    file = tmp_path / "mission.toml"
    assert call("new", file).exit_code == 0
    assert written(tmp_path) == ["mission.schema.json", "mission.toml"]
    assert call("check", file).exit_code == 0
    again = call("new", file)
    assert again.exit_code == cli.BAD_INPUT
    assert "exists already and is left as it is" in again.stderr


def test_the_catalog_lists_and_shows_sources():
    names = call("catalog", "vehicles").stdout.split()
    assert {"angara-1.2", "angara-a5", "soyuz-2.1b", "falcon-9-expendable", "electron"} <= set(names)
    vehicle = call("catalog", "vehicles", "angara-1.2").stdout
    assert "42.7" in vehicle
    assert "RLD/SLR" in vehicle
    site = call("catalog", "sites", "vostochny").stdout
    assert "51.70 to 128.30 deg can be reached" in site
    missing = call("catalog", "sites", "vostochni")
    assert missing.exit_code == cli.BAD_INPUT
    assert "did you mean 'vostochny'" in missing.stderr


def test_a_vehicle_is_drawn_in_the_terminal_and_as_a_file(tmp_path, monkeypatch):
    file = tmp_path / "drawings" / "rocket.svg"
    result = call("catalog", "vehicles", "angara-1.2", "--svg", file)
    assert result.exit_code == 0
    assert "42.7 m ┬" in result.stdout
    assert "open questions" in result.stdout
    assert result.stdout.rstrip().endswith(f"→ {file}")
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert written(tmp_path) == ["drawings/rocket.svg"]
    monkeypatch.chdir(tmp_path)
    assert call("catalog", "vehicles", "electron", "--svg").exit_code == 0
    assert written(tmp_path) == ["drawings/rocket.svg", "electron.svg"]


def test_a_drawing_needs_a_vehicle_and_a_place(tmp_path):
    nameless = call("catalog", "vehicles", "--svg", "angara-1.2")
    assert nameless.exit_code == cli.BAD_INPUT
    assert "--svg draws one vehicle" in nameless.stderr
    assert call("catalog", "sites", "vostochny", "--svg").exit_code == cli.BAD_INPUT
    (tmp_path / "taken").write_text("")
    nowhere = call("catalog", "vehicles", "angara-1.2", "--svg", tmp_path / "taken" / "a.svg")
    assert nowhere.exit_code == cli.BAD_INPUT
    assert "give another --svg FILE" in nowhere.stderr
    assert written(tmp_path) == ["taken"]


def test_a_terminal_without_the_signs_is_spared_them():
    program = "from cosmodrome.cli import main; main(['catalog', 'vehicles', 'ariane-64'])"
    process = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.isascii()
    assert b"4 x P120C   13.5 m, dia. 3.4 m" in process.stdout


def test_modules_are_listed_and_shown():
    assert {"urm-1", "urm-1-a5", "fregat"} <= set(call("catalog", "modules").stdout.split())
    module = call("catalog", "modules", "urm-1-a5").stdout
    assert re.search(r"propellant_mass_kg +132,600 .* RLD/man", module)
    assert re.search(r"thrust_vacuum_n +2,085,000 .* RO", module)  # of URM-1, on which it is built
    assert "flown by angara-a5, angara-a5-briz-m" in module
    assert "RLD file, value it attributes to spacelaunchreport.com" in module
    missing = call("catalog", "modules", "urm1")
    assert missing.exit_code == cli.BAD_INPUT
    assert "did you mean 'urm-1'" in missing.stderr


@pytest.fixture
def own_catalog(tmp_path):
    """A folder with a vehicle that no one has published."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        '[[vehicles]]\nname = "my-angara"\nbase = "angara-1.2"\ntitle = "My Angara"\n'
        '[[vehicles.stages]]\nname = "URM-1"\ndry_mass_kg = { value = 9000, source = "a study" }\n'
    )
    return folder


def test_a_folder_extends_the_catalog(own_catalog, tmp_path):
    listed = call("catalog", "vehicles", "--catalog", own_catalog).stdout.split()
    assert listed[-1] == "my-angara"
    assert "a study" in call("catalog", "vehicles", "my-angara", "--catalog", own_catalog).stdout
    assert "in 1 vehicles" in call("catalog", "audit", "my-angara", "--catalog", own_catalog).stdout
    mission = tmp_path / "mission.toml"
    mission.write_text(LEO_HEAVY.replace('vehicle = "angara-1.2"', 'vehicle = "my-angara"'))
    checked = call("check", mission, "--catalog", own_catalog)
    assert "My Angara from" in checked.stdout
    assert "no vehicle 'my-angara'" in call("check", mission).stderr
    assert '"my-angara"' in call("schema", "--catalog", own_catalog).stdout


def test_payload_of_a_vehicle_of_a_folder(own_catalog):
    question = ("vostochny", "--altitude", "200", "--inclination", "51.7", "--json")
    ours = json.loads(call("payload", "my-angara", *question, "--catalog", own_catalog).stdout)
    theirs = json.loads(call("payload", "angara-1.2", *question).stdout)
    gained_kg = ours["capability"]["payload_kg"] - theirs["capability"]["payload_kg"]
    assert 50 < gained_kg < 800  # for 800 kg off the first stage


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", MISSIONS / "leo-heavy.toml"),
        ("check", MISSIONS / "leo-heavy.toml"),
        ("payload", "angara-1.2", "vostochny", "--altitude", "200"),
        ("catalog", "vehicles"),
        ("schema",),
    ],
)
def test_a_folder_that_is_wrong_is_bad_input(arguments, own_catalog, tmp_path):
    (own_catalog / "wrong.toml").write_text(
        '[[modules]]\nname = "mine"\nmodule = "urm1"\ndry_mass_kg = 9000\n'
    )
    result = call(*arguments, "--catalog", own_catalog, "--catalog", tmp_path / "nowhere")
    assert result.exit_code == cli.BAD_INPUT
    assert "no module 'urm1' in the catalog" in result.stderr
    assert "dry_mass_kg must name its source" in result.stderr
    assert "there is no such folder" in result.stderr
    assert "3 errors; nothing was computed." in result.stderr


def test_the_audit_tells_what_cannot_all_be_true():
    lines = call("catalog", "audit", "angara-a5").stdout.splitlines()
    assert lines[0] == "angara-a5"
    assert any("132.6 t of propellant in URM-1" in line for line in lines)  # and 128.8 t in Angara 1.2
    assert lines[-1].endswith("in 1 vehicles")
    missing = call("catalog", "audit", "angara-a6")
    assert missing.exit_code == cli.BAD_INPUT
    assert "did you mean 'angara-a5'" in missing.stderr


def test_schema_is_a_json_schema():
    schema = json.loads(call("schema").stdout)
    assert "properties" in schema
    assert "vehicle" in schema["properties"]


def test_a_fault_of_ours_is_a_sentence_and_a_traceback_only_on_request(monkeypatch, tmp_path):
    import cosmodrome.analysis

    def fail(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr(cosmodrome.analysis, "analyze", fail)
    result = call("run", MISSIONS / "leo-heavy.toml", "--output", tmp_path)
    assert result.exit_code == cli.NO_VERDICT
    assert "error: RuntimeError: boom" in result.stderr
    assert "Traceback" not in result.stderr
    shown = call("run", MISSIONS / "leo-heavy.toml", "--output", tmp_path, "--debug")
    assert isinstance(shown.exception, RuntimeError)


def test_interrupting_is_not_a_fault(monkeypatch, tmp_path):
    import cosmodrome.analysis

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cosmodrome.analysis, "analyze", interrupt)
    result = call("run", MISSIONS / "leo-heavy.toml", "--output", tmp_path)
    assert result.exit_code == cli.INTERRUPTED


def test_help_starts_with_examples():
    text = call("--help").stdout
    assert "cosmodrome run mission.toml" in text
    for verb in ("run", "check", "new", "catalog", "schema"):
        assert f"  {verb} " in text


def test_checking_imports_no_heavy_library():
    program = (
        "import sys; from cosmodrome.cli import main\n"
        f"try: main(['check', {str(MISSIONS / 'earth-observer.toml')!r}])\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'casadi', 'satkit', 'matplotlib', 'pymsis', 'scipy', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr


def test_a_check_is_explained_line_by_line_or_named_in_a_list():
    explained = call("explain", MISSIONS / "does-not-close.toml", "battery", "-q")
    assert explained.exit_code == cli.DOES_NOT_CLOSE, explained.output
    for part in (
        "it follows from",
        "capacity at end of life",
        "nameplate × capacity left",
        "it would close with one of",
    ):
        assert part in explained.stdout
    unknown = call("explain", MISSIONS / "leo-heavy.toml", "batery", "-q")
    assert unknown.exit_code == cli.BAD_INPUT
    assert "this verdict has no check 'batery'; checks: " in unknown.stderr
    listed = call("explain", MISSIONS / "leo-heavy.toml", "-q")
    assert listed.exit_code == cli.CLOSES
    assert "payload to orbit" in listed.stdout
