"""Ballard (1980), IEEE Trans. AES-16, 656: rosettes that cover the Earth once, their largest range.

satellite_examples S-45. A rosette (N, P, m) with P = N planes is the Walker delta pattern N/N/m. Its largest
range is the central angle from the worst-placed point to its nearest satellite, at the worst instant.
"""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.constellation import walker_delta
from cosmodrome.orbit.coverage import SensorLimits, coverage
from cosmodrome.orbit.ground_grid import fibonacci_grid
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian

ROSETTES = [  # N, m, inclination deg, largest range deg
    (5, 1, 43.66, 69.15),
    (6, 4, 53.13, 66.42),
    (8, 6, 61.86, 56.52),
    (11, 4, 53.79, 47.62),
]


def directions(fleet, phase_rad):
    return np.array(
        [
            cartesian_from_keplerian(
                KeplerianElements(
                    one.semi_major_axis_m, 0.0, one.inclination_rad, one.raan_rad, 0.0,
                    one.true_anomaly_rad + phase_rad,
                )
            )[0]
            for one in fleet
        ]
    ) / fleet[0].semi_major_axis_m  # fmt: skip


@pytest.mark.parametrize(("total", "harmonic", "inclination_deg", "range_deg"), ROSETTES)
def test_largest_range(total, harmonic, inclination_deg, range_deg):
    # 0.5 deg: the points are 1.3 deg apart (10,000), so the worst of them is up to 0.2 deg nearer
    fleet = walker_delta(total, total, harmonic, 20_000.0, inclination_deg)
    grid = fibonacci_grid(10_000)
    level, east = np.radians(grid.latitude_deg), np.radians(grid.longitude_deg)
    points = np.column_stack((np.cos(level) * np.cos(east), np.cos(level) * np.sin(east), np.sin(level)))
    worst = min(
        float((points @ directions(fleet, phase).T).max(axis=1).min())
        for phase in np.linspace(0, 2 * np.pi, 120)
    )
    assert math.degrees(math.acos(worst)) == pytest.approx(range_deg, abs=0.5)


@pytest.mark.parametrize(("total", "harmonic", "inclination_deg", "range_deg"), ROSETTES[1:3])
@pytest.mark.parametrize("margin_deg", [-0.8, 0.5])
def test_cover_is_continuous_just_above_the_range(total, harmonic, inclination_deg, range_deg, margin_deg):
    # from the altitude whose horizon lies at the range: all is seen all the time with 0.5 deg more, which
    # leaves 0.2 deg for the ellipsoid's verticals, and not with 0.8 deg less
    altitude_km = EARTH_EQUATORIAL_RADIUS_M / 1e3 * (1 / math.cos(math.radians(range_deg + margin_deg)) - 1)
    fleet = walker_delta(total, total, harmonic, altitude_km, inclination_deg)
    found = coverage(fleet, fibonacci_grid(2000), SensorLimits(), datetime(2027, 1, 1, tzinfo=UTC), 1.0)
    assert (found.revisit.access_fraction.min() > 1 - 1e-9) == (margin_deg > 0)
