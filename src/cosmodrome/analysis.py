"""A mission from its file to its verdict: each line one stage, each result passed on by name."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from cosmodrome.ascent.capability import PayloadCapability, payload_capability
from cosmodrome.ascent.result import Ascent
from cosmodrome.budgets.areas import flown_areas, mission_forces
from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.disposal import DisposalBudget, end_of_life_budgets
from cosmodrome.budgets.dose import mission_belts
from cosmodrome.budgets.energy import runs_alike
from cosmodrome.budgets.mass import MassBudget, mission_mass_budget
from cosmodrome.budgets.performance import target_opportunities
from cosmodrome.budgets.totals import Budgets, Known, satellite_budgets
from cosmodrome.injection import InjectionState, injection_state
from cosmodrome.models.components import Component
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass, station_passes
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.operations.tracking import PassTrack, highest_passes, pass_track
from cosmodrome.orbit.eclipses import BetaHistory, Eclipse, beta_angle, eclipses
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.ground_track import GroundTrack, ground_track
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.radiation_belts import BeltSpectra
from cosmodrome.orbit.seasons import Seasons, mission_seasons
from cosmodrome.orbit.target_state import target_state
from cosmodrome.verdict.check import Verdict
from cosmodrome.verdict.closing import with_closings
from cosmodrome.verdict.mission import mission_verdict
from cosmodrome.verdict.stated import StatedFigure, stated_figures
from cosmodrome.window import SEARCH_DAYS, LaunchWindow, WindowLimits, launch_windows

SPAN_DAYS = SEARCH_DAYS  # of launch windows searched and of orbit propagated
_ALIKE_RATIO = 1e-3  # of areas and masses: decay is known to 15 %
TRACK_STEP_S = 5.0  # along the highest pass of each station
SAMPLE_STEP_S = 60.0  # of the ephemeris; between samples it is interpolated to better than a meter


@dataclass(frozen=True, slots=True)
class StageTiming:
    """How long one stage of the analysis took."""

    stage: str
    seconds_s: float


@dataclass(frozen=True, slots=True)
class OrbitHistory:
    """The first month in orbit and what is seen from the ground."""

    injection: InjectionState
    ephemeris: Ephemeris
    eclipses: tuple[Eclipse, ...]
    beta: BetaHistory
    track: GroundTrack
    passes: tuple[Pass, ...]
    end_of_life: tuple[DisposalBudget, DeltaVBudget | None]
    pass_tracks: tuple[PassTrack, ...] = ()
    seasons: Seasons | None = None
    opportunities: tuple[TargetAccess, ...] = ()  # over the targets of the mission file
    belts: BeltSpectra | None = None


@dataclass(frozen=True, slots=True)
class MissionResult:
    """Everything an analysis found; orbit and budgets are None where there is nothing to put there."""

    mission: Mission
    verdict: Verdict
    capability: PayloadCapability
    windows: tuple[LaunchWindow, ...]
    orbit: OrbitHistory | None
    budgets: Budgets | None
    timings: tuple[StageTiming, ...]
    stated: tuple[StatedFigure, ...] = ()  # figures of documents beside the computed ones

    @property
    def ascent(self) -> Ascent:
        """The ascent that lifts most."""
        return self.capability.ascent

    @property
    def injection(self) -> InjectionState | None:
        """State at cut-off, lifted off in the first window."""
        return self.orbit.injection if self.orbit else None

    @property
    def ephemeris(self) -> Ephemeris | None:
        """The first month in orbit."""
        return self.orbit.ephemeris if self.orbit else None

    @property
    def eclipses(self) -> tuple[Eclipse, ...]:
        """Eclipses of that month."""
        return self.orbit.eclipses if self.orbit else ()

    @property
    def beta(self) -> BetaHistory | None:
        """Angle between the Sun and the orbit plane over that month."""
        return self.orbit.beta if self.orbit else None

    @property
    def track(self) -> GroundTrack | None:
        """Ground track of that month."""
        return self.orbit.track if self.orbit else None

    @property
    def passes(self) -> tuple[Pass, ...]:
        """Passes over the stations in that month."""
        return self.orbit.passes if self.orbit else ()

    @property
    def pass_tracks(self) -> tuple[PassTrack, ...]:
        """What each station sees along its highest pass."""
        return self.orbit.pass_tracks if self.orbit else ()

    def judged(self, mission: Mission) -> Verdict:
        """The verdict on a changed mission in this one's orbit, with this one's ascent and windows."""
        if self.orbit is None:
            return mission_verdict(mission, self.capability, None, self.windows)
        same_fall = _falls_alike(mission, self.mission)
        orbit = self.orbit
        energy = self.budgets if runs_alike(mission, self.mission) else None
        known = Known(
            orbit.end_of_life if same_fall else None,
            orbit.seasons,
            (energy.power, energy.thermal) if energy is not None else None,
            orbit.opportunities,
            orbit.belts,
        )
        budgets = satellite_budgets(mission, orbit.ephemeris, orbit.passes, known)
        return mission_verdict(mission, self.capability, budgets, self.windows)

    def __repr__(self) -> str:
        return f"<MissionResult {self.mission.name}: {self.verdict!r}>"


def _falls_alike(one: Mission, other: Mission) -> bool:
    """Whether two missions' satellites decay and are disposed of alike, areas and masses within 0.1 %."""
    first, second = one.satellite, other.satellite
    if first is None or second is None:
        return False
    names = ("drag_coefficient", "propulsion", "attitude_control", "attitude")
    return (
        all(getattr(first, name) == getattr(second, name) for name in names)
        and _idle_parts(first) == _idle_parts(second)
        and (one.policy, one.requirements) == (other.policy, other.requirements)
        and flown_areas(one, first).falls_like(flown_areas(other, second))
        and _weigh_alike(mission_mass_budget(one, first), mission_mass_budget(other, second))
    )


