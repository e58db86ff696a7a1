"""The pages of contracts, data, events, definitions and publishing in English: sentences by hand, own words marked."""

import re

import pytest
from dash import html
from dash.development.base_component import Component
from test_figure_page import texts

import metrics
from dashboard import events
from dashboard.pages import Context, find
from dashboard.state import View

pytestmark = [pytest.mark.xdist_group("voorbeeld"), pytest.mark.usefixtures("in_english")]


def page(desk, path, search=""):
    found = find(path)
    return found.render(Context(desk, desk.snapshot(), View.read(search), found.rest))


def said(component):
    return " ".join(" ".join(texts(component)).split())  # each piece apart: also words of people in a sentence


def dutch(component):
    """What says of itself that it is Dutch."""
    found = []
    stack = [component]
    while stack:
        one = stack.pop()
        if isinstance(one, list | tuple):
            stack.extend(one)
        elif isinstance(one, html.Span) and getattr(one, "lang", None) == "nl":
            found.append(one.children)
        elif isinstance(one, Component):
            stack.append(getattr(one, "children", None))
    return found


def test_all_contracts(desk):
    shown = page(desk, "/contracten")
    whole = said(shown)
    for text in (
        "Which contract calls for a talk this quarter, and why?",
        "Q4 2025, with the example norms: talk about B1-route ( Danner & Danner ) first.",
        "The norms are examples; that is why there is no red and green.",
        "No action is late.",
        "Agreement Value Norm Streak Step Q1 ’24 Q2 ’24",
        "✓ met · ✗ not met · … too few data · ! report missing · – not applicable · ○ no norm set. "
        "An underlined sign is certain.",
        "not known yet · out to tender. Nothing that calls for a talk.",
    ):
        assert text in whole, text
    assert {"B1-route", "Op tijd gestart", "verbeterplan", "Danner & Danner"} <= set(dutch(shown))


def test_one_contract(desk):
    shown = page(desk, "/contracten/danner-b1")
    whole = said(shown)
    for text in (
        "Danner & Danner . Runs from 1 Jan 2022 to 31 Dec 2025. Report due within 28 days after the quarter. "
        "Norms: example norm.",
        "The quality mark (keurmerk) of Blik op Werk is valid from 1 Jul 2022 up to and including 31 Dec 2026.",
        "Nothing has been shared about Q4 2025 yet, and no snapshot of that time has been kept.",
        "There are no other actions.",
        "Line with dots: the value. Light band: where the true figure probably lies (95%). Dashes: the norm.",
        "Each sign is a contract: the more people are done, the further to the right.",
        "Target group refugees with a permit",
    ):
        assert text in whole, text
    assert re.search(r"Q4 2025: \d+ of the 13 agreements were met\. Not met: \d+ agreements", whole)
    assert re.search(r"So far €[\d,]+ has been paid, of which €[\d,]+ in 2025\.", whole)
    notes = {text for _, text in desk.notes(desk.snapshot(), "danner-b1")}
    assert notes and notes <= set(dutch(shown))
    assert "The contract bestaat-niet does not exist." in said(page(desk, "/contracten/bestaat-niet"))


def test_an_earlier_quarter(desk):
    whole = said(page(desk, "/contracten/danner-z", "?peildatum=2025-06-30"))
    assert "Q2 2025: all 8 agreements were met." in whole or "Q2 2025: " in whole
    assert "Nothing has been shared about Q2 2025 yet" in whole


def test_the_data(desk, snapshot):
    shown = page(desk, "/gegevens")
    whole, report = said(shown), desk.deliveries(snapshot)
    read, refused = (sum(getattr(one, name) for one in report.bestanden) for name in ("gelezen", "geweigerd"))
    files = sum(one.status == "geweigerd" for one in report.bestanden)
    assert (
        f"Refused: {refused} of the {read:,} rows that were read (fewer than 1 out of 100), and {files} whole" in whole
    )
    for text in (
        "Can you trust the figures?",
        ": report missing, Q2 2025.",
        "A refused row does not count in any figure. Correct the delivery and load it again.",
        "Where they differ, what the municipality itself recorded counts.",
        "1 snapshot kept.",
    ):
        assert text in whole, text
    assert {one.melding for file in report.bestanden for one in file.weigeringen} <= set(dutch(shown))


def test_events_keep_the_words_of_who_wrote_them(desk):
    shown = page(desk, "/gebeurtenissen")
    whole = said(shown)
    assert "These events are marked with a small line in every chart over time." in whole
    assert "1 Jan 2024" in whole and "(policy or law)" in whole and "Belongs to the example." in whole
    titles = {one.titel for one in events.read(desk.werkmap, True)}
    assert titles and titles <= set(dutch(shown))


def test_definitions_are_found_by_words_of_both_languages(desk):
    shown = page(desk, "/definities")
    whole = said(shown)
    assert f"There are {len(metrics.catalogue())} figures, each with one definition." in whole
    assert "It is a share of a group. Source: " in whole
    cards = {one.id: getattr(one, "data-zoek") for one in _cards(shown)}
    assert "pip binnen tien weken" in cards["pip_op_tijd"] and "pip within ten weeks" in cards["pip_op_tijd"]


def _cards(component):
    if isinstance(component, list | tuple):
        return [card for one in component for card in _cards(one)]
    if not isinstance(component, Component):
        return []
    own = [component] if isinstance(component, html.Article) else []
    return own + _cards(getattr(component, "children", None))


def test_publishing(desk):
    whole = said(page(desk, "/publiceren"))
    assert re.search(
        r"Of the \d+ lines we do not show \d+, because the group is too small or could otherwise be", whole
    )
    assert "Groups of fewer than five people stay hidden, even if you subtract figures from each other." in whole
    assert "New arrivals by year" in whole and "New arrivals by municipality" in whole
