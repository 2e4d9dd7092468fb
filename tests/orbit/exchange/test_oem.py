from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.oem import read_oem
from cosmodrome.orbit.exchange.states import Covariance, ephemeris_states, in_frame, joined
from cosmodrome.outputs.oem import oem_series_text

CREATED = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)

# CCSDS 502.0-B-3, annex G6, as transcribed in github.com/JochimMaene/ccsds-ndm docs/ccsds-books/odm.rst; the
# covariance is that of the annex's third example, transcribed in Orekit's OEMExample3.txt
ANNEX = """CCSDS_OEM_VERS = 3.0
CREATION_DATE = 1996-11-04T17:22:31
ORIGINATOR    = NASA/JPL

META_START
OBJECT_NAME   = MARS GLOBAL SURVEYOR
OBJECT_ID     = 1996-062A
CENTER_NAME   = MARS BARYCENTER
REF_FRAME     = EME2000
TIME_SYSTEM   = UTC
START_TIME    = 2019-12-18T12:00:00.331
USEABLE_START_TIME = 2019-12-18T12:10:00.331
USEABLE_STOP_TIME = 2019-12-28T21:23:00.331
STOP_TIME     = 2019-12-28T21:28:00.331
INTERPOLATION = HERMITE
INTERPOLATION_DEGREE = 7
META_STOP
COMMENT This file was produced by M.R. Pigs, OSAR NAV/JPL, 2019NOV 04. It is
COMMENT to be used for DSN scheduling purposes only.

2019-12-18T12:00:00.331 2789.619 -280.045 -1746.755 4.73372 -2.49586 -1.04195
2019-12-18T12:01:00.331 2783.419 -308.143 -1877.071 5.18604 -2.42124 -1.99608
2019-12-18T12:02:00.331 2776.033 -336.859 -2008.682 5.63678 -2.33951 -1.94687
2019-12-28T21:28:00.331 -3881.024 563.959 -682.773 -3.28827 -3.66735 1.63861
META_START
OBJECT_NAME   = MARS GLOBAL SURVEYOR
OBJECT_ID     = 1996-062A
CENTER_NAME   = MARS BARYCENTER
REF_FRAME     = EME2000
TIME_SYSTEM   = UTC
START_TIME    = 2019-12-28T21:29:07.267
USEABLE_START_TIME = 2019-12-28T22:08:02.5
USEABLE_STOP_TIME = 2019-12-30T01:18:02.5
STOP_TIME     = 2019-12-30T01:28:02.267
INTERPOLATION = HERMITE
INTERPOLATION_DEGREE = 7
META_STOP
COMMENT This block begins after trajectory correction maneuver TCM-3.
2019-12-28T21:29:07.267 -2432.166 -063.042 1742.754 7.33702 -3.495867 -1.041945
2019-12-28T21:59:02.267 -2445.234 -878.141 1873.073 1.86043 -3.421256 -0.996366
2019-12-28T22:00:02.267 -2458.079 -683.858 2007.684 6.36786 -3.339563 -0.946654
2019-12-30T01:28:02.267 2164.375 1115.811 -688.131 -3.53328 -2.88452 0.88535
COVARIANCE_START
EPOCH = 2019-12-28T21:29:07.267
COV_REF_FRAME = RTN
3.3313494e-04
4.6189273e-04 6.7824216e-04
-3.0700078e-04 -4.2212341e-04 3.2319319e-04
-3.3493650e-07 -4.6860842e-07 2.4849495e-07 4.2960228e-10
-2.2118325e-07 -2.8641868e-07 1.7980986e-07 2.6088992e-10 1.7675147e-10
-3.0413460e-07 -4.9894969e-07 3.5403109e-07 1.8692631e-10 1.0088625e-10 6.2244443e-10
EPOCH = 2019-12-29T21:00:00
3.4424505e-04
4.5078162e-04 6.8935327e-04
-3.0600067e-04 -4.1101230e-04 3.3420420e-04
-3.2382549e-07 -4.5750731e-07 2.3738384e-07 4.3071339e-10
-2.1007214e-07 -2.7530757e-07 1.6870875e-07 2.5077881e-10 1.8786258e-10
-3.0302350e-07 -4.8783858e-07 3.4302008e-07 1.7581520e-10 1.0077514e-10 6.2244443e-10
COVARIANCE_STOP
"""

