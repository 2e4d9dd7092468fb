"""A path flown piece by piece: cut wherever what acts is not smooth.

The 3-hour slots of Ap, the edges of penumbra and umbra, the beginnings and ends of burns, and, for a body
that turns, some twenty pieces a revolution with a constant area each. Integrated across those edges, a low
orbit is off by tens of meters after ten days.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.ephemeris import Breaks
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.integrator import Acceleration, Arc, Integrator, Push, Step
from cosmodrome.orbit.maneuvers import Burn, FiniteBurn, ImpulsiveBurn
from cosmodrome.physics.circular_elements import local_axes
from cosmodrome.physics.elements import keplerian_from_cartesian, orbital_period_s
from cosmodrome.physics.shadow import penumbra_margin_rad, umbra_margin_rad
from cosmodrome.physics.sun import sun_position_m
from cosmodrome.physics.time import elapsed_from_datetime

Array = NDArray[np.float64]

REENTRY_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 120e3
_SLOT_S = 3 * 3600.0  # of Ap, from midnight UTC
_LOOK_STEP_S = (
    60.0  # between looks for the shadow: its edges are then right to half a second, which is enough
)
_LOW_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 200e3
_LOW_PIECE_S = 600.0  # there an orbit may end within a revolution
_PIECES_PER_TURN = 20  # of a body that turns: the mean of its drag is then right to 0.5 %
_MASS_STEP_RATIO = 0.005  # of the mass that one piece of a burn takes
_NEAR_CIRCULAR = 0.05
_LEAST_S = 1e-6


@dataclass(frozen=True, slots=True)
class Flown:
    """States and mass at the times asked for, up to re-entry, and the breaks by burns."""

    elapsed_s: Array
    state: Array  # (N, 6), GCRF
    mass_kg: Array
    breaks: Breaks
    transition: Array | None  # (6, 6), of the whole path
    reentry_s: float | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where nothing jumps."""

    begin_s: float
    end_s: float
    push: Push
    mass_flow_kg_s: float
    step: Step


@dataclass(slots=True)
class _Craft:
    """The satellite on its way, and what its burns have done so far."""

    state: Array
    mass_kg: float
    transition: Array
    break_rows: list[tuple[float, Array, Array, Array]] = field(default_factory=list)

    def advance(self, arc: Arc, piece: _Piece) -> None:
        """To the end of a piece."""
        self.state = arc.end_state
        self.mass_kg -= piece.mass_flow_kg_s * (piece.end_s - piece.begin_s)
        if arc.transition is not None:
            self.transition = arc.transition @ self.transition

    def breaks(self) -> Breaks:
        """What the burns did, in time order; read-only."""
        rows = self.break_rows
        columns = (np.reshape([row[k] for row in rows], (-1, 3)) for k in (1, 2, 3))
        arrays = (np.array([row[0] for row in rows], dtype=float), *columns)
        for array in arrays:
            array.setflags(write=False)
        return Breaks(*arrays)


