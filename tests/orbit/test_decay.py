import math
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.special import iv

from cosmodrome.constants import (
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_GM_M3_S2,
    EARTH_J2,
    EARTH_ROTATION_RATE_RAD_S,
    JULIAN_YEAR_S,
)
from cosmodrome.orbit import decay as module
from cosmodrome.orbit.decay import Air, decay, drag_rates
from cosmodrome.orbit.mean_orbit import MeanOrbits
from cosmodrome.orbit.solar_activity import stacked_courses

START = datetime(2027, 1, 1, tzinfo=UTC)
SCALE_KM, REFERENCE_KG_M3, BALLISTIC = 50.0, 3e-12, 100.0


class ExponentialAir:
    """Air of one scale height, known at 400 km; no seasons, no activity."""

    def density_kg_m3(self, height_km, place, flux_sfu, ap_response_ratio):
        return REFERENCE_KG_M3 * np.exp(-(height_km - 400.0) / SCALE_KM)


def air(count=1):
    flux = np.full((count, 2), 140.0)
    return Air(ExponentialAir(), stacked_courses(START, 365.25, flux, 0 * flux))


def equatorial(axis_m, eccentricity=0.0):
    return MeanOrbits(*(np.array([x]) for x in (axis_m, eccentricity, 0.0, 0.0, 0.0)))


def test_a_circle_in_exponential_air_lasts_as_long_as_the_integral():
    # dt = -B da / (rho sqrt(mu a)) (Vallado 2013, section 9.6.2), with the air that turns along and the
    # radius of a circular equatorial orbit, a (1 - 3/2 J2 (R/a)^2), from v^2/r = mu/r^2 (1 + 3/2 J2 (R/r)^2)
    axis = np.linspace(EARTH_EQUATORIAL_RADIUS_M + 120e3, EARTH_EQUATORIAL_RADIUS_M + 420e3, 20_001)
    radius = axis * (1 - 1.5 * EARTH_J2 * (EARTH_EQUATORIAL_RADIUS_M / axis) ** 2)
    height_km = (radius - EARTH_EQUATORIAL_RADIUS_M) / 1e3
    speed = np.sqrt(EARTH_GM_M3_S2 / axis)
    share = (1 - EARTH_ROTATION_RATE_RAD_S * radius / speed) ** 2
    density = REFERENCE_KG_M3 * np.exp(-(height_km - 400.0) / SCALE_KM)
    expected = np.trapezoid(BALLISTIC / (density * np.sqrt(EARTH_GM_M3_S2 * axis) * share), axis)
    found = decay(equatorial(axis[-1]), np.array(BALLISTIC), air(), 60 * JULIAN_YEAR_S)
    assert found.elapsed_s[0] == pytest.approx(expected, rel=3e-3)
    assert found.mean_flux_sfu[0] == pytest.approx(140.0)


def test_an_ellipse_in_exponential_air_loses_what_bessel_functions_say(monkeypatch):
    # King-Hele (1987), chapter 4: da = -2 pi F a^2 rho_p/B exp(-z) (I0 + 2 e I1 + 3/4 e^2 (I0 + I2)) per
    # revolution, z = a e / H, F = (1 - w r_p/v_p)^2. Kepler's ellipse, so without the terms of J2.
    monkeypatch.setattr(module, "radius_excess_m", lambda orbits, radius, latitude: 0.0)
    axis = EARTH_EQUATORIAL_RADIUS_M + 600e3
    e = 200e3 / axis
    z = 200.0 / SCALE_KM
    bessel = iv(0, z) + 2 * e * iv(1, z) + 0.75 * e * e * (iv(0, z) + iv(2, z))
    perigee = axis - 200e3
    share = 1 - EARTH_ROTATION_RATE_RAD_S * perigee / math.sqrt(EARTH_GM_M3_S2 / perigee * (1 + e))
    loss = 2 * math.pi * axis**2 * REFERENCE_KG_M3 / BALLISTIC * math.exp(-z) * bessel * share**2
    expected = loss / (2 * math.pi * math.sqrt(axis**3 / EARTH_GM_M3_S2))
    weather = np.full((1, 1), 140.0), np.zeros((1, 1))
    rates = drag_rates(equatorial(axis, e), np.array([BALLISTIC]), air(), np.zeros(1), weather)
    assert -rates[0, 0] == pytest.approx(expected, rel=3e-3)  # F is of the perigee
    assert rates[1, 0] < 0  # the ellipse becomes round
    assert abs(rates[2, 0]) < 1e-6 * abs(rates[1, 0])


def test_lanes_do_not_see_each_other():
    heights = np.array([300e3, 115e3, 350e3])
    zero = np.zeros(3)
    orbits = MeanOrbits(EARTH_EQUATORIAL_RADIUS_M + heights, zero, zero, zero + 0.9, zero)
    ballistic = np.array([50.0, 100.0, 20.0])
    together = decay(orbits, ballistic, air(3), 60 * JULIAN_YEAR_S).elapsed_s
    assert together[1] == 0.0
    for lane in (0, 2):
        alone = MeanOrbits(*orbits.numbers[:, lane : lane + 1])
        found = decay(alone, ballistic[lane], air(), 60 * JULIAN_YEAR_S)
        assert found.elapsed_s[0] == pytest.approx(together[lane], rel=1e-9)


def test_the_limit_cuts():
    orbit = equatorial(EARTH_EQUATORIAL_RADIUS_M + 800e3)
    found = decay(orbit, np.array(BALLISTIC), air(), 1e6)
    assert found.elapsed_s[0] == pytest.approx(1e6)
    assert "of 1 orbits" in repr(found)
