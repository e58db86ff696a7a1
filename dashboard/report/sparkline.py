"""A small chart of one KPI over the quarters as SVG text: value, interval, norm. Needs no browser; always the same."""

from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT, _PAD = 180.0, 62.0, 5.0
_VALUE, _BAND, _NORM = "#154273", "#c5d3e3", "#b3541e"


def sparkline(verdicts: Sequence[Any]) -> str | None:
    """The verdicts of one KPI in the order of the quarters; None when there is no value to draw. A quarter without a
    value is a gap. The norm is that of its time."""
    known = [
        number
        for one in verdicts
        for number in ((one.waarde, one.laag, one.hoog, one.norm) if one.waarde is not None else ())
        if number is not None
    ]
    if not known:
        return None
    low, high = min(known), max(known)
    if high == low:
        low, high = low - 0.5 * (abs(low) or 1), high + 0.5 * (abs(high) or 1)
    width = (_WIDTH - 2 * _PAD) / max(len(verdicts) - 1, 1)

    def x(place: float) -> str:
        return f"{_PAD + place * width:.1f}"

    def y(value: float) -> str:
        return f"{_HEIGHT - _PAD - (value - low) / (high - low) * (_HEIGHT - 2 * _PAD):.1f}"

    parts = []
    for place, one in enumerate(verdicts):
        if one.waarde is not None and one.laag is not None and one.hoog is not None:
            line = f'x1="{x(place)}" x2="{x(place)}" y1="{y(one.laag)}" y2="{y(one.hoog)}"'
            parts.append(f'<line {line} stroke="{_BAND}" stroke-width="5"/>')
    for place, one in enumerate(verdicts):
        if one.norm is not None and low <= one.norm <= high:
            line = f'x1="{x(place - 0.5)}" x2="{x(place + 0.5)}" y1="{y(one.norm)}" y2="{y(one.norm)}"'
            parts.append(f'<line {line} stroke="{_NORM}" stroke-width="1.2" stroke-dasharray="3 2"/>')
    for run in _runs(verdicts):
        points = " ".join(f"{x(place)},{y(value)}" for place, value in run)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{_VALUE}" stroke-width="1.4"/>')
        parts += [f'<circle cx="{x(place)}" cy="{y(value)}" r="1.8" fill="{_VALUE}"/>' for place, value in run]
    box = f'viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _runs(verdicts: Sequence[Any]) -> list[list[tuple[int, float]]]:
    """Stretches of quarters that follow each other with a value."""
    runs: list[list[tuple[int, float]]] = []
    for place, one in enumerate(verdicts):
        if one.waarde is None:
            continue
        if not runs or runs[-1][-1][0] != place - 1:
            runs.append([])
        runs[-1].append((place, one.waarde))
    return runs
