import csv
import io
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from sgp4.api import Satrec

from cosmodrome.errors import OutputError
from cosmodrome.injection import InjectionState
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import station_passes
from cosmodrome.orbit.exchange.oem import read_oem
from cosmodrome.orbit.exchange.omm import read_omm
from cosmodrome.orbit.exchange.opm import read_opm
from cosmodrome.orbit.exchange.sp3 import read_sp3
from cosmodrome.orbit.exchange.states import ephemeris_states
from cosmodrome.orbit.exchange.tle import read_tle
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.outputs import files
from cosmodrome.outputs.export import EXPORT_KINDS, ExportChoices, export_ephemeris

CREATED = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)
STATIONS = tuple(
    Station(
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        antenna_gain_dbi=40.0,
        system_noise_temperature_k=150.0,
    )
    for name, latitude, longitude in (("Svalbard", 78.23, 15.39), ("Tromsø <1.2 #3>", 69.66, 18.94))
)


@pytest.fixture(scope="module")
def orbit():
    """A day and an hour at 550 km under all forces."""
    state = InjectionState(
        datetime(2027, 3, 1, 6, 7, 8, 123456, tzinfo=UTC),
        np.array([-5_120_000.0, 4_560_000.0, 930_000.0]),
        np.array([1_250.0, -150.0, 7_470.0]),
    )
    return propagate(state, state.epoch, 25 / 24, Forces(100.0, 1.0, 2.2, 1.0, 1.3))


@pytest.fixture(scope="module")
def choices(orbit):
    passes = station_passes(orbit, STATIONS)
    return ExportChoices("Observer", "2027-001A", 100_270, stations=STATIONS, passes=passes)


def _written(orbit, kind, path, choices):
    done = export_ephemeris(orbit, kind, path, CREATED, choices)
    assert done.path == path
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return done


@pytest.mark.parametrize("frame", ["", "GCRF", "ITRF", "TEME"])
def test_oem_and_opm_are_read_again(orbit, choices, tmp_path, frame):
    chosen = replace(choices, frame=frame)
    expected = ephemeris_states(orbit, frame or "GCRF", step_s=60)
    _written(orbit, "oem", tmp_path / "oem" / "orbit.oem", chosen)
    (series,) = read_oem(tmp_path / "oem" / "orbit.oem")
    assert (series.object_name, series.object_id, series.frame) == ("Observer", "2027-001A", expected.frame)
    assert np.abs(series.position_m - expected.position_m).max() < 1e-6
    assert np.abs(series.elapsed_s - expected.elapsed_s).max() < 1e-6
    _written(orbit, "opm", tmp_path / "opm" / "orbit.opm", chosen)
    state = read_opm(tmp_path / "opm" / "orbit.opm")
    assert np.abs(state.position_m - expected.position_m[:1]).max() < 1e-6


def test_tle_and_omm_say_how_approximate_they_are(orbit, choices, tmp_path):
    done = _written(orbit, "tle", tmp_path / "tle" / "orbit.tle", choices)
    assert done.note.startswith("approximate: SGP4 elements fitted over 1.00 days, rms ")
    comment, name, one, two = done.path.read_text().splitlines()
    assert (comment, name) == (f"# {done.note}", "Observer")
    assert one[2:7] == two[2:7] == "A0270"
    assert Satrec.twoline2rv(one, two).satnum == 100_270
    (elements,) = read_tle(done.path)
    for suffix in (".omm", ".xml", ".json"):
        written = _written(orbit, "omm", tmp_path / suffix[1:] / f"orbit{suffix}", choices)
        assert written.note == done.note
        assert done.note in written.path.read_text()
        assert read_omm(written.path) == (elements,)


@pytest.mark.parametrize("suffix", [".xml", ".json"])
def test_the_package_sgp4_takes_the_omm(orbit, choices, tmp_path, suffix):
    import sgp4.omm

    path = tmp_path / f"orbit{suffix}"
    export_ephemeris(orbit, "omm", path, CREATED, choices)
    fields = next(sgp4.omm.parse_xml(path)) if suffix == ".xml" else json.loads(path.read_text())[0]
    record, ours = Satrec(), read_omm(path)[0]
    sgp4.omm.initialize(record, fields)
    assert record.no_kozai * 720 / np.pi == pytest.approx(ours.mean_motion_rev_per_day, rel=1e-14)
    assert record.satnum_str == "A0270"
    assert record.intldesg == "27001A"