class Flight:
    """Flies one satellite under its forces and burns.

    Parameters
    ----------
    integrator : Integrator
        With the gravity and third bodies of the forces.
    epoch : datetime
        Zero of all elapsed times.
    forces : Forces
    burns : sequence of Burn
        Forward in time alone.
    """

    def __init__(
        self, integrator: Integrator, epoch: datetime, forces: Forces, burns: Sequence[Burn] = ()
    ) -> None:
        def since_epoch(instant: datetime) -> float:
            return elapsed_from_datetime(epoch, instant)

        midnight = epoch.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self._integrator, self._epoch, self._forces = integrator, epoch, forces
        self._time_of_day_s = -since_epoch(midnight)
        self._impulses = [(since_epoch(b.instant), b) for b in burns if isinstance(b, ImpulsiveBurn)]
        self._thrusts = [(since_epoch(b.start), b) for b in burns if isinstance(b, FiniteBurn)]

    def fly(self, state: Array, elapsed_s: Array, *, with_matrix: bool = False) -> Flown:
        """States at times that start with zero and go forward or backward.

        The path ends where it first comes below 120 km.
        """
        craft = _Craft(state, float(self._forces.mass_kg), np.eye(6))
        states, masses = np.tile(state, (len(elapsed_s), 1)), np.full(len(elapsed_s), craft.mass_kg)
        filled, reentry, away = 1, None, np.abs(elapsed_s)
        for piece in self._pieces(craft, float(elapsed_s[-1])):
            times = piece.begin_s, piece.end_s
            arc = self._integrator.arc(craft.state, times, piece.push, piece.step, with_matrix=with_matrix)
            upto = int(np.searchsorted(away, abs(piece.end_s) + _LEAST_S, side="right"))
            here = np.clip(elapsed_s[filled:upto], min(times), max(times))
            if len(here):
                states[filled:upto] = arc.at(here)
                masses[filled:upto] = craft.mass_kg - piece.mass_flow_kg_s * (here - piece.begin_s)
            craft.advance(arc, piece)
            above = _above_reentry(states[filled:upto])
            filled += len(above) if above.all() else int(above.argmin())
            if not above.all() or not _above_reentry(craft.state[None])[0]:
                reentry = piece.end_s
                break
        transition = craft.transition if with_matrix else None
        return Flown(
            elapsed_s[:filled], states[:filled], masses[:filled], craft.breaks(), transition, reentry
        )

    def _pieces(self, craft: _Craft, end_s: float) -> Iterator[_Piece]:
        """Smooth pieces one after the other; each is flown before the next is asked for."""
        for begin, end in pairwise(self._cuts(end_s)):
            self._mark_burns(craft, begin)
            middle = 0.5 * (begin + end)
            burn = next((b for s, b in self._thrusts if s <= middle < s + b.duration_s), None)
            yield from self._smooth(craft, begin, end, burn)

    def _cuts(self, end_s: float) -> list[float]:
        """Slots of Ap, burns, and the two ends, in the order of flight."""
        low, high = sorted((0.0, end_s))
        slot = _SLOT_S if self._forces.drags or self._forces.radiates else DAY_S
        first = math.ceil((low + self._time_of_day_s) / slot)
        last = math.floor((high + self._time_of_day_s) / slot)
        inner = [number * slot - self._time_of_day_s for number in range(first, last + 1)]
        inner += [at for at, _ in self._impulses]
        inner += [at for s, b in self._thrusts for at in (s, s + b.duration_s)]
        return _in_order(0.0, end_s, inner)

    def _mark_burns(self, craft: _Craft, at_s: float) -> None:
        """Give the impulses of an instant, and note where burns begin and end."""
        position, before = craft.state[:3], craft.state[3:]
        velocity, is_break = before, False
        for when, burn in self._impulses:
            if abs(when - at_s) <= _LEAST_S:
                change = np.asarray(burn.delta_v_m_s, dtype=float)
                turned = change @ local_axes(position, before) if burn.frame == "RTN" else change
                velocity = velocity + turned
                craft.mass_kg *= burn.mass_ratio()
                is_break = True
        edges = [at for s, b in self._thrusts for at in (s, s + b.duration_s)]
        if is_break or any(abs(edge - at_s) <= _LEAST_S for edge in edges):
            craft.break_rows.append((at_s, position, before, velocity))
            craft.state = np.concatenate((position, velocity))

    def _smooth(self, craft: _Craft, begin: float, end: float, burn: FiniteBurn | None) -> Iterator[_Piece]:
        """Pieces between two cuts: by shadow, attitude, low height and the mass that a burn takes."""
        forces, inner = self._forces, list[float]()
        elements = keplerian_from_cartesian(craft.state[:3], craft.state[3:])
        step: Step = "even" if elements.eccentricity <= _NEAR_CIRCULAR else "own"
        surfaces = forces.surfaces
        turns = surfaces is not None and surfaces.attitude != "tumbling"
        coarse = None
        if forces.radiates or turns:
            coarse = self._integrator.coarse_arc(craft.state, begin, end, step)
            if forces.radiates:
                inner += self._shadow_edges(coarse, begin, end)
        if turns:
            inner += _even(begin, end, orbital_period_s(elements.semi_major_axis_m) / _PIECES_PER_TURN)
        if elements.semi_major_axis_m * (1.0 - elements.eccentricity) < _LOW_RADIUS_M:
            inner += _even(begin, end, _LOW_PIECE_S)
        if burn is not None:
            inner += _even(begin, end, _MASS_STEP_RATIO * craft.mass_kg / burn.mass_flow_kg_s)
        for first, last in pairwise(_in_order(begin, end, inner)):
            flow = burn.mass_flow_kg_s if burn is not None else 0.0
            middle = coarse.at(np.array([0.5 * (first + last)])) if turns and coarse is not None else None
            yield _Piece(first, last, self._push(craft, middle, (first, last), burn), flow, step)

    def _push(
        self, craft: _Craft, middle: Array | None, times_s: tuple[float, float], burn: FiniteBurn | None
    ) -> Push:
        """What surfaces and engine do over a piece."""
        forces, mass, engine = self._forces, craft.mass_kg, None
        areas = (forces.drag_area_m2, forces.radiation_area_m2)
        if forces.surfaces is not None:
            path = craft.state[None] if middle is None else middle
            sun = sun_position_m(self._epoch, np.array([sum(times_s) / 2]))
            shown = forces.surfaces.areas_m2(path[:, :3], path[:, 3:], sun / np.linalg.norm(sun))
            areas = float(shown[0][0]), float(shown[1][0])
        if burn is not None:
            span = times_s[1] - times_s[0]
            after = mass - burn.mass_flow_kg_s * span
            x, y, z = burn.mean_acceleration_m_s2(mass, after, span).tolist()
            engine = Acceleration((x, y, z), burn.frame)
        drag, radiation = forces.drag_coefficient * areas[0], forces.reflectivity_coefficient * areas[1]
        return Push(drag / mass, radiation / mass, engine)

    def _shadow_edges(self, coarse: Arc, begin: float, end: float) -> list[float]:
        """Times at which penumbra and umbra begin and end."""
        looks = np.linspace(begin, end, max(2, math.ceil(abs(end - begin) / _LOOK_STEP_S) + 1))
        position = coarse.at(looks)[:, :3]
        # a chord over three hours of the Sun's path departs by 0.2 arcsec
        ends = sun_position_m(self._epoch, np.array([begin, end]))
        sun = ends[0] + np.linspace(0.0, 1.0, len(looks))[:, None] * (ends[1] - ends[0])
        edges = []
        for margin in (penumbra_margin_rad(position, sun), umbra_margin_rad(position, sun)):
            left = np.nonzero((margin[:-1] > 0) != (margin[1:] > 0))[0]
            share = margin[left] / (margin[left] - margin[left + 1])
            edges += (looks[left] + share * (looks[left + 1] - looks[left])).tolist()
        return edges


def _above_reentry(states: Array) -> NDArray[np.bool_]:
    """False also where the integration has broken down."""
    return np.asarray(np.einsum("ni,ni->n", states[:, :3], states[:, :3]) > REENTRY_RADIUS_M**2)


def _in_order(begin: float, end: float, inner: Sequence[float]) -> list[float]:
    """Two ends and what lies between them, in the direction of flight, none twice.

    In whole microseconds, as the integrator counts: what it flies then adds up.
    """
    low, high = sorted((round(begin, 6), round(end, 6)))
    between = sorted(round(at, 6) for at in inner if low + _LEAST_S < at < high - _LEAST_S)
    ordered = [at for at, later in pairwise((*between, high)) if later - at > _LEAST_S]
    rising = [low, *ordered, high]
    return rising if begin <= end else rising[::-1]


def _even(begin: float, end: float, longest_s: float) -> list[float]:
    """Cuts into equal pieces no longer than that."""
    count = math.ceil(abs(end - begin) / longest_s)
    return [begin + (end - begin) * part / count for part in range(1, count)]
