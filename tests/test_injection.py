from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.ascent.result import (
    Ascent,
    AscentLimits,
    AscentStatus,
    AscentTrajectory,
    InsertionOrbit,
    Replay,
    SolverStatistics,
    VelocityLosses,
)
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_ROTATION_RATE_RAD_S
from cosmodrome.injection import injection_state
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian
from cosmodrome.physics.frames import geodetic_from_ecef, itrf_from_gcrf

LIFTOFF = datetime(2027, 3, 1, 21, 30, tzinfo=UTC)


def ascent_to(altitude_km, inclination_deg, raan_relative_deg, duration_s=560.0):
    """An ascent that ends on a circular orbit; only what injection reads is real."""
    elements = KeplerianElements(
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km,
        0.0,
        np.radians(inclination_deg),
        np.radians(raan_relative_deg),
        0.0,
        np.radians(70.0),
    )
    position, velocity = (np.array([part, part]) for part in cartesian_from_keplerian(elements))
    two = np.zeros(2)
    trajectory = AscentTrajectory(
        np.array([0.0, duration_s]), position, velocity, two, np.zeros((2, 3)), *([two] * 14)
    )
    return Ascent(
        status=AscentStatus.OPTIMAL,
        payload_kg=1000.0,
        final_mass_kg=3000.0,
        branch="ascending",
        launch_azimuth_deg=350.0,
        duration_s=duration_s,
        trajectory=trajectory,
        events=(),
        insertion=InsertionOrbit(altitude_km, altitude_km, inclination_deg, raan_relative_deg, 0.0, 70.0),
        replay=Replay(0.0, 0.0),
        solver=SolverStatistics("ok", 1, 0.0, 0.0, 1),
        limits=AscentLimits(),
        losses=VelocityLosses(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    )


def test_the_orbit_survives_the_rotation():
    state = injection_state(ascent_to(550.0, 97.6, 120.0), LIFTOFF)
    assert state.epoch == LIFTOFF + timedelta(seconds=560.0)
    assert state.elements.semi_major_axis_m == pytest.approx(EARTH_EQUATORIAL_RADIUS_M + 550e3, abs=1e-3)
    assert state.elements.eccentricity == pytest.approx(0.0, abs=1e-9)
    # between the frames' poles lies 27 years of precession: 27 x 20 arcsec = 0.15 deg
    assert np.degrees(state.elements.inclination_rad) == pytest.approx(97.6, abs=0.16)
    with pytest.raises(ValueError, match="read-only"):
        state.position_m[0] = 0.0


def test_the_place_over_the_ground_is_what_was_flown():
    # at cut-off the Earth has turned by w t from the frame of lift-off
    ascent = ascent_to(550.0, 97.6, 120.0)
    state = injection_state(ascent, LIFTOFF)
    matrix = itrf_from_gcrf(state.epoch, np.zeros(1), read_earth_orientation())[0]
    found = matrix @ state.position_m
    angle = -EARTH_ROTATION_RATE_RAD_S * ascent.duration_s
    turned = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    np.testing.assert_allclose(found, turned @ ascent.trajectory.position_m[-1], rtol=0, atol=5.0)
    expected, got = (geodetic_from_ecef(x[None])[0][0] for x in (ascent.trajectory.position_m[-1], found))
    assert got == pytest.approx(expected, abs=1e-6)


def test_a_sidereal_day_later_the_state_is_the_same():
    ascent = ascent_to(550.0, 97.6, 120.0)
    first = injection_state(ascent, LIFTOFF)
    later = injection_state(ascent, LIFTOFF + timedelta(seconds=2 * np.pi / EARTH_ROTATION_RATE_RAD_S))
    np.testing.assert_allclose(later.position_m, first.position_m, rtol=0, atol=30.0)
    np.testing.assert_allclose(later.velocity_m_s, first.velocity_m_s, rtol=0, atol=0.03)
