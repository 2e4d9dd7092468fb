"""Plates that air and sunlight press on: what symmetry leaves, and what an offset makes of it."""

import numpy as np
import pytest

from cosmodrome.budgets.pressed_plates import pressed_plates

GRAY = {"name": "gray", "solar_absorptance_ratio": 0.4, "infrared_emissivity_ratio": 0.9}
AXES = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
HALF_M = np.array([0.3, 0.5, 0.8])  # of the box's edges
FIXED = {"area_m2": 0.5, "cell_efficiency_ratio": 0.29, "mounting": "fixed-zenith"}
INERTIA = {"principal_inertia_kg_m2": [9, 9, 9]}


def box(offset_m=(0.0, 0.0, 0.0), **changes):
    """Six sides, each with its middle; the whole box moved off the center of mass."""
    faces = []
    for axis in AXES:
        along = int(np.argmax(np.abs(axis)))
        one, other = np.delete(HALF_M, along)
        center = np.array(axis) * HALF_M[along] + offset_m
        faces.append(
            {
                "name": str(axis), "area_m2": float(4 * one * other), "normal": axis, "finish": GRAY,
                "center_m": center.tolist(),
            }
            | changes
        )  # fmt: skip
    return {"faces": faces}


def directions(count=200):
    drawn = np.random.default_rng(3).standard_normal((count, 3))
    return drawn / np.linalg.norm(drawn, axis=1)[:, None]


@pytest.fixture
def plates(small_satellite):
    def made(sun=None, **changes):
        described = {
            "drag_area_m2": None, "solar_array": FIXED, "body": box(), "attitude_control": INERTIA,
        } | changes  # fmt: skip
        satellite = small_satellite(**described)
        return pressed_plates(satellite, satellite.attitude_control, directions() if sun is None else sun)

    return made


def test_air_does_not_turn_a_box_about_its_own_middle(plates):
    """Each pair of sides has A h = V / 2, so that the sum of c x F is V / 2 times v x v."""
    flow = directions()
    torque = plates(flow).air_torque_n_m(np.ones(len(flow)), flow, 2.2)
    assert torque == pytest.approx(0.0, abs=1e-14)


def test_a_middle_off_the_center_of_mass_is_an_arm_for_all_the_force(plates):
    flow, offset = directions(), np.array([0.05, -0.02, 0.1])
    moved = plates(flow, body=box(offset))
    shown = 4 * (
        HALF_M[1] * HALF_M[2] * np.abs(flow[:, 0])
        + HALF_M[0] * HALF_M[2] * np.abs(flow[:, 1])
        + HALF_M[0] * HALF_M[1] * np.abs(flow[:, 2])
    )
    torque = moved.air_torque_n_m(np.full(len(flow), 3e-6), flow, 2.2)
    assert torque == pytest.approx(np.cross(offset, -3e-6 * 2.2 * shown[:, None] * flow), abs=1e-18)


def test_faces_without_a_center_press_at_the_pressure_offset(plates):
    offset = (0.05, -0.02, 0.1)
    flow = directions()
    control = INERTIA | {"pressure_offset_m": offset}
    placed = plates(flow, body=box(offset))
    unplaced = plates(flow, body=box(center_m=None), attitude_control=control)
    ones = np.ones(len(flow))
    assert unplaced.air_torque_n_m(ones, flow, 2.2) == pytest.approx(
        placed.air_torque_n_m(ones, flow, 2.2), abs=1e-12
    )


def test_sunlight_presses_with_what_the_finish_reflects(plates):
    """Face on, a mirror of absorptance a takes (2 - a) S / c; cells on half of it share in its a."""
    sun = np.array([[0.0, 0.0, 1.0]])
    offset = (0.1, 0.0, 0.0)
    area = 4 * HALF_M[0] * HALF_M[1]
    push = 1361.0 / 299792458.0 * area
    whole = plates(sun, body=box(offset)).sunlight_torque_n_m(np.array([1361.0]), sun)
    assert whole[0] == pytest.approx([0.0, 0.1 * push * (2 - 0.4), 0.0])
    covered = box(offset)
    covered["faces"][4]["cell_area_m2"] = float(area / 2)
    half = plates(sun, body=covered).sunlight_torque_n_m(np.array([1361.0]), sun)
    assert half[0, 1] == pytest.approx(0.1 * push * (2 - (0.4 + 0.92) / 2))  # cells absorb 0.92 if not said


def test_a_panel_that_tracks_the_sun_is_always_face_on(plates):
    sun = directions()
    array = FIXED | {"mounting": "sun-tracking", "area_m2": 2.0}
    control = INERTIA | {"pressure_offset_m": (0.0, 0.0, 0.5)}
    shine = np.full(len(sun), 1361.0)
    own = plates(sun, solar_array=array, attitude_control=control).sunlight_torque_n_m(shine, sun)
    without = plates(sun, attitude_control=control).sunlight_torque_n_m(shine, sun)
    push = 1361.0 / 299792458.0 * 2.0 * (2 - 0.92)
    assert own - without == pytest.approx(np.cross([0.0, 0.0, 0.5], -push * sun), abs=1e-15)


def test_a_given_area_stands_for_all_unless_a_face_says_where_it_is(plates):
    assert plates(drag_area_m2=1.0, body=box(center_m=None)) is None
    assert plates(drag_area_m2=1.0, body=None) is None
    assert repr(plates(drag_area_m2=1.0)) == "<PressedPlates faces at their center_m: 6>"
    mixed = box()
    mixed["faces"][0]["center_m"] = None
    panel = FIXED | {"mounting": "sun-tracking"}
    assert plates(body=mixed, solar_array=panel).told == (
        "faces at their center_m: 5, faces at pressure_offset_m: 1, panels of 0.5 m² at pressure_offset_m"
    )
