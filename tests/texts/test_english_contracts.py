"""English sentences of verdicts and contracts side by side: every branch, and sentences written by hand."""

import inspect
import itertools
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from english import DUTCH_WORDS, is_english

import contracts
from contracts.assess import NO_INTERVAL, NO_NORM, NO_REPORT, NOT_NOW, SURE, TOO_EARLY, TOO_FEW, UNSURE, Verdict
from contracts.compare import Change
from dashboard import wording as w
from dashboard.texts import speaking, t
from dashboard.wording import suppliers
from dashboard.wording.codes import CODES
from metrics.insight import national, outlook

DAY = date(2024, 6, 30)


def _verdict(**facts):
    one = Verdict(
        "danner-b1", "k", "2024-K2", "leerroute_geslaagd", 0.5, 0.24, 0.76, 10, 0.8, "hoger", "voldoet niet", "onzeker",
        1, "gesprek", "Afgerond", "aandeel", "artikel 4", 5, 10, date(2024, 4, 1), DAY,
    )  # fmt: skip
    return replace(one, **facts)


def _reason(**facts):
    step = SimpleNamespace(stap="malus", na=3)
    usual = {
        "tekort": 3, "afstand": 0.3, "volgende": step, "nog": 2, "toeval": 0.32, "toeval_stap": None,
        "toeval_volgende": None, "voorlopig": False,
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **facts})


@pytest.mark.parametrize(
    ("verdict", "reason", "told"),
    [
        ({}, {}, "Afgerond: 50% (5 of the 10); the agreement is at least 80%. This was not met. This is not certain: "
            "by chance the true figure may lie on the other side (24% to 76%)."),
        ({"reeks": 2}, {}, "This was not met, 2 quarters in a row."),
        ({"bron": "voorbeeldnorm", "richting": "lager"}, {}, "the example norm is at most 80%."),
        ({"oordeel": "voldoet", "zekerheid": "zeker"}, {},
            "This was met. This is certain: the whole 95% interval lies on the same side of the norm."),
        ({}, {"tekort": 1}, "With 1 more participant the norm would have been met."),
        ({}, {}, "With 3 more participants the norm would have been met."),
        ({"cijfer": "examen_per_poging", "richting": "lager"}, {}, "With 3 fewer exams the norm would have been met."),
        ({"cijfer": "aanwezigheid", "soort": "verhouding", "teller": 700.0, "noemer": 1000.0, "waarde": 0.7},
            {"tekort": 100}, "70% (700 of the 1,000 hours, 10 participants)"),
        ({"cijfer": "aanwezigheid", "soort": "verhouding"}, {"tekort": 100},
            "With 100 more hours the norm would have been met."),
        ({"cijfer": "aanwezigheid", "soort": "aandeel"}, {"tekort": 1},
            "With 1 more hour the norm would have been met."),
        ({}, {}, "Agreed step: gesprek. After 2 more quarters in a row without that, the next step is: malus."),
        ({}, {"nog": 1, "toeval_volgende": 0.001}, "If the agreement is not met next quarter, the next step is: malus. "
            "With these numbers, someone exactly at the norm gets this far by chance in fewer than 1 out of 100 "
            "cases."),
        ({"reeks": 2}, {"toeval_stap": 0.1}, "With these numbers (10), a provider exactly at the norm still misses it "
            "in 32 out of 100 quarters, by chance. 2 times in a row: 10 out of 100 times."),
        ({"oordeel": "te weinig gegevens", "n": 1}, {},
            "Afgerond: there are too few data (1 participant) for a verdict."),
        ({"oordeel": "rapportage ontbreekt"}, {},
            "Afgerond: the provider reported nothing on this quarter. So there is no verdict."),
        ({"oordeel": "niet van toepassing"}, {}, "Afgerond: this agreement did not apply in this quarter."),
        ({"oordeel": "geen norm ingesteld", "norm": None, "zekerheid": None}, {}, "No norm has been agreed yet."),
        ({"soort": "geldigheid", "waarde": 0, "zekerheid": None}, {}, "Afgerond: no, on the last day of the quarter."),
        ({}, {"voorlopig": True}, "Exam results arrive up to 16 weeks later; this figure is still provisional."),
        ({"cijfer": "tevredenheid", "soort": "gemiddelde", "waarde": 6.6, "norm": 7.0, "laag": 6.0, "hoog": 7.2},
            {"tekort": None, "afstand": 0.4}, "Afgerond: 6.6 (10 answers); the agreement is at least 7.0."),
    ],
)  # fmt: skip
def test_verdicts_word_for_word(verdict, reason, told):
    with speaking("en"):
        assert told in " ".join(w.verdict_story(_verdict(**verdict), _reason(**reason)))


