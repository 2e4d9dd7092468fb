"""What documents state of a satellite, held against what is computed, and the slips between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.models.stated import Stated
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.slips import Slip, unit_slips
from cosmodrome.verdict.stated_slips import geometry_slips, own_slips
from cosmodrome.verdict.stated_values import Computed, is_near, unit_of, words_of

_SAME = 1e-3  # two figures of one quantity that differ by no more are one


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A stated figure beside the computed one; None where the mission does not hold what it needs."""

    quantity: str
    of: str
    direction: str  # of a link: down or up
    unit: str
    stated: float
    computed: float | None
    agrees: bool
    slips: tuple[Slip, ...]  # what would explain the difference
    source: str

    @property
    def words(self) -> str:
        """The quantity without its unit, with the direction of its link."""
        words = words_of(self.quantity)
        return f"{self.direction}link {words.removeprefix('link ')}" if self.direction else words

    def __repr__(self) -> str:
        word = "agrees" if self.agrees else "DIFFERS"
        return f"<StatedFigure {self.quantity} {self.of}: {self.stated:g} {self.unit}, {word}>"


def stated_figures(
    mission: Mission, budgets: Budgets | None, ephemeris: Ephemeris | None, passes: Sequence[Pass]
) -> tuple[StatedFigure, ...]:
    """Hold every stated figure of the mission file against what is computed.

    Parameters
    ----------
    mission : Mission
        With its `stated` figures.
    budgets, ephemeris, passes
        What was computed; without an orbit little can be said.

    Returns
    -------
    tuple of StatedFigure
        In the order of the file.
    """
    if budgets is None or ephemeris is None:
        return ()
    computed = Computed(mission, budgets, ephemeris, passes)
    directed = [computed.directed(one) for one in mission.stated]
    return tuple(_held(one, computed, directed) for one in directed)


def _held(one: Stated, computed: Computed, all_stated: Sequence[Stated]) -> StatedFigure:
    unit, tolerance = unit_of(one.quantity), one.tolerance_fraction
    value = computed.value(one)
    slips: list[Slip] = []
    agrees = value is not None and is_near(one.value, value, unit, tolerance)
    if value is not None and not agrees:
        slips += own_slips(one, value, computed, all_stated)
        slips += unit_slips(one.value, value, unit, tolerance)
    impossible = geometry_slips(one, computed, agrees=agrees)
    if impossible:
        slips, agrees = [*slips, *impossible], False
    for other in all_stated:
        same = _subject(other) == _subject(one)
        if same and other is not one and not is_near(one.value, other.value, unit, _SAME):
            text = f"stated twice: {one.value:g} and {other.value:g} {unit} ({other.source or 'no source'})"
            slips.append(Slip("stated twice", text))
            agrees = agrees and is_near(other.value, one.value, unit, tolerance)
    return StatedFigure(
        one.quantity,
        f"{one.of}, {one.radio}" if one.radio else one.of,
        one.direction or "",
        unit,
        one.value,
        value,
        agrees,
        tuple(slips),
        one.source,
    )


def _subject(one: Stated) -> tuple[str | float | None, ...]:
    return one.quantity, one.of, one.direction, one.radio, one.span_days
