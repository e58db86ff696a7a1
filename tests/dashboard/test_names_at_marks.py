"""Names at their marks on a narrow screen: no name covers another or the line of another; and what a chart says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import told
from dashboard.figures.names import Named, named

ENDS = ("afgerond", "overstap", "ontheven of vrijgesteld", "vertrokken", "uitval", "nog bezig")


def _boxes(parts, width):
    """What each name and its line cover, worked out from the annotations as plotly reads them."""
    found, _ = named([Named(part, 100 * part, name) for part, name in zip(parts, ENDS, strict=False)], below=True)
    boxes = []
    for one in found:
        at, long = one["x"] / 100 * width, 7 * len(one["text"])
        begin = at if one["xanchor"] == "left" else at - long
        boxes.append((begin, begin + long, one["ay"], at))
    return boxes


@pytest.mark.parametrize("width", [225, 400, 900])
@pytest.mark.parametrize(
    "parts", [(0.2, 0.42, 0.45, 0.52, 0.6, 0.8), (0.01, 0.02, 0.03, 0.04, 0.05, 0.5), (0.3, 0.62, 0.66, 0.7, 0.75, 0.9)]
)
def test_no_name_covers_another_on_any_width(parts, width):
    for one, other in itertools.combinations(_boxes(parts, width), 2):
        if one[2] == other[2]:
            assert one[1] < other[0] or other[1] < one[0]
        else:
            near, far = sorted((one, other), key=lambda box: box[2])
            assert not near[0] < far[3] < near[1], "a line runs through a name"


_PARTS = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.5, 0.999, 1.0]))  # many at one place


@given(st.lists(_PARTS, min_size=1, max_size=10), st.sampled_from([225, 900]))
def test_names_find_a_place_also_when_marks_are_at_one_place(parts, width):
    names = [f"groep {number}" for number in range(len(parts))]
    found, deep = named([Named(part, 100 * part, name) for part, name in zip(parts, names, strict=True)], below=True)
    assert [one["text"] for one in found] == names
    assert deep >= max(one["ay"] for one in found)
    boxes = []
    for one in found:
        at, long = one["x"] / 100 * width, 7 * len(one["text"])
        begin = at if one["xanchor"] == "left" else at - long
        boxes.append((begin, begin + long, one["ay"]))
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0]


def test_a_stack_tells_its_last_bar_and_a_line_its_ends():
    stack = {
        "data": [
            {"type": "bar", "name": name, "y": ["na 2 jaar", "na 3 jaar"], "x": sizes}
            for name, sizes in (("afgerond", [20.2, 45.4]), ("nog bezig", [79.8, 54.6]))
        ],
        "layout": {"xaxis": {"ticksuffix": "%"}},
    }
    assert told(stack) == "Na 3 jaar: afgerond 45%, nog bezig 55%."
    line = {"type": "scatter", "mode": "lines+markers", "name": "B1", "x": ["2022-K1", "2022-K2", "2022-K3"],
            "y": [None, 40, 60], "text": ["", "40%", "60%"]}  # fmt: skip
    assert told({"data": [line], "layout": {}}) == "B1: van 40% (2e kwartaal 2022) naar 60% (3e kwartaal 2022)."
    bars = {"type": "bar", "orientation": "h", "y": ["a", "b"], "x": [1, 2], "text": ["<b>1</b>", "<b>2</b>"]}
    assert told({"data": [bars], "layout": {}}) == "a: 1; b: 2."