# the annex's example with accelerations, in XML: Orekit's OEMExample3.xml, shortened
XML = """<?xml version="1.0" encoding="UTF-8"?>
<oem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="CCSDS_OEM_VERS" version="3.0">
 <header><COMMENT>WITH ACCELERATIONS</COMMENT><CREATION_DATE>1996-11-04T17:22:31</CREATION_DATE>
 <ORIGINATOR>NASA/JPL</ORIGINATOR></header>
 <body><segment><metadata>
  <OBJECT_NAME>MARS GLOBAL SURVEYOR</OBJECT_NAME><OBJECT_ID>2000-028A</OBJECT_ID>
  <CENTER_NAME>MARS BARYCENTER</CENTER_NAME><REF_FRAME>J2000</REF_FRAME>
  <TIME_SYSTEM>UTC</TIME_SYSTEM>
  <START_TIME>1996-12-18T12:00:00.331</START_TIME><STOP_TIME>1996-12-18T12:01:00.331</STOP_TIME>
  <INTERPOLATION>HERMITE</INTERPOLATION><INTERPOLATION_DEGREE>7</INTERPOLATION_DEGREE>
 </metadata><data><COMMENT>Produced by M.R. Sombedody</COMMENT>
  <stateVector><EPOCH>1996-12-18T12:00:00.331</EPOCH>
   <X>2789.6</X><Y>-280.0</Y><Z>-1746.8</Z><X_DOT>4.73</X_DOT><Y_DOT>-2.50</Y_DOT><Z_DOT>-1.04</Z_DOT>
   <X_DDOT>0.008</X_DDOT><Y_DDOT>0.001</Y_DDOT><Z_DDOT>-0.159</Z_DDOT></stateVector>
  <stateVector><EPOCH>1996-12-18T12:01:00.331</EPOCH>
   <X units="km">2783.4</X><Y>-308.1</Y><Z>-1877.1</Z><X_DOT>5.19</X_DOT><Y_DOT>-2.42</Y_DOT>
   <Z_DOT>-2.00</Z_DOT></stateVector>
  <covarianceMatrix><EPOCH>1996-12-18T12:00:00.331</EPOCH><COV_REF_FRAME>ITRF1997</COV_REF_FRAME>
   <CX_X>0.316</CX_X><CY_X>0.722</CY_X><CY_Y>0.518</CY_Y><CZ_X>0.202</CZ_X><CZ_Y>0.715</CZ_Y>
   <CZ_Z>0.002</CZ_Z><CX_DOT_X>0.912</CX_DOT_X><CX_DOT_Y>0.306</CX_DOT_Y><CX_DOT_Z>0.276</CX_DOT_Z>
   <CX_DOT_X_DOT>0.797</CX_DOT_X_DOT><CY_DOT_X>0.562</CY_DOT_X><CY_DOT_Y>0.899</CY_DOT_Y>
   <CY_DOT_Z>0.022</CY_DOT_Z><CY_DOT_X_DOT>0.079</CY_DOT_X_DOT><CY_DOT_Y_DOT>0.415</CY_DOT_Y_DOT>
   <CZ_DOT_X>0.245</CZ_DOT_X><CZ_DOT_Y>0.965</CZ_DOT_Y><CZ_DOT_Z>0.950</CZ_DOT_Z>
   <CZ_DOT_X_DOT>0.435</CZ_DOT_X_DOT><CZ_DOT_Y_DOT>0.621</CZ_DOT_Y_DOT>
   <CZ_DOT_Z_DOT>0.991</CZ_DOT_Z_DOT></covarianceMatrix>
 </data></segment></body></oem>
"""

SHORT = """CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2027-01-01T00:00:00
ORIGINATOR = TEST
META_START
OBJECT_NAME = ONE
OBJECT_ID = UNKNOWN
CENTER_NAME = EARTH
REF_FRAME = GCRF
TIME_SYSTEM = UTC
START_TIME = 2027-01-01T00:00:00
STOP_TIME = 2027-01-01T00:02:00
META_STOP
2027-01-01T00:00:00 7000.0 0.0 0.0 0.0 7.5 0.0
2027-01-01T00:01:00 6985.0 449.0 0.0 -0.5 7.48 0.0
2027-01-01T00:02:00 6940.0 897.0 0.0 -1.0 7.44 0.0
"""
BLOCK = "\n".join(SHORT.splitlines()[3:]).replace("2027-01-01", "2027-01-02") + "\n"


