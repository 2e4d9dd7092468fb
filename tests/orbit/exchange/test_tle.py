from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.orbit.exchange.tle import (
    alpha5_from_catalog_number,
    catalog_number_from_alpha5,
    read_tle,
    tle_checksum,
)
from cosmodrome.outputs.tle import tle_text

# CCSDS 502.0-B-2, figure 4-1, the TLE of its example OMM
GOES = """GOES 9 [P]
1 23581U 95025A   07064.44075725 -.00000113  00000-0  10000-3 0  9250
2 23581   3.0539  81.7939 0005013 249.2363 150.1602  1.00273272 43169
"""
# satellite 00005 of the verification cases of SGP4
VANGUARD = """1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
"""
WRONG_LINE_1 = "expected line 1 of two-line elements with 69 columns"


def test_the_example_of_the_standard(tmp_path):
    path = tmp_path / "goes.tle"
    path.write_text(GOES)
    (goes,) = read_tle(path)
    assert (goes.object_name, goes.object_id, goes.catalog_number) == ("GOES 9 [P]", "1995-025A", 23581)
    assert goes.epoch == datetime(2007, 3, 5, 10, 34, 41, 426400, tzinfo=UTC)
    assert (goes.mean_motion_rev_per_day, goes.eccentricity) == (1.00273272, 0.0005013)
    assert (goes.inclination_deg, goes.raan_deg) == (3.0539, 81.7939)
    assert (goes.argument_of_perigee_deg, goes.mean_anomaly_deg) == (249.2363, 150.1602)
    assert (goes.bstar, goes.mean_motion_dot_rev_per_day2) == (0.0001, -0.00000113)
    assert (goes.element_set_number, goes.revolution_number) == (925, 4316)
    assert tle_text(goes) == GOES


def test_sets_of_two_and_three_lines_and_comments(tmp_path):
    path = tmp_path / "many.tle"
    path.write_text("# both\n\n" + VANGUARD + "0 " + GOES + VANGUARD.replace("\n", "\r\n"))
    found = read_tle(path)
    assert [one.object_name for one in found] == ["00005", "GOES 9 [P]", "00005"]
    assert found[0] == found[2]
    assert found[0].epoch.year == 2000


def test_alpha5_goes_back_and_forth():
    for number, text in (
        (0, "00000"),
        (99_999, "99999"),
        (100_000, "A0000"),
        (182_931, "J2931"),
        (339_999, "Z9999"),
    ):
        assert alpha5_from_catalog_number(number) == text
        assert catalog_number_from_alpha5(text) == number
    assert catalog_number_from_alpha5("    5") == 5
    for text in ("I0000", "O1234", "ABCDE", "A123", "-1234"):
        with pytest.raises(ValueError, match="is no catalog number"):
            catalog_number_from_alpha5(text)
    with pytest.raises(
        ValueError, match="0 to 339999, which two-line elements hold, given 340000; write an OMM"
    ):
        alpha5_from_catalog_number(340_000)


def _summed(line):
    return line[:68] + str(tle_checksum(line))


ONE, TWO = VANGUARD.splitlines()
BROKEN = {
    "checksum": (
        f"{ONE[:-1]}7\n{TWO}",
        (1, "expected the checksum 3 at the end of line 1, given 7: a character was changed or lost; "
            "fetch the "
            "elements again"),
    ),
    "changed digit": (
        f"NAME\n{ONE}\n{TWO.replace('34.2682', '35.2682')}",
        (3, "expected the checksum 8 at the end of line 2, given 7: a character was changed or lost; "
            "fetch the "
            "elements again"),
    ),
    "other satellite": (
        f"{ONE}\n{_summed(TWO.replace('00005', '00006'))}",
        (2, "expected the catalog number 00005 of line 1, given 00006"),
    ),
    "line 2 alone": (TWO, (1, "expected line 1 before line 2, given none; add it")),
    "line 1 alone": (ONE, (1, "expected line 2 after it, given the end")),
    "no elements": ("just a name\n", (1, "expected two-line elements, given none")),
    "short": (f"{ONE[:66]}\n{TWO}", (1, f"{WRONG_LINE_1}, given '{ONE[:66]}'")),
    "column": (
        f"{_summed(ONE.replace('00179', '00x79'))}\n{TWO}",
        (1, "expected an epoch (two digits of the year and the day) in columns 19 to 32, given "
            "'00x79.78495062'; fetch the elements again"),
    ),
    "day": (
        f"{_summed(ONE.replace('00179', '00379'))}\n{TWO}",
        (1, "expected an epoch (two digits of the year and the day) in columns 19 to 32, given "
            "'00379.78495062'; fetch the elements again"),
    ),
    "drag": (
        f"{_summed(ONE.replace('28098-4', '28.98-4'))}\n{TWO}",
        (1, "expected a drag term in columns 54 to 61, given ' 28.98-4'; fetch the elements again"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused(refused, case):
    text, said = BROKEN[case]
    assert refused(read_tle, text) == said


@given(
    number=st.integers(0, 339_999),
    seconds=st.floats(0, 3e9),
    angles=st.lists(st.floats(0, 359.9999), min_size=3, max_size=3),
    inclination_deg=st.floats(0, 180),
    eccentricity=st.floats(0, 0.9999999),
    mean_motion=st.floats(0.01, 17),
    bstar=st.floats(-0.9, 0.9),
)
def test_what_is_written_is_read_again(
    tmp_path_factory, number, seconds, angles, inclination_deg, eccentricity, mean_motion, bstar
):
    epoch = datetime(1960, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    exact = MeanElements(
        "NAME", "1960-001A", number, epoch, mean_motion, min(eccentricity, 0.9999999), inclination_deg,
        *angles, bstar, bstar * 1e-3, bstar * 1e-4,
    )  # fmt: skip
    path = tmp_path_factory.getbasetemp() / "given.tle"
    path.write_text(tle_text(exact))
    (back,) = read_tle(path)
    assert (back.object_name, back.object_id, back.catalog_number) == ("NAME", "1960-001A", number)
    assert abs((back.epoch - epoch).total_seconds()) <= 4.33e-4
    assert back.mean_motion_rev_per_day == pytest.approx(mean_motion, abs=5.1e-9)
    assert back.eccentricity == pytest.approx(exact.eccentricity, abs=5.1e-8)
    assert back.bstar == pytest.approx(bstar, rel=5.1e-5, abs=1e-14)
    assert back.mean_motion_dot_rev_per_day2 == pytest.approx(bstar * 1e-3, abs=5.1e-9)
    assert back.mean_motion_ddot_rev_per_day3 == pytest.approx(bstar * 1e-4, rel=5.1e-5, abs=1e-14)
    for given_deg, read_deg in zip(
        angles, (back.raan_deg, back.argument_of_perigee_deg, back.mean_anomaly_deg), strict=True
    ):
        assert (read_deg - given_deg + 180) % 360 - 180 == pytest.approx(0, abs=5.1e-5)
    assert tle_text(back) == tle_text(exact)


def test_years_that_two_digits_do_not_hold():
    late = MeanElements("NAME", "UNKNOWN", 1, datetime(2057, 1, 1, tzinfo=UTC), 15.0, 0, 50, 0, 0, 0, 0)
    with pytest.raises(ValueError, match=r"from 1957 to 2056, .* given 2057-01-01; write an OMM"):
        tle_text(late)
