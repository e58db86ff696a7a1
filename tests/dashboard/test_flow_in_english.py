"""The contract manager's quarter and the making of a report in English, by the real app; what people wrote is Dutch."""

import html
import io
import re
import time

import pytest
from test_flow_record import GOOD

from contracts.record import Record
from dashboard.app import create_app

pytestmark = pytest.mark.xdist_group("voorbeeld")
ASK = {"base_url": "http://127.0.0.1:8050", "headers": {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}}


@pytest.fixture(scope="module")
def site(werkmap, tmp_path_factory):
    """Asks and sends in English, with a record of its own. Gives the text of a page as a person reads it."""
    folder = tmp_path_factory.mktemp("record")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INBURGERING_LOGBOEK", f"sqlite:///{folder / 'logboek.sqlite'}")
        patch.setenv("INBURGERING_VANDAAG", "2026-02-02")
        client = create_app(werkmap).server.test_client()
        shown = client.get("/kwartaal/gesprek/danner-b1?taal=en", **ASK).text
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("csrf", "momentopname")}

        def go(path, code=200, raw=False, **fields):
            if fields:
                answer = client.post(path, data={**hidden, **fields}, content_type="multipart/form-data", **ASK)
            else:
                answer = client.get(path, **ASK)
            assert answer.status_code == code, answer.text[:2000]
            if code in (302, 303):
                return answer.headers["Location"]
            assert '<html lang="en">' in answer.text
            return answer.text if raw else words(answer.text)

        yield go
        Record(folder, f"sqlite:///{folder / 'logboek.sqlite'}").close()


def words(text):
    apart = re.sub(r"</(td|th|li|p|h1|h2|label|title|legend)>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", apart)).split())


def test_a_form_that_is_not_right_comes_back_in_english(site):
    page = site("/kwartaal/gesprek/danner-b1", 400, **{**GOOD, "datum": "2026-03-01", "eigenaar": "", "kpi": "x"})
    for text in (
        "Error: Talk B1-route",
        "Nothing has been recorded yet What you typed is still there. Correct this:",
        "This day is still to come. Record a talk after it was held.",
        "Fill in who does it, such as: provider.",
        "Choose the agreement that it is about.",
    ):
        assert text in page, text


def test_a_talk_is_recorded_and_read_back(site):
    assert site("/kwartaal/gesprek/danner-b1", 303, **GOOD) == "/kwartaal/gesprek/danner-b1#vastgelegd"
    page = site("/kwartaal/gesprek/danner-b1")
    assert "late, due 1 Feb 2026, gemeente: Cijfers nakijken" in page
    assert "open, due 20 Feb 2026, aanbieder: Plan sturen" in page
    assert "30 Jan 2026, with contractmanager, aanbieder. Over de aanwezigheid." in page
    assert "Q4 2025 (already shared)" in page and "The verdicts on this quarter were shared" in page
    raw = site("/kwartaal/gesprek/danner-b1", raw=True)
    for own in ("Cijfers nakijken", "Over de aanwezigheid.", "B1-route", "contractmanager"):
        assert f'<span lang="nl">{own}</span>' in raw, own
    book = site("/kwartaal/logboek/danner-b1")
    assert "The record is in order: each line follows from the one before." in book
    assert "step for aanwezigheid: verbeterplan" in book and "13 verdicts on Q4 2025 shared" in book
    assert "Correct line 2 (action)" in site("/kwartaal/verbeter/danner-b1/2")
    fixed = site("/kwartaal/verbeter/danner-b1/5", 400)
    assert "What was shared with a provider is fixed. Share the new verdicts in a new talk." in fixed


def test_what_comes_when(site):
    page = site("/kwartaal/agenda")
    assert "Date Status Contract What" in page
    assert "1 Jan 2028 expected all Evaluation for the municipal council" in page
    assert "31 Jan 2028 expected Onderwijsroute MBO Decide whether to extend (possible until 31 Jul 2030)" in page


def test_a_report_is_checked(site, werkmap):
    begin = site("/kwartaal/")
    assert "Only with Load and keep does it join your deliveries." in begin
    assert "<em>Load and keep</em>" in site("/kwartaal/", raw=True)
    assert "Choose a file first." in site("/kwartaal/controleer", 400, bestand="")
    name = "rapportage_danner-b1_2025-K3.xlsx"
    content = next((werkmap.parent / "leveringen").rglob(name)).read_bytes()
    place = site("/kwartaal/controleer", 303, bestand=(io.BytesIO(content), name))
    page = site(place)
    assert re.search(r"Everything is in order: [\d,]+ rows\.", page)
    assert (
        "Loading is not possible here: start the dashboard with inburgering dashboard --leveringen MAP, or use" in page
    )
    spoilt = site("/kwartaal/controleer", 303, bestand=(io.BytesIO(b"x"), name))
    assert "The whole file was refused." in site(spoilt)
    assert re.search(r'refused\.</strong> <span lang="nl">Dit werkboek', site(spoilt, raw=True))
    gone = site("/kwartaal/rapportage/is-er-niet", 404)
    assert "This page or file is not there (any more). We keep a report that was not loaded for half an hour." in gone


def test_people_behind_an_agreement(site):
    page = site("/kwartaal/personen/danner-b1/aanwezigheid?kwartaal=2025-K4")
    assert "Aanwezigheid bij de taallessen, Q4 2025." in page
    assert re.search(r"\d+ lines behind the figure ‘Attendance’\. Each person has a pseudonym:", page)


def test_a_report_is_made(site):
    page = site("/verslag/")
    assert "You see it first; then you take it along. The report itself is in Dutch." in page
    assert "Kind of report Evaluation for the council Quarterly bulletin" in page
    assert "Choose an evaluation or a quarterly bulletin." in site("/verslag/maak", 400, soort="x")
    assert "'morgen' is not a date. Write for example 2024-06-30." in site(
        "/verslag/maak", 400, soort="kwartaal", peildatum="morgen"
    )
    job = site("/verslag/maak", 303, soort="kwartaal")
    assert re.search(r"Quarterly bulletin: (waiting|running|done)", site(job))
    assert site(job + "/stop", 303, x="") == job
    for _ in range(600):
        if "refresh" not in site(job, raw=True):
            break
        time.sleep(0.1)
    assert re.search("This report was stopped. Make another report|Done. Look at it first", site(job))
    assert "This report is not there (any more). We keep it for an hour." in site("/verslag/taak/x", 404)
