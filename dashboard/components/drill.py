"""From what one sees to what lies behind it: addresses only, so that a link, a key and a click do the same."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import metrics
from dashboard.state import FILTERS, View

_NEXT = ("leerroute", "doelgroep", "gemeente", "cohort", "contract", "geslacht", "leeftijd")
_FINER = {"jaar": "kwartaal", "kwartaal": "maand"}
_ORDER = ("kwartaal", "jaar", *_NEXT)


def figure_href(id: str, view: View, per: tuple[str, ...] = ()) -> str:
    """The page of a figure for a view, split as given."""
    kept = view.filters if per or view.per else {name: view.filters[name] for name in view.filters if name in FILTERS}
    return f"/cijfer/{id}{replace(view, filters=dict(kept), per=per).write()}"


def row_href(definition: metrics.Definition, view: View, row: Mapping[str, Any], dims: tuple[str, ...]) -> str | None:
    """Only this row, split by the next dimension; None when a value cannot be asked for."""
    found, finer = view, None
    for name in dims:
        value = row.get(name)
        if not isinstance(value, str | int) or name not in definition.filterbaar:
            return None
        finer = finer or _FINER.get(name)
        found = found.narrowed(name, value)
    if not dims:
        return None
    left = [name for name in _NEXT if name in definition.mogelijk and name not in (*found.filters, *definition.eigen)]
    per = (finer,) if finer and finer in definition.mogelijk else tuple(left[:1])
    return f"/cijfer/{definition.id}{replace(found, per=per).write()}"


def splits(definition: metrics.Definition, view: View) -> list[str]:
    """What a figure can be split by for this view: not by what it always shows, nor by what has one value left."""
    fixed = {name for name, values in view.filters.items() if len(values) == 1}
    possible = [name for name in definition.mogelijk if name not in definition.eigen and name not in fixed]
    return sorted(possible, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


def with_links(
    drawn: dict[str, Any], definition: metrics.Definition, view: View, answer: metrics.Answer
) -> dict[str, Any]:
    """The same chart, in which a mark that knows its row (`customdata`: its place in `rijen`) knows its link."""
    traces = []
    for trace in drawn["data"]:
        places = trace.get("customdata")
        if isinstance(places, list) and all(place is None or isinstance(place, int) for place in places):
            rows = [answer.rijen[place] if place is not None else None for place in places]
            links = [row_href(definition, view, row, answer.dims) if row is not None else None for row in rows]
            trace = trace | {"customdata": links}
        traces.append(trace)
    return drawn | {"data": traces}
