"""Contracts side by side against sums by hand; and a told verdict, which stays whatever comes later."""

import re
from dataclasses import replace
from datetime import date

import pytest
from warehouse import write

import contracts
import metrics
from contracts.assess import Verdict
from contracts.model import Agreement
from contracts.read import Agreements
from contracts.record import Oordelen, Record
from contracts.record.views import to_record
from dashboard.figures.funnel import funnel_chart
from dashboard.report import talk
from dashboard.report.funnel_drawing import funnel_drawing
from dashboard.wording import suppliers

DAY = date(2025, 6, 30)


def _ended(rows, contract):
    """(afgerond, klaar) of a B1 route under a contract up to the day, by plain loops."""
    born = {one["persoon"] for one in rows["personen"] if one["datum_plichtig"] <= DAY}
    done = [
        one["reden_einde"] for one in rows["leerroutes"]
        if one["contract"] == contract and one["leerroute"] == "B1" and one["persoon"] in born and one["einde"]
        and date(2022, 1, 1) <= one["einde"] <= DAY and one["reden_einde"] in ("afgerond", "uitval")
    ]  # fmt: skip
    return done.count("afgerond"), len(done)


def _expected(rows, contract, ids):
    """What the others and this one together would have finished of these people: per doelgroep and age, in loops."""
    people = {one["persoon"]: one for one in rows["personen"]}

    def group(spell):
        person = people[spell["persoon"]]
        age = person["datum_plichtig"].year - person["geboortejaar"]
        return person["doelgroep"], sum(age >= limit for limit in (25, 35, 45))

    done = [
        one for one in rows["leerroutes"]
        if one["contract"] in ids and one["leerroute"] == "B1" and one["einde"] and one["einde"] <= DAY
        and people[one["persoon"]]["datum_plichtig"] <= DAY and one["reden_einde"] in ("afgerond", "uitval")
    ]  # fmt: skip
    expected = 0
    for mine in (one for one in done if one["contract"] == contract):
        alike = [one for one in done if group(one) == group(mine)]
        if any(one["contract"] != contract for one in alike):
            expected += sum(one["reden_einde"] == "afgerond" for one in alike) / len(alike)
    return expected


