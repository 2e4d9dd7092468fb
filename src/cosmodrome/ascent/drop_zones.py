"""Keeps dropped bodies inside declared drop zones and off protected areas, for range safety only.

The payload stays the objective. A zone is an inequality on where a body meets the ground without air, moved
by what the air changed in the latest solution; it is laid on only where the free optimum does not keep it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.arrange import guess_from, plan_of, rearranged, regrouped
from cosmodrome.ascent.footprint import (
    DropZone,
    Footprint,
    ZoneFinding,
    ZoneKind,
    ground_ellipse,
    spent_stage_footprints,
    zone_findings,
)
from cosmodrome.ascent.optimize import Proved, prove
from cosmodrome.ascent.problem import AscentProblem, HeldZone
from cosmodrome.ascent.proof import replay_solution
from cosmodrome.ascent.result import Branch, JettisonedBody
from cosmodrome.ascent.solve import solve
from cosmodrome.physics.ballistics import turned_about_pole, vacuum_impact

Array = NDArray[np.float64]
Pair = tuple[str, DropZone]  # a body's name, and a zone it is held in or off
Side = Callable[[Array], Array]  # from a footprint's direction along, in a zone's plane, to a way out

ROUNDS = 5  # of solving and falling again
SETTLED_KG = 0.1  # change of the mass at cut-off from round to round that ends them
FARTHEST_RATIO = 0.5  # of a body's downrange that it misses a zone by, above which nothing is tried
_SPREAD_RATIO, _SPREAD_M = 1.02, 1e3  # room for what the ellipse changes by from round to round
_CENTER_RATIO = 0.9  # of a zone that is too small for the ellipse, in which its center is held
_BLUNT = 3.0  # times a protected area's size, touching it on the side that the body is to leave by
_SIDES: tuple[Side, ...] = (
    lambda along: along,
    lambda along: -along,
    lambda along: np.array([-along[1], along[0]]),
    lambda along: np.array([along[1], -along[0]]),
)


@dataclass(frozen=True, slots=True)
class _Fallen:
    """A dropped body and its fall."""

    body: JettisonedBody
    footprint: Footprint


def with_drop_zones(proved: Proved, branch: Branch) -> Proved:
    """Move a solution so that its dropped bodies fall where they may, at the least cost.

    One body after another that crosses a zone is held, in the nearest declared zone and then off the
    protected areas that it touches, together with all held before; where no proved ascent does that, the
    zone is given up for that body and the notes say so.

    Parameters
    ----------
    proved : Proved
        An optimum without regard to the problem's drop zones.
    branch : {'ascending', 'descending'}

    Returns
    -------
    Proved
        Its notes give the finding of every body and what holding the zones costs.

    Notes
    -----
    The fall with air and its ellipse come from `spent_stage_footprints` after every solve. A footprint
    larger than its declared zone is held by its center. Optima are local: a protected area is left by the
    best of four sides, along and across the fall.
    """
    if not proved.rank[0]:
        return proved
    best, held, given_up = proved, list[Pair](), dict[Pair, str]()
    while True:
        settled = [*held, *given_up]
        crossed = [
            (fallen, zone)
            for fallen in _falls(best, branch)
            for zone in _crossings(fallen, best.problem.drop_zones, settled)
        ]
        if not crossed:
            return replace(best, notes=_notes(proved, best, branch, given_up))
        fallen, zone = crossed[0]
        pair = (fallen.body.name, zone)
        reason = _hopeless(fallen, zone, best.problem)
        keeping = [*held, *_kept(fallen, best.problem.drop_zones, settled)]
        moved = None if reason else _settled(best, branch, keeping, pair)
        if moved is None:
            given_up[pair] = reason or "no ascent that changes this was found"
        else:
            best, held = moved, [*keeping, pair]


def _falls(proved: Proved, branch: Branch) -> list[_Fallen]:
    """Everything dropped that has a footprint."""
    pad = proved.problem.pad
    bodies = proved.ascent(branch).jettisoned
    footprints = spent_stage_footprints(
        bodies, proved.problem.environment,
        pad_latitude_deg=pad.latitude_deg, pad_longitude_deg=pad.longitude_deg,
    )  # fmt: skip
    return [_Fallen(b, f) for b, f in zip(bodies, footprints, strict=True) if f.along_km is not None]


def _finding(footprint: Footprint, zone: DropZone) -> ZoneFinding:
    return zone_findings([footprint], [zone])[0]


def _keeps(footprint: Footprint, zone: DropZone, *, by_center: bool) -> bool:
    """Whether a footprint lies as the zone asks, or at least its center."""
    center = ground_ellipse(footprint).center_direction[:, None]
    return _finding(footprint, zone).holds or (by_center and bool(ground_ellipse(zone).contains(center)[0]))


def _crossings(fallen: _Fallen, zones: tuple[DropZone, ...], settled: list[Pair]) -> list[DropZone]:
    """Zones to look at next: the nearest declared one, if none is kept, and protected areas touched."""
    footprint, own = fallen.footprint, [zone for name, zone in settled if name == fallen.body.name]
    declared = [zone for zone in zones if zone.kind == "declared drop zone"]
    guarded = [zone for zone in zones if zone.kind == "protected area" and zone not in own]
    crossed = [zone for zone in guarded if not _finding(footprint, zone).holds]
    if any(zone in own or _finding(footprint, zone).holds for zone in declared):
        return crossed
    return [*sorted(declared, key=lambda zone: -_finding(footprint, zone).distance_km)[:1], *crossed]


def _kept(fallen: _Fallen, zones: tuple[DropZone, ...], settled: list[Pair]) -> list[Pair]:
    """The declared zone that a body falls in of itself, which it is not to leave for a protected area."""
    declared = [zone for zone in zones if zone.kind == "declared drop zone"]
    if any(name == fallen.body.name and zone in declared for name, zone in settled):
        return []
    findings = [(_finding(fallen.footprint, zone), zone) for zone in declared]
    inside = [(finding.distance_km, zone.name, zone) for finding, zone in findings if finding.holds]
    return [(fallen.body.name, max(inside)[2])] if inside else []


def _hopeless(fallen: _Fallen, zone: DropZone, problem: AscentProblem) -> str:
    """Why nothing is tried for a body, if so."""
    downrange_km = fallen.footprint.downrange_km or 0.0
    if not _has_handle(fallen, problem):
        return "it would not come down without air, so the optimizer has no handle on it"
    if _finding(fallen.footprint, zone).distance_km < -FARTHEST_RATIO * downrange_km:
        return f"nothing was tried over such a distance, {downrange_km:.0f} km downrange"
    return ""


def _settled(proved: Proved, branch: Branch, held: list[Pair], new: Pair) -> Proved | None:
    """Solve and let the bodies fall, by turns, until all lie as they must and nothing gains any more."""
    best, kept, problem = proved, None, proved.problem
    pairs, by_center = [*held, new], list[Pair]()
    guarded = new[1].kind == "protected area"
    falls = {f.body.name: f for f in _falls(best, branch)}
    for number in range(ROUNDS):
        small = [p for p in pairs if _is_too_small(falls[p[0]].footprint, p[1])]
        by_center += small if number > 0 else []  # for good, or both ways of holding would take turns
        tried = []
        for side in _SIDES if guarded and number == 0 else (None,):
            zones = [
                _held_zone(falls[p[0]], p[1], problem, side=side if p is new else None,
                           by_center=p in small or p in by_center)
                for p in pairs
            ]  # fmt: skip
            moved = _moved(best, tuple(zones))
            landed = {f.body.name: f for f in _falls(moved, branch)} if moved is not None else {}
            if moved is not None and all(_has_handle(landed.get(p[0]), problem) for p in pairs):
                tried.append((moved, landed))
        if not tried:
            break
        before_kg = best.solution.worth_kg
        best, falls = max(tried, key=lambda pair: pair[0].rank)
        if all(_keeps(falls[p[0]].footprint, p[1], by_center=p in by_center) for p in pairs):
            kept = best
            if number > 0 and abs(best.solution.worth_kg - before_kg) < SETTLED_KG:
                break
    return _refined(kept, branch, pairs, by_center) if kept is not None else None


def _refined(proved: Proved, branch: Branch, pairs: list[Pair], by_center: list[Pair]) -> Proved | None:
    """A solution with its mesh refined where need be; None where that is not proved or leaves a zone."""
    finer = prove(proved.problem, proved.solution)
    falls = {f.body.name: f.footprint for f in _falls(finer, branch)}
    keeps = [p[0] in falls and _keeps(falls[p[0]], p[1], by_center=p in by_center) for p in pairs]
    return finer if finer.rank[0] and all(keeps) else None


def _has_handle(fallen: _Fallen | None, problem: AscentProblem) -> bool:
    """Whether a body has a footprint, and would come down without air too."""
    return fallen is not None and bool(np.isfinite(_vacuum_direction(fallen, problem)).all())


def _moved(proved: Proved, zones: tuple[HeldZone, ...]) -> Proved | None:
    """The optimum next to a solution that holds the zones, on the same mesh; None where none is found."""
    problem, before = replace(proved.problem, held_zones=zones), proved.solution
    plan, launch = before.plan, before.launch
    solution = solve(problem, plan, launch, guess_from(before, proved.flown), ("near", "quick", "patient"))
    if not solution.converged:
        return None
    wanted = rearranged(problem, solution, plan.arrangement)
    if wanted != plan.arrangement:
        plan = plan_of(problem, wanted)
        again = solve(problem, plan, launch, regrouped(solution, plan), ("near", "quick", "patient"))
        if again.converged:
            solution = again
        elif wanted.holds_pressure and not before.plan.arrangement.holds_pressure:
            return None
    return Proved(problem, solution, *replay_solution(problem, solution))


def _ground_radius(footprint: Footprint, problem: AscentProblem) -> float:
    """Of the Earth where a body falls, in equatorial radii."""
    up = ground_ellipse(footprint).center_direction
    return float(1.0 - problem.environment.flattening * up[2] ** 2)


def _vacuum_direction(fallen: _Fallen, problem: AscentProblem) -> Array:
    """Earth-fixed direction in which the body would meet the ground without air; nan if it would not."""
    body, environment = fallen.body, problem.environment
    radius = _ground_radius(fallen.footprint, problem) * environment.equatorial_radius_m
    rate = environment.rotation_rate_rad_s
    with np.errstate(invalid="ignore"):
        direction, _ = vacuum_impact(
            tuple(body.position_m), tuple(body.velocity_m_s), environment.gm_m3_s2, radius, rate
        )
    return turned_about_pole(np.array(direction), -rate * body.time_s)


def _shapes(footprint: Footprint, zone: DropZone) -> tuple[Array, Array, Array]:
    """Zone's and footprint's ellipse as matrices Q in the zone's axes, and the footprint's axis there.

    An ellipse is every d with d . Q^-1 d <= 1; the footprint's is a little enlarged. [m2]
    """
    area, fallen = ground_ellipse(zone), ground_ellipse(footprint)
    axes = np.stack((area.along_direction, np.cross(area.center_direction, area.along_direction)))
    along = axes @ fallen.along_direction
    along = along / np.linalg.norm(along)
    turn = np.stack((along, (-along[1], along[0])), axis=1)
    sizes = _SPREAD_RATIO * np.array([fallen.along_m, fallen.across_m]) + _SPREAD_M
    return np.diag([area.along_m**2, area.across_m**2]), turn @ np.diag(sizes**2) @ turn.T, along


def _is_too_small(footprint: Footprint, zone: DropZone) -> bool:
    """Whether the ellipse does not fit in a declared zone."""
    return zone.kind == "declared drop zone" and _room(footprint, zone) is None


def _room(footprint: Footprint, zone: DropZone) -> Array | None:
    """Q of where a footprint's center may lie in a declared zone; None where the ellipse does not fit.

    Between both ellipses Q1 and Q2, (1 - 1/p) Q1 - (p - 1) Q2 is inside for p up to that at which p^2 Q2
    touches Q1 (Kurzhanski and Valyi, 1997, Ellipsoidal Calculus for Estimation and Control, section 2.2).
    """
    area, spread, _ = _shapes(footprint, zone)
    scaled = spread / np.sqrt(np.outer(np.diag(area), np.diag(area)))
    p = float(np.linalg.eigvalsh(scaled)[-1]) ** -0.5
    return (1 - 1 / p) * area - (p - 1) * spread if p > 1 else None


def _clearance(footprint: Footprint, zone: DropZone, toward: Array) -> Array:
    """Q of where a footprint's center may not lie: the sum of both ellipses, exact in one direction.

    (1 + 1/p) Q1 + (1 + p) Q2 holds their sum, and touches it where p^2 = (l . Q1 l)/(l . Q2 l), as above.
    """
    area, spread, _ = _shapes(footprint, zone)
    p = float(np.sqrt((toward @ area @ toward) / (toward @ spread @ toward)))
    return np.asarray((1 + 1 / p) * area + (1 + p) * spread)


def _held_zone(
    fallen: _Fallen, zone: DropZone, problem: AscentProblem, *, side: Side | None, by_center: bool
) -> HeldZone:
    """A zone as the optimizer holds it about this fall; with a side, a blunt one to leave it by."""
    footprint, area = fallen.footprint, ground_ellipse(zone)
    center = ground_ellipse(footprint).center_direction
    axes = np.stack((area.along_direction, np.cross(area.center_direction, area.along_direction)))
    place = axes @ center
    chord = float(np.linalg.norm(center - area.center_direction))
    away_m = 2 * area.sphere_radius_m * np.arcsin(min(chord / 2, 1.0))
    place = place * away_m / max(float(np.linalg.norm(place)), 1e-12)
    if zone.kind == "declared drop zone":
        room = None if by_center else _room(footprint, zone)
        shape = _CENTER_RATIO**2 * _shapes(footprint, zone)[0] if room is None else room
    elif side is None:
        shape = _clearance(footprint, zone, place)
        shape = _clearance(footprint, zone, np.linalg.solve(shape, place))
    else:
        out = side(_shapes(footprint, zone)[2])
        shape = _clearance(footprint, zone, out)
        edge = shape @ out / np.sqrt(out @ shape @ out)
        shape, place = _BLUNT**2 * shape, place + (_BLUNT - 1) * edge
    unit = np.linalg.inv(np.linalg.cholesky(shape))
    rows = area.sphere_radius_m * unit @ axes
    middle = rows @ _vacuum_direction(fallen, problem) - unit @ place
    rows = turned_about_pole(rows.T, -np.radians(problem.pad.longitude_deg)).T  # of the launch meridian
    return HeldZone(fallen.body.name, zone.kind, (*rows.ravel(), *middle, _ground_radius(footprint, problem)))


def _notes(free: Proved, best: Proved, branch: Branch, given_up: dict[Pair, str]) -> tuple[str, ...]:
    """The finding of every body, and what holding the zones costs."""
    notes = list(_sentences(best, branch, given_up))
    if best is not free:
        lost_kg = free.solution.worth_kg - best.solution.worth_kg
        of = "payload" if best.problem.payload_kg is None else "mass at cut-off"
        notes.append(f"Holding the drop zones as above costs {lost_kg:.1f} kg of {of}.")
    return tuple(notes)


def _sentences(best: Proved, branch: Branch, given_up: dict[Pair, str]) -> Iterator[str]:
    """Of a body and a protected area, or a body and whichever declared zone is nearest."""
    reasons = {(name, _called(zone.kind, zone.name)): why for (name, zone), why in given_up.items()}
    for fallen in _falls(best, branch):
        for finding in zone_findings([fallen.footprint], best.problem.drop_zones):
            reason = reasons.get((finding.body, _called(finding.kind, finding.zone)))
            if finding.holds:
                yield finding.sentence
            elif reason is None:
                yield f"{finding.sentence[:-1]}: too small for the footprint's ellipse, it holds its center."
            else:
                yield f"{finding.sentence[:-1]}: {reason}. The payload is of an ascent that does not keep it."


def _called(kind: ZoneKind, name: str) -> str:
    return name if kind == "protected area" else kind
