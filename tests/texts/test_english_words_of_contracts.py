"""Sentences about contracts in English, by hand; and what stays Dutch because people wrote it."""

from datetime import date
from types import SimpleNamespace as Thing

import pytest
from dash import html
from markupsafe import Markup

import contracts
from contracts.gate import NOT_NEEDED, UNKNOWN, Gate
from contracts.money import Money
from dashboard.components.parts import with_own
from dashboard.events import KINDS
from dashboard.flow.agenda import STANDS, item_text
from dashboard.flow.forms import Form
from dashboard.pages.contract import _first, _held
from dashboard.pages.contracten import _unseen
from dashboard.pages.gegevens import _answer
from dashboard.pages.snapshots import _kept
from dashboard.report.talk import money_sentences
from dashboard.texts import own_words, pieces, said, speaking, t
from dashboard.texts.web import with_own as marked
from dashboard.wording.keurmerk import gate_sentence

WATCH = "Blik op Werk"
DAY, END = date(2024, 7, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("gate", "english"),
    [
        (
            Gate("de gemeente", NOT_NEEDED, None),
            "A quality mark (keurmerk) is not needed here; supervision: the municipality.",
        ),
        (
            Gate(WATCH, UNKNOWN, None),
            "The status of the quality mark (keurmerk) of Blik op Werk is not known. Put it in the agreements.",
        ),
        (
            Gate(WATCH, "geldig", True, DAY, END),
            "The quality mark (keurmerk) of Blik op Werk is valid from 1 Jul 2024 up to and including 31 Dec 2026.",
        ),
        (
            Gate(WATCH, "geschorst", False, DAY),
            "The quality mark (keurmerk) of Blik op Werk has been suspended since 1 Jul 2024. "
            "Without a valid quality mark no new lessons may begin.",
        ),
    ],
)
def test_the_keurmerk(gate, english):
    assert gate_sentence(gate) == gate.zin  # in Dutch what the contracts say
    with speaking("en"):
        assert gate_sentence(gate) == english


@pytest.mark.parametrize(
    ("kind", "text", "english"),
    [
        ("rapportage", "Rapportage over 2025-K2", "Report on 2025-K2"),
        ("verlenging", "Beslissen over verlengen (kan tot 31-07-2030)",
         "Decide whether to extend (possible until 31 Jul 2030)"),
        ("keurmerk", "De status geldig van het keurmerk eindigt", "The status “valid” of the quality mark ends"),
        ("einde contract", "Het contract eindigt", "The contract ends"),
        ("aanbesteding", "Het contract eindigt over een half jaar: wat komt erna?",
         "The contract ends in half a year: what comes next?"),
        ("evaluatie", "Evaluatie voor de gemeenteraad", "Evaluation for the municipal council"),
        ("actie", "aanbieder: <b>Het contract eindigt</b>",
         '<span lang="nl">aanbieder: &lt;b&gt;Het contract eindigt&lt;/b&gt;</span>'),
    ],
)  # fmt: skip
def test_what_comes_when(kind, text, english):
    item = contracts.Item(DAY, kind, "danner-b1", text, "verwacht")
    assert Markup(item_text(item)).unescape() == text
    with speaking("en"):
        assert item_text(item) == english
        assert [t(one) for one in STANDS] == ["late", "expected", "done"]


def test_every_text_of_the_agenda_has_english():
    """Not one item of the agreements of the product is left in Dutch."""
    span = {"today": DAY, "first": date(2020, 1, 1), "last": date(2032, 1, 1)}
    items = contracts.agenda(contracts.read_agreements(), None, [], **span)
    assert {one.soort for one in items} >= {
        "rapportage",
        "einde contract",
        "verlenging",
        "evaluatie",
        "keurmerk",
    }
    with speaking("en"):
        left = {one.tekst for one in items if "lang=" in item_text(one) or item_text(one) == one.tekst}
    assert not left


def test_money():
    spent = Money(1000.0, ({"jaar": 2024, "betaald": 400.0, "samen": 500.0, "begroot": 1000.0},), "leerroutes", 10, 5)
    assert money_sentences(spent)[0] == "Tot nu toe is € 1.000 betaald, in 2024 € 400."
    with speaking("en"):
        assert money_sentences(spent) == [
            "So far €1,000 has been paid, of which €400 in 2024.",
            "For these costs together €1,000 was budgeted in 2024; 50% of it was spent.",
            "That is €100 for each of the 10 learning routes.",
            "Per good result that is €200 (5 results). The costs of those still in progress already count: this amount "
            "will go down.",
        ]
        assert money_sentences(Money(0.0, (), "", None, None)) == ["Nothing was booked under this contract."]


