"""Every page, from the app's own table: it renders without a fault, for every eye, hand, screen, and on paper.

A page is opened once and then changed, which is what makes looking at all of them in all ways affordable.
"""

import itertools
from importlib.resources import files

import pytest

from dashboard.pages import LOOSE, PAGES

pytestmark = pytest.mark.xdist_group("browser")
FLOW = ["/kwartaal/", "/kwartaal/agenda", "/kwartaal/gesprek/danner-b1"]
FIGURES = [
    "/cijfer/pip_op_tijd?gemeente=0392&van=2024-01-01&tot=2024-12-31&naast=jaar",
    "/cijfer/uitstroom?per=jaar",
    "/cijfer/uitval",
]
ADDRESSES = [*PAGES, *LOOSE, *FIGURES, "/contracten/danner-b1", *FLOW]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# of a long table the first rows stand for the others; what is drawn is told by its frame
BARRIERS = """async (rules) => {
  const found = await axe.run({exclude: [".tabel tr:nth-child(n+8)", ".js-plotly-plot svg"]}, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
  });
  return found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`);
}"""
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))"
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll('main :is(h1, h2, h3, p, li, summary, a)')].filter(one => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && !one.closest('.tabel, .alleen-lezer, svg, [aria-hidden]')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 120))"""
CHARTS = """[...document.querySelectorAll('.js-plotly-plot')].filter(one => {
  const frame = one.closest('[role=img]'), card = one.closest('article, section');
  const label = frame && document.getElementById(frame.getAttribute('aria-labelledby') || '');
  const heard = frame ? (label ? label.textContent : frame.getAttribute('aria-label')) || '' : '';
  return !(heard.length > 15 && card
    && (card.querySelector('table') || (card.closest('section') || card).querySelector('table')));
}).length"""
ON_PAPER = """() => {
  const seen = query => [...document.querySelectorAll(query)].filter(one => one.getClientRects().length > 0).length;
  const ink = getComputedStyle(document.body);
  return {
    clicked: seen('nav, #filters, .filterbalk, .overslaan, header button, .meenemen, .knop'),
    titles: seen('main h1'), text: document.querySelector('main').innerText.length, paper: ink.backgroundColor,
    ink: ink.color,
  };
}"""


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_page_is_for_everybody(site, open_page, path):
    page = open_page(site + path)
    page.evaluate(AXE)
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    if path not in FLOW:
        assert "VOORBEELD" in page.locator("header").inner_text()
    assert page.evaluate(CHARTS) == 0
    for scheme, width in (("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FITS, timeout=5000)
        assert page.evaluate(BARRIERS, RULES) == [], (scheme, width)
    for width in (390, 720, 320):  # 720 wide is a screen of 1440 at 200 %, 320 one of 1280 at 400 %
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FITS, timeout=5000)
        assert page.evaluate(CUT) == [], width
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark", media="print")
    paper = page.evaluate(ON_PAPER)
    assert (paper["clicked"], paper["titles"]) == (0, 1)
    assert paper["text"] > 40
    assert (paper["paper"], paper["ink"]) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