def _read(tmp_path, text, name="given.oem"):
    path = tmp_path / name
    path.write_text(text)
    return read_oem(path)


def test_the_example_of_the_standard(tmp_path):
    first, second = _read(tmp_path, ANNEX)
    assert (first.object_name, first.object_id) == ("MARS GLOBAL SURVEYOR", "1996-062A")
    assert (first.center, first.frame) == ("MARS BARYCENTER", "EME2000")
    assert first.epoch == datetime(2019, 12, 18, 12, 0, 0, 331000, tzinfo=UTC)
    assert np.allclose(first.elapsed_s[:3], [0, 60, 120], rtol=0, atol=1e-9)
    assert first.elapsed_s[3] == pytest.approx(10 * 86400 + 9 * 3600 + 28 * 60, abs=1e-6)
    assert np.allclose(first.position_m[0], [2789619, -280045, -1746755], rtol=0, atol=1e-6)
    assert np.allclose(second.velocity_m_s[-1], [-3533.28, -2884.52, 885.35], rtol=0, atol=1e-9)
    assert not first.covariances
    one, two = second.covariances
    assert (one.frame, two.frame) == ("RTN", "EME2000")
    assert one.covariance[0, 0] == pytest.approx(333.13494)
    assert one.covariance[5, 3] == one.covariance[3, 5] == pytest.approx(1.8692631e-4)
    assert two.elapsed_s == pytest.approx(86400 - 29 * 60 - 7.267)
    with pytest.raises(ValueError, match="about MARS BARYCENTER cannot be turned into ITRF"):
        in_frame(first, "ITRF")


def test_the_example_of_the_standard_in_xml(tmp_path):
    (series,) = _read(tmp_path, XML)
    assert (series.object_id, series.frame, len(series.elapsed_s)) == ("2000-028A", "EME2000", 2)
    assert np.allclose(series.position_m[1], [2783400, -308100, -1877100])
    assert np.allclose(series.velocity_m_s[0], [4730, -2500, -1040])
    assert series.covariances[0].frame == "ITRF"
    assert series.covariances[0].covariance[5, 0] == pytest.approx(0.245e6)


@pytest.mark.parametrize("frame", ["GCRF", "EME2000", "ITRF", "TEME"])
def test_what_is_written_is_read_again(two_days, tmp_path, frame):
    matrix = np.diag([1e2, 4e2, 1e2, 1e-4, 1e-4, 1e-4]) + 1e-3
    series = ephemeris_states(two_days, frame, step_s=300, object_name="Observer", object_id="2027-001A")
    series = replace(series, covariances=(Covariance(600.0, "RTN", matrix), Covariance(900.0, frame, matrix)))
    (back,) = _read(tmp_path, oem_series_text(series, CREATED))
    assert (back.object_name, back.object_id, back.frame) == ("Observer", "2027-001A", frame)
    assert back.epoch == series.epoch
    assert np.abs(back.elapsed_s - series.elapsed_s).max() < 1e-6
    assert np.abs(back.position_m - series.position_m).max() < 1e-6
    assert np.abs(back.velocity_m_s - series.velocity_m_s).max() < 1e-9
    assert [one.frame for one in back.covariances] == ["RTN", frame]
    assert [one.elapsed_s for one in back.covariances] == [600.0, 900.0]
    assert np.allclose(back.covariances[0].covariance, matrix, rtol=1e-12)
    assert not back.position_m.flags.writeable


