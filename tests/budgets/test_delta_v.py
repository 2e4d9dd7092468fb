"""Propellant asked for is propellant that does; each line has the margin of how it was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.delta_v import Maneuver, available_delta_v_m_s, delta_v_budget
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Propulsion

THRUSTER = Propulsion(component="thruster", specific_impulse_s=220, propellant_mass_kg=2)
ION = Propulsion(
    component="thruster", specific_impulse_s=2000, propellant_mass_kg=1, kind="electric", thrust_n=1e-3
)


def computed(delta_v_m_s):
    return Maneuver("burn", delta_v_m_s, "computed", "")


@given(dry=st.floats(10, 500), maneuvers=st.floats(0, 100), disposal=st.floats(0.1, 200))
def test_the_propellant_asked_for_is_worth_the_delta_v_asked_for(dry, maneuvers, disposal):
    found = delta_v_budget(THRUSTER, MarginPolicy(), dry, (computed(maneuvers),), computed(disposal))
    loaded = THRUSTER.model_copy(update={"propellant_mass_kg": found.required_propellant_kg})
    assert available_delta_v_m_s(loaded, dry) == pytest.approx(found.required_m_s, rel=1e-9)
    assert found.required_m_s == pytest.approx(1.05 * (maneuvers + disposal))


def test_allowances_are_doubled_and_computed_maneuvers_take_five_percent():
    # ESA SRE-PA/2011.097: R-DV-11 and R-DV-12
    lines = (computed(10.0), Maneuver("evading", 3.0, "allowance", ""))
    found = delta_v_budget(THRUSTER, MarginPolicy(), 100.0, lines, computed(20.0))
    assert [line.required_m_s for line in found.lines] == pytest.approx([10.5, 6.0, 21.0])
    assert (found.maneuvers_m_s, found.disposal_m_s) == (13.0, 20.0)
    assert found.margin_m_s == pytest.approx(4.5)


def test_electric_thrust_takes_weeks_and_chemical_thrust_is_not_timed():
    found = delta_v_budget(ION, MarginPolicy(), 100.0, (), computed(100.0))
    # 105 m/s x 100 kg at 1 mN and half of the time: 2.1e7 s, a little more for the propellant on board
    assert found.thrust_days == pytest.approx(2.1e7 / 86400, rel=0.01)
    assert delta_v_budget(THRUSTER, MarginPolicy(), 100.0, (), computed(1.0)).thrust_days is None
