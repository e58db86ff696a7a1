"""The signals on the first page: the same as the command line tells, and within reach."""

import pytest

import etl
from dashboard.wording import signals as wording
from dashboard.wording import unbroken
from metrics import ALLES, insight

pytestmark = pytest.mark.xdist_group("browser")


def test_the_first_page_shows_the_signals_of_its_view(site, open_page, werkmap):
    snapshot = etl.Store(werkmap).current()
    found = insight.evaluate(insight.Scope(snapshot, ALLES, None, {"gemeente": ["0392"]}), deelbaar=True)
    mine = [
        one for one in found
        if one.status == "signaal" and one.verklaring.gevolg in ("bijstellen", "vervroegde evaluatie")
    ]  # fmt: skip
    titles = list(dict.fromkeys(one.verklaring.titel for one in mine))
    page = open_page(site + "/?gemeente=0392")
    cards = page.locator(".signaal")
    assert cards.count() == len(titles)
    assert cards.locator("h3").all_inner_texts()[:4] == titles[:4]
    seen, _ = wording.sentences(mine[0], {"0392": "Haarlem"})
    assert unbroken(seen) in cards.first.inner_text()
    if len(titles) > 4:
        page.get_by_text(f"Toon nog {len(titles) - 4}").click()
        assert cards.nth(4).is_visible()
    cards.first.get_by_role("link").click()
    page.wait_for_url("**/cijfer/**gemeente=0392**")
    assert page.url != site + "/?gemeente=0392"
