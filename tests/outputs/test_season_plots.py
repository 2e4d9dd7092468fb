import math
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest

from cosmodrome.orbit.beta_calendar import beta_calendar
from cosmodrome.orbit.local_time import local_time_drift, raan_of_local_time_rad
from cosmodrome.outputs.season_plots import (
    local_time_caption,
    local_time_chart,
    season_calendar,
    season_caption,
)
from cosmodrome.outputs.style import svg_text
from cosmodrome.physics.elements import KeplerianElements, sun_synchronous_inclination_rad

EPOCH = datetime(2027, 2, 17, 9, 30, tzinfo=UTC)


def orbit(altitude_km, local_time_h):
    axis = 6_378_137.0 + 1e3 * altitude_km
    node = raan_of_local_time_rad(local_time_h, EPOCH)
    return KeplerianElements(axis, 0.0, sun_synchronous_inclination_rad(axis), node, 0.0, 0.0)


@pytest.fixture(scope="module")
def dusk():
    return beta_calendar(orbit(700.0, 18.0), EPOCH, 1.0)


@pytest.fixture(scope="module")
def drift():
    return local_time_drift(orbit(700.0, 22.5), EPOCH, 5.0)


def test_figures_are_small_and_well_formed(dusk, drift):
    for figure in (season_calendar(dusk), local_time_chart(drift), local_time_chart(drift, 15.0)):
        text = svg_text(figure, "what it shows")
        assert ET.fromstring(text).tag.endswith("svg")
        assert len(text) < 200_000
        for axes in figure.axes:
            assert re.search(r"\[[^\]]+\]$", axes.get_ylabel())


def test_seasons_without_eclipse_are_shaded(dusk):
    # they cover the first and the last part of this year, in both panels
    figure = season_calendar(dusk)
    assert len(dusk.eclipse_free) == 2
    assert [len(axes.patches) for axes in figure.axes] == [2, 2]
    first = figure.axes[1].patches[0]
    assert first.get_x() == 0.0
    assert first.get_width() == pytest.approx(dusk.eclipse_free[0].duration_days)
    assert "shaded: no eclipse" in figure.axes[1].get_title(loc="left")


def test_captions_say_the_numbers(dusk, drift):
    assert f"{dusk.eclipse_free_days:.0f} days are without eclipse; the longest lasts" in season_caption(dusk)
    noon = beta_calendar(orbit(550.0, 10.5), EPOCH)
    assert "No day is without eclipse" in season_caption(noon)
    # far out with the Sun at the pole of the plane, for a day
    pole = KeplerianElements(2e7, 0.0, math.radians(98.0), raan_of_local_time_rad(18.0, EPOCH), 0.0, 0.0)
    assert season_caption(beta_calendar(pole, EPOCH, 1 / 365.25)).endswith("are without eclipse.")
    assert "without maneuvers" in local_time_caption(drift)


def test_the_day_that_leaves_the_band_is_named(drift):
    outside = next(
        day
        for day, minutes in zip(drift.elapsed_s / 86_400, drift.drift_min, strict=True)
        if abs(minutes) > 15
    )
    texts = [text.get_text() for text in local_time_chart(drift, 15.0).axes[0].texts]
    assert texts == [f"leaves ±15 min after {outside:.0f} days"]
    assert len(local_time_chart(drift, 500.0).axes[0].texts) == 0
    assert "from 22:30" in local_time_chart(drift).axes[0].get_title(loc="left")


@pytest.mark.parametrize("years", [0.02, 0.5, 1.0, 3.0, 10.0, 30.0])
def test_dates_stand_at_the_first_of_months_and_are_not_crowded(years):
    axes = local_time_chart(local_time_drift(orbit(700.0, 22.5), EPOCH, years)).axes[1]
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert len(labels) <= 15
    if years >= 0.5:
        assert len(labels) >= 4
        assert "202" in labels[0]
