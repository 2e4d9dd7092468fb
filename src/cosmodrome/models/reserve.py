"""What published payloads leave of an ideal ascent: rows, and the population they come from."""

import math

from pydantic import Field

from cosmodrome.models.quantity import Confidence, Model

POLAR_FROM_DEG = 85.0


class ReserveRow(Model):
    """One published payload with the velocity reserve that the ideal ascent leaves with it."""

    vehicle: str = Field(description="Catalog name.")
    family: str = Field(description="Vehicles of one maker that share stages and a way of rating.")
    site: str = Field(description="Catalog name of the site.")
    perigee_altitude_km: float = Field(description="Perigee altitude of the figure's orbit.")
    apogee_altitude_km: float = Field(description="Apogee altitude of the figure's orbit.")
    inclination_deg: float = Field(description="Inclination of the figure's orbit.")
    published_kg: float = Field(gt=0, description="The published payload.")
    physics_kg: float = Field(description="Payload of the ideal ascent to the same orbit.")
    reserve_m_s: float = Field(
        description="Velocity that the ideal ascent leaves with the published payload."
    )
    slope_kg_s_m: float = Field(lt=0, description="Change of the payload for a meter per second of reserve.")
    spread_kg: float = Field(ge=0, description="Standard deviation of physics_kg from the catalog's numbers.")
    load_ratio: float = Field(description="Payload for a kilogram of propellant in the heaviest stage.")
    burns_count: int = Field(ge=1, le=2, description="Burns of the insertion.")
    confidence: Confidence = Field(default="medium", description="How far to trust the figure.")
    lower_bound: bool = Field(default=False, description="A flown mass or a minimum, not a capability.")

    def payload_with_kg(self, reserve_m_s: float) -> float:
        """The payload with another reserve.

        Between the ideal ascent and the published payload its logarithm is a parabola through both, with the
        known slope at the latter; beyond, it goes on with that slope.

        Parameters
        ----------
        reserve_m_s : float
        """
        apart, log_slope = reserve_m_s - self.reserve_m_s, self.slope_kg_s_m / self.published_kg
        curved = 0.0
        if self.physics_kg > 0 and abs(self.reserve_m_s) > 1.0:
            secant = math.log(self.published_kg / self.physics_kg) / self.reserve_m_s
            between = min(
                max(-apart / self.reserve_m_s, 0.0), 1.0
            )  # 0 at the published payload, 1 at the ideal
            curved = (log_slope - secant) * self.reserve_m_s * between * between
        return self.published_kg * math.exp(log_slope * apart + curved)

    @property
    def restarts_to_polar(self) -> bool:
        """Whether the last stage restarts to reach a polar or retrograde orbit."""
        return self.burns_count == 2 and self.inclination_deg > POLAR_FROM_DEG


class ReservePopulation(Model):
    """How reserves are distributed over all vehicles; scales are of Student distributions."""

    center_m_s: float = Field(description="Median reserve of families.")
    family_scale_m_s: float = Field(gt=0, description="Of families about the center.")
    vehicle_scale_m_s: float = Field(gt=0, description="Of vehicles about their family.")
    row_scale_m_s: float = Field(gt=0, description="Of rows of high confidence about their vehicle.")
    polar_restart_m_s: float = Field(description="More in polar orbits that the last stage restarts for.")
