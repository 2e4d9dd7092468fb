"""The covariance of an injection: what is stated comes back, what is assumed is said."""

from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.catalog import find_vehicle
from cosmodrome.catalog.typical_accuracy import typical_injection_accuracy
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import injection_dispersion
from cosmodrome.models.injection_accuracy import InjectionAccuracy
from cosmodrome.physics.circular_elements import cartesian_from_circular
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian


def state_of(altitude_km=500.0, eccentricity=0.0, inclination_deg=97.4, anomaly_deg=40.0):
    axis = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    angles = (np.radians(angle) for angle in (inclination_deg, 60.0, 30.0, anomaly_deg))
    position, velocity = cartesian_from_keplerian(KeplerianElements(axis, eccentricity, *angles))
    return InjectionState(datetime(2027, 3, 1, tzinfo=UTC), np.array(position), np.array(velocity))


def accuracy_of(**changes):
    table = {
        "orbit": "test",
        "perigee_altitude_km": 500,
        "apogee_altitude_km": 500,
        "sigma_level": 3,
        "semi_major_axis_error_km": 15,
        "eccentricity_error": 0.0012,
        "inclination_error_deg": 0.15,
        "raan_error_deg": 0.2,
    }
    given = {key: value for key, value in {**table, **changes}.items() if value is not None}
    return InjectionAccuracy.model_validate(given)


def by_apses(perigee_km, apogee_km, **changes):
    return accuracy_of(
        semi_major_axis_error_km=None,
        eccentricity_error=None,
        perigee_altitude_error_km=perigee_km,
        apogee_altitude_error_km=apogee_km,
        **changes,
    )


VEHICLES = ("angara-1.2", "falcon-9-asds", "minotaur-i", "vega-c", "pegasus-xl", "ariane-62")


@pytest.mark.parametrize("name", VEHICLES)
@pytest.mark.parametrize("eccentricity", [0.0, 0.02])
def test_a_covariance_is_symmetric_and_positive(name, eccentricity):
    found = injection_dispersion(find_vehicle(name), state_of(eccentricity=eccentricity))
    for matrix in (found.covariance, found.local_covariance, found.element_covariance):
        np.testing.assert_array_equal(matrix, matrix.T)
    for matrix in (found.covariance, found.local_covariance):
        scale = np.sqrt(np.diag(matrix))
        # a correlation matrix has a trace of 6; 1e-12 of it is rounding
        assert np.linalg.eigvalsh(matrix / np.outer(scale, scale)).min() > -6e-12
    # turning the axes keeps the size of the position's ellipsoid
    np.testing.assert_allclose(
        np.linalg.eigvalsh(found.covariance[:3, :3]),
        np.linalg.eigvalsh(found.local_covariance[:3, :3]),
        rtol=1e-9,
    )
    with pytest.raises(ValueError, match="read-only"):
        found.covariance[0, 0] = 0.0


def test_stated_elements_come_back_at_one_sigma():
    found = injection_dispersion(accuracy_of(), state_of())
    a, ex, ey, i, node, _ = np.sqrt(np.diag(found.element_covariance))
    assert a == pytest.approx(5e3)
    assert (ex, ey) == pytest.approx((0.0004, 0.0004))
    assert np.degrees((i, node)) == pytest.approx((0.05, 0.2 / 3))


@pytest.mark.parametrize(("level", "factor"), [(1.0, 1.0), (2.0, 2.0), (2.33, 2.33), (3.0, 3.0)])
def test_the_sigma_level_divides_every_number(level, factor):
    at_one = injection_dispersion(accuracy_of(sigma_level=1), state_of(), time_error_s=0.0)
    at_level = injection_dispersion(accuracy_of(sigma_level=level), state_of(), time_error_s=0.0)
    np.testing.assert_allclose(at_level.covariance * factor**2, at_one.covariance, rtol=1e-12)


@pytest.mark.parametrize("eccentricity", [0.0, 0.02, 0.6])
def test_apses_err_as_stated(eccentricity):
    """The perigee radius a (1 - e) and the apogee radius a (1 + e), differentiated by hand."""
    state = state_of(eccentricity=eccentricity, altitude_km=500 if eccentricity < 0.1 else 12_000)
    found = injection_dispersion(by_apses(9.0, 30.0, sigma_level=3), state)
    axis, covariance = found.circular_elements[0], found.element_covariance
    perigee_at = 30.0 if eccentricity else 70.0  # argument of perigee, or of latitude at the injection
    line = np.radians(perigee_at)
    for sign, stated_km in ((-1, 3.0), (1, 10.0)):
        shape = axis * np.array([np.cos(line), np.sin(line)])
        gradient = np.array([1 + sign * eccentricity, *(sign * shape), 0, 0, 0])
        assert np.sqrt(gradient @ covariance @ gradient) == pytest.approx(1e3 * stated_km)
    low, high = (np.array([1 + s * eccentricity, *(s * shape), 0, 0, 0]) for s in (-1, 1))
    # independent: 1e-9 of the product of the two deviations is rounding
    assert low @ covariance @ high == pytest.approx(0.0, abs=1e-9 * 3e3 * 10e3)


def test_the_radius_at_the_injection_errs_as_its_apse():
    """On a circular orbit the insertion apse is where the engine stops: 18.5 km there at three sigma."""
    found = injection_dispersion(find_vehicle("minotaur-i"), state_of())
    assert found.position_error_m[0] == pytest.approx(18.5e3 / 3, rel=1e-9)
    assert any("apse at the injection" in note for note in found.notes)


