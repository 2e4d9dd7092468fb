"""Orekit's Sun in the axes of a body held to nadir, over one orbit, as a table for tests/reference.

    python benchmarks/peers/orekit_incidence.py OREKIT_DATA > tests/reference/orekit/incidence.csv

Run by an interpreter with orekit-jpype and jpype1, on a folder made by orekit_data.py.
"""

import math
import sys

import orekit_jpype

orekit_jpype.initVM()

from java.io import File  # noqa: E402
from org.hipparchus.geometry.euclidean.threed import Vector3D  # noqa: E402
from org.orekit.attitudes import LofOffset  # noqa: E402
from org.orekit.bodies import CelestialBodyFactory  # noqa: E402
from org.orekit.data import DataContext, DirectoryCrawler  # noqa: E402
from org.orekit.frames import FramesFactory, LOFType  # noqa: E402
from org.orekit.orbits import KeplerianOrbit, PositionAngleType  # noqa: E402
from org.orekit.propagation.analytical import KeplerianPropagator  # noqa: E402
from org.orekit.time import AbsoluteDate, TimeScalesFactory  # noqa: E402

GM = 3.986004415e14


def main():
    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(sys.argv[1])))
    gcrf, sun = FramesFactory.getGCRF(), CelestialBodyFactory.getSun()
    begin = AbsoluteDate(2027, 3, 1, 0, 0, 0.0, TimeScalesFactory.getUTC())
    orbit = KeplerianOrbit(
        6_928_137.0, 1e-3, math.radians(97.6), 0.3, math.radians(142.0), 0.0, PositionAngleType.MEAN,
        gcrf, begin, GM,
    )  # fmt: skip
    flown = KeplerianPropagator(orbit, LofOffset(gcrf, LOFType.VVLH))
    print("# Orekit 13.1.9: LofOffset VVLH (x forward, y against the normal, z down), Sun by DE440, GCRF")
    print("elapsed_s,x_m,y_m,z_m,vx_m_s,vy_m_s,vz_m_s,sun_x,sun_y,sun_z")
    for step in range(49):
        state = flown.propagate(begin.shiftedBy(step * 120.0))
        pv = state.getPVCoordinates(gcrf)
        position, velocity = pv.getPosition(), pv.getVelocity()
        seen = sun.getPVCoordinates(state.getDate(), gcrf).getPosition().subtract(position).normalize()
        body = state.getAttitude().withReferenceFrame(gcrf).getRotation().applyTo(Vector3D(1.0, seen))
        parts = [position, velocity, body]
        numbers = [f"{value:.9g}" for part in parts for value in (part.getX(), part.getY(), part.getZ())]
        print(f"{step * 120.0:g},{','.join(numbers)}")


if __name__ == "__main__":
    main()
