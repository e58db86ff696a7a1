"""What one row of a signal says, and the rows and days that a declaration is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from metrics.catalogue import lineage
from metrics.days import FIRST_DAY
from metrics.insight import quarters
from metrics.insight.course import settle_days
from metrics.insight.scope import Scope
from metrics.insight.signals.model import Declaration


@dataclass(frozen=True)
class Outcome:
    """What one row says: its dimensions, the status and certainty, the row itself, and what it was held against."""

    dims: dict[str, Any]
    status: str
    zekerheid: str = ""
    rij: Mapping[str, Any] = field(default_factory=dict)
    norm: float | None = None
    vorige: Mapping[str, Any] | None = None
    van: date = FIRST_DAY
    tot: date = FIRST_DAY


def window(name: str, day: date, id: str) -> tuple[date, date]:
    """The first and last day of a window on a day. Of exams the last quarters wait for their results."""
    wait = settle_days(id, {}) if "examens" in lineage(id) else 0
    last = quarters.last_whole(day - timedelta(days=wait))
    if name == "jaar":
        return quarters.first_day(quarters.shift(last, -3)), quarters.last_day(last)
    if name == "kwartaal":
        return quarters.first_day(last), quarters.last_day(last)
    if name == "kalenderjaar":
        return date(day.year, 1, 1), day
    if name == "vorig jaar":
        year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    return FIRST_DAY, day


def rows_of(one: Declaration, scope: Scope, van: date, tot: date) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(dimensions, row) of the figure in a period; a period that ends before it begins, or before the law, has none."""
    if tot < van or tot < FIRST_DAY:
        return []
    answer = scope.ask(one.cijfer, one.per, one.filter, van=van, tot=tot)
    return [({name: row[name] for name in answer.dims}, row) for row in answer.rijen]
