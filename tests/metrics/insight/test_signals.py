"""Signals: what a declaration may be, when a row is a signal and how sure, and that nothing hidden gets out."""

import textwrap
from collections import Counter
from datetime import date

import pytest
from warehouse import write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, VERBORGEN, Bevoegdheid, insight, wilson
from metrics.insight.signals import judge

P = date(2025, 6, 30)


def share(teller, noemer):
    low, high = wilson(teller, noemer)
    return {
        "teller": teller,
        "noemer": noemer,
        "waarde": teller / noemer if noemer else None,
        "laag": low,
        "hoog": high,
    }


HIDDEN = {"teller": VERBORGEN, "noemer": VERBORGEN, "waarde": VERBORGEN, "laag": VERBORGEN, "hoog": VERBORGEN}


@pytest.mark.parametrize(
    ("row", "limit", "side", "expected"),
    [
        (share(9, 30), 0.15, "boven", ("signaal", "zeker")),  # 9 of 30, 15 % expected: from 17 % on
        (share(7, 30), 0.15, "boven", ("signaal", "mogelijk")),
        (share(4, 30), 0.15, "boven", ("rustig", "")),
        (share(4, 30), 0.15, "beide", ("signaal", "mogelijk")),
        (share(15, 100), 0.15, "beide", ("rustig", "")),  # on the limit is not beyond it
        (share(20, 40), 0.80, "onder", ("signaal", "zeker")),
        (share(5, 9), 0.80, "onder", ("te weinig gegevens", "")),
        (share(0, 0), 0.80, "onder", ("geen gegevens", "")),
        (HIDDEN, 0.80, "onder", ("verborgen", "")),
        ({"waarde": 0.6, "n": 12}, 0.75, "onder", ("signaal", "geen interval")),
        ({"waarde": None, "n": 12}, 0.75, "onder", ("geen gegevens", "")),
    ],
)
def test_a_row_beside_a_limit(row, limit, side, expected):
    assert judge.against_limit(row, limit, side, 10) == expected


def test_certain_is_only_said_when_the_interval_excludes_the_limit():
    for noemer in (10, 25, 60):
        for teller in range(noemer + 1):
            for limit in (0.1, 0.5, 0.8):
                row = share(teller, noemer)
                status, certainty = judge.against_limit(row, limit, "beide", 10)
                assert (certainty == "zeker") == (not row["laag"] <= limit <= row["hoog"])
                assert status == "signaal" or row["waarde"] == limit


def test_a_difference_with_what_was_expected():
    assert judge.against_expected(share(6, 30), 0.15, "beide", 0.10, 10) == ("rustig", "")  # 5 points, may be chance
    assert judge.against_expected(share(8, 30), 0.15, "beide", 0.10, 10) == ("signaal", "mogelijk")
    assert judge.against_expected(share(30, 100), 0.15, "beide", 0.10, 10) == ("signaal", "zeker")
    assert judge.against_expected(share(30, 100), None, "beide", 0.10, 10) == ("geen gegevens", "")


def test_this_year_beside_the_year_before():
    good, bad = share(45, 50), share(25, 50)
    assert judge.against_before(bad, good, "aandeel", "onder", 0.1, 10) == ("signaal", "zeker")
    assert judge.against_before(good, bad, "aandeel", "onder", 0.1, 10) == ("rustig", "")
    assert judge.against_before(share(8, 12), share(10, 12), "aandeel", "onder", 0.1, 10) == ("signaal", "mogelijk")
    assert judge.against_before(share(9, 12), share(10, 12), "aandeel", "onder", 0.1, 10) == ("rustig", "")
    assert judge.against_before(share(1, 3), good, "aandeel", "onder", 0.1, 10) == ("te weinig gegevens", "")
    assert judge.against_before(HIDDEN, good, "aandeel", "onder", 0.1, 10) == ("verborgen", "")
    count = lambda n: {"aantal": n}  # noqa: E731
    assert judge.against_before(count(30), count(10), "aantal", "beide", 0.1, 10) == ("signaal", "zeker")
    assert judge.against_before(count(12), count(10), "aantal", "beide", 0.1, 10) == ("signaal", "mogelijk")
    assert judge.against_before(count(3), count(2), "aantal", "beide", 0.1, 10) == ("te weinig gegevens", "")


