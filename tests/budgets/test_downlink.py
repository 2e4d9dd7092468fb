"""The downlink through passes: what closes is sent, to the best station, and every bit is counted once."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.budgets.downlink import mission_downlink, rate_ladder
from cosmodrome.budgets.link import link_budget
from cosmodrome.budgets.link_ends import downlink
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2, SPEED_OF_LIGHT_M_S
from cosmodrome.injection import InjectionState
from cosmodrome.models.radios import Transmitter
from cosmodrome.models.station import Propagation, Station
from cosmodrome.operations.passes import station_passes
from cosmodrome.operations.timeline import merged_intervals
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
CLIMATE = Propagation(
    rain_rate_exceeded_001_percent_mm_h=30,
    rain_height_km=3.0,
    surface_temperature_k=285,
    water_vapor_density_g_m3=9,
    wet_refractivity_ppm=55,
    cloud_liquid_water_kg_m2=1.2,
    source="made up for the test",
)


def station(name, latitude=78.2, longitude=15.4, gain=48.0, **more):
    return Station(
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        antenna_gain_dbi=gain,
        system_noise_temperature_k=150,
        **more,
    )


def transmitter(**changes):
    fields = {"component": "radio", "frequency_mhz": 8200, "rf_power_dbw": 3, "antenna_gain_dbi": 6}
    return Transmitter(**fields | {"modem": {"family": "dvb-s2", "symbol_rate_mbaud": 50.0}} | changes)


@pytest.fixture(scope="module")
def path():
    radius = EARTH_EQUATORIAL_RADIUS_M + 550e3
    speed, tilt = math.sqrt(EARTH_GM_M3_S2 / radius), math.radians(97.6)
    velocity = speed * np.array([0.0, math.cos(tilt), math.sin(tilt)])
    start = InjectionState(EPOCH, np.array([radius, 0.0, 0.0]), velocity)
    return propagate(start, EPOCH, 1.0, Forces(), step_s=60.0)


def followed(path, stations, sender=None, margin_db=3.0):
    return mission_downlink(
        sender or transmitter(), stations, path, station_passes(path, stations), margin_db=margin_db
    )


NORTH, TROMSO = station("north", propagation=CLIMATE), station("tromso", 69.7, 18.9, propagation=CLIMATE)


def test_every_bit_is_counted_once(path):
    found = followed(path, (NORTH, TROMSO))
    whole_gbit = float(found.rate_mbit_s @ (found.end_s - found.start_s)) / 1e3
    assert sum(over.served_gbit for over in found.passes) == pytest.approx(whole_gbit, rel=1e-12)
    assert all(over.served_gbit <= over.capacity_gbit + 1e-12 for over in found.passes)
    assert sum(over.capacity_gbit for over in found.passes) > 1.1 * whole_gbit  # they share passes
    assert found.serving == ("north", "tromso")
    # the steps of any timeline keep the sum
    edges = np.linspace(0.0, 86400.0, 977)
    assert found.per_step(found.rate_mbit_s, edges).sum() / 1e3 == pytest.approx(whole_gbit, rel=1e-12)


def test_intervals_cover_the_passes_exactly(path):
    found, passes = followed(path, (NORTH, TROMSO)), station_passes(path, (NORTH, TROMSO))
    spans = merged_intervals(
        ((over.rise - EPOCH).total_seconds(), (over.set - EPOCH).total_seconds()) for over in passes
    )
    assert (found.end_s - found.start_s).sum() == pytest.approx(sum(b - a for a, b in spans), abs=1e-6)
    assert (found.end_s - found.start_s).max() <= 15.0 + 1e-9
    assert np.all(found.start_s[1:] >= found.end_s[:-1] - 1e-9)


def test_the_fastest_rate_that_closes_is_sent_and_no_faster(path):
    sender = transmitter()
    (profile,) = followed(path, (NORTH,), sender).profiles
    link, schemes = downlink(sender, NORTH), sender.modem.coding_schemes
    for k in range(0, len(profile.elapsed_s), 12):
        at_a_meter = link.c_over_n0_at_a_meter_dbhz([math.radians(profile.elevation_deg[k])])[0]
        c_over_n0 = at_a_meter - 20 * math.log10(1e3 * profile.range_km[k])
        es_n0 = c_over_n0 - 10 * math.log10(50e6) - sender.implementation_loss_db - 3.0
        closing = [s.efficiency_ratio for s in schemes if s.required_es_n0_db <= es_n0]
        assert profile.rate_mbit_s[k] == pytest.approx(50 * max(closing, default=0.0))
    assert len(set(profile.rate_mbit_s.tolist())) > 5


def test_the_volume_of_a_pass_is_the_integral_of_its_rate(path):
    found = followed(path, (NORTH,))
    (profile,) = found.profiles
    (over,) = (one for one in found.passes if one.rise == profile.rise)
    # 15 s pieces against 2 s samples of a staircase of rates: a step falls at most 8 s beside its place
    assert over.capacity_gbit == pytest.approx(
        np.trapezoid(profile.rate_mbit_s, profile.elapsed_s) / 1e3, rel=0.01
    )
    # the fastest scheme may be on for less than a piece: one step of the ladder
    assert 0.9 * profile.rate_mbit_s.max() <= over.highest_rate_mbit_s <= profile.rate_mbit_s.max()
    assert over.served_gbit == over.capacity_gbit


def test_doppler_is_the_rate_of_the_range(path):
    (profile,) = followed(path, (NORTH,)).profiles
    rate_m_s = np.gradient(1e3 * profile.range_km, profile.elapsed_s, edge_order=2)
    expected_khz = -8.2e9 * rate_m_s / SPEED_OF_LIGHT_M_S / 1e3
    # central differences over 2 s of a range that bends by up to 0.1 m/s3: 0.1 m/s or 3 Hz, more at the ends
    assert profile.doppler_khz == pytest.approx(expected_khz, abs=0.05)
    assert profile.doppler_khz[0] > 150 > -150 > profile.doppler_khz[-1]


def test_the_better_of_two_stations_is_sent_to(path):
    louder = station("louder", gain=51.0, propagation=CLIMATE)
    found = followed(path, (NORTH, louder))
    assert found.serving == ("louder",)
    alone = followed(path, (louder,))
    assert found.rate_mbit_s == pytest.approx(alone.rate_mbit_s)


def test_variable_coding_carries_more_than_the_rate_that_closes_at_the_horizon(path):
    variable = transmitter()
    lowest = variable.modem.coding_schemes[0].name.removeprefix("dvb-s2 ")
    fixed = transmitter(modem={"family": "dvb-s2", "symbol_rate_mbaud": 50.0, "schemes": (lowest,)})
    volumes = [
        sum(over.capacity_gbit for over in followed(path, (NORTH,), sender).passes)
        for sender in (fixed, variable)
    ]
    assert volumes[1] > 1.5 * volumes[0] > 0


def test_a_fixed_rate_is_sent_only_where_it_closes(path):
    sender = transmitter(modem=None, data_rate_mbit_s=100, required_eb_n0_db=4)
    short_db = 6.0 - link_budget(sender, NORTH, 550).margin_db
    sender = sender.model_copy(update={"rf_power_dbw": 3 + short_db - 4.0})  # 2 dB of margin at 5 deg
    assert link_budget(sender, NORTH, 550).margin_db == pytest.approx(2.0)
    found = followed(path, (NORTH,), sender)
    assert set(found.rate_mbit_s.tolist()) == {0.0, 100.0}
    best = max(found.passes, key=lambda over: over.max_elevation_deg)
    (profile,) = found.profiles
    assert profile.margin_db[0] == pytest.approx(2.0, abs=0.3)  # the orbit is not quite at 550 km there
    assert ((profile.margin_db >= 3.0) == (profile.rate_mbit_s > 0)).all()
    assert 0.6 * best.duration_s < best.closed_s < best.duration_s
    assert best.lowest_rate_mbit_s == best.highest_rate_mbit_s == 100


def test_a_deaf_station_and_no_transmitter_carry_nothing(path):
    deaf = station("deaf", gain=0.0)
    found = followed(path, (deaf,))
    assert found.serving == ()
    assert all(over.capacity_gbit == 0.0 == over.lowest_rate_mbit_s for over in found.passes)
    silent = mission_downlink(None, (NORTH,), path, (), margin_db=3.0)
    assert silent.per_step(silent.rate_mbit_s, np.array([0.0, 1.0])).tolist() == [0.0]


def test_thresholds_of_the_ladder_hold_margin_and_losses():
    ladder = rate_ladder(transmitter(), 3.0)
    first = transmitter().modem.coding_schemes[0]
    assert ladder.required_c_over_n0_dbhz[0] == pytest.approx(
        first.required_es_n0_db + 10 * math.log10(50e6) + 1.0 + 3.0
    )
    assert np.all(np.diff(ladder.required_c_over_n0_dbhz) > 0)
    assert np.all(np.diff(ladder.rate_mbit_s) > 0)
    assert ladder.rate_at(ladder.step_at(np.array([0.0, 200.0]))).tolist() == [0.0, ladder.rate_mbit_s[-1]]
