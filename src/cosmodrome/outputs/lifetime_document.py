"""How long an orbit lasts, as one JSON document."""

from typing import Final

from cosmodrome.outputs.document import package_versions, plain, sections_text
from cosmodrome.studies.lifetime_study import LifetimeStudy

SCHEMA_VERSION: Final = 1


def lifetime_document(study: LifetimeStudy) -> str:
    """Write a study as JSON.

    Parameters
    ----------
    study : LifetimeStudy
        A finished study.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `question`, `orbit`, `start`, `cases`, `spread`
        (null without draws), `notes`, `provenance`.
    """
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "question": plain(study.options),
            "orbit": plain(study.orbit),
            "start": plain(study.start),
            "cases": plain(study.cases),
            "spread": plain(study.spread),
            "notes": list(study.notes),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )
