"""The funnel of contracts on paper, as SVG text: needs no browser, and is always the same."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.figures.funnel import bounds

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 260.0, 130.0, 26.0, 16.0, 8.0
_MINE, _OTHER, _LINE = "#154273", "#5d6b7a", "#9aa7b4"
_FONT = 'font-family="Source Sans Pro, sans-serif" font-size="7.5" fill="#1b2733"'


def funnel_drawing(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], mine: str) -> str | None:
    """The contracts (rows of `insight.contracts_beside`), the own one as a diamond; None with fewer than two."""
    drawn = [row for row in rows if row["noemer"] and row["waarde"] is not None]
    if len(drawn) < 2:
        return None
    course = bounds(drawn)
    mean = drawn[0]["gemiddelde"]
    shown = [*(row["waarde"] for row in drawn), mean]
    low, high = max(0.0, min(shown) - 0.22), min(1.0, max(shown) + 0.22)
    most = course[-1][0]

    def x(n: float) -> float:
        return round(_LEFT + n / most * (_WIDTH - _LEFT - 6), 1)

    def y(value: float) -> float:
        kept = min(high, max(low, value))
        return round(_HEIGHT - _BOTTOM - (kept - low) / (high - low) * (_HEIGHT - _BOTTOM - _TOP), 1)

    parts = []
    for level, dash in (("998", "1.5 2"), ("95", "4 2")):
        for side in ("laag", "hoog"):
            points = " ".join(f"{x(n)},{y(limit[f'{side}_{level}'])}" for n, limit in course)
            style = f'fill="none" stroke="{_LINE}" stroke-width="0.8" stroke-dasharray="{dash}"'
            parts.append(f'<polyline points="{points}" {style}/>')
    line = f'x1="{x(0)}" x2="{x(most)}" y1="{y(mean)}" y2="{y(mean)}"'
    parts.append(f'<line {line} stroke="{_OTHER}" stroke-width="0.9"/>')
    for value in (low, mean, high):
        parts.append(
            f'<text x="{_LEFT - 3}" y="{y(value) + 2.5}" text-anchor="end" {_FONT}>{round(100 * value)}%</text>'
        )
    parts.append(f'<text x="{x(0)}" y="{_HEIGHT - 4}" {_FONT}>0</text>')
    end = f"{most} mensen klaar"
    parts.append(f'<text x="{x(most)}" y="{_HEIGHT - 4}" text-anchor="end" {_FONT}>{end}</text>')
    taken = [(0.0, _WIDTH, y(mean) + 2.0)]  # the line of the mean is no place for a name
    for row in sorted(drawn, key=lambda row: row["contract"] != mine):
        place = x(row["noemer"]), y(row["waarde"])
        parts += _mark(*place, names.get(row["contract"], ""), row["contract"] == mine, y(mean), taken)
    box = f'viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _mark(x: float, y: float, name: str, mine: bool, mean: float, taken: list[tuple[float, float, float]]) -> list[str]:
    """The sign and its name, on the side away from the mean and clear of the names that are there already."""
    long, middle = 3.9 * len(name), "end" if x > _WIDTH * 0.7 else "middle"
    over, under = (middle, x, y - 6), (middle, x, y + 12)
    beside = [("end", x - 6, y + 2.5), ("start", x + 6, y + 2.5)]
    spots = [over, *beside, under] if y <= mean else [under, *beside, over]
    begins = {"end": long, "middle": long / 2, "start": 0.0}
    free = [
        (anchor, left, line) for anchor, left, line in spots
        if left - begins[anchor] > 0 and left - begins[anchor] + long < _WIDTH
        and all(
            abs(line - other) > 6.5 or left - begins[anchor] + long < begin or left - begins[anchor] > end
            for begin, end, other in taken
        )
    ]  # fmt: skip
    anchor, left, line = free[0] if free else spots[0]
    taken.append((left - begins[anchor], left - begins[anchor] + long, line))
    text = f'<text x="{left:.1f}" y="{line:.1f}" text-anchor="{anchor}" {_FONT}>{escape(name)}</text>'
    if mine:
        points = f"{x},{y - 4:.1f} {x + 4:.1f},{y} {x},{y + 4:.1f} {x - 4:.1f},{y}"
        return [f'<polygon points="{points}" fill="{_MINE}"/>', text]
    return [f'<circle cx="{x}" cy="{y}" r="2.4" fill="{_OTHER}"/>', text]
