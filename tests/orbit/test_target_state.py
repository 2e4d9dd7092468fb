"""The state of a target: its node, its size, what it leaves open."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.orbit.target_state import target_state, unsaid_of_target
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.sun import local_time_of_node_h

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def test_a_sun_synchronous_node_has_its_local_time():
    state = target_state(SunSynchronousTarget(kind="sun-synchronous", altitude_km=550, ltan="22:30"), EPOCH)
    node = np.array([state.elements.raan_rad])
    found_h = float(local_time_of_node_h(node, EPOCH, np.zeros(1), read_earth_orientation())[0])
    # the node is read in GCRF: precession since 2000 is 0.35 deg, 1.4 min
    assert found_h == pytest.approx(22.5, abs=0.03)


def test_node_and_perigee_are_those_given_and_said_where_they_are_not():
    given = EllipticalTarget(
        kind="elliptical", perigee_altitude_km=400, apogee_altitude_km=1500, inclination_deg=63.4,
        argument_of_perigee_deg=270, raan_deg=40,
    )  # fmt: skip
    elements = target_state(given, EPOCH).elements
    assert math.degrees(elements.raan_rad) == pytest.approx(40, abs=1e-3)
    assert np.linalg.norm(target_state(given, EPOCH).position_m) == pytest.approx(6_778_137, abs=15e3)
    assert unsaid_of_target(given) == ()
    left = unsaid_of_target(given.model_copy(update={"argument_of_perigee_deg": None, "raan_deg": None}))
    assert [line.split(":")[0] for line in left] == [
        "The target has no argument_of_perigee_deg",
        "The target has no ltan or raan_deg",
    ]
    circle = CircularTarget(kind="circular", altitude_km=500, inclination_deg=51.6)
    assert len(unsaid_of_target(circle)) == 1
