"""ESA SRE-PA/2011.097 issue 1.3, Margin philosophy for science assessment studies (example S-48)."""

import pytest

from cosmodrome.budgets.mass import mass_budget
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite


@pytest.mark.parametrize(
    ("maturity", "launch_kg"), [("new", 144.0), ("modified", 132.0), ("off-the-shelf", 126.0)]
)
def test_a_hundred_kilograms_grow_to_the_policy(maturity, launch_kg):
    craft = Satellite.model_validate(
        {
            "name": "hundred",
            "components": [{"name": "all", "mass_kg": 25, "count": 4, "maturity": maturity}],
            "modes": [{"name": "on", "components": ["all"]}],
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 100},
            "drag_area_m2": 1,
        }
    )
    assert mass_budget(craft, MarginPolicy()).launch_mass_kg == pytest.approx(launch_kg)
