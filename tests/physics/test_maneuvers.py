"""Maneuvers: inverses, and Hohmann's transfer from Vallado's example 6-1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.maneuvers import (
    perigee_change_delta_v_m_s,
    perigee_radius_after_m,
    propellant_mass_kg,
    rocket_delta_v_m_s,
)

LOW_M, HIGH_M = 6569.4813e3, 42159.4856e3  # Vallado (2013), example 6-1


def test_hohmann_burns():
    # Vallado prints 2.457 and 1.478 km/s. Seen from the low apsis the high one is the apsis that moves.
    first = perigee_change_delta_v_m_s(LOW_M, LOW_M, HIGH_M)
    second = perigee_change_delta_v_m_s(HIGH_M, LOW_M, HIGH_M)
    assert first == pytest.approx(2457, abs=1)
    assert second == pytest.approx(1478, abs=1)


@given(perigee=st.floats(6500e3, 7000e3), above=st.floats(0, 2000e3), drop=st.floats(0, 300e3))
def test_perigee_lowering_inverts(perigee, above, drop):
    delta_v = perigee_change_delta_v_m_s(perigee + above, perigee, perigee - drop)
    assert perigee_radius_after_m(perigee + above, perigee, delta_v) == pytest.approx(
        perigee - drop, abs=0.01
    )


def test_more_than_the_speed_at_apogee_falls_to_the_center():
    assert perigee_radius_after_m(6928e3, 6928e3, 9000.0) == 0.0


@given(isp=st.floats(40, 3000), dry=st.floats(1, 1e4), delta_v=st.floats(0, 3000))
def test_propellant_inverts_the_rocket_equation(isp, dry, delta_v):
    propellant = propellant_mass_kg(isp, dry, delta_v)
    assert rocket_delta_v_m_s(isp, dry + propellant, propellant) == pytest.approx(delta_v, abs=1e-6)
