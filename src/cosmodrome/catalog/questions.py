"""What the catalog does not know well enough of a vehicle, found by rule and largest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cosmodrome.catalog.audit import Contradiction, audit
from cosmodrome.models.quantity import Model, Quantity
from cosmodrome.models.vehicle import PayloadFigure, Vehicle

WIDE_RATIO = 0.05  # of a number: published values that lie further apart leave it open
UNMEASURED_RATIO = 0.05  # where a question without a measure stands among the others


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One thing that is not settled, and how large it is."""

    subject: str
    problem: str
    size_ratio: float | None  # of the number; none where nothing measures it
    is_contradiction: bool = False  # found by the audit

    @property
    def rank_ratio(self) -> float:
        """Size, or what stands for it [1]."""
        return UNMEASURED_RATIO if self.size_ratio is None else self.size_ratio


def open_questions(
    vehicle: Vehicle, fleet: Iterable[Vehicle] = (), contradictions: Iterable[Contradiction] = ()
) -> tuple[OpenQuestion, ...]:
    """Everything that leaves a vehicle's numbers open, largest share first.

    Parameters
    ----------
    vehicle : Vehicle
    fleet : iterable of Vehicle
        Others that may fly the same stages.
    contradictions : iterable of Contradiction
        What else than the audit of the catalog has found, such as payloads against the physics.

    Returns
    -------
    tuple of OpenQuestion
        Numbers whose published values lie more than 5 % apart; masses, thrusts and specific impulses that are
        estimated or of low confidence; what the audit finds; payload figures without a definite orbit. What
        has no measure stands at 5 %.

    Examples
    --------
    Sources give the fairing of Angara 1.2 from 500 to 1200 kg:

    >>> from cosmodrome.catalog import find_vehicle
    >>> question = open_questions(find_vehicle("angara-1.2"))[0]
    >>> question.subject, question.problem, round(question.size_ratio, 2)
    ('fairing mass_kg', '810; others say 500 to 1,200', 0.86)
    """
    found = [
        *_numbers(vehicle),
        *(_contradiction(finding) for finding in (*audit(vehicle, fleet), *contradictions)),
        *_indefinite_payloads(vehicle),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda question: -question.rank_ratio))


def value_range(quantity: Quantity) -> tuple[float, float]:
    """Lowest and highest of everything published, in the unit of the quantity."""
    values = [quantity.value, *(other.value for other in quantity.alternatives)]
    return min(values), max(values)


def _numbers(vehicle: Vehicle) -> Iterator[OpenQuestion]:
    """Numbers that are disputed or weak; what two stages share is told once."""
    told: dict[tuple[str, str], list[str]] = {}
    sizes: dict[tuple[str, str], float | None] = {}
    for owner, key, quantity in _owned(vehicle):
        question = _number(key, quantity)
        if question is not None:
            asked = (key, question.problem)
            told.setdefault(asked, []).append(owner)
            sizes[asked] = question.size_ratio
    for (key, problem), owners in told.items():
        subject = f"{', '.join(dict.fromkeys(owners))} {key}".strip()
        yield OpenQuestion(subject, problem, sizes[key, problem])


def _owned(vehicle: Vehicle) -> Iterator[tuple[str, str, Quantity]]:
    """Every sourced number with its key and whose it is."""
    parts: list[tuple[str, Model]] = [("", vehicle), ("fairing", vehicle.fairing)]
    if vehicle.air_launch is not None:
        parts.append(("air_launch", vehicle.air_launch))
    names = [stage.name for stage in vehicle.stages]
    for stage in vehicle.stages:
        is_ambiguous = names.count(stage.name) > 1
        parts.append((f"{stage.name} ({stage.role})" if is_ambiguous else stage.name, stage))
    for owner, model in parts:
        for key in type(model).model_fields:
            if isinstance(value := getattr(model, key), Quantity):
                yield owner, key, value


def _number(key: str, quantity: Quantity) -> OpenQuestion | None:
    low, high = value_range(quantity)
    size = (high - low) / abs(quantity.value) if quantity.value else 0.0
    matters = key.endswith("_kg") or key.startswith(("thrust_", "specific_impulse_"))
    is_weak = matters and (quantity.estimated or quantity.confidence == "low")
    if size <= WIDE_RATIO and not is_weak:
        return None
    problem = f"{quantity.value:,.10g}"
    if quantity.estimated:
        problem += ", estimated"
    elif is_weak:
        problem += ", low confidence"
    others = sorted({other.value for other in quantity.alternatives})
    if not others:
        return OpenQuestion(key, f"{problem}, no other value published", None)
    say = " to ".join(f"{value:,.10g}" for value in dict.fromkeys((others[0], others[-1])))
    return OpenQuestion(key, f"{problem}; others say {say}", size if size > WIDE_RATIO else None)


def _contradiction(finding: Contradiction) -> OpenQuestion:
    claim = _without_source(finding.claim)
    if finding.rule == "shared stage":
        claim += f", {_without_source(finding.other_claim)}"
    problem = f"{claim}: {finding.difference}; {finding.reconciled_by}"
    return OpenQuestion(finding.rule, problem, contradiction_ratio(finding), is_contradiction=True)


def contradiction_ratio(finding: Contradiction) -> float | None:
    """Difference over claim.

    Parameters
    ----------
    finding : Contradiction
        Of the audit.

    Returns
    -------
    float or None
        [1] None where the two are not in one unit.

    Examples
    --------
    >>> sides = ("10 m tall (A)", "12 m in all", "+2 m, spread 0.2 m", "2 m inside")
    >>> contradiction_ratio(Contradiction("v", "height", *sides))
    0.2
    """
    number = r"\d[\d.]*(?:e[+-]?\d+)?"
    found = re.match(rf"[+-]({number}) ?(%|kg|t|m|s)(?!\w)", finding.difference)
    if found is None:
        return None
    if found[2] == "%":
        return float(found[1]) / 100
    claimed = re.search(rf"({number}) {found[2]}\b", finding.claim)
    return float(found[1]) / float(claimed[1]) if claimed and float(claimed[1]) else None


def _without_source(claim: str) -> str:
    """A claim less the parenthesis at its end, which may hold others."""
    depth = 0
    for at in range(len(claim) - 1, -1, -1):
        depth += (claim[at] == ")") - (claim[at] == "(")
        if depth == 0:
            return claim[:at].rstrip() if claim[at] == "(" else claim
    return claim


def _indefinite_payloads(vehicle: Vehicle) -> Iterator[OpenQuestion]:
    """Payload figures that name a kind of orbit, but no altitude or no inclination."""
    open_ones = [figure for figure in vehicle.payload_figures if _missing(figure)]
    if open_ones:
        which = "; ".join(
            f"{figure.payload_kg:,.10g} kg to {figure.orbit} from {figure.site} (no {_missing(figure)})"
            for figure in open_ones
        )
        count = f"{len(open_ones)} of {len(vehicle.payload_figures)}"
        yield OpenQuestion("payload figures", f"{count} have no definite orbit: {which}", None)


def _missing(figure: PayloadFigure) -> str:
    """What the orbit of a figure lacks; a sun-synchronous one has its inclination by its altitude."""
    if figure.perigee_altitude_km is None and figure.apogee_altitude_km is None:
        return "altitude"
    if figure.perigee_altitude_km is None:
        return "perigee"
    if figure.inclination_deg is None and figure.orbit != "SSO":
        return "inclination"
    return ""
