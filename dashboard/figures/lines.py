"""Lines over time: one with its interval as a band, a few with their names at the end, many as small multiples."""

import itertools
import re
from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import (
    SMALL,
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
from dashboard.figures.palette import ACCENT, INK, colour_of, see_through
from dashboard.texts import mark, t

_TOO_FEW = mark("Waar het om minder dan {grens} mensen gaat, staat geen punt.")
_TOGETHER = 3  # more lines than this in one picture cannot be told apart
_COLUMNS = 2


def lines(answer: metrics.Answer, rows: list[Row], time: str, names: dict[str, str]) -> dict[str, Any]:
    """A line per combination of the other dimensions. `time` is jaar, kwartaal or maand.

    The axis holds every moment between the first and the last; where nothing is known the line is broken.
    """
    others = [name for name in answer.dims if name != time]
    moments = every_moment([str(row[time]) for row in rows])
    series: dict[str, list[Row]] = {}
    for row in rows:
        series.setdefault(names_of(row, others, names), []).append(row)
    if len(series) > _TOGETHER:
        return _multiples(answer, series, time, moments)
    layout = sheet(300)
    data: list[dict[str, Any]] = []
    for place, (name, mine) in enumerate(series.items()):
        colour = colour_of(others[0], mine[0][others[0]], place) if len(others) == 1 else ACCENT
        line = _line(answer, mine, time, moments, colour, name or t(answer.definition.titel))
        if len(series) == 1 and all(has_interval(row) for row in mine):
            if len(mine) == len(moments):
                data += _band(answer, mine, time, colour)
            else:  # a band cannot have holes: each moment then has its own
                line["error_y"] = _whiskers(answer, mine, time, moments)
        data.append(line)
        said = value_text(answer.definition, mine[-1])
        label = f"{name} <b>{said}</b>" if name else f"<b>{said}</b>"
        layout["annotations"].append(_name(answer, mine[-1], moments.index(str(mine[-1][time])), label))
    _apart(layout["annotations"], data)
    layout["margin"]["r"] = 16 + max(7 * len(re.sub("<[^>]+>", "", one["text"])) for one in layout["annotations"])
    layout["xaxis"] |= moment_axis(moments) | {"showgrid": False}
    layout["yaxis"] |= scale(answer.definition, rows)
    if answer.definition.soort == "aandeel" and any((row.get("noemer") or SMALL) < SMALL for row in _open(answer)):
        layout["xaxis"]["title"] = {"text": t(_TOO_FEW, grens=SMALL), "font": {"size": 12}, "standoff": 12}
        layout["height"] += 24
    return {"data": data, "layout": layout}


def _open(answer: metrics.Answer) -> list[Row]:
    """The rows whose noemer is a number, not hidden."""
    return [row for row in answer.rijen if isinstance(row.get("noemer"), int)]


def every_moment(known: list[str]) -> list[str]:
    """All years, quarters or months from the first that is known up to the last."""
    first, last = min(known), max(known)
    if "-" not in first:
        return [str(year) for year in range(int(first), int(last) + 1)]
    size, mark = (4, "K") if "-K" in first else (12, "")
    begin, end = (size * int(one[:4]) + int(one[5:].lstrip("K")) - 1 for one in (first, last))
    width = 1 if mark else 2
    return [f"{place // size}-{mark}{place % size + 1:0{width}d}" for place in range(begin, end + 1)]


def _line(
    answer: metrics.Answer, rows: list[Row], time: str, moments: list[str], colour: str, name: str
) -> dict[str, Any]:
    key, factor = key_of(answer.definition.soort), factor_of(answer.definition)
    known = {str(row[time]): (row, place) for row, place in zip(rows, places(answer, rows), strict=True)}
    shown = [known.get(moment) for moment in moments]
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": moments,
        "y": [None if one is None else factor * one[0][key] for one in shown],
        "line": {"color": colour, "width": 2.4}, "marker": {"size": 7, "color": colour}, "connectgaps": False,
        "customdata": [None if one is None else one[1] for one in shown],
        "text": ["" if one is None else value_text(answer.definition, one[0]) for one in shown],
        "hovertemplate": "%{x}: %{text}<extra>" + name + "</extra>",
    }  # fmt: skip


