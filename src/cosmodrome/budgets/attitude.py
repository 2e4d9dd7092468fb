"""Attitude budget: what disturbs the satellite along its orbit, what its wheels and torquers must hold."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.areas import flown_areas, held_attitude
from cosmodrome.budgets.maneuvers import life_activity
from cosmodrome.budgets.pressed_plates import pressed_plates
from cosmodrome.constants import (
    ASTRONOMICAL_UNIT_M,
    DAY_S,
    EARTH_ROTATION_RATE_RAD_S,
    SOLAR_IRRADIANCE_W_M2,
)
from cosmodrome.models.attitude import AttitudeControl, PointingError
from cosmodrome.models.components import Component
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.drag_history import density_along_kg_m3
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.surfaces import body_axes
from cosmodrome.physics.attitude_control import root_sum_square_deg, slew_duration_s, slew_torque_n_m
from cosmodrome.physics.disturbances import (
    dipole_field_t,
    drag_force_n,
    gravity_gradient_torque_n_m,
    solar_force_n,
)
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import orbital_period_s
from cosmodrome.physics.frames import itrf_from_gcrf

Array = NDArray[np.float64]

_SPAN_S = DAY_S  # the magnetic field turns once below the orbit
_WHEELS = 3  # axes; a fourth wheel is a spare


@dataclass(frozen=True, slots=True)
class DisturbanceTorque:
    """One disturbance over the span: its largest and mean size, and what does not average out."""

    name: str
    largest_n_m: float
    mean_n_m: float
    secular_n_m: float  # length of its mean in inertial axes

    def __repr__(self) -> str:
        return f"<DisturbanceTorque {self.name}: {self.largest_n_m:.1e} N m at most>"


@dataclass(frozen=True, slots=True)
class Actuators:
    """What the named components give per axis; zero where there are none, or where it is not known."""

    wheels: str  # what they are; empty without any
    momentum_n_m_s: float
    torque_n_m: float
    torquers: str
    dipole_a_m2: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the satellite meets along the orbit."""

    orbit_radius_m: float  # mean
    largest_field_t: float
    largest_density_kg_m3: float
    ap_index: float

    def __repr__(self) -> str:
        return f"<Surroundings at {self.orbit_radius_m / 1e3:.0f} km>"


@dataclass(frozen=True, slots=True)
class AttitudeBudget:
    """Torques, momentum and pointing, with what actuators must give and do give; needs are without margin."""

    torques: tuple[DisturbanceTorque, ...]  # the last is the sum
    attitude: str  # held all the time: turns of the modes are left out
    pressed: str  # what air and sunlight press on
    start: datetime
    orbits_count: int
    flux_sfu: float  # of the air; that of the most active month of the working life if not told
    cyclic_momentum_n_m_s: float  # largest on a body axis
    secular_momentum_n_m_s: float  # per revolution
    unload_orbits_count: float
    period_s: float
    field_t: float  # mean strength
    field_grip_fraction: float  # of a torque that torquers can make about the worst inertial axis
    required_dipole_a_m2: float  # to unload the secular momentum as it comes
    slew_angle_deg: float
    slew_inertia_kg_m2: float
    slew_torque_n_m: float | None  # for the slew asked for
    slew_duration_s: float | None  # with the wheels; None without
    actuators: Actuators
    pointing_errors: tuple[PointingError, ...]
    pointing_error_deg: float | None  # root sum square; None where none is listed
    surroundings: Surroundings

    @property
    def largest_torque_n_m(self) -> float:
        """Of all disturbances together [N m]."""
        return self.torques[-1].largest_n_m

    @property
    def required_momentum_n_m_s(self) -> float:
        """What piles up between two unloadings, on one axis [N m s]."""
        return self.cyclic_momentum_n_m_s + self.unload_orbits_count * self.secular_momentum_n_m_s

    @property
    def required_torque_n_m(self) -> float:
        """Of a wheel: against the disturbances, or for the slew [N m]."""
        return max(self.largest_torque_n_m, self.slew_torque_n_m or 0.0)

    def __repr__(self) -> str:
        return (
            f"<AttitudeBudget {self.largest_torque_n_m:.1e} N m, {self.required_momentum_n_m_s:.2g} N m s "
            "to store>"
        )


