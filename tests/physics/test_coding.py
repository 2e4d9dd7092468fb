"""Modulation and coding against closed forms: Shannon, the error function, union bound, Reed-Solomon."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import erfcinv

from cosmodrome.physics.coding import coding_scheme, coding_schemes, envelope, uncoded_eb_n0_db

EVERY = [scheme for family in ("dvb-s2", "ccsds", "uncoded") for scheme in coding_schemes(family)]


@pytest.mark.parametrize("scheme", EVERY, ids=lambda scheme: scheme.name)
def test_no_scheme_beats_shannon(scheme):
    # capacity of the channel with white noise: log2(1 + Es/N0) bits per symbol
    assert math.log2(1 + 10 ** (scheme.required_es_n0_db / 10)) > scheme.efficiency_ratio
    assert scheme.source


@given(exponent=st.floats(-14, -0.5))
def test_uncoded_is_the_inverse_of_the_error_function(exponent):
    # the bisection stops at 10 / 2^80
    expected_db = 20 * math.log10(float(erfcinv(2 * 10**exponent)))
    assert uncoded_eb_n0_db(10**exponent) == pytest.approx(expected_db, abs=1e-8)


def test_bpsk_and_qpsk_need_the_same_energy_per_bit():
    bpsk, qpsk = coding_schemes("uncoded")
    assert bpsk.required_eb_n0_db == pytest.approx(qpsk.required_eb_n0_db, abs=1e-12)
    assert qpsk.required_es_n0_db - bpsk.required_es_n0_db == pytest.approx(3.0103, abs=1e-4)


def test_the_convolutional_code_keeps_to_its_union_bound():
    # (7, 1/2) code, bits in error at distances 10, 12, 14, 16, 18: 36, 211, 1404, 11633, 77433 (Odenwalder;
    # unverified: from memory); tight at 1e-6. Half a tenth: the table rounds to 0.1 dB.
    weights = {10: 36, 12: 211, 14: 1404, 16: 11633, 18: 77433}

    def bound(eb_n0_db):
        ratio = 10 ** (eb_n0_db / 10)
        return sum(count * math.erfc(math.sqrt(d * 0.5 * ratio)) / 2 for d, count in weights.items())

    scheme = coding_scheme("ccsds qpsk convolutional 1/2")
    assert bound(scheme.required_eb_n0_db + 0.1) < 1e-6 < bound(scheme.required_eb_n0_db - 0.1)


def test_the_reed_solomon_code_keeps_to_its_closed_form():
    # (255, 223) code of octets with independent errors, bounded-distance decoding of 16 octets; bits in error
    # are half of those of a wrong octet; uncoded QPSK at the channel's rate below it. 0.1 dB: the digits.
    def bit_errors(eb_n0_db):
        bit = math.erfc(math.sqrt(10 ** (eb_n0_db / 10) * 223 / 255)) / 2
        octet = 1 - (1 - bit) ** 8
        wrong = sum(j / 255 * math.comb(255, j) * octet**j * (1 - octet) ** (255 - j) for j in range(17, 256))
        return wrong / 2

    scheme = coding_scheme("ccsds qpsk reed-solomon (255,223)")
    assert bit_errors(scheme.required_eb_n0_db + 0.1) < 1e-6 < bit_errors(scheme.required_eb_n0_db - 0.1)


def test_the_envelope_rises_in_both():
    kept = envelope(coding_schemes("dvb-s2"))
    for slower, faster in itertools.pairwise(kept):
        assert slower.required_es_n0_db < faster.required_es_n0_db
        assert slower.efficiency_ratio < faster.efficiency_ratio
    dropped = set(coding_schemes("dvb-s2")) - set(kept)
    for scheme in dropped:
        assert any(
            one.efficiency_ratio >= scheme.efficiency_ratio
            and one.required_es_n0_db <= scheme.required_es_n0_db
            for one in kept
        )


def test_an_unknown_scheme_is_told_with_what_there_is():
    with pytest.raises(ValueError, match="no modulation and coding is called 'qpsk 7/9'; choose from dvb-s2"):
        coding_scheme("qpsk 7/9")