def _weigh_alike(one: MassBudget, other: MassBudget) -> bool:
    pairs = ((one.with_growth_kg, other.with_growth_kg), (one.dry_mass_kg, other.dry_mass_kg))
    return all(math.isclose(mine, its, rel_tol=_ALIKE_RATIO) for mine, its in pairs)


def _idle_parts(satellite: Satellite) -> tuple[Component, ...]:
    """The components without what they weigh, draw and make."""
    off = {"mass_kg": 0.0, "power_w": 0.0, "mode_power_w": {}, "data_rate_mbit_s": 0.0}
    return tuple(part.model_copy(update=off) for part in satellite.components)


@dataclass(slots=True)
class _Stopwatch:
    """Times the stages and tells who listens."""

    on_progress: Callable[[str], None]
    timings: list[StageTiming] = field(default_factory=list)
    _stage: str = ""
    _started_s: float = 0.0

    def begin(self, stage: str) -> None:
        """End the running stage and begin another; an empty name only ends."""
        now_s = time.perf_counter()
        if self._stage:
            self.timings.append(StageTiming(self._stage, now_s - self._started_s))
        self._stage, self._started_s = stage, now_s
        if stage:
            self.on_progress(stage)


def _silent(_stage: str) -> None:
    """Tell nobody."""


