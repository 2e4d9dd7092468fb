"""An orbit, its stations and its passes as CZML, for Cesium viewers."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from cosmodrome.models.station import Station
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.exchange.states import StateSeries
from cosmodrome.outputs.labels import iso_text
from cosmodrome.physics.time import datetime_from_elapsed

_DEGREE = 5
_PATH_S = 5400.0  # of the path is drawn, behind and ahead: about a revolution in low orbit
_SKY, _GROUND, _LINK = [90, 170, 255, 255], [255, 200, 80, 255], [120, 230, 140, 200]


def czml_text(
    fixed: StateSeries, *, stations: Sequence[Station] = (), passes: Sequence[Pass] = (), comment: str = ""
) -> str:
    """Write sampled positions, stations, and a line from station to satellite during every pass.

    Parameters
    ----------
    fixed : StateSeries
        In ITRF, which is Cesium's frame FIXED: nothing is left for the viewer to turn.
    stations : sequence of Station
        Drawn where they are.
    passes : sequence of Pass
        Over those stations.
    comment : str
        Where the orbit is from, for the reader.

    Returns
    -------
    str
        JSON: the document's packet first, then the satellite, then stations and their links.

    Raises
    ------
    ValueError
        If the series is in another frame, or a pass is over a station that is not given.

    References
    ----------
    Analytical Graphics, *CZML Guide*, version 1.0: packets, `availability`, `interpolationAlgorithm`.
    """
    if fixed.frame != "ITRF":
        raise ValueError(f"CZML is written from states in ITRF, not {fixed.frame}")
    strangers = {one.station for one in passes} - {station.name for station in stations}
    if strangers:
        raise ValueError(f"passes over {', '.join(sorted(strangers))}, which is not among the stations given")
    begin, end = (datetime_from_elapsed(fixed.epoch, float(fixed.elapsed_s[k])) for k in (0, -1))
    span = _interval(begin, end)
    packets = [
        _document(fixed.object_name, begin, span),
        _satellite(fixed, span, comment),
        *(_station(station) for station in stations),
        *(
            _link(station, passes, f"Satellite/{fixed.object_name}")
            for station in stations
            if any(one.station == station.name for one in passes)
        ),
    ]
    return json.dumps(packets, ensure_ascii=False)


def _interval(begin: datetime, end: datetime) -> str:
    return f"{iso_text(begin)}/{iso_text(end)}"


def _document(name: str, begin: datetime, span: str) -> dict[str, Any]:
    clock = {"interval": span, "currentTime": iso_text(begin), "multiplier": 60}
    clock |= {"range": "LOOP_STOP", "step": "SYSTEM_CLOCK_MULTIPLIER"}
    return {"id": "document", "name": name, "version": "1.0", "clock": clock}


def _satellite(fixed: StateSeries, span: str, comment: str) -> dict[str, Any]:
    first_s = float(fixed.elapsed_s[0])
    samples = np.column_stack((fixed.elapsed_s - first_s, fixed.position_m)).round(6)
    packet: dict[str, Any] = {
        "id": f"Satellite/{fixed.object_name}",
        "name": fixed.object_name,
        "availability": span,
        "position": {
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": min(_DEGREE, len(samples) - 1),
            "referenceFrame": "FIXED",
            "epoch": datetime_from_elapsed(fixed.epoch, first_s).isoformat().replace("+00:00", "Z"),
            "cartesian": samples.ravel().tolist(),
        },
        "point": {"pixelSize": 8, "color": {"rgba": _SKY}},
        "label": {"text": fixed.object_name, "pixelOffset": {"cartesian2": [12, 0]}, "scale": 0.5},
        "path": {
            "leadTime": _PATH_S,
            "trailTime": _PATH_S,
            "resolution": 60,
            "width": 1,
            "material": {"solidColor": {"color": {"rgba": _SKY}}},
        },
    }
    return packet | ({"description": comment} if comment else {})


def _station(station: Station) -> dict[str, Any]:
    place = [station.longitude_deg, station.latitude_deg, station.altitude_m]
    return {
        "id": f"Station/{station.name}",
        "name": station.name,
        "position": {"cartographicDegrees": place},
        "point": {"pixelSize": 6, "color": {"rgba": _GROUND}},
        "label": {"text": station.name, "pixelOffset": {"cartesian2": [12, 0]}, "scale": 0.4},
    }


def _link(station: Station, passes: Sequence[Pass], satellite: str) -> dict[str, Any]:
    """A line that is there during the station's passes."""
    mine = [one for one in passes if one.station == station.name]
    return {
        "id": f"Passes/{station.name}",
        "name": f"Passes over {station.name}",
        "availability": [_interval(one.rise, one.set) for one in mine],
        "description": f"{len(mine)} passes",
        "polyline": {
            "positions": {
                "references": [
                    f"{_escaped('Station/' + station.name)}#position",
                    f"{_escaped(satellite)}#position",
                ]
            },
            "arcType": "NONE",
            "width": 1,
            "material": {"solidColor": {"color": {"rgba": _LINK}}},
        },
    }


def _escaped(identifier: str) -> str:
    """An identifier inside a reference, where `#`, `.` and `\\` part the names of properties."""
    return "".join(f"\\{letter}" if letter in "\\#." else letter for letter in identifier)
