"""What documents state of a satellite, held against what is computed, and the slips between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.mission import Mission
from cosmodrome.models.stated import Stated
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.eclipses import eclipse_duration_s
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.elements import orbital_period_s
from cosmodrome.physics.slips import Slip, omitted_items, unit_slips

_UNITS = (
    ("_percent", "%"), ("_db_k", "dB/K"), ("_dbw", "dBW"), ("_db", "dB"), ("_kg", "kg"), ("_km", "km"),
    ("_bit_s", "bit/s"), ("_bit", "bit"), ("_w", "W"), ("_k", "K"), ("_s", "s"), ("_count", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A stated figure beside the computed one; None where the mission does not hold what it needs."""

    quantity: str
    of: str
    unit: str
    stated: float
    computed: float | None
    agrees: bool
    slips: tuple[Slip, ...]  # what would explain the difference
    source: str

    @property
    def words(self) -> str:
        """The quantity without its unit."""
        return _words(self.quantity)

    def __repr__(self) -> str:
        word = "agrees" if self.agrees else "DIFFERS"
        return f"<StatedFigure {self.quantity} {self.of}: {self.stated:g} {self.unit}, {word}>"


def stated_figures(
    mission: Mission, budgets: Budgets | None, ephemeris: Ephemeris | None, passes: Sequence[Pass]
) -> tuple[StatedFigure, ...]:
    """Hold every stated figure of the mission file against what is computed.

    Parameters
    ----------
    mission : Mission
        With its `stated` figures.
    budgets, ephemeris, passes
        What was computed; without an orbit little can be said.

    Returns
    -------
    tuple of StatedFigure
        In the order of the file.
    """
    if budgets is None or ephemeris is None:
        return ()
    computed = _Computed(mission, budgets, ephemeris, passes)
    return tuple(_held(one, computed, mission.stated) for one in mission.stated)


def _held(one: Stated, computed: "_Computed", all_stated: Sequence[Stated]) -> StatedFigure:
    unit, tolerance = _unit(one.quantity), one.tolerance_fraction
    value = computed.value(one)
    slips: list[Slip] = []
    agrees = value is not None and _near(one.value, value, unit, tolerance)
    if value is not None and not agrees:
        slips += computed.own_slips(one, tolerance)
        slips += unit_slips(one.value, value, unit, tolerance)
    for other in all_stated:
        same = (other.quantity, other.of, other.span_days) == (one.quantity, one.of, one.span_days)
        if same and other is not one and not _near(one.value, other.value, unit, 1e-3):
            text = f"stated twice: {one.value:g} and {other.value:g} {unit} ({other.source or 'no source'})"
            slips.append(Slip("stated twice", text))
            agrees = agrees and _near(other.value, one.value, unit, tolerance)
    return StatedFigure(one.quantity, one.of, unit, one.value, value, agrees, tuple(slips), one.source)


def _stations(one: Stated) -> tuple[str, ...]:
    """Names of the stations that a figure is of; none where it is of all."""
    return tuple(name.strip() for name in one.of.split(",")) if one.of else ()


def _words(quantity: str) -> str:
    """A quantity without its unit, in words."""
    bare = next(quantity.removesuffix(suffix) for suffix, _ in _UNITS if quantity.endswith(suffix))
    return bare.replace("_", " ").replace("eb n0", "Eb/N0").replace("g over t", "G/T")


def _unit(quantity: str) -> str:
    return next(unit for suffix, unit in _UNITS if quantity.endswith(suffix))


def _near(one: float, other: float, unit: str, tolerance: float) -> bool:
    if unit.startswith("dB"):
        return abs(one - other) <= 10.0 * math.log10(1.0 + tolerance)
    return abs(one - other) <= tolerance * max(abs(one), abs(other))


