"""What the catalog decides about the collected facts: names, hand-written notes, and rules for estimates.

Each rule is the same for every vehicle and is named in the entry that it changes; none looks at what a
vehicle is said to lift, except to compare the sum of the parts with the published lift-off mass.
"""

import copy
import re
from typing import Any

Facts = dict[str, Any]

FAMILIES = {
    "angara": ("angara-1.2", "angara-a5", "angara-a5-briz-m"),
    "antares": ("antares-230",),
    "ariane": ("ariane-5-eca", "ariane-5-es", "ariane-62", "ariane-64"),
    "atlas-v": ("atlas-v-401", "atlas-v-551"),
    "cz": ("cz-2c", "cz-2d", "cz-3b-e", "cz-4c", "cz-5", "cz-5b", "cz-6", "cz-7"),
    "delta": ("delta-ii-7920", "delta-iv-m"),
    "electron": ("electron", "electron-kick"),
    "epsilon": ("epsilon",),
    "falcon": ("falcon-1", "falcon-9-expendable", "falcon-9-asds", "falcon-heavy"),
    "firefly": ("firefly-alpha",),
    "h-iia": ("h-iia-202",),
    "h3": ("h3-22", "h3-24", "h3-30"),
    "kosmos": ("kosmos-3m",),
    "lvm3": ("lvm3",),
    "minotaur": ("minotaur-i", "minotaur-iv"),
    "nuri": ("nuri",),
    "pegasus": ("pegasus-xl",),
    "proton": ("proton-m", "proton-m-briz-m"),
    "pslv": ("pslv-xl", "pslv-ca", "pslv-g"),
    "rokot": ("rokot",),
    "saturn": ("saturn-ib", "saturn-v", "saturn-v-2st"),
    "soyuz-2": ("soyuz-2.1a", "soyuz-2.1a-fregat", "soyuz-2.1b", "soyuz-2.1b-fregat", "soyuz-2.1v"),
    "soyuz-st": ("soyuz-st-b-fregat-mt",),
    "titan": ("titan-ii-glv",),
    "vega": ("vega", "vega-c"),
    "zenit": ("zenit-2sb", "zenit-3sl"),
}
LEFT_OUT = {"angara-1.2pp": "suborbital test vehicle of 2014, not an orbital configuration"}
TITLES = {
    "angara-a5": "Angara A5 (without upper stage)",
    "soyuz-2.1b": "Soyuz-2.1b (without upper stage)",
    "electron": "Electron (2017-2019 mass set)",
    "electron-kick": "Electron with kick stage (2017-2019 mass set)",
}
# The catalog's name of a site that the table of payloads calls otherwise.
SITE_NAMES = {
    "air-drop-28N": "pegasus-drop-wff",
    "air-drop-36N": "pegasus-drop-vafb",
    "ccsfs-19": "ccsfs",
    "ccsfs-34/37": "ccsfs",
    "ksc-39": "ksc-39a",
    "kwajalein": "omelek",
    "odyssey-154W": "sea-launch",
}
NOTES = {
    "angara-1.2": (
        "The published dry mass of the second stage, 2355 kg, is a copy of Soyuz Blok I; with it the "
        "ideal ascent lifts about 1.6 times the published 3500 kg. A dry mass of 3600-3900 kg would fit, "
        "or the rating is that conservative (shared flags.csv, confidence medium). The published value is"
        " kept."
    ),
    "angara-a5": (
        "Three stages, no upper stage. The parts drawn (core 25.7 m, URM-2 6.9 m, fairing 15.3 m) add up "
        "to 47.9 m of the published 54.5 m: interstages are not in the sources. The 773 t lift-off mass "
        "closes with 132.6 t per URM-1. "
        "Here the core is throttled to 30 % from lift-off on; in flight only some seconds after it."
    ),
    "soyuz-2.1b": (
        "The parts add up to about 314 t with the rated payload, against 312 t published. The boosters "
        "are cut off by velocity with about 1 t left each; here they burn to depletion, which "
        "overestimates a little."
    ),
    "falcon-9-expendable": (
        "Published lift-off mass excludes the payload. Max q and acceleration are what flights were seen "
        "to reach."
    ),
    "electron": (
        "One self-consistent set, that of the 2017-2019 user's guides: 9250 kg of stage-1 propellant with"
        " 162/192 kN burns 147 s, as flown then. The uprated vehicle of 2020+ (216-224 kN, 'up to 300 "
        "kg') carries more propellant that is not published, so its ratings do not belong to these "
        "masses. The kick stage (Curie, 120 N) is not a stage here: at 120 N it does not ascend, it "
        "circularizes after half a revolution. Its dry mass, 40 kg, rides as the adapter; its propellant "
        "(20-60 kg) is not counted, and stage 2 flies straight into the target orbit."
    ),
    "electron-kick": (
        "The vehicle of the entry 'electron' with its kick stage (Curie, 120 N) as a third stage, which "
        "circularizes after a coast. The uprated vehicle of 2020+ ('up to 300 kg') carries more propellant "
        "that is not published, so its ratings do not belong to these masses."
    ),
}
_GROSS_OF_ELECTRON = {
    "value": 12500,
    "source": "unverified: 2017 PUG [high]",
    "alternatives": [
        {"value": 13000, "source": "unverified: Rocket Lab Payload User's Guide 6.x/7.0 [high]"}
    ],
    "note": "12.5 t belongs to the 2017-2019 mass set used here; 13 t to the uprated vehicle",
}
_ADAPTER_OF_ELECTRON = {
    "value": 40,
    "source": "RLD/man",
    "note": "dry mass of the kick stage, which stays with the payload to orbit",
}
_SOLIDS = ("HTPB", "PBAN", "CTPB", "NEPE")
# Thrust over specific impulse is the mass flow, the same at sea level and in vacuum; apart by this at most.
_FLOW_TOLERANCE = 0.025
_MASS_TOLERANCE = 0.03
_SHORTEST_STACK, _LONGEST_STACK = 0.87, 1.01  # of the published height; interstages are the rest


