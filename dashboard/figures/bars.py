"""Bars and dots: values written beside them in a column, intervals as a thin line, what was expected as a mark."""

from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import (
    NO_SMALL_PRINT,
    QUARTERS,
    Row,
    factor_of,
    has_interval,
    key_of,
    names_of,
    places,
    scale,
    sheet,
    value_text,
)
from dashboard.figures.names import Named, named
from dashboard.figures.palette import ACCENT, INK, MARK, colour_of, ink_on
from dashboard.texts import t


def bars(answer: metrics.Answer, rows: list[Row], names: dict[str, str]) -> dict[str, Any]:
    """A bar per row with its value; two dimensions become parts of a bar (counts) or dots on a line (shares)."""
    dims = list(answer.dims)
    if len(dims) == 2 and answer.definition.soort == "aantal":
        return _parts(answer, rows, names)
    if len(dims) == 2 and answer.definition.soort in ("aandeel", "verhouding", "gemiddelde"):
        return _dots(answer, rows, names)
    key, factor = key_of(answer.definition.soort), factor_of(answer.definition)
    labels = [names_of(row, dims, names) for row in rows]
    colours = [colour_of(dims[0], row[dims[0]]) if dims[0] in ("leerroute", "doelgroep") else ACCENT for row in rows]
    trace: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": labels, "x": [factor * row[key] for row in rows],
        "marker": {"color": colours}, "hovertemplate": "%{y}: %{text}<extra></extra>", "textposition": "none",
        "text": [value_text(answer.definition, row) for row in rows], "customdata": places(answer, rows),
    }  # fmt: skip
    if all(has_interval(row) for row in rows):
        trace["error_x"] = _whiskers(rows, key, factor)
    data, names_at, deep = [trace], list[dict[str, Any]](), 0
    layout = sheet(48 + 36 * len(rows))
    if all(isinstance(row.get("verwacht"), int | float) for row in rows) and factor == 100:
        data.append(_expected(labels, [factor * row["verwacht"] for row in rows]))
        end = 1.04 * max(factor * (row.get("hoog") or row[key]) for row in rows)
        first = factor * rows[0]["verwacht"]
        names_at, deep = named([Named(min(1.0, first / max(end, 100)), first, t("verwacht"))], below=False)
    layout["annotations"] = [*names_at, *(_beside(place, _text(answer, row)) for place, row in enumerate(rows))]
    layout["margin"]["t"] += deep
    layout["height"] += deep
    layout["margin"]["r"] = 14 + 7 * max(len(_text(answer, row)) - 7 for row in rows)
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False}
    layout["xaxis"] |= scale(answer.definition, rows)
    return {"data": data, "layout": layout}


def _text(answer: metrics.Answer, row: Row) -> str:
    text = value_text(answer.definition, row)
    if answer.definition.soort == "aandeel":
        teller, noemer = wording.number(row["teller"]), wording.number(row["noemer"])
        return f"<b>{text}</b>  " + t("{teller} van {noemer}", teller=teller, noemer=noemer)
    return f"<b>{text}</b>"


def _beside(place: int, text: str) -> dict[str, Any]:
    """`place` counts bars: a year as text would be taken for a place."""
    return {
        "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "yref": "y", "y": place, "text": text,
        "showarrow": False, "align": "left", "font": {"size": 14},
    }  # fmt: skip


def _whiskers(rows: list[Row], key: str, factor: int) -> dict[str, Any]:
    return {
        "type": "data", "symmetric": False, "thickness": 1.3, "width": 4, "color": INK,
        "array": [factor * (row["hoog"] - row[key]) for row in rows],
        "arrayminus": [factor * (row[key] - row["laag"]) for row in rows],
    }  # fmt: skip


def _expected(labels: list[str], values: list[float]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "name": t("verwacht"), "x": values, "y": labels,
        "marker": {"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": MARK}},
        "hovertemplate": t("verwacht") + ": %{x:.0f}%<extra></extra>",
    }  # fmt: skip


def _parts(answer: metrics.Answer, rows: list[Row], names: dict[str, str]) -> dict[str, Any]:
    """Counts of two dimensions: a bar per value of the first, in parts of the second."""
    first, second = answer.dims
    labels = list(dict.fromkeys(wording.dimension(first, row[first], names) for row in rows))
    data = []
    for place, value in enumerate(dict.fromkeys(row[second] for row in rows)):
        mine = [row for row in rows if row[second] == value]
        colour = colour_of(second, value, place)
        data.append(
            {
                "type": "bar", "orientation": "h", "name": wording.dimension(second, value, names),
                "y": [wording.dimension(first, row[first], names) for row in mine],
                "x": [row["aantal"] for row in mine], "marker": {"color": colour}, "customdata": places(answer, mine),
                "text": [wording.number(row["aantal"]) for row in mine], "textposition": "inside",
                "insidetextanchor": "middle", "textangle": 0, "textfont": {"color": ink_on(colour)},
                "hovertemplate": "%{y}, %{fullData.name}: %{x}<extra></extra>",
            }
        )  # fmt: skip
    layout = sheet(56 + 44 * len(labels)) | {"barmode": "stack", "uniformtext": NO_SMALL_PRINT}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False}
    layout["xaxis"] |= scale(answer.definition)
    _name_parts(data, labels, layout)
    return {"data": data, "layout": layout}


