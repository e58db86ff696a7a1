"""What happened after how long: a line per end, with its name, and under the axis how many were still followed."""

import itertools
from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import Row, sheet
from dashboard.figures.palette import SOFT, colour_of, see_through
from dashboard.texts import t

FEWEST = 5  # where fewer are still followed, the line says nothing about a group any more
_WEEK, _MONTH = 7, 30.4375
_APART = 6.5  # percentage points between two names at the end of lines
_NOT_SHOWN = 0.005


def curve_chart(answer: metrics.Answer) -> dict[str, Any] | None:
    """From an answer of `metrics.curve`; None when fewer than five people are known."""
    known = [row for row in answer.rijen if row["waarde"] is not None and row["in_risico"] >= FEWEST]
    if not known:
        return None
    longest = max(row["horizon"] for row in answer.rijen)
    weeks = longest <= 30 * _WEEK
    unit = _WEEK if weeks else _MONTH
    ends = [*answer.definition.einden, *({row["einde"] for row in known} - set(answer.definition.einden))]
    layout = sheet(360)
    data: list[dict[str, Any]] = []
    for place, end in enumerate(ends):
        mine = [row for row in known if row["einde"] == end]
        if end not in answer.definition.einden or max(row["waarde"] for row in mine) < _NOT_SHOWN:
            continue
        colour = colour_of("einde", end, place)
        if place == 0:
            data += _band(mine, unit, colour)
        data.append(_line(mine, end, unit, colour))
        layout["annotations"].append(_name(mine[-1], unit))
    _spread(layout["annotations"])
    ticks = list(range(0, round(longest / unit) + 1, 4 if weeks else 6))
    layout["annotations"] += _followed([row for row in answer.rijen if row["einde"] == ends[0]], ticks, unit)
    layout["xaxis"] |= {
        "range": [0, longest / unit], "tickvals": ticks, "showgrid": False,
        "title": {"text": t("weken") if weeks else t("maanden"), "font": {"size": 13}, "standoff": 6},
    }  # fmt: skip
    top = max(row["hoog"] or row["waarde"] for row in known if row["einde"] != "nog bezig")
    layout["yaxis"] |= {"range": [0, 102 if top > 0.5 else 105 * top], "ticksuffix": "%", "nticks": 5}
    layout["margin"] |= {"r": 14 + 7 * max(len(one["text"]) - 7 for one in layout["annotations"]), "b": 92}
    return {"data": data, "layout": layout}


def _line(rows: list[Row], end: str, unit: float, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "name": t(end), "line": {"color": colour, "width": 2.4, "shape": "hv"},
        "x": [row["horizon"] / unit for row in rows], "y": [100 * row["waarde"] for row in rows],
        "text": [wording.percentage(row["waarde"]) for row in rows],
        "hovertemplate": t("na {x}: {deel}", x="%{x:.0f}", deel="%{text}") + "<extra>" + t(end) + "</extra>",
    }  # fmt: skip


def _band(rows: list[Row], unit: float, colour: str) -> list[dict[str, Any]]:
    sure = [row for row in rows if row["laag"] is not None]
    edge = {
        "type": "scatter", "mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip",
        "x": [row["horizon"] / unit for row in sure], "showlegend": False,
    }  # fmt: skip
    return [
        edge | {"y": [100 * row["laag"] for row in sure]},
        edge | {"y": [100 * row["hoog"] for row in sure], "fill": "tonexty", "fillcolor": see_through(colour, 0.16)},
    ]


def _name(row: Row, unit: float) -> dict[str, Any]:
    return {
        "x": row["horizon"] / unit, "y": 100 * row["waarde"], "xanchor": "left", "xshift": 6, "showarrow": False,
        "text": f"{t(row['einde'])} <b>{wording.percentage(row['waarde'])}</b>", "font": {"size": 14},
        "align": "left",
    }  # fmt: skip


def _spread(labels: list[dict[str, Any]]) -> None:
    for lower, upper in itertools.pairwise(sorted(labels, key=lambda one: one["y"])):
        upper["y"] = max(upper["y"], lower["y"] + _APART)


def _followed(rows: list[Row], ticks: list[int], unit: float) -> list[dict[str, Any]]:
    """Under each tick how many were still followed then; few are not counted out."""
    text = {"yref": "paper", "y": 0, "yanchor": "top", "showarrow": False, "font": {"size": 13, "color": SOFT}}
    found = [text | {"xref": "paper", "x": 0, "xanchor": "left", "yshift": -46, "text": t("nog gevolgd (mensen)")}]
    for tick in ticks:
        row = min(rows, key=lambda one: abs(one["horizon"] - tick * unit))
        many = wording.number(row["in_risico"]) if row["in_risico"] >= FEWEST else f"<{FEWEST}"
        found.append(text | {"x": tick, "yshift": -66, "text": many})
    return found
