"""The single numbers of a mission that a designer can turn, and the mission with one of them turned.

What cannot stay as it is follows: a stronger transmitter draws more, a larger battery or array weighs more.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from cosmodrome.models.mission import Mission
from cosmodrome.models.radiation import SHIELDING_MM
from cosmodrome.models.radios import Transmitter
from cosmodrome.models.satellite import Satellite

Path = tuple[str | int, ...]

_POWER = ("array", "battery")
_HEAT = ("thermal", "heater")
_RADIO = ("link", "data", "memory")
_FALL = ("orbital lifetime", "disposal", "delta-v", "thrust")  # dear to judge: the decay is integrated anew
_WEIGHT = ("payload", *_FALL, *_HEAT)
_DOSE = ("dose",)
_ABOVE_LISTENING_DB = 0.01
_SEEN = ("ground sample distance", "swath")


@dataclass(frozen=True, slots=True)
class Follower:
    """A number that changes with a lever's, in proportion: so much for each unit of the lever's.

    Of a lever in decibels the unit is that of the power itself, such as W.
    """

    path: Path
    title: str
    unit: str
    value: float
    slope: float

    def __repr__(self) -> str:
        return f"<Follower {'.'.join(map(str, self.path))} = {self.value:g} {self.unit}>"


@dataclass(frozen=True, slots=True)
class Lever:
    """One number of the mission file, by its path in the mission.

    Numbers in decibels are turned by adding, all others by a factor, up or down within the limits.
    """

    path: Path
    title: str
    unit: str
    value: float
    lowest: float = 0.0
    highest: float = math.inf
    moves: tuple[str, ...] = ()  # how the names of the only checks begin that can answer; any, if empty
    followers: tuple[Follower, ...] = ()

    def may_move(self, check: str) -> bool:
        """Whether a check of that name can answer; what cannot need not be judged."""
        return not self.moves or check.startswith(self.moves)

    @property
    def is_decibel(self) -> bool:
        """Whether the number is a logarithm."""
        return self.unit.startswith("dB")

    def turned(self, by: float) -> float:
        """The number changed by a share of itself; of the power ratio, where it is in decibels."""
        if self.is_decibel:
            value = self.value + 10.0 * math.log10(1.0 + by) if by > -1.0 else -math.inf
        else:
            value = self.value * (1.0 + by)
        return min(max(value, self.lowest), self.highest)

    def plain(self, value: float) -> float:
        """A value of the number, out of decibels where it is in them."""
        return 10.0 ** (value / 10.0) if self.is_decibel else value

    def followed(self, value: float) -> str:
        """What follows, in words, where the lever is turned to a value; empty where nothing does."""
        change = self.plain(value) - self.plain(self.value)
        return ", ".join(
            f"{one.title} to {one.value + one.slope * change:.6g} {one.unit}" for one in self.followers
        )

    def __repr__(self) -> str:
        return f"<Lever {'.'.join(map(str, self.path))} = {self.value:g} {self.unit}>"


def mission_levers(mission: Mission) -> tuple[Lever, ...]:
    """Every lever that the mission has, in the order of the file."""
    return (*_levers(mission), *_shields(mission))


def _levers(mission: Mission) -> Iterator[Lever]:
    satellite = mission.satellite
    if satellite is None:
        return
    own = ("satellite",)
    for number, mode in enumerate(satellite.modes):
        if mode.when == "always" and mode.duty_fraction == 1.0:
            continue  # what is always on is not there to be turned down
        yield Lever(
            (*own, "modes", number, "duty_fraction"), f"duty of {mode.name}", "", mode.duty_fraction, 0.0, 1.0
        )
    yield from _energy_levers(satellite)
    yield from _radio_levers(satellite)
    yield from _area_levers(satellite)
    if satellite.imager is not None:
        focal_mm = satellite.imager.focal_length_mm
        yield Lever((*own, "imager", "focal_length_mm"), "focal length", "mm", focal_mm, moves=_SEEN)
    if satellite.memory_gbit is not None:
        yield Lever((*own, "memory_gbit"), "memory", "Gbit", satellite.memory_gbit, moves=_RADIO)
    yield from _propulsion_levers(satellite)
    yield from _station_levers(mission)


def _propulsion_levers(satellite: Satellite) -> Iterator[Lever]:
    """Propellant, and the thrust where it takes time."""
    given, at = satellite.propulsion, ("satellite", "propulsion")
    if given is None:
        return
    loaded = given.propellant_mass_kg
    yield Lever((*at, "propellant_mass_kg"), "propellant", "kg", loaded, moves=(*_FALL, "payload"))
    if given.kind == "electric" and given.thrust_n is not None:
        yield Lever((*at, "thrust_n"), "thrust", "N", given.thrust_n, moves=("disposal", "thrust"))


def _radio_levers(satellite: Satellite) -> Iterator[Lever]:
    """Power, gain and rate of each transmitter."""
    senders: list[tuple[Path, Transmitter]] = [
        (("satellite", "more_transmitters", number), sent)
        for number, sent in enumerate(satellite.more_transmitters)
    ]
    if satellite.transmitter is not None:
        senders.insert(0, (("satellite", "transmitter"), satellite.transmitter))
    for at, sent in senders:
        of, moves = (f" of {sent.radio_name}", ("link",)) if sent.radio_name else ("", _RADIO)
        yield _transmitter_power(satellite, sent, at)
        gain_dbi, rate_mbit_s = sent.antenna_gain_dbi, sent.data_rate_mbit_s
        yield Lever((*at, "antenna_gain_dbi"), f"antenna gain{of}", "dBi", gain_dbi, -20.0, 60.0, moves)
        if sent.modem is None:
            yield Lever((*at, "data_rate_mbit_s"), f"data rate{of}", "Mbit/s", rate_mbit_s, moves=moves)
        else:
            rate = sent.modem.symbol_rate_mbaud
            yield Lever((*at, "modem", "symbol_rate_mbaud"), f"symbol rate{of}", "Mbaud", rate, moves=moves)


def _station_levers(mission: Mission) -> Iterator[Lever]:
    """What each station hears and sends with."""
    for number, station in enumerate(mission.stations):
        at, heard, sends = ("stations", number), _heard(station.name), station.uplink
        if station.antenna_gain_dbi is not None:
            title, gain = f"antenna gain of {station.name}", station.antenna_gain_dbi
            yield Lever((*at, "antenna_gain_dbi"), title, "dBi", gain, -10.0, 80.0, heard)
        elif station.dish_diameter_m is not None:
            title = f"dish of {station.name}"
            yield Lever((*at, "dish_diameter_m"), title, "m", station.dish_diameter_m, moves=heard)
        if sends is not None:
            title, power = f"power of {station.name}", sends.rf_power_dbw
            moves = (f"uplink {station.name}",)
            yield Lever((*at, "uplink", "rf_power_dbw"), title, "dBW", power, -40.0, 60.0, moves)


def _energy_levers(satellite: Satellite) -> Iterator[Lever]:
    """Array and battery, each with the mass of its component where it is named."""
    array, battery = satellite.solar_array, satellite.battery
    panels = _mass_follower(satellite, array.component, satellite.array_area_m2)
    heavier = _WEIGHT if panels else ()
    if array.area_m2 is not None:
        path, moves = ("satellite", "solar_array", "area_m2"), (*_POWER, *_FALL, *heavier)
        yield Lever(path, "array area", "m2", array.area_m2, moves=moves, followers=panels)
    elif satellite.body is not None:
        for number, face in enumerate(satellite.body.faces):
            yield Lever(
                ("satellite", "body", "faces", number, "cell_area_m2"),
                f"cells on {face.name}",
                "m2",
                face.cell_area_m2,
                0.0,
                face.area_m2,
                (*_POWER, *_HEAT, *heavier),
                panels,
            )
    cells = _mass_follower(satellite, battery.component, battery.capacity_wh)
    yield Lever(
        ("satellite", "battery", "capacity_wh"),
        "battery capacity",
        "Wh",
        battery.capacity_wh,
        moves=(*_POWER, *_WEIGHT) if cells else _POWER,
        followers=cells,
    )


def _mass_follower(satellite: Satellite, component: str | None, size: float) -> tuple[Follower, ...]:
    """The mass of a component that grows with its size; none where it is not named."""
    return tuple(
        Follower(
            ("satellite", "components", number, "mass_kg"),
            f"mass_kg of {part.name}",
            "kg",
            part.mass_kg,
            part.mass_kg / size,
        )
        for number, part in enumerate(satellite.components)
        if part.name == component and part.mass_kg > 0.0
    )


def _transmitter_power(satellite: Satellite, sent: Transmitter, at: Path) -> Lever:
    """RF output with the power drawn for it, at the efficiency that the two have now."""
    number, part = next(
        (number, part) for number, part in enumerate(satellite.components) if part.name == sent.component
    )
    own: Path = ("satellite", "components", number)
    radiated_w = 10.0 ** (sent.rf_power_dbw / 10.0)
    sending = satellite.full_power_modes(sent.component)
    drawn_w = {
        mode.name: part.power_in_mode_w(mode.name) for mode in satellite.modes if part.name in mode.components
    }
    places = [
        (*own, "mode_power_w", mode) if mode in part.mode_power_w else (*own, "power_w") for mode in sending
    ]
    each = drawn_w[sending[0]] / part.count if sending else 0.0  # the same in all of them
    followers = tuple(
        Follower(place, f"{'.'.join(map(str, place[3:]))} of {part.name}", "W", each, each / radiated_w)
        for place in dict.fromkeys(places)
    )
    lowest, quieter_w = -40.0, [drawn_w[mode] for mode in drawn_w if mode not in sending]
    if quieter_w and max(quieter_w) > 0.0:  # what it draws while it does not send stays less
        kept_db = 10.0 * math.log10(max(quieter_w) / drawn_w[sending[0]]) + _ABOVE_LISTENING_DB
        lowest = max(lowest, sent.rf_power_dbw + min(kept_db, 0.0))
    path, moves = (*at, "rf_power_dbw"), (*_RADIO, *_POWER, *_HEAT)
    title = f"transmitter power of {sent.radio_name}" if sent.radio_name else "transmitter power"
    return Lever(path, title, "dBW", sent.rf_power_dbw, lowest, 30.0, moves, followers)


def _shields(mission: Mission) -> Iterator[Lever]:
    """The satellite's shield, and those of parts that are held against a dose."""
    own, satellite = ("satellite",), mission.satellite
    if satellite is None or satellite.radiation is None:
        return
    common_mm = satellite.radiation.shielding_mm
    yield Lever((*own, "radiation", "shielding_mm"), "shielding", "mm", common_mm, *SHIELDING_MM, _DOSE)
    for number, part in enumerate(satellite.components):
        if part.max_dose_krad is not None and part.shielding_mm is not None:
            at = (*own, "components", number, "shielding_mm")
            yield Lever(at, f"shielding of {part.name}", "mm", part.shielding_mm, *SHIELDING_MM, _DOSE)


