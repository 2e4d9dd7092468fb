"""Stated figures: each rule of the slips fires on its published example, or on a crafted figure.

The satellite is made of published parts: the links are those of the AMSAT-IARU sheet (satellite_examples
S-22), the body is that of the coupled FireSat as it converges (S-11).
"""

import pytest

from cosmodrome.budgets.totals import satellite_budgets
from cosmodrome.missionfile import load_mission
from cosmodrome.models.stated import Stated
from cosmodrome.models.target import CircularTarget, EllipticalTarget
from cosmodrome.operations.passes import station_passes
from cosmodrome.orbit.propagate import propagate
from cosmodrome.outputs.stated_text import stated_lines
from cosmodrome.physics.elements import KeplerianElements
from cosmodrome.verdict.stated import stated_figures

MISSION = """
name = "stated"
vehicle = "angara-1.2"
site = "vostochny"
target = { kind = "circular", altitude_km = 826, inclination_deg = 98.7 }
policy = { growth_new_fraction = 0 }

[[stations]]
name = "gs"
latitude_deg = 36
longitude_deg = 139
minimum_elevation_deg = 10
antenna_gain_dbi = 18.5
system_noise_temperature_k = 510
atmospheric_loss_db = 1.5
pointing_loss_db = 0.5
uplink = { rf_power_dbw = 10, line_loss_db = 10.7, antenna_gain_dbi = 22 }

[[stations]]
name = "deaf"
latitude_deg = 0
longitude_deg = 139
antenna_gain_dbi = 12
chain = { antenna_temperature_k = 300, line_loss_db = 0.5061, amplifier_noise_figure_db = 2 }
system_noise_temperature_k = 526

[satellite]
name = "amsat"
drag_area_m2 = 0.01
components = [
    { name = "bus", mass_kg = 1.0, power_w = 0.5 },
    { name = "camera", mass_kg = 0.3, count = 2, power_w = 0.7 },
    { name = "tx", mass_kg = 0.2, power_w = 3 },
]
modes = [
    { name = "on", components = ["bus"] },
    { name = "imaging", duty_fraction = 0.5, components = ["camera"] },
    { name = "down", duty_fraction = 0.1, components = ["tx"] },
]
solar_array = { area_m2 = 0.05, cell_efficiency_ratio = 0.28 }
battery = { capacity_wh = 20 }
propulsion = { component = "bus", specific_impulse_s = 60, propellant_mass_kg = 0.1 }

[satellite.attitude_control]
principal_inertia_kg_m2 = [6405.42, 6405.42, 4906.94]
tilt_deg = 15
pointing_errors = [{ name = "star tracker", error_deg = 3 }, { name = "alignment", error_deg = 4 }]

[satellite.transmitter]
component = "tx"
frequency_mhz = 437
rf_power_dbw = -0.969
line_loss_db = 2.2
antenna_gain_dbi = 3
pointing_loss_db = 6
polarization_loss_db = 0.2
data_rate_mbit_s = 0.0012
required_eb_n0_db = 22
implementation_loss_db = 0

[satellite.receiver]
frequency_mhz = 437
antenna_gain_dbi = 1.8
system_noise_temperature_k = 183
pointing_loss_db = 6
polarization_loss_db = 0.2
data_rate_mbit_s = 0.0012
required_eb_n0_db = 22
implementation_loss_db = 0
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The mission, and what is computed of it."""
    path = tmp_path_factory.mktemp("stated") / "stated.toml"
    path.write_text(MISSION, encoding="utf-8")
    mission = load_mission(path)
    start = KeplerianElements(7_204_137.0, 1e-6, 1.7226, 2.0, 0.0, 0.0)
    orbit = propagate(start, mission.earliest_launch, 1.0, step_s=60.0)
    passes = station_passes(orbit, mission.stations)
    return mission, satellite_budgets(mission, orbit, passes), orbit, passes


@pytest.fixture
def held(found):
    """Hold figures against it: (quantity, value) and more fields by name."""
    mission, budgets, orbit, passes = found

    def hold(*figures, **fields):
        stated = tuple(
            Stated(quantity=quantity, value=value, **(fields | more)) for quantity, value, more in figures
        )
        return stated_figures(mission.model_copy(update={"stated": stated}), budgets, orbit, passes)

    return hold


def rules(figure):
    return [slip.rule for slip in figure.slips]


