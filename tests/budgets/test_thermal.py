"""The thermal budget over turned days: balances, limits, and a heater that does what it is said to do."""

import math
from dataclasses import replace

import numpy as np
import pytest

from cosmodrome.budgets.heat import body_nodes
from cosmodrome.budgets.thermal import thermal_budget
from cosmodrome.constants import STEFAN_BOLTZMANN_W_M2_K4
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.operations.timeline import mode_timeline
from cosmodrome.orbit.beta_calendar import BetaCalendar
from cosmodrome.orbit.seasons import SeasonDay, Seasons

WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
BLACK = {"name": "black", "solar_absorptance_ratio": 0.86, "infrared_emissivity_ratio": 0.86}
NORMALS = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))


def box(finish=BLACK, area_m2=0.25, **changes):
    faces = [
        {"name": f"face {k}", "area_m2": area_m2, "normal": normal, "finish": finish}
        for k, normal in enumerate(NORMALS)
    ]
    return {"faces": faces} | changes


PERIOD_S = 5926.0


@pytest.fixture
def small_satellite(small_satellite):
    """The same, tumbling unless said."""
    return lambda **changes: small_satellite(**{"attitude": "tumbling"} | changes)


@pytest.fixture
def seasons(circular_orbit):
    """A day in the plane of the Sun and one without eclipse, of a synthetic orbit."""

    def build(*betas_deg):
        days = []
        for beta_deg in betas_deg:
            orbit = circular_orbit(beta_deg=beta_deg, orbits=2, steps_per_orbit=200)
            days.append(SeasonDay(beta_deg, 0.0, orbit, orbit.illumination_ratio))
        nothing = np.zeros(1)
        calendar = BetaCalendar(days[0].ephemeris.epoch, nothing, nothing, nothing, 64.3, ())
        return Seasons(calendar, float(days[0].ephemeris.elapsed_s[200]), tuple(days), 2100.0)

    return build


def budget(satellite, seasons, policy=None):
    timelines = [
        mode_timeline(satellite, day.start, day.ephemeris.elapsed_s, day.illumination_ratio, ())
        for day in seasons.days
    ]
    return thermal_budget(satellite, policy or MarginPolicy(), seasons, timelines)


def limited(*limits, **changes):
    parts = [
        {"name": "bus", "mass_kg": 40, "power_w": 30, "maturity": "off-the-shelf"},
        {"name": "camera", "mass_kg": 20, "power_w": 40, "maturity": "modified"},
        {"name": "radio", "mass_kg": 2, "power_w": 25, "count": 2},
    ]
    for part, (low, high) in zip(parts, limits, strict=False):
        part |= {"min_temperature_c": low, "max_temperature_c": high}
    parts[0] |= changes
    return parts


def test_without_a_body_there_is_no_budget(small_satellite, seasons):
    assert budget(small_satellite(), seasons(0.0)) is None


def test_heat_that_comes_in_goes_out_at_every_node(small_satellite, seasons):
    found = budget(small_satellite(body=box()), seasons(0.0, 70.0))
    for orbit in (found.hot, found.cold):
        account = orbit.account
        through = account.absorbed_wh + account.radiated_wh + np.abs(account.conducted_wh)
        assert np.abs(account.imbalance_wh / through).max() <= 1e-9
        assert np.abs(account.stored_change_wh / through).max() <= 1e-6  # it repeats itself
        mean_w = (orbit.absorbed_w + orbit.dissipated_w) * orbit.timeline.elapsed_s[-1] / 3600
        assert account.absorbed_wh.sum() == pytest.approx(mean_w)


def test_one_node_rests_where_the_closed_form_does(small_satellite, seasons):
    """No eclipse, tumbling: a S A/4 + F (a albedo S + e IR) A + load, all radiated by e sigma A T^4."""
    satellite = small_satellite(body=box(nodes="one"), transmitter=None)
    found = budget(satellite, seasons(90.0))
    area, view = 1.5, (1 - math.sqrt(1 - (6378.137 / 7078.137) ** 2)) / 2
    load_w = 30 + 0.2 * 40  # in sunlight all the time
    heat = 0.86 * area * (1322 / 4 + view * 220) + load_w  # the Sun on the horizon below: no albedo
    rest_c = (heat / (0.86 * area * STEFAN_BOLTZMANN_W_M2_K4)) ** 0.25 - 273.15
    assert len(found.nodes) == 1
    assert found.nodes[0].cold_min_c == pytest.approx(rest_c, abs=0.05)
    assert found.nodes[0].cold_mean_c == pytest.approx(rest_c, abs=0.05)
    grown = 30 * 1.05 * 1.2 + 0.2 * 40 * 1.10 * 1.2
    heat = 0.86 * area * (1422 / 4 + view * 260) + grown / 0.85
    rest_c = (heat / (0.86 * area * STEFAN_BOLTZMANN_W_M2_K4)) ** 0.25 - 273.15
    assert found.nodes[0].hot_max_c == pytest.approx(rest_c, abs=0.05)


def test_six_well_joined_faces_are_one_node(small_satellite, seasons):
    one = budget(small_satellite(body=box(nodes="one")), seasons(0.0))
    six = budget(small_satellite(body=box(conductance_w_k=1e4, specific_heat_j_kg_k=900)), seasons(0.0))
    assert six.nodes[-1].name == "inside"
    # the inside's mass is that of all less the faces', so the sum is the same
    assert six.nodes[-1].hot_max_c == pytest.approx(one.nodes[0].hot_max_c, abs=0.2)
    assert six.nodes[-1].cold_min_c == pytest.approx(one.nodes[0].cold_min_c, abs=0.2)


