"""A ground track as KML, for Google Earth and range safety."""

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

import numpy as np

from cosmodrome.models.station import Station
from cosmodrome.orbit.ground_track import GroundTrack
from cosmodrome.outputs.labels import iso_text
from cosmodrome.physics.time import datetime_from_elapsed

_COLOR = "ffffaa5a"  # alpha, blue, green, red


def kml_text(
    track: GroundTrack, object_name: str, *, stations: Sequence[Station] = (), comment: str = ""
) -> str:
    """Write the track as lines on the ground, cut where it crosses 180 degrees of longitude.

    Parameters
    ----------
    track : GroundTrack
        Samples no more than some minutes apart.
    object_name : str
        Name of the satellite.
    stations : sequence of Station
        Marked where they are.
    comment : str
        Where the track is from, for the reader.

    Returns
    -------
    str
        KML 2.2; every line has the time it was flown in.

    References
    ----------
    OGC 12-007r2, *OGC KML 2.3*; longitude, latitude and height on WGS-84, in degrees and meters.
    """
    longitude, latitude = track.longitude_deg, track.latitude_deg
    cuts = np.flatnonzero(np.abs(np.diff(longitude)) > 180.0) + 1
    pieces = np.split(np.arange(len(longitude)), cuts)
    marks = []
    for k, piece in enumerate(pieces):
        points = [(float(longitude[i]), float(latitude[i])) for i in piece]
        if k > 0:
            points.insert(0, _at_edge(track, int(piece[0]) - 1, points[0][0]))
        if k < len(pieces) - 1:
            points.append(_at_edge(track, int(piece[-1]), points[-1][0]))
        begin, end = (
            datetime_from_elapsed(track.epoch, float(track.elapsed_s[i])) for i in (piece[0], piece[-1])
        )
        marks.append(_line(f"{object_name}, track {k + 1}", begin, end, points))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        f"<name>{escape(object_name)}</name>\n"
        + (f"<description>{escape(comment)}</description>\n" if comment else "")
        + f'<Style id="track"><LineStyle><color>{_COLOR}</color><width>2</width></LineStyle></Style>\n'
        + "".join(marks)
        + "".join(_station(station) for station in stations)
        + "</Document>\n</kml>\n"
    )


def _at_edge(track: GroundTrack, before: int, side_deg: float) -> tuple[float, float]:
    """Where the line from a sample to the next meets 180 degrees, on the side of a longitude."""
    first, second = float(track.longitude_deg[before]), float(track.longitude_deg[before + 1])
    edge = 180.0 if first > 0 else -180.0
    share = (edge - first) / (second + 2 * edge - first)
    south, north = float(track.latitude_deg[before]), float(track.latitude_deg[before + 1])
    return (180.0 if side_deg > 0 else -180.0), south + share * (north - south)


def _line(name: str, begin: datetime, end: datetime, points: Sequence[tuple[float, float]]) -> str:
    places = " ".join(f"{longitude:.6f},{latitude:.6f},0" for longitude, latitude in points)
    return (
        f"<Placemark><name>{escape(name)}</name>\n"
        f"<TimeSpan><begin>{iso_text(begin)}</begin><end>{iso_text(end)}</end></TimeSpan>\n"
        "<styleUrl>#track</styleUrl>\n<LineString><tessellate>1</tessellate>"
        f"<altitudeMode>clampToGround</altitudeMode>\n<coordinates>{places}</coordinates>"
        "</LineString></Placemark>\n"
    )


def _station(station: Station) -> str:
    return (
        f"<Placemark><name>{escape(station.name)}</name><Point><coordinates>{station.longitude_deg:.6f},"
        f"{station.latitude_deg:.6f},{station.altitude_m:.1f}</coordinates></Point></Placemark>\n"
    )
