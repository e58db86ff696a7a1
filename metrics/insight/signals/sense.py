"""Which signals a choice makes meaningless, and why: in one place, for every way to ask for signals.

A filter can fix the very date that a figure is selected by: of the cohort of 2022 nobody can begin in the last year, so
that nobody did says nothing. Left out is then

- with jaar, kwartaal, maand or another filter on time: what has a period of its own, or compares quarters;
- with cohort, which fixes the year of datum_plichtig: figures selected by that date with a period of their own; and
  what compares quarters or years, or tells that nothing came: a cohort passes through the years and then is done;
- with either: what rests on a forecast of the instroom;
- with a period that somebody chose: everything selected by a date, because a signal looks at its own period instead.

States on the peildatum and figures that do not know the filter are judged as always.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.definition import TIME, TWO_YEARS
from metrics.exact import definition_of
from metrics.insight.signals.model import Declaration
from metrics.populations import counts

_TIMES = (*TIME, TWO_YEARS, "halfjaar")
_FIXING = (*_TIMES, "cohort")
_OVER_TIME = ("kwartaal", "prognose", "trend", "ontbreekt")
_FORECAST = ("prognose", "formatie")
_OWN_PERIOD = (*_OVER_TIME, "bedrag", "budget", "landelijk")
PERIODE = "periode"


def fixes_date(id: str, filters: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a filter fixes the date by which a figure is selected, so that its quarters cannot be compared."""
    known = {name for name, values in filters.items() if values} & set(definition_of(id).filterbaar)
    return bool(known & set(_TIMES)) or ("cohort" in known and counts(id).dag == "plichtig")


def without_sense(one: Declaration, filters: Mapping[str, Sequence[Any]], period: bool) -> str | None:
    """The name of the choice that a declaration may not be judged with (a filter, or "periode"); None when it may."""
    kind, definition = one.voorwaarde.soort, definition_of(one.cijfer)
    chosen = [name for name in _FIXING if filters.get(name)]
    if kind in _FORECAST and chosen:
        return chosen[0]
    own_period = one.venster != "alles" or kind in _OWN_PERIOD
    for name in chosen:
        if name not in definition.filterbaar:
            continue
        if name == "cohort" and kind != "landelijk":  # that one asks for the cohort that it is about itself
            if kind in _OVER_TIME or (own_period and fixes_date(one.cijfer, {name: filters[name]})):
                return name
        elif name != "cohort" and own_period:
            return name
    dated = kind in _FORECAST or one.venster != "alles" or bool({*_TIMES} & {*definition.mogelijk})
    return PERIODE if period and dated else None
