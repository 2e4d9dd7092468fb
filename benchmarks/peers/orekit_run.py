"""Orekit's answers for tests/reference/orekit, and how long it takes for a day of all forces.

Run by an interpreter that has orekit-jpype and jpype1, with Java, on a folder made by orekit_data.py. With
--tables it writes one CSV per case of orekit_cases.py, the settings in its header; with --time it prints one
JSON line with the seconds of each run.
"""

import argparse
import csv
import json
import math
import time
from pathlib import Path

import jpype
import orekit_jpype
from orekit_cases import CASES, ECLIPSE_CASES, FRAME_EPOCHS, LEO, SSO

orekit_jpype.initVM()

from java.io import File  # noqa: E402
from org.hipparchus.geometry.euclidean.threed import Vector3D  # noqa: E402
from org.hipparchus.ode.nonstiff import DormandPrince853Integrator  # noqa: E402
from org.orekit.bodies import CelestialBody, CelestialBodyFactory, OneAxisEllipsoid  # noqa: E402
from org.orekit.data import DataContext, DirectoryCrawler  # noqa: E402
from org.orekit.forces.drag import DragForce, IsotropicDrag  # noqa: E402
from org.orekit.forces.gravity import (  # noqa: E402
    DeSitterRelativity,
    HolmesFeatherstoneAttractionModel,
    LenseThirringRelativity,
    Relativity,
    SolidTides,
    ThirdBodyAttraction,
)
from org.orekit.forces.gravity.potential import (  # noqa: E402
    CachedNormalizedSphericalHarmonicsProvider,
    GravityFieldFactory,
    ICGEMFormatReader,
    TideSystem,
)
from org.orekit.forces.radiation import (  # noqa: E402
    IsotropicRadiationSingleCoefficient,
    SolarRadiationPressure,
)
from org.orekit.frames import FramesFactory  # noqa: E402
from org.orekit.models.earth.atmosphere import NRLMSISE00  # noqa: E402
from org.orekit.models.earth.atmosphere.data import CssiSpaceWeatherData  # noqa: E402
from org.orekit.orbits import CartesianOrbit, OrbitType  # noqa: E402
from org.orekit.propagation import SpacecraftState  # noqa: E402
from org.orekit.propagation.events import EclipseDetector, EventsLogger  # noqa: E402
from org.orekit.propagation.events.handlers import ContinueOnEvent  # noqa: E402
from org.orekit.propagation.numerical import NumericalPropagator  # noqa: E402
from org.orekit.time import AbsoluteDate, TimeScalesFactory  # noqa: E402
from org.orekit.utils import IERSConventions, PVCoordinates  # noqa: E402

EARTH_RADIUS, FLATTENING, SUN_RADIUS = 6_378_137.0, 1 / 298.257223563, 6.957e8
TIGHT = (1e-8, 1e-11)  # m, m/s; ten times that moves the 70x70 case by 0.18 m in 7 days
DAY = 86_400.0
AP = {
    "3-hourly": "the history of 3-hourly Ap (switch 9 at -1)",
    "daily-mean": "the history of Ap with each day's mean in its eight slots (switch 9 at -1)",
    "daily-switch": "the day's mean Ap alone (switch 9 at 1, Orekit's default)",
}
SUN = {"mean": "mean Sun (UTC plus longitude)", "apparent": "true Sun (Orekit's own)"}


@jpype.JImplements("org.orekit.time.TimeVectorFunction")
class NoTide:
    """What is left out of the tides: five coefficients, or two of the pole."""

    @jpype.JOverride
    def value(self, date):
        """Nothing, of either."""
        return jpype.JArray(jpype.JDouble)([0.0] * 5)


@jpype.JImplements("org.orekit.utils.ExtendedPositionProvider")
class MeanSun:
    """A Sun at 12 h minus UTC from Greenwich, so that local time is UTC plus longitude."""

    def __init__(self, setting):
        self.setting = setting

    @jpype.JOverride
    def getPosition(self, date, frame):  # noqa: N802
        """On the equator of date."""
        day = date.getComponents(self.setting.utc).getTime().getSecondsInUTCDay()
        angle = math.pi - 2 * math.pi * float(day) / DAY
        fixed = Vector3D(1.5e11 * math.cos(angle), 1.5e11 * math.sin(angle), 0.0)
        turned = self.setting.fixed.getStaticTransformTo(frame, date)
        return turned.transformPosition(fixed)


