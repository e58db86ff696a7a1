"""What all charts share: which value is drawn, in which unit, and the empty sheet."""

from collections.abc import Sequence
from typing import Any

import metrics
from dashboard import wording
from dashboard.texts import DUTCH, language

SMALL = 20  # under so many people no percentage is drawn
FONT = "Source Sans Pro, Segoe UI, Roboto, Arial, sans-serif"
NO_SMALL_PRINT = {"mode": "hide", "minsize": 11}  # a number that cannot be read stands in the table only
Row = dict[str, Any]


def key_of(soort: str) -> str:
    """The key of a row that a chart shows."""
    return {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")


def is_share(definition: metrics.Definition) -> bool:
    """Whether the value is drawn as a percentage."""
    return definition.soort in ("aandeel", "incidentie", "verhouding") and definition.eenheid in ("", "procent")


def factor_of(definition: metrics.Definition) -> int:
    """100 for a percentage, else 1."""
    return 100 if is_share(definition) else 1


def drawable(soort: str, row: Row) -> bool:
    """Whether a row can be drawn: its value is known, not hidden, and not a percentage of a few people."""
    value = row.get(key_of(soort))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    noemer = row.get("noemer")
    return not (soort == "aandeel" and isinstance(noemer, int | float) and noemer < SMALL)


def has_interval(row: Row) -> bool:
    """Whether both bounds are known."""
    return isinstance(row.get("laag"), float) and isinstance(row.get("hoog"), float)


def value_text(definition: metrics.Definition, row: Row) -> str:
    """The value beside a mark: short, as people write it."""
    key = key_of(definition.soort)
    value = row.get(key)
    if definition.eenheid == "dagen" and isinstance(value, int | float):
        return wording.number(value)
    return wording.cell(key, value, definition)


def names_of(row: Row, dims: list[str], names: dict[str, str]) -> str:
    """The values of some dimensions in words."""
    return ", ".join(wording.dimension(name, row[name], names) for name in dims)


def sheet(height: int, *, legend: bool = False) -> dict[str, Any]:
    """An empty layout: no frame, light lines, the separators of the language."""
    axis = {"automargin": True, "gridcolor": "rgba(128,140,155,0.22)", "zeroline": False, "fixedrange": True}
    apart = {"ticks": "outside", "ticklen": 6, "tickcolor": "rgba(0,0,0,0)"}
    separators = ",." if language() == DUTCH else ".,"
    return {
        "height": height, "margin": {"l": 8, "r": 12, "t": 10, "b": 8}, "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)", "separators": separators, "font": {"size": 14, "family": FONT},
        "xaxis": dict(axis),
        "yaxis": axis | apart, "showlegend": legend, "bargap": 0.35, "hoverlabel": {"align": "left"},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        "annotations": [],
    }  # fmt: skip


def places(answer: metrics.Answer, rows: list[Row]) -> list[int]:
    """Where each row stands in the answer: what a click on its mark leads to."""
    known = {id(row): place for place, row in enumerate(answer.rijen)}
    return [known[id(row)] for row in rows]


def euro() -> str:
    """The sign before an amount, with its space where the language has one."""
    return wording.euros(0).removesuffix("0")


def scale(definition: metrics.Definition, rows: Sequence[Row] = ()) -> dict[str, Any]:
    """The axis of the values: from zero, with its unit. Large shares are always set against the whole, so that two
    charts beside each other can be compared."""
    axis: dict[str, Any] = {"rangemode": "tozero", "nticks": 5}
    if is_share(definition):
        top = max((row.get("hoog") or row["waarde"] for row in rows), default=0)
        whole = {"range": [0, 100 * max(1.02, top)], "dtick": 25} if top > 0.5 else {}
        return axis | whole | {"ticksuffix": "%"}
    if definition.eenheid == "euro":
        return axis | {"tickprefix": euro(), "tickformat": ",.0f"}
    return axis | {"tickformat": ",.10~g" if definition.soort == "gemiddelde" else ",.0f"}
