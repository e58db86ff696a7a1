"""Names that stand at what they name, each with a thin line to it, instead of in a legend.

The width of a screen is not known here. Names are placed for a narrow one; on a wider one the same names only move
further apart, because each stands with its own end at its line.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import QUIET

_NARROW = 225  # what a phone leaves for the marks
_LETTER = 7.0
LINE = 19  # height of a row of names
_CLEAR = 7  # between two names, and between a name and the line of another
_BEGIN = 8  # from the marks to the first row
_TOUCH = 9  # from the edge of the chart to the last bar
_ASIDE = 60  # what the names of the bars leave free under them
_MOST = 7  # of more names only the plain ways are tried


@dataclass(frozen=True)
class Named:
    """A place from 0 to 1 along the axis, where it is on that axis, and what stands there."""

    part: float
    x: float
    text: str


@dataclass(frozen=True)
class _Spot:
    at: float
    begin: float
    end: float


def named(points: Sequence[Named], *, below: bool) -> tuple[list[dict[str, Any]], int]:
    """The names as annotations under (or above) all marks, and the height that they take."""
    if not points:
        return [], 0
    lefts, rows = _placed(sorted(points, key=lambda one: one.part))
    deep = _BEGIN + LINE * (1 + max(rows.values()))
    return [_annotation(one, rows[one], left=one in lefts, below=below) for one in points], deep


def _placed(points: Sequence[Named]) -> tuple[set[Named], dict[Named, int]]:
    """Which names run to the right from their line, and the row of each: of all that fit, with the fewest rows."""
    sides = list(itertools.product((True, False), repeat=len(points))) if len(points) <= _MOST else []
    sides += [tuple(place < turn for place in range(len(points))) for turn in range(len(points) + 1)]
    best: tuple[float, tuple[bool, ...], list[int]] | None = None
    for side in sides:
        spots = [_spot(one, left) for one, left in zip(points, side, strict=True)]
        rows = _rows(spots)
        if rows is None:
            continue
        outside = sum(max(0.0, spot.end - _NARROW) + max(0.0, -_ASIDE - spot.begin) for spot in spots)
        turned = sum(left != (one.part <= 0.5) for one, left in zip(points, side, strict=True))
        cost = 100 * outside + 10 * max(rows) + turned
        if best is None or cost < best[0]:
            best = cost, side, rows
    assert best is not None  # all to the right, each further left is one row deeper
    return {one for one, left in zip(points, best[1], strict=True) if left}, dict(zip(points, best[2], strict=True))


def _spot(one: Named, left: bool) -> _Spot:
    long, at = _LETTER * len(re.sub("<[^>]+>", "", one.text)), one.part * _NARROW
    return _Spot(at, at, at + long) if left else _Spot(at, at - long, at)


def _rows(spots: Sequence[_Spot]) -> list[int] | None:
    """The row of each, so that no name stands over another name or the line of another; None when that cannot be."""
    rows = [0] * len(spots)
    for _ in range(len(spots) + 1):
        before = list(rows)
        for place, one in enumerate(spots):
            for other_place, other in enumerate(spots):
                begin = one.begin - _CLEAR * (one.begin < one.at)  # a name begins at its own line, which may be near
                end = one.end + _CLEAR * (one.end > one.at)
                same = other.at == one.at and other_place < place  # two at one place: one name under the other
                if place != other_place and (begin < other.at < end or same):
                    rows[place] = max(rows[place], rows[other_place] + 1)  # the other's line ends before this name
        if rows == before:
            break
    else:
        return None
    for (one, row), (other, its) in itertools.combinations(zip(spots, rows, strict=True), 2):
        if row == its and one.begin < other.end + _CLEAR and other.begin < one.end + _CLEAR:
            return None
    return rows


def _annotation(one: Named, row: int, *, left: bool, below: bool) -> dict[str, Any]:
    away, touch = _BEGIN + LINE * row, _TOUCH if below else 0
    return {
        "x": one.x, "xref": "x", "y": 0 if below else 1, "yref": "paper", "yshift": touch, "ax": 0,
        "ay": away + touch if below else -away,
        "xanchor": "left" if left else "right", "yanchor": "top" if below else "bottom", "text": one.text,
        "align": "left" if left else "right", "showarrow": True, "arrowhead": 0, "arrowwidth": 1,
        "arrowcolor": QUIET, "standoff": 0, "borderpad": 1, "font": {"size": 13}, "name": "naam",
    }  # fmt: skip
