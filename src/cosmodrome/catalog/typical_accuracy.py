"""The injection accuracy to reckon with where a vehicle's user's guide is not known."""

import tomllib
from functools import cache
from pathlib import Path

from cosmodrome.models.injection_accuracy import InjectionAccuracy

_FILE = Path(__file__).parent / "data" / "injection_accuracy.toml"


@cache
def typical_injection_accuracy() -> InjectionAccuracy:
    """A wide guess for any vehicle in low orbit; where it is from stands in its file.

    Examples
    --------
    >>> typical_injection_accuracy()
    <InjectionAccuracy for any low orbit, 3 sigma>
    """
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))["typical"]
    return InjectionAccuracy.model_validate(table, context={"is_sourced": True})
