"""Where spent stages and fairings fall, for range safety: impact points, their spread, and drop zones.

Only the fall of bodies already dropped is computed; nothing here steers a body or looks for a trajectory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from cosmodrome.ascent.dynamics import Environment, flow
from cosmodrome.ascent.result import JettisonedBody
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_FLATTENING
from cosmodrome.models.quantity import Model, within
from cosmodrome.physics.ballistics import (
    GroundEllipse,
    Rates,
    angle_between_rad,
    fall_to_ground,
    ground_direction,
    north_and_east,
    perigee_radius_m,
    tumbling_cylinder_area_m2,
    turned_about_pole,
    vacuum_impact,
)
from cosmodrome.physics.gravity import ellipsoid_height, gravity_acceleration

Array = NDArray[np.float64]
ZoneKind = Literal["declared drop zone", "protected area"]
_Fall = tuple[Array, Array, float]  # of every case time and Earth-fixed direction; of the nominal the speed

# Klett (1964), Sandia SC-RR-64-2141, equation 36, as others quote it, is 0.92 on the mean area of a slender
# cylinder that tumbles at hypersonic speed; cross-flow drag of 1.2 averages to 0.9 below Mach 1 and
# of 1.5 to 1.1 near it.
TUMBLING_DRAG_COEFFICIENT = 1.0
# Half of the 174 stages with published size and dry mass are below, and the middle 80 % within 83 to 294.
TYPICAL_MASS_PER_AREA_KG_M2 = 140.0

_DENSE_AIR_M = 120e3  # a body whose perigee is above makes at least another revolution
_SLOW_FALL_S = 3600.0  # given to light bodies in addition to one revolution
_TOLERANCE = np.repeat((0.1, 1e-3), 3)  # of a step [m], [m/s]


class FallStatus(Enum):
    """How a fall ends; the value is the sentence to show."""

    FALLS = "The body comes down within one revolution."
    STAYS_UP = "The body stays in orbit for more than one revolution; it has no footprint yet."
    LEAVES = "The body leaves the Earth; it has no footprint."
    MAY_STAY_UP = "The body comes down, but within its dispersion it may stay in orbit; no ellipse is given."


@dataclass(frozen=True, slots=True)
class Contributor:
    """What one uncertainty adds to the half-axes of an ellipse."""

    name: str
    along_km: float
    across_km: float


@dataclass(frozen=True, slots=True)
class BodyDrag:
    """What the drag of a dropped body is computed from."""

    mass_kg: float  # of one
    drag_area_m2: float
    drag_coefficient: float
    source: str  # of the area

    @property
    def ballistic_kg_m2(self) -> float:
        """Mass per drag area."""
        return self.mass_kg / (self.drag_coefficient * self.drag_area_m2)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where a dropped body, one of `count` alike, meets the ground; None where it does not, see `status`."""

    name: str
    count: int
    status: FallStatus
    drag: BodyDrag
    latitude_deg: float | None = None  # geodetic
    longitude_deg: float | None = None
    downrange_km: float | None = None  # from the pad, along the equatorial radius as in the trajectory
    vacuum_downrange_km: float | None = None
    time_of_flight_s: float | None = None  # from the drop
    impact_speed_m_s: float | None = None  # relative to the air
    azimuth_deg: float | None = None  # in which it falls, clockwise from north: the ellipse's first axis
    along_km: float | None = None  # half-axes
    across_km: float | None = None
    contributors: tuple[Contributor, ...] = ()

    def __repr__(self) -> str:
        if self.downrange_km is None:
            return f"<Footprint {self.name}: {self.status.name}>"
        return f"<Footprint {self.name}: {self.downrange_km:.0f} km downrange>"


class DropZone(Model):
    """An ellipse on the ground in which bodies may fall, or which they must leave alone."""

    name: str = Field(min_length=1, description="What the zone is called.")
    kind: ZoneKind = Field(description="Whether bodies may or must not fall here.")
    latitude_deg: Annotated[
        float, within(-90, 90, "deg", "latitude runs from -90 to 90; are latitude and longitude swapped?")
    ] = Field(description="Geodetic latitude of the center, north positive.")
    longitude_deg: Annotated[
        float, within(-180, 180, "deg", "longitude runs from -180 to 180, east positive")
    ] = Field(description="Longitude of the center, east positive.")
    along_km: float = Field(gt=0, le=2000, description="Half-axis along the azimuth, or the radius.")
    across_km: float | None = Field(
        default=None, gt=0, le=2000, description="Half-axis across the azimuth; a circle where not given."
    )
    azimuth_deg: float = Field(default=0.0, ge=0, le=360, description="Clockwise from north.")
    source: str = Field(default="", description="Where the zone is published.")


