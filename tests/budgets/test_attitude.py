"""Torques along an orbit against their closed forms, and what wheels and torquers are asked for."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.budgets.attitude import actuators_of, attitude_budget
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, SOLAR_IRRADIANCE_W_M2, SPEED_OF_LIGHT_M_S
from cosmodrome.models.mission import Requirements
from cosmodrome.physics.attitude_control import slew_torque_n_m
from cosmodrome.physics.disturbances import largest_dipole_field_t, largest_gravity_gradient_torque_n_m

RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 700e3
WHEELS = {"name": "wheel", "mass_kg": 1, "count": 4, "momentum_n_m_s": 1.0, "torque_n_m": 0.02}
RODS = {"name": "rod", "mass_kg": 1, "count": 3, "dipole_a_m2": 10.0}


class Asked:
    """The part of a mission that the attitude budget reads."""

    def __init__(self, **asked):
        self.requirements = Requirements(**asked)


@pytest.fixture
def budget(small_satellite, circular_orbit):
    def judged(control=None, parts=(), asked=None, beta_deg=0.0, **satellite):
        components = [{"name": name, "mass_kg": 20, "power_w": 5} for name in ("bus", "camera", "radio")]
        body = small_satellite(
            components=[*components, *parts],
            attitude_control={"principal_inertia_kg_m2": [90, 60, 90], "tilt_deg": 0.0, **(control or {})},
            **satellite,
        )
        orbit = circular_orbit(beta_deg=beta_deg)
        found = attitude_budget(Asked(**(asked or {})), body, orbit, orbit.illumination_ratio)
        return {torque.name: torque for torque in found.torques}, found

    return judged


def test_a_body_held_upright_without_arms_and_dipole_is_not_disturbed(budget):
    _, found = budget()
    assert found.largest_torque_n_m == pytest.approx(0.0, abs=1e-15)
    assert found.required_momentum_n_m_s == pytest.approx(0.0, abs=1e-12)
    assert found.orbits_count == 14


def test_gravity_gradient_of_a_roll_is_that_of_the_closed_form(budget):
    # tilted about x alone the torque is 3 mu / 2 r^3 |Iz - Iy| sin 2 theta; here Ix = Iz, so that the tilt
    # about y does nothing
    torques, _ = budget({"tilt_deg": 30.0})
    exact = largest_gravity_gradient_torque_n_m(RADIUS_M, 30.0, math.radians(30))
    assert torques["gravity gradient"].largest_n_m == pytest.approx(exact, rel=1e-6)
    assert torques["gravity gradient"].mean_n_m == pytest.approx(exact, rel=1e-6)


def test_a_roll_torque_turns_with_the_orbit_and_leaves_nothing_behind(budget):
    # constant in the body at the orbit's rate n its momentum goes around a circle of radius T / n
    torques, found = budget({"tilt_deg": 30.0})
    torque = torques["gravity gradient"].largest_n_m
    rate = math.sqrt(3.986004418e14 / RADIUS_M**3)
    assert found.secular_momentum_n_m_s < 0.01 * torque / rate
    assert found.cyclic_momentum_n_m_s == pytest.approx(torque / rate, rel=0.01)


def test_a_pitch_torque_of_the_air_piles_up(budget):
    # the center of pressure below the center of mass: drag turns about the orbit's normal all the time
    torques, found = budget({"pressure_offset_m": [0.0, 0.0, 0.2]}, reflectivity_coefficient=0.0)
    air = torques["air"]
    assert air.secular_n_m == pytest.approx(air.mean_n_m, rel=1e-6)
    period_s = 2 * math.pi * math.sqrt(RADIUS_M**3 / 3.986004418e14)
    assert found.secular_momentum_n_m_s == pytest.approx(air.mean_n_m * period_s, rel=2e-3)
    assert air.mean_n_m > 0


def test_sunlight_on_an_arm(budget):
    # pointing to the Sun with the arm across: S / c x A x C_R x arm; the shadow is a third of the orbit
    arm_m, area_m2 = 0.3, 3.0
    control = {"pressure_offset_m": [arm_m, 0.0, 0.0]}
    pressed = {"drag_area_m2": 1e-4, "radiation_area_m2": area_m2, "reflectivity_coefficient": 1.6}
    torques, _ = budget(control, attitude="sun", **pressed)
    exact = SOLAR_IRRADIANCE_W_M2 / SPEED_OF_LIGHT_M_S * area_m2 * 1.6 * arm_m
    assert torques["sunlight"].largest_n_m == pytest.approx(exact, rel=1e-9)
    assert torques["sunlight"].mean_n_m == pytest.approx(exact * (1 - 35.29 / 98.77), rel=0.01)


def test_a_dipole_feels_at_most_the_field_over_the_pole(budget):
    # over the equator the field lies across the orbit, with half the strength over the poles
    torques, found = budget({"residual_dipole_a_m2": [1.0, 0.0, 0.0]})
    assert 0.4 * largest_dipole_field_t(RADIUS_M) < torques["magnetic field"].largest_n_m
    assert torques["magnetic field"].largest_n_m < largest_dipole_field_t(RADIUS_M)
    assert 0.45 * largest_dipole_field_t(RADIUS_M) < found.field_t < 0.55 * largest_dipole_field_t(RADIUS_M)


def test_more_orbits_between_unloadings_take_larger_wheels(budget):
    offset = {"pressure_offset_m": [0.0, 0.0, 0.2]}
    _, often = budget(offset)
    _, seldom = budget({**offset, "unload_orbits_count": 10})
    more = seldom.required_momentum_n_m_s - often.required_momentum_n_m_s
    assert more == pytest.approx(9 * often.secular_momentum_n_m_s)


def test_three_of_four_wheels_stand_for_three_axes_and_two_for_none(small_satellite):
    parts = [{"name": name, "mass_kg": 20, "power_w": 5} for name in ("bus", "camera", "radio")]
    found = actuators_of(small_satellite(components=[*parts, WHEELS, RODS]))
    assert (found.momentum_n_m_s, found.torque_n_m, found.dipole_a_m2) == (1.0, 0.02, 10.0)
    assert (found.wheels, found.torquers) == ("4 x wheel", "3 x rod")
    two = actuators_of(small_satellite(components=[*parts, {**WHEELS, "count": 2}, {**RODS, "count": 1}]))
    assert (two.wheels, two.momentum_n_m_s, two.torque_n_m, two.dipole_a_m2) == ("", 0.0, 0.0, 10.0)


def test_a_slew_with_the_wheels_and_for_the_time_asked(budget):
    _, found = budget({"slew_angle_deg": 30}, parts=[WHEELS], asked={"slew_duration_s": 100.0})
    # half of it speeding up, half slowing down: at most 0.97 of the 1 N m s
    assert found.slew_duration_s == pytest.approx(2 * math.sqrt(math.radians(30) * 90 / 0.02))
    assert found.slew_torque_n_m == pytest.approx(slew_torque_n_m(math.radians(30), 100.0, 90.0))
    assert found.required_torque_n_m == found.slew_torque_n_m
    _, without = budget({"slew_angle_deg": 30})
    assert without.slew_duration_s is None


def test_errors_add_as_squares(budget):
    errors = [{"name": "tracker", "error_deg": 0.03}, {"name": "bending", "error_deg": 0.04}]
    _, found = budget({"pointing_errors": errors})
    assert found.pointing_error_deg == pytest.approx(0.05)
    assert budget()[1].pointing_error_deg is None


def test_without_a_table_there_is_no_budget(small_satellite, circular_orbit):
    orbit = circular_orbit()
    assert attitude_budget(Asked(), small_satellite(), orbit, orbit.illumination_ratio) is None


def test_the_epoch_may_lie_years_ahead(budget):
    _, found = budget()
    assert found.start == datetime(2027, 3, 20, tzinfo=UTC)
    assert np.isfinite(found.flux_sfu)


def test_faces_take_the_place_of_the_one_area(budget):
    """A box of 1 m2 sides to nadir shows the air one of them: as one area of 1 m2 on the same arm."""
    gray = {"name": "gray", "solar_absorptance_ratio": 1.0, "infrared_emissivity_ratio": 0.9}
    axes = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
    faces = [{"name": str(axis), "area_m2": 1.0, "normal": axis, "finish": gray} for axis in axes]
    fixed = {"area_m2": 0.5, "cell_efficiency_ratio": 0.29, "mounting": "fixed-zenith"}
    arm = {"pressure_offset_m": [0.0, 0.0, 0.2]}
    one, single = budget(arm, drag_area_m2=1.0, solar_array=fixed)
    six, faced = budget(arm, drag_area_m2=None, solar_array=fixed, body={"faces": faces})
    # over the equator the air, which turns with the Earth, meets the front alone
    assert six["air"].mean_n_m == pytest.approx(one["air"].mean_n_m, rel=1e-9)
    assert (single.pressed, faced.pressed) == (
        "1 m² to the air, 1 m² to the Sun",
        "faces at pressure_offset_m: 6",
    )
    # black sides push along the sunlight; the most that a cube shows the Sun in its plane is a diagonal
    exact = SOLAR_IRRADIANCE_W_M2 / SPEED_OF_LIGHT_M_S * 0.2
    assert exact < six["sunlight"].largest_n_m < math.sqrt(2) * exact


def test_a_target_is_taken_as_nadir(budget):
    tilted = {"tilt_deg": 30.0}
    assert budget(tilted, attitude="target")[0] == budget(tilted)[0]
    assert budget(tilted, attitude="target")[1].attitude == "target"
