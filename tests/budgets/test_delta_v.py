"""Propellant asked for is propellant that does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.delta_v import available_delta_v_m_s, delta_v_budget
from cosmodrome.models.mission import MarginPolicy
from cosmodrome.models.satellite import Propulsion

THRUSTER = Propulsion(component="thruster", specific_impulse_s=220, propellant_mass_kg=2)


@given(dry=st.floats(10, 500), maneuvers=st.floats(0, 100), disposal=st.floats(0.1, 200))
def test_the_propellant_asked_for_is_worth_the_delta_v_asked_for(dry, maneuvers, disposal):
    found = delta_v_budget(THRUSTER, MarginPolicy(), dry, maneuvers, disposal)
    loaded = THRUSTER.model_copy(update={"propellant_mass_kg": found.required_propellant_kg})
    assert available_delta_v_m_s(loaded, dry) == pytest.approx(found.required_m_s, rel=1e-9)
    assert found.required_m_s == pytest.approx(1.05 * (maneuvers + disposal))
