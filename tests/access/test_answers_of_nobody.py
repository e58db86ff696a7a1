"""Answers of which nobody knows the municipality, asked by who has some municipalities: an attacker's hour."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from visitors import PEOPLE, page

import metrics
from dashboard import access
from dashboard.access import Desk
from dashboard.report import publication
from dashboard.report.plan import Asked
from dashboard.state import View
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("toegang")
DAY = timedelta(days=1)
NOBODYS = ("tevredenheid", "respons")


@pytest.fixture(scope="module")
def desk(werkmap):
    return Desk(werkmap, None)


def _days(snapshot):
    with snapshot.connect() as connection:
        return [row[0] for row in connection.execute("SELECT DISTINCT datum FROM tevredenheid ORDER BY 1").fetchall()]


def test_guarding_each_answer_by_itself_would_not_do(snapshot):
    """What the fixed publication is for: somewhere a day less takes away one to four answers, and both are shown."""
    found = []
    for day in _days(snapshot)[-40:]:
        ends = [
            {row["onderdeel"]: row["n"] for row in metrics.publish(
                metrics.compute("tevredenheid", snapshot, voor=metrics.ALLES, tot=end))[0].rijen}
            for end in (day, day - DAY)
        ]  # fmt: skip
        for part in ends[0].keys() & ends[1].keys():
            with_day, without = ends[0][part], ends[1][part]
            if isinstance(with_day, int) and isinstance(without, int) and 0 < with_day - without < 5:
                found.append((part, day))
        if found:
            break
    assert found


def test_periods_days_and_filters_cannot_be_subtracted(desk, snapshot):
    """Whatever is asked, an answer is a part of the one publication: nothing new is computed for it."""
    usual = metrics.default_peildatum(snapshot)
    published = {
        id: [one for one in metrics.fixed_publication(snapshot) if one.cijfer == id] for id in NOBODYS
    }  # fmt: skip
    some = _days(snapshot)[-2:]
    periods = [{}, {"tot": usual}, {"peildatum": usual}]
    periods += [{"tot": some[0]}, {"tot": some[0] - DAY}, {"van": some[1]}, {"peildatum": usual - DAY}]
    periods += [{"van": date(2024, 1, 1), "tot": date(2024, 12, 31)}, {"peildatum": usual + DAY}]
    filters = [
        {},
        {"contract": ("danner-z",)},
        {"onderdeel": ("MAP",)},
        {"jaar": ("2024",)},
        {"kwartaal": ("2024-K2",)},
    ]
    answered = 0
    with access.acting(PEOPLE["beleid"]):
        for id, days, chosen, per in product(NOBODYS, periods, filters, [(), ("jaar",), ("kwartaal",), ("contract",)]):
            try:
                found = desk.answer(snapshot, id, replace(View(chosen), **days), per)
            except Gebruiksfout as fault:
                assert "niet bekend bij welke gemeente" in fault.meldingen[0]
                continue
            answered += 1
            assert (found.van, found.tot) == (published[id][0].van, published[id][0].tot)
            for row in found.rijen:
                assert any(row.items() <= known.items() for table in published[id] for known in table.rijen)
    assert answered >= 4
    with access.acting(PEOPLE["beleid regio"]):
        mine = desk.answer(snapshot, "tevredenheid", View(van=date(2024, 1, 1), tot=date(2024, 12, 31)))
        assert (
            mine.rijen
            == metrics.compute(
                "tevredenheid", snapshot, voor=metrics.ALLES, van=date(2024, 1, 1), tot=date(2024, 12, 31)
            )[0].rijen
        )  # who has all municipalities sees them as they are


def test_another_momentopname_is_not_published(desk, snapshot):
    with access.acting(PEOPLE["beleid"]), pytest.raises(Gebruiksfout, match="huidige momentopname"):
        desk.answer(replace(snapshot, id="vorige"), "tevredenheid", View())


def test_what_one_publishes_or_reports_over_a_period_holds_none_of_them(desk, snapshot):
    view = View(van=date(2024, 1, 1), tot=date(2024, 12, 31))
    chosen = [("instroom", ()), ("tevredenheid", ()), ("respons", ())]
    with access.acting(PEOPLE["beleid"]):
        assert [one.cijfer for one in desk.to_publish(snapshot, view, chosen)] == ["instroom"]
        voor = desk.voor()
    with access.acting(PEOPLE["beleid regio"]):
        assert len(desk.to_publish(snapshot, view, chosen)) == 3
    asked = {"day": metrics.default_peildatum(snapshot), "van": None, "tot": None, "towns": ("0397",)}
    questions = [Asked(id, per) for id, per in chosen]
    made = publication.publish(questions, snapshot, voor, declarations=None, **asked)
    assert [one.cijfer for one in made.everything] == ["instroom"]
    with pytest.raises(Gebruiksfout, match="tevredenheid"):
        publication.publish(questions[1:], snapshot, voor, declarations=None, **asked)
    assert len(publication.publish(questions, snapshot, metrics.ALLES, declarations=None, **asked).all) == 3


def test_the_pages_stand_and_say_what_is_not_there(browser):
    client = browser("beleid")
    status, text = page(client, "/resultaat", "?van=2024-01-01&tot=2024-12-31")
    assert status == 200 and "Dat kan niet" not in text
    assert "U ziet alleen gepubliceerde cijfers" in text
    assert "Tevredenheid staat hier niet bij" in page(client, "/publiceren")[1]
    assert "Dat kan niet" not in page(client, "/cijfer/tevredenheid")[1]
    assert "niet bekend bij welke gemeente" in page(client, "/cijfer/tevredenheid", "?tot=2024-12-31")[1]
