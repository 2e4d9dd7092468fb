"""Where each quantity that a document may state is found among what is computed."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.components import Component
from cosmodrome.models.link import ReceiverChain
from cosmodrome.models.mission import Mission
from cosmodrome.models.stated import CUBESAT_MASS_LIMITS_KG, LINK_QUANTITIES, Stated
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.disturbances import largest_gravity_gradient_torque_n_m
from cosmodrome.physics.elements import keplerian_from_cartesian, orbital_period_s

_UNITS = (
    ("_percent", "%"), ("_db_k", "dB/K"), ("_dbw", "dBW"), ("_db", "dB"), ("_kg", "kg"), ("_km", "km"),
    ("_bit_s", "bit/s"), ("_bit", "bit"), ("_w", "W"), ("_k", "K"), ("_s", "s"), ("_count", ""),
    ("_deg", "deg"), ("_n_m", "N m"),
)  # fmt: skip
_NEAR_ANGLE_DEG = 1e-3


def unit_of(quantity: str) -> str:
    """The unit that a quantity's name ends on."""
    return next(unit for suffix, unit in _UNITS if quantity.endswith(suffix))


def words_of(quantity: str) -> str:
    """A quantity without its unit, in words."""
    bare = next(quantity.removesuffix(suffix) for suffix, _ in _UNITS if quantity.endswith(suffix))
    words = bare.replace("_", " ").replace("eb n0", "Eb/N0").replace("g over t", "G/T")
    return words.replace("eirp", "EIRP").replace("raan", "RAAN").replace("cubesat", "CubeSat")


def is_near(one: float, other: float, unit: str, tolerance_ratio: float) -> bool:
    """Whether two numbers are the same within a relative tolerance; decibels as factors, angles by turns."""
    if unit.startswith("dB"):
        return abs(one - other) <= 10.0 * math.log10(1.0 + tolerance_ratio)
    slack = tolerance_ratio * max(abs(one), abs(other))
    if unit == "deg":
        return abs(math.remainder(one - other, 360.0)) <= max(slack, _NEAR_ANGLE_DEG)
    return abs(one - other) <= slack


