"""McIlwain's coordinates in the field of 1960, in which the AP-8 and AE-8 models were made.

The models count particles by L and B/B0. Both must come from the field and the dipole moment of their making:
a later field moves the low edge of the belt in altitude and overstates the flux in low orbits several times.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import GEOMAGNETIC_RADIUS_M

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]

# Jensen and Cain (1962), "An interim geomagnetic field", J. Geophys. Res. 67, 3568: epoch 1960.0, degree and
# order 6. Rows g, h in nT by degree and then order, in Gauss' normalization and with the sign turned, as
# UNILIB (subroutine UM511) and IRBEM (source/internal_field.f) both carry them. Schmidt's g10 is -30411.2 nT
# beside -30421 nT of the DGRF of 1960.
_JENSEN_CAIN: Final = (
    (30411.2, 0.0), (2147.4, -5798.9),
    (2403.5, 0.0), (-5125.3, 3312.4), (-1338.1, -157.9),
    (-3151.8, 0.0), (6213.0, 1487.0), (-2489.8, -407.5), (-649.6, 21.0),
    (-4179.4, 0.0), (-4529.8, -1182.5), (-2179.5, 1000.6), (700.8, 43.0), (-204.4, 138.5),
    (1625.6, 0.0), (-3440.7, -79.6), (-1944.7, -200.0), (-60.8, 459.7), (277.5, 242.1), (69.7, -121.8),
    (-1952.3, 0.0), (-485.3, -575.8), (321.2, -873.5), (2141.3, -340.6), (105.1, -11.8), (22.7, -111.6),
    (111.5, -32.5),
)  # fmt: skip
_DEGREE: Final = 6
_MOMENT_T: Final = 0.311653e-4  # McIlwain's dipole moment over Earth radii cubed; B0 = moment / L^3
_HILTON: Final = (1.35047, 0.465376, 0.0475455)  # Hilton (1971), J. Geophys. Res. 76, 6952

_STEP_RATIO: Final = 0.1  # step along the line over the distance from the center; halved, L moves by 1e-4
_MOST_STEPS: Final = 600
_PROBE: Final = 0.003  # Earth radii
_QUADRATURE: Final = 8  # nodes of Gauss and Legendre


def _potential_terms() -> tuple[tuple[int, int, complex], ...]:
    """Degree, order and g - i h, for harmonics without normalization [T].

    A harmonic in Gauss' normalization is (n - m)! / (2n - 1)!! times the associated Legendre function.
    """
    terms = []
    row = iter(_JENSEN_CAIN)
    for n in range(1, _DEGREE + 1):
        odd = math.prod(range(1, 2 * n, 2))
        for m in range(n + 1):
            g, h = next(row)
            terms.append((n, m, -1e-9 * (g - 1j * h) * math.factorial(n - m) / odd))
    return tuple(terms)


_TERMS: Final = _potential_terms()


def magnetic_field_t(position_m: Array) -> Array:
    """The field of Jensen and Cain for 1960.

    Parameters
    ----------
    position_m : ndarray, shape (3, N)
        Turning with the Earth. [m]

    Returns
    -------
    ndarray, shape (3, N)
        Along the same axes. [T]

    References
    ----------
    Jensen and Cain (1962), J. Geophys. Res. 67, 3568. Derivatives after Montenbruck and Gill (2000),
    *Satellite Orbits*, equation 3.33.

    Examples
    --------
    At a thousand radii the dipole is left, 30.411 uT of g10 as published, and a last part in 1e4 beside it.

    >>> north = magnetic_field_t(np.array([[0.0], [6371.2e6], [0.0]]))[2, 0]
    >>> print(f"{1e15 * north:.1f} uT")
    30.4 uT
    """
    return _field(position_m / GEOMAGNETIC_RADIUS_M)


def _field(place: Array) -> Array:
    """The field at places in Earth radii [T]."""
    harmonics = _harmonics(place)
    level = np.zeros(place.shape[1], dtype=complex)  # x + i y
    north = np.zeros(place.shape[1])
    for n, m, strength in _TERMS:
        outer = strength * harmonics[n + 1, m + 1]
        if m == 0:
            level += outer
        else:
            fall = (n - m + 2) * (n - m + 1)
            level += 0.5 * (outer - fall * np.conj(strength * harmonics[n + 1, m - 1]))
        north += (n - m + 1) * (strength * harmonics[n + 1, m]).real
    return np.array([level.real, level.imag, north])


def _harmonics(place: Array) -> dict[tuple[int, int], Complex]:
    """P_nm(sin latitude) exp(i m longitude) / r^(n + 1), up to one degree above the field's."""
    shrink = 1.0 / (place**2).sum(axis=0)
    level, north = (place[0] + 1j * place[1]) * shrink, place[2] * shrink
    found = {(0, 0): np.sqrt(shrink).astype(complex)}
    for m in range(_DEGREE + 2):
        if m > 0:
            found[m, m] = (2 * m - 1) * level * found[m - 1, m - 1]
        for n in range(m + 1, _DEGREE + 2):
            value = (2 * n - 1) * north * found[n - 1, m]
            if n > m + 1:
                value = value - (n + m - 1) * shrink * found[n - 2, m]
            found[n, m] = value / (n - m)
    return found


