"""Air density at any place, season and activity, fast: an empirical model fitted once per process.

NRLMSIS 2.1 and NRLMSISE-00 cost 3 to 20 microseconds a point. Both are built from a few harmonics of latitude,
local time and season, so the logarithm of the density is fitted to the same harmonics at some heights and
fluxes, from 40,000 points; longitude is averaged. The fit leaves 2 to 3 % of a single value and well below
1 % of an orbit's mean.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import pymsis
from numpy.typing import NDArray

Array = NDArray[np.float64]
DensityModel = Literal["nrlmsis-2.1", "nrlmsise-00"]

_VERSIONS: dict[DensityModel, float] = {"nrlmsis-2.1": 2.1, "nrlmsise-00": 0}
_STEP_KM = 5.0
_HEIGHT_KM = np.arange(90.0, 1205.0, _STEP_KM)
_FLUX_SFU = np.array([60, 67, 75, 83, 92, 102, 115, 130, 150, 175, 205, 245, 300], float)
_COARSE_KM = np.array([90, 120, 150, 200, 260, 320, 380, 440, 500, 560, 640, 740, 860, 1000, 1200], float)
_COARSE_SFU = np.array([65.0, 95.0, 130.0, 175.0, 240.0])
_QUIET_AP, _ACTIVE_AP = 9.0, 35.0  # where `ap_response_ratio` is 0 and 1
_DISTURBED_SFU = np.array([75.0, 180.0])
_REFERENCE_PLACES, _PLACES, _DISTURBED_PLACES = 2, 160, 24
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class AirDensity:
    """Natural logarithm of density in kg/m3, as a sum of three parts.

    `log_density` (height, flux) holds at the reference places with Ap 9; `season` (harmonic, height, flux)
    adds latitude, local time and day of the year; `disturbance` (2, height, Ap) adds Ap, as
    a constant and the square of the sine of latitude.
    """

    log_density: Array
    season: Array
    disturbance: Array

    def density_kg_m3(self, height_km: Array, place: "Place", flux_sfu: Array, ap_response_ratio: Array) -> Array:
        """Density at heights above the ellipsoid [km], all arrays of one shape or broadcast to it."""
        height, flux, response = np.broadcast_arrays(height_km, flux_sfu, ap_response_ratio)
        row = np.clip(((height - _HEIGHT_KM[0]) / _STEP_KM).astype(int), 0, len(_HEIGHT_KM) - 2)
        up = (height - _HEIGHT_KM[0]) / _STEP_KM - row
        column, along = _place_on(_FLUX_SFU, flux)
        logarithm = _bilinear(self.log_density, row, up, column, along)
        row, up = _place_on(_COARSE_KM, height)
        up = np.clip(up, 0.0, 1.0)
        column, along = _place_on(_COARSE_SFU, np.clip(flux, _COARSE_SFU[0], _COARSE_SFU[-1]))
        count = len(_COARSE_SFU)
        harmonics = place.harmonics().reshape(-1, len(self.season))
        added = (harmonics @ self.season.reshape(len(self.season), -1)).ravel()
        corner = np.arange(height.size).reshape(height.shape) * (len(_COARSE_KM) * count) + row * count + column
        low = (1 - along) * added[corner] + along * added[corner + 1]
        high = (1 - along) * added[corner + count] + along * added[corner + count + 1]
        logarithm += (1 - up) * low + up * high
        constant, polar, active = (1 - up) * self.disturbance[:, row] + up * self.disturbance[:, row + 1]
        logarithm += response * (constant + polar * place.sine_latitude**2 + active * _relative_flux(flux))
        return np.asarray(np.exp(logarithm), dtype=float)

    def __repr__(self) -> str:
        return f"<AirDensity {_HEIGHT_KM[0]:g} to {_HEIGHT_KM[-1]:g} km>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when: sine of latitude, local solar time and time of the year as angles (0 at midnight, New Year)."""

    sine_latitude: Array
    local_time_rad: Array
    season_rad: Array

    def harmonics(self) -> Array:
        """The functions that are fitted, shape (..., 41)."""
        x, hour, year = np.broadcast_arrays(self.sine_latitude, self.local_time_rad, self.season_rad)
        one, x2 = np.ones_like(x), x * x
        y2 = np.maximum(1.0 - x2, 0.0)
        y = np.sqrt(y2)
        c, s = np.cos(year), np.sin(year)
        day_c, day_s = y * np.cos(hour), y * np.sin(hour)
        half_c, half_s = day_c * day_c - day_s * day_s, 2 * day_c * day_s
        third_c, third_s = half_c * day_c - half_s * day_s, half_c * day_s + half_s * day_c
        c2, s2, x3, xc, xs = c * c - s * s, 2 * c * s, x2 * x, x * c, x * s
        rows = [one, x, x2, x3, x2 * x2, c, s, xc, xs, x2 * c, x2 * s, x3 * c, x3 * s, c2, s2, x2 * c2, x2 * s2]
        for wave in (day_c, day_s):
            rows += [wave, wave * x, wave * x2, wave * x3, wave * xc, wave * xs, wave * x2 * x2]
        for wave in (half_c, half_s):
            rows += [wave, wave * x, wave * x2, wave * xc]
        return np.stack([*rows, third_c, third_s], axis=-1)


