"""What an orbit does, as text for a terminal: the orbit first, then what it rests on."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

from cosmodrome.orbit.repeat_track import RepeatCycle
from cosmodrome.outputs.columns import fixed, signed, wrapped
from cosmodrome.outputs.labels import instant_text, number_text
from cosmodrome.studies.orbit_study import NodeMotion, OrbitStudy, ShadowSummary

_LABEL = 18


def orbit_text(study: OrbitStudy) -> str:
    """Write everything that was found.

    Parameters
    ----------
    study : OrbitStudy
        A finished study.

    Returns
    -------
    str
        Lines of at most 110 columns: a headline, the elements, the nodes, shadow and Sun, altitudes, what
        data cover, the forces, what was assumed.
    """
    lines = [_headline(study), *_elements(study)]
    lines += _nodes(study.nodes) if study.nodes else [fact("nodes", "too few in the run, or not defined")]
    lines += _repeat(study.repeat) if study.repeat else []
    lines += [_shadow(study.shadow), *_extremes(study), *_data(study)]
    return "\n".join([*lines, f"took {study.elapsed_s:.1f} s"])


def fact(name: str, text: str) -> str:
    """A name and what there is to say of it, over as many lines as it needs."""
    lines = wrapped(f"{name:<{_LABEL}} {text}").splitlines()
    return "\n".join([lines[0], *(" " * (_LABEL + 1) + line.strip() for line in lines[1:])])


def clock_text(hours: float) -> str:
    """Hours of a day as 10:30.

    Examples
    --------
    >>> clock_text(22.4990)
    '22:29:56'
    """
    seconds = round(hours * 3600) % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def notes_lines(notes: tuple[str, ...]) -> list[str]:
    """What was assumed, a sentence each."""
    return [wrapped(f"! {note}") for note in dict.fromkeys(notes)]


def _headline(study: OrbitStudy) -> str:
    days = study.ephemeris.duration_days
    return wrapped(
        f"{study.start.name} ({study.start.origin}) · {instant_text(study.start.state.epoch)} + "
        f"{number_text(days)} d · {fixed(study.mean_altitude_km, 1)} km mean altitude"
    )


def _elements(study: OrbitStudy) -> Iterator[str]:
    orbit = study.start.state.elements
    yield fact(
        "osculating, GCRF",
        f"a {fixed(orbit.semi_major_axis_m / 1e3, 3)} km · e {orbit.eccentricity:.6f} · i "
        f"{_turn_text(orbit.inclination_rad, 4)} · node {_turn_text(orbit.raan_rad, 4)} · perigee "
        f"{_turn_text(orbit.argument_of_perigee_rad, 2)} · "
        f"true anomaly {_turn_text(orbit.true_anomaly_rad, 2)}",
    )
    yield fact("period", f"{fixed(study.period_s, 1)} s ({fixed(study.period_s / 60, 2)} min)")


def _turn_text(angle_rad: float, decimals: int) -> str:
    """An angle from 0° to less than 360°, rounded too."""
    return f"{round(math.degrees(angle_rad), decimals) % 360:.{decimals}f}°"


def _nodes(nodes: NodeMotion) -> Iterator[str]:
    yield fact("nodal period", f"{fixed(nodes.nodal_period_s, 2)} s, {nodes.crossings_count} ascending nodes")
    yield fact("node drift", f"{nodes.raan_drift_deg_per_day:+.4f}°/day".replace("-", "−"))
    drift = f"{nodes.ltan_drift_min_per_day:+.3f} min/day".replace("-", "−")
    yield fact("local time of node", f"{clock_text(nodes.ltan_h)} mean solar time, {drift}")


def _repeat(repeat: RepeatCycle) -> Iterator[str]:
    side = "east" if repeat.drift_km >= 0 else "west"
    yield fact(
        "ground track",
        f"nearest repeat {repeat.revolutions_count} revolutions in {repeat.days_count} nodal days: "
        f"{number_text(abs(repeat.drift_km), 3)} km {side} of the first track; closed by "
        f"{signed(repeat.altitude_change_km)} km of altitude",
    )


def _shadow(shadow: ShadowSummary) -> str:
    if not shadow.eclipses_count:
        return fact("eclipses", "none whole in the run")
    return fact(
        "eclipses",
        f"{shadow.eclipses_count} umbras, {fixed(shadow.mean_s / 60, 1)} min on average, longest "
        f"{fixed(shadow.longest_s / 60, 1)} min; {100 * shadow.eclipse_fraction:.1f} % of the time",
    )


def _extremes(study: OrbitStudy) -> Iterator[str]:
    ends = study.extremes
    yield fact("beta", f"{fixed(ends.lowest_beta_deg, 1)}° to {fixed(ends.highest_beta_deg, 1)}°")
    yield fact(
        "altitude",
        f"{fixed(ends.lowest_altitude_km, 1)} to {fixed(ends.highest_altitude_km, 1)} km above the ellipsoid",
    )


def _data(study: OrbitStudy) -> Iterator[str]:
    ephemeris = study.ephemeris
    end = (ephemeris.epoch + timedelta(days=ephemeris.duration_days)).date()

    def until(last: date) -> str:
        return f"until {last}" + ("" if end <= last else ", before the run ends")

    yield fact(
        "data",
        f"Earth orientation {until(ephemeris.earth_orientation_until)}; daily space weather "
        f"{until(ephemeris.space_weather_until)}",
    )
    yield fact("forces", ephemeris.forces.conventions)
    yield from notes_lines(study.notes)
