"""GMAT R2026A (NASA): trajectories out of satkit's corpus, in the tables of the folder gmat.

Rows of github.com/ssmichael1/satkit, tests/gmat/cases, as they stand there; each table's header tells its
settings. GMAT's own integration is right to 3 cm in 7 days of low orbit and 13 cm higher up (that corpus'
README, against Kepler's solution).
"""

import numpy as np
import pytest


@pytest.mark.parametrize("name", ["leo_iss_j2", "leo_iss_full", "leo_iss_gr", "sso_800_full", "molniya_j2"])
def test_same_forces_without_drag(trajectory, name):
    # what issue 5 asks for; GMAT's tides have no phase lag, 0.5 m in 7 days of it
    theirs = trajectory(f"gmat/{name}.csv")
    misses = theirs.misses_m()
    assert theirs.first_days(misses, 1).max() <= 0.1
    assert misses.max() <= 1.0


def test_drag_in_constant_weather(trajectory):
    # what issue 5 asks for; 3 m of a drag of 17 km are left
    theirs = trajectory("gmat/drag_iss_const.csv")
    assert theirs.first_days(theirs.misses_m(), 1).max() <= 20.0


def test_drag_in_observed_weather(trajectory):
    # GMAT reads CelesTrak's table by rules of its own for F10.7 and Ap: not the same convention. The corpus
    # that these rows come from calls 1000 m after 3 days of 201 km the same; here it is 0.6 % of the drag
    theirs = trajectory("gmat/drag_iss_sw.csv")
    drag = theirs.misses_m(drag_area_m2=0.0)
    assert np.all(theirs.misses_m()[1:] <= 0.01 * drag[1:])
