"""The pages beside the figures: what matters first, what is due, what changed, what is missing, and looking back."""

import shutil
from datetime import date

import pytest
from test_figure_page import ask, hrefs, texts

import contracts
import etl
import metrics
from contracts import record
from dashboard import access, wording
from dashboard.access import Desk
from dashboard.app import create_app
from dashboard.components.verdicts import overdue_lines
from dashboard.pages import PAGES, Context, find
from dashboard.pages.foremost import foremost
from dashboard.pages.missing import waiting
from dashboard.pages.signalen import strongest
from dashboard.state import View
from data import voorbeeld
from metrics import insight

pytestmark = pytest.mark.xdist_group("voorbeeld")
EVERYTHING = access.Person("toets", frozenset(access.ROLLEN), None)


@pytest.fixture(autouse=True)
def somebody():
    with access.acting(EVERYTHING):
        yield


def context(desk, search=""):
    view = View.read(search)
    return Context(desk, desk.snapshot(view.momentopname), view)


def test_the_first_sentence_is_the_surest_signal_and_counts_the_rest(desk):
    here = context(desk)
    said, groups = foremost(here), strongest(here)
    first = groups[0][0]
    assert first.verklaring.titel[1:] in said
    assert f"{len(groups) - 1} ander" in said
    breaches = [one for one in desk.verdicts(here.snapshot, here.view) if one.oordeel == "voldoet niet"]
    assert f"{len(breaches)} afspraken die niet zijn gehaald" in said


def test_what_is_due_is_listed_and_counted_the_same(desk, snapshot):
    rows = insight.due(insight.Scope(snapshot, metrics.ALLES, None, {}))
    said = texts(find("/termijnen").render(context(desk)))
    late = sum(row["dagen"] < 0 for row in rows)
    assert any(text.startswith(f"{late} termijn") for text in said)
    assert {row["persoon"] for row in rows} <= set(said)
    short = " ".join(texts(PAGES["/"][1](context(desk))))
    plans = sum(row["wat"] == "plan (PIP) maken" and row["stand"] == "te laat" for row in rows)
    assert f"{plans} personen wachten te lang op een plan (PIP)." in short


def test_what_is_late_is_said_with_who_and_when_and_leads_to_where_it_is_closed(desk):
    def action(number, status):
        said = record.Actie(wat="een plan sturen", eigenaar="de aanbieder", voor=date(2025, 3, 1))
        return record.ActionView(number, "danner-b1", said, status, None, None, gecorrigeerd=False)

    lines = overdue_lines([action(4, record.LATE), action(5, "open")], desk.agreements)
    assert "".join(texts(lines)) == "B1-route: een plan sturen (de aanbieder, moest klaar zijn op 01-03-2025). Sluiten"
    assert hrefs(lines) == ["/contracten/danner-b1", "/kwartaal/gesprek/danner-b1#actie-4"]
    assert overdue_lines([action(5, "open")], desk.agreements) is None


def test_who_may_see_no_figures_sees_no_terms(desk):
    with access.acting(access.Person("lezer", frozenset({"lezer"}), frozenset())), pytest.raises(access.Geweigerd):
        find("/termijnen").render(context(desk))


def test_who_keeps_the_system_sees_the_deliveries_without_figures(desk):
    with access.acting(access.Person("beheer", frozenset({"beheer"}), None)):
        said = " ".join(texts(find("/gegevens").render(context(desk))))
    assert "Wat is er niet geleverd?" in said
    assert "telt nu" in said


def test_a_reader_gets_the_page_of_a_published_figure(desk):
    with access.acting(access.Person("lezer", frozenset({"lezer"}), frozenset())):
        found = find("/cijfer/pip_op_tijd")
        said = " ".join(texts(found.render(Context(desk, desk.snapshot(), View(), found.rest))))
    assert "alleen wat is gepubliceerd" in said
    assert "Waar komt het vandaan?" not in said


def test_a_signal_leads_to_its_figure_with_the_same_number(desk, snapshot):
    here = context(desk)
    page = PAGES["/"][1](here)
    group = next(one for one in strongest(here) if one[0].verklaring.cijfer == "pip_op_tijd")
    mine = next(
        link
        for link in hrefs(page)
        if link.startswith("/cijfer/pip_op_tijd?") and f"tot={group[0].uitkomst.tot}" in link
    )
    path, _, search = mine.partition("?")
    found = find(path)
    said = " ".join(texts(found.render(Context(desk, snapshot, View.read(search), found.rest))))
    row = group[0].uitkomst.rij
    assert f"{wording.number(row['teller'])} van de {wording.number(row['noemer'])}" in said


def test_what_was_not_delivered_is_told_at_the_figures_that_wait(tmp_path, monkeypatch):
    """With persons and trajecten alone: their figures stand, and a 0 of exams is not told as a fact."""
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))
    folder = tmp_path / "leveringen"
    voorbeeld.write(tmp_path / "alles", personen=40)
    folder.mkdir()
    for path in (tmp_path / "alles").glob("*"):
        if path.name.startswith(("personen_", "trajecten_")):
            shutil.copy(path, folder)
    etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=contracts.read_agreements().terms())
    desk = Desk(tmp_path / "werk", None)
    found = waiting(context(desk))
    assert {"examens", "leerroutes", "besluiten"} <= set(found)
    assert not {"personen", "trajecten"} & set(found)
    assert "pip_op_tijd" not in [id for ids in found.values() for id in ids]
    said = " ".join(texts(PAGES["/resultaat"][1](context(desk))))
    assert "het blad examens is niet geleverd" in said
    assert "het blad besluiten is niet geleverd" in said
    for path in PAGES:
        assert texts(PAGES[path][1](context(desk)))


