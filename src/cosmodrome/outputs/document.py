"""The result as one JSON document, for machines: versioned, hashed, self-describing by its units."""

import hashlib
import json
import math
import platform
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from pydantic import BaseModel

from cosmodrome.ascent.result import Ascent, AscentTrajectory
from cosmodrome.budgets.data import DataTimeline
from cosmodrome.budgets.downlink import Downlink
from cosmodrome.budgets.power import PowerTimeline
from cosmodrome.budgets.thermal import ThermalTimeline
from cosmodrome.models.mission import Mission
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.outputs.labels import iso_text
from cosmodrome.verdict.check import Verdict

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult
    from cosmodrome.ascent.capability import PayloadCapability

SCHEMA_VERSION: Final = 1
PACKAGES: Final = (
    "cosmodrome", "astropy-iers-data", "casadi", "matplotlib", "numpy", "pydantic", "pyerfa", "pymsis",
    "satkit", "satkit-data", "scipy", "sgp4",
)  # fmt: skip
_SERIES: Final = (
    AscentTrajectory,
    DataTimeline,
    Ephemeris,
    PowerTimeline,
    Downlink,
    ThermalTimeline,
)  # in tables/ and ephemeris.oem


def result_document(result: "MissionResult") -> str:
    """Write a result as JSON.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    str
        An object with one section per line: `schema_version`, `mission`, `verdict`, `capability`, `ascent`,
        `windows`, `orbit`, `budgets`, `inputs`, `provenance`. Names carry units; instants are ISO 8601 UTC;
        what is infinite or undefined is null. Time series are not in it but in `tables/` and the OEM.
    """
    sections: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "mission": result.mission.name,
        "verdict": _verdict(result.verdict),
        "capability": {
            **calibrated_payload(result.capability),
            "status": plain(result.capability.status),
            "published": plain(result.mission.vehicle.payload_figures),
            "branches": [_branch(ascent) for ascent in result.capability.branches],
        },
        "ascent": plain(result.capability.ascent),
        "windows": plain(result.windows),
        "orbit": _orbit(result),
        "budgets": plain(result.budgets),
        "stated": plain(result.stated),
        "inputs": result.mission.model_dump(mode="json"),
        "provenance": {
            "inputs_sha256": inputs_sha256(result.mission),
            "versions": package_versions(),
            "timings": plain(result.timings),
        },
    }
    return sections_text(sections)


def calibrated_payload(capability: "PayloadCapability") -> dict[str, Any]:
    """The payload with its interval, and the reserve and the spread that it rests on."""
    return {
        "physics_kg": _number(capability.physics_kg),
        "payload_kg": _number(capability.payload_kg),
        "low_kg": _number(capability.low_kg),
        "high_kg": _number(capability.high_kg),
        "reserve": plain(capability.reserve),
        "spread": plain(capability.spread),
        "notes": plain(capability.notes),
    }


def sections_text(sections: dict[str, Any]) -> str:
    """Write a JSON object with one section per line.

    Parameters
    ----------
    sections : dict
        Name to what JSON can hold, as `plain` makes it.

    Returns
    -------
    str
        Ends in a line feed.

    Examples
    --------
    >>> print(sections_text({"a": 1, "b": [1.5, None]}), end="")
    {
    "a": 1,
    "b": [1.5, null]
    }
    """
    lines = [f"{json.dumps(key)}: {_json(section)}" for key, section in sections.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(section: Any) -> str:
    return json.dumps(section, ensure_ascii=False, allow_nan=False)


def inputs_sha256(mission: Mission) -> str:
    """Fingerprint of the inputs as understood, catalog numbers and defaults included.

    Parameters
    ----------
    mission : Mission
        The inputs.

    Returns
    -------
    str
        SHA-256 of the canonical JSON, hexadecimal.
    """
    canonical = json.dumps(mission.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def package_versions() -> dict[str, str]:
    """Versions of Python and of the packages that results depend on.

    Returns
    -------
    dict
        Name to version.
    """
    versions = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status.name,
        "sentence": verdict.status.value,
        "closes": verdict.closes,
        "binding": verdict.binding.name if verdict.binding is not None else None,
        "checks": plain(verdict.checks),
        "together": plain(verdict.together),
    }


def _branch(ascent: Ascent) -> dict[str, Any]:
    return {
        "branch": ascent.branch,
        "launch_azimuth_deg": _number(ascent.launch_azimuth_deg),
        "payload_kg": _number(ascent.payload_kg),
        "status": plain(ascent.status),
        "replay": plain(ascent.replay),
        "solver": plain(ascent.solver),
    }


def _orbit(result: "MissionResult") -> dict[str, Any] | None:
    ephemeris = result.ephemeris
    if ephemeris is None:
        return None
    return {
        "injection": plain(result.injection),
        "frame": "GCRF",
        "duration_s": _number(float(ephemeris.elapsed_s[-1] - ephemeris.elapsed_s[0])),
        "forces": plain(ephemeris.forces),
        "earth_orientation_until": ephemeris.earth_orientation_until.isoformat(),
        "space_weather_until": ephemeris.space_weather_until.isoformat(),
        "notes": list(ephemeris.notes),
        "eclipses": plain(result.eclipses),
        "passes": plain(result.passes),
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def plain(value: Any) -> Any:
    """Turn results into what JSON can hold; public properties stand beside the fields.

    Parameters
    ----------
    value : Any
        A result, a model, an array, a number, or several.

    Returns
    -------
    Any
        Objects, lists, numbers, words and nulls; an enumeration as its name and its sentence.

    Examples
    --------
    >>> plain((1.5, float("nan"), "x"))
    [1.5, None, 'x']
    """
    match value:
        case None | bool() | int() | str():
            return value
        case np.bool_():
            return bool(value)
        case float() | np.floating():
            return _number(float(value))
        case Enum():
            return {"name": value.name, "sentence": value.value}
        case datetime():
            return iso_text(value)
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case frozenset():
            return sorted(value)
        case np.ndarray():
            return [plain(part) for part in value.tolist()]
        case tuple() | list():
            return [plain(part) for part in value]
        case BaseModel():
            return value.model_dump(mode="json")
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _names(value: Any) -> list[str]:
    """Fields and public properties, less the time series."""
    kind = type(value)
    names = [field.name for field in fields(value) if not isinstance(getattr(value, field.name), _SERIES)]
    return names + [name for name, member in vars(kind).items() if isinstance(member, property)]
