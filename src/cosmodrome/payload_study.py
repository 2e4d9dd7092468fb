"""What a vehicle lifts from a site: everything found in answer to one question."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from cosmodrome.ascent.branches import permitted_branches
from cosmodrome.ascent.capability import PayloadCapability, optimize_ascent, payload_capability
from cosmodrome.ascent.dynamics import earth
from cosmodrome.ascent.footprint import Footprint, spent_stage_footprints
from cosmodrome.ascent.partials import PayloadPartial, payload_partials
from cosmodrome.ascent.payload_map import PayloadMap, payload_map
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.result import Ascent, AscentStatus
from cosmodrome.errors import UnreachableError
from cosmodrome.models.site import Site
from cosmodrome.payload_question import MAP_ALTITUDES_KM, PayloadQuestion, orbit_target


class Outcome(Enum):
    """How a study ends; the value is what a person makes of it."""

    LIFTS = "the vehicle lifts it"
    FALLS_SHORT = "analyzed, and out of reach"
    UNANSWERED = "the optimizer did not converge"


@dataclass(frozen=True, slots=True)
class PayloadStudy:
    """Everything found in answer to a question; what was not asked for is empty."""

    question: PayloadQuestion
    capability: PayloadCapability | None
    partials: tuple[PayloadPartial, ...]
    laden: Ascent | None  # with the payload asked about, most propellant left
    footprints: tuple[Footprint, ...]
    payload_map: PayloadMap | None
    unreachable: tuple[str, ...]  # why inclinations are not on the map
    elapsed_s: float

    @property
    def shown(self) -> Ascent | None:
        """The ascent to show: with the payload asked about if there is one."""
        return self.laden or (self.capability.ascent if self.capability else None)

    @property
    def is_answered(self) -> bool:
        """Whether one orbit was asked about and the optimizer found what is lifted into it."""
        return self.capability is not None and _is_answered(self.capability)

    @property
    def outcome(self) -> Outcome:
        """Whether the vehicle lifts what was asked about, with the low bound of its payload."""
        if self.capability is None:
            lifts = self.payload_map is not None and bool((self.payload_map.payload_kg > 0).any())
            return Outcome.LIFTS if lifts else Outcome.FALLS_SHORT
        if not self.is_answered:
            return Outcome.UNANSWERED
        wanted = self.question.options.payload_kg or 0.0
        return Outcome.LIFTS if self.capability.low_kg > wanted else Outcome.FALLS_SHORT

    def __repr__(self) -> str:
        return f"<PayloadStudy {self.question!r}: {self.outcome.value}>"


def payload_study(
    question: PayloadQuestion, on_progress: Callable[[str], None] | None = None
) -> PayloadStudy:
    """Answer what a vehicle lifts.

    Parameters
    ----------
    question : PayloadQuestion
    on_progress : callable, optional
        Called with the name of each part as it begins.

    Returns
    -------
    PayloadStudy
        "Out of reach" is a result like any other.

    Raises
    ------
    UnreachableError
        Where the site's position or its azimuth sector rules out the orbit, or every orbit of the map.

    Examples
    --------
    >>> from cosmodrome.catalog import find_site, find_vehicle
    >>> from cosmodrome.payload_question import PayloadOptions, payload_question
    >>> options = PayloadOptions(altitude_km=500, sun_synchronous=True)
    >>> study = payload_study(payload_question(find_vehicle("angara-1.2"), find_site("vostochny"), options))
    >>> study.outcome.value
    'the vehicle lifts it'
    """
    tell = on_progress or _silent
    began = time.perf_counter()
    vehicle, site, limits = question.vehicle, question.site, question.limits
    capability, laden = None, None
    partials: tuple[PayloadPartial, ...] = ()
    if question.target is not None:
        tell("ascent")
        capability = payload_capability(vehicle, site, question.target, limits)
        if capability.proved is not None and _is_answered(capability):
            partials = payload_partials(capability.proved)
        wanted = question.options.payload_kg
        if wanted and capability.converged and wanted <= capability.physics_kg:
            tell("ascent with the payload asked about")
            flown = optimize_ascent(vehicle, site, question.target, wanted, constraints=limits)
            laden = flown if flown.converged else None
    study = PayloadStudy(question, capability, partials, laden, (), None, (), 0.0)
    if question.options.with_footprints and study.shown is not None and study.is_answered:
        tell("fall of spent stages")
        study = replace(study, footprints=_footprints(study.shown, site))
    if question.options.with_map:
        charted, unreachable = _mapped(question, tell)
        study = replace(study, payload_map=charted, unreachable=unreachable)
    return replace(study, elapsed_s=time.perf_counter() - began)


def _silent(_stage: str) -> None:
    """Tell nobody."""


def _is_answered(capability: PayloadCapability) -> bool:
    return capability.status in (AscentStatus.OPTIMAL, AscentStatus.OUT_OF_REACH)


def _footprints(ascent: Ascent, site: Site) -> tuple[Footprint, ...]:
    """Where the dropped bodies come down."""
    with np.errstate(over="ignore"):  # of steps tried far above or below the air, and then refused
        return spent_stage_footprints(
            ascent.jettisoned,
            earth(),
            pad_latitude_deg=site.latitude_deg.value,
            pad_longitude_deg=site.longitude_deg.value,
        )


def _mapped(question: PayloadQuestion, tell: Callable[[str], None]) -> tuple[PayloadMap, tuple[str, ...]]:
    """The map of what can be reached, and why the rest cannot."""
    vehicle, site = question.vehicle, question.site
    reached, reasons = [], []
    for inclination in question.inclinations_deg or (None,):
        lowest = replace(question.options, altitude_km=float(MAP_ALTITUDES_KM[0]))
        target = orbit_target(lowest, () if inclination is None else (inclination,))
        assert target is not None
        try:
            permitted_branches(ascent_problem(vehicle, site, target), site)
            reached.append(inclination)
        except UnreachableError as error:
            reasons.append(str(error))
    if not reached:
        raise UnreachableError("\nerror: ".join(reasons))
    tell(f"map of {len(reached) * len(MAP_ALTITUDES_KM)} orbits")
    columns = [inclination for inclination in reached if inclination is not None]
    charted = payload_map(
        vehicle, site, MAP_ALTITUDES_KM, columns or None, limits=question.limits, calibrated=True
    )
    return charted, tuple(reasons)
