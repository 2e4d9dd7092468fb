"""One ascent to be optimized: vehicle, pad, orbit, limits, Earth."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cosmodrome.ascent.dynamics import Environment, earth
from cosmodrome.ascent.guess import Launch
from cosmodrome.ascent.result import AscentLimits, Branch
from cosmodrome.ascent.terminal import TerminalOrbit, terminal_orbit
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.physics.aerodynamics import DragTable, drag_table
from cosmodrome.physics.launch import ground_launch_azimuth_rad, inertial_launch_azimuth_rad

if TYPE_CHECKING:
    from cosmodrome.ascent.footprint import DropZone, ZoneKind

AscentTarget = CircularTarget | EllipticalTarget | SunSynchronousTarget | TerminalOrbit


@dataclass(frozen=True, slots=True)
class Pad:
    """A launch pad and the sector of azimuths it may use; None where every azimuth is open."""

    latitude_deg: float  # geodetic
    longitude_deg: float
    altitude_m: float
    azimuth_sector_deg: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class HeldZone:
    """A zone that the optimizer keeps a body in or off; `drop_zones` fills it anew from every solution."""

    body: str
    kind: "ZoneKind"
    parameters: tuple[float, ...]  # of `nodes.zone_reach`


@dataclass(frozen=True, slots=True)
class AscentProblem:
    """Everything an ascent optimization depends on.

    With `payload_kg` the payload is given and the mass at cut-off is maximized; without it the payload is.
    Dropped bodies are kept in declared `drop_zones` and off protected ones where an ascent can do that.
    """

    vehicle: Vehicle
    pad: Pad
    orbit: TerminalOrbit
    limits: AscentLimits
    environment: Environment
    drag: DragTable
    payload_kg: float | None = None
    guided_rise: bool = True
    drop_zones: "tuple[DropZone, ...]" = ()
    held_zones: tuple[HeldZone, ...] = ()  # set by `with_drop_zones`

    @property
    def azimuth_limits_rad(self) -> tuple[float, float] | None:
        """Edges of a permitted sector that is narrower than a half turn; None where there is none."""
        sector = self.pad.azimuth_sector_deg
        if sector is None or ((sector[1] - sector[0]) % 360 or 360) >= 180:
            return None
        return math.radians(sector[0]), math.radians(sector[1])

    def launch(self, branch: Branch) -> Launch:
        """The state on the pad, or where the carrier lets go, and the plane to fly in.

        In the frame of the launch meridian.
        """
        latitude = math.radians(self.pad.latitude_deg)
        earth_ = self.environment
        e2 = earth_.flattening * (2 - earth_.flattening)
        curvature = earth_.equatorial_radius_m / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
        carrier = self.vehicle.air_launch
        altitude = carrier.altitude_m.value if carrier else self.pad.altitude_m
        x = (curvature + altitude) * math.cos(latitude)
        z = (curvature * (1 - e2) + altitude) * math.sin(latitude)
        velocity = (0.0, earth_.rotation_rate_rad_s * x, 0.0)
        if carrier is not None:
            azimuth = self._ground_azimuth_rad(math.atan2(z, x), velocity[1], branch)
            climb = math.radians(carrier.flight_path_angle_deg)
            east = carrier.speed_m_s.value * math.cos(climb) * math.sin(azimuth)
            north = carrier.speed_m_s.value * math.cos(climb) * math.cos(azimuth)
            up = carrier.speed_m_s.value * math.sin(climb)
            sine, cosine = math.sin(latitude), math.cos(latitude)
            velocity = (up * cosine - north * sine, velocity[1] + east, up * sine + north * cosine)
        return Launch((x, 0.0, z), velocity, self._plane_normal(math.atan2(z, x), branch), latitude)

    def _inertial_azimuth_rad(self, geocentric_latitude_rad: float, branch: Branch) -> float:
        """Azimuth of the target plane at the pad, clockwise from north."""
        if self.orbit.inclination_rad is None:
            return self._eastmost_rad()
        azimuth = inertial_launch_azimuth_rad(self.orbit.inclination_rad, geocentric_latitude_rad)
        return azimuth if branch == "ascending" else math.pi - azimuth

    def _eastmost_rad(self) -> float:
        """Due east, or the edge of the permitted sector nearest to it."""
        sector = self.pad.azimuth_sector_deg
        if sector is None or (90.0 - sector[0]) % 360 <= ((sector[1] - sector[0]) % 360 or 360.0):
            return math.pi / 2
        nearest = min(sector, key=lambda edge: abs((edge - 90.0 + 180) % 360 - 180))
        return math.radians(nearest)

    def _plane_normal(self, geocentric_latitude_rad: float, branch: Branch) -> tuple[float, float, float]:
        """Unit normal of the plane through the pad that has the target's inclination."""
        if self.orbit.kind.node:
            numbers = self.orbit.parameters(1.0)
            return numbers[9], numbers[10], numbers[11]
        azimuth = self._inertial_azimuth_rad(geocentric_latitude_rad, branch)
        sine, cosine = math.sin(geocentric_latitude_rad), math.cos(geocentric_latitude_rad)
        east, north = math.sin(azimuth), math.cos(azimuth)
        return -sine * east, -north, cosine * east

    def launch_azimuth_rad(self, branch: Branch) -> float:
        """First azimuth over ground: the orbital velocity less the Earth's rotation at the pad."""
        launch = self.launch(branch)
        latitude = math.atan2(launch.position_m[2], launch.position_m[0])
        eastward = self.environment.rotation_rate_rad_s * launch.position_m[0]
        return self._ground_azimuth_rad(latitude, eastward, branch)

    def _ground_azimuth_rad(
        self, geocentric_latitude_rad: float, eastward_m_s: float, branch: Branch
    ) -> float:
        azimuth = self._inertial_azimuth_rad(geocentric_latitude_rad, branch)
        speed = math.sqrt(self.environment.gm_m3_s2 / self.orbit.perigee_radius_m)
        return ground_launch_azimuth_rad(azimuth, speed, eastward_m_s)