def _verdict(oordeel):
    return Thing(
        contract="c", kpi="a", kwartaal="2024-K2", titel="Op tijd gestart", oordeel=oordeel, zekerheid="zeker",
        reeks=2, stap="gesprek", waarde=0.5, norm=0.8, laag=None, hoog=None, soort="aandeel", cijfer="x", n=9,
        richting="hoger", bron="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "unknown", "dutch", "english"),
    [
        (0, 0, "Er is nog niets te beoordelen.", "There is nothing to judge yet."),
        (1, 0, "2e kwartaal 2024: de afspraak is gehaald.", "Q2 2024: the agreement was met."),
        (8, 0, "2e kwartaal 2024: alle 8 afspraken zijn gehaald.", "Q2 2024: all 8 agreements were met."),
        (
            1, 2, "2e kwartaal 2024: 1 van de 3 afspraken zijn gehaald; de andere zijn nog niet te beoordelen.",
            "Q2 2024: 1 of the 3 agreements was met; the others cannot be judged yet.",
        ),
    ],
)  # fmt: skip
def test_what_a_quarter_comes_down_to(kept, unknown, dutch, english):
    last = [_verdict("voldoet")] * kept + [_verdict("te weinig gegevens")] * unknown
    assert _first("2e kwartaal 2024", last) == dutch
    with speaking("en"):
        assert _first("Q2 2024", last) == english


def test_rows_that_were_refused():
    def files(read, refused):
        return Thing(bestanden=[Thing(gelezen=read, geweigerd=refused)])

    late = [("c", "2024-K2", "rapportage te laat", 1)]
    assert _answer(files(1000, 26), 26, 0, []) == (
        "Van de 1.000 gelezen rijen zijn er 26 geweigerd (3 van de 100). Alle rapportages zijn op tijd gekomen."
    )
    with speaking("en"):
        assert _answer(files(1000, 1), 1, 0, late) == (
            "Of the 1,000 rows that were read, 1 was refused (fewer than 1 out of 100). "
            "1 report was late or did not come."
        )
        assert _answer(files(1000, 26), 26, 1, late * 2) == (
            "Refused: 26 of the 1,000 rows that were read (3 out of 100), and 1 whole file. "
            "2 reports were late or did not come."
        )
        assert _answer(files(1000, 26), 26, 3, []).endswith("and 3 whole files. All reports came in on time.")


def test_one_and_more():
    with speaking("en"):
        assert _kept(1) == "1 snapshot kept." and _kept(2) == "2 snapshots kept."
        assert _unseen(1).startswith("You do not see 1 contract: it also covers")
        assert _unseen(3).startswith("You do not see 3 contracts: they also cover")
        talk = Thing(gesprek=Thing(datum=DAY, aanwezigen=("contractmanager", "aanbieder")), gecorrigeerd=True)
        assert _held(talk) == "1 Jul 2024, with contractmanager, aanbieder (corrected)"
        assert [t(one) for one in KINDS.values()] == [
            "Policy or law", "Contract", "Report of a provider", "Implementation", "Other",
        ]  # fmt: skip


def test_what_is_wrong_in_a_form_is_said_in_the_language_of_the_form():
    with speaking("en"):
        form = Form({"voor": ""})
        form.wrong("voor", "Vul in op welke dag het klaar moet zijn.")
        assert form.errors == {"voor": "Fill in on which day it must be done."}


def test_words_of_people_are_marked_and_stay():
    sentence, own = "Foremost: op tijd gestart; agreed step: gesprek.", ["Gesprek", "Op tijd gestart", "Op tijd", ""]
    assert pieces(sentence, own) == [(sentence, False)]  # a Dutch page is all Dutch
    assert with_own(sentence, own) == sentence and marked("a & b", own) == "a &amp; b"
    with speaking("en"):
        assert pieces(sentence, own) == [
            ("Foremost: ", False), ("op tijd gestart", True), ("; agreed step: ", False), ("gesprek", True),
            (".", False),
        ]  # fmt: skip
        assert pieces("Gesprekken", own) == [("Gesprekken", False)]  # no part of a word
        shown = with_own(sentence, own).children
        assert [one.lang for one in shown if isinstance(one, html.Span)] == ["nl", "nl"]
        assert marked("<i> gesprek", ["gesprek"]) == '&lt;i&gt; <span lang="nl">gesprek</span>'
        assert own_words("<b>") == '<span lang="nl">&lt;b&gt;</span>'
        assert said("Kies eerst een bestand.") == "Choose a file first."
        assert said("Kolom <x> ontbreekt.") == '<span lang="nl">Kolom &lt;x&gt; ontbreekt.</span>'
