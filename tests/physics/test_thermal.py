"""View factors against quadrature, networks against closed forms, heat that is accounted for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cosmodrome.constants import STEFAN_BOLTZMANN_W_M2_K4
from cosmodrome.physics.thermal import (
    ThermalNetwork,
    cooling_time_s,
    periodic_temperatures_k,
    plate_view_factor,
    sphere_view_factor,
    steady_temperatures_k,
    temperature_history_k,
)


def quadrature(ratio, cosine, count=1500):
    """Cosine-weighted share of the Earth's disc above the face's horizon, by the midpoint rule."""
    disc = np.arcsin(ratio)
    tilt = np.arccos(cosine)
    polar = (np.arange(count) + 0.5) * disc / count
    around = (np.arange(count) + 0.5) * 2 * np.pi / count
    along = np.cos(tilt) * np.cos(polar)[:, None] + np.sin(tilt) * np.sin(polar)[:, None] * np.cos(around)
    weight = np.sin(polar)[:, None] * (disc / count) * (2 * np.pi / count)
    return float((np.maximum(along, 0.0) * weight).sum() / np.pi)


@pytest.mark.parametrize("ratio", [6378 / 6578, 6378 / 6928, 0.6, 0.15])
@pytest.mark.parametrize("angle_deg", [0, 20, 60, 89, 90, 91, 110, 150, 175, 180])
def test_a_plate_sees_what_quadrature_sees(ratio, angle_deg):
    cosine = np.cos(np.radians(angle_deg))
    # midpoint rule with a kink at the horizon: 1e-5 of the hemisphere
    assert float(plate_view_factor(ratio, cosine)) == pytest.approx(quadrature(ratio, cosine), abs=1e-5)


def test_a_tumbling_plate_sees_what_a_sphere_sees():
    cosine = (np.arange(20000) + 0.5) / 10000 - 1.0  # evenly spread normals are evenly spread in cosine
    for ratio in (0.5, 0.92):
        assert plate_view_factor(ratio, cosine).mean() == pytest.approx(
            float(sphere_view_factor(ratio)), rel=1e-6
        )


def network(capacity=(500.0, 900.0, 20000.0), emitting=(0.2, 0.5, 0.0), links=((0, 2, 0.4), (1, 2, 1.5))):
    conductance = np.zeros((len(capacity),) * 2)
    for i, j, value in links:
        conductance[i, j] = conductance[j, i] = value
    return ThermalNetwork(np.array(capacity), np.array(emitting), conductance)


def test_two_nodes_at_rest():
    """Heat goes in at one node and out at the other: the drop is q / G."""
    pair = network((1.0, 1.0), (0.0, 0.3), ((0, 1, 2.0),))
    inner, outer = steady_temperatures_k(pair, np.array([30.0, 0.0]))
    assert outer == pytest.approx((30.0 / (STEFAN_BOLTZMANN_W_M2_K4 * 0.3)) ** 0.25)
    assert inner - outer == pytest.approx(15.0)


@pytest.mark.parametrize(("emitting", "heat"), [((0.0, 0.0, 0.0), 10.0), ((0.1, 0.1, 0.1), 0.0)])
def test_what_has_no_temperature_of_rest_is_refused(emitting, heat):
    with pytest.raises(ValueError, match="have no temperature of rest; expected both above 0"):
        steady_temperatures_k(network(emitting=emitting), np.full(3, heat))


def test_an_end_beyond_the_equilibrium_is_refused():
    with pytest.raises(ValueError, match="from 300 K a node that rests at 250 K never reaches 240 K"):
        cooling_time_s(300.0, 240.0, 250.0, 1000.0, 0.1)
    assert cooling_time_s(300.0, 250.0, 250.0, 1000.0, 0.1) == np.inf
    assert cooling_time_s(250.0, 250.0, 250.0, 1000.0, 0.1) == 0.0


@pytest.mark.parametrize(("start_k", "end_k"), [(320.0, 270.0), (200.0, 240.0)])
def test_cooling_and_warming_are_the_analytic_ones(start_k, end_k):
    """The time to get there by the closed form, from there by the integrator; 2nd order at 400 steps."""
    node = network((3000.0,), (0.15,), ())
    heat = STEFAN_BOLTZMANN_W_M2_K4 * 0.15 * 250.0**4
    duration = cooling_time_s(start_k, end_k, 250.0, 3000.0, 0.15)
    times = np.linspace(0.0, duration, 401)
    history, _ = temperature_history_k(node, times, np.full((400, 1), heat), np.array([start_k]))
    assert history[-1, 0] == pytest.approx(end_k, abs=1e-3)


@given(seed=st.integers(0, 10000))
@settings(max_examples=30, deadline=None)
def test_the_heat_of_every_node_is_accounted_for(seed):
    rng = np.random.default_rng(seed)
    heat = rng.uniform(0.0, 150.0, (80, 3))
    times = np.concatenate([[0.0], np.cumsum(rng.uniform(10.0, 120.0, 80))])
    history, account = temperature_history_k(network(), times, heat, rng.uniform(200, 330, 3))
    through = account.absorbed_wh + account.radiated_wh + np.abs(account.conducted_wh)
    assert np.abs(account.imbalance_wh / through).max() <= 1e-9
    assert account.conducted_wh.sum() == pytest.approx(0.0, abs=1e-9 * through.sum())
    assert history.min() > 0


def test_a_periodic_orbit_repeats_itself_and_radiates_what_it_takes():
    times = np.linspace(0.0, 5700.0, 96)
    heat = np.where(times[1:, None] < 3600, [[80.0, 20.0, 15.0]], [[5.0, 5.0, 15.0]])
    history, account = periodic_temperatures_k(network(), times, heat)
    assert history[-1] == pytest.approx(history[0], abs=1e-6)
    assert account.radiated_wh.sum() == pytest.approx(account.absorbed_wh.sum(), rel=1e-9)
    # many orbits from a wrong start end there too
    later = np.full(3, 250.0)
    for _ in range(60):
        later = temperature_history_k(network(), times, heat, later)[0][-1]
    assert later == pytest.approx(history[0], abs=0.05)


def test_more_heat_is_warmer_everywhere():
    heat = np.array([20.0, 10.0, 30.0])
    warm = steady_temperatures_k(network(), heat)
    for node in range(3):
        assert (steady_temperatures_k(network(), heat + np.eye(3)[node]) > warm).all()


def test_a_node_that_settles_within_a_step_does_not_ring():
    """A foil joined to a block by 1e4 W/K follows it from the first step on, and the books stay closed."""
    pair = network((20.0, 20000.0), (0.3, 0.0), ((0, 1, 1e4),))
    times = np.linspace(0.0, 5700.0, 96)
    heat = np.where(times[1:, None] < 3600, [[120.0, 5.0]], [[5.0, 5.0]])
    history, account = periodic_temperatures_k(pair, times, heat)
    assert history[1:, 0] - history[1:, 1] == pytest.approx(0.0, abs=0.02)  # 120 W over 1e4 W/K
    assert np.abs(account.imbalance_wh).max() <= 1e-9 * account.conducted_wh.max()
