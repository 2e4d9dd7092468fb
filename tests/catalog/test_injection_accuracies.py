"""The injection accuracies of the catalog: sourced, plausible, and of no weight for the flown reserves."""

import numpy as np
import pytest

from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.catalog.reserves import vehicle_fingerprint
from cosmodrome.catalog.typical_accuracy import typical_injection_accuracy
from cosmodrome.models.quantity import Quantity

STATED = {name: find_vehicle(name).injection_accuracies for name in vehicle_names()}
TABLES = [(name, table) for name, tables in STATED.items() for table in tables]


def three_sigma(table):
    """The wider of the two apses [km], and the inclination [deg]."""
    if table.semi_major_axis_error_km is not None:
        size_km = table.semi_major_axis_error_km.value
    else:
        size_km = max(table.perigee_altitude_error_km.value, table.apogee_altitude_error_km.value)
    return np.array([size_km, table.inclination_error_deg.value]) * 3 / table.sigma_level


def test_the_vehicles_with_a_guide_have_a_table():
    assert {name for name, tables in STATED.items() if tables} == {
        *("ariane-5-eca", "ariane-5-es", "ariane-62", "ariane-64", "delta-ii-7320", "delta-ii-7920"),
        *("electron", "electron-kick", "epsilon", "falcon-9-asds", "falcon-9-expendable", "falcon-heavy"),
        *("minotaur-i", "minotaur-iv", "pegasus-xl", "pslv-ca", "pslv-g", "pslv-xl", "vega", "vega-c"),
    }


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_what_was_not_read_is_not_trusted(name, table):
    for key in type(table).model_fields:
        number = getattr(table, key)
        if isinstance(number, Quantity):
            assert ("from memory" not in number.source) or number.confidence == "low", key


@pytest.mark.parametrize("name", ["falcon-9-asds", "vega-c", "minotaur-i"])
def test_a_table_leaves_the_fingerprint_alone(name):
    vehicle = find_vehicle(name)
    without = vehicle.model_copy(update={"injection_accuracies": ()})
    assert vehicle_fingerprint(without) == vehicle_fingerprint(vehicle)


ONE_OF_EACH_GUIDE = (
    *("ariane-5-es", "ariane-62", "delta-ii-7920", "electron", "epsilon", "falcon-9-asds"),
    *("minotaur-i", "minotaur-iv", "pegasus-xl", "pslv-xl", "vega", "vega-c"),
)


def test_the_typical_accuracy_is_what_its_file_says_of_the_others():
    rows = {name: three_sigma(STATED[name][0]) for name in ONE_OF_EACH_GUIDE}
    assert np.median(list(rows.values()), axis=0) == pytest.approx([15.0, 0.15])
    size_km, tilt_deg = three_sigma(typical_injection_accuracy())
    wider = {name for name, row in rows.items() if row[0] > size_km}
    assert wider == {"minotaur-i", "minotaur-iv", "pegasus-xl"}
    assert all(row[1] <= tilt_deg + 1e-12 for row in rows.values())
