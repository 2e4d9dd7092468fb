"""Areas that the air and the Sun meet over a mission: as given, or from faces, panels and attitudes.

The mean is taken over a circle at the mean height, all seasons and, where the node's local time is not held,
all local times: it needs no propagated orbit, and the propagation can start from it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.faces import ATTITUDES, attitude_fractions
from cosmodrome.budgets.mass import mission_mass_budget
from cosmodrome.budgets.performance import sensor_limits
from cosmodrome.constants import ASTRONOMICAL_UNIT_M, EARTH_EQUATORIAL_RADIUS_M, EARTH_OBLIQUITY_RAD
from cosmodrome.models.body import Attitude, Body
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.target import SunSynchronousTarget, Target
from cosmodrome.operations.timeline import mode_triggers
from cosmodrome.orbit.coverage import SensorLimits
from cosmodrome.orbit.eclipses import sunlit_fraction
from cosmodrome.orbit.forces import Forces, forces_on
from cosmodrome.orbit.surfaces import Attitude as HeldAttitude
from cosmodrome.orbit.surfaces import Face, Surfaces

Array = NDArray[np.float64]

_DAYS, _PLACES = 60, 96  # seasons times places around the orbit
_GOLDEN_RATIO = (math.sqrt(5.0) - 1.0) / 2.0
_MOST_APART_FRACTION = 0.2  # beyond it a given area and that of the faces are told
_MOST_OPEN_FRACTION = 0.05  # of the surface
_ALIKE_RATIO = 1e-3
_GIVEN = "mission file"


@dataclass(frozen=True, slots=True)
class FlownAreas:
    """Mean areas, each with where it is from."""

    drag_area_m2: float
    radiation_area_m2: float  # mean of the sunlit time
    disposal_area_m2: float  # in the flow after the mission
    drag_source: str
    radiation_source: str
    disposal_source: str
    notes: tuple[str, ...] = ()

    def falls_like(self, other: "FlownAreas") -> bool:
        """Whether orbits decay alike, within 0.1 %: a mode's duty moves areas by less than decay knows."""
        pairs = ((self.drag_area_m2, other.drag_area_m2), (self.disposal_area_m2, other.disposal_area_m2))
        return all(math.isclose(mine, its, rel_tol=_ALIKE_RATIO) for mine, its in pairs)

    def __repr__(self) -> str:
        return f"<FlownAreas {self.drag_area_m2:.3g} m2 in the flow, {self.disposal_area_m2:.3g} m2 after>"


def flown_areas(mission: Mission, satellite: Satellite) -> FlownAreas:
    """Areas in the flow and toward the Sun, and in the flow after the mission.

    An area that the mission file gives wins; where the faces differ by more than 20 %, a note tells both.

    Parameters
    ----------
    mission : Mission
        Orbit and stations: they decide how long each mode holds its attitude.
    satellite : Satellite
        Areas or faces, modes, attitudes.

    Returns
    -------
    FlownAreas

    Notes
    -----
    Each attitude shows sum A max(0, n.d) of its faces; attitudes count by their share of time, of two modes
    that are on at once the later one. A target is taken as nadir. A panel that tracks the Sun is two faces
    of its area, back to back and held to the Sun; when the satellite tumbles it tumbles too. Panels that do
    not track are faces of the body. A tumbling satellite shows a quarter of its surface. Nothing holds a
    passivated satellite: after the mission it tumbles, unless `attitude_after_mission` says otherwise.
    Without faces all areas are the drag area.

    The time over stations and targets is that of the circle above a turning sphere, without the stations'
    skylines: some percent of it. Denser air by day is not weighed, nor that
    of a perigee: an orbit of some hundredths of eccentricity and more wants a given area.

    References
    ----------
    Cauchy (1841), mean shadow of a convex body; ISO 27852 takes it for the area of a lifetime.

    Examples
    --------
    See `tests/budgets/test_areas.py`: a box, and a panel that turns against the flow.
    """
    given_m2, body = satellite.drag_area_m2, satellite.body
    if body is None:
        assert given_m2 is not None  # the validator's word
        radiation, disposal = satellite.radiation_area_m2, satellite.disposal_area_m2
        return FlownAreas(
            given_m2, radiation or given_m2, disposal or given_m2,
            _GIVEN, _GIVEN if radiation else "the drag area", _GIVEN if disposal else "as before",
        )  # fmt: skip
    sky = _Sky.of(mission.target)
    flow, light, shares = _shown_by_faces(mission, satellite, body, sky)
    drag_m2, sun_m2 = float(flow.mean()), float(np.average(light, weights=sky.lit))
    told = ", ".join(
        f"{name} {100 * share:.0f} %" for name, share in zip(ATTITUDES, shares, strict=True) if share > 0
    )
    after = satellite.attitude_after_mission or "tumbling"
    after_m2 = float(_shown(satellite, body, after, sky)[0].mean())
    kept_m2 = satellite.radiation_area_m2
    return FlownAreas(
        drag_area_m2=given_m2 or drag_m2,
        radiation_area_m2=kept_m2 or sun_m2,
        disposal_area_m2=satellite.disposal_area_m2 or after_m2,
        drag_source=_GIVEN if given_m2 else f"faces, {told}",
        radiation_source=_GIVEN if kept_m2 else f"faces, {told}",
        disposal_source=_GIVEN if satellite.disposal_area_m2 else f"faces, {after}",
        notes=(
            *_apart("drag_area_m2", given_m2, drag_m2, "air"),
            *_apart("radiation_area_m2", kept_m2, sun_m2, "Sun"),
            *_open(body, follows=given_m2 is None),
        ),
    )


