"""Events on a time axis stand where their day lies, and outside it nowhere."""

from datetime import date

import pytest

from dashboard.figures.marks import marked, place_of

QUARTERS = ["2023-K4", "2024-K1", "2024-K2"]


@pytest.mark.parametrize(
    ("day", "moments", "expected"),
    [
        (date(2024, 1, 1), QUARTERS, 0.5),  # the first day of a quarter lies between two points
        (date(2024, 2, 15), QUARTERS, 0.5 + 45 / 92),
        (date(2024, 1, 1), ["2023", "2024"], 0.5),
        (date(2024, 3, 1), ["2024-02", "2024-03"], 0.5),
        (date(2022, 1, 1), QUARTERS, None),
        (date(2025, 1, 1), QUARTERS, None),
    ],
)
def test_a_day_lies_in_its_moment(day, moments, expected):
    found = place_of(day, moments)
    assert found == (None if expected is None else pytest.approx(expected))


def _chart():
    axis = {"type": "category", "categoryarray": QUARTERS}
    return {"data": [], "layout": {"height": 300, "margin": {"t": 10}, "xaxis": axis, "annotations": [{"text": "x"}]}}


def test_marks_come_beside_what_is_there_and_get_room():
    events = [{"datum": date(2024, 1, 1), "titel": "Nieuwe norm"}, {"datum": date(2020, 1, 1), "titel": "Lang geleden"}]
    layout = marked(_chart(), events)["layout"]
    assert [one["text"] for one in layout["annotations"]] == ["x", "Nieuwe norm"]
    assert len(layout["shapes"]) == 1
    assert layout["height"] > 300


def test_names_that_would_touch_stand_above_each_other():
    events = [{"datum": date(2024, 1, day), "titel": f"Gebeurtenis nummer {day} met een naam"} for day in (1, 5, 9)]
    shifts = [one.get("yshift") for one in marked(_chart(), events)["layout"]["annotations"][1:]]
    assert len(set(shifts)) == 3


def test_nothing_that_happened_changes_nothing():
    assert marked(_chart(), []) == _chart()
