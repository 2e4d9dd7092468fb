from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.exchange.opm import read_opm
from cosmodrome.orbit.exchange.states import ephemeris_states
from cosmodrome.outputs.opm import opm_text

CREATED = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)

# CCSDS 502.0-B-3, annex G2, as transcribed in github.com/JochimMaene/ccsds-ndm docs/ccsds-books/odm.rst
ANNEX = """CCSDS_OPM_VERS = 3.0
CREATION_DATE = 2022-11-06T09:23:57
ORIGINATOR = JAXA
COMMENT GEOCENTRIC, CARTESIAN, EARTH FIXED
OBJECT_NAME = OSPREY 5
OBJECT_ID = 1998-999A
CENTER_NAME = EARTH
REF_FRAME = ITRF2000
TIME_SYSTEM = UTC
EPOCH = 2022-12-18T14:28:15.1172
X = 6503.514000
Y = 1239.647000
Z = -717.490000
X_DOT = -0.873160
Y_DOT = 8.740420
Z_DOT = -4.191076
MASS = 3000.000000
SOLAR_RAD_AREA = 18.770000
SOLAR_RAD_COEFF = 1.000000
DRAG_AREA = 18.770000
DRAG_COEFF = 2.500000
"""


def test_the_example_of_the_standard(tmp_path):
    path = tmp_path / "osprey.opm"
    path.write_text(ANNEX)
    state = read_opm(path)
    assert (state.object_name, state.object_id, state.frame) == ("OSPREY 5", "1998-999A", "ITRF")
    assert state.epoch == datetime(2022, 12, 18, 14, 28, 15, 117200, tzinfo=UTC)
    assert state.position_m.tolist() == [[6503514.0, 1239647.0, -717490.0]]
    assert np.allclose(state.velocity_m_s, [[-873.16, 8740.42, -4191.076]], rtol=0, atol=1e-9)


@pytest.mark.parametrize("frame", ["GCRF", "EME2000", "ITRF", "TEME"])
def test_what_is_written_is_read_again(two_days, tmp_path, frame):
    series = ephemeris_states(two_days, frame, object_name="Observer", object_id="2027-001A")
    path = tmp_path / "observer.opm"
    path.write_text(opm_text(series, CREATED, forces=two_days.forces, comment="injected"))
    state = read_opm(path)
    assert (state.object_name, state.frame, state.epoch) == ("Observer", frame, series.epoch)
    assert np.abs(state.position_m - series.position_m[:1]).max() < 1e-6
    assert np.abs(state.velocity_m_s - series.velocity_m_s[:1]).max() < 1e-9


def test_elements_and_spacecraft_follow_the_state(two_days):
    text = opm_text(ephemeris_states(two_days), CREATED, forces=two_days.forces)
    values = dict(line.split(" = ") for line in text.splitlines())
    assert float(values["SEMI_MAJOR_AXIS"]) == pytest.approx(6378.137 + 550, abs=0.01)
    assert float(values["INCLINATION"]) == pytest.approx(97.6, abs=1e-6)
    assert values["MASS"] == "100.0"
    assert values["DRAG_COEFF"] == "2.2"
    assert "SEMI_MAJOR_AXIS" not in opm_text(ephemeris_states(two_days, "ITRF"), CREATED)


BROKEN = {
    "frame": (
        ANNEX.replace("ITRF2000", "TDR"),
        (8, "the frame 'TDR' of REF_FRAME is unknown; expected one of GCRF, EME2000, ITRF, TEME or a "
            "realization such as ITRF2020: convert the states"),
    ),
    "time system": (
        ANNEX.replace("UTC", "MET"),
        (9, "the time system 'MET' is unknown; expected one of UTC, TAI, TT, GPS: convert the time tags"),
    ),
    "component": (
        ANNEX.replace("Y_DOT = 8.740420\n", ""),
        (1, "expected Y_DOT, which the standard asks for here, given none; add it"),
    ),
    "unit": (
        ANNEX.replace("X = 6503.514000", "X = 6503514.0 [m]"),
        (11, "expected X in km, given [m]; convert it"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused(refused, case):
    text, said = BROKEN[case]
    assert refused(read_opm, text) == said
