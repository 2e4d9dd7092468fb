"""What an orbit does, as one JSON document."""

from pathlib import Path
from typing import Any, Final

from cosmodrome.outputs.document import package_versions, plain, sections_text
from cosmodrome.studies.orbit_study import OrbitStudy

SCHEMA_VERSION: Final = 1


def orbit_document(study: OrbitStudy, file: Path | None = None) -> str:
    """Write a study as JSON.

    Parameters
    ----------
    study : OrbitStudy
        A finished study.
    file : Path, optional
        Where the ephemeris was written.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `question`, `start` (osculating, GCRF),
        `orbit`, `nodes`, `repeat`, `shadow`, `extremes`, `data` (what tables cover, what is assumed), `file`,
        `provenance`. Names carry units; what is undefined is null. The ephemeris is not in it.
    """
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "question": plain(study.options),
            "start": start_values(study),
            "orbit": {
                "mean_altitude_km": study.mean_altitude_km,
                "period_s": study.period_s,
                "duration_days": study.ephemeris.duration_days,
            },
            "nodes": plain(study.nodes),
            "repeat": plain(study.repeat),
            "shadow": plain(study.shadow),
            "extremes": plain(study.extremes),
            "data": {
                "earth_orientation_until": plain(study.ephemeris.earth_orientation_until),
                "space_weather_until": plain(study.ephemeris.space_weather_until),
                "notes": list(study.notes),
            },
            "file": None if file is None else str(file),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )


def start_values(study: OrbitStudy) -> dict[str, Any]:
    """The start of an orbit: state and elements in GCRF, and the forces by name."""
    start = study.start
    return {
        "name": start.name,
        "origin": start.origin,
        "frame": "GCRF",
        **plain(start.state),
        "forces": plain(start.forces),
    }