@pytest.mark.parametrize(
    ("quantity", "of", "value", "rule", "right"),
    [
        ("eirp_dbw", "deaf", 29.83, "dBm for dBW", -0.169),  # 0.8 W is 29 dBm
        ("eirp_dbw", "deaf", -30.17, "dBW for dBm", -0.169),
        ("eirp_dbw", "deaf", 0.962, "factor for decibels", -0.169),
        ("mean_load_w", "", 1500.0, "thousandths for units", 1.5),
        ("launch_mass_kg", "", 1900.0, "thousandths for units", 1.9),
        ("data_rate_bit_s", "gs", 150.0, "bits for bytes", 1200.0),
        ("data_rate_bit_s", "gs", 9600.0, "bytes for bits", 1200.0),
        ("inclination_deg", "", 1.7226, "radians for degrees", 98.7),
        ("elevation_deg", "gs", 0.1745, "radians for degrees", 10.0),
        ("latitude_deg", "gs", 0.6283, "radians for degrees", 36.0),
        ("pointing_error_deg", "", 0.08727, "radians for degrees", 5.0),
        ("semi_major_axis_km", "", 826.0, "altitude for semi-major axis", 7204.137),
        ("altitude_km", "", 7204.1, "semi-major axis for altitude", 826.0),
        ("orbital_period_s", "", 101.4, "minutes for seconds", 6085.3),
        ("system_noise_temperature_k", "deaf", 661.7, "decibels for a factor", 526.4),  # S-18
        ("system_noise_temperature_k", "deaf", 27.2, "decibels for a factor", 526.4),
        ("mean_load_w", "", 0.8, "omitted item", 1.5),
        ("launch_mass_kg", "", 1.8, "omitted item", 1.9),
        ("dry_mass_kg", "", 1.3, "omitted item", 1.8),
        ("free_space_loss_db", "gs", 92.93, "a factor of 1000 in distance or frequency", 152.93),
        ("slant_range_km", "gs", 3350.0, "another elevation", 2420.28),
    ],
)
def test_each_rule_fires_and_shows_the_right_number(held, quantity, of, value, rule, right):
    (figure,) = held((quantity, value, {"of": of}), direction="down" if "_k" in quantity[-2:] else None)
    assert not figure.agrees
    assert rule in rules(figure), figure.slips
    assert figure.computed == pytest.approx(right, rel=2e-3, abs=2e-3)
    assert f"{figure.computed:.6g}" in stated_lines([figure])[1]


def test_both_directions_of_s_22_by_name(held):
    """EIRP -0.2 dBW down and 21.3 dBW up are two quantities, and both are right."""
    down, up = held(
        ("eirp_dbw", -0.2, {"direction": "down"}), ("eirp_dbw", 21.3, {"direction": "up"}), of="gs"
    )
    assert (down.words, up.words) == ("downlink EIRP", "uplink EIRP")
    assert down.agrees
    assert up.agrees
    assert down.slips == up.slips == ()
    assert up.computed == pytest.approx(21.3, abs=1e-9)
    unnamed = held(("eirp_dbw", -0.2, {}), ("eirp_dbw", 21.3, {}), of="gs")
    assert [figure.direction for figure in unnamed] == ["down", "up"]  # the one that comes nearer
    assert all(figure.agrees and not figure.slips for figure in unnamed)


def test_uplinks_of_s_22(held):
    """Satellite_examples S-22: path 152.9 dB, Eb/N0 37.1 and margin 15.1 dB, printed to 0.1 dB."""
    figures = held(
        ("slant_range_km", 2420.28, {"tolerance_fraction": 1e-5}),
        ("free_space_loss_db", 152.9, {}),
        ("eb_n0_db", 37.1, {}),
        ("link_margin_db", 15.1, {}),
        of="gs",
        direction="up",
        tolerance_fraction=0.025,  # 0.1 dB
    )
    assert [figure.agrees for figure in figures] == [True] * 4, figures
    assert figures[-1].words == "uplink margin"


def test_g_over_t_of_s_22_does_not_follow_from_its_parts(held):
    """Printed -22.0 dB/K; 3.0 - 1.2 - 22.6 = -20.8."""
    (figure,) = held(("g_over_t_db_k", -22.0, {"of": "gs", "direction": "up"}))
    assert rules(figure) == ["G/T not from its parts"]
    assert figure.computed == pytest.approx(-20.8, abs=0.05)
    assert "1.8 dBi − 10 log(183 K) = -20.82 dB/K" in figure.slips[0].text


@pytest.mark.parametrize("printed", [-24.12, -23.92])
def test_g_over_t_of_s_26_does_not_follow_from_its_parts(found, printed):
    """Western University: 1.5 dBi and 332.62 K are -23.72 dB/K; its page prints two other numbers."""
    mission, budgets, orbit, passes = found
    ends = {"antenna_gain_dbi": 1.5, "system_noise_temperature_k": 332.62}
    receiver = mission.satellite.receiver.model_copy(update=ends)
    satellite = mission.satellite.model_copy(update={"receiver": receiver})
    mission = mission.model_copy(update={"satellite": satellite})
    budgets = satellite_budgets(mission, orbit, passes)
    stated = (Stated(quantity="g_over_t_db_k", value=printed, of="gs", direction="up"),)
    mission = mission.model_copy(update={"stated": stated})
    (figure,) = stated_figures(mission, budgets, orbit, passes)
    assert rules(figure) == ["G/T not from its parts"]
    assert figure.computed == pytest.approx(-23.72, abs=0.005)


