"""Curves, courses, forecasts and budgets: the numbers of hand-made answers, and what a chart may not suggest."""

from datetime import date

import pytest

import metrics
from dashboard.figures import budget_chart, chart, course_chart, curve_chart, forecast_chart
from dashboard.figures.curves import FEWEST
from dashboard.figures.lines import every_moment
from data.fouten import Gebruiksfout
from metrics import insight
from metrics.insight.course import Point

DAY = date(2024, 12, 31)


def _answer(id, rows, per=(), **changes):
    definition = metrics.catalogue()[id].model_copy(update=changes)
    return metrics.Answer(id, definition, DAY, date(2022, 1, 1), DAY, "abc", {}, per, rows)


def _labels(figure):
    return [one["text"] for one in figure["layout"]["annotations"]]


def test_time_has_no_holes():
    assert every_moment(["2023-K3", "2024-K2"]) == ["2023-K3", "2023-K4", "2024-K1", "2024-K2"]
    assert every_moment(["2024-02", "2023-11"]) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert every_moment(["2022", "2024"]) == ["2022", "2023", "2024"]


def test_a_quarter_of_few_people_breaks_the_line_and_is_told():
    rows = []
    for quarter, noemer in (("2024-K1", 40), ("2024-K2", 6), ("2024-K3", 40)):
        low, high = metrics.wilson(noemer // 2, noemer)
        share = {"teller": noemer // 2, "noemer": noemer, "waarde": 0.5, "laag": low, "hoog": high}
        rows.append({"kwartaal": quarter, **share})
    figure = chart(_answer("pip_op_tijd", rows, ("kwartaal",)), {})
    (line,) = figure["data"]
    assert line["y"] == [50, None, 50]
    assert line["connectgaps"] is False
    assert line["error_y"]["array"][0] == pytest.approx(100 * (rows[0]["hoog"] - 0.5))
    assert "minder dan 20 mensen" in figure["layout"]["xaxis"]["title"]["text"]


def _incidence(months, done, at_risk):
    share = {"waarde": done, "laag": max(0.0, done - 0.1), "hoog": min(1.0, done + 0.1), "in_risico": at_risk}
    where = {"horizon": round(30.4375 * months), "n": 60}
    open_ = {"waarde": 1 - done, "laag": None, "hoog": None, "in_risico": at_risk}
    return [{**where, "einde": "afgerond", **share}, {**where, "einde": "nog bezig", **open_}]


def test_a_curve_ends_where_few_are_followed_and_says_how_many_are():
    rows = [
        row
        for months, done, many in ((0, 0.0, 60), (6, 0.25, 40), (12, 0.5, 12), (18, 0.9, 4))
        for row in _incidence(months, done, many)
    ]
    answer = _answer("leerroute_afgerond_binnen", rows, einden=("afgerond",))
    figure = curve_chart(answer)
    line = figure["data"][-1]
    assert line["y"] == [0, 25, 50]
    assert line["x"] == pytest.approx([0, 6, 12], abs=0.02)
    assert line["line"]["shape"] == "hv"
    labels = _labels(figure)
    assert labels[0] == "afgerond <b>50%</b>"
    assert labels[1:] == ["nog gevolgd (mensen)", "60", "40", "12", f"<{FEWEST}"]
    few = [row | {"in_risico": 4} for row in rows]
    assert curve_chart(_answer("leerroute_afgerond_binnen", few, einden=("afgerond",))) is None


@pytest.mark.xdist_group("voorbeeld")
def test_a_curve_passes_through_the_figure_at_its_horizons(snapshot):
    for id in ("uitval", "voldaan_binnen", "leerroute_afgerond_binnen", "uit_bijstand"):
        (figure,) = metrics.compute(id, snapshot, voor=metrics.ALLES)
        rows = {(row["horizon"], row["einde"]): row for row in metrics.curve(id, snapshot, voor=metrics.ALLES).rijen}
        assert all(rows[row["horizon"], row["einde"]] == row for row in figure.rijen)
    waiting = metrics.curve("intake_tot_pip", snapshot, voor=metrics.ALLES)
    (middle,) = metrics.compute("intake_tot_pip", snapshot, voor=metrics.ALLES)
    done = {row["horizon"]: row["waarde"] for row in waiting.rijen if row["einde"] == "PIP"}
    weeks = middle.rijen[0]["p50"] // 7
    assert done[7 * weeks] <= 0.5 or middle.rijen[0]["p50"] % 7 == 0
    assert done[7 * (weeks + 1)] >= 0.5


@pytest.mark.xdist_group("voorbeeld")
def test_a_curve_is_for_nobody_who_sees_only_what_is_published(snapshot):
    with pytest.raises(Gebruiksfout, match="niet gepubliceerd"):
        metrics.curve("uitval", snapshot, voor=metrics.Bevoegdheid(None, exact=False))
    with pytest.raises(Gebruiksfout, match="niet over de tijd"):
        metrics.curve("instroom", snapshot, voor=metrics.ALLES)


def test_a_course_shows_its_limits_its_signals_and_what_can_still_change():
    values = [10.0, 12.0, 11.0, 9.0, 10.0, 12.0, 11.0, 9.0, 40.0]
    card = insight.process_behaviour(values)
    points = [Point(f"202{2 + n // 4}-K{n % 4 + 1}", one, 30, n == 8) for n, one in enumerate(values)]
    course = insight.Course("instroom", {}, tuple(points), card)
    figure = course_chart(course, metrics.catalogue()["instroom"])
    line, signal = figure["data"]
    assert line["y"] == values
    assert line["marker"]["color"][-1] == "#ffffff"
    assert (signal["x"], signal["y"]) == (["2023-K4", "2024-K1"], [9.0, 40.0])  # the eighth in a row, and far away
    assert "acht op rij" in signal["text"][0]
    assert "buiten de grenzen" in signal["text"][1]
    band, mean = figure["layout"]["shapes"]
    # by hand: the mean is 124 / 9, the mean moving range (2+1+2+1+2+1+2+31) / 8 = 5.25
    assert mean["y0"] == pytest.approx(124 / 9)
    assert band["y1"] == pytest.approx(124 / 9 + 2.66 * 5.25)


def test_a_forecast_is_no_count():
    rows = [{"jaar": 2025, "groep": "allen", "bekend": 12, "verwacht": 70.4, "laag": 40, "hoog": 110}]
    figure = forecast_chart([(2023, 90), (2024, 70), (2025, 12)], rows)
    bars, dots = figure["data"]
    assert (bars["x"], bars["y"]) == (["2023", "2024", "2025"], [90, 70, 12])
    assert bars["marker"]["color"][0] != bars["marker"]["color"][2]
    assert dots["error_y"]["array"] == [pytest.approx(110 - 70.4)]
    assert _labels(figure) == ["<b>90</b>", "<b>70</b>", "verwacht <b>70</b><br>40 tot 110"]
    assert forecast_chart([(2023, 90)], [rows[0] | {"verwacht": None}]) is None


def test_costs_stand_beside_their_budget():
    figure = budget_chart([("2023", 460450.0, 483000.0), ("2024", 2020.0, 0)])
    spent, planned = figure["data"]
    assert spent["x"] == [460450.0, 2020.0]
    assert (planned["y"], planned["x"]) == (["2023"], [483000.0])
    assert _labels(figure) == ["begroot", "<b>€ 460.450</b>  van € 483.000 (95%)", "<b>€ 2.020</b>  niets begroot"]
