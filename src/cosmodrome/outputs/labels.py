"""How names and numbers are shown: unit and title from a suffixed name, numbers with few digits."""

import math
import re
import unicodedata
from datetime import datetime
from types import MappingProxyType
from typing import Final

_UNITS: Final = MappingProxyType(
    {
        "_km2_per_day": "km²/day",
        "_m_s_per_year": "m/s/year",
        "_kpa_deg": "kPa·deg",
        "_deg_per_day": "deg/day",
        "_gbit_per_day": "Gbit/day",
        "_w_m2_per_year": "W/m²/year",
        "_j_kg_k": "J/(kg K)",
        "_per_cm2_s": "1/(cm² s)",
        "_per_cm2": "1/cm²",
        "_krad_per_year": "krad/year",
        "_krad": "krad",
        "_mev": "MeV",
        "_per_k": "1/K",
        "_j_k": "J/K",
        "_w_k": "W/K",
        "_inertia_kg_m2": "kg·m²",  # other kg m2 are masses over areas
        "_kg_m2": "kg/m²",
        "_kg_m3": "kg/m³",
        "_kg_s": "kg/s",
        "_min_per_day": "min/day",
        "_mbit_s": "Mbit/s",
        "_bit_s": "bit/s",
        "_rad_s": "rad/s",
        "_deg_s": "deg/s",
        "_n_m_s": "N·m·s",
        "_n_m": "N·m",
        "_a_m2": "A·m²",
        "_km_s": "km/s",
        "_m_s2": "m/s²",
        "_m_s": "m/s",
        "_w_m2": "W/m²",
        "_db_k": "dB/K",
        "_dbhz": "dBHz",
        "_mbit": "Mbit",
        "_gbit": "Gbit",
        "_years": "years",
        "_days": "days",
        "_fraction": "",
        "_ratio": "",
        "_count": "",
        "_kpa": "kPa",
        "_mbaud": "Mbaud",
        "_mhz": "MHz",
        "_khz": "kHz",
        "_dbi": "dBi",
        "_dbw": "dBW",
        "_sfu": "sfu",
        "_min": "min",
        "_deg": "deg",
        "_rad": "rad",
        "_km": "km",
        "_mm": "mm",
        "_um": "µm",
        "_nm": "nm",
        "_m2": "m²",
        "_kg": "kg",
        "_wh": "Wh",
        "_pa": "Pa",
        "_hz": "Hz",
        "_db": "dB",
        "_m": "m",
        "_s": "s",
        "_h": "h",
        "_n": "N",
        "_g": "g",
        "_w": "W",
        "_k": "K",
        "_c": "°C",
    }
)


_SYMBOLS: Final = (
    ("g over t", "G/T"),
    ("c over n0", "C/N0"),
    ("eb n0", "Eb/N0"),
    ("eirp", "EIRP"),
    ("raan", "RAAN"),
    ("ltan", "LTAN"),
    ("liftoff", "lift-off"),
)


_SPELLED: Final = (
    ("×", "x"),
    ("⌀", "dia."),
    ("°", " deg"),
    ("·", "*"),
    ("−", "-"),
    ("–", "-"),
    ("→", "->"),
    ("…", "..."),
    ("≥", ">="),
    ("≤", "<="),
)


def unit_of(name: str) -> str:
    """Unit that a suffixed name carries, as people write it; empty for a pure number.

    Parameters
    ----------
    name : str
        A name of `docs/nomenclature.md`.

    Returns
    -------
    str
        The unit.

    Examples
    --------
    >>> unit_of("dynamic_pressure_kpa"), unit_of("g_over_t_db_k"), unit_of("mach")
    ('kPa', 'dB/K', '')
    """
    return next((unit for suffix, unit in _UNITS.items() if name.endswith(suffix)), "")


def title_of(name: str) -> str:
    """What a suffixed name says, without its unit.

    Parameters
    ----------
    name : str
        A name of `docs/nomenclature.md`.

    Returns
    -------
    str
        Words.

    Examples
    --------
    >>> title_of("dry_mass_kg"), title_of("drag_coefficient"), title_of("max_axial_acceleration_g")
    ('dry mass', 'drag coefficient', 'max axial acceleration')
    >>> title_of("g_over_t_db_k"), title_of("raan_deg")
    ('G/T', 'RAAN')
    """
    suffix = next((suffix for suffix in _UNITS if name.endswith(suffix)), "")
    bare = name.removesuffix(suffix) if suffix not in ("_count",) else name
    bare += " inertia" if suffix.startswith("_inertia") else ""
    words = bare.replace("_", " ").strip() or name
    for plain, symbol in _SYMBOLS:
        words = re.sub(rf"\b{plain}\b", symbol, words)
    return words


