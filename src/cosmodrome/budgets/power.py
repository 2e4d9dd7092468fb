"""Power budget: loads by mode, array at end of life, battery over the worst orbit."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.array import CellOutput, cell_output, generation_w
from cosmodrome.budgets.battery import (
    EnergyAccount,
    PowerFlow,
    charge_history,
    closing_array_scale,
    closing_load_scale,
    deepest_discharge_wh,
)
from cosmodrome.budgets.mass import growth_fraction
from cosmodrome.budgets.worst_orbit import ArrayOrbit, Discharge, array_orbit, deepest_discharge
from cosmodrome.constants import SOLAR_IRRADIANCE_W_M2
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, load_w
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.battery import CapacityWear
from cosmodrome.physics.elements import keplerian_from_cartesian, orbital_period_s
from cosmodrome.physics.storage import drawdown, window_sums

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ModePower:
    """A mode: what it draws while it is on, and the share of the whole span that it is on."""

    name: str
    power_w: float  # best estimate
    with_margin_w: float  # with growth and system margin
    duty_fraction: float


@dataclass(frozen=True, slots=True)
class PowerTimeline:
    """Power over the span; N samples, a step's mean stands at its start and the last is repeated."""

    epoch: datetime
    elapsed_s: Array
    illumination_ratio: Array
    load_w: Array
    generation_w: Array  # array output
    stored_wh: Array  # at the sample

    def __repr__(self) -> str:
        return f"<PowerTimeline {len(self.elapsed_s)} samples from {self.epoch:%Y-%m-%d %H:%M}>"


@dataclass(frozen=True, slots=True)
class SeasonPower:
    """A day of the mission: its worst orbit, and the depth that the battery goes to."""

    start: datetime
    beta_angle_deg: float
    eclipse_min: float
    generation_w: float  # worst orbit, array output
    required_generation_w: float  # worst orbit, array output that closes the balance
    depth_of_discharge_fraction: float


@dataclass(frozen=True, slots=True)
class PowerBudget:
    """Whether array and battery carry the loads, at end of life and with allowances."""

    modes: tuple[ModePower, ...]
    timeline: PowerTimeline
    account: EnergyAccount
    array_end_of_life_w: float  # normal incidence, 1 au
    battery_end_of_life_wh: float
    mean_load_w: float  # with allowances
    mean_load_best_estimate_w: float
    orbit_mean_load_w: float  # worst orbit, with allowances
    orbit_mean_generation_w: float  # worst orbit, array output
    required_generation_w: float  # worst orbit, array output that closes the balance
    required_generation_best_estimate_w: float  # the same for loads without allowances
    worst_orbit_start: datetime
    array_area_m2: float
    required_area_m2: float | None  # None where no area would do
    load_excess_w: float  # mean load to take off to close the balance
    worst_orbit_depth_of_discharge_fraction: float  # 1 where the battery runs flat
    best_estimate_depth_of_discharge_fraction: float
    permitted_depth_of_discharge_fraction: float
    deepest_discharge_at: datetime
    battery_capacity_wh: float  # nameplate
    required_capacity_wh: float  # nameplate, with an array that closes the balance
    battery_load_excess_w: float  # mean load to take off to keep the depth
    deepest_timeline: PowerTimeline  # that of the day or month of the deepest discharge
    cells: CellOutput
    array_orbit: ArrayOrbit  # the worst orbit
    discharge: Discharge  # the deepest one
    seasons: tuple[SeasonPower, ...] = ()
    longest_eclipse_min: float = math.nan  # of the seasons
    battery_left_ratio: float | None = None  # of the nameplate, at end of life, by cycles and age
    battery_wear: CapacityWear | None = None  # what that follows from

    @property
    def generation_margin_fraction(self) -> float:
        """The same relative to what closes the balance; infinite without loads."""
        if self.required_generation_w <= 0:
            return math.inf
        return self.generation_margin_w / self.required_generation_w

    @property
    def generation_margin_w(self) -> float:
        """Array output of the worst orbit above what closes the balance [W]."""
        return self.orbit_mean_generation_w - self.required_generation_w

    def __repr__(self) -> str:
        depth = 100 * self.worst_orbit_depth_of_discharge_fraction
        return f"<PowerBudget {self.generation_margin_w:+.1f} W in the worst orbit, depth {depth:.0f} %>"


