"""English sentences of figures and signals: every kind in every state, and sentences written by hand."""

import itertools
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from english import is_english

import metrics
from dashboard import wording as w
from dashboard.texts import speaking, t
from dashboard.wording import signals
from dashboard.wording.letters import inside
from dashboard.wording.phrases import PHRASES
from metrics import VERBORGEN, insight
from metrics.insight.signals.outcome import Outcome

CODE = Path(__file__).parents[2] / "dashboard"
FIGURES = metrics.catalogue()
SHARE = {"teller": 30, "noemer": 41, "waarde": 30 / 41, "laag": 0.5807, "hoog": 0.8428}
ROWS = {
    "aantal": {"aantal": 41},
    "aandeel": SHARE,
    "gemiddelde": {"waarde": 7.25, "n": 40, "laag": 6.9, "hoog": 7.6},
    "kwartielen": {"n": 40, "p25": 10.0, "p50": 14.0, "p75": 20.0},
    "tijd_tot": {"n": 40, "p25": 30.0, "p50": 45.0, "p75": 80.0},
    "incidentie": {"horizon": 730, "waarde": 0.42, "laag": 0.3, "hoog": 0.54, "n": 60, "gevolgd": 44},
    "verhouding": {"teller": 800.0, "noemer": 1000.0, "waarde": 0.8, "n": 40},
    "bedrag": {"waarde": 101000.0, "begroot": 104000.0},
}
MAIN = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}
STATES = ("verborgen", "leeg", "niet rijp", "te weinig", "één", "bekend")


def row_of(soort, state):
    row, main = dict(ROWS[soort]), MAIN.get(soort, "waarde")
    match state:
        case "verborgen":
            return dict.fromkeys(row, "verborgen")
        case "leeg":
            return {**row, main: None, "n": 0, "noemer": 0}
        case "niet rijp":
            return {**row, main: None}
        case "te weinig":
            return {**row, "n": 6, **({"teller": 4, "noemer": 6} if "noemer" in row else {})}
        case "één":
            return {key: 1 if key in ("aantal", "n", "teller") else value for key, value in row.items()}
    return row


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("id", FIGURES)
def test_every_figure_speaks_english_in_every_state(id, state):
    one = FIGURES[id]
    row = row_of(one.soort, state)
    with speaking("en"):
        for end, place in itertools.product(one.einden or (None,), ("", "Heemstede")):
            mine = row if end is None else {**row, "einde": end}
            is_english(w.sentence(id, one.soort, mine, titel=one.titel, voor=place))
        is_english(w.sentence(id, one.soort, None, titel=one.titel))


@pytest.mark.parametrize(("soort", "state"), [*itertools.product(ROWS, STATES)])
@pytest.mark.parametrize(("op", "name"), [("in", "2023"), ("op", "31 Dec 2023")])
def test_every_comparison_speaks_english(soort, state, op, name):
    row = ROWS[soort]
    higher = {
        key: value * 3 if key in ("aantal", "waarde", "p50", "laag", "hoog") else value for key, value in row.items()
    }
    with speaking("en"):
        for pair in ((row, row), (higher, row), (row, higher), (row, row_of(soort, state))):
            is_english(w.compare(soort, *pair, name, op)[1])
            is_english(w.compare(soort, *pair)[1])


