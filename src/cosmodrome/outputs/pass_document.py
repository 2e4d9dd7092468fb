"""Passes, as one JSON document."""

from typing import Any, Final

from cosmodrome.outputs.document import package_versions, plain, sections_text
from cosmodrome.studies.pass_study import PassStudy

SCHEMA_VERSION: Final = 1


def pass_document(study: PassStudy) -> str:
    """Write a study as JSON.

    Parameters
    ----------
    study : PassStudy
        A finished study.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `question`, `span`, `stations`, `satellites`,
        `passes` in time order, `totals` by station and day, `notes`, `provenance`. Instants are ISO 8601 UTC.
    """
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "question": plain(study.options),
            "span": {"epoch": plain(study.epoch), "duration_days": study.duration_days},
            "stations": [_station(one.model_dump(mode="json")) for one in study.stations],
            "satellites": list(study.satellites),
            "method": study.method,
            "passes": [
                {"satellite": one.satellite, **plain(one.contact), "begins": one.begins, "ends": one.ends}
                for one in study.passes
            ],
            "totals": plain(study.totals),
            "notes": list(study.notes),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )


def _station(values: dict[str, Any]) -> dict[str, Any]:
    """Where it is and its mask; passes do not ask for the radio."""
    kept = ("name", "latitude_deg", "longitude_deg", "altitude_m", "minimum_elevation_deg")
    return {name: values[name] for name in kept}
