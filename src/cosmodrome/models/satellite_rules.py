"""What must agree among the parts of a satellite and the modes, the body and the units that use them.

Each rule yields a complaint per disagreement, at the key that it is about.
"""

import difflib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import model_validator

from cosmodrome.models.quantity import Complaint, Path, named_twice, reject

if TYPE_CHECKING:
    from cosmodrome.models.radios import Transmitter
    from cosmodrome.models.satellite import Satellite

_UNITS = ("transmitter", "propulsion", "imager", "battery", "solar_array")


def holds(rule: Callable[["Satellite"], Iterable[Complaint]]) -> Any:
    """A rule as a check of the model."""

    def check(satellite: "Satellite") -> "Satellite":
        reject(list(rule(satellite)))
        return satellite

    return model_validator(mode="after")(check)


def parts_have_names(satellite: "Satellite") -> list[Complaint]:
    """Each part has its own name."""
    help = "give each part its own name, or one entry with count = 2"
    return named_twice(satellite.components, "component", help, ("components",))


def modes_have_names(satellite: "Satellite") -> list[Complaint]:
    """Each mode has its own name."""
    return named_twice(satellite.modes, "mode", "give each mode its own name", ("modes",))


def modes_name_parts(satellite: "Satellite") -> Iterator[Complaint]:
    """Parts that a mode has on are there."""
    parts = [part.name for part in satellite.components]
    for row, mode in enumerate(satellite.modes):
        for at, name in enumerate(mode.components):
            if name not in parts:
                place = ("modes", row, "components", at)
                yield _not_listed(name, f"mode '{mode.name}'", parts, "component", place)


def units_name_parts(satellite: "Satellite") -> Iterator[Complaint]:
    """What is described in a table of its own is a part, and has its mass."""
    parts = [part.name for part in satellite.components]
    for key in _UNITS:
        name = getattr(getattr(satellite, key, None), "component", None)
        if name is not None and name not in parts:
            yield _not_listed(name, f"the {key.replace('_', ' ')}", parts, "component", (key, "component"))
    for number, radio in enumerate(satellite.more_transmitters):
        if radio.component not in parts:
            place = ("more_transmitters", number, "component")
            yield _not_listed(radio.component, f"transmitter '{radio.name}'", parts, "component", place)