def _name_parts(data: list[dict[str, Any]], labels: list[str], layout: dict[str, Any]) -> None:
    """Names at the first or the last bar, when that one has every part; else a legend, with a pattern per part."""
    sizes = [dict(zip(trace["y"], trace["x"], strict=True)) for trace in data]
    longest = max(sum(size.get(label, 0) for size in sizes) for label in labels)
    for label, below in ((labels[-1], True), (labels[0], False)):
        if not all(size.get(label, 0) > 0 for size in sizes):
            continue
        begin, points = 0.0, []
        for trace, size in zip(data, sizes, strict=True):
            middle = begin + size[label] / 2
            points.append(Named(middle / (1.06 * longest), middle, trace["name"]))
            begin += size[label]
        layout["annotations"], deep = named(points, below=below)
        layout["xaxis"] |= {"range": [0, 1.06 * longest]} | ({"side": "top"} if below else {})
        layout["margin"] |= {"t": 28, "b": 8 + deep} if below else {"t": 10 + deep}
        layout["height"] += deep
        return
    layout |= {"showlegend": True, "height": layout["height"] + 34}
    for place, trace in enumerate(data):
        shape = _SHAPES[place % len(_SHAPES)]
        # over the colour: by itself a pattern takes its place, and white lines on white are nothing
        pattern = {"shape": shape, "solidity": 0.2, "fgcolor": "#ffffff", "fillmode": "overlay"}
        trace["marker"] |= {"pattern": pattern}


_SHAPES = ("", "/", ".", "\\", "x", "-", "|", "+")  # a grey printer keeps them apart


def _dots(answer: metrics.Answer, rows: list[Row], names: dict[str, str]) -> dict[str, Any]:
    """Shares of two dimensions: a line per value of the first, a dot per value of the second."""
    first, second = answer.dims
    key, factor = key_of(answer.definition.soort), factor_of(answer.definition)
    data = []
    for place, value in enumerate(dict.fromkeys(row[second] for row in rows)):
        mine = [row for row in rows if row[second] == value]
        data.append(
            {
                "type": "scatter", "mode": "markers", "name": wording.dimension(second, value, names),
                "y": [wording.dimension(first, row[first], names) for row in mine],
                "x": [factor * row[key] for row in mine], "customdata": places(answer, mine),
                "marker": {"size": 11, "color": colour_of(second, value, place), "symbol": _SYMBOLS[place % 4]},
                "text": [value_text(answer.definition, row) for row in mine],
                "hovertemplate": "%{y}, %{fullData.name}: %{text}<extra></extra>",
            }
        )  # fmt: skip
    labels = dict.fromkeys(row[first] for row in rows)
    top = max(row[key] for row in rows)
    layout = sheet(66 + 32 * len(labels))
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False}
    layout["xaxis"] |= scale(answer.definition)
    if factor == 100:
        layout["xaxis"] |= {"range": [0, 104 * max(1, top)], **QUARTERS}
    _name_dots(data, layout, 104 * max(1, top) if factor == 100 else 1.06 * top)
    return {"data": data, "layout": layout}


def _name_dots(data: list[dict[str, Any]], layout: dict[str, Any], longest: float) -> None:
    """Names above the first line of dots, when each has a dot there; else a legend with the shapes."""
    label = data[0]["y"][0]
    firsts = [dict(zip(trace["y"], trace["x"], strict=True)).get(label) for trace in data]
    if any(x is None for x in firsts) or longest <= 0:
        layout |= {"showlegend": True, "height": layout["height"] + 34}
        return
    points = [
        Named(min(1.0, x / longest), x, trace["name"]) for trace, x in zip(data, firsts, strict=True) if x is not None
    ]
    layout["annotations"], deep = named(points, below=False)
    layout["xaxis"] |= {"range": [0, longest]}
    layout["margin"]["t"] = 10 + deep
    layout["height"] += deep


_SYMBOLS = ("circle", "diamond", "square", "triangle-up")  # shape tells them apart without colour
