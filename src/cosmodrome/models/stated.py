"""What a document states of the mission: figures that are held against what is computed."""

import difflib
from collections.abc import Sequence
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from cosmodrome.models.quantity import Complaint, Model

_OfLinks = Literal[
    "eirp_dbw",
    "slant_range_km",
    "free_space_loss_db",
    "system_noise_temperature_k",
    "g_over_t_db_k",
    "eb_n0_db",
    "link_margin_db",
    "data_rate_bit_s",
]
_OfStations = Literal["elevation_deg", "latitude_deg", "longitude_deg"]
_OfPasses = Literal[
    "contacts_count",
    "contact_total_s",
    "contact_longest_s",
    "contact_mean_s",
    "downlink_capacity_bit",
]
_OfParts = Literal["dry_mass_kg", "mean_load_w"]
_OfTheMission = Literal[
    "launch_mass_kg",
    "mass_margin_kg",
    "orbit_mean_generation_w",
    "power_margin_w",
    "depth_of_discharge_percent",
    "longest_eclipse_s",
    "orbital_period_s",
    "altitude_km",
    "semi_major_axis_km",
    "inclination_deg",
    "raan_deg",
    "argument_of_perigee_deg",
    "beta_angle_deg",
    "pointing_error_deg",
    "gravity_gradient_torque_n_m",
]
StatedQuantity = Literal[_OfTheMission, _OfParts, "cubesat_mass_limit_kg", _OfLinks, _OfStations, _OfPasses]
LINK_QUANTITIES: Final[tuple[str, ...]] = get_args(_OfLinks)
_STATION_QUANTITIES: Final[tuple[str, ...]] = (*LINK_QUANTITIES, *get_args(_OfStations))
_PASS_QUANTITIES: Final[tuple[str, ...]] = get_args(_OfPasses)

# CubeSat Design Specification, CP-CDS-R14.1 (Cal Poly, February 2022), as pypi.org/project/cubesat-specs
# lists its form factors; to revision 13 it was 1.33 kg a unit.
CUBESAT_MASS_LIMITS_KG: Final = MappingProxyType(
    {"1U": 2.0, "1.5U": 3.0, "2U": 4.0, "3U": 6.0, "6U": 12.0, "12U": 24.0}
)


class Stated(Model):
    """One figure of a document. It is an opinion about the mission, never an input to it."""

    quantity: StatedQuantity = Field(description="What is stated; the unit is in the name.")
    value: float = Field(description="The figure, in that unit.")
    of: str = Field(
        default="",
        description="Of which station, of a link; of which stations, with commas between, of passes; of "
        "which mode or component, of a load; of which component, of a mass; '2U', of a limit.",
    )
    direction: Literal["down", "up"] | None = Field(
        default=None,
        description="Of a link: to the station or to the satellite; where it is not said and there are both, "
        "the one that comes nearer.",
    )
    radio: str = Field(default="", description="Of a link: name of the further radio that it is of.")
    span_days: Annotated[float, Field(gt=0, le=3660)] | None = Field(
        default=None, description="Days that a count or a sum is over."
    )
    tolerance_fraction: float = Field(
        default=0.02, gt=0, le=0.5, description="How near it must be; decibels as factors."
    )
    source: str = Field(default="", description="Where it is stated.")

    @property
    def subjects(self) -> tuple[str, ...]:
        """Names that it is of, without the commas between them; none where it is of all."""
        return tuple(name.strip() for name in self.of.split(",")) if self.of.strip() else ()


def subject_complaints(
    stated: Sequence[Stated],
    stations: Sequence[str],
    modes: Sequence[str],
    components: Sequence[str],
    radios: Sequence[str],
) -> list[Complaint]:
    """What is wrong with whom the figures are of.

    Parameters
    ----------
    stated : sequence of Stated
        The figures.
    stations, modes, components, radios : sequence of str
        Names that the mission has; radios are the further ones.

    Returns
    -------
    list of Complaint
        Each at the figure's own place.
    """
    complaints = list[Complaint]()
    for number, one in enumerate(stated):
        what, known = _known(one.quantity, stations, modes, components)
        place = ("stated", number, "of")
        if one.of and not what:
            text = f"a stated {one.quantity} is of the whole mission, not of '{one.of}'"
            complaints.append(Complaint(text, "leave `of` out", place))
        names = one.subjects if one.quantity in _PASS_QUANTITIES else (one.of,) if one.of else ()
        for name in names if what else ():
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                listing = (
                    f"known: {', '.join(dict.fromkeys(known))}" if known else f"there is no {what} at all"
                )
                text = f"a stated {one.quantity} is of '{name}', which is no {what}"
                complaints.append(Complaint(text, f"did you mean '{near[0]}'?" if near else listing, place))
        if one.direction is not None and one.quantity not in LINK_QUANTITIES:
            text = f"a stated {one.quantity} has no direction"
            help = "leave `direction` out: it is of links"
            complaints.append(Complaint(text, help, ("stated", number, "direction")))
        if one.radio and (one.quantity not in LINK_QUANTITIES or one.radio not in radios):
            text = f"a stated {one.quantity} is of the radio '{one.radio}', which is no further one"
            help = f"further radios: {', '.join(radios) or 'none'}; they have links"
            complaints.append(Complaint(text, help, ("stated", number, "radio")))
    return complaints


def _known(
    quantity: str, stations: Sequence[str], modes: Sequence[str], components: Sequence[str]
) -> tuple[str, Sequence[str]]:
    """What a quantity may be of, in words, and the names; no words where it is of the mission alone."""
    if quantity in _STATION_QUANTITIES or quantity in _PASS_QUANTITIES:
        return "station", stations
    if quantity == "mean_load_w":
        return "mode and no component", (*modes, *components)
    if quantity == "dry_mass_kg":
        return "component", components
    if quantity == "cubesat_mass_limit_kg":
        return "form factor", tuple(CUBESAT_MASS_LIMITS_KG)
    return "", ()
