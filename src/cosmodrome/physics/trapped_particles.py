"""Flux of trapped protons and electrons from the tables of the AP-8 and AE-8 models."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_HEADER_COUNT: Final = 8  # words before the table: of them the fluxes in a decade, then four scales
_FEWEST: Final = 4  # words of a line that holds fluxes: length, L, flux at the equator, increments
_EDGE: Final = 1e-9  # by which a point may lie outside of a triangle


@dataclass(frozen=True, slots=True)
class FluxLine:
    """Flux along the field lines of one L, from the equator to where it vanishes."""

    mcilwain_l: float
    field_ratio: Array  # B/B0, (K,)
    log_flux: Array  # decadic, of the omnidirectional flux in 1/(cm2 s), (K,)

    @property
    def edge_field_ratio(self) -> float:
        """B at the end of the line over the B0 of L = 1."""
        return float(self.field_ratio[-1]) / self.mcilwain_l**3 if self.mcilwain_l > 0.0 else 0.0

    @property
    def phase_deg(self) -> Array:
        """The coordinate phi of each flux [deg]; -1 where the line holds one flux alone."""
        if len(self.field_ratio) == 1:
            return np.array([-1.0])
        return _phase_deg(self.field_ratio, np.array(self.field_ratio[-1]))


@dataclass(frozen=True, slots=True)
class FluxMap:
    """A model's fluxes above each of its energies."""

    energy_mev: Array  # (E,)
    lines: tuple[tuple[FluxLine, ...], ...]  # by energy, then by growing L

    def __repr__(self) -> str:
        return f"<FluxMap {self.energy_mev[0]:g} to {self.energy_mev[-1]:g} MeV>"


def flux_map(words: Sequence[int]) -> FluxMap:
    """Read the integers in which NSSDC spreads AP-8 and AE-8.

    Eight words of header: the second is how many fluxes there are in a decade, the fourth to the seventh are
    the scales of energy, L, B/B0 and flux. Then for each energy its length and value, and for each L length,
    value, decadic logarithm of the flux at the equator and the increments of B/B0 between equal falls.

    Parameters
    ----------
    words : sequence of int
        Of one model.

    Returns
    -------
    FluxMap

    Raises
    ------
    ValueError
        Where the words are none of such a table.

    References
    ----------
    Sawyer and Vette (1976), NSSDC/WDC-A-R&S 76-06; Vette (1991), NSSDC/WDC-A-R&S 91-24.

    Examples
    --------
    >>> made = flux_map((0, 4, 0, 100, 2048, 2048, 1024, 0, 8, 1000, 6, 4096, 3072, 1024, 512, 256, 0))
    >>> print(made.energy_mev, made.lines[0][0].field_ratio, made.lines[0][0].log_flux)
    [10.] [1.    1.5   1.75  1.875] [3.   2.75 2.5  2.25]
    """
    header, table = words[:_HEADER_COUNT], words[_HEADER_COUNT:]
    if len(header) < _HEADER_COUNT or min(header[1], *header[3:7]) <= 0 or not table:
        raise ValueError("expected the table of a trapped-particle model: eight words of header, then fluxes")
    energies, lines, at = [], [], 0
    while at < len(table) and table[at] > 0:
        energies.append(table[at + 1] / header[3])
        lines.append(tuple(_lines(header, table[at + 2 : at + table[at]])))
        at += table[at]
    return FluxMap(np.array(energies), tuple(lines))


def _lines(header: Sequence[int], table: Sequence[int]) -> Iterator[FluxLine]:
    per_decade, _, _, shell_scale, ratio_scale, flux_scale = header[1:7]
    at = 0
    while at < len(table):
        line = table[at : at + table[at]]
        increments = np.array(line[3:], dtype=float)
        filled = np.cumprod(increments > 0).sum()  # an increment of zero ends the line
        fluxes = line[2] / flux_scale if len(line) >= _FEWEST else 0.0
        yield FluxLine(
            mcilwain_l=line[1] / shell_scale,
            field_ratio=1.0 + np.concatenate(([0.0], increments[:filled].cumsum() / ratio_scale)),
            log_flux=fluxes - np.arange(filled + 1) / per_decade,
        )
        at += max(len(line), 1)


