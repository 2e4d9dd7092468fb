"""Density and pressure of the air up to 1000 km, smooth enough to differentiate twice."""

from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.physics.spline import Expansion, NaturalSpline, natural_spline

_HEAT_CAPACITY_RATIO = 1.4  # US Standard Atmosphere 1976, table 2
_AIR_GAS_CONSTANT_J_KG_K = 8314.32 / 28.9644  # ibid., table 2 (its own R*)
_GEOPOTENTIAL_RADIUS_M = 6_356_766.0  # ibid., page 4

# US Standard Atmosphere 1976, table 4: geopotential altitude [m], temperature [K], gradient [K/m]
_LAYERS = (
    (0.0, 288.15, -6.5e-3),
    (11_000.0, 216.65, 0.0),
    (20_000.0, 216.65, 1.0e-3),
    (32_000.0, 228.65, 2.8e-3),
    (47_000.0, 270.65, 0.0),
    (51_000.0, 270.65, -2.8e-3),
    (71_000.0, 214.65, -2.0e-3),
)

# ibid., table I above 86 km: geometric altitude [km], pressure [Pa], density [kg/m3]
_UPPER = (
    (90.0, 1.8359e-1, 3.416e-6),
    (95.0, 7.5966e-2, 1.393e-6),
    (100.0, 3.2011e-2, 5.604e-7),
    (105.0, 1.4477e-2, 2.325e-7),
    (110.0, 7.1042e-3, 9.708e-8),
    (115.0, 4.0096e-3, 4.289e-8),
    (120.0, 2.5382e-3, 2.222e-8),
    (130.0, 1.2505e-3, 8.152e-9),
    (150.0, 4.5422e-4, 2.076e-9),
    (200.0, 8.4736e-5, 2.541e-10),
    (300.0, 8.7704e-6, 1.916e-11),
    (500.0, 3.0236e-7, 5.215e-13),
    (700.0, 3.1908e-8, 3.070e-14),
    (1000.0, 7.5138e-9, 3.561e-15),
)

# Where the splines below 86 km pass through the standard: dense where its temperature slope jumps.
_KNOTS_KM = (0.0, 6.0, 10.0, 12.0, 16.0, 20.0, 25.0, 32.0, 40.0, 47.0, 51.0, 60.0, 71.0, 79.0, 86.0)


_DEEPEST_KM = -2.0


@dataclass(frozen=True, slots=True)
class Atmosphere:
    """Logarithms of density and pressure over geometric altitude, as smooth splines."""

    name: str
    log_density: NaturalSpline | Expansion  # ln(kg/m3) over km
    log_pressure: NaturalSpline | Expansion  # ln(Pa) over km

    def density_kg_m3(self, altitude_m: Any, xp: ModuleType = np) -> Any:
        """Density; constant below `_DEEPEST_KM`, where no trajectory may be. [kg/m3]"""
        return self.air(altitude_m, xp).density_kg_m3

    def pressure_pa(self, altitude_m: Any, xp: ModuleType = np) -> Any:
        """Static pressure. [Pa]"""
        return self.air(altitude_m, xp).pressure_pa

    def speed_of_sound_m_s(self, altitude_m: Any, xp: ModuleType = np) -> Any:
        """Speed of sound. [m/s]"""
        return self.air(altitude_m, xp).speed_of_sound_m_s

    def air(self, altitude_m: Any, xp: ModuleType = np) -> "Air":
        """Everything about the air at an altitude, each spline evaluated once."""
        kilometers = spline_kilometers(altitude_m, xp)
        log_density = self.log_density(kilometers, xp)
        log_pressure = self.log_pressure(kilometers, xp)
        return Air(
            xp.exp(log_density),
            log_density,
            xp.exp(log_pressure),
            xp.sqrt(_HEAT_CAPACITY_RATIO * xp.exp(log_pressure - log_density)),
        )


def spline_kilometers(altitude_m: Any, xp: ModuleType = np) -> Any:
    """Altitude in the unit of the splines, kept from running away below ground."""
    return xp.fmax(1e-3 * altitude_m, _DEEPEST_KM)


@dataclass(frozen=True, slots=True)
class Air:
    """The air at one place; numbers, arrays or symbols."""

    density_kg_m3: Any
    log_density: Any  # natural logarithm, for constraints over many decades
    pressure_pa: Any
    speed_of_sound_m_s: Any


