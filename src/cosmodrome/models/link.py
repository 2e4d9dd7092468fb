"""Parts of a radio link: receiving chains, modems, what stations send with."""

from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models.quantity import Model, reject, within
from cosmodrome.physics.coding import CodingFamily, CodingScheme, coding_schemes, envelope
from cosmodrome.physics.receiver_noise import (
    cascade_noise_temperature_k,
    line_noise_temperature_k,
    noise_temperature_from_figure_k,
)

Diameter = Annotated[float, within(0.05, 80, "m", "is this in cm?", 100)]
Efficiency = Annotated[float, within(0.1, 1, "(ratio)", "is this in percent?", 100)]

_FIGURE_HELP = "a noise figure is in dB, not a factor and not a temperature in K"


class ReceiverChain(Model):
    """What makes a receiver's noise: antenna, line, low-noise amplifier, receiver (Friis)."""

    antenna_temperature_k: Annotated[float, within(3, 3000, "K")] = Field(
        description="Noise that the antenna picks up from a clear sky, ground and man."
    )
    line_loss_db: float = Field(default=0.0, ge=0, le=20, description="From the antenna to the amplifier.")
    line_temperature_k: Annotated[float, within(2, 500, "K", "is this in degrees Celsius?")] = Field(
        default=290.0, description="Physical temperature of that line."
    )
    amplifier_noise_figure_db: Annotated[float, within(0, 15, "dB", _FIGURE_HELP)] = Field(
        description="Noise figure of the low-noise amplifier."
    )
    amplifier_gain_db: float = Field(default=30.0, ge=0, le=100, description="Gain of that amplifier.")
    receiver_noise_figure_db: Annotated[float, within(0, 40, "dB", _FIGURE_HELP)] = Field(
        default=0.0, description="Noise figure of all that follows it."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    @property
    def system_noise_temperature_k(self) -> float:
        """System noise temperature at the antenna flange [K]."""
        stages = (
            (line_noise_temperature_k(self.line_loss_db, self.line_temperature_k), -self.line_loss_db),
            (noise_temperature_from_figure_k(self.amplifier_noise_figure_db), self.amplifier_gain_db),
            (noise_temperature_from_figure_k(self.receiver_noise_figure_db), 0.0),
        )
        return self.antenna_temperature_k + cascade_noise_temperature_k(stages)


class Modem(Model):
    """A modulator that works by a published table; with several schemes it changes them during a pass."""

    family: CodingFamily = Field(description="Whose table of modulations and codes.")
    symbol_rate_mbaud: Annotated[float, within(1e-5, 5000, "Mbaud", "is this in kbaud or baud?")] = Field(
        description="Symbols per second, the same for all schemes."
    )
    schemes: tuple[str, ...] = Field(
        default=(), description="Names in the table, for example 'qpsk 3/4'; all of it if not given."
    )

    @field_validator("schemes")
    @classmethod
    def _known(cls, names: tuple[str, ...], info: Any) -> tuple[str, ...]:
        family = info.data.get("family")
        if family is None:
            return names
        known = [scheme.name.removeprefix(f"{family} ") for scheme in coding_schemes(family)]
        unknown = [f"'{name}'" for name in names if name not in known]
        if unknown:
            raise PydanticCustomError(
                "scheme",
                "{text}",
                {
                    "text": f"{family} has no scheme {', '.join(unknown)}",
                    "help": f"schemes: {', '.join(known)}",
                },
            )
        return names

    @property
    def coding_schemes(self) -> tuple[CodingScheme, ...]:
        """Schemes that it uses, from the most robust to the fastest."""
        whole = coding_schemes(self.family)
        wanted = [f"{self.family} {name}" for name in self.schemes]
        return envelope(tuple(scheme for scheme in whole if not wanted or scheme.name in wanted))

    def data_rate_mbit_s(self, scheme: CodingScheme) -> float:
        """Information rate of a scheme [Mbit/s]."""
        return self.symbol_rate_mbaud * scheme.efficiency_ratio


class StationUplink(Model):
    """What a ground station sends with."""

    rf_power_dbw: Annotated[float, within(-40, 60, "dBW", "is this in dBm? subtract 30")] = Field(
        description="RF output."
    )
    line_loss_db: float = Field(default=1.0, ge=0, le=20, description="Transmitter to antenna.")
    antenna_gain_dbi: Annotated[float, within(-10, 80, "dBi", "is this the dish diameter?")] | None = Field(
        default=None,
        description="Transmit gain of the antenna at the uplink frequency; that of the dish if not given.",
    )
    dish_diameter_m: Diameter | None = Field(
        default=None, description="Of the antenna that sends; the station's dish if not given."
    )
    aperture_efficiency_ratio: Efficiency = Field(default=0.6, description="Of that dish.")
    atmospheric_loss_db: float | None = Field(
        default=None,
        ge=0,
        le=40,
        description="What it sends through at the mask elevation, where the station has no propagation "
        "constants; the station's number if not given.",
    )
    ionospheric_loss_db: float | None = Field(
        default=None, ge=0, le=40, description="At the uplink frequency; the station's if not given."
    )
    source: str = Field(default="", description="Where the numbers are from.")


def with_chain_noise(data: Any) -> Any:
    """Put the system noise temperature that a chain makes in place of a number.

    Parameters
    ----------
    data : Any
        Fields as given, before validation; a station's number may be the catalog's.

    Returns
    -------
    Any
        The same with `system_noise_temperature_k`, where a chain is given. What is wrong in the chain is
        left for its own fields to tell.
    """
    if not isinstance(data, dict) or data.get("chain") is None:
        return data
    try:
        noise_k = ReceiverChain.model_validate(data["chain"]).system_noise_temperature_k
    except ValidationError:
        noise_k = 290.0
    return {**data, "system_noise_temperature_k": noise_k}


def with_modem_rate(data: Any) -> Any:
    """Fill a transmitter's rate and threshold in from its modem: those of the most robust scheme.

    Parameters
    ----------
    data : Any
        Fields as given, before validation.

    Returns
    -------
    Any
        The same with `data_rate_mbit_s` and `required_eb_n0_db`, where a modem is given. What is wrong in
        the modem is left for its own fields to tell.
    """
    if not isinstance(data, dict) or data.get("modem") is None:
        return data
    try:
        modem = Modem.model_validate(data["modem"])
    except ValidationError:
        return {**data, "data_rate_mbit_s": 1.0, "required_eb_n0_db": 0.0}
    first = modem.coding_schemes[0]
    computed = {
        "data_rate_mbit_s": modem.data_rate_mbit_s(first),
        "required_eb_n0_db": first.required_eb_n0_db,
    }
    reject(stated_twice(data, computed, f"the modem's {first.name}"))
    return {**data, **computed}


def stated_twice(data: dict[str, Any], computed: dict[str, float], maker: str) -> list[tuple[str, str]]:
    """Numbers that are given and do not follow from the parts that are given too, as complaints."""
    return [
        (f"{name} is stated as {data[name]:.6g}, but {maker} makes {value:.4g}", f"leave {name} out")
        for name, value in computed.items()
        if isinstance(data.get(name), int | float) and abs(data[name] - value) > 0.02 * abs(value) + 1e-9
    ]
