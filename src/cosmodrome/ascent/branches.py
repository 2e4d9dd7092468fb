"""Which launch branches a site permits for an orbit, and the best ascent on any of them."""

import math
from dataclasses import dataclass

import numpy as np

from cosmodrome.ascent.optimize import Proved, best_solution
from cosmodrome.ascent.problem import BRANCHES, AscentProblem
from cosmodrome.ascent.result import Ascent, Branch
from cosmodrome.errors import UnreachableError
from cosmodrome.models.site import Site

WIDEST_DOGLEG_DEG = 60.0  # between the azimuth that an orbit needs and the permitted sector


@dataclass(frozen=True, slots=True)
class FlownBranches:
    """Every permitted branch flown, and the best."""

    ascents: tuple[Ascent, ...]
    best: Ascent
    proved: Proved | None  # of the best; None where only a better last stage gets there


def fly_branches(problem: AscentProblem, site: Site) -> FlownBranches:
    """Optimize every permitted branch; raises `UnreachableError` where there is none."""
    flown = {branch: best_solution(problem, branch) for branch in permitted_branches(problem, site)}
    ascents = tuple(proved.ascent(branch) for branch, proved in flown.items())
    best = best_ascent(ascents)
    return FlownBranches(ascents, best, flown[best.branch] if flown[best.branch].shortfall is None else None)


def best_ascent(ascents: tuple[Ascent, ...]) -> Ascent:
    """The proved one that lifts most, then the one that is heaviest at cut-off."""
    return max(ascents, key=lambda a: (a.replay.agrees, round(a.payload_kg, 1), round(a.final_mass_kg, 1)))


def permitted_branches(problem: AscentProblem, site: Site) -> tuple[Branch, ...]:
    """Branches whose launch azimuth the site permits, or those that a dogleg reaches; raises for neither."""
    if problem.orbit.inclination_rad is None:
        return ("ascending",)
    inclination = math.degrees(problem.orbit.inclination_rad)
    latitude, (lowest, highest) = abs(site.geocentric_latitude_deg), site.turned_inclinations_deg
    if not lowest - 1e-9 <= inclination <= highest + 1e-9:
        raise UnreachableError(
            f"an inclination of {inclination:g} deg cannot be reached from {site.title}: from its latitude "
            f"orbits of {latitude:.2f} to {180 - latitude:.2f} deg can be reached, and {lowest:.2f} to "
            f"{highest:.2f} deg by turning the plane on the way"
        )
    if problem.orbit.kind.node:
        return (_branch_of_plane(problem),)
    turned = site.turn_deg(inclination) > 0  # both branches then begin due east or west
    azimuths = {
        branch: math.degrees(problem.launch_azimuth_rad(branch)) % 360
        for branch in (BRANCHES[:1] if turned else BRANCHES)
    }
    permitted = tuple(branch for branch, azimuth in azimuths.items() if site.permits_azimuth(azimuth))
    if permitted:
        return permitted
    outside = {branch: _outside_deg(site, azimuth) for branch, azimuth in azimuths.items()}
    nearest: Branch = min(outside, key=lambda branch: outside[branch])
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