@dataclass(frozen=True, slots=True)
class Computed:
    """What was computed of a mission, by the names of stated quantities."""

    mission: Mission
    budgets: Budgets
    ephemeris: Ephemeris
    passes: Sequence[Pass]

    def directed(self, one: Stated) -> Stated:
        """The figure with the direction of its link: the one that it comes nearer to where it has none."""
        if one.quantity not in LINK_QUANTITIES or one.direction is not None:
            return one
        both = [one.model_copy(update={"direction": way}) for way in ("down", "up")]
        apart = [self._distance(each) for each in both]
        return both[1] if apart[1] < apart[0] else both[0]

    def value(self, one: Stated) -> float | None:
        """The computed number, in the quantity's unit; None where the mission does not hold what it needs."""
        quantity = one.quantity
        if quantity in LINK_QUANTITIES:
            link = self.link(one)
            return None if link is None else _of_link(link, quantity)
        if quantity.startswith("contact"):
            return self._contacts(one)
        if quantity == "downlink_capacity_bit":
            return self._capacity_bit(one)
        readers: dict[str, Callable[[Stated], float | None]] = {
            "dry_mass_kg": self._dry_mass_kg,
            "mean_load_w": self._load_w,
            "mass_margin_kg": self._mass_margin_kg,
            "cubesat_mass_limit_kg": lambda one: CUBESAT_MASS_LIMITS_KG.get(one.of),
            "raan_deg": self._raan_deg,
            "beta_angle_deg": self._beta_angle_deg,
            "elevation_deg": self._of_station,
            "latitude_deg": self._of_station,
            "longitude_deg": self._of_station,
            "gravity_gradient_torque_n_m": lambda _: self._gravity_gradient_n_m(),
        }
        if quantity in readers:
            return readers[quantity](one)
        return self._plain(quantity)

    def link(self, one: Stated) -> LinkBudget | None:
        """The link that a figure is of; the first one where it names no station."""
        links = self.budgets.uplinks if one.direction == "up" else self.budgets.links
        return next(
            (entry for entry in links if one.of in ("", entry.station) and one.radio == entry.radio), None
        )

    def chain(self, one: Stated) -> ReceiverChain | None:
        """The parts that make the noise of a figure's link."""
        satellite = self.mission.satellite
        if one.direction == "up" and satellite is not None:
            further = (radio for radio in satellite.more_receivers if radio.name == one.radio)
            receiver = next(further, None) if one.radio else satellite.receiver
            return receiver.chain if receiver is not None else None
        station = next((entry for entry in self.mission.stations if one.of in ("", entry.name)), None)
        return station.for_radio(one.radio or "transmitter").chain if station is not None else None

    def mass_items(self) -> list[tuple[str, int, float]]:
        """Components as name, count and mass of one [kg]."""
        satellite = self.mission.satellite
        parts = satellite.components if satellite is not None else ()
        return [(part.name, part.count, part.mass_kg) for part in parts]

    def load_items(self) -> list[tuple[str, int, float]]:
        """Components as name, count and mean power of one over the modes [W]."""
        satellite = self.mission.satellite
        if satellite is None:
            return []
        duty = {mode.name: mode.duty_fraction for mode in self.budgets.power.modes}

        def mean_w(part: Component) -> float:
            """Of one unit: the modes of most power first, all together at most all the time."""
            modes = [mode.name for mode in satellite.modes if part.name in mode.components]
            spent_w, left = 0.0, 1.0
            for name in sorted(modes, key=lambda name: -part.power_in_mode_w(name)):
                share = min(duty[name], left)
                spent_w, left = spent_w + share * part.power_in_mode_w(name), left - share
            return spent_w / part.count

        return [(part.name, part.count, mean_w(part)) for part in satellite.components]

    @property
    def semi_major_axis_m(self) -> float:
        """Of the orbit asked for."""
        target = self.mission.target
        mean_km = 0.5 * (target.perigee_altitude_km + target.apogee_altitude_km)
        return EARTH_EQUATORIAL_RADIUS_M + 1e3 * mean_km

    @property
    def eccentricity(self) -> float:
        """Of the orbit asked for."""
        target = self.mission.target
        return 500.0 * (target.apogee_altitude_km - target.perigee_altitude_km) / self.semi_major_axis_m

    def _plain(self, quantity: str) -> float | None:
        """What needs no more than its name."""
        mass, power, target = self.budgets.mass, self.budgets.power, self.mission.target
        pointing = self.budgets.attitude
        return {
            "launch_mass_kg": mass.best_estimate_launch_mass_kg,
            "orbit_mean_generation_w": float(power.timeline.generation_w.mean()),
            "power_margin_w": float(power.timeline.generation_w.mean()) - power.mean_load_best_estimate_w,
            "depth_of_discharge_percent": 100.0 * power.best_estimate_depth_of_discharge_fraction,
            "longest_eclipse_s": 60.0 * power.longest_eclipse_min,
            "orbital_period_s": orbital_period_s(self.semi_major_axis_m),
            "altitude_km": 0.5 * (target.perigee_altitude_km + target.apogee_altitude_km),
            "semi_major_axis_km": self.semi_major_axis_m / 1e3,
            "inclination_deg": target.inclination_deg,
            "argument_of_perigee_deg": getattr(target, "argument_of_perigee_deg", None),
            "pointing_error_deg": pointing.pointing_error_deg if pointing is not None else None,
        }[quantity]

    def _distance(self, one: Stated) -> float:
        value, unit = self.value(one), unit_of(one.quantity)
        if value is None:
            return math.inf
        if unit.startswith("dB"):
            return abs(one.value - value)
        ratio = one.value / value if value else 0.0
        return abs(math.log(ratio)) if ratio > 0 else math.inf

    def _dry_mass_kg(self, one: Stated) -> float:
        if not one.of:
            return self.budgets.mass.best_estimate_kg
        return sum(line.best_estimate_kg for line in self.budgets.mass.lines if line.name == one.of)

    def _load_w(self, one: Stated) -> float:
        """Of all, or of a mode or a component while it is on."""
        if not one.of:
            return self.budgets.power.mean_load_best_estimate_w
        modes = {mode.name: mode.power_w for mode in self.budgets.power.modes}
        satellite = self.mission.satellite
        parts = {part.name: part.count * part.power_w for part in satellite.components} if satellite else {}
        return (parts | modes)[one.of]

    def _mass_margin_kg(self, _: Stated) -> float | None:
        """Below the limit that is stated itself."""
        limits = [one.value for one in self.mission.stated if one.quantity == "cubesat_mass_limit_kg"]
        return limits[0] - self.budgets.mass.best_estimate_launch_mass_kg if limits else None

    def _raan_deg(self, _: Stated) -> float:
        """That asked for; that flown to where any will do."""
        asked = getattr(self.mission.target, "raan_deg", None)
        if asked is not None:
            return float(asked)
        flown = keplerian_from_cartesian(self.ephemeris.position_m[0], self.ephemeris.velocity_m_s[0])
        return math.degrees(flown.raan_rad)

    def _beta_angle_deg(self, one: Stated) -> float | None:
        """The largest over the seasons, with the sign of what is stated."""
        sizes = [abs(season.beta_angle_deg) for season in self.budgets.power.seasons]
        return math.copysign(max(sizes), one.value) if sizes else None

    def _of_station(self, one: Stated) -> float | None:
        station = next((entry for entry in self.mission.stations if one.of in ("", entry.name)), None)
        key = "minimum_elevation_deg" if one.quantity == "elevation_deg" else one.quantity
        return None if station is None else float(getattr(station, key))

    def _gravity_gradient_n_m(self) -> float | None:
        """By the scalar form that documents use, for the tilt of the mission file."""
        satellite = self.mission.satellite
        control = satellite.attitude_control if satellite is not None else None
        if control is None:
            return None
        x, y, z = control.principal_inertia_kg_m2
        tilt = math.radians(control.tilt_deg)
        return largest_gravity_gradient_torque_n_m(self.semi_major_axis_m, max(abs(z - x), abs(z - y)), tilt)

    def _capacity_bit(self, one: Stated) -> float | None:
        """What all stations take in the days stated; of named stations, their passes at the link's rate."""
        if not one.of:
            return 1e9 * self.budgets.data.capacity_gbit_per_day * (one.span_days or 1.0)
        contact_s = self._contacts(one.model_copy(update={"quantity": "contact_total_s"}))
        rates = [link.data_rate_mbit_s for link in self.budgets.links if link.station in one.subjects]
        return None if contact_s is None or not rates else 1e6 * rates[0] * contact_s

    def _contacts(self, one: Stated) -> float | None:
        """Counts and sums scaled to the stated days; single durations as they are."""
        named = one.subjects
        seconds = [each.duration_s for each in self.passes if not named or each.station in named]
        if not seconds:
            return None
        span_days = (float(self.ephemeris.elapsed_s[-1]) - float(self.ephemeris.elapsed_s[0])) / DAY_S
        scale = (one.span_days or span_days) / span_days
        return {
            "contacts_count": scale * len(seconds),
            "contact_total_s": scale * sum(seconds),
            "contact_longest_s": max(seconds),
            "contact_mean_s": sum(seconds) / len(seconds),
        }[one.quantity]


def _of_link(link: LinkBudget, quantity: str) -> float:
    """A line of the link budget by its name."""
    if quantity == "data_rate_bit_s":
        return 1e6 * link.data_rate_mbit_s
    return float(getattr(link, {"link_margin_db": "margin_db"}.get(quantity, quantity)))
