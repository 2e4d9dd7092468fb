"""Where orbits start, in every frame; states between samples; the transition matrix against neighbors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import satkit

from cosmodrome.injection import InjectionState
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate, transition_matrix
from cosmodrome.orbit.state import orbit_state, orbit_state_from_elements
from cosmodrome.physics.elements import KeplerianElements

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
FORCES = Forces(100.0, 1.0, 2.2, 1.0, 1.3)


@pytest.fixture(scope="module")
def start():
    elements = KeplerianElements(6878137.0, 0.001, np.radians(51.7), 1.0, 2.0, 0.5)
    return orbit_state_from_elements(EPOCH, elements)


@pytest.fixture(scope="module")
def flown(start):
    return propagate(start, start.epoch, 0.25, FORCES, step_s=60.0)


@pytest.mark.usefixtures("flown")  # which tells satkit where its data are
def test_frames_agree_with_satkit(start):
    """A centimeter and 0.04 mm/s: satkit turns the Earth at its nominal rate about the pole of ITRF."""
    instant = satkit.time.from_datetime(EPOCH)
    position, velocity = satkit.frametransform.gcrf_to_itrf_state(
        start.position_m, start.velocity_m_s, instant
    )
    back = orbit_state(EPOCH, position, velocity, "ITRF")
    assert np.linalg.norm(back.position_m - start.position_m) < 0.01
    assert np.linalg.norm(back.velocity_m_s - start.velocity_m_s) < 4e-5


@pytest.mark.usefixtures("flown")
def test_teme_is_the_frame_of_sgp4(start):
    instant = satkit.time.from_datetime(EPOCH)
    turn = satkit.frametransform.qteme2gcrf(instant).to_rotation_matrix()
    back = orbit_state(EPOCH, turn.T @ start.position_m, turn.T @ start.velocity_m_s, "TEME")
    # satkit's TEME has the precession and nutation of 1976 and 1980, ours goes through ITRF
    assert np.linalg.norm(back.position_m - start.position_m) < 5.0
    assert np.linalg.norm(back.velocity_m_s - start.velocity_m_s) < 0.005


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"frame": "J2000"}, "'J2000' is not known; known: GCRF, EME2000, ITRF, TEME"),
        ({"epoch": datetime(2024, 1, 1)}, "has no time zone"),
        ({"velocity_m_s": np.array([0.0, 12000.0, 0.0])}, "not on an ellipse"),
    ],
)
def test_what_is_no_start_is_refused(changes, said):
    facts = {
        "epoch": EPOCH,
        "position_m": np.array([7e6, 0.0, 0.0]),
        "velocity_m_s": np.array([0.0, 7500.0, 0.0]),
    }
    with pytest.raises(ValueError, match=said):
        orbit_state(**(facts | changes))


@pytest.mark.parametrize(("forces", "within_m"), [(Forces(), 1e-5), (FORCES, 5e-3)])
def test_states_between_samples_are_those_of_the_integrator(start, forces, within_m):
    """Ten micrometers where all is smooth; millimeters where Ap and the shadow jump between two samples.

    Samples 60 s apart against samples at those very times. With a fine tolerance: at the default one the
    integrator's own steps are joined to some millimeters.
    """
    fine, coarse = (
        propagate(start, EPOCH, 0.25, forces, step_s=step_s, tolerance=1e-13) for step_s in (7.0, 60.0)
    )
    at = fine.elapsed_s[50:-50:37]
    position, velocity = coarse.at(at)
    assert np.abs(position - fine.position_m[50:-50:37]).max() < within_m
    assert np.abs(velocity - fine.velocity_m_s[50:-50:37]).max() < 0.05 * within_m


def test_times_may_be_instants_and_must_be_covered(flown):
    by_instant = flown.at([EPOCH + timedelta(seconds=100.5)])
    by_seconds = flown.at([100.5])
    assert np.array_equal(by_instant[0], by_seconds[0])
    with pytest.raises(
        ValueError, match=r"21601\.000 s after the epoch is outside the 0\.000 to 21600\.000 s"
    ):
        flown.at([100.0, 21601.0])


@pytest.mark.parametrize(("forces", "off"), [(replace(FORCES, radiation_area_m2=0.0), 2e-6), (FORCES, 4e-3)])
def test_the_transition_matrix_is_what_neighbors_do(start, forces, off):
    """Central differences of one meter and one millimeter per second over three hours.

    With sunlight's pressure a part in 300: a neighbor enters the shadow at another instant, which the matrix
    does not know.
    """
    matrix = transition_matrix(start, 10800.0, forces)

    def moved(change):
        aside = InjectionState(EPOCH, start.position_m + change[:3], start.velocity_m_s + change[3:])
        return propagate(aside, EPOCH, 0.125, forces, tolerance=1e-13).position_m[-1]

    for number, size in ((0, 1.0), (2, 1.0), (3, 1e-3), (5, 1e-3)):
        change = np.zeros(6)
        change[number] = size
        difference = 0.5 * (moved(change) - moved(-change))
        expected = (matrix @ change)[:3]
        assert np.linalg.norm(difference - expected) < off * np.linalg.norm(expected)


def test_a_transition_there_and_on_is_one(start):
    half = propagate(start, start.epoch, 0.0625, FORCES)
    middle = InjectionState(
        EPOCH + timedelta(seconds=5400), half.position_m[-1].copy(), half.velocity_m_s[-1].copy()
    )
    whole = transition_matrix(start, 10800.0, FORCES)
    parts = transition_matrix(middle, 5400.0, FORCES) @ transition_matrix(start, 5400.0, FORCES)
    assert parts == pytest.approx(whole, rel=1e-4, abs=1e-6)


def test_every_force_counts_and_can_be_left_out(start):
    """By how much each moves it in six hours; the order of Montenbruck and Gill (2000), figure 3.1."""
    whole = propagate(start, start.epoch, 0.25, FORCES).position_m[-1]

    def moved_m(**changes):
        return float(
            np.linalg.norm(
                propagate(start, start.epoch, 0.25, replace(FORCES, **changes)).position_m[-1] - whole
            )
        )

    drag, sun, moon = moved_m(drag_area_m2=0.0), moved_m(sun=False), moved_m(moon=False)
    pressure, tides = moved_m(radiation_area_m2=0.0), moved_m(solid_tides=False)
    relativity, order = moved_m(relativity=False), moved_m(gravity_order=0)
    assert order > drag > max(sun, moon) > min(sun, moon) > tides > relativity > 0.01
    assert 0.1 < pressure < drag
    assert "Moon by DE440" in replace(FORCES, sun=False).conventions
    assert "NRLMSISE" not in replace(FORCES, drag_area_m2=0.0).conventions


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gravity_degree": 71}, "a degree up to 70"),
        ({"gravity_degree": 8, "gravity_order": 9}, "degree 8 and order 9"),
        ({"drag_area_m2": -1.0}, "drag_area_m2 is -1"),
        ({"mass_kg": 0.0}, "mass_kg is 0; expected above 0"),
    ],
)
def test_impossible_forces_are_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        replace(FORCES, **changes)
