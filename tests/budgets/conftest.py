"""A synthetic orbit and a small satellite, built by hand so that closed forms hold."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.models.satellite import Satellite

EPOCH = datetime(2027, 3, 20, tzinfo=UTC)


@dataclass(frozen=True)
class SyntheticOrbit:
    """What budgets read of an ephemeris: a circle, a Sun at 1 au and a cylindrical shadow."""

    epoch: datetime
    elapsed_s: np.ndarray
    position_m: np.ndarray
    velocity_m_s: np.ndarray
    sun_direction: np.ndarray
    sun_distance_m: np.ndarray

    @property
    def illumination_ratio(self):
        along = np.einsum("ij,ij->i", self.position_m, self.sun_direction)
        across = np.linalg.norm(self.position_m - along[:, None] * self.sun_direction, axis=1)
        return 1.0 - ((along < 0) & (across < EARTH_EQUATORIAL_RADIUS_M))


def _circular_orbit(altitude_km=700.0, beta_deg=0.0, orbits=15, steps_per_orbit=400):
    radius = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    period = 2 * math.pi * math.sqrt(radius**3 / EARTH_GM_M3_S2)
    elapsed = np.linspace(0, orbits * period, orbits * steps_per_orbit + 1)
    angle = 2 * math.pi * elapsed / period
    zero = np.zeros_like(angle)
    beta = math.radians(beta_deg)
    sun = np.tile([math.cos(beta), 0.0, math.sin(beta)], (len(angle), 1))
    speed = math.sqrt(EARTH_GM_M3_S2 / radius)
    return SyntheticOrbit(
        epoch=EPOCH,
        elapsed_s=elapsed,
        position_m=radius * np.stack([np.cos(angle), np.sin(angle), zero], axis=1),
        velocity_m_s=speed * np.stack([-np.sin(angle), np.cos(angle), zero], axis=1),
        sun_direction=sun,
        sun_distance_m=np.full(len(angle), ASTRONOMICAL_UNIT_M),
    )


@pytest.fixture
def circular_orbit():
    return _circular_orbit


@pytest.fixture
def small_satellite():
    def build(**changes):
        description = {
            "name": "small",
            "components": [
                {"name": "bus", "mass_kg": 40, "power_w": 30, "maturity": "off-the-shelf"},
                {"name": "camera", "mass_kg": 20, "power_w": 40, "maturity": "modified"},
                {"name": "radio", "mass_kg": 2, "power_w": 25, "count": 2},
            ],
            "modes": [
                {"name": "idle", "components": ["bus"]},
                {
                    "name": "imaging",
                    "when": "sunlit",
                    "duty_fraction": 0.2,
                    "components": ["camera"],
                    "data_rate_mbit_s": 50,
                },
                {"name": "downlink", "when": "over-station", "components": ["radio"]},
            ],
            "solar_array": {"area_m2": 0.6, "cell_efficiency_ratio": 0.29},
            "battery": {"capacity_wh": 200},
            "transmitter": {
                "component": "radio",
                "frequency_mhz": 8200,
                "rf_power_dbw": 3,
                "antenna_gain_dbi": 6,
                "data_rate_mbit_s": 100,
                "required_eb_n0_db": 4,
            },
            "drag_area_m2": 0.8,
        }
        return Satellite.model_validate(description | changes)

    return build
