"""Air density as a decaying satellite meets it: NRLMSIS 2.1 averaged around the orbit, as a table.

Averaged over the argument of latitude, over local time and over the longitudes, because over months the
node passes them all. A sun-synchronous orbit keeps its local time and meets up to a fifth more or less.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pymsis
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_FLATTENING

Array = NDArray[np.float64]

NRLMSIS_2_1 = 2.1
NRLMSISE_00 = 0

_HEIGHT_KM = np.arange(90.0, 1205.0, 5.0)
_COARSE_KM = np.arange(90.0, 1205.0, 50.0)
_FLUX_SFU = np.array([60.0, 75.0, 95.0, 125.0, 165.0, 220.0, 300.0])
_AP = 10.0
_AP_ACTIVE = 30.0
_AP_MOST = 80.0  # beyond it the response saturates; daily values above are rare
_REFERENCE_FLUX_SFU = 130.0
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class AirDensity:
    """Orbit-mean density for one inclination; heights are above the equatorial radius.

    `log_density` over (height, flux) is the mean of a year at Ap 10 in ln(kg/m3); `season` over
    (coarse height, month) and `disturbance` over (coarse height) are added to it, the latter per unit of Ap.
    """

    log_density: Array
    season: Array
    disturbance: Array

    def density_kg_m3(self, height_km: Array, flux_sfu: Array, ap_index: Array, month: Array) -> Array:
        """Density at heights (..., K) for activities and months (0 to 12, cyclic) of shape (..., 1)."""
        row, across = _place(height_km, _HEIGHT_KM[0], 5.0, len(_HEIGHT_KM))
        column = np.clip(np.searchsorted(_FLUX_SFU, flux_sfu) - 1, 0, len(_FLUX_SFU) - 2)
        along = (flux_sfu - _FLUX_SFU[column]) / (_FLUX_SFU[column + 1] - _FLUX_SFU[column])
        table = self.log_density
        low = (1 - along) * table[row, column] + along * table[row, column + 1]
        high = (1 - along) * table[row + 1, column] + along * table[row + 1, column + 1]
        logarithm = (1 - across) * low + across * high
        row, across = _place(height_km, _COARSE_KM[0], 50.0, len(_COARSE_KM))
        across = np.clip(across, 0.0, 1.0)
        now = np.floor(month).astype(int) % _MONTHS
        part, after = month - np.floor(month), (now + 1) % _MONTHS
        low = (1 - part) * self.season[row, now] + part * self.season[row, after]
        high = (1 - part) * self.season[row + 1, now] + part * self.season[row + 1, after]
        per_ap = (1 - across) * self.disturbance[row] + across * self.disturbance[row + 1]
        logarithm += (1 - across) * low + across * high + per_ap * (np.minimum(ap_index, _AP_MOST) - _AP)
        return np.asarray(np.exp(logarithm), dtype=float)

    def __repr__(self) -> str:
        return f"<AirDensity {_HEIGHT_KM[0]:g} to {_HEIGHT_KM[-1]:g} km>"


@lru_cache(maxsize=8)
def air_density(inclination_deg: float, version: float = NRLMSIS_2_1) -> AirDensity:
    """Tabulate the orbit-mean density of an inclination.

    Parameters
    ----------
    inclination_deg : float
        Sets which latitudes are averaged [deg].
    version : float
        `NRLMSIS_2_1`, or `NRLMSISE_00` for comparison; it decays real spheres 10 to 15 % too fast.

    References
    ----------
    Emmert et al. (2022), JGR Space Physics 127, e2022JA030896, for NRLMSIS 2.1.

    Examples
    --------
    At 400 km and moderate activity the US Standard Atmosphere 1976 has 2.803e-12 kg/m3; an orbit's mean is
    near it.

    >>> table = air_density(51.6)
    >>> numbers = (np.array([400.0]), np.array([125.0]), np.array([10.0]), np.array([3.0]))
    >>> 0.7 < float(table.density_kg_m3(*numbers)[0]) / 2.803e-12 < 1.5
    True
    """
    year = np.arange(_MONTHS)
    quiet = np.full(1, _AP)
    yearly = _mean_density(inclination_deg, version, _HEIGHT_KM, _FLUX_SFU, quiet, year, spread_months=True)
    reference = np.array([_REFERENCE_FLUX_SFU])
    monthly = _mean_density(inclination_deg, version, _COARSE_KM, reference, quiet, year)
    active = np.array([_AP, _AP_ACTIVE])
    disturbed = _mean_density(
        inclination_deg, version, _COARSE_KM, reference, active, year, spread_months=True
    )
    by_month = monthly[:, 0, 0, :]
    by_ap = np.log(disturbed[:, 0, :, 0])
    arrays = (
        np.log(yearly[:, :, 0, 0]),
        np.log(by_month / by_month.mean(axis=1, keepdims=True)),
        (by_ap[:, 1] - by_ap[:, 0]) / (_AP_ACTIVE - _AP),
    )
    for array in arrays:
        array.setflags(write=False)
    return AirDensity(*arrays)


def _mean_density(
    inclination_deg: float,
    version: float,
    height_km: Array,
    flux_sfu: Array,
    ap_index: Array,
    months: NDArray[np.int_],
    *,
    spread_months: bool = False,
) -> Array:
    """Density over (height, flux, Ap, month), averaged over 6 arguments of latitude and 4 local times.

    With `spread_months` the months are spread over the points of the average, and the last axis is 1.
    """
    argument = np.radians(np.repeat(np.arange(6) * 60.0 + 15.0, 4))
    local_time_h = np.tile(np.arange(4) * 6.0, 6) + np.repeat(np.arange(6), 4)
    latitude = np.arcsin(np.sin(np.radians(inclination_deg)) * np.sin(argument))
    above_ellipsoid = EARTH_EQUATORIAL_RADIUS_M / 1e3 * EARTH_FLATTENING * np.sin(latitude) ** 2
    month = ((np.arange(24) * 5) % _MONTHS)[:, None] if spread_months else np.repeat(months[None], 24, axis=0)
    # heights run fastest: pymsis keeps what depends on place and date from one point to the next
    shape = (24, month.shape[1], len(ap_index), len(flux_sfu), len(height_km))

    def spread(values: Array) -> Array:
        return np.broadcast_to(values, shape).ravel()

    first, point = np.datetime64("2002-01-15T00:00"), (slice(None), None, None, None, None)
    minutes = month[:, :, None, None, None] * np.timedelta64(30 * 1440 + 626, "m")
    flux = spread(flux_sfu[:, None])
    result = pymsis.calculate(
        first + np.broadcast_to(minutes, shape).ravel(),
        spread(local_time_h[point] * 15.0),  # at midnight UTC longitude is local time
        spread(np.degrees(latitude)[point]),
        spread(height_km + above_ellipsoid[point]),
        flux,
        flux,
        np.repeat(spread(ap_index[:, None, None])[:, None], 7, axis=1),
        version=version,
        geomagnetic_activity=1,
    )
    mean = result[..., 0].reshape(shape).mean(axis=0)  # (month, Ap, flux, height)
    return np.asarray(mean.transpose(3, 2, 1, 0), dtype=float)


def _place(x: Array, first: float, step: float, count: int) -> tuple[NDArray[np.int_], Array]:
    """Left node and share of the way to the next on an even grid; the end pieces extend."""
    place = (x - first) / step
    left = np.clip(place.astype(int), 0, count - 2)
    return left, place - left
