"""Modulation and coding: what each scheme carries per symbol, and the ratio that it needs.

Required ratios are for the ideal demodulator on a channel with white noise; losses of a real one are the
transmitter's implementation loss.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from cosmodrome.physics.radio import decibels_from_ratio

CodingFamily = Literal["dvb-s2", "ccsds", "uncoded"]

_DVB_S2 = "ETSI EN 302 307-1 V1.4.1 table 13: frames of 64800 bits, no pilots, quasi error free"
_GREEN_BOOK = "unverified: read off the figures of CCSDS 130.1-G, bit error rate 1e-6"


@dataclass(frozen=True, slots=True)
class CodingScheme:
    """A modulation with its code: information bits per symbol, and the Es/N0 that it needs."""

    name: str
    family: CodingFamily
    efficiency_ratio: float  # information bits per symbol
    required_es_n0_db: float
    source: str

    @property
    def required_eb_n0_db(self) -> float:
        """Energy per information bit over noise density, Es/N0 - 10 log10(bits per symbol) [dB]."""
        return self.required_es_n0_db - decibels_from_ratio(self.efficiency_ratio)

    def __repr__(self) -> str:
        needs = f"{self.efficiency_ratio:.4g} bit/symbol at {self.required_es_n0_db:.2f} dB"
        return f"<CodingScheme {self.name}: {needs}>"


def uncoded_eb_n0_db(bit_error_fraction: float) -> float:
    """Eb/N0 that uncoded BPSK or QPSK needs for a bit error rate, P = 1/2 erfc(sqrt(Eb/N0)).

    Parameters
    ----------
    bit_error_fraction : float
        Bit error rate, 1e-15 to 0.4. [1]

    Returns
    -------
    float
        Eb/N0; exact for coherent detection. [dB]

    References
    ----------
    Proakis and Salehi (2008), Digital Communications, 5th ed., equation (4.3-13).

    Examples
    --------
    The textbook's 9.6 dB for 1e-5 and 10.5 dB for 1e-6.

    >>> round(uncoded_eb_n0_db(1e-5), 1), round(uncoded_eb_n0_db(1e-6), 1)
    (9.6, 10.5)
    """
    low, high = 0.0, 10.0  # of the square root of the ratio; erfc falls throughout
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erfc(middle) / 2 > bit_error_fraction else (low, middle)
    return 2 * decibels_from_ratio(high)


# Name, information bits per symbol, Es/N0 in dB.
_DVB_S2_ROWS: Final = (
    ("qpsk 1/4", 0.490243, -2.35), ("qpsk 1/3", 0.656448, -1.24), ("qpsk 2/5", 0.789412, -0.30),
    ("qpsk 1/2", 0.988858, 1.00), ("qpsk 3/5", 1.188304, 2.23), ("qpsk 2/3", 1.322253, 3.10),
    ("qpsk 3/4", 1.487473, 4.03), ("qpsk 4/5", 1.587196, 4.68), ("qpsk 5/6", 1.654663, 5.18),
    ("qpsk 8/9", 1.766451, 6.20), ("qpsk 9/10", 1.788612, 6.42),
    ("8psk 3/5", 1.779991, 5.50), ("8psk 2/3", 1.980636, 6.62), ("8psk 3/4", 2.228124, 7.91),
    ("8psk 5/6", 2.478562, 9.35), ("8psk 8/9", 2.646012, 10.69), ("8psk 9/10", 2.679207, 10.98),
    ("16apsk 2/3", 2.637201, 8.97), ("16apsk 3/4", 2.966728, 10.21), ("16apsk 4/5", 3.165623, 11.03),
    ("16apsk 5/6", 3.300184, 11.61), ("16apsk 8/9", 3.523143, 12.89), ("16apsk 9/10", 3.567342, 13.13),
    ("32apsk 3/4", 3.703295, 12.73), ("32apsk 4/5", 3.951571, 13.64), ("32apsk 5/6", 4.119540, 14.28),
    ("32apsk 8/9", 4.397854, 15.69), ("32apsk 9/10", 4.453027, 16.05),
)  # fmt: skip

# Name, bits per symbol, code rate, Eb/N0 in dB, source; codes of CCSDS 131.0-B on Gray-mapped QPSK.
_CCSDS_ROWS: Final = (
    ("qpsk convolutional 1/2 + reed-solomon (255,223)", 2, 1 / 2 * 223 / 255, 2.6, _GREEN_BOOK),
    ("qpsk convolutional 3/4 + reed-solomon (255,223)", 2, 3 / 4 * 223 / 255, 3.6, _GREEN_BOOK),
    ("qpsk convolutional 7/8 + reed-solomon (255,223)", 2, 7 / 8 * 223 / 255, 4.6, _GREEN_BOOK),
    ("qpsk convolutional 1/2", 2, 1 / 2, 4.8, "union bound of the (7, 1/2) code, bit error rate 1e-6"),
    ("qpsk reed-solomon (255,223)", 2, 223 / 255, 6.4, "bounded-distance decoding, bit error rate 1e-6"),
)


def coding_schemes(family: CodingFamily) -> tuple[CodingScheme, ...]:
    """Schemes of a family, in the order of its table.

    Parameters
    ----------
    family : {"dvb-s2", "ccsds", "uncoded"}
        Which table.

    Returns
    -------
    tuple of CodingScheme
        Uncoded ones are for a bit error rate of 1e-5.

    References
    ----------
    ETSI EN 302 307-1 V1.4.1 (2014), table 13; CCSDS 131.0-B-4 (2022), CCSDS 130.1-G-3 (2020).

    Examples
    --------
    >>> len(coding_schemes("dvb-s2")), coding_schemes("dvb-s2")[3]
    (28, <CodingScheme dvb-s2 qpsk 1/2: 0.9889 bit/symbol at 1.00 dB>)
    """
    match family:
        case "dvb-s2":
            rows = ((name, bits, es_n0, _DVB_S2) for name, bits, es_n0 in _DVB_S2_ROWS)
        case "ccsds":
            rows = (
                (name, bits * rate, eb_n0 + decibels_from_ratio(bits * rate), source)
                for name, bits, rate, eb_n0, source in _CCSDS_ROWS
            )
        case "uncoded":
            eb_n0 = uncoded_eb_n0_db(1e-5)
            exact = "erfc, bit error rate 1e-5"
            rows = (
                (name, bits, eb_n0 + decibels_from_ratio(bits), exact)
                for name, bits in (("bpsk", 1.0), ("qpsk", 2.0))
            )
    return tuple(
        CodingScheme(f"{family} {name}", family, bits, es_n0, src) for name, bits, es_n0, src in rows
    )


def coding_scheme(name: str) -> CodingScheme:
    """Find one scheme of any family.

    Parameters
    ----------
    name : str
        Family and scheme, for example "dvb-s2 8psk 3/4".

    Returns
    -------
    CodingScheme
        The scheme.

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> round(coding_scheme("uncoded qpsk").required_eb_n0_db, 1)
    9.6
    """
    families: tuple[CodingFamily, ...] = ("dvb-s2", "ccsds", "uncoded")
    known = {scheme.name: scheme for family in families for scheme in coding_schemes(family)}
    if name not in known:
        raise ValueError(f"no modulation and coding is called '{name}'; choose from {', '.join(known)}")
    return known[name]


def envelope(schemes: tuple[CodingScheme, ...]) -> tuple[CodingScheme, ...]:
    """Schemes worth using, ascending: those that no other beats with less Es/N0 and as many bits per symbol.

    Parameters
    ----------
    schemes : tuple of CodingScheme
        In any order.

    Returns
    -------
    tuple of CodingScheme
        Ascending in required Es/N0 and in bits per symbol.

    Examples
    --------
    QPSK 8/9 needs more than 8PSK 3/5 and carries less.

    >>> names = [scheme.name for scheme in envelope(coding_schemes("dvb-s2"))]
    >>> "dvb-s2 qpsk 8/9" in names, "dvb-s2 8psk 3/5" in names
    (False, True)
    """
    kept: list[CodingScheme] = []
    for scheme in sorted(schemes, key=lambda one: (one.required_es_n0_db, -one.efficiency_ratio)):
        if not kept or scheme.efficiency_ratio > kept[-1].efficiency_ratio:
            kept.append(scheme)
    return tuple(kept)
