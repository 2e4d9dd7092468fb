import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.lifetime import orbital_lifetime
from cosmodrome.orbit.lifetime_distribution import LifetimeSpread, lifetime_distribution
from cosmodrome.physics.elements import KeplerianElements

START = datetime(2027, 1, 1, tzinfo=UTC)
ORBIT = KeplerianElements(6_378_137.0 + 480e3, 0.001, math.radians(97.4), 0.3, 0.0, 0.0)


def drawn(seed=1, **keywords):
    asked = {"generator": np.random.default_rng(seed), "draws_count": 60} | keywords
    return lifetime_distribution(ORBIT, 60.0, START, **asked)


@pytest.fixture(scope="module")
def sixty():
    return drawn()


def test_the_median_is_near_the_mean_case(sixty):
    mean = orbital_lifetime(ORBIT, 60.0, START, space_weather=("mean",)).case("mean").lifetime_years
    # 60 draws with a spread of a third know their median to 5 %; the present cycle's decline differs by draw
    assert sixty.percentile_years(50.0) == pytest.approx(mean, rel=0.2)


def test_low_and_high_cases_enclose_most_draws(sixty):
    low, _, high = (one.lifetime_years for one in orbital_lifetime(ORBIT, 60.0, START).cases)
    inside = (sixty.lifetime_years > high) & (sixty.lifetime_years < low)
    assert inside.mean() > 0.6


def test_percentiles_and_probabilities_agree(sixty):
    assert np.all(np.diff(sixty.lifetime_years) >= 0)
    median = sixty.percentile_years(50.0)
    assert sixty.probability_within(median) == pytest.approx(0.5, abs=0.02)
    assert sixty.probability_within(0.0) == 0.0
    assert sixty.probability_within(25.0) == 1.0
    assert sixty.probability_within(5.0) <= sixty.probability_within(10.0)
    assert "in 80 % of 60 draws" in repr(sixty)


def test_the_spread_of_the_satellite_widens_the_distribution():
    none = LifetimeSpread(0.0, 0.0, 0.0, 0.0)
    wide = LifetimeSpread(density_fraction=0.3, area_fraction=0.3)
    assert none.total_fraction == 0.0
    assert LifetimeSpread(0.3, 0.0, 0.4, 0.0).total_fraction == pytest.approx(0.5)
    by_sun, by_all = (np.std(np.log(drawn(spread=spread).lifetime_years)) for spread in (none, wide))
    assert by_sun < by_all


def test_the_generator_decides():
    np.testing.assert_array_equal(
        drawn(seed=4, draws_count=3).lifetime_years, drawn(seed=4, draws_count=3).lifetime_years
    )


def test_the_same_sun_and_satellite_last_equally_long():
    # a start and an end inside the record: nothing is drawn
    orbit = KeplerianElements(6_378_137.0 + 350e3, 0.0, 0.9, 0.0, 0.0, 0.0)
    found = lifetime_distribution(
        orbit,
        50.0,
        datetime(2014, 1, 1, tzinfo=UTC),
        generator=np.random.default_rng(1),
        draws_count=4,
        spread=LifetimeSpread(0.0, 0.0, 0.0, 0.0),
        limit_years=5.0,
    )
    assert np.ptp(found.lifetime_years) < 1e-9
    observed = orbital_lifetime(orbit, 50.0, datetime(2014, 1, 1, tzinfo=UTC)).case("observed")
    assert found.percentile_years(50.0) == pytest.approx(observed.lifetime_years, rel=0.03)  # months for days


@pytest.mark.parametrize("count", [0, -3])
def test_fewer_than_one_draw_are_refused(count):
    with pytest.raises(ValueError, match=f"{count} draws; expected at least 1"):
        drawn(draws_count=count)


def test_bad_input_is_refused_as_by_the_single_lifetime():
    with pytest.raises(ValueError, match="is -1 kg/m2; expected above 0"):
        lifetime_distribution(ORBIT, -1.0, START, generator=np.random.default_rng(1))


def test_a_spread_is_a_fraction():
    with pytest.raises(ValueError, match=r"area_fraction is -0\.1; expected at least 0 and below 1"):
        LifetimeSpread(area_fraction=-0.1)


def test_a_time_that_was_not_looked_for_has_no_probability():
    found = drawn(draws_count=2, limit_years=3.0)
    with pytest.raises(ValueError, match="within 5 years was asked; lifetimes were looked for up to 3 years"):
        found.probability_within(5.0)