def prepared(facts: Facts, heaviest_payload_kg: float, flags: list[dict[str, str]]) -> Facts:
    """The facts of one vehicle with every decision and estimate made; the argument is left as it is."""
    vehicle = copy.deepcopy(facts)
    name = vehicle["id"]
    for stage in vehicle["stages"]:
        stage["notes"] = [stage["note"]] if stage.get("note") else []
    _choose_electron(vehicle)
    _fit_the_fairing_of_angara(vehicle)
    for stage in vehicle["stages"]:
        _split_ignition(stage)
        _name_the_arithmetic(stage)
        _fill_sea_level_thrust(stage)
        _keep_recovery_propellant(stage)
        _explain_solid_motor(stage)
    _shed(vehicle["stages"])
    _fill_fairing(vehicle)
    vehicle["title"] = TITLES.get(name, vehicle["name"])
    vehicle["notes"] = NOTES.get(name) or " ".join(
        [*_told(vehicle, flags), *_sums_that_do_not_close(vehicle, heaviest_payload_kg)]
    )
    return vehicle


def lacking(facts: Facts) -> list[str]:
    """Numbers without which a stage cannot fly."""
    needed = ("dry_mass_kg", "propellant_mass_kg", "thrust_vac_N", "isp_vac_s")
    return [f"{stage['name']}: {key}" for stage in facts["stages"] for key in needed if not stage.get(key)]


def _choose_electron(vehicle: Facts) -> None:
    """One mass set for both entries; the first of them flies without the kick stage."""
    if vehicle["id"] not in ("electron", "electron-kick"):
        return
    vehicle["gross_mass_kg"] = _GROSS_OF_ELECTRON
    if vehicle["id"] == "electron":
        vehicle["adapter_kg"] = _ADAPTER_OF_ELECTRON
        vehicle["stages"] = [stage for stage in vehicle["stages"] if stage["role"] != "upper"]
        return
    fact = vehicle["stages"][-1]["propellant_mass_kg"]
    vehicle["stages"][-1]["propellant_mass_kg"] = {
        "value": fact["alternatives"][0]["value"],
        "source": fact["alternatives"][0]["source"],
        "note": "the source of the 245 kg calls them far too high and advises 20-60 kg",
        "alternatives": [{"value": fact["value"], "source": fact["source"]}],
    }


def _fit_the_fairing_of_angara(vehicle: Facts) -> None:
    """A fairing length for Angara 1.2 that agrees with its published height."""
    if vehicle["id"] == "angara-1.2":
        published = vehicle["fairing"]["length_m"]
        vehicle["fairing"]["length_m"] = {
            "value": round(vehicle["height_m"]["value"] - _stack_m(vehicle), 2),
            "source": "calc: overall height less the lengths of the stages",
            "estimated": True,
            "note": "so that the parts add up to the published height of 42.7 m",
            "alternatives": [
                {"value": published["value"], "source": f"{published['source']}: {published['note']}"}
            ],
        }


def _stack_m(vehicle: Facts) -> float:
    """Length of the stages that stand on each other."""
    return sum(s["length_m"]["value"] for s in vehicle["stages"] if s["role"] != "booster")


def _split_ignition(stage: Facts) -> None:
    """The kind of ignition is the first word; what else is said of it goes to the note."""
    kind, rest = re.fullmatch(r"(\w+)[, (]*(.*?)\)?", stage["ignition"]).groups()
    stage["ignition"] = kind
    if rest:
        stage["notes"].append(f"ignition: {rest}")
    if stage.get("ignite_at_s"):
        stage["notes"].append(f"lights {stage['ignite_at_s']:g} s after lift-off")
    if stage.get("throttle_with_boosters") and not stage["notes"]:
        stage["notes"].append(
            f"held at {100 * stage['throttle_with_boosters']:g} % from lift-off on while the boosters burn"
        )


