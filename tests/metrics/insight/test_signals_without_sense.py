"""A choice that fixes the date of a figure: what looks at that date is not judged, and is named."""

from datetime import date

import pytest
from warehouse import write

from dashboard.wording.signals import not_judged
from metrics import ALLES, Bevoegdheid, insight
from metrics.insight.signals.conditions import CONDITIONS

FORECASTS = {"instroom_gezinsmigranten", "instroom_statushouders", "formatie_krap"}
COHORT = FORECASTS | {"instroom_kwartaal", "examens_kwartaal", "duaal_later", "pip_slechter_dan_vorig_jaar"}
PER_TIME = COHORT | {
    "aanwezigheid_laag", "boekingen_ontbreken", "budget_loopt_voor", "intake_achter_op_nederland", "pip_te_laat",
    "rapportage_gemist", "routes_anders_dan_verwacht", "tevredenheid_laag", "tevredenheid_ontbreekt",
}  # fmt: skip
STATES = {
    "participatie_laag", "plannen_over_de_termijn", "termijn_verstreken", "termijnen_lopen_af", "rijen_geweigerd",
    "verschillen_met_aanbieders",
}  # fmt: skip


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """Ten statushouders in every quarter of 2022 and 2023: nothing out of the ordinary."""
    days = [date(year, month, 15) for year in (2022, 2023) for month in (1, 4, 7, 10)]
    persons = [
        {"persoon": 100 * place + one, "geboortejaar": 1990, "geslacht": "man", "gemeentecode": "0397",
         "doelgroep": "asielstatushouder", "datum_plichtig": day, "mutatiedatum": day}
        for place, day in enumerate(days) for one in range(10)
    ]  # fmt: skip
    return write(tmp_path_factory.mktemp("gelijk") / "w.duckdb", {"personen": persons}, id="gelijk")


def _left_out(found):
    return {one.verklaring.id: one.door for one in found if one.status == "niet beoordeeld"}


def test_that_nobody_of_a_cohort_came_a_year_later_is_no_signal(steady):
    """Of the cohort of 2022 nobody came in 2023, by construction; the condition itself would be certain of it."""
    declaration = insight.read_signals()["instroom_statushouders"]
    scope = insight.Scope(steady, ALLES, date(2023, 12, 31), {"cohort": [2022]})
    [false] = CONDITIONS["prognose"](declaration, scope)
    assert (false.status, false.zekerheid, false.rij["aantal"]) == ("signaal", "zeker", 0)
    found = insight.evaluate(scope, deelbaar=True)
    assert [one.id for one in found if one.verklaring.cijfer == "instroom" and one.status == "signaal"] == []
    assert _left_out(found)["instroom_statushouders"] == "cohort"
    shape = next(one for one in found if one.id == "instroom_statushouders").to_json()
    assert (shape["status"], shape["zekerheid"], shape["niet_beoordeeld_door"]) == ("niet beoordeeld", None, "cohort")


@pytest.mark.parametrize(
    ("filters", "period", "expected"),
    [
        ({}, False, {}),
        ({"gemeente": ["0397"]}, False, {}),
        ({"leeftijd": ["<25"]}, False, {}),
        ({"cohort": [2022]}, False, dict.fromkeys(COHORT, "cohort")),
        ({"kwartaal": ["2022-K1"]}, False, dict.fromkeys(PER_TIME, "kwartaal")),
        ({"jaar": [2022]}, False, dict.fromkeys(PER_TIME | {"spuk_tekort", "uitvoering_tekort"}, "jaar")),
        ({}, True, dict.fromkeys(set(insight.read_signals()) - STATES, "periode")),
    ],
)
def test_which_choices_make_which_signals_meaningless(steady, filters, period, expected):
    scope = insight.Scope(steady, ALLES, date(2023, 12, 31), filters, periode=period)
    found = insight.evaluate(scope)
    assert _left_out(found) == expected
    assert {one.verklaring.id for one in found} >= set(expected)
    guarded = insight.evaluate(insight.Scope(steady, Bevoegdheid(None, exact=False), None, filters, periode=period))
    assert _left_out(guarded) == expected


def test_what_is_left_out_is_named_with_the_reason(steady):
    scope = insight.Scope(steady, ALLES, date(2023, 12, 31), {"cohort": [2022]})
    [sentence] = not_judged(insight.evaluate(scope))
    assert sentence.startswith("Bij een keuze voor jaar van start beoordelen wij 7 signalen niet: ")
    assert "Instroom van statushouders anders dan verwacht" in sentence and "legt de datum al vast" in sentence
    [period] = not_judged(insight.evaluate(insight.Scope(steady, ALLES, date(2023, 12, 31), periode=True)))
    assert "een eigen periode" in period and "peildatum" in period
    assert not_judged(insight.evaluate(insight.Scope(steady, ALLES, date(2023, 12, 31)))) == []


def test_a_course_over_quarters_is_not_judged_of_a_cohort():
    assert insight.fixes_date("instroom", {"cohort": ["2022"]})
    assert insight.fixes_date("examen_per_poging", {"jaar": ["2022"]})
    assert not insight.fixes_date("participatie_actief", {"cohort": ["2022"]})
    assert not insight.fixes_date("instroom", {"gemeente": ["0397"], "cohort": []})
