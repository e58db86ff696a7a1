"""A contract manager's quarter in a real browser, with the clock running: a faulty report, a good one, load, record."""

import io
import time
import urllib.error
import urllib.request
from datetime import date

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from contracts import record

pytestmark = pytest.mark.xdist_group("browser")


def _barriers(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]


def _copy(source, target, change):
    book = openpyxl.load_workbook(source)
    change(book)
    for row in book["Voorblad"].iter_rows():
        if row[0].value == "Datum":
            row[1].value = date(2026, 1, 30)
    book.save(target)
    return target


@pytest.fixture
def reports(werkmap, tmp_path):
    """(one with a fault, a good one): later versions of a report of the example."""
    source = next((werkmap.parent / "leveringen").rglob("rapportage_danner-b1_2025-K4*.xlsx"))

    def spoil(book):
        sheet = book["Uren"]
        head = [cell.value.lower() for cell in sheet[1]]
        sheet.cell(2, head.index("uren gepland") + 1).value = "veel"

    bad = _copy(source, tmp_path / "rapportage_danner-b1_2025-K4_fout.xlsx", spoil)
    good = _copy(source, tmp_path / "rapportage_danner-b1_2025-K4_nieuw.xlsx", lambda book: None)
    return bad, good


def _upload(page, path):
    page.get_by_label("Managementrapportage van de aanbieder (.xlsx)").set_input_files(path)
    page.get_by_role("button", name="Controleren").press("Enter")
    page.wait_for_url("**/kwartaal/rapportage/**")


def _tab_to(page, id, *, link=False):
    """With the Tab key alone to a field, to the link that leads to it, or (None) to the button that sends the form."""
    here = "(document.activeElement.getAttribute('href') || '').slice(1)" if link else "document.activeElement.id"
    sends = "document.activeElement.matches('button[type=submit]')"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(sends) if id is None else page.evaluate(here) == id:
            return
    pytest.fail(f"the Tab key does not come to {id or 'the button'}")


def test_a_quarter_from_report_to_record(site, open_page, werkmap, reports):
    bad, good = reports
    page = open_page(site + "/kwartaal/", width=390, refused="/kwartaal/gesprek/danner-b1")
    assert _barriers(page) == []
    _upload(page, bad)
    assert "1 van de" in page.get_by_role("status").inner_text()
    assert "uren_gepland" in page.locator("table").inner_text().lower()
    assert _barriers(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal het gemerkte exemplaar op").click()
    marked = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert any(cell.comment for row in marked["Uren"].iter_rows() for cell in row)
    page.get_by_role("button", name="Vergeten").click()
    page.wait_for_url("**/kwartaal/")

    begun = time.monotonic()
    _upload(page, good)
    assert "Alles is in orde" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Laden en bewaren").click()
    page.get_by_role("heading", name="De rapportage is geladen").wait_for()
    assert "Rapportage op tijd" in page.locator("main").inner_text()
    assert _barriers(page) == []
    kept = werkmap.parent / "leveringen" / good.name
    assert kept.read_bytes() == good.read_bytes()
    assert not list(werkmap.rglob("*.xlsx"))

    page.get_by_role("link", name="Het gesprek vastleggen").press("Enter")
    page.get_by_label("Wie waren er?").press("Control+a")
    page.keyboard.press("Delete")
    _tab_to(page, "verslag")
    page.keyboard.type("De uitval.")
    _tab_to(page, "wat")
    page.keyboard.type("Plan sturen")
    page.keyboard.press("Enter")  # a form that is not right: it comes back, with what was typed
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert _barriers(page) == []
    assert page.get_by_label("Wat is er besproken?").input_value() == "De uitval."
    _tab_to(page, "aanwezigen", link=True)
    page.keyboard.press("Enter")  # from the sentence to its field
    page.keyboard.type("contractmanager, aanbieder")
    page.get_by_label("Uiterlijk op").fill("2024-01-31")
    _tab_to(page, None)
    page.keyboard.press("Enter")
    page.wait_for_url("**#vastgelegd")
    assert time.monotonic() - begun < 60, "a good report takes under a minute, from upload to record"
    assert _barriers(page) == []
    page.goto(site + "/contracten")
    page.get_by_role("region", name="Te late acties").wait_for()
    assert "Plan sturen" in page.get_by_role("region", name="Te late acties").inner_text()
    page.goto(site + "/kwartaal/gesprek/danner-b1")
    page.get_by_label("Wat kwam ervan?").fill("Het is er.")
    page.get_by_role("button", name="Sluiten").click()
    page.get_by_text("Resultaat: Het is er.").wait_for()
    book = record.Record(werkmap)
    assert [one.soort for one in book.entries("danner-b1")] == ["gesprek", "actie", "oordelen", "sluiting"]
    assert book.verify() == []
    book.close()


def test_the_agenda_and_the_dossier_can_be_taken_along(site, open_page):
    page = open_page(site + "/kwartaal/agenda")
    assert _barriers(page) == []
    for path, begin in (("agenda.ics", b"BEGIN:VCALENDAR"), ("gespreksbladen/danner-b1.pdf", b"%PDF")):
        with urllib.request.urlopen(f"{site}/kwartaal/{path}") as answer:
            assert answer.read().startswith(begin)


@pytest.mark.parametrize("header", [{}, {"Origin": "https://elders.nl"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_is_refused(site, werkmap, header):
    request = urllib.request.Request(
        f"{site}/kwartaal/actie/danner-brugklas", b"wat=x&eigenaar=y&voor=2024-01-01", header
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403
    book = record.Record(werkmap)
    assert book.entries("danner-brugklas") == []
    book.close()
