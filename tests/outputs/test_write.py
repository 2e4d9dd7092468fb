import json
import os
from datetime import UTC, datetime

import pytest

from cosmodrome.errors import OutputError
from cosmodrome.outputs import files
from cosmodrome.outputs.write import write_outputs

CREATED = datetime(2026, 11, 21, tzinfo=UTC)


def test_everything_is_written_and_nothing_is_left_over(result, tmp_path):
    stages = []
    written = write_outputs(result, tmp_path / "out" / "x", CREATED, stages.append)
    found = {
        str(path.relative_to(written.directory)) for path in written.directory.rglob("*") if path.is_file()
    }
    assert found == {str(path.relative_to(written.directory)) for path in written.files}
    assert {"result.json", "report.html", "ephemeris.oem", "tables/passes.csv", "plots/vehicle.svg"} <= found
    assert not any(name.startswith(".") or "/." in name for name in found)
    assert stages == ["tables", "ephemeris", "report"]
    assert written.report.read_text(encoding="utf-8").endswith("</html>")
    json.loads((written.directory / "result.json").read_text(encoding="utf-8"))


def test_a_lift_writes_no_ephemeris(lift_result, tmp_path):
    written = write_outputs(lift_result, tmp_path, CREATED)
    assert "ephemeris.oem" not in {path.name for path in written.files}


def test_a_file_in_the_way_is_told_with_what_to_do(lift_result, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputError, match=r"cannot write results to .*taken.*--output DIR"):
        write_outputs(lift_result, tmp_path / "taken", CREATED)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_without_permission_is_told(lift_result, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        write_outputs(lift_result, tmp_path / "x", CREATED)


def test_an_interrupted_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "result.json"
    path.write_text("old")

    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        files.replace_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
