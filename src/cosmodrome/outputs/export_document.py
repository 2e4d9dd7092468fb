"""Which files were written of an orbit, as one JSON document."""

from collections.abc import Sequence
from typing import Final

from cosmodrome.outputs.document import package_versions, plain, sections_text
from cosmodrome.outputs.export import ExportedFile

SCHEMA_VERSION: Final = 1


def export_document(name: str, origin: str, written: Sequence[ExportedFile]) -> str:
    """Write an export as JSON.

    Parameters
    ----------
    name, origin : str
        The object, and where its orbit is from.
    written : sequence of ExportedFile
        Each file with its kind, and what a reader must know about it.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `object`, `origin`, `files`, `provenance`.
    """
    return sections_text(
        {
            "schema_version": SCHEMA_VERSION,
            "object": name,
            "origin": origin,
            "files": plain(tuple(written)),
            "provenance": {"versions": package_versions()},
        }
    )
