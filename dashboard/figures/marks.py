"""What happened, as a thin line through a chart over time with its name above it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.figures.palette import INK

_MOST = 5
_LONGEST = 30  # letters of a name
_LINE = 17  # height of a row of names
_LETTER = 6.2
_WIDTH = 520  # about what a chart has for its moments


def marked(drawn: dict[str, Any], events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The same chart with the last few events on its axis; small multiples stay as they are."""
    layout = drawn["layout"]
    moments = layout.get("xaxis", {}).get("categoryarray")
    if not events or not moments or "xaxis2" in layout:
        return drawn
    places = [(place_of(one["datum"], moments), one["titel"]) for one in events]
    shown = [(place, title) for place, title in places if place is not None][-_MOST:]
    if not shown:
        return drawn
    shapes, names, ends = [], [], list[float]()
    step = _WIDTH / max(len(moments) - 1, 1)
    for place, title in shown:
        text = title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
        left = place > (len(moments) - 1) / 2  # a name near the end runs to the left
        width = _LETTER * len(text)
        begin = place * step - width if left else place * step
        row = next((row for row, end in enumerate(ends) if end < begin), len(ends))
        ends[row : row + 1] = [begin + width + 10]
        shapes.append(
            {"type": "line", "xref": "x", "yref": "paper", "x0": place, "x1": place, "y0": 0, "y1": 1,
             "line": {"color": INK, "width": 1, "dash": "dot"}, "layer": "below"}
        )  # fmt: skip
        names.append(
            {"xref": "x", "yref": "paper", "x": place, "y": 1, "yanchor": "bottom", "yshift": _LINE * row + 1,
             "xanchor": "right" if left else "left", "text": text, "showarrow": False, "font": {"size": 11.5}}
        )  # fmt: skip
    room = _LINE * len(ends) + 6
    margin = {**layout["margin"], "t": layout["margin"].get("t", 10) + room}
    wider = {"shapes": [*layout.get("shapes", ()), *shapes], "annotations": [*layout.get("annotations", ()), *names]}
    return drawn | {"layout": layout | wider | {"margin": margin, "height": layout["height"] + room}}


def place_of(day: date, moments: Sequence[str]) -> float | None:
    """Where a day lies among years, quarters or months, each of which is one wide around its number; None outside."""
    moment, part = _inside(day, moments[0])
    if moment not in moments:
        return None
    return moments.index(moment) - 0.5 + part


def _inside(day: date, example: str) -> tuple[str, float]:
    """The moment that a day lies in, and how far in it."""
    if "-K" in example:
        quarter = (day.month - 1) // 3
        first = date(day.year, 3 * quarter + 1, 1)
        return f"{day.year}-K{quarter + 1}", (day - first).days / 92
    if "-" in example:
        return f"{day.year}-{day.month:02d}", (day.day - 1) / 31
    return str(day.year), (day - date(day.year, 1, 1)).days / 366