def test_budget_and_forecast():
    assert judge.over_budget({"waarde": 101.0, "begroot": 100.0}, 1.0, 0.1) == ("signaal", "zeker")
    assert judge.over_budget({"waarde": 61.0, "begroot": 100.0}, 0.5, 0.1) == ("signaal", "mogelijk")
    assert judge.over_budget({"waarde": 59.0, "begroot": 100.0}, 0.5, 0.1) == ("rustig", "")
    assert judge.over_budget({"waarde": 59.0, "begroot": None}, 0.5, 0.1) == ("geen gegevens", "")
    assert judge.outside({"aantal": 40, "laag": 10, "hoog": 30}, "beide") == ("signaal", "zeker")
    assert judge.outside({"aantal": 5, "laag": 10, "hoog": 30}, "boven") == ("rustig", "")
    assert judge.outside({"aantal": 5}, "beide") == ("te weinig gegevens", "")
    assert judge.outside({"aantal": VERBORGEN, "laag": 1, "hoog": 2}, "beide") == ("verborgen", "")


def test_the_declarations_of_the_product_are_whole():
    known = insight.read_signals()
    assert len(known) >= 12
    goals = {metrics.catalogue()[one.cijfer].subdoel for one in known.values()}
    assert goals >= {
        "instroom",
        "tijdigheid",
        "snelheid",
        "maatwerk",
        "kwaliteit",
        "dualiteit",
        "kosten",
        "handhaving",
        "gegevens",
    }
    assert {one.gevolg for one in known.values()} >= {"vervroegde evaluatie", "bijstellen", "gesprek met aanbieder"}
    for one in known.values():
        assert one.advies.endswith(".") and one.zin.endswith(".") and one.reden.endswith(".") and one.bron
        if "signaalgrens" in one.zin:
            assert "geen officiële norm" in one.bron  # a limit of ours never looks official


RIGHT = """
    id: eigen
    titel: Eigen signaal
    niveau: let op
    gevolg: bijstellen
    cijfer: pip_op_tijd
    voorwaarde: {soort: norm, kant: onder, norm: 0.99, min_n: 1}
    zin: "{mensen} op tijd."
    reden: "Grens {norm}."
    advies: "Kijk."
    bron: "eigen keuze"
"""


def _write(folder, name, text):
    (folder / name).write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")


def test_all_mistakes_are_told_at_once_with_file_and_line(tmp_path):
    _write(tmp_path, "eigen.yaml", RIGHT.replace("cijfer: pip_op_tijd", "cijfer: bestaat_niet"))
    _write(tmp_path, "ander.yaml", RIGHT.replace("norm: 0.99", "norm: 99").replace("{norm}.", "{nrom}."))
    _write(
        tmp_path, "derde.yaml", RIGHT.replace("id: eigen", "id: derde\n    filter: {kleur: [rood]}\n    per: [smaak]")
    )
    _write(tmp_path, "vierde.yaml", "id: vierde\nniveau: heel erg\n")
    _write(tmp_path, "vijfde.yaml", "id: [")
    _write(tmp_path, "zesde.yaml", RIGHT.replace("id: eigen", "id: zesde").replace("soort: norm", "soort: budget"))
    with pytest.raises(Gebruiksfout) as wrong:
        insight.read_signals(tmp_path)
    told = wrong.value.meldingen
    assert any(text.startswith("eigen.yaml, regel 5:") and "bestaat_niet" in text for text in told)
    assert any(text.startswith("ander.yaml, regel 1:") and "dezelfde naam" in text for text in told)
    assert any(text.startswith("ander.yaml, regel 6:") and "tussen 0 en 1" in text for text in told)
    assert any(text.startswith("ander.yaml, regel 8:") and "{nrom}" in text for text in told)
    assert any("kleur" in text for text in told) and any("smaak" in text for text in told)
    assert any(text.startswith("vierde.yaml, regel 2:") and "niveau" in text for text in told)
    assert sum(text.startswith("vierde.yaml") and "ontbreekt" in text for text in told) >= 6
    assert any(text.startswith("vijfde.yaml") for text in told)
    assert any(text.startswith("zesde.yaml") and "past niet bij" in text for text in told)


