"""An attacker's hour: what somebody with a login, or a page elsewhere, would try. Each must get nothing."""

import io
import itertools
import json
import re
import threading
from datetime import date

import openpyxl
import pytest
from visitors import OWN, PEOPLE, log_in, page

import metrics
from dashboard import access
from dashboard.access import Desk
from dashboard.operation.audit import Audit
from dashboard.state import View
from data import instellingen
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("toegang")


@pytest.fixture(autouse=True)
def _patient(app):
    app.server.extensions["toegang"].limiter = access.Limiter()


@pytest.fixture(scope="module")
def desk(werkmap):
    """One desk, as the server has it."""
    return Desk(werkmap, None)


def _ask(desk, snapshot, id, view, per=()):
    try:
        return desk.answer(snapshot, id, view, per)
    except Gebruiksfout:
        return None


def test_a_reader_cannot_subtract_one_answer_from_another(desk, snapshot):
    """Every question a reader can put into an address: each answer is a part of the one publication, so that no two of
    them tell more than it does. Days next to each other, filters and their complements are the usual way."""
    days = [None, date(2025, 6, 30), date(2025, 12, 30)]
    filters = [
        {}, {"doelgroep": ("nareiziger",)}, {"leerroute": ("Z",)}, {"geslacht": ("man",)}, {"leeftijd": ("<25",)},
        {"cohort": ("2024",)}, {"gemeente": (OWN,)}, {"gemeente": (OWN, "0377")}, {"contract": ("danner-z",)},
        {"jaar": ("2024",)}, {"kwartaal": ("2024-K2",)}, {"maand": ("2024-03",)},
    ]  # fmt: skip
    tables = {}
    for one in metrics.fixed_publication(snapshot):
        tables.setdefault(one.cijfer, []).append(one)
    got = 0
    with access.acting(PEOPLE["lezer"]):
        for id in ("instroom", "pip_op_tijd"):
            for day, chosen, per in itertools.product(days, filters, ((), ("jaar",), ("gemeente",), ("doelgroep",))):
                answer = _ask(desk, snapshot, id, View(chosen, peildatum=day), per)
                for row in answer.rijen if answer else ():
                    got += 1
                    kept = {**{name: values[0] for name, values in chosen.items() if len(values) == 1}, **row}
                    assert any(_same(row, kept, shown) for table in tables[id] for shown in table.rijen), (chosen, per)
    assert got > 10


def _same(row, kept, shown):
    """Whether a row is a published one, picked by the filter that was asked."""
    parts = {name: value for name, value in shown.items() if name in ("jaar", "gemeente")}
    values = {name: value for name, value in row.items() if name not in parts}
    return all(str(kept.get(name)) == str(value) for name, value in parts.items()) and all(
        shown.get(name) == value or shown.get(name) is value for name, value in values.items()
    )


def test_an_earlier_momentopname_is_no_second_publication(desk, snapshot):
    """What was added between two of them would be their difference."""

    class Earlier:
        id, path = "eerder", snapshot.path
        connect = staticmethod(snapshot.connect)
        info = snapshot.info

    for who in ("lezer", "beleid"):
        view = View({"gemeente": ("0392",)})
        with access.acting(PEOPLE[who]), pytest.raises(Gebruiksfout, match="huidige momentopname"):
            desk.answer(Earlier, "instroom", view)
        with access.acting(PEOPLE[who]), pytest.raises(Gebruiksfout, match="huidige momentopname"):
            desk.publication(Earlier)


def test_every_door_shows_a_reader_the_same_hidden_cells(browser, snapshot):
    """CSV, XLSX and JSON of one table: hidden in one is hidden in all, and in none is it 0 or empty."""
    table = next(
        one for one in metrics.fixed_publication(snapshot) if (one.cijfer, one.per) == ("pip_op_tijd", ("gemeente",))
    )
    hidden = sum(row["noemer"] is metrics.VERBORGEN for row in table.rijen)
    client = browser("lezer")
    rows = json.loads(client.get("/api/cijfer/pip_op_tijd.json?per=gemeente").text)["rijen"]
    assert sum(row["noemer"] == "verborgen" for row in rows) == hidden
    lines = client.get("/bestand/pip_op_tijd.csv?per=gemeente").text.splitlines()
    place = lines[0].lstrip("\ufeff").split(",").index("noemer")
    assert sum(line.split(",")[place] == "verborgen" for line in lines[1:]) == hidden
    book = openpyxl.load_workbook(io.BytesIO(client.get("/bestand/pip_op_tijd.xlsx?per=gemeente").data))
    text = json.dumps([[str(cell.value) for cell in row] for sheet in book for row in sheet.iter_rows()])
    assert ("verborgen" in text) == any(metrics.VERBORGEN in row.values() for row in table.rijen)
    assert client.get("/bestand/pip_op_tijd.csv?per=gemeente&publicatie=1").status_code == 200


