"""Modes against passes and eclipses."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.heat import part_heat_w
from cosmodrome.budgets.power import part_power_w
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.operations.timeline import (
    covered_fraction,
    load_w,
    merged_intervals,
    mode_timeline,
    part_fraction,
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


RADIO = {
    "component": "a", "frequency_mhz": 2200, "rf_power_dbw": 0, "line_loss_db": 0, "antenna_gain_dbi": 3,
    "data_rate_mbit_s": 1, "required_eb_n0_db": 4,
}  # fmt: skip


def satellite(*modes, a=None, **more):
    return Satellite.model_validate(
        {
            "name": "s",
            "components": [
                {"name": "a", "mass_kg": 1, "power_w": 10} | (a or {}),
                {"name": "b", "mass_kg": 1},
            ],
            "modes": list(modes),
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 100},
            "drag_area_m2": 1,
        }
        | more
    )


def powers(craft, *power_w):
    """The same power in every mode."""
    return np.outer(power_w, np.ones(len(craft.modes)))


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
    assert load_w(timeline, craft, powers(craft, 10.0, 3.0)) == pytest.approx(13.0)


def test_duties_of_a_shared_part_add_up():
    craft = satellite(
        {"name": "one", "duty_fraction": 0.2, "components": ["a"], "data_rate_mbit_s": 5},
        {"name": "two", "duty_fraction": 0.3, "components": ["a"], "data_rate_mbit_s": 10},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert load_w(timeline, craft, powers(craft, 10.0, 0.0)) == pytest.approx(5.0)
    assert produced_mbit_s(timeline, craft) == pytest.approx(0.2 * 5 + 0.3 * 10)


FRACTIONS = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 100)), min_size=1, max_size=5)


@given(FRACTIONS)
def test_the_modes_of_most_power_are_served_first(duties):
    """Against the time of a step handed out, mode by mode."""
    by_name = {f"m{number}": power for number, (_, power) in enumerate(duties)}
    modes = [
        {"name": f"m{number}", "duty_fraction": duty, "components": ["a"]}
        for number, (duty, _) in enumerate(duties)
    ]
    craft = satellite(*modes, a={"mode_power_w": by_name, "count": 2})
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    left, expected = 1.0, 0.0
    for duty, power in sorted(duties, key=lambda pair: -pair[1]):
        expected += 2 * power * min(duty, left)
        left -= min(duty, left)
    assert load_w(timeline, craft, part_power_w(craft)) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=5))
def test_equal_powers_are_the_power_for_the_sum_of_the_fractions_to_the_last_bit(duties):
    modes = [
        {"name": f"m{number}", "duty_fraction": duty, "components": ["a"]}
        for number, duty in enumerate(duties)
    ]
    craft = satellite(*modes)
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    expected = 10.0 * np.minimum(timeline.on_fraction.sum(axis=0), 1.0)
    assert load_w(timeline, craft, part_power_w(craft)).tolist() == expected.tolist()


def test_a_transceiver_listens_while_it_does_not_send():
    """Half of a step in contact: 62 W for that half, 1.5 W for the other."""
    craft = satellite(
        {"name": "listen", "components": ["a", "b"]},
        {"name": "talk", "when": "over-station", "components": ["a"]},
        a={"power_w": 1.5, "mode_power_w": {"talk": 62}},
        transmitter=RADIO,
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), [over(90, 120)])
    assert load_w(timeline, craft, part_power_w(craft))[:3] == pytest.approx([1.5, (62 + 1.5) / 2, 1.5])
    assert craft.sending_modes == ("talk",)
    assert readiness_fraction(timeline, craft) == pytest.approx(1.0)  # in contact it sends
    heat = load_w(timeline, craft, part_heat_w(craft, None))
    assert heat[:3] == pytest.approx([1.5, (62 - 1 + 1.5) / 2, 1.5])  # 1 W leaves by the antenna


def test_heat_that_is_less_while_it_sends_does_not_change_who_is_served():
    """A sender of 13 W that radiates 12 W warms less than the 1.5 W of listening, and still goes first."""
    craft = satellite(
        {"name": "listen", "components": ["a"]},
        {"name": "talk", "when": "over-station", "components": ["a"]},
        a={"power_w": 1.5, "mode_power_w": {"talk": 13}},
        transmitter=RADIO | {"rf_power_dbw": 10 * np.log10(12)},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), [over(60, 120)])
    assert load_w(timeline, craft, part_heat_w(craft, None))[:3] == pytest.approx([1.5, 1.0, 1.5])


def test_parts_make_data_while_a_mode_has_them_on_and_modes_besides():
    craft = satellite(
        {"name": "one", "duty_fraction": 0.2, "components": ["a"], "data_rate_mbit_s": 5},
        {"name": "two", "duty_fraction": 0.9, "components": ["a", "b"]},
        a={"data_rate_mbit_s": 30, "count": 2},
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert produced_mbit_s(timeline, craft) == pytest.approx(0.2 * 5 + 2 * 30 * 1.0)
    assert part_fraction(timeline, craft, craft.components[1]) == pytest.approx(0.9)


def test_readiness_is_what_contact_would_find():
    craft = satellite(
        {"name": "talk", "when": "over-station", "duty_fraction": 0.8, "components": ["a"]},
        {"name": "night", "when": "eclipse", "components": ["b"]},
        transmitter=RADIO,
    )
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    assert readiness_fraction(timeline, craft) == pytest.approx(0.8)
    mute = craft.model_copy(update={"transmitter": None})
    assert readiness_fraction(timeline, mute) == pytest.approx(0.0)
    look = {"name": "look", "when": "over-target", "duty_fraction": 0.5, "components": ["a"]}
    beacon = satellite(look, transmitter=RADIO)
    looking = mode_timeline(beacon, EPOCH, EDGES, np.ones(11), (), [seen(60, 120)])
    assert readiness_fraction(looking, beacon)[:3] == pytest.approx([0.0, 0.5, 0.0])


def test_arrays_are_read_only():
    craft = satellite({"name": "one", "components": ["a"]})
    timeline = mode_timeline(craft, EPOCH, EDGES, np.ones(11), ())
    with pytest.raises(ValueError, match="read-only"):
        timeline.on_fraction[0, 0] = 0.5
