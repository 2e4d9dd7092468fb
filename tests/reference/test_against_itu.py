"""ITU-R validation examples for P.618-13, P.676-12, P.838-3 and P.840-8, satellite_examples S-28.

From ITU Study Group 3's workbook CG-3M3J-13-ValEx, as carried in github.com/inigodelportillo/ITU-Rpy (MIT),
test/test_data/618, 676, 838 and 840. Tolerance 1e-4 dB: the workbook prints nine digits, but its own sheets
differ from each other by up to 2e-5 dB in rain, by the rounding of rain height and path length between them;
above 10 dB of rain that rounding is relative, so 1e-5 of the value is allowed beside it.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from cosmodrome.catalog import find_station
from cosmodrome.physics.clouds import cloud_attenuation_db
from cosmodrome.physics.gases import (
    gas_attenuation_db,
    oxygen_attenuation_db_km,
    water_vapor_attenuation_db_km,
)
from cosmodrome.physics.propagation import total_attenuation_db
from cosmodrome.physics.rain import rain_attenuation_db, rain_coefficients
from cosmodrome.physics.scintillation import scintillation_fade_db

# latitude, station km, elevation, tilt, R0.01 mm/h, rain height km, N_wet
SITES = {
    "London": (51.5, 0.031382984, 31.07699124, 0, 26.48052, 2.45273333, 50.38926222),
    "Rome": (41.9, 0.046122988, 40.232036, 0, 33.936232, 3.04749333, 61.21890044),
    "off Cape Town": (33.94, 0.0, 46.35969261, 0, 27.13586832, 2.56330276, 80.14015964),
    "off Rio": (22.9, 0.0, 22.27833468, 0, 50.639304, 4.15877867, 104.3584747),
    "Miami": (25.78, 0.00861728, 52.67898486, 0, 78.2994993, 4.56946133, 113.2738672),
    "Delhi": (28.717, 0.209383699, 48.24117054, 90, 63.61888808, None, 75.66013547),
    "Kuala Lumpur": (3.133, 0.051251456, 85.80459566, 90, 99.15117186, 4.9579744, 128.1408003),
    "Addis Ababa": (9.05, 2.539861878, 20.14335809, 90, 42.91007183, None, 61.73157333),
}
SLANT_KM = {
    "Delhi": 6.768266217,
    "Addis Ababa": 6.516372436,
}  # where the workbook's rain height is not at hand
EXCEEDED = (1.0, 0.1, 0.01, 0.001)  # percent of an average year

# site, GHz: rain of the P.618 sheet, at the four percentages
RAIN = [
    ("London", 14.25, (0.495317069, 2.185847422, 6.798072267, 14.89982248)),
    ("Rome", 14.25, (0.623263001, 2.696765133, 8.223265009, 17.67155766)),
    ("off Cape Town", 14.25, (0.421017025, 1.913387572, 5.941806096, 12.98151687)),
    ("London", 29, (2.207786043, 8.570058374, 23.44444523, 45.19865638)),
    ("Rome", 29, (2.823465634, 10.73100773, 28.74272193, 54.25561152)),
    ("off Cape Town", 29, (1.960636113, 7.808322508, 21.24861968, 40.68133016)),
    ("off Rio", 14.25, (1.706901281, 8.271647438, 18.94410356, 29.91171296)),
    ("Miami", 14.25, (1.437312523, 6.297247244, 16.42980703, 29.9309477)),
    ("off Rio", 29, (6.813368079, 29.31896844, 59.62576355, 83.5996391)),
    ("Miami", 29, (6.654855651, 25.56295492, 58.47438336, 93.39562548)),
    ("Delhi", 14.25, (1.274463613, 5.486346969, 14.87213733, 28.23603149)),
    ("Kuala Lumpur", 14.25, (2.001026654, 11.00145492, 21.61057916, 28.81950409)),
    ("Addis Ababa", 14.25, (1.012353973, 5.881071312, 12.28976033, 17.44199306)),
    ("Delhi", 29, (5.887821871, 22.22622902, 52.83372062, 87.96233699)),
    ("Kuala Lumpur", 29, (10.2131477, 48.81996807, 83.37856227, 96.67521082)),
    ("Addis Ababa", 29, (3.70158394, 19.23910378, 35.97037673, 45.67419098)),
]
# site, GHz: scintillation of a dish of 1 m, efficiency 0.65
SCINTILLATION = [
    ("London", 14.25, (0.261931889, 0.422845379, 0.628287291, 0.910213314)),
    ("Rome", 14.25, (0.224052195, 0.361694926, 0.537426531, 0.778581377)),
    ("off Cape Town", 14.25, (0.23279942, 0.375815863, 0.558408208, 0.808977984)),
    ("London", 20, (0.316526338, 0.510979018, 0.759241175, 1.099929023)),
    ("London", 29, (0.388492522, 0.627156428, 0.931864062, 1.350011513)),
    ("off Rio", 14.25, (0.620097436, 1.001043961, 1.48740705, 2.15483859)),
    ("Miami", 20, (0.321044785, 0.518273298, 0.770079424, 1.115630628)),
    ("Kuala Lumpur", 29, (0.324868797, 0.524446529, 0.779251955, 1.128919071)),
    ("Addis Ababa", 14.25, (0.485339887, 0.783500358, 1.16416861, 1.686556109)),
]
# gas and cloud at 1 %, then rain, scintillation and total of the P.618 total sheet
TOTAL = [
    (0.226874038, 0.455169824, (0.495316047, 0.261931889, 1.212790721)),
    (0.189480858, 0.263385101, (0.623265148, 0.224052195, 1.104001525)),
    (0.226874038, 0.455169824, (2.185843298, 0.422845379, 2.901523272)),
    (0.226874038, 0.455169824, (6.798060645, 0.628287291, 7.507265316)),
    (0.189480858, 0.263385101, (8.223288475, 0.537426531, 8.693153927)),
    (0.226874038, 0.455169824, (14.89979965, 0.910213314, 15.60879771)),
    (0.189480858, 0.263385101, (17.67160287, 0.778581377, 18.14136049)),
    (0.837659939, 1.772469073, (2.207781995, 0.388492522, 4.836825478)),
    (0.837659939, 1.772469073, (8.570044011, 0.627156428, 11.19917055)),
    (0.837659939, 1.772469073, (23.44440963, 0.931864062, 26.07175081)),
    (0.837659939, 1.772469073, (45.19859485, 1.350011513, 47.82812043)),
    (0.778114483, 2.422581525, (96.67505344, 1.128919071, 99.88217955)),
]
# elevation, GHz, g/m3, K, hPa, kg/m2, km, dB
GAS = [
    (31.07699124, 14.25, 13.79653679, 283.6108756, 1009.485611798, 33.72946527, 0.031382984, 0.226874038),
    (40.232036, 14.25, 18.26241988, 288.0897369, 1007.721474334, 36.04810935, 0.046122988, 0.189480858),
    (46.35969261, 14.25, 22.73000178, 293.3696795, 1013.25, 37.95559991, 0, 0.176011463),
    (31.07699124, 29, 13.79653679, 283.6108756, 1009.485611798, 33.72946527, 0.031382984, 0.837659939),
    (40.232036, 29, 19.34681941, 288.0897369, 1007.721474334, 39.05128132, 0.046122988, 0.759363753),
    (22.27833468, 14.25, 20.73943055, 297.4535413, 1013.25, 49.51318435, 0, 0.41148401),
    (52.67898486, 29, 23.16394822, 297.5746539, 1012.215223621, 61.16156021, 0.00861728, 0.960229435),
    (48.24117054, 14.25, 24.71053082, 298.0584989, 988.348774029, 70.5913453, 0.209383699, 0.28572246),
    (85.80459566, 29, 23.4746267, 299.6054075, 1007.108268203, 62.58469725, 0.051251456, 0.778114483),
    (20.14335809, 14.25, 11.72317019, 290.2100933, 743.187215819, 25.92566906, 2.539861878, 0.222223506),
    (20.14335809, 29, 12.54721426, 290.2100933, 743.187215819, 27.51187059, 2.539861878, 0.741297893),
]
# GHz, gamma_o, gamma_w dB/km in standard air with 7.5 g/m3
GAMMA = [
    (1, 0.005388658, 5.09e-05),
    (5, 0.007400426, 0.001313459),
    (12, 0.008698264, 0.009535388),
    (20, 0.01188355, 0.097047305),
    (22, 0.013130223, 0.174207033),
    (60, 14.6234748, 0.154841841),
    (90, 0.038869711, 0.341973394),
    (119, 1.306379041, 0.61799348),
    (130, 0.041509084, 0.751844704),
    (183, 0.012733909, 27.66500831),
    (268, 0.021069873, 3.633137385),
]
# site, GHz, % of the year: reduced column of liquid water in kg/m2, cloud attenuation in dB
CLOUD = [
    ("London", 14.25, 1.641289077, 0.59136662),
    ("Rome", 14.25, 1.254176128, 0.36114732),
    ("off Cape Town", 14.25, 1.117630129, 0.2872291),
    ("London", 29, 1.641289077, 2.3028307),
    ("off Rio", 29, 2.152560931, 4.11225948),
    ("Miami", 14.25, 3.090031167, 0.72266893),
]  # all at 0.3 %


def rain(name, ghz, percent):
    latitude, station_km, elevation, tilt, rate, rain_km, _ = SITES[name]
    if rain_km is None:
        rain_km = station_km + SLANT_KM[name] * np.sin(np.radians(elevation))
    return rain_attenuation_db(
        ghz * 1e9,
        np.radians(elevation),
        rain_rate_mm_h=rate,
        rain_height_m=1e3 * rain_km,
        station_height_m=1e3 * station_km,
        latitude_rad=np.radians(latitude),
        exceeded_fraction=percent / 100,
        polarization_tilt_rad=np.radians(tilt),
    )


@pytest.mark.parametrize(("name", "ghz", "expected"), RAIN, ids=lambda item: str(item))
def test_rain(name, ghz, expected):
    found = [float(rain(name, ghz, percent)) for percent in EXCEEDED]
    assert found == pytest.approx(expected, abs=1e-4, rel=1e-5)


@pytest.mark.parametrize(("name", "ghz", "expected"), SCINTILLATION, ids=lambda item: str(item))
def test_scintillation(name, ghz, expected):
    found = [
        float(
            scintillation_fade_db(
                ghz * 1e9,
                np.radians(SITES[name][2]),
                wet_refractivity_ppm=SITES[name][6],
                antenna_diameter_m=1.0,
                exceeded_fraction=percent / 100,
                antenna_efficiency_ratio=0.65,
            )
        )
        for percent in EXCEEDED
    ]
    assert found == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(("gas", "cloud", "rest"), TOTAL)
def test_total(gas, cloud, rest):
    rain_db, scintillation_db, total_db = rest
    assert float(total_attenuation_db(gas, cloud, rain_db, scintillation_db)) == pytest.approx(
        total_db, abs=1e-7
    )


@pytest.mark.parametrize("row", GAS, ids=lambda row: f"{row[1]} GHz, {row[0]:.1f} deg")
def test_gas_on_a_slant_path(row):
    elevation, ghz, vapor_g_m3, temperature_k, pressure_hpa, column, height_km, expected = row
    found = gas_attenuation_db(
        ghz * 1e9,
        np.radians(elevation),
        dry_pressure_pa=100 * pressure_hpa,
        temperature_k=temperature_k,
        water_vapor_density_kg_m3=1e-3 * vapor_g_m3,
        water_vapor_column_kg_m2=column,
        station_height_m=1e3 * height_km,
    )
    assert float(found) == pytest.approx(expected, abs=1e-8)


def test_specific_attenuation_by_gases():
    ghz, oxygen, vapor = np.array(GAMMA).T
    air = {"dry_pressure_pa": 101325, "temperature_k": 288.15, "water_vapor_density_kg_m3": 7.5e-3}
    assert oxygen_attenuation_db_km(ghz * 1e9, **air) == pytest.approx(oxygen, rel=1e-7)
    assert water_vapor_attenuation_db_km(ghz * 1e9, **air) == pytest.approx(vapor, rel=1e-7, abs=1e-8)


@pytest.mark.parametrize(("name", "ghz", "water", "expected"), CLOUD)
def test_clouds(name, ghz, water, expected):
    found = cloud_attenuation_db(ghz * 1e9, np.radians(SITES[name][2]), water)
    assert float(found) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("elevation", "rate", "k", "alpha", "gamma"),
    [
        (31.07699124, 26.48052, 0.03975488, 1.12418043, 1.58130839),
        (40.232036, 33.936232, 0.04007624, 1.11804138, 2.06173213),
        (46.35969261, 27.13586832, 0.04030344, 1.11376017, 1.59208420),
    ],
)
def test_specific_attenuation_by_rain(elevation, rate, k, alpha, gamma):
    found_k, found_alpha = rain_coefficients(14.25e9, np.radians(elevation), 0.0)
    assert float(found_k) == pytest.approx(k, abs=5e-9)
    assert float(found_alpha) == pytest.approx(alpha, abs=5e-9)
    assert float(found_k * rate**found_alpha) == pytest.approx(gamma, abs=1e-8)


def test_iturs_default_tilt_is_not_that_of_the_examples():
    # itur takes circular polarization where the examples are horizontal: 2.098 instead of 2.186 dB
    latitude, station_km, elevation, _, rate, _, _ = SITES["London"]
    circular = rain_attenuation_db(
        14.25e9,
        np.radians(elevation),
        rain_rate_mm_h=rate,
        rain_height_m=2452.73333,
        station_height_m=1e3 * station_km,
        latitude_rad=np.radians(latitude),
        exceeded_fraction=1e-3,
    )
    assert float(circular) == pytest.approx(2.098, abs=5e-4)


def test_itur_on_500_random_cases():
    # Table by itur 0.4.0 with the same constants (benchmarks/peers/itur_losses.py says its settings). The
    # table prints a millionth of a decibel and six digits of each input; 0.05 dB is what the project asks
    # for, 1e-4 of the value what it holds.
    stations = {}
    found, expected = [], []
    for case in csv.DictReader((Path(__file__).parent / "itur_losses.csv").read_text().splitlines()):
        name = case["station"]
        if name not in stations:
            stations[name] = find_station(name)
        station, climate = stations[name], stations[name].propagation
        path = (1e9 * float(case["frequency_ghz"]), np.radians(float(case["elevation_deg"])))
        share = float(case["exceeded_percent"]) / 100
        gas = gas_attenuation_db(
            *path,
            dry_pressure_pa=100 * float(case["pressure_hpa"]),
            temperature_k=climate.surface_temperature_k,
            water_vapor_density_kg_m3=1e-3 * climate.water_vapor_density_g_m3,
        )
        cloud = cloud_attenuation_db(*path, climate.cloud_liquid_water_kg_m2)
        rain_db = rain_attenuation_db(
            *path,
            rain_rate_mm_h=climate.rain_rate_exceeded_001_percent_mm_h,
            rain_height_m=1e3 * climate.rain_height_km,
            station_height_m=station.altitude_m,
            latitude_rad=np.radians(station.latitude_deg),
            exceeded_fraction=share,
            polarization_tilt_rad=np.radians(float(case["tilt_deg"])),
        )
        fade = scintillation_fade_db(
            *path,
            wet_refractivity_ppm=climate.wet_refractivity_ppm,
            antenna_diameter_m=3.0,
            exceeded_fraction=share,
        )
        parts = (gas, cloud, rain_db, fade, total_attenuation_db(gas, cloud, rain_db, fade))
        found.append([float(part) for part in parts])
        columns = ("gas_db", "cloud_db", "rain_db", "scintillation_db", "total_db")
        expected.append([float(case[column]) for column in columns])
    assert len(found) == 500
    assert np.array(found) == pytest.approx(np.array(expected), abs=2e-4, rel=1e-4)