@dataclass(frozen=True, slots=True)
class _Computed:
    """Where each quantity is found."""

    mission: Mission
    budgets: Budgets
    ephemeris: Ephemeris
    passes: Sequence[Pass]

    def value(self, one: Stated) -> float | None:
        """The computed number, in the quantity's unit."""
        budgets, quantity = self.budgets, one.quantity
        power = budgets.power
        plain = {
            "dry_mass_kg": budgets.mass.best_estimate_kg,
            "launch_mass_kg": budgets.mass.best_estimate_launch_mass_kg,
            "mean_load_w": power.mean_load_best_estimate_w,
            "orbit_mean_generation_w": float(power.timeline.generation_w.mean()),
            "depth_of_discharge_percent": 100.0 * power.best_estimate_depth_of_discharge_fraction,
            "longest_eclipse_s": 60.0 * power.longest_eclipse_min,
            "orbital_period_s": orbital_period_s(self._axis_m()),
            "semi_major_axis_km": self._axis_m() / 1e3,
            "downlink_capacity_bit": 1e9 * budgets.data.capacity_gbit_per_day * (one.span_days or 1.0),
        }
        if quantity == "downlink_capacity_bit" and one.of:
            return self._capacity_bit(one)
        if quantity in plain:
            return plain[quantity]
        if quantity.startswith("contact"):
            return self._contacts(one)
        link = next((entry for entry in budgets.links if one.of in ("", entry.station)), None)
        return None if link is None else _of_link(link, quantity)

    def own_slips(self, one: Stated, tolerance: float) -> list[Slip]:
        """Slips that need to know how the quantity is made up."""
        if one.quantity == "dry_mass_kg" and self.mission.satellite is not None:
            parts = [(part.name, part.count, part.mass_kg) for part in self.mission.satellite.components]
            return list(omitted_items(one.value, parts))
        if one.quantity == "system_noise_temperature_k":
            return self._noise_slips(one, tolerance)
        if one.quantity in ("eb_n0_db", "link_margin_db", "g_over_t_db_k"):
            return self._consequences(one)
        if one.quantity == "longest_eclipse_s":
            longest_s = eclipse_duration_s(self._axis_m(), 0.0)
            if one.value > (1.0 + tolerance) * longest_s:
                text = f"longer than {longest_s:.0f} s, the longest that this orbit's geometry allows"
                return [Slip("longer than geometry allows", text)]
        return []

    def _noise_slips(self, one: Stated, tolerance: float) -> list[Slip]:
        """Noise figures in decibels taken for factors."""
        chains = [station.chain for station in self.mission.stations if one.of in ("", station.name)]
        chain = next((chain for chain in chains if chain is not None), None)
        if chain is None:
            return []
        figures = ("amplifier_noise_figure_db", "receiver_noise_figure_db")
        mistaken = chain.model_copy(
            update={name: 10.0 * math.log10(max(getattr(chain, name), 1.0)) for name in figures}
        )
        if not _near(one.value, mistaken.system_noise_temperature_k, "K", tolerance):
            return []
        text = f"a noise figure of {chain.amplifier_noise_figure_db:g} dB was taken for a factor"
        return [Slip("decibels for a factor", text)]

    def _consequences(self, one: Stated) -> list[Slip]:
        """Other stated numbers of the same link from which this one follows."""
        value, causes = self.value(one), []
        for other in self.mission.stated:
            known = self.value(other) if other.of == one.of else None
            if known is None or known <= 0 or other.value <= 0 or value is None:
                continue
            if other.quantity in ("system_noise_temperature_k", "data_rate_bit_s"):
                causes.append((other, -10.0 * math.log10(other.value / known)))
        for count in range(1, len(causes) + 1):
            for chosen in combinations(causes, count):
                if value is not None and abs(one.value - value - sum(step for _, step in chosen)) <= 0.1:
                    names = " and ".join(
                        f"the stated {_words(other.quantity)} of {other.value:.6g} {_unit(other.quantity)}"
                        for other, _ in chosen
                    )
                    return [Slip("follows from another", f"it follows from {names}")]
        return []

    def _axis_m(self) -> float:
        target = self.mission.target
        mean_km = 0.5 * (target.perigee_altitude_km + target.apogee_altitude_km)
        return EARTH_EQUATORIAL_RADIUS_M + 1e3 * mean_km

    def _capacity_bit(self, one: Stated) -> float | None:
        """What the passes over the named stations carry at the link's rate."""
        contact_s = self._contacts(one.model_copy(update={"quantity": "contact_total_s"}))
        rates = [link.data_rate_mbit_s for link in self.budgets.links if link.station in _stations(one)]
        return None if contact_s is None or not rates else 1e6 * rates[0] * contact_s

    def _contacts(self, one: Stated) -> float | None:
        """Counts and sums scaled to the stated days; single durations as they are."""
        named = _stations(one)
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


def _of_link(link: LinkBudget, quantity: str) -> float | None:
    """A line of the link budget by its name."""
    if quantity == "data_rate_bit_s":
        return 1e6 * link.data_rate_mbit_s
    names = {"link_margin_db": "margin_db"}
    found = getattr(link, names.get(quantity, quantity), None)
    return None if found is None else float(found)
