"""Any orbit file is known by its first words, whatever its name."""

from datetime import UTC, datetime

import pytest

from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.orbit.exchange.orbit_file import read_orbit_file
from cosmodrome.outputs.omm import omm_json, omm_text, omm_xml

TERRA = (
    "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997\n"
    "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585\n"
)


@pytest.mark.parametrize("write", [omm_text, omm_xml, omm_json])
def test_mean_elements_in_every_notation(tmp_path, write):
    path = tmp_path / "file.bin"
    path.write_text(TERRA)
    (elements,) = read_orbit_file(path)
    assert isinstance(elements, MeanElements)
    path.write_text(write(elements, datetime(2027, 1, 1, tzinfo=UTC)))
    (again,) = read_orbit_file(path)
    assert again.mean_motion_rev_per_day == elements.mean_motion_rev_per_day


@pytest.mark.parametrize("text", ["", "a shopping list\n", "\x00\x01"])
def test_something_else_is_refused(refused, text):
    line, sentence = refused(read_orbit_file, text)
    assert line == 0
    assert sentence.startswith("expected an OEM, OPM, OMM, TLE or SP3 file, given something else")
