"""Mean elements in, the orbit that has them out: its mean altitude, its frozen perigee under all forces."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_GM_M3_S2
from cosmodrome.orbit.mean_start import state_from_mean_elements
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements, orbital_period_s

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


def mean(axis_km, eccentricity, inclination_deg, anomaly_deg=0.0):
    angles = (math.radians(d) for d in (inclination_deg, 40.0, 70.0, anomaly_deg))
    return KeplerianElements(axis_km * 1e3, eccentricity, *angles)


def mean_axis_m(ephemeris, revolutions):
    """Mean over whole revolutions of the osculating semi-major axis."""
    square = np.sum(ephemeris.velocity_m_s**2, axis=1)
    axis = 1 / (2 / np.linalg.norm(ephemeris.position_m, axis=1) - square / EARTH_GM_M3_S2)
    whole = ephemeris.elapsed_s < revolutions * orbital_period_s(float(axis.mean()))
    return float(axis[whole].mean())


@pytest.mark.parametrize("anomaly_deg", [0.0, 47.0, 180.0, 300.0])
@pytest.mark.parametrize(("axis_km", "inclination_deg"), [(6778.0, 51.6), (7078.0, 98.2), (7400.0, 20.0)])
def test_the_orbit_flies_at_the_mean_altitude_given(axis_km, inclination_deg, anomaly_deg):
    """Wherever on its ellipse it starts; the osculating axis differs from the mean one by up to 10 km."""
    state = state_from_mean_elements(EPOCH, mean(axis_km, 0.0, inclination_deg, anomaly_deg))
    ephemeris = propagate(state, EPOCH, 0.6)
    # 0.15 km: tesseral harmonics move a by up to 0.1 km within half a day, second order in J2 by some 10 m
    assert mean_axis_m(ephemeris, 7) / 1e3 == pytest.approx(axis_km, abs=0.15)


@pytest.mark.parametrize("anomaly_deg", [0.0, 120.0, 200.0])
def test_an_eccentric_orbit_keeps_its_axis(anomaly_deg):
    """400 x 4000 km: the osculating axis at perigee differs from the mean one by up to 20 km."""
    low, high = 6778.137, 10378.137
    elements = mean(0.5 * (low + high), (high - low) / (high + low), 63.4, anomaly_deg)
    ephemeris = propagate(state_from_mean_elements(EPOCH, elements), EPOCH, 0.6, step_s=20.0)
    # 0.3 km: second order in J2, and tesseral harmonics at the perigee
    assert mean_axis_m(ephemeris, 5) / 1e3 == pytest.approx(0.5 * (low + high), abs=0.3)


def test_a_circle_becomes_the_frozen_orbit():
    """The mean eccentricity of a frozen orbit is J3/(2 J2) R/a sin i (Cook 1966), here 0.001."""
    state = state_from_mean_elements(EPOCH, mean(7078.0, 0.0, 98.2))
    ephemeris = propagate(state, EPOCH, 2.0)
    height = np.linalg.norm(ephemeris.position_m, axis=1)
    first, last = height[: len(height) // 8], height[-len(height) // 8 :]
    # perigee and apogee stay where they are; a free circle's would wander by 14 km over months
    assert first.min() == pytest.approx(last.min(), abs=1.5e3)
    assert first.max() == pytest.approx(last.max(), abs=1.5e3)


def test_elements_that_sgp4_refuses_are_refused():
    with pytest.raises(ValueError, match="SGP4"):
        state_from_mean_elements(EPOCH, mean(6400.0, 0.3, 50.0))
