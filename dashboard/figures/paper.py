"""A chart dressed to stand alone: with its title, what it says, of when and of how many, and where it comes from."""

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.figures.palette import GRID, INK, SOFT
from dashboard.texts import mark, t

WIDTH = 900
FONT = "Source Sans Pro, Segoe UI, Roboto, Arial, sans-serif"
EXAMPLE = mark("VOORBEELD: verzonnen gegevens")
_EDGE, _LINE = 24, 18  # the white around everything; the height of a line of small print
_AXIS = 44  # what the labels under the chart take


def on_white(drawn: dict[str, Any], width: int) -> dict[str, Any]:
    """The chart of the screen in ink on white, without anything around it."""
    layout = drawn["layout"] | {
        "width": width, "paper_bgcolor": "white", "plot_bgcolor": "white",
        "font": {"family": FONT, "size": 13, "color": INK},
    }  # fmt: skip
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            layout[name] = axis | {"gridcolor": GRID}
    return drawn | {"layout": layout}


def alone(drawn: dict[str, Any], *, title: str, said: str, notes: Sequence[str], example: bool) -> dict[str, Any]:
    """The chart between a heading (title, sentence) and small print; `example` marks invented data."""
    sheet = on_white(drawn, WIDTH)
    layout = sheet["layout"]
    head = [f"<b>{escape(line, quote=False)}</b>" for line in textwrap.wrap(title, 42 if example else 60)]
    sentence = textwrap.wrap(said, 98)
    small = [line for note in notes for line in textwrap.wrap(note, 120)]
    above = _EDGE + 26 * len(head) + 20 * len(sentence) + 14 + (34 if layout.get("showlegend") else 0)
    under = max(_AXIS, drawn["layout"]["margin"]["b"] + 10)  # names under the marks come before the small print
    below = under + _LINE * len(small) + 14
    left = _left(drawn)
    margin = drawn["layout"]["margin"]
    layout["margin"] = {"l": left, "r": max(margin["r"], _EDGE), "t": above + margin["t"], "b": below}
    layout["height"] = drawn["layout"]["height"] + above + below - margin["b"]
    text = {"xref": "paper", "yref": "paper", "x": 0, "showarrow": False, "align": "left", "xanchor": "left"}
    layout["title"] = {
        "text": "<br>".join(head), "x": _EDGE / WIDTH, "xanchor": "left", "xref": "container", "yref": "container",
        "y": 1 - _EDGE / layout["height"], "yanchor": "top", "font": {"size": 21, "color": INK},
        "subtitle": {
            "text": "<br>".join(escape(line, quote=False) for line in sentence), "font": {"size": 15, "color": INK},
        },
    }  # fmt: skip
    layout["annotations"] = [
        *drawn["layout"].get("annotations", ()),
        text | {
            "text": "<br>".join(escape(line, quote=False) for line in small), "y": 0, "yanchor": "top",
            "yshift": -under, "xshift": _EDGE - left, "font": {"size": 12, "color": SOFT},
        },
    ]  # fmt: skip
    if example:
        layout["annotations"].append(
            text | {
                "text": f"<b>{t(EXAMPLE)}</b>", "x": 1, "y": 1, "xanchor": "right", "yanchor": "top",
                "yshift": above + margin["t"] - _EDGE, "xshift": layout["margin"]["r"] - _EDGE,
                "bgcolor": "#fff3cd", "borderpad": 5, "font": {"size": 12, "color": "#5c4400"},
            }
        )  # fmt: skip
    return sheet


def _left(drawn: dict[str, Any]) -> int:
    """The room that the names beside the bars ask; plotly makes it larger when this is too little."""
    names = [value for trace in drawn["data"] for value in trace.get("y", ()) if isinstance(value, str)]
    return _EDGE + (12 + 7 * max(map(len, names)) if names else 46)


def described(svg: str, title: str, text: str) -> str:
    """The SVG with a name and a description that a screen reader tells."""
    words = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>"
    start = svg.index(">") + 1
    return f'{svg[: start - 1]} role="img">{words}{svg[start:]}'