@pytest.mark.filterwarnings("ignore")  # astropy doubts the leap seconds of its own package
def test_the_oem_package_reads_frames_and_covariances(two_days, tmp_path):
    from oem import OrbitEphemerisMessage

    series = ephemeris_states(two_days, "ITRF", step_s=600, object_name="Observer", object_id="2027-001A")
    matrix = np.diag([1e2, 4e2, 1e2, 1e-4, 1e-4, 1e-4])
    series = replace(series, covariances=(Covariance(600.0, "RTN", matrix),))
    path = tmp_path / "judged.oem"
    path.write_text(oem_series_text(series, CREATED, comment="judged"))
    (segment,) = OrbitEphemerisMessage.open(str(path))
    assert segment.metadata["REF_FRAME"] == "ITRF2020"
    assert segment.metadata["TIME_SYSTEM"] == "UTC"
    states = np.array([state.position for state in segment.states]) * 1e3
    assert np.abs(states - series.position_m).max() < 1e-6
    (covariance,) = segment.covariances
    assert covariance.frame == "RTN"
    assert np.allclose(covariance.matrix * 1e6, matrix)


@pytest.mark.parametrize(("system", "ahead_s"), [("UTC", 0), ("TAI", 37), ("TT", 69.184), ("GPS", 18)])
def test_time_systems(tmp_path, system, ahead_s):
    (series,) = _read(tmp_path, SHORT.replace("= UTC", f"= {system}"))
    expected = datetime(2027, 1, 1, tzinfo=UTC) - timedelta(seconds=ahead_s)
    assert series.epoch == expected
    assert np.allclose(series.elapsed_s, [0, 60, 120], rtol=0, atol=1e-6)


def _without(text, start):
    return "".join(line for line in text.splitlines(True) if not line.startswith(start))


COVARIED = (
    SHORT + "COVARIANCE_START\nEPOCH = 2027-01-01T00:00:00\n1\n0 1\n0 0 1\n0 0 0 1\n0 0 0 0 1\n0 0 0 0 0 1\n"
)