def mission_forces(mission: Mission, satellite: Satellite) -> Forces:
    """What acts on the satellite as launched: its best-estimate mass and mean areas."""
    areas = flown_areas(mission, satellite)
    return forces_on(
        satellite,
        mission_mass_budget(mission, satellite).best_estimate_launch_mass_kg,
        drag_area_m2=areas.drag_area_m2,
        radiation_area_m2=areas.radiation_area_m2,
    )


def panel_area_m2(satellite: Satellite) -> float:
    """Area of panels that are apart from the body and track the Sun [m2]."""
    array = satellite.solar_array
    return satellite.array_area_m2 if array.mounting == "sun-tracking" else 0.0


def held_attitude(attitude: Attitude) -> HeldAttitude:
    """The same, a target taken as nadir."""
    return "nadir" if attitude == "target" else attitude


@dataclass(frozen=True, slots=True)
class _Sky:
    """Places around a circle over the seasons, K samples in axes of the equator, with the Sun's light."""

    radius_m: float
    position: Array  # (K, 3) unit vectors
    velocity: Array
    sun: Array
    turn_rad: Array  # (K,) of the Earth, spread evenly
    lit: Array  # (K,)

    @classmethod
    def of(cls, target: Target) -> "_Sky":
        radius_m = EARTH_EQUATORIAL_RADIUS_M + 500.0 * (
            target.perigee_altitude_km + target.apogee_altitude_km
        )
        count = np.arange(float(_DAYS * _PLACES))
        day, place = np.divmod(count, _PLACES)
        season = 2 * np.pi * (day + 0.5) / _DAYS
        along = 2 * np.pi * (place + math.sqrt(2.0) * day) / _PLACES  # no two days at the same places
        if isinstance(target, SunSynchronousTarget):
            node = season + math.radians(15.0 * (target.ltan_h - 12.0))
        else:
            node = 2 * np.pi * _GOLDEN_RATIO * day
        up = _direction(node, 0.0)
        ahead = _direction(node + np.pi / 2, math.radians(target.inclination_deg))
        c, s = np.cos(along)[:, None], np.sin(along)[:, None]
        position, velocity = c * up + s * ahead, c * ahead - s * up
        sun = _direction(season, 0.0)
        sun = np.stack(
            (sun[:, 0], math.cos(EARTH_OBLIQUITY_RAD) * sun[:, 1], math.sin(EARTH_OBLIQUITY_RAD) * sun[:, 1]),
            axis=1,
        )
        lit = sunlit_fraction(radius_m * position, ASTRONOMICAL_UNIT_M * sun)
        return cls(radius_m, position, velocity, sun, 2 * np.pi * ((_GOLDEN_RATIO * count) % 1.0), lit)

    def over(self, places: Sequence[tuple[float, float, SensorLimits]]) -> Array:
        """1 where a place of that latitude and longitude [deg] is in view, 0 elsewhere, shape (K,)."""
        seen = np.zeros(len(self.lit), dtype=bool)
        ratio = EARTH_EQUATORIAL_RADIUS_M / self.radius_m
        for latitude_deg, longitude_deg, limits in places:
            lowest = math.radians(limits.minimum_elevation_deg)
            if limits.half_cone_deg is not None:  # which is an elevation too, where its edge meets the ground
                lowest = max(
                    lowest, math.acos(min(math.sin(math.radians(limits.half_cone_deg)) / ratio, 1.0))
                )
            reach = math.acos(ratio * math.cos(lowest)) - lowest
            place = _direction(self.turn_rad + math.radians(longitude_deg), math.radians(latitude_deg))
            in_view = np.einsum("ki,ki->k", place, self.position) >= math.cos(reach)
            if limits.minimum_sun_elevation_deg is not None:
                height = math.sin(math.radians(limits.minimum_sun_elevation_deg))
                in_view &= np.einsum("ki,ki->k", place, self.sun) >= height
            seen |= in_view
        return seen.astype(float)


