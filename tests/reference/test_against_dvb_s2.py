"""DVB-S2, ETSI EN 302 307-1 table 13, satellite_examples S-27: 64800-bit frames, no pilots, quasi error free.

The table is data, so this test reads other numbers of the standard out of it: bits per symbol follow from the
frame. A frame of 64800 coded bits carries k_bch - 80 bits in 64800 / m symbols and a header of 90 symbols,
table 5a. Tolerance 1e-6: the table prints six decimals.
"""

import math

import pytest

from cosmodrome.physics.coding import coding_scheme, coding_schemes

# k_bch of each code rate, table 5a
K_BCH = {
    "1/4": 16008, "1/3": 21408, "2/5": 25728, "1/2": 32208, "3/5": 38688, "2/3": 43040, "3/4": 48408,
    "4/5": 51648, "5/6": 53840, "8/9": 57472, "9/10": 58192,
}  # fmt: skip
BITS = {"qpsk": 2, "8psk": 3, "16apsk": 4, "32apsk": 5}


@pytest.mark.parametrize("scheme", coding_schemes("dvb-s2"), ids=lambda scheme: scheme.name)
def test_bits_per_symbol_follow_from_the_frame(scheme):
    _, modulation, rate = scheme.name.split()
    symbols = 64800 / BITS[modulation] + 90
    assert scheme.efficiency_ratio == pytest.approx((K_BCH[rate] - 80) / symbols, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "es_n0_db"),
    [
        ("qpsk 1/4", -2.35),
        ("qpsk 3/4", 4.03),
        ("8psk 3/5", 5.50),
        ("16apsk 2/3", 8.97),
        ("32apsk 9/10", 16.05),
    ],
)
def test_thresholds(name, es_n0_db):
    scheme = coding_scheme(f"dvb-s2 {name}")
    assert scheme.required_es_n0_db == es_n0_db
    assert scheme.required_eb_n0_db == pytest.approx(es_n0_db - 10 * math.log10(scheme.efficiency_ratio))


def test_there_are_28():
    assert len(coding_schemes("dvb-s2")) == 28
