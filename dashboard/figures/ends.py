"""Competing ends: at each horizon the shares of all ends and of who is under way, which are together the whole."""

from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import NO_SMALL_PRINT, Row, places, sheet
from dashboard.figures.names import Named, named
from dashboard.figures.palette import colour_of, ink_on
from dashboard.texts import t

_SHOWN = 0.005  # less is 0% in words, and a line wide
_LEGIBLE = 0.06  # a smaller part has no room for its number


def ends(answer: metrics.Answer, rows: list[Row]) -> dict[str, Any]:
    """Stacked bars, one per horizon; the ends stand as the definition has them, who is under way comes last."""
    order = answer.definition.einden
    known = [end for end in order if any(row["einde"] == end for row in rows)]
    known += [end for end in dict.fromkeys(row["einde"] for row in rows) if end not in known]
    horizons = list(dict.fromkeys(row["horizon"] for row in rows))
    data = []
    for place, end in enumerate(known):
        mine = [row for row in rows if row["einde"] == end]
        colour = colour_of("einde", end, place)
        data.append(
            {
                "type": "bar", "orientation": "h", "name": t(end),
                "y": [t("na {tijd}", tijd=wording.horizon(row["horizon"])) for row in mine],
                "x": [100 * row["waarde"] for row in mine],
                "marker": {"color": colour, "line": {"color": "#ffffff", "width": 0.6}},
                "customdata": places(answer, mine),
                "text": [wording.percentage(row["waarde"]) if row["waarde"] >= _LEGIBLE else "" for row in mine],
                "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
                "textfont": {"color": ink_on(colour)},
                "hovertemplate": "%{y}, %{fullData.name}: %{x:.0f}%<extra></extra>",
            }
        )  # fmt: skip
    layout = sheet(70 + 46 * len(horizons))
    layout |= {"barmode": "stack", "uniformtext": NO_SMALL_PRINT}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False}
    layout["xaxis"] |= {"range": [0, 100.4], "ticksuffix": "%", "dtick": 25, "side": "top"}
    layout["annotations"], deep = named(_last(known, rows, horizons[-1]), below=True)
    layout["margin"] |= {"t": 28, "b": 8 + deep}
    layout["height"] += deep
    return {"data": data, "layout": layout}


def _last(known: list[str], rows: list[Row], horizon: int) -> list[Named]:
    """The names of the parts of the last bar; a part without room for its number has it beside its name."""
    begin, found = 0.0, []
    for end in known:
        share = next((row["waarde"] for row in rows if row["einde"] == end and row["horizon"] == horizon), 0.0)
        if share >= _SHOWN:
            middle = begin + share / 2
            number = "" if share >= _LEGIBLE else f" <b>{wording.percentage(share)}</b>"
            found.append(Named(middle, 100 * middle, f"{t(end)}{number}"))
        begin += share
    return found