@pytest.mark.parametrize(
    ("figure", "row", "expected"),
    [
        (
            "pip_op_tijd",
            SHARE,
            "30 of the 41 newcomers received their plan (PIP) within ten weeks (73%). "
            "The true share is probably between 58 and 84 out of 100.",
        ),
        (
            "pip_op_tijd",
            {"teller": 7, "noemer": 12, "waarde": 7 / 12},
            "7 of the 12 newcomers received their plan (PIP) within ten weeks.",
        ),
        (
            "pip_op_tijd",
            {"teller": 7, "noemer": 9, "waarde": 7 / 9},
            "7 of the 9 newcomers received their plan (PIP) within ten weeks. That is too few for a conclusion.",
        ),
        (
            "betaald_werk",
            {"teller": 1, "noemer": 12, "waarde": 1 / 12},
            "1 of the 12 newcomers still in progress now has paid work.",
        ),
        (
            "betaald_werk",
            {"teller": 3, "noemer": 12, "waarde": 0.25},
            "3 of the 12 newcomers still in progress now have paid work.",
        ),
        (
            "termijn_verstreken",
            {"teller": 1, "noemer": 15, "waarde": 1 / 15},
            "1 of the 15 newcomers still in progress is past their term.",
        ),
        ("instroom", {"aantal": 1041}, "1,041 newcomers became required to integrate."),
        ("instroom", {"aantal": 1}, "1 newcomer became required to integrate."),
        ("besluiten", {"aantal": 1}, "1 decision was taken."),
        ("besluiten", {"aantal": 2}, "2 decisions were taken."),
        ("uitstroom", {"aantal": 0}, "0 learning routes ended."),
        ("pip_openstaand", {"aantal": 1}, "1 newcomer without a plan (PIP) must get a plan now."),
        (
            "tevredenheid",
            ROWS["gemiddelde"],
            "The average mark is 7.3 (40 answers). It is probably between 6.9 and 7.6.",
        ),
        (
            "tevredenheid",
            {"waarde": 8.0, "n": 1},
            "The average mark is 8.0 (1 answer). That is too few for a conclusion.",
        ),
        (
            "intake_tot_pip",
            {"p50": 45.2, "n": 40},
            "The time from intake to plan (PIP) was 45 days or less for half of them (40 newcomers).",
        ),
        (
            "intake_tot_pip",
            {"p50": 1.0, "n": 40},
            "The time from intake to plan (PIP) was 1 day or less for half of them (40 newcomers).",
        ),
        (
            "maanden_tot_uitstroom",
            {"p50": 14.04, "n": 40},
            "The time from plan (PIP) to end was 14.0 months or less for half of them (40 completed learning routes).",
        ),
        (
            "voldaan_binnen",
            {"horizon": 730, "einde": "voldaan", "waarde": 0.42, "laag": 0.3, "hoog": 0.54, "n": 60},
            "After 24 months, 42% of the newcomers with a plan (PIP) had finished (fulfilled). "
            "The true share is probably between 30 and 54 out of 100.",
        ),
        (
            "voldaan_binnen",
            {"horizon": 365, "einde": "nog bezig", "waarde": 0.42, "n": 60},
            "After 12 months, the outcome for 42% of the newcomers with a plan (PIP) is: still in progress.",
        ),
        (
            "uit_bijstand",
            {"horizon": 365, "einde": "verhuizing", "waarde": 0.08, "n": 60},
            "After 12 months, 8% of the benefits had ended because of a move.",
        ),
        ("aanwezigheid", ROWS["verhouding"], "Attendance was 80% (40 newcomers)."),
        ("kosten_per_persoon", {"waarde": 7412.0, "n": 40}, "The amount per new arrival was €7,412 (40 new arrivals)."),
        ("kosten", ROWS["bedrag"], "The costs were €101,000; the budget was €104,000 (97% has been spent)."),
        ("spuk_saldo", {"waarde": -24000.0}, "Balance of the SPUK for services: −€24,000."),
        ("pip_op_tijd", None, "Nothing is known yet about PIP within ten weeks."),
        (
            "instroom",
            {"aantal": VERBORGEN},
            "New arrivals: we do not show this, because the group is too small.",
        ),
    ],
)
def test_figures_word_for_word(figure, row, expected):
    one = FIGURES[figure]
    with speaking("en"):
        assert w.sentence(figure, one.soort, row, titel=one.titel) == expected