def test_own_declarations_are_added_or_take_a_place(tmp_path):
    _write(tmp_path, "eigen.yaml", RIGHT)
    _write(tmp_path, "pip_te_laat.yaml", RIGHT.replace("id: eigen", "id: pip_te_laat"))
    found = insight.read_signals(tmp_path)
    assert set(found) == {*insight.read_signals(), "eigen"}
    assert found["pip_te_laat"].voorwaarde.norm == 0.99


def test_every_signal_says_what_its_figure_says(snapshot):
    scope = insight.Scope(snapshot, ALLES, P)
    found = insight.evaluate(scope)
    assert {one.verklaring.id for one in found} >= {"pip_te_laat", "routes_anders_dan_verwacht", "participatie_laag"}
    assert len({one.id for one in found}) == len(found)
    [late] = [one for one in found if one.verklaring.id == "pip_te_laat"]
    [answer] = metrics.compute(
        "pip_op_tijd", snapshot, voor=ALLES, peildatum=P, van=date(2024, 7, 1), tot=date(2025, 6, 30)
    )
    assert dict(late.uitkomst.rij) == answer.rijen[0]
    expected = judge.against_limit(answer.rijen[0], 0.80, "onder", 10)
    assert (late.status, late.zekerheid) == expected
    for one in found:
        shape = one.to_json()
        assert shape["status"] in ("signaal", "rustig", "te weinig gegevens", "geen gegevens", "verborgen")
        assert (shape["zekerheid"] is not None) == (shape["status"] == "signaal")
    order = [one.status == "signaal" for one in found]
    assert order == sorted(order, reverse=True)


def test_every_kind_of_condition_is_in_use_and_answers(snapshot):
    kinds = Counter(one.voorwaarde.soort for one in insight.read_signals().values())
    from metrics.insight.signals.conditions import CONDITIONS

    assert set(kinds) == set(CONDITIONS)
    found = insight.evaluate(insight.Scope(snapshot, ALLES, P))
    assert {one.verklaring.voorwaarde.soort for one in found} == set(CONDITIONS)


def test_who_sees_only_what_is_published_gets_nothing_that_the_guard_hides(snapshot):
    towns = frozenset({"0377"})
    exact = insight.evaluate(insight.Scope(snapshot, Bevoegdheid(towns), P), deelbaar=True)
    guarded = insight.evaluate(insight.Scope(snapshot, Bevoegdheid(towns, exact=False), P))
    shown = {one.id for one in guarded if one.status == "signaal"}
    assert shown <= {one.id for one in exact if one.status == "signaal" and one.deelbaar}
    small = [one for one in exact if one.status == "signaal" and one.deelbaar is False]
    assert small, "the example must hold a signal about few people"
    for one in guarded:
        if metrics.catalogue()[one.verklaring.cijfer].personen and one.status == "signaal":
            numbers = [one.uitkomst.rij.get(key) for key in ("aantal", "teller", "noemer")]
            assert not any(isinstance(n, int) and 0 < n < 5 for n in numbers), one.id


def test_an_empty_warehouse_has_no_signals(tmp_path):
    scope = insight.Scope(write(tmp_path / "leeg.duckdb", {}, id="leeg"), ALLES)
    assert [one.id for one in insight.evaluate(scope, deelbaar=True) if one.status == "signaal"] == []
    assert insight.due(scope) == [] and insight.spuk.per_year(scope) == []
    assert {row["oordeel"] for row in insight.national.compare(scope)} == {"nog niet bekend"}
