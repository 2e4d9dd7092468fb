"""Faces in their attitudes: closed forms of a box on a circle."""

import math

import numpy as np
import pytest

from cosmodrome.budgets.faces import attitude_fractions, face_views
from cosmodrome.models.body import Body
from cosmodrome.operations.timeline import mode_timeline

WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
AXES = {
    "+x": (1, 0, 0),
    "-x": (-1, 0, 0),
    "+y": (0, 1, 0),
    "-y": (0, -1, 0),
    "+z": (0, 0, 1),
    "-z": (0, 0, -1),
}


def box(**changes):
    faces = [
        {"name": name, "area_m2": 0.25, "normal": normal, "finish": WHITE} for name, normal in AXES.items()
    ]
    return Body.model_validate({"faces": faces} | changes)


@pytest.fixture
def seen(small_satellite, circular_orbit):
    def views(attitude, beta_deg=0.0):
        orbit, satellite = circular_orbit(beta_deg=beta_deg, orbits=1), small_satellite(attitude=attitude)
        timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, orbit.illumination_ratio, ())
        return face_views(satellite, box(), timeline, orbit)

    return views


def test_held_to_the_sun_one_face_sees_it_whole(seen):
    cosine = seen("sun").sun_cosine_ratio
    assert cosine[:, 4] == pytest.approx(1.0)
    assert np.delete(cosine, 4, axis=1) == pytest.approx(0.0, abs=1e-5)


def test_held_to_nadir_faces_along_and_across_follow_the_closed_forms(seen):
    """With the Sun in the plane, each of the four faces in it averages 1/pi; across, sin(beta)."""
    mean = seen("nadir").sun_cosine_ratio.mean(axis=0)
    assert mean[[0, 1, 4, 5]] == pytest.approx(1 / math.pi, rel=1e-4)
    assert mean[[2, 3]] == pytest.approx(0.0, abs=1e-12)
    high = seen("nadir", beta_deg=60.0).sun_cosine_ratio.mean(axis=0)
    assert max(high[2], high[3]) == pytest.approx(math.sin(math.radians(60.0)))
    assert min(high[2], high[3]) == 0.0


def test_tumbling_every_face_sees_a_quarter(seen):
    assert seen("tumbling").sun_cosine_ratio == pytest.approx(0.25)


def test_the_earth_fills_what_geometry_says(seen):
    """700 km: (R/r)^2 = 0.8120 below, nothing above; over six faces as much as a sphere's, six times."""
    earth = seen("nadir").earth_view_ratio
    ratio = 6378.137 / 7078.137
    assert earth[:, 4] == pytest.approx(ratio**2)
    assert earth[:, 5] == pytest.approx(0.0, abs=1e-12)
    tumbling = seen("tumbling").earth_view_ratio
    assert tumbling == pytest.approx((1 - math.sqrt(1 - ratio**2)) / 2)


def test_no_light_is_reflected_from_the_night(seen, circular_orbit):
    views, orbit = seen("nadir"), circular_orbit(orbits=1)
    night = (orbit.position_m[:-1, 0] < 0) & (orbit.position_m[1:, 0] < 0)
    assert (views.reflected_view_ratio[night] == 0).all()
    assert views.reflected_view_ratio[~night][:, 4].max() == pytest.approx(
        (6378.137 / 7078.137) ** 2, rel=1e-3
    )


def test_the_later_mode_decides_and_the_rest_is_the_satellites_own(small_satellite, circular_orbit):
    orbit = circular_orbit(orbits=1)
    modes = [
        {"name": "idle", "components": ["bus"], "attitude": "nadir", "duty_fraction": 0.7},
        {"name": "imaging", "components": ["camera"], "attitude": "target", "duty_fraction": 0.5},
    ]
    satellite = small_satellite(modes=modes, attitude="sun")
    timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, orbit.illumination_ratio, ())
    shares = attitude_fractions(satellite, timeline.on_fraction)
    assert shares[:, 0] == pytest.approx([0.5, 0.0, 0.5, 0.0])  # nadir gets what target leaves
    modes[0]["duty_fraction"] = 0.2
    satellite = small_satellite(modes=modes, attitude="sun")
    timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, orbit.illumination_ratio, ())
    shares = attitude_fractions(satellite, timeline.on_fraction)
    assert shares[:, 0] == pytest.approx([0.2, 0.3, 0.5, 0.0])
    assert shares.sum(axis=0) == pytest.approx(1.0)
