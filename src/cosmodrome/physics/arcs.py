"""Paths of many bodies between even samples of position: quintic pieces that share slope and curvature.

Velocities and accelerations at the samples come from the positions themselves by central differences of
eighth order. They fit the path that was sampled better than what a propagator says of its velocity: SGP4's
is some 6 mm/s off the derivative of its position.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.interpolation import hermite_state

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Components = tuple[Array, Array, Array]

PADDING_COUNT = 4  # samples that the differences need before the first piece and after the last

_FIRST = np.array([1 / 280, -4 / 105, 1 / 5, -4 / 5, 0.0, 4 / 5, -1 / 5, 4 / 105, -1 / 280])
_SECOND = np.array([-1 / 560, 8 / 315, -1 / 5, 8 / 5, -205 / 72, 8 / 5, -1 / 5, 8 / 315, -1 / 560])
_FIT_COUNT = 9  # samples that the path is carried on from where it ends


@dataclass(frozen=True, slots=True)
class Arcs:
    """K quintic pieces of equal duration for each of B bodies.

    `coefficients_m[a, p, b, k]` multiplies u^p of axis a on piece k of body b, u from 0 to 1 over the piece.
    """

    step_s: float
    coefficients_m: Array  # (3, 6, B, K)

    @property
    def bodies_count(self) -> int:
        """How many bodies."""
        return int(self.coefficients_m.shape[2])

    @property
    def pieces_count(self) -> int:
        """How many pieces each has."""
        return int(self.coefficients_m.shape[3])

    def at(self, fraction: float) -> Array:
        """Positions at one fraction of every piece, shape (3, B, K) [m]."""
        return _horner(self.coefficients_m.swapaxes(0, 1), fraction)

    def along(self, body: Indices, piece: Indices) -> Callable[[Array], Components]:
        """Positions as functions of u in [0, 1] on the M chosen pieces [m]."""
        chosen = self.coefficients_m.reshape(3, 6, -1)[:, :, body * self.pieces_count + piece]

        def position(fraction: Array) -> Components:
            x, y, z = (_horner(axis, fraction) for axis in chosen)
            return x, y, z

        return position

    def places_at(self, body: Indices, when_s: Array) -> Array:
        """Positions of M bodies at M times from the first sample, shape (M, 3) [m]."""
        piece = np.clip((when_s / self.step_s).astype(int), 0, self.pieces_count - 1)
        return np.stack(self.along(body, piece)(when_s / self.step_s - piece), axis=-1)

    def __repr__(self) -> str:
        return f"<Arcs {self.bodies_count} bodies, {self.pieces_count} pieces of {self.step_s:g} s>"


def arcs_through(position_m: Array, step_s: float) -> Arcs:
    """Join samples of position by quintic pieces.

    On a piece from u = 0 to 1 the quintic has the positions p, the differences d and the second differences
    s of both ends (d and s per step and per step squared). For motion of angular rate n the error is
    (n h)^6 / 46080 of the radius: 0.8 mm in low Earth orbit with samples 120 s apart, 9 mm with 180 s.

    Parameters
    ----------
    position_m : Array, shape (B, K + 9, 3)
        Samples, `PADDING_COUNT` of them before the first piece and as many after the last [m].
    step_s : float
        Between samples [s].

    Returns
    -------
    Arcs

    References
    ----------
    Fornberg (1988), Math. Comp. 51, 699, table 1, for the differences.

    Examples
    --------
    A circle sampled every 0.13 rad, half a step after a sample: the radius is kept to 1e-9 of itself.

    >>> angle = 0.13 * np.arange(12)
    >>> arcs = arcs_through(np.stack((np.cos(angle), np.sin(angle), 0 * angle), axis=-1)[None], 1.0)
    >>> abs(float(np.linalg.norm(arcs.at(0.5)[:, 0, 0])) - 1) < 1e-9
    True
    """
    samples = np.ascontiguousarray(np.moveaxis(position_m, -1, 0))  # (3, B, K + 9)
    count = samples.shape[2] - 2 * PADDING_COUNT
    if count < 2:
        raise ValueError(f"{samples.shape[2]} samples: a path needs {2 * PADDING_COUNT + 2} at least")
    slope, curve = np.zeros((*samples.shape[:2], count)), np.zeros((*samples.shape[:2], count))
    for shift, (first, second) in enumerate(zip(_FIRST, _SECOND, strict=True)):
        part = samples[:, :, shift : shift + count]
        slope += first * part
        curve += second * part
    place = samples[:, :, PADDING_COUNT:-PADDING_COUNT]
    terms = np.empty((3, 6, samples.shape[1], count - 1))
    p, v, a = place[..., :-1], slope[..., :-1], 0.5 * curve[..., :-1]
    terms[:, 0], terms[:, 1], terms[:, 2] = p, v, a
    rise = place[..., 1:] - p - v - a
    turn = slope[..., 1:] - v - 2 * a
    bend = 0.5 * curve[..., 1:] - a
    terms[:, 3] = 10 * rise - 4 * turn + bend
    terms[:, 4] = -15 * rise + 7 * turn - 2 * bend
    terms[:, 5] = 6 * rise - 3 * turn + bend
    return Arcs(step_s, terms)


def carried_on(position_m: Array) -> Array:
    """Carry sampled paths on by four samples at both ends, for `arcs_through`; shape (B, N + 8, 3) [m].

    By the polynomial of degree eight through the last nine samples. Better sample beyond the ends where that
    is possible: what is carried on makes the first and the last piece less exact, by some centimeters in low
    Earth orbit with samples 120 s apart.

    Parameters
    ----------
    position_m : Array, shape (B, N, 3)
        At least nine even samples [m].

    Examples
    --------
    >>> path = np.arange(9.0)[None, :, None] ** 2 * np.ones(3)
    >>> [round(float(x), 6) for x in carried_on(path)[0, [0, -1], 0]]
    [16.0, 144.0]
    """
    if position_m.shape[1] < _FIT_COUNT:
        raise ValueError(
            f"{position_m.shape[1]} samples: at least {_FIT_COUNT} are needed to carry a path on"
        )
    nodes, beyond = np.arange(_FIT_COUNT), np.arange(_FIT_COUNT, _FIT_COUNT + PADDING_COUNT)
    others = [np.delete(nodes, k) for k in nodes]
    weights = np.array(
        [[np.prod((x - o) / (k - o)) for k, o in zip(nodes, others, strict=True)] for x in beyond]
    )
    after = np.einsum("xk,bkc->bxc", weights, position_m[:, -_FIT_COUNT:])
    before = np.einsum("xk,bkc->bxc", weights, position_m[:, :_FIT_COUNT][:, ::-1])[:, ::-1]
    return np.concatenate((before, position_m, after), axis=1)


def arcs_of_track(
    elapsed_s: Array, position_m: Array, velocity_m_s: Array, longest_step_s: float = 120.0
) -> Arcs:
    """Join the samples of B paths between their own first and last time.

    Of even samples as many are left out as `longest_step_s` allows and their number divides by. Uneven ones,
    those further apart, and fewer than nine are sampled anew by `hermite_state`.

    Parameters
    ----------
    elapsed_s : Array, shape (N,)
        Sample times, increasing, at least two [s].
    position_m, velocity_m_s : Array, shape (B, N, 3)
        Samples; the velocity is the derivative of the position in its frame.
    longest_step_s : float
        Pieces are no longer [s].

    Examples
    --------
    >>> times = np.array([0.0, 100.0, 300.0, 400.0])
    >>> path = np.column_stack((times, 0 * times, 0 * times))[None]
    >>> arcs = arcs_of_track(times, path, np.array([1.0, 0.0, 0.0]) + 0 * path)
    >>> arcs.pieces_count, round(float(arcs.places_at(np.zeros(1, int), np.array([123.0]))[0, 0]), 6)
    (8, 123.0)
    """
    span, gaps = float(elapsed_s[-1] - elapsed_s[0]), np.diff(elapsed_s)
    is_even = bool(np.ptp(gaps) <= 1e-6 * gaps[0])
    most = min(int(longest_step_s / gaps[0] * (1 + 1e-9)), len(gaps) // (_FIT_COUNT - 1))
    if is_even and most >= 1:
        kept = next(count for count in range(most, 0, -1) if len(gaps) % count == 0)
        return arcs_through(carried_on(position_m[:, ::kept]), kept * span / len(gaps))
    pieces = max(math.ceil(span / longest_step_s - 1e-9), _FIT_COUNT - 1)
    times = elapsed_s[0] + span * np.arange(pieces + 1) / pieces

    sampled = [
        hermite_state(elapsed_s, position, velocity, times)[0]
        for position, velocity in zip(position_m, velocity_m_s, strict=True)
    ]
    return arcs_through(carried_on(np.stack(sampled)), span / pieces)


def _horner(terms: Array, fraction: float | Array) -> Array:
    """Value of the polynomial whose coefficients of u^0, u^1 ... are the rows."""
    value = terms[-1] * fraction
    for term in terms[-2:0:-1]:
        value += term
        value *= fraction
    value += terms[0]
    return np.asarray(value, dtype=float)
