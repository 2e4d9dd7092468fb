"""When one satellite sees targets on the ground: by off-nadir angle, elevation, and the light."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.coverage import SensorLimits
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.path_arcs import path_arcs
from cosmodrome.physics.arcs import Arcs
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.events import Indices, find_intervals, find_peaks
from cosmodrome.physics.ground_contacts import ContactLimits, GroundContacts, ground_contacts
from cosmodrome.physics.time import datetime_from_elapsed
from cosmodrome.physics.topocentric import SunOverGround, TopocentricAxes

Array = NDArray[np.float64]

_EDGE_TOLERANCE_S = 0.05
_NODE_S = 30.0  # in which light and angles have at most one extremum


@dataclass(frozen=True, slots=True)
class GroundTarget:
    """A place to look at, on WGS-84."""

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float = 0.0
    minimum_elevation_deg: float = 0.0  # of the satellite there

    def __post_init__(self) -> None:
        """Refuse what is not on the Earth."""
        if not -90 <= self.latitude_deg <= 90:
            raise ValueError(
                f"target {self.name}: a latitude of {self.latitude_deg:g} deg; expected -90 to 90, and are "
                "latitude and longitude swapped?"
            )
        if not -180 <= self.longitude_deg <= 360:
            raise ValueError(
                f"target {self.name}: a longitude of {self.longitude_deg:g} deg; expected -180 to 360"
            )


@dataclass(frozen=True, slots=True)
class TargetAccess:
    """One interval in which a target is seen; angles and range are those at `best`, nearest the nadir.

    `off_nadir_deg` is measured at the satellite from the direction of the Earth's center; `phase_deg` at the
    target between the Sun and the satellite. Elevations are geometric. Where the ephemeris starts or ends
    inside an access, `start` or `end` is that instant.
    """

    target: str
    start: datetime
    best: datetime
    end: datetime
    off_nadir_deg: float
    elevation_deg: float
    azimuth_deg: float  # of the satellite from the target
    range_km: float
    sun_elevation_deg: float
    phase_deg: float

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""
        return (self.end - self.start).total_seconds()

    def __repr__(self) -> str:
        return (
            f"<TargetAccess {self.target} {self.start.isoformat(timespec='seconds')} "
            f"{self.duration_s:.0f} s, {self.off_nadir_deg:.1f} deg off nadir>"
        )


def target_accesses(
    ephemeris: Ephemeris,
    targets: Sequence[GroundTarget],
    limits: SensorLimits,
    maximum_phase_deg: float | None = None,
) -> tuple[TargetAccess, ...]:
    """Every access to every target in time order; edges to 0.05 s.

    The geometry is searched as for `coverage`: none is missed where the margin has one crest per revolution,
    which holds in low orbit. Light that comes or goes within an access cuts it.

    Parameters
    ----------
    ephemeris : Ephemeris
    targets : sequence of GroundTarget
    limits : SensorLimits
        Off-nadir angle, elevation and the Sun's elevation; all that are given must hold, and each target's
        own elevation.
    maximum_phase_deg : float, optional
        Greatest angle at the target between the Sun and the satellite, above 0 up to 180 [deg].

    Returns
    -------
    tuple of TargetAccess

    Raises
    ------
    ValueError
        If the phase angle is none.

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., section 5.2, for the angles.
    """
    if maximum_phase_deg is not None and not 0 < maximum_phase_deg <= 180:
        raise ValueError(f"a phase angle of {maximum_phase_deg:g} deg; expected above 0 and up to 180")
    if not targets:
        return ()
    scene = _Scene.of(ephemeris, targets)
    half_cone = None if limits.half_cone_deg is None else float(np.radians(limits.half_cone_deg))
    lowest_deg = [max(limits.minimum_elevation_deg, one.minimum_elevation_deg) for one in targets]
    mask = np.radians(np.array(lowest_deg))
    found = ground_contacts(
        scene.arcs, scene.ground.points, ContactLimits(mask, half_cone), tolerance_s=_EDGE_TOLERANCE_S
    )
    sun_deg = limits.minimum_sun_elevation_deg
    point, start, end = _in_the_light(scene, found, sun_deg, maximum_phase_deg)
    accesses = _described(scene, targets, point, start, end)
    return tuple(sorted(accesses, key=lambda access: (access.start, access.target)))


@dataclass(frozen=True, slots=True)
class _Scene:
    """The satellite's path, the targets and the Sun, Earth-fixed; times count from the first sample."""

    epoch: datetime
    arcs: Arcs
    ground: TopocentricAxes
    sun: SunOverGround

    @classmethod
    def of(cls, ephemeris: Ephemeris, targets: Sequence[GroundTarget]) -> "_Scene":
        epoch = datetime_from_elapsed(ephemeris.epoch, float(ephemeris.elapsed_s[0]))
        arcs = path_arcs([ephemeris], "ITRF")
        span = arcs.step_s * arcs.pieces_count
        sun = SunOverGround.between(epoch, span, read_earth_orientation())
        ground = TopocentricAxes.of(
            [one.latitude_deg for one in targets],
            [one.longitude_deg for one in targets],
            [one.altitude_m for one in targets],
        )
        return cls(epoch, arcs, ground, sun)

    def place(self, when_s: Array) -> Array:
        """Of the satellite, shape of `when_s` plus (3,) [m]."""
        flat = when_s.ravel()
        return self.arcs.places_at(np.zeros(len(flat), dtype=int), flat).reshape(*when_s.shape, 3)

    def off_nadir_rad(self, when_s: Array, point: Indices) -> Array:
        """Angle at the satellite between the target and the Earth's center."""
        place = self.place(when_s)
        return _angle_rad(-place, self.ground.points.position_m[point] - place)

    def phase_rad(self, when_s: Array, point: Indices) -> Array:
        """Angle at the target between the Sun and the satellite."""
        return _angle_rad(
            self.sun.direction(when_s), self.place(when_s) - self.ground.points.position_m[point]
        )

    def sun_elevation_rad(self, when_s: Array, point: Indices) -> Array:
        """Elevation of the Sun's center at the target."""
        sine = np.sum(self.sun.direction(when_s) * self.ground.points.up_direction[point], axis=-1)
        return np.asarray(np.arcsin(np.clip(sine, -1.0, 1.0)), dtype=float)