@pytest.mark.parametrize("who", ["lezer", "beleid", "beheer", "contract deel"])
@pytest.mark.parametrize("path", [
    "/contracten/danner-z", "/contracten/../contracten/danner-z", "//contracten/danner-z", "/contracten/danner-z/",
    "/CONTRACTEN/danner-z", "/contracten%2Fdanner-z", "/contracten//danner-z", "/./contracten/danner-z",
    "/contracten/danner-z\x00", "/definities/../contracten/danner-z",
])  # fmt: skip
def test_no_spelling_of_a_path_opens_a_contract(browser, who, path):
    status, text = page(browser(who), path)
    assert status == 200
    assert not re.search(r"Geld|oordeel|Gesprekken en acties|Looptijd", text)


@pytest.mark.parametrize("path", [
    "/bestand/../../werk/sleutel.csv", "/bestand/..%2f..%2fetc%2fpasswd.csv", "/bestand/instroom.csv/../../x",
    "/assets/../access/gate.py", "/assets/..%2faccess%2fgate.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd",
    "/lettertype/../gewoon.ttf", "/lettertype/..%2f..%2fapp.ttf", "/download/..%2f..%2fx.png", "/static/../app.py",
    "/_dash-component-suites/dash/..%2f..%2f..%2fflask%2fapp.py", "/_dash-component-suites/os/x.py",
    "/kwartaal/rapportage/..%2f..%2f", "/kwartaal/gespreksbladen/..%2f..%2fx.pdf", "/api/cijfer/..%2finstroom.json",
    "/inloggen/../_dash-layout", "/.git/config", "/werk/logboek.sqlite", "/audit/2026-11.jsonl",
])  # fmt: skip
def test_no_path_gives_a_file_that_is_not_meant_to(browser, path):
    for who in (None, "contract"):
        answer = browser(who).get(path)
        assert answer.status_code in (200, 302, 400, 401, 403, 404), path
        text = answer.data
        assert b"root:" not in text
        assert b"import " not in text
        assert b"SQLite" not in text
        if answer.status_code == 200:
            assert b"DashRenderer" in text  # the empty page, in which the address is said not to exist


def test_an_upload_is_for_who_sent_it_and_its_name_is_not_believed(app, werkmap, browser):
    """A report holds BSNs: somebody else's cannot be opened, loaded or thrown away by who knows its address."""
    source = next((werkmap.parent / "leveringen").rglob("rapportage_danner-b1_2025-K4*.xlsx"))
    sender, other, loader = browser("contract"), browser("contract"), browser("beheer")
    for name in ("../../../../tmp/rapportage_danner-b1_2025-K4.xlsx", "..\\rapportage_danner-b1_2025-K4.xlsx"):
        answer = sender.send("/kwartaal/controleer", bestand=(io.BytesIO(source.read_bytes()), name))
        assert answer.status_code == 303, answer.text
        place = answer.location
        assert re.fullmatch(r"/kwartaal/rapportage/[\w-]{20,}", place)
        assert sender.get(place).status_code == 200
        for thief in (other, loader):
            assert thief.get(place).status_code == 404
            assert thief.get(place + "/gemerkt.xlsx").status_code == 404
            thief.send(place + "/vergeet")
        assert loader.send(place + "/laad").status_code == 404
        assert sender.send(place + "/laad").status_code == 403
        assert sender.get(place).status_code == 200
        assert sender.send(place + "/vergeet").status_code == 303
        assert sender.get(place).status_code == 404


@pytest.mark.parametrize(("name", "content"), [
    ("x.exe", b"MZ"), ("x.xlsx", b""), ("x.xlsx", b"PK\x03\x04" + b"\0" * 100), ("", b"x"), ("x.xlsx\x00.exe", b"x"),
    ("<script>.xlsx", b"<script>alert(1)</script>"), ("x" * 400 + ".xlsx", b"x"), ("a\r\nSet-Cookie: a=b.xlsx", b"x"),
])  # fmt: skip
def test_a_strange_upload_is_told_in_words(browser, name, content):
    answer = browser("contract").send("/kwartaal/controleer", bestand=(io.BytesIO(content), name))
    assert answer.status_code in (303, 400)
    assert "<script>" not in answer.text
    assert "Set-Cookie" not in answer.headers
    if answer.status_code == 303:
        client = browser("contract")
        assert client.get(answer.location).status_code == 404


