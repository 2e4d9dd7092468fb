"""Western University CubeSat wiki, uplink budget, satellite_examples S-26.

The page's isotropic level and G/T do not follow from its own inputs; the inputs decide here, and the size of
each slip is what is asserted.
"""

import pytest

from cosmodrome.physics.radio import (
    carrier_to_noise_density_dbhz,
    decibels_from_ratio,
    energy_per_bit_db,
    figure_of_merit_db_k,
)


def test_isotropic_level_is_a_decibel_above_the_printed_one():
    level_dbw = 12.52 - 150.5 - 1.862
    assert level_dbw == pytest.approx(-139.84, abs=0.01)
    assert level_dbw - -140.87 == pytest.approx(1.03, abs=0.01)


def test_line_loss_follows_from_the_printed_eirp():
    assert decibels_from_ratio(1.0) + 13.3 - 12.52 == pytest.approx(0.78, abs=0.005)


def test_figure_of_merit():
    assert figure_of_merit_db_k(1.5, 332.62) == pytest.approx(-23.72, abs=0.005)


def test_the_printed_margin_carries_the_slips():
    """The inputs make 11.31 dB; of the 1.52 dB to the printed 9.79 dB two slips explain all but 0.10 dB."""
    carrier_dbhz = carrier_to_noise_density_dbhz(12.52 - 150.5 - 1.862, figure_of_merit_db_k(1.5, 332.62))
    margin_db = energy_per_bit_db(carrier_dbhz, 9600) - 13.9
    assert margin_db == pytest.approx(11.31, abs=0.01)
    isotropic_slip_db, figure_slip_db = -139.84 - -140.87, -23.72 - -24.12
    assert margin_db - isotropic_slip_db - figure_slip_db == pytest.approx(9.79 + 0.10, abs=0.01)