def test_g_over_t_follows_from_a_noise_figure_taken_for_a_factor(held):
    """12 dBi and 661.7 K (S-18) are -16.2 dB/K."""
    (figure,) = held(("g_over_t_db_k", -16.2, {"of": "deaf", "direction": "down"}))
    assert rules(figure) == ["follows from another"]
    assert "661.7 K: a noise figure of 2 dB was taken for a factor" in figure.slips[0].text


def test_the_torque_of_s_11_has_its_degrees_taken_for_radians(found):
    """15 deg of tilt: 3.09e-5 N m; 6.10e-5 with 15 as radians, as the code of samtx/firesat has it."""
    mission, budgets, orbit, passes = found
    orbit_18000 = CircularTarget(kind="circular", altitude_km=18_000.003, inclination_deg=0)
    mission = mission.model_copy(update={"target": orbit_18000})

    def hold(value_n_m):
        stated = Stated(quantity="gravity_gradient_torque_n_m", value=value_n_m, tolerance_fraction=0.005)
        return stated_figures(mission.model_copy(update={"stated": (stated,)}), budgets, orbit, passes)[0]

    assert hold(3.09e-5).agrees
    assert rules(hold(6.10e-5)) == ["degrees for radians"]
    assert hold(6.10e-5).computed == pytest.approx(3.09e-5, abs=5e-8)


def test_angles_are_the_same_after_a_turn(found):
    mission, budgets, orbit, passes = found
    target = EllipticalTarget(
        kind="elliptical",
        perigee_altitude_km=800,
        apogee_altitude_km=850,
        inclination_deg=98.7,
        raan_deg=359.9,
        argument_of_perigee_deg=90,
    )
    stated = (
        Stated(quantity="raan_deg", value=-0.1, tolerance_fraction=1e-6),
        Stated(quantity="argument_of_perigee_deg", value=1.5708),
        Stated(quantity="beta_angle_deg", value=-90),
    )
    mission = mission.model_copy(update={"stated": stated, "target": target})
    node, perigee, beta = stated_figures(mission, budgets, orbit, passes)
    assert node.agrees
    assert rules(perigee) == ["radians for degrees"]
    assert -90 < beta.computed < 0  # the largest of the seasons, with the sign that is stated


def test_two_items_at_once_are_missed(held):
    (figure,) = held(("dry_mass_kg", 1.3, {"tolerance_fraction": 1e-3}))
    assert figure.slips[0].text == "the sum leaves out 1 of 2 camera (0.3) and tx (0.2)"
    (figure,) = held(("launch_mass_kg", 1.6, {"tolerance_fraction": 1e-3}))
    assert figure.slips[0].text == "the sum leaves out 1 of 2 camera (0.3)"
    (figure,) = held(("mean_load_w", 0.7, {}))
    assert figure.slips[0].text == "the sum leaves out bus (0.5) and tx (0.3)"


def test_an_eclipse_longer_than_geometry_allows_is_told_even_where_it_agrees(held):
    """At 826 km the shadow is crossed in 35.1 min at most (S-07: 35.13 at 800, 34.94 at 1000 km)."""
    (figure,) = held(("longest_eclipse_s", 2150.0, {"tolerance_fraction": 0.5}))
    assert not figure.agrees
    assert rules(figure) == ["longer than geometry allows"]
    (figure,) = held(("longest_eclipse_s", 2106.0, {"tolerance_fraction": 0.5}))
    assert figure.agrees
    assert figure.slips == ()


def test_one_quantity_stated_twice(held):
    figures = held(
        ("data_rate_bit_s", 1200.0, {}), ("data_rate_bit_s", 2400.0, {}), of="gs", direction="down"
    )
    assert [rules(figure) for figure in figures] == [["stated twice"], ["stated twice"]]
    assert not any(figure.agrees for figure in figures)


def test_margins_are_held_against_their_stated_parts(held):
    """The limit of 1.33 kg a unit is that of revision 13; 14.1 has 2.00 kg (satellite_examples, errata 4)."""
    limit, mass, margin, off = held(
        ("cubesat_mass_limit_kg", 2.666, {"of": "2U"}),
        ("dry_mass_kg", 1.3, {}),
        ("mass_margin_kg", 1.366, {}),
        ("mass_margin_kg", 0.5, {}),
    )
    assert (limit.computed, rules(limit)) == (4.0, ["superseded limit"])
    assert rules(mass) == ["omitted item"]
    assert rules(margin)[0] == "follows from another"
    assert margin.computed == pytest.approx(2.666 - 1.9)
    assert rules(off)[0] == "not from its parts"


def test_loads_and_masses_of_modes_and_components(held):
    figures = held(
        ("mean_load_w", 1.4, {"of": "imaging"}),
        ("mean_load_w", 3.0, {"of": "tx"}),
        ("dry_mass_kg", 0.6, {"of": "camera"}),
    )
    assert all(figure.agrees for figure in figures), figures


def test_what_the_mission_does_not_hold_is_said_so(held):
    (figure,) = held(("eirp_dbw", 20.0, {"of": "deaf", "direction": "up"}))
    assert figure.computed is None
    assert not figure.agrees
    assert "does not hold what it follows from" in stated_lines([figure])[1]
