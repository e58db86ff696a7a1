"""The methods on numbers alone, each against another way to know the answer."""

import itertools
import math
import random

import numpy as np
import pytest
from scipy import stats

from metrics.insight import chance, quarters
from metrics.insight.forecast import dispersion, from_taakstelling, predict
from metrics.insight.funnel import funnel, limits, lower_limit, standardise
from metrics.insight.national import judge
from metrics.insight.whatif import Assumption, cut
from metrics.insight.xmr import ONE_SIDE, OUTSIDE, process_behaviour


@pytest.mark.parametrize("n", [0, 1, 2, 7, 40, 300])
@pytest.mark.parametrize("share", [0.0, 0.03, 0.15, 0.5, 0.878, 1.0])
def test_binomial_and_its_test_are_those_of_scipy(n, share):
    found = chance.binomial(n, share)
    assert np.allclose(found, stats.binom.pmf(range(n + 1), n, share), atol=1e-12)
    for teller in {0, n // 3, n // 2, n}:
        if n and 0 < share < 1:
            assert chance.binomial_test(teller, n, share) == pytest.approx(
                stats.binomtest(teller, n, share).pvalue, abs=1e-9
            )
        elif not n:
            assert chance.binomial_test(0, 0, share) == 1


def test_a_sum_of_binomials_by_counting_every_outcome():
    parts = [(2, 0.3), (1, 0.9), (3, 0.5)]
    exact = [0.0] * 7
    for outcome in itertools.product(*(range(n + 1) for n, _ in parts)):
        weight = math.prod(stats.binom.pmf(k, n, p) for k, (n, p) in zip(outcome, parts, strict=True))
        exact[sum(outcome)] += weight
    assert np.allclose(chance.sum_of_binomials(parts), exact)
    assert chance.sum_of_binomials([]).tolist() == [1.0]
    many = chance.sum_of_binomials([(4000, 0.4)])
    assert many.sum() == pytest.approx(1, abs=1e-6)
    assert chance.central(many, 0.95) == pytest.approx(stats.binom.ppf([0.025, 0.975], 4000, 0.4), abs=1)


@pytest.mark.parametrize(("mean", "size"), [(0.4, 0.5), (12, 3.5), (25.8, 78), (17, math.inf)])
def test_negative_binomial_is_that_of_scipy(mean, size):
    found = chance.negative_binomial(mean, size)
    other = stats.poisson(mean) if math.isinf(size) else stats.nbinom(size, size / (size + mean))
    assert np.allclose(found, other.pmf(range(found.size)), atol=1e-12)
    low, high = chance.central(found, 0.95)
    assert (low, high) == (other.ppf(0.025), other.ppf(0.975))


def test_quarters():
    assert quarters.between("2023-K3", "2024-K2") == ["2023-K3", "2023-K4", "2024-K1", "2024-K2"]
    assert quarters.between("2024-K2", "2024-K1") == []
    assert [quarters.shift("2024-K1", steps) for steps in (-1, 0, 4, 7)] == ["2023-K4", "2024-K1", "2025-K1", "2025-K4"]
    assert quarters.last_day("2024-K1").isoformat() == "2024-03-31"
    assert quarters.last_whole(quarters.last_day("2024-K1")) == "2024-K1"
    assert quarters.last_whole(quarters.first_day("2024-K1")) == "2023-K4"


# --- forecast


def test_the_forecast_is_the_gamma_poisson_prediction():
    counts = [3, 6, 2, 5, 4, 8, 1, 5]
    found = predict(counts, 4)
    other = stats.nbinom(sum(counts) + 0.5, 8 / (8 + 4))
    assert found.verwacht == pytest.approx(other.mean())
    assert (found.laag, found.hoog) == (other.ppf(0.025), other.ppf(0.975))


def test_the_forecast_covers_what_comes_in_nineteen_of_twenty():
    dice = np.random.default_rng(7)
    hits = 0
    for _ in range(1500):
        mean = dice.uniform(2, 8)
        found = predict(dice.poisson(mean, 8).tolist(), 4)
        hits += found.laag <= dice.poisson(4 * mean) <= found.hoog
    assert 0.94 <= hits / 1500 <= 0.99


def test_more_swing_is_a_wider_interval():
    narrow, wide = predict([5] * 8, 4, 1.0), predict([5] * 8, 4, 3.0)
    assert wide.laag < narrow.laag and wide.hoog > narrow.hoog and wide.verwacht == narrow.verwacht
    assert dispersion([[11, 23]]) == pytest.approx(36 / 17 + 36 / 17)  # worked by hand: mean 17, both 6 off
    assert dispersion([[11, 23], [5, 5, 5]]) == pytest.approx((72 / 17) / 3)
    assert dispersion([]) == dispersion([[4]]) == dispersion([[0, 0]]) == dispersion([[5, 5, 5]]) == 1


@pytest.mark.parametrize("counts", [[], [4], [4, 2], [4, 2, 0]])
def test_too_short_a_past_gives_no_forecast(counts):
    assert predict(counts, 4) is None


def test_a_forecast_of_nobody_and_of_a_year_that_is_over():
    nobody = predict([0, 0, 0, 0], 4)
    assert nobody.laag == 0 and nobody.hoog >= 1 and 0 < nobody.verwacht < 1
    assert predict([3, 4, 5, 6], 0).hoog == 0
    housed = from_taakstelling(34, 0.6)
    assert housed.verwacht == pytest.approx(20.4)  # the policy document: 34 housed, 60 %, 20 persons
    assert (housed.laag, housed.hoog) == tuple(stats.binom.ppf([0.025, 0.975], 34, 0.6))
    assert from_taakstelling(0, 0.6).hoog == 0


# --- XmR


def test_xmr_worked_by_hand():
    values = [10, 12, 9, 11, 10, 13, 10, 25]
    chart = process_behaviour(values)
    ranges = [2, 3, 2, 1, 3, 3, 15]
    assert chart.midden == pytest.approx(12.5)
    assert chart.bereik == pytest.approx(sum(ranges) / 7)
    assert chart.hoog == pytest.approx(12.5 + 2.66 * 29 / 7)
    assert chart.laag == pytest.approx(12.5 - 2.66 * 29 / 7)
    assert [(mark.plaats, mark.regel) for mark in chart.signalen] == [(7, OUTSIDE)]


def test_xmr_sees_eight_on_one_side_and_nothing_in_ordinary_variation():
    shift = process_behaviour([5, 6] * 5 + [9, 10] * 5)
    assert {mark.regel for mark in shift.signalen} >= {ONE_SIDE}
    assert [mark.plaats for mark in shift.signalen if mark.regel == ONE_SIDE] == [7, 8, 9, 17, 18, 19]
    assert process_behaviour([5, 6] * 6).oordeel == "rustig"
    assert process_behaviour([4] * 12).signalen == ()  # on the mean is no side


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0], [1.0] * 7, [1.0, None] * 8, [None] * 20])
def test_xmr_with_too_little(values):
    chart = process_behaviour(values)
    assert (chart.oordeel, chart.midden, chart.signalen) == ("te kort", None, ())