def test_the_covariance_is_that_of_differences_of_the_elements():
    found = injection_dispersion(by_apses(9.0, 30.0), state_of(eccentricity=0.05))
    columns = []
    for step in found.element_steps.T:
        small = 1e-4 * step
        ends = [cartesian_from_circular(found.circular_elements + sign * small) for sign in (1, -1)]
        columns.append((ends[0] - ends[1]) / 2e-4)
    by_differences = np.array(columns).T @ np.array(columns)
    scale = np.sqrt(np.diag(found.covariance))
    # truncation: (1e-4 of a step of 1e-3)^2; rounding: 1e-9 m of a 1 m difference
    assert np.abs((by_differences - found.covariance) / np.outer(scale, scale)).max() < 1e-6


def test_time_is_the_error_along_the_track():
    still = injection_dispersion(accuracy_of(), state_of(), time_error_s=0.0)
    late = injection_dispersion(accuracy_of(), state_of(), time_error_s=2.0)
    speed = np.sqrt(EARTH_GM_M3_S2 / still.circular_elements[0])
    assert still.position_error_m[1] == pytest.approx(0.0, abs=1e-6)  # the others leave it alone, to rounding
    assert late.position_error_m[1] == pytest.approx(2.0 * speed)
    assert late.velocity_error_m_s[0] == pytest.approx(
        np.hypot(still.velocity_error_m_s[0], 2.0 * speed**2 / late.circular_elements[0])
    )
    assert "Along the track the error is 2 s of flight at one sigma; assumed." in late.notes


def test_time_moves_along_an_eccentric_orbit_by_its_velocity():
    state = state_of(altitude_km=3000, eccentricity=0.2, anomaly_deg=75.0)
    found = injection_dispersion(accuracy_of(), state, time_error_s=1.0)
    moved = cartesian_from_circular(found.circular_elements + 1e-3 * found.element_steps[:, 5])[:3]
    # half the acceleration times (1 ms)^2: 4 micrometers
    np.testing.assert_allclose(moved - state.position_m, 1e-3 * state.velocity_m_s, rtol=0, atol=1e-5)


def test_a_node_that_is_not_stated_tilts_like_the_inclination():
    found = injection_dispersion(accuracy_of(raan_error_deg=None), state_of(inclination_deg=30.0))
    errors = np.degrees(np.sqrt(np.diag(found.element_covariance)))
    assert errors[4] == pytest.approx(0.05 / 0.5)
    # tilted alike about both axes, so that the cross-track error does not hang on where the injection is
    radius = found.circular_elements[0]
    assert found.position_error_m[2] == pytest.approx(radius * np.radians(0.05))
    assert any("tilted alike" in note for note in found.notes)


def test_a_stated_argument_of_perigee_is_used_where_there_is_one():
    state = state_of(altitude_km=12_000, eccentricity=0.5)
    stated = injection_dispersion(accuracy_of(argument_of_perigee_error_deg=0.6), state)
    across = np.array([-np.sin(np.radians(30)), np.cos(np.radians(30))])
    covariance = stated.element_covariance[1:3, 1:3]
    assert np.sqrt(across @ covariance @ across) == pytest.approx(0.5 * np.radians(0.2))
    assert not any("line of apsides" in note for note in stated.notes)
    assert any("line of apsides" in note for note in injection_dispersion(accuracy_of(), state).notes)


def test_a_vehicle_without_a_guide_gets_the_wide_guess():
    found = injection_dispersion(find_vehicle("angara-1.2"), state_of())
    assert found.accuracy == typical_injection_accuracy()
    assert found.notes[0] == (
        "No injection accuracy of Angara 1.2 is published in the catalog; a wide guess for any vehicle "
        "stands in."
    )


def test_the_table_for_the_nearest_orbit_is_taken():
    low, high = (
        accuracy_of(orbit="LEO"),
        accuracy_of(orbit="GTO", perigee_altitude_km=250, apogee_altitude_km=35_786),
    )
    vehicle = find_vehicle("vega").model_copy(update={"injection_accuracies": (high, low)})
    assert injection_dispersion(vehicle, state_of()).accuracy.orbit == "LEO"
    transfer = state_of(altitude_km=18_000, eccentricity=0.73)
    assert injection_dispersion(vehicle, transfer).accuracy.orbit == "GTO"


def test_numbers_from_memory_are_said_to_be():
    notes = injection_dispersion(find_vehicle("vega"), state_of()).notes
    assert "Stated for SSO at 1 sigma; used as it stands." in notes
    assert any("read in the guide itself" in note for note in notes)


def test_what_cannot_be_dispersed_is_refused():
    with pytest.raises(
        ValueError, match=r"a time error of -1 s; expected one standard deviation, at least 0 s"
    ):
        injection_dispersion(accuracy_of(), state_of(), time_error_s=-1.0)
    with pytest.raises(ValueError, match=r"inclined by 0\.050 deg has no node to be off by"):
        injection_dispersion(accuracy_of(), state_of(inclination_deg=0.05))


def test_it_is_told_in_a_line():
    # by hand: 6878 km x hypot(sin 70 x 0.05 deg, cos 70 x sin 97.4 x 0.0667 deg) = 6.3 km
    assert repr(injection_dispersion(find_vehicle("vega-c"), state_of())) == (
        "<InjectionDispersion 1 sigma: 5.7 km radial, 7.6 km in-track, 6.3 km cross-track>"
    )