def attitude_budget(
    mission: Mission,
    satellite: Satellite,
    ephemeris: Ephemeris,
    illumination_ratio: Array,
    *,
    weather: tuple[float, float] | None = None,
) -> AttitudeBudget | None:
    """Follow the torques along the first day of the orbit, and size or check what must hold them.

    Parameters
    ----------
    mission : Mission
        Slew required; the course of solar activity in `[requirements.maneuvers]`, high if none is named.
    satellite : Satellite
        `[satellite.attitude_control]`, and the components with momentum, torque or dipole.
    ephemeris : Ephemeris
    illumination_ratio : Array, shape (N,)
        Share of the Sun's disc in view.
    weather : (float, float), optional
        F10.7 [sfu] and Ap of the air; those of the most active month of the working life if not given.

    Returns
    -------
    AttitudeBudget or None
        None without `[satellite.attitude_control]`.

    Notes
    -----
    The momentum is integrated in inertial axes over whole revolutions. What is left of it after them is
    secular, and is unloaded; the rest comes and goes, and is stored. Three wheels of a kind stand for three
    axes, a fourth is a spare.

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., section 11.1; Wertz (1978),
    *Spacecraft Attitude Determination and Control*, chapter 17.
    """
    control = satellite.attitude_control
    if control is None:
        return None
    period_s = orbital_period_s(_semi_major_axis_m(ephemeris))
    rows, orbits = _whole_orbits(ephemeris.elapsed_s, period_s)
    scene = _Scene.of(ephemeris, rows, satellite)
    weather = weather or _busiest(mission, ephemeris.epoch)
    density = scene.density_kg_m3(weather)
    torques, pressed = scene.torques(mission, satellite, control, illumination_ratio[rows], density)
    whole = sum(torques.values(), np.zeros_like(scene.position_m))
    cyclic, secular, _ = scene.momentum(whole, orbits)
    strength_t, grip = scene.field_grip()
    dipole = secular / period_s / (strength_t * grip)
    inertia = max(control.principal_inertia_kg_m2)
    angle_rad = math.radians(control.slew_angle_deg)
    largest = float(np.linalg.norm(whole, axis=1).max())
    actuators = actuators_of(satellite)
    asked_s = mission.requirements.slew_duration_s
    stored = cyclic + control.unload_orbits_count * secular
    slewed_s = None
    if actuators.momentum_n_m_s > 0 and actuators.torque_n_m > 0:
        left = actuators.torque_n_m - largest, actuators.momentum_n_m_s - stored
        slewed_s = slew_duration_s(angle_rad, inertia, *left)
    errors = control.pointing_errors
    return AttitudeBudget(
        torques=tuple(
            scene.described(name, torque) for name, torque in (torques | {"together": whole}).items()
        ),
        attitude=satellite.attitude,
        pressed=pressed,
        start=ephemeris.epoch,
        orbits_count=orbits,
        flux_sfu=weather[0],
        cyclic_momentum_n_m_s=cyclic,
        secular_momentum_n_m_s=secular,
        unload_orbits_count=control.unload_orbits_count,
        period_s=period_s,
        field_t=strength_t,
        field_grip_fraction=grip,
        required_dipole_a_m2=dipole,
        slew_angle_deg=control.slew_angle_deg,
        slew_inertia_kg_m2=inertia,
        slew_torque_n_m=None if asked_s is None else slew_torque_n_m(angle_rad, asked_s, inertia),
        slew_duration_s=slewed_s,
        actuators=actuators,
        pointing_errors=errors,
        pointing_error_deg=root_sum_square_deg([one.error_deg for one in errors]) if errors else None,
        surroundings=scene.surroundings(_semi_major_axis_m(ephemeris), density, weather[1]),
    )


