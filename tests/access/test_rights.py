"""Who may see what: every address, every page and every figure, asked by every role."""

import csv
import inspect
import io
import re
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from visitors import ADDRESS, OTHER, OWN, PEOPLE, log_in, page

import metrics
from dashboard import access
from dashboard.access import Desk, Geweigerd, Person
from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.state import View
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("toegang")

# by hand, from the roles as they were agreed: what each may open
EXACT = {"/", "/instroom", "/de-reis", "/resultaat", "/geld"}
MAY = {
    "beleid": EXACT | {"/publiceren", "/gegevens", "/definities"},
    "beleid regio": EXACT | {"/publiceren", "/gegevens", "/definities"},
    "contract deel": EXACT | {"/publiceren", "/gegevens", "/definities", "/contracten"},
    "beheer": {"/", "/gegevens", "/definities"},  # the first page is then that of the data
    "lezer": {"/", "/publiceren", "/definities"},  # and this one's that of the publication
    "geen rol": set(),
}
EVERYBODY, LOGGED_IN = set(PEOPLE) | {None}, set(PEOPLE) - {"geen rol"}
READ = {"beleid", "beleid elders", "beleid regio", "contract", "contract deel", "lezer"}
TALK = {"contract", "contract deel"}
CHECK = TALK | {"beheer"}
# rule → (an address, who may): every rule of the app must be here, or it is in no table of rights either
RULES = {
    "/assets/<path:filename>": ("/assets/stijl.css", EVERYBODY),
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": (
        "/_dash-component-suites/dash/deps/niets.js", EVERYBODY),
    "/_favicon.ico": ("/_favicon.ico", EVERYBODY),
    "/gezond": ("/gezond", EVERYBODY),
    "/klaar": ("/klaar", EVERYBODY),
    "/inloggen": ("/inloggen", EVERYBODY),
    "/inloggen/terug": ("/inloggen/terug", EVERYBODY),
    "/uitgelogd": ("/uitgelogd", EVERYBODY),
    "/uitloggen": ("/uitloggen", LOGGED_IN),
    "/": ("/", LOGGED_IN),
    "/<path:path>": ("/instroom", LOGGED_IN),
    "/_dash-layout": ("/_dash-layout", LOGGED_IN),
    "/_dash-dependencies": ("/_dash-dependencies", LOGGED_IN),
    "/_dash-update-component": ("/_dash-update-component", LOGGED_IN),
    "/_reload-hash": ("/_reload-hash", set()),
    "/static/<path:filename>": ("/static/x", set()),
    "/bestand/<name>.<kind>": ("/bestand/instroom.csv", READ),
    "/lettertype/<name>.ttf": ("/lettertype/gewoon.ttf", EVERYBODY),
    "/api/cijfer/<name>.json": ("/api/cijfer/instroom.json", READ),
    "/download/<name>.<kind>": ("/download/instroom.gif", READ),
    "/kwartaal/": ("/kwartaal/", CHECK),
    "/kwartaal/controleer": ("/kwartaal/controleer", CHECK),
    "/kwartaal/rapportage/<token>": ("/kwartaal/rapportage/x", CHECK),
    "/kwartaal/rapportage/<token>/gemerkt.xlsx": ("/kwartaal/rapportage/x/gemerkt.xlsx", CHECK),
    "/kwartaal/rapportage/<token>/laad": ("/kwartaal/rapportage/x/laad", {"beheer"}),
    "/kwartaal/rapportage/<token>/vergeet": ("/kwartaal/rapportage/x/vergeet", CHECK),
    "/kwartaal/gesprek/<contract>": ("/kwartaal/gesprek/danner-z", TALK),
    "/kwartaal/actie/<contract>": ("/kwartaal/actie/danner-z", TALK),
    "/kwartaal/sluit/<contract>": ("/kwartaal/sluit/danner-z", TALK),
    "/kwartaal/gespreksbladen/<contract>.<kind>": ("/kwartaal/gespreksbladen/danner-z.doc", TALK),
    "/kwartaal/agenda": ("/kwartaal/agenda", TALK),
    "/kwartaal/agenda.ics": ("/kwartaal/agenda.ics", TALK),
}  # fmt: skip


