"""Reasons worked out by hand; and, as a law, that what was needed is needed and is enough."""

from dataclasses import replace
from datetime import date
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warehouse import write

import contracts
import metrics
from contracts.assess import Verdict
from contracts.compare import told_and_now
from contracts.model import Agreement
from contracts.reasons import people, reason
from dashboard import wording
from data.fouten import Gebruiksfout

DAY = date(2024, 6, 30)
LADDER = [{"na": 1, "stap": "gesprek"}, {"na": 3, "stap": "malus"}]


def _agreement(**kpi):
    facts = {"id": "k", "titel": "Afgerond", "cijfer": "leerroute_geslaagd", "norm": 0.8, "gevolg": LADDER, **kpi}
    return Agreement.model_validate(
        {
            "id": "danner-b1", "titel": "T", "aanbieder": "A", "gemeenten": ["0397"], "onderdeel": {"leerroute": "B1"},
            "looptijd": {"van": date(2022, 1, 1), "tot": date(2025, 12, 31)}, "bron": "artikel 4", "kpis": [facts],
        }
    )  # fmt: skip


def _verdict(teller, noemer, norm=0.8, richting="hoger", reeks=1, **facts):
    value = teller / noemer
    kept = value >= norm if richting == "hoger" else value <= norm
    low, high = metrics.wilson(teller, noemer)
    one = Verdict(
        "danner-b1", "k", "2024-K2", "leerroute_geslaagd", value, low, high, noemer, norm, richting,
        "voldoet" if kept else "voldoet niet", "onzeker", 0 if kept else reeks, None if kept else "gesprek",
        "Afgerond", "aandeel", "artikel 4", teller, noemer, date(2024, 4, 1), DAY,
    )  # fmt: skip
    return replace(one, **facts)


def test_three_more_would_have_met_the_norm():
    why = reason(_agreement(), _verdict(5, 10))
    assert why.tekort == 3
    assert (why.volgende.stap, why.nog) == ("malus", 2)
    # P(X <= 7) with X ~ Bin(10, 0.8): seven or fewer is under the norm
    assert why.toeval == pytest.approx(sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(8)))
    assert why.toeval_stap is None
    assert reason(_agreement(), _verdict(5, 10, reeks=2)).toeval_stap == pytest.approx(why.toeval**2)
    assert reason(_agreement(venster="looptijd"), _verdict(5, 10, reeks=2)).toeval_stap is None


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 60), st.data(), st.sampled_from([0.0, 0.1, 0.3, 0.7, 0.85, 1.0]), st.sampled_from(["hoger", "lager"])
)
def test_what_is_needed_is_enough_and_one_less_is_not(noemer, data, norm, richting):
    teller = data.draw(st.integers(0, noemer))
    verdict = _verdict(teller, noemer, norm, richting)
    need = reason(_agreement(richting=richting), verdict).tekort
    if verdict.oordeel == "voldoet":
        assert need is None
        return
    sign = 1 if richting == "hoger" else -1
    assert _verdict(teller + sign * need, noemer, norm, richting).oordeel == "voldoet"
    assert _verdict(teller + sign * (need - 1), noemer, norm, richting).oordeel == "voldoet niet"


def test_a_supplier_exactly_on_the_norm_misses_it_about_half_the_time():
    """0.4405 is scipy.stats.binom.cdf(79, 100, 0.8)."""
    assert reason(_agreement(), _verdict(50, 100)).toeval == pytest.approx(0.4405, abs=1e-4)
    assert reason(_agreement(norm=1.0), _verdict(9, 10, norm=1.0)).toeval == 0


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (_verdict(5, 10), "Afgerond: 50% (5 van de 10); de afspraak is ten minste 80%. Die is niet gehaald."),
        (_verdict(5, 10), "Met 3 deelnemers meer was de norm gehaald."),
        (_verdict(7, 10), "Met 1 deelnemer meer was de norm gehaald."),
        (_verdict(5, 10), "Nog 2 kwartalen op rij zonder dat, dan volgt: malus."),
        (_verdict(5, 10, reeks=2), "Is de afspraak het volgende kwartaal niet gehaald, dan volgt: malus."),
        (_verdict(5, 10, reeks=2), "Die is niet gehaald, 2 kwartalen op rij."),
        (_verdict(5, 10, bron="voorbeeldnorm"), "de voorbeeldnorm is ten minste 80%"),
        (_verdict(199, 250), "79,6% (199 van de 250); de afspraak is ten minste 80,0%. Die is niet gehaald."),
        (_verdict(9, 10, zekerheid="te vroeg"), "Het is nog te vroeg"),
        (_verdict(3, 4, oordeel="te weinig gegevens"), "te weinig gegevens (4 deelnemers) voor een oordeel."),
        (_verdict(3, 4, oordeel="rapportage ontbreekt", waarde=None), "niets gerapporteerd. Er is dus geen oordeel."),
        (_verdict(3, 4, oordeel="niet van toepassing", waarde=None), "gold in dit kwartaal niet."),
        (_verdict(3, 4, norm=0.0, oordeel="geen norm ingesteld") , "75%"),
    ],
)  # fmt: skip
def test_sentences_say_what_the_data_say(verdict, told):
    assert told in " ".join(wording.verdict_story(verdict, reason(_agreement(), verdict)))


