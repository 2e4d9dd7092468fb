"""The orbit at cut-off, as equations without angles to pick quadrants for."""

import math
from dataclasses import dataclass
from typing import Any

from cosmodrome.ascent.dynamics import Environment, Vector, cross, dot
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget


@dataclass(frozen=True, slots=True)
class TerminalKind:
    """Which equations describe an orbit at cut-off."""

    at_perigee: bool  # cut-off at the perigee, or anywhere on a circle
    inclination: bool
    node: bool
    perigee: bool

    @property
    def equations_count(self) -> int:
        """How many conditions that makes."""
        if self.node and self.perigee:
            return 6 if self.at_perigee else 5
        shape = 3 if self.at_perigee else 2
        return shape + (2 if self.node else int(self.inclination)) + int(self.perigee)

    @property
    def signs_count(self) -> int:
        """How many inequalities beside them."""
        return int(self.perigee and not self.node)


@dataclass(frozen=True, slots=True)
class TerminalOrbit:
    """The orbit to insert into; None where the angle is free. Hyperbolas have a negative semi-major axis."""

    semi_major_axis_m: float
    eccentricity: float
    inclination_rad: float | None
    raan_rad: float | None = None  # in the ascent's own inertial frame
    argument_of_perigee_rad: float | None = None
    at_perigee: bool = False  # cut-off at the perigee; anywhere on the orbit otherwise

    @property
    def perigee_radius_m(self) -> float:
        """Distance of the perigee from the Earth's center [m]."""
        return self.semi_major_axis_m * (1 - self.eccentricity)

    @property
    def kind(self) -> TerminalKind:
        """Which equations describe it."""
        circular = self.eccentricity < 1e-9
        return TerminalKind(
            circular or self.at_perigee,
            self.inclination_rad is not None,
            self.raan_rad is not None and self.inclination_rad is not None,
            self.argument_of_perigee_rad is not None and self.inclination_rad is not None and not circular,
        )

    def parameters(self, length_m: float) -> tuple[float, ...]:
        """The numbers that the equations need, scaled so that mu is 1."""
        a, e = self.semi_major_axis_m / length_m, self.eccentricity
        inclination = self.inclination_rad or 0.0
        sine, cosine = math.sin(inclination), math.cos(inclination)
        so, co = _sine_cosine(self.raan_rad)
        sw, cw = _sine_cosine(self.argument_of_perigee_rad)
        perigee = (co * cw - so * sw * cosine, so * cw + co * sw * cosine, sw * sine)
        normal = (so * sine, -co * sine, cosine)
        return (a, e, cosine, math.sqrt(a * (1 - e * e)), sw, cw, *perigee, *normal)


PARAMETER_COUNT = 12


def _sine_cosine(angle_rad: float | None) -> tuple[float, float]:
    return (0.0, 1.0) if angle_rad is None else (math.sin(angle_rad), math.cos(angle_rad))


def terminal_residuals(kind: TerminalKind, r: Vector, v: Vector, p: Any, xp: Any) -> list[Any]:
    """What must vanish at cut-off, in units in which mu is 1.

    At the perigee: |r| = r_p, r.v = 0, |v|^2 = (1 + e) / r_p; elsewhere |h| and the energy. A plane with
    only an inclination: h_z = h cos i; with a node: r.W = v.W = 0. A fixed perigee: sin w (h x d)_z / h =
    cos w d_z with d along it. All fixed: h = h W, e.P = e, e.Q = 0, or r = r_p P and v = v_p Q.
    """
    a, e, cosine, momentum, sine_w, cosine_w = (p[i] for i in range(6))
    perigee, normal = (p[6], p[7], p[8]), (p[9], p[10], p[11])
    along = cross(normal, perigee)
    h = cross(r, v)
    radius = xp.sqrt(dot(r, r))
    v_cross_h = cross(v, h)
    e_vector: Vector = tuple(v_cross_h[i] - r[i] / radius for i in range(3))
    r_p = a * (1 - e)
    if kind.node and kind.perigee:
        if kind.at_perigee:
            lean = [dot(v, perigee), dot(v, normal), dot(v, v) - (1 + e) / r_p]
            return [*(r[i] - r_p * perigee[i] for i in range(3)), *lean]
        turned = [h[i] - momentum * normal[i] for i in range(3)]
        return [*turned, dot(e_vector, perigee) - e, dot(e_vector, along)]
    if kind.at_perigee:
        residuals = [dot(r, r) - r_p * r_p, dot(r, v), dot(v, v) - (1 + e) / r_p]
    else:
        residuals = [dot(h, h) - momentum * momentum, dot(v, v) / 2 - 1 / radius + 1 / (2 * a)]
    if kind.node:
        residuals += [dot(r, normal), dot(v, normal)]
    elif kind.inclination:
        residuals.append(h[2] - momentum * cosine)
    if kind.perigee:
        direction = r if kind.at_perigee else e_vector
        across = cross(h, direction)
        residuals.append(sine_w * across[2] / momentum - cosine_w * direction[2])
    return residuals


