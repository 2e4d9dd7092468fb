"""Battery fade: what must hold of it, and flown cells."""

import numpy as np
import pytest

from cosmodrome.physics.battery import capacity_left_ratio

YEAR_S = 365.25 * 86400.0


def left(depth, cycles, years, charge=0.9, temperature_k=293.15):
    return capacity_left_ratio(np.array([depth]), np.array([cycles]), years * YEAR_S, charge, temperature_k)


def test_deeper_more_warmer_fuller_and_older_fade_more():
    base = left(0.2, 15000, 3)
    assert left(0.3, 15000, 3) < base
    assert left(0.2, 20000, 3) < base
    assert left(0.2, 15000, 4) < base
    assert left(0.2, 15000, 3, charge=1.0) < base
    assert left(0.2, 15000, 3, temperature_k=303.15) < base


def test_a_cycle_of_full_depth_at_the_reference():
    """By hand, after the film (b f >> 1): f = 1 / (1.4e5 - 1.23e5) a cycle at half charge and 25 deg C."""
    cycles = 5000
    expected = (1 - 5.75e-2) * np.exp(-cycles / (1.40e5 - 1.23e5))
    assert left(1.0, cycles, 0, charge=0.5, temperature_k=298.15) == pytest.approx(expected, rel=1e-6)


def test_it_is_on_the_safe_side_of_flown_cells():
    # S-13: JAXA's cells of 10 to 100 Ah passed 30 000 cycles in low orbit (5.5 years), say at a depth of 0.2
    assert 0.5 < left(0.2, 30000, 5.5) < 0.8


def test_cycles_without_depth_are_no_cycles():
    assert left(0.0, 10000, 1) == left(0.0, 0, 1)


def test_a_depth_beyond_full_is_refused():
    with pytest.raises(ValueError, match=r"depths of discharge from 1.2 to 1.2; expected shares from 0 to 1"):
        left(1.2, 10, 1)
