"""Draws of an injection, and the first days after it."""

from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.catalog import find_vehicle
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import injection_dispersion
from cosmodrome.models.injection_accuracy import InjectionAccuracy
from cosmodrome.orbit.dispersion import (
    THREE_SIGMA_PERCENT,
    dispersed_orbits,
    early_orbit_dispersion,
    injection_correction,
)
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import transition_matrix
from cosmodrome.physics.circular_elements import circular_from_keplerian, local_axes
from cosmodrome.physics.elements import (
    KeplerianElements,
    cartesian_from_keplerian,
    keplerian_from_cartesian,
    orbital_period_s,
)

DRAWS = 4000


def dispersion_of(vehicle, altitude_km=500.0, eccentricity=0.0, inclination_deg=97.4, time_error_s=1.0):
    axis = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    angles = (np.radians(angle) for angle in (inclination_deg, 60.0, 30.0, 40.0))
    position, velocity = cartesian_from_keplerian(KeplerianElements(axis, eccentricity, *angles))
    state = InjectionState(datetime(2024, 3, 1, tzinfo=UTC), np.array(position), np.array(velocity))
    return injection_dispersion(vehicle, state, time_error_s=time_error_s)


def accuracy_of(size_km, shape, tilt_deg, node_deg):
    return InjectionAccuracy.model_validate(
        {
            "orbit": "test",
            "perigee_altitude_km": 500,
            "apogee_altitude_km": 500,
            "sigma_level": 1,
            "semi_major_axis_error_km": size_km,
            "eccentricity_error": shape,
            "inclination_error_deg": tilt_deg,
            "raan_error_deg": node_deg,
        }
    )


@pytest.fixture(scope="module")
def simple_forces():
    """Enough for the first hours: what matters to all draws alike is left out."""
    return Forces(100.0, 0.0, 2.2, 0.0, 1.3, gravity_degree=8, solid_tides=False, relativity=False)


@pytest.mark.parametrize("name", ["vega-c", "falcon-9-asds", "angara-1.2"])
def test_draws_have_the_published_deviations(name):
    dispersion = dispersion_of(find_vehicle(name))
    orbits = dispersed_orbits(dispersion, np.random.default_rng(1), DRAWS)
    expected = np.sqrt(np.diag(dispersion.element_covariance))
    # the deviation of N draws is off by 1 / sqrt(2 N) = 1.1 %, their mean by 1 / sqrt(N): four times that
    np.testing.assert_allclose(orbits.circular_elements.std(axis=0), expected, rtol=4 / np.sqrt(2 * DRAWS))
    off = (orbits.circular_elements.mean(axis=0) - dispersion.circular_elements) / expected
    assert np.abs(off).max() < 4 / np.sqrt(DRAWS)


def test_perigee_and_apogee_of_an_ellipse_have_the_published_deviations():
    """Falcon 9's table and its orbit: 10 and 15 km at three sigma, independent."""
    dispersion = dispersion_of(find_vehicle("falcon-9-asds"), altitude_km=280, eccentricity=80 / 6658.137)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(2), DRAWS)
    tolerance = 4 / np.sqrt(2 * DRAWS)
    assert orbits.perigee_altitude_km.std() == pytest.approx(10 / 3, rel=tolerance)
    assert orbits.apogee_altitude_km.std() == pytest.approx(15 / 3, rel=tolerance)
    correlation = np.corrcoef(orbits.perigee_altitude_km, orbits.apogee_altitude_km)[0, 1]
    assert abs(correlation) < 4 / np.sqrt(DRAWS)
    assert orbits.perigee_altitude_at_km(50) == pytest.approx(200, abs=4 * 1.25 * 10 / 3 / np.sqrt(DRAWS))
    assert orbits.apogee_altitude_at_km(97.72) == pytest.approx(360 + 2 * 5, abs=0.8)  # 2 sigma