@pytest.mark.parametrize(
    ("figure", "row", "expected"),
    [
        ("aanwezigheid", ROWS["verhouding"], "Heemstede: attendance was 80% (40 newcomers)."),
        ("pip_op_tijd", None, "Heemstede: nothing is known yet about PIP within ten weeks."),
        (
            "instroom",
            {"aantal": VERBORGEN},
            "Heemstede: we do not show new arrivals, because the group is too small.",
        ),
        (
            "uitval",
            {"horizon": 365, "einde": "uitval", "waarde": None, "n": 60},
            "Heemstede: it is too early to say anything about dropout from the learning route, because too few people "
            "have been followed long enough.",
        ),
    ],
)
def test_of_a_place_word_for_word(figure, row, expected):
    one = FIGURES[figure]
    with speaking("en"):
        assert w.sentence(figure, one.soort, row, titel=one.titel, voor="Heemstede") == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: w.compare("aantal", {"aantal": 40}, {"aantal": 35}, "2023")[1],
            "In 2023 it was 35. This difference may be chance."),
        (lambda: w.compare("aantal", {"aantal": 40}, {"aantal": 40})[1], "That is the same as in the period before."),
        (lambda: w.compare("aantal", {"aantal": 90}, {"aantal": 35}, "31 Dec 2023", "op")[1],
            "That is more than on 31 Dec 2023 (35). This difference is larger than chance."),
        (lambda: w.compare("bedrag", {"waarde": 90.0}, {"waarde": 3500.0}, "2023")[1],
            "That is less than in 2023 (€3,500)."),
        (lambda: w.compare("aandeel", {**SHARE, "waarde": 0.1, "laag": 0.05, "hoog": 0.2}, SHARE, "2023")[1],
            "That is 63 in 100 fewer than in 2023 (30 of the 41, 73%). This difference is larger than chance."),
        (lambda: w.about({"doelgroep": ["asielstatushouder", "nareiziger"], "cohort": [2023, 2024]}, {}),
            "Refugees with a permit and reunited family members, started in 2023 and 2024"),
        (lambda: w.about({"leerroute": ["Z"], "gemeente": ["0392"]}, {"0392": "Haarlem"}), "Haarlem, Z route"),
        (lambda: w.chosen("jaar", [2021, 2022, 2023, 2024, 2025], {}, {}), "year 2021, 2022, 2023 and 2 more"),
        (lambda: w.label_of(["leerroute", "kwartaal", "geslacht"]), "learning route and quarter and gender"),
        (lambda: w.moment(date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31)), "As of 31 Dec 2024, period 2024."),
        (lambda: w.moment(date(2024, 4, 1), date(2024, 6, 30), date(2024, 12, 31)),
            "Period Q2 2024, looked at on 31 Dec 2024."),
        (lambda: inside("PIP within ten weeks"), "PIP within ten weeks"),
        (lambda: inside("B1 route"), "B1 route"),
        (lambda: inside("March 2024 was quiet."), "March 2024 was quiet."),
        (lambda: inside("A quarter done after"), "a quarter done after"),
        (lambda: inside("Monday, as always"), "Monday, as always"),
        (lambda: inside("Language level"), "language level"),
    ],
)  # fmt: skip
def test_words_around_a_figure(made, expected):
    with speaking("en"):
        assert made() == expected


def _answer(id, rows, per=()):
    one = FIGURES[id]
    dims = (*one.eigen, *per)
    return SimpleNamespace(cijfer=id, definition=one, rijen=rows, dims=dims, per=per, filters={})


