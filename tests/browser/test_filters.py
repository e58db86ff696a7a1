"""Filters, links and drilling as a person does them: the address follows, the server is asked once, back works."""

import pytest

import etl
import metrics
from dashboard import wording

pytestmark = pytest.mark.xdist_group("browser")


def test_choosing_comparing_and_going_back(site, open_page):
    page = open_page(site + "/de-reis")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "_dash-update" in request.url else None)
    page.get_by_role("textbox", name="Doelgroep").click()
    page.get_by_role("option", name="statushouders (asiel").click()
    page.wait_for_url("**?doelgroep=asielstatushouder,nareiziger")
    page.locator(".chip", has_text="statushouders").wait_for()
    assert len(asked) == 1  # one round to the server per change of a filter
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Periode").click()
    page.get_by_role("option", name="2024", exact=True).click()
    page.wait_for_url("**van=2024-01-01&tot=2024-12-31**")
    page.get_by_text("Meer filters, vergelijken").click()
    page.get_by_role("textbox", name="Vergelijken met").click()
    page.get_by_role("option", name="een jaar eerder").click()
    page.wait_for_url("**naast=jaar**")
    page.locator(".naast", has_text="2023").first.wait_for()
    page.go_back()
    page.wait_for_url(lambda url: "naast" not in url)
    page.locator(".naast").first.wait_for(state="detached")
    assert page.get_by_role("textbox", name="Vergelijken met").input_value() == ""
    page.locator(".chip", has_text="2024").click()
    page.wait_for_url(lambda url: "van=" not in url)


def test_from_a_card_to_its_figure_and_from_a_row_further(site, open_page, werkmap):
    page = open_page(site + "/cijfer/pip_op_tijd?per=gemeente")
    assert page.get_by_role("textbox", name="Doelgroep").is_enabled()
    page.get_by_role("link", name="Haarlem", exact=True).click()
    page.wait_for_url("**gemeente=0392**per=leerroute**")
    (answer,) = metrics.compute(
        "pip_op_tijd", etl.Store(werkmap).current(), voor=metrics.ALLES, filters={"gemeente": ["0392"]}
    )
    row = answer.rijen[0]
    said = f"Haarlem: {wording.number(row['teller'])} van de {wording.number(row['noemer'])} inburgeraars"
    page.locator(".pagina-antwoord", has_text=said).wait_for()


def test_what_a_figure_does_not_know_cannot_be_chosen(site, open_page):
    page = open_page(site + "/cijfer/tevredenheid")
    page.get_by_role("textbox", name="Doelgroep", disabled=True).wait_for()
    assert page.get_by_role("textbox", name="Periode").is_enabled()
    page.get_by_role("link", name="Gegevens").first.click()
    page.get_by_role("textbox", name="Gemeente", disabled=True).wait_for()


def test_every_figure_is_found_by_name(site, open_page):
    page = open_page(site + "/?gemeente=0392")
    search = page.get_by_role("textbox", name="Zoek een cijfer")
    search.click()
    search.fill("einde van")
    page.get_by_role("option", name="Einde van leerroutes").click()
    page.wait_for_url("**/cijfer/uitstroom?gemeente=0392")
    page.get_by_role("heading", name="Einde van leerroutes").wait_for()
    page.goto(site + "/definities")
    page.locator("#zoek-definitie").fill("datum_pip")
    page.locator("#zoek-melding", has_text="gevonden").wait_for()
    assert page.locator("[data-zoek]:visible").count() < page.locator("[data-zoek]").count()


def test_an_event_is_added_and_taken_back(site, open_page, werkmap):
    page = open_page(site + "/gebeurtenissen")
    page.get_by_role("button", name="Voeg toe").click()
    page.locator("#gebeurtenis-melding", has_text="Kies een datum").wait_for()
    page.locator("#gebeurtenis-datum").click()
    page.locator(".mantine-DatePickerInput-day", has_text="15").first.click()
    page.locator("#gebeurtenis-titel").fill("Proef met een gebeurtenis")
    page.get_by_role("button", name="Voeg toe").click()
    page.locator("#gebeurtenis-lijst", has_text="Proef met een gebeurtenis").wait_for()
    page.get_by_role("button", name="Laat vervallen: Proef").click()
    page.locator("#gebeurtenis-melding", has_text="vervallen").wait_for()
    assert "Proef met een gebeurtenis" in (werkmap / "gebeurtenissen.yaml").read_text()