def _whiskers(answer: metrics.Answer, rows: list[Row], time: str, moments: list[str]) -> dict[str, Any]:
    factor, known = factor_of(answer.definition), {str(row[time]): row for row in rows}
    shown = [known.get(moment) for moment in moments]
    return {
        "type": "data", "symmetric": False, "thickness": 1.4, "width": 4, "color": INK,
        "array": [None if row is None else factor * (row["hoog"] - row["waarde"]) for row in shown],
        "arrayminus": [None if row is None else factor * (row["waarde"] - row["laag"]) for row in shown],
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


def _name(answer: metrics.Answer, row: Row, place: int, name: str) -> dict[str, Any]:
    """The name at the end of a line. `place` counts moments: a year as text would be taken for a place."""
    factor, key = factor_of(answer.definition), key_of(answer.definition.soort)
    return {
        "x": place, "y": factor * row[key], "text": name, "xanchor": "left", "xshift": 8, "showarrow": False,
        "font": {"size": 14}, "align": "left",
    }  # fmt: skip


def _apart(labels: list[dict[str, Any]], data: list[dict[str, Any]]) -> None:
    """Names at the end of lines keep a line's height between them."""
    top = max((value for trace in data for value in trace["y"] if value is not None), default=1) or 1
    step = 0.075 * top
    ordered = sorted(labels, key=lambda label: label["y"])
    for lower, upper in itertools.pairwise(ordered):
        upper["y"] = max(upper["y"], lower["y"] + step)


def moment_axis(moments: list[str]) -> dict[str, Any]:
    """Years under the axis; a quarter's tick stands at the first quarter of its year."""
    axis: dict[str, Any] = {"type": "category", "categoryorder": "array", "categoryarray": moments}
    if all("-" in moment for moment in moments):
        firsts = [moment for moment in moments if moment.endswith(("-K1", "-01"))]
        if len(firsts) > 1:
            return axis | {"tickvals": firsts, "ticktext": [moment[:4] for moment in firsts]}
        return axis | {"tickvals": moments, "ticktext": [_short(moment) for moment in moments], "nticks": 6}
    return axis


def _short(moment: str) -> str:
    if "-K" in moment:
        return t("K{nummer} {jaar}", nummer=moment[-1], jaar=moment[:4])
    return wording.month(moment)


def _multiples(answer: metrics.Answer, series: dict[str, list[Row]], time: str, moments: list[str]) -> dict[str, Any]:
    """A small picture per line, all on one scale, each with its name and last value above it."""
    depth = -(-len(series) // _COLUMNS)
    layout = sheet(30 + 100 * depth)
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
        data.append(_line(answer, mine, time, moments, ACCENT, name) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        data[-1]["marker"] = {"size": 5, "color": ACCENT}
        layout[f"xaxis{number}"] = {
            "domain": [left, left + 1 / _COLUMNS - 0.03], "anchor": f"y{number}", "fixedrange": True,
            "showgrid": False, "zeroline": False, "showticklabels": row == depth - 1 or place + _COLUMNS >= len(series),
            "tickfont": {"size": 12}, **moment_axis(moments),
        }  # fmt: skip
        layout[f"yaxis{number}"] = {
            "domain": [high - 0.78 / depth, high - 0.26 / depth], "anchor": f"x{number}", "fixedrange": True,
            "range": [0, 1.08 * top], "nticks": 3, "gridcolor": "rgba(128,140,155,0.22)", "zeroline": False,
            "showticklabels": False,
        }  # fmt: skip
        layout["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": left, "y": high - 0.02 / depth, "xanchor": "left",
                "yanchor": "top", "showarrow": False, "align": "left",
                "text": f"{name}: <b>{value_text(answer.definition, mine[-1])}</b>", "font": {"size": 14},
            }
        )  # fmt: skip
    return {"data": data, "layout": layout}
