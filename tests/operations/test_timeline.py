"""Modes against passes and eclipses."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.operations.timeline import (
    covered_fraction,
    load_w,
    merged_intervals,
    mode_timeline,
    produced_mbit_s,
    readiness_fraction,
    season_timelines,
)

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
EDGES = np.arange(0.0, 601.0, 60.0)


def over(start_s, end_s, station="north"):
    rise, fall = (EPOCH + timedelta(seconds=second) for second in (start_s, end_s))
    return Pass(
        station=station,
        rise=rise,
        culmination=rise + (fall - rise) / 2,
        set=fall,
        max_elevation_deg=40.0,
        duration_s=end_s - start_s,
        rise_azimuth_deg=10.0,
        set_azimuth_deg=190.0,
        min_range_km=800.0,
    )


def span(start_s, end_s):
    return EPOCH + timedelta(seconds=start_s), EPOCH + timedelta(seconds=end_s)


def seen(start_s, end_s):
    start, end = span(start_s, end_s)
    return TargetAccess(
        target="lake", start=start, best=start, end=end, off_nadir_deg=10.0, elevation_deg=70.0,
        azimuth_deg=0.0, range_km=600.0, sun_elevation_deg=40.0, phase_deg=50.0,
    )  # fmt: skip


def satellite(*modes):
    return Satellite.model_validate(
        {
            "name": "s",
            "components": [{"name": "a", "mass_kg": 1, "power_w": 10}, {"name": "b", "mass_kg": 1}],
            "modes": list(modes),
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 100},
            "drag_area_m2": 1,
        }
    )


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e3)), max_size=30))
def test_merging_covers_the_same_points_and_leaves_gaps(pairs):
    intervals = [(start, start + length) for start, length in pairs]
    merged = merged_intervals(intervals)
    assert all(before[1] < after[0] for before, after in pairwise(merged))
    probes = np.linspace(-1, 11001, 501)
    inside = [any(a < p < b for a, b in intervals) for p in probes]
    strictly = [any(a < p < b for a, b in merged) for p in probes]
    closed = [any(a <= p <= b for a, b in merged) for p in probes]
    assert all(s or not i for i, s in zip(inside, strictly, strict=True))
    touched = [any(a <= p <= b for a, b in intervals) for p in probes]
    assert all(t or not c for c, t in zip(closed, touched, strict=True))


def test_contact_is_exact_inside_a_step_and_counts_overlaps_once():
    fraction = covered_fraction([span(90, 210), span(150, 240)], EPOCH, EDGES)
    assert fraction[:5] == pytest.approx([0, 0.5, 1, 1, 0])
    assert fraction @ np.diff(EDGES) == pytest.approx(150)


def test_a_pass_that_hangs_over_the_edges_counts_only_inside():
    fraction = covered_fraction([span(-100, 30), span(570, 900)], EPOCH, EDGES)
    assert fraction[0] == pytest.approx(0.5)
    assert fraction[-1] == pytest.approx(0.5)
    assert fraction[1:-1] == pytest.approx(0)


def test_without_passes_there_is_no_contact():
    assert (covered_fraction([], EPOCH, EDGES) == 0).all()


def test_triggers():
    lit = np.array([1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1.0])
    craft = satellite(
        {"name": "day", "when": "sunlit", "duty_fraction": 0.5, "components": ["b"]},
        {"name": "night", "when": "eclipse", "components": ["b"]},
        {"name": "talk", "when": "over-station", "duty_fraction": 0.8, "components": ["a"]},
        {"name": "look", "when": "over-target", "duty_fraction": 0.5, "components": ["a"]},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, lit, [over(60, 120)], [seen(90, 150), seen(120, 180)])
    day, night, talk, look = timeline.on_fraction
    assert day == pytest.approx([0.5, 0.5, 0.25, 0, 0, 0, 0, 0.25, 0.5, 0.5])
    assert night == pytest.approx(1 - 2 * day)
    assert talk == pytest.approx([0, 0.8, 0, 0, 0, 0, 0, 0, 0, 0])
    assert look == pytest.approx([0, 0.25, 0.5, 0, 0, 0, 0, 0, 0, 0])


def test_of_the_accesses_the_fullest_day_stands_for_every_season():
    """Moved by whole revolutions: the access keeps its place along the orbit."""
    craft = satellite({"name": "look", "when": "over-target", "components": ["a"]})
    period_s, at = 5700.0, np.arange(0.0, 86401.0, 60.0)
    day = SimpleNamespace(
        ephemeris=SimpleNamespace(elapsed_s=at), illumination_ratio=np.ones(len(at)), start=EPOCH
    )
    later_s = 15 * period_s * 4 + 600.0  # four times fifteen revolutions
    accesses = [seen(0, 60), seen(later_s, later_s + 120), seen(later_s + 6000, later_s + 6120)]
    seasons = SimpleNamespace(days=(day,), period_s=period_s)
    [timeline] = season_timelines(craft, seasons, EPOCH, (), accesses)
    on = np.flatnonzero(timeline.on_fraction[0] > 0.5)
    assert (60.0 * on).tolist() == [600.0, 660.0, 6600.0, 6660.0]
    assert season_timelines(craft, seasons, EPOCH, ())[0].on_fraction.sum() == 0


def test_a_part_in_two_modes_at_once_is_counted_once():
    both = ({"name": "one", "components": ["a"]}, {"name": "two", "components": ["a", "b"]})
    craft = satellite(*both)
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert load_w(timeline, craft, (10.0, 3.0)) == pytest.approx(13.0)


def test_duties_of_a_shared_part_add_up():
    craft = satellite(
        {"name": "one", "duty_fraction": 0.2, "components": ["a"], "data_rate_mbit_s": 5},
        {"name": "two", "duty_fraction": 0.3, "components": ["a"], "data_rate_mbit_s": 10},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert load_w(timeline, craft, (10.0, 0.0)) == pytest.approx(5.0)
    assert produced_mbit_s(timeline, craft) == pytest.approx(0.2 * 5 + 0.3 * 10)


def test_readiness_is_what_contact_would_find():
    craft = satellite(
        {"name": "talk", "when": "over-station", "duty_fraction": 0.8, "components": ["a"]},
        {"name": "night", "when": "eclipse", "components": ["b"]},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert readiness_fraction(timeline, craft, "a") == pytest.approx(0.8)
    assert readiness_fraction(timeline, craft, "b") == pytest.approx(0.0)
    beacon = satellite({"name": "look", "when": "over-target", "duty_fraction": 0.5, "components": ["a"]})
    looking = mode_timeline(beacon, EPOCH, EDGES, np.ones(11), (), [seen(60, 120)])
    assert readiness_fraction(looking, beacon, "a")[:3] == pytest.approx([0.0, 0.5, 0.0])


def test_arrays_are_read_only():
    craft = satellite({"name": "one", "components": ["a"]})
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    with pytest.raises(ValueError, match="read-only"):
        timeline.on_fraction[0, 0] = 0.5
