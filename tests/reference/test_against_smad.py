"""Wertz and Larson, Space Mission Analysis and Design: FireSat's orbit, repeating tracks, eclipses."""

import math

import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, TROPICAL_YEAR_S
from cosmodrome.orbit.eclipses import beta_without_eclipse_rad, eclipse_duration_s
from cosmodrome.physics.elements import mean_motion_rad_s, orbital_period_s, repeat_semi_major_axis_m

FIRESAT_M = EARTH_EQUATORIAL_RADIUS_M + 700e3


def test_firesat_orbit():
    # S-01, SMAD 3rd ed.: 7504 m/s, 98.77 min, 35.3 min of eclipse, 63.5 of sunlight, 24.76 deg a revolution
    period_min = orbital_period_s(FIRESAT_M) / 60
    eclipse_min = eclipse_duration_s(FIRESAT_M, 0.0) / 60
    assert mean_motion_rad_s(FIRESAT_M) * FIRESAT_M == pytest.approx(7504, rel=1e-3)
    assert period_min == pytest.approx(98.77, rel=1e-3)
    assert eclipse_min == pytest.approx(35.3, rel=1e-3)
    assert period_min - eclipse_min == pytest.approx(63.5, rel=1e-3)
    solar_day_deg_per_min = 360 * (1 + 86_400 / TROPICAL_YEAR_S) / 1440
    assert period_min * solar_day_deg_per_min == pytest.approx(24.76, rel=1e-3)


@pytest.mark.parametrize(
    ("revolutions", "days", "altitude_km"), [(14, 1, 817.14), (29, 2, 645.06), (74, 5, 546.31)]
)
def test_repeat_ground_tracks(revolutions, days, altitude_km):
    # S-03, New SMAD (2011) table 9-13, i = 28 deg; 0.5 km covers the book's rounding of J2 and of the day
    axis = repeat_semi_major_axis_m(revolutions, days, math.radians(28.0))
    assert (axis - EARTH_EQUATORIAL_RADIUS_M) / 1e3 == pytest.approx(altitude_km, abs=0.5)


ECLIPSES = {  # S-07: altitude km -> period min, beta* deg, minutes of eclipse at 0, 15, 30, 45, 60, 65 deg
    400: (92.560, 70.22, (36.11, 35.73, 34.45, 31.58, 24.37, 18.92)),
    500: (94.616, 68.02, (35.75, 35.32, 33.85, 30.51, 21.83, 14.54)),
    550: (95.650, 67.02, (35.61, 35.15, 33.58, 30.01, 20.54, 11.95)),
    600: (96.687, 66.07, (35.49, 35.00, 33.34, 29.54, 19.21, 8.74)),
    700: (98.773, 64.30, (35.29, 34.75, 32.90, 28.63, 16.39, 0)),
    800: (100.874, 62.69, (35.13, 34.55, 32.51, 27.77, 13.13, 0)),
    1000: (105.119, 59.82, (34.94, 34.24, 31.84, 26.10, 0, 0)),
    1200: (109.422, 57.31, (34.84, 34.05, 31.26, 24.44, 0, 0)),
}


@pytest.mark.parametrize("altitude_km", ECLIPSES)
def test_eclipse_durations(altitude_km):
    period_min, beta_deg, durations_min = ECLIPSES[altitude_km]
    axis = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    assert orbital_period_s(axis) / 60 == pytest.approx(period_min, abs=1e-3)
    assert math.degrees(beta_without_eclipse_rad(axis)) == pytest.approx(beta_deg, abs=0.01)
    found = [eclipse_duration_s(axis, math.radians(beta)) / 60 for beta in (0, 15, 30, 45, 60, 65)]
    assert found == pytest.approx(durations_min, abs=0.01)