def test_what_stands_with_a_figure():
    ends = [
        {"reden_einde": reason, "leerroute": "B1", "aantal": count}
        for reason, count in (("afgerond", 20), ("uitval", 4), ("overstap", 1), ("vertrokken", 0))
    ]
    ages = [{"leeftijd": age, **SHARE, "waarde": value} for age, value in (("<25", 0.8), ("25-34", 0.6))]
    with speaking("en"):
        answer = _answer("uitstroom", ends)
        assert w.summary(answer, answer, {}, "2024") == (
            "2024: 25 learning routes ended: completed (20), dropout (4), switch (1) and left (0)."
        )
        assert w.spread(_answer("pip_op_tijd", ages, ("leeftijd",)), {}) == [
            "The lowest is 25 to 34 (60%), the highest under 25 (80%)."
        ]
        ages[0] = {"leeftijd": "<25", "waarde": VERBORGEN}
        assert w.spread(_answer("pip_op_tijd", ages, ("leeftijd",)), {}) == [
            "PIP within ten weeks: see the table. We do not show 1 row, because the group is too small."
        ]
        assert w.counted(_answer("pip_op_tijd", [SHARE])) == [
            ("Numerator", "30: they received their plan (PIP) within ten weeks"), ("Denominator", "41: newcomers"),
        ]  # fmt: skip
        assert w.counted(_answer("betaald_werk", [{**SHARE, "teller": 1}]))[0][1] == "1: they now have paid work"
        assert w.counted(_answer("aanwezigheid", [{"n": 1}])) == [("Number", "1 newcomer")]
        said = w.sureness(_answer("voldaan_binnen", [{**ROWS["incidentie"], "einde": "voldaan"}]), {})
        assert said == [
            "After 24 months, fulfilled: the true share is probably between 30 and 54 out of 100.",
            "Such an interval (95%) says how much chance can matter. The more people, the narrower it is. "
            "Errors in the data are not part of it.",
            "After 24 months: we have followed 44 of the 60 for that long. "
            "People we have followed for a shorter time count for as long as we follow them.",
        ]
        one = _answer("leerroute_geslaagd", [SHARE])
        assert w.quote(one, {}, "Haarlem", "As of 31 Dec 2024, period 2024.") == (
            "Haarlem: 30 of the 41 learning routes that were completed or stopped were completed (73%). "
            "The true share is probably between 58 and 84 out of 100. This is only about those who are done; those "
            "still in progress do not count yet. As of 31 Dec 2024, period 2024."
        )


KNOWN = insight.read_signals()
SIGNAL_ROWS = {
    "aandeel": {**SHARE, "n": 41, "verwacht": 0.15},
    "gemiddelde": {"waarde": 5.9, "n": 23, "laag": 5.1, "hoog": 6.4, "verwacht": 7.0},
    "verhouding": {"waarde": 0.71, "n": 12, "laag": 0.6, "hoog": 0.8, "verwacht": 0.7},
    "incidentie": {"waarde": 0.26, "n": 40, "laag": 0.2, "hoog": 0.33},
    "aantal": {"aantal": 12, "laag": 14, "hoog": 30, "verwacht": 21.4, "waarde": 12.0},
    "bedrag": {"waarde": -54447.6, "laag": -1.0, "hoog": 2.0, "verwacht": 0.0, "begroot": 1e5, "uitputting": 0.6,
               "deel_jaar": 0.5},
}  # fmt: skip


def _signal(one, certainty="zeker", **row):
    soort = FIGURES[one.cijfer].soort
    held = {**SIGNAL_ROWS[soort], **row}
    kind = one.voorwaarde.soort
    if kind == "kwartaal":
        held |= {"kwartaal": "2024-K2", "waarde": 0.4 if soort == "aandeel" else 12.0}
        held.pop("teller", None)
    if kind == "trechter":
        held |= {"verwacht": 33.0, "waargenomen": 28}
    dims = {name: {"gemeente": "0397", "contract": "danner-b1"}.get(name, "B1") for name in one.per}
    dims = dims or ({"leerroute": "B1"} if "{over}" in one.zin else {})
    norm = one.voorwaarde.norm if one.voorwaarde.norm is not None else 0.15
    outcome = Outcome(dims, "signaal", certainty, held, norm, SIGNAL_ROWS[soort], date(2024, 1, 1), date(2024, 12, 31))
    return insight.Signal(one, outcome, date(2024, 12, 31), {})