def _busiest(mission: Mission, start: datetime) -> tuple[float, float]:
    """F10.7 [sfu] and Ap of the most active month of the working life."""
    activity = life_activity(mission, start)
    month = int(np.argmax(activity.flux_sfu))
    return float(activity.flux_sfu[month]), float(activity.ap_index[month])


def actuators_of(satellite: Satellite) -> Actuators:
    """Wheels and torquers among the components, as what they give per axis.

    Fewer than three wheels hold no three axes, and count as none. Of torquers, three units are three axes; a
    single unit is taken for one with three axes inside.
    """
    wheels = [part for part in satellite.components if part.momentum_n_m_s or part.torque_n_m]
    torquers = [part for part in satellite.components if part.dipole_a_m2]
    sets = sum(part.count for part in wheels) // _WHEELS

    def least(values: list[float | None]) -> float:
        known = [value for value in values if value is not None]
        return min(known) if known and sets else 0.0

    return Actuators(
        wheels=_listed(wheels) if sets else "",
        momentum_n_m_s=least([part.momentum_n_m_s for part in wheels]),
        torque_n_m=least([part.torque_n_m for part in wheels]),
        torquers=_listed(torquers),
        dipole_a_m2=sum((part.dipole_a_m2 or 0.0) * max(part.count // 3, 1) for part in torquers),
    )


def _listed(parts: list[Component]) -> str:
    return ", ".join(f"{part.count} x {part.name}" for part in parts)


def _semi_major_axis_m(ephemeris: Ephemeris) -> float:
    """Mean over a revolution of what the samples say: the mean radius of a nearly circular orbit."""
    return float(np.linalg.norm(ephemeris.position_m, axis=1).mean())


def _whole_orbits(elapsed_s: Array, period_s: float) -> tuple[slice, int]:
    """The rows of as many whole revolutions as a day has; all rows where there is not one."""
    orbits = max(int(min(_SPAN_S, elapsed_s[-1] - elapsed_s[0]) / period_s), 1)
    end = int(np.searchsorted(elapsed_s, elapsed_s[0] + orbits * period_s)) + 1
    return slice(0, max(end, 2)), orbits


@dataclass(frozen=True, slots=True)
class _Scene:
    """The body along the path: N samples, its axes as rows, and what it meets. SI, GCRF."""

    epoch: datetime
    elapsed_s: Array
    position_m: Array
    velocity_m_s: Array
    sun_direction: Array
    sun_distance_m: Array
    field: Array  # T, GCRF
    axes: Array  # (N, 3, 3)

    @classmethod
    def of(cls, ephemeris: Ephemeris, rows: slice, satellite: Satellite) -> "_Scene":
        elapsed, position = ephemeris.elapsed_s[rows], ephemeris.position_m[rows]
        velocity, sun = ephemeris.velocity_m_s[rows], ephemeris.sun_direction[rows]
        matrix = itrf_from_gcrf(ephemeris.epoch, elapsed, read_earth_orientation())
        field = np.einsum("nji,nj->ni", matrix, dipole_field_t(np.einsum("nij,nj->ni", matrix, position)))
        axes = body_axes(held_attitude(satellite.attitude), position, velocity, sun)
        distance = ephemeris.sun_distance_m[rows]
        return cls(ephemeris.epoch, elapsed, position, velocity, sun, distance, field, axes)

    def density_kg_m3(self, weather: tuple[float, float]) -> Array:
        """Of the air along the path."""
        return density_along_kg_m3(self.position_m, self.sun_direction, self.epoch, weather)

    def surroundings(self, radius_m: float, density_kg_m3: Array, ap_index: float) -> Surroundings:
        """Radius, and the most of field and air."""
        largest_t = float(np.linalg.norm(self.field, axis=1).max())
        return Surroundings(radius_m, largest_t, float(density_kg_m3.max()), ap_index)

    def in_body(self, vectors: Array) -> Array:
        """Vectors of GCRF in body axes."""
        return np.asarray(np.einsum("nij,nj->ni", self.axes, vectors), dtype=float)

    def torques(
        self,
        mission: Mission,
        satellite: Satellite,
        control: AttitudeControl,
        sunlit: Array,
        density: Array,
    ) -> tuple[dict[str, Array], str]:
        """Each disturbance in body axes, shape (N, 3) [N m]; what air and sunlight press on."""
        irradiance = SOLAR_IRRADIANCE_W_M2 * (ASTRONOMICAL_UNIT_M / self.sun_distance_m) ** 2 * sunlit
        spin = np.array([0.0, 0.0, EARTH_ROTATION_RATE_RAD_S])
        wind = self.velocity_m_s - np.cross(spin, self.position_m)
        speed = np.linalg.norm(wind, axis=1)
        flow, sun = self.in_body(wind / speed[:, None]), self.in_body(self.sun_direction)
        plates = pressed_plates(satellite, control, sun)
        if plates is not None:
            told = plates.told
            light = plates.sunlight_torque_n_m(irradiance, sun)
            air = plates.air_torque_n_m(0.5 * density * speed**2, flow, satellite.drag_coefficient)
        else:
            areas, arm = flown_areas(mission, satellite), np.array(control.pressure_offset_m)
            told = f"{areas.drag_area_m2:.3g} m² to the air, {areas.radiation_area_m2:.3g} m² to the Sun"
            push = solar_force_n(irradiance, areas.radiation_area_m2, satellite.reflectivity_coefficient)
            drag = drag_force_n(density, speed, areas.drag_area_m2, satellite.drag_coefficient)
            light, air = np.cross(arm, -push[:, None] * sun), np.cross(arm, -drag[:, None] * flow)
        dipole = np.array(control.residual_dipole_a_m2)
        torques = {
            "gravity gradient": gravity_gradient_torque_n_m(
                self.in_body(self.position_m), _tilted_inertia(control)
            ),
            "magnetic field": np.cross(dipole, self.in_body(self.field)),
            "sunlight": light,
            "air": air,
        }
        return torques, told

    def momentum(self, torque: Array, orbits: int) -> tuple[float, float, Array]:
        """Cyclic momentum on a body axis, secular momentum per revolution [N m s], inertial course of it."""
        inertial = np.einsum("nij,ni->nj", self.axes, torque)
        step = np.diff(self.elapsed_s)[:, None]
        course = np.vstack((np.zeros(3), np.cumsum(0.5 * step * (inertial[1:] + inertial[:-1]), axis=0)))
        span = self.elapsed_s - self.elapsed_s[0]
        drift = course[-1] / span[-1]
        left = course - span[:, None] * drift
        left -= 0.5 * (left.max(axis=0) + left.min(axis=0))  # the wheels start from the middle
        per_orbit = float(np.linalg.norm(drift)) * span[-1] / orbits
        return float(np.abs(self.in_body(left)).max()), per_orbit, course

    def field_grip(self) -> tuple[float, float]:
        """Mean field [T], and the share of a torque that torquers make about the worst inertial axis."""
        strength = np.linalg.norm(self.field, axis=1)
        along = self.field / strength[:, None]
        across = np.eye(3) - np.einsum("ni,nj->ij", along, along) / len(along)
        return float(strength.mean()), float(np.linalg.eigvalsh(across)[0])

    def described(self, name: str, torque: Array) -> DisturbanceTorque:
        """One torque in a few numbers."""
        size = np.linalg.norm(torque, axis=1)
        inertial = np.einsum("nij,ni->nj", self.axes, torque).mean(axis=0)
        return DisturbanceTorque(name, float(size.max()), float(size.mean()), float(np.linalg.norm(inertial)))


def _tilted_inertia(control: AttitudeControl) -> Array:
    """Inertia tensor in the pointing axes, the principal axes tilted about y and then about x."""
    c, s = math.cos(math.radians(control.tilt_deg)), math.sin(math.radians(control.tilt_deg))
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])
    about_y = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
    turn = about_x @ about_y
    return np.asarray(turn @ np.diag(control.principal_inertia_kg_m2) @ turn.T, dtype=float)