VERDICTS = (
    "voldoet",
    "voldoet niet",
    "te weinig gegevens",
    "rapportage ontbreekt",
    "niet van toepassing",
    "geen norm ingesteld",
)


@pytest.mark.parametrize("oordeel", VERDICTS)
@pytest.mark.parametrize(
    "cijfer", ["leerroute_geslaagd", "aanwezigheid", "tevredenheid", "rapportage_op_tijd", "kwaliteit"]
)
@pytest.mark.parametrize("zekerheid", ["zeker", "onzeker", "geen interval", "te vroeg", None])
def test_every_verdict_tells_its_story_in_english(oordeel, cijfer, zekerheid):
    soort = {"aanwezigheid": "verhouding", "tevredenheid": "gemiddelde"}.get(cijfer, "aandeel")
    one = _verdict(oordeel=oordeel, cijfer=cijfer, soort=soort, zekerheid=zekerheid, titel="Completed", stap="talk")
    for richting, reeks, nog in itertools.product(("hoger", "lager"), (1, 4), (1, 2)):
        mine = replace(one, richting=richting, reeks=reeks)
        why = _reason(nog=nog, toeval_stap=0.1, toeval_volgende=0.2, voorlopig=True)
        with speaking("en"):
            for text in w.verdict_story(mine, why):
                is_english(text)
            is_english(suppliers.verdict_short(mine).capitalize() + ".")


def _past(**facts):
    return SimpleNamespace(
        **{"kwartaal": "2024-K4", "verteld": (), "verteld_op": date(2025, 2, 1), "toen": (), **facts}
    )


def _beside(mine, others=2, gelijk=True, **facts):
    row = {
        "contract": "a",
        "teller": 20,
        "noemer": 40,
        "waarde": 0.5,
        "gemiddelde": 0.55,
        "plaats": "binnen",
        "eerlijk": None,
    }
    rows = [{**row, **mine}, *[{**row, "contract": str(number)} for number in range(others)]]
    return contracts.Beside("leerroute_geslaagd", "B1", gelijk, tuple(rows), **facts)


