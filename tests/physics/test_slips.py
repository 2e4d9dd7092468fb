"""Confusions of units and sums, those of the errata in satellite_examples among them."""

import math

import pytest

from cosmodrome.physics.slips import omitted_items, unit_slips


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
        (30.0, 0.3, "", "percent for a ratio"),
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
