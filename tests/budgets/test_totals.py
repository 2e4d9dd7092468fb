"""All budgets on a propagated orbit: they use the same passes, eclipses and masses."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.budgets.disposal import disposal_budget
from cosmodrome.budgets.energy import runs_alike
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.budgets.totals import satellite_budgets
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Mission, Requirements
from cosmodrome.models.station import Station
from cosmodrome.models.target import SunSynchronousTarget
from cosmodrome.operations.passes import station_passes
from cosmodrome.operations.timeline import merged_intervals
from cosmodrome.orbit.eclipses import eclipses, longest_possible_eclipse_s
from cosmodrome.orbit.forces import forces_on
from cosmodrome.orbit.lifetime import lifetime_cases
from cosmodrome.orbit.propagate import propagate

TARGET = SunSynchronousTarget(kind="sun-synchronous", altitude_km=550, ltan="10:30")
EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def station(name, latitude, longitude, gain=58):
    return Station(
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        antenna_gain_dbi=gain,
        system_noise_temperature_k=150,
    )


STATIONS = (
    station("svalbard", 78.2, 15.4),
    station("tromso", 69.7, 18.9),
    station("deaf", -33.1, -70.7, gain=20),
)


class Trial:
    """The part of a mission that budgets read."""

    vehicle = type("Vehicle", (), {"adapter_mass_kg": None})
    target = TARGET
    stations = STATIONS
    requirements = Requirements(data_volume_gbit_per_day=50)
    policy = MarginPolicy()

    def __init__(self, satellite):
        self.satellite = satellite


@pytest.fixture(scope="module")
def ephemeris():
    radius = EARTH_EQUATORIAL_RADIUS_M + 550e3
    speed, tilt = math.sqrt(EARTH_GM_M3_S2 / radius), math.radians(TARGET.inclination_deg)
    velocity = speed * np.array([0.0, math.cos(tilt), math.sin(tilt)])
    return EPOCH, np.array([radius, 0.0, 0.0]), velocity


@pytest.fixture
def budgets(small_satellite, ephemeris):
    satellite = small_satellite(memory_gbit=500)
    path = propagate(
        InjectionState(*ephemeris),
        EPOCH,
        2.0,
        forces_on(satellite, 83.0, drag_area_m2=0.8, radiation_area_m2=0.8),
    )
    passes = station_passes(path, STATIONS)
    return path, passes, satellite_budgets(Trial(satellite), path, passes)


def test_budgets_agree_with_passes_and_eclipses(budgets):
    path, passes, found = budgets
    span_s = path.elapsed_s[-1]

    def contact_s(names):
        spans = (
            ((over.rise - path.epoch).total_seconds(), (over.set - path.epoch).total_seconds())
            for over in passes
            if over.station in names
        )
        return sum(end - start for start, end in merged_intervals(spans))

    talking = next(mode for mode in found.power.modes if mode.name == "downlink")
    everywhere_s = contact_s({"svalbard", "tromso", "deaf"})
    assert talking.duty_fraction == pytest.approx(everywhere_s / span_s, rel=1e-9)
    assert found.data.stations == ("svalbard", "tromso")
    heard_min_per_day = contact_s({"svalbard", "tromso"}) / 60 / (span_s / 86400)
    assert found.data.contact_min_per_day == pytest.approx(heard_min_per_day, rel=1e-9)
    alone = sum(contact_s({name}) for name in ("svalbard", "tromso")) / 60 / (span_s / 86400)
    assert heard_min_per_day < 0.9 * alone  # the two stations share most passes
    # satellite_examples S-29: 550 km at 5 degrees
    assert found.links[0].slant_range_km == pytest.approx(2205.9, abs=0.1)
    longest_s = max(shadow.duration_s for shadow in eclipses(path) if shadow.kind == "umbra")
    # the longest of all seasons: not below the umbra of the month, not above what an orbit of this size can
    # have by more than the 2 km that its mean radius differs (0.1 %)
    assert longest_s < 60 * found.power.longest_eclipse_min < 1.001 * longest_possible_eclipse_s(6_928_137.0)


def test_energy_and_bits_are_conserved(budgets):
    _, _, found = budgets
    assert abs(found.power.account.imbalance_wh) <= 1e-9 * found.power.account.array_wh
    data = found.data
    assert data.downlinked_gbit + data.stored_gbit + data.lost_gbit == pytest.approx(data.produced_gbit)


def test_the_same_mass_is_lifted_and_dragged(budgets):
    _, _, found = budgets
    disposal = found.disposal
    assert disposal.ballistic_coefficient_kg_m2 == pytest.approx(found.mass.with_growth_kg / (2.2 * 0.8))
    # more activity, more drag
    assert disposal.lifetime_years("high") < disposal.lifetime_years("mean") < disposal.lifetime_years("low")


def test_the_disposal_perigee_decays_within_the_rule(small_satellite):
    thruster = {"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": 3}
    satellite = small_satellite(drag_area_m2=0.4, propulsion=thruster)
    mass = mass_budget(satellite, MarginPolicy())
    found, delta_v = disposal_budget(Trial(satellite), satellite, mass, EPOCH)
    end = EPOCH + timedelta(days=3 * 365.25)

    def mean_years(perigee_km):
        coefficient = found.ballistic_coefficient_after_kg_m2
        return lifetime_cases(perigee_km, 550, TARGET.inclination_deg, coefficient, end)[1].lifetime_years

    perigee_km = found.disposal_perigee_altitude_km
    assert mean_years(perigee_km) <= 5 * 1.005  # the search's own steps are good to 0.2 %
    assert mean_years(perigee_km + 3) > 5
    assert found.remaining_years("mean") < 5  # with all of its propellant
    assert delta_v.available_m_s > delta_v.required_m_s > delta_v.best_estimate_m_s > 0


def test_without_a_satellite_there_are_no_budgets():
    assert satellite_budgets(Trial(None), None, ()) is None


def test_power_and_heat_are_kept_only_where_nothing_of_them_changes(small_satellite):
    policy, requirements = MarginPolicy(), Requirements()

    def trial(**changes):
        return Mission.model_construct(
            satellite=small_satellite(**changes), policy=policy, requirements=requirements
        )

    radio = small_satellite().transmitter.model_dump()
    assert runs_alike(trial(), trial(memory_gbit=5.0))
    assert runs_alike(trial(), trial(transmitter=radio | {"antenna_gain_dbi": 9.0}))
    for changes in (
        {"transmitter": radio | {"rf_power_dbw": 4.0}},
        {"battery": {"capacity_wh": 210}},
        {"solar_array": {"area_m2": 0.7, "cell_efficiency_ratio": 0.29}},
        {"transmitter": None},
    ):
        assert not runs_alike(trial(), trial(**changes)), changes
    longer = Mission.model_construct(
        satellite=small_satellite(), policy=policy, requirements=Requirements(lifetime_years=4.0)
    )
    assert not runs_alike(trial(), longer)