CHANGED, SAME = SimpleNamespace(anders=True), SimpleNamespace(anders=False)
FAIR = {"verwacht": 14.24, "waargenomen": 20, "gestandaardiseerd": 0.6}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: suppliers.past_sentence(_past(verteld=(SAME,))),
            "On 1 Feb 2025, 1 verdict on Q4 2024 was shared. It is still the same."),
        (lambda: suppliers.past_sentence(_past(verteld=(CHANGED, SAME, CHANGED))),
            "On 1 Feb 2025, 3 verdicts on Q4 2024 were shared. Now 2 of them would be different. "
            "What was shared stays as it is."),
        (lambda: suppliers.past_sentence(_past(toen=(CHANGED, SAME))),
            "Nothing has been shared about Q4 2024 yet. Later deliveries changed 1 of the 2 verdicts."),
        (lambda: suppliers.past_sentence(_past()),
            "Nothing has been shared about Q4 2024 yet, and no snapshot of that time has been kept."),
        (lambda: suppliers.verdict_short(_verdict()), "50% · not met (not certain)"),
        (lambda: suppliers.change_sentence(
            Change(_verdict(), _verdict(waarde=0.8, oordeel="voldoet", reeks=0),
                           ("latere leveringen veranderden het cijfer", "mensen die wegvielen: 1")), "verteld"),
            "Afgerond: shared as 50% · not met (not certain); now 80% · met (not certain). Streak: 1, now 0. "
            "Cause: later deliveries changed the figure; people who dropped off: 1."),
        (lambda: suppliers.talk_first([], {}, "2024-K2", example=False),
            "Q2 2024: no contract calls for a talk. All agreements were met or cannot be judged yet."),
        (lambda: suppliers.talk_first(
            [SimpleNamespace(contract="a", niet_gehaald=[_verdict(titel="PIP gemaakt", reeks=3)], zeker=0,
                             ontbreekt=True),
             *[SimpleNamespace(contract=id) for id in "bcde"]],
            {"a": "School A (B1)", **{id: f"School {id}" for id in "bcde"}}, "2024-K2", example=True),
            "Q2 2024, with the example norms: talk about School A (B1) first. Not met: 1 agreement; this is not "
            "certain. Foremost: PIP gemaakt (3 quarters in a row); agreed step: gesprek. A report is missing as well. "
            "After that: School b, School c, School d and 1 more."),
        (lambda: suppliers.reason_of(SimpleNamespace(niet_gehaald=[_verdict(stap=None)] * 3, zeker=2, ontbreekt=False)),
            "Not met: 3 agreements, 2 of them certain. Foremost: afgerond."),
        (lambda: suppliers.silence_sentence(SimpleNamespace(reeks=1, stap=None, volgende=None)),
            "1 report not received."),
        (lambda: suppliers.silence_sentence(
            SimpleNamespace(reeks=2, stap="herinnering", volgende=SimpleNamespace(na=3, stap="korting"))),
            "2 reports in a row not received. Agreed step: herinnering. "
            "If number 3 does not come either, the next step is: korting."),
        (lambda: suppliers.beside_sentences(_beside({"eerlijk": {"oordeel": "hoger", **FAIR}}), "a"),
            ["B1 route: of those who are done, 20 of the 40 (50%) completed it; for all 3 contracts that buy this "
             "together it is 55%.",
             "With the same people (target group and age), 14.2 were to be expected; the real number is 20. "
             "More than chance explains.",
             "In the funnel this contract lies within the limits: the difference from the others may be chance."]),
        (lambda: suppliers.beside_sentences(_beside({"noemer": 3}), "a"),
            ["B1 route: only 3 done so far. That is too few to compare."]),
        (lambda: suppliers.beside_sentences(_beside({}, 0), "a"),
            ["B1 route: of those who are done, 20 of the 40 (50%) completed it. No other contract buys the same, so "
             "there is nobody to compare with."]),
        (lambda: suppliers.beside_row(_beside({"eerlijk": {"oordeel": "kan toeval zijn", **FAIR}}).rijen[0],
                                      {"a": "A"}),
            ["A", "20 of the 40 (50%)", "14.2", "60%", "may be chance", "inside"]),
        (lambda: w.entry_summary(SimpleNamespace(soort="oordelen", kwartaal="2024-K2",
                                                 inhoud=SimpleNamespace(oordelen=[1]))), "1 verdict on Q2 2024 shared"),
        (lambda: w.entry_summary(SimpleNamespace(
            soort="gesprek", inhoud=SimpleNamespace(datum=date(2024, 3, 1), aanwezigen=["Ann", "Bo"]))),
            "talk on 1 Mar 2024 with Ann, Bo"),
    ],
)  # fmt: skip
def test_contracts_word_for_word(made, expected):
    with speaking("en"):
        assert made() == expected


@pytest.mark.parametrize(
    "place", ["niet te vergelijken", "te weinig gegevens", "binnen", "buiten 95 %", "buiten 99,8 %"]
)
@pytest.mark.parametrize("fair", ["niet te vergelijken", "te weinig gegevens", "kan toeval zijn", "hoger", "lager"])
def test_every_place_beside_others_is_said_in_english(place, fair):
    mine = {"plaats": place, "vals_alarm": 0.12, "eerlijk": {"oordeel": fair, **FAIR}}
    with speaking("en"):
        for other, gelijk in ((2, True), (0, True), (2, False)):
            for text in suppliers.beside_sentences(_beside(mine, other, gelijk), "a"):
                is_english(text)
        for cell in suppliers.beside_row(_beside(mine).rijen[0], {}):
            assert not DUTCH_WORDS.search(cell)


def test_codes_from_below_have_english():
    """Not only what this list names: the names of the packages themselves."""
    verdicts = {NO_REPORT, TOO_FEW, NOT_NOW, NO_NORM}
    certainties = {SURE, UNSURE, NO_INTERVAL, TOO_EARLY}
    groups = set(national.GROUPS) | set(outlook.GROUPS)
    source = Path(inspect.getsourcefile(Change)).read_text()
    causes = set(re.findall(r'(?:append\(|new, \()"([a-z][^"{]+)"', source))
    causes |= {f"mensen die {text}" for text in re.findall(r'\("(\w+ ?\w+)", (?:after|before)', source)}
    assert len(causes) == 8
    with speaking("en"):
        for code in verdicts | certainties | groups | causes | set(CODES):
            assert t(code) != code, code
