"""Mass: growth by maturity, system margin and propellant; the adapter is not payload."""

import pytest

from cosmodrome.budgets.mass import mass_budget
from cosmodrome.models.margin_policies import MarginPolicy


def test_launch_mass_is_the_sum_of_its_parts(small_satellite):
    satellite = small_satellite(
        propulsion={"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": 3}
    )
    budget = mass_budget(satellite, MarginPolicy(), adapter_mass_kg=7)
    # 40 kg at 5 %, 20 kg at 10 %, 2 x 2 kg at 20 %; 20 % on the sum; propellant without allowance, no adapter
    assert budget.best_estimate_kg == pytest.approx(64)
    assert budget.with_growth_kg == pytest.approx(42 + 22 + 4.8)
    assert budget.launch_mass_kg == pytest.approx(1.2 * 68.8 + 3)
    assert budget.best_estimate_launch_mass_kg == pytest.approx(67)
    assert budget.adapter_kg == 7


def test_each_line_counts_all_its_units(small_satellite):
    lines = {line.name: line for line in mass_budget(small_satellite(), MarginPolicy()).lines}
    assert lines["radio"].best_estimate_kg == pytest.approx(4)
    assert lines["radio"].growth_fraction == 0.20
    assert lines["bus"].growth_fraction == 0.05
