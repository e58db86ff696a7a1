"""Charts of a report: plain plotly dictionaries, drawn in one batch, with ids that are the same every time."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import metrics
from dashboard import wording
from dashboard.figures import chart

_INK, _GRID = "#1b2733", "#d9e0e7"
_WIDTH = 640
_FONT = "Source Sans Pro, sans-serif"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def value_text(definition: Any, row: dict[str, Any]) -> str:
    """The value of a row as a reader sees it."""
    if definition.soort == "aandeel":
        return wording.share(row)
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(definition.soort, "waarde")
    return wording.cell(key, row.get(key), definition)


def on_paper(answer: metrics.Answer, names: dict[str, str]) -> dict[str, Any] | None:
    """The chart of the screen, dressed for paper; None when there is nothing to draw."""
    drawn = chart(answer, names)
    if drawn is None:
        return None
    layout = drawn["layout"]
    layout |= {
        "width": _WIDTH, "paper_bgcolor": "white", "plot_bgcolor": "white",
        "font": {"family": _FONT, "size": 13, "color": _INK},
    }  # fmt: skip
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            axis["gridcolor"] = _GRID
    return drawn


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
