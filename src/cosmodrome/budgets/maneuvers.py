"""What the working life asks of the propulsion: each maneuver with how it was found."""

import math
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import numpy as np

from cosmodrome.budgets.areas import flown_areas
from cosmodrome.budgets.delta_v import Ingredient, Maneuver
from cosmodrome.budgets.mass import MassBudget
from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import injection_dispersion
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.target import SunSynchronousTarget, Target
from cosmodrome.orbit.dispersion import dispersed_orbits, injection_correction
from cosmodrome.orbit.drag_history import DragHistory, PlannedOrbit, drag_history
from cosmodrome.orbit.forces import SpaceWeatherCase
from cosmodrome.orbit.solar_activity import SolarActivity, cycle_cases, read_space_weather
from cosmodrome.physics.maneuvers import phasing_delta_v_m_s

_DRAWS = 4000  # the 99.73rd percentile then rests on the ten largest


def life_maneuvers(
    mission: Mission,
    satellite: Satellite,
    mass: MassBudget,
    injection: InjectionState,
    generator: np.random.Generator,
) -> tuple[Maneuver, ...]:
    """Maneuvers of the working life, computed where the mission file asks for it.

    Parameters
    ----------
    mission : Mission
        Requirements, vehicle and policy.
    satellite : Satellite
        For its drag.
    mass : MassBudget
        Drag acts on the dry mass with growth: the light satellite is slowed more.
    injection : InjectionState
        Where the vehicle aims at, and when.
    generator : numpy Generator
        Draws the injections.

    Returns
    -------
    tuple of Maneuver
        What the file gives as `maneuver_delta_v_m_s` comes first; none is zero.
    """
    found = (*given_maneuvers(mission), *_computed(mission, satellite, mass, injection, generator))
    return tuple(one for one in found if one.delta_v_m_s > 0)


def given_maneuvers(mission: Mission) -> tuple[Maneuver, ...]:
    """What the mission file gives as a number.

    An allowance, unless the file says that an analysis made it: ESA's R-DV-11 gives 5 % to what is calculated
    accurately, R-DV-12 100 % to maintenance that is not derived analytically, and a bare number shows no
    derivation.
    """
    asked = mission.requirements
    if asked.maneuver_delta_v_m_s <= 0:
        return ()
    basis = asked.maneuver_delta_v_basis
    how = "calculated, the file says" if basis == "computed" else "an allowance: no analysis is named"
    return (Maneuver("as given", asked.maneuver_delta_v_m_s, basis, f"mission file, {how}"),)


def _computed(
    mission: Mission,
    satellite: Satellite,
    mass: MassBudget,
    injection: InjectionState,
    generator: np.random.Generator,
) -> Iterator[Maneuver]:
    asked = mission.requirements
    wanted = asked.maneuvers
    if wanted is None:
        return
    if wanted.corrects_injection:
        yield _correction(mission, injection, generator)
    if wanted.keeps_orbit:
        yield drag_make_up(mission, satellite, mass, injection.epoch)
    if wanted.phasing_angle_deg > 0:
        axis = EARTH_EQUATORIAL_RADIUS_M + 500.0 * (
            mission.target.perigee_altitude_km + mission.target.apogee_altitude_km
        )
        angle, time_s = math.radians(wanted.phasing_angle_deg), wanted.phasing_days * DAY_S
        yield Maneuver(
            "phasing",
            phasing_delta_v_m_s(axis, angle, time_s),
            "computed",
            f"{wanted.phasing_angle_deg:g} deg in {wanted.phasing_days:g} days, by drifting",
            (
                Ingredient("semi-major axis", axis / 1e3, "km", "target orbit"),
                Ingredient("angle to move by", wanted.phasing_angle_deg, "°", "mission file"),
                Ingredient("time to drift", wanted.phasing_days, "days", "mission file"),
            ),
            "2 a θ / (3 t)",
            "physics.maneuvers.phasing_delta_v_m_s",
        )
    yield Maneuver(
        "collision avoidance",
        wanted.collision_avoidance_m_s_per_year * asked.lifetime_years,
        "allowance",
        f"{wanted.collision_avoidance_m_s_per_year:g} m/s a year",
        (
            Ingredient("avoidance a year", wanted.collision_avoidance_m_s_per_year, "m/s", "mission file"),
            Ingredient("working life", asked.lifetime_years, "years", "requirements"),
        ),
        "avoidance a year × working life",
    )


