"""Stores and windows against their definitions, one step at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.storage import clipped_store, drawdown, window_sums

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
