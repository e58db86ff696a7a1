"""The small course on a tile: only of enough quarters, and it tells what it skips; an amount stays on one line."""

from types import SimpleNamespace

from dash import html

import metrics
from dashboard import wording
from dashboard.components.signals import signal_card
from dashboard.components.tile import course_bars, course_rows, tile

PIP, INSTROOM = metrics.catalogue()["pip_op_tijd"], metrics.catalogue()["instroom"]


def _course(*points):
    quarters = [f"{year}-K{one}" for year in (2023, 2024) for one in (1, 2, 3, 4)]
    return SimpleNamespace(punten=[
        SimpleNamespace(kwartaal=quarter, waarde=value, n=n, voorlopig=False)
        for quarter, (value, n) in zip(quarters, points, strict=False)
    ])  # fmt: skip


def test_a_first_and_a_last_quarter_are_no_course():
    assert course_bars(_course((0.36, 25), (0.5, 19), (0.5, 3), (0.6, 20), (0.83, 30)), PIP) is None  # three
    assert course_bars(_course((0.36, 25), (0.5, 20), (0.5, 22), (0.83, 30)), PIP) is not None  # four
    assert course_bars(_course((3, 3), (4, 4), (5, 5), (6, 6)), INSTROOM) is not None  # numbers need no size


def test_it_names_its_quarters_and_what_it_skips():
    found = course_bars(_course((0.36, 25), (0.5, 19), (0.5, 20), (0.6, 20), (0.9, 4), (0.83, 30)), PIP)
    bars, said = found.children
    assert len(bars.children) == 4
    assert "36% in het 1e kwartaal 2023 naar 83% in het 2e kwartaal 2024" in said.children
    assert said.children.endswith("Zonder 2 kwartalen met minder dan 20 mensen.")
    whole = course_bars(_course((0.36, 25), (0.5, 20), (0.5, 20), (0.83, 30)), PIP)
    assert "Zonder" not in whole.children[1].children


def test_an_amount_on_a_tile_or_card_stays_on_one_line(monkeypatch):
    card = tile("Kosten", "Uitgegeven", "/geld", [html.P("Meer (€ 3.219 tekort)."), None])
    assert [part.children for part in card.children if isinstance(part, html.P)][-1] == "Meer (€\u00a03.219 tekort)."
    declaration = SimpleNamespace(titel="Meer", advies="Kijk.")
    one = SimpleNamespace(verklaring=declaration, zekerheid="zeker", deelbaar=True)
    monkeypatch.setattr("dashboard.wording.signals.sentences", lambda *_: ("Nu (€ 6.720).", "Was € 6.500."))
    assert "(€\u00a06.720)" in repr(signal_card([one], {}, {}, "Kosten", "/geld")).replace("\\xa0", "\xa0")
    assert wording.euros(3219) == "€ 3.219"  # in files as people search for it


def test_a_figure_in_parts_has_a_course_per_part_and_says_what_it_lacks():
    exam = metrics.catalogue()["examen_eerste_poging"]
    whole, few = _course((0.5, 20), (0.6, 30), (0.7, 40), (0.8, 40)), _course((0.5, 20), (0.6, 19), (0.7, 3))
    whole.dims, few.dims = {"onderdeel": "KNM"}, {"onderdeel": "lezen"}
    rows, said = course_rows([whole, few], exam, {}).children
    name, bars, text = rows.children[0].children
    assert (name.children, len(bars.children), text.children) == ("KNM", 4, "van 50% naar 80%")
    assert [part.children for part in rows.children[1].children] == ["lezen", "te weinig kwartalen met genoeg mensen"]
    assert said.children.startswith("Per kwartaal, van het 1e kwartaal 2023 tot en met het 4e kwartaal 2023.")
    assert course_rows([few], exam, {}) is None


def test_a_course_by_quarter_of_starting_says_so_and_leaves_small_quarters_out():
    done = metrics.catalogue()["leerroute_afgerond_binnen"]
    found = course_bars(_course((0.2, 20), (0.9, 19), (0.3, 40), (0.4, 41), (0.29, 20)), done, horizon=730)
    assert found.children[1].children == (
        "Na 24 maanden, naar het kwartaal van start: van 20% (start in het 1e kwartaal 2023) naar 29% (start in het 1e "
        "kwartaal 2024). Zonder 1 kwartaal met minder dan 20 mensen."
    )
