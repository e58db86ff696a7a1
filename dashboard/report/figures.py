"""Charts of a report: plain plotly dictionaries, drawn in one batch, with ids that are the same every time."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard import wording

ACCENT, SOFT, INK, GRID = "#154273", "#8fa9c6", "#1b2733", "#d9e0e7"
_WIDTH, _HEIGHT = 640, 300
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def value_text(definition: Any, row: dict[str, Any]) -> str:
    """The value of a row as a reader sees it."""
    soort = definition.soort
    if soort == "aandeel":
        return wording.share(row)
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")
    return wording.cell(key, row.get(key), definition)


def bars(definition: Any, labels: Sequence[str], rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Horizontal bars, with a line for the interval of a share. Hidden rows stay out; None when none is left."""
    soort = definition.soort
    key = "aantal" if soort == "aantal" else "waarde"
    shown = [
        (name, row) for name, row in zip(labels, rows, strict=True)
        if isinstance(row.get(key), int | float) and not (soort == "aandeel" and row["noemer"] < 20)
    ]  # fmt: skip
    if not shown:
        return None
    factor = 100 if soort in ("aandeel", "verhouding", "incidentie") else 1
    names = [name for name, _ in shown]
    values = [factor * row[key] for _, row in shown]
    trace: dict[str, Any] = {
        "type": "bar", "orientation": "h", "x": values, "y": names, "marker": {"color": ACCENT},
        "text": [value_text(definition, row) for _, row in shown], "textposition": "auto",
        "insidetextfont": {"color": "white"}, "outsidetextfont": {"color": INK},
    }  # fmt: skip
    if soort == "aandeel" and all(isinstance(row.get("laag"), float) for _, row in shown):
        trace["textposition"] = "inside"
        trace["insidetextanchor"] = "start"
        trace["error_x"] = {
            "type": "data", "symmetric": False, "color": INK, "thickness": 1.2,
            "array": [100 * row["hoog"] - value for (_, row), value in zip(shown, values, strict=True)],
            "arrayminus": [value - 100 * row["laag"] for (_, row), value in zip(shown, values, strict=True)],
        }  # fmt: skip
    axis = {"gridcolor": GRID, "zeroline": False, "rangemode": "tozero", "ticksuffix": " %" if factor == 100 else ""}
    if factor == 100:
        axis["range"] = [0, 100]  # pyright: ignore[reportArgumentType]
    layout = {
        "width": _WIDTH, "height": max(140, 60 + 34 * len(shown)), "paper_bgcolor": "white", "plot_bgcolor": "white",
        "font": {"family": "Source Sans Pro, sans-serif", "size": 13, "color": INK}, "separators": ",.",
        "margin": {"l": 10, "r": 20, "t": 10, "b": 30}, "xaxis": axis,
        "yaxis": {"automargin": True, "autorange": "reversed", "type": "category"}, "showlegend": False,
    }  # fmt: skip
    return {"data": [trace], "layout": layout}


def browser() -> str | None:
    """The browser that draws charts, or None."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def draw(charts: Sequence[dict[str, Any]]) -> list[str] | None:
    """Every chart as SVG text, in one batch; None without a browser, then a report has tables only."""
    if not charts:
        return []
    if browser() is None:
        return None
    import kaleido

    with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
        paths = [Path(folder) / f"{number}.svg" for number in range(len(charts))]
        kaleido.write_fig_from_object_sync(
            [
                {
                    "fig": chart, "path": path,
                    "opts": {"format": "svg", "width": _WIDTH, "height": chart["layout"]["height"]},
                }
                for chart, path in zip(charts, paths, strict=True)
            ],
            kopts={"n": 1},
        )  # fmt: skip
        return [_renumber(path.read_text(encoding="utf-8")) for path in paths]


def _renumber(svg: str) -> str:
    """plotly gives random ids; numbered in order of appearance the same chart is the same text."""
    found = list(dict.fromkeys(re.findall(r'id="([^"]+)"', svg)))
    for number, old in enumerate(sorted(found, key=len, reverse=True)):
        svg = re.sub(rf"(?<=[\"#]){re.escape(old)}(?=[\"')])", f"__{number}__", svg)
    order = list(dict.fromkeys(re.findall(r"__\d+__", svg)))
    for number, mark in enumerate(order):
        svg = svg.replace(mark, f"n{number}")
    return re.sub(r'class="([^"]*?)[0-9a-f]{6}([^"]*)"', r'class="\1\2"', svg)
