"""Intervals and survival against other programs and values worked by hand."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from metrics.intervals import mean_interval, t_quantile, wilson
from metrics.survival import first_day_reaching, incidences, kaplan_meier

KINDS = ("klaar", "uitval", "weg")


@pytest.mark.parametrize(
    ("teller", "noemer"), [(0, 1), (1, 1), (30, 41), (0, 250), (249, 250), (5, 9), (60000, 100000)]
)
def test_wilson_is_that_of_statsmodels(teller, noemer):
    assert wilson(teller, noemer) == pytest.approx(proportion_confint(teller, noemer, method="wilson"), abs=1e-12)


def test_wilson_by_hand():
    # 30 of 41, z = 1.96: middle (30 + 1.9207) / 44.8415, half 1.96 * sqrt(30 * 11 / 41 + 0.9604) / 44.8415
    low, high = wilson(30, 41)
    assert low is not None and high is not None
    assert (round(low, 4), round(high, 4)) == (0.5807, 0.8431)
    assert wilson(0, 0) == (None, None)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 12, 30, 99, 1000, 25000])
def test_t_quantile_is_that_of_scipy(freedom):
    assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-9)


def test_mean_interval_needs_two_values():
    assert mean_interval(7.0, None, 1) == (None, None)
    low, high = mean_interval(7.0, 2.0, 4)
    assert (low, high) == pytest.approx(stats.t.interval(0.95, 3, 7.0, 2.0 / math.sqrt(4)))


def _sample(seed: int, size: int, longest: int = 60) -> tuple[np.ndarray, np.ndarray]:
    dice = random.Random(seed)
    days = np.array([dice.randint(0, longest) for _ in range(size)])
    ends = np.array([dice.choice([*KINDS, "", ""]) for _ in range(size)], dtype=object)
    return days, ends


@pytest.mark.parametrize("seed", range(5))
def test_kaplan_meier_is_that_of_lifelines(seed):
    days, ends = _sample(seed, 120)
    event = ends != ""
    fitter = KaplanMeierFitter().fit(days, event)
    times, survival, error = kaplan_meier(days, event)
    theirs = fitter.survival_function_at_times(times).to_numpy()
    assert survival == pytest.approx(theirs, abs=1e-12)
    # Greenwood by log(-log): lifelines' own interval on a day in the middle
    place = len(times) // 2
    share, deviation = survival[place], error[place]
    spread = 1.959963984540054 * deviation / (share * math.log(share))
    mine = sorted((share ** math.exp(-spread), share ** math.exp(spread)))
    bounds = fitter.confidence_interval_.loc[times[place]].to_numpy()
    assert mine == pytest.approx(sorted(bounds), abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from([*KINDS, ""])), min_size=1, max_size=60),
    st.integers(0, 45),
)
@settings(max_examples=80, deadline=None)
def test_incidences_and_the_rest_add_up_to_one(pairs, horizon):
    days = np.array([day for day, _ in pairs])
    ends = np.array([end for _, end in pairs], dtype=object)
    found = incidences(days, ends, KINDS, (horizon,))
    assert [one.einde for one in found] == [*KINDS, "nog bezig"]
    if horizon > max(days):
        assert all(one.waarde is None for one in found)
        return
    values = [one.waarde for one in found]
    assert all(value is not None for value in values)
    assert sum(value for value in values if value is not None) == pytest.approx(1)
    assert found[0].in_risico == sum(day >= horizon for day in days)
    for one in found:
        if one.laag is not None and one.hoog is not None and one.waarde is not None:
            assert -1e-12 <= one.laag <= one.waarde + 1e-12 <= one.hoog + 2e-12 <= 1 + 3e-12
    # by hand: people at risk, one day at a time
    open_share, mine = 1.0, dict.fromkeys(KINDS, 0.0)
    for day in range(horizon + 1):
        risk = sum(other >= day for other in days)
        today = [end for other, end in pairs if other == day and end]
        for end in today:
            mine[end] += open_share / risk
        open_share *= 1 - len(today) / risk if risk else 1
    assert values == pytest.approx([*mine.values(), open_share], abs=1e-9)


def test_the_variance_of_an_incidence_against_the_bootstrap():
    days, ends = _sample(3, 400)
    one = incidences(days, ends, KINDS, (30,))[0]
    draw = np.random.default_rng(1)
    again = []
    for _ in range(400):
        pick = draw.integers(0, len(days), len(days))
        again.append(incidences(days[pick], ends[pick], KINDS, (30,))[0].waarde)
    deviation = float(np.std(np.array(again, dtype=float)))
    assert one.laag is not None and one.hoog is not None
    assert (one.hoog - one.laag) / 2 / 1.96 == pytest.approx(deviation, rel=0.12)


def test_without_censoring_the_interval_is_binomial():
    # 10 of 40 by the horizon, nobody censored: variance p(1-p)/n
    days = np.array([5] * 10 + [50] * 30)
    ends = np.array(["klaar"] * 40, dtype=object)
    one = incidences(days, ends, ("klaar",), (10,))[0]
    error = math.sqrt(0.25 * 0.75 / 40)
    spread = 1.959963984540054 * error / (0.25 * math.log(0.25))
    assert one.waarde == 0.25
    assert [one.laag, one.hoog] == pytest.approx(sorted((0.25 ** math.exp(-spread), 0.25 ** math.exp(spread))))


def test_first_day_by_hand():
    days = np.array([10, 20, 20, 30, 40])
    ends = np.array(["x", "", "x", "x", ""], dtype=object)
    # 1 of 5 on day 10 (0.2); on day 20 one of 4: 0.4; the censored one leaves; on day 30 one of 2: 0.7
    assert first_day_reaching(days, ends, 0.2) == 10
    assert first_day_reaching(days, ends, 0.4) == 20
    assert first_day_reaching(days, ends, 0.5) == 30
    assert first_day_reaching(days, ends, 0.75) is None
