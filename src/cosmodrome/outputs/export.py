"""One orbit into one file of a wanted kind; the file is either whole or not there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cosmodrome.errors import OutputError
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.exchange.fit import MeanElementsFit, fit_mean_elements
from cosmodrome.orbit.exchange.states import StateSeries, ephemeris_states, in_frame, thinned
from cosmodrome.orbit.ground_track import track_from_itrf
from cosmodrome.outputs.czml import czml_text
from cosmodrome.outputs.files import replace_bytes
from cosmodrome.outputs.kml import kml_text
from cosmodrome.outputs.netcdf import Orbit, netcdf_bytes
from cosmodrome.outputs.oem import oem_series_text
from cosmodrome.outputs.omm import omm_json, omm_text, omm_xml
from cosmodrome.outputs.opm import opm_text
from cosmodrome.outputs.orbit_csv import orbit_csv
from cosmodrome.outputs.tle import tle_text


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What an export states beside the orbit, and how densely."""

    object_name: str = ""  # that of the series where it is empty
    object_id: str = ""
    catalog_number: int = 99_999
    frame: str = ""  # of OEM and OPM; the series' own, or GCRF of an ephemeris, where it is empty
    step_s: float = 60.0
    fit_span_days: float = 1.0
    stations: tuple[Station, ...] = ()
    passes: tuple[Pass, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """What was written where; `note` says what a reader must know about it."""

    path: Path
    kind: str
    note: str = ""

    def __repr__(self) -> str:
        return f"<ExportedFile {self.kind} {self.path}{': ' + self.note if self.note else ''}>"


def export_ephemeris(
    ephemeris: Ephemeris | StateSeries,
    kind: str,
    path: Path,
    created: datetime,
    choices: ExportChoices | None = None,
) -> ExportedFile:
    """Write an orbit as one file.

    Parameters
    ----------
    ephemeris : Ephemeris or StateSeries
        Computed here, or read from a file of another program.
    kind : str
        A key of `EXPORT_KINDS`: oem, opm, omm, tle, czml, kml, netcdf or csv. An OMM is XML where the path
        ends in `.xml`, JSON where it ends in `.json`, else keyword-value notation.
    path : Path
        The file; its folder is made if it is not there.
    created : datetime
        Creation date to state (UTC).
    choices : ExportChoices, optional
        Names, frame, step, stations and passes.

    Returns
    -------
    ExportedFile
        TLE and OMM are approximate; the note says by how much.

    Raises
    ------
    OutputError
        If the kind is unknown, the orbit does not allow it, or the place cannot be written.
    """
    if kind not in EXPORT_KINDS:
        raise OutputError(f"expected one of the kinds {', '.join(EXPORT_KINDS)}, given '{kind}'")
    chosen = choices or ExportChoices()
    try:
        content, note = EXPORT_KINDS[kind](ephemeris, path, created, chosen)
    except ValueError as problem:
        raise OutputError(f"cannot write {path} as {kind}: {problem}") from problem
    try:
        replace_bytes(path, content if isinstance(content, bytes) else content.encode("utf-8"))
    except OSError as problem:
        raise OutputError(
            f"cannot write {path}: {problem.strerror or problem}; give a place that can be written"
        ) from problem
    return ExportedFile(path, kind, note)


Content = tuple[str | bytes, str]


def _states(orbit: Ephemeris | StateSeries, frame: str, choices: ExportChoices) -> StateSeries:
    """Thinned states in a frame, under the chosen names; without a frame in the orbit's own."""
    if isinstance(orbit, Ephemeris):
        series = ephemeris_states(orbit, frame or "GCRF", step_s=choices.step_s)
    else:
        series = in_frame(thinned(orbit, choices.step_s), frame or orbit.frame)
    return replace(
        series,
        object_name=choices.object_name or series.object_name,
        object_id=choices.object_id or series.object_id,
    )


def _comment(orbit: Ephemeris | StateSeries, choices: ExportChoices) -> str:
    if choices.comment or not isinstance(orbit, Ephemeris):
        return choices.comment
    return f"Forces: {orbit.forces.conventions}"


def _oem(orbit: Ephemeris | StateSeries, _path: Path, created: datetime, choices: ExportChoices) -> Content:
    series = _states(orbit, choices.frame, choices)
    return oem_series_text(series, created, comment=_comment(orbit, choices)), ""


def _opm(orbit: Ephemeris | StateSeries, _path: Path, created: datetime, choices: ExportChoices) -> Content:
    forces = orbit.forces if isinstance(orbit, Ephemeris) else None
    series = _states(orbit, choices.frame, choices)
    return opm_text(series, created, forces=forces, comment=_comment(orbit, choices)), ""


def _fit(orbit: Ephemeris | StateSeries, choices: ExportChoices) -> MeanElementsFit:
    series = _states(orbit, "", replace(choices, step_s=min(choices.step_s, 60.0)))
    return fit_mean_elements(series, span_days=choices.fit_span_days, catalog_number=choices.catalog_number)


def _omm(orbit: Ephemeris | StateSeries, path: Path, created: datetime, choices: ExportChoices) -> Content:
    fit = _fit(orbit, choices)
    write: Callable[..., str] = {".xml": omm_xml, ".json": omm_json}.get(path.suffix.lower(), omm_text)
    return write(fit.elements, created, comment=fit.label), fit.label


def _tle(orbit: Ephemeris | StateSeries, _path: Path, _created: datetime, choices: ExportChoices) -> Content:
    fit = _fit(orbit, choices)
    return tle_text(fit.elements, comment=fit.label), fit.label


def _czml(orbit: Ephemeris | StateSeries, _path: Path, _created: datetime, choices: ExportChoices) -> Content:
    fixed, comment = _states(orbit, "ITRF", choices), _comment(orbit, choices)
    return czml_text(fixed, stations=choices.stations, passes=choices.passes, comment=comment), ""


def _kml(orbit: Ephemeris | StateSeries, _path: Path, _created: datetime, choices: ExportChoices) -> Content:
    whole = _orbit(orbit, choices)
    name, comment = whole.fixed.object_name, _comment(orbit, choices)
    return kml_text(whole.track, name, stations=choices.stations, comment=comment), ""


def _netcdf(
    orbit: Ephemeris | StateSeries, _path: Path, created: datetime, choices: ExportChoices
) -> Content:
    return netcdf_bytes(_orbit(orbit, choices), created, comment=_comment(orbit, choices)), ""


def _csv(orbit: Ephemeris | StateSeries, _path: Path, _created: datetime, choices: ExportChoices) -> Content:
    return orbit_csv(_orbit(orbit, choices)), ""


def _orbit(orbit: Ephemeris | StateSeries, choices: ExportChoices) -> Orbit:
    fixed = _states(orbit, "ITRF", choices)
    track = track_from_itrf(fixed.epoch, fixed.elapsed_s, fixed.position_m)
    return Orbit(_states(orbit, "GCRF", choices), fixed, track)


Writer = Callable[[Ephemeris | StateSeries, Path, datetime, ExportChoices], Content]

EXPORT_KINDS: Final[MappingProxyType[str, Writer]] = MappingProxyType(
    {
        "oem": _oem,
        "opm": _opm,
        "omm": _omm,
        "tle": _tle,
        "czml": _czml,
        "kml": _kml,
        "netcdf": _netcdf,
        "csv": _csv,
    }
)
