"""How much a vehicle lifts from a site into an orbit."""

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cosmodrome.ascent.dynamics import Environment
from cosmodrome.ascent.optimize import Proved, best_solution, optimize_branch
from cosmodrome.ascent.problem import BRANCHES, AscentProblem, AscentTarget, ascent_problem
from cosmodrome.ascent.result import Ascent, AscentLimits, AscentStatus, Branch
from cosmodrome.errors import UnreachableError
from cosmodrome.models.site import Site
from cosmodrome.models.vehicle import PayloadFigure, Vehicle

if TYPE_CHECKING:
    from cosmodrome.ascent.footprint import DropZone

WIDEST_DOGLEG_DEG = 60.0  # between the azimuth that an orbit needs and the permitted sector


@dataclass(frozen=True, slots=True)
class PayloadCapability:
    """The payload of the best permitted branch, with every branch that was tried."""

    payload_kg: float
    status: AscentStatus
    ascent: Ascent
    branches: tuple[Ascent, ...]
    published: tuple[PayloadFigure, ...]
    dogleg_cost_kg: float | None = None  # against a launch with every azimuth open; None without a dogleg
    # of the best branch, for `payload_partials`; None where only a better last stage gets there
    proved: Proved | None = field(default=None, repr=False)

    @property
    def converged(self) -> bool:
        """Whether the payload may be claimed."""
        return self.ascent.converged

    def __repr__(self) -> str:
        return f"<PayloadCapability {self.payload_kg:.0f} kg, {self.ascent.branch} branch>"


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
    return _best(tuple(optimize_branch(problem, branch) for branch in permitted_branches(problem, site)))


def payload_capability(
    vehicle: Vehicle,
    site: Site,
    target: AscentTarget,
    limits: AscentLimits | None = None,
    *,
    environment: Environment | None = None,
    drop_zones: "tuple[DropZone, ...]" = (),
) -> PayloadCapability:
    """The largest payload by the physics of the ascent: no reserve is taken off but the vehicle's own.

    Parameters
    ----------
    vehicle : Vehicle
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
    """
    problem = ascent_problem(
        vehicle, site, target, limits=limits, environment=environment, drop_zones=drop_zones
    )
    flown = {branch: best_solution(problem, branch) for branch in permitted_branches(problem, site)}
    ascents = tuple(proved.ascent(branch) for branch, proved in flown.items())
    best = _best(ascents)
    proved = flown[best.branch] if flown[best.branch].shortfall is None else None
    return PayloadCapability(
        best.payload_kg, best.status, best, ascents, vehicle.payload_figures,
        _dogleg_cost_kg(problem, site, best), proved,
    )  # fmt: skip


def _best(ascents: tuple[Ascent, ...]) -> Ascent:
    return max(ascents, key=lambda a: (a.replay.agrees, round(a.payload_kg, 1), round(a.final_mass_kg, 1)))


def _dogleg_cost_kg(problem: AscentProblem, site: Site, best: Ascent) -> float | None:
    """Payload lost to a launch azimuth that the sector turns away from the orbit's plane."""
    azimuth = math.degrees(problem.launch_azimuth_rad(best.branch)) % 360
    if site.permits_azimuth(azimuth) or not best.converged:
        return None
    free = replace(problem, pad=replace(problem.pad, azimuth_sector_deg=None))
    return optimize_branch(free, best.branch).payload_kg - best.payload_kg


def permitted_branches(problem: AscentProblem, site: Site) -> tuple[Branch, ...]:
    """Branches whose launch azimuth the site permits, or those that a dogleg reaches; raises for neither."""
    if problem.orbit.inclination_rad is None:
        return ("ascending",)
    inclination = math.degrees(problem.orbit.inclination_rad)
    latitude = abs(site.geocentric_latitude_deg)
    if not latitude - 1e-9 <= inclination <= 180 - latitude + 1e-9:
        raise UnreachableError(
            f"an inclination of {inclination:g} deg cannot be reached from {site.title}: from its latitude "
            f"orbits of {latitude:.2f} to {180 - latitude:.2f} deg can be reached"
        )
    if problem.orbit.kind.node:
        return (_branch_of_plane(problem),)
    azimuths = {branch: math.degrees(problem.launch_azimuth_rad(branch)) % 360 for branch in BRANCHES}
    permitted = tuple(branch for branch, azimuth in azimuths.items() if site.permits_azimuth(azimuth))
    if permitted:
        return permitted
    outside = {branch: _outside_deg(site, azimuth) for branch, azimuth in azimuths.items()}
    nearest: Branch = min(BRANCHES, key=lambda branch: outside[branch])
    if outside[nearest] <= WIDEST_DOGLEG_DEG and problem.azimuth_limits_rad is not None:
        return (nearest,)
    wanted = " or ".join(f"{azimuth:.1f}" for azimuth in azimuths.values())
    low, high = reachable_inclinations_deg(problem, site)
    raise UnreachableError(
        f"an inclination of {inclination:.4g} deg from {site.title} needs a launch azimuth of {wanted} "
        f"deg, outside its permitted sector of {site.azimuth_min_deg.value:g} to "
        f"{site.azimuth_max_deg.value:g} deg by more than a dogleg of {WIDEST_DOGLEG_DEG:g} deg; "
        f"without a dogleg it reaches {low:.1f} to {high:.1f} deg"
    )


def _branch_of_plane(problem: AscentProblem) -> Branch:
    """The branch on which a plane with a given node passes the pad."""
    launch = problem.launch("ascending")
    w = launch.plane_normal
    r = launch.position_m
    northward = w[0] * r[1] - w[1] * r[0]  # of the direction of flight, W x r
    return "ascending" if northward >= 0 else "descending"


def _outside_deg(site: Site, azimuth_deg: float) -> float:
    """How far an azimuth lies outside the permitted sector [deg]."""
    edges = (site.azimuth_min_deg.value, site.azimuth_max_deg.value)
    return min(abs((azimuth_deg - edge + 180) % 360 - 180) for edge in edges)


def reachable_inclinations_deg(problem: AscentProblem, site: Site) -> tuple[float, float]:
    """Inclinations that the permitted sector reaches without a dogleg [deg]."""
    launch = problem.launch("ascending")
    latitude = math.atan2(launch.position_m[2], launch.position_m[0])
    speed = math.sqrt(problem.environment.gm_m3_s2 / problem.orbit.perigee_radius_m)
    width = (site.azimuth_max_deg.value - site.azimuth_min_deg.value) % 360 or 360.0
    azimuth = np.radians(site.azimuth_min_deg.value + np.linspace(0.0, width, 721))
    east = speed * np.sin(azimuth) + problem.environment.rotation_rate_rad_s * launch.position_m[0]
    cosine = np.cos(latitude) * east / np.hypot(east, speed * np.cos(azimuth))
    inclinations = np.degrees(np.arccos(cosine))
    return float(inclinations.min()), float(inclinations.max())