def test_the_hot_orbit_is_the_lit_one_and_the_cold_one_the_dark_one(small_satellite, seasons):
    found = budget(small_satellite(body=box()), seasons(0.0, 75.0))
    assert (found.hot.beta_angle_deg, found.cold.beta_angle_deg) == (75.0, 0.0)
    assert all(node.hot_max_c > node.cold_min_c for node in found.nodes)


def test_the_heater_that_is_asked_for_keeps_the_limits(small_satellite, seasons):
    parts = limited((10.0, 50.0), (-60.0, 50.0), face="face 2")
    satellite = small_satellite(components=parts, body=box(finish=WHITE, temperature_margin_k=5.0))
    found = budget(satellite, seasons(0.0))
    cold_c = {part.name: part.cold_min_c for part in found.parts}
    assert cold_c["bus"] < 15.0
    assert [node.name for node in found.nodes if node.heater_w > 0] == ["face 2"]
    heater = {"name": "heater", "mass_kg": 1e-6, "power_w": found.required_heater_w, "face": "face 2"}
    heater |= {"maturity": "off-the-shelf"}
    modes = [mode.model_dump() for mode in satellite.modes] + [{"name": "warm", "components": ["heater"]}]
    warmed = budget(
        small_satellite(
            components=[*parts, heater], modes=modes, body=box(finish=WHITE, temperature_margin_k=5.0)
        ),
        seasons(0.0),
    )
    assert {part.name: part.cold_min_c for part in warmed.parts}["bus"] == pytest.approx(15.0, abs=0.01)
    assert warmed.required_heater_w == pytest.approx(0.0, abs=0.01)


def test_a_named_heater_is_left_out_of_the_heat_and_counted_as_available(small_satellite, seasons):
    parts = [*limited((10.0, 50.0)), {"name": "heater", "mass_kg": 0.1, "power_w": 12}]
    modes = [mode.model_dump() for mode in small_satellite().modes]
    modes += [{"name": "warm", "components": ["heater"], "duty_fraction": 0.5}]
    without = budget(small_satellite(components=parts, body=box(finish=WHITE)), seasons(0.0))
    named = budget(
        small_satellite(components=parts, modes=modes, body=box(finish=WHITE, heater="heater")), seasons(0.0)
    )
    assert without.available_heater_w is None
    assert named.available_heater_w == pytest.approx(6.0)
    assert named.required_heater_w == pytest.approx(without.required_heater_w, rel=1e-3)


def test_what_is_radiated_as_signal_does_not_warm(small_satellite, seasons):
    """A transmitter of 3 dBW behind a line of 1 dB, always on: 1.6 W less heat than without an antenna."""
    modes = [{"name": "talk", "components": ["radio"]}]
    with_antenna = budget(small_satellite(modes=modes, body=box()), seasons(0.0))
    without = budget(small_satellite(modes=modes, body=box(), transmitter=None), seasons(0.0))
    assert without.cold.dissipated_w - with_antenna.cold.dissipated_w == pytest.approx(10**0.2)


def test_cells_on_faces_take_their_electricity_out_of_the_cold_case_only(small_satellite, seasons):
    body = box()
    body["faces"][4] |= {"cell_area_m2": 0.2}
    array = {"mounting": "faces", "cell_efficiency_ratio": 0.3}
    found = budget(small_satellite(body=body, solar_array=array, attitude="sun"), seasons(90.0))
    plain = budget(
        small_satellite(body=body, attitude="sun"), seasons(90.0)
    )  # a panel apart: the cells keep what they take
    taken = plain.cold.absorbed_w - found.cold.absorbed_w
    assert taken == pytest.approx(0.2 * 0.3 * 1322, rel=1e-3)


def test_nodes_hold_all_of_the_mass(small_satellite):
    satellite = small_satellite(body=box())
    network = body_nodes(satellite, satellite.body).network
    assert network.heat_capacity_j_k.sum() == pytest.approx(900 * 64)
    assert network.emitting_area_m2.sum() == pytest.approx(0.86 * 1.5)
    edges = small_satellite(body=box(edge_conductance_w_k=0.3))
    links = body_nodes(edges, edges.body).network.conductance_w_k
    assert links[0, 1] == 0.0  # back to back
    assert links[0, 2] == 0.3
    assert links == pytest.approx(links.T)


def test_a_hotter_environment_is_hotter(small_satellite, seasons):
    satellite = small_satellite(body=box())
    base = budget(satellite, seasons(0.0))
    mild = {"solar_flux_w_m2": 1322.0, "albedo_ratio": 0.25, "earth_infrared_w_m2": 220.0}
    mild = budget(small_satellite(body=box(hot=mild)), seasons(0.0))
    assert all(a.hot_max_c > b.hot_max_c for a, b in zip(base.nodes, mild.nodes, strict=True))


def test_it_says_what_it_is(small_satellite, seasons):
    found = budget(small_satellite(body=box(nodes="one")), seasons(0.0))
    assert repr(replace(found, required_heater_w=1.0)).startswith("<ThermalBudget 1 nodes, ")