def _name_the_arithmetic(stage: Facts) -> None:
    """What a number that is only called calculated agrees with to 3 %."""
    fits = {}
    flow = stage["thrust_vac_N"]["value"] / stage["isp_vac_s"]["value"]
    fits["burn_time_s"] = (stage["propellant_mass_kg"]["value"] * 9.80665 / flow, "m_p Isp g0 / F")
    if stage.get("thrust_sl_N") and stage.get("isp_sl_s"):
        scaled = stage["thrust_sl_N"]["value"] * stage["isp_vac_s"]["value"] / stage["isp_sl_s"]["value"]
        fits["thrust_vac_N"] = (scaled, "sea-level thrust times the ratio of specific impulses")
    for key, (value, rule) in fits.items():
        fact = stage.get(key)
        if fact and fact["source"] == "calc":
            agrees = abs(value / fact["value"] - 1) < 0.03
            fact["source"] = f"calc: {rule if agrees else 'arithmetic not stated'}"


def _fill_sea_level_thrust(stage: Facts) -> None:
    """Sea-level thrust of a solid motor that belongs to its mean thrust; a remark where flows disagree."""
    at_sea_level, impulse = stage.get("thrust_sl_N"), stage.get("isp_sl_s")
    if not impulse:
        if stage["ignition"] == "air" and stage["role"] == "core" and not stage.get("ignite_at_s"):
            stage["notes"].append(
                "no sea-level data published: it lights where the air is too thin for that to matter much"
            )
        return
    ratio = impulse["value"] / stage["isp_vac_s"]["value"]
    derived = stage["thrust_vac_N"]["value"] * ratio
    apart = at_sea_level["value"] / derived - 1 if at_sea_level else 0.0
    if abs(apart) > _FLOW_TOLERANCE and not _is_solid(stage):
        stage["notes"].append(
            f"the published pairs of thrust and specific impulse differ by {100 * abs(apart):.0f} % in mass "
            "flow; that of the vacuum pair holds"
        )
    elif at_sea_level is None or abs(apart) > _FLOW_TOLERANCE:
        stage["thrust_sl_N"] = {
            "value": round(derived, -2),
            "source": "calc: vacuum thrust times the ratio of specific impulses",
            "estimated": True,
        }
        if at_sea_level:
            stage["thrust_sl_N"]["note"] = "the published thrust does not belong to the mean in vacuum"
            published = {"value": at_sea_level["value"], "source": at_sea_level["source"]}
            stage["thrust_sl_N"]["alternatives"] = [published, *at_sea_level.get("alternatives", ())]


def _is_solid(stage: Facts) -> bool:
    return any(word in stage["propellants"] for word in _SOLIDS)


def _explain_solid_motor(stage: Facts) -> None:
    """Where a solid motor's curve is from, or that it has none; its peak beside its mean."""
    if not _is_solid(stage):
        return
    curve, peak = stage.get("thrust_curve_rel"), stage.get("thrust_vac_peak_N")
    if curve:
        stage["notes"].append(f"thrust over the burned fraction: {curve['source']}, digitized")
    else:
        stage["notes"].append("no thrust curve published: the mean thrust holds throughout")
    if peak:
        largest = {"value": peak["value"], "source": f"{peak['source']} (largest thrust)"}
        mean = stage["thrust_vac_N"]
        mean["alternatives"] = [*(mean.get("alternatives") or ()), largest]


def _keep_recovery_propellant(stage: Facts) -> None:
    """Propellant kept for the landing, from its share of the load."""
    share = stage.get("recovery_reserve_fraction")
    if share:
        load = stage["propellant_mass_kg"]["value"]
        others = [
            {"value": round(other["value"] * load), "source": f"{other['source']} ({other['value']:g} of it)"}
            for other in share.get("alternatives") or ()
        ]
        stage["recovery_propellant_kg"] = {
            "value": round(share["value"] * load),
            "source": f"{share['source']}; calc: share of the propellant load",
            "estimated": True,
            "note": f"{share['value']:g} of the load",
            "alternatives": others,
        }


def _shed(stages: list[Facts]) -> None:
    """What leaves before the stage does: an early drop, or an interstage that goes with the stage below."""
    below = None
    for stage in stages:
        fact = stage.get("interstage_or_other_jettisoned_kg")
        if stage["role"] == "booster":
            continue
        if fact and "interstage" in fact["source"]:
            _add_interstage(below or stage, fact)
            stage["interstage_or_other_jettisoned_kg"] = None
        elif fact and not fact["value"]:
            stage["notes"].append(fact["source"])
            stage["interstage_or_other_jettisoned_kg"] = None
        elif fact:
            stage["jettison_delay_s"], why = _jettison_delay(stage["name"], fact["source"])
            stage["notes"].append(why)
        below = stage


