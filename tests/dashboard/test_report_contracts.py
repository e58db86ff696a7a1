"""What the council reads of contracts: what is bought and agreed, reports in time, talks only as counts."""

from datetime import date

import pytest

import contracts
import metrics
from contracts import record
from dashboard.report import Order, blocks, content, suppliers

pytestmark = pytest.mark.xdist_group("voorbeeld")
SECRET = "de docent van groep 3"


@pytest.fixture(scope="module")
def pub(snapshot):
    day = metrics.default_peildatum(snapshot)
    return content.publish(Order("evaluatie", chapters=("contracten",)).checked(), snapshot, metrics.ALLES, day, {})


@pytest.fixture
def entries(tmp_path):
    """Of one contract two talks (one after the peildatum) and two actions, one of them closed."""
    book = record.Record(tmp_path)
    for day in (date(2025, 3, 1), date(2031, 1, 1)):
        book.write("danner-b1", record.Gesprek(datum=day, aanwezigen=("adviseur",), verslag=SECRET), wie="a")
    action = record.Actie(wat=SECRET, eigenaar=SECRET, voor=date(2025, 6, 1))
    first = book.write("danner-b1", action, wie="a")
    book.write("danner-b1", action, wie="a")
    book.write("danner-b1", record.Sluiting(datum=date(2025, 5, 1), resultaat=SECRET), wie="a", verwijst=first.nummer)
    yield book.entries()
    book.close()


def _block(parts, title):
    """The bullets and tables under the heading of one contract."""
    place = next(n for n, one in enumerate(parts) if one["soort"] == "kop" and one["tekst"] == title)
    found = []
    for one in parts[place + 1 :]:
        if one["soort"] == "kop":
            break
        found.append(one)
    return found


def test_a_block_says_what_is_bought_and_how_many_reports_came_in_time(pub, snapshot):
    known = contracts.read_agreements()
    parts = suppliers.chapter(known, pub, metrics.ALLES, ())
    [points] = [one["punten"] for one in _block(parts, "B1-route")]
    assert points[0] == "Ingekocht bij Danner & Danner: B1-route."
    assert points[1] == "Voor Beverwijk, Bloemendaal, Haarlem, Heemskerk, Heemstede, Velsen en Zandvoort."
    assert points[2] == "Van 01-01-2022 tot en met 31-12-2025; verlengen mag tot en met 31-12-2027."
    assert points[3].count("Aanwezigheid bij de taallessen") == 1, "a norm that was changed is one agreement"
    with snapshot.connect() as connection:
        reports = [one for one in contracts.reports(known["danner-b1"], connection, pub.day) if one.termijn <= pub.day]
    timely = sum(one.ontvangen is not None and one.ontvangen <= one.termijn for one in reports)
    assert points[4] == f"Rapportages: {timely} van de {len(reports)} op tijd."
    assert not any(one["soort"] == "tabel" and "oordelen" in one["titel"] for one in parts)


def test_of_talks_only_the_count_leaves_the_house(pub, entries):
    known = contracts.read_agreements()
    parts = suppliers.chapter(known, pub, metrics.ALLES, entries)
    [points] = [one["punten"] for one in _block(parts, "B1-route")]
    assert points[-1] == "Gesprekken: 1. Afgesproken acties: 2, waarvan gesloten: 1."
    [other] = [one["punten"] for one in _block(parts, "Z-route")]
    assert not any("Gesprek" in point for point in other)
    said = " ".join(blocks.texts(parts))
    assert SECRET not in said
    assert "Uitkomsten per contract staan niet in dit rapport" in said


def test_a_verdict_only_where_the_norm_is_real(pub):
    known = contracts.read_agreements()
    real = known["danner-b1"].model_copy(update={"bron": "artikel 4 van de overeenkomst"})
    parts = suppliers.chapter(contracts.Agreements({**known, "danner-b1": real}), pub, metrics.ALLES, ())
    [table] = [one for one in _block(parts, "B1-route") if one["soort"] == "tabel"]
    assert table["koppen"][1:4] == ["Norm", "Oordeel", "Zekerheid"]
    assert all(row[3] != "" for row in table["rijen"])
    assert not [one for one in _block(parts, "Z-route") if one["soort"] == "tabel"]
    assert "Over één contract kunnen wij oordelen." in " ".join(blocks.texts(parts))
