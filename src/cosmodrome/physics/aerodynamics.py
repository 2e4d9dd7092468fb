"""Drag and what else the air does to a vehicle that flies along its axis."""

from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np

from cosmodrome.physics.spline import Expansion, NaturalSpline, natural_spline


@dataclass(frozen=True, slots=True)
class DragTable:
    """Drag coefficient over Mach number, smooth, constant past both ends of the table."""

    first_mach: float
    last_mach: float
    spline: NaturalSpline | Expansion

    def coefficient(self, mach: Any, xp: ModuleType = np) -> Any:
        """Drag coefficient at a Mach number."""
        return self.spline(self.inside(mach, xp), xp)

    def inside(self, mach: Any, xp: ModuleType = np) -> Any:
        """The Mach number kept between the ends of the table."""
        return xp.fmin(xp.fmax(mach, self.first_mach), self.last_mach)


@lru_cache(maxsize=64)
def drag_table(mach: tuple[float, ...], drag_coefficient: tuple[float, ...]) -> DragTable:
    """Make a smooth drag table; one point means a constant coefficient.

    Examples
    --------
    The Delta III benchmark (Benson 2005) has 0.5 at every Mach number:

    >>> float(drag_table((0.0,), (0.5,)).coefficient(7.0))
    0.5
    """
    return DragTable(mach[0], mach[-1], natural_spline(mach, drag_coefficient))


def dynamic_pressure_pa(density_kg_m3: Any, speed_m_s: Any) -> Any:
    """Dynamic pressure, rho v^2 / 2.

    Examples
    --------
    At 10 km and 300 m/s (US Standard Atmosphere 1976, table I: 0.41351 kg/m3):

    >>> round(dynamic_pressure_pa(0.41351, 300.0))
    18608
    """
    return 0.5 * density_kg_m3 * speed_m_s * speed_m_s


def heat_flux_w_m2(density_kg_m3: Any, speed_m_s: Any) -> Any:
    """Free-molecular heat flux on a surface normal to the flow, rho v^3 / 2.

    The 1135 W/m2 (0.1 BTU/ft2/s) ceiling at fairing jettison is stated in this form, with accommodation
    coefficient 1 (Atlas V Launch Services User's Guide rev. 11, section 2.3).

    Examples
    --------
    At 110 km (US Standard Atmosphere 1976, table I: 9.708e-8 kg/m3) 2.86 km/s meets the ceiling:

    >>> round(heat_flux_w_m2(9.708e-8, 2860.0))
    1136
    """
    return 0.5 * density_kg_m3 * speed_m_s * speed_m_s * speed_m_s
