"""Propellant asked for is propellant that does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.delta_v import available_delta_v_m_s, delta_v_budget
from cosmodrome.models.mission import MarginPolicy
from cosmodrome.models.satellite import Propulsion
from cosmodrome.physics.maneuvers import perigee_change_delta_v_m_s, perigee_radius_after_m

THRUSTER = Propulsion(component="thruster", specific_impulse_s=220, propellant_mass_kg=2)


@given(dry=st.floats(10, 500), maneuvers=st.floats(0, 100), disposal=st.floats(0.1, 200))
def test_the_propellant_asked_for_is_worth_the_delta_v_asked_for(dry, maneuvers, disposal):
    found = delta_v_budget(THRUSTER, MarginPolicy(), dry, maneuvers, disposal)
    loaded = THRUSTER.model_copy(update={"propellant_mass_kg": found.required_propellant_kg})
    assert available_delta_v_m_s(loaded, dry) == pytest.approx(found.required_m_s, rel=1e-9)
    assert found.required_m_s == pytest.approx(1.05 * (maneuvers + disposal))


@given(drop=st.floats(1e3, 400e3), eccentric=st.floats(0, 500e3))
def test_lowering_a_perigee_inverts(drop, eccentric):
    perigee, apogee = 6928e3, 6928e3 + eccentric
    delta_v = perigee_change_delta_v_m_s(apogee, perigee, perigee - drop)
    assert perigee_radius_after_m(apogee, perigee, delta_v) == pytest.approx(perigee - drop, abs=1e-3)


def test_more_than_the_speed_at_apogee_falls_to_the_center():
    assert perigee_radius_after_m(6928e3, 6928e3, 9000.0) == 0.0
