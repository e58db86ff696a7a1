"""What a chart shows: the values of the answer, never a hidden one, never a percentage of a few people."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import metrics
from dashboard.components.card import big_number, headline, row_strips, strip
from dashboard.figures import chart


def answer(id: str, rows: list[dict[str, Any]], per: tuple[str, ...] = ()) -> metrics.Answer:
    day = date(2024, 12, 31)
    return metrics.Answer(id, metrics.catalogue()[id], day, date(2022, 1, 1), day, "abc", {}, per, rows)


def share(teller: Any, noemer: Any, **dims: Any) -> dict[str, Any]:
    low, high = metrics.wilson(teller, noemer)
    return {**dims, "teller": teller, "noemer": noemer, "waarde": teller / noemer, "laag": low, "hoog": high}


def hidden(**dims: Any) -> dict[str, Any]:
    return {**dims, **dict.fromkeys(("teller", "noemer", "waarde", "laag", "hoog"), metrics.VERBORGEN)}


def drawn_values(figure: dict[str, Any]) -> list[Any]:
    return [value for trace in figure["data"] for axis in ("x", "y") for value in trace[axis]]


def test_a_line_over_time_has_its_interval_as_a_band() -> None:
    rows = [share(30, 60, kwartaal="2024-K1"), share(45, 60, kwartaal="2024-K2"), share(40, 50, kwartaal="2024-K3")]
    figure = chart(answer("pip_op_tijd", rows, ("kwartaal",)), {})
    assert figure is not None
    low, high, line = figure["data"]
    assert line["y"] == [50, 75, 80]
    assert line["x"] == ["2024-K1", "2024-K2", "2024-K3"]
    assert low["y"] == pytest.approx([100 * row["laag"] for row in rows])
    assert high["y"] == pytest.approx([100 * row["hoog"] for row in rows])


def test_what_is_hidden_or_small_is_not_drawn_and_nowhere_written() -> None:
    rows = [share(30, 60, jaar=2022), share(3, 7, jaar=2023), hidden(jaar=2024), share(20, 40, jaar=2025)]
    figure = chart(answer("pip_op_tijd", rows, ("jaar",)), {})
    assert figure is not None
    (line,) = figure["data"]
    assert line["x"] == ["2022", "2023", "2024", "2025"]  # time keeps its distance
    assert line["y"] == [50, None, None, 50]
    assert line["customdata"] == [0, None, None, 3]
    assert not any(abs(value - 100 * 3 / 7) < 1 for value in drawn_values(figure) if isinstance(value, float))
    assert chart(answer("pip_op_tijd", [hidden(jaar=2023), share(3, 7, jaar=2024)], ("jaar",)), {}) is None


def test_bars_say_their_numbers_and_show_what_was_expected() -> None:
    rows = [share(67, 100, leerroute="B1"), share(13, 100, leerroute="Z"), share(20, 100, leerroute="onderwijs")]
    for row, expected in zip(rows, (0.6, 0.15, 0.25), strict=True):
        row["verwacht"] = expected
    figure = chart(answer("routeverdeling", rows), {})
    assert figure is not None
    bars, marks = figure["data"]
    assert bars["x"] == [67, 13, 20]
    assert marks["x"] == pytest.approx([60, 15, 25])
    assert [label["text"] for label in figure["layout"]["annotations"]] == [
        "verwacht", "<b>67%</b>  67 van 100", "<b>13%</b>  13 van 100", "<b>20%</b>  20 van 100",
    ]  # fmt: skip
    assert len(set(bars["marker"]["color"])) == 3


def test_counts_of_two_dimensions_are_parts_of_a_bar() -> None:
    rows = [
        {"leerroute": "B1", "reden_einde": "afgerond", "aantal": 30},
        {"leerroute": "B1", "reden_einde": "uitval", "aantal": 10},
        {"leerroute": "Z", "reden_einde": "afgerond", "aantal": 7},
    ]
    figure = chart(answer("uitstroom", rows), {})
    assert figure is not None
    assert figure["layout"]["barmode"] == "stack"
    assert {trace["name"]: trace["x"] for trace in figure["data"]} == {"afgerond": [30, 7], "uitval": [10]}


def test_competing_ends_fill_the_whole_and_an_unknown_horizon_is_absent() -> None:
    ends = {"afgerond": 0.3, "uitval": 0.2, "overstap": 0.0, "vertrokken": 0.1, "nog bezig": 0.4}
    rows = [{"horizon": 730, "einde": end, "waarde": value, "n": 60} for end, value in ends.items()]
    rows += [{"horizon": 1095, "einde": end, "waarde": None, "n": 60} for end in ends]
    figure = chart(answer("leerroute_afgerond_binnen", rows), {})
    assert figure is not None
    assert sum(value for trace in figure["data"] for value in trace["x"]) == pytest.approx(100)
    assert {label for trace in figure["data"] for label in trace["y"]} == {"na 24 maanden"}
    assert [trace["name"] for trace in figure["data"]][-1] == "nog bezig"


def test_a_year_as_text_is_no_place_on_the_axis() -> None:
    rows = [{"jaar": year, "gemeente": "0397", "waarde": 30000.0 + year} for year in (2022, 2023, 2024)]
    figure = chart(answer("uitvoeringstekort", rows), {"0397": "Heemstede"})
    assert figure is not None
    (name,) = figure["layout"]["annotations"]
    assert (name["text"], name["x"]) == ("Heemstede <b>€ 32.024</b>", 2)


def test_many_lines_become_small_pictures_on_one_scale() -> None:
    rows = [
        {"onderdeel": part, "jaar": year, "waarde": 7.0 + place / 10, "n": 40, "laag": 6.5, "hoog": 7.9}
        for place, part in enumerate(("KNM", "MAP", "PVT", "brugklas", "leerroute"))
        for year in (2023, 2024)
    ]
    figure = chart(answer("tevredenheid", rows, ("jaar",)), {})
    assert figure is not None
    assert len({trace["xaxis"] for trace in figure["data"]}) == 5
    ranges = [tuple(axis["range"]) for name, axis in figure["layout"].items() if name.startswith("yaxis")]
    assert len(set(ranges)) == 1


@pytest.mark.parametrize(
    ("id", "row", "expected"),
    [
        ("instroom", {"aantal": 2000}, "2.000"),
        ("pip_op_tijd", share(30, 41), "73%"),
        ("pip_op_tijd", share(7, 9), "7 van de 9"),
        ("pip_op_tijd", hidden(), None),
        ("intake_tot_pip", {"n": 20, "p25": 30, "p50": 47, "p75": None}, "47 dagen"),
        ("kosten", {"waarde": 10.0}, None),
    ],
)
def test_the_big_number(id: str, row: dict[str, Any], expected: str | None) -> None:
    assert big_number(answer(id, [row])) == expected


def test_the_strip_stands_where_the_interval_is() -> None:
    row = share(30, 40)
    interval, mark = strip(row).children
    assert interval.style["left"] == f"{100 * row['laag']:.2f}%"
    assert mark.style["left"] == "75.00%"


def test_a_tile_has_strips_only_for_groups_that_are_large_enough() -> None:
    rows = [share(30, 40, onderdeel="KNM"), share(3, 9, onderdeel="lezen"), hidden(onderdeel="spreken")]
    made = row_strips(answer("examen_eerste_poging", rows), {})
    assert made is not None
    assert [item.children[0].children for item in made.children] == ["KNM"]
    assert headline(replace(answer("pip_op_tijd", []), rijen=[])) is None