def trapped_flux_per_cm2_s(
    fluxes: FluxMap, energy_mev: Array, mcilwain_l: Array, field_ratio: Array
) -> Array:
    """Omnidirectional flux above energies, at places in the field of 1960.

    The logarithm of the flux is taken for a plane over each triangle of neighboring tabulated points in L and
    phi = asin((B - B0) / (B_max - B0)), with B_max where the line's flux vanishes. The models' own way, along
    B/B0, loses 14 to 20 % of the protons at 550 km, where B_max bends between the lines. In energy the
    logarithm is interpolated linearly, as the models do.

    Parameters
    ----------
    fluxes : FluxMap
        A model.
    energy_mev : ndarray, shape (K,)
        Lowest energies counted. [MeV]
    mcilwain_l, field_ratio : ndarray, shape (N,)
        L in Earth radii, and B/B0.

    Returns
    -------
    ndarray, shape (K, N)
        Zero outside of the tables, and where the models have less than one particle. [1/(cm2 s)]

    References
    ----------
    Daly, Lemaire, Heynderickx and Rodgers (1996), "Problems with models of the radiation belts", IEEE Trans.
    Nucl. Sci. 43(2), 403; Daly and Evans (1996), Radiat. Meas. 26(3), 363. SPENVIS does the same.

    Examples
    --------
    At a tabulated point both ways agree:

    >>> words = (0, 4, 0, 100, 2048, 2048, 1024, 0, *(12, 1000, 5, 4096, 3072, 1024, 512),
    ...     *(5, 4506, 3072, 1024, 512), *(12, 2000, 5, 4096, 2048, 1024, 512, 5, 4506, 2048, 1024, 512))
    >>> places = np.array([4506 / 2048]), np.array([1.5])
    >>> trapped_flux_per_cm2_s(flux_map(words), np.array([10.0]), *places).round(1)
    array([[562.3]])
    """
    logs = np.array([_log_flux(lines, mcilwain_l, field_ratio) for lines in fluxes.lines])
    found = np.empty((len(energy_mev), len(mcilwain_l)))
    for row, energy in enumerate(energy_mev):
        upper = min(max(int(np.searchsorted(fluxes.energy_mev, energy)), 1), len(logs) - 1)
        value = _at_energy(fluxes.energy_mev, logs, energy, upper)
        if upper > 1:  # beyond the hardest particles of a place the slope below goes on, if it falls faster
            steeper = np.minimum(value, _at_energy(fluxes.energy_mev, logs, energy, upper - 1))
            value = np.where(logs[upper] > 0.0, value, steeper)
        found[row] = np.where(value > 0.0, 10.0**value, 0.0)
    return found


def _at_energy(energies: Array, logs: Array, energy: float, upper: int) -> Array:
    """On the straight line between two energies of the table."""
    share = (energy - energies[upper - 1]) / (energies[upper] - energies[upper - 1])
    return np.asarray(logs[upper - 1] + share * (logs[upper] - logs[upper - 1]))


def _log_flux(lines: Sequence[FluxLine], shell: Array, ratio: Array) -> Array:
    """Decadic logarithm of the flux above one of the tabulated energies; 0 where there is none."""
    found = np.zeros(len(shell))
    below = np.searchsorted([line.mcilwain_l for line in lines], shell) - 1
    for at in np.unique(below):
        if 0 <= at < len(lines) - 1:
            here = np.flatnonzero(below == at)
            found[here] = _between(lines[at], lines[at + 1], shell[here], ratio[here])
    return np.maximum(found, 0.0)


def _between(low: FluxLine, high: FluxLine, shell: Array, ratio: Array) -> Array:
    """On the planes over the triangles between two lines."""
    if len(low.log_flux) == 1 and len(high.log_flux) == 1:
        return np.zeros(len(shell))
    share = (shell - low.mcilwain_l) / (high.mcilwain_l - low.mcilwain_l)
    edge = ((1 - share) * low.edge_field_ratio + share * high.edge_field_ratio) * shell**3
    phase = _phase_deg(ratio, edge)
    corners = _triangles(low, high)  # (T, 3, 3): share, phi, logarithm
    planes = corners.copy()
    planes[:, :, 2] = 1.0
    inverse = np.linalg.inv(planes)  # of rows, so weights stand in columns
    weights = np.einsum("jn,tjk->tkn", np.array([share, phase, np.ones(len(share))]), inverse)
    inside = (weights >= -_EDGE).all(axis=1)
    nearest = np.where(inside.any(axis=0), inside.argmax(axis=0), len(corners) - 1)
    logs = np.einsum("tkn,tk->tn", weights, corners[:, :, 2])
    return np.asarray(np.where(ratio > edge, 0.0, logs[nearest, np.arange(len(share))]))


def _triangles(low: FluxLine, high: FluxLine) -> Array:
    """Triangles that fill the strip between two lines, from the equator outward."""
    phases = (low.phase_deg, high.phase_deg)
    points = [
        np.column_stack((np.full(len(phase), float(side)), phase, line.log_flux))
        for side, (phase, line) in enumerate(zip(phases, (low, high), strict=True))
    ]
    at, triangles = [0, 0], []
    while at[0] < len(phases[0]) - 1 or at[1] < len(phases[1]) - 1:
        onward = [
            phases[side][at[side] + 1] if at[side] < len(phases[side]) - 1 else np.inf for side in (0, 1)
        ]
        side = 0 if onward[0] < onward[1] else 1
        triangles.append((points[0][at[0]], points[1][at[1]], points[side][at[side] + 1]))
        at[side] += 1
    return np.array(triangles)


def _phase_deg(ratio: Array, edge: Array) -> Array:
    """phi = asin((B - B0) / (B_max - B0)) [deg]; 90 at the edge and beyond it."""
    share = (ratio - 1.0) / np.maximum(edge - 1.0, _EDGE)
    return np.asarray(np.degrees(np.arcsin(np.clip(share, 0.0, 1.0))))
