"""Stores and windows against their definitions, one step at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.storage import ages_s, clipped_store, drawdown, running_sum, window_sums

changes = st.lists(st.floats(-100, 100), min_size=1, max_size=40).map(np.array)


@given(change=changes, capacity=st.floats(0.1, 200), share=st.floats(0, 1))
def test_what_is_put_in_is_there_spilled_or_was_missing(change, capacity, share):
    content, spilled, unmet = clipped_store(change, capacity, share * capacity)
    assert content[-1] - content[0] == pytest.approx(change.sum() - spilled.sum() + unmet.sum(), abs=1e-9)
    assert content.min() >= 0
    assert content.max() <= capacity
    assert (np.minimum(spilled, unmet) == 0).all()


@given(change=changes)
def test_drawdown_is_a_full_store_without_a_floor(change):
    depth = 0.0
    for step, expected in zip(change, drawdown(change)[1:], strict=True):
        depth = max(depth - step, 0.0)
        assert expected == pytest.approx(depth, abs=1e-9)


@given(change=changes)
def test_a_large_enough_store_goes_exactly_as_deep(change):
    depth = drawdown(change)
    content, _, unmet = clipped_store(change, 1e5, 1e5)
    assert unmet.sum() == 0
    assert content == pytest.approx(1e5 - depth, abs=1e-6)


@given(change=changes, width=st.integers(1, 10))
def test_windows_of_whole_steps_are_plain_sums(change, width):
    edges = 30.0 * np.arange(len(change) + 1)
    width = min(width, len(change))
    expected = [change[k : k + width].sum() for k in range(len(change) - width + 1)]
    assert window_sums(change, edges, 30.0 * width) == pytest.approx(expected, abs=1e-9)


def test_a_window_longer_than_the_span_is_the_span():
    assert window_sums(np.array([1.0, 2.0]), np.array([0.0, 1.0, 2.0]), 9.0).tolist() == [3.0]


def emptied(made, could):
    """What is made and what leaves of it, where in each step so much could leave."""
    _, _, unmet = clipped_store(made - could, np.inf, 0.0)
    return made, could - unmet


def when(level, total, edges):
    """When a running sum reaches each level, one level at a time."""
    found = []
    for one in level:
        k = int(np.argmax(total >= one))
        found.append(
            edges[k - 1] + (one - total[k - 1]) / (total[k] - total[k - 1]) * (edges[k] - edges[k - 1])
        )
    return np.array(found)


@given(
    made=st.lists(st.sampled_from([0.0, 1.0, 5.0]), min_size=3, max_size=12).map(np.array),
    seed=st.integers(0, 1000),
)
def test_ages_are_those_of_a_queue_followed_bit_by_bit(made, seed):
    could = np.random.default_rng(seed).choice([0.0, 0.0, 2.0, 30.0], len(made))
    kept, taken = emptied(made, could)
    edges = 10.0 * np.arange(len(made) + 1)
    mean_s, worst_s = ages_s(edges, kept, taken)
    if taken.sum() == 0:
        assert mean_s is None
        assert worst_s is None
        return
    level = (np.arange(4000) + 0.5) / 4000 * taken.sum()
    ages = when(level, running_sum(taken), edges) - when(level, running_sum(kept), edges)
    # a 4000th of the whole is one sample: jumps of up to 120 s fall between two of them
    assert mean_s == pytest.approx(ages.mean(), abs=0.1)
    assert worst_s == pytest.approx(ages.max(), abs=0.5)
    assert worst_s >= ages.max() - 1e-6


def test_a_store_that_ends_up_empty_has_ages():
    kept, taken = emptied(np.full(7, 0.1), np.full(7, 10.0))
    mean_s, worst_s = ages_s(np.arange(8.0), kept, np.append(taken[:-1], taken[-1] + 1e-16))
    assert mean_s == pytest.approx(0.0, abs=1e-9)
    assert worst_s >= 0.0