def test_the_cartesian_draws_have_the_linear_covariance():
    dispersion = dispersion_of(accuracy_of(1.0, 1e-4, 0.01, 0.01), time_error_s=0.2)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(3), DRAWS)
    axes = np.kron(np.eye(2), local_axes(dispersion.state.position_m, dispersion.state.velocity_m_s))
    target = np.concatenate((dispersion.state.position_m, dispersion.state.velocity_m_s))
    local = (np.hstack((orbits.position_m, orbits.velocity_m_s)) - target) @ axes.T
    scale = np.sqrt(np.diag(dispersion.local_covariance))
    found, expected = (m / np.outer(scale, scale) for m in (np.cov(local.T), dispersion.local_covariance))
    # a correlation of N draws is off by at most 1 / sqrt(N), a variance by sqrt(2 / N): four times that
    np.testing.assert_allclose(found, expected, rtol=0, atol=4 * np.sqrt(2 / DRAWS))


def test_each_draw_is_the_state_of_its_elements():
    dispersion = dispersion_of(find_vehicle("minotaur-i"))
    orbits = dispersed_orbits(dispersion, np.random.default_rng(4), 20)
    assert len(orbits.starts) == 20
    for number, start in enumerate(orbits.starts):
        found = keplerian_from_cartesian(start.position_m, start.velocity_m_s)
        assert found.semi_major_axis_m == pytest.approx(1e3 * orbits.semi_major_axis_km[number], abs=1e-3)
        assert found.eccentricity == pytest.approx(orbits.eccentricity[number], abs=1e-10)
        assert np.degrees(found.inclination_rad) == pytest.approx(orbits.inclination_deg[number], abs=1e-9)
        assert np.degrees(found.raan_rad) == pytest.approx(orbits.raan_deg[number], abs=1e-9)
        latitude = np.degrees(circular_from_keplerian(found)[5]) % 360
        assert latitude == pytest.approx(orbits.argument_of_latitude_deg[number] % 360, abs=1e-7)


def test_the_same_seed_draws_the_same():
    dispersion = dispersion_of(find_vehicle("vega-c"))
    first, again = (dispersed_orbits(dispersion, np.random.default_rng(5), 3) for _ in range(2))
    np.testing.assert_array_equal(first.position_m, again.position_m)
    with pytest.raises(ValueError, match="read-only"):
        first.position_m[0, 0] = 0.0


def test_draws_in_a_straight_line_need_what_hohmann_says():
    """A circular orbit 20 km too high: the exact transfer down, by vis-viva."""
    dispersion = dispersion_of(accuracy_of(20.0, 0.0, 0.0, 0.0), time_error_s=0.0)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(6), 50)
    target = dispersion.circular_elements[0]
    for axis_km, found in zip(orbits.semi_major_axis_km, injection_correction(orbits).total_m_s, strict=True):
        radius, between = 1e3 * axis_km, (1e3 * axis_km + target) / 2
        first = np.sqrt(EARTH_GM_M3_S2 / radius) - np.sqrt(EARTH_GM_M3_S2 * (2 / radius - 1 / between))
        second = np.sqrt(EARTH_GM_M3_S2 * (2 / target - 1 / between)) - np.sqrt(EARTH_GM_M3_S2 / target)
        # first order in da / a, which is up to 1 %
        assert found == pytest.approx(abs(first) + abs(second), rel=0.01)


def test_a_wrong_shape_is_mended_by_two_burns_of_a_quarter_each():
    """dv = v e / 2 for an orbit with the right size (Vallado, section 9.3: de = 2 dv / v for each burn)."""
    dispersion = dispersion_of(accuracy_of(0.0, 1e-3, 0.0, 0.0), time_error_s=0.0)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(7), 50)
    speed = np.sqrt(EARTH_GM_M3_S2 / dispersion.circular_elements[0])
    # the osculating eccentricity itself, as the target's is zero
    found = injection_correction(orbits).in_plane_m_s
    np.testing.assert_allclose(found, speed / 2 * orbits.eccentricity, rtol=1e-9)


def test_the_plane_is_turned_by_the_angle_between_the_normals():
    dispersion = dispersion_of(accuracy_of(0.0, 0.0, 0.3, 0.5), time_error_s=0.0)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(8), 200)
    correction = injection_correction(orbits)
    normals = np.cross(orbits.position_m, orbits.velocity_m_s)
    own = np.cross(dispersion.state.position_m, dispersion.state.velocity_m_s)
    between = np.linalg.norm(np.cross(normals, own), axis=1)
    angle = np.arcsin(between / (np.linalg.norm(normals, axis=1) * np.linalg.norm(own)))
    speed = np.sqrt(EARTH_GM_M3_S2 / dispersion.circular_elements[0])
    np.testing.assert_allclose(correction.plane_m_s, 2 * speed * np.sin(angle / 2), rtol=1e-9)
    np.testing.assert_allclose(correction.in_plane_m_s, 0.0, atol=1e-5)


