"""Dynamic pressure along courses of solar activity: exact in its sums, right in its trends."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.orbit.drag_history import DragHistory, PlannedOrbit, density_along_kg_m3, drag_history
from cosmodrome.orbit.solar_activity import SolarActivity

START = datetime(2027, 3, 1, tzinfo=UTC)
STEPS = DragHistory(START, 100.0, np.array([1.0, 3.0, 2.0]))


def course(flux_sfu, ap_index=10.0, months=12):
    return SolarActivity("made", START, 30.4375, np.full(months, flux_sfu), np.full(months, ap_index))


def mean_pa(orbit, flux_sfu=125.0):
    return float(drag_history(orbit, course(flux_sfu)).dynamic_pressure_pa.mean())


def test_the_integral_adds_steps_and_the_last_value_holds_on():
    assert STEPS.impulse_pa_s(50.0) == pytest.approx(50.0)
    assert STEPS.impulse_pa_s(250.0) == pytest.approx(100 + 300 + 100)
    assert STEPS.impulse_pa_s(400.0) == pytest.approx(600 + 200)


@given(duration_s=st.floats(0, 1000))
def test_the_time_until_an_integral_is_the_inverse(duration_s):
    assert STEPS.duration_s(STEPS.impulse_pa_s(duration_s)) == pytest.approx(duration_s, abs=1e-9)


def test_pressure_is_half_density_times_the_square_of_the_speed_through_turning_air():
    # around the poles at 400 km the air crosses the path at 0.49 km/s: 0.2 % of the square; the mean over
    # local times and months differs from the 24 places of the orbit by some percent
    orbit = PlannedOrbit(400.0, 400.0, 90.0)
    radius = EARTH_EQUATORIAL_RADIUS_M + 400e3
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    places = radius * np.stack((np.cos(angle), 0 * angle, np.sin(angle)), axis=1)
    densities = []
    for hour in np.arange(24) * np.pi / 12:
        sun = np.tile([np.cos(hour), np.sin(hour), 0.0], (240, 1))
        densities += [
            density_along_kg_m3(places, sun, datetime(2027, month, 15, tzinfo=UTC), (125.0, 10.0)).mean()
            for month in range(1, 13)
        ]
    exact = 0.5 * np.mean(densities) * EARTH_GM_M3_S2 / radius
    assert mean_pa(orbit) == pytest.approx(exact, rel=0.03)


def test_an_active_sun_a_low_orbit_and_the_other_way_around_mean_more_pressure():
    assert mean_pa(PlannedOrbit(550, 550, 97.6), 200.0) > 4 * mean_pa(PlannedOrbit(550, 550, 97.6), 70.0)
    assert mean_pa(PlannedOrbit(400, 400, 97.6)) > 5 * mean_pa(PlannedOrbit(550, 550, 97.6))
    assert mean_pa(PlannedOrbit(550, 550, 150.0)) > mean_pa(PlannedOrbit(550, 550, 30.0))


def test_a_kept_local_time_counts():
    # the bulge stands at 14 to 15 h
    afternoon, dawn = (mean_pa(PlannedOrbit(550, 550, 97.6, hour)) for hour in (14.5, 6.0))
    assert afternoon != pytest.approx(dawn, rel=0.02)
