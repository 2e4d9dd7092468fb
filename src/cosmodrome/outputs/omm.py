"""Mean elements as CCSDS Orbit Mean-Elements Messages: keyword-value notation, XML, CelesTrak's JSON."""

import json
from datetime import datetime
from xml.sax.saxutils import escape

from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.outputs.labels import iso_text
from cosmodrome.outputs.messages import (
    ORIGINATOR,
    checked_name,
    comment_lines,
    header_lines,
    microsecond_text,
    real_text,
)


def omm_text(elements: MeanElements, created: datetime, *, comment: str = "") -> str:
    """Write elements in keyword-value notation.

    Parameters
    ----------
    elements : MeanElements
        Of SGP4.
    created : datetime
        Creation date to state (UTC).
    comment : str
        How near the elements are to what they stand for.

    Returns
    -------
    str
        The message. Rates of the mean motion are written as TLE and CelesTrak have them.

    Raises
    ------
    ValueError
        If a name is not printable ASCII.

    References
    ----------
    CCSDS 502.0-B-3 (2023), tables 4-1 to 4-3, 4.2.4.6 and 4.2.4.7.
    """
    lines = [
        *header_lines("OMM", created),
        *comment_lines(comment),
        *(f"{key} = {value}" for block in _blocks(elements) for key, value in block),
    ]
    return "\n".join([*lines, ""])


def omm_xml(elements: MeanElements, created: datetime, *, comment: str = "") -> str:
    """Write elements in XML.

    Parameters
    ----------
    elements : MeanElements
        Of SGP4.
    created : datetime
        Creation date to state (UTC).
    comment : str
        How near the elements are to what they stand for.

    Returns
    -------
    str
        The message.

    Raises
    ------
    ValueError
        If a name is not printable ASCII.

    References
    ----------
    CCSDS 502.0-B-3 (2023), section 8; CCSDS 505.0-B-3, XML Specification for Navigation Data Messages.
    """
    metadata, mean, tle = (
        "".join(f"<{key}>{escape(value)}</{key}>\n" for key, value in block) for block in _blocks(elements)
    )
    remark = f"<COMMENT>{escape(comment)}</COMMENT>\n" if comment else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<omm xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="https://sanaregistry.org/r/ndmxml_unqualified/'
        'ndmxml-2.0.0-master-2.0.xsd" id="CCSDS_OMM_VERS" version="2.0">\n'
        f"<header>\n{remark}<CREATION_DATE>{iso_text(created)[:-1]}</CREATION_DATE>\n"
        f"<ORIGINATOR>{ORIGINATOR}</ORIGINATOR>\n</header>\n<body>\n<segment>\n"
        f"<metadata>\n{metadata}</metadata>\n<data>\n<meanElements>\n{mean}</meanElements>\n"
        f"<tleParameters>\n{tle}</tleParameters>\n</data>\n</segment>\n</body>\n</omm>\n"
    )


def omm_json(elements: MeanElements, created: datetime, *, comment: str = "") -> str:
    """Write elements in JSON with CelesTrak's names, as a list of one object.

    Parameters
    ----------
    elements : MeanElements
        Of SGP4.
    created : datetime
        Creation date to state (UTC).
    comment : str
        How near the elements are to what they stand for.

    Returns
    -------
    str
        JSON.

    Raises
    ------
    ValueError
        If a name is not printable ASCII.

    References
    ----------
    Kelso, *A New Way to Obtain GP Data*, CelesTrak.
    """
    texts = {"CLASSIFICATION_TYPE", "OBJECT_NAME", "OBJECT_ID", "EPOCH"}
    metadata, mean, tle = (dict(block) for block in _blocks(elements))
    record = {
        key: value if key in texts or key in metadata else json.loads(value)
        for key, value in (metadata | mean | tle).items()
    }
    remark = {"COMMENT": comment} if comment else {}
    return json.dumps(
        [{"CREATION_DATE": iso_text(created)[:-1], "ORIGINATOR": ORIGINATOR} | remark | record], indent=1
    )


def _blocks(elements: MeanElements) -> tuple[list[tuple[str, str]], ...]:
    """Keywords and values of metadata, mean elements and TLE parameters."""
    metadata = [
        ("OBJECT_NAME", checked_name(elements.object_name)),
        ("OBJECT_ID", checked_name(elements.object_id, "object_id")),
        ("CENTER_NAME", "EARTH"),
        ("REF_FRAME", "TEME"),
        ("TIME_SYSTEM", "UTC"),
        ("MEAN_ELEMENT_THEORY", "SGP4"),
    ]
    mean = [
        ("EPOCH", microsecond_text(elements.epoch)),
        ("MEAN_MOTION", real_text(elements.mean_motion_rev_per_day)),
        ("ECCENTRICITY", real_text(elements.eccentricity)),
        ("INCLINATION", real_text(elements.inclination_deg)),
        ("RA_OF_ASC_NODE", real_text(elements.raan_deg)),
        ("ARG_OF_PERICENTER", real_text(elements.argument_of_perigee_deg)),
        ("MEAN_ANOMALY", real_text(elements.mean_anomaly_deg)),
    ]
    tle = [
        ("EPHEMERIS_TYPE", str(elements.ephemeris_type)),
        ("CLASSIFICATION_TYPE", elements.classification),
        ("NORAD_CAT_ID", str(elements.catalog_number)),
        ("ELEMENT_SET_NO", str(elements.element_set_number)),
        ("REV_AT_EPOCH", str(elements.revolution_number)),
        ("BSTAR", real_text(elements.bstar)),
        ("MEAN_MOTION_DOT", real_text(elements.mean_motion_dot_rev_per_day2)),
        ("MEAN_MOTION_DDOT", real_text(elements.mean_motion_ddot_rev_per_day3)),
    ]
    return metadata, mean, tle
