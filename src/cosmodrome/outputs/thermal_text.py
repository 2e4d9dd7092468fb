"""What the report says of temperatures: two sentences, and the model with where it holds."""

from cosmodrome.budgets.thermal import ThermalBudget, ThermalOrbit
from cosmodrome.outputs.labels import number_text


def thermal_sentences(thermal: ThermalBudget) -> str:
    """Say how warm and how cold it gets, and what heaters it takes.

    Parameters
    ----------
    thermal : ThermalBudget
        The budget.

    Returns
    -------
    str
        Two sentences.
    """
    warmest = max(thermal.nodes, key=lambda node: node.hot_max_c)
    coldest = min(thermal.nodes, key=lambda node: node.cold_min_c)
    heater = (
        f"Heaters of {number_text(thermal.required_heater_w, 3)} W in the mean keep the lower limits there, "
        f"with {thermal.temperature_margin_k:g} K to spare."
        if thermal.required_heater_w > 0
        else "No heater is needed."
    )
    return (
        f"{warmest.name.capitalize()} reaches {number_text(warmest.hot_max_c, 3)} °C in the hottest orbit of "
        f"the mission, {coldest.name} {number_text(coldest.cold_min_c, 3)} °C in the coldest without heater. "
        f"{heater}"
    )


def thermal_model_text(thermal: ThermalBudget) -> str:
    """Say how it was worked out and where that holds.

    Parameters
    ----------
    thermal : ThermalBudget
        The budget.

    Returns
    -------
    str
        Some sentences.
    """
    return (
        "A node for each face and one for the inside, or one for all, over an orbit that repeats itself. The "
        f"hottest has loads with allowances, the regulator's losses inside, and {_heat_text(thermal.hot)}; "
        f"the coldest has best estimates and {_heat_text(thermal.cold)}. Faces do not shade each other; "
        "radiation between them, aging of surfaces and the battery's own losses are not modeled."
    )


def _heat_text(orbit: ThermalOrbit) -> str:
    given = orbit.environment
    return (
        f"{given.solar_flux_w_m2:g} W/m² of sunlight, albedo {given.albedo_ratio:g} and infrared "
        f"{given.earth_infrared_w_m2:g} W/m²: {number_text(orbit.absorbed_w, 3)} W from outside, "
        f"{number_text(orbit.dissipated_w, 3)} W from the parts"
    )
