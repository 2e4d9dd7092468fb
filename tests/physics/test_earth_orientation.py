from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.physics.earth_orientation import data_folder, read_earth_orientation

TABLE = read_earth_orientation()


def at(instant):
    return [float(part[0]) for part in TABLE.tabulated(instant, np.zeros(1))]


def test_values_of_a_published_day():
    # IERS EOP 20 C04 for 2010-01-01, the other series: x 0.098670", y 0.192840", UT1-UTC 0.1141359 s
    ut1, x, y, _, _ = at(datetime(2010, 1, 1, tzinfo=UTC))
    assert ut1 == pytest.approx(0.11414, abs=1e-4)
    assert np.degrees([x, y]) * 3600 == pytest.approx([0.09867, 0.19284], abs=1e-4)


def test_values_between_two_days_follow_a_cubic():
    # the rows of four days, 2021-06-14 to 17, and Lagrange's weights half-way: -1, 9, 9, -1 of 16
    days = [at(datetime(2021, 6, day, tzinfo=UTC))[:3] for day in (14, 15, 16, 17)]
    halfway = at(datetime(2021, 6, 15, 12, tzinfo=UTC))[:3]
    assert halfway == pytest.approx(np.array([-1, 9, 9, -1]) / 16 @ np.array(days), abs=1e-12)


def test_tides_within_the_day_are_added():
    # IERS Conventions (2010), section 8.2: at most some 0.6 mas of pole and 60 microseconds of UT1
    elapsed = np.arange(0.0, 30 * 86_400.0, 1800.0)
    epoch = datetime(2024, 1, 1, tzinfo=UTC)
    with_tides, without = TABLE.at(epoch, elapsed), TABLE.tabulated(epoch, elapsed)
    ut1_s, pole_x_rad = (np.abs(a - b).max() for a, b in zip(with_tides[:2], without[:2], strict=True))
    assert 20e-6 < ut1_s < 90e-6
    assert 0.3 < np.degrees(pole_x_rad) * 3.6e6 < 1.2


def test_a_leap_second_is_a_jump_and_not_a_ramp():
    # 2016-12-31 24:00: UT1-UTC goes from -0.409 to +0.591 s
    before, after = datetime(2016, 12, 31, 23, 59, tzinfo=UTC), datetime(2017, 1, 1, 0, 1, tzinfo=UTC)
    assert at(before)[0] == pytest.approx(-0.409, abs=2e-3)
    assert at(after)[0] == pytest.approx(0.591, abs=2e-3)


def test_the_last_values_are_held():
    last = datetime(TABLE.until.year, TABLE.until.month, TABLE.until.day, tzinfo=UTC)
    assert at(last + timedelta(days=5000)) == at(last)
    assert TABLE.until > date(2027, 1, 1)


def test_a_missing_package_is_named():
    with pytest.raises(FileNotFoundError, match="'no_such_data' is not installed"):
        data_folder("no_such_data")
