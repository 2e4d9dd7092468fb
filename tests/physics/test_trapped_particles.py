"""How fluxes are read from the tables and interpolated, on tables made by hand."""

import numpy as np
import pytest

from cosmodrome.physics.trapped_particles import flux_map, trapped_flux_per_cm2_s

HEADER = (0, 4, 0, 100, 2048, 2048, 1024, 0)
EMPTY, LOW, HIGH = (3, 2048, 0), (6, 2458, 3072, 512, 1024, 512), (6, 2867, 4096, 1024, 1024, 2048)
OUTSIDE = (3, 32767, 0)


def words(*by_energy):
    table = []
    for energy, lines in by_energy:
        flat = [word for line in lines for word in line]
        table += [len(flat) + 2, energy, *flat]
    return (*HEADER, *table)


def made(fall=512):
    lower = tuple((*line[:2], line[2] - fall, *line[3:]) if len(line) > 3 else line for line in (LOW, HIGH))
    return flux_map(words((1000, (EMPTY, LOW, HIGH, OUTSIDE)), (2000, (EMPTY, *lower, OUTSIDE))))


def log_flux(energy_mev, mcilwain_l, field_ratio, fluxes=None):
    places = np.atleast_1d(mcilwain_l).astype(float), np.atleast_1d(field_ratio).astype(float)
    found = trapped_flux_per_cm2_s(fluxes or made(), np.array([energy_mev]), *places)[0]
    return np.log10(np.maximum(found, 1.0))


def test_the_table_is_read():
    fluxes = made()
    assert fluxes.energy_mev.tolist() == [10.0, 20.0]
    _, low, high, _ = fluxes.lines[0]
    assert low.mcilwain_l == pytest.approx(1.2, abs=1e-3)
    assert low.field_ratio.tolist() == [1.0, 1.25, 1.75, 2.0]
    assert high.log_flux.tolist() == [4.0, 3.75, 3.5, 3.25]


def test_an_increment_of_zero_ends_a_line():
    (line,) = flux_map(words((1000, [(7, 2048, 3072, 512, 0, 512, 512)]))).lines[0]
    assert line.field_ratio.tolist() == [1.0, 1.25]
    assert line.log_flux.tolist() == [3.0, 2.75]


@pytest.mark.parametrize("given", [(), (1, 2, 3), (0, 4, 0, 0, 2048, 2048, 1024, 0, 1, 2), HEADER])
def test_what_is_no_table_is_refused(given):
    with pytest.raises(ValueError, match="expected the table of a trapped-particle model: eight words"):
        flux_map(given)


def test_tabulated_points_are_met():
    for line in made().lines[0][1:3]:
        found = log_flux(10.0, np.full(3, line.mcilwain_l), line.field_ratio[:3])
        np.testing.assert_allclose(found, line.log_flux[:3], atol=1e-9)


def test_between_lines_it_is_a_plane_in_l_and_phi():
    """Halfway along an edge of a triangle in (L, phi) the logarithm is the mean of its ends."""
    low, high = made().lines[0][1:3]
    shell = (low.mcilwain_l + high.mcilwain_l) / 2
    edge = (low.edge_field_ratio + high.edge_field_ratio) / 2 * shell**3
    phase = (low.phase_deg[1] + high.phase_deg[1]) / 2
    ratio = 1.0 + (edge - 1.0) * np.sin(np.radians(phase))
    assert log_flux(10.0, shell, ratio)[0] == pytest.approx((3.0 - 0.25 + 4.0 - 0.25) / 2, abs=1e-9)
    assert log_flux(10.0, shell, 1.0)[0] == pytest.approx(3.5, abs=1e-9)


def test_outside_there_is_nothing():
    shells, ratios = np.array([0.5, 1.3, 16.5, 1.3]), np.array([1.0, 50.0, 1.0, np.inf])
    assert log_flux(10.0, shells, ratios).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_energies_between_and_beyond():
    shell, ratio = made().lines[0][2].mcilwain_l, 1.5
    at = [log_flux(energy, shell, ratio)[0] for energy in (10.0, 15.0, 20.0, 30.0)]
    np.testing.assert_allclose(np.diff(at), [-0.25, -0.25, -0.5], atol=1e-9)


def test_beyond_the_hardest_particles_the_steeper_slope_counts():
    """Fluxes of 10^3.75, 10^0.75 and none: toward none, the slope before goes on, as in NSSDC's TRARA1."""
    soft = tuple((*line[:2], line[2] - 3072, *line[3:]) for line in (LOW, HIGH))
    none = ((3, LOW[1], 0), (3, HIGH[1], 0))
    lines = [(EMPTY, *two, OUTSIDE) for two in ((LOW, HIGH), soft, none)]
    fluxes = flux_map(words(*zip((1000, 2000, 10000), lines, strict=True)))
    shell = fluxes.lines[0][2].mcilwain_l
    at = [log_flux(energy, shell, 1.5, fluxes)[0] for energy in (10.0, 20.0, 21.0, 23.0)]
    np.testing.assert_allclose(at, [3.75, 0.75, 0.45, 0.0], atol=1e-9)
