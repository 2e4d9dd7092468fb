"""STK (Ansys), HPOP: gravity alone over most of a day, in the tables of the folder stk.

Rows of the runs that Open Space Toolkit validates itself with, as they stand there; each table's header
tells its settings.
"""

import pytest


@pytest.mark.parametrize("name", ["egm2008_100x100", "egm96_70x70"])
def test_gravity_over_a_day(trajectory, name):
    # what issue 5 asks for; EGM2008 beyond degree 70, which is left out here, moves this orbit by 8 cm, and
    # EGM96 of the same degree agrees to 1 mm
    theirs = trajectory(f"stk/{name}.csv")
    assert theirs.misses_m().max() <= 0.1
