from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.physics.earth_orientation import data_folder, read_earth_orientation

TABLE = read_earth_orientation()


def at(instant):
    return [float(part[0]) for part in TABLE.at(instant, np.zeros(1))]


def test_values_of_a_published_day():
    # IERS EOP 20 C04 for 2010-01-01, the other series: x 0.098670", y 0.192840", UT1-UTC 0.1141359 s
    ut1, x, y, _, _ = at(datetime(2010, 1, 1, tzinfo=UTC))
    assert ut1 == pytest.approx(0.11414, abs=1e-4)
    assert np.degrees([x, y]) * 3600 == pytest.approx([0.09867, 0.19284], abs=1e-4)


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
