"""Write the vehicle and site catalog from the collected public facts; run once, then edited by hand.

Shared stages were split out into `modules/*.toml` by hand afterwards, and vehicles added, so this no longer
reproduces the files in the repository: give it another folder.

    .venv/bin/python tools/build_catalog.py ../shared/data /tmp/catalog

What the facts lack is estimated in `catalog_rules`, each time by a rule that the written entry names. It
overwrites the files that it writes: `vehicles/*.toml`, `sites/*.toml` and `sources.toml`.
"""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

from catalog_rules import FAMILIES, LEFT_OUT, SITE_NAMES, lacking, prepared

KEYS = {
    "dry_mass_kg": "dry_mass_kg",
    "propellant_mass_kg": "propellant_mass_kg",
    "thrust_sl_N": "thrust_sea_level_n",
    "isp_sl_s": "specific_impulse_sea_level_s",
    "thrust_vac_N": "thrust_vacuum_n",
    "isp_vac_s": "specific_impulse_vacuum_s",
    "burn_time_s": "burn_time_s",
    "length_m": "length_m",
    "diameter_m": "diameter_m",
    "recovery_propellant_kg": "recovery_propellant_kg",
    "interstage_or_other_jettisoned_kg": "jettisoned_mass_kg",
}
OPEN_SECTOR_DEG = {"azimuth_min_deg": 0.0, "azimuth_max_deg": 360.0}
# Plain numbers, without a source of their own.
BARE = {
    "ignition_delay_s": "ignition_delay_s",
    "ignite_at_s": "ignition_time_s",
    "separation_delay_s": "separation_delay_s",
    "ignitions_max": "ignitions_max_count",
    "throttle_with_boosters": "throttle_with_boosters_ratio",
}
# Sources that name neither a key nor a document that can be found; they are marked as unverified.
UNVERIFIED = (
    "75 tonf x 4 quoted as sea level in press: does not close with 127 s",
    "GLV flew Gemini without a fairing",
    "en-academic; older",
    "flight 1",
    "flight 1, intoleranciadiario",
    "intoleranciadiario",
    "older",
    "tellerreport, cut off 46 s early on flight 1",
)
# Keys of documents of the maker or the operator, as the compilations quote them.
MAKERS = (
    "A5kit",
    "GEMc",
    "ORBm",
    "ORBv",
    "PARA",
    "PRESS",
    "RLD/CGWIC",
    "RLD/ISRO",
    "RLD/JAXA",
    "RLD/man",
    "TUD",
)
COMPILATIONS = ("KWJ", "NC", "ORB", "ORBa", "ORBw", "RLD", "RO", "ROp", "SCO", "WPit", "WPpslv", "WWF1")
GRADE = re.compile(r" \[(high|medium|low)\]")
GRADED = {"unverified: <document> [confidence]": "unverified: <document>"}
RESTATED = {
    "as vehicle": "calc: the vehicle's diameter",
    "enwikipedia": "WPpslv",
    "found": "unverified: document not named",
    "unverified: low [low]": "unverified: document not named [low]",
    "id 70127140261": "public file id 70127140261",
}


def main(facts: Path, data: Path) -> None:
    """Write every file."""
    document = json.loads((facts / "vehicles.json").read_text())
    by_name = {vehicle["id"]: vehicle for vehicle in document["vehicles"]}
    by_name["electron-kick"] = {**by_name["electron"], "id": "electron-kick"}
    check_that_all_are_placed(by_name)
    payloads = list(csv.DictReader((facts / "payloads.csv").open()))
    flags = list(csv.DictReader((facts / "flags.csv").open()))
    for family, names in FAMILIES.items():
        texts = []
        for name in names:
            known_as = "electron" if name == "electron-kick" else name
            figures = [row for row in payloads if row["vehicle"] == known_as]
            heaviest_kg = max((float(row["payload_kg"]) for row in figures), default=0.0)
            remarks = [row for row in flags if row["vehicle"] == name]
            texts.append(vehicle_text(prepared(by_name[name], heaviest_kg, remarks), figures))
        (data / "vehicles" / f"{family}.toml").write_text("\n\n".join(texts) + "\n")
    sites = csv.DictReader((facts / "sites.csv").open())
    (data / "sites" / "sites.toml").write_text("\n\n".join(site_text(row) for row in sites) + "\n")
    (data / "sources.toml").write_text(sources_text(document["meta"]))