def _described(
    scene: _Scene, targets: Sequence[GroundTarget], point: Indices, start: Array, end: Array
) -> list[TargetAccess]:
    """The accesses with what is seen when the target is nearest the nadir."""
    best, negative = find_peaks(
        start, end, point, lambda when, which: -scene.off_nadir_rad(when, which), _NODE_S
    )
    look = scene.ground.look(scene.place(best), point)
    sun, phase = scene.sun_elevation_rad(best, point), scene.phase_rad(best, point)
    return [
        TargetAccess(
            target=targets[int(point[k])].name,
            start=datetime_from_elapsed(scene.epoch, start[k]),
            best=datetime_from_elapsed(scene.epoch, best[k]),
            end=datetime_from_elapsed(scene.epoch, end[k]),
            off_nadir_deg=math.degrees(-negative[k]),
            elevation_deg=math.degrees(look.elevation_rad[k]),
            azimuth_deg=math.degrees(look.azimuth_rad[k]),
            range_km=float(look.range_m[k]) / 1e3,
            sun_elevation_deg=math.degrees(sun[k]),
            phase_deg=math.degrees(phase[k]),
        )
        for k in range(len(point))
    ]


def _in_the_light(
    scene: _Scene, found: GroundContacts, minimum_sun_deg: float | None, maximum_phase_deg: float | None
) -> tuple[Indices, Array, Array]:
    """Points, starts and ends of the parts of the contacts in which the Sun stands as asked for."""
    start, duration = found.start_s, found.end_s - found.start_s
    if not len(found) or (minimum_sun_deg is None and maximum_phase_deg is None):
        return found.point, start, found.end_s

    def margin(share: Array, number: Indices) -> Array:
        when, point = start[number] + share * duration[number], found.point[number]
        margins = []
        if minimum_sun_deg is not None:
            margins.append(scene.sun_elevation_rad(when, point) - np.radians(minimum_sun_deg))
        if maximum_phase_deg is not None:
            margins.append(np.radians(maximum_phase_deg) - scene.phase_rad(when, point))
        return np.asarray(np.minimum.reduce(margins), dtype=float)

    longest = float(duration.max())
    shares = np.linspace(0.0, 1.0, max(3, int(np.ceil(longest / _NODE_S)) + 1))
    every = np.broadcast_to(np.arange(len(found))[:, None], (len(found), len(shares)))
    samples = margin(np.broadcast_to(shares, every.shape), every)
    part = find_intervals(shares, samples, margin, _EDGE_TOLERANCE_S / longest)
    whose = part.channel
    begin, finish = (start[whose] + share * duration[whose] for share in (part.start_s, part.end_s))
    return found.point[whose], begin, finish


def _angle_rad(first: Array, second: Array) -> Array:
    """Between vectors (..., 3); exact for small angles too."""
    across = np.linalg.norm(np.cross(first, second), axis=-1)
    return np.asarray(np.arctan2(across, np.sum(first * second, axis=-1)), dtype=float)
