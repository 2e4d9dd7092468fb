"""Allowances on best estimates: presets by name, each number with its source."""

import difflib
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models.quantity import Model

# ESA: SRE-PA/2011.097 issue 1 revision 3, https://sci.esa.int/documents/34375/36249/
#   1567260131067-Margin_philosophy_for_science_assessment_studies_1.3.pdf. Units 5, 10 and 20 % (section
#   2.1.1), system 20 % (R-M2-1) for mass and for power (section 2.4), calculated maneuvers 5 % (R-DV-11),
#   maintenance not derived analytically 100 % (R-DV-12), attitude control 100 % (R-DV-13), dispersion at two
#   or three sigma (R-DV-3). A number that a mission file states shows no derivation, so it takes the 100 % of
#   R-DV-12, unless the file says that it is calculated (maneuver_delta_v_basis).
# NASA GSFC: GSFC-STD-1000 revision H (2023), table 1.06-1, to the system requirements review: mass above 15 %
#   of the basic mass beside the growth allowance of AIAA S-120A, power above 25 %, propellant to three sigma,
#   link above 3 dB. It states no margin on delta-v: maneuvers at three sigma, none beside; attitude and
#   allowances doubled, as ESA does.
# AIAA: S-120A-2015 is not open. Growth: boxes of 5 to 15 kg in the like table of SAWE RP A-3, estimated 20 %,
#   pre-released drawings 15 %, existing 3 %. System margin: 15 %, so that a new part has 38 %; historical
#   growth is 28 % on average and the standard's total 32.5 % (Wilhite et al., discovery.researcher.life).
#   The rest as GSFC, which follows it.
_PRESETS: Final = MappingProxyType(
    {
        "esa": MappingProxyType({}),
        "nasa-gsfc": MappingProxyType(
            {
                "name": "NASA GSFC-STD-1000H",
                "growth_off_the_shelf_fraction": 0.03,
                "growth_modified_fraction": 0.15,
                "growth_new_fraction": 0.20,
                "system_margin_fraction": 0.15,
                "power_margin_fraction": 0.25,
                "delta_v_margin_fraction": 0.0,
                "source": "GSFC-STD-1000H rule 1.06, table 1.06-1, to the system requirements review; "
                "growth like AIAA S-120A",
            }
        ),
        "aiaa": MappingProxyType(
            {
                "name": "like AIAA S-120A",
                "growth_off_the_shelf_fraction": 0.03,
                "growth_modified_fraction": 0.15,
                "growth_new_fraction": 0.20,
                "system_margin_fraction": 0.15,
                "power_margin_fraction": 0.25,
                "delta_v_margin_fraction": 0.0,
                "source": "own table in the manner of AIAA S-120A, which is not open; growth of SAWE RP A-3",
            }
        ),
    }
)
KNOWN_POLICIES: Final = tuple(_PRESETS)


class MarginPolicy(Model):
    """Allowances on best estimates, ESA's for assessment studies where nothing else is said.

    A mission file names a preset, `policy = "nasa-gsfc"`, or gives a table: `preset`, with own numbers in
    place of the preset's.
    """

    preset: Literal["esa", "nasa-gsfc", "aiaa"] = Field(
        default="esa", description="Whose numbers hold where this table gives none."
    )
    name: str = Field(default="ESA SRE-PA/2011.097", description="The policy these numbers are from.")
    growth_off_the_shelf_fraction: float = Field(
        default=0.05, ge=0, le=1, description="Growth of flown parts."
    )
    growth_modified_fraction: float = Field(default=0.10, ge=0, le=1, description="Growth of modified parts.")
    growth_new_fraction: float = Field(default=0.20, ge=0, le=1, description="Growth of new parts.")
    system_margin_fraction: float = Field(
        default=0.20, ge=0, le=1, description="On the sum of masses with growth."
    )
    power_margin_fraction: float = Field(
        default=0.20, ge=0, le=1, description="On the sum of loads with growth."
    )
    delta_v_margin_fraction: float = Field(default=0.05, ge=0, le=1, description="On computed maneuvers.")
    delta_v_allowance_margin_fraction: float = Field(
        default=1.0,
        ge=0,
        le=5,
        description="On maneuvers that are not computed: allowances, and numbers without an analysis.",
    )
    injection_percent: float = Field(
        default=99.73, gt=0, lt=100, description="Share of injections whose correction must be paid for."
    )
    actuator_margin_ratio: float = Field(
        default=2.0,
        ge=1,
        le=10,
        description="Capability over need of wheels and torquers: our own rule, no policy states one.",
    )
    payload_bound: Literal["low", "calibrated", "physics"] = Field(
        default="low",
        description="The payload that must suffice: the low end of the calibrated interval, which 19 of 20 "
        "published payloads exceed; the calibrated payload itself; the optimum without a reserve.",
    )
    source: str = Field(
        default="SRE-PA/2011.097 issue 1.3: section 2.1.1, R-M2-1, section 2.4, R-DV-3, R-DV-11 to R-DV-13",
        description="Where the numbers are from.",
    )

    @model_validator(mode="before")
    @classmethod
    def _with_its_preset(cls, data: Any) -> Any:
        given = {"preset": data} if isinstance(data, str) else data
        if not isinstance(given, dict):
            return data
        preset = given.get("preset", "esa")
        if preset not in _PRESETS:
            near = difflib.get_close_matches(str(preset), KNOWN_POLICIES, n=1)
            meant = f"did you mean '{near[0]}'? " if near else ""
            raise PydanticCustomError(
                "unknown_policy",
                "the margin policy '{value}' is not known",
                {"value": f"{preset}", "help": f"{meant}known: {', '.join(KNOWN_POLICIES)}"},
            )
        filled = {**_PRESETS[preset], **given}
        is_own = bool(set(given) - {"preset", "name", "payload_bound", "source"})
        if is_own and "name" not in given:
            filled["name"] = f"{filled.get('name', cls.model_fields['name'].default)} with own numbers"
        return filled
