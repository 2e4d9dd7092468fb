"""The orbit at cut-off, as equations without angles to pick quadrants for."""

import math
from dataclasses import dataclass
from typing import Any, Literal

from cosmodrome.ascent.dynamics import Vector, cross, dot
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget

TerminalKind = Literal["circular", "elliptical", "elliptical-fixed-perigee", "fixed"]


@dataclass(frozen=True, slots=True)
class TerminalOrbit:
    """The orbit to insert into; None where the angle is free."""

    semi_major_axis_m: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float | None = None  # in the ascent's own inertial frame
    argument_of_perigee_rad: float | None = None

    @property
    def kind(self) -> TerminalKind:
        """Which equations describe it."""
        if self.raan_rad is not None and self.argument_of_perigee_rad is not None:
            return "fixed"
        if self.eccentricity < 1e-9:
            return "circular"
        return "elliptical" if self.argument_of_perigee_rad is None else "elliptical-fixed-perigee"

    def parameters(self, length_m: float) -> tuple[float, ...]:
        """The numbers that the equations need, scaled so that mu is 1."""
        a, e = self.semi_major_axis_m / length_m, self.eccentricity
        sine, cosine = math.sin(self.inclination_rad), math.cos(self.inclination_rad)
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

    Circular: |r| = a, r.v = 0, |v|^2 = 1/a, h_z = h cos i. Elliptical: |h|, energy and h_z, and for a
    fixed argument of perigee sin w (h x e)_z / h = cos w e_z. Fixed: h = h W, e.P = e, e.Q = 0.
    """
    a, e, cosine, momentum, sine_w, cosine_w = (p[i] for i in range(6))
    h = cross(r, v)
    if kind == "circular":
        return [dot(r, r) - a * a, dot(r, v), dot(v, v) - 1 / a, h[2] - momentum * cosine]
    radius = xp.sqrt(dot(r, r))
    v_cross_h = cross(v, h)
    e_vector = tuple(v_cross_h[i] - r[i] / radius for i in range(3))
    if kind == "fixed":
        perigee, normal = (p[6], p[7], p[8]), (p[9], p[10], p[11])
        along = cross(normal, perigee)
        return [
            *(h[i] - momentum * normal[i] for i in range(3)),
            dot(e_vector, perigee) - e,
            dot(e_vector, along),
        ]
    residuals = [
        dot(h, h) - momentum * momentum,
        dot(v, v) / 2 - 1 / radius + 1 / (2 * a),
        h[2] - momentum * cosine,
    ]
    if kind == "elliptical-fixed-perigee":
        h_cross_e = cross(h, e_vector)
        residuals.append(sine_w * h_cross_e[2] / momentum - cosine_w * e_vector[2])
    return residuals


def terminal_orbit(
    target: CircularTarget | EllipticalTarget | SunSynchronousTarget, equatorial_radius_m: float
) -> TerminalOrbit:
    """The orbit a target asks for; its node stays free because lift-off time sets it."""
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
