"""Data: bits are conserved, overlaps count once, only links that close carry."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.data import data_budget
from cosmodrome.budgets.downlink import Downlink
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.timeline import merged_intervals, mode_timeline

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
EDGES = np.arange(0.0, 86400.0 + 1, 60.0)


def over(start_s, length_s, station="north"):
    rise, fall = EPOCH + timedelta(seconds=start_s), EPOCH + timedelta(seconds=start_s + length_s)
    return Pass(
        station=station,
        rise=rise,
        culmination=rise,
        set=fall,
        max_elevation_deg=40.0,
        duration_s=length_s,
        rise_azimuth_deg=10.0,
        set_azimuth_deg=190.0,
        min_range_km=800.0,
    )


def imager(duty=0.1, rate=50.0, memory=None, downlink="over-station"):
    modes = [
        {"name": "idle", "components": ["bus"]},
        {"name": "image", "duty_fraction": duty, "components": ["bus"], "data_rate_mbit_s": rate},
    ]
    if downlink:
        modes.append({"name": "talk", "when": downlink, "components": ["radio"]})
    return Satellite.model_validate(
        {
            "name": "imager",
            "components": [{"name": "bus", "mass_kg": 50}, {"name": "radio", "mass_kg": 2, "power_w": 5}],
            "modes": modes,
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 100},
            "drag_area_m2": 1,
            "memory_gbit": memory,
            "transmitter": {
                "component": "radio",
                "frequency_mhz": 8200,
                "rf_power_dbw": 3,
                "antenna_gain_dbi": 6,
                "data_rate_mbit_s": 100,
                "required_eb_n0_db": 4,
            },
        }
    )


def at_a_constant_rate(satellite, passes, stations):
    """A downlink whose rate closes throughout the passes over these stations, overlaps once."""
    spans = merged_intervals(
        ((one.rise - EPOCH).total_seconds(), (one.set - EPOCH).total_seconds())
        for one in passes
        if one.station in stations
    )
    start_s, end_s = (np.array([span[end] for span in spans]) for end in (0, 1))
    rate = np.full(len(spans), satellite.transmitter.data_rate_mbit_s)
    return Downlink(EPOCH, stations, start_s, end_s, rate, np.zeros(len(spans), dtype=np.int64), (), ())


def budget(satellite, passes, stations=("north", "south")):
    timeline = mode_timeline(satellite, EPOCH, EDGES, np.ones(len(EDGES)), passes)
    return data_budget(satellite, timeline, at_a_constant_rate(satellite, passes, stations))


@given(
    duty=st.floats(0.01, 1),
    memory=st.one_of(st.none(), st.floats(0.1, 500)),
    starts=st.lists(st.floats(0, 86000), max_size=12),
)
def test_bits_produced_are_downlinked_stored_or_lost(duty, memory, starts):
    found = budget(imager(duty, memory=memory), [over(start, 500) for start in starts])
    whole = found.downlinked_gbit + found.stored_gbit + found.lost_gbit
    assert whole == pytest.approx(found.produced_gbit, rel=1e-9)
    assert found.produced_gbit == pytest.approx(duty * 50 * 86400 / 1e3)
    assert found.downlinked_gbit <= found.capacity_gbit_per_day + 1e-9
    if memory is not None:
        assert found.timeline.stored_gbit.max() <= memory


def test_overlapping_passes_do_not_count_twice():
    alone = budget(imager(), [over(3600, 600)])
    both = budget(imager(), [over(3600, 600), over(3600, 600, "south")])
    assert both.downlinked_gbit == alone.downlinked_gbit
    assert both.contact_min_per_day == pytest.approx(10)
    assert both.capacity_gbit_per_day == pytest.approx(600 * 0.1)


def test_a_station_whose_link_does_not_close_carries_nothing():
    passes = [over(3600, 600), over(40000, 600, "south")]
    assert budget(imager(), passes, ("north",)).contact_min_per_day == pytest.approx(10)
    assert budget(imager(), passes, ()).downlinked_gbit == 0.0


def test_a_transmitter_that_no_mode_turns_on_carries_nothing():
    assert budget(imager(downlink=None), [over(3600, 600)]).downlinked_gbit == 0.0


def test_memory_that_overflows_loses_the_rest():
    found = budget(imager(duty=1.0, memory=100.0), [])
    assert found.stored_gbit == pytest.approx(100)
    assert found.lost_gbit == pytest.approx(50 * 86.4 - 100)
    assert found.memory_peak_gbit == pytest.approx(50 * 86.4)


def test_the_peak_is_what_gathers_before_the_pass():
    # 5 Mbit/s for 10 h, then 10 min at 100 Mbit/s less what is made meanwhile, then 13 h 50 min more
    found = budget(imager(memory=1000.0), [over(36000, 600)])
    assert found.downlinked_gbit == pytest.approx(60)
    assert found.memory_peak_gbit == pytest.approx(5 * 86.4 - 60)
    assert found.lost_gbit == 0.0


def test_bits_of_a_part_are_conserved_and_made_once_while_two_modes_have_it_on():
    """The camera makes 25 Mbit/s for 30 % of the time and 80 % of it, which is all of it."""
    satellite = Satellite.model_validate(
        imager(memory=100.0).model_dump()
        | {
            "components": [
                {"name": "bus", "mass_kg": 50, "data_rate_mbit_s": 12.5, "count": 2},
                {"name": "radio", "mass_kg": 2, "power_w": 5},
            ],
            "modes": [
                {"name": "image", "duty_fraction": 0.3, "components": ["bus"], "data_rate_mbit_s": 1},
                {"name": "film", "duty_fraction": 0.8, "components": ["bus"]},
                {"name": "talk", "when": "over-station", "components": ["radio"]},
            ],
        }
    )
    found = budget(satellite, [over(3600, 600), over(40000, 600)])
    assert [(one.name, one.data_rate_mbit_s, one.duty_fraction) for one in found.modes] == [
        ("image", 1.0, pytest.approx(0.3)),
        ("bus", 25.0, pytest.approx(1.0)),
    ]
    assert found.produced_gbit == pytest.approx((0.3 + 25.0) * 86.4, rel=1e-9)
    assert sum(one.produced_gbit for one in found.modes) == pytest.approx(found.produced_gbit, rel=1e-9)
    whole = found.downlinked_gbit + found.stored_gbit + found.lost_gbit
    assert whole == pytest.approx(found.produced_gbit, rel=1e-9)


def test_each_mode_is_named_with_what_it_makes():
    found = budget(imager(duty=0.25), [over(3600, 600)])
    assert [mode.name for mode in found.modes] == ["image"]
    assert found.modes[0].produced_gbit == pytest.approx(0.25 * 50 * 86.4)
    assert sum(mode.produced_gbit for mode in found.modes) == pytest.approx(found.produced_gbit)


def test_the_age_of_data_is_the_wait_for_the_pass():
    # 5 Mbit/s from 0 h on; from 10 h on 100 Mbit/s for 20 min carries 120 Gbit: made in the first 24000 s
    found = budget(imager(memory=1000.0), [over(36000, 1200)])
    assert found.mean_age_h * 3600 == pytest.approx(36000 + 600 - 12000)
    assert found.worst_age_h * 3600 == pytest.approx(36000)
    assert budget(imager(), []).mean_age_h is None


def test_data_lost_to_a_full_memory_does_not_age():
    # 100 Gbit fit, made in the first 2000 s; the rest until the pass is lost
    found = budget(imager(duty=1.0, memory=100.0), [over(36000, 600)])
    assert found.worst_age_h * 3600 == pytest.approx(36000)
    assert found.mean_age_h * 3600 > 36000 - 2000


@given(
    rates=st.lists(st.floats(0, 400), min_size=1, max_size=8),
    memory=st.one_of(st.none(), st.floats(0.1, 500)),
)
def test_bits_are_conserved_at_any_rate_history(rates, memory):
    satellite = imager(0.3, memory=memory)
    timeline = mode_timeline(satellite, EPOCH, EDGES, np.ones(len(EDGES)), [])
    start_s = 5000.0 + 37.0 * np.arange(len(rates))
    downlink = Downlink(
        EPOCH, ("north",), start_s, start_s + 37.0, np.array(rates), np.zeros(len(rates), dtype=int), (), ()
    )
    found = data_budget(satellite, timeline, downlink)
    whole = found.downlinked_gbit + found.stored_gbit + found.lost_gbit
    assert whole == pytest.approx(found.produced_gbit, rel=1e-9)
    assert found.capacity_gbit_per_day == pytest.approx(sum(rates) * 37e-3, rel=1e-9, abs=1e-12)
    ages = (found.mean_age_h, found.worst_age_h)
    assert ages == (None, None) or 0 <= ages[0] <= ages[1] <= 24
