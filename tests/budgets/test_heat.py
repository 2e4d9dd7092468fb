"""Heat of the parts: all that is drawn, less what leaves by the antenna; the line's loss stays."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.heat import part_heat_w
from cosmodrome.budgets.power import part_power_w
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, load_w

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3)
RF_W, LINE_LOSS_DB = 2.0, 1.0


def transceiver(listens_w, sends_w):
    return Satellite.model_validate(
        {
            "name": "s",
            "components": [
                {"name": "radio", "mass_kg": 1, "power_w": listens_w, "mode_power_w": {"talk": sends_w}}
            ],
            "modes": [{"name": name, "components": ["radio"]} for name in ("listen", "talk", "warm up")],
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 100},
            "transmitter": {
                "component": "radio",
                "frequency_mhz": 2200,
                "rf_power_dbw": 10 * np.log10(RF_W),
                "line_loss_db": LINE_LOSS_DB,
                "antenna_gain_dbi": 3,
                "data_rate_mbit_s": 1,
                "required_eb_n0_db": 4,
            },
            "drag_area_m2": 1,
        }
    )


@given(SHARES, st.floats(0, 2), st.floats(2.1, 100), st.sampled_from([None, MarginPolicy()]))
def test_heat_and_signal_are_what_is_drawn(shares, listens_w, sends_w, policy):
    """Whatever the modes share of a step; the signal is that of the time in which it sends."""
    craft = transceiver(listens_w, sends_w)
    on = np.array(shares)[:, None]
    one = np.ones(1)
    timeline = ModeTimeline(EPOCH, np.array([0.0, 60.0]), one, one, one, ("listen", "talk", "warm up"), on)
    drawn = load_w(timeline, craft, part_power_w(craft, policy))
    heat = load_w(timeline, craft, part_heat_w(craft, policy))
    assert heat + RF_W * 10 ** (-LINE_LOSS_DB / 10) * shares[1] == pytest.approx(drawn, rel=1e-9, abs=1e-9)
    assert (heat >= -1e-12).all()