class Setting:
    """Frames, bodies and the field, once."""

    def __init__(self, folder):
        DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder))))
        GravityFieldFactory.addPotentialCoefficientsReader(ICGEMFormatReader("EGM2008_120.gfc", False))
        self.utc = TimeScalesFactory.getUTC()
        self.inertial = FramesFactory.getGCRF()
        # all of the IERS 2010 conventions, with the tides of the pole and of UT1
        self.fixed = FramesFactory.getITRF(IERSConventions.IERS_2010, False)
        self.sun, self.moon = CelestialBodyFactory.getSun(), CelestialBodyFactory.getMoon()
        self.sphere = OneAxisEllipsoid(EARTH_RADIUS, 0.0, self.fixed)
        self.ellipsoid = OneAxisEllipsoid(EARTH_RADIUS, FLATTENING, self.fixed)
        self.weather = CssiSpaceWeatherData("SpaceWeather-All-v1.2.txt")
        self.daily_weather = CssiSpaceWeatherData("SpaceWeather-daily-mean.txt")

    def full_tides(self, field):
        """Solid tides of the IERS 2010 conventions: steps 1 and 2, and the pole's."""
        ut1 = TimeScalesFactory.getUT1(IERSConventions.IERS_2010, False)
        system, convention = TideSystem.TIDE_FREE, IERSConventions.IERS_2010
        return SolidTides(
            self.fixed, field.getAe(), field.getMu(), system, convention, ut1, self.sun, self.moon
        )

    def tides_of_step_1(self, field):
        """The part that does not depend on the frequency; Orekit keeps the class to itself."""
        convention = IERSConventions.IERS_2010
        (constructor,) = (
            jpype.JClass("java.lang.Class")
            .forName("org.orekit.forces.gravity.SolidTidesField")
            .getDeclaredConstructors()
        )
        constructor.setAccessible(True)
        bodies = jpype.JArray(CelestialBody)([self.sun, self.moon])
        boxed = [jpype.JDouble(x) for x in (convention.getPermanentTide(), field.getAe(), field.getMu())]
        none = NoTide()
        tide = constructor.newInstance(
            convention.getLoveNumbers(),
            none,
            boxed[0],
            none,
            self.fixed,
            *boxed[1:],
            TideSystem.TIDE_FREE,
            bodies,
        )
        # as SolidTides has it: every 600 s, 12 points
        cached = CachedNormalizedSphericalHarmonicsProvider(tide, 600.0, 12, 30, 7 * DAY, 7 * DAY)
        return HolmesFeatherstoneAttractionModel(self.fixed, cached)

    def gravity(self, forces, full_tides):
        """The force models of gravity, tides and relativity, and the field's GM."""
        degree = forces["gravity_degree"]
        field = GravityFieldFactory.getNormalizedProvider(degree, degree)
        gm, models = field.getMu(), [HolmesFeatherstoneAttractionModel(self.fixed, field)]
        models += [ThirdBodyAttraction(body) for body in (self.sun, self.moon)]
        if forces["solid_tides"]:
            models.append(self.full_tides(field) if full_tides else self.tides_of_step_1(field))
        if forces["relativity"]:
            models += [Relativity(gm), LenseThirringRelativity(gm, self.fixed)]
            models.append(DeSitterRelativity())
        return gm, models

    def air(self, case):
        """NRLMSISE-00 with the case's Ap and local time."""
        weather = self.daily_weather if case.ap == "daily-mean" else self.weather
        sun = MeanSun(self) if case.local_time == "mean" else self.sun
        air = NRLMSISE00(weather, sun, self.ellipsoid)
        return air if case.ap == "daily-switch" else air.withSwitch(9, -1)

    def surface(self, case):
        """The force models of air and sunlight."""
        forces, models = case.all_forces, []
        if forces["drag_area_m2"]:
            air = self.air(case)
            models.append(DragForce(air, IsotropicDrag(forces["drag_area_m2"], forces["drag_coefficient"])))
        if forces["radiation_area_m2"]:
            body = IsotropicRadiationSingleCoefficient(
                forces["radiation_area_m2"], forces["reflectivity_coefficient"]
            )
            models.append(SolarRadiationPressure(self.sun, self.sphere, body))
        return models

    def propagator(self, case, tolerance):
        """DP853 in Cartesian elements with these absolute tolerances of position and velocity."""
        absolute = [tolerance[0]] * 3 + [tolerance[1]] * 3
        integrator = DormandPrince853Integrator(1e-3, 3600.0, [*absolute, 1e-6], [1e-15] * 7)
        integrator.setInitialStepSize(10.0)
        gm, models = self.gravity(case.all_forces, case.full_tides)
        propagator = NumericalPropagator(integrator)
        propagator.setOrbitType(OrbitType.CARTESIAN)
        for model in models + self.surface(case):
            propagator.addForceModel(model)
        start = PVCoordinates(Vector3D(*case.start[:3]), Vector3D(*case.start[3:]))
        orbit = CartesianOrbit(start, self.inertial, self.date(case.epoch), gm)
        state = SpacecraftState(orbit)
        propagator.setInitialState(state.withMass(case.all_forces["mass_kg"]))
        return propagator

    def date(self, text):
        """UTC."""
        return AbsoluteDate(text, self.utc)


