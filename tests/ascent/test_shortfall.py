"""Orbits so far out of reach that no mass taken off the last stage would do."""

import math

import pytest

from cosmodrome.ascent.capability import payload_capability
from cosmodrome.ascent.result import AscentStatus
from cosmodrome.ascent.shortfall import with_exhaust
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.constants import STANDARD_GRAVITY_M_S2 as G0
from cosmodrome.models.target import CircularTarget

ANTARES = find_vehicle("antares-230")


def capability_to(altitude_km):
    target = CircularTarget(kind="circular", altitude_km=altitude_km, inclination_deg=64.2)
    return payload_capability(ANTARES, find_site("wallops"), target)


def to(altitude_km):
    return capability_to(altitude_km).ascent


@pytest.fixture(scope="module")
def far():
    """To 1000 km the last stage would have to be half as heavy; to 1200 km that is not enough."""
    return to(1200)


def test_far_out_of_reach_is_proved_and_told(far):
    assert far.status is AscentStatus.OUT_OF_REACH
    assert far.replay.agrees
    assert far.insertion.perigee_altitude_km == pytest.approx(1200, abs=1)
    assert f"{far.shortfall_m_s:.0f} m/s out of reach" in far.notes[0]


def test_another_vehicle_has_no_partials_of_this_one():
    """What was solved is the better stage's ascent; a nearer orbit is solved with the vehicle itself."""
    assert capability_to(1200).proved is None
    assert capability_to(1000).proved is not None


def test_missing_mass_and_velocity_are_one_rocket_equation(far):
    """The stage less the missing mass gains the missing velocity; it never weighs nothing."""
    last = ANTARES.stages[-1]
    empty_kg = far.final_mass_kg - far.propellant_left_kg
    exhaust_m_s = G0 * last.specific_impulse_vacuum_s.value
    assert 0 < -far.payload_kg < empty_kg
    gained = exhaust_m_s * math.log(empty_kg / (empty_kg + far.payload_kg))
    assert gained == pytest.approx(far.shortfall_m_s, rel=1e-6)


def test_it_goes_on_from_what_is_solved_directly(far):
    """1000 km is solved with a lighter stage; one burn without a coast has to climb all the way."""
    near = to(1000)
    assert near.status is AscentStatus.OUT_OF_REACH
    assert not any("times the specific impulse" in note for note in near.notes)
    assert far.shortfall_m_s > near.shortfall_m_s > 1000
    assert far.payload_kg < near.payload_kg


def test_a_better_stage_burns_the_same_flow():
    last, better = ANTARES.stages[-1], with_exhaust(ANTARES, 2.0).stages[-1]
    for quantity in ("thrust_vacuum_n", "specific_impulse_vacuum_s"):
        assert getattr(better, quantity).value == 2 * getattr(last, quantity).value
    assert better.propellant_mass_kg == last.propellant_mass_kg
