"""What a group of units is measured by: in SQL, and from columns in memory. Both give the same, to the last bit."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics.columns import Divided, written

Row = dict[str, Any]
_DISTRIBUTION = ", ".join(f"count(*) FILTER (waarde = {score})" for score in range(1, 11))
_SCORES = 11
_MOST_APART = 10_000  # groups whose values are put in order one by one
_MOST_DURATIONS = 2**62


@dataclass(frozen=True)
class Measure:
    """A number per group of units: in SQL, and from columns in memory (None: those cannot tell)."""

    sql: str
    told: Callable[[Divided], Sequence[Any] | None]


def only_in_sql(_: Divided) -> None:
    """What columns cannot tell."""
    return


def total(column: str) -> Measure:
    """A sum of whole numbers."""

    def told(groups: Divided) -> Sequence[Any] | None:
        found = groups.columns.whole.get(column)
        return None if found is None else groups.total(groups.taken(found.values)).tolist()

    return Measure(f"coalesce(sum({column}), 0)::BIGINT", told)


def known(column: str) -> Measure:
    """How many units have it."""

    def told(groups: Divided) -> Sequence[Any] | None:
        found = groups.columns.whole.get(column)
        if found is None:
            return None
        return groups.count(None if found.there is None else groups.taken(found.there)).tolist()

    return Measure(f"count({column})", told)


def exact(column: str) -> Measure:
    """A sum that does not depend on the order of the rows: the same answer to the last bit, every time."""

    def told(groups: Divided) -> Sequence[Any] | None:
        if (whole := groups.columns.whole.get(column)) is not None:
            return [float(one) for one in groups.total(groups.taken(whole.values)).tolist()]
        amounts = groups.columns.amounts.get(column)
        if amounts is None:
            return None
        return [written(one) for one in groups.total(groups.taken(amounts)).tolist()]

    return Measure(f"coalesce(sum({column}::DECIMAL(28, 8)), 0)::DOUBLE", told)


def _persons(groups: Divided) -> Sequence[Any] | None:
    found = groups.persons()
    return None if found is None else found.tolist()


def _dissatisfied(groups: Divided) -> Sequence[Any] | None:
    found = groups.columns.whole.get("waarde")
    if found is None:
        return None
    low = groups.taken(found.values if found.there is None else np.where(found.there, found.values, _SCORES)) <= 5
    return groups.count(low).tolist()


def _spread(groups: Divided) -> Sequence[Any] | None:
    """How many of each score from 1 to 10."""
    found = groups.columns.whole.get("waarde")
    if found is None:
        return None
    scores = groups.taken(found.values).astype(np.int64)
    fitting = (scores >= 1) & (scores < _SCORES)
    if found.there is not None:
        fitting &= groups.taken(found.there)
    places = scores[fitting] + (0 if groups.code is None else groups.code[fitting] * _SCORES)
    return np.bincount(places, minlength=groups.many * _SCORES).reshape(-1, _SCORES)[:, 1:].tolist()


def _thirds(groups: Divided) -> Sequence[Any] | None:
    """The quartiles of each group by linear interpolation, as the database does it."""
    found = groups.columns.floats.get("waarde")
    if found is None or groups.many > _MOST_APART:
        return None
    values = groups.taken(found.values)
    code = np.zeros(groups.rows, dtype=np.int64) if groups.code is None else groups.code
    if found.there is not None:
        there = groups.taken(found.there)
        values, code = values[there], code[there]
    order = np.lexsort((values, code))
    values, ends = values[order], np.cumsum(np.bincount(code, minlength=groups.many))
    return [
        _interpolated(values[last - size : last]) if size else None
        for last, size in zip(ends.tolist(), np.diff(ends, prepend=0).tolist(), strict=True)
    ]


def _interpolated(ordered: np.ndarray) -> list[float]:
    found = []
    for share in (0.25, 0.5, 0.75):
        place = (len(ordered) - 1) * share
        low, high = ordered[math.floor(place)].item(), ordered[math.ceil(place)].item()
        found.append(low + (high - low) * (place - math.floor(place)))
    return found


def _values(groups: Divided) -> Sequence[Any] | None:
    found = groups.columns.floats.get("waarde")
    if found is None:
        return None
    return groups.count(None if found.there is None else groups.taken(found.there)).tolist()


COUNT = Measure("count(*)", lambda groups: groups.count().tolist())
PERSONS = Measure("count(DISTINCT persoon)", _persons)
MEAN = (
    known("waarde"), Measure("count(*) FILTER (waarde <= 5)", _dissatisfied), Measure(f"[{_DISTRIBUTION}]", _spread),
)  # fmt: skip
QUARTILES = Measure("count(waarde)", _values), Measure("quantile_cont(waarde, [0.25, 0.5, 0.75])", _thirds)


def told_of(
    groups: Divided, measures: Sequence[Measure], having: Measure | None = None
) -> list[tuple[Row, list[Any]]] | None:
    """(dimensions, measures) per combination that occurs; None when the columns do not hold what is measured."""
    found = [one.told(groups) for one in measures]
    least = having.told(groups) if having is not None and groups.dims else None
    if any(one is None for one in found) or (having is not None and groups.dims and least is None):
        return None
    return [
        (groups.named(code), [one[code] for one in found if one is not None])
        for code in groups.present().tolist()
        if least is None or least[code] > 0
    ]


@dataclass(frozen=True)
class Durations:
    """Of one combination of dimensions: per day and end (empty: under way) how many people, and per horizon of how
    many of those the start lies at least so long before the peildatum."""

    days: np.ndarray
    ends: np.ndarray
    counts: np.ndarray
    possible: dict[int, np.ndarray]

    @property
    def n(self) -> int:
        return int(self.counts.sum())


def durations_of(groups: Divided, horizons: Sequence[int], day: date) -> list[tuple[Row, Durations]] | None:
    """Per combination of dimensions its durations; None when the columns do not hold them."""
    columns = groups.columns
    durations, ends, days = columns.whole.get("duur"), columns.dims.get("afloop"), columns.days
    if durations is None or ends is None or days is None or durations.there is not None:
        return None
    # one number per combination, duration and end; and how many of the horizons lie behind each unit
    lengths = groups.taken(durations.values).astype(np.int64)
    shortest = int(lengths.min()) if groups.rows else 0
    span = int(lengths.max()) - shortest + 1 if groups.rows else 1
    many = len(ends.values)
    if groups.many * span * many > _MOST_DURATIONS:
        return None
    code = (lengths - shortest) * many + groups.taken(ends.codes)
    if groups.code is not None:
        code += groups.code * (span * many)
    ago = (day - date(1970, 1, 1)).days - groups.taken(days).astype(np.int64)
    ordered = np.array(sorted(horizons), dtype=np.int64)
    reached = np.searchsorted(ordered, ago, "right")
    kinds, place, counts = np.unique(code, return_inverse=True, return_counts=True)
    table = np.bincount(place * (len(ordered) + 1) + reached, minlength=len(kinds) * (len(ordered) + 1))
    since = table.reshape(len(kinds), len(ordered) + 1)[:, ::-1].cumsum(axis=1)[
        :, ::-1
    ]  # column i: at least i horizons ago
    names = np.array(["", *ends.values[1:]], dtype=object)
    per = kinds // (span * many)
    result = []
    for one in groups.present().tolist():
        first, last = np.searchsorted(per, [one, one + 1])
        mine = kinds[first:last] % (span * many)
        possible = {int(horizon): since[first:last, number + 1] for number, horizon in enumerate(ordered.tolist())}
        possible = {horizon: possible[horizon] for horizon in horizons}
        known = Durations(mine // many + shortest, names[mine % many], counts[first:last], possible)
        result.append((groups.named(one), known))
    return result
