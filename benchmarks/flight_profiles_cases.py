"""Which timelines of shared/data/timelines.json are compared, with what, and how their events are named here.

`added` is what the file does not state and where it is from. Events map the file's words to the ascent's.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from cosmodrome.ascent.problem import AscentTarget
from cosmodrome.ascent.terminal import escape_orbit
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.models.target import EllipticalTarget

COMMON = {
    "max q": "maximum dynamic pressure",
    "maxq": "maximum dynamic pressure",
    "fairing jettison": "fairing jettison",
    "fairing separation": "fairing jettison",
    "throttle_down_start": "throttle down",
    "throttle_down_end": "throttle up",
}
DIRECT = "insertion without a coast"  # compared where the ascent here is flown without one, too
STRAP_ONS, BLOK_A = "Blok B/V/G/D separation", "Blok A burnout and separation"
SOYUZ = {
    "strap-on separation": STRAP_ONS,
    "strap-on vernier cut-off": "Blok B/V/G/D burnout",
    "core (Blok A) separation": BLOK_A,
    "core cut-off": BLOK_A,
    "core cut-off (approx.)": BLOK_A,
    "core separation": BLOK_A,
    "Blok I ignition": BLOK_A,
    "Blok I aft skirt": "interstage separation",
    "third-stage cut-off": "insertion",
}
ELECTRON = {
    "MECO": "Stage 1 burnout and separation",
    "stage separation": "Stage 1 burnout and separation",
    "stage-2 ignition": "Stage 2 ignition",
    "SECO": "Stage 2 burnout and separation",
    "kick-stage separation": "Stage 2 burnout and separation",
}
ARIANE_5 = {
    "EAP jettison": "EAP P241 separation",
    "EPC cut-off": "EPC (Vulcain 2) burnout",
    "EPC separation / ESC-A ignition (a few s later)": "ESC-A ignition",
    "ESC-A ignition": "ESC-A ignition",
    "ESC-A cut-off": "insertion",
}
H_IIA = {
    "SRB-A separation": "SRB-A3 separation",
    "MECO": "Stage 1 burnout",
    "stage separation": "Stage 1 burnout",
    "SELI": "Stage 2 ignition",
    "SECO": DIRECT,
}
FALCON_9 = {"meco": "First stage burnout", "ses1": "Second stage ignition"}


def orbit(perigee_km: float, apogee_km: float, inclination_deg: float) -> EllipticalTarget:
    return EllipticalTarget(
        kind="elliptical",
        perigee_altitude_km=perigee_km,
        apogee_altitude_km=apogee_km,
        inclination_deg=inclination_deg,
    )


@dataclass(frozen=True, slots=True)
class Flight:
    """One timeline with the ascent it is compared with."""

    name: str
    mission: str  # how the timeline's mission begins
    vehicle: str
    site: str
    target: AscentTarget
    orbit: str
    payload_kg: float
    added: str = ""
    events: Mapping[str, str] = field(default_factory=dict)
    zero_s: float = 0.0  # lift-off on the timeline's clock
    pad_burn_s: float = 0.0  # of full flow before lift-off, of all that burns at lift-off
    unburned_kg: Mapping[str, float] = field(default_factory=dict)  # left at cut-off in each unit of a stage
    again: bool = False  # a flight that is here already, flown with something changed


CATALOG = "of the catalog's payload figures"
MS_25 = Flight(
    "Soyuz MS-25", "Soyuz MS-25", "soyuz-2.1a", "baikonur", orbit(200, 242, 51.64), "200 x 242 km, 51.64°",
    7152, f"inclination {CATALOG}", SOYUZ,
)  # fmt: skip
JUNO_C3_KM2_S2, JUNO_PERIGEE_M, JUNO_INCLINATION_DEG = 31.1, 185e3, 28.9

FLIGHTS = (
    MS_25,
    Flight(
        "Soyuz MS-25, less what is not burned in flight", "Soyuz MS-25", "soyuz-2.1a", "baikonur",
        orbit(200, 242, 51.64), "200 x 242 km, 51.64°", 7152,
        "2 s of full flow burned on the pad and 1 t left in each strap-on, both of the catalog's note",
        SOYUZ, 0.0, 2.0, {"Blok B/V/G/D": 1000.0}, again=True,
    ),
    Flight(
        "Progress MS-19", "Progress MS cargo", "soyuz-2.1a", "baikonur", orbit(193, 240, 51.64),
        "193 x 240 km, 51.64°", 7430, f"payload and inclination of the Progress class {CATALOG}", SOYUZ,
    ),
    Flight(
        "Soyuz-ST-B, manual", "Soyuz 2.1b from Kourou", "soyuz-st-b-fregat-mt", "kourou",
        orbit(250, 35950, 6), "250 x 35 950 km, 6°", 3250, f"payload and orbit {CATALOG}",
        SOYUZ | {
            "third-stage cut-off (unverified)": "Blok I (RD-0124) burnout and separation",
            "Fregat separation (unverified)": "Blok I (RD-0124) burnout and separation",
        },
    ),
    Flight(
        "Electron, No Time Toulouse", "No Time Toulouse", "electron-kick", "mahia", orbit(635, 635, 98),
        "635 km, 98°", 150, "", ELECTRON,
    ),
    Flight(
        "Ariane 64 VA267", "VA267", "ariane-64", "kourou", orbit(465, 465, 51.9), "465 km, 51.9°", 20000, "",
        {"P120C separation": "P120C separation", "LLPM separation": "LLPM burnout",
         "Vinci ignition": "ULPM ignition"},
    ),
    Flight(
        "Atlas V 551, Juno", "Juno", "atlas-v-551", "ccsfs",
        escape_orbit(JUNO_C3_KM2_S2, EARTH_EQUATORIAL_RADIUS_M + JUNO_PERIGEE_M, EARTH_GM_M3_S2,
                     math.radians(JUNO_INCLINATION_DEG)),
        "escape, C3 31.1 km²/s², 28.9°", 3625,
        "C3 (poliastro wiki, quoting spaceflight101); perigee of 185 km and 28.9° assumed",
        {"SRB jettison": "AJ-60A SRB separation", "BECO": "Common Core Booster burnout",
         "Atlas/Centaur separation": "Common Core Booster burnout",
         "MES-1": "Centaur III (single engine) ignition"},
    ),
    Flight(
        "H-IIA F50", "F50", "h-iia-202", "tanegashima", orbit(666, 666, 98.05), "666 km, 98.05°", 2600,
        "inclination of a Sun-synchronous orbit at 666 km", H_IIA,
    ),
    Flight(
        "Vega-C VV25", "VV25", "vega-c", "kourou", orbit(700, 700, 98.19), "700 km, 98.19°", 2286, "",
        {"P120C separation": "P120C burnout", "Z40 separation": "Zefiro 40 burnout",
         "Z9 separation": "Zefiro 9-A burnout"},
    ),
    Flight(
        "Proton-M, Telstar 14R", "Telstar 14R", "proton-m-briz-m", "baikonur", orbit(173, 173, 51.5),
        "173 km, 51.5°, the parking orbit", 5000,
        "parking orbit after the first burn of Briz-M (raumfahrer.net: 173 km, 51°; 51.5° is Baikonur's)",
        {"stage 1/2 separation": "Stage 1 burnout", "stage 2/3 separation": "Stage 2 burnout",
         "stage 3 / Briz-M separation": "Stage 3 burnout"},
    ),
    Flight(
        "Ariane 5 V170", "V170", "ariane-5-eca", "kourou", orbit(250, 35943, 7), "250 x 35 943 km, 7°", 8985,
        f"payload with Sylda (Arianespace release of 2006-02-23); orbit {CATALOG}, 2006 rating", ARIANE_5,
    ),
    Flight(
        "Ariane 5, typical", "typical GTO profile", "ariane-5-eca", "kourou", orbit(250, 35943, 6),
        "250 x 35 943 km, 6°", 10500, f"payload and orbit {CATALOG}", ARIANE_5, 7.3,
    ),
    Flight(
        "Nuri", "flight 1/2 plan", "nuri", "naro", orbit(700, 700, 98.1), "700 km, 98.1°", 1500,
        f"inclination {CATALOG}",
        {"stage 1 separation": "Stage 1 burnout", "stage 2 separation": "Stage 2 burnout",
         "stage 3 cut-off": "insertion"},
    ),
    Flight(
        "CZ-3B/E, typical", "typical GTO", "cz-3b-e", "xichang", orbit(200, 35786, 28.5),
        "200 x 35 786 km, 28.5°", 5500, f"payload and orbit {CATALOG}",
        {"booster separation": "LB-40 strap-on separation", "stage 1/2 separation": "Stage 1 burnout",
         "stage 2 cut-off": "Stage 2 burnout"},
    ),
    Flight(
        "Falcon 9, Iridium NEXT 5", "Falcon 9 Iridium NEXT 5", "falcon-9-expendable", "vandenberg",
        orbit(180, 625, 86.6), "180 x 625 km, 86.6°", 9600, "", FALCON_9,
    ),
    Flight(
        "Falcon 9, EchoStar 23", "Falcon 9 EchoStar 23", "falcon-9-expendable", "ksc-39a",
        orbit(179, 35903, 28.5), "179 x 35 903 km, 28.5°", 5600,
        "perigee and apogee (der-orion.com); flown at the site's latitude, not at the 22.43° reached later",
        FALCON_9,
    ),
    Flight(
        "Falcon 9, FormoSat-5", "Falcon 9 FormoSat-5", "falcon-9-asds", "vandenberg", orbit(720, 720, 98.27),
        "720 km, 98.27°", 475, "inclination of a Sun-synchronous orbit at 720 km",
        FALCON_9 | {"seco1": DIRECT},
    ),
)  # fmt: skip

# Without an orbit in the file: only the times that follow from the catalog's masses and flows
TIMES_ONLY = (
    ("Angara-A5 flight 2", "angara-a5-briz-m",
     {"booster (stage 1) cut-off": "URM-1 boosters burnout", "core (stage 2) cut-off": "URM-1 core burnout",
      "URM-2 ignition": "URM-2 ignition", "URM-2 cut-off": "URM-2 burnout"}),
    ("user's guide 7.0", "electron", {"stage-2 ignition": "Stage 2 ignition", "SECO": "insertion"}),
    ("Arabsat-6A", "falcon-heavy",
     {"BECO": "First stage burnout and separation#1", "MECO": "First stage burnout and separation#2",
      "SES-1": "Second stage ignition"}),
    ("Falcon 9 SpaceX CRS-14", "falcon-9-expendable", FALCON_9),
    ("typical", "falcon-1", {"MECO": "Stage 1 burnout"}),
    ("typical SSO", "cz-2d", {"stage 1 cut-off": "Stage 1 burnout"}),
)  # fmt: skip
LEFT_OUT = (
    ("Angara-1.2PP, 2014", "a suborbital flight with the second stage of Angara-A5; not in the catalog"),
    ("Falcon 9 Jason-3", "v1.1, a smaller vehicle; not in the catalog"),
    (
        "Falcon 9 CRS-16",
        "booster back to the pad; the catalog holds the drone-ship and the expendable vehicle",
    ),
)
# Ends of stages whose delay the catalog took from this timeline or its like
BY_CONSTRUCTION = {
    ("Atlas V 551, Juno", "SRB jettison"),
    ("H-IIA F50", "SRB-A separation"),
    ("Ariane 64 VA267", "P120C separation"),
    ("Ariane 5 V170", "EAP jettison"),
    ("Ariane 5, typical", "EAP jettison"),
}
# Rows of event_altitudes_km, with the first two events of the ascent they name
ALTITUDES = (
    ("Soyuz-2-1A", "-", "Soyuz MS-25", STRAP_ONS, BLOK_A),
    ("Soyuz-ST-B", "Fregat", "Soyuz-ST-B, manual", STRAP_ONS, BLOK_A),
    ("Electron", "-", "Electron, No Time Toulouse", "", "Stage 1 burnout"),
    ("H-IIA 202", "-", "H-IIA F50", "SRB-A3 separation", "Stage 1 burnout"),
    ("Vega C", "-", "Vega-C VV25", "", "P120C burnout"),
    ("Proton-M/Briz-M", "-", "Proton-M, Telstar 14R", "", "Stage 1 burnout"),
    ("Ariane 5ECA", "-", "Ariane 5 V170", "EAP P241 separation", "EPC (Vulcain 2) burnout"),
    ("Nuri", "-", "Nuri", "", "Stage 1 burnout"),
    ("Chang Zheng 3B", "-", "CZ-3B/E, typical", "LB-40 strap-on separation", "Stage 1 burnout"),
    ("Falcon 9", "FT5", "Falcon 9, Iridium NEXT 5", "", "First stage burnout"),
)
# 40 flights of Telemetry-Data, as meta.falcon9_meco_statistics gives them: time, speed over ground, altitude
MECO_RANGES = (
    ("Falcon 9, Iridium NEXT 5", "expended", (153, 168), (2060, 2720), (67, 94)),
    ("Falcon 9, EchoStar 23", "expended", (153, 168), (2060, 2720), (67, 94)),
    ("Falcon 9, FormoSat-5", "drone ship, low orbit", (147, 155), (1640, 1950), (65, 85)),
)
