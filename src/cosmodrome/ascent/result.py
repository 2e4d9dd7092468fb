"""What an ascent is once it is solved and proved."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Branch = Literal["ascending", "descending"]
Array = NDArray[np.float64]


class AscentStatus(Enum):
    """How an ascent optimization ended; the value is the sentence to show."""

    OPTIMAL = "The optimum was found and the independent re-integration confirms it."
    NOT_CONFIRMED = (
        "The optimizer stopped at a point that the independent re-integration does not confirm; "
        "no payload is claimed."
    )
    NOT_CONVERGED = "The optimizer did not converge on this branch; no payload is claimed."
    OUT_OF_REACH = "The orbit is out of reach even without a payload; the shortfall is given."


@dataclass(frozen=True, slots=True)
class AscentLimits:
    """Limits that the trajectory keeps; None where there is none."""

    dynamic_pressure_kpa: float | None = None
    q_alpha_kpa_deg: float | None = 114.6  # 2000 Pa rad, ascent_benchmarks §7 (MechJebLib)
    axial_acceleration_g: float | None = None
    heat_flux_w_m2: float | None = 1135.0  # 0.1 BTU/ft2/s at fairing jettison, Atlas V LSUG §2.3
    minimum_altitude_km: float | None = None  # once the first block of stages has burned out


@dataclass(frozen=True, slots=True)
class AscentEvent:
    """One event of the ascent; speed is inertial."""

    name: str
    time_s: float
    altitude_km: float
    speed_km_s: float
    downrange_km: float
    mass_kg: float


@dataclass(frozen=True, slots=True)
class JettisonedBody:
    """What is dropped on the way, in the state in which it is dropped, in the trajectory's frame."""

    name: str
    count: int
    mass_kg: float  # of one
    length_m: float | None
    diameter_m: float | None
    time_s: float
    position_m: Array  # (3,)
    velocity_m_s: Array  # (3,)


@dataclass(frozen=True, slots=True)
class AscentTrajectory:
    """The flown ascent over N samples, in the inertial frame that is Earth-fixed at lift-off."""

    time_s: Array
    position_m: Array  # (N, 3)
    velocity_m_s: Array  # (N, 3)
    mass_kg: Array
    thrust_direction: Array  # (N, 3)
    throttle_ratio: Array
    altitude_km: Array
    latitude_deg: Array
    longitude_deg: Array
    downrange_km: Array
    inertial_speed_km_s: Array
    relative_speed_km_s: Array
    flight_path_angle_deg: Array  # of the Earth-relative velocity
    dynamic_pressure_kpa: Array
    heat_flux_w_m2: Array
    axial_acceleration_g: Array
    angle_of_attack_deg: Array
    q_alpha_kpa_deg: Array
    mach: Array

    def __repr__(self) -> str:
        return f"<AscentTrajectory {len(self.time_s)} samples, {self.time_s[-1]:.1f} s>"


@dataclass(frozen=True, slots=True)
class VelocityLosses:
    """Where the velocity went: end = start + ideal - gravity - drag - steering - pressure + rotation.

    Losses are along the velocity over the turning ground, so that a rise from the pad is not called steering;
    the end is inertial.
    """

    ideal_m_s: float  # the rocket equation's, in vacuum
    gravity_m_s: float  # less the centrifugal acceleration
    drag_m_s: float
    steering_m_s: float  # thrust not along the velocity
    pressure_m_s: float  # thrust lost against the air
    start_m_s: float  # over ground: none on a pad
    rotation_m_s: float  # what the Earth's turning adds to the speed over ground at the end
    end_m_s: float

    @property
    def unexplained_m_s(self) -> float:
        """What the sum misses; the quadrature's error [m/s]."""
        lost = self.gravity_m_s + self.drag_m_s + self.steering_m_s + self.pressure_m_s
        return self.start_m_s + self.ideal_m_s - lost + self.rotation_m_s - self.end_m_s


@dataclass(frozen=True, slots=True)
class Replay:
    """How far the independent re-integration ends from the optimizer's insertion."""

    position_miss_m: float
    velocity_miss_m_s: float
    tolerance_position_m: float = 100.0
    tolerance_velocity_m_s: float = 0.1

    @property
    def agrees(self) -> bool:
        """Whether the miss is small enough for a verdict."""
        return (
            self.position_miss_m <= self.tolerance_position_m
            and self.velocity_miss_m_s <= self.tolerance_velocity_m_s
        )


@dataclass(frozen=True, slots=True)
class SolverStatistics:
    """What the optimizer did."""

    status: str
    iterations_count: int
    solve_s: float
    build_s: float
    variables_count: int


@dataclass(frozen=True, slots=True)
class InsertionOrbit:
    """Osculating orbit at cut-off; the node is measured from the Earth-fixed x-axis at lift-off."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    raan_relative_deg: float
    argument_of_perigee_deg: float
    true_anomaly_deg: float


@dataclass(frozen=True, slots=True)
class Ascent:
    """One optimized ascent on one launch branch, with its proof."""

    status: AscentStatus
    payload_kg: float
    final_mass_kg: float
    branch: Branch
    launch_azimuth_deg: float
    duration_s: float
    trajectory: AscentTrajectory
    events: tuple[AscentEvent, ...]
    insertion: InsertionOrbit
    replay: Replay
    solver: SolverStatistics
    limits: AscentLimits
    losses: VelocityLosses
    jettisoned: tuple[JettisonedBody, ...] = ()
    coasts_s: tuple[float, ...] = ()  # chosen coasts before the second of two insertion burns
    propellant_left_kg: float = 0.0  # of the last stage, residuals not counted
    shortfall_m_s: float = 0.0
    binding: tuple[str, ...] = ()  # limits that the optimum touches
    notes: tuple[str, ...] = ()

    @property
    def converged(self) -> bool:
        """Whether the payload may be claimed."""
        return self.status is AscentStatus.OPTIMAL

    @property
    def max_dynamic_pressure_kpa(self) -> float:
        """Largest dynamic pressure on the way [kPa]."""
        return float(self.trajectory.dynamic_pressure_kpa.max())

    @property
    def max_axial_acceleration_g(self) -> float:
        """Largest sensed axial acceleration on the way [g]."""
        return float(self.trajectory.axial_acceleration_g.max())

    def __repr__(self) -> str:
        return f"<Ascent {self.branch} {self.payload_kg:.0f} kg, azimuth {self.launch_azimuth_deg:.1f} deg>"
