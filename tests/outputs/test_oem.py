from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.outputs.oem import oem_text

CREATED = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)


def _states(message):
    segment = next(iter(message))
    states = list(segment.states)
    seconds = np.array([(state.epoch - states[0].epoch).to_value("s") for state in states])
    position = np.array([state.position for state in states])
    velocity = np.array([state.velocity for state in states])
    return segment, states, seconds, position, velocity


@pytest.mark.filterwarnings("ignore")  # astropy doubts the leap seconds of its own package
def test_the_oem_package_reads_the_same_states(ephemeris, tmp_path):
    from oem import OrbitEphemerisMessage

    path = tmp_path / "ephemeris.oem"
    path.write_text(oem_text(ephemeris, "Observer", CREATED, comment="Forces: none"))
    message = OrbitEphemerisMessage.open(str(path))
    segment, states, seconds, position, velocity = _states(message)
    assert message.header["ORIGINATOR"] == "COSMODROME"
    assert message.header["CREATION_DATE"] == "2026-11-21T03:04:05.000"
    assert segment.metadata["REF_FRAME"] == "GCRF"
    assert segment.metadata["TIME_SYSTEM"] == "UTC"
    assert segment.metadata["CENTER_NAME"] == "EARTH"
    assert len(states) == (len(ephemeris.elapsed_s) + 1) // 2
    assert np.allclose(seconds, ephemeris.elapsed_s[::2], rtol=0, atol=2e-6)
    assert np.abs(1e3 * position - ephemeris.position_m[::2]).max() < 1e-3
    assert np.abs(1e3 * velocity - ephemeris.velocity_m_s[::2]).max() < 1e-6
    first = states[0].epoch.to_datetime(timezone=UTC)
    assert abs((first - ephemeris.epoch).total_seconds()) < 1e-5


def test_keywords_stand_in_the_order_of_the_standard(ephemeris):
    lines = oem_text(ephemeris, "Observer", CREATED).splitlines()
    keys = [line.split(" = ")[0] for line in lines[:18] if line and not line[0].isdigit()]
    assert keys == [
        "CCSDS_OEM_VERS", "CREATION_DATE", "ORIGINATOR", "META_START", "OBJECT_NAME", "OBJECT_ID",
        "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME", "STOP_TIME", "INTERPOLATION",
        "INTERPOLATION_DEGREE", "META_STOP",
    ]  # fmt: skip
    start = next(line for line in lines if line.startswith("START_TIME")).split(" = ")[1]
    stop = next(line for line in lines if line.startswith("STOP_TIME")).split(" = ")[1]
    states = [line for line in lines if line[:4] == "2027" or line[:4] == "2026"]
    assert states[0].startswith(start)
    assert states[-1].startswith(stop)


@pytest.mark.parametrize("name", ["", "two\nlines", "Спутник"])
def test_names_outside_the_standard_are_refused(ephemeris, name):
    with pytest.raises(ValueError, match="printable ASCII"):
        oem_text(ephemeris, name, CREATED)