def test_a_node_left_to_drift_costs_nothing():
    orbits = dispersed_orbits(dispersion_of(find_vehicle("vega-c")), np.random.default_rng(9), DRAWS)
    both, tilt_only = (injection_correction(orbits, corrects_node=flag) for flag in (True, False))
    assert (tilt_only.plane_m_s <= both.plane_m_s + 1e-9).all()
    assert tilt_only.percentile_m_s() < both.percentile_m_s()
    assert "The node is left to drift." in tilt_only.notes
    np.testing.assert_array_equal(tilt_only.in_plane_m_s, both.in_plane_m_s)


def test_the_percentile_is_of_the_sum():
    orbits = dispersed_orbits(dispersion_of(find_vehicle("vega-c")), np.random.default_rng(10), DRAWS)
    correction = injection_correction(orbits)
    share = (correction.total_m_s <= correction.percentile_m_s(95.0)).mean()
    assert share == pytest.approx(0.95, abs=1 / DRAWS)
    assert correction.percentile_m_s() == correction.percentile_m_s(THREE_SIGMA_PERCENT)
    assert repr(correction).startswith("<InjectionCorrection ")


def test_a_step_of_the_semi_major_axis_runs_ahead_by_three_pi_of_itself_each_revolution(simple_forces):
    """da changes the period by 3/2 da/a of it, and so the place by 3 pi da a revolution (Vallado, 2.2)."""
    dispersion = dispersion_of(accuracy_of(1.0, 0.0, 0.0, 0.0), time_error_s=0.0)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(11), 3)
    early = early_orbit_dispersion(orbits, simple_forces, 0.2, step_s=30.0)
    last = early.elapsed_s[-1] / orbital_period_s(dispersion.circular_elements[0])
    size_m = 1e3 * orbits.semi_major_axis_km - dispersion.circular_elements[0]
    # J2 adds terms of 1e-3, the finite step another
    np.testing.assert_allclose(early.along_track_m[:, -1], -3 * np.pi * last * size_m, rtol=0.01)
    late = early.time_early_s[:, -1] * np.linalg.norm(early.target.velocity_m_s[-1])
    np.testing.assert_allclose(late, early.along_track_m[:, -1])


def test_every_draw_follows_the_transition_matrix(simple_forces):
    """A hundredth of Vega-C's errors, so that the second order is small."""
    dispersion = dispersion_of(accuracy_of(0.05, 4e-6, 5e-4, 6e-4), time_error_s=0.01)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(12), 6)
    early = early_orbit_dispersion(orbits, simple_forces, 0.25, step_s=60.0)
    state = dispersion.state
    start = np.hstack((orbits.position_m - state.position_m, orbits.velocity_m_s - state.velocity_m_s))
    matrix = transition_matrix(state, float(early.elapsed_s[-1]), simple_forces)
    axes = local_axes(early.target.position_m[-1], early.target.velocity_m_s[-1])
    expected = start @ matrix[:3].T @ axes.T
    found = np.stack([e[:, -1] for e in (early.radial_m, early.along_track_m, early.cross_track_m)], axis=1)
    assert np.abs(expected).max(axis=0) == pytest.approx([125, 3440, 120], rel=0.01)  # m
    # second order: 3.4 km along x 0.12 km across / 6900 km = 0.06 m, and 3.4^2 / 6900 km = 1.7 m along x 0.2
    assert (np.abs(found - expected).max(axis=0) < [0.1, 0.5, 0.1]).all()


