"""How well calibrated payloads meet published ones that were left out, by row and by vehicle.

    python benchmarks/payload_accuracy.py [--write]

The population is fitted anew without the row or the vehicle, and the published payload is predicted with the
reserve that the rest tells of. Prints one JSON line; with --write also the figure and the tables of
`docs/theory/payload-accuracy.md`. Flown masses and minima are used, but not judged.
"""

import json
import sys
from dataclasses import dataclass

import numpy as np

from cosmodrome.ascent.calibration import fit_population, vehicle_reserve
from cosmodrome.catalog.reserves import reserve_table
from cosmodrome.models.reserve import ReserveRow


@dataclass(frozen=True)
class Judged:
    """A published payload beside what the rest of the catalog says."""

    row: ReserveRow
    expected_m_s: float
    predicted_kg: float
    low_kg: float
    high_kg: float

    @property
    def error_ratio(self):
        """Predicted over published less one."""
        return self.predicted_kg / self.row.published_kg - 1.0

    @property
    def inside(self):
        """Whether the interval holds the published payload."""
        return self.low_kg <= self.row.published_kg <= self.high_kg


def judged(rows, leave_out):
    """Every row predicted from those that `leave_out(row, other)` keeps."""
    population = fit_population(rows)
    fitted = {}
    for row in rows:
        if row.lower_bound:
            continue
        rest = [other for other in rows if not leave_out(row, other)]
        key = tuple(id(other) for other in rest)
        if key not in fitted:
            fitted[key] = fit_population(rest, population)
        reserve = vehicle_reserve(
            rest, fitted[key], row.vehicle, row.family,
            restarts_to_polar=row.restarts_to_polar, confidence=row.confidence,
        )  # fmt: skip
        asked = (reserve.reserve_m_s, reserve.high_m_s, reserve.low_m_s)
        yield Judged(row, reserve.reserve_m_s, *(row.payload_with_kg(each) for each in asked))


def figures(found):
    """What is judged."""
    errors = np.abs([each.error_ratio for each in found])
    return {
        "rows": len(found),
        "median_error_ratio": round(float(np.median(errors)), 3),
        "p90_error_ratio": round(float(np.quantile(errors, 0.9)), 3),
        "inside_90_percent": round(float(np.mean([each.inside for each in found])), 3),
        "median_low_ratio": round(
            float(np.median([each.low_kg / each.row.published_kg for each in found])), 3
        ),
        "median_high_ratio": round(
            float(np.median([each.high_kg / each.row.published_kg for each in found])), 3
        ),
    }


def main():
    rows = list(reserve_table().rows)
    by_row = list(judged(rows, lambda row, other: other is row))
    by_vehicle = list(judged(rows, lambda row, other: other.vehicle == row.vehicle))
    counts = {row.vehicle: 0 for row in rows}
    for row in rows:
        counts[row.vehicle] += 1
    shared = [each for each in by_row if counts[each.row.vehicle] > 1]
    ideal = np.abs([each.row.physics_kg / each.row.published_kg - 1.0 for each in by_row])
    if "--write" in sys.argv:
        from payload_accuracy_document import write

        write(by_row, by_vehicle)
    print(
        json.dumps(
            {
                "leave_one_row_out": figures(by_row),
                "of_vehicles_with_other_rows": figures(shared),
                "leave_one_vehicle_out": figures(by_vehicle),
                "without_a_reserve": {"median_error_ratio": round(float(np.median(ideal)), 3)},
            }
        )
    )


if __name__ == "__main__":
    main()
