"""Builds a data folder for Orekit without network, from packages that pip can fetch.

Earth orientation: finals2000A.all of astropy-iers-data, as it is. Sun and Moon: the records of 2020 to 2030
of JPL's DE440 in satkit-data, with the dates in its header cut likewise and a name that Orekit accepts. Leap
seconds and space weather (CelesTrak's SW-All.csv, written in the columns of SpaceWeather-All-v1.2.txt) of
satkit-data. Gravity: EGM2008 to degree 120 out of brahe, whose interpreter is named; EGM96 of satkit-data.
Prints one JSON line with the folder and where each file came from.
"""

import argparse
import csv
import json
import shutil
import struct
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 2020, 2030
DE440_RECORD = 1018 * 8  # bytes
DE440_DATES = 2652  # where the header holds first date, last date and days per record
HIGHEST_DEGREE = 120
BRAHE = """
import json, sys
import brahe as bh
model = bh.GravityModel.from_model_type(bh.GravityModelType.EGM2008_120)
degree = int(sys.argv[1])
rows = [(n, m, *model.get(n, m)) for n in range(2, degree + 1) for m in range(n + 1)]
print(json.dumps([model.gm, model.radius, str(model.tide_system), rows, bh.__version__]))
"""


def write_leap_seconds(source, target):
    """UTC-TAI as the U.S. Naval Observatory's tai-utc.dat writes it."""
    lines = []
    for row in source.read_text().splitlines():
        if row.strip() and not row.startswith("#"):
            seconds, offset = row.split()[:2]
            day = NTP_EPOCH + timedelta(seconds=int(seconds))
            julian = (day - datetime(1858, 11, 17, tzinfo=UTC)).days + 2_400_000.5
            lines.append(
                f" {day:%Y} {day:%b}".upper()
                + f" {day.day:2d} =JD {julian:9.1f}  TAI-UTC={float(offset):10.1f}"
                "       S + (MJD - 41317.) X 0.0      S"
            )
    target.write_text("\n".join(lines) + "\n")


def cut_ephemeris(source, target):
    """The records of the wanted years behind a header with their dates."""
    with source.open("rb") as file:
        header = bytearray(file.read(2 * DE440_RECORD))
        first, _, step = struct.unpack_from("<3d", header, DE440_DATES)
        wanted = [1_721_424.5 + date(year, 1, 1).toordinal() for year in (FIRST_YEAR, LAST_YEAR)]
        low, high = int((wanted[0] - first) // step), int((wanted[1] - first) // step) + 1
        file.seek((2 + low) * DE440_RECORD)
        records = file.read((high - low) * DE440_RECORD)
    struct.pack_into("<2d", header, DE440_DATES, first + low * step, first + high * step)
    target.write_bytes(bytes(header) + records)


def space_weather_line(row, daily):
    """One day in CelesTrak's fixed columns; with `daily` the mean Ap of the day stands in all eight slots."""
    kp = [float(row[f"KP{i}"] or 0) for i in range(1, 9)]
    ap = [float((not daily and row[f"AP{i}"]) or row["AP_AVG"] or 0) for i in range(1, 9)]
    flux = [
        row[f"F10.7_{name}"] for name in ("ADJ_CENTER81", "ADJ_LAST81", "OBS", "OBS_CENTER81", "OBS_LAST81")
    ]
    year, month, day = row["DATE"].split("-")
    line = f"{year} {month} {day}{int(row['BSRN'] or 0):5d}{int(row['ND'] or 0):3d}"
    line += "".join(f"{value:3.0f}" for value in kp) + f"{float(row['KP_SUM'] or sum(kp)):4.0f}"
    line += "".join(f"{value:4.0f}" for value in ap) + f"{float(row['AP_AVG'] or 0):4.0f}"
    line += f"{float(row['CP'] or 0):4.1f}{float(row['C9'] or 0):2.0f}{float(row['ISN'] or 0):4.0f}"
    return line + f"{float(row['F10.7_ADJ']):6.1f} 0" + "".join(f"{float(value or 0):6.1f}" for value in flux)


def write_space_weather(source, target, daily):
    """Observed days and the daily forecast, in the layout that Orekit reads."""
    with source.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["DATE"] >= f"{FIRST_YEAR - 1}"]
    observed = [space_weather_line(row, daily) for row in rows if row["F10.7_DATA_TYPE"] in ("OBS", "INT")]
    predicted = [space_weather_line(row, daily) for row in rows if row["F10.7_DATA_TYPE"] == "PRD"]
    lines = ["DATATYPE CssiSpaceWeather", "VERSION 1.2", f"NUM_OBSERVED_POINTS {len(observed)}"]
    lines += ["BEGIN OBSERVED", *observed, "END OBSERVED", f"NUM_DAILY_PREDICTED_POINTS {len(predicted)}"]
    lines += ["BEGIN DAILY_PREDICTED", *predicted, "END DAILY_PREDICTED", "BEGIN MONTHLY_FIT"]
    # Orekit wants a month beyond the days; no case reaches it
    lines += [predicted[-1].replace(predicted[-1][:4], str(int(predicted[-1][:4]) + 1), 1), "END MONTHLY_FIT"]
    target.write_text("\n".join(lines) + "\n")


