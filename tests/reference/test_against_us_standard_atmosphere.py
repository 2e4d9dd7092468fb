"""Air against table I of the US Standard Atmosphere 1976 (NOAA-S/T 76-1562), geometric altitude.

The rows were written down from memory of the publication, which could not be opened here; the layer equations
reproduce every one of them to five digits.

The splines pass within 0.5 % of the standard's pressure and 1.2 % of its density below 86 km, and through the
table's rows above; ascents do not feel a percent of density. Speed of sound ends at 86 km in the standard.
"""

import numpy as np
import pytest

from cosmodrome.physics.atmosphere import us_standard_1976, us_standard_1976_below_86_km

# altitude [m], pressure [Pa], density [kg/m3], speed of sound [m/s]
LOWER = (
    (0, 1.01325e5, 1.2250, 340.29),
    (1000, 8.9876e4, 1.1117, 336.43),
    (5000, 5.4048e4, 7.3643e-1, 320.55),
    (10000, 2.6500e4, 4.1351e-1, 299.53),
    (20000, 5.5293e3, 8.8910e-2, 295.07),
    (30000, 1.1970e3, 1.8410e-2, 301.71),
    (40000, 2.8714e2, 3.9957e-3, 317.19),
    (50000, 7.9779e1, 1.0269e-3, 329.80),
    (60000, 2.1958e1, 3.0968e-4, 315.07),
    (70000, 5.2209, 8.2829e-5, 297.06),
    (80000, 1.0524, 1.8458e-5, 282.54),
)
UPPER = ((100e3, 3.2011e-2, 5.604e-7), (120e3, 2.5382e-3, 2.222e-8), (140e3, 7.2028e-4, 3.831e-9))


@pytest.mark.parametrize("row", LOWER, ids=lambda row: f"{row[0]} m")
def test_layer_equations(row):
    """To the table's own five digits."""
    pressure, density = us_standard_1976_below_86_km(np.array([float(row[0])]))
    assert pressure[0] == pytest.approx(row[1], rel=1e-4)
    assert density[0] == pytest.approx(row[2], rel=1e-4)


@pytest.mark.parametrize("row", LOWER, ids=lambda row: f"{row[0]} m")
def test_smooth_air_below_86_km(row):
    air = us_standard_1976().air(float(row[0]))
    assert float(air.pressure_pa) == pytest.approx(row[1], rel=0.005)
    assert float(air.density_kg_m3) == pytest.approx(row[2], rel=0.012)
    assert float(air.speed_of_sound_m_s) == pytest.approx(row[3], rel=0.007)


@pytest.mark.parametrize("row", UPPER, ids=lambda row: f"{row[0]:.0f} m")
def test_smooth_air_above_86_km(row):
    """140 km is not a knot: it shows the interpolation between rows."""
    air = us_standard_1976().air(row[0])
    assert float(air.pressure_pa) == pytest.approx(row[1], rel=0.02)
    assert float(air.density_kg_m3) == pytest.approx(row[2], rel=0.02)


def test_below_the_sea_the_lowest_layer_goes_on():
    """Table I at -1000 m: 1.1393e5 Pa, 1.3470 kg/m3 (recalled, not read again); half the last digit."""
    pressure, density = us_standard_1976_below_86_km(np.array([-1000.0, -1e-6, 0.0]))
    assert pressure[0] == pytest.approx(1.1393e5, abs=5.0)
    assert density[0] == pytest.approx(1.3470, abs=5e-5)
    assert pressure[1] == pytest.approx(pressure[2], rel=1e-9)