def power_budget(
    satellite: Satellite,
    policy: MarginPolicy,
    lifetime_years: float,
    timeline: ModeTimeline,
    ephemeris: Ephemeris,
    *,
    illumination_ratio: Array,
) -> PowerBudget:
    """Hold generation at end of life against the loads of the modes.

    Parameters
    ----------
    satellite : Satellite
        Components, modes, array and battery.
    policy : MarginPolicy
        Allowances on the loads: growth by maturity, and the system margin on the sum.
    lifetime_years : float
        Age at which array and battery are judged. [years]
    timeline : ModeTimeline
        The modes over the ephemeris.
    ephemeris : Ephemeris
        Orbit and Sun; its samples are the edges of the timeline's steps.
    illumination_ratio : ndarray, shape (K + 1,)
        Share of the Sun's disc in view at the samples. [1]

    Returns
    -------
    PowerBudget
        Margins, sizes that would close, and the timeline.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 11.4, here integrated over the timeline.
    """
    array_w = generation_w(satellite, lifetime_years, timeline, ephemeris, illumination_ratio)
    plain = _flow(satellite, timeline, array_w, part_power_w(satellite))
    flow = _flow(satellite, timeline, array_w, part_power_w(satellite, policy))
    period_s = min(_period_s(ephemeris), timeline.duration_s)
    scale = closing_array_scale(flow, period_s)
    balance_wh = window_sums(flow.gain_wh(1.0 if scale is None else scale), flow.elapsed_s, period_s)
    start = int(np.argmin(balance_wh))  # the orbit that sets the scale
    depth_wh = drawdown(flow.gain_wh())
    permitted = satellite.battery.max_depth_of_discharge_fraction
    load_scale = closing_load_scale(flow, permitted * flow.capacity_wh)
    mean_load_w = _mean_w(flow.load_w, flow)
    stored_wh, account = charge_history(flow)
    area_m2, array = satellite.array_area_m2, satellite.solar_array
    cells = cell_output(array, lifetime_years, array.operating_temperature_c)
    over_time = _power_timeline(timeline, flow, stored_wh)
    return PowerBudget(
        modes=_mode_powers(satellite, policy, timeline),
        timeline=over_time,
        deepest_timeline=over_time,
        account=account,
        array_end_of_life_w=area_m2 * SOLAR_IRRADIANCE_W_M2 * cells.output_ratio,
        battery_end_of_life_wh=flow.capacity_wh,
        mean_load_w=mean_load_w,
        mean_load_best_estimate_w=_mean_w(plain.load_w, plain),
        orbit_mean_load_w=_window_mean_w(flow.load_w, flow, period_s, start),
        orbit_mean_generation_w=_window_mean_w(flow.generation_w, flow, period_s, start),
        required_generation_w=_required_generation_w(flow, scale, period_s, start),
        required_generation_best_estimate_w=_required_generation_w(
            plain, closing_array_scale(plain, period_s), period_s, start
        ),
        worst_orbit_start=_instant(timeline, start),
        array_area_m2=area_m2,
        required_area_m2=None if scale is None else scale * area_m2,
        load_excess_w=mean_load_w if scale is None else mean_load_w * max(0.0, 1 - 1 / max(scale, 1.0)),
        worst_orbit_depth_of_discharge_fraction=min(float(depth_wh.max()) / flow.capacity_wh, 1.0),
        best_estimate_depth_of_discharge_fraction=min(deepest_discharge_wh(plain) / plain.capacity_wh, 1.0),
        permitted_depth_of_discharge_fraction=permitted,
        deepest_discharge_at=_instant(timeline, int(np.argmax(depth_wh))),
        battery_capacity_wh=satellite.battery.capacity_wh,
        required_capacity_wh=deepest_discharge_wh(flow, max(scale or 1.0, 1.0))
        / (permitted * satellite.battery.end_of_life_capacity_ratio),
        battery_load_excess_w=mean_load_w * (1 - load_scale),
        cells=cells,
        array_orbit=array_orbit(
            satellite, policy, timeline, ephemeris, flow,
            cell_output_ratio=cells.output_ratio, start=start, period_s=period_s, scale=scale,
        ),
        discharge=deepest_discharge(satellite, policy, timeline, flow),
    )  # fmt: skip


