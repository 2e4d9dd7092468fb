"""How accurately a launch vehicle injects, as its user's guide states it."""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models.quantity import Model, Quantity, above_zero, reject, within

SIGMA_LEVELS: Final = (1.0, 2.0, 2.33, 3.0)

_NOT_NEGATIVE = "an accuracy is a half-width; give it without its sign, and 0 only for no error"
Distance = Annotated[
    Quantity,
    above_zero("km", _NOT_NEGATIVE, or_zero=True),
    within(0, 1000, "km", "no launcher misses by that much; is this in m?", 1000),
]
Angle = Annotated[
    Quantity,
    above_zero("deg", _NOT_NEGATIVE, or_zero=True),
    within(0, 10, "deg", "is this in arc minutes?", 60),
]
Shape = Annotated[
    Quantity,
    above_zero("of eccentricity", _NOT_NEGATIVE, or_zero=True),
    within(0, 0.2, "of eccentricity", "eccentricity has no unit"),
]


def _known_level(level: float) -> float:
    if level not in SIGMA_LEVELS:
        raise PydanticCustomError(
            "sigma_level",
            "{given} is no sigma level that guides use, expected one of {known}",
            {
                "given": f"{level:g}",
                "known": ", ".join(f"{known:g}" for known in SIGMA_LEVELS),
                "help": "divide the numbers by the level and state them at 1",
            },
        )
    return level


class InjectionAccuracy(Model):
    """Half-widths about the target, at a number of standard deviations.

    The size and shape of the orbit are stated either as semi-major axis and eccentricity, or as the altitudes
    of perigee and apogee. Where a guide speaks of the insertion apse and the other one, the insertion apse
    stands as the perigee.
    """

    orbit: str = Field(min_length=1, description="The orbit that the guide states it for.")
    perigee_altitude_km: float = Field(ge=0, le=400_000, description="Perigee altitude of that orbit.")
    apogee_altitude_km: float = Field(ge=0, le=400_000, description="Apogee altitude of that orbit.")
    sigma_level: Annotated[float, AfterValidator(_known_level)] = Field(
        description="How many standard deviations the half-widths are: 1, 2, 2.33 or 3."
    )
    semi_major_axis_error_km: Distance | None = Field(default=None, description="Of the semi-major axis.")
    eccentricity_error: Shape | None = Field(default=None, description="Of the eccentricity.")
    perigee_altitude_error_km: Distance | None = Field(default=None, description="Of the perigee altitude.")
    apogee_altitude_error_km: Distance | None = Field(default=None, description="Of the apogee altitude.")
    inclination_error_deg: Angle = Field(description="Of the inclination.")
    raan_error_deg: Angle | None = Field(
        default=None, description="Of the right ascension of the ascending node."
    )
    argument_of_perigee_error_deg: (
        Annotated[Quantity, above_zero("deg", _NOT_NEGATIVE, or_zero=True), within(0, 180, "deg")] | None
    ) = Field(default=None, description="Of the argument of perigee.")
    note: str = Field(default="", description="What a reader should know of this table.")

    @model_validator(mode="after")
    def _reject_contradictions(self) -> "InjectionAccuracy":
        reject(list(self._complaints()))
        return self

    def _complaints(self) -> Iterator[tuple[str, str]]:
        size = (self.semi_major_axis_error_km, self.eccentricity_error)
        apses = (self.perigee_altitude_error_km, self.apogee_altitude_error_km)
        stated = [pair for pair in (size, apses) if any(part is not None for part in pair)]
        if len(stated) != 1 or any(part is None for part in stated[0]):
            yield (
                "the errors in the plane are not one whole pair",
                "give semi_major_axis_error_km with eccentricity_error, or perigee_altitude_error_km with "
                "apogee_altitude_error_km",
            )
        if self.apogee_altitude_km < self.perigee_altitude_km:
            yield (
                f"the apogee at {self.apogee_altitude_km:g} km lies below the perigee at "
                f"{self.perigee_altitude_km:g} km",
                "are the two swapped?",
            )

    def __repr__(self) -> str:
        return f"<InjectionAccuracy for {self.orbit}, {self.sigma_level:g} sigma>"