def _rows(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_every_address_lets_in_who_may_and_nobody_else(app, browser):
    """An address that others add is refused to everybody until it says which right it asks for."""
    wrong = []
    for rule in app.server.url_map.iter_rules():
        if rule.rule not in RULES:
            right = access.gate.right_of(app.server, rule.endpoint)
            assert right is not None, f"{rule.rule} does not say which right it asks for (access.needs)"
            continue
        address, may = RULES[rule.rule]
        for who in EVERYBODY:
            client = browser(who)
            methods = rule.methods & {"GET", "POST"}
            for method in methods:
                answer = client.send(address) if method == "POST" else client.get(address)
                to_login = answer.status_code == 302 and answer.location.startswith("/inloggen?")
                out = answer.status_code == 401 or to_login or b"niet meer ingelogd" in answer.data
                refused = answer.status_code == 403 or (who is None and out)
                if refused == (who in may):
                    wrong.append((rule.rule, method, who, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_the_typeface_is_for_everybody(browser, who):
    """The page to log in needs it: the file itself, as a browser asks for a font, and not a page that says no."""
    headers = {"Accept": "*/*", "Origin": ADDRESS, "Sec-Fetch-Dest": "font", "Sec-Fetch-Mode": "cors"}
    for name in ("gewoon", "vet"):
        answer = browser(who).get(f"/lettertype/{name}.ttf", headers=headers)
        assert (answer.status_code, answer.mimetype) == (200, "font/ttf")
        assert answer.data[:4] == b"\x00\x01\x00\x00"
    assert browser(who).get("/lettertype/x.ttf", headers=headers).status_code == 404


def test_a_view_that_asks_for_no_right_answers_nobody(werkmap):
    app = create_app(werkmap)
    app.server.add_url_rule("/geheim", "geheim", lambda: "cijfers")
    answer = app.server.test_client().get("/geheim")
    assert answer.status_code == 403
    assert "cijfers" not in answer.text


def test_every_page_is_for_who_may_see_it(browser):
    assert set(PAGES) <= set(access.PAGINAS)
    wrong = []
    for who, may in MAY.items():
        client = browser(who)
        for path in PAGES:
            status, text = page(client, path)
            seen = status == 200 and "Dat mag u niet zien" not in text
            if seen != (path in may) or status not in (200, 403):
                wrong.append((who, path, status, text[:200]))
    assert wrong == []


def test_a_page_that_is_in_no_table_is_for_nobody(browser, monkeypatch):
    monkeypatch.setitem(PAGES, "/nieuw", ("Nieuw", lambda context: "geheim", ()))
    status, text = page(browser("contract"), "/nieuw")
    assert (status, "Dat mag u niet zien" in text, "geheim" in text) == (200, True, False)


def test_no_other_callback_gives_a_figure_away(app, browser):
    """Filters and addresses move between the page and its address; only the page's own callback holds figures."""
    known = {"inhoud-blok", "adres.search", '{"naam":["ALL"],"type":"filter"}'}
    for output in app.callback_map:
        if not any(name in output for name in known):
            body = {"output": output, "outputs": [], "inputs": [], "changedPropIds": [], "state": []}
            answer = browser("geen rol").post("/_dash-update-component", json=body)
            assert answer.status_code == 403, output
    assert browser(None).post("/_dash-update-component", json={}).json["response"] == {}


def _expected(snapshot, id):
    """What Heemstede's own figure is, asked another way: of everybody, and then filtered or picked by municipality."""
    if "gemeente" not in metrics.catalogue()[id].filterbaar:
        return None
    return metrics.compute(id, snapshot, voor=metrics.ALLES, filters={"gemeente": [OWN]})[0].rijen


def _figures():
    return sorted(metrics.catalogue())


@pytest.fixture(scope="module")
def desk(werkmap):
    """A desk as all share it, so that what it remembers for one is there when another asks."""
    return Desk(werkmap, None)


@pytest.mark.parametrize("id", _figures())
def test_a_figure_is_exact_of_ones_own_and_guarded_for_a_reader(desk, snapshot, id):
    for who in ("beleid regio", "beleid", "beleid elders", "contract deel", "lezer", "beheer", "geen rol"):
        person = PEOPLE[who]
        with access.acting(person):
            if not person.mag("publicatie"):
                with pytest.raises(Geweigerd):
                    desk.answer(snapshot, id, View())
                continue
            if who == "lezer":
                _only_published(desk, snapshot, id)
                continue
            rows = desk.answer(snapshot, id, View()).rijen
        whole = metrics.compute(id, snapshot, voor=metrics.ALLES)[0].rijen
        if who == "beleid regio":
            assert rows == whole
        elif id in ("tevredenheid", "respons"):  # these say not of which municipality: as they were published
            assert rows == next(
                one.rijen for one in metrics.fixed_publication(snapshot) if (one.cijfer, one.per) == (id, ())
            )
        elif who != "beleid elders" and (mine := _expected(snapshot, id)) is not None:
            assert rows == mine


def _only_published(desk, snapshot, id):
    """A reader gets what is in the fixed publication, picked and not computed, and nothing else."""
    tables = {one.per: one.rijen for one in metrics.fixed_publication(snapshot) if one.cijfer == id}
    possible = set(metrics.catalogue()[id].mogelijk)
    for per in ((), ("jaar",), ("gemeente",), ("gemeente", "geslacht"), ("leeftijd",)):
        if per in tables and set(per) <= possible:
            assert desk.answer(snapshot, id, View(), per).rijen == tables[per]
        elif set(per) <= possible - set(metrics.catalogue()[id].eigen):
            with pytest.raises(Gebruiksfout):
                desk.answer(snapshot, id, View(), per)
    for view in (View({"doelgroep": ("nareiziger",)}), View(peildatum=date(2025, 6, 30)), View(van=date(2025, 1, 1))):
        if set(view.filters) <= possible - set(metrics.catalogue()[id].eigen):
            with pytest.raises(Gebruiksfout):
                desk.answer(snapshot, id, view)


@pytest.mark.parametrize("search", [
    "?gemeente=0392", "?gemeente=392", "?gemeente=0397,0392", "?gemeente=0397&gemeente=0392", "?gemeente=%200392",
    "?gemeente=0392,", "?gemeente=,0392", "?gemeente=０３９２", "?gemeente=0392%00", "?gemeente=alle", "?gemeente=*",
    "?gemeente=0397%27%20OR%201=1--", "?gemeente=0392&peildatum=2025-06-30", "?gemeente=0392&doelgroep=nareiziger",
])  # fmt: skip
def test_a_filter_never_widens_what_one_sees(browser, desk, snapshot, search):
    """Never the exact figure, and never a 0 that is not true: a refusal in words, or the row that was published."""
    client = browser("beleid")
    for id in ("instroom", "pip_op_tijd", "uitval", "kosten", "besluiten"):
        for kind in ("csv", "xlsx"):
            answer = client.get(f"/bestand/{id}.{kind}{search}")
            if answer.status_code == 400:
                continue
            assert id in ("instroom", "pip_op_tijd")
            assert re.fullmatch(r"\?gemeente=,?(%20)?0?392,?", search)
            if kind == "csv":
                with access.acting(PEOPLE["beleid"]):
                    published = desk.publication(snapshot)
                table = next(one for one in published if one.cijfer == id and one.per == ("gemeente",))
                row = next(row for row in table.rijen if row["gemeente"] == OTHER)
                key = "aantal" if id == "instroom" else "noemer"
                shown = "verborgen" if row[key] is metrics.VERBORGEN else str(row[key])
                assert [one[key] for one in _rows(answer.text)] == [shown]
    for path in ("/", "/geld"):
        status, text = page(client, path, search)
        assert (status, "Dat kan niet" in text or "kennen wij niet" in text) == (200, True), path


def test_what_was_asked_before_by_somebody_else_is_not_given(werkmap, snapshot):
    """The same question after each other by different people, in both orders, on one desk."""
    people = [PEOPLE[who] for who in ("beleid regio", "beleid", "beleid elders", "lezer")]
    answers = []
    for order in (people, people[::-1]):
        desk = Desk(werkmap, None)
        found = {}
        for person in order:
            with access.acting(person):
                found[person.naam] = desk.answer(snapshot, "instroom", View(), ("gemeente",)).rijen
                if person.naam in ("bo", "bea"):
                    signals = [(one.id, one.uitkomst.rij) for one in desk.signals(snapshot, View())]
                    found[person.naam, "signalen"] = repr(signals)
        answers.append(found)
    assert answers[0] == answers[1]
    assert {row["gemeente"] for row in answers[0]["bea"]} == {OWN}
    assert {row["gemeente"] for row in answers[0]["ben"]} == {OTHER}
    assert answers[0]["bea", "signalen"] != answers[0]["bo", "signalen"]


def test_of_others_nothing_comes_out_by_taking_ones_own_away(desk, snapshot):
    """What somebody who knows their own people exactly sees of others is about others only."""
    with access.acting(PEOPLE["beleid"]):
        published = desk.publication(snapshot)
    codes = {code for code, _ in _codes(snapshot)} - {OWN}
    assert len(published) >= 2
    for one in published:
        assert one.per == ("gemeente",)  # no total
        assert {row["gemeente"] for row in one.rijen} <= codes


def _codes(snapshot):
    with snapshot.connect() as connection:
        return connection.execute("SELECT gemeentecode, gemeente FROM ref_gemeenten WHERE regio IS NOT NULL").fetchall()


def test_without_anybody_the_desk_gives_nothing(desk, snapshot):
    """Whoever adds something to the desk must ask who it is for."""
    needed = {
        "snapshot": snapshot, "id": "instroom", "view": View(), "contract": "danner-z",
        "day": metrics.default_peildatum(snapshot), "kwartaal": "2024-K2", "answers": (),
        "verdict": SimpleNamespace(contract="danner-z"),
    }  # fmt: skip
    free = {"snapshot", "current_id", "told", "left_out"}
    for name, method in inspect.getmembers(Desk):
        if name.startswith("_") or name in free:
            continue
        if name in ("agreements", "moments"):
            assert not (desk.agreements if name == "agreements" else desk.moments())
            continue
        with pytest.raises(Geweigerd):
            if isinstance(method, property):
                getattr(desk, name)
            else:
                wanted = inspect.signature(method).parameters
                given = {
                    key: needed.get(key) for key, one in wanted.items()
                    if key != "self" and one.default is inspect.Parameter.empty
                }  # fmt: skip
                getattr(desk, name)(**given)


def test_a_contract_is_for_who_has_all_of_its_municipalities(desk, snapshot):
    region = frozenset(code for code, _ in _codes(snapshot))
    with access.acting(Person("co", frozenset({"contract"}), region)):
        assert len(desk.agreements) == 10
        assert {one.contract for one in desk.verdicts(snapshot, View())}
    with access.acting(Person("co", frozenset({"contract"}), region - {OWN})):
        assert dict(desk.agreements) == {}
        assert desk.verdicts(snapshot, View()) == []
        assert desk.entries() == []
        for ask in (desk.money, desk.mix):
            with pytest.raises(Geweigerd):
                ask(snapshot, "danner-z", metrics.default_peildatum(snapshot))
        for ask in (desk.findings, desk.notes):
            with pytest.raises(Geweigerd):
                ask(snapshot, "danner-z")


def test_who_has_no_contracts_gets_no_signal_for_a_talk(desk, snapshot):
    with access.acting(PEOPLE["contract"]):
        with_talks = {one.verklaring.gevolg for one in desk.signals(snapshot, View())}
    with access.acting(PEOPLE["beleid regio"]):
        without = {one.verklaring.gevolg for one in desk.signals(snapshot, View())}
    assert "gesprek met aanbieder" in with_talks
    assert "gesprek met aanbieder" not in without


def test_a_period_or_cohort_of_the_view_reaches_the_signals(desk, snapshot):
    with access.acting(PEOPLE["beleid regio"]):
        for view, door in ((View(tot=date(2024, 12, 31)), "periode"), (View({"cohort": ("2022",)}), "cohort")):
            found = {one.verklaring.id: one for one in desk.signals(snapshot, view)}
            assert (found["instroom_statushouders"].status, found["instroom_statushouders"].door) == (
                "niet beoordeeld", door,
            )  # fmt: skip
        assert not any(one.door for one in desk.signals(snapshot, View()))
        assert desk.course(snapshot, "instroom", View({"cohort": ("2022",)})) == []
        assert desk.course(snapshot, "instroom", View()) != []


def test_a_job_works_for_who_started_it_and_a_thread_inherits_nobody():
    seen = []

    def look():
        seen.append(access.known())

    with access.acting(PEOPLE["beleid"]):
        with access.acting(PEOPLE["lezer"]):
            assert access.current() == PEOPLE["lezer"]
        assert access.current() == PEOPLE["beleid"]
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [None]
    with pytest.raises(Geweigerd):
        access.current()


def test_the_next_request_knows_nobody_of_the_one_before(app):
    known = log_in(app, PEOPLE["beheer"])
    assert known.get("/kwartaal/").status_code == 200
    assert log_in(app, None).get("/kwartaal/").status_code == 302
    assert access.known() is None


def test_an_unknown_right_is_a_fault_of_ours_and_nobodys():
    with pytest.raises(ValueError, match="unknown right"):
        access.needs("cijffers")
    assert not any(person.mag("cijffers") for person in PEOPLE.values())


def test_every_form_carries_the_token_of_its_session():
    """By reading all templates: a form without it is refused, and this says so before a person finds out."""
    found = 0
    for path in (Path(access.__file__).parents[1]).rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*>[^<]*", path.read_text(encoding="utf-8")):
            if re.search(r'method="post"', form, re.IGNORECASE):
                found += 1
                assert "{{ csrf_veld() }}" in form, path.name
    assert found >= 5


def test_the_demo_user_sees_everything_and_is_told_so(demo):
    client = demo.server.test_client()
    layout = client.get("/_dash-layout").text
    assert "Inloggen is niet ingesteld" in layout
    assert "zonder-inloggen" in client.get("/kwartaal/").text
    assert client.get("/inloggen").status_code == 404