@dataclass(frozen=True, slots=True)
class ZoneFinding:
    """How a footprint lies to a zone; `distance_km` is the room left, negative by what is crossed."""

    body: str
    zone: str
    kind: ZoneKind
    distance_km: float
    sentence: str

    @property
    def holds(self) -> bool:
        """Whether the footprint is inside the declared zone, or clear of the protected area."""
        return self.distance_km > 0


# Departures from the nominal fall: name, row of `_cases`, and the two values that the row takes.
_CONTRIBUTORS = (
    ("drag area, halved and doubled", 0, (0.5, 2.0)),
    ("1 % of the speed at the drop, along", 1, (-0.01, 0.01)),
    ("1 % of the speed at the drop, upward", 2, (-0.01, 0.01)),
    ("1 % of the speed at the drop, across", 3, (-0.01, 0.01)),
    ("20 m/s of wind, along", 4, (-20.0, 20.0)),
    ("20 m/s of wind, across", 5, (-20.0, 20.0)),
)


def spent_stage_footprints(
    bodies: Sequence[JettisonedBody],
    environment: Environment,
    *,
    pad_latitude_deg: float,
    pad_longitude_deg: float,
    drag_coefficient: float = TUMBLING_DRAG_COEFFICIENT,
) -> tuple[Footprint, ...]:
    """Fall of every dropped body, with its spread.

    A point mass falls through the environment's air, with J2 and wind, under the drag of a body that
    tumbles through every attitude alike: a cylinder's mean area is a quarter of its surface, and of a body
    without dimensions mass / (140 kg/m2), the median of the catalog's empty stages.

    The half-axes are the root of the sum of the squares of six departures, each the larger of its two
    signs: drag area halved and doubled (a stage that trims, an open shell, air denser than standard); 1 %
    of the speed over ground at the drop along the path, upward across it (0.6 deg of climb) and sideways
    (0.6 deg of heading), for the dispersion of the ascent and the push at separation; 20 m/s of wind along
    and across, at every height. Their sizes are estimates of this package: the ellipse is no probability
    and meets no range's rule.

    Parameters
    ----------
    bodies : sequence of JettisonedBody
        In the inertial frame that is Earth-fixed at lift-off, as an ascent gives them.
    environment : Environment
        The Earth and its air.
    pad_latitude_deg, pad_longitude_deg : float
        Where downrange is counted from; geodetic. [deg]
    drag_coefficient : float
        On the mean area, at every Mach number.

    Returns
    -------
    tuple of Footprint
        One per entry of `bodies`; bodies that do not come down are reported with their status.

    Notes
    -----
    Bodies are taken to fall whole, without lift: what burns up or breaks is not left out. Forces as in
    Vallado (2013), section 8.6.
    """
    pad = ground_direction(pad_latitude_deg, pad_longitude_deg, environment.flattening)
    drags = [_body_drag(body, drag_coefficient) for body in bodies]
    prospects = [_prospect(body, environment) for body in bodies]
    down = [k for k, prospect in enumerate(prospects) if prospect is FallStatus.FALLS]
    met: dict[int, _Fall] = {}
    if down:
        falls = _falls([bodies[k] for k in down], [drags[k].ballistic_kg_m2 for k in down], environment)
        met = dict(zip(down, falls, strict=True))
    return tuple(
        _footprint(Footprint(body.name, body.count, prospect, drag), body, met.get(k), pad, environment)
        for k, (body, drag, prospect) in enumerate(zip(bodies, drags, prospects, strict=True))
    )


def zone_findings(footprints: Sequence[Footprint], zones: Sequence[DropZone]) -> tuple[ZoneFinding, ...]:
    """Hold every footprint against the zones.

    A footprint is held against the declared zone that leaves it the most room, and against every protected
    area that it touches, or else the nearest. Distances are along the sphere of the equatorial radius.

    Parameters
    ----------
    footprints : sequence of Footprint
        Those without an ellipse have no finding; their status says why.
    zones : sequence of DropZone

    Returns
    -------
    tuple of ZoneFinding
        Footprint by footprint, the declared zone first.
    """
    findings: list[ZoneFinding] = []
    for footprint in footprints:
        if footprint.along_km is None:
            continue
        declared = [_finding(footprint, zone) for zone in zones if zone.kind == "declared drop zone"]
        guarded = [_finding(footprint, zone) for zone in zones if zone.kind == "protected area"]
        findings += sorted(declared, key=lambda f: -f.distance_km)[:1]
        touched = [finding for finding in guarded if not finding.holds]
        findings += touched or sorted(guarded, key=lambda f: f.distance_km)[:1]
    return tuple(findings)


