"""From an answer to a chart. What is hidden or unknown is not drawn; under twenty people no percentage is drawn."""

from collections.abc import Sequence
from typing import Any

import metrics
from dashboard.figures.bars import bars
from dashboard.figures.base import drawable
from dashboard.figures.ends import ends
from dashboard.figures.lines import lines
from dashboard.figures.marks import marked

_MOST_BARS = 24
_TIMES = ("maand", "kwartaal", "jaar")


def chart(
    answer: metrics.Answer, names: dict[str, str], events: Sequence[dict[str, Any]] = ()
) -> dict[str, Any] | None:
    """A line over time when a time is among the dimensions, else bars; None when there is nothing to draw. `events`
    (datum, titel) are marked on a chart over time."""
    rows = [row for row in answer.rijen if drawable(answer.definition.soort, row)]
    if len(rows) < 2:
        return None
    if answer.definition.soort == "incidentie":
        return ends(answer, rows) if not answer.dims else None
    time = next((name for name in _TIMES if name in answer.dims), None)
    if time is not None and len(answer.dims) <= 3 and len({row[time] for row in rows}) > 1:
        return marked(lines(answer, rows, time, names), events)
    if len(rows) > _MOST_BARS or not answer.dims:
        return None  # a table says more than a forest of bars
    return bars(answer, rows, names)
