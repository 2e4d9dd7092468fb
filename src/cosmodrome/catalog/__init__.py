"""What exists, with a source for every number: vehicles, sites, components, stations, drag curves."""

from cosmodrome.catalog.audit import Contradiction, audit
from cosmodrome.catalog.lookup import (
    Catalog,
    component_names,
    drag_curve_names,
    find_cell,
    find_component,
    find_drag_curve,
    find_finish,
    find_module,
    find_site,
    find_station,
    find_vehicle,
    load_catalog,
    module_names,
    open_catalog,
    site_names,
    starter_text,
    station_names,
    vehicle_names,
)
from cosmodrome.catalog.questions import OpenQuestion, open_questions, value_range
from cosmodrome.catalog.sources import SourceReference, explain_source

__all__ = [
    "Catalog",
    "Contradiction",
    "OpenQuestion",
    "SourceReference",
    "audit",
    "component_names",
    "drag_curve_names",
    "explain_source",
    "find_cell",
    "find_component",
    "find_drag_curve",
    "find_finish",
    "find_module",
    "find_site",
    "find_station",
    "find_vehicle",
    "load_catalog",
    "module_names",
    "open_catalog",
    "open_questions",
    "site_names",
    "starter_text",
    "station_names",
    "value_range",
    "vehicle_names",
]