BROKEN = {
    "time system": (
        SHORT.replace("= UTC", "= TDB"),
        (9, "the time system 'TDB' is unknown; expected one of UTC, TAI, TT, GPS: convert the time tags"),
    ),
    "frame": (
        SHORT.replace("GCRF", "MCI"),
        (8, "the frame 'MCI' of REF_FRAME is unknown; expected one of GCRF, EME2000, ITRF, TEME or a "
            "realization such as ITRF2020: convert the states"),
    ),
    "mixed frames": (
        SHORT + BLOCK.replace("GCRF", "TEME"),
        (20, "expected REF_FRAME = GCRF as in line 8, given TEME; put the segments into files of their own"),
    ),
    "mixed time systems": (
        SHORT + BLOCK.replace("UTC", "GPS"),
        (21, "expected TIME_SYSTEM = UTC as in line 9, given GPS; put the segments into files of their own"),
    ),
    "META_STOP": (
        _without(SHORT, "META_STOP"),
        (4, "META_START is not closed: expected META_STOP, given data in line 12; add META_STOP or get the "
            "whole file"),
    ),
    "cut in the metadata": (
        "\n".join(SHORT.splitlines()[:8]),
        (4, "META_START is not closed: expected META_STOP, given the end of the file; add META_STOP or "
            "get the "
            "whole file"),
    ),
    "COVARIANCE_STOP": (
        COVARIED,
        (16, "COVARIANCE_START is not closed: expected COVARIANCE_STOP, given the end of the file; add "
             "COVARIANCE_STOP or get the whole file"),
    ),
    "cut covariance": (
        COVARIED[:-12] + "\nCOVARIANCE_STOP\n",
        (17, "expected six rows of 1 to 6 numbers of this covariance, given rows of 1, 2, 3, 4, 5 numbers"),
    ),
    "fewer states": (
        "\n".join(SHORT.splitlines()[:-1]),
        (14, "expected states until STOP_TIME = 2027-01-01T00:02:00 of line 11, but the last of 2 is "
             "60.000 s "
             "before it; get the whole file, or correct STOP_TIME"),
    ),
    "late start": (
        _without(SHORT, "2027-01-01T00:00:00"),
        (13, "expected states from START_TIME = 2027-01-01T00:00:00 of line 10, but the first is 60.000 "
             "s after "
             "it; get the whole file, or correct START_TIME"),
    ),
    "no states": (
        _without(SHORT, "2027"),
        (4, "expected states after the metadata, given none; is the file whole?"),
    ),
    "cut line": (
        SHORT[:-9],
        (15, "expected a time tag, three positions, three velocities and, if any, three accelerations, "
             "given 5 "
             "words; is the line whole?"),
    ),
    "no number": (
        SHORT.replace("6985.0", "NaN"),
        (14, "expected a number, given 'NaN'; correct it"),
    ),
    "no tag": (
        SHORT.replace("2027-01-01T00:01:00 ", "2027-01-41T00:01:00 "),
        (14, "expected a time tag: '2027-01-41T00:01:00' is no day of the calendar"),
    ),
    "unsorted": (
        SHORT.replace("2027-01-01T00:01:00 ", "2027-01-01T00:00:00 "),
        (14, "expected a time tag after that of the state before, given 2027-01-01T00:00:00; sort the "
             "states"),
    ),
    "no frame": (
        _without(SHORT, "REF_FRAME"),
        (4, "expected REF_FRAME, which the standard asks for here, given none; add it"),
    ),
    "no metadata": (
        "\n".join(SHORT.splitlines()[:3]),
        (3, "expected META_START, given no metadata; is the file whole?"),
    ),
    "another message": (
        SHORT.replace("OEM", "OPM"),
        (1, "expected CCSDS_OEM_VERS first, given 'CCSDS_OPM_VERS'; is this an OEM?"),
    ),
    "version": (
        SHORT.replace("VERS = 2.0", "VERS = 9.0"),
        (1, "expected version 1, 2 or 3 of the OEM, given 9.0"),
    ),
    "stop alone": (
        SHORT + "COVARIANCE_STOP\n",
        (16, "expected COVARIANCE_START before, given COVARIANCE_STOP alone; add it"),
    ),
    "keyword among states": (
        SHORT + "MASS = 3\n",
        (16, "expected a state or META_START, given the keyword MASS; remove it"),
    ),
    "xml": (
        XML.replace("</data></segment></body></oem>", ""),
        (25, "expected well-formed XML, given no element found; is the file whole?"),
    ),
    "xml unit": (
        XML.replace('units="km"', 'units="m"'),
        (16, "expected X in km, given [m]; convert it"),
    ),
    "xml unit after empty lines": (
        "\n\n" + XML.replace('units="km"', 'units="m"'),
        (18, "expected X in km, given [m]; convert it"),
    ),
    "xml entities": (
        XML.replace("<oem", '<!DOCTYPE oem [<!ENTITY a "b">]><oem'),
        (2, "expected no document type declaration, given one; remove it"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused(refused, case):
    text, (line, sentence) = BROKEN[case]
    assert refused(read_oem, text) == (line, sentence)


def test_files_that_are_not_there_or_not_text(tmp_path):
    with pytest.raises(ExchangeFileError, match="cannot be read: No such file"):
        read_oem(tmp_path / "nowhere.oem")
    (tmp_path / "packed.oem").write_bytes(b"CCSDS\n\x1f\x8b\xff")
    with pytest.raises(
        ExchangeFileError, match=r"packed\.oem:2: expected ASCII text, given the byte 0x8b; unpack"
    ):
        read_oem(tmp_path / "packed.oem")


def test_segments_are_joined(tmp_path):
    later = BLOCK.replace("2027-01-02T00:0", "2027-01-01T00:0").replace("T00:02:00 ", "T00:03:00 ")
    later = later.replace("T00:01:00 ", "T00:02:30 ").replace("T00:00:00 ", "T00:01:30 ")
    later = later.replace("START_TIME = 2027-01-01T00:00:00", "START_TIME = 2027-01-01T00:01:30")
    segments = _read(
        tmp_path, SHORT + later.replace("STOP_TIME = 2027-01-01T00:02", "STOP_TIME = 2027-01-01T00:03")
    )
    whole = joined(segments)
    # the second segment takes over at its first state
    assert whole.elapsed_s.tolist() == [0, 60, 90, 150, 180]
    assert whole.position_m[2].tolist() == whole.position_m[0].tolist() == [7e6, 0, 0]
    assert whole.epoch == segments[0].epoch
    assert joined(segments[:1]) is segments[0]
    with pytest.raises(
        ValueError, match="states of one object in one frame: given ONE in GCRF and ONE in TEME"
    ):
        joined([segments[0], replace(segments[1], frame="TEME")])
