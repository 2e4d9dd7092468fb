"""LISSA of the University of Michigan, by ESA's DRAMA (satellite_examples S-42): lifetime by area.

Read at sites.google.com/view/umstarlabsats/li-bus/subsystems/thruster/analyses: 510 km, 7.5 kg, launched on
2027-01-01; about 18 years at the smallest area of 0.0226 m2; tumbling after 18 months of work 5.8 years are
left, after three years 4.4 years. Inclination, drag coefficient and the tumbling area are not published: 97.4
deg and 2.2 are ours, and 0.0226 m2 is the small end of a 6U CubeSat (CubeSat Design Specification 14.1: 100 x
226.3 x 366 mm), whose other sides then follow. The judge of the tumbling cases is therefore one of
plausibility: panels that DRAMA was told of would make them shorter.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from cosmodrome.budgets.disposal import disposal_budget
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.target import CircularTarget
from cosmodrome.orbit.lifetime import lifetime_cases

START = datetime(2027, 1, 1, tzinfo=UTC)
SMALLEST_M2 = 0.0226
WIDE_M, TALL_M, LONG_M = 0.1, 0.2263, 0.366
ALUMINUM = {"name": "aluminum", "solar_absorptance_ratio": 0.3, "infrared_emissivity_ratio": 0.1}


def lissa(**changes):
    sides = {(1, 0, 0): WIDE_M * TALL_M, (0, 1, 0): WIDE_M * LONG_M, (0, 0, 1): TALL_M * LONG_M}
    faces = [
        {
            "name": f"{sign * k} {axis}",
            "area_m2": area,
            "normal": [sign * n for n in axis],
            "finish": ALUMINUM,
        }
        for k, (axis, area) in enumerate(sides.items(), 1)
        for sign in (1, -1)
    ]
    described = {
        "name": "LISSA",
        "components": [
            {"name": "bus", "mass_kg": 7.5 / 1.05, "maturity": "off-the-shelf"}
        ],  # 7.5 with growth
        "modes": [{"name": "on", "components": ["bus"]}],
        "solar_array": {"mounting": "fixed-zenith", "area_m2": 0.05, "cell_efficiency_ratio": 0.3},
        "battery": {"capacity_wh": 80},
        "body": {"faces": faces},
    }
    return Satellite.model_validate(described | changes)


def judged(working_years, **changes):
    mission = SimpleNamespace(
        target=CircularTarget(kind="circular", altitude_km=510, inclination_deg=97.4),
        requirements=Requirements(lifetime_years=working_years, disposal_rule_years=5),
        policy=MarginPolicy(),
        stations=(),
    )
    satellite = lissa(**changes)
    return disposal_budget(mission, satellite, mass_budget(satellite, MarginPolicy()), START)[0]


def test_the_smallest_area():
    """18 years "around 2044": 25 %, as courses of the solar cycle after next differ by as much."""
    mean = next(
        one for one in lifetime_cases(510, 510, 97.4, 7.5 / (2.2 * SMALLEST_M2), START) if one.case == "mean"
    )
    assert mean.lifetime_years == pytest.approx(18.0, rel=0.25)


def test_tumbling_after_the_mission():
    """Within 35 %: 25 % for the solar cycle, and a third of the area for what is not published of it."""
    short, long = judged(1.5), judged(3.0)
    assert short.areas.drag_area_m2 == pytest.approx(SMALLEST_M2, rel=0.005)
    assert short.areas.disposal_area_m2 == pytest.approx(0.071, rel=0.01)
    assert short.remaining_years("mean") == pytest.approx(5.8, rel=0.35)
    assert long.remaining_years("mean") == pytest.approx(4.4, rel=0.35)


def test_the_attitude_after_the_mission_decides_the_verdict():
    """Published: tumbling leaves 5.8 of the 16.5 years that the smallest area would, 0.35; here +- 35 %.

    The rules' answers at the smallest area are the published ones: 25 years hold, 5 do not.
    """
    held = judged(1.5, attitude_after_mission="nadir")
    assert 5 < held.remaining_years("mean") < 25
    ratio = judged(1.5).remaining_years("mean") / held.remaining_years("mean")
    assert ratio == pytest.approx(5.8 / 16.5, rel=0.35)