def _cases() -> Array:
    """The nominal fall and its departures, shape (6, C).

    Factor on the area; parts of the speed over ground added along, upward, across; wind [m/s] along, across.
    """
    cases = np.zeros((6, 1 + 2 * len(_CONTRIBUTORS)))
    cases[0] = 1.0
    for number, (_, row, values) in enumerate(_CONTRIBUTORS):
        cases[row, 2 * number + 1 : 2 * number + 3] = values
    return cases


def _body_drag(body: JettisonedBody, drag_coefficient: float) -> BodyDrag:
    """Mean area of a body that tumbles."""
    if body.length_m is None or body.diameter_m is None:
        area = body.mass_kg / TYPICAL_MASS_PER_AREA_KG_M2
        source = f"estimated from the mass: {TYPICAL_MASS_PER_AREA_KG_M2:g} kg/m2, the median of empty stages"
    else:
        area = tumbling_cylinder_area_m2(body.length_m, body.diameter_m)
        source = f"a quarter of the surface of a cylinder of {body.length_m:g} m by {body.diameter_m:g} m"
    return BodyDrag(body.mass_kg, area, drag_coefficient, source)


def _prospect(body: JettisonedBody, environment: Environment) -> FallStatus:
    """Whether a fall is worth integrating, by the ellipse on which the body leaves."""
    perigee = perigee_radius_m(body.position_m, body.velocity_m_s, environment.gm_m3_s2)
    if perigee is None:
        return FallStatus.LEAVES
    dense_m = environment.equatorial_radius_m + _DENSE_AIR_M
    return FallStatus.STAYS_UP if perigee > dense_m else FallStatus.FALLS


def _falls(
    bodies: Sequence[JettisonedBody], ballistic_kg_m2: Sequence[float], environment: Environment
) -> list[_Fall]:
    """Every case of every body in one batch."""
    cases = np.tile(_cases(), len(bodies))
    count = cases.shape[1] // len(bodies)
    place = np.repeat([body.position_m for body in bodies], count, axis=0).T
    velocity = np.repeat([body.velocity_m_s for body in bodies], count, axis=0).T
    over_ground = velocity - environment.rotation_rate_rad_s * np.stack((-place[1], place[0], 0 * place[2]))
    normal = np.cross(place, over_ground, axis=0)
    left = normal / np.maximum(np.linalg.norm(normal, axis=0), 1e-9)
    upward, across = np.cross(over_ground, left, axis=0), left * np.linalg.norm(over_ground, axis=0)
    velocity = velocity + cases[1] * over_ground + cases[2] * upward + cases[3] * across
    rates, height = _motion(environment, cases[0] / np.repeat(ballistic_kg_m2, count), left, cases[4:])
    inverse = 2 / np.linalg.norm(place, axis=0) - (velocity**2).sum(axis=0) / environment.gm_m3_s2
    longest = 2 * np.pi / np.sqrt(environment.gm_m3_s2 * np.abs(inverse) ** 3) + _SLOW_FALL_S
    time, end = fall_to_ground(rates, height, np.concatenate((place, velocity)), longest, _TOLERANCE)
    speed = np.asarray(flow((end[0], end[1], end[2]), (end[3], end[4], end[5]), environment).speed_m_s)
    since = np.repeat([body.time_s for body in bodies], count) + time
    fixed = turned_about_pole(end[:3], -environment.rotation_rate_rad_s * since)
    direction = fixed / np.linalg.norm(fixed, axis=0)
    return [
        (time[own], direction[:, own], float(speed[own[0]]))
        for own in np.arange(time.size).reshape(-1, count)
    ]


def _motion(
    environment: Environment, area_per_mass: Array, left: Array, wind_m_s: Array
) -> tuple[Rates, Callable[[Array], Array]]:
    """Equations of motion and height, for a batch of falls."""

    def rates(now: Array, falls: NDArray[np.intp]) -> Array:
        across = left[:, falls]
        forward = np.cross(across, now[:3] / np.linalg.norm(now[:3], axis=0), axis=0)
        x, y, z = now[:3]
        u, v, w = now[3:] - wind_m_s[0, falls] * forward - wind_m_s[1, falls] * across
        around = flow((x, y, z), (u, v, w), environment)
        pull = gravity_acceleration(
            (x, y, z), environment.gm_m3_s2, environment.equatorial_radius_m, environment.j2
        )
        drag = 0.5 * around.air.density_kg_m3 * around.speed_m_s * area_per_mass[falls]
        return np.concatenate((now[3:], np.stack(pull) - drag * np.stack(around.relative_velocity_m_s)))

    def height(now: Array) -> Array:
        radius, flattening = environment.equatorial_radius_m, environment.flattening
        return np.asarray(ellipsoid_height((now[0], now[1], now[2]), radius, flattening))

    return rates, height