def test_definitions_are_found_by_column_and_question(desk):
    page = find("/definities").render(context(desk))
    words = {}

    def walk(one):
        if isinstance(one, list | tuple):
            [walk(part) for part in one]
        elif one is not None and not isinstance(one, str | int | float):
            if getattr(one, "data-zoek", None):
                words[one.id] = getattr(one, "data-zoek")
            walk(getattr(one, "children", None))

    walk(page)
    assert set(words) == set(metrics.catalogue())
    assert "datum_pip" in words["pip_op_tijd"]
    assert "krijgen inburgeraars op tijd" in words["pip_op_tijd"]


def test_what_is_coming_is_told_with_its_bounds(desk, snapshot):
    rows = insight.outlook.instroom(insight.Scope(snapshot, metrics.ALLES))
    mine = next(row for row in rows if row["groep"] == "allen")
    said = " ".join(texts(PAGES["/instroom"][1](context(desk))))
    assert f"In {mine['jaar']} verwachten wij {wording.number(mine['verwacht'])} nieuwe inburgeraars" in said
    assert f"tussen {wording.number(mine['laag'])} en {wording.number(mine['hoog'])}" in said
    assert "verwachten wij" not in " ".join(texts(PAGES["/instroom"][1](context(desk, "?van=2024-01-01"))))


def test_how_long_it_takes_says_who_is_still_followed(desk, snapshot):
    answer = metrics.curve("voldaan_binnen", snapshot, voor=metrics.ALLES)
    found = find("/cijfer/voldaan_binnen")
    said = texts(found.render(Context(desk, snapshot, View(), found.rest)))
    begin = next(row for row in answer.rijen if row["horizon"] == 0)
    place = said.index("0 maanden")
    ends = len({row["einde"] for row in answer.rijen})
    assert said[place + 1 + ends] == wording.number(begin["in_risico"])


def test_the_course_names_the_quarters_that_stand_out(desk, snapshot):
    (course,) = insight.course(insight.Scope(snapshot, metrics.ALLES), "instroom")
    found = find("/cijfer/instroom")
    said = " ".join(texts(found.render(Context(desk, snapshot, View(), found.rest))))
    if course.kaart.midden is None:
        assert "te weinig kwartalen" in said
    elif course.kaart.signalen:
        assert wording.quarter(course.punten[course.kaart.signalen[-1].plaats].kwartaal) in said
    else:
        assert "binnen de gewone schommelingen" in said


@pytest.mark.parametrize("path", [*PAGES, "/gebeurtenissen", "/termijnen", "/cijfer/onzin", "/cijfer/pip_op_tij"])
def test_strange_addresses_are_told_on_every_page(desk, werkmap, path):
    client = create_app(werkmap).server.test_client()
    found = ask(client, path, "?gemeente=Haarlem&van=x&momentopname=aaaaaaaaaaaa&geslacht=123456782")
    assert found.status_code == 200
    body = found.get_data(as_text=True)
    assert "kennen wij niet" in body
    assert "is er niet meer" in body
    assert "123456782" not in body


def test_looking_back_and_what_changed_since(werkmap, tmp_path, monkeypatch):
    """A second momentopname without one file: the first stays as it was, by its id in the address."""
    base = werkmap.parent
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(base / "configuratie"))
    shutil.copytree(werkmap, tmp_path / "werk", ignore=shutil.ignore_patterns("cache"))
    shutil.copytree(base / "leveringen", tmp_path / "leveringen")
    store, apart = etl.Store(tmp_path / "werk"), etl.Store(tmp_path / "apart")
    before = store.current()
    gone = next((tmp_path / "leveringen").glob("uitkeringen_2025-2*"))
    gone.unlink()
    etl.load([tmp_path / "leveringen"], store=apart, contracts=contracts.read_agreements().terms())
    later = apart.current()
    shutil.copy(later.path, store.path_of(later.id))
    store.switch(later.id)
    desk = Desk(tmp_path / "werk", None)
    now = desk.snapshot()
    assert now.id != before.id
    said = " ".join(texts(PAGES["/"][1](context(desk))))
    assert f"1 bestand minder: {gone.name}." in said
    client = create_app(tmp_path / "werk").server.test_client()
    (old,) = metrics.compute("pip_op_tijd", before, voor=metrics.ALLES)
    answer = client.get(f"/api/cijfer/pip_op_tijd.json?momentopname={before.id}").get_json()
    assert answer["rijen"] == old.to_json()["rijen"]
    assert answer["momentopname"] == before.id
    page = ask(client, "/de-reis", f"?momentopname={before.id}").get_data(as_text=True)
    assert "eerdere momentopname" in page.encode().decode("unicode_escape")
    desk.switch(before.id)
    assert desk.snapshot() == before
