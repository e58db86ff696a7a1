"""Intervals around shares and means; no false certainty with small numbers."""

import math
from functools import lru_cache
from statistics import NormalDist

LEVEL = 0.95
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def wilson(teller: float, noemer: float) -> tuple[float | None, float | None]:
    """The 95 % interval of a share without continuity correction (Wilson 1927); empty when noemer is 0."""
    if not noemer:
        return None, None
    share = teller / noemer
    middle = (share + Z * Z / (2 * noemer)) / (1 + Z * Z / noemer)
    half = Z / (1 + Z * Z / noemer) * math.sqrt(share * (1 - share) / noemer + Z * Z / (4 * noemer * noemer))
    # at 0 and 1 a bound is exact; rounding would leave 1e-17
    return (0.0 if teller == 0 else middle - half), (1.0 if teller == noemer else middle + half)


def mean_interval(mean: float, deviation: float | None, n: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a mean by Student's t (1908); `deviation` with n - 1. Empty under two values."""
    if n < 2 or deviation is None:
        return None, None
    half = t_quantile(n - 1) * deviation / math.sqrt(n)
    return mean - half, mean + half


@lru_cache(maxsize=4096)
def t_quantile(freedom: int, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t, by bisection on its distribution function; exact to 1e-12."""
    target = 1 - level
    low, high = 0.0, 1.0
    while _tail(high, freedom) > target:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if _tail(middle, freedom) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _tail(t: float, freedom: int) -> float:
    """P(|T| > t) = I_x(freedom/2, 1/2) with x = freedom / (freedom + t²)."""
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function by its continued fraction (Lentz 1976; Abramowitz & Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for step in range(1, 500):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        d = 1 / max(1 + even * d, tiny)
        c = max(1 + even / c, tiny)
        value *= c * d
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d = 1 / (1 + odd * d or tiny)
        c = 1 + odd / c or tiny
        factor = c * d
        value *= factor
        if abs(factor - 1) < 1e-15:
            break
    return front * value / a