def mcilwain_coordinates(position_m: Array) -> tuple[Array, Array]:
    """L and B/B0 of places in the field of 1960.

    I = integral of sqrt(1 - B(s)/B) ds to the mirror point, L^3 B / M = 1 + 1.35047 X^(1/3)
    + 0.465376 X^(2/3) + 0.0475455 X with X = I^3 B / M, and B0 = M / L^3 with McIlwain's moment M of
    0.311653 G, which the AP-8 and AE-8 models take.

    Parameters
    ----------
    position_m : ndarray, shape (3, N)
        Turning with the Earth. [m]

    Returns
    -------
    mcilwain_l, field_ratio : ndarray, shape (N,)
        L in Earth radii, infinite where the line does not come back; B/B0.

    References
    ----------
    McIlwain (1961), J. Geophys. Res. 66, 3681; Hilton (1971), J. Geophys. Res. 76, 6952.

    Examples
    --------
    In the South Atlantic anomaly L lies near that which radbelt finds with the DGRF of 1960, 1.2707, and
    B/B0 near its 1.3071; the two fields differ by about a percent (`tests/physics/test_magnetic_shells.py`):

    >>> lat, lon, r = np.radians(-29.83), np.radians(-45.0), 6922.8e3
    >>> east, up = r * np.cos(lat), r * np.sin(lat)
    >>> place = np.array([[east * np.cos(lon)], [east * np.sin(lon)], [up]])
    >>> shell, ratio = mcilwain_coordinates(place)
    >>> print(f"{shell[0]:.2f} {ratio[0]:.2f}")
    1.28 1.33
    """
    place = position_m / GEOMAGNETIC_RADIUS_M
    field = _strength(place)
    path = _mirror_integral(place, field)
    cube = path**3 * field / _MOMENT_T
    first, second, third = _HILTON
    polynomial = 1.0 + first * np.cbrt(cube) + second * np.cbrt(cube) ** 2 + third * cube
    shell = np.cbrt(polynomial * _MOMENT_T / field)
    with np.errstate(invalid="ignore"):
        ratio = np.where(np.isfinite(shell), field * shell**3 / _MOMENT_T, np.inf)
    return shell, np.maximum(ratio, 1.0)


def _strength(place: Array) -> Array:
    return np.asarray(np.sqrt((_field(place) ** 2).sum(axis=0)))


def _mirror_integral(place: Array, mirror_t: Array) -> Array:
    """Integral of sqrt(1 - B/B_mirror) along the line to its other mirror point, in Earth radii."""
    along = _field(place) / mirror_t
    ahead, behind = _strength(place + _PROBE * along), _strength(place - _PROBE * along)
    sense = np.where(ahead < behind, 1.0, -1.0)
    here, begins = place.copy(), np.zeros(len(mirror_t))
    total = np.zeros(len(mirror_t))
    live = np.arange(len(mirror_t))
    for _ in range(_MOST_STEPS):
        if not len(live):
            break
        step = sense[live] * _STEP_RATIO * np.sqrt((here[:, live] ** 2).sum(axis=0))
        halfway, there = _advanced(here[:, live], step)
        middle = 1.0 - _strength(halfway) / mirror_t[live]
        end = 1.0 - _strength(there) / mirror_t[live]
        total[live] += np.abs(step) * _root_integral(begins[live], middle, end)
        here[:, live], begins[live] = there, np.maximum(end, 0.0)
        live = live[end > 0.0]
    total[live] = np.inf
    return total


def _advanced(here: Array, step: Array) -> tuple[Array, Array]:
    """Half a step and a step along the line, by Runge and Kutta's method with its cubic in between."""

    def direction(place: Array) -> Array:
        field = _field(place)
        return np.asarray(field / np.sqrt((field**2).sum(axis=0)))

    k1 = direction(here)
    k2 = direction(here + 0.5 * step * k1)
    k3 = direction(here + 0.5 * step * k2)
    k4 = direction(here + step * k3)
    halfway = here + step * (5 * k1 + 4 * k2 + 4 * k3 - k4) / 24
    return halfway, here + step * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def _root_integral(begin: Array, middle: Array, end: Array) -> Array:
    """Integral of the root of the parabola through three values, over a unit, to where it turns negative."""
    slope, bend = -3 * begin + 4 * middle - end, 2 * begin - 4 * middle + 2 * end
    upper = np.ones(len(begin))
    out = end <= 0.0
    if out.any():
        upper[out] = _first_zero(begin[out], slope[out], bend[out])
    nodes, weights = np.polynomial.legendre.leggauss(_QUADRATURE)
    angle = math.pi * (nodes[:, None] + 1.0) / 2  # turns roots at the ends into sines
    at = upper * (1.0 - np.cos(angle)) / 2
    value = np.sqrt(np.maximum(begin + slope * at + bend * at**2, 0.0))
    return np.asarray(upper * math.pi / 4 * (weights[:, None] * value * np.sin(angle)).sum(axis=0))


def _first_zero(begin: Array, slope: Array, bend: Array) -> Array:
    """Where a parabola turns negative between 0 and 1; 0 where it is so from the beginning."""
    half = -0.5 * (slope + np.copysign(np.sqrt(np.maximum(slope**2 - 4 * bend * begin, 0.0)), slope))
    with np.errstate(divide="ignore", invalid="ignore"):
        roots = np.array([half / bend, begin / half])
    inside = np.isfinite(roots) & (roots > 1e-9) & (roots <= 1.0 + 1e-7)
    return np.asarray(np.where(inside, roots, 0.0).max(axis=0))
