"""What chance alone can do: exact distributions of small numbers, without approximations that need large ones."""

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

_TIE = 1 + 1e-7  # two outcomes are equally likely up to rounding
_FURTHEST = 1_000_000  # outcomes that are looked at
_MANY = 3000  # beyond this the normal distribution serves


def binomial(n: int, share: float) -> np.ndarray:
    """The probabilities of 0 … n successes; shape (n + 1,)."""
    if share <= 0 or share >= 1:
        certain = np.zeros(n + 1)
        certain[0 if share <= 0 else n] = 1.0
        return certain
    k = np.arange(n + 1)
    ways = np.concatenate([[0.0], np.cumsum(np.log((n - k[1:] + 1) / k[1:]))])  # log of n over k
    return np.exp(ways + k * math.log(share) + (n - k) * math.log1p(-share))


def sum_of_binomials(parts: Sequence[tuple[int, float]]) -> np.ndarray:
    """The probabilities of 0 … n successes when part i has n_i trials with share p_i (Poisson's binomial distribution;
    by convolution). Above 3,000 trials by the normal distribution with the same mean and variance."""
    total = sum(n for n, _ in parts)
    if total > _MANY:
        mean = sum(n * share for n, share in parts)
        spread = math.sqrt(sum(n * share * (1 - share) for n, share in parts))
        normal = NormalDist(mean, max(spread, 1e-9))
        steps = np.array([normal.cdf(k + 0.5) for k in range(total + 1)])
        return np.diff(steps, prepend=0.0)
    found = np.ones(1)
    for n, share in parts:
        found = np.convolve(found, binomial(n, share))
    return found


def two_sided(outcome: int, probabilities: np.ndarray) -> float:
    """The chance of an outcome as unlikely as this one or more so (Fisher's method of small probabilities)."""
    if probabilities.size <= 1:
        return 1.0
    return min(1.0, float(probabilities[probabilities <= probabilities[outcome] * _TIE].sum()))


def binomial_test(teller: int, noemer: int, share: float) -> float:
    """The two-sided exact p-value of teller out of noemer when the true share is `share` (Clopper & Pearson 1934)."""
    return two_sided(teller, binomial(noemer, share))


def central(probabilities: np.ndarray, level: float) -> tuple[int, int]:
    """The smallest and largest outcome inside the central `level` of a distribution over 0, 1, 2, …"""
    course = np.cumsum(probabilities)
    tail = (1 - level) / 2
    last = probabilities.size - 1
    low = int(np.searchsorted(course, tail - 1e-12))
    high = int(np.searchsorted(course, 1 - tail - 1e-12))
    return min(low, last), min(high, last)


def negative_binomial(mean: float, size: float, reach: float = 1 - 1e-9) -> np.ndarray:
    """The probabilities of 0, 1, 2, … up to where `reach` of them is covered; variance mean + mean²/size.

    `size` infinite gives the Poisson distribution.
    """
    if mean <= 0:
        return np.ones(1)
    spread = math.sqrt(mean if math.isinf(size) else mean + mean * mean / size)
    many = min(_FURTHEST, int(mean + 8 * spread) + 64)
    while True:
        k = np.arange(1, many)
        if math.isinf(size):  # each is a known part of the one before
            first, steps = -mean, math.log(mean) - np.log(k)
        else:
            first = size * math.log(size / (size + mean))
            steps = np.log((k - 1 + size) / k) + math.log(mean / (size + mean))
        found = np.exp(np.concatenate([[first], first + np.cumsum(steps)]))
        last = int(np.searchsorted(np.cumsum(found), reach))
        if last < many or many == _FURTHEST:
            return found[: last + 1]
        many = min(_FURTHEST, 4 * many)
