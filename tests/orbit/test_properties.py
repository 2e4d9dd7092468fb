"""What must hold of any propagation: conservation, reversal, samples that do not depend on the way."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.injection import InjectionState
from cosmodrome.orbit.forces import ConstantWeather, Forces
from cosmodrome.orbit.propagate import covariance_after, propagate, propagate_many, transition_matrix
from cosmodrome.orbit.state import orbit_state_from_elements
from cosmodrome.physics.circular_elements import local_axes
from cosmodrome.physics.elements import KeplerianElements, orbital_period_s

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
ORBIT = KeplerianElements(6878137.0, 0.001, math.radians(51.7), 1.0, 2.0, 0.5)
ALL = Forces(100.0, 1.0, 2.2, 1.0, 1.3)
TWO_BODIES = Forces(gravity_degree=0, sun=False, moon=False, solid_tides=False, relativity=False)
GM = 3.986004415e14  # of EGM2008, which satkit's gravity has


@pytest.mark.parametrize("eccentricity", [0.0, 0.3])
def test_two_bodies_keep_energy_and_angular_momentum(eccentricity):
    """To 1e-12 over 1000 revolutions; the steps are as fine as double precision allows."""
    orbit = replace(ORBIT, semi_major_axis_m=10_000e3, eccentricity=eccentricity)
    days = 1000 * orbital_period_s(orbit.semi_major_axis_m, GM) / 86_400
    flown = propagate(orbit, EPOCH, days, TWO_BODIES, step_s=20_000.0, tolerance=1e-14)
    radius = np.linalg.norm(flown.position_m, axis=1)
    energy = 0.5 * np.sum(flown.velocity_m_s**2, axis=1) - GM / radius
    momentum = np.cross(flown.position_m, flown.velocity_m_s)
    assert np.abs(energy / energy[0] - 1).max() < 1e-12
    assert (np.linalg.norm(momentum - momentum[0], axis=1) / np.linalg.norm(momentum[0])).max() < 1e-12


@pytest.mark.parametrize("forces", [Forces(), ALL], ids=["field", "all"])
def test_forward_and_back_is_where_it_began(forces):
    """A millimeter over a day, with steps that are right to it."""
    there = propagate(ORBIT, EPOCH, 1.0, forces, tolerance=1e-13)
    turn = EPOCH + timedelta(days=1)
    end = InjectionState(turn, there.position_m[-1].copy(), there.velocity_m_s[-1].copy())
    back = propagate(end, turn, -1.0, forces, tolerance=1e-13)
    assert back.elapsed_s[0] == -86_400.0
    assert back.elapsed_s[-1] == 0.0
    assert np.linalg.norm(back.position_m[0] - there.position_m[0]) < 1e-3
    assert np.abs(back.position_m - there.position_m).max() < 1e-3


def test_the_default_tolerance_is_a_centimeter_a_day():
    fine, usual = (propagate(ORBIT, EPOCH, 1.0, ALL, tolerance=t).position_m[-1] for t in (1e-13, 1e-9))
    assert np.linalg.norm(fine - usual) < 0.05


def test_samples_do_not_depend_on_how_many_are_asked():
    few, many = (propagate(ORBIT, EPOCH, 0.25, ALL, step_s=step) for step in (600.0, 10.0))
    assert np.abs(few.position_m - many.position_m[::60]).max() < 1e-6


def test_many_together_are_each_alone():
    orbits = [replace(ORBIT, raan_rad=k * 0.7, inclination_rad=0.5 + 0.2 * k) for k in range(6)]
    forces = [replace(ALL, mass_kg=50.0 + 20.0 * k) for k in range(6)]
    together = propagate_many(orbits, EPOCH, 0.2, forces, threads_count=3)
    for orbit, one, path in zip(orbits, forces, together, strict=True):
        assert np.array_equal(propagate(orbit, EPOCH, 0.2, one).position_m, path.position_m)
    with pytest.raises(ValueError, match="2 sets of forces for 6 starts"):
        propagate_many(orbits, EPOCH, 0.2, forces[:2])


def test_different_weather_at_once_is_not_mixed():
    """satkit has one table of space weather per process: threads must take turns."""
    quiet, wild = (replace(ALL, space_weather=ConstantWeather(f, ap)) for f, ap in ((70, 4), (250, 80)))
    orbit = replace(ORBIT, semi_major_axis_m=6778137.0)
    together = propagate_many([orbit] * 6, EPOCH, 0.2, [quiet, wild] * 3, threads_count=4)
    for at, forces in enumerate([quiet, wild] * 3):
        alone = propagate(orbit, EPOCH, 0.2, forces)
        assert np.array_equal(alone.position_m, together[at].position_m)
    assert np.linalg.norm(together[0].position_m[-1] - together[1].position_m[-1]) > 50.0


def test_a_covariance_grows_as_its_draws_do():
    """2000 draws of 1 m and 1 mm/s: standard deviations to 5 %, three times their sampling error."""
    start = orbit_state_from_elements(EPOCH, ORBIT)
    covariance = np.diag([1.0, 1.0, 1.0, 1e-6, 1e-6, 1e-6])
    grown = covariance_after(start, covariance, 5400.0, ALL, "RTN")
    draws = np.random.default_rng(7).multivariate_normal(np.zeros(6), covariance, 2000)
    axes = local_axes(start.position_m, start.velocity_m_s)
    inertial = np.hstack((draws[:, :3] @ axes, draws[:, 3:] @ axes))
    ended = inertial @ transition_matrix(start, 5400.0, ALL).T
    last = propagate(start, EPOCH, 5400.0 / 86_400.0, ALL)
    turned = local_axes(last.position_m[-1], last.velocity_m_s[-1])
    spread = np.hstack((ended[:, :3] @ turned.T, ended[:, 3:] @ turned.T)).std(axis=0)
    assert np.sqrt(np.diag(grown)) == pytest.approx(spread, rel=0.05)
    with pytest.raises(ValueError, match="a symmetric matrix of 6 x 6"):
        covariance_after(start, np.ones((6, 3)), 60.0, ALL)


def test_a_table_for_pandas():
    pytest.importorskip("pandas")
    table = propagate(ORBIT, EPOCH, 0.1, ALL, step_s=60.0).to_dataframe("ITRF")
    assert list(table.columns) == ["x_km", "y_km", "z_km", "vx_km_s", "vy_km_s", "vz_km_s", "mass_kg"]
    assert table.attrs["frame"] == "ITRF"
    assert table.index[0] == EPOCH
    assert str(table.index.tz) == "UTC"
    assert 6800 < np.linalg.norm(table.iloc[3][["x_km", "y_km", "z_km"]]) < 6900
