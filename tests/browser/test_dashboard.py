"""The dashboard as people use it: every page, both widths, filters, links, keyboard, files."""

import csv
import io
import urllib.error
import urllib.request
from datetime import date

import pytest

import etl
import metrics
from dashboard import wording

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="session")
def snapshot(werkmap):
    return etl.Store(werkmap).current()


def test_the_number_on_screen_is_that_of_compute(site, open_page, snapshot):
    page = open_page(site + "/?gemeente=0392&cohort=2023")
    (answer,) = metrics.compute(
        "pip_op_tijd", snapshot, voor=metrics.ALLES, filters={"gemeente": ["0392"], "cohort": [2023]}
    )
    row = answer.rijen[0]
    tile = page.locator("article", has=page.get_by_role("heading", name="PIP binnen tien weken")).first
    assert f"{wording.number(row['teller'])} van de {wording.number(row['noemer'])}" in tile.inner_text()


def test_a_filter_changes_the_address_and_the_numbers(site, open_page, snapshot):
    page = open_page(site + "/instroom")
    page.get_by_role("textbox", name="Doelgroep").click()
    page.get_by_role("option", name="nareiziger").click()
    page.wait_for_url("**doelgroep=nareiziger**")
    (answer,) = metrics.compute("instroom", snapshot, voor=metrics.ALLES, filters={"doelgroep": ["nareiziger"]})
    expected = wording.number(answer.rijen[0]["aantal"])
    page.locator(".pagina-antwoord", has_text=f"{expected} inburgeraars").wait_for()
    page.get_by_role("link", name="De reis").first.click()
    page.wait_for_url("**/de-reis?doelgroep=nareiziger")
    page.go_back()
    page.wait_for_url("**/instroom?doelgroep=nareiziger")
    page.locator(".pagina-antwoord", has_text=f"{expected} inburgeraars").wait_for()
    page.go_forward()
    page.wait_for_url("**/de-reis?doelgroep=nareiziger")
    page.get_by_role("button", name="Alles wissen").click()
    page.wait_for_url(site + "/de-reis")


def test_a_link_with_a_peildatum_gives_the_same_view(site, open_page, snapshot):
    page = open_page(site + "/instroom?peildatum=2024-06-30")
    (answer,) = metrics.compute("instroom", snapshot, voor=metrics.ALLES, peildatum=date(2024, 6, 30))
    assert page.locator(".pagina-antwoord").inner_text().startswith(wording.number(answer.rijen[0]["aantal"]))
    assert "30-06-2024" in page.locator("#voet").inner_text()


def test_help_stands_at_the_number_and_works_with_the_keyboard(site, open_page):
    page = open_page(site + "/de-reis")
    page.get_by_label("Uitleg bij PIP binnen tien weken").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("70 dagen").first.wait_for()
    assert page.locator(".uitleg-tekst").first.is_visible()


def test_the_first_tab_leads_to_the_content(site, open_page):
    page = open_page(site + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"


def test_an_unknown_address_and_contract_are_told(site, open_page):
    assert "bestaat niet" in open_page(site + "/bestaat-niet").locator("#inhoud").inner_text()
    assert "bestaat niet" in open_page(site + "/contracten/onbekend").locator("#inhoud").inner_text()
    page = open_page(site + "/kwaliteit?gemeente=0397")
    page.get_by_role("link", name="Bedoelt u de pagina Resultaat?").click()
    page.wait_for_url("**/resultaat?gemeente=0397")
    page.locator("h1", has_text="Resultaat").wait_for()


def test_nothing_loaded_says_how_to_begin(empty_site, open_page):
    assert "inburgering sjabloon gemeente" in open_page(empty_site + "/").locator("#inhoud").inner_text()
    assert "PIP binnen tien weken" in open_page(empty_site + "/definities").locator("#inhoud").inner_text()


def test_published_page_shows_nothing_that_the_guard_hides(site, open_page):
    page = open_page(site + "/publiceren?gemeente=0397")
    assert page.locator("td", has_text="niet getoond").count() > 0


def test_files_hold_the_same_numbers(site, snapshot):
    with urllib.request.urlopen(f"{site}/bestand/uitstroom.csv?gemeente=0392") as response:
        assert "VOORBEELD" in response.headers["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(response.read().decode("utf-8-sig"))))
    (answer,) = metrics.compute("uitstroom", snapshot, voor=metrics.ALLES, filters={"gemeente": ["0392"]})
    assert [int(row["aantal"]) for row in rows] == [row["aantal"] for row in answer.rijen]


def test_headers_keep_the_pages_at_home(site):
    with urllib.request.urlopen(site + "/") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(site + "/bestand/geheim.csv")