def test_czml_has_the_packets_of_satellite_stations_and_passes(orbit, choices, tmp_path):
    done = _written(orbit, "czml", tmp_path / "orbit.czml", choices)
    document, satellite, *rest = json.loads(done.path.read_text(encoding="utf-8"))
    assert (document["id"], document["version"]) == ("document", "1.0")
    assert satellite["availability"] == document["clock"]["interval"]
    assert satellite["availability"].startswith("2027-03-01T06:07:08.123Z/2027-03-02T07:07:08")
    position = satellite["position"]
    assert (position["interpolationAlgorithm"], position["interpolationDegree"]) == ("LAGRANGE", 5)
    assert (position["referenceFrame"], position["epoch"]) == ("FIXED", "2027-03-01T06:07:08.123456Z")
    samples = np.array(position["cartesian"]).reshape(-1, 4)
    assert np.abs(samples[:, 1:] - orbit.position_itrf_m[::2]).max() < 1e-6
    assert [packet["id"].split("/")[0] for packet in rest] == ["Station", "Station", "Passes", "Passes"]
    assert rest[0]["position"]["cartographicDegrees"] == [15.39, 78.23, 0.0]
    for station, packet in zip(STATIONS, rest[2:], strict=True):
        mine = [one for one in choices.passes if one.station == station.name]
        assert len(packet["availability"]) == len(mine) > 5
        assert packet["availability"][0].startswith(f"{mine[0].rise:%Y-%m-%dT%H:%M:%S}")
    links = [packet["polyline"]["positions"]["references"] for packet in rest[2:]]
    assert links[0] == ["Station/Svalbard#position", "Satellite/Observer#position"]
    assert links[1][0] == "Station/Tromsø <1\\.2 \\#3>#position"


def test_lagrange_between_the_samples_of_czml_is_the_orbit(orbit, choices, tmp_path):
    from scipy.interpolate import lagrange

    done = export_ephemeris(orbit, "czml", tmp_path / "orbit.czml", CREATED, choices)
    position = json.loads(done.path.read_text(encoding="utf-8"))[1]["position"]
    samples = np.array(position["cartesian"]).reshape(-1, 4)[10:16]
    shifted = (samples[:, 0] - samples[2, 0]) / 60.0
    middle = [np.polyval(lagrange(shifted, samples[:, k]).coeffs, 0.5) for k in (1, 2, 3)]
    assert np.abs(np.array(middle) - orbit.position_itrf_m[25]).max() < 0.2


def test_czml_refuses_what_it_cannot_show(orbit, choices, tmp_path):
    from cosmodrome.outputs.czml import czml_text

    with pytest.raises(OutputError, match="passes over Svalbard, which is not among the stations given"):
        export_ephemeris(orbit, "czml", tmp_path / "x", CREATED, replace(choices, stations=STATIONS[1:]))
    with pytest.raises(ValueError, match="from states in ITRF, not GCRF"):
        czml_text(ephemeris_states(orbit))
    assert not list(tmp_path.iterdir())


def test_kml_cuts_the_track_at_the_edge_of_the_map(orbit, choices, tmp_path):
    done = _written(orbit, "kml", tmp_path / "orbit.kml", choices)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    root = ElementTree.parse(done.path).getroot()
    lines = [
        np.array([[float(x) for x in point.split(",")] for point in (one.text or "").split()])
        for one in root.findall(".//k:LineString/k:coordinates", space)
    ]
    assert len(lines) > 15
    for line in lines:
        assert np.abs(np.diff(line[:, 0])).max() < 180
    for before, after in pairwise(lines):
        assert abs(before[-1, 0]) == abs(after[0, 0]) == 180
        assert before[-1, 0] == -after[0, 0]
        assert before[-1, 1] == after[0, 1]
        assert (before[-1, 0] > 0) == (before[-2, 0] > 0)
    names = [one.text for one in root.findall(".//k:Placemark/k:name", space)]
    assert names[0] == "Observer, track 1"
    assert names[-2:] == ["Svalbard", "Tromsø <1.2 #3>"]
    begin = root.find(".//k:TimeSpan/k:begin", space)
    assert begin is not None
    assert begin.text == "2027-03-01T06:07:08.123Z"


def test_netcdf_follows_the_conventions(orbit, choices, tmp_path):
    from scipy.io import netcdf_file

    done = _written(orbit, "netcdf", tmp_path / "orbit.nc", choices)
    with netcdf_file(done.path, mmap=False) as file:
        assert file.Conventions == b"CF-1.8"
        assert file.featureType == b"trajectory"
        assert file.source.startswith(b"Forces: EGM2008")
        time = file.variables["time"]
        assert time.units == b"seconds since 2027-03-01 06:07:08.123456 UTC"
        assert (time.standard_name, time.calendar) == (b"time", b"standard")
        assert np.array_equal(time[:], orbit.elapsed_s[::2])
        assert b"".join(file.variables["satellite"][:]) == b"Observer"
        for frame, position, velocity in (
            ("gcrf", orbit.position_m, orbit.velocity_m_s),
            ("itrf", orbit.position_itrf_m, orbit.velocity_itrf_m_s),
        ):
            for k, axis in enumerate("xyz"):
                stored = file.variables[f"{frame}_position_{axis}"]
                assert np.array_equal(stored[:], position[::2, k])
                assert stored.units == b"m"
                assert np.array_equal(file.variables[f"{frame}_velocity_{axis}"][:], velocity[::2, k])
        latitude, altitude = file.variables["latitude"], file.variables["altitude"]
        assert (latitude.standard_name, latitude.units) == (b"latitude", b"degrees_north")
        assert altitude.standard_name == b"height_above_reference_ellipsoid"
        assert 400e3 < altitude[:].min() < altitude[:].max() < 900e3


