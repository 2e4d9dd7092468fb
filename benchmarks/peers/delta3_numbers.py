"""The Delta III ascent in numbers, for codes that know nothing of launch vehicles.

Benson, D., A Gauss Pseudospectral Transcription for Optimal Control, PhD thesis, MIT 2005, as in the
shared ascent_benchmarks.md section 1. SI units.
"""

import math
from dataclasses import dataclass

import numpy as np

MU, EARTH_RADIUS, EARTH_RATE, GRAVITY = 3.986012e14, 6378145.0, 7.29211585e-5, 9.80665
DENSITY, SCALE_HEIGHT = 1.225, 7200.0
DRAG_AREA = 0.5 * 4 * math.pi
LATITUDE = math.radians(28.5)
PAD = np.array([EARTH_RADIUS * math.cos(LATITUDE), 0.0, EARTH_RADIUS * math.sin(LATITUDE)])
PAD_VELOCITY = np.array([0.0, EARTH_RATE * PAD[0], 0.0])
# semi-major axis, eccentricity, inclination, node and argument of perigee
AXIS, ECCENTRICITY = 24361140.0, 0.7308
INCLINATION_DEG, NODE_DEG, PERIGEE_DEG = 28.5, 269.8, 130.5
PAYLOAD = 4164.0


@dataclass(frozen=True)
class Motor:
    """Boosters or a stage; masses, thrust and burn time of one."""

    gross: float
    propellant: float
    thrust: float
    burn: float

    @property
    def flow(self):
        """Propellant per second."""
        return self.propellant / self.burn

    @property
    def dry(self):
        """Mass without propellant."""
        return self.gross - self.propellant


BOOSTER = Motor(19290.0, 17010.0, 628500.0, 75.2)
FIRST = Motor(104380.0, 95550.0, 1083100.0, 261.0)
SECOND = Motor(19300.0, 16820.0, 110094.0, 700.0)


@dataclass(frozen=True)
class Phase:
    """Between two separations; the last may end before its propellant does."""

    begins: float
    ends: float
    thrust: float
    flow: float
    first_mass: float
    drop: float  # after it

    @property
    def last_mass(self):
        """When it ends, before the drop."""
        return self.first_mass - self.flow * (self.ends - self.begins)


def phases():
    """Six boosters and stage 1, three more and stage 1, stage 1, stage 2."""
    times = (0.0, BOOSTER.burn, 2 * BOOSTER.burn, FIRST.burn, FIRST.burn + SECOND.burn)
    lit = ((BOOSTER, 6, FIRST), (BOOSTER, 3, FIRST), (BOOSTER, 0, FIRST), (BOOSTER, 0, SECOND))
    drops = (6 * BOOSTER.dry, 3 * BOOSTER.dry, FIRST.dry, 0.0)
    mass = 9 * BOOSTER.gross + FIRST.gross + SECOND.gross + PAYLOAD
    table = []
    for k, (booster, count, stage) in enumerate(lit):
        thrust, flow = count * booster.thrust + stage.thrust, count * booster.flow + stage.flow
        table.append(Phase(times[k], times[k + 1], thrust, flow, mass, drops[k]))
        mass = table[-1].last_mass - drops[k]
    return table


def state_at_perigee():
    """Position and velocity at the perigee of the target orbit."""
    node, perigee, tilt = (math.radians(a) for a in (NODE_DEG, PERIGEE_DEG, INCLINATION_DEG))
    toward_node = np.array([math.cos(node), math.sin(node), 0.0])
    ahead = np.array([-math.sin(node) * math.cos(tilt), math.cos(node) * math.cos(tilt), math.sin(tilt)])
    direction = math.cos(perigee) * toward_node + math.sin(perigee) * ahead
    along = math.cos(perigee) * ahead - math.sin(perigee) * toward_node
    parameter = AXIS * (1 - ECCENTRICITY**2)
    speed = math.sqrt(MU / parameter) * (1 + ECCENTRICITY)
    return AXIS * (1 - ECCENTRICITY) * direction, speed * along
