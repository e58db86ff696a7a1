"""The course of a figure over the quarters, and which quarters are not settled yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from data.fouten import Gebruiksfout
from metrics.catalogue import lineage
from metrics.exact import definition_of
from metrics.insight import quarters
from metrics.insight.scope import Scope, shown
from metrics.insight.xmr import Chart, process_behaviour

EXAM_WEEKS = 8  # an exam's result is known this many weeks later; speaking and writing on A2 take longer
EXAM_WEEKS_LONG = 16
_LONG = {"spreken", "schrijven"}
# how long after a quarter's last day its people can still change the figure: the term that the definition waits for
_SETTLES = {
    "pip_op_tijd": 70, "routewissel": 548, "duaal_gestart": 183, "begeleiding_twaalf_maanden": 335,
    "werk_na_uitstroom": 182, "inburgeringsexamen": 1096, "niveau_behaald": 1096, "intake_begonnen": 70,
}  # fmt: skip
_KEYS = {"aantal": "aantal", "aandeel": "waarde", "gemiddelde": "waarde", "verhouding": "waarde", "bedrag": "waarde"}


@dataclass(frozen=True)
class Point:
    """One quarter. `voorlopig`: it can still change, and is left out of the limits."""

    kwartaal: str
    waarde: float | None
    n: int | None
    voorlopig: bool


@dataclass(frozen=True)
class Course:
    """The quarters of one figure (for one value of its own dimensions), with their process-behaviour chart."""

    cijfer: str
    dims: dict[str, Any]
    punten: tuple[Point, ...]
    kaart: Chart

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        card = self.kaart
        return {
            "cijfer": self.cijfer,
            **self.dims,
            "oordeel": card.oordeel,
            "midden": card.midden,
            "laag": card.laag,
            "hoog": card.hoog,
            "gemiddeld_verschil": card.bereik,
            "punten": [vars(point) for point in self.punten],
            "signalen": [
                {"kwartaal": self.punten[mark.plaats].kwartaal, "regel": mark.regel} for mark in card.signalen
            ],
        }


def settle_days(id: str, filters: Mapping[str, Sequence[Any]]) -> int:
    """How many days after its end a quarter of this figure is settled."""
    days = _SETTLES.get(id, 0)
    if "examens" in lineage(id):
        parts = {str(value) for value in filters.get("onderdeel", ())}
        weeks = EXAM_WEEKS_LONG if not parts or parts & _LONG else EXAM_WEEKS
        days = max(days, 7 * weeks)
    return days


def course(scope: Scope, id: str, filters: Mapping[str, Sequence[Any]] | None = None) -> list[Course]:
    """The whole quarters of a figure up to the peildatum, one course per value of its own dimensions.

    A quarter without a row counts 0 for a number of people or an amount, and is unknown for a share or a mean; a
    hidden one is unknown. Raises Gebruiksfout for a figure that is not known per quarter.
    """
    definition = definition_of(id)
    if definition.soort not in _KEYS or "kwartaal" not in definition.mogelijk:
        raise Gebruiksfout(f"Het cijfer {id} is niet per kwartaal bekend; een verloop over de kwartalen kan niet.")
    own = tuple(name for name in definition.eigen if name != "kwartaal")
    rows = scope.ask(id, per=("kwartaal",), filters=filters).rijen
    last = quarters.last_whole(scope.day)
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        if row["kwartaal"] is not None and row["kwartaal"] <= last:
            groups.setdefault(tuple(row[name] for name in own), {})[row["kwartaal"]] = row
    found = []
    for key in sorted(groups, key=str):
        found.append(_course(scope, id, dict(zip(own, key, strict=True)), groups[key], last, filters or {}))
    return found


def _course(
    scope: Scope, id: str, dims: dict[str, Any], rows: dict[str, Any], last: str, filters: Mapping[str, Any]
) -> Course:
    soort = definition_of(id).soort
    onderdeel = {"onderdeel": [dims["onderdeel"]]} if "onderdeel" in dims else {}
    wait = timedelta(days=settle_days(id, {**filters, **onderdeel}))
    points = []
    for quarter in quarters.between(min(rows), last):
        row = rows.get(quarter)
        value = (0.0 if soort in ("aantal", "bedrag") else None) if row is None else row[_KEYS[soort]]
        size = None if row is None else row.get("noemer", row.get("n", row.get("aantal")))
        waiting = quarters.last_day(quarter) + wait > scope.day
        points.append(
            Point(quarter, float(value) if shown(value) else None, size if isinstance(size, int) else None, waiting)
        )
    settled = [None if point.voorlopig else point.waarde for point in points]
    bounds = {"lowest": 0.0 if soort != "bedrag" else None, "highest": 1.0 if soort == "aandeel" else None}
    return Course(id, dims, tuple(points), process_behaviour(settled, **bounds))
