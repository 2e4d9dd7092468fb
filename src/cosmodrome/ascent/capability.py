"""How much a vehicle lifts from a site into an orbit."""

import math
from dataclasses import dataclass

import numpy as np

from cosmodrome.ascent.optimize import optimize_branch
from cosmodrome.ascent.problem import BRANCHES, AscentProblem, ascent_problem
from cosmodrome.ascent.result import Ascent, AscentLimits, AscentStatus, Branch
from cosmodrome.errors import UnreachableError
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import PayloadFigure, Vehicle


@dataclass(frozen=True, slots=True)
class PayloadCapability:
    """The payload of the best permitted branch, with every branch that was tried."""

    payload_kg: float
    status: AscentStatus
    ascent: Ascent
    branches: tuple[Ascent, ...]
    published: tuple[PayloadFigure, ...]

    @property
    def converged(self) -> bool:
        """Whether the payload may be claimed."""
        return self.ascent.converged

    def __repr__(self) -> str:
        return f"<PayloadCapability {self.payload_kg:.0f} kg, {self.ascent.branch} branch>"


def payload_capability(
    vehicle: Vehicle,
    site: Site,
    target: CircularTarget | EllipticalTarget | SunSynchronousTarget,
    limits: AscentLimits | None = None,
) -> PayloadCapability:
    """The largest payload by the physics of the ascent: no reserve is taken off.

    Parameters
    ----------
    vehicle : Vehicle
    site : Site
        Its azimuth sector decides which launch branches are flown.
    target : CircularTarget, EllipticalTarget or SunSynchronousTarget
    limits : AscentLimits, optional
        The vehicle's own limits if not given.

    Returns
    -------
    PayloadCapability
        Its `status` says whether the payload may be claimed; a negative payload is what is missing.

    Raises
    ------
    UnreachableError
        Where the inclination or the azimuth sector rules the orbit out.
    """
    problem = ascent_problem(vehicle, site, target, limits=limits)
    ascents = tuple(optimize_branch(problem, branch) for branch in permitted_branches(problem, site))
    best = max(ascents, key=lambda ascent: (ascent.replay.agrees, round(ascent.payload_kg, 1)))
    return PayloadCapability(best.payload_kg, best.status, best, ascents, vehicle.payload_figures)


def permitted_branches(problem: AscentProblem, site: Site) -> tuple[Branch, ...]:
    """Branches whose launch azimuth lies in the site's sector; raises where there is none."""
    inclination = math.degrees(problem.orbit.inclination_rad)
    latitude = abs(site.geocentric_latitude_deg)
    if not latitude <= inclination <= 180 - latitude:
        raise UnreachableError(
            f"an inclination of {inclination:g} deg cannot be reached from {site.title}: from its latitude "
            f"orbits of {latitude:.2f} to {180 - latitude:.2f} deg can be reached"
        )
    azimuths = {branch: math.degrees(problem.launch_azimuth_rad(branch)) % 360 for branch in BRANCHES}
    permitted = tuple(branch for branch, azimuth in azimuths.items() if site.permits_azimuth(azimuth))
    if not permitted:
        wanted = " or ".join(f"{azimuth:.1f}" for azimuth in azimuths.values())
        low, high = reachable_inclinations_deg(problem, site)
        raise UnreachableError(
            f"an inclination of {inclination:.4g} deg from {site.title} needs a launch azimuth of {wanted} "
            f"deg, outside its permitted sector of {site.azimuth_min_deg.value:g} to "
            f"{site.azimuth_max_deg.value:g} deg; "
            f"without a dogleg it reaches {low:.1f} to {high:.1f} deg"
        )
    return permitted


def reachable_inclinations_deg(problem: AscentProblem, site: Site) -> tuple[float, float]:
    """Inclinations that the permitted sector reaches without a dogleg [deg]."""
    launch = problem.launch("ascending")
    latitude = math.atan2(launch.position_m[2], launch.position_m[0])
    speed = math.sqrt(problem.environment.gm_m3_s2 / problem.orbit.semi_major_axis_m)
    width = (site.azimuth_max_deg.value - site.azimuth_min_deg.value) % 360 or 360.0
    azimuth = np.radians(site.azimuth_min_deg.value + np.linspace(0.0, width, 721))
    east = speed * np.sin(azimuth) + launch.velocity_m_s[1]
    cosine = np.cos(latitude) * east / np.hypot(east, speed * np.cos(azimuth))
    inclinations = np.degrees(np.arccos(cosine))
    return float(inclinations.min()), float(inclinations.max())