def _direction(east_rad: Array, north_rad: float) -> Array:
    """Unit vectors at a longitude and a latitude, shape (K, 3)."""
    across = math.cos(north_rad)
    up = np.full(len(east_rad), math.sin(north_rad))
    return np.stack((across * np.cos(east_rad), across * np.sin(east_rad), up), axis=1)


def _shown_by_faces(
    mission: Mission, satellite: Satellite, body: Body, sky: _Sky
) -> tuple[Array, Array, Array]:
    """Areas against the flow and the Sun in the mean of the attitudes, (K,) each; share of each attitude."""
    never = np.zeros(len(sky.lit))
    holding = {mode.when for mode in satellite.modes if mode.attitude is not None}
    contact = sky.over(_stations(mission)) if "over-station" in holding else never
    target = sky.over(_targets(mission, satellite)) if "over-target" in holding else never
    triggers = mode_triggers(sky.lit, contact, target)
    on = np.stack([mode.duty_fraction * triggers[mode.when] for mode in satellite.modes])
    shares = attitude_fractions(satellite, on)
    flow, light = np.zeros_like(never), np.zeros_like(never)
    for attitude, share in zip(ATTITUDES, shares, strict=True):
        if share.any():
            shown = _shown(satellite, body, attitude, sky)
            flow += share * shown[0]
            light += share * shown[1]
    return flow, light, shares.mean(axis=1)


def _stations(mission: Mission) -> list[tuple[float, float, SensorLimits]]:
    return [
        (one.latitude_deg, one.longitude_deg, SensorLimits(minimum_elevation_deg=one.minimum_elevation_deg))
        for one in mission.stations
    ]


def _targets(mission: Mission, satellite: Satellite) -> list[tuple[float, float, SensorLimits]]:
    limits = sensor_limits(satellite)
    return [
        (
            one.latitude_deg,
            one.longitude_deg,
            replace(limits, minimum_elevation_deg=one.minimum_elevation_deg),
        )
        for one in mission.requirements.imaging_targets
    ]


def _shown(satellite: Satellite, body: Body, attitude: Attitude, sky: _Sky) -> tuple[Array, Array]:
    """Areas of body and panels in one attitude against the flow and the Sun, shape (K,) each."""
    faces, panel_m2 = tuple(Face(face.area_m2, face.normal) for face in body.faces), panel_area_m2(satellite)
    panel = (Face(panel_m2, (0.0, 0.0, 1.0)), Face(panel_m2, (0.0, 0.0, -1.0))) if panel_m2 > 0 else ()
    held, path = held_attitude(attitude), (sky.position, sky.velocity, sky.sun)
    if held in ("tumbling", "sun") or not panel:
        return Surfaces((*faces, *panel), held).areas_m2(*path)
    own, apart = Surfaces(faces, held).areas_m2(*path), Surfaces(panel, "sun").areas_m2(*path)
    return own[0] + apart[0], own[1] + apart[1]


def _apart(key: str, given_m2: float | None, faces_m2: float, meets: str) -> tuple[str, ...]:
    """A note where a given area and that of the faces differ."""
    if given_m2 is None or abs(given_m2 / faces_m2 - 1.0) <= _MOST_APART_FRACTION:
        return ()
    return (
        f"{key} is given as {given_m2:.3g} m², the faces in their attitudes show {faces_m2:.3g} m² to the "
        f"{meets}; the given one counts. Leave it out, and the faces do.",
    )


def _open(body: Body, *, follows: bool) -> tuple[str, ...]:
    """A note where faces that areas follow from are not a closed surface, whose sum of A n is zero."""
    normal = np.array([face.normal for face in body.faces], dtype=float)
    area = np.array([face.area_m2 for face in body.faces])
    missing_m2 = float(np.linalg.norm(area @ (normal / np.linalg.norm(normal, axis=1)[:, None])))
    if not follows or missing_m2 <= _MOST_OPEN_FRACTION * area.sum():
        return ()
    return (
        f"The faces do not close around the body: {missing_m2:.2g} m² are missing on one side, which neither "
        "air nor Sun meets. List every side; a fixed panel has two.",
    )