def numbers(pv):
    """Position and velocity."""
    both = pv.getPosition(), pv.getVelocity()
    return [float(part) for vector in both for part in (vector.getX(), vector.getY(), vector.getZ())]


def heading(lines):
    """What every table says first."""
    version = "Orekit 13.1.9"
    return [f"# {version} (orekit-jpype 13.1.9.0), by benchmarks/peers/orekit_run.py", *lines]


def write(path, lines, columns, rows):
    """One table."""
    with path.open("w", newline="") as file:
        file.write("\n".join(heading(lines)) + "\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def trajectory(setting, name, case, folder):
    """States every few hours."""
    propagator = setting.propagator(case, TIGHT)
    begin, rows = setting.date(case.epoch), []
    for step in range(round(case.days * 24 / case.step_hours) + 1):
        elapsed = step * case.step_hours * 3600
        state = propagator.propagate(begin.shiftedBy(elapsed))
        found = numbers(state.getPVCoordinates(setting.inertial))
        rows.append([elapsed, *(f"{x:.6f}" for x in found[:3]), *(f"{x:.11f}" for x in found[3:])])
    lines = [
        "# DormandPrince853, Cartesian, absolute tolerance 1e-8 m and 1e-11 m/s; GCRF",
        "# EGM2008 (tide-free, ICGEM's file as brahe 1.8.0 carries it), Sun and Moon by DE440, ITRF by the",
        "# IERS 2010 conventions with all tides of the pole and UT1, from finals2000A",
    ]
    if case.forces.get("solid_tides"):
        parts = "steps 1 and 2 and the pole's" if case.full_tides else "step 1 alone, anelastic"
        lines.append(f"# solid tides of the IERS 2010 conventions, {parts}; no ocean tides")
    if case.forces.get("relativity"):
        lines.append("# Schwarzschild, Lense-Thirring and de Sitter terms")
    if case.forces.get("radiation_area_m2"):
        lines.append("# cannonball, 4.56e-6 N/m2 at 149597870 km, conical shadow of a sphere of 6378.137 km")
    if case.forces.get("drag_area_m2"):
        lines.append(
            f"# NRLMSISE-00, {AP[case.ap]}, local time of the {SUN[case.local_time]}; the air turns rigidly"
        )
        lines.append(
            "# F10.7 observed, of the day before and over 81 days; CelesTrak's SW-All of satkit-data 0.9.0"
        )
    lines += [f"# epoch_utc: {case.epoch}", f"# forces: {json.dumps(case.all_forces)}"]
    columns = ["elapsed_s", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s"]
    write(folder / f"{name}.csv", lines, columns, rows)


def eclipses(setting, name, days, folder):
    """Every edge of umbra and penumbra, for a sphere and for the ellipsoid."""
    case, rows = CASES[name], []
    for shape, earth in (("sphere", setting.sphere), ("ellipsoid", setting.ellipsoid)):
        propagator, logger = setting.propagator(case, TIGHT), EventsLogger()
        for detector in (
            EclipseDetector(setting.sun, SUN_RADIUS, earth).withUmbra(),
            EclipseDetector(setting.sun, SUN_RADIUS, earth).withPenumbra(),
        ):
            kind = "umbra" if detector.getTotalEclipse() else "penumbra"
            found = EventsLogger()
            fine = detector.withMaxCheck(30.0).withThreshold(1e-6).withHandler(ContinueOnEvent())
            propagator.addEventDetector(found.monitorDetector(fine))
            rows.append((shape, kind, found))
        begin = setting.date(case.epoch)
        propagator.propagate(begin.shiftedBy(days * DAY))
        del logger
    table = []
    for shape, kind, found in rows:
        for event in found.getLoggedEvents():
            elapsed = float(event.getState().getDate().durationFrom(setting.date(case.epoch)))
            table.append([shape, kind, "exit" if event.isIncreasing() else "entry", f"{elapsed:.5f}"])
    lines = [
        f"# EclipseDetector to 1e-6 s on the trajectory of {name}.csv over {days:g} days",
        "# Earth 6378.137 km, Sun 695700 km; sphere, or ellipsoid flattened by 1/298.257223563",
        "# geometric positions, no light time, no air",
    ]
    write(folder / f"eclipses_{name}.csv", lines, ["earth", "shadow", "edge", "elapsed_s"], table)


def frames(setting, folder):
    """The same states in GCRF, ITRF and TEME."""
    rows = []
    for epoch in FRAME_EPOCHS:
        date = setting.date(epoch)
        for start in (LEO, SSO):
            pv = PVCoordinates(Vector3D(*start[:3]), Vector3D(*start[3:]))
            rows.append([epoch, "GCRF", *(f"{x:.8f}" for x in start)])
            for frame, name in (
                (setting.fixed, "ITRF"),
                (FramesFactory.getITRF(IERSConventions.IERS_2010, True), "ITRF-simple"),
                (FramesFactory.getTEME(), "TEME"),
            ):
                turned = setting.inertial.getTransformTo(frame, date).transformPVCoordinates(pv)
                rows.append([epoch, name, *(f"{x:.8f}" for x in numbers(turned))])
    lines = [
        "# IERS 2010 conventions, CIO-based, finals2000A of astropy-iers-data;",
        "# ITRF with the tides of the pole and UT1, ITRF-simple without; TEME without pole offsets",
    ]
    columns = ["epoch_utc", "frame", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s"]
    write(folder / "frames.csv", lines, columns, rows)


def tables(setting, folder, only):
    """All of them, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        if not only or name in only:
            trajectory(setting, name, case, folder)
    if not only or "eclipses" in only:
        for name, days in ECLIPSE_CASES.items():
            eclipses(setting, name, days, folder)
    if not only or "frames" in only:
        frames(setting, folder)


def timed(setting, repeats, tolerance):
    """Seconds of one day of all forces, each run with a propagator of its own."""
    case, seconds = CASES["leo_all_forces"], []
    for _ in range(repeats + 3):  # the first few warm the virtual machine
        begun = time.perf_counter()
        setting.propagator(case, tolerance).propagate(setting.date(case.epoch).shiftedBy(DAY))
        seconds.append(time.perf_counter() - begun)
    return seconds[3:]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder made by orekit_data.py")
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--time", type=int, metavar="REPEATS")
    arguments = parser.parse_args()
    setting = Setting(arguments.data)
    if arguments.tables:
        tables(setting, arguments.tables, arguments.only)
    if arguments.time:
        coarse, fine = (
            timed(setting, arguments.time, (1e-4, 1e-7)),
            timed(setting, arguments.time, (1e-5, 1e-8)),
        )
        print(json.dumps({"coarse_s": coarse, "fine_s": fine}))


if __name__ == "__main__":
    main()
