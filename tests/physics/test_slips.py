"""Confusions of units and sums, those of the errata in satellite_examples among them."""

import math

import pytest

from cosmodrome.physics.slips import omitted_items, sine_slips, unit_slips


@pytest.mark.parametrize(
    ("stated", "computed", "unit", "rule"),
    [
        (27.0, -3.0, "dBW", "dBm for dBW"),  # rftools.io
        (-117.2, -147.2, "dBW", "dBm for dBW"),
        (-3.0, 27.0, "dBm", "dBW for dBm"),
        (805_990.0, 6_447_920.0, "bit/day", "bits for bytes"),  # FloripaSat-2, S-15
        (6.3069, 6306.9, "W", "units for thousandths"),
        (6306.9, 6.3069, "W", "thousandths for units"),
        (math.radians(15.0), 15.0, "deg", "radians for degrees"),  # samtx/firesat
        (7177.9, 799.8, "km", "semi-major axis for altitude"),
        (1.585, 2.0, "dB", "factor for decibels"),
        (55.4, 17.4172, "dB", "factor for decibels"),  # 55.17: the same at the digits of 17.4 dB
        (1.0, 0.0, "dBW", "factor for decibels"),
        (27.2, 526.4, "K", "decibels for a factor"),
        (30.0, 0.3, "", "percent for a ratio"),
        (35.6, 2136.0, "s", "minutes for seconds"),
        (0.593, 2136.0, "s", "hours for seconds"),
        (0.5890, 33.75, "deg", "radians for degrees"),
        (2.668, 2668.0, "W", "units for thousandths"),
    ],
)
def test_each_confusion_is_named(stated, computed, unit, rule):
    assert rule in [slip.rule for slip in unit_slips(stated, computed, unit)]


@pytest.mark.parametrize("unit", ["W", "dB", "km", "deg", "bit/day", "%", "kg"])
def test_numbers_that_agree_have_no_slip(unit):
    assert unit_slips(101.0, 100.0, unit) == ()


@pytest.mark.parametrize(
    ("stated", "computed", "unit"), [(5.0, 7.0, "W"), (3.0, 10.0, "dB"), (500.0, 650.0, "km")]
)
def test_a_plain_difference_is_no_slip(stated, computed, unit):
    assert unit_slips(stated, computed, unit) == ()


def test_nothing_is_missing_from_a_right_sum():
    assert omitted_items(6.0, [("a", 1, 1.0), ("b", 1, 5.0)]) == ()
    assert omitted_items(5.5, [("a", 1, 1.0), ("b", 1, 5.0)]) == ()
    assert [slip.text for slip in omitted_items(1.0, [("a", 1, 1.0), ("b", 1, 5.0)])] == [
        "the sum leaves out b (5)"
    ]


def test_two_items_are_told_where_no_single_one_explains_it():
    listed = [("a", 1, 1.0), ("b", 2, 0.3), ("c", 1, 5.0)]
    assert [slip.text for slip in omitted_items(5.3, listed)] == [
        "the sum leaves out a (1) and 1 of 2 b (0.3)"
    ]
    assert [slip.text for slip in omitted_items(6.3, listed)] == ["the sum leaves out 1 of 2 b (0.3)"]


def test_what_fits_at_the_digits_stated_comes_alone():
    listed = [("near", 1, 0.252), ("exact", 1, 0.25), ("rest", 1, 2.0)]
    assert [slip.text for slip in omitted_items(2.252, listed)] == ["the sum leaves out exact (0.25)"]


def test_items_too_small_to_be_told_are_not_blamed():
    assert omitted_items(5.9, [("a", 1, 6.0), ("dust", 1, 1e-6), ("grain", 1, 1e-6)]) == ()


def test_sines_of_degrees_taken_for_radians():
    """satellite_examples S-11: 6.10e-5 N m where 3.09e-5 is right."""
    assert [slip.rule for slip in sine_slips(6.10e-5, 3.09e-5, 30.0)] == ["degrees for radians"]
    assert sine_slips(3.10e-5, 3.09e-5, 30.0) == ()
    assert sine_slips(4.00e-5, 3.09e-5, 30.0) == ()
    assert sine_slips(1.0, 0.0, 0.0) == ()
