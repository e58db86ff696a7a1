"""Lines over time: one with its interval as a band, a few with their names at the end, many as small multiples."""

import itertools
from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import (
    Row,
    factor_of,
    has_interval,
    key_of,
    names_of,
    scale,
    sheet,
    value_text,
)
from dashboard.figures.palette import ACCENT, colour_of, see_through

_TOGETHER = 3  # more lines than this in one picture cannot be told apart
_COLUMNS = 2


def lines(answer: metrics.Answer, rows: list[Row], time: str, names: dict[str, str]) -> dict[str, Any]:
    """A line per combination of the other dimensions. `time` is jaar, kwartaal or maand."""
    others = [name for name in answer.dims if name != time]
    moments = sorted({str(row[time]) for row in rows})
    series: dict[str, list[Row]] = {}
    for row in rows:
        series.setdefault(names_of(row, others, names), []).append(row)
    if len(series) > _TOGETHER:
        return _multiples(answer, series, time, moments)
    layout = sheet(300)
    data: list[dict[str, Any]] = []
    for place, (name, mine) in enumerate(series.items()):
        colour = colour_of(others[0], mine[0][others[0]], place) if len(others) == 1 else ACCENT
        if len(series) == 1 and all(has_interval(row) for row in mine):
            data += _band(answer, mine, time, colour)
        data.append(_line(answer, mine, time, colour, name or answer.definition.titel))
        if name:
            layout["annotations"].append(_name(answer, mine[-1], moments.index(str(mine[-1][time])), name, colour))
    if len(series) > 1:
        _apart(layout["annotations"], data)
        layout["margin"]["r"] = 100
    layout["xaxis"] |= _moments(moments)
    layout["yaxis"] |= scale(answer.definition)
    return {"data": data, "layout": layout}


def _line(answer: metrics.Answer, rows: list[Row], time: str, colour: str, name: str) -> dict[str, Any]:
    key, factor = key_of(answer.definition.soort), factor_of(answer.definition)
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": [str(row[time]) for row in rows],
        "y": [factor * row[key] for row in rows], "line": {"color": colour, "width": 2.2},
        "marker": {"size": 6, "color": colour}, "connectgaps": False,
        "text": [value_text(answer.definition, row) for row in rows],
        "hovertemplate": "%{x}: %{text}<extra>" + name + "</extra>",
    }  # fmt: skip


def _band(answer: metrics.Answer, rows: list[Row], time: str, colour: str) -> list[dict[str, Any]]:
    """The interval as a band behind the line."""
    factor = factor_of(answer.definition)
    moments = [str(row[time]) for row in rows]
    edge = {"type": "scatter", "mode": "lines", "x": moments, "line": {"width": 0}, "hoverinfo": "skip"}
    return [
        edge | {"y": [factor * row["laag"] for row in rows]},
        edge | {"y": [factor * row["hoog"] for row in rows], "fill": "tonexty", "fillcolor": see_through(colour, 0.16)},
    ]


def _name(answer: metrics.Answer, row: Row, place: int, name: str, colour: str) -> dict[str, Any]:
    """The name at the end of a line. `place` counts moments: a year as text would be taken for a place."""
    factor, key = factor_of(answer.definition), key_of(answer.definition.soort)
    return {
        "x": place, "y": factor * row[key], "text": name, "xanchor": "left", "xshift": 8, "showarrow": False,
        "font": {"color": colour, "size": 13}, "align": "left",
    }  # fmt: skip


def _apart(labels: list[dict[str, Any]], data: list[dict[str, Any]]) -> None:
    """Names at the end of lines keep a line's height between them."""
    top = max((value for trace in data for value in trace["y"]), default=1) or 1
    step = 0.075 * top
    ordered = sorted(labels, key=lambda label: label["y"])
    for lower, upper in itertools.pairwise(ordered):
        upper["y"] = max(upper["y"], lower["y"] + step)


def _moments(moments: list[str]) -> dict[str, Any]:
    """Years under the axis; a quarter's tick stands at the first quarter of its year."""
    axis: dict[str, Any] = {"type": "category", "categoryorder": "array", "categoryarray": moments}
    if all("-" in moment for moment in moments):
        firsts = [moment for moment in moments if moment.endswith(("-K1", "-01"))]
        if len(firsts) > 1:
            return axis | {"tickvals": firsts, "ticktext": [moment[:4] for moment in firsts]}
        return axis | {"tickvals": moments, "ticktext": [_short(moment) for moment in moments], "nticks": 6}
    return axis


def _short(moment: str) -> str:
    return f"K{moment[-1]} {moment[:4]}" if "-K" in moment else wording.month(moment)


def _multiples(answer: metrics.Answer, series: dict[str, list[Row]], time: str, moments: list[str]) -> dict[str, Any]:
    """A small picture per line, all on one scale, each with its name and last value above it."""
    depth = -(-len(series) // _COLUMNS)
    layout = sheet(30 + 92 * depth)
    layout.pop("xaxis")
    layout.pop("yaxis")
    key, factor = key_of(answer.definition.soort), factor_of(answer.definition)
    top = max(factor * row[key] for mine in series.values() for row in mine)
    data = []
    for place, (name, mine) in enumerate(series.items()):
        column, row = place % _COLUMNS, place // _COLUMNS
        number = "" if place == 0 else str(place + 1)
        left = column / _COLUMNS + (0.03 if column else 0)
        high = 1 - row / depth
        data.append(_line(answer, mine, time, ACCENT, name) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        data[-1]["marker"] = {"size": 4, "color": ACCENT}
        layout[f"xaxis{number}"] = {
            "domain": [left, left + 1 / _COLUMNS - 0.03], "anchor": f"y{number}", "fixedrange": True,
            "showgrid": False, "zeroline": False, "showticklabels": row == depth - 1 or place + _COLUMNS >= len(series),
            "tickfont": {"size": 11}, **_moments(moments),
        }  # fmt: skip
        layout[f"yaxis{number}"] = {
            "domain": [high - 0.62 / depth, high - 0.22 / depth], "anchor": f"x{number}", "fixedrange": True,
            "range": [0, 1.08 * top], "nticks": 3, "gridcolor": "rgba(128,140,155,0.22)", "zeroline": False,
            "showticklabels": False,
        }  # fmt: skip
        layout["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": left, "y": high - 0.02 / depth, "xanchor": "left",
                "yanchor": "top", "showarrow": False, "align": "left",
                "text": f"{name}: <b>{value_text(answer.definition, mine[-1])}</b>", "font": {"size": 12.5},
            }
        )  # fmt: skip
    return {"data": data, "layout": layout}
