"""Slips that need to know how a stated quantity is made up."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from cosmodrome.models.stated import Stated
from cosmodrome.orbit.eclipses import longest_possible_eclipse_s
from cosmodrome.physics.radio import decibels_from_ratio, slant_range_m
from cosmodrome.physics.slips import Slip, omitted_items, sine_slips
from cosmodrome.verdict.stated_values import Computed, is_near, unit_of, words_of

_NEAR_DB = 0.1  # of a decibel figure that follows from others: two are rounded
_OLD_CUBESAT_KG = 4.0 / 3.0  # a unit, to revision 13 of the specification
_ABOVE_GEOMETRY = 1e-3  # the flown orbit is this much larger than the one asked for


def geometry_slips(one: Stated, computed: Computed, *, agrees: bool) -> list[Slip]:
    """What no plane and no season would allow, however near it is to what is computed.

    A penumbra is counted by some and not by others: within it only what differs is told.
    """
    if one.quantity != "longest_eclipse_s":
        return []
    shape = computed.semi_major_axis_m, computed.eccentricity
    shadow_s = longest_possible_eclipse_s(*shape)
    whole_s = longest_possible_eclipse_s(*shape, with_penumbra=True)
    if one.value <= (1.0 + _ABOVE_GEOMETRY) * (whole_s if agrees else shadow_s):
        return []
    text = f"longer than {shadow_s:.0f} s, the longest that this orbit's geometry allows"
    return [Slip("longer than geometry allows", f"{text} ({whole_s:.0f} s with the penumbra)")]


def own_slips(one: Stated, value: float, computed: Computed, all_stated: Sequence[Stated]) -> list[Slip]:
    """Slips that explain a figure which differs from the computed value."""
    tolerance = one.tolerance_fraction
    match one.quantity:
        case "dry_mass_kg" if not one.of:
            return list(omitted_items(one.value, computed.mass_items()))
        case "launch_mass_kg":
            propellant = ("propellant", 1, computed.budgets.mass.propellant_kg)
            return list(omitted_items(one.value, [*computed.mass_items(), propellant]))
        case "mean_load_w" if not one.of:
            return list(omitted_items(one.value, computed.load_items()))
        case "cubesat_mass_limit_kg":
            return _old_limit(one)
        case "mass_margin_kg":
            return _difference(one, all_stated, "cubesat_mass_limit_kg", ("launch_mass_kg", "dry_mass_kg"))
        case "power_margin_w":
            return _difference(one, all_stated, "orbit_mean_generation_w", ("mean_load_w",))
        case "system_noise_temperature_k":
            return _noise_slips(one, computed)
        case "eb_n0_db" | "link_margin_db" | "g_over_t_db_k":
            return _consequences(one, value, computed, all_stated) or _parts_of_g_over_t(one, computed)
        case "free_space_loss_db":
            return _loss_slips(one, value)
        case "slant_range_km":
            return _range_slips(one, computed)
        case "gravity_gradient_torque_n_m":
            control = computed.mission.satellite and computed.mission.satellite.attitude_control
            return list(sine_slips(one.value, value, 2 * control.tilt_deg, tolerance)) if control else []
    return []


def _old_limit(one: Stated) -> list[Slip]:
    units = float(one.of.removesuffix("U"))
    if not is_near(one.value, _OLD_CUBESAT_KG * units, "kg", 0.01):
        return []
    text = "1.33 kg a unit is the limit to revision 13 of the CubeSat Design Specification; 14.1 has 2.00 kg"
    return [Slip("superseded limit", text)]


def _difference(one: Stated, all_stated: Sequence[Stated], whole: str, parts: tuple[str, ...]) -> list[Slip]:
    """Whether a margin is the difference of what is stated, and what that would be."""
    wholes = [other for other in all_stated if other.quantity == whole]
    taken = [other for other in all_stated if other.quantity in parts and not other.of]
    unit = unit_of(one.quantity)
    told = ""
    for more, less in product(wholes, taken):
        left = more.value - less.value
        text = f"the stated {_named(more)} less the stated {_named(less)}"
        if is_near(one.value, left, unit, one.tolerance_fraction):
            return [Slip("follows from another", f"it follows from {text}")]
        told = told or f"{text} is {left:.6g} {unit}"
    return [Slip("not from its parts", f"it does not follow from its parts: {told}")] if told else []


def _noise_slips(one: Stated, computed: Computed) -> list[Slip]:
    """Noise figures in decibels taken for factors."""
    mistaken = _mistaken_noise_k(one, computed)
    if mistaken is None or not is_near(one.value, mistaken[0], "K", one.tolerance_fraction):
        return []
    return [Slip("decibels for a factor", mistaken[1])]


def _mistaken_noise_k(one: Stated, computed: Computed) -> tuple[float, str] | None:
    """Noise temperature with the noise figures of the chain taken for factors; None without a chain."""
    chain = computed.chain(one)
    if chain is None:
        return None
    figures = ("amplifier_noise_figure_db", "receiver_noise_figure_db")
    factors = {name: decibels_from_ratio(max(getattr(chain, name), 1.0)) for name in figures}
    text = f"a noise figure of {chain.amplifier_noise_figure_db:g} dB was taken for a factor"
    return chain.model_copy(update=factors).system_noise_temperature_k, text


@dataclass(frozen=True, slots=True)
class _Cause:
    """A number that differs from the computed one, and what that adds to a figure that follows from it."""

    text: str
    step_db: float
    is_root: bool = True


def _consequences(one: Stated, value: float, computed: Computed, all_stated: Sequence[Stated]) -> list[Slip]:
    """Other numbers of the same link from which this one follows."""
    causes = [cause for cause in _causes(one, computed, all_stated) if abs(cause.step_db) > 0.02]
    chosen = [
        some
        for count in range(1, len(causes) + 1)
        for some in combinations(causes, count)
        if abs(one.value - value - sum(cause.step_db for cause in some)) <= _NEAR_DB
    ]
    if not chosen:
        return []
    best = next((some for some in chosen if all(cause.is_root for cause in some)), chosen[0])
    names = " and ".join(cause.text for cause in best)
    return [Slip("follows from another", f"it follows from {names}")]


def _causes(one: Stated, computed: Computed, all_stated: Sequence[Stated]) -> Iterator[_Cause]:
    """What is stated of the link and enters the figure; the noise as a mistake where none is stated."""
    of_noise = False
    for other in all_stated:
        known = computed.value(other) if _same_link(one, other) else None
        if known is None or other.quantity == one.quantity:
            continue
        name = f"the stated {_named(other)}"
        if other.quantity == "system_noise_temperature_k" and min(other.value, known) > 0:
            of_noise = True
            yield _Cause(name, -decibels_from_ratio(other.value / known))
        elif one.quantity == "g_over_t_db_k":
            continue
        elif other.quantity == "data_rate_bit_s" and min(other.value, known) > 0:
            yield _Cause(name, -decibels_from_ratio(other.value / known))
        elif other.quantity == "eirp_dbw":
            yield _Cause(name, other.value - known)
        elif other.quantity == "free_space_loss_db":
            yield _Cause(name, known - other.value)
        elif other.quantity in ("g_over_t_db_k", "eb_n0_db") and one.quantity != other.quantity:
            yield _Cause(name, other.value - known, is_root=False)
    mistaken, link, chain = _mistaken_noise_k(one, computed), computed.link(one), computed.chain(one)
    if mistaken is not None and link is not None and chain is not None and not of_noise:
        more_k = mistaken[0] - chain.system_noise_temperature_k
        ratio = 1.0 + more_k / link.system_noise_temperature_k
        yield _Cause(f"{mistaken[0]:.4g} K: {mistaken[1]}", -decibels_from_ratio(ratio))


def _same_link(one: Stated, other: Stated) -> bool:
    return (other.of, other.direction, other.radio) == (one.of, one.direction, one.radio)


def _parts_of_g_over_t(one: Stated, computed: Computed) -> list[Slip]:
    """The gain and the noise temperature that G/T is made of."""
    link = computed.link(one)
    if one.quantity != "g_over_t_db_k" or link is None:
        return []
    noise_db = decibels_from_ratio(link.system_noise_temperature_k)
    line_db = link.antenna_gain_dbi - noise_db - link.g_over_t_db_k
    line = f" − {line_db:.3g} dB of line" if line_db > 0.005 else ""
    parts = f"{link.antenna_gain_dbi:g} dBi{line} − 10 log({link.system_noise_temperature_k:.5g} K)"
    text = f"it does not follow from its parts: {parts} = {link.g_over_t_db_k:.2f} dB/K"
    return [Slip("G/T not from its parts", text)]


def _loss_slips(one: Stated, value: float) -> list[Slip]:
    if abs(abs(one.value - value) - 60.0) > _NEAR_DB:
        return []
    text = "60 dB off: kilometers for meters, or MHz for GHz"
    return [Slip("a factor of 1000 in distance or frequency", text)]


def _range_slips(one: Stated, computed: Computed) -> list[Slip]:
    """Another elevation than that of the mask: the horizon, or its degrees taken for radians."""
    link = computed.link(one)
    if link is None:
        return []
    altitude_m = 1e3 * computed.mission.target.apogee_altitude_km
    elevation = math.asin(abs(math.sin(link.elevation_deg)))
    places = (
        ("another elevation", 0.0, f"it is the range at the horizon, not at {link.elevation_deg:g} deg"),
        ("degrees for radians", elevation, f"{link.elevation_deg:g} deg of elevation were taken for radians"),
    )
    return [
        Slip(rule, text)
        for rule, angle, text in places
        if is_near(one.value, slant_range_m(altitude_m, angle) / 1e3, "km", one.tolerance_fraction)
    ]


def _named(one: Stated) -> str:
    return f"{words_of(one.quantity)} of {one.value:.6g} {unit_of(one.quantity)}"