def _correction(mission: Mission, injection: InjectionState, generator: np.random.Generator) -> Maneuver:
    """What enough injections take, by the policy's percentile."""
    wanted = mission.requirements.maneuvers
    dispersion = injection_dispersion(mission.vehicle, injection)
    corrects_node = wanted is not None and wanted.corrects_node
    drawn = dispersed_orbits(dispersion, generator, _DRAWS)
    percent = mission.policy.injection_percent
    accuracy = dispersion.accuracy
    return Maneuver(
        "injection correction",
        injection_correction(drawn, corrects_node=corrects_node).percentile_m_s(percent),
        "computed",
        f"{percent:g} % of {_DRAWS} draws; accuracy {accuracy.orbit} at {accuracy.sigma_level:g} sigma, node "
        + ("turned" if corrects_node else "left to drift"),
        formula="percentile of what the drawn injections take",
        formula_id="orbit.dispersion.injection_correction",
    )


def drag_make_up(mission: Mission, satellite: Satellite, mass: MassBudget, start: datetime) -> Maneuver:
    """Thrust against the drag of the target orbit over the working life.

    dv = C_D A / m times the integral of the dynamic pressure, under the course of solar activity asked for.

    Parameters
    ----------
    mission : Mission
        Orbit, working life, and the course of solar activity in `[requirements]`.
    satellite : Satellite
        Drag area and coefficient.
    mass : MassBudget
        Its dry mass with growth.
    start : datetime
        Of the working life.

    Returns
    -------
    Maneuver
    """
    asked = mission.requirements
    case: SpaceWeatherCase = asked.solar_activity or "high"
    history = drag_course(mission.target, case, start, asked.lifetime_years)
    areas, life_s = flown_areas(mission, satellite), asked.lifetime_years * JULIAN_YEAR_S
    drag_m2 = satellite.drag_coefficient * areas.drag_area_m2
    impulse_pa_s = history.impulse_pa_s(life_s)
    most_pa = float(history.dynamic_pressure_pa[: math.ceil(life_s / history.step_s)].max())
    weather = f"MSIS 2.1 at {case} solar activity"
    made_by = "orbit.drag_history.drag_history"
    return Maneuver(
        "drag make-up",
        impulse_pa_s * drag_m2 / mass.with_growth_kg,
        "computed",
        f"{weather}, {mass.with_growth_kg / drag_m2:.0f} kg/m2",
        (
            Ingredient("dynamic pressure times life", impulse_pa_s, "Pa s", weather, made_by),
            Ingredient("dynamic pressure, largest month", 1e6 * most_pa, "µPa", weather, made_by),
            Ingredient("drag coefficient", satellite.drag_coefficient, "", "mission file"),
            Ingredient("drag area", areas.drag_area_m2, "m²", areas.drag_source),
            Ingredient(
                "dry mass with growth", mass.with_growth_kg, "kg", "mass budget; light is slowed more"
            ),
        ),
        "dynamic pressure times life × C_D A / dry mass with growth",
        "budgets.maneuvers.drag_make_up",
        most_pa * drag_m2,
    )


@lru_cache(maxsize=64)
def drag_course(target: Target, case: SpaceWeatherCase, start: datetime, years: float) -> DragHistory:
    """Dynamic pressure on the target orbit from a start on, under one case of solar activity.

    Parameters
    ----------
    target : Target
        A sun-synchronous one keeps its local time; others meet all.
    case : {'low', 'mean', 'high'}
        Of solar activity; what is observed does not reach into the future.
    start : datetime
    years : float
        How long [years].
    """
    node_h = target.ltan_h if isinstance(target, SunSynchronousTarget) else None
    orbit = PlannedOrbit(
        target.perigee_altitude_km, target.apogee_altitude_km, target.inclination_deg, node_h
    )
    courses = {course.name: course for course in cycle_cases(read_space_weather(), start, years)}
    return drag_history(orbit, courses[case])


def life_activity(mission: Mission, start: datetime) -> SolarActivity:
    """The course of solar activity over the working life that forces are reckoned with.

    That of the requirements; high where none is named.
    """
    asked = mission.requirements
    case = asked.solar_activity or "high"
    courses = {
        course.name: course for course in cycle_cases(read_space_weather(), start, asked.lifetime_years)
    }
    return courses[case]
