"""Power over the seasons: the worst decides, and the battery's fade adds all of them up."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from cosmodrome.budgets.power import power_budget
from cosmodrome.budgets.season_power import battery_wear, season_power_budget
from cosmodrome.constants import JULIAN_YEAR_S
from cosmodrome.models.mission import Mission
from cosmodrome.operations.timeline import mode_timeline
from cosmodrome.orbit.beta_calendar import BetaCalendar
from cosmodrome.orbit.seasons import SeasonDay, Seasons
from cosmodrome.physics.battery import capacity_left_ratio


def seasons_of(orbits, dark_min=(30.0, 0.0)):
    days = tuple(SeasonDay(beta, 0.0, orbit, orbit.illumination_ratio) for beta, orbit in orbits)
    dark_s = np.array(dark_min) * 60
    calendar = BetaCalendar(days[0].ephemeris.epoch, np.zeros(2), np.zeros(2), dark_s, 64.3, ())
    return Seasons(calendar, float(days[0].ephemeris.elapsed_s[400]), days, 60 * max(dark_min))


def budget(satellite, orbit):
    lit = orbit.illumination_ratio
    timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, lit, ())
    return power_budget(satellite, MISSION.policy, 3.0, timeline, orbit, illumination_ratio=lit), timeline


MISSION = Mission.model_construct(
    policy=Mission.model_fields["policy"].default_factory(),
    requirements=Mission.model_fields["requirements"].default_factory(),
)


@pytest.fixture
def found(small_satellite, circular_orbit):
    satellite = small_satellite()
    lit_orbit = circular_orbit(beta_deg=75.0, orbits=2)
    dark_orbit = replace(circular_orbit(beta_deg=0.0, orbits=2), epoch=lit_orbit.epoch + timedelta(days=90))
    first, lit_timeline = budget(satellite, lit_orbit)
    alone, dark_timeline = budget(satellite, dark_orbit)
    seasons = seasons_of([(75.0, lit_orbit), (0.0, dark_orbit)])
    whole = season_power_budget(first, MISSION, satellite, seasons, (lit_timeline, dark_timeline))
    return first, alone, whole, seasons, satellite


def test_the_dark_season_decides_over_a_first_month_in_the_light(found):
    first, alone, whole, seasons, _ = found
    assert first.worst_orbit_depth_of_discharge_fraction == 0.0
    assert (
        whole.worst_orbit_depth_of_discharge_fraction == alone.worst_orbit_depth_of_discharge_fraction > 0.1
    )
    assert whole.generation_margin_w == pytest.approx(alone.generation_margin_w)
    assert whole.deepest_discharge_at >= seasons.days[1].start
    assert whole.deepest_timeline.epoch == seasons.days[1].start
    assert whole.timeline is first.timeline  # what is drawn of the first days stays
    assert whole.longest_eclipse_min == pytest.approx(30.0)  # that of the seasons, not a sum of samples
    assert [season.beta_angle_deg for season in whole.seasons] == [75.0, 0.0]


def test_every_orbit_is_a_cycle_as_deep_as_its_eclipse_is_long(found):
    """Half of the days without eclipse: half of the cycles, all of the years."""
    _, _, whole, seasons, satellite = found
    depth = whole.worst_orbit_depth_of_discharge_fraction
    cycles = 3 * JULIAN_YEAR_S / seasons.period_s / 2
    expected = capacity_left_ratio(
        np.array([depth]), np.array([cycles]), 3 * JULIAN_YEAR_S, 1 - depth / 2, 293.15
    )
    assert whole.battery_left_ratio == pytest.approx(expected)
    always = replace(seasons, calendar=replace(seasons.calendar, eclipse_duration_s=np.full(2, 1800.0)))
    assert battery_wear(satellite, whole, always, 3.0).left_ratio < whole.battery_left_ratio
