"""The orbit that asks most of the array, and the discharge that goes deepest: what each follows from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.battery import PowerFlow
from cosmodrome.budgets.part_loads import PartLoad, TimelineSpan, part_loads
from cosmodrome.constants import ASTRONOMICAL_UNIT_M, SOLAR_IRRADIANCE_W_M2
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.storage import running_sum

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ArrayOrbit:
    """Means of the worst orbit: light on the cells, and what the battery carries.

    With `battery_load_w`, D, the array that closes the balance gives (L - D + D / (e_c e_t)) / X_d in the
    mean, since what the battery gives, D / e_t, is what went into it, e_c times the surplus.
    """

    loads: tuple[PartLoad, ...]
    period_min: float
    irradiance_w_m2: float  # of the season
    sunlit_fraction: float  # share of the Sun's disc in view
    incidence_ratio: float  # cosine of incidence while there is light; negative ones as zero
    battery_load_w: float  # of the load, with an array that just closes the balance

    def __repr__(self) -> str:
        return f"<ArrayOrbit {self.irradiance_w_m2:.0f} W/m2, sunlit {100 * self.sunlit_fraction:.0f} %>"


@dataclass(frozen=True, slots=True)
class Discharge:
    """From a full battery to its deepest level: energy at the bus, and what it takes from the battery."""

    loads: tuple[PartLoad, ...]
    duration_min: float
    dark_min: float  # of it without Sun, penumbra by its share
    load_w: float  # mean
    bus_w: float  # mean, from the array
    surplus_wh: float  # charged in between, at the bus
    drawn_wh: float  # carried by the battery, at the bus
    discharge_wh: float  # in the battery

    def __repr__(self) -> str:
        return f"<Discharge {self.discharge_wh:.3g} Wh in {self.duration_min:.1f} min>"


def array_orbit(
    satellite: Satellite,
    policy: MarginPolicy,
    timeline: ModeTimeline,
    ephemeris: Ephemeris,
    flow: PowerFlow,
    *,
    cell_output_ratio: float,
    start: int,
    period_s: float,
    scale: float | None,
) -> ArrayOrbit:
    """Take the worst orbit apart; with D from the battery, P = (L - D + D / (e_c e_t)) / X_d closes it.

    Parameters
    ----------
    satellite, policy, timeline, ephemeris, flow
        As in the power budget.
    cell_output_ratio : float
        Output of the cells over the sunlight that falls on them head on. [1]
    start : int
        Edge at which the orbit begins.
    period_s : float
        Its length. [s]
    scale : float or None
        Factor on the array that closes the balance; None where none does.

    Returns
    -------
    ArrayOrbit
        Its means.
    """
    span = TimelineSpan.of(timeline, start, float(timeline.elapsed_s[start]) + period_s)
    steps = slice(start, start + len(span.weight_s))
    at_edges = SOLAR_IRRADIANCE_W_M2 * (ASTRONOMICAL_UNIT_M / ephemeris.sun_distance_m) ** 2
    irradiance = span.mean(((at_edges[1:] + at_edges[:-1]) / 2)[steps])
    sunlit = span.mean(timeline.illumination_ratio[steps])
    head_on_w = satellite.array_area_m2 * cell_output_ratio * irradiance * sunlit
    short_w = np.maximum(-flow.surplus_w(0.0 if scale is None else scale)[steps], 0.0)
    return ArrayOrbit(
        loads=part_loads(satellite, policy, span),
        period_min=span.duration_s / 60.0,
        irradiance_w_m2=irradiance,
        sunlit_fraction=sunlit,
        incidence_ratio=span.mean(flow.generation_w[steps]) / head_on_w if head_on_w > 0 else 0.0,
        battery_load_w=span.mean(short_w),
    )


def deepest_discharge(
    satellite: Satellite, policy: MarginPolicy, timeline: ModeTimeline, flow: PowerFlow
) -> Discharge:
    """Take the deepest discharge apart.

    Parameters
    ----------
    satellite, policy, timeline, flow
        As in the power budget.

    Returns
    -------
    Discharge
        Of no time and energy where the array carries every load.
    """
    total = running_sum(flow.gain_wh())
    end = int(np.argmax(np.maximum.accumulate(total) - total))
    start = end - int(np.argmax(total[end::-1]))  # the last instant at which it was as full as ever
    span = TimelineSpan.of(timeline, start, float(timeline.elapsed_s[end]))
    steps, hours = slice(start, end), span.weight_s / 3600.0
    surplus_w = flow.surplus_w()[steps]
    surplus_wh = float(np.maximum(surplus_w, 0.0) @ hours)
    drawn_wh = float(np.maximum(-surplus_w, 0.0) @ hours)
    return Discharge(
        loads=part_loads(satellite, policy, span),
        duration_min=span.duration_s / 60.0,
        dark_min=float((1 - timeline.illumination_ratio[steps]) @ span.weight_s) / 60.0,
        load_w=span.mean(flow.load_w[steps]),
        bus_w=flow.regulation_efficiency_ratio * span.mean(flow.generation_w[steps]),
        surplus_wh=surplus_wh,
        drawn_wh=drawn_wh,
        discharge_wh=float(total[start] - total[end]),
    )