def analyze(mission: Mission, on_progress: Callable[[str], None] | None = None) -> MissionResult:
    """Answer whether a mission closes.

    Parameters
    ----------
    mission : Mission
    on_progress : callable, optional
        Called with the name of each stage as it begins.

    Returns
    -------
    MissionResult
        "Does not close" is a result like any other.

    Raises
    ------
    UnreachableError
        Where the site's position or its azimuth sector rules the orbit out.
    MissingPackageError
        Where a dose is asked for and radbelt is not installed.
    """
    stages = _Stopwatch(on_progress or _silent)
    belts = _belts(mission, stages)
    stages.begin("ascent")
    capability = payload_capability(mission.vehicle, mission.site, mission.target)
    stages.begin("launch windows")
    limits = WindowLimits(mission.requirements.pad_lighting)
    windows = launch_windows(
        mission.target, mission.site, capability.branches, mission.earliest_launch, SPAN_DAYS, limits
    )
    orbit = _orbit(mission, capability, windows, belts, stages)
    stages.begin("budgets")
    budgets = None
    if orbit is not None:
        known = Known(orbit.end_of_life, orbit.seasons, None, orbit.opportunities, orbit.belts)
        budgets = satellite_budgets(mission, orbit.ephemeris, orbit.passes, known)
    stages.begin("verdict")
    verdict = mission_verdict(mission, capability, budgets, windows)
    result = MissionResult(mission, verdict, capability, windows, orbit, budgets, tuple(stages.timings))
    verdict = with_closings(mission, verdict, result.judged)
    stages.begin("")
    stated = stated_figures(mission, budgets, result.ephemeris, result.passes)
    return replace(result, verdict=verdict, stated=stated, timings=tuple(stages.timings))


def _belts(mission: Mission, stages: _Stopwatch) -> BeltSpectra | None:
    """The radiation belts where they are asked for; first, so that a missing package is known at once."""
    if mission.satellite is not None and mission.satellite.radiation is not None:
        stages.begin("radiation belts")
    return mission_belts(mission)


def _orbit(
    mission: Mission,
    capability: PayloadCapability,
    windows: tuple[LaunchWindow, ...],
    belts: BeltSpectra | None,
    stages: _Stopwatch,
) -> OrbitHistory | None:
    """The satellite's first month, injected by the branch that lifts most in its first window.

    Where no launch takes it there, it is judged in the orbit asked for, from the earliest launch on.
    """
    if mission.satellite is None:
        return None
    branch = capability.ascent.branch
    first = next((window for window in windows if window.branch == branch), None)
    stages.begin("orbit and lifetime")
    if first is not None:
        injection = injection_state(capability.ascent, first.liftoff)
    else:
        injection = target_state(mission.target, mission.earliest_launch)
    mass = mission_mass_budget(mission, mission.satellite)
    forces = mission_forces(mission, mission.satellite)
    with _quick_turns(), ThreadPoolExecutor(max_workers=1) as beside:  # satkit integrates outside the lock
        flying = beside.submit(propagate, injection, injection.epoch, SPAN_DAYS, forces, step_s=SAMPLE_STEP_S)
        fallen = end_of_life_budgets(mission, mission.satellite, mass, injection)
        ephemeris = flying.result()
    stages.begin("eclipses and passes")
    passes = station_passes(ephemeris, mission.stations)
    return OrbitHistory(
        injection,
        ephemeris,
        eclipses(ephemeris),
        beta_angle(ephemeris),
        ground_track(ephemeris),
        passes,
        fallen,
        _highest_tracks(mission, ephemeris, passes),
        mission_seasons(ephemeris, mission.requirements.lifetime_years),
        target_opportunities(mission, ephemeris),
        belts,
    )


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let threads take the interpreter's lock in turns of 0.2 ms.

    The propagation asks for it two thousand times, for a moment each; in turns of 5 ms it waits longer than
    it works.
    """
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(2e-4)
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)


def _highest_tracks(
    mission: Mission, ephemeris: Ephemeris, passes: tuple[Pass, ...]
) -> tuple[PassTrack, ...]:
    """Along the highest pass of each station, with the Doppler shift of the transmitter if there is one."""
    transmitter = mission.satellite.transmitter if mission.satellite else None
    frequency_mhz = transmitter.frequency_mhz if transmitter else None
    stations = {station.name: station for station in mission.stations}
    return tuple(
        pass_track(ephemeris, one, stations[one.station], TRACK_STEP_S, frequency_mhz)
        for one in highest_passes(passes, mission.stations)
    )