def _below_and_vacuum(body: JettisonedBody, environment: Environment) -> tuple[Array, Array]:
    """Earth-fixed unit vectors to the drop, and to where the body would fall without air."""
    rate, radius = environment.rotation_rate_rad_s, float(np.linalg.norm(body.position_m))
    x, y, z = (float(part) for part in body.position_m)
    surface = radius - ellipsoid_height((x, y, z), environment.equatorial_radius_m, environment.flattening)
    with np.errstate(invalid="ignore"):  # a perigee in the air may be above the ground
        vacuum, _ = vacuum_impact((x, y, z), tuple(body.velocity_m_s), environment.gm_m3_s2, surface, rate)
    turn = -rate * body.time_s
    return turned_about_pole(body.position_m / radius, turn), turned_about_pole(np.array(vacuum), turn)


def _footprint(
    blank: Footprint, body: JettisonedBody, fall: _Fall | None, pad: Array, environment: Environment
) -> Footprint:
    """A footprint filled with a fall."""
    if fall is None:
        return blank
    time_s, direction, speed = fall
    if np.isnan(time_s[0]):
        return replace(blank, status=FallStatus.STAYS_UP)
    nominal = direction[:, 0]
    below, vacuum = _below_and_vacuum(body, environment)
    north, east = north_and_east(nominal)
    along = nominal * (nominal @ below) - below
    length = float(np.linalg.norm(along))
    along = along / length if length > 1e-9 else north  # a body that drops straight down has no azimuth
    radius_km = 1e-3 * environment.equatorial_radius_m
    spread = np.abs(np.stack((along, np.cross(nominal, along))) @ (direction - nominal[:, None]))
    parts = radius_km * spread[:, 1:].reshape(2, -1, 2).max(axis=2)
    vacuum_km = angle_between_rad(pad, vacuum) * radius_km
    flat = np.hypot(nominal[0], nominal[1]) * (1 - environment.flattening) ** 2
    filled = replace(
        blank,
        latitude_deg=float(np.degrees(np.arctan2(nominal[2], flat))),
        longitude_deg=float(np.degrees(np.arctan2(nominal[1], nominal[0]))),
        downrange_km=angle_between_rad(pad, nominal) * radius_km,
        vacuum_downrange_km=None if np.isnan(vacuum_km) else vacuum_km,
        time_of_flight_s=float(time_s[0]),
        impact_speed_m_s=speed,
        azimuth_deg=float(np.degrees(np.arctan2(along @ east, along @ north)) % 360),
    )
    if np.isnan(time_s).any():
        return replace(filled, status=FallStatus.MAY_STAY_UP)
    along_km, across_km = np.sqrt((parts**2).sum(axis=1))
    names = [name for name, *_ in _CONTRIBUTORS]
    each = tuple(Contributor(name, float(a), float(c)) for name, a, c in zip(names, *parts, strict=True))
    return replace(filled, along_km=float(along_km), across_km=float(across_km), contributors=each)


def ground_ellipse(place: Footprint | DropZone) -> GroundEllipse:
    """The ellipse of a footprint or of a zone, on the sphere."""
    center = ground_direction(place.latitude_deg or 0.0, place.longitude_deg or 0.0, EARTH_FLATTENING)
    azimuth = np.radians(place.azimuth_deg or 0.0)
    north, east = north_and_east(center)
    along = place.along_km or 0.0
    axis, across = np.cos(azimuth) * north + np.sin(azimuth) * east, place.across_km or along
    return GroundEllipse(center, axis, 1e3 * along, 1e3 * across, EARTH_EQUATORIAL_RADIUS_M)


def _finding(footprint: Footprint, zone: DropZone) -> ZoneFinding:
    """A footprint against one zone."""
    fallen, area = ground_ellipse(footprint), ground_ellipse(zone)
    edge, rim = fallen.boundary(), area.boundary()
    inside = area.contains(edge)
    away_km = 1e-3 * area.edge_distance_m(edge)
    if zone.kind == "declared drop zone":
        holds = bool(inside.all())
        distance = float(away_km.min() if holds else -away_km[~inside].max())
        words = "falls inside {}, {:.1f} km from its edge" if holds else "reaches {1:.1f} km outside {0}"
    elif inside.any():
        distance, words = -float(away_km[inside].max()), "reaches {1:.1f} km into {0}"
    elif fallen.contains(rim).any():
        distance = -1e-3 * float(fallen.edge_distance_m(rim).max())
        words = "may fall anywhere in {}, all of which lies up to {:.1f} km inside its ellipse"
    else:
        distance, words = float(away_km.min()), "stays {1:.1f} km clear of {0}"
    sentence = f"{footprint.name} {words.format(zone.name, abs(distance))}."
    return ZoneFinding(footprint.name, zone.name, zone.kind, distance, sentence)