def ascent_problem(
    vehicle: Vehicle,
    site: Site,
    target: AscentTarget,
    payload_kg: float | None = None,
    limits: AscentLimits | None = None,
    *,
    environment: Environment | None = None,
    drop_zones: "tuple[DropZone, ...]" = (),
) -> AscentProblem:
    """The ascent of a catalog vehicle from a site to a target, on the real Earth unless another is given."""
    from cosmodrome.catalog import find_drag_curve  # a problem stated by hand needs no catalog

    environment = environment or earth()
    curve = find_drag_curve(vehicle.drag_curve)
    orbit = target if isinstance(target, TerminalOrbit) else terminal_orbit(target, environment)
    return AscentProblem(
        vehicle,
        Pad(
            site.latitude_deg.value,
            site.longitude_deg.value,
            site.altitude_m.value,
            (site.azimuth_min_deg.value, site.azimuth_max_deg.value),
        ),
        orbit,
        limits or vehicle_limits(vehicle),
        environment,
        drag_table(curve.mach, curve.drag_coefficient),
        payload_kg,
        guided_rise=vehicle.air_launch is None,
        drop_zones=drop_zones,
    )


def vehicle_limits(vehicle: Vehicle) -> AscentLimits:
    """The limits a vehicle's catalog entry states, with the defaults for the rest.

    q alpha is not limited by default for a vehicle dropped by an aircraft: it pulls up on a wing, whose lift
    is not modeled.
    """
    pressure = vehicle.max_dynamic_pressure_kpa
    acceleration = vehicle.max_axial_acceleration_g
    default = AscentLimits()
    return AscentLimits(
        q_alpha_kpa_deg=default.q_alpha_kpa_deg if vehicle.air_launch is None else None,
        dynamic_pressure_kpa=pressure.value if pressure else None,
        axial_acceleration_g=acceleration.value if acceleration else None,
    )


BRANCHES: tuple[Literal["ascending"], Literal["descending"]] = ("ascending", "descending")
