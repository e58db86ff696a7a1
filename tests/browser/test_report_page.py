"""The web page of a report in a real browser: axe finds nothing, on a wide and a narrow screen, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import contracts
import etl
import metrics
from dashboard import report

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def page_file(werkmap, tmp_path_factory):
    target = tmp_path_factory.mktemp("verslag") / "e.pdf"
    report.make(
        "evaluatie", target, snapshot=etl.Store(werkmap).current(), agreements=contracts.read_agreements(),
        voor=metrics.ALLES,
    )  # fmt: skip
    return target.with_suffix(".html")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_report_as_a_page_passes_axe(page_file, chromium, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    found = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    context.close()
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]] == []
    assert asked == [page_file.as_uri()], "the page asks for something elsewhere"
    assert not wide, "the page is wider than the screen"