def number_text(value: float, digits: int = 4) -> str:
    """Show a number with a few significant digits, thousands set apart by a thin space.

    Parameters
    ----------
    value : float
        Any number.
    digits : int
        Significant digits of what is not an integer part.

    Returns
    -------
    str
        The number with a true minus sign; an infinite one as a symbol, no number as a dash.

    Examples
    --------
    >>> number_text(3.14159), number_text(0.0), number_text(42.70)
    ('3.142', '0', '42.7')
    >>> number_text(131000.0) == '131\N{NARROW NO-BREAK SPACE}000'
    True
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if exponent < -4 or exponent > 12:
        return f"{value:.{digits - 1}e}".replace("-", "−")
    decimals = max(0, digits - 1 - exponent)
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace("-", "−")


def mass_text(mass_kg: float) -> str:
    """Show a mass in tons from one ton on, else in kilograms.

    Parameters
    ----------
    mass_kg : float
        [kg]

    Returns
    -------
    str
        Five significant digits at most, with the unit.

    Examples
    --------
    >>> mass_text(128800.0), mass_text(2145000.0), mass_text(810.0)
    ('128.8 t', '2145 t', '810 kg')
    """
    is_heavy = mass_kg >= 1000
    return f"{mass_kg / 1000:.5g} t" if is_heavy else f"{mass_kg:.5g} kg"


def amount_text(value: float) -> str:
    """Show a number of the catalog as it was entered, thousands set apart by commas.

    Parameters
    ----------
    value : float
        Any number.

    Returns
    -------
    str
        Never with an exponent.

    Examples
    --------
    >>> amount_text(1.922e6), amount_text(42.70), amount_text(0.04)
    ('1,922,000', '42.7', '0.04')
    """
    text = f"{value:,.6f}"
    return text.rstrip("0").rstrip(".")


def ascii_text(text: str) -> str:
    """Write a text with the characters that every terminal has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same with spelled-out signs; a question mark for what has no spelling.

    Examples
    --------
    >>> ascii_text("2 × 13.5 m, ⌀ 3.4 m … 63°")
    '2 x 13.5 m, dia. 3.4 m ... 63 deg'
    """
    for sign, spelled in _SPELLED:
        text = text.replace(sign, spelled)
    plain = unicodedata.normalize("NFKD", text)
    return (
        "".join(letter for letter in plain if not unicodedata.combining(letter))
        .encode("ascii", "replace")
        .decode()
    )


def printable_text(text: str, encoding: str | None) -> str:
    """Write a text so that a terminal can take it: as it is, or spelled out in ASCII.

    Parameters
    ----------
    text : str
        Any text.
    encoding : str or None
        Of the terminal; ASCII where it has none.

    Returns
    -------
    str
        One of the two.

    Examples
    --------
    >>> printable_text("2 × 13.5 m", "utf-8"), printable_text("2 × 13.5 m", "ascii")
    ('2 × 13.5 m', '2 x 13.5 m')
    """
    try:
        text.encode(encoding or "ascii")
    except UnicodeEncodeError:
        return ascii_text(text)
    return text


def percent_text(fraction: float) -> str:
    """Show a signed fraction in percent.

    Parameters
    ----------
    fraction : float
        Of one. [1]

    Returns
    -------
    str
        Signed, without decimals from ten percent on.

    Examples
    --------
    >>> percent_text(10.9), percent_text(0.0123)
    ('+1090 %', '+1.2 %')
    >>> percent_text(-0.2) == '\N{MINUS SIGN}20 %'
    True
    """
    if not math.isfinite(fraction):
        return "+∞" if fraction > 0 else "–"
    digits = 0 if abs(fraction) >= 0.0995 else 1
    return f"{100 * fraction:+.{digits}f} %".replace("-", "−")


def instant_text(instant: datetime) -> str:
    """Show an instant to the second.

    Parameters
    ----------
    instant : datetime
        UTC.

    Returns
    -------
    str
        ISO 8601 date and time, with UTC said.

    Examples
    --------
    >>> instant_text(datetime(2027, 3, 18, 4, 5, 6))
    '2027-03-18 04:05:06 UTC'
    """
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def iso_text(instant: datetime) -> str:
    """Write an instant for machines.

    Parameters
    ----------
    instant : datetime
        UTC.

    Returns
    -------
    str
        ISO 8601 with milliseconds and Z.

    Examples
    --------
    >>> iso_text(datetime(2027, 3, 18, 4, 5, 6, 789000))
    '2027-03-18T04:05:06.789Z'
    """
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def file_name(name: str) -> str:
    """Folder name of a mission: lower case, words joined by hyphens.

    Parameters
    ----------
    name : str
        The mission's name.

    Returns
    -------
    str
        Letters, digits and hyphens only; never empty.

    Examples
    --------
    >>> file_name("Earth Observer / 1"), file_name("../..")
    ('earth-observer-1', 'mission')
    """
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in name).split()
    return "-".join(words) or "mission"
