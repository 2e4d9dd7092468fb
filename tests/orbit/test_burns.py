"""Burns in orbit against the rocket equation, Tsiolkovsky, Hohmann and each other."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.constants import EARTH_GM_M3_S2, STANDARD_GRAVITY_M_S2
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.maneuvers import FiniteBurn, ImpulsiveBurn
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian, orbital_period_s

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
CIRCLE = KeplerianElements(6878137.0, 0.0, math.radians(51.7), 1.0, 0.0, 0.0)
# a Kepler orbit about satkit's own GM, EGM2008: 3.986004415e14
TWO_BODIES = Forces(mass_kg=100, gravity_degree=0, sun=False, moon=False, solid_tides=False, relativity=False)


def after(seconds):
    return EPOCH + timedelta(seconds=seconds)


def axis_m(ephemeris, sample):
    return keplerian_from_cartesian(
        ephemeris.position_m[sample], ephemeris.velocity_m_s[sample], 3.986004415e14
    ).semi_major_axis_m


def test_two_impulses_of_hohmann_raise_a_circle():
    # Hohmann (1925); Vallado (2013), algorithm 36: from 500 to 600 km
    low, high = CIRCLE.semi_major_axis_m, CIRCLE.semi_major_axis_m + 100e3
    gm, transfer = 3.986004415e14, 0.5 * (low + high)
    speed = math.sqrt(EARTH_GM_M3_S2 / low)  # of the start, which is circular about the WGS-84 GM
    first = math.sqrt(gm * (2 / low - 1 / transfer)) - speed
    second = math.sqrt(gm / high) - math.sqrt(gm * (2 / high - 1 / transfer))
    half = 0.5 * orbital_period_s(transfer, gm)
    burns = [
        ImpulsiveBurn(after(0.0), (0.0, first, 0.0)),
        ImpulsiveBurn(after(round(half, 6)), (0.0, second, 0.0)),
    ]
    flown = propagate(CIRCLE, EPOCH, 0.2, TWO_BODIES, burns=burns)
    radius = np.linalg.norm(flown.position_m[flown.elapsed_s > half], axis=1)
    assert radius == pytest.approx(high, abs=0.05)
    assert np.all(flown.mass_kg == 100.0)


def test_states_beside_an_impulse_are_not_smoothed():
    burn = ImpulsiveBurn(after(1000.0), (0.0, 50.0, 0.0))
    flown = propagate(CIRCLE, EPOCH, 0.05, TWO_BODIES, burns=[burn], step_s=60.0)
    free = propagate(CIRCLE, EPOCH, 0.05, TWO_BODIES, step_s=60.0)
    _, velocity = flown.at(np.array([999.999, 1000.0]))
    _, undisturbed = free.at(np.array([999.999, 1000.0]))
    assert np.linalg.norm(velocity[0] - undisturbed[0]) < 1e-4
    assert np.linalg.norm(velocity[1] - undisturbed[1]) == pytest.approx(50.0, abs=1e-4)


def test_a_finite_burn_spends_what_the_rocket_equation_says():
    burn = FiniteBurn(after(600.0), 400.0, thrust_n=20.0, specific_impulse_s=220.0, direction=(0.0, 3.0, 0.0))
    flown = propagate(CIRCLE, EPOCH, 0.05, TWO_BODIES, burns=[burn])
    spent = 20.0 / (220.0 * STANDARD_GRAVITY_M_S2) * 400.0
    assert flown.mass_kg[-1] == pytest.approx(100.0 - spent, rel=1e-12)
    middle = int(np.searchsorted(flown.elapsed_s, 810.0))
    half = 20.0 / (220.0 * STANDARD_GRAVITY_M_S2) * (flown.elapsed_s[middle] - 600.0)
    assert flown.mass_kg[middle] == pytest.approx(100.0 - half, rel=1e-9)
    # along the track the energy grows by v dv; a turn of 26 degrees during the burn changes nothing of that,
    # because the thrust turns too
    delta_v = 220.0 * STANDARD_GRAVITY_M_S2 * math.log(100.0 / (100.0 - spent))
    before, gained = axis_m(flown, 0), axis_m(flown, -1)
    speed = math.sqrt(3.986004415e14 * (2 / CIRCLE.semi_major_axis_m - 1 / before))
    energy = 0.5 * ((speed + delta_v) ** 2 - speed**2)
    expected = 1 / (1 / before - 2 * energy / 3.986004415e14)
    assert gained - before == pytest.approx(expected - before, rel=0.01)


def test_a_short_strong_burn_is_an_impulse():
    mass, isp = 100.0, 300.0
    delta_v = isp * STANDARD_GRAVITY_M_S2 * math.log(100.0 / 99.99)
    flow = 0.01 / 2.0  # ten grams in two seconds
    finite = FiniteBurn(after(599.0), 2.0, flow * isp * STANDARD_GRAVITY_M_S2, isp, (0.0, 0.0, 1.0))
    impulse = ImpulsiveBurn(after(600.0), (0.0, 0.0, delta_v), specific_impulse_s=isp)
    forces = replace(TWO_BODIES, mass_kg=mass, gravity_degree=8)
    one, other = (propagate(CIRCLE, EPOCH, 0.1, forces, burns=[burn]) for burn in (finite, impulse))
    assert one.mass_kg[-1] == pytest.approx(other.mass_kg[-1], rel=1e-12)
    # a thousandth of what the burn does; an impulse across the track adds dv^2 / 2 of energy, a burn none
    assert np.abs(one.position_m - other.position_m).max() < 1e-3 * delta_v * 900.0


def test_a_burn_along_inertial_axes_keeps_its_direction():
    burn = ImpulsiveBurn(after(900.0), (1.0, -2.0, 2.0), frame="GCRF")
    flown = propagate(CIRCLE, EPOCH, 0.02, TWO_BODIES, burns=[burn])
    change = flown.breaks.velocity_after_m_s - flown.breaks.velocity_before_m_s
    assert change.tolist() == [pytest.approx([1.0, -2.0, 2.0], abs=1e-9)]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ImpulsiveBurn(datetime(2026, 1, 1), (0, 1, 0)), "has no time zone"),
        (lambda: ImpulsiveBurn(EPOCH, (0, 1, 0), frame="LVLH"), "known: RTN, GCRF"),
        (lambda: ImpulsiveBurn(EPOCH, (0, 1, 0), specific_impulse_s=-1.0), "expected above 0"),
        (lambda: FiniteBurn(EPOCH, 0.0, 1.0, 300.0, (0, 1, 0)), "a duration above 0"),
        (lambda: FiniteBurn(EPOCH, 10.0, 1.0, 300.0, (0, 0, 0)), "and a direction"),
        (
            lambda: propagate(CIRCLE, EPOCH, 0.1, burns=[ImpulsiveBurn(after(-1.0), (0, 1, 0))]),
            "is outside the flight from 2026-01-01",
        ),
        (
            lambda: propagate(CIRCLE, EPOCH, -0.1, burns=[ImpulsiveBurn(EPOCH, (0, 1, 0))]),
            "burns are flown forward",
        ),
    ],
)
def test_impossible_burns_are_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()
