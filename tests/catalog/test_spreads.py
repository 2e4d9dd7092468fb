"""Widths of confidence classes against the catalog's own alternatives; spreads of single numbers."""

import tomllib
from pathlib import Path

import pytest

import cosmodrome.catalog
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.catalog.spreads import (
    KEPT_RATIO,
    WIDEST_RATIO,
    class_spread_ratio,
    published_scatter,
    spread_kinds,
    spread_ratio,
)
from cosmodrome.models.quantity import Quantity

DATA = Path(cosmodrome.catalog.__file__).parent / "data" / "spreads.toml"
FEWEST = 20  # alternatives that decide a width


@pytest.fixture(scope="module")
def scatter():
    return published_scatter([find_vehicle(name) for name in vehicle_names()])


def test_widths_are_what_the_alternatives_give(scatter):
    decided = {place: width for place, (width, count) in scatter.items() if count >= FEWEST}
    estimated_thrust = decided.pop(("thrust", "estimated"))  # alternatives are peak thrusts of solid motors
    assert estimated_thrust > 3 * class_spread_ratio("thrust", "published")
    assert len(decided) == 5
    for (kind, trust), width in decided.items():
        assert class_spread_ratio(kind, trust) == pytest.approx(width, rel=0.1), (kind, trust)


def test_every_kind_has_every_class():
    document = tomllib.loads(DATA.read_text(encoding="utf-8"))
    assert [entry["kind"] for entry in document["spreads"]] == list(spread_kinds())
    for kind in spread_kinds():
        widths = [class_spread_ratio(kind, trust) for trust in ("published", "low", "estimated")]
        assert widths == sorted(widths)


def quantity(value, *others, **kwargs):
    return Quantity(
        value=value, source="s", alternatives=[{"value": o, "source": "t"} for o in others], **kwargs
    )


def test_spread_of_two_values_is_their_difference_over_root_two():
    assert spread_ratio(quantity(100.0, 110.0), "dry mass") == pytest.approx(0.1 / 2**0.5)


def test_spread_without_alternatives_is_that_of_the_class():
    assert spread_ratio(quantity(100.0), "thrust") == class_spread_ratio("thrust", "published")
    low = quantity(100.0, confidence="low")
    assert spread_ratio(low, "propellant") == class_spread_ratio("propellant", "low")
    estimated = quantity(100.0, confidence="high", estimated=True)
    assert spread_ratio(estimated, "propellant") == class_spread_ratio("propellant", "estimated")


def test_copies_and_other_meanings_are_bounded():
    width = class_spread_ratio("propellant", "published")
    assert spread_ratio(quantity(100.0, 100.0, 100.0), "propellant") == pytest.approx(KEPT_RATIO * width)
    assert spread_ratio(quantity(100.0, 250.0), "propellant") == pytest.approx(WIDEST_RATIO * width)
