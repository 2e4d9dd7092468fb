import math
from datetime import UTC, datetime, timedelta

import erfa
import numpy as np
import pytest

from cosmodrome.constants import EARTH_GM_M3_S2, JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.local_time import local_time_drift, local_time_sensitivity, raan_of_local_time_rad
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import (
    KeplerianElements,
    cartesian_from_keplerian,
    nodal_period_s,
    sun_synchronous_inclination_rad,
)
from cosmodrome.physics.secular_rates import (
    solar_inclination_rate_rad_s,
    steady_inclination_rad,
)
from cosmodrome.physics.sun import local_time_of_node_h
from cosmodrome.physics.time import terrestrial_time

EPOCH = datetime(2024, 3, 1, tzinfo=UTC)
STEP_S = 120.0


def orbit(altitude_km, inclination_deg, local_time_h, eccentricity=0.0):
    return KeplerianElements(
        6_378_137.0 + 1e3 * altitude_km,
        eccentricity,
        math.radians(inclination_deg),
        raan_of_local_time_rad(local_time_h, EPOCH),
        math.pi / 2,
        0.0,
    )


def daily_means(elements, days):
    """Time, semi-major axis, inclination and node of date by full propagation, averaged over each day."""
    matrix = erfa.pmat06(*terrestrial_time(EPOCH, np.zeros(1)))[0]
    place, pace = (matrix.T @ np.array(part) for part in cartesian_from_keplerian(elements))
    still = Forces(
        mass_kg=100.0,
        drag_area_m2=0.0,
        drag_coefficient=2.2,
        radiation_area_m2=0.0,
        reflectivity_coefficient=1.0,
    )
    path = propagate(InjectionState(EPOCH, place, pace), EPOCH, days, still, step_s=STEP_S)
    of_date = erfa.pmat06(*terrestrial_time(EPOCH, path.elapsed_s))
    place = np.einsum("nij,nj->ni", of_date, path.position_m)
    pace = np.einsum("nij,nj->ni", of_date, path.velocity_m_s)
    normal = np.cross(place, pace)
    tilt = np.arccos(normal[:, 2] / np.linalg.norm(normal, axis=1))
    node = np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1]))
    axis = 1 / (2 / np.linalg.norm(place, axis=1) - np.sum(pace**2, axis=1) / EARTH_GM_M3_S2)
    # whole revolutions, so that the short-period terms of J2 cancel
    period = nodal_period_s(float(axis.mean()), 0.0, float(tilt.mean()))
    block = round(round(86_400 / period) * period / STEP_S)
    count = len(axis) // block
    return (
        part[: count * block].reshape(count, block).mean(1) for part in (path.elapsed_s, axis, tilt, node)
    )


@pytest.mark.parametrize("local_time_h", [22.5, 9.0])
def test_agrees_with_60_days_of_full_propagation(local_time_h):
    # 20x20 field, Sun, Moon, tides; of a drift of 4 min and 0.006 to 0.012 deg. The tolerances are twice what
    # is left, of which daily means of the inclination (m-daily tesseral terms) are the larger part.
    time, axis, tilt, node = daily_means(orbit(700.0, 98.4, local_time_h, 0.001), 60.0)
    clock = np.unwrap(local_time_of_node_h(node, EPOCH, time, read_earth_orientation()), period=24.0)
    mean = KeplerianElements(float(axis.mean()), 0.001, float(tilt[0]), float(node[0]), 0.0, 0.0)
    begin = EPOCH + timedelta(seconds=float(time[0]))
    found = local_time_drift(mean, begin, float(time[-1] - time[0]) / JULIAN_YEAR_S)
    drift = np.interp(time - time[0], found.elapsed_s, found.drift_min)
    assert abs(drift[-1]) > 3.9
    assert drift == pytest.approx(60 * (clock - clock[0]), abs=0.006)
    lean = np.interp(time - time[0], found.elapsed_s, found.inclination_deg)
    assert lean == pytest.approx(np.degrees(tilt), abs=0.0004)
    assert found.inclination_deg[-1] - found.inclination_deg[0] < -0.004


