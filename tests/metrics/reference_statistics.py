"""The statistics of the second opinion, from their books: plain arithmetic, scipy only for Student's t."""

import math
from fractions import Fraction

from scipy import stats

Z = 1.959963984540054


def wilson(teller, noemer):
    """Wilson (1927): the roots of (p − π)² = z² π(1 − π)/n."""
    if noemer == 0:
        return None, None
    p, z2 = teller / noemer, Z * Z
    middle = (p + z2 / (2 * noemer)) / (1 + z2 / noemer)
    half = Z * math.sqrt(p * (1 - p) / noemer + z2 / (4 * noemer * noemer)) / (1 + z2 / noemer)
    return middle - half, middle + half


def mean(values):
    """Mean and its 95 % t-interval."""
    n = len(values)
    if n == 0:
        return None, None, None
    middle = sum(Fraction(value) for value in values) / n
    if n < 2:
        return float(middle), None, None
    variance = sum((Fraction(value) - middle) ** 2 for value in values) / (n - 1)
    half = float(stats.t.ppf(0.975, n - 1)) * math.sqrt(variance / n)
    return float(middle), float(middle) - half, float(middle) + half


def quantile(values, share):
    """Hyndman and Fan's type 7: linear interpolation at (n − 1)·share."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def steps(durations):
    """For every day with an end: day, number at risk, number of ends per kind. A duration is (days, end or None)."""
    found = []
    for day in sorted({days for days, end in durations if end is not None}):
        risk = sum(1 for days, _ in durations if days >= day)
        ends = {}
        for days, end in durations:
            if days == day and end is not None:
                ends[end] = ends.get(end, 0) + 1
        found.append((day, risk, ends))
    return found


def first_day(durations, share, kind):
    """The first day on which the incidence of an end reaches a share."""
    survival, incidence = Fraction(1), Fraction(0)
    for day, risk, ends in steps(durations):
        incidence += survival * Fraction(ends.get(kind, 0), risk)
        survival *= 1 - Fraction(sum(ends.values()), risk)
        if incidence >= Fraction(share):
            return day
    return None


def log_log(value, variance):
    """The interval that is symmetric for log(−log value)."""
    if not 0 < value < 1 or variance <= 0:
        return None, None
    spread = Z * math.sqrt(variance) / (value * math.log(value))
    bounds = value ** math.exp(spread), value ** math.exp(-spread)
    return min(bounds), max(bounds)


def incidence(durations, kind, horizon):
    """Aalen–Johansen at a horizon with the delta-method variance (Marubini and Valsecchi 1995, ch. 10)."""
    before = [step for step in steps(durations) if step[0] <= horizon]
    survival, so_far, path = 1.0, 0.0, []
    for _, risk, ends in before:
        mine, all_ends = ends.get(kind, 0), sum(ends.values())
        so_far += survival * mine / risk
        path.append((survival, so_far, risk, mine, all_ends))
        survival *= 1 - all_ends / risk
    total, variance = so_far, 0.0
    for ahead, then, risk, mine, all_ends in path:
        left = total - then
        if risk > all_ends:
            variance += left**2 * all_ends / (risk * (risk - all_ends))
        variance += ahead**2 * mine * (risk - mine) / risk**3
        variance -= 2 * left * ahead * mine / risk**2
    return (total, *log_log(total, variance))


def still_open(durations, horizon):
    """Kaplan–Meier at a horizon with Greenwood's variance."""
    survival, total = 1.0, 0.0
    for day, risk, ends in steps(durations):
        if day <= horizon:
            dead = sum(ends.values())
            survival *= 1 - dead / risk
            total += dead / (risk * (risk - dead)) if risk > dead else 0.0
    return (survival, *log_log(survival, survival**2 * total))