def check_that_all_are_placed(by_name: dict[str, Any]) -> None:
    """Every vehicle is in one family or left out for a reason, and what is in has all that a stage needs."""
    placed = [name for names in FAMILIES.values() for name in names]
    if sorted([*placed, *LEFT_OUT]) != sorted(by_name):
        raise SystemExit(f"place each vehicle once: {sorted(set(by_name) ^ {*placed, *LEFT_OUT})}")
    for name in placed:
        if missing := lacking(by_name[name]):
            raise SystemExit(f"{name} lacks {', '.join(missing)}: leave it out")


def quoted(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


def number(value: float) -> str:
    """A number as a person would write it."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def restated(source: str) -> str:
    """A source in words that speak for themselves."""
    return f"unverified: {source}" if source in UNVERIFIED else RESTATED.get(source, source)


def graded(source: str) -> tuple[str, str]:
    """A source without the compilers' grade, and how far to trust it.

    The compilers' grade where they give one. Otherwise high for a document of the maker or the operator and
    for two compilations that agree, medium for one compilation, low for the rest.
    """
    if grade := GRADE.search(source):
        return GRADE.sub("", source), grade[1]
    words = {part.split()[0].rstrip(",:") for part in source.split(";") if part.strip()}
    if words & set(MAKERS) or len({word.split("/")[0] for word in words} & set(COMPILATIONS)) > 1:
        return source, "high"
    known = any(word.split("/")[0] in COMPILATIONS for word in words)
    return source, "medium" if known else "low"


def quantity(fact: dict[str, Any]) -> str:
    """An inline table; alternatives on lines of their own."""
    source = restated(fact["source"])
    plain, confidence = graded(source)
    parts = [f"value = {number(fact['value'])}", f"source = {quoted(plain)}", f'confidence = "{confidence}"']
    if fact.get("estimated") or any(word in source for word in ("no source", "estimate", "calc")):
        parts.append("estimated = true")
    if fact.get("note"):
        parts.append(f"note = {quoted(fact['note'])}")
    if fact.get("alternatives"):
        lines = [f"    {alternative(a)},\n" for a in fact["alternatives"]]
        parts.append("alternatives = [\n" + "".join(lines) + "]")
    return "{ " + ", ".join(parts) + " }"


def alternative(fact: dict[str, Any]) -> str:
    """An inline table of another published value."""
    source, confidence = graded(restated(fact["source"]))
    return f'{{ value = {number(fact["value"])}, source = {quoted(source)}, confidence = "{confidence}" }}'


def vehicle_text(vehicle: dict[str, Any], figures: list[dict[str, str]]) -> str:
    """One prepared vehicle with its stages and its published payloads."""
    lines = ["[[vehicles]]", f"name = {quoted(vehicle['id'])}"]
    lines += [f"{key} = {quoted(vehicle[key])}" for key in ("title", "country", "operator", "status")]
    lines += [f"{key} = {quantity(vehicle[key])}" for key in ("height_m", "diameter_m", "gross_mass_kg")]
    if vehicle.get("adapter_kg"):
        lines.append(f"adapter_mass_kg = {quantity(vehicle['adapter_kg'])}")
    limits = vehicle.get("limits") or {}
    for key, new in (("max_axial_g", "max_axial_acceleration_g"), ("max_q_kPa", "max_dynamic_pressure_kpa")):
        if limits.get(key):
            lines.append(f"{new} = {quantity(limits[key])}")
    lines += [f"notes = {quoted(vehicle['notes'])}"] if vehicle["notes"] else []
    if vehicle.get("drop"):
        lines += ["", "[vehicles.air_launch]"]
        lines.append(f"altitude_m = {quantity(vehicle['drop']['altitude_m'])}")
        lines.append(f"speed_m_s = {quantity(vehicle['drop']['speed_mps'])}")
    lines += ["", "[vehicles.fairing]"]
    lines += [f"{key} = {quantity(vehicle['fairing'][key])}" for key in ("mass_kg", "diameter_m", "length_m")]
    for stage in vehicle["stages"]:
        lines += ["", *stage_lines(stage)]
    for figure in figures:
        lines += ["", *figure_lines(figure)]
    return "\n".join(lines)


def stage_lines(stage: dict[str, Any]) -> list[str]:
    """One stage."""
    lines = ["[[vehicles.stages]]"]
    lines += [f"{key} = {quoted(stage[key])}" for key in ("name", "role")]
    lines += [f"count = {stage['count']}"] if stage["count"] != 1 else []
    lines += [f"{key} = {quoted(stage[key])}" for key in ("propellants", "engine")]
    lines += [f"engines_per_unit = {stage['engines_per_unit']}"] if stage["engines_per_unit"] != 1 else []
    lines += [f"{new} = {quantity(stage[key])}" for key, new in KEYS.items() if stage.get(key)]
    lines.append(f"ignition = {quoted(stage['ignition'])}")
    lines += [f"{new} = {number(stage[key])}" for key, new in BARE.items() if stage.get(key) is not None]
    if stage.get("throttle_range"):
        lines.append(f"throttle_min_ratio = {number(stage['throttle_range'][0])}")
    if stage.get("thrust_curve_rel"):
        points = ", ".join(f"[{number(x)}, {number(f)}]" for x, f in stage["thrust_curve_rel"]["points"])
        lines.append(f"thrust_curve_ratio = [{points}]")
    if stage.get("jettison_delay_s") is not None:
        lines.append(f"jettison_delay_s = {number(stage['jettison_delay_s'])}")
    return [*lines, f"note = {quoted('; '.join(stage['notes']))}"] if stage["notes"] else lines


def figure_lines(figure: dict[str, str]) -> list[str]:
    """One published payload."""
    lines = [
        "[[vehicles.payload_figures]]",
        f"site = {quoted(SITE_NAMES.get(figure['site'], figure['site']))}",
        f"orbit = {quoted(figure['orbit_type'])}",
    ]
    for key, new in (
        ("perigee_km", "perigee_altitude_km"),
        ("apogee_km", "apogee_altitude_km"),
        ("inclination_deg", "inclination_deg"),
        ("payload_kg", "payload_kg"),
    ):
        if figure[key]:
            lines.append(f"{new} = {number(float(figure[key]))}")
    lines.append(f"definition = {quoted(figure['definition_notes'])}")
    return [
        *lines,
        f"source = {quoted(restated(figure['source']))}",
        f"confidence = {quoted(figure['confidence'])}",
    ]


def site_text(row: dict[str, str]) -> str:
    """One site; every number of it has the row's source."""
    lines = [
        "[[sites]]",
        f"name = {quoted(row['id'])}",
        f"title = {quoted(row['name'])}",
        f"country = {quoted(row['country'])}",
    ]
    for key, new in (
        ("lat_deg_geodetic", "latitude_deg"),
        ("lon_deg_east", "longitude_deg"),
        ("altitude_m", "altitude_m"),
        ("azimuth_min_deg", "azimuth_min_deg"),
        ("azimuth_max_deg", "azimuth_max_deg"),
    ):
        lines.append(f"{new} = {quantity(site_fact(row, key))}")
    lines += [f"{key} = {quoted(row[key])}" for key in ("inclinations", "notes", "confidence")]
    return "\n".join(lines)


def site_fact(row: dict[str, str], key: str) -> dict[str, Any]:
    """A number of a site; the open sector where none is published."""
    if row[key]:
        return {"value": float(row[key]), "source": row["source"]}
    return {
        "value": OPEN_SECTOR_DEG[key],
        "source": "no published sector",
        "estimated": True,
        "note": "no published sector: every azimuth is taken as open",
    }


def sources_text(meta: dict[str, Any]) -> str:
    """What the short source keys stand for."""
    lines = ["# What the short source keys of the catalog stand for.", "", "[keys]"]
    keys = {**meta["source_keys"], "urdupoint": "https://www.urdupoint.com, press report of the date given"}
    lines += [f"{quoted(key)} = {quoted(text)}" for key, text in keys.items()]
    lines += ["", "[rules]"]
    rules = {GRADED.get(key, key): text for key, text in meta["source_tag_rules"].items()}
    lines += [f"{quoted(key)} = {quoted(text)}" for key, text in rules.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
