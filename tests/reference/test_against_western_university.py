"""Western University CubeSat wiki, uplink budget of 2022-06-06, satellite_examples S-26.

From the lines of the page, in the mission file `links/western-university.toml`. The page's levels do not
follow from its own lines: its isotropic level is 1.03 dB lower, and its G/T 0.2 or 0.4 dB, by where it is
printed.
Tolerance 0.01 dB: each printed number is rounded to it.
"""

from pathlib import Path

import pytest

from cosmodrome.budgets.link import uplink_budgets
from cosmodrome.missionfile import load_mission

MISSION = load_mission(Path(__file__).parent / "links" / "western-university.toml")
(LISTED,) = uplink_budgets(MISSION.satellite.receivers, MISSION.stations, MISSION.target.apogee_altitude_km)


def test_the_lines_make_a_decibel_and_a_half_more_than_is_printed():
    assert LISTED.eirp_dbw == pytest.approx(12.52, abs=0.005)
    assert LISTED.free_space_loss_db == pytest.approx(150.50, abs=0.005)
    assert LISTED.isotropic_level_dbw == pytest.approx(-139.84, abs=0.01)
    assert LISTED.g_over_t_db_k == pytest.approx(-23.72, abs=0.005)
    assert LISTED.margin_db == pytest.approx(11.31, abs=0.01)


def test_the_printed_levels_make_the_printed_margin():
    """With the page's isotropic level and its G/T of -24.12; a tenth of a decibel stays unexplained."""
    slips_db = (LISTED.isotropic_level_dbw - -140.87) + (LISTED.g_over_t_db_k - -24.12)
    assert LISTED.margin_db - slips_db == pytest.approx(9.79 + 0.10, abs=0.02)