def test_the_secular_tilt_is_what_a_year_leaves():
    # the yearly terms cancel over a whole year of a sun-synchronous plane
    for local_time_h in (22.5, 15.0, 9.0, 18.0):
        mean = orbit(700.0, math.degrees(sun_synchronous_inclination_rad(7_078_137.0)) + 0.02, local_time_h)
        found = local_time_drift(mean, EPOCH, 1.0)
        rate = solar_inclination_rate_rad_s(7_078_137.0, mean.inclination_rad, local_time_h)
        lean = found.inclination_deg[-1] - found.inclination_deg[0]
        assert lean == pytest.approx(math.degrees(rate * JULIAN_YEAR_S), abs=0.003)


def test_sensitivity_is_what_a_change_of_orbit_does():
    base = orbit(700.0, 98.19, 18.0)
    told = local_time_sensitivity(base, EPOCH)

    def drift(km, deg):
        moved = KeplerianElements(
            base.semi_major_axis_m + 1e3 * km,
            0.0,
            base.inclination_rad + math.radians(deg),
            base.raan_rad,
            0.0,
            0.0,
        )
        return float(local_time_drift(moved, EPOCH, 1.0).drift_min[-1])

    assert drift(1.0, 0.0) - drift(0.0, 0.0) == pytest.approx(told.per_km_min_per_year, rel=0.02)
    assert drift(0.0, 0.01) - drift(0.0, 0.0) == pytest.approx(0.01 * told.per_deg_min_per_year, rel=0.02)
    assert drift(0.0, 0.0) == pytest.approx(told.drift_min_per_year, abs=0.5)
    assert told.inclination_drift_deg_per_year == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("altitude_km", [400.0, 700.0, 1200.0])
def test_a_steady_inclination_keeps_the_local_time(altitude_km):
    # at dusk, where the Sun does not tilt the plane; the yearly terms, 0.4 min, are back after a year
    axis = 6_378_137.0 + 1e3 * altitude_km
    steady = math.degrees(steady_inclination_rad(axis))
    assert abs(local_time_drift(orbit(altitude_km, steady, 18.0), EPOCH, 1.0).drift_min[-1]) < 0.6
    by_j2 = math.degrees(sun_synchronous_inclination_rad(axis))
    assert abs(local_time_drift(orbit(altitude_km, by_j2, 18.0), EPOCH, 1.0).drift_min[-1]) > 2.0


def test_a_decaying_orbit_runs_ahead():
    # lower by 5 km on average: its node turns faster by 5 times the pace of a kilometer
    base = orbit(700.0, 98.19, 18.0)
    loss = 10e3 / JULIAN_YEAR_S
    falling = local_time_drift(base, EPOCH, 1.0, decay_m_s=loss)
    ahead = falling.drift_min[-1] - local_time_drift(base, EPOCH, 1.0).drift_min[-1]
    assert ahead == pytest.approx(-5 * local_time_sensitivity(base, EPOCH).per_km_min_per_year, rel=0.03)
    assert falling.semi_major_axis_km[-1] == pytest.approx(7068.137)


def test_steps_are_fine_enough():
    base = orbit(550.0, 51.6, 3.0)  # its node turns by 10 deg in a step
    whole = local_time_drift(base, EPOCH, 0.5)
    first = local_time_drift(base, EPOCH, 0.2503)
    at = np.interp(first.elapsed_s[-1], whole.elapsed_s, whole.local_time_h)
    assert first.local_time_h[-1] == pytest.approx(at, abs=1e-3)


@pytest.mark.parametrize(
    ("eccentricity", "years", "decay", "message"),
    [
        (0.3, 1.0, 0.0, "eccentricities up to 0.1, given is 0.3: propagate such an orbit and read its node"),
        (0.0, 0.0, 0.0, "a drift over 0 years was asked for; expected a duration above 0"),
        (0.0, 1.0, -1e-5, "a decay of -1e-05 m/s lowers the orbit .* expected at least 0"),
        (0.0, 10.0, 1e-2, "lowers the orbit by 3156 km in 10 years; .* above the ground: give fewer years"),
    ],
)
def test_bad_input(eccentricity, years, decay, message):
    with pytest.raises(ValueError, match=message):
        local_time_drift(orbit(700.0, 98.2, 10.5, eccentricity), EPOCH, years, decay_m_s=decay)


def test_one_line_each():
    base = orbit(700.0, 98.2, 10.5)
    assert repr(local_time_drift(base, EPOCH, 0.1)).startswith("<LocalTimeHistory 10.500 to 10.")
    assert repr(local_time_sensitivity(base, EPOCH)).startswith("<LocalTimeSensitivity ")
