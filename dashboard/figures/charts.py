"""From an answer to a chart. What is hidden or unknown is not drawn; under twenty people no percentage is drawn."""

from typing import Any

import metrics
from dashboard import wording

COLOURS = ("#1f5fa8", "#d2691e", "#2e8b6f", "#8a4fa3", "#a33b3b", "#6b7a1f", "#3f6f8f", "#7a5c3a")
_SMALL = 20
_MOST_BARS = 24


def chart(answer: metrics.Answer, names: dict[str, str]) -> dict[str, Any] | None:
    """A line over time when a time is among the dimensions, else bars; None when there is nothing to draw."""
    soort = answer.definition.soort
    rows = [row for row in answer.rijen if _drawable(soort, row)]
    if len(rows) < 2:
        return None
    if soort == "incidentie":
        return _stacked(rows)
    time = next((name for name in ("maand", "kwartaal", "jaar") if name in answer.dims), None)
    others = [name for name in answer.dims if name != time]
    key = _key(soort)
    factor = 100 if answer.definition.eenheid in ("", "procent") and soort in ("aandeel", "verhouding") else 1
    if time is None or len(others) > 2:
        if len(rows) > _MOST_BARS:
            return None  # a table says more than a forest of bars
        return _bars(rows, others, key, factor, soort, names)
    series: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        series.setdefault(", ".join(wording.dimension(name, row[name], names) for name in others), []).append(row)
    data = []
    for number, (name, mine) in enumerate(list(series.items())[: len(COLOURS)]):
        colour = COLOURS[number % len(COLOURS)]
        trace: dict[str, Any] = {
            "type": "scatter", "mode": "lines+markers", "name": name or answer.definition.titel,
            "x": [str(row[time]) for row in mine], "y": [factor * row[key] for row in mine],
            "line": {"color": colour, "width": 2}, "marker": {"size": 7, "color": colour}, "connectgaps": False,
        }  # fmt: skip
        if len(series) == 1 and all(isinstance(row.get("laag"), float) for row in mine):
            trace["error_y"] = {
                "type": "data", "symmetric": False, "thickness": 1.2, "color": colour,
                "array": [factor * (row["hoog"] - row[key]) for row in mine],
                "arrayminus": [factor * (row[key] - row["laag"]) for row in mine],
            }  # fmt: skip
        data.append(trace)
    layout = _layout(320, legend=len(data) > 1)
    layout["xaxis"] |= {"type": "category"}
    layout["yaxis"] |= {"rangemode": "tozero", "ticksuffix": " %" if factor == 100 else ""}
    return {"data": data, "layout": layout}


def _key(soort: str) -> str:
    return {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")


def _drawable(soort: str, row: dict[str, Any]) -> bool:
    value = row.get(_key(soort))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not (soort == "aandeel" and row["noemer"] < _SMALL)


def _bars(
    rows: list[dict[str, Any]], dims: list[str], key: str, factor: int, soort: str, names: dict[str, str]
) -> dict[str, Any]:
    labels = [", ".join(wording.dimension(name, row[name], names) for name in dims) for row in rows]
    trace: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": labels, "x": [factor * row[key] for row in rows],
        "marker": {"color": COLOURS[0]}, "hovertemplate": "%{y}: %{x}<extra></extra>",
    }  # fmt: skip
    if soort in ("aandeel", "gemiddelde") and all(isinstance(row.get("laag"), float) for row in rows):
        trace["error_x"] = {
            "type": "data", "symmetric": False, "thickness": 1.2, "color": "#5c6b7a",
            "array": [factor * (row["hoog"] - row[key]) for row in rows],
            "arrayminus": [factor * (row[key] - row["laag"]) for row in rows],
        }  # fmt: skip
    layout = _layout(max(150, 70 + 30 * len(rows)), legend=False)
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    layout["xaxis"] |= {"rangemode": "tozero", "ticksuffix": " %" if factor == 100 else ""}
    return {"data": [trace], "layout": layout}


def _stacked(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The shares of every end at each horizon: together they are the whole."""
    ends = list(dict.fromkeys(row["einde"] for row in rows))
    data = []
    for number, end in enumerate(ends):
        mine = [row for row in rows if row["einde"] == end]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": end,
                "y": [wording.horizon(row["horizon"]) for row in mine],
                "x": [100 * row["waarde"] for row in mine],
                "marker": {"color": "#c3ccd6" if end == "nog bezig" else COLOURS[number % len(COLOURS)]},
            }
        )
    layout = _layout(260, legend=True)
    layout |= {"barmode": "stack"}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    layout["xaxis"] |= {"range": [0, 100], "ticksuffix": " %"}
    return {"data": data, "layout": layout}


def _layout(height: int, *, legend: bool) -> dict[str, Any]:
    axis = {"automargin": True, "gridcolor": "rgba(128,140,155,0.25)", "zeroline": False, "fixedrange": True}
    return {
        "height": height, "margin": {"l": 8, "r": 12, "t": 10, "b": 8}, "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)", "separators": ",.", "font": {"size": 13}, "xaxis": dict(axis),
        "yaxis": dict(axis), "showlegend": legend, "legend": {"orientation": "h", "y": -0.2},
        "hoverlabel": {"align": "left"},
    }  # fmt: skip