@pytest.mark.parametrize("text", ["%0d%0aSet-Cookie:%20a=b", "%0aX-Ander:%201", "\u2028X", "%00"])
def test_nothing_that_is_asked_becomes_a_header(app, browser, text):
    for client in (browser("contract"), log_in(app, None)):
        for path in (
            f"/bestand/instroom{text}.csv", f"/x{text}", f"/inloggen?naar=/{text}",
            f"/kwartaal/gespreksbladen/{text}.pdf", f"/bestand/instroom.csv?per={text}",
        ):  # fmt: skip
            answer = client.get(path)
            assert answer.status_code < 500 or answer.status_code == 503  # the provider of this app is not there
            assert "Set-Cookie" not in answer.headers
            assert "X-Ander" not in answer.headers
            assert "\n" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("id", ["tevredenheid", "respons", "uitvoeringstekort", "kosten", "uitval", "pip_op_tijd"])
def test_a_page_with_hidden_cells_or_of_others_is_a_page(app, browser, id):
    """Whatever is hidden or refused is told in words; a page that breaks on it would tell by breaking."""
    for who in ("lezer", "beleid"):
        app.server.extensions["toegang"].limiter = access.Limiter()
        client = browser(who)
        for search in ("", "?gemeente=0392", f"?gemeente={OWN}&naast=0392"):
            status, text = page(client, f"/cijfer/{id}", search)
            assert status == 200, (who, search, text[:300])
            for path in (
                f"/bestand/{id}.xlsx{search}",
                f"/api/cijfer/{id}.json{search}",
                f"/download/{id}.gif{search}",
            ):
                assert client.get(path).status_code in (200, 400, 404), (who, path)


def test_there_is_no_websocket(app, browser):
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "eA==",
    }
    assert not [one for one in app.server.url_map.iter_rules() if one.websocket]
    for path in ("/_dash-ws-callback", "/_dash-update-component", "/ws"):
        assert browser(None).get(path, headers=headers).status_code in (302, 400, 401, 404, 405)


@pytest.mark.parametrize("header", [
    {"X-Forwarded-User": "beheer"}, {"X-Forwarded-For": "127.0.0.1"}, {"Authorization": "Bearer x"},
    {"X-HTTP-Method-Override": "GET"}, {"X-Original-URL": "/gezond"}, {"X-Rewrite-URL": "/gezond"},
    {"Cookie": "__Host-inburgering=beheer"}, {"Cookie": "inburgering=x; __Host-inburgering="},
])  # fmt: skip
def test_no_header_makes_somebody_of_nobody(browser, header):
    assert browser(None).get("/_dash-layout", headers={"Accept": "*/*", **header}).status_code == 401
    assert browser(None).post("/kwartaal/controleer", headers={"Accept": "*/*", **header}).status_code == 401


def test_many_people_at_once_each_get_their_own(app, desk, snapshot):
    """Who asks is known per request: threads that serve different people at the same time do not mix them up."""
    wrong = []

    def ask(who, expected):
        client = log_in(app, PEOPLE[who])
        for _ in range(12):
            answer = client.get("/bestand/instroom.csv?per=gemeente")
            codes = set(re.findall(r"\b0\d{3}\b", answer.text))
            if answer.status_code != 200 or (expected and codes != expected):
                wrong.append((who, answer.status_code, codes))

    jobs = [("beleid", {"0397"}), ("beleid elders", {"0392"}), ("lezer", None), ("beleid", {"0397"})]
    threads = [threading.Thread(target=ask, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_was_taken_along_and_what_was_refused_stands_in_the_audit_log(browser, werkmap):
    before = instellingen.gekozen()
    instellingen.kies(werkmap)
    try:
        begun = len(list(Audit(werkmap).entries()))
        browser("beleid").get("/bestand/instroom.csv?gemeente=0397")
        browser("beleid").get("/bestand/niets.csv")
        browser("lezer").get("/kwartaal/")
        seen = list(Audit(werkmap).entries())[begun:]
    finally:
        instellingen.kies(before)
    assert [(one["gebeurtenis"], one["wie"]) for one in seen] == [("export", "bea"), ("geweigerd", "lex")]
    assert seen[0]["feiten"] == {
        "route": "/bestand/<name>.<kind>", "cijfer": "instroom", "soort": "csv", "gemeenten": ["0397"]
    }  # fmt: skip


def test_what_cannot_be_written_in_the_audit_log_is_not_given(browser, monkeypatch):
    def full(*arguments, **facts):
        raise Gebruiksfout("Dit kan niet in het auditlogboek worden vastgelegd en gebeurt daarom niet.")

    monkeypatch.setattr("dashboard.access.web.audit", full)
    answer = browser("beleid").get("/bestand/instroom.csv")
    assert answer.status_code == 503
    assert "aantal" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
