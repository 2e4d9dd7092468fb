"""The first state of a series as a CCSDS Orbit Parameter Message, keyword-value notation."""

import math
from datetime import datetime

from cosmodrome.constants import EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.exchange.states import StateSeries
from cosmodrome.orbit.forces import Forces
from cosmodrome.outputs.messages import (
    FRAME_NAMES,
    checked_name,
    comment_lines,
    header_lines,
    instant_texts,
    real_text,
)


def opm_text(
    series: StateSeries, created: datetime, *, forces: Forces | None = None, comment: str = ""
) -> str:
    """Write the first state, its osculating elements in an inertial frame, and the spacecraft.

    Parameters
    ----------
    series : StateSeries
        With velocities.
    created : datetime
        Creation date to state (UTC).
    forces : Forces, optional
        Mass, areas and coefficients.
    comment : str
        Where the state is from, for the reader.

    Returns
    -------
    str
        The message, with 1 µm and 1 nm/s.

    Raises
    ------
    ValueError
        If there are no velocities, which the standard asks for, or a name is not printable ASCII.

    References
    ----------
    CCSDS 502.0-B-3 (2023), tables 3-1 to 3-3.
    """
    if series.velocity_m_s is None:
        raise ValueError(f"an OPM states velocities, and there are none of {series.object_name}")
    position = [f"{value / 1e3:.9f}" for value in series.position_m[0].tolist()]
    velocity = [f"{value / 1e3:.12f}" for value in series.velocity_m_s[0].tolist()]
    keys = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
    return "\n".join(
        [
            *header_lines("OPM", created),
            *comment_lines(comment),
            f"OBJECT_NAME = {checked_name(series.object_name)}",
            f"OBJECT_ID = {checked_name(series.object_id, 'object_id')}",
            f"CENTER_NAME = {series.center}",
            f"REF_FRAME = {FRAME_NAMES[series.frame]}",
            "TIME_SYSTEM = UTC",
            f"EPOCH = {instant_texts(series)[0]}",
            *(f"{key} = {value}" for key, value in zip(keys, position + velocity, strict=True)),
            *_elements(series),
            *_spacecraft(forces),
            "",
        ]
    )


def _elements(series: StateSeries) -> list[str]:
    """Osculating elements; an Earth-fixed frame has none."""
    if series.frame == "ITRF" or series.center != "EARTH" or series.velocity_m_s is None:
        return []
    orbit = InjectionState(series.epoch, series.position_m[0], series.velocity_m_s[0]).elements
    return [
        f"SEMI_MAJOR_AXIS = {orbit.semi_major_axis_m / 1e3:.9f}",
        f"ECCENTRICITY = {orbit.eccentricity:.12f}",
        f"INCLINATION = {math.degrees(orbit.inclination_rad):.10f}",
        f"RA_OF_ASC_NODE = {math.degrees(orbit.raan_rad):.10f}",
        f"ARG_OF_PERICENTER = {math.degrees(orbit.argument_of_perigee_rad):.10f}",
        f"TRUE_ANOMALY = {math.degrees(orbit.true_anomaly_rad):.10f}",
        f"GM = {EARTH_GM_M3_S2 / 1e9:.6f}",
    ]


def _spacecraft(forces: Forces | None) -> list[str]:
    if forces is None:
        return []
    return [
        f"MASS = {real_text(forces.mass_kg)}",
        f"SOLAR_RAD_AREA = {real_text(forces.radiation_area_m2)}",
        f"SOLAR_RAD_COEFF = {real_text(forces.reflectivity_coefficient)}",
        f"DRAG_AREA = {real_text(forces.drag_area_m2)}",
        f"DRAG_COEFF = {real_text(forces.drag_coefficient)}",
    ]