def _area_levers(satellite: Satellite) -> Iterator[Lever]:
    """Areas that are given; those that follow from faces have no number to turn."""
    own = ("satellite",)
    if satellite.drag_area_m2 is not None:
        yield Lever((*own, "drag_area_m2"), "drag area", "m2", satellite.drag_area_m2, moves=_FALL)
    if satellite.disposal_area_m2 is not None:
        after_m2 = satellite.disposal_area_m2
        yield Lever((*own, "disposal_area_m2"), "area after the mission", "m2", after_m2, moves=_FALL)


def _heard(station: str) -> tuple[str, ...]:
    """Checks that answer to the antenna of a station."""
    return (f"link {station}", f"uplink {station}", "data", "memory")


def with_lever(mission: Mission, lever: Lever, value: float) -> Mission:
    """The mission with one number changed, and those that follow it; nothing else.

    Examples
    --------
    See `tests/verdict/test_levers.py`.
    """
    change = lever.plain(value) - lever.plain(_value_at(mission, lever.path))
    changed = _changed(mission, lever.path, value)
    for one in lever.followers:
        changed = _changed(changed, one.path, _value_at(mission, one.path) + one.slope * change)
    if not isinstance(changed, Mission):
        raise TypeError(f"the path {lever.path} does not lead into a mission")
    return changed


def _value_at(mission: Mission, path: Path) -> float:
    """The number at a path."""
    node: Any = mission
    for step in path:
        node = getattr(node, str(step)) if isinstance(node, BaseModel) else node[step]
    return float(node)


def _changed(node: Any, path: Path, value: float) -> Any:
    """A copy of a model, or of a tuple of models, that differs in one number."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*node[:step], _changed(node[step], rest, value), *node[step + 1 :])
    if isinstance(node, Mapping):
        return {**node, step: _changed(node[step], rest, value)}
    if not isinstance(node, BaseModel):
        raise TypeError(f"{type(node).__name__} has no field '{step}'")
    return node.model_copy(update={step: _changed(getattr(node, step), rest, value)})
