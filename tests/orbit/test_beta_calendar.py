import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.orbit.beta_calendar import Season, beta_calendar
from cosmodrome.orbit.eclipses import beta_angle, eclipse_duration_s
from cosmodrome.orbit.local_time import raan_of_local_time_rad
from cosmodrome.physics.elements import KeplerianElements, sun_synchronous_inclination_rad

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


def sun_synchronous(altitude_km, local_time_h):
    axis = 6_378_137.0 + 1e3 * altitude_km
    tilt, node = sun_synchronous_inclination_rad(axis), raan_of_local_time_rad(local_time_h, EPOCH)
    return KeplerianElements(axis, 0.0, tilt, node, 0.0, 0.0)


def test_the_space_station_turns_up_to_75_degrees_from_the_sun():
    # beta is at most inclination plus obliquity, 51.64 + 23.44 deg, and comes near it at a solstice that
    # meets the node at its quarter: ten years hold enough of them. asin(R/(R + 420 km)) is 69.75 deg.
    station = KeplerianElements(6_798_137.0, 0.0005, math.radians(51.64), 1.0, 0.0, 0.0)
    calendar = beta_calendar(station, EPOCH, 10.0)
    assert 74.8 < np.abs(calendar.beta_angle_deg).max() < 75.08
    assert calendar.beta_without_eclipse_deg == pytest.approx(69.8, abs=0.1)
    # these seasons come around the solstices and last some days
    assert calendar.eclipse_free
    for season in calendar.eclipse_free:
        assert season.start.month in (5, 6, 7, 11, 12, 1)
        assert season.duration_days < 10


def test_seasons_lie_where_beta_is_high():
    calendar = beta_calendar(sun_synchronous(700.0, 6.0), EPOCH, 2.0)
    free = np.zeros(len(calendar.elapsed_s), bool)
    for season in calendar.eclipse_free:
        start, end = ((edge - EPOCH).total_seconds() for edge in (season.start, season.end))
        free |= (calendar.elapsed_s >= start) & (calendar.elapsed_s <= end)
    # but for samples within a minute of an edge, where the eclipse lasts next to nothing
    assert np.all(calendar.eclipse_duration_s[free] < 20.0)
    assert np.all(calendar.eclipse_duration_s[~free] > 0.0)
    assert calendar.eclipse_free_days == pytest.approx(free.mean() * 2 * 365.25, abs=1.0)


@pytest.mark.parametrize(("local_time_h", "months"), [(6.0, (12, 1)), (18.0, (6, 7))])
def test_dawn_and_dusk_have_one_eclipse_season_a_year(local_time_h, months):
    # the pole of the plane that faces the Sun stands at declination +-(i - 90 deg) = +-8.2 deg at 6 and 18 h:
    # beta is least, 90 - 23.4 - 8.2 = 58.4 deg, at the solstice of the other sign
    orbit = sun_synchronous(700.0, local_time_h)
    calendar = beta_calendar(orbit, EPOCH, 1.0)
    assert calendar.longest_eclipse_at.month in months
    assert np.abs(calendar.beta_angle_deg).min() == pytest.approx(58.4, abs=0.15)
    longest = eclipse_duration_s(orbit.semi_major_axis_m, math.radians(58.4))
    assert calendar.longest_eclipse_s == pytest.approx(longest, abs=20.0)
    assert 1 <= len(calendar.eclipse_free) <= 2


def test_durations_are_the_closed_form_and_the_longest_is_named():
    orbit = sun_synchronous(550.0, 10.5)
    calendar = beta_calendar(orbit, EPOCH)
    for place in range(0, len(calendar.elapsed_s), 97):
        expected = eclipse_duration_s(
            orbit.semi_major_axis_m, math.radians(float(calendar.beta_angle_deg[place]))
        )
        assert calendar.eclipse_duration_s[place] == pytest.approx(expected, abs=1e-6)
    at = (calendar.longest_eclipse_at - EPOCH).total_seconds()
    assert np.interp(at, calendar.elapsed_s, calendar.eclipse_duration_s) == calendar.longest_eclipse_s
    assert calendar.eclipse_free == ()
    assert calendar.eclipse_free_days == 0.0


def test_agrees_with_a_full_propagation(two_days):
    # 26 years of precession turn GCRF to the equinox of date; what else differs in two days is below 0.1 deg
    import erfa

    from cosmodrome.physics.elements import keplerian_from_cartesian
    from cosmodrome.physics.time import terrestrial_time

    day, fraction = terrestrial_time(two_days.epoch, np.zeros(1))
    matrix = erfa.pmat06(day, fraction)[0]
    start = keplerian_from_cartesian(matrix @ two_days.position_m[0], matrix @ two_days.velocity_m_s[0])
    calendar = beta_calendar(start, two_days.epoch, 2.0 / 365.25)
    full = beta_angle(two_days)
    own = np.interp(full.elapsed_s, calendar.elapsed_s, calendar.beta_angle_deg)
    assert own == pytest.approx(full.beta_angle_deg, abs=0.1)


def test_a_better_node_rate_is_taken():
    orbit = sun_synchronous(550.0, 10.5)
    still = beta_calendar(orbit, EPOCH, raan_rate_rad_s=0.0)
    assert np.ptp(still.beta_angle_deg) > 100  # a plane at rest: the Sun goes around it
    assert np.ptp(beta_calendar(orbit, EPOCH).beta_angle_deg) < 20


@pytest.mark.parametrize(
    ("axis", "eccentricity", "years", "message"),
    [
        (7e6, 0.0, 0.0, "a calendar over 0 years was asked for; expected a duration above 0"),
        (7e6, 0.0, math.nan, "a calendar over nan years"),
        (7e6, 0.1, 1.0, "eccentricities up to 0.02, given is 0.1: propagate such an orbit"),
        (7e3, 0.0, 1.0, "7 km lies inside the Earth; .*are its units meters"),
    ],
)
def test_bad_input(axis, eccentricity, years, message):
    with pytest.raises(ValueError, match=message):
        beta_calendar(KeplerianElements(axis, eccentricity, 1.0, 0.0, 0.0, 0.0), EPOCH, years)


def test_one_line_each():
    assert repr(beta_calendar(sun_synchronous(700.0, 6.0), EPOCH)).startswith("<BetaCalendar ")
    season = Season(EPOCH, EPOCH + timedelta(days=3))
    assert repr(season) == "<Season 2027-01-01 to 2027-01-04, 3.0 days>"
