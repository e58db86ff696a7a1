"""A funnel of suppliers: what each reached against how many cases it has, with what chance alone would do around it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import wording
from dashboard.figures.base import sheet
from dashboard.figures.palette import ACCENT, see_through
from dashboard.texts import mark, t
from metrics import insight

_STEPS = 40
_OTHER = "#5d6b7a"
_BANDS = (("998", "dot", mark("grens 99,8 %")), ("95", "dash", mark("grens 95 %")))


def bounds(rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, dict[str, float]]]:
    """The control limits from the fewest to the most cases, on a modest number of places."""
    mean, most = rows[0]["gemiddelde"], max(row["noemer"] for row in rows)
    places = sorted({max(5, round(most * 1.08 * step / _STEPS)) for step in range(1, _STEPS + 1)})
    return [(n, insight.limits(mean, n)) for n in places]


def funnel_chart(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], mine: str) -> dict[str, Any] | None:
    """The contracts of one comparison (rows of `insight.contracts_beside`), the own one marked; None with fewer than
    two to draw."""
    drawn = [row for row in rows if row["noemer"] and row["waarde"] is not None]
    if len(drawn) < 2:
        return None
    course = bounds(drawn)
    traces: list[dict[str, Any]] = []
    for level, dash, name in _BANDS:
        for side in ("laag", "hoog"):
            traces.append(
                {
                    "type": "scatter", "mode": "lines", "name": t(name), "hoverinfo": "skip",
                    "x": [n for n, _ in course], "y": [100 * limit[f"{side}_{level}"] for _, limit in course],
                    "line": {"color": see_through(_OTHER, 0.75), "width": 1.2, "dash": dash},
                    "showlegend": side == "laag",
                }
            )  # fmt: skip
    mean = 100 * drawn[0]["gemiddelde"]
    traces.append(
        {
            "type": "scatter", "mode": "lines", "name": t("gemiddelde"), "hoverinfo": "skip",
            "x": [course[0][0], course[-1][0]], "y": [mean, mean], "line": {"color": _OTHER, "width": 1.4},
        }
    )  # fmt: skip
    for own in (False, True):
        chosen = [row for row in drawn if (row["contract"] == mine) == own]
        if not chosen:
            continue
        labels = [names.get(row["contract"], row["contract"]) for row in chosen]
        traces.append(
            {
                "type": "scatter", "mode": "markers+text", "name": t("dit contract") if own else t("andere contracten"),
                "x": [row["noemer"] for row in chosen], "y": [100 * row["waarde"] for row in chosen],
                "text": labels, "textposition": [_side(row, drawn) for row in chosen],
                "hovertext": [f"{label}: {wording.share(row)}" for label, row in zip(labels, chosen, strict=True)],
                "hoverinfo": "text", "cliponaxis": False,
                "marker": {
                    "color": ACCENT if own else _OTHER, "size": 14 if own else 9,
                    "symbol": "diamond" if own else "circle",
                },
            }
        )  # fmt: skip
    layout = sheet(340, legend=True)
    values = [100 * row["waarde"] for row in drawn]
    layout["yaxis"] |= {"ticksuffix": t(" %"), "range": [max(0, min([*values, mean]) - 25), min(104, max(values) + 25)]}
    layout["xaxis"] |= {"title": {"text": t("aantal dat klaar is")}, "rangemode": "tozero"}
    return {"data": traces, "layout": layout}


def _side(row: Mapping[str, Any], drawn: Sequence[Mapping[str, Any]]) -> str:
    """Where a name stands: away from the mean, and from a neighbour that is near."""
    above = row["waarde"] >= row["gemiddelde"]
    most = max(one["noemer"] for one in drawn)
    near = [
        one for one in drawn
        if one is not row and abs(one["noemer"] - row["noemer"]) < 0.16 * most
        and abs(one["waarde"] - row["waarde"]) < 0.06
    ]  # fmt: skip
    if near and any(one["waarde"] > row["waarde"] for one in near):
        above = False
    end = "left" if row["noemer"] > 0.85 * most else "center"
    return f"{'top' if above else 'bottom'} {end}"
