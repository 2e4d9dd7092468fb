"""What Orekit is asked for in tests/reference/orekit: starts, forces and lengths, by the names of the files.

Positions [m] and velocities [m/s] in GCRF. The forces carry the names of cosmodrome's `Forces`.
"""

import math
from dataclasses import dataclass, field

GM, RADIUS = 3.986004418e14, 6_378_137.0
GRAVITY_20 = {"gravity_degree": 20, "sun": True, "moon": True, "solid_tides": False, "relativity": False}
GRAVITY_70 = {"gravity_degree": 70, "sun": True, "moon": True, "solid_tides": True, "relativity": True}
DRAG = GRAVITY_20 | {"drag_area_m2": 1.0}
ALL = {"drag_area_m2": 1.0, "radiation_area_m2": 1.0, "solid_tides": True, "relativity": True}
SATELLITE = {"mass_kg": 100.0, "drag_coefficient": 2.2, "reflectivity_coefficient": 1.3}


def state_at_perigee(perigee_km, apogee_km, inclination_deg, raan_deg, argument_deg=0.0):
    """Keplerian state of a conic about a point mass of WGS-84's GM; only a start, so any conic does."""
    near, far = RADIUS + perigee_km * 1e3, RADIUS + apogee_km * 1e3
    speed = math.sqrt(2 * GM * far / (near * (near + far)))
    tilt, node, argument = (math.radians(angle) for angle in (inclination_deg, raan_deg, argument_deg))

    def turned(x, y):
        x, y = (
            x * math.cos(argument) - y * math.sin(argument),
            x * math.sin(argument) + y * math.cos(argument),
        )
        y, z = y * math.cos(tilt), y * math.sin(tilt)
        return [x * math.cos(node) - y * math.sin(node), x * math.sin(node) + y * math.cos(node), z]

    return turned(near, 0.0) + turned(0.0, speed)


@dataclass(frozen=True)
class Case:
    """One trajectory.

    `ap` tells what NRLMSISE-00 takes: the history of 3-hourly values, the same with each day's mean in its
    slots, or, by its switch, the day's mean alone. Its local solar time is the mean or the true Sun's.
    `full_tides` adds step 2 of the solid tides and the pole's.
    """

    start: list
    forces: dict
    days: float
    epoch: str = "2024-01-01T00:00:00"
    ap: str = "3-hourly"
    local_time: str = "mean"
    step_hours: float = 6.0
    full_tides: bool = False
    satellite: dict = field(default_factory=lambda: SATELLITE)

    @property
    def all_forces(self):
        """With the satellite; an area that no force names is zero, and tables of Ap follow the convention."""
        convention = "3-hourly" if self.ap == "3-hourly" else "daily-mean"
        areas = {"drag_area_m2": 0.0, "radiation_area_m2": 0.0, "ap_convention": convention}
        return areas | self.satellite | self.forces


LEO = state_at_perigee(500, 500, 51.7, 30.0)
SSO = state_at_perigee(700, 700, 98.19, 120.0, 45.0)
TRANSFER = state_at_perigee(300, 35_786, 27.0, 200.0, 178.0)
LOW = state_at_perigee(400, 400, 51.6, 75.0)

CASES = {
    "leo_gravity_sun_moon": Case(LEO, GRAVITY_20, 7.0),
    "sso_gravity_70": Case(SSO, GRAVITY_70 | {"solid_tides": False, "relativity": False}, 7.0),
    "sso_gravity_70_relativity": Case(SSO, GRAVITY_70 | {"solid_tides": False}, 7.0),
    "sso_gravity_70_tides": Case(SSO, GRAVITY_70 | {"relativity": False}, 7.0),
    "sso_gravity_70_full_tides": Case(SSO, GRAVITY_70 | {"relativity": False}, 7.0, full_tides=True),
    "transfer_gravity_sun_moon": Case(TRANSFER, GRAVITY_20, 7.0, epoch="2025-03-20T06:30:00"),
    "leo_radiation": Case(LEO, GRAVITY_20 | {"radiation_area_m2": 1.0}, 7.0),
    "transfer_radiation": Case(
        TRANSFER, GRAVITY_20 | {"radiation_area_m2": 2.0}, 7.0, epoch="2025-03-20T06:30:00"
    ),
    "low_gravity_sun_moon": Case(LOW, GRAVITY_20, 3.0),
    "low_drag_3_hourly": Case(LOW, DRAG, 3.0),
    "low_drag_daily_mean": Case(LOW, DRAG, 3.0, ap="daily-mean"),
    "low_drag_storm": Case(LOW, DRAG, 1.0, epoch="2024-05-10T12:00:00", step_hours=3.0),
    "low_drag_apparent_time": Case(LOW, DRAG, 3.0, local_time="apparent"),
    "low_drag_daily_switch": Case(LOW, DRAG, 3.0, ap="daily-switch"),
    "leo_all_forces": Case(LEO, GRAVITY_20 | ALL, 7.0, local_time="apparent"),
}
ECLIPSE_CASES = {"leo_gravity_sun_moon": 1.0, "sso_gravity_70": 1.0, "transfer_gravity_sun_moon": 2.0}
FRAME_EPOCHS = (
    "2021-06-15T03:00:00",
    "2023-10-07T15:21:33",
    "2024-01-01T00:00:00",
    "2024-07-19T21:45:10",
    "2025-11-30T11:59:59",
)
