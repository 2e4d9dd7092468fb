"""Which way the vehicle points while the optimizer does not choose freely."""

import math
from types import ModuleType
from typing import Any

import numpy as np

from cosmodrome.ascent.dynamics import Vector, dot


def pad_axes(
    time_s: Any, sine_latitude: Any, cosine_latitude: Any, rotation_rate_rad_s: Any, xp: ModuleType = np
) -> tuple[Vector, Vector, Vector]:
    """Up, east and north at the pad, some time after lift-off, in the frame of the launch meridian."""
    angle = rotation_rate_rad_s * time_s
    sine, cosine = xp.sin(angle), xp.cos(angle)
    up = (cosine_latitude * cosine, cosine_latitude * sine, sine_latitude)
    east = (-sine, cosine, 0.0)
    north = (-sine_latitude * cosine, -sine_latitude * sine, cosine_latitude)
    return up, east, north


def pitch_over_direction(
    axes: tuple[Vector, Vector, Vector], kick_east: Any, kick_north: Any, fraction: Any, xp: ModuleType = np
) -> Vector:
    """Unit vector that leans from the vertical toward the launch azimuth as `fraction` goes from 0 to 1.

    u = (up + fraction (k_E east + k_N north)) / |...|
    """
    up, east, north = axes
    raw = tuple(up[i] + fraction * (kick_east * east[i] + kick_north * north[i]) for i in range(3))
    length = xp.sqrt(dot(raw, raw))
    return raw[0] / length, raw[1] / length, raw[2] / length


def launch_azimuth_deg(kick_east: float, kick_north: float) -> float:
    """Azimuth of the pitch-over, clockwise from north [deg].

    Examples
    --------
    >>> launch_azimuth_deg(1.0, 0.0)
    90.0
    """
    return math.degrees(math.atan2(kick_east, kick_north)) % 360.0
