from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.time import (
    datetime_from_elapsed,
    datetime_from_julian_date,
    elapsed_from_datetime,
    julian_date_from_datetime,
    tai_minus_utc_s,
    terrestrial_time,
)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1)))
def test_julian_dates_are_inverted_to_the_microsecond(naive):
    instant = naive.replace(tzinfo=UTC)
    found = datetime_from_julian_date(*julian_date_from_datetime(instant))
    assert abs(found - instant) <= timedelta(microseconds=1)


def test_time_zones_are_respected():
    vostochny = datetime(2027, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    assert julian_date_from_datetime(vostochny) == julian_date_from_datetime(datetime(2027, 3, 1, tzinfo=UTC))


def test_instants_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="has no time zone: give an instant in UTC"):
        julian_date_from_datetime(datetime(2027, 1, 1))


@pytest.mark.parametrize(
    ("year", "month", "leap_seconds"), [(1999, 1, 32), (2016, 12, 36), (2017, 1, 37), (2060, 1, 37)]
)
def test_leap_seconds(year, month, leap_seconds):
    # IERS Bulletin C 16 and 52
    assert tai_minus_utc_s(datetime(year, month, 1, tzinfo=UTC)) == leap_seconds


def test_there_is_no_utc_before_1960():
    with pytest.raises(ValueError, match="before UTC began"):
        tai_minus_utc_s(datetime(1950, 1, 1, tzinfo=UTC))


def test_terrestrial_time_of_j2000():
    # Explanatory Supplement: J2000.0 TT is 11:58:55.816 UTC of 2000-01-01
    first, second = terrestrial_time(
        datetime(2000, 1, 1, 11, 58, 55, 816000, tzinfo=UTC), np.array([0.0, 1.0])
    )
    assert (first - 2451545.0) + second[0] == pytest.approx(0.0, abs=1e-11)
    assert (second[1] - second[0]) * 86_400 == pytest.approx(1.0, abs=1e-9)


def test_elapsed_and_instants_are_inverses():
    epoch = datetime(2027, 1, 1, tzinfo=UTC)
    assert elapsed_from_datetime(epoch, datetime_from_elapsed(epoch, 12345.678901)) == pytest.approx(
        12345.678901
    )
