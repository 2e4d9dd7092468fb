"""The folder of links under several processes, kills, damage, and homes that cannot be written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cosmodrome.orbit.satkit_data import satkit_data_folder

FLIES = """
import sys
from datetime import UTC, datetime
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements
flown = propagate(KeplerianElements(7e6, 0.0, 1.0, 0.0, 0.0, 0.0), datetime(2024, 1, 1, tzinfo=UTC), 0.05)
print(flown.position_m[-1].tolist(), [note for note in flown.notes if "cache" in note])
"""


def process(home):
    return subprocess.Popen(
        [sys.executable, "-c", FLIES],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(running):
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err
    return out


def folders(home):
    return sorted(path.name for path in (home / ".cache" / "cosmodrome").iterdir())


def test_the_folder_is_links_to_the_packages(tmp_path):
    made = satkit_data_folder(tmp_path)
    assert made.notes == ()
    names = {path.name for path in made.path.iterdir()}
    assert {"SW-All.csv", "finals2000A.all", "linux_p1550p2650.440"} <= names
    assert (made.path / "SW-All.csv").resolve().parent.parent.name == "satkit_data"
    before = made.path.stat().st_mtime_ns
    assert satkit_data_folder(tmp_path) == made
    assert made.path.stat().st_mtime_ns == before  # used as it is


@pytest.mark.parametrize("damage", ["missing", "shortened", "dangling"])
def test_a_damaged_folder_is_made_anew(tmp_path, damage):
    file = satkit_data_folder(tmp_path).path / "SW-All.csv"
    file.unlink()
    if damage == "shortened":
        file.write_bytes(b"DATE\n")
    elif damage == "dangling":
        file.symlink_to(tmp_path / "nowhere")
    whole = satkit_data_folder(tmp_path).path / "SW-All.csv"
    assert whole == file
    assert whole.stat().st_size > 1_000_000


def test_changed_packages_get_a_folder_of_their_own(tmp_path, monkeypatch):
    old = satkit_data_folder(tmp_path).path
    copy = tmp_path / "packages"
    for package, names in (("satkit_data", ["SW-All.csv"]), ("astropy_iers_data", ["finals2000A.all"])):
        (copy / package).mkdir(parents=True)
        for name in names:
            (copy / package / name).write_bytes(b"newer")
    monkeypatch.setattr("cosmodrome.orbit.satkit_data.data_folder", lambda package: copy / package)
    new = satkit_data_folder(tmp_path).path
    assert new != old
    assert (new / "SW-All.csv").read_bytes() == b"newer"
    (copy / "astropy_iers_data" / "finals2000A.all").unlink()
    with pytest.raises(FileNotFoundError, match="data packages of satkit are damaged"):
        satkit_data_folder(tmp_path)


def test_processes_that_begin_together_agree(tmp_path):
    running = [process(tmp_path) for _ in range(4)]
    answers = {answer(one) for one in running}
    assert len(answers) == 1
    assert len(folders(tmp_path)) == 1


def test_one_killed_half_way_harms_nobody(tmp_path):
    """Killed at ten moments of its beginning; what it left is not taken for whole."""
    for delay_s in (0.02, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8):
        killed = process(tmp_path)
        time.sleep(delay_s)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    left = tmp_path / ".cache" / "cosmodrome" / ".making-left"
    left.mkdir(parents=True, exist_ok=True)
    (left / "SW-All.csv").write_bytes(b"half")
    os.utime(left, (0, 0))
    first, second = process(tmp_path), process(tmp_path)
    assert answer(first) == answer(second)
    assert not left.exists() or len([name for name in folders(tmp_path) if name.startswith("satkit-")]) == 1


def test_a_home_that_cannot_be_written_is_said(tmp_path):
    home = tmp_path / "file"
    home.write_text("no folder can be made in a file")
    out = answer(process(home))
    assert "cannot be written" in out
    assert "is used instead" in out


def test_the_spare_folder_is_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spare"))
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    made = satkit_data_folder(blocked)
    assert made.path.parent.parent == tmp_path / "spare"
    assert str(blocked) in made.notes[0]
    assert isinstance(made.path, Path)
