"""Which station works with which radio, and where the two contradict each other."""

from collections.abc import Sequence

from cosmodrome.models.quantity import Complaint
from cosmodrome.models.radios import SpacecraftReceiver, Transmitter, gain_twice
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.station import Station

OWN_RADIOS = ("transmitter", "receiver")


def stations_for(radio: Transmitter | SpacecraftReceiver, stations: Sequence[Station]) -> tuple[Station, ...]:
    """The stations that work with a radio, each with the antenna that serves it.

    Parameters
    ----------
    radio : Transmitter or SpacecraftReceiver
        Names its stations, or none for all.
    stations : sequence of Station
        Those of the mission.

    Returns
    -------
    tuple of Station
        In the order given.
    """
    return tuple(
        station.for_radio(radio.antenna_key)
        for station in stations
        if not radio.stations or station.name in radio.stations
    )


def radio_complaints(satellite: Satellite | None, stations: Sequence[Station]) -> list[Complaint]:
    """What radios and stations say of each other that cannot be.

    Parameters
    ----------
    satellite : Satellite or None
        Its radios.
    stations : sequence of Station
        Those of the mission.

    Returns
    -------
    list of Complaint
        With places in the mission.
    """
    if satellite is None:
        return []
    return [
        *_named_twice(satellite),
        *_unknown_stations(satellite, stations),
        *_unknown_radios(satellite, stations),
        *_gains_twice(satellite, stations),
    ]


def _named_twice(satellite: Satellite) -> list[Complaint]:
    help = "give each further transmitter and receiver its own name, other than 'transmitter' and 'receiver'"
    taken = list(OWN_RADIOS)
    complaints = []
    for key in ("more_transmitters", "more_receivers"):
        for number, radio in enumerate(getattr(satellite, key)):
            if radio.name in taken:
                place = ("satellite", key, number, "name")
                complaints.append(Complaint(f"radio '{radio.name}' is listed twice", help, place))
            taken.append(radio.name)
    return complaints


def _unknown_stations(satellite: Satellite, stations: Sequence[Station]) -> list[Complaint]:
    known = [station.name for station in stations]
    help = f"stations: {', '.join(known) or 'none'}"
    complaints = []
    for key in (*OWN_RADIOS, "more_transmitters", "more_receivers"):
        radios = getattr(satellite, key)
        rows = list(enumerate(radios)) if isinstance(radios, tuple) else [(None, radios)]
        for number, radio in rows:
            at = ("satellite", key) if number is None else ("satellite", key, number)
            complaints += [
                Complaint(f"station '{name}' is not listed", help, (*at, "stations", row))
                for row, name in enumerate(radio.stations if radio is not None else ())
                if name not in known
            ]
    return complaints


def _unknown_radios(satellite: Satellite, stations: Sequence[Station]) -> list[Complaint]:
    radios = (*satellite.more_transmitters, *satellite.more_receivers)
    known = tuple(dict.fromkeys((*OWN_RADIOS, *(radio.radio_name for radio in radios))))
    complaints = []
    for number, station in enumerate(stations):
        served: list[str] = []
        for row, antenna in enumerate(station.more_antennas):
            for at, name in enumerate(antenna.radios):
                place = ("stations", number, "more_antennas", row, "radios", at)
                if name not in known:
                    text = f"an antenna serves radio '{name}', which the satellite does not have"
                    complaints.append(Complaint(text, f"radios: {', '.join(known)}", place))
                elif name in served:
                    text = f"radio '{name}' is served by two antennas of {station.name}"
                    complaints.append(Complaint(text, "name it once", place))
                served.append(name)
    return complaints


def _gains_twice(satellite: Satellite, stations: Sequence[Station]) -> list[Complaint]:
    """Gains on the ground that are not those of the dishes given beside them, at the carrier of the link."""
    complaints = []
    for number, station in enumerate(stations):
        if satellite.transmitter is not None:
            hears = station.for_radio("transmitter")
            made_dbi = hears.model_copy(update={"antenna_gain_dbi": None})
            if hears.dish_diameter_m is not None:
                made = made_dbi.gain_dbi(satellite.transmitter.frequency_mhz)
                found = gain_twice(hears.antenna_gain_dbi, made)
                complaints += [one._replace(place=("stations", number, "antenna_gain_dbi")) for one in found]
        if satellite.receiver is not None:
            sends = station.for_radio("receiver")
            if sends.uplink is not None and sends.uplink.dish_diameter_m is not None:
                bare = sends.uplink.model_copy(update={"antenna_gain_dbi": None})
                made = sends.model_copy(update={"uplink": bare}).sending_gain_dbi(
                    satellite.receiver.frequency_mhz
                )
                found = gain_twice(sends.uplink.antenna_gain_dbi, made)
                place = ("stations", number, "uplink", "antenna_gain_dbi")
                complaints += [one._replace(place=place) for one in found]
    return complaints
