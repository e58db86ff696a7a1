"""Every page in English: nothing Dutch is left outside the places that say they are Dutch, and nothing broke by it."""

import functools
import re

import pytest
from test_every_page import AXE, BARRIERS, RULES

import contracts
from dashboard import events
from dashboard.pages import LOOSE, PAGES

pytestmark = pytest.mark.xdist_group("browser")
FLOW = ["/kwartaal/", "/kwartaal/agenda", "/kwartaal/gesprek/danner-b1", "/verslag/"]
FIGURES = [  # one of each kind: shares, ends, means, quartiles, money, counts, data
    "/cijfer/pip_op_tijd?gemeente=0392&van=2024-01-01&tot=2024-12-31&naast=jaar",
    "/cijfer/uitstroom?per=jaar",
    "/cijfer/uitval",
    "/cijfer/tevredenheid?per=onderdeel",
    "/cijfer/intake_tot_pip?naast=regio",
    "/cijfer/kosten?per=budget,kostensoort",
    "/cijfer/formatie",
    "/cijfer/besluiten",
    "/cijfer/routeverdeling",
    "/cijfer/gegevenskwaliteit",
]
ADDRESSES = [*PAGES, *LOOSE, *FIGURES, "/contracten/danner-b1", "/contracten/vluchtelingenwerk-begeleiding", *FLOW]
HEARD = ("/", "/publiceren", FIGURES[0], "/contracten/danner-b1", FLOW[2])  # the same page in Dutch is tested whole

# what a reader meets: text (also folded away), and what is read out or appears in a field. Code is the same in every
# language; what people wrote themselves says lang="nl"
TEXTS = """() => {
  const dutch = one => (one.closest('[lang]') || document.documentElement).lang !== 'en';
  const found = [['title', document.title]];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.nodeValue.trim();
    if (text && !at.closest('script, style, code, pre, kbd') && !dutch(at))
      found.push([at.className || at.tagName, text]);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
    for (const one of document.querySelectorAll(`[${name}]`))
      if (!dutch(one)) found.push([name, one.getAttribute(name)]);
  return found.map(([where, text]) => [String(where.baseVal ?? where), text]);
}"""
_WORDS = """
de het een van en op te voor zijn niet wordt worden naar geen mensen deze dit dat ook nog bij zonder uit om aan maar hun
welk welke hoeveel wie waar kan moet heeft hebben waren dan meer minder toon kies bekijk alle eerste laatste ander
andere eigen vorige volgende zie nu ja nee hoger lager vanaf tussen alleen iedereen niemand hier daar sinds
inburgeraar inburgeraars gemeente gemeenten aanbieder aanbieders afspraak afspraken kwartaal kwartalen jaar jaren maand
maanden dag dagen leerroute leerroutes levering leveringen rapportage rapportages peildatum cijfer cijfers signaal
signalen oordeel oordelen gesprek gesprekken actie acties doelgroep statushouder statushouders asielstatushouder
nareiziger gezinsmigrant instroom uitstroom uitval onderdeel onderdelen overige onbekend voldaan voldoet begroting
geboekt gevolg grens teller noemer aantal waarde verschil verschillen momentopname logboek geweigerd reden kosten
taal lessen gemiddeld norm-onbekend kenmerk bestand bestanden soort bron naam titel uitleg tabel
januari februari maart mei juni juli augustus oktober mrt okt
"""
DUTCH = re.compile(rf"(?<![\w./-])(?:{'|'.join(_WORDS.split())})(?![\w/-])", re.IGNORECASE)


@pytest.fixture(scope="session")
def names(werkmap):
    """What is called so by those who made it: contracts, suppliers, what was agreed and what then happens. Alone it
    says lang="nl"; inside a sentence or a label it is a name."""
    found = set()
    for one in contracts.read_agreements().values():
        found |= {one.titel, one.aanbieder, *one.onderaannemers}
        for part in (one.rapportage, *one.kpis):
            found |= {getattr(part, "titel", ""), *(step.stap for step in part.gevolg)}
    found |= {"Blik op Werk", *(f"{one.titel[:29]}…" for one in events.read(werkmap, example=True))}
    found.update(text[:1].lower() + text[1:] for text in list(found))
    return sorted(found - {""}, key=len, reverse=True)


