import numpy as np
import pytest

from cosmodrome.physics.circular_elements import (
    cartesian_from_circular,
    circular_from_keplerian,
    circular_jacobian,
    local_axes,
)
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian, keplerian_from_cartesian

GENERATOR = np.random.default_rng(20270301)


def random_elements(highest_eccentricity):
    e, w = highest_eccentricity * GENERATOR.random(), 2 * np.pi * GENERATOR.random()
    return np.array(
        [
            6.6e6 + 4e7 * GENERATOR.random(),
            e * np.cos(w),
            e * np.sin(w),
            0.05 + 3.0 * GENERATOR.random(),
            *(2 * np.pi * GENERATOR.random(2)),
        ]
    )


def test_the_state_is_that_of_the_keplerian_elements():
    for _ in range(50):
        angles = GENERATOR.uniform(0.1, 3.0, 4)
        orbit = KeplerianElements(GENERATOR.uniform(6.6e6, 4e7), GENERATOR.uniform(0, 0.8), *angles)
        position, velocity = cartesian_from_keplerian(orbit)
        found = cartesian_from_circular(circular_from_keplerian(orbit))
        # rounding of a 1e7 m radius and of a 1e4 m/s speed
        np.testing.assert_allclose(found[:3], position, rtol=0, atol=1e-6)
        np.testing.assert_allclose(found[3:], velocity, rtol=0, atol=1e-9)


def test_a_circular_orbit_comes_back():
    elements = np.array([6.9e6, 0.0, 0.0, 1.7, 2.0, 0.3])
    state = cartesian_from_circular(elements)
    again = circular_from_keplerian(keplerian_from_cartesian(state[:3], state[3:]))
    np.testing.assert_allclose(again, elements, rtol=1e-13, atol=1e-12)


@pytest.mark.parametrize("highest_eccentricity", [0.0, 0.01, 0.75])
def test_the_jacobian_is_that_of_central_differences(highest_eccentricity):
    for _ in range(20):
        elements = random_elements(highest_eccentricity)
        steps = np.diag([10.0, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6])
        differences = [
            (cartesian_from_circular(elements + step) - cartesian_from_circular(elements - step))
            / (2 * step.max())
            for step in steps
        ]
        exact = circular_jacobian(elements).T
        for column, difference in zip(exact, differences, strict=True):
            # truncation (1e-6)^2 and rounding 1e-16 / 1e-6, grown by 1 / (1 - e)
            np.testing.assert_allclose(difference[:3], column[:3], rtol=0, atol=3e-8 * np.linalg.norm(column))
            speed = np.linalg.norm(column[3:])
            np.testing.assert_allclose(difference[3:], column[3:], rtol=0, atol=3e-8 * speed)


def test_many_at_once_are_each_alone():
    many = np.array([random_elements(0.3) for _ in range(5)]).reshape(5, 1, 6)
    together = cartesian_from_circular(many)
    assert together.shape == (5, 1, 6)
    for row, state in zip(many[:, 0], together[:, 0], strict=True):
        np.testing.assert_array_equal(cartesian_from_circular(row), state)


def test_an_open_orbit_is_refused():
    with pytest.raises(ValueError, match="an eccentricity is not below 1: the orbit is not closed"):
        cartesian_from_circular(np.array([[7e6, 0.0, 0.0, 1.0, 0.0, 0.0], [7e6, 0.8, 0.7, 1.0, 0.0, 0.0]]))


def test_local_axes_are_right_handed_and_follow_the_motion():
    state = cartesian_from_circular(np.array([random_elements(0.5) for _ in range(10)]))
    axes = local_axes(state[:, :3], state[:, 3:])
    np.testing.assert_allclose(np.linalg.det(axes), 1.0, rtol=1e-12)
    along = np.einsum("nj,nj->n", axes[:, 1], state[:, 3:])
    across = np.einsum("nj,nj->n", axes[:, 2], state[:, 3:])
    assert (along > 0).all()
    np.testing.assert_allclose(across, 0.0, atol=1e-9)  # rounding of a 1e4 m/s speed
