"""What a vehicle lifts, as one JSON document."""

from pathlib import Path
from typing import Any, Final

from cosmodrome.outputs.document import calibrated_payload, package_versions, plain, sections_text
from cosmodrome.payload_study import PayloadStudy

SCHEMA_VERSION: Final = 1


def payload_document(study: PayloadStudy, map_file: Path | None = None) -> str:
    """Write a study as JSON.

    Parameters
    ----------
    study : PayloadStudy
        A finished study.
    map_file : Path, optional
        Where the figure of the map was written.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `vehicle`, `site`, `question`, `outcome`,
        `capability`, `ascent` (with the payload asked about if there is one), `partials`, `published`,
        `footprints`, `map`, `provenance`. Names carry units; numbers are not rounded; what is undefined or
        was not asked for is null or empty. Time series are not in it.
    """
    question = study.question
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "vehicle": question.vehicle.name,
            "site": question.site.name,
            "question": _question(study),
            "outcome": plain(study.outcome),
            "capability": _capability(study),
            "ascent": plain(study.shown),
            "partials": plain(study.partials),
            "published": plain(study.capability.published if study.capability else ()),
            "footprints": plain(study.footprints),
            "map": _map(study, map_file),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )


def _question(study: PayloadStudy) -> dict[str, Any]:
    question = study.question
    return {
        "options": plain(question.options),
        "inclinations_deg": plain(question.inclinations_deg),
        "lowest_inclination": question.lowest_inclination,
        "target": plain(question.target),
        "limits": plain(question.limits),
    }


def _capability(study: PayloadStudy) -> dict[str, Any] | None:
    capability = study.capability
    if capability is None:
        return None
    return {
        **calibrated_payload(capability),
        "status": plain(capability.status),
        "dogleg_cost_kg": capability.dogleg_cost_kg,
        "branches": plain(capability.branches),
        "laden": study.laden is not None,
    }


def _map(study: PayloadStudy, map_file: Path | None) -> dict[str, Any] | None:
    if study.payload_map is None:
        return None
    return {
        **plain(study.payload_map),
        "unreachable": list(study.unreachable),
        "file": None if map_file is None else str(map_file),
    }
