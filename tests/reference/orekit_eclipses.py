"""Makes orekit_eclipses.json: edges of eclipses of Kepler orbits by Orekit 13.1.9 (orekit-jpype), run once.

    python -m venv /tmp/ok; /tmp/ok/bin/pip install orekit-jpype satkit satkit-data pyerfa   (and a Java 17)
    /tmp/ok/bin/python tests/reference/orekit_eclipses.py

No Orekit data are needed: TAI, GCRF, a Sun by DE440 through satkit, and an Earth whose axis is that of the
IAU 2006/2000A model at the epoch. Seconds after 2027-03-01 00:00 UTC, entries and exits in turn.
"""

import json
import math
from datetime import UTC, datetime
from pathlib import Path

GM_M3_S2, RADIUS_M, SUN_RADIUS_M = 3.986004418e14, 6_378_137.0, 6.957e8
SHAPES = {"sphere": 0.0, "ellipsoid": 1 / 298.257223563}
ORBITS = {  # a [m], e, and inclination, node, argument of perigee, true anomaly [deg]; days
    "iss": (6_798_137.0, 0.001, 51.6, 40.0, 30.0, 10.0, 1),
    "sso noon": (6_928_137.0, 0.0, 97.6, 340.0, 0.0, 0.0, 1),
    "short": (7_178_137.0, 0.001, 98.6, 43.0, 90.0, 0.0, 1),
    "molniya": (26_560_000.0, 0.72, 63.4, 200.0, 270.0, 0.0, 2),
}
EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def main() -> None:
    """Run Orekit and write the file."""
    import orekit_jpype

    orekit_jpype.initVM()
    import erfa
    import jpype
    import satkit
    import satkit_data
    from org.hipparchus.geometry.euclidean.threed import Rotation, Vector3D
    from org.orekit.bodies import OneAxisEllipsoid
    from org.orekit.frames import Frame, FramesFactory, Transform
    from org.orekit.orbits import KeplerianOrbit, PositionAngleType
    from org.orekit.propagation.analytical import KeplerianPropagator
    from org.orekit.propagation.events import EclipseDetector
    from org.orekit.propagation.events.handlers import RecordAndContinue
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import ExtendedPositionProvider, TimeStampedPVCoordinates

    satkit.utils.set_offline(True)
    satkit.utils.add_search_dir(str(Path(satkit_data.__file__).parent / "data"))
    begin, inertial = satkit.time.from_datetime(EPOCH), FramesFactory.getGCRF()
    date = AbsoluteDate(2027, 3, 1, 0, 0, 37.0, TimeScalesFactory.getTAI())

    @jpype.JImplements(ExtendedPositionProvider)
    class Sun:
        @jpype.JOverride
        def getPosition(self, when, frame):  # noqa: N802  as in Java
            instant = begin + satkit.duration.from_seconds(float(when.durationFrom(date)))
            place = satkit.jplephem.geocentric_pos(satkit.solarsystem.Sun, instant)
            vector = Vector3D(*(float(part) for part in place))
            return inertial.getTransformTo(frame, when).transformPosition(vector)

        @jpype.JOverride
        def getPVCoordinates(self, when, frame):  # noqa: N802
            return TimeStampedPVCoordinates(when, self.getPosition(when, frame), Vector3D.ZERO)

    matrix = erfa.pnm06a(2_461_465.5, 69.184 / 86_400)
    rows = jpype.JArray(jpype.JDouble, 2)([[float(part) for part in row] for row in matrix])
    axis = Frame(inertial, Transform(date, Rotation(rows, 1e-9)), "axis", True)
    edges = {}
    for name, (a, e, *angles, days) in ORBITS.items():
        i, node, perigee, anomaly = (math.radians(angle) for angle in angles)
        orbit = KeplerianOrbit(
            a, e, i, perigee, node, anomaly, PositionAngleType.TRUE, inertial, date, GM_M3_S2
        )
        for shape, flattening in SHAPES.items():
            for kind in ("umbra", "penumbra"):
                detector = EclipseDetector(Sun(), SUN_RADIUS_M, OneAxisEllipsoid(RADIUS_M, flattening, axis))
                detector = detector.withMaxCheck(20.0).withThreshold(1e-4)
                detector = detector.withUmbra() if kind == "umbra" else detector.withPenumbra()
                record = RecordAndContinue()
                propagator = KeplerianPropagator(orbit)
                propagator.addEventDetector(detector.withHandler(record))
                propagator.propagate(date, date.shiftedBy(86_400.0 * days))
                times = [float(one.getState().getDate().durationFrom(date)) for one in record.getEvents()]
                edges[f"{name}/{shape}/{kind}"] = [round(time, 3) for time in times]
    target = Path(__file__).with_suffix(".json")
    target.write_text(json.dumps(edges, separators=(",", ":")).replace(',"', ',\n"'), encoding="utf-8")


if __name__ == "__main__":
    main()