def terminal_signs(kind: TerminalKind, r: Vector, v: Vector, p: Any, xp: Any) -> list[Any]:
    """What must not be negative at cut-off: a fixed perigee lies at its argument, not half a turn from it.

    (cos w N + sin w h x N / h).d >= 0 with N along the ascending node and d along the perigee.
    """
    if not kind.signs_count:
        return []
    momentum, sine_w, cosine_w = p[3], p[4], p[5]
    h = cross(r, v)
    node = (-h[1], h[0], 0.0)
    ahead = cross(h, node)
    wanted = tuple(cosine_w * node[i] + sine_w * ahead[i] / momentum for i in range(3))
    if kind.at_perigee:
        return [dot((wanted[0], wanted[1], wanted[2]), r)]
    v_cross_h = cross(v, h)
    radius = xp.sqrt(dot(r, r))
    return [sum(wanted[i] * (v_cross_h[i] - r[i] / radius) for i in range(3))]


def terminal_orbit(
    target: CircularTarget | EllipticalTarget | SunSynchronousTarget, environment: Environment
) -> TerminalOrbit:
    """The orbit a target asks for; its node stays free because lift-off time sets it."""
    equatorial_radius_m = environment.equatorial_radius_m
    perigee = equatorial_radius_m + 1e3 * target.perigee_altitude_km
    apogee = equatorial_radius_m + 1e3 * target.apogee_altitude_km
    argument = target.argument_of_perigee_deg if isinstance(target, EllipticalTarget) else None
    return TerminalOrbit(
        (perigee + apogee) / 2,
        (apogee - perigee) / (apogee + perigee),
        math.radians(target.inclination_deg),
        None,
        None if argument is None else math.radians(argument),
    )


def escape_orbit(
    c3_km2_s2: float, perigee_radius_m: float, gm_m3_s2: float, inclination_rad: float | None = None
) -> TerminalOrbit:
    """A departure with a given C3, twice the energy per mass.

    a = -mu / C3 and e = 1 + r_p C3 / mu; a C3 of zero is taken as 1e-6 km2/s2.

    Parameters
    ----------
    c3_km2_s2 : float
        Negative below escape. [km2/s2]
    perigee_radius_m : float
        [m]
    gm_m3_s2 : float
        [m3/s2]
    inclination_rad : float, optional
        Free if not given. [rad]

    References
    ----------
    Bate, Mueller & White, Fundamentals of Astrodynamics, 1971, section 1.10.

    Examples
    --------
    >>> orbit = escape_orbit(10.0, 6563137.0, 3.986004418e14)
    >>> round(orbit.semi_major_axis_m / 1e3), round(orbit.eccentricity, 4)
    (-39860, 1.1647)
    """
    energy_twice = 1e6 * (c3_km2_s2 if abs(c3_km2_s2) > 1e-6 else 1e-6)
    return TerminalOrbit(
        -gm_m3_s2 / energy_twice, 1.0 + perigee_radius_m * energy_twice / gm_m3_s2, inclination_rad
    )
