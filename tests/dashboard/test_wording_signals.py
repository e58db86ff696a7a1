"""The sentences of signals: every declaration in every branch, and the example of the policy adviser word for word."""

from datetime import date

import pytest

import metrics
from dashboard.wording import signals as wording
from metrics import VERBORGEN, insight, wilson
from metrics.insight.signals.model import Condition, Declaration
from metrics.insight.signals.outcome import Outcome

KNOWN = insight.read_signals()
NAMES, TITLES = {"0397": "Heemstede"}, {"danner-b1": "B1-route"}
SURE = {
    "zeker": "Dit verschil is groter dan toeval.",
    "mogelijk": "Dit verschil kan toeval zijn.",
    "geen interval": "Of dit toeval is, is niet te zeggen.",
}
FACTS = ("aantal", "bedrag", "ontbreekt", "budget")


def share(teller, noemer):
    low, high = wilson(teller, noemer)
    return {"teller": teller, "noemer": noemer, "waarde": teller / noemer, "laag": low, "hoog": high, "verwacht": 0.15}


ROWS = {
    "aandeel": share(9, 30),
    "gemiddelde": {"waarde": 5.9, "n": 23, "laag": 5.1, "hoog": 6.4, "verwacht": 7.0},
    "verhouding": {"waarde": 0.71, "n": 12, "laag": None, "hoog": None},
    "incidentie": {"waarde": 0.26, "n": 40, "laag": 0.2, "hoog": 0.33},
    "aantal": {"aantal": 12, "laag": 14, "hoog": 30, "verwacht": 21.4, "waarde": 12.0},
    "bedrag": {"waarde": -54447.6, "laag": -1.0, "hoog": 2.0, "verwacht": 0.0},
}


def made(one, certainty, row=None, status="signaal"):
    soort = metrics.catalogue()[one.cijfer].soort
    kind = one.voorwaarde.soort
    held = dict(row if row is not None else ROWS[soort])
    if kind == "budget":
        held = {"waarde": 61000.0, "begroot": 104000.0, "uitputting": 61 / 104, "deel_jaar": 0.5}
    if kind == "kwartaal":
        held |= {"kwartaal": "2024-K2", "n": 25, "waarde": 0.4 if soort == "aandeel" else 12.0}
        held.pop("teller", None)
    if kind == "formatie":
        held = {"waarde": 2.33, "laag": 2.13, "hoog": 2.55, "n": 218.0}
    if kind == "trechter":
        held |= {"verwacht": 12.4, "waargenomen": 9}
    dims = {name: {"gemeente": "0397", "contract": "danner-b1"}.get(name, "B1") for name in one.per}
    if not dims and "{over}" in one.zin:
        dims = {"leerroute": "B1"}
    norm = one.voorwaarde.norm if one.voorwaarde.norm is not None else 0.15
    outcome = Outcome(dims, status, certainty, held, norm, ROWS[soort], date(2024, 1, 1), date(2024, 12, 31))
    return insight.Signal(one, outcome, date(2024, 12, 31), {})


@pytest.mark.parametrize("certainty", SURE)
@pytest.mark.parametrize("id", KNOWN)
def test_every_declaration_speaks_in_every_certainty(id, certainty):
    one = KNOWN[id]
    seen, why = wording.sentences(made(one, certainty), NAMES, TITLES)
    for text in (seen, why):
        assert (text.endswith(".") and text[0].isupper()) or text[0].isdigit()
        for wrong in ("{", "None", "nan", "nog niet bekend", " .", "  "):
            assert wrong not in text, text
    kind = one.voorwaarde.soort
    if kind in FACTS:
        assert "toeval" not in why
    elif kind == "kwartaal":
        assert why.endswith("nog geen bewijs.")
    else:
        assert why.endswith(SURE[certainty])
    if certainty != "zeker":
        assert "groter dan toeval" not in why


@pytest.mark.parametrize("id", KNOWN)
def test_a_hidden_row_never_shows_a_number(id):
    one = KNOWN[id]
    hidden = dict.fromkeys(("teller", "noemer", "waarde", "laag", "hoog", "aantal", "n", "verwacht"), VERBORGEN)
    seen, why = wording.sentences(made(one, "", hidden, "verborgen"), NAMES, TITLES)
    assert (seen, why) == (f"{one.titel}.", "Dit tonen wij niet, want de groep is te klein.")


@pytest.mark.parametrize("status", ["te weinig gegevens", "geen gegevens", "verborgen", "rustig"])
def test_what_is_no_signal_says_why(status):
    seen, why = wording.sentences(made(KNOWN["pip_te_laat"], "", None, status))
    assert seen == "Te weinig plannen (PIP) op tijd."
    assert why.endswith(".") and "toeval" not in why


def _declared(cijfer, condition, zin, **more):
    return Declaration(
        id="x", titel="X", niveau="let op", gevolg="bijstellen", cijfer=cijfer, voorwaarde=Condition(**condition),
        zin=zin, reden="Grens {grenzen}.", advies="Kijk.", bron="eigen", **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "row", "expected"),
    [
        (
            _declared("routeverdeling", {"soort": "verwachting"}, "{over}: {stand} van de starts; norm {norm}."),
            share(9, 30),
            "B1-route: 9 van de 30 (30%) van de starts; norm 15%.",
        ),
        (
            _declared("pip_op_tijd", {"soort": "norm", "norm": 0.8}, "{mensen} op tijd; grens {norm}."),
            share(9, 12),
            "9 van de 12 inburgeraars op tijd; grens 80%.",  # under twenty no percentage
        ),
        (_declared("tevredenheid", {"soort": "norm", "norm": 6.5}, "{stand}; {norm}."), ROWS["gemiddelde"],
            "5,9 (23 antwoorden); 6,5."),
        (_declared("kosten", {"soort": "budget"}, "{stand}; {deel_jaar}."), {},
            "59% van de begroting is uitgegeven (€ 61.000 van de € 104.000); 50%."),
        (_declared("instroom", {"soort": "prognose"}, "{stand}, {verwacht}."), ROWS["aantal"],
            "12 inburgeraars, ongeveer 21."),
        (_declared("pip_openstaand", {"soort": "aantal", "norm": 0}, "Van {stand}."), {"aantal": 1}, "Van 1 persoon."),
        (_declared("spuk_saldo", {"soort": "bedrag", "norm": -24000}, "{jaar}: {stand}; {norm}."), ROWS["bedrag"],
            "2024: −€ 54.448; −€ 24.000."),
        (_declared("formatie", {"soort": "formatie"}, "{stand}, {norm}."), {}, "2,3 fte, 0,2 fte."),
        (_declared("aanwezigheid", {"soort": "norm", "norm": 0.75}, "{over}: {stand}.", per=("contract",)),
            ROWS["verhouding"], "B1-route: 71% (12 inburgeraars)."),
        (_declared("examen_per_poging", {"soort": "kwartaal"}, "{periode}: {stand}; {verwacht}."), share(9, 30),
            "2e kwartaal 2024: 10 van de 25 (40%); 15%."),
    ],
)  # fmt: skip
def test_sentences_word_for_word(one, row, expected):
    seen, _ = wording.sentences(made(one, "zeker", row or None), NAMES, TITLES)
    assert seen == expected


def test_a_budget_ahead_of_the_year_may_be_the_moment_of_booking():
    one = KNOWN["budget_loopt_voor"]
    assert wording.certainty(made(one, "mogelijk")) == "Het kan ook aan het moment van boeken liggen."
    assert wording.certainty(made(one, "zeker")) == ""
