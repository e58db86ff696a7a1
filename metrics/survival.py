"""Time to an event while people are still under way: who is not finished is censored, never dropped, never failed.

Everywhere `days` holds whole days, and `counts` how many people stand behind each place (without it: one).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.intervals import Z


@dataclass(frozen=True)
class Incidence:
    """The share with one kind of end by a horizon; empty beyond the longest observed duration."""

    einde: str
    horizon: int
    waarde: float | None
    laag: float | None
    hoog: float | None
    in_risico: int


def kaplan_meier(
    days: np.ndarray, event: np.ndarray, counts: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(times, survival after each, its standard error after Greenwood); events come before censorings on a day.

    Kaplan & Meier 1958, Greenwood 1926. `event` is True where the event was seen.
    """
    times = np.unique(days[event])
    if times.size == 0:
        return times, np.array([]), np.array([])
    at_risk = _at_risk(days, times, counts)
    events = _events(days, event, times, counts)
    survival = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.cumsum(events / (at_risk * (at_risk - events)))
        error = survival * np.sqrt(hazard)
    return times, survival, np.where(survival > 0, error, 0.0)


def first_day_reaching(
    days: np.ndarray, ends: np.ndarray, share: float, kind: str | None = None, counts: np.ndarray | None = None
) -> int | None:
    """The first day on which the share that ended (with this `kind`; None: any) reaches `share`; None when never.

    With one kind of end 1 minus Kaplan-Meier, else the cumulative incidence: equal when ends do not compete.
    """
    times, at_risk, ended, before = _table(days, ends, counts)
    mine = ended if kind is None else _events(days, ends == kind, times, counts)
    reached = np.nonzero(np.cumsum(before * mine / at_risk) >= share - 1e-12)[0]
    return int(times[reached[0]]) if reached.size else None


def _events(days: np.ndarray, event: np.ndarray, times: np.ndarray, counts: np.ndarray | None) -> np.ndarray:
    """How many such events on each of the days in `times` (sorted, and holding every day with such an event)."""
    weights = None if counts is None else counts[event]
    return np.bincount(np.searchsorted(times, days[event]), weights, minlength=times.size).astype(float)


def _at_risk(days: np.ndarray, times: np.ndarray, counts: np.ndarray | None) -> np.ndarray:
    """How many are still observed just before each of the days in `times`."""
    order = np.argsort(days, kind="stable")
    gone = np.concatenate([[0], np.cumsum(np.ones(days.size) if counts is None else counts[order])])
    return gone[-1] - gone[np.searchsorted(days[order], times, "left")].astype(float)


def _table(
    days: np.ndarray, ends: np.ndarray, counts: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Per day with an end: the day, at risk just before it, ended on it, and the share still open just before it."""
    ended = ends != ""
    times = np.unique(days[ended])
    at_risk = _at_risk(days, times, counts)
    events = _events(days, ended, times, counts)
    after = np.cumprod(1 - events / at_risk)
    return times, at_risk, events, np.concatenate([[1.0], after[:-1]]) if times.size else after


def incidences(
    days: np.ndarray,
    ends: np.ndarray,
    kinds: Sequence[str],
    horizons: Sequence[int],
    still_open: str = "nog bezig",
    counts: np.ndarray | None = None,
) -> list[Incidence]:
    """Cumulative incidence of each kind of end at each horizon, and the share still open; together they are 1.

    Aalen & Johansen 1978; variance by the delta method (Marubini & Valsecchi 1995); interval by log(-log).
    `ends` holds the kind's name, or an empty text for who is still open.
    """
    found: list[Incidence] = []
    ended = ends != ""
    longest = int(days.max()) if days.size else -1
    times, at_risk, all_events, before = _table(days, ends, counts)
    per_kind = [_events(days, ends == kind, times, counts) for kind in kinds]
    _, _, error = kaplan_meier(days, ended, counts)
    for horizon in horizons:
        under = int((days >= horizon).sum() if counts is None else counts[days >= horizon].sum())
        known = horizon <= longest  # beyond the longest duration nothing is known
        upto = times <= horizon
        total = 0.0
        for kind, mine in zip(kinds, per_kind, strict=True):
            if not known:
                found.append(Incidence(kind, horizon, None, None, None, under))
                continue
            share, doubt = _incidence(mine[upto], all_events[upto], at_risk[upto], before[upto])
            total += share
            found.append(Incidence(kind, horizon, share, *_log_log(share, doubt), under))
        if not known:
            found.append(Incidence(still_open, horizon, None, None, None, under))
            continue
        place = int(upto.sum()) - 1
        error_open = float(error[place]) if place >= 0 else 0.0
        share_open = max(0.0, 1 - total)
        found.append(Incidence(still_open, horizon, share_open, *_log_log(share_open, error_open), under))
    return found


def _incidence(mine: np.ndarray, ended: np.ndarray, at_risk: np.ndarray, before: np.ndarray) -> tuple[float, float]:
    """The cumulative incidence at the last of these times and its standard error."""
    if not mine.size:
        return 0.0, 0.0
    steps = before * mine / at_risk
    course = np.cumsum(steps)
    share = float(course[-1])
    rest = share - course
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(at_risk > ended, rest**2 * ended / (at_risk * (at_risk - ended)), 0.0)
    second = before**2 * mine * (at_risk - mine) / at_risk**3
    third = rest * before * mine / at_risk**2
    return share, math.sqrt(max(0.0, float((first + second - 2 * third).sum())))


def _log_log(share: float, error: float) -> tuple[float | None, float | None]:
    """The 95 % interval by log(-log); at 0 and 1 there is none to give."""
    if share <= 0 or share >= 1 or error <= 0:
        return None, None
    spread = Z * error / (share * math.log(share))
    low, high = share ** math.exp(-spread), share ** math.exp(spread)
    return min(low, high), max(low, high)