@lru_cache(maxsize=len(_VERSIONS))
def air_density(model: DensityModel = "nrlmsis-2.1") -> AirDensity:
    if model not in _VERSIONS:
        known = ", ".join(f"'{name}'" for name in get_args(DensityModel))
        raise ValueError(f"the density model '{model}' is not known; known: {known}")
    version = _VERSIONS[model]
    few = _spread_places(_REFERENCE_PLACES)
    reference = _log_density(version, few, _HEIGHT_KM, _FLUX_SFU).mean(axis=0)  # (flux, height)
    places = _spread_places(_PLACES)
    values = _log_density(version, places, _COARSE_KM, _COARSE_SFU)  # (place, flux, height)
    at = [np.interp(_COARSE_KM, _HEIGHT_KM, row) for row in reference]
    level = np.array([[np.interp(f, _FLUX_SFU, column) for column in np.array(at).T] for f in _COARSE_SFU])
    harmonics = Place(*places[:3]).harmonics()
    added = (values - level).reshape(_PLACES, -1)
    fitted, *_ = np.linalg.lstsq(harmonics, added, rcond=None)
    scatter = added - harmonics @ fitted
    fitted[0] += 0.5 * (scatter**2).sum(axis=0) / (_PLACES - len(fitted))  # the mean of a log-normal spread
    season = fitted.reshape(-1, len(_COARSE_SFU), len(_COARSE_KM)).transpose(0, 2, 1)
    arrays = (
        np.ascontiguousarray(reference.T), np.ascontiguousarray(season), _disturbance(version),
    )
    for array in arrays:
        array.setflags(write=False)
    return AirDensity(*arrays)


def _disturbance(version: float) -> Array:
    places, flux = _spread_places(_DISTURBED_PLACES), _DISTURBED_SFU
    quiet, active = (_log_density(version, places, _COARSE_KM, flux, ap) for ap in (_QUIET_AP, _ACTIVE_AP))
    terms = np.broadcast_arrays(1.0, (places[0] ** 2)[:, None], _relative_flux(flux))
    columns = np.stack([term.ravel() for term in terms], axis=1)
    fitted, *_ = np.linalg.lstsq(columns, (active - quiet).reshape(len(columns), -1), rcond=None)
    return np.ascontiguousarray(fitted)


def _relative_flux(flux_sfu: Array) -> Array:
    return np.asarray((flux_sfu - 130.0) / 100.0, dtype=float)


def _spread_places(count: int) -> Array:
    """Sine of latitude, local time, season and Greenwich time, evenly spread by an additive recurrence."""
    ratio = 1.1673039782614187  # root of x^5 = x + 1
    share = (0.5 + np.arange(1, count + 1) * ratio ** -np.arange(1.0, 5.0)[:, None]) % 1.0
    return np.array([2 * share[0] - 1, *(2 * np.pi * share[1:])])


def _log_density(version: float, places: Array, height_km: Array, flux_sfu: Array, ap: float = _QUIET_AP) -> Array:
    """ln of the density in kg/m3 by the model itself, over (place, flux, height)."""
    sine, local, season, universal = places
    shape = (len(sine), len(flux_sfu), len(height_km))

    def spread(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.broadcast_to(values, shape).ravel()

    minutes = (season / (2 * np.pi) * _YEAR_DAYS).astype(int) * 1440 + (universal / (2 * np.pi) * 1440).astype(int)
    dates = np.datetime64("2002-01-01T00:00") + minutes * np.timedelta64(1, "m")
    flux = spread(flux_sfu[:, None])
    result = pymsis.calculate(  # heights run fastest: pymsis keeps what depends on place and date
        spread(dates[:, None, None]),
        spread(np.degrees((local - universal) % (2 * np.pi))[:, None, None]),
        spread(np.degrees(np.arcsin(sine))[:, None, None]),
        spread(height_km),
        flux,
        flux,
        np.full((flux.size, 7), ap),
        version=version,
        geomagnetic_activity=1,
    )
    return np.asarray(np.log(result[..., 0]).reshape(shape), dtype=float)


def _place_on(nodes: Array, x: Array) -> tuple[NDArray[np.int_], Array]:
    """Left node and share of the way to the next; the end pieces extend."""
    left = np.clip(np.searchsorted(nodes, x) - 1, 0, len(nodes) - 2)
    return left, (x - nodes[left]) / (nodes[left + 1] - nodes[left])


def _bilinear(table: Array, row: NDArray[np.int_], up: Array, column: NDArray[np.int_], along: Array) -> Array:
    low = (1 - along) * table[row, column] + along * table[row, column + 1]
    high = (1 - along) * table[row + 1, column] + along * table[row + 1, column + 1]
    return np.asarray((1 - up) * low + up * high, dtype=float)
