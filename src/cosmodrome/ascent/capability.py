"""How much a vehicle lifts from a site into an orbit: by physics, and as its published payloads say."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cosmodrome.ascent.branches import best_ascent, fly_branches, permitted_branches
from cosmodrome.ascent.calibration import VehicleReserve
from cosmodrome.ascent.dynamics import Environment
from cosmodrome.ascent.optimize import Proved, optimize_branch
from cosmodrome.ascent.problem import AscentProblem, AscentTarget, ascent_problem
from cosmodrome.ascent.published import PublishedPayload, expected_reserve, published_payloads
from cosmodrome.ascent.reserve import payload_with_reserve
from cosmodrome.ascent.result import Ascent, AscentLimits, AscentStatus
from cosmodrome.ascent.spread import PayloadSpread, payload_spread
from cosmodrome.models.reserve import POLAR_FROM_DEG
from cosmodrome.models.site import Site
from cosmodrome.models.vehicle import Vehicle

if TYPE_CHECKING:
    from cosmodrome.ascent.footprint import DropZone


@dataclass(frozen=True, slots=True)
class PayloadCapability:
    """The payload of the best permitted branch, with every branch that was tried.

    `physics_kg` is the optimum under the stated limits; `payload_kg` what is left of it with the reserve that
    published payloads of the vehicle, its family and all vehicles tell of, and `low_kg` to `high_kg` the
    interval that holds a published payload with a probability of 90 %. Negative masses are what is missing.
    Without a reserve all are the physics: where the orbit is out of reach or no ascent is proved.
    """

    physics_kg: float
    payload_kg: float
    low_kg: float
    high_kg: float
    status: AscentStatus
    ascent: Ascent  # the ideal one
    branches: tuple[Ascent, ...]
    published: tuple[PublishedPayload, ...] = ()
    reserve: VehicleReserve | None = None
    spread: PayloadSpread | None = None  # of the physics, from the catalog's numbers
    notes: tuple[str, ...] = ()
    dogleg_cost_kg: float | None = None  # against a launch with every azimuth open; None without a dogleg
    # of the best branch, for `payload_partials`; None where only a better last stage gets there
    proved: Proved | None = field(default=None, repr=False)

    @classmethod
    def of_physics(cls, ascent: Ascent, branches: tuple[Ascent, ...], **others: Any) -> "PayloadCapability":
        """Without a reserve: every payload is that of the ideal ascent."""
        payload = ascent.payload_kg
        return cls(
            payload, payload, payload, payload, ascent.status, ascent, branches,
            **{"notes": ascent.notes, **others},
        )  # fmt: skip

    @property
    def converged(self) -> bool:
        """Whether the payload may be claimed."""
        return self.ascent.converged

    @property
    def layers_text(self) -> str:
        """The physics, what is taken from it and why, and what is left, in a sentence."""
        physics = f"physics {self.physics_kg:.0f} kg"
        if self.reserve is None:
            return physics
        return (
            f"{physics} less a reserve of {self.reserve.reserve_m_s:.0f} m/s is {self.payload_kg:.0f} kg, "
            f"{self.low_kg:.0f} to {self.high_kg:.0f} kg with 90 %, from {self.reserve.basis}"
        )

    @property
    def reserve_m_s(self) -> float | None:
        """What is taken from the ideal ascent."""
        return self.reserve.reserve_m_s if self.reserve else None

    def __repr__(self) -> str:
        return (
            f"<PayloadCapability {self.payload_kg:.0f} kg, {self.low_kg:.0f} to {self.high_kg:.0f}, "
            f"physics {self.physics_kg:.0f}, {self.ascent.branch} branch>"
        )


def optimize_ascent(
    vehicle: Vehicle,
    site: Site,
    target: AscentTarget,
    payload_kg: float | None = None,
    *,
    constraints: AscentLimits | None = None,
    environment: Environment | None = None,
    drop_zones: "tuple[DropZone, ...]" = (),
) -> Ascent:
    """The best ascent on any permitted branch, with one or two burns of the last stage.

    Parameters
    ----------
    vehicle : Vehicle
    site : Site
    target : CircularTarget, EllipticalTarget, SunSynchronousTarget or TerminalOrbit
    payload_kg : float, optional
        Given, the propellant left over is maximized; otherwise the payload. [kg]
    constraints : AscentLimits, optional
        The vehicle's own limits if not given.
    environment : Environment, optional
        The Earth, the air and the wind; WGS-84 with the US Standard Atmosphere 1976 if not given.
    drop_zones : tuple of DropZone
        Where spent stages may and must not fall; the notes say which hold and what that costs.

    Returns
    -------
    Ascent
        Its `status` is a sentence; nothing that the replay does not confirm is called optimal.

    Raises
    ------
    UnreachableError
        Where the inclination or the azimuth sector rules the orbit out.

    Examples
    --------
    The Delta III benchmark stated in `benchmarks/delta3_problem.py` is met to 1 g; a catalog vehicle:

    >>> from cosmodrome.catalog import find_site, find_vehicle
    >>> from cosmodrome.models.target import CircularTarget
    >>> target = CircularTarget(kind="circular", altitude_km=300, inclination_deg=63)
    >>> ascent = optimize_ascent(find_vehicle("angara-1.2"), find_site("plesetsk"), target)
    >>> ascent.status.name, ascent.replay.agrees
    ('OPTIMAL', True)
    """
    problem = ascent_problem(
        vehicle, site, target, payload_kg, constraints, environment=environment, drop_zones=drop_zones
    )
    return best_ascent(tuple(optimize_branch(problem, b) for b in permitted_branches(problem, site)))


def payload_capability(
    vehicle: Vehicle,
    site: Site,
    target: AscentTarget,
    limits: AscentLimits | None = None,
    *,
    environment: Environment | None = None,
    drop_zones: "tuple[DropZone, ...]" = (),
) -> PayloadCapability:
    """The largest payload by the physics of the ascent, and what published payloads leave of it.

    Parameters
    ----------
    vehicle : Vehicle
        Its published payloads are part of the answer: those of a vehicle with other numbers than the
        catalog's are flown first, which takes as long as this ascent for each orbit of theirs.
    site : Site
        Its azimuth sector decides which launch branches are flown, and where a dogleg is needed.
    target : CircularTarget, EllipticalTarget, SunSynchronousTarget or TerminalOrbit
    limits : AscentLimits, optional
        The vehicle's own limits if not given.
    environment : Environment, optional
        The Earth, the air and the wind.
    drop_zones : tuple of DropZone
        Where spent stages may and must not fall; the notes say which hold and what that costs.

    Returns
    -------
    PayloadCapability
        Its `status` says whether the payload may be claimed; a negative payload is what is missing.

    Raises
    ------
    UnreachableError
        Where the inclination or the azimuth sector rules the orbit out.

    Examples
    --------
    RKTs Progress rates Soyuz-2.1a from Baikonur at 7430 kg:

    >>> from cosmodrome.catalog import find_site, find_vehicle
    >>> from cosmodrome.models.target import EllipticalTarget
    >>> target = EllipticalTarget(
    ...     kind="elliptical", perigee_altitude_km=200, apogee_altitude_km=240, inclination_deg=51.6
    ... )
    >>> found = payload_capability(find_vehicle("soyuz-2.1a"), find_site("baikonur"), target)
    >>> found.low_kg < 7430 < found.high_kg < found.physics_kg
    True
    """
    problem = ascent_problem(
        vehicle, site, target, limits=limits, environment=environment, drop_zones=drop_zones
    )
    flown = fly_branches(problem, site)
    best = flown.best
    ideal = PayloadCapability.of_physics(
        best,
        flown.ascents,
        published=published_payloads(vehicle, site.name, target, physics_kg=None, payload_kg=None),
        dogleg_cost_kg=_dogleg_cost_kg(problem, site, best),
        proved=flown.proved,
        notes=(*best.notes, *_turn_note(problem, site)),
    )
    if flown.proved is None or not best.converged:
        return ideal
    return _calibrated(ideal, flown.proved, vehicle, site, target)


def _calibrated(
    ideal: PayloadCapability, proved: Proved, vehicle: Vehicle, site: Site, target: AscentTarget
) -> PayloadCapability:
    """What the reserve leaves of the physics."""
    inclination = ideal.ascent.insertion.inclination_deg
    reserve = expected_reserve(vehicle, bool(ideal.ascent.coasts_s) and inclination > POLAR_FROM_DEG)
    asked = (reserve.high_m_s, reserve.reserve_m_s, reserve.low_m_s)
    (low, payload, high), complaint = payload_with_reserve(proved, asked)
    return replace(
        ideal,
        payload_kg=payload,
        low_kg=low,
        high_kg=high,
        reserve=reserve,
        spread=payload_spread(proved),
        published=published_payloads(
            vehicle, site.name, target, physics_kg=ideal.physics_kg, payload_kg=payload
        ),
        notes=(*ideal.notes, *complaint),
    )


def _turn_note(problem: AscentProblem, site: Site) -> Iterator[str]:
    """That the orbit lies below the pad's latitude."""
    if problem.orbit.inclination_rad is None:
        return
    turn_deg = site.turn_deg(math.degrees(problem.orbit.inclination_rad))
    if turn_deg > 0.01:
        yield f"The orbit is {turn_deg:.2f} deg below the pad's latitude: the plane is turned on the way."


def _dogleg_cost_kg(problem: AscentProblem, site: Site, best: Ascent) -> float | None:
    """Payload lost to a launch azimuth that the sector turns away from the orbit's plane."""
    azimuth = math.degrees(problem.launch_azimuth_rad(best.branch)) % 360
    if site.permits_azimuth(azimuth) or not best.converged:
        return None
    free = replace(problem, pad=replace(problem.pad, azimuth_sector_deg=None))
    return optimize_branch(free, best.branch).payload_kg - best.payload_kg
