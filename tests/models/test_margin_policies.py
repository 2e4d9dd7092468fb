"""Presets by name, with own numbers over them, and what is said of a name that is none."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.margin_policies import KNOWN_POLICIES, MarginPolicy


def test_the_default_is_esa():
    # SRE-PA/2011.097 issue 1.3, section 2.1.1, R-M2-1, R-DV-11, R-DV-12
    policy = MarginPolicy()
    assert policy == MarginPolicy.model_validate("esa")
    assert (policy.growth_off_the_shelf_fraction, policy.growth_new_fraction) == (0.05, 0.20)
    assert (policy.system_margin_fraction, policy.delta_v_margin_fraction) == (0.20, 0.05)
    assert policy.delta_v_allowance_margin_fraction == 1.0


def test_a_name_stands_for_its_numbers():
    # GSFC-STD-1000H table 1.06-1: mass above 15 %, power above 25 %
    policy = MarginPolicy.model_validate("nasa-gsfc")
    assert policy.name == "NASA GSFC-STD-1000H"
    assert (policy.system_margin_fraction, policy.power_margin_fraction) == (0.15, 0.25)


def test_own_numbers_lie_over_the_preset_and_say_so():
    policy = MarginPolicy.model_validate({"preset": "aiaa", "system_margin_fraction": 0.3})
    assert policy.system_margin_fraction == 0.3
    assert policy.growth_modified_fraction == 0.15
    assert policy.name == "like AIAA S-120A with own numbers"
    assert MarginPolicy(system_margin_fraction=0.3).name == "ESA SRE-PA/2011.097 with own numbers"
    assert MarginPolicy(system_margin_fraction=0.3, name="ours").name == "ours"


def test_a_bound_of_the_payload_is_not_another_policy():
    assert MarginPolicy(payload_bound="physics").name == "ESA SRE-PA/2011.097"


@pytest.mark.parametrize("name", KNOWN_POLICIES)
def test_every_preset_names_its_source(name):
    assert MarginPolicy.model_validate(name).source


def test_an_unknown_name_is_told_with_those_that_there_are():
    with pytest.raises(ValidationError) as raised:
        MarginPolicy.model_validate("essa")
    (error,) = raised.value.errors()
    assert error["msg"] == "the margin policy 'essa' is not known"
    assert error["ctx"]["help"] == "did you mean 'esa'? known: esa, nasa-gsfc, aiaa"
