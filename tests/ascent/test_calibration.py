"""Reserves: distributions against scipy, a population recovered from drawn rows, what rows may say."""

import numpy as np
import pytest
from scipy import stats

from cosmodrome.ascent import calibration
from cosmodrome.ascent.calibration import GRID_M_S, fit_population, vehicle_reserve
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.catalog.reserves import reserve_table
from cosmodrome.models.reserve import ReservePopulation, ReserveRow

POPULATION = ReservePopulation(
    center_m_s=400, family_scale_m_s=200, vehicle_scale_m_s=150, row_scale_m_s=80, polar_restart_m_s=250
)


def row(vehicle="a", family="f", reserve_m_s=600.0, **others):
    facts = {
        "vehicle": vehicle, "family": family, "site": "plesetsk", "perigee_altitude_km": 200,
        "apogee_altitude_km": 200, "inclination_deg": 63, "published_kg": 3000, "physics_kg": 4500,
        "reserve_m_s": reserve_m_s, "slope_kg_s_m": -1.8, "spread_kg": 200, "load_ratio": 0.03,
        "burns_count": 1, "confidence": "high",
    }  # fmt: skip
    return ReserveRow(**(facts | others))


def reserve(rows, vehicle="a", family="f", **others):
    return vehicle_reserve(rows, POPULATION, vehicle, family, **others)


@pytest.mark.parametrize(("ours", "theirs"), [("_log_t4", stats.t(4).logpdf), ("_log_t2", stats.t(2).logpdf),
                                              ("_t2_below", stats.t(2).cdf)])  # fmt: skip
def test_distributions_are_students(ours, theirs):
    x = np.linspace(-30, 30, 601)
    assert getattr(calibration, ours)(x) == pytest.approx(theirs(x), rel=1e-12, abs=1e-14)


def test_without_rows_the_reserve_is_the_populations():
    """Median and quantiles of a sum of the three distributions, drawn."""
    found = reserve([])
    draw = np.random.default_rng(1)
    sums = 400 + 200 * draw.standard_t(4, 400_000) + 150 * draw.standard_t(4, 400_000)
    sums += 80 * draw.standard_t(2, 400_000)
    assert found.reserve_m_s == pytest.approx(400, abs=2)
    assert [found.low_m_s, found.high_m_s] == pytest.approx(np.quantile(sums, [0.05, 0.95]), abs=12)
    assert found.basis == "all vehicles of the catalog"
    assert found.rows == ()


def test_more_rows_make_it_surer():
    widths = [
        reserve([row(reserve_m_s=700 + 5 * n) for n in range(count)]).standard_deviation_m_s
        for count in (0, 1, 2, 4, 8)
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.25 * widths[0]


def test_many_rows_outweigh_the_population():
    rows = [row(reserve_m_s=1500.0 + n) for n in range(10)]
    found = reserve(rows)
    assert found.reserve_m_s == pytest.approx(1504.5, abs=25)
    assert found.residuals_m_s == pytest.approx([1500.0 + n - found.reserve_m_s for n in range(10)])
    assert found.basis == "10 published payloads of a"


def test_an_outlier_among_rows_is_forgiven():
    rows = [row(reserve_m_s=m_s) for m_s in (590.0, 600.0, 610.0, -1500.0)]
    assert reserve(rows).reserve_m_s == pytest.approx(590, abs=30)


def test_a_family_tells_of_its_vehicles():
    kin = [row(vehicle=name, reserve_m_s=900.0) for name in ("b", "c", "d")]
    found = reserve(kin)
    assert 650 < found.reserve_m_s < 900
    assert found.basis == "its family: b, c, d"
    assert reserve(kin, family="other").reserve_m_s == pytest.approx(400, abs=2)


def test_low_confidence_weighs_less():
    sure, unsure = (reserve([row(reserve_m_s=1200, confidence=c)]).reserve_m_s for c in ("high", "low"))
    assert 400 < unsure < sure < 1200


def test_a_flown_mass_only_bounds_the_reserve_from_above():
    free = reserve([])
    loose = reserve([row(reserve_m_s=3000, lower_bound=True)])
    tight = reserve([row(reserve_m_s=0, lower_bound=True)])
    assert loose.reserve_m_s == pytest.approx(free.reserve_m_s, abs=5)
    assert tight.reserve_m_s < free.reserve_m_s - 100
    assert tight.high_m_s < free.high_m_s


def test_a_restart_to_a_polar_orbit_costs_its_offset():
    rows = [row(reserve_m_s=600), row(reserve_m_s=850, burns_count=2, inclination_deg=98)]
    low, polar = reserve(rows), reserve(rows, restarts_to_polar=True)
    assert polar.reserve_m_s - low.reserve_m_s == pytest.approx(250)
    assert low.residuals_m_s[0] == pytest.approx(low.residuals_m_s[1])


def test_a_population_is_recovered_from_drawn_rows():
    """60 families of 3 vehicles with 3 rows; scales within their sampling errors, about a fifth."""
    draw = np.random.default_rng(7)
    rows = []
    for family in range(60):
        center = 400 + 200 * draw.standard_t(4)
        for vehicle in range(3):
            own = center + 150 * draw.standard_t(4)
            for number in range(3):
                polar = number == 2
                seen = own + 250 * polar + 80 * draw.standard_t(2)
                if abs(seen) < 3000:
                    rows.append(row(f"{family}-{vehicle}", f"{family}", float(seen),
                                    burns_count=2 if polar else 1,
                                    inclination_deg=98 if polar else 63))  # fmt: skip
    found = fit_population(rows)
    assert found.center_m_s == pytest.approx(400, abs=70)
    assert found.polar_restart_m_s == pytest.approx(250, abs=40)
    assert found.family_scale_m_s == pytest.approx(200, rel=0.3)
    assert found.vehicle_scale_m_s == pytest.approx(150, rel=0.3)
    assert found.row_scale_m_s == pytest.approx(80, rel=0.2)


def test_the_grid_holds_every_row():
    for each in reserve_table().rows:
        assert GRID_M_S[0] + 500 < each.reserve_m_s < GRID_M_S[-1] - 500


def test_the_shipped_population_is_that_of_the_shipped_rows():
    table = reserve_table()
    again = fit_population(table.rows, table.population)
    assert again.model_dump() == pytest.approx(table.population.model_dump(), abs=3.0)


def test_every_vehicle_of_the_catalog_has_been_flown():
    assert [entry.name for entry in reserve_table().vehicles] == list(vehicle_names())
    assert all(each.family == find_vehicle(each.vehicle).kin for each in reserve_table().rows)


def test_a_row_gives_its_own_payload_and_the_ideal_one():
    each = row(reserve_m_s=700.0)
    assert each.payload_with_kg(700) == pytest.approx(3000)
    assert each.payload_with_kg(0) == pytest.approx(4500)
    slope = (each.payload_with_kg(700.01) - each.payload_with_kg(699.99)) / 0.02
    assert slope == pytest.approx(-1.8, rel=1e-3)
    falling = [each.payload_with_kg(m_s) for m_s in range(-500, 2000, 50)]
    assert falling == sorted(falling, reverse=True)
