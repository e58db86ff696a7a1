"""What a contract cost and who it works with, beside plain loops over the rows."""

from datetime import date

import pytest

import contracts
import metrics
from contracts.model import Agreement
from contracts.read import Agreements

DAY = date(2024, 12, 31)


def _agreement(id, begin=date(2022, 1, 1), **bought):
    facts = {"titel": "T", "aanbieder": "A", "gemeenten": ["0397"], "bron": "artikel 4"}
    term = {"van": begin, "tot": date(2025, 12, 31)}
    return Agreement.model_validate({"id": id, **facts, "looptijd": term, "onderdeel": bought})


@pytest.fixture(scope="module")
def agreements():
    every = [
        _agreement("danner-b1", leerroute="B1"), _agreement("danner-z", leerroute="Z"),
        _agreement("vluchtelingenwerk-pvt", onderdelen=["PVT"]), _agreement("tolken", dienst="tolken"),
    ]  # fmt: skip
    return Agreements({one.id: one for one in every})


def test_money_by_year_beside_the_budget(rows, snapshot, agreements):
    found = contracts.money(agreements["danner-b1"], snapshot, voor=metrics.ALLES, day=DAY)
    paid = [
        row for row in rows["boekingen"] if row["soort"] == "realisatie" and date(2022, 1, 1) <= row["datum"] <= DAY
    ]
    mine = [row for row in paid if row["contract"] == "danner-b1"]
    assert found.totaal == pytest.approx(sum(row["bedrag"] for row in mine))
    cells = {(row["datum"].year, row["gemeentecode"], row["budget"], row["kostensoort"]) for row in mine}
    for year in found.per_jaar:
        assert year["betaald"] == pytest.approx(sum(r["bedrag"] for r in mine if r["datum"].year == year["jaar"]))
        same = [
            row["bedrag"] for row in paid
            if row["datum"].year == year["jaar"]
            and (row["datum"].year, row["gemeentecode"], row["budget"], row["kostensoort"]) in cells
        ]  # fmt: skip
        assert year["samen"] == pytest.approx(sum(same))
        budget = [
            row["bedrag"] for row in rows["begroting"]
            if row["jaar"] == year["jaar"]
            and (row["jaar"], row["gemeentecode"], row["budget"], row["kostensoort"]) in cells
        ]  # fmt: skip
        assert year["begroot"] == pytest.approx(sum(budget))
    spells = [row for row in rows["leerroutes"] if row["contract"] == "danner-b1" and row["start"] <= DAY]
    assert found.begonnen == len(spells)
    done = [row for row in spells if row["einde"] and row["einde"] <= DAY and row["reden_einde"] == "afgerond"]
    assert found.gelukt == len(done)
    assert found.per_succes == pytest.approx(found.totaal / len(done))


def test_no_amount_per_person_for_a_handful_or_without_bookings(snapshot, agreements):
    late = _agreement("danner-b1", begin=date(2024, 12, 30), leerroute="B1")
    few = contracts.money(late, snapshot, voor=metrics.ALLES, day=DAY)
    assert few.gelukt is not None and few.gelukt < 5
    assert few.per_succes is None
    assert contracts.money(agreements["danner-z"], snapshot, voor=metrics.ALLES, day=DAY).per_deelnemer is None
    assert contracts.money(late, snapshot, voor=metrics.ALLES, day=date(2024, 1, 1)).per_jaar == ()


def test_the_mix_adds_up_and_equals_a_count(rows, snapshot, agreements):
    found = contracts.mix(agreements, agreements["danner-b1"], snapshot, voor=metrics.ALLES, day=DAY)
    group = {row["persoon"]: row["doelgroep"] for row in rows["personen"]}
    born = {row["persoon"] for row in rows["personen"] if row["datum_plichtig"] <= DAY}
    for one in (one for one in found if one.dimensie == "doelgroep"):
        for count, ids in ((one.aantal, ["danner-b1"]), (one.ander_aantal, ["danner-b1", "danner-z"])):
            spells = [
                r for r in rows["leerroutes"] if r["contract"] in ids and r["start"] <= DAY and r["persoon"] in born
            ]
            assert count == sum(group[row["persoon"]] == one.waarde for row in spells)
    for name in ("doelgroep", "leeftijd"):
        assert sum(one.deel or 0 for one in found if one.dimensie == name) == pytest.approx(1)
        assert sum(one.ander_deel or 0 for one in found if one.dimensie == name) == pytest.approx(1)
    assert contracts.mix(agreements, agreements["tolken"], snapshot, voor=metrics.ALLES, day=DAY) == []


def test_what_is_comparable_buys_the_same():
    example = contracts.read_agreements()
    assert contracts.comparable(example, example["vu-onderwijs"]) == ["hva-onderwijs", "mbo-onderwijs", "vu-onderwijs"]
    assert "globaltalk-tolken" not in contracts.comparable(example, example["danner-brugklas"])
