"""Orekit 13.1.9 (CS GROUP): trajectories, eclipses and frames, in the tables of the folder orekit.

Made by benchmarks/peers/orekit_run.py on data that orekit_data.py assembles; each table's header tells its
settings. Orekit integrates to 1e-8 m a step; a tenth of that moves its answers by 7 mm at most in 7 days.
"""

from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.eclipses import eclipses
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.named_frames import turned_states

SAME_FORCES = (
    "leo_gravity_sun_moon",
    "leo_radiation",
    "low_gravity_sun_moon",
    "sso_gravity_70",
    "sso_gravity_70_relativity",
    "sso_gravity_70_tides",
    "transfer_gravity_sun_moon",
    "transfer_radiation",
)
SAME_DRAG = ("low_drag_3_hourly", "low_drag_daily_mean", "low_drag_storm", "leo_all_forces")


@pytest.mark.parametrize("name", SAME_FORCES)
def test_same_forces_without_drag(trajectory, name):
    # what issue 5 asks for; the models themselves agree to 1 cm in a day and 6 cm in 7 days, 0.8 m with the
    # shadow's edges, which leaves the rest to the step control
    theirs = trajectory(f"orekit/{name}.csv")
    misses = theirs.misses_m()
    assert theirs.first_days(misses, 1).max() <= 0.1
    assert misses.max() <= 1.0


@pytest.mark.parametrize("name", SAME_DRAG)
def test_drag_with_the_same_ap(trajectory, name):
    # what issue 5 asks for, of a drag of 30 km a day at 400 km; 6 to 17 m are left there because satkit's air
    # turns about the axis of J2000, 1 m/s beside the true one; with that wind in Orekit too 2 cm are left
    theirs = trajectory(f"orekit/{name}.csv")
    assert theirs.first_days(theirs.misses_m(), 1).max() <= 20.0


def test_local_time_of_the_atmosphere_is_a_convention(trajectory):
    # Orekit takes the true Sun's local time, NRLMSISE-00's authors UTC and longitude ("of minor importance"):
    # 0.1 % of the drag in January, when the two are 3 to 14 minutes apart
    theirs, without = (
        trajectory(f"orekit/low_{case}.csv") for case in ("drag_apparent_time", "gravity_sun_moon")
    )
    drag = theirs.apart_m(without.position_m)
    misses = theirs.misses_m()
    assert np.all(misses[1:] <= 0.002 * drag[1:])


def test_daily_ap_is_two_conventions(trajectory):
    # the day's mean in all slots of the history, as here, is not NRLMSISE-00's switch to daily Ap: 2.4 % of
    # the drag in the first day, where 3-hourly Ap differs by 8 %
    theirs, without = (
        trajectory(f"orekit/low_{case}.csv") for case in ("drag_daily_switch", "gravity_sun_moon")
    )
    drag = theirs.first_days(theirs.apart_m(without.position_m), 1)[-1]
    means, slots = (
        theirs.first_days(theirs.misses_m(ap_convention=name), 1)[-1] for name in ("daily-mean", "3-hourly")
    )
    assert means <= 0.03 * drag
    assert slots > 2 * means


def test_what_step_1_of_the_tides_leaves_out(trajectory):
    # the frequency-dependent step 2 and the pole's tide, which satkit does not have: 1.6 m in the first day
    theirs = trajectory("orekit/sso_gravity_70_full_tides.csv")
    assert theirs.first_days(theirs.misses_m(), 1).max() <= 2.0


@pytest.mark.parametrize("name", ["leo_gravity_sun_moon", "sso_gravity_70", "transfer_gravity_sun_moon"])
@pytest.mark.parametrize("earth", ["sphere", "ellipsoid"])
def test_eclipse_edges(table, trajectory, name, earth):
    theirs = trajectory(f"orekit/{name}.csv")
    _, rows = table(f"orekit/eclipses_{name}.csv")
    flattened = {"oblate": True} if earth == "ellipsoid" else {}
    found = eclipses(theirs.path(), **flattened)
    for shadow in ("umbra", "penumbra"):
        for edge in ("entry", "exit"):
            expected = np.array(
                [
                    float(row["elapsed_s"])
                    for row in rows
                    if (row["earth"], row["shadow"], row["edge"]) == (earth, shadow, edge)
                ]
            )
            instants = [one.start if edge == "entry" else one.end for one in found if one.kind == shadow]
            ours = np.array([(instant - theirs.epoch).total_seconds() for instant in instants])
            # a passage that the start cuts begins with it, which is no edge
            ours = ours[(ours > 0) & (ours < expected.max() + 600.0)]
            np.testing.assert_allclose(ours, expected, rtol=0, atol=0.1)  # what issue 5 asks for


def test_itrf_positions_and_velocities(table):
    _, rows = table("orekit/frames.csv")
    table_of_pole = read_earth_orientation()
    for inertial, fixed in _pairs(rows, "ITRF"):
        instant = datetime.fromisoformat(inertial["epoch_utc"]).replace(tzinfo=UTC)
        ours = turned_states(instant, np.zeros(1), _state(inertial), ("GCRF", "ITRF"), table_of_pole)
        position, velocity = _state(fixed)
        assert np.linalg.norm(ours[0] - position) <= 0.01  # what issue 5 asks for
        # 0.01 m of position in the 15 minutes of a radian
        assert np.linalg.norm(ours[1] - velocity) <= 1e-4


def test_teme_positions(table):
    # Orekit's TEME leaves out the pole offsets of the IAU 1980 nutation, 45 mas, which Vallado's way through
    # ITRF, ours, puts in: 1.5 m at 7,000 km
    _, rows = table("orekit/frames.csv")
    table_of_pole = read_earth_orientation()
    for inertial, teme in _pairs(rows, "TEME"):
        instant = datetime.fromisoformat(inertial["epoch_utc"]).replace(tzinfo=UTC)
        ours = turned_states(instant, np.zeros(1), _state(inertial), ("GCRF", "TEME"), table_of_pole)
        assert np.linalg.norm(ours[0] - _state(teme)[0]) <= 1.5


def _pairs(rows, frame):
    """Rows in GCRF with the row of the same state in another frame."""
    inertial = None
    for row in rows:
        if row["frame"] == "GCRF":
            inertial = row
        elif row["frame"] == frame:
            yield inertial, row


def _state(row):
    """Position and velocity, shape (1, 3) each."""
    values = np.array([[float(row[name]) for name in ("x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")]])
    return values[:, :3], values[:, 3:]