@pytest.mark.parametrize("certainty", ["zeker", "mogelijk", "geen interval"])
@pytest.mark.parametrize("id", KNOWN)
def test_every_signal_speaks_english(id, certainty):
    with speaking("en"):
        for text in signals.sentences(_signal(KNOWN[id], certainty), {"0397": "Heemstede"}, {"danner-b1": "School A"}):
            is_english(text)


@pytest.mark.parametrize(
    ("id", "row", "seen"),
    [
        ("pip_te_laat", {}, "30 of the 41 newcomers (73%) got their plan (PIP) within ten weeks in the last year. "
            "The signal limit is 80%."),
        ("plannen_over_de_termijn", {"aantal": 1}, "For 1 person the term of ten weeks is over without a plan (PIP)."),
        ("termijnen_lopen_af", {}, "For 12 people the term of three years is over or ends within six months."),
        ("tevredenheid_laag", {}, "B1 route: the average mark was 5.9 (23 answers) in the last year. "
            "The signal limit is 6.5."),
        ("budget_loopt_voor", {"waarde": 61000.0, "begroot": 104000.0, "uitputting": 61 / 104},
            "B1 route: so far, 59% of the budget has been spent (€61,000 of the €104,000)."),
        ("instroom_kwartaal", {}, "In Q2 2024 the intake was unusual: 12 newcomers. The average is 21."),
        ("uitval_eerste_jaar", {}, "Dropout within a year: 26% (40 learning routes started). The signal limit is 20%."),
        ("termijn_verstreken", {"teller": 1, "noemer": 12}, "Past their term of three years: 1 of the 12 newcomers "
            "still in progress. The signal limit is 10%."),
    ],
)  # fmt: skip
def test_signals_word_for_word(id, row, seen):
    with speaking("en"):
        assert signals.sentences(_signal(KNOWN[id], **row), {}, {})[0] == seen


def test_a_signal_of_a_municipality_itself_stays_dutch_as_a_whole():
    one = KNOWN["pip_te_laat"].model_copy(update={"zin": "Bij ons: {mensen}; grens {norm}."})
    with speaking("en"):
        assert signals.sentences(_signal(one))[0] == "Bij ons: 30 van de 41 inburgeraars (73%); grens 80%."


def test_signals_that_are_not_judged():
    found = [SimpleNamespace(door="periode", verklaring=KNOWN["pip_te_laat"])]
    with speaking("en"):
        assert signals.not_judged(found) == [
            "When you choose your own period, we do not judge 1 signal: Too few plans (PIP) on time. "
            "They already look at a fixed period. Choose a reference date instead."
        ]


def test_a_phrase_is_in_the_table_as_it_is_said():
    with speaking("en"):
        for id, phrase in PHRASES.items():
            for text in (phrase.wie, phrase.wat, phrase.maat, phrase.een, *phrase.uitkomst.values()):
                assert not text or t(text) != text, (id, text)


def test_no_text_stands_inside_an_f_string():
    """What reads the code finds no text there, so nobody would miss its English."""
    hidden = re.compile(r"""f(["']).*\{(?:t|tn|tc|mark)\(["']""")
    found = [
        f"{path.name}:{number}"
        for path in CODE.rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if hidden.search(line)
    ]
    assert not found


def test_one_alone_is_one_in_dutch_as_well():
    assert w.sentence("besluiten", "aantal", {"aantal": 2}) == "2 besluiten zijn genomen."
    assert w.sentence("besluiten", "aantal", {"aantal": 1}) == "1 besluit is genomen."
    assert w.sentence("aanwezigheid", "verhouding", {"waarde": 0.8, "n": 1}) == (
        "De aanwezigheid was 80% (1 inburgeraar). Dat is te weinig voor een conclusie."
    )