def test_means_and_hours_are_said_otherwise():
    mean = _verdict(5, 10, soort="gemiddelde", waarde=6.6, norm=7.0, cijfer="tevredenheid", titel="Tevreden")
    mean = replace(mean, oordeel="voldoet niet", laag=6.0, hoog=7.2)
    story = " ".join(wording.verdict_story(mean, reason(_agreement(), mean)))
    assert "Tevreden: 6,6 (10 antwoorden); de afspraak is ten minste 7,0." in story
    assert "Het verschil met de norm is 0,4." in story
    hours = _verdict(700, 1000, soort="verhouding", cijfer="aanwezigheid", n=12, zekerheid="geen interval")
    story = " ".join(wording.verdict_story(hours, reason(_agreement(), hours)))
    assert "70% (700 van de 1.000 uur, 12 deelnemers)" in story
    assert "Met 100 uur meer was de norm gehaald." in story


def test_the_people_behind_a_verdict_are_the_denominator(snapshot):
    agreements = contracts.read_agreements()
    verdicts = contracts.assess(agreements, snapshot, voor=metrics.ALLES, kwartaal="2024-K4")
    [one] = [one for one in verdicts if (one.contract, one.kpi) == ("danner-b1", "geslaagd")]
    found = people(agreements["danner-b1"], one, snapshot, voor=metrics.ALLES)
    assert len(found) == one.noemer > 0
    assert sum(row["teller"] for row in found) == one.teller
    assert all(len(row["persoon"]) == 16 for row in found)
    with pytest.raises(Gebruiksfout, match="alleen gepubliceerde"):
        people(agreements["danner-b1"], one, snapshot, voor=metrics.Bevoegdheid(None, exact=False))
    [quality] = [one for one in verdicts if (one.contract, one.kpi) == ("danner-b1", "wachttijd")]
    with pytest.raises(Gebruiksfout, match="geen personen"):
        people(agreements["danner-b1"], quality, snapshot, voor=metrics.ALLES)


def test_later_data_explain_a_changed_verdict(rows, snapshot, tmp_path):
    """Of one route the end turns out otherwise, another is gone: the change says so."""
    agreements = contracts.read_agreements()
    ended = [
        row for row in rows["leerroutes"]
        if row["contract"] == "danner-b1" and row["einde"] and date(2024, 1, 1) <= row["einde"] <= date(2024, 12, 31)
        and row["reden_einde"] in ("uitval", "afgerond") and row["leerroute"] == "B1"
    ]  # fmt: skip
    assert len(ended) >= 2
    other = {"uitval": "afgerond", "afgerond": "uitval"}
    changed = {id(row): {**row, "reden_einde": other[row["reden_einde"]]} for row in ended[:1]}
    left = {id(row) for row in ended[1:2]}
    later = [changed.get(id(row), row) for row in rows["leerroutes"] if id(row) not in left]
    now = write(tmp_path / "nu.duckdb", {**rows, "leerroutes": later}, id="nu")
    found = contracts.compare(agreements, snapshot, now, "2024-K4", voor=metrics.ALLES, contracten=["danner-b1"])
    [change] = [one for one in found if one.nu.kpi == "geslaagd"]
    assert change.anders
    assert change.toen.noemer - change.nu.noemer == 1
    assert change.oorzaken == (
        "latere leveringen veranderden het cijfer", "mensen die wegvielen: 1", "mensen met een andere uitkomst: 1",
    )  # fmt: skip
    same = contracts.compare(agreements, snapshot, snapshot, "2024-K4", voor=metrics.ALLES, contracten=["danner-b1"])
    assert not any(one.anders or one.oorzaken for one in same)


def test_what_was_told_is_read_back_beside_now():
    then, now = _verdict(5, 10), _verdict(8, 10)
    [change] = told_and_now([then], [now])
    assert change.oorzaken == ("latere leveringen veranderden het cijfer",)
    [change] = told_and_now([then], [replace(then, norm=0.5, oordeel="voldoet")])
    assert change.oorzaken == ("de norm in de afspraken is sindsdien veranderd",)
    missing = replace(then, oordeel="rapportage ontbreekt", waarde=None)
    assert told_and_now([missing], [now])[0].oorzaken == ("de rapportage kwam later binnen",)
