"""Making a report in the browser: whose figures, who sees it, and the line that taking it along leaves."""

import hashlib
import re
import time

import pytest

from dashboard.operation.audit import Audit
from data import instellingen


def _ready(client, address):
    for _ in range(240):
        text = client.get(address).get_data(as_text=True)
        if "http-equiv" not in text:
            return text
        time.sleep(0.25)
    return text


@pytest.fixture
def logged(werkmap):
    """The audit log of this work folder, which the process writes to."""
    before = instellingen.gekozen()
    instellingen.kies(werkmap)
    yield Audit(werkmap)
    instellingen.kies(before)


def test_choose_make_look_and_take_along(browser, logged):
    bea = browser("beleid")
    page = bea.get("/verslag/").get_data(as_text=True)
    assert "Heemstede" in page and "Haarlem" not in page
    sent = bea.send("/verslag/maak", soort="evaluatie", hoofdstuk="instroom")
    assert sent.status_code == 303
    address = sent.headers["Location"]
    done = _ready(bea, address)
    assert "Klaar. Bekijk het eerst" in done
    seen = bea.get(f"{address}/bekijk").get_data(as_text=True)
    assert "Wet inburgering 2021 · Heemstede" in seen and "Haarlem" not in seen
    pdf = bea.get(re.search(r'href="([^"]+verslag\.pdf)"', done)[1])
    assert pdf.data.startswith(b"%PDF") and "attachment" in pdf.headers["Content-Disposition"]
    line = [one for one in logged.entries() if one["gebeurtenis"] == "rapport"][-1]
    assert line["wie"] == "bea"
    assert line["feiten"]["hash"].replace(":", "") == hashlib.sha256(pdf.data).hexdigest()[:32]
    assert line["feiten"]["soort"] == "evaluatie"
    other = browser("beleid regio")
    for path in (address, f"{address}/bekijk", f"{address}/bestand/verslag.pdf"):
        assert other.get(path).status_code == 404


def test_only_of_ones_own_municipalities(browser):
    answer = browser("beleid").send("/verslag/maak", soort="evaluatie", gemeente="0392")
    assert answer.status_code == 400
    assert "uw eigen gemeenten" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"soort": "x"}, "Kies een evaluatie"),
        ({"soort": "evaluatie", "van": "gisteren"}, "is geen datum"),
        ({"soort": "evaluatie", "hoofdstuk": "geheim"}, "bestaat niet"),
    ],
)
def test_a_wrong_form_is_told(browser, fields, words):
    answer = browser("beleid").send("/verslag/maak", **fields)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["lezer", "beheer", "geen rol"])
def test_who_may_not_see_exact_figures_makes_no_report(browser, who):
    assert browser(who).get("/verslag/").status_code == 403
    assert browser(who).send("/verslag/maak", soort="evaluatie").status_code == 403