def write_gravity(brahe_python, target):
    """EGM2008 in ICGEM's layout; brahe's version."""
    peer = subprocess.run([brahe_python, "-c", BRAHE, str(HIGHEST_DEGREE)], capture_output=True, text=True)
    if peer.returncode != 0:
        sys.exit(peer.stderr)
    gm, radius, tide_system, rows, version = json.loads(peer.stdout.splitlines()[-1])
    if tide_system.lower().replace("_", "") != "tidefree":
        sys.exit(f"brahe's EGM2008 is {tide_system}; expected tide-free")
    head = ["product_type gravity_field", "modelname EGM2008", f"earth_gravity_constant {gm!r}"]
    head += [f"radius {radius!r}", f"max_degree {HIGHEST_DEGREE}", "errors no", "norm fully_normalized"]
    head += ["tide_system tide_free", "end_of_head", "gfc 0 0 1.0 0.0", "gfc 1 0 0.0 0.0", "gfc 1 1 0.0 0.0"]
    body = [f"gfc {n} {m} {c:.17e} {s:.17e}" for n, m, c, s in rows]
    target.write_text("\n".join(head + body) + "\n")
    return version


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument(
        "--site-packages", type=Path, required=True, help="with satkit_data, astropy_iers_data"
    )
    parser.add_argument("--brahe-python", required=True)
    arguments = parser.parse_args()
    target, satkit = arguments.target, arguments.site_packages / "satkit_data" / "data"
    target.mkdir(parents=True, exist_ok=True)
    iers = arguments.site_packages / "astropy_iers_data" / "data"
    shutil.copy(iers / "finals2000A.all", target / "finals2000A.all")
    # ITRF-2014 and ITRF-2020 differ by 3 mm; no case converts between them
    (target / "itrf-versions.conf").write_text("finals2000A  ------  ------  ITRF-2014\n")
    write_leap_seconds(satkit / "leap-seconds.list", target / "tai-utc.dat")
    cut_ephemeris(satkit / "linux_p1550p2650.440", target / "lnxp1990.440")
    write_space_weather(satkit / "SW-All.csv", target / "SpaceWeather-All-v1.2.txt", daily=False)
    write_space_weather(satkit / "SW-All.csv", target / "SpaceWeather-daily-mean.txt", daily=True)
    version = write_gravity(arguments.brahe_python, target / "EGM2008_120.gfc")
    print(
        json.dumps(
            {"folder": str(target), "brahe": version, "files": sorted(p.name for p in target.iterdir())}
        )
    )


if __name__ == "__main__":
    main()
