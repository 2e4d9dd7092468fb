"""The mean loads of a span of time, part by part."""

from collections.abc import Iterator, Sequence

from cosmodrome.budgets.part_loads import PartLoad
from cosmodrome.models.satellite import Satellite
from cosmodrome.verdict.check import Term


def load_terms(satellite: Satellite, loads: Sequence[PartLoad]) -> Iterator[Term]:
    """One line for each part: units, power, allowances, share of the time.

    Parameters
    ----------
    satellite : Satellite
        Its components, for where their numbers are from.
    loads : sequence of PartLoad
        Of a span of time.
    """
    sources = {part.name: part.source for part in satellite.components}
    for load in loads:
        allowances = ""
        if load.growth_fraction or load.system_margin_fraction:
            allowances = f" × (1 + {load.growth_fraction:g}) × (1 + {load.system_margin_fraction:g})"
        on = f"{100 * load.on_fraction:.5g} % of the time on in {', '.join(load.modes)}"
        formula = f"{load.count} × {load.unit_power_w:g} W{allowances} × {on}"
        several = sum(other.name == load.name for other in loads) > 1
        name = f"load of {load.name}" + (f", {load.modes[0]}" if several else "")
        yield Term(name, load.mean_w, "W", formula, sources[load.name] or "mission file")