def _school(id, route="B1", **facts):
    return Agreement.model_validate(
        {
            "id": id, "titel": f"School {id}", "aanbieder": "A", "gemeenten": ["0397"],
            "onderdeel": {"leerroute": route}, "looptijd": {"van": date(2022, 1, 1), "tot": date(2025, 12, 31)},
            "bron": "artikel 4", **facts,
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def three():
    ids = ("danner-b1", "danner-z", "vu-onderwijs")
    return Agreements({id: _school(id) for id in ids})


def test_contracts_of_one_route_stand_beside_each_other(rows, three, tmp_path):
    """All spells, made B1 and dealt out over three schools."""
    spells = [
        {**one, "leerroute": "B1", "contract": list(three)[number % 3]} for number, one in enumerate(rows["leerroutes"])
    ]
    rows = {**rows, "leerroutes": spells}
    snapshot = write(tmp_path / "drie.duckdb", rows)
    [found] = contracts.beside(three, three["danner-b1"], snapshot, voor=metrics.ALLES, day=DAY)
    assert found.gelijk
    for row in found.rijen:
        assert (row["teller"], row["noemer"]) == _ended(rows, row["contract"])
    whole = [_ended(rows, id) for id in three]
    mean = sum(teller for teller, _ in whole) / sum(noemer for _, noemer in whole)
    assert found.of("danner-b1")["gemiddelde"] == pytest.approx(mean)
    assert found.of("danner-b1")["eerlijk"]["verwacht"] == pytest.approx(_expected(rows, "danner-b1", list(three)))
    chart = funnel_chart(found.rijen, {id: id for id in three}, "danner-b1")
    drawn = {(x, round(y / 100, 9)) for trace in chart["data"] if "text" in trace
             for x, y in zip(trace["x"], trace["y"], strict=True)}  # fmt: skip
    assert drawn == {(n, round(k / n, 9)) for k, n in whole if n}
    names = {id: one.titel for id, one in three.items()}
    told = suppliers.beside_sentences(found, "danner-b1")
    assert f"{found.of('danner-b1')['teller']} van de {found.of('danner-b1')['noemer']}" in told[0]
    assert suppliers.beside_row(found.rijen[0], names)[0] == "School danner-b1"


def test_other_routes_are_shown_but_not_compared(snapshot):
    other = Agreements({"danner-b1": _school("danner-b1"), "danner-z": _school("danner-z", "Z"),
                        "vu-onderwijs": _school("vu-onderwijs", "onderwijs")})  # fmt: skip
    own, wide = contracts.beside(other, other["danner-b1"], snapshot, voor=metrics.ALLES, day=DAY)
    assert (own.gelijk, len(own.rijen), wide.gelijk) == (True, 1, False)
    assert "niemand om mee te vergelijken" in suppliers.beside_sentences(own, "danner-b1")[0]
    assert "vergelijk ze niet" in suppliers.beside_sentences(wide, "danner-b1")[0]
    row = suppliers.beside_row(wide.rijen[0], {}, fair=False)
    assert row[2:] == ["–", "–", "niet vergelijken", "–"]
    assert funnel_chart(own.rijen, {}, "danner-b1") is None


def test_what_was_told_stays_when_later_data_change_it(rows, snapshot, tmp_path):
    """Told over 2024-K4; then two hundred hours of one month turn out not to have been followed."""
    agreements = contracts.read_agreements()
    before = contracts.assess(
        agreements, snapshot, voor=metrics.ALLES, kwartaal="2024-K4", contracten=["danner-b1"]
    )  # fmt: skip
    book = Record(tmp_path / "werk")
    content = Oordelen(momentopname=snapshot.id, oordelen=tuple(to_record(one) for one in before))
    book.write("danner-b1", content, wie="a", kwartaal="2024-K4")
    later = [
        {**one, "uren_aanwezig": 0.0} if one["contract"] == "danner-b1" and one["maand"] == date(2024, 11, 1) else one
        for one in rows["uren"]
    ]
    now = write(tmp_path / "nu.duckdb", {**rows, "uren": later}, id="nu")
    found = contracts.past(agreements, "danner-b1", "2024-K4", now, book.entries(), voor=metrics.ALLES)
    assert [one.toen for one in found.verteld] == before  # to the last decimal
    assert (found.verteld_uit, found.toen) == (snapshot.id, ())
    [hours] = [one for one in found.verteld if one.nu.kpi == "aanwezigheid"]
    assert hours.anders
    assert hours.nu.waarde < hours.toen.waarde
    assert hours.oorzaken == ("latere leveringen veranderden het cijfer",)
    assert "Wat is verteld, blijft staan." in suppliers.past_sentence(found)
    untold = contracts.past(agreements, "danner-b1", "2024-K3", now, book.entries(), voor=metrics.ALLES)
    assert untold.verteld == ()
    assert "nog niets verteld" in suppliers.past_sentence(untold)
    fewer = Agreements({**agreements, "danner-b1": agreements["danner-b1"].model_copy(update={"kpis": ()})})
    gone = contracts.past(fewer, "danner-b1", "2024-K4", now, book.entries(), voor=metrics.ALLES)
    assert [one.toen for one in gone.verteld] == before
    assert {one.oorzaken for one in gone.verteld} == {("deze afspraak staat niet meer in de afspraken",)}
    assert contracts.told_quarters(book.entries(), "danner-b1") == ["2024-K4"]
    book.close()


def test_the_pages_for_a_talk_say_what_was_told_and_draw_the_funnel(snapshot, tmp_path):
    """Told with another value than now: the sentence names both, and the picture holds every name as text."""
    agreements = contracts.read_agreements()
    now = contracts.assess(agreements, snapshot, voor=metrics.ALLES, kwartaal="2025-K2", contracten=["danner-b1"])
    [hours] = [one for one in now if one.kpi == "aanwezigheid"]
    book = Record(tmp_path / "werk")
    said = replace(hours, waarde=0.123, oordeel="voldoet niet", reeks=hours.reeks + 1)
    content = Oordelen(momentopname="m", oordelen=tuple(to_record(said if one is hours else one) for one in now))
    book.write("danner-b1", content, wie="a", kwartaal="2025-K2")
    earlier = contracts.past(agreements, "danner-b1", "2025-K2", snapshot, book.entries(), voor=metrics.ALLES)
    book.close()
    changed = [text for text in talk._then(earlier) if text.startswith(hours.titel)]
    assert len(changed) == 1 and "verteld 12%" in changed[0] and f"Reeks: {said.reeks}, nu {hours.reeks}." in changed[0]
    assert "latere leveringen veranderden het cijfer" in changed[0]
    rows = [
        {"contract": id, "teller": k, "noemer": n, "waarde": k / n, "gemiddelde": 0.5}
        for id, k, n in (("a", 20, 40), ("b", 21, 40), ("c", 3, 9))
    ]
    drawn = funnel_drawing(rows, {"a": "Eigen & <ander>", "b": "B", "c": "C"}, "a")
    assert drawn == funnel_drawing(rows, {"a": "Eigen & <ander>", "b": "B", "c": "C"}, "a")
    assert (drawn.count("<polygon"), drawn.count("<circle")) == (1, 2)
    assert "Eigen &amp; &lt;ander&gt;" in drawn and drawn.count("<polyline") == 4
    heights = re.findall(r'y="([\d.]+)" text-anchor="(?:middle|start|end)" [^>]*>(?:Eigen|B<|C<)', drawn)
    assert len(set(heights)) == 3  # no name lies on another


def _verdict(contract, kpi, oordeel, zekerheid=None, reeks=0, stap=None):
    return Verdict(contract, kpi, "2024-K2", "f", 0.5, None, None, 9, 0.8, "hoger", oordeel, zekerheid, reeks, stap,
                   kpi.capitalize())  # fmt: skip


def test_who_needs_a_talk_first():
    """Two sure breaches come before three that may be chance; one report that is missing weighs as one."""
    found = contracts.attention(
        [
            *[_verdict("toeval", f"k{number}", "voldoet niet", "onzeker", 4) for number in range(3)],
            _verdict("zeker", "kort", "voldoet niet", "zeker", 1),
            _verdict("zeker", "lang", "voldoet niet", "zeker", 5, "malus"),
            *[_verdict("stil", f"k{number}", "rapportage ontbreekt") for number in range(9)],
            _verdict("goed", "k", "voldoet", "zeker"),
        ]
    )
    assert [one.contract for one in found] == ["zeker", "stil", "toeval"]
    assert [one.kpi for one in found[0].niet_gehaald] == ["lang", "kort"]
    said = suppliers.talk_first(found, {one.contract: one.contract for one in found}, "2024-K2", example=False)
    assert said.startswith("2e kwartaal 2024: praat eerst over zeker. Niet gehaald: 2 afspraken, 2 zeker. Voorop: lang")
    assert "(5 kwartalen op rij); afgesproken stap: malus. Daarna: stil, toeval." in said
    assert "geen contract vraagt" in suppliers.talk_first([], {}, "2024-K2", example=False)


def test_a_report_that_does_not_come_has_a_ladder_of_its_own():
    ladder = [{"na": 1, "stap": "herinnering"}, {"na": 3, "stap": "korting"}]
    agreement = _school("stil", rapportage={"termijn_dagen": 28, "gevolg": ladder})
    owed = [
        contracts.Report("2024-K1", date(2024, 4, 28), None), contracts.Report("2024-K2", date(2024, 7, 28), DAY),
        contracts.Report("2024-K3", date(2024, 10, 28), None), contracts.Report("2024-K4", date(2025, 1, 28), None),
        contracts.Report("2025-K2", date(2025, 7, 28), None),  # may still come
    ]  # fmt: skip
    silent = contracts.silence(agreement, owed, DAY)
    assert (silent.reeks, silent.stap, silent.volgende.stap) == (2, "herinnering", "korting")
    assert suppliers.silence_sentence(silent).startswith("2 rapportages op rij niet ontvangen.")
    assert contracts.silence(agreement, [replace(one, ontvangen=DAY) for one in owed], DAY).reeks == 0
