"""Energy is conserved, and the sizes that are said to close do close."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.battery import (
    PowerFlow,
    charge_history,
    closing_array_scale,
    closing_load_scale,
    deepest_discharge_wh,
)
from cosmodrome.models.power import Battery
from cosmodrome.physics.storage import window_sums


def flow(seed=1, capacity_wh=50.0, array_w=150.0, steps=600):
    """Ten orbits of 60 steps, a third of each in the dark, with a load that varies at random."""
    rng = np.random.default_rng(seed)
    lit = (np.arange(steps) % 60) >= 20
    return PowerFlow(
        elapsed_s=np.arange(steps + 1) * 95.0,
        generation_w=array_w * lit,
        load_w=rng.uniform(20, 80, steps),
        regulation_efficiency_ratio=0.85,
        battery=Battery(capacity_wh=capacity_wh),
    )


@given(
    seed=st.integers(0, 1000),
    capacity_wh=st.floats(0.5, 500),
    array_w=st.floats(0, 400),
)
def test_energy_in_less_out_less_losses_is_the_change_of_charge(seed, capacity_wh, array_w):
    stored_wh, account = charge_history(flow(seed, capacity_wh, array_w))
    assert abs(account.imbalance_wh) <= 1e-9 * max(account.array_wh + account.unmet_wh, 1.0)
    assert account.stored_change_wh == pytest.approx(stored_wh[-1] - stored_wh[0])
    losses = (account.regulation_loss_wh, account.charge_loss_wh, account.transmission_loss_wh)
    assert min(*losses, account.curtailed_wh, account.unmet_wh) >= -1e-9
    assert stored_wh.min() >= 0.0
    assert stored_wh.max() <= 0.8 * capacity_wh


def test_a_large_battery_never_leaves_the_load_unmet_but_a_small_one_does():
    assert charge_history(flow(capacity_wh=500, array_w=300))[1].unmet_wh == 0.0
    assert charge_history(flow(capacity_wh=5, array_w=300))[1].unmet_wh > 0.0


@given(seed=st.integers(0, 1000), array_w=st.floats(1, 1000))
def test_the_closing_array_just_closes_the_worst_orbit(seed, array_w):
    energy = flow(seed, array_w=array_w)
    scale = closing_array_scale(energy, 60 * 95.0)
    worst_wh = window_sums(energy.gain_wh(scale), energy.elapsed_s, 60 * 95.0).min()
    assert worst_wh == pytest.approx(0.0, abs=1e-6)


@given(seed=st.integers(0, 1000))
def test_less_load_closes_like_more_array(seed):
    energy = flow(seed, array_w=60)
    scale = closing_array_scale(energy, 60 * 95.0)
    assert scale > 1
    worst_wh = window_sums(energy.gain_wh(1.0, 1 / scale), energy.elapsed_s, 60 * 95.0).min()
    assert worst_wh == pytest.approx(0.0, abs=1e-6)


def test_no_array_closes_in_the_dark():
    assert closing_array_scale(flow(array_w=0.0), 60 * 95.0) is None


def test_the_load_that_keeps_the_depth_keeps_it():
    energy = flow(capacity_wh=20, array_w=300)
    permitted_wh = 0.3 * energy.capacity_wh
    scale = closing_load_scale(energy, permitted_wh)
    assert 0 < scale < 1
    assert deepest_discharge_wh(energy, load_scale_ratio=scale) <= permitted_wh
    assert deepest_discharge_wh(energy, load_scale_ratio=scale + 1e-4) > permitted_wh


def test_a_depth_that_is_kept_needs_no_less_load():
    assert closing_load_scale(flow(array_w=300), 1000.0) == 1.0
