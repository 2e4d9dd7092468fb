"""Air density at any place, season and activity, fast: an empirical model fitted once per process.

NRLMSIS 2.1 and NRLMSISE-00 cost 1 to 20 microseconds a point. Both are built from a few harmonics of
latitude, local time and season, so the logarithm of the density is fitted to the same harmonics at some
heights and fluxes, from 20,000 points; longitude is averaged. The mean over many places is good to 1 % up to
500 km with an Ap below 20, and to 4 % beyond; a single place to 4 to 12 %.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import pymsis
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
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
# rows of the harmonics where those of season, day and half a day begin
_HARMONICS, _SEASONS, _DAYS, _HALF_DAYS = 41, (5, 9, 13, 15), 17, 31


@dataclass(frozen=True, slots=True)
class AirDensity:
    """Natural logarithm of density in kg/m3, as a sum of three parts.

    `log_density` (height, flux) is the mean of the reference places with an Ap of 9; `season` (height, flux,
    harmonic) adds latitude, local time and day of the year; `disturbance` (3, height) times
    `ap_response_ratio` adds Ap: a constant, by the square of the sine of latitude, by flux.
    """

    log_density: Array
    season: Array
    disturbance: Array

    def density_kg_m3(
        self, height_km: Array, place: "Place", flux_sfu: Array, ap_response_ratio: Array
    ) -> Array:
        """Density at heights above the ellipsoid [km], all arrays of one shape or broadcast to it."""
        height, flux, response = np.broadcast_arrays(height_km, flux_sfu, ap_response_ratio)
        place_km = (height - _HEIGHT_KM[0]) / _STEP_KM
        row = np.clip(place_km.astype(int), 0, len(_HEIGHT_KM) - 2)
        column, along = _place_on(_FLUX_SFU, flux_sfu)
        logarithm = _bilinear(self.log_density, row, place_km - row, column, along)
        row, up = _place_on(_COARSE_KM, height)
        up = np.clip(up, 0.0, 1.0)
        logarithm += self._harmonic_part(place, row, up, flux_sfu)
        constant, polar, active = (1 - up) * self.disturbance[:, row] + up * self.disturbance[:, row + 1]
        logarithm += response * (
            constant + polar * place.sine_latitude_ratio**2 + active * _relative_flux(flux)
        )
        return np.asarray(np.exp(logarithm), dtype=float)

    def _harmonic_part(self, place: "Place", row: Indices, up: Array, flux_sfu: Array) -> Array:
        """What place and season add, from those heights and fluxes of the table alone that are met."""
        column, along = _place_on(_COARSE_SFU, np.clip(flux_sfu, _COARSE_SFU[0], _COARSE_SFU[-1]))
        rows, columns = slice(row.min(), row.max() + 2), slice(column.min(), column.max() + 2)
        met = self.season[rows, columns]
        added = (met.reshape(-1, met.shape[-1]) @ place.harmonics().reshape(met.shape[-1], -1)).ravel()
        across = row.size
        corner = ((row - rows.start) * met.shape[1] + column - columns.start) * across
        corner += np.arange(across).reshape(row.shape)
        above = corner + met.shape[1] * across
        low = (1 - along) * added[corner] + along * added[corner + across]
        high = (1 - along) * added[above] + along * added[above + across]
        return np.asarray((1 - up) * low + up * high, dtype=float)

    def __repr__(self) -> str:
        return f"<AirDensity {_HEIGHT_KM[0]:g} to {_HEIGHT_KM[-1]:g} km>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when: latitude, local solar time and time of the year (0 at midnight and New Year)."""

    sine_latitude_ratio: Array
    local_time_rad: Array
    season_rad: Array

    def harmonics(self) -> Array:
        """The functions that are fitted, shape (41, ...)."""
        x, hour, _ = np.broadcast_arrays(self.sine_latitude_ratio, self.local_time_rad, self.season_rad)
        rows = np.empty((_HARMONICS, *x.shape))
        x2 = x * x
        y = np.sqrt(np.maximum(1.0 - x2, 0.0))
        c, s = np.cos(self.season_rad), np.sin(self.season_rad)
        day = y * np.exp(1j * hour)
        half = day * day
        rows[0] = 1.0
        rows[1], rows[2], rows[3], rows[4] = x, x2, x2 * x, x2 * x2
        for k, wave in enumerate((c, s, c * c - s * s, 2 * c * s)):
            for power in range(4) if k < 2 else (0, 2):
                rows[_SEASONS[k] + power // (1 + k // 2)] = wave * rows[power] if power else wave
        xc, xs = rows[_SEASONS[0] + 1], rows[_SEASONS[1] + 1]
        for k, wave in enumerate((day.real, day.imag)):
            for n, factor in enumerate((rows[0], x, x2, rows[3], xc, xs, rows[4])):
                np.multiply(wave, factor, out=rows[_DAYS + 7 * k + n])
        for k, wave in enumerate((half.real, half.imag)):
            for n, factor in enumerate((rows[0], x, x2, xc)):
                np.multiply(wave, factor, out=rows[_HALF_DAYS + 4 * k + n])
        third = half * day
        rows[-2], rows[-1] = third.real, third.imag
        return rows


@lru_cache(maxsize=len(_VERSIONS))
def air_density(model: DensityModel = "nrlmsis-2.1") -> AirDensity:
    """Fit a density model.

    Parameters
    ----------
    model : {'nrlmsis-2.1', 'nrlmsise-00'}
        NRLMSISE-00, for comparison, decays real spheres 10 to 15 % too fast.

    Raises
    ------
    ValueError
        For another name.

    References
    ----------
    Emmert et al. (2022), JGR Space Physics 127, e2022JA030896, for NRLMSIS 2.1; Picone et al. (2002), JGR
    107, 1468, for NRLMSISE-00.

    Examples
    --------
    At 400 km and moderate activity the US Standard Atmosphere 1976 has 2.803e-12 kg/m3:

    >>> hours = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    >>> place, level = Place(np.zeros(24), hours, np.full(24, 1.5)), np.full(24, 125.0)
    >>> air = air_density().density_kg_m3(np.full(24, 400.0), place, level, np.zeros(24))
    >>> 0.7 < float(air.mean()) / 2.803e-12 < 1.5
    True
    """
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
    harmonics = Place(*places[:3]).harmonics().T
    added = (values - level).reshape(_PLACES, -1)
    fitted, *_ = np.linalg.lstsq(harmonics, added, rcond=None)
    scatter = added - harmonics @ fitted
    fitted[0] += 0.5 * (scatter**2).sum(axis=0) / (_PLACES - len(fitted))  # the mean of a log-normal spread
    season = fitted.reshape(-1, len(_COARSE_SFU), len(_COARSE_KM)).transpose(2, 1, 0)
    arrays = (
        np.ascontiguousarray(reference.T),
        np.ascontiguousarray(season),
        _disturbance(version),
    )
    for array in arrays:
        array.setflags(write=False)
    return AirDensity(*arrays)


def _disturbance(version: float) -> Array:
    """What an Ap of 35 adds to one of 9: a constant, by latitude, by flux; shape (3, height)."""
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


def _log_density(
    version: float, places: Array, height_km: Array, flux_sfu: Array, ap: float = _QUIET_AP
) -> Array:
    """ln of the density in kg/m3 by the model itself, over (place, flux, height)."""
    sine, local, season, universal = places
    shape = (len(sine), len(flux_sfu), len(height_km))

    def spread(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.broadcast_to(values, shape).ravel()

    minutes = (season / (2 * np.pi) * _YEAR_DAYS).astype(int) * 1440 + (
        universal / (2 * np.pi) * 1440
    ).astype(int)
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


def _place_on(nodes: Array, x: Array) -> tuple[Indices, Array]:
    """Left node and share of the way to the next; the end pieces extend."""
    left = np.clip(np.searchsorted(nodes, x) - 1, 0, len(nodes) - 2)
    return left, (x - nodes[left]) / (nodes[left + 1] - nodes[left])


def _bilinear(table: Array, row: Indices, up: Array, column: Indices, along: Array) -> Array:
    low = (1 - along) * table[row, column] + along * table[row, column + 1]
    high = (1 - along) * table[row + 1, column] + along * table[row + 1, column + 1]
    return np.asarray((1 - up) * low + up * high, dtype=float)
