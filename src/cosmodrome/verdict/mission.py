"""Does the mission close? Each check holds what is achieved against what is required; worst first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cosmodrome.ascent.result import AscentStatus
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.attitude import attitude_checks
from cosmodrome.verdict.check import Verdict, VerdictStatus
from cosmodrome.verdict.data import data_checks
from cosmodrome.verdict.disposal import disposal_checks
from cosmodrome.verdict.dose import dose_checks
from cosmodrome.verdict.launch import payload_checks, window_check
from cosmodrome.verdict.link import link_checks
from cosmodrome.verdict.performance import performance_checks
from cosmodrome.verdict.power import power_checks
from cosmodrome.verdict.thermal import thermal_checks
from cosmodrome.verdict.thrust import thrust_checks
from cosmodrome.window import LaunchWindow

if TYPE_CHECKING:
    from cosmodrome.ascent.capability import PayloadCapability


def mission_verdict(
    mission: Mission,
    capability: "PayloadCapability",
    budgets: Budgets | None,
    windows: Sequence[LaunchWindow] | None = None,
) -> Verdict:
    """Hold a mission's requirements against what its models achieve.

    Parameters
    ----------
    mission : Mission
        Requirements and policy.
    capability : PayloadCapability
        What the vehicle lifts into the target orbit, with its proof.
    budgets : Budgets or None
        The satellite's budgets; None where there is no satellite or no orbit to judge it in.
    windows : sequence of LaunchWindow, optional
        Those found; without any, the mission does not close.

    Returns
    -------
    Verdict
        Without a proved ascent its status is `NO_VERDICT`, whatever the checks say. An orbit out of reach is
        a proved answer: the payload check fails with the shortfall.
    """
    checks = [*payload_checks(mission, capability, budgets)]
    if windows is not None and capability.status is AscentStatus.OPTIMAL:
        checks.append(window_check(mission, windows))
    if budgets is not None:
        checks += power_checks(mission, budgets.power)
        checks += link_checks(mission, budgets)
        checks += data_checks(mission, budgets.data)
        checks += thermal_checks(mission, budgets.thermal)
        checks += dose_checks(budgets.dose)
        checks += disposal_checks(mission, budgets.disposal, budgets.delta_v)
        checks += thrust_checks(mission, budgets)
        if budgets.attitude is not None:
            checks += attitude_checks(mission, budgets.attitude)
        if budgets.performance is not None:
            checks += performance_checks(mission, budgets.performance)
    checks.sort(key=lambda check: check.margin_fraction)
    if capability.status in (AscentStatus.NOT_CONVERGED, AscentStatus.NOT_CONFIRMED):
        return Verdict(VerdictStatus.NO_VERDICT, tuple(checks))
    closes = all(check.closes for check in checks)
    return Verdict(VerdictStatus.CLOSES if closes else VerdictStatus.DOES_NOT_CLOSE, tuple(checks))
