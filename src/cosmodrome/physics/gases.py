"""Attenuation by oxygen and water vapor: line by line, and along a slant path (ITU-R P.676-12)."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.physics.gas_lines import OXYGEN_LINES, WATER_VAPOR_LINES
from cosmodrome.physics.slant_path import slant_ratio

Array = NDArray[np.float64]

# P.676-12, tables 3 and 4: centers in GHz with the coefficients of the equivalent heights.
_OXYGEN_HEIGHT_LINES: Final = (
    (118.750334, 0.1597), (368.498246, 0.1066), (424.763020, 0.1325), (487.249273, 0.1242),
    (715.392902, 0.0938), (773.839490, 0.1448), (834.145546, 0.1374),
)  # fmt: skip
_VAPOR_HEIGHT_LINES: Final = (
    (22.23508, 1.52, 2.56), (183.310087, 7.62, 10.2), (325.152888, 1.56, 2.70), (380.197353, 4.15, 5.70),
    (439.150807, 0.20, 0.91), (448.001085, 1.63, 2.46), (474.689092, 0.76, 2.22), (488.490108, 0.26, 2.49),
    (556.935985, 7.81, 10.0), (620.70087, 1.25, 2.35), (752.033113, 16.2, 20.0), (916.171582, 1.47, 2.58),
    (970.315022, 1.36, 2.44), (987.926764, 1.60, 1.86),
)  # fmt: skip


def oxygen_attenuation_db_km(
    frequency_hz: ArrayLike,
    *,
    dry_pressure_pa: float,
    temperature_k: float,
    water_vapor_density_kg_m3: float,
) -> Array:
    """Specific attenuation by dry air, gamma_o = 0.182 f N''(f), summed over 44 lines and the continuum.

    Parameters
    ----------
    frequency_hz : array_like
        Frequency, up to 1000 GHz. [Hz]
    dry_pressure_pa : float
        Pressure of the dry air. [Pa]
    temperature_k : float
        Temperature. [K]
    water_vapor_density_kg_m3 : float
        Density of water vapor, which broadens the lines. [kg/m3]

    Returns
    -------
    ndarray
        gamma_o. [dB/km]

    References
    ----------
    Recommendation ITU-R P.676-12 (2019), Annex 1, equations (1) to (9), table 1.

    Examples
    --------
    ITU validation example, 60 GHz in standard air: 14.6234748 dB/km.

    >>> round(float(oxygen_attenuation_db_km(
    ...     60e9, dry_pressure_pa=101325, temperature_k=288.15, water_vapor_density_kg_m3=7.5e-3)), 6)
    14.623475
    """
    f = np.asarray(frequency_hz, dtype=float)[..., None] / 1e9
    p, theta = dry_pressure_pa / 100, 300 / temperature_k
    e = _vapor_pressure_hpa(water_vapor_density_kg_m3, temperature_k)
    f_0, a_1, a_2, a_3, a_4, a_5, a_6 = np.array(OXYGEN_LINES).T
    strength = a_1 * 1e-7 * p * theta**3 * np.exp(a_2 * (1 - theta))
    width = a_3 * 1e-4 * (p * theta ** (0.8 - a_4) + 1.1 * e * theta)
    width = np.sqrt(width**2 + 2.25e-6)  # Zeeman splitting
    overlap = (a_5 + a_6 * theta) * 1e-4 * (p + e) * theta**0.8
    lines = np.sum(strength * _line_shape(f, f_0, width, overlap), axis=-1)
    f = f[..., 0]
    d = 5.6e-4 * (p + e) * theta**0.8
    debye = 6.14e-5 / (d * (1 + (f / d) ** 2))
    nitrogen = 1.4e-12 * p * theta**1.5 / (1 + 1.9e-5 * f**1.5)
    return np.asarray(0.1820 * f * (lines + f * p * theta**2 * (debye + nitrogen)))


def water_vapor_attenuation_db_km(
    frequency_hz: ArrayLike,
    *,
    dry_pressure_pa: float,
    temperature_k: float,
    water_vapor_density_kg_m3: float,
) -> Array:
    """Specific attenuation by water vapor, gamma_w = 0.182 f N''(f), summed over 35 lines.

    Parameters
    ----------
    frequency_hz : array_like
        Frequency, up to 1000 GHz. [Hz]
    dry_pressure_pa : float
        Pressure of the dry air. [Pa]
    temperature_k : float
        Temperature. [K]
    water_vapor_density_kg_m3 : float
        Density of water vapor. [kg/m3]

    Returns
    -------
    ndarray
        gamma_w. [dB/km]

    References
    ----------
    Recommendation ITU-R P.676-12 (2019), Annex 1, equations (1) to (7), table 2.

    Examples
    --------
    ITU validation example, 20 GHz in standard air with 7.5 g/m3: 0.097047305 dB/km.

    >>> round(float(water_vapor_attenuation_db_km(
    ...     20e9, dry_pressure_pa=101325, temperature_k=288.15, water_vapor_density_kg_m3=7.5e-3)), 9)
    0.097047305
    """
    f = np.asarray(frequency_hz, dtype=float)[..., None] / 1e9
    p, theta = dry_pressure_pa / 100, 300 / temperature_k
    e = _vapor_pressure_hpa(water_vapor_density_kg_m3, temperature_k)
    f_0, b_1, b_2, b_3, b_4, b_5, b_6 = np.array(WATER_VAPOR_LINES).T
    strength = b_1 * 1e-1 * e * theta**3.5 * np.exp(b_2 * (1 - theta))
    width = b_3 * 1e-4 * (p * theta**b_4 + b_5 * e * theta**b_6)
    width = 0.535 * width + np.sqrt(0.217 * width**2 + 2.1316e-12 * f_0**2 / theta)  # Doppler broadening
    lines = np.sum(strength * _line_shape(f, f_0, width, np.zeros_like(f_0)), axis=-1)
    return np.asarray(0.1820 * f[..., 0] * lines)


def gas_attenuation_db(
    frequency_hz: ArrayLike,
    elevation_rad: ArrayLike,
    *,
    dry_pressure_pa: float,
    temperature_k: float,
    water_vapor_density_kg_m3: float,
    water_vapor_column_kg_m2: float | None = None,
    station_height_m: float = 0.0,
) -> Array:
    """Attenuation by gases on a slant path through the atmosphere, by equivalent heights.

    A = (gamma_o h_o + gamma_w h_w) / sin(el), or with the zenith attenuation by the column of water vapor

    Parameters
    ----------
    frequency_hz : array_like
        Frequency, up to 350 GHz. [Hz]
    elevation_rad : array_like
        Elevation; below 5 degrees the paths through layers of those heights on a round Earth. [rad]
    dry_pressure_pa, temperature_k, water_vapor_density_kg_m3 : float
        Air at the station. [Pa, K, kg/m3]
    water_vapor_column_kg_m2 : float, optional
        Column of water vapor above the station; in place of the surface density. [kg/m2]
    station_height_m : float
        Height of the station, which the method with a column needs. [m]

    Returns
    -------
    ndarray
        Attenuation. [dB]

    References
    ----------
    Recommendation ITU-R P.676-12 (2019), Annex 2, equations (28) to (41).

    Examples
    --------
    ITU validation example, London at 14.25 GHz, 1 % of the year: 0.226874038 dB.

    >>> round(float(gas_attenuation_db(
    ...     14.25e9, np.radians(31.07699124), dry_pressure_pa=100948.5611798, temperature_k=283.6108756,
    ...     water_vapor_density_kg_m3=13.79653679e-3, water_vapor_column_kg_m2=33.72946527,
    ...     station_height_m=31.382984)), 6)
    0.226874
    """
    air = {
        "dry_pressure_pa": dry_pressure_pa,
        "temperature_k": temperature_k,
        "water_vapor_density_kg_m3": water_vapor_density_kg_m3,
    }
    oxygen_km, vapor_km = equivalent_heights_km(frequency_hz, **air)
    oxygen_db = oxygen_attenuation_db_km(frequency_hz, **air) * oxygen_km
    if water_vapor_column_kg_m2 is None:
        vapor_db = water_vapor_attenuation_db_km(frequency_hz, **air) * vapor_km
    else:
        vapor_db = _column_attenuation_db(frequency_hz, water_vapor_column_kg_m2, station_height_m)
    oxygen_db = oxygen_db * slant_ratio(1e3 * oxygen_km, elevation_rad)
    return np.asarray(oxygen_db + vapor_db * slant_ratio(1e3 * vapor_km, elevation_rad))


def equivalent_heights_km(
    frequency_hz: ArrayLike,
    *,
    dry_pressure_pa: float,
    temperature_k: float,
    water_vapor_density_kg_m3: float,
) -> tuple[Array, Array]:
    """Heights of uniform layers that attenuate as oxygen and as water vapor above the station do.

    Parameters
    ----------
    frequency_hz : array_like
        Frequency, up to 350 GHz. [Hz]
    dry_pressure_pa, temperature_k, water_vapor_density_kg_m3 : float
        Air at the station. [Pa, K, kg/m3]

    Returns
    -------
    oxygen_km, vapor_km : ndarray
        h_o and h_w. [km]

    References
    ----------
    Recommendation ITU-R P.676-12 (2019), Annex 2, equations (31) to (38), tables 3 and 4.

    Examples
    --------
    The layer of oxygen is several kilometers deep, that of water vapor about two, away from the lines.

    >>> heights = equivalent_heights_km(
    ...     10e9, dry_pressure_pa=101325, temperature_k=288.15, water_vapor_density_kg_m3=7.5e-3)
    >>> [round(float(height)) for height in heights]
    [5, 2]
    """
    f = np.asarray(frequency_hz, dtype=float) / 1e9
    vapor_hpa = _vapor_pressure_hpa(water_vapor_density_kg_m3, temperature_k)
    ratio = (dry_pressure_pa / 100 + vapor_hpa) / 1013.25
    band = 5.1040 / (1 + 0.066 * ratio**-2.3)
    band = band * np.exp(-(((f - 59.7) / (2.87 + 12.4 * np.exp(-7.9 * ratio))) ** 2))
    lines = sum(
        c * np.exp(2.12 * ratio) / ((f - center) ** 2 + 0.025 * np.exp(2.2 * ratio))
        for center, c in _OXYGEN_HEIGHT_LINES
    )
    wing = 0.0114 * f / (1 + 0.14 * ratio**-2.6) * (15.02 * f**2 - 1353 * f + 5.333e4)
    wing = wing / (f**3 - 151.3 * f**2 + 9629 * f - 6803)
    warm = temperature_k - 273.15
    oxygen_km = 6.1 * (0.7832 + 0.00709 * warm) / (1 + 0.17 * ratio**-1.1) * (1 + band + lines + wing)
    oxygen_km = np.where(f < 70, np.minimum(oxygen_km, 10.7 * ratio**0.3), oxygen_km)
    rho = 1e3 * water_vapor_density_kg_m3
    base = 1.9298 - 0.04166 * warm + 0.0517 * rho
    scale = 1.1674 - 0.00622 * warm + 0.0063 * rho
    sigma = 1.013 / (1 + np.exp(-8.6 * (ratio - 0.57)))
    vapor_km = base + scale * sum(
        a * sigma / ((f - center) ** 2 + b * sigma) for center, a, b in _VAPOR_HEIGHT_LINES
    )
    return np.asarray(oxygen_km), np.asarray(vapor_km)


def _vapor_pressure_hpa(water_vapor_density_kg_m3: float, temperature_k: float) -> float:
    return 1e3 * water_vapor_density_kg_m3 * temperature_k / 216.7


def _line_shape(f: Array, center: Array, width: Array, overlap: Array) -> Array:
    """Van Vleck and Weisskopf, with interference between lines."""
    below, above = center - f, center + f
    shape = (width - overlap * below) / (below**2 + width**2)
    return np.asarray(f / center * (shape + (width - overlap * above) / (above**2 + width**2)))


def _column_attenuation_db(
    frequency_hz: ArrayLike, water_vapor_column_kg_m2: float, station_height_m: float
) -> Array:
    """Zenith attenuation by a column of water vapor; P.676-12, equations (40) and (41)."""
    f = np.asarray(frequency_hz, dtype=float) / 1e9
    density_g_m3 = water_vapor_column_kg_m2 / 2.38
    air = {
        "dry_pressure_pa": 84500.0,
        "temperature_k": 14 * float(np.log(0.22 * density_g_m3)) + 3 + 273.15,
        "water_vapor_density_kg_m3": 1e-3 * density_g_m3,
    }
    zenith = water_vapor_attenuation_db_km(frequency_hz, **air) / water_vapor_attenuation_db_km(20.6e9, **air)
    zenith = 0.0176 * water_vapor_column_kg_m2 * zenith
    a = 0.2048 * np.exp(-(((f - 22.43) / 3.097) ** 2)) + 0.2326 * np.exp(-(((f - 183.5) / 4.096) ** 2))
    a = a + 0.2073 * np.exp(-(((f - 325) / 3.651) ** 2)) - 0.1113
    b = 8.741e4 * np.exp(-0.587 * f) + 312.2 * f**-2.38 + 0.723
    height_km = min(max(station_height_m / 1e3, 0.0), 4.0)
    high = a * (height_km**b if height_km > 0 else np.zeros_like(b)) + 1
    return np.asarray(np.where(f < 20, zenith, zenith * high))