def test_xmr_leaves_gaps_and_bounds_alone():
    whole = process_behaviour([0.5, 0.6, 0.4, 0.5, None, 0.9, 0.5, 0.6, 0.5], lowest=0, highest=1)
    ranges = [0.1, 0.2, 0.1, 0.4, 0.1, 0.1]  # none over the gap
    assert whole.bereik == pytest.approx(sum(ranges) / 6)
    assert whole.n == 8 and 0 <= whole.laag <= whole.hoog <= 1


def test_xmr_seldom_warns_when_nothing_happens():
    dice = random.Random(3)
    runs = [process_behaviour([dice.gauss(10, 2) for _ in range(16)]) for _ in range(400)]
    assert sum(any(mark.regel == OUTSIDE for mark in run.signalen) for run in runs) / 400 < 0.15


# --- funnel


@pytest.mark.parametrize("mean", [0.1, 0.5, 0.69, 0.95])
@pytest.mark.parametrize("n", [1, 5, 22, 150])
def test_funnel_limits_lie_on_the_exact_quantiles(mean, n):
    """The interpolated limit lies at most one case under the exact quantile; outside is what chance seldom does."""
    bounds = limits(mean, n)
    assert bounds["laag_998"] <= bounds["laag_95"] <= bounds["hoog_95"] <= bounds["hoog_998"]
    for name, tail in (("95", 0.025), ("998", 0.001)):
        quantile = stats.binom.ppf(tail, n, mean)
        assert max(0, quantile - 1) / n - 1e-9 <= lower_limit(mean, n, tail) <= quantile / n + 1e-9
        for teller in range(n + 1):
            under = teller / n < bounds[f"laag_{name}"] - 1e-12
            above = teller / n > bounds[f"hoog_{name}"] + 1e-12
            assert under == (stats.binom.cdf(teller, n, mean) <= tail)
            assert above == (stats.binom.sf(teller - 1, n, mean) <= tail)


def test_funnel_limits_worked_by_hand():
    # n 4, mean a half: 1/16, 5/16, 11/16, 15/16, 1; at 10 % the quantile is 1: (1 - (5/16 - 0.1) / (4/16)) / 4
    assert lower_limit(0.5, 4, 0.10) == pytest.approx((1 - (5 / 16 - 0.10) / (4 / 16)) / 4)


