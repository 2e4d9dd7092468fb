"""The two ends of a link: antenna, line and pointing, on the satellite and on the ground."""

from dataclasses import dataclass

from cosmodrome.models.radios import Radio
from cosmodrome.models.station import Station
from cosmodrome.physics.antennas import beamwidth_from_gain_deg, pointing_loss_db


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """An antenna of a link, with what its gain and its losses follow from, where they do."""

    antenna_gain_dbi: float
    line_loss_db: float
    pointing_loss_db: float
    dish_diameter_m: float | None = None  # None where the gain is given
    aperture_efficiency_ratio: float | None = None
    pointing_error_deg: float | None = None  # None where the loss is given
    beamwidth_deg: float | None = None
    beam_from_gain: bool = False
    axial_ratio_db: float | None = None


def spacecraft_end(radio: Radio, line_loss_db: float) -> LinkEnd:
    """The end on the satellite.

    Parameters
    ----------
    radio : Radio
        Its antenna and its pointing.
    line_loss_db : float
        Between radio and antenna. [dB]
    """
    dish = (radio.dish_diameter_m, radio.aperture_efficiency_ratio)
    return _end(radio, radio.antenna_gain_dbi, line_loss_db, dish)


def ground_receiver(station: Station, frequency_mhz: float) -> LinkEnd:
    """The end on the ground that hears.

    Parameters
    ----------
    station : Station
        Its antenna and its pointing.
    frequency_mhz : float
        Carrier. [MHz]
    """
    dish_m = None if station.antenna_gain_dbi is not None else station.dish_diameter_m
    dish = (dish_m, station.aperture_efficiency_ratio)
    return _end(station, station.gain_dbi(frequency_mhz), station.line_loss_db, dish)


def ground_sender(station: Station, frequency_mhz: float) -> LinkEnd:
    """The end on the ground that sends; the station's uplink must be there.

    Parameters
    ----------
    station : Station
        Its uplink and its pointing.
    frequency_mhz : float
        Carrier. [MHz]
    """
    sends = station.uplink
    assert sends is not None
    dish_m = None if sends.antenna_gain_dbi is not None else station.sending_dish_m
    dish = (dish_m, station.sending_efficiency_ratio)
    return _end(station, station.sending_gain_dbi(frequency_mhz), sends.line_loss_db, dish)


def _end(
    part: Radio | Station, gain_dbi: float, line_loss_db: float, dish: tuple[float | None, float]
) -> LinkEnd:
    """With the loss of pointing from the error and the beam where the error is given, else as given."""
    dish_m, efficiency_ratio = dish
    error_deg, width_deg, loss_db = part.pointing_error_deg, None, part.pointing_loss_db
    if error_deg is not None:
        width_deg = part.beamwidth_deg or beamwidth_from_gain_deg(gain_dbi)
        loss_db = pointing_loss_db(error_deg, width_deg)
    return LinkEnd(
        antenna_gain_dbi=gain_dbi,
        line_loss_db=line_loss_db,
        pointing_loss_db=loss_db,
        dish_diameter_m=dish_m,
        aperture_efficiency_ratio=None if dish_m is None else efficiency_ratio,
        pointing_error_deg=error_deg,
        beamwidth_deg=width_deg,
        beam_from_gain=part.beamwidth_deg is None,
        axial_ratio_db=part.axial_ratio_db,
    )