def left_in_dutch(page, names):
    """Each text that holds a Dutch word, once."""
    found = set()
    for where, text in page.evaluate(TEXTS):
        quoted = re.sub(r"“[^”]*”| \([a-z_0-9]+\)$", "…", text)  # a folder, the code of a figure
        said = functools.reduce(lambda left, name: left.replace(name, "…"), names, quoted)
        if DUTCH.search(said):
            found.add(f"{where}: {said[:160]}")
    return sorted(found)


def in_english(path):
    return f"{path}{'&' if '?' in path else '?'}taal=en"


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_page_speaks_english(site, open_page, names, path):
    page = open_page(site + in_english(path))
    assert page.locator("html").get_attribute("lang") == "en"
    left = left_in_dutch(page, names)
    assert not left, "\n".join([f"{len(left)} in Dutch:", *left])
    if path in HEARD:
        page.evaluate(AXE)
        assert page.evaluate(BARRIERS, RULES) == []


def test_dutch_is_seen(site, open_page):
    """The detector itself: nearly every text of a Dutch page, were it said to be English, holds a word of the list."""
    page = open_page(site + "/de-reis")
    page.evaluate("document.documentElement.lang = 'en'")
    sentences = {text for _, text in page.evaluate(TEXTS) if text.count(" ") > 4}
    missed = sorted(text for text in sentences if not DUTCH.search(text))
    assert len(sentences) > 20
    assert len(missed) <= len(sentences) / 50, missed


def test_the_language_changes_and_the_view_stays(site, open_page):
    page = open_page(site + "/instroom?doelgroep=nareiziger&peildatum=2024-06-30")
    dutch = page.locator("#inhoud h1").inner_text()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/instroom?**taal=en")
    page.locator("h1", has_text="Intake").wait_for()
    assert "doelgroep=nareiziger" in page.url
    assert "peildatum=2024-06-30" in page.url
    assert "30 Jun 2024" in page.locator("#voet").inner_text()
    page.get_by_role("link", name="The journey").first.click()
    page.wait_for_url("**/de-reis?**taal=en")
    page.go_back()
    page.locator("h1", has_text="Intake").wait_for()
    page.get_by_role("link", name="Nederlands").click()
    page.locator("h1", has_text=dutch).wait_for()
    assert page.locator("html").get_attribute("lang") == "nl"
    assert "doelgroep=nareiziger" in page.url
    assert "peildatum=2024-06-30" in page.url


def test_wiping_the_filters_and_finding_a_figure_keep_the_language(site, open_page):
    page = open_page(site + "/instroom?doelgroep=nareiziger&taal=en")
    page.get_by_role("button", name="Clear everything").click()
    page.wait_for_url(site + "/instroom?taal=en")
    page.get_by_role("textbox", name="Find a figure").fill("dropout")
    page.get_by_role("option", name="Dropout from the learning route").click()
    page.wait_for_url("**/cijfer/uitval?taal=en")
    page.locator("h1", has_text="Dropout from the learning route").wait_for()


def test_back_returns_to_the_language_of_that_moment(site, open_page):
    page = open_page(site + "/instroom")
    page.get_by_role("link", name="English").click()
    page.locator("h1", has_text="Intake").wait_for()
    page.go_back()
    page.locator("h1", has_text="Instroom").wait_for()
    page.go_forward()
    page.locator("h1", has_text="Intake").wait_for()


def test_two_tabs_each_keep_their_language(site, open_page):
    english = open_page(site + "/instroom?taal=en")
    other = english.context.new_page()
    other.goto(site + "/instroom?taal=nl")
    other.locator("h1", has_text="Instroom").wait_for()
    english.get_by_role("link", name="Results").first.click()
    english.wait_for_url("**/resultaat?**")
    english.locator("h1", has_text="Results").wait_for()