def _add_interstage(stage: Facts, fact: Facts) -> None:
    """Count parts that the published dry mass does not contain and that leave with this stage."""
    bare = stage["dry_mass_kg"]
    stage["dry_mass_kg"] = {
        "value": bare["value"] + fact["value"],
        "source": f"{bare['source']}; {fact['source']}; calc: sum",
        "estimated": True,
        "note": f"{bare['value']:g} kg and {fact['value']:g} kg that the published dry mass does not "
        "contain; all of it is taken to leave with this stage",
        "alternatives": [
            {"value": bare["value"], "source": f"{bare['source']} (without them)"},
            *(bare.get("alternatives") or ()),
        ],
    }


def _jettison_delay(stage_name: str, source: str) -> tuple[float, str]:
    """When the stage sheds its early mass, and where that is from."""
    stated = re.search(r"(\d+) s after ignition", source)
    if stated:
        when = f"jettison {stated[1]} s after ignition, of the same source as the mass"
        return float(stated[1]), f"{when}; the dry mass is taken to include the skirt"
    if stage_name.startswith("Blok I"):
        when = "jettison at T+300.4 s, ignition near T+286.3 s (ORBm)"
        return 14.1, f"{when}; the dry mass is taken to include the skirt"
    when = "batteries leave late in the burn: 250 s after ignition, estimated"
    return 250.0, f"{when}; the dry mass is taken to include them"


def _fill_fairing(vehicle: Facts) -> None:
    """The size of what rides on top, where none is published."""
    fairing = vehicle["fairing"]
    if not fairing["diameter_m"]:
        fairing["diameter_m"] = {
            "value": vehicle["stages"][-1]["diameter_m"]["value"],
            "source": "calc: diameter of the last stage",
            "estimated": True,
            "note": "no size published; stands for what rides on top",
        }
    if not fairing["length_m"]:
        fairing["length_m"] = {
            "value": round(vehicle["height_m"]["value"] - _stack_m(vehicle), 2),
            "source": "calc: overall height less the lengths of the stages",
            "estimated": True,
            "note": "no size published; stands for what rides on top",
        }
    mass = fairing["mass_kg"]
    if re.search("escape|LES", mass["source"]):
        mass["note"] = "the launch escape system is counted as the fairing"


def _told(vehicle: Facts, flags: list[dict[str, str]]) -> list[str]:
    """What the compilers say of the vehicle, as sentences."""
    told = [vehicle.get("note"), vehicle["fairing"].get("note")]
    if vehicle.get("alternative_upper_stages"):
        told.append(f"other upper stages: {vehicle['alternative_upper_stages']}")
    if vehicle.get("base"):
        told.append(f"the lower stages are those of '{vehicle['base']}'")
    explained = "likely wrong number / explanation"
    told += [
        f"compared with {flag['case']}: {flag[explained].replace('as above', 'as for angara-a5-briz-m')} "
        f"(shared flags.csv, confidence {flag['confidence in the explanation']})"
        for flag in flags
    ]
    return [text[0].upper() + text[1:].removesuffix(".") + "." for text in told if text]


def _sums_that_do_not_close(vehicle: Facts, heaviest_payload_kg: float) -> list[str]:
    """A sentence where masses or lengths of the parts do not add up to what is published of the whole."""
    stages, fairing = vehicle["stages"], vehicle["fairing"]
    parts_kg = sum(
        s["count"] * (s["dry_mass_kg"]["value"] + s["propellant_mass_kg"]["value"]) for s in stages
    )
    parts_kg += fairing["mass_kg"]["value"] + heaviest_payload_kg
    gross_kg = vehicle["gross_mass_kg"]["value"]
    found = []
    if abs(parts_kg / gross_kg - 1) > _MASS_TOLERANCE:
        with_what = " with the heaviest published payload" if heaviest_payload_kg else ""
        found.append(
            f"Stages and fairing{with_what} add up to {parts_kg / 1e3:.1f} t, "
            f"against {gross_kg / 1e3:.1f} t published."
        )
    stack_m, height_m = _stack_m(vehicle) + fairing["length_m"]["value"], vehicle["height_m"]["value"]
    if not _SHORTEST_STACK < stack_m / height_m < _LONGEST_STACK:
        why = (
            "some lie inside others, or a figure is wrong"
            if stack_m > height_m
            else "interstages are the rest"
        )
        found.append(
            f"The lengths of stages and fairing add up to {stack_m:.1f} m, "
            f"against {height_m:g} m published: {why}."
        )
    return found
