"""A figure over the quarters beside its ordinary ups and downs (XmR): what lies outside asks for an explanation."""

from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import FONT, factor_of, scale, sheet
from dashboard.figures.lines import moment_axis
from dashboard.figures.palette import ACCENT, INK, MARK, QUIET, see_through
from dashboard.texts import t
from metrics import insight


def course_chart(course: insight.Course, definition: metrics.Definition) -> dict[str, Any] | None:
    """The quarters, the mean, the ordinary limits, and a ring around each signal. Hollow: can still change.

    None with fewer than two known quarters.
    """
    points = course.punten
    if sum(one.waarde is not None for one in points) < 2:
        return None
    factor, card = factor_of(definition), course.kaart
    quarters = [one.kwartaal for one in points]
    values = [None if one.waarde is None else factor * one.waarde for one in points]
    said = ["" if one.waarde is None else _text(one.waarde, definition) for one in points]
    layout = sheet(300)
    signals = {mark.plaats: mark.regel for mark in card.signalen}
    data: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines+markers", "x": quarters, "y": values, "name": t(definition.titel),
            "line": {"color": ACCENT, "width": 2}, "text": said, "hovertemplate": "%{x}: %{text}<extra></extra>",
            "marker": {
                "size": 8, "color": ["#ffffff" if one.voorlopig else ACCENT for one in points],
                "line": {"color": ACCENT, "width": 2},
            },
        }
    ]  # fmt: skip
    if signals:
        data.append(
            {
                "type": "scatter", "mode": "markers", "name": t("signaal"),
                "hovertemplate": "%{x}: %{text}<extra></extra>",
                "x": [quarters[place] for place in signals], "y": [values[place] for place in signals],
                "text": [f"{said[place]}, {t(rule)}" for place, rule in signals.items()],
                "marker": {"size": 17, "symbol": "circle-open", "color": MARK, "line": {"width": 3}},
            }
        )  # fmt: skip
    if card.midden is not None and card.laag is not None and card.hoog is not None:
        layout["shapes"] = [
            _across("rect", factor * card.laag, factor * card.hoog)
            | {"fillcolor": see_through(QUIET, 0.13), "line": {"width": 0}},
            _across("line", factor * card.midden, factor * card.midden)
            | {"line": {"color": QUIET, "width": 1.4, "dash": "dash"}},
        ]
        layout["annotations"] = [
            _aside(factor * card.hoog, t("gewoon tot {waarde}", waarde=_text(card.hoog, definition))),
            _aside(factor * card.midden, t("gemiddeld {waarde}", waarde=_text(card.midden, definition))),
            _aside(factor * card.laag, t("gewoon vanaf {waarde}", waarde=_text(card.laag, definition))),
        ]
        layout["margin"]["r"] = 20 + max(7 * len(one["text"]) for one in layout["annotations"])
    layout["xaxis"] |= moment_axis(quarters) | {"showgrid": False}
    layout["yaxis"] |= scale(definition)
    return {"data": data, "layout": layout}


def _text(value: float, definition: metrics.Definition) -> str:
    key = "aantal" if definition.soort == "aantal" else "waarde"
    return wording.number(round(value)) if key == "aantal" else wording.cell(key, value, definition)


def _across(kind: str, low: float, high: float) -> dict[str, Any]:
    return {"type": kind, "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": low, "y1": high, "layer": "below"}


def _aside(value: float, text: str) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "yref": "y", "y": value, "text": text,
        "showarrow": False, "font": {"size": 13, "color": INK, "family": FONT}, "align": "left",
    }  # fmt: skip
