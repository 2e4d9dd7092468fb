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
        An object with one section per line: `schema_version`, `question`, `mean_elements`,
        `ballistic_coefficient_kg_m2`, `start`, `cases`, `odds` (null without draws), `notes`, `provenance`.
    """
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "question": plain(study.options),
            "mean_elements": plain(study.mean_elements),
            "ballistic_coefficient_kg_m2": study.ballistic_coefficient_kg_m2,
            "start": plain(study.start),
            "cases": plain(study.cases),
            "odds": plain(study.odds),
            "notes": list(study.notes),
            "provenance": {"versions": package_versions(), "elapsed_s": study.elapsed_s},
        }
    )