def _not_listed(name: str, user: str, names: Sequence[str], kind: str, place: Path) -> Complaint:
    """Who names a part or a mode that is not there; `names`: those that are."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    help = f"did you mean '{near[0]}'?" if near else f"{kind}s: {', '.join(dict.fromkeys(names))}"
    return Complaint(f"{user} names {kind} '{name}', which is not listed", help, place)


def mode_powers_are_of_modes(satellite: "Satellite") -> Iterator[Complaint]:
    """A power by mode is that of a mode which is there, and which has the part on."""
    parts_on = {mode.name: mode.components for mode in satellite.modes}
    for number, part in enumerate(satellite.components):
        for mode in part.mode_power_w:
            place, user = ("components", number, "mode_power_w", mode), f"mode_power_w of '{part.name}'"
            if mode not in parts_on:
                yield _not_listed(mode, user, list(parts_on), "mode", place)
            elif part.name not in parts_on[mode]:
                help = f"list '{part.name}' in the components of that mode, or leave the power out"
                yield Complaint(f"{user} names mode '{mode}', which does not have it on", help, place)


def data_are_told_once(satellite: "Satellite") -> Iterator[Complaint]:
    """The data of a part are not told again as those of its mode."""
    rates = {part.name: part.count * part.data_rate_mbit_s for part in satellite.components}
    for number, mode in enumerate(satellite.modes):
        for name in dict.fromkeys(mode.components):
            if 0.0 < mode.data_rate_mbit_s == rates.get(name):
                text = f"mode '{mode.name}' and its component '{name}' both make {rates[name]:g} Mbit/s"
                help = "data of parts and modes add up; leave one of the two out"
                yield Complaint(text, help, ("modes", number, "data_rate_mbit_s"))


def parts_sit_on_the_body(satellite: "Satellite") -> Iterator[Complaint]:
    """Faces that parts sit on are there."""
    faces = sorted(face.name for face in satellite.body.faces) if satellite.body is not None else []
    for number, part in enumerate(satellite.components):
        if part.face is not None and part.face not in faces:
            text = f"component '{part.name}' sits on face '{part.face}', which is not listed"
            help = "faces: " + (", ".join(faces) or "none; describe a body")
            yield Complaint(text, help, ("components", number, "face"))


def heater_is_a_part(satellite: "Satellite") -> Iterator[Complaint]:
    """What heats is there, with its power."""
    heater = satellite.body.heater if satellite.body is not None else None
    if heater is not None and heater not in [part.name for part in satellite.components]:
        help = "list it among the components, with its power_w"
        yield Complaint(f"the heater '{heater}' is not a component", help, ("body", "heater"))


def limits_have_a_range(satellite: "Satellite") -> Iterator[Complaint]:
    """The lowest temperature of a part lies below its highest."""
    for number, part in enumerate(satellite.components):
        low, high = part.min_temperature_c, part.max_temperature_c
        if low is not None and high is not None and low >= high:
            text = f"component '{part.name}' works from {low:g} to {high:g} deg C"
            place = ("components", number, "min_temperature_c")
            yield Complaint(text, "give a min_temperature_c below its max_temperature_c", place)


def doses_are_shielded(satellite: "Satellite") -> Iterator[Complaint]:
    """A dose that a part stands is held against one behind a shield."""
    for number, part in enumerate(satellite.components):
        if part.max_dose_krad is not None and satellite.radiation is None:
            dose = f"stands {part.max_dose_krad:g} krad"
            text = f"component '{part.name}' {dose}, and [satellite.radiation] is missing"
            help = "give [satellite.radiation] with shielding_mm"
            yield Complaint(text, help, ("components", number, "max_dose_krad"))


def array_has_cells(satellite: "Satellite") -> Iterator[Complaint]:
    """An array on the faces has cells there."""
    has_cells = satellite.body is not None and satellite.body.cell_area_m2 > 0
    if satellite.solar_array.mounting == "faces" and not has_cells:
        text = "the array has no area: no face carries cells"
        yield Complaint(text, "give faces a cell_area_m2", ("solar_array", "mounting"))


def puts_out_what_it_draws(satellite: "Satellite") -> Iterator[Complaint]:
    """The RF output of a transmitter is no more than its part draws while it sends."""
    for place, radio in _transmitters(satellite):
        part = next((one for one in satellite.components if one.name == radio.component), None)
        if part is not None:
            drawn_w = max(
                part.power_in_mode_w(mode) for mode in satellite.full_power_modes(radio.component) or ("",)
            )
            yield from _output_above(drawn_w, radio, part.name, place)


def _transmitters(satellite: "Satellite") -> Iterator[tuple[Path, "Transmitter"]]:
    """Every transmitter with its place."""
    if satellite.transmitter is not None:
        yield ("transmitter",), satellite.transmitter
    for number, radio in enumerate(satellite.more_transmitters):
        yield ("more_transmitters", number), radio


def _output_above(drawn_w: float, radio: "Transmitter", part: str, place: Path) -> Iterator[Complaint]:
    output_w = 10.0 ** (radio.rf_power_dbw / 10.0)
    if output_w <= drawn_w:
        return
    drawn, help = f"{drawn_w:.4g} W", f"give '{part}' the power that it draws"
    if drawn_w > 0.0:
        drawn += f" ({10.0 * math.log10(drawn_w):.3g} dBW)"
        given_dbw, meant_dbw = radio.rf_power_dbw, radio.rf_power_dbw - 30.0
        help = f"is it in dBm? {given_dbw:g} dBm are {meant_dbw:g} dBW; or {help}"
    text = (
        f"the RF output is {output_w:.4g} W ({radio.rf_power_dbw:g} dBW), and component "
        f"'{part}' draws {drawn} while it sends"
    )
    yield Complaint(text, help, (*place, "rf_power_dbw"))


def electric_thruster_is_on(satellite: "Satellite") -> Iterator[Complaint]:
    """Electric propulsion that draws power draws it in some mode."""
    unit = satellite.propulsion
    part = next((one for one in satellite.components if unit and one.name == unit.component), None)
    if unit is None or part is None or unit.kind != "electric" or part.power_w == 0.0:
        return
    if not any(part.name in mode.components for mode in satellite.modes):
        drawn = f"draws {part.count * part.power_w:g} W"
        text = f"the electric propulsion '{part.name}' {drawn} while it thrusts, and no mode has it on"
        mode = f'{{ name = "thrust", when = "sunlit", duty_fraction = 0.5, components = ["{part.name}"] }}'
        yield Complaint(text, f"give it a mode, such as {mode}", ("propulsion", "component"))