def us_standard_1976_below_86_km(
    altitude_m: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pressure and density of the US Standard Atmosphere 1976, by its own layer equations.

    p = p_b (T_b/(T_b + L dH))^(g0/(R L)) in layers with a gradient, p_b exp(-g0 dH/(R T_b)) in the
    others; H is geopotential altitude.

    Parameters
    ----------
    altitude_m : ndarray, shape (N,)
        Geometric altitude, -5000 to 86000; the lowest layer goes on below the sea. [m]

    Returns
    -------
    pressure, density : ndarray, shape (N,)
        [Pa], [kg/m3]

    References
    ----------
    US Standard Atmosphere 1976, NOAA-S/T 76-1562, equations 33a, 33b and 42.

    Examples
    --------
    Table I gives 2.6500e4 Pa and 4.1351e-1 kg/m3 at 10 km:

    >>> pressure, density = us_standard_1976_below_86_km(np.array([10e3]))
    >>> round(float(pressure[0]), -1), round(float(density[0]), 4)
    (26500.0, 0.4135)
    """
    geopotential = _GEOPOTENTIAL_RADIUS_M * altitude_m / (_GEOPOTENTIAL_RADIUS_M + altitude_m)
    exponent = STANDARD_GRAVITY_M_S2 / _AIR_GAS_CONSTANT_J_KG_K
    pressure = np.empty_like(geopotential)
    temperature = np.empty_like(geopotential)
    base_pressure = 101_325.0
    for (base, base_temperature, gradient), top in zip(
        _LAYERS, [layer[0] for layer in _LAYERS[1:]] + [np.inf], strict=True
    ):

        def layer_pressure(
            height: Any, base: float = base, t: float = base_temperature, lapse: float = gradient
        ) -> Any:
            if lapse == 0.0:
                return np.exp(-exponent * (height - base) / t)
            return (t / (t + lapse * (height - base))) ** (exponent / lapse)

        floor = base if base > 0.0 else -np.inf
        inside = (geopotential >= floor) & (geopotential < top)
        pressure[inside] = base_pressure * layer_pressure(geopotential[inside])
        temperature[inside] = base_temperature + gradient * (geopotential[inside] - base)
        base_pressure = base_pressure * layer_pressure(top) if np.isfinite(top) else base_pressure
    return pressure, pressure / (_AIR_GAS_CONSTANT_J_KG_K * temperature)


@lru_cache(maxsize=1)
def us_standard_1976() -> Atmosphere:
    """US Standard Atmosphere 1976 to 1000 km as one smooth function.

    The layer equations below 86 km and table I above are interpolated in the logarithm. Density and
    pressure stay within 0.3 % of the standard below 86 km and within 2 % between the table's rows above.

    Examples
    --------
    Table I gives 1.8410e-2 kg/m3 at 30 km and 5.604e-7 kg/m3 at 100 km:

    >>> air = us_standard_1976()
    >>> round(float(air.density_kg_m3(30e3)), 4), round(float(air.density_kg_m3(100e3)) * 1e7, 2)
    (0.0184, 5.6)
    """
    lower_km = np.array(_KNOTS_KM)
    pressure, density = us_standard_1976_below_86_km(1e3 * lower_km)
    altitude_km = np.concatenate((lower_km, [row[0] for row in _UPPER]))
    all_pressure = np.concatenate((pressure, [row[1] for row in _UPPER]))
    all_density = np.concatenate((density, [row[2] for row in _UPPER]))
    return Atmosphere(
        "US Standard Atmosphere 1976",
        natural_spline(altitude_km, np.log(all_density)),
        natural_spline(altitude_km, np.log(all_pressure)),
    )


@lru_cache(maxsize=8)
def exponential_atmosphere(surface_density_kg_m3: float, scale_height_m: float) -> Atmosphere:
    """Isothermal air, rho = rho0 exp(-h/H), with the pressure of a gas at rest, p = rho g0 H.

    A surface density of 0 gives a vacuum, as near as a logarithm comes to it.

    Examples
    --------
    >>> air = exponential_atmosphere(1.225, 7200.0)
    >>> round(float(air.density_kg_m3(7200.0)), 6)
    0.450652
    """
    slope = -1e3 / scale_height_m
    surface_density_kg_m3 = max(surface_density_kg_m3, 1e-250)
    density = NaturalSpline((), float(np.log(surface_density_kg_m3)), slope, ())
    surface_pressure = surface_density_kg_m3 * STANDARD_GRAVITY_M_S2 * scale_height_m
    pressure = NaturalSpline((), float(np.log(surface_pressure)), slope, ())
    return Atmosphere("exponential", density, pressure)
