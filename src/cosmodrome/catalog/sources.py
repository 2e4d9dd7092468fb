"""What the short source keys of the catalog stand for."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "sources.toml"


@dataclass(frozen=True, slots=True)
class SourceReference:
    """A source key and the document behind it."""

    key: str
    text: str

    def __repr__(self) -> str:
        return f"<SourceReference {self.key}: {self.text}>"


def explain_source(*sources: str) -> tuple[SourceReference, ...]:
    """Spell out the keys that appear in source strings, each once, in order of appearance.

    Parameters
    ----------
    *sources : str
        The `source` of some quantities.

    Returns
    -------
    tuple of SourceReference
        Empty where the strings speak for themselves (addresses, 'unverified: <document>').

    Examples
    --------
    >>> [reference.key for reference in explain_source("RLD/SLR; RLD/DW", "ORB (15); ROp (15.6)")]
    ['RLD/SLR', 'RLD/DW', 'ORB', 'ROp']
    """
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    keys: dict[str, str] = document["keys"]
    found: dict[str, str] = {}
    for source in sources:
        for word in re.findall(r"[A-Za-z0-9]+(?:/[A-Za-z0-9]+)?", source):
            key = word if word in keys else word.split("/")[0]
            if key in keys:
                found[key] = keys[key]
    return tuple(SourceReference(key, text) for key, text in found.items())