def part_power_w(satellite: Satellite, policy: MarginPolicy | None = None) -> Array:
    """Power of each component line in each mode, all its units together.

    Parameters
    ----------
    satellite : Satellite
        Its components and modes.
    policy : MarginPolicy, optional
        Growth by maturity and system margin to add; best estimates without it.

    Returns
    -------
    ndarray, shape (parts, modes)
        In the order of the satellite's; zero in modes that do not have the part on. [W]
    """
    best = np.array(
        [
            [
                part.power_in_mode_w(mode.name) if part.name in mode.components else 0.0
                for mode in satellite.modes
            ]
            for part in satellite.components
        ]
    )
    if policy is None:
        return best
    growth = np.array([1 + growth_fraction(part, policy) for part in satellite.components])
    return np.asarray(best * growth[:, None] * (1 + policy.power_margin_fraction))


def _flow(satellite: Satellite, timeline: ModeTimeline, array_w: Array, power_w: Array) -> PowerFlow:
    load = load_w(timeline, satellite, power_w)
    regulation = satellite.solar_array.daylight_path_ratio
    return PowerFlow(timeline.elapsed_s, array_w, load, regulation, satellite.storage)


def _period_s(ephemeris: Ephemeris) -> float:
    elements = keplerian_from_cartesian(ephemeris.position_m[0], ephemeris.velocity_m_s[0])
    return orbital_period_s(elements.semi_major_axis_m)


def _instant(timeline: ModeTimeline, edge: int) -> datetime:
    return timeline.epoch + timedelta(seconds=float(timeline.elapsed_s[edge]))


def _mean_w(power_w: Array, flow: PowerFlow) -> float:
    return float(power_w @ flow.step_h / flow.step_h.sum())


def _window_mean_w(power_w: Array, flow: PowerFlow, period_s: float, start: int) -> float:
    energy_ws = window_sums(power_w * np.diff(flow.elapsed_s), flow.elapsed_s, period_s)
    return float(energy_ws[start] / period_s)


def _required_generation_w(flow: PowerFlow, scale: float | None, period_s: float, start: int) -> float:
    """Mean array output that closes the worst orbit; without any Sun, all of it through the battery."""
    if scale is not None:
        return scale * _window_mean_w(flow.generation_w, flow, period_s, start)
    path = flow.regulation_efficiency_ratio * flow.battery.charge_efficiency_ratio
    path *= flow.battery.transmission_efficiency_ratio
    return _window_mean_w(flow.load_w, flow, period_s, start) / path


def _mode_powers(satellite: Satellite, policy: MarginPolicy, timeline: ModeTimeline) -> tuple[ModePower, ...]:
    best, grown = part_power_w(satellite).sum(axis=0), part_power_w(satellite, policy).sum(axis=0)
    duty = timeline.on_fraction @ timeline.step_s / timeline.duration_s
    return tuple(
        ModePower(
            name=mode.name,
            power_w=float(best[row]),
            with_margin_w=float(grown[row]),
            duty_fraction=float(share),
        )
        for row, (mode, share) in enumerate(zip(satellite.modes, duty, strict=True))
    )


def _power_timeline(timeline: ModeTimeline, flow: PowerFlow, stored_wh: Array) -> PowerTimeline:
    def at_samples(steps: Array) -> Array:
        samples = np.append(steps, steps[-1])
        samples.setflags(write=False)
        return samples

    stored_wh.setflags(write=False)
    return PowerTimeline(
        epoch=timeline.epoch,
        elapsed_s=timeline.elapsed_s,
        illumination_ratio=at_samples(timeline.illumination_ratio),
        load_w=at_samples(flow.load_w),
        generation_w=at_samples(flow.generation_w),
        stored_wh=stored_wh,
    )
