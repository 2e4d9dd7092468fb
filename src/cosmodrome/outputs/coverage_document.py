"""What a constellation sees, as one JSON document."""

from pathlib import Path
from typing import Final

from cosmodrome.outputs.document import package_versions, plain, sections_text
from cosmodrome.studies.coverage_study import CoverageStudy

SCHEMA_VERSION: Final = 1


def coverage_document(study: CoverageStudy, map_file: Path | None = None) -> str:
    """Write a study as JSON.

    Parameters
    ----------
    study : CoverageStudy
        A finished study.
    map_file : Path, optional
        Where the map was written.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `question`, `constellation`, `summary`,
        `points` (measures by point; null where a point has no whole gap), `map_file`, `notes`, `provenance`.
    """
    found = study.coverage
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "question": plain(study.options),
            "constellation": {
                "name": study.satellites,
                "satellites_count": found.satellites_count,
                "method": study.method,
                "epoch": plain(found.epoch),
                "limits": plain(found.limits),
            },
            "summary": plain(study.summary),
            "points": {**plain(found.grid), **plain(found.revisit)},
            "map_file": None if map_file is None else str(map_file),
            "notes": list(study.notes),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )
