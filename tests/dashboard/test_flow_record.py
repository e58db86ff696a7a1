"""The record by forms, without a browser: what is typed is kept, what is told is what was on the screen, and it only
grows."""

import hashlib
import html
import io
import re
from datetime import date

import pytest

from contracts import record
from contracts.record import Record
from dashboard.app import create_app

pytestmark = pytest.mark.xdist_group("voorbeeld")
TALK = "/kwartaal/gesprek/danner-b1"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A record of its own beside the example; every test has a contract of its own."""
    folder = tmp_path_factory.mktemp("logboek")
    url = f"sqlite:///{folder / 'logboek.sqlite'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INBURGERING_LOGBOEK", url)
        patch.setenv("INBURGERING_VANDAAG", "2026-02-02")
        one = Record(folder, url)
        yield one
        one.close()


@pytest.fixture(scope="module")
def site(werkmap, book):
    """Sends and gets pages as our own forms do."""
    client = create_app(werkmap).server.test_client()
    asked = {"base_url": "http://127.0.0.1:8050", "headers": {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}}
    shown = client.get(TALK, **asked).text
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("csrf", "momentopname")}

    def go(path, code=200, **fields):
        if not fields:
            answer = client.get(path, **asked)
        else:
            answer = client.post(path, data={**hidden, **fields}, content_type="multipart/form-data", **asked)
        assert answer.status_code == code, answer.text[:2000]
        return html.unescape(answer.text)

    return go


GOOD = {
    "datum": "2026-01-30", "aanwezigen": "contractmanager, aanbieder", "verslag": "Over de aanwezigheid.",
    "wat": "Plan sturen", "eigenaar": "aanbieder", "voor": "2026-02-20", "wat2": "Cijfers nakijken",
    "eigenaar2": "gemeente", "voor2": "2026-02-01", "kpi": "aanwezigheid", "stap": "verbeterplan",
    "toelichting": "de docenten zijn ziek", "kwartaal": "2025-K4", "verteld": "ja",
}  # fmt: skip


def test_a_whole_talk_is_recorded_at_once(site, book, werkmap):
    paper = b"een plan op papier"
    site(TALK, 303, **GOOD, titel="Plan van aanpak", bestand=(io.BytesIO(paper), "map/plan.pdf"))
    written = book.entries("danner-b1")
    assert [one.soort for one in written] == ["gesprek", "actie", "actie", "stap", "document", "oordelen"]
    assert {one.verwijst for one in written[1:5]} == {written[0].nummer}
    assert {one.kwartaal for one in written} == {"2025-K4"}
    document = written[4].inhoud
    assert (document.verwijzing, document.sha256) == ("plan.pdf", hashlib.sha256(paper).hexdigest())
    assert not list(werkmap.rglob("*plan.pdf*"))
    assert book.verify() == []
    page = site(TALK)
    assert "Plan sturen" in page and "te laat</strong>, voor 01-02-2026, gemeente: Cijfers nakijken" in page
    assert "4e kwartaal 2025 (al verteld)" in page
    ledger = site("/kwartaal/logboek/danner-b1")
    assert "stap bij aanwezigheid: verbeterplan" in ledger and "Het logboek is in orde" in ledger


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"datum": ""}, "datum", "Vul de dag in, zoals 31-01-2024."),
        ({"datum": "2026-02-03"}, "datum", "Deze dag moet nog komen."),
        ({"datum": "31-02-2026"}, "datum", "Vul de dag in"),
        ({"aanwezigen": " , "}, "aanwezigen", "Noem ten minste één rol"),
        ({"voor2": "gauw"}, "voor2", "Vul in op welke dag het klaar moet zijn."),
        ({"eigenaar": " "}, "eigenaar", "Vul in wie het doet"),
        ({"stap": ""}, "stap", "Vul in welke stap is gezet"),
        ({"kpi": "weg"}, "kpi", "Kies de afspraak"),
        ({"titel": "Plan"}, "adres", "begint met https://"),
        ({"adres": "https://voorbeeld.nl/plan"}, "titel", "Vul in wat voor document het is."),
        ({"titel": "Plan", "adres": "javascript:alert(1)"}, "adres", "begint met https://"),
        ({"wat": "x" * 4001}, "wat", "hoogstens 4.000 tekens"),
        ({"kwartaal": "2031-K1"}, "kwartaal", "Kies een kwartaal uit de lijst."),
        ({"momentopname": "aaaaaaaaaaaa"}, "verteld", "Er is intussen iets geladen"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_right_comes_back_as_it_was_typed(site, book, change, field, sentence):
    before = book.entries()
    typed = {**GOOD, "verslag": 'Lang <verhaal> & "meer" dan één regel', **change}
    page = site(TALK, 400, **typed)
    assert book.entries() == before
    assert "Er is nog niets vastgelegd" in page and sentence in page
    assert f'href="#{field}"' in page and f'id="fout-{field}"' in page
    assert 'Lang <verhaal> & "meer" dan één regel' in page
    for name in ("datum", "aanwezigen", "wat", "wat2", "voor", "stap", "toelichting"):
        assert f'name="{name}" type="{"date" if name in ("datum", "voor") else "text"}" value="{typed[name]}"' in page


def test_an_action_is_closed_once_and_with_a_result(site, book):
    site("/kwartaal/gesprek/danner-z", 303, **GOOD)
    number = str(record.actions(book.entries("danner-z"), date(2026, 2, 2))[1].nummer)
    page = site("/kwartaal/sluit/danner-z", 400, nummer=number, resultaat="  ")
    assert "Vul in wat ervan kwam." in page and f'href="#resultaat-{number}"' in page
    assert 'value="2026-02-02"' in page  # the talk below begins as it always does
    site("/kwartaal/sluit/danner-z", 303, nummer=number, resultaat="Het plan is er.")
    assert "Deze actie is al gesloten" in site("/kwartaal/sluit/danner-z", 400, nummer=number, resultaat="nog eens")
    assert [one.status for one in record.actions(book.entries("danner-z"), date(2026, 2, 2))] == [
        "te laat", "gesloten",
    ]  # fmt: skip


def test_a_correction_is_a_new_entry_and_what_was_told_stands(site, book):
    site("/kwartaal/gesprek/vu-onderwijs", 303, **GOOD)
    first = book.entries("vu-onderwijs")[0].nummer
    place = f"/kwartaal/verbeter/vu-onderwijs/{first}"
    assert 'value="contractmanager, aanbieder"' in site(place)
    same = {"datum": "2026-01-30", "aanwezigen": "contractmanager, aanbieder", "verslag": "Over de aanwezigheid."}
    assert "Er is niets veranderd" in site(place, 400, **same)
    assert "Noem ten minste één rol" in site(place, 400, **same | {"aanwezigen": ""})
    site(place, 303, **same | {"datum": "2026-01-29"})
    [talk] = record.talks(book.entries("vu-onderwijs"))
    assert (talk.gesprek.datum.day, talk.gecorrigeerd, book.entry(first).inhoud.datum.day) == (29, True, 30)
    assert 'value="2026-01-29"' in site(place)  # a second correction begins at the first
    number = next(one.nummer for one in book.entries("vu-onderwijs") if one.soort == "oordelen")
    assert "Wat aan een aanbieder is verteld, staat vast" in site(f"/kwartaal/verbeter/vu-onderwijs/{number}", 400)
    site(f"/kwartaal/verbeter/danner-z/{first}", 404)  # an entry of another contract
    assert book.verify() == []


def test_the_persons_behind_a_verdict_are_pseudonyms(site, book):
    page = site("/kwartaal/personen/danner-b1/uitval?kwartaal=2025-K4")
    assert re.search(r"<td>[a-p]{16}</td>", page)
    assert not re.search(r"\b\d{8,9}\b", page)
    assert "Achter" in site("/kwartaal/personen/danner-b1/wachttijd?kwartaal=2025-K4", 400)
    site("/kwartaal/personen/danner-b1/uitval?kwartaal=2031-K1", 404)
