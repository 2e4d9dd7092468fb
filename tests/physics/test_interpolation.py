import numpy as np

from cosmodrome.physics.interpolation import hermite_position_m


def circle(times):
    angle, radius = 1.1e-3 * times, 6.9e6
    position = radius * np.column_stack((np.cos(angle), np.sin(angle), 0 * angle))
    velocity = radius * 1.1e-3 * np.column_stack((-np.sin(angle), np.cos(angle), 0 * angle))
    return position, velocity


def test_error_on_a_circular_orbit_is_the_known_bound():
    times, between = np.arange(0.0, 6000.0, 30.0), np.linspace(0.0, 5900.0, 977)
    found = hermite_position_m(times, *circle(times), between)
    error = np.linalg.norm(found - circle(between)[0], axis=1).max()
    bound = 30.0**4 / 384 * 6.9e6 * 1.1e-3**4
    assert 0.9 * bound < error < 1.1 * bound


def test_any_shape_of_times():
    times = np.arange(0.0, 300.0, 30.0)
    grid = np.linspace(0.0, 270.0, 12).reshape(3, 4)
    found = hermite_position_m(times, *circle(times), grid)
    assert found.shape == (3, 4, 3)
    np.testing.assert_allclose(found[0, 0], circle(np.zeros(1))[0][0], atol=1e-8)
