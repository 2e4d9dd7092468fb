from datetime import UTC, datetime

import pytest

from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.orbit.exchange.omm import read_omm
from cosmodrome.outputs.omm import omm_json, omm_text, omm_xml

CREATED = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)

# CCSDS 502.0-B-3, annex G4, as transcribed in github.com/JochimMaene/ccsds-ndm docs/ccsds-books/odm.rst, with
# the units of the same example in 502.0-B-2, figure 4-3
ANNEX = """CCSDS_OMM_VERS = 3.0
CREATION_DATE = 2020-065T16:00:00
ORIGINATOR    = NOAA
MESSAGE_ID    = OMM 202013719185
OBJECT_NAME   = GOES 9
OBJECT_ID     = 1995-025A
CENTER_NAME   = EARTH
REF_FRAME     = TEME
TIME_SYSTEM   = UTC
MEAN_ELEMENT_THEORY = SGP/SGP4
EPOCH         = 2020-064T10:34:41.4264
MEAN_MOTION   = 1.00273272 [rev/day]
ECCENTRICITY  = 0.0005013
INCLINATION   = 3.0539 [deg]
RA_OF_ASC_NODE= 81.7939 [deg]
ARG_OF_PERICENTER = 249.2363 [deg]
MEAN_ANOMALY  = 150.1602 [deg]
GM            = 398600.8 [km**3/s**2]
EPHEMERIS_TYPE= 0
CLASSIFICATION_TYPE = U
NORAD_CAT_ID  = 23581
ELEMENT_SET_NO= 0925
REV_AT_EPOCH  = 4316
BSTAR         = 0.0001 [1/ER]
MEAN_MOTION_DOT = -0.00000113 [rev/day**2]
MEAN_MOTION_DDOT = 0.0 [rev/day**3]
"""
GOES = MeanElements(
    "GOES 9", "1995-025A", 23581, datetime(2020, 3, 4, 10, 34, 41, 426400, tzinfo=UTC), 1.00273272,
    0.0005013, 3.0539, 81.7939, 249.2363, 150.1602, 0.0001, -0.00000113, 0.0, "U", 0, 925, 4316,
)  # fmt: skip

# the shape of CelesTrak's gp.php?FORMAT=JSON, numbers as numbers, and of Space-Track's, numbers as strings
JSON = """[{"OBJECT_NAME":"ISS (ZARYA)","OBJECT_ID":"1998-067A","EPOCH":"2024-05-01T12:34:56.789012",
"MEAN_MOTION":15.50377579,"ECCENTRICITY":0.0003572,"INCLINATION":51.6393,"RA_OF_ASC_NODE":160.4574,
"ARG_OF_PERICENTER":140.6673,"MEAN_ANOMALY":205.7250,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U",
"NORAD_CAT_ID":25544,"ELEMENT_SET_NO":999,"REV_AT_EPOCH":45143,"BSTAR":0.00030074,
"MEAN_MOTION_DOT":0.00016717,"MEAN_MOTION_DDOT":0},
{"OBJECT_NAME":"TWO","OBJECT_ID":"2024-001A","EPOCH":"2024-05-01T12:34:56",
"MEAN_MOTION":"15.5","ECCENTRICITY":"0.001","INCLINATION":"51.6","RA_OF_ASC_NODE":"160.4",
"ARG_OF_PERICENTER":"140.6","MEAN_ANOMALY":"205.7","NORAD_CAT_ID":"270001","BSTAR":"1e-4"}]
"""


def _read(tmp_path, text):
    path = tmp_path / "given.omm"
    path.write_text(text)
    return read_omm(path)


def test_the_example_of_the_standard(tmp_path):
    assert _read(tmp_path, ANNEX) == (GOES,)


def test_the_json_of_celestrak_and_space_track(tmp_path):
    station, two = _read(tmp_path, JSON)
    assert (station.object_name, station.catalog_number) == ("ISS (ZARYA)", 25544)
    assert station.epoch == datetime(2024, 5, 1, 12, 34, 56, 789012, tzinfo=UTC)
    assert station.mean_motion_rev_per_day == 15.50377579
    assert (two.catalog_number, two.bstar, two.element_set_number) == (270001, 1e-4, 999)


@pytest.mark.parametrize("write", [omm_text, omm_xml, omm_json])
def test_what_is_written_is_read_again(tmp_path, write):
    exact = MeanElements(
        "Observer & <Co>", "2027-001A", 123_456_789, datetime(2027, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        15.0757153412345, 0.00119041234, 97.65751234, 0.1, 359.9, 1e-7, -2.4097e-5,
    )  # fmt: skip
    (back,) = _read(tmp_path, write(exact, CREATED, comment="approximate, rms 600 m"))
    assert back == exact


BROKEN = {
    "element": (
        ANNEX.replace("INCLINATION   = 3.0539 [deg]\n", ""),
        (1, "expected INCLINATION, which the standard asks for here, given none; add it"),
    ),
    "frame": (
        ANNEX.replace("TEME", "EME2000"),
        (8, "expected REF_FRAME = TEME, with which SGP4 elements are defined, given 'EME2000'; convert the "
            "elements"),
    ),
    "theory": (
        ANNEX.replace("SGP/SGP4", "DSST"),
        (10, "expected MEAN_ELEMENT_THEORY = SGP4 or SGP/SGP4, with which SGP4 elements are defined, given "
             "'DSST'; convert the elements"),
    ),
    "time system": (
        ANNEX.replace("= UTC", "= TAI"),
        (9, "expected TIME_SYSTEM = UTC, with which SGP4 elements are defined, given 'TAI'; convert the "
            "elements"),
    ),
    "unit": (
        ANNEX.replace("3.0539 [deg]", "0.0533 [rad]"),
        (14, "expected INCLINATION in deg, given [rad]; convert it"),
    ),
    "number": (
        ANNEX.replace("0.0005013", "small"),
        (13, "expected a number for ECCENTRICITY, given 'small'; correct it"),
    ),
    "json element": (
        JSON.replace('"BSTAR":"1e-4"', '"BSTAR":null'),
        (6, "expected BSTAR, which the standard asks for here, given none; add it"),
    ),
    "json cut": (
        JSON[:200],
        (1, None),
    ),
    "json nothing": (
        "[]",
        (1, "expected an object with OBJECT_NAME and the elements, given an empty list"),
    ),
    "json rubbish": (
        "[3]",
        (1, "expected an object of elements, given '3'"),
    ),
    "several in xml": (
        "<ndm><omm/></ndm>",
        (1, "expected one <omm>, given <ndm> with several; take them apart"),
    ),
    "empty": (
        "\n",
        (1, "expected CCSDS_OMM_VERS first, given an empty file; is this an OMM?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused(refused, case):
    text, (line, sentence) = BROKEN[case]
    at, said = refused(read_omm, text)
    if sentence is None:
        assert said.startswith("expected JSON, given something else: ")
        assert said.endswith("; is the file whole?")
    else:
        assert (at, said) == (line, sentence)
