"""Intervals and survival against other programs and values worked by hand."""

import math
import random

import numpy as np
import pytest
import reference_statistics as plain
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.utils import median_survival_times, qth_survival_time
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


DURATIONS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([*KINDS, ""])), max_size=25)


def _arrays(pairs):
    return np.array([day for day, _ in pairs], dtype=np.int64), np.array([end for _, end in pairs], dtype=object)


def _close(found, expected):
    return (found is None and expected is None) or found == pytest.approx(expected, abs=1e-9)


@given(DURATIONS, st.integers(0, 13))
@settings(max_examples=150, deadline=None)
@example([], 0)
@example([(0, "klaar")], 0)
@example([(0, "")], 0)
@example([(5, "")], 5)
@example([(5, ""), (5, ""), (7, "")], 6)
@example([(3, "klaar"), (3, "uitval"), (3, "klaar")], 3)
@example([(3, "klaar"), (3, ""), (3, "uitval")], 3)
def test_incidences_and_their_intervals_are_those_of_plain_arithmetic(pairs, horizon):
    days, ends = _arrays(pairs)
    durations = [(day, end or None) for day, end in pairs]
    beyond = not pairs or horizon > max(days)
    for one in incidences(days, ends, KINDS, (horizon,)):
        if beyond:
            assert (one.waarde, one.laag, one.hoog) == (None, None, None)
            continue
        other = (
            plain.still_open(durations, horizon)
            if one.einde == "nog bezig"
            else plain.incidence(durations, one.einde, horizon)
        )
        assert all(map(_close, (one.waarde, one.laag, one.hoog), other)), (one, other)


@given(DURATIONS, st.sampled_from([0.25, 0.5, 0.75]), st.sampled_from([None, *KINDS]))
@settings(max_examples=100, deadline=None)
@example([(day, "klaar") for day in (1, 2, 3, 4)], 0.5, None)
@example([(day, "klaar") for day in range(1, 11)], 0.25, "klaar")
def test_the_first_day_is_that_of_exact_fractions(pairs, share, kind):
    days, ends = _arrays(pairs)
    if kind is None:
        durations = [(day, "einde" if end else None) for day, end in pairs]
        assert first_day_reaching(days, ends, share) == plain.first_day(durations, share, "einde")
    else:
        durations = [(day, end or None) for day, end in pairs]
        assert first_day_reaching(days, ends, share, kind) == plain.first_day(durations, share, kind)


@pytest.mark.parametrize("seed", range(6))
def test_quantiles_of_time_are_those_of_lifelines(seed):
    days, ends = _sample(seed, 30 + 17 * seed)
    fitter = KaplanMeierFitter().fit(days, ends != "")
    for share in (25, 50, 75):
        theirs = qth_survival_time(1 - share / 100 + 1e-12, fitter.survival_function_)
        found = first_day_reaching(days, ends, share / 100)
        assert found == (None if math.isinf(theirs) else theirs)
    assert first_day_reaching(days, ends, 0.5) == median_survival_times(fitter.survival_function_)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_incidence_and_its_variance_are_those_of_lifelines(seed, kind):
    dice = random.Random(seed)
    # lifelines moves ties apart at random; without ties it does not, and must agree to the last digits
    days = np.array(dice.sample(range(1, 400), 80))
    ends = np.array([dice.choice([*KINDS, "", ""]) for _ in days], dtype=object)
    codes = np.array([0 if end == "" else 1 if end == kind else 2 for end in ends])
    fitter = AalenJohansenFitter(calculate_variance=True).fit(days, codes, event_of_interest=1)
    for horizon in (50, 150, 300):
        one = next(found for found in incidences(days, ends, KINDS, (horizon,)) if found.einde == kind)
        theirs = float(np.ravel(fitter.cumulative_density_.loc[:horizon])[-1])
        variance = float(np.ravel(fitter.variance_.loc[:horizon])[-1])
        assert one.waarde == pytest.approx(theirs, abs=1e-9)
        low, high = plain.log_log(theirs, variance)
        assert _close(one.laag, low) and _close(one.hoog, high)


@pytest.mark.parametrize("seed", range(4))
def test_the_open_share_and_its_interval_are_those_of_lifelines(seed):
    days, ends = _sample(seed, 90, longest=30)  # three people a day: many ties
    fitter = KaplanMeierFitter().fit(days, ends != "")
    for horizon in (0, 7, 15, 29):
        one = incidences(days, ends, KINDS, (horizon,))[-1]
        assert one.einde == "nog bezig"
        low, high = fitter.confidence_interval_.loc[:horizon].iloc[-1]
        assert one.waarde == pytest.approx(float(fitter.predict(horizon)), abs=1e-9)
        if one.waarde < 1:
            assert (one.laag, one.hoog) == pytest.approx((low, high), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 40), st.just("")), min_size=1, max_size=20), st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_everyone_censored_is_no_end_at_all(pairs, horizon):
    days, ends = _arrays(pairs)
    assert first_day_reaching(days, ends, 0.25) is None
    for one in incidences(days, ends, KINDS, (horizon,)):
        expected = None if horizon > max(days) else float(one.einde == "nog bezig")
        assert one.waarde == expected
        assert (one.laag, one.hoog) == (None, None)


def test_one_person():
    days, ends = _arrays([(10, "klaar")])
    values = {one.einde: one.waarde for one in incidences(days, ends, KINDS, (10,))}
    assert values == {"klaar": 1.0, "uitval": 0.0, "weg": 0.0, "nog bezig": 0.0}
    assert all(one.laag is None for one in incidences(days, ends, KINDS, (10,)))
    assert first_day_reaching(days, ends, 0.75) == 10


@given(st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_wilson_for_every_share(teller, rest):
    noemer = teller + rest
    if not noemer:
        return
    low, high = wilson(teller, noemer)
    assert (low, high) == pytest.approx(proportion_confint(teller, noemer, method="wilson"), abs=1e-12)
    assert low is not None and high is not None
    assert 0 <= low <= teller / noemer <= high <= 1


@given(st.lists(st.integers(1, 10), min_size=2, max_size=60))
@settings(max_examples=100, deadline=None)
@example([7, 7])
def test_the_mean_of_scores_has_the_interval_of_scipy(values):
    mean, deviation = float(np.mean(values)), float(np.std(values, ddof=1))
    found = mean_interval(mean, deviation, len(values))
    if deviation == 0:
        assert found == (mean, mean)
    else:
        assert found == pytest.approx(
            stats.t.interval(0.95, len(values) - 1, mean, deviation / math.sqrt(len(values))), abs=1e-9
        )


@given(st.lists(st.floats(0, 60, allow_nan=False), min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_quantiles_of_the_database_are_type_seven(values):
    import duckdb

    found = duckdb.execute(
        "SELECT quantile_cont(v, [0.25, 0.5, 0.75]) FROM (SELECT unnest($values) AS v)", {"values": values}
    ).fetchone()
    assert found is not None
    assert found[0] == pytest.approx(list(np.percentile(values, [25, 50, 75])), abs=1e-9)
    assert found[0] == pytest.approx([plain.quantile(values, share) for share in (0.25, 0.5, 0.75)], abs=1e-9)
