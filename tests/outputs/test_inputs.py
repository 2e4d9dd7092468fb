"""What a report says of the numbers that went in."""

from cosmodrome.models.components import Component
from cosmodrome.outputs.inputs import input_rows


def test_powers_by_mode_are_told_with_their_modes_and_left_out_where_there_are_none():
    radio = Component(name="radio", mass_kg=1, power_w=1.5, mode_power_w={"downlink": 10.8, "beacon": 4.0})
    texts = {row.name: (row.text, row.unit) for row in input_rows(radio, "radio")}
    assert texts["mode power"] == ("downlink 10.8, beacon 4", "W")
    assert "mode power" not in {row.name for row in input_rows(Component(name="bus", mass_kg=1), "bus")}
