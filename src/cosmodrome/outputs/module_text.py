"""A stage that vehicles share, as text for a terminal."""

from collections.abc import Iterable

from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.outputs.catalog_text import plain_lines, quantities, quantity_lines, source_lines


def module_text(module: Stage, fleet: Iterable[Vehicle]) -> str:
    """A module: its numbers, the vehicles that fly it, sources.

    Parameters
    ----------
    module : Stage
        As `find_module` returns it.
    fleet : iterable of Vehicle
        Vehicles that may fly it.
    """
    lines = [f"{module.name}   ({module.role}; {module.engine}; {module.propellants})", ""]
    lines += [*quantity_lines(module, "  "), *plain_lines(module, "  ")]
    if module.note:
        lines.append(f"  note: {module.note}")
    flown = [vehicle.name for vehicle in fleet if module.name in {stage.module for stage in vehicle.stages}]
    lines += ["", f"  flown by {', '.join(flown)}" if flown else "  flown by no vehicle as it is"]
    sources = [quantity.source for _, quantity in quantities(module)]
    return "\n".join([*lines, "", *source_lines(sources)])
