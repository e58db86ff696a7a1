"""Every branch of the judgement, with values worked out by hand."""

from datetime import date

import pytest

from contracts import quarters
from contracts.assess import Verdict, _Value, judge, step, valid_on
from contracts.model import Kpi, Stap


def _kpi(**facts):
    return Kpi.model_validate({"id": "k", "titel": "K", "cijfer": "aanwezigheid", "norm": 0.8, **facts})


def _verdict(direction="hoger"):
    return Verdict("c", "k", "2024-K1", "f", None, None, None, None, 0.8, direction, "", None, 0, None)


@pytest.mark.parametrize(
    ("value", "direction", "oordeel", "zekerheid"),
    [
        (_Value(0.85, 0.81, 0.9, 50), "hoger", "voldoet", "zeker"),
        (_Value(0.85, 0.8, 0.9, 50), "hoger", "voldoet", "zeker"),  # a bound on the norm counts as the value's side
        (_Value(0.85, 0.79, 0.9, 50), "hoger", "voldoet", "onzeker"),
        (_Value(0.8, 0.7, 0.9, 50), "hoger", "voldoet", "onzeker"),  # equality counts as met
        (_Value(0.7, 0.6, 0.8, 50), "hoger", "voldoet niet", "zeker"),
        (_Value(0.7, 0.6, 0.81, 50), "hoger", "voldoet niet", "onzeker"),
        (_Value(0.7, 0.6, 0.79, 50), "lager", "voldoet", "zeker"),
        (_Value(0.9, 0.81, 0.95, 50), "lager", "voldoet niet", "zeker"),
        (_Value(0.9, None, None, 50), "hoger", "voldoet", "geen interval"),
        (_Value(0.9, 0.7, 0.95, 4), "hoger", "te weinig gegevens", None),
        (_Value(None, None, None, 50), "hoger", "te weinig gegevens", None),
        (_Value(None, n=0, reported=False), "hoger", "rapportage ontbreekt", None),
        (_Value(0.9, 0.85, 0.95, 50, too_early=True), "hoger", "voldoet", "te vroeg"),
        (_Value(0.9, None, None, None), "hoger", "voldoet", "geen interval"),  # one kenmerk: min_n does not apply
    ],
)
def test_judgement_and_certainty(value, direction, oordeel, zekerheid):
    found = judge(_verdict(direction), value, _kpi())
    assert (found.oordeel, found.zekerheid) == (oordeel, zekerheid)


def test_without_a_norm_there_is_no_judgement():
    assert judge(_verdict(), _Value(0.9, n=50), _kpi(norm=None)).oordeel == "geen norm ingesteld"


def test_reporting_on_time_has_no_minimum():
    assert judge(_verdict(), _Value(1.0, n=1), _kpi(cijfer="rapportage_op_tijd")).oordeel == "voldoet"


def test_the_highest_step_reached_counts():
    ladder = [Stap(na=1, stap="gesprek"), Stap(na=3, stap="malus")]
    assert [step(ladder, streak) for streak in range(5)] == [None, "gesprek", "gesprek", "malus", "malus"]


def test_a_changed_norm_leaves_old_quarters_alone():
    old, new = _kpi(geldig_van=date(2022, 1, 1)), _kpi(norm=0.85, geldig_van=date(2024, 1, 1))
    assert valid_on([new, old], date(2023, 12, 31)) is old
    assert valid_on([old, new], date(2024, 3, 31)) is new
    assert valid_on([old, new], date(2021, 12, 31)) is None
    assert valid_on([_kpi(geldig_tot=date(2024, 6, 30))], date(2024, 9, 30)) is None


def test_quarters_by_hand():
    assert quarters.last_day("2024-K1") == date(2024, 3, 31)
    assert quarters.last_day("2024-K4") == date(2024, 12, 31)
    assert quarters.first_day("2024-K1", 3) == date(2023, 4, 1)
    assert list(quarters.ended(date(2023, 11, 5), date(2024, 6, 29))) == ["2023-K4", "2024-K1"]


def test_hours_in_tenths_that_equal_the_norm_meet_it():
    """A sum of tenths may be 0.7999999999999999 in a computer where it is 0.8."""
    for value in (0.1 * 8 - 1e-16, 0.8 + 2e-16):
        for richting in ("hoger", "lager"):
            assert judge(_verdict(richting), _Value(value, n=50), _kpi(norm=0.8)).oordeel == "voldoet"
    assert judge(_verdict(), _Value(0.799999, n=50), _kpi(norm=0.8)).oordeel == "voldoet niet"


def test_a_report_without_a_word_on_quality_is_no_missing_report(rows, tmp_path):
    """The report came; only the kenmerk is unknown. Without a report of that quarter it is missing."""
    from warehouse import write

    import contracts
    import metrics

    came = {"contract": "danner-z", "kwartaal": "2024-K2", "datum": date(2024, 7, 9), "vervangen": False}
    mine = [row for row in rows["rapportages"] if row["contract"] != "danner-z"]
    good = [row for row in rows["kwaliteit"] if row["contract"] != "danner-z"]
    snapshot = write(tmp_path / "stil.duckdb", {**rows, "rapportages": [*mine, came], "kwaliteit": good})
    found = contracts.assess(contracts.read_agreements(), snapshot, voor=metrics.ALLES, kwartaal="alle",
                             contracten=["danner-z"])  # fmt: skip
    said = {one.kwartaal: one.oordeel for one in found if one.cijfer == "kwaliteit" and one.kwartaal < "2025"}
    assert said.pop("2024-K2") == "te weinig gegevens"
    assert set(said.values()) == {"rapportage ontbreekt"}
