"""Areas by attitude, and what they do to the drag."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.surfaces import Face, Surfaces
from cosmodrome.physics.elements import KeplerianElements

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
ORBIT = KeplerianElements(6778137.0, 0.0, math.radians(51.7), 1.0, 0.0, 0.0)
PLATE = (Face(2.0, (0, 0, 1)), Face(2.0, (0, 0, -1)))  # a thin panel, both sides
UP, FORWARD, ASIDE = np.array([[7e6, 0, 0]]), np.array([[0, 7.5e3, 0]]), np.array([[0, 0, 1.0]])


def test_a_panel_to_the_sun_shows_its_face_to_the_sun_and_its_edge_beside_it():
    panel = Surfaces(PLATE, "sun")
    drag, light = panel.areas_m2(UP, FORWARD, ASIDE)
    assert (drag[0], light[0]) == pytest.approx((0.0, 2.0), abs=1e-12)
    drag, light = panel.areas_m2(UP, FORWARD, FORWARD / 7.5e3)
    assert (drag[0], light[0]) == pytest.approx((2.0, 2.0))


def test_a_body_to_nadir_flies_with_its_forward_face():
    box = Surfaces((Face(1.0, (1, 0, 0)), Face(3.0, (0, 0, 1)), Face(5.0, (0, 1, 0))), "nadir")
    drag, light = box.areas_m2(UP, FORWARD, -UP / 7e6)
    assert (drag[0], light[0]) == pytest.approx((1.0, 3.0))
    # y is against the orbit's normal, which is up along z here
    assert box.areas_m2(UP, FORWARD, -ASIDE)[1][0] == pytest.approx(5.0)


def test_a_tumbling_plate_shows_half_its_face_in_the_mean():
    # Cauchy: a quarter of 4 m2; checked by turning the plate through many directions
    rng = np.random.default_rng(1)
    directions = rng.standard_normal((200_000, 3))
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    shown = 2.0 * np.abs(directions[:, 2]).mean()
    assert Surfaces(PLATE, "tumbling").areas_m2(UP, FORWARD, ASIDE)[0][0] == pytest.approx(shown, rel=0.01)


def decay_m(forces):
    flown = propagate(ORBIT, EPOCH, 0.5, forces)
    quiet = propagate(ORBIT, EPOCH, 0.5, replace(forces, surfaces=None, drag_area_m2=0.0))
    return float(np.linalg.norm(flown.position_m[-1] - quiet.position_m[-1]))


def test_a_constant_attitude_is_a_constant_area():
    forces = Forces(mass_kg=50.0, reflectivity_coefficient=0.0)
    ball = decay_m(replace(forces, drag_area_m2=1.0))
    assert decay_m(replace(forces, surfaces=Surfaces((Face(1.0, (1, 0, 0)),), "nadir"))) == pytest.approx(
        ball, rel=1e-6
    )
    assert decay_m(replace(forces, surfaces=Surfaces(PLATE, "tumbling"))) == pytest.approx(ball, rel=1e-6)


def test_a_panel_to_the_sun_meets_the_mean_of_its_turning():
    """The mean of |cos| over the revolution, within what thicker air by day weighs it with."""
    forces = Forces(mass_kg=50.0, reflectivity_coefficient=0.0)
    ball = decay_m(replace(forces, drag_area_m2=2.0))
    panel = decay_m(replace(forces, surfaces=Surfaces(PLATE, "sun")))
    flown = propagate(ORBIT, EPOCH, 0.5, forces)
    along = flown.velocity_m_s / np.linalg.norm(flown.velocity_m_s, axis=1)[:, None]
    mean = np.abs(np.sum(along * flown.sun_direction, axis=1)).mean()
    assert panel / ball == pytest.approx(mean, rel=0.25)
    assert panel < 0.8 * ball


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Face(-1.0, (1, 0, 0)), "an area above 0"),
        (lambda: Face(1.0, (0, 0, 0)), "and a direction"),
        (lambda: Surfaces((), "nadir"), "without faces"),
        (lambda: Surfaces(PLATE, "spinning"), "known: nadir, sun, tumbling"),
    ],
)
def test_impossible_bodies_are_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()