def test_a_funnel_places_suppliers():
    rows = [("a", 40, 50), ("b", 41, 50), ("c", 38, 50), ("d", 12, 50), ("e", 1, 2), ("f", 0, 0)]
    found = {row["naam"]: row for row in funnel({"naam": n, "teller": t, "noemer": m} for n, t, m in rows)}
    assert found["d"]["plaats"] == "buiten 99,8 %"
    assert found["e"]["plaats"] == found["f"]["plaats"] == "te weinig gegevens"
    assert found["f"]["waarde"] is None and "laag_95" not in found["f"]
    assert found["a"]["gemiddelde"] == pytest.approx(132 / 202)
    assert found["a"]["vals_alarm"] == pytest.approx(1 - 0.95**4)
    two = funnel([{"naam": "a", "teller": 1, "noemer": 50}, {"naam": "b", "teller": 49, "noemer": 50}])
    assert {row["plaats"] for row in two} == {"niet te vergelijken"}
    assert funnel([]) == []


def test_standardised_worked_by_hand():
    """Two strata: in the easy one 80 of 100 finish, in the hard one 20 of 100. Supplier x has mostly hard cases."""
    rows = [
        {"contract": "x", "soort": "licht", "teller": 16, "noemer": 20},
        {"contract": "y", "soort": "licht", "teller": 64, "noemer": 80},
        {"contract": "x", "soort": "zwaar", "teller": 16, "noemer": 80},
        {"contract": "y", "soort": "zwaar", "teller": 4, "noemer": 20},
    ]
    x, y = standardise(rows, "contract", ("soort",))
    assert x["verwacht"] == pytest.approx(20 * 0.8 + 80 * 0.2) and x["waargenomen"] == 32
    assert x["verhouding"] == y["verhouding"] == pytest.approx(1)
    assert x["oordeel"] == y["oordeel"] == "kan toeval zijn"  # raw: 32 % against 68 %
    assert x["gestandaardiseerd"] == pytest.approx(0.5) and x["gedekt"] == 1


def test_standardised_finds_who_does_worse_and_does_not_compare_the_incomparable():
    rows = [
        {"contract": "x", "soort": "licht", "teller": 20, "noemer": 60},
        {"contract": "y", "soort": "licht", "teller": 55, "noemer": 60},
        {"contract": "z", "soort": "zwaar", "teller": 1, "noemer": 30},
        {"contract": "k", "soort": "licht", "teller": 0, "noemer": 3},
    ]
    found = {row["naam"]: row for row in standardise(rows, "contract", ("soort",))}
    assert found["x"]["oordeel"] == "lager" and found["y"]["oordeel"] == "hoger"
    mean = 75 / 123
    assert found["x"]["kans"] == pytest.approx(stats.binomtest(20, 60, mean).pvalue, abs=1e-9)
    assert found["z"]["oordeel"] == "niet te vergelijken" and found["z"]["gedekt"] == 0
    assert found["k"]["oordeel"] == "te weinig gegevens"
    assert standardise([], "contract", ("soort",)) == []


# --- the Netherlands


def test_beside_the_netherlands():
    own = {"teller": 21, "noemer": 23}
    found = judge(own, 9900, 22200, 50)
    assert found["oordeel"] == "hoger" and found["landelijk"] == pytest.approx(0.4459, abs=1e-4)
    # the rounding is in favour of chance: the national share that fits best
    assert found["kans"] == pytest.approx(stats.binomtest(21, 23, found["landelijk_hoog"]).pvalue, abs=1e-9)
    assert judge({"teller": 2, "noemer": 23}, 9900, 22200, 50)["oordeel"] == "lager"
    assert judge({"teller": 10, "noemer": 22}, 9900, 22200, 50)["oordeel"] == "kan toeval zijn"
    assert judge({"teller": 0, "noemer": 4}, 9900, 22200, 50)["oordeel"] == "te weinig gegevens"
    assert judge({"teller": 0, "noemer": 0}, 9900, 22200, 50)["oordeel"] == "te weinig gegevens"
    assert judge({"teller": None, "noemer": None}, 9900, 22200, 50)["oordeel"] == "nog niet bekend"


# --- what if


def test_a_cut_is_never_more_than_the_budget():
    given = Assumption(norm=0.70, korting=0.01, budget=100_000)
    assert cut(0.75, given) == 0
    assert cut(0.60, given) == pytest.approx(10_000)
    assert cut(0.0, Assumption(0.7, 0.05, 100_000)) == 100_000