def test_the_spread_is_that_of_the_mapped_covariance(simple_forces):
    count = 60
    dispersion = dispersion_of(find_vehicle("vega-c"))
    orbits = dispersed_orbits(dispersion, np.random.default_rng(13), count)
    early = early_orbit_dispersion(orbits, simple_forces, 0.07, step_s=60.0)
    matrix = transition_matrix(dispersion.state, float(early.elapsed_s[-1]), simple_forces)
    axes = local_axes(early.target.position_m[-1], early.target.velocity_m_s[-1])
    mapped = matrix @ dispersion.covariance @ matrix.T
    expected = np.sqrt(np.diag(axes @ mapped[:3, :3] @ axes.T))
    for index, error in ((1, early.along_track_m), (2, early.cross_track_m)):
        # the deviation of N draws, three times its own
        assert error[:, -1].std() == pytest.approx(expected[index], rel=3 / np.sqrt(2 * count))


def test_revolutions_and_the_search_angle(simple_forces):
    orbits = dispersed_orbits(dispersion_of(find_vehicle("vega-c")), np.random.default_rng(14), 12)
    early = early_orbit_dispersion(orbits, simple_forces, 0.2)
    spread = early.per_revolution()
    period = orbital_period_s(orbits.dispersion.circular_elements[0])
    assert len(spread.elapsed_s) == int(0.2 * 86_400 // period) == 3
    np.testing.assert_allclose(spread.elapsed_s, period * np.arange(1, 4), rtol=0, atol=30.0)  # half a step
    assert (np.diff(spread.along_track_m) > 0).all()
    at = np.searchsorted(early.elapsed_s, spread.elapsed_s[0])
    assert spread.cross_track_m[0] == early.cross_track_m[:, at].std()
    off = np.sqrt(early.radial_m**2 + early.along_track_m**2 + early.cross_track_m**2)
    widest = early.search_angle_deg(1000.0, percent=100.0)
    np.testing.assert_allclose(np.tan(np.radians(widest)) * 1e6, off.max(axis=0))
    assert early.reentered_count == 0
    # both the radii of the draws and their perigees, which J2 moves by up to 10 km
    assert (early.lowest_altitude_km < orbits.apogee_altitude_km).all()
    assert (early.lowest_altitude_km > orbits.perigee_altitude_km - 25).all()


def test_draws_that_come_down_are_counted(forces):
    """A low target with wide errors: the target lasts, some draws have their perigee in the air."""
    dispersion = dispersion_of(accuracy_of(0.0, 8e-3, 0.1, 0.1), altitude_km=190.0)
    orbits = dispersed_orbits(dispersion, np.random.default_rng(15), 8)
    early = early_orbit_dispersion(orbits, forces, 0.15)
    assert 0 < early.reentered_count < 8
    assert early.notes[-1] == (
        f"{early.reentered_count} of 8 draws come below 120 km; they count until then."
    )
    assert np.isfinite(early.per_revolution().along_track_m).all()
    assert np.isfinite(early.lowest_altitude_km).all()


def test_what_cannot_be_drawn_is_refused(simple_forces):
    dispersion = dispersion_of(find_vehicle("vega-c"))
    generator = np.random.default_rng(16)
    with pytest.raises(ValueError, match="0 draws; expected at least 1"):
        dispersed_orbits(dispersion, generator, 0)
    orbits = dispersed_orbits(dispersion, generator, 2)
    with pytest.raises(ValueError, match="a percentile of 101 %; expected 0 to 100 %"):
        injection_correction(orbits).percentile_m_s(101.0)
    with pytest.raises(ValueError, match="a slant range of 0 km; expected above 0 km"):
        early_orbit_dispersion(orbits, simple_forces, 0.01).search_angle_deg(0.0)
    transfer = dispersion_of(find_vehicle("vega-c"), altitude_km=12_000, eccentricity=0.5)
    with pytest.raises(ValueError, match=r"the target's eccentricity is 0\.500; expected at most 0\.1"):
        injection_correction(dispersed_orbits(transfer, generator, 2))


def test_results_are_told_in_a_line(simple_forces):
    orbits = dispersed_orbits(dispersion_of(find_vehicle("vega-c")), np.random.default_rng(17), 5)
    early = early_orbit_dispersion(orbits, simple_forces, 0.1)
    assert repr(orbits).startswith("<DispersedOrbits 5 draws, perigee 4")
    assert repr(early).startswith("<EarlyOrbitDispersion 5 draws, ")
    assert repr(early.per_revolution()) == "<RevolutionSpread of 1 revolutions>"
