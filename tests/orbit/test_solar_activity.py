from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.solar_activity import (
    SolarActivity,
    activity_courses,
    ap_response_ratio,
    cycle_cases,
    effective_flux_sfu,
    observed_activity,
    read_space_weather,
)
from cosmodrome.orbit.solar_draws import drawn_courses

DAY_S = 86_400.0
START = datetime(2027, 1, 1, tzinfo=UTC)


def test_cycle_statistics_hold_the_observed_extremes():
    # SILSO and Penticton: cycle 24's maximum (2014-04) stayed below 170 sfu monthly, cycle 22's exceeded 220
    low, mean, high = cycle_cases(read_space_weather(), datetime(2019, 12, 15, tzinfo=UTC), 22.0)
    assert 65 < low.flux_sfu.min() < 72  # the floor of F10.7, Tapping and Morton (2013)
    assert low.flux_sfu.max() < 170 < 220 < high.flux_sfu.max()
    assert np.all(low.flux_sfu < mean.flux_sfu)
    assert np.all(mean.flux_sfu < high.flux_sfu)
    np.testing.assert_allclose(mean.flux_sfu[:132], mean.flux_sfu[132:264], rtol=0.05)


def test_observed_weather_must_hold_the_start():
    record = read_space_weather()
    for year in (1950, 2050):
        with pytest.raises(ValueError, match=f"does not hold {year}-01-01; use the cases"):
            observed_activity(record, datetime(year, 1, 1, tzinfo=UTC))


def test_after_the_record_the_case_goes_on():
    record = read_space_weather()
    start = (record.day[-1] - np.timedelta64(10, "D")).astype(datetime)
    start = datetime(start.year, start.month, start.day, tzinfo=UTC)
    mean = cycle_cases(record, start, 5.0)[1]
    course = observed_activity(record, start, mean)
    assert course.ap_index[10] == record.ap_index[-1]
    assert course.flux_sfu[11] == mean.flux_sfu[0]
    assert course.flux_sfu[-1] == mean.flux_sfu[-1]
    assert len(course.flux_sfu) * course.step_days == pytest.approx(5 * 365.25, abs=35)


def test_a_mean_over_part_of_the_steps():
    course = SolarActivity("steps", START, 2.0, np.array([100.0, 200.0, 150.0]), np.full(3, 9.0))
    courses = activity_courses([course, course])
    lanes = np.array([0, 1])
    begin, end = np.array([1.0, 3.0]) * DAY_S, np.array([3.0, 9.0]) * DAY_S
    flux, response = courses.mean_between(lanes, begin, end)
    # half of 100 and half of 200; a day of 200, then 150 for good
    np.testing.assert_allclose(flux, [150.0, (200.0 + 5 * 150.0) / 6])
    np.testing.assert_allclose(response, 0.0, atol=1e-12)


def test_courses_of_unlike_steps_fly_together():
    daily = SolarActivity("daily", START, 1.0, np.arange(60.0), np.full(60, 4.0))
    monthly = SolarActivity("monthly", START, 30.0, np.array([70.0, 90.0]), np.full(2, 35.0))
    courses = activity_courses([daily, monthly])
    flux, response = courses.mean_between(np.array([0, 1]), np.zeros(2), np.full(2, 45 * DAY_S))
    np.testing.assert_allclose(flux, [22.0, (30 * 70 + 15 * 90) / 45])
    assert response[1] == pytest.approx(1.0)
    assert response[0] == pytest.approx(float(ap_response_ratio(np.array(4.0))))


def test_the_effective_flux_is_between_the_day_and_the_mean():
    assert float(effective_flux_sfu(np.array(150.0), np.array(150.0))) == 150.0
    assert 120.0 < float(effective_flux_sfu(np.array(150.0), np.array(120.0))) < 135.0
    assert 135.0 < float(effective_flux_sfu(np.array(120.0), np.array(150.0))) < 150.0


def test_drawn_courses_are_observed_first_and_spread_later():
    record = read_space_weather()
    start = datetime(2015, 1, 1, tzinfo=UTC)
    courses = drawn_courses(record, start, 40.0, 50, np.random.default_rng(3))
    known = courses.flux_sfu[:, :120]
    assert np.ptp(known, axis=0).max() == 0.0
    observed = effective_flux_sfu(record.flux_sfu, record.flux_81_days_sfu)
    in_2019 = (record.day >= np.datetime64("2019-01-01")) & (record.day < np.datetime64("2020-01-01"))
    assert known[0, 48:60].mean() == pytest.approx(observed[in_2019].mean(), rel=0.02)
    assert courses.flux_sfu.shape == (50, 481)
    later = courses.flux_sfu[:, 200:]
    assert later.std(axis=0).min() > 5.0
    assert 60.0 < later.min() < 75.0 < 180.0 < later.max() < 350.0


def test_draws_follow_the_generator():
    record = read_space_weather()
    one, same, other = (
        drawn_courses(record, START, 30.0, 3, np.random.default_rng(seed)).flux_sfu for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_drawn_courses_have_minima_as_often_as_the_sun():
    # SILSO: cycles 20 to 24 lasted 9.9 to 12.3 years, so 60 years hold 5 or 6 minima
    flux = drawn_courses(read_space_weather(), START, 60.0, 40, np.random.default_rng(5)).flux_sfu
    smooth = np.array([np.convolve(row, np.full(25, 1 / 25), "valid") for row in flux])
    quiet = smooth < 85.0
    minima = (np.diff(quiet.astype(int), axis=1) == 1).sum(axis=1)
    assert 4.5 < minima.mean() < 6.5
