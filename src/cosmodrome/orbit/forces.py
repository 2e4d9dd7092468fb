"""What acts on a satellite: the force model by name, and its parameters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cosmodrome.orbit.surfaces import Surfaces

if TYPE_CHECKING:
    from cosmodrome.models.satellite import Satellite

HIGHEST_DEGREE = 70
FORECAST_AP = 13  # mean of the daily values of SW-All, 1957-2026: 12.9

ApConvention = Literal["3-hourly", "daily-mean"]
GravityModel = Literal["EGM2008", "EGM96"]
SpaceWeatherCase = Literal["observed", "low", "mean", "high"]


@dataclass(frozen=True, slots=True)
class ConstantWeather:
    """The same solar and geomagnetic activity at all times."""

    flux_sfu: float  # F10.7, of the day and over 81 days
    ap_index: float

    def __post_init__(self) -> None:
        if not 50.0 <= self.flux_sfu <= 500.0 or not 0.0 <= self.ap_index <= 400.0:
            raise ValueError(
                f"F10.7 of {self.flux_sfu:g} sfu and Ap of {self.ap_index:g}; expected 50 to 500 "
                "sfu, and 0 to 400"
            )


@dataclass(frozen=True, slots=True)
class Forces:
    """What acts on the satellite; an area of zero switches its force off.

    Drag is a convention before it is a number. `ap_convention` says whether the density follows the eight
    values of a day or has their mean in every slot; `space_weather` whose activity is met: what was observed
    and, after that, CelesTrak's forecast; a case of a future cycle after the last observed day; or constant.
    `surfaces`, where given, take the place of the two areas.
    """

    mass_kg: float = 100.0
    drag_area_m2: float = 0.0
    drag_coefficient: float = 2.2
    radiation_area_m2: float = 0.0
    reflectivity_coefficient: float = 1.3
    gravity_model: GravityModel = "EGM2008"
    gravity_degree: int = 20
    gravity_order: int | None = None  # the degree if not given
    sun: bool = True
    moon: bool = True
    solid_tides: bool = True
    relativity: bool = True
    density_model: Literal["nrlmsise-00"] = "nrlmsise-00"
    ap_convention: ApConvention = "3-hourly"
    space_weather: SpaceWeatherCase | ConstantWeather = "observed"
    surfaces: Surfaces | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.order <= self.gravity_degree <= HIGHEST_DEGREE:
            raise ValueError(
                f"gravity of degree {self.gravity_degree} and order {self.order}; expected an order up to "
                f"the degree, and a degree up to {HIGHEST_DEGREE}"
            )
        for name in ("mass_kg", "drag_area_m2", "radiation_area_m2", "drag_coefficient"):
            value = getattr(self, name)
            if value < 0 or (name == "mass_kg" and value == 0):
                raise ValueError(
                    f"{name} is {value:g}; expected {'above' if name == 'mass_kg' else 'at least'} 0"
                )
        if self.gravity_model not in ("EGM2008", "EGM96"):
            raise ValueError(f"the gravity model '{self.gravity_model}' is not known; known: EGM2008, EGM96")
        if self.density_model != "nrlmsise-00":
            raise ValueError(f"the density model '{self.density_model}' is not known; known: nrlmsise-00")
        if self.ap_convention not in ("3-hourly", "daily-mean"):
            raise ValueError(
                f"the Ap convention '{self.ap_convention}' is not known; known: 3-hourly, daily-mean"
            )
        if not isinstance(self.space_weather, ConstantWeather) and self.space_weather not in (
            "observed", "low", "mean", "high",
        ):  # fmt: skip
            raise ValueError(
                f"the space weather '{self.space_weather}' is not known; known: observed, low, mean, high, "
                "ConstantWeather(flux_sfu, ap_index)"
            )

    @property
    def order(self) -> int:
        """Order of the gravity field."""
        return self.gravity_degree if self.gravity_order is None else self.gravity_order

    @property
    def drags(self) -> bool:
        """Whether the air acts."""
        return (self.surfaces is not None or self.drag_area_m2 > 0) and self.drag_coefficient > 0

    @property
    def radiates(self) -> bool:
        """Whether sunlight presses."""
        return (self.surfaces is not None or self.radiation_area_m2 > 0) and self.reflectivity_coefficient > 0

    @property
    def conventions(self) -> str:
        """The models by name, for provenance."""
        parts = (
            (True, f"{self.gravity_model} {self.gravity_degree}x{self.order}"),
            (self.drags, self._air),
            (self.sun and self.moon, "Sun and Moon by DE440"),
            (self.sun and not self.moon, "Sun by DE440"),
            (self.moon and not self.sun, "Moon by DE440"),
            (self.radiates, "cannonball solar pressure with shadow"),
            (self.surfaces is not None, f"areas of {self.surfaces!r}"),
            (self.solid_tides, "solid tides"),
            (self.relativity, "relativity"),
        )
        return ", ".join(text for acts, text in parts if acts)

    @property
    def _air(self) -> str:
        """Density model, Ap convention and space weather by name."""
        ap = "3-hourly Ap" if self.ap_convention == "3-hourly" else "each day's mean Ap in its 3-hour slots"
        if isinstance(self.space_weather, ConstantWeather):
            constant = self.space_weather
            return f"NRLMSISE-00 with F10.7 {constant.flux_sfu:g} sfu and Ap {constant.ap_index:g} throughout"
        if self.space_weather == "observed":
            return f"NRLMSISE-00 with {ap} where observed and {FORECAST_AP} beyond"
        return f"NRLMSISE-00 with {ap} where observed and the {self.space_weather} solar cycle beyond"


def forces_on(
    satellite: "Satellite", mass_kg: float, *, drag_area_m2: float, radiation_area_m2: float
) -> Forces:
    """Forces on a satellite of the mission file with the given mass [kg] and mean areas [m2].

    The areas are those of `cosmodrome.budgets.areas.flown_areas`.
    """
    return Forces(
        mass_kg=mass_kg,
        drag_area_m2=drag_area_m2,
        drag_coefficient=satellite.drag_coefficient,
        radiation_area_m2=radiation_area_m2,
        reflectivity_coefficient=satellite.reflectivity_coefficient,
    )
