"""Areas by attitude and mode: closed forms on a circle, and what wins where an area is given."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.budgets.areas import FlownAreas, flown_areas, mission_forces
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.station import Station
from cosmodrome.models.target import CircularTarget, SunSynchronousTarget

WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
AXES = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
FIXED = {"area_m2": 0.5, "cell_efficiency_ratio": 0.29, "mounting": "fixed-zenith"}
CIRCLE = CircularTarget(kind="circular", altitude_km=700, inclination_deg=60)
DAWN = SunSynchronousTarget(kind="sun-synchronous", altitude_km=700, ltan="06:00")


def box(*areas_m2):
    """Sides across x, y and z."""
    return {
        "faces": [
            {"name": str(axis), "area_m2": areas_m2[k // 2], "normal": axis, "finish": WHITE}
            for k, axis in enumerate(AXES)
        ]
    }


class Flown:
    """The part of a mission that areas follow from."""

    def __init__(self, target=CIRCLE, stations=(), targets=()):
        self.target, self.stations = target, stations
        self.requirements = Requirements(imaging_targets=targets)


@pytest.fixture
def areas(small_satellite):
    def found(target=CIRCLE, stations=(), targets=(), **changes):
        described = {"drag_area_m2": None, "solar_array": FIXED, "body": box(1.0, 2.0, 3.0)} | changes
        return flown_areas(Flown(target, stations, targets), small_satellite(**described))

    return found


def test_to_nadir_the_front_flies_ahead_and_tumbling_a_quarter_of_the_surface(areas):
    held = areas()
    assert held.drag_area_m2 == pytest.approx(1.0)
    assert held.drag_source == "faces, nadir 100 %"
    assert held.disposal_area_m2 == pytest.approx(12.0 / 4)
    assert held.disposal_source == "faces, tumbling"
    tumbling = areas(attitude="tumbling")
    assert (tumbling.drag_area_m2, tumbling.radiation_area_m2) == pytest.approx((3.0, 3.0))


def test_to_the_sun_one_side_is_lit_and_the_flow_goes_around(areas):
    """A dawn orbit: the Sun is within some 30 deg of the normal, so that the flow meets x and y."""
    held = areas(DAWN, attitude="sun", body=box(1.0, 1.0, 3.0))
    assert held.radiation_area_m2 == pytest.approx(3.0, rel=1e-6)
    # the Sun at an angle b off the plane: z.v is cos b sin u, whose mean size is 2 cos b / pi
    season = np.linspace(0, 2 * np.pi, 721)[:-1]
    normal = math.radians(DAWN.inclination_deg)
    node = season - np.pi / 2
    up = np.stack((np.sin(node) * np.sin(normal), -np.cos(node) * np.sin(normal)), axis=1)
    tilt = math.radians(23.44)
    toward = up[:, 0] * np.cos(season) + up[:, 1] * np.sin(season) * math.cos(tilt)
    toward += math.cos(normal) * np.sin(season) * math.sin(tilt)
    end_on = 2 / np.pi * np.sqrt(1 - toward**2).mean()
    # x and y of the body share the rest: between a side and its diagonal
    assert 3.0 * end_on + 0.8 < held.drag_area_m2 < 3.0 * end_on + math.sqrt(2)


def test_a_panel_that_tracks_the_sun_turns_against_the_flow(areas):
    """Two sides of 4 m2 over all betas: the mean size of the cosine between Sun and flow is 1/2 if all of the
    sky's directions are alike; the year's Sun and an inclination of 60 deg come within 5 % of it."""
    plain = areas()
    panel = areas(solar_array=FIXED | {"mounting": "sun-tracking", "area_m2": 4.0})
    assert panel.drag_area_m2 - plain.drag_area_m2 == pytest.approx(4.0 / 2, rel=0.05)
    assert panel.radiation_area_m2 - plain.radiation_area_m2 == pytest.approx(4.0)
    assert panel.disposal_area_m2 - plain.disposal_area_m2 == pytest.approx(2 * 4.0 / 4)


def test_modes_count_by_their_share_of_time(areas):
    modes = [
        {"name": "idle", "components": ["bus"]},
        {"name": "spin", "components": ["bus"], "attitude": "tumbling", "duty_fraction": 0.25},
    ]
    assert areas(modes=modes).drag_area_m2 == pytest.approx(0.75 * 1.0 + 0.25 * 3.0)
    for when in ("sunlit", "eclipse"):
        modes[1] |= {"when": when, "duty_fraction": 1.0}
        share = areas(modes=modes).drag_area_m2 / 2 - 0.5
        # a circle at 700 km is dark for up to 35.7 % of the time, less where the Sun stands off its plane
        dark = share if when == "eclipse" else 1 - share
        assert 0.25 < dark < 0.357


def test_time_over_stations_is_that_of_the_circle(areas):
    """A pole in an orbit over it: seen once a revolution, within acos(R / r cos 10 deg) - 10 deg."""
    modes = [
        {"name": "idle", "components": ["bus"]},
        {"name": "talk", "components": ["bus"], "attitude": "tumbling", "when": "over-station"},
    ]
    north = Station(
        name="north", latitude_deg=90, longitude_deg=0, minimum_elevation_deg=10, antenna_gain_dbi=30,
        system_noise_temperature_k=200,
    )  # fmt: skip
    polar = CircularTarget(kind="circular", altitude_km=700, inclination_deg=90)
    over = areas(polar, (north,), modes=modes).drag_area_m2 / 2 - 0.5
    reach = math.acos(6378.137 / 7078.137 * math.cos(math.radians(10))) - math.radians(10)
    assert over == pytest.approx(2 * reach / (2 * np.pi), rel=0.005)
    twice = areas(polar, (north, north), modes=modes).drag_area_m2 / 2 - 0.5
    assert twice == over


def test_time_over_targets_is_that_of_light_and_cone(areas):
    """The pole again: in view where a cone of 30 deg meets the ground, and lit for half of the year."""
    modes = [
        {"name": "idle", "components": ["bus"]},
        {"name": "look", "components": ["bus"], "attitude": "tumbling", "when": "over-target"},
    ]
    imager = {
        "component": "camera", "focal_length_mm": 600, "aperture_mm": 100, "pixel_pitch_um": 6,
        "pixels_count": 2, "max_off_nadir_deg": 30, "minimum_sun_elevation_deg": 0,
    }  # fmt: skip
    north = {"name": "north", "latitude_deg": 90, "longitude_deg": 0, "minimum_elevation_deg": 0}
    polar = CircularTarget(kind="circular", altitude_km=700, inclination_deg=90)
    lit = areas(polar, targets=(north,), modes=modes, imager=imager).drag_area_m2 / 2 - 0.5
    reach = math.asin(7078.137 / 6378.137 * math.sin(math.radians(30))) - math.radians(30)
    assert lit == pytest.approx(0.5 * 2 * reach / (2 * np.pi), rel=0.05)  # 0.9 places of 96: a coarse count
    seen = areas(polar, targets=(north,), modes=modes).drag_area_m2 / 2 - 0.5
    assert seen == pytest.approx(math.acos(6378.137 / 7078.137) / np.pi, rel=0.005)


def test_a_given_area_wins_and_both_are_told_where_they_differ(areas):
    given = areas(drag_area_m2=1.1)
    assert (given.drag_area_m2, given.drag_source, given.notes) == (1.1, "mission file", ())
    assert given.disposal_area_m2 == pytest.approx(3.0)
    far = areas(drag_area_m2=1.5)
    assert far.notes == (
        "drag_area_m2 is given as 1.5 m², the faces in their attitudes show 1 m² to the air; the given one "
        "counts. Leave it out, and the faces do.",
    )
    lit = areas(radiation_area_m2=20.0)
    assert "radiation_area_m2 is given as 20 m²" in lit.notes[0]
    assert "to the Sun" in lit.notes[0]


def test_a_side_that_is_missing_is_told(areas):
    faces = box(1.0, 2.0, 3.0)["faces"][:-1]
    (note,) = areas(body={"faces": faces}).notes
    assert note.startswith("The faces do not close around the body: 3 m² are missing on one side")
    assert areas(body={"faces": faces}, drag_area_m2=1.0).notes == ()


def test_after_the_mission_as_said(areas):
    assert areas(attitude_after_mission="nadir").disposal_area_m2 == pytest.approx(1.0)
    sail = areas(disposal_area_m2=25.0)
    assert (sail.disposal_area_m2, sail.disposal_source) == (25.0, "mission file")


def test_without_faces_all_areas_are_the_drag_area(small_satellite):
    plain = flown_areas(Flown(), small_satellite())
    assert plain == FlownAreas(0.8, 0.8, 0.8, "mission file", "the drag area", "as before")


def test_areas_a_little_apart_decay_alike(areas):
    assert areas().falls_like(areas(body=box(1.0005, 2.0, 3.0)))
    assert not areas().falls_like(areas(body=box(1.01, 2.0, 3.0)))
    assert not areas().falls_like(areas(attitude_after_mission="nadir"))


def test_the_orbit_is_flown_with_them(small_satellite):
    satellite = small_satellite(drag_area_m2=None, solar_array=FIXED, body=box(1.0, 2.0, 3.0))
    vehicle = SimpleNamespace(adapter_mass_kg=None)
    mission = SimpleNamespace(target=CIRCLE, stations=(), policy=MarginPolicy(), vehicle=vehicle)
    forces = mission_forces(mission, satellite)
    assert forces.drag_area_m2 == pytest.approx(1.0)
    assert forces.radiation_area_m2 == pytest.approx(flown_areas(mission, satellite).radiation_area_m2)
