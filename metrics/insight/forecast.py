"""How many will come: a predictive interval that knows that the mean itself is hardly known.

With few past periods the mean is uncertain, and instroom swings more than chance alone (11 statushouders in 2020, 23 in
2021 in Heemstede). Both are in the interval: the predictive distribution of a gamma-Poisson model with Jeffreys' prior
(Gelman et al. 2013, section 2.6: a negative binomial), widened by the Pearson dispersion of what was seen
(McCullagh & Nelder 1989, section 6.2).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.insight.chance import binomial, central, negative_binomial

LEVEL = 0.95
FEWEST = 4  # one whole year of quarters; with fewer no expectation


@dataclass(frozen=True)
class Forecast:
    """A number still to come: its expectation, and the bounds between which it lies with 95 %."""

    verwacht: float
    laag: int
    hoog: int


def dispersion(groups: Iterable[Sequence[float]]) -> float:
    """How much more counts vary than chance alone (1: not more), pooled over groups that each have their own mean.

    Pearson's chi-square over its degrees of freedom; never under 1. Groups of one value or of zeros only say nothing.
    """
    statistic, freedom = 0.0, 0
    for counts in groups:
        mean = sum(counts) / len(counts) if counts else 0.0
        if len(counts) < 2 or mean <= 0:
            continue
        statistic += sum((count - mean) ** 2 for count in counts) / mean
        freedom += len(counts) - 1
    return max(1.0, statistic / freedom) if freedom else 1.0


def predict(counts: Sequence[int], ahead: int, spread: float = 1.0) -> Forecast | None:
    """The number in the next `ahead` periods, from the counts of past periods of the same length.

    None with fewer than four past periods. `spread` is the dispersion.
    """
    if len(counts) < FEWEST:
        return None
    if ahead <= 0:
        return Forecast(0.0, 0, 0)
    shape = sum(counts) + 0.5
    mean = shape / len(counts) * ahead
    variance = spread * (mean + mean * mean / shape)
    size = mean * mean / (variance - mean) if variance > mean else math.inf
    low, high = central(negative_binomial(mean, size), LEVEL)
    return Forecast(mean, low, high)


def from_taakstelling(housed: int, share: float) -> Forecast:
    """The inburgeringsplichtigen among the persons to be housed, if exactly that many are: binomial."""
    low, high = central(binomial(housed, share), LEVEL)
    return Forecast(housed * share, low, high)
