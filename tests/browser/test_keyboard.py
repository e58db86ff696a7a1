"""The three main tasks with the keyboard alone: where one is can always be seen, and is never behind the heading."""

import pytest

import etl
import metrics
from dashboard import wording

pytestmark = pytest.mark.xdist_group("browser")
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const head = document.querySelector('header').getBoundingClientRect().bottom;
  return {
    name: (one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent || '').trim(),
    tag: one.tagName, within: one.closest('article, section')?.querySelector('h2, h3')?.textContent || '',
    seen: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    free: one.closest('header') !== null || one.className === 'overslaan' || box.bottom > head + 8,
    inside: box.top < innerHeight && box.right > 0,
  };
}"""

# the option that Enter would choose; a list that just opened has none
MARKED = "() => document.querySelector('[data-combobox-selected]')?.textContent ?? ''"
HEARD = """() => document.getElementById('melding').textContent
  === 'Bijgewerkt. ' + document.querySelector('.pagina-antwoord').textContent"""
ARRIVED = "() => document.activeElement.id === 'inhoud'"


def _tab_to(page, wanted, most=150):
    """Press Tab until the focus is where `wanted` says; every stop on the way shows itself."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        assert here["seen"], here
        assert here["free"], here
        assert here["inside"], here
        if wanted(here):
            return here
    raise AssertionError(f"not reached in {most} steps, last at {here}")


def _named(name, tag=None, within=""):
    return lambda here: (
        here["name"].startswith(name) and (tag is None or here["tag"] == tag) and within in here["within"]
    )


def _choose(page, label, value, written):
    """Choose an option by the keyboard; `written` is what then stands in the address."""
    _tab_to(page, _named(label, "INPUT"))
    for _ in range(20):
        before = page.evaluate(MARKED)
        if before == value:
            break
        page.keyboard.press("ArrowDown")
        page.wait_for_function(f"before => ({MARKED})() !== before", arg=before)
    page.keyboard.press("Enter")
    page.wait_for_function("written => location.search.includes(written)", arg=written)
    page.keyboard.press("Escape")


def test_how_many_of_cohort_2023_had_their_plan_in_time(site, open_page, werkmap):
    page = open_page(site + "/")
    _choose(page, "Doelgroep", "statushouders (asiel en nareis samen)", "doelgroep=")
    _choose(page, "Jaar van start", "2023", "cohort=2023")
    (answer,) = metrics.compute(
        "pip_op_tijd", etl.Store(werkmap).current(), voor=metrics.ALLES,
        filters={"doelgroep": ["asielstatushouder", "nareiziger"], "cohort": [2023]},
    )  # fmt: skip
    row = answer.rijen[0]
    said = f"{wording.number(row['teller'])} van de {wording.number(row['noemer'])}"
    tile = page.locator("article", has=page.get_by_role("heading", name="PIP binnen tien weken")).first
    tile.get_by_text(said).first.wait_for()
    page.wait_for_function(HEARD, timeout=90_000)  # what a screen reader hears of it
    assert page.locator("#melding").get_attribute("aria-live") == "polite"


def test_which_contract_needs_a_talk_and_why(site, open_page):
    page = open_page(site + "/")
    link = _tab_to(page, _named("", "A", within="Contracten die aandacht vragen"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/contracten/**")
    page.locator("h1", has_text=link["name"].split(":")[0]).wait_for()
    page.wait_for_function(ARRIVED)
    assert page.title().startswith(page.locator("h1").inner_text())
    _tab_to(page, _named("", "SUMMARY", within="Waarom"))
    page.keyboard.press("Enter")
    reasons = page.locator("section", has=page.get_by_role("heading", name="Waarom")).locator("details[open] li")
    assert reasons.first.is_visible()


def test_the_chart_of_uitstroom_for_the_council_with_its_table(site, open_page):
    page = open_page(site + "/")
    _tab_to(page, _named("De reis", "A"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/de-reis")
    page.get_by_role("heading", name="Einde van leerroutes").wait_for()
    page.wait_for_function(ARRIVED)
    _tab_to(page, _named("Toon als tabel", "SUMMARY", within="Einde van leerroutes"))
    page.keyboard.press("Enter")
    card = page.locator("article", has=page.get_by_role("heading", name="Einde van leerroutes")).first
    assert card.locator("table").is_visible()
    _tab_to(page, _named("CSV", "A", within="Einde van leerroutes"))
    with page.expect_download() as table:
        page.keyboard.press("Enter")
    assert table.value.suggested_filename.startswith("VOORBEELD-uitstroom")
    while page.evaluate(FOCUS)["name"] != "Einde van leerroutes":  # back to the title, which leads to its own page
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cijfer/uitstroom")
    page.locator("h1", has_text="Einde van leerroutes").wait_for()
    page.wait_for_function(ARRIVED)
    _tab_to(page, _named("PNG", "A"))
    with page.expect_download() as picture:
        page.keyboard.press("Enter")
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_help_closes_by_the_keyboard_and_the_skip_link_works(site, open_page):
    page = open_page(site + "/de-reis")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === '#inhoud'")
    stop = _tab_to(page, lambda here: True)
    assert stop["name"] != "Vandaag"  # past the menu and the filters


def test_nothing_moves_for_who_does_not_want_it(site, chromium):
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + "/")
    page.wait_for_selector("#inhoud h1")
    moving = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(one => { const style = getComputedStyle(one);"
        " return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).length"
    )
    context.close()
    assert moving == 0