def test_csv_states_its_units(orbit, choices, tmp_path):
    done = _written(orbit, "csv", tmp_path / "orbit.csv", choices)
    rows = list(csv.DictReader(io.StringIO(done.path.read_text())))
    assert rows[1]["time_utc"] == "2027-03-01T06:08:08.123456Z"
    read = np.array([[float(row[f"gcrf_{axis}_m"]) for axis in "xyz"] for row in rows])
    assert np.abs(read - orbit.position_m[::2]).max() < 1e-6
    assert float(rows[1]["itrf_vx_m_s"]) == pytest.approx(orbit.velocity_itrf_m_s[2, 0], abs=1e-9)
    assert {"latitude_deg", "longitude_deg", "altitude_km", "elapsed_s"} <= set(rows[0])


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_an_oem_of_another_program_becomes_every_kind(orbit, choices, tmp_path, kind):
    export_ephemeris(orbit, "oem", tmp_path / "given.oem", CREATED, replace(choices, frame="ITRF"))
    (series,) = read_oem(tmp_path / "given.oem")
    done = export_ephemeris(series, kind, tmp_path / "again", CREATED)
    assert done.path.stat().st_size > 100
    assert kind in repr(done)
    if kind == "oem":
        assert read_oem(done.path)[0].position_m.tolist() == series.position_m.tolist()


SP3 = """#dP2027  3  1  0  0  0.00000000      12 ORBIT IGS20 FIT  TST
%c L  cc UTC ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
{rows}EOF
"""


def test_positions_alone_go_where_no_velocity_is_asked(orbit, tmp_path):
    rows = "".join(
        f"*  2027  3  1  0 {k:2d}  0.00000000\nPL01" + "".join(f"{x / 1e3:14.6f}" for x in position) + "\n"
        for k, position in enumerate(orbit.position_itrf_m[:24:2].tolist())
    )
    (tmp_path / "given.sp3").write_text(SP3.format(rows=rows))
    (series,) = read_sp3(tmp_path / "given.sp3")
    for kind in ("czml", "kml", "netcdf", "csv"):
        assert export_ephemeris(series, kind, tmp_path / kind, CREATED).path.is_file()
    assert "gcrf_vx_m_s" not in (tmp_path / "csv").read_text().splitlines()[0]
    for kind, sentence in (
        ("oem", "cannot write .* as oem: an OEM states velocities, and there are none of L01"),
        ("opm", "cannot write .* as opm: an OPM states velocities, and there are none of L01"),
        ("tle", "cannot write .* as tle: a fit of SGP4 needs states with velocities, at 10 instants or more"),
    ):
        with pytest.raises(OutputError, match=sentence):
            export_ephemeris(series, kind, tmp_path / kind, CREATED)
        assert not (tmp_path / kind).exists()


def test_unknown_kinds_and_frames_are_refused(orbit, tmp_path):
    with pytest.raises(
        OutputError, match="one of the kinds oem, opm, omm, tle, czml, kml, netcdf, csv, given 'stk'"
    ):
        export_ephemeris(orbit, "stk", tmp_path / "orbit.e", CREATED)
    with pytest.raises(OutputError, match="one of the frames GCRF, EME2000, ITRF, TEME, given 'MOD'"):
        export_ephemeris(orbit, "oem", tmp_path / "orbit.oem", CREATED, ExportChoices(frame="MOD"))
    with pytest.raises(OutputError, match="which two-line elements hold, given 340000; write an OMM"):
        export_ephemeris(orbit, "tle", tmp_path / "orbit.tle", CREATED, ExportChoices(catalog_number=340_000))
    with pytest.raises(OutputError, match="comment must be printable ASCII"):
        export_ephemeris(orbit, "oem", tmp_path / "orbit.oem", CREATED, ExportChoices(comment="two\nlines"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_a_half_written_export_never_remains(orbit, choices, tmp_path, monkeypatch, kind):
    path = tmp_path / "orbit"
    path.write_text("what was there")

    def fail(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(OutputError, match=r"cannot write .*orbit: No space left on device; give a place"):
        export_ephemeris(orbit, kind, path, CREATED, choices)
    assert path.read_text() == "what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["orbit"]
