"""Mean elements against satkit's full gravity: what the averaging removes and what it leaves."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_J2
from cosmodrome.orbit.mean_orbit import (
    MeanOrbits,
    long_period_rates,
    mean_elements_from_osculating,
    mean_orbits,
    radius_excess_m,
    turning_by_oblateness,
)
from cosmodrome.orbit.propagate import Forces, propagate
from cosmodrome.physics.elements import (
    KeplerianElements,
    keplerian_from_cartesian,
    raan_drift_rate_rad_s,
)

START = datetime(2024, 1, 1, tzinfo=UTC)


def flown(elements, days, degree, order=0, step_s=120.0):
    """Osculating elements along an orbit without drag, and the positions."""
    gravity_only = Forces(
        mass_kg=1.0,
        drag_area_m2=0.0,
        drag_coefficient=2.2,
        radiation_area_m2=0.0,
        reflectivity_coefficient=1.0,
        gravity_degree=degree,
        gravity_order=order,
        sun=False,
        moon=False,
        solid_tides=False,
        relativity=False,
    )
    path = propagate(elements, START, days, gravity_only, step_s=step_s)
    states = zip(path.position_m, path.velocity_m_s, strict=True)
    return path.elapsed_s, [keplerian_from_cartesian(r, v) for r, v in states], path.position_m


ORBITS = {
    "circular": KeplerianElements(6_778_137.0, 0.0, math.radians(51.7), 0.3, 0.0, 0.0),
    "sun-synchronous": KeplerianElements(6_878_137.0, 0.001, math.radians(97.4), 2.0, 1.0, 1.0),
    "eccentric": KeplerianElements(7_500_000.0, 0.1, math.radians(63.0), 0.0, 4.0, 2.0),
    "transfer": KeplerianElements(24_400_000.0, 0.73, math.radians(27.0), 1.0, 3.1, 0.0),
}


@pytest.mark.parametrize("elements", ORBITS.values(), ids=ORBITS)
def test_mean_elements_stay_where_osculating_ones_swing(elements):
    # what is left: the second order, and tens of m of long-period drift
    days = 0.5 if elements.eccentricity > 0.5 else 0.15
    _, osculating, _ = flown(elements, days, 2)
    mean = [mean_elements_from_osculating(one) for one in osculating]
    for name in ("semi_major_axis_m", "eccentricity", "inclination_rad"):
        swing = np.ptp([getattr(one, name) for one in osculating])
        left = np.ptp([getattr(one, name) for one in mean])
        assert left < 0.05 * swing + 1e-6, name


@pytest.mark.parametrize("name", ["circular", "sun-synchronous", "eccentric"])
def test_the_radius_is_that_of_the_mean_ellipse_and_the_excess(name):
    _, osculating, positions = flown(ORBITS[name], 0.15, 2)
    off = []
    for one, position in zip(osculating, positions, strict=True):
        mean = mean_elements_from_osculating(one)
        orbit = mean_orbits(mean, 1)
        # radius by mean elements needs the mean anomaly; the argument of latitude alone is off by J2 x e
        a, e, w = mean.semi_major_axis_m, mean.eccentricity, mean.argument_of_perigee_rad
        latitude = one.argument_of_perigee_rad + one.true_anomaly_rad
        radius = a * (1 - e * e) / (1 + e * math.cos(latitude - w))
        excess = radius_excess_m(orbit, np.array([[radius]]), np.array([[latitude]]))[0, 0]
        off.append(np.linalg.norm(position) - radius - excess)
    # the excess is up to 10 km
    assert np.abs(off).max() < 150.0 + 20e3 * ORBITS[name].eccentricity


def test_a_circular_equatorial_orbit_is_smaller_than_its_energy_says():
    # v^2/r = mu/r^2 (1 + 3/2 J2 (R/r)^2): r = a (1 - 3/2 J2 (R/a)^2)
    axis = 7e6
    orbit = mean_orbits(KeplerianElements(axis, 0.0, 0.0, 0.0, 0.0, 0.0), 1)
    excess = radius_excess_m(orbit, np.array([[axis]]), np.zeros((1, 1)))[0, 0]
    assert excess == pytest.approx(-1.5 * EARTH_J2 * EARTH_EQUATORIAL_RADIUS_M**2 / axis, rel=1e-9)


def test_node_and_perigee_turn_as_by_full_gravity():
    # 20 days of zonals to J8: the second order counts 0.3 deg here; its dependence on the eccentricity is
    # left out
    start = ORBITS["eccentric"]
    elapsed, osculating, _ = flown(start, 20.0, 8, step_s=3600.0)
    first, last = (mean_elements_from_osculating(one) for one in (osculating[0], osculating[-1]))
    orbit = mean_orbits(first, 1)
    turned = turning_by_oblateness(orbit).after(orbit.numbers, elapsed[-1:])
    assert math.degrees((turned[4, 0] - last.raan_rad + math.pi) % (2 * math.pi) - math.pi) == pytest.approx(
        0.0, abs=0.1
    )
    perigee = math.atan2(turned[2, 0], turned[1, 0])
    apart = (perigee - last.argument_of_perigee_rad + math.pi) % (2 * math.pi) - math.pi
    assert math.degrees(apart) == pytest.approx(0.0, abs=0.2)
    secular = raan_drift_rate_rad_s(first.semi_major_axis_m, first.eccentricity, first.inclination_rad)
    assert turned[4, 0] - orbit.raan_rad[0] == pytest.approx(secular * elapsed[-1], rel=0.01)


def test_the_perigee_near_the_critical_inclination_moves_as_by_full_gravity():
    # by J5 and higher: to degree 4 it moves by 0.1 km, to 20 by 2.28 km, to 40 by 2.34 km. 10 % for the terms
    # of e^2 and the even zonals from J6, which are left out.
    start = ORBITS["eccentric"]
    elapsed, osculating, _ = flown(start, 40.0, 40, step_s=7200.0)
    first, last = (mean_elements_from_osculating(one) for one in (osculating[0], osculating[-1]))
    state = mean_orbits(first, 1).numbers
    for _ in range(40):
        orbit = MeanOrbits(*state)
        step = elapsed[-1:] / 40
        state = turning_by_oblateness(orbit).after(state + step * long_period_rates(orbit), step)
    moved_m = first.semi_major_axis_m * (last.eccentricity - first.eccentricity)
    found_m = first.semi_major_axis_m * (np.hypot(state[1, 0], state[2, 0]) - first.eccentricity)
    assert abs(moved_m) > 1000.0
    assert found_m == pytest.approx(moved_m, rel=0.10)


def test_the_frozen_eccentricity_stays():
    # Cook (1966): -J3/(2 J2) R/a sin i at 90 deg, 0.00105 at 90 deg inclination and low altitude
    axis, inclination = 6_878_137.0, math.radians(97.4)
    frozen = 0.5 * 2.5326565e-6 / 1.0826267e-3 * 6_378_137.0 / axis * math.sin(inclination)
    assert frozen == pytest.approx(0.00108, abs=2e-5)
    start = mean_orbits(KeplerianElements(axis, frozen, inclination, 0.0, math.pi / 2, 0.0), 1)
    later = turning_by_oblateness(start).after(start.numbers, np.array([30 * 86_400.0]))
    assert later[2, 0] == pytest.approx(frozen, rel=1e-6)
    assert abs(later[1, 0]) < 1e-6 * frozen
