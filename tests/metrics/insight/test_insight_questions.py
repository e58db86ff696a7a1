"""The methods on a warehouse: against plain loops over its rows."""

from datetime import date, timedelta

import pytest
from people import STATUS, People

import metrics
from data import referentie
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid, insight
from metrics.insight import quarters
from metrics.insight.course import settle_days

P = date(2024, 6, 30)


@pytest.fixture(scope="module")
def world(rows):
    return People(rows, P)


@pytest.fixture
def scope(snapshot):
    return insight.Scope(snapshot, ALLES, P)


def test_national_figures_add_up_to_the_cohorts_that_are_printed():
    totals = {}
    for row in referentie.frame("landelijk").iter_rows(named=True):
        totals[row["cohort"]] = totals.get(row["cohort"], 0) + row["noemer"]
    assert totals == {2022: 26_200, 2023: 36_100}


def test_national_comparison_is_as_of_the_same_day(rows, snapshot, scope):
    then = People(rows, date(2023, 12, 31))
    for row in insight.national.compare(scope):
        members = insight.national.GROUPS[row["groep"]]
        mine = [
            key
            for key, person in then.persons.items()
            if person["doelgroep"] in members and person["datum_plichtig"].year == row["cohort"]
        ]
        begun = [
            key for key in mine
            if then.trajecten.get(key, {}).get("datum_intake_1") or then.trajecten.get(key, {}).get("datum_pip")
        ]  # fmt: skip
        assert (row["teller"], row["noemer"]) == (len(begun), len(mine))
        assert row["peildatum"] == "2023-12-31" and row["bron"].startswith("CBS")
    early = insight.national.compare(insight.Scope(snapshot, ALLES, date(2023, 9, 30)))
    assert {row["oordeel"] for row in early} == {"nog niet bekend"}


def test_national_comparison_of_who_may_see_only_what_is_published(snapshot):
    guarded = insight.Scope(snapshot, Bevoegdheid(frozenset({"0377"}), exact=False), P)
    assert {row["oordeel"] for row in insight.national.compare(guarded)} <= {"verborgen", "te weinig gegevens",
        "kan toeval zijn", "hoger", "lager"}  # fmt: skip


def test_spuk_counts_heads_on_31_december(rows, snapshot, scope):
    world = People(rows, P)
    expected = {}
    for key, person in world.persons.items():
        running = {"asielstatushouder": 3, "gezinsmigrant": 1}.get(person["doelgroep"], 0)
        traject = world.trajecten.get(key, {})
        for year in range(person["datum_plichtig"].year, person["datum_plichtig"].year + running):
            day = date(year, 12, 31)
            gone = person["datum_vertrek"] is not None and person["datum_vertrek"] <= day
            ended = traject.get("uitkomst") in ("vertrokken", "overleden") and traject["datum_einde"] <= day
            if day <= P and not gone and not ended:
                expected[year, person["doelgroep"]] = expected.get((year, person["doelgroep"]), 0) + 1
    found = {row["jaar"]: row for row in insight.spuk.per_year(scope)}
    assert set(found) == {2022, 2023}
    for (year, group), number in expected.items():
        assert found[year][group] == number
    for year, row in found.items():
        assert row["rijk"] == pytest.approx(row["asielstatushouder"] * 13000 / 3 + row["gezinsmigrant"] * 601)
        booked = sum(
            one["bedrag"] for one in rows["boekingen"]
            if one["datum"].year == year and one["budget"] == "voorzieningen" and one["soort"] == "realisatie"
        )  # fmt: skip
        assert row["saldo"] == pytest.approx(row["rijk"] - booked)
        [figure] = metrics.compute(
            "spuk_saldo",
            snapshot,
            voor=ALLES,
            peildatum=P,
        )
        assert row["spuk_saldo"] == {one["jaar"]: one["waarde"] for one in figure.rijen}[year]


def test_what_is_due(world, snapshot, scope):
    due = insight.due(scope)
    plans = {}
    for key, person in world.persons.items():
        traject = world.trajecten.get(key, {})
        begin = person["datum_huisvesting"] if person["doelgroep"] in STATUS else person["datum_plichtig"]
        if begin is None or person["datum_vertrek"] or traject.get("datum_pip") or traject.get("datum_einde"):
            continue
        limit = begin + timedelta(days=70)
        if limit <= P + timedelta(days=28):
            plans[limit.isoformat()] = plans.get(limit.isoformat(), 0) + 1
    mine = [row for row in due if row["wat"] == "plan (PIP) maken"]
    assert len(mine) == sum(plans.values()) and {row["uiterlijk"] for row in mine} == set(plans)
    assert all((row["stand"] == "te laat") == (row["dagen"] < 0) for row in mine)
    terms = [row for row in due if row["wat"] == "termijn loopt af"]
    late = metrics.compute("termijn_verstreken", snapshot, voor=ALLES, peildatum=date(2025, 8, 1))[0].rijen[0]["teller"]
    then = insight.due(insight.Scope(snapshot, ALLES, date(2025, 8, 1)))
    stayed = sum(row["stand"] == "voorbij" for row in then)
    assert 0 < stayed <= late  # who left is no longer due
    assert all(row["dagen"] <= 184 for row in terms)
    assert [row["dagen"] for row in due] == sorted(row["dagen"] for row in due)
    with pytest.raises(Gebruiksfout):
        insight.due(insight.Scope(snapshot, Bevoegdheid(None, exact=False), P))


def test_a_course_counts_quarters_and_marks_what_is_not_settled(world, scope):
    [instroom] = insight.course(scope, "instroom")
    for point in instroom.punten:
        days = quarters.first_day(point.kwartaal), quarters.last_day(point.kwartaal)
        number = sum(days[0] <= person["datum_plichtig"] <= days[1] for person in world.persons.values())
        assert point.waarde == number and not point.voorlopig
    exams = insight.course(scope, "examen_per_poging")
    waiting = {one.dims["onderdeel"]: [p.kwartaal for p in one.punten if p.voorlopig] for one in exams}
    assert waiting["KNM"] == ["2024-K2"]  # eight weeks after 30 June
    assert (
        waiting["spreken"] == ["2024-K1", "2024-K2"]
        and settle_days("examen_per_poging", {"onderdeel": ["spreken"]}) == 112
    )
    later = insight.course(insight.Scope(scope.snapshot, ALLES, date(2024, 9, 10)), "examen_per_poging")
    waiting = {one.dims["onderdeel"]: [p.kwartaal for p in one.punten if p.voorlopig] for one in later}
    assert waiting["KNM"] == [] and waiting["spreken"] == ["2024-K2"]
    [pip] = insight.course(scope, "pip_op_tijd")
    assert [point.kwartaal for point in pip.punten if point.voorlopig] == ["2024-K2"]
    with pytest.raises(Gebruiksfout):
        insight.course(scope, "voldaan_binnen")


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2022, 1, 31), date(2022, 9, 30)])
def test_early_days_break_nothing(snapshot, day):
    scope = insight.Scope(snapshot, ALLES, day)
    assert all(one.kaart.oordeel == "te kort" for one in insight.course(scope, "instroom"))
    assert all(row["verwacht"] is None for row in insight.outlook.instroom(scope) if "halfjaar" not in row)
    assert all(row["saldo"] is None for row in insight.outlook.costs(scope))
    assert all(row["nodig"] is None for row in insight.outlook.formatie(scope))
    assert insight.spuk.per_year(scope) == []
    assert insight.prestatie(scope, insight.Assumption(0.7, 0.01, 1000))["oordeel"] == "nog niet te zeggen"
    for id in ("leerroute_geslaagd", "onderdeel_geslaagd"):
        insight.contracts_beside(scope, id)
    insight.due(scope)
    insight.evaluate(scope, deelbaar=True)


def test_the_outlook_continues_what_is_known(world, scope):
    rows = {(row["jaar"], row["groep"]): row for row in insight.outlook.instroom(scope) if "halfjaar" not in row}
    assert {year for year, _ in rows} == {2024, 2025}
    for group, members in insight.outlook.GROUPS.items():
        known = [p for p in world.persons.values() if p["doelgroep"] in members]
        row = rows[2024, group]
        assert row["bekend"] == sum(p["datum_plichtig"].year == 2024 for p in known)
        assert row["bekend"] <= row["laag"] <= row["verwacht"] <= row["hoog"]
        assert rows[2025, group]["hoog"] - rows[2025, group]["laag"] > row["hoog"] - row["laag"]
    set_before = [row for row in insight.outlook.instroom(scope) if "halfjaar" in row]
    assert [(row["halfjaar"], row["verwacht"]) for row in set_before] == [
        ("2024-2", pytest.approx(10.2)), ("2025-1", pytest.approx(10.2)), ("2025-2", pytest.approx(10.2)),
    ]  # fmt: skip
    cost = {(row["jaar"], row["doelgroep"]): row for row in insight.outlook.costs(scope)}[2025, "asielstatushouder"]
    assert cost["saldo"] == pytest.approx(cost["aantal"] * (13000 - 14211))
    assert cost["saldo_laag"] == cost["hoog"] * -1211 and cost["saldo_hoog"] == cost["laag"] * -1211


def test_formatie_is_of_the_team_whatever_is_filtered(world, snapshot):
    for filters in ({}, {"gemeente": ["0392"]}):
        [now, _] = insight.outlook.formatie(insight.Scope(snapshot, ALLES, date(2023, 12, 31), filters))
        team = [p for p in world.persons.values() if p["gemeentecode"] in ("0397", "0377")]
        came = sum(p["datum_plichtig"].year in (2022, 2023) for p in team)
        assert now["jaar"] == 2024 and now["beschikbaar"] == 2.2 and now["waarvan_consulenten"] == 1.68
        assert now["personen"] > came and now["nodig"] == pytest.approx(now["personen"] * 15 / 1400)


def test_contracts_beside_each_other(snapshot, scope):
    rows = insight.contracts_beside(scope, "leerroute_geslaagd")
    [answer] = metrics.compute("leerroute_geslaagd", snapshot, voor=ALLES, peildatum=P, per=["contract"])
    known = {row["contract"]: (row["teller"], row["noemer"]) for row in answer.rijen if row["contract"]}
    assert {row["contract"]: (row["teller"], row["noemer"]) for row in rows} == known
    assert all(row["eerlijk"]["noemer"] == row["noemer"] for row in rows)
    for wrong in ("aanwezigheid", "tevredenheid", "examen_per_poging"):
        with pytest.raises(Gebruiksfout, match="leerroute_geslaagd"):
            insight.contracts_beside(scope, wrong)


def test_the_what_if_uses_the_incidence(snapshot):
    day = date(2025, 6, 30)
    scope = insight.Scope(snapshot, ALLES, day)
    given = insight.Assumption(0.9, 0.01, 100_000, 730)
    found = insight.prestatie(scope, given)
    [answer] = metrics.compute(
        "voldaan_binnen", snapshot, voor=ALLES, peildatum=day, filters={"horizon": [730], "einde": ["voldaan"]}
    )
    assert found["waarde"] == answer.rijen[0]["waarde"] and found["wat_als"] is True
    assert found["korting_euro"] == pytest.approx(1000 * 100 * (0.9 - found["waarde"]))
    assert found["korting_laag"] <= found["korting_euro"] <= found["korting_hoog"]
    assert found["oordeel"] == "korting"
    assert insight.prestatie(scope, insight.Assumption(0.0, 0.01, 1000, 730))["oordeel"] == "geen korting"
    with pytest.raises(Gebruiksfout) as wrong:
        insight.prestatie(scope, insight.Assumption(70, 5, -1, 30))
    assert len(wrong.value.meldingen) == 4


def test_a_scope_narrows_and_leaves_out(scope, snapshot):
    narrow = insight.Scope(snapshot, ALLES, P, {"doelgroep": ["gezinsmigrant"], "leerroute": ["B1"]})
    assert narrow.ask("instroom", filters={"doelgroep": ["nareiziger"]}).rijen == []
    assert narrow.left_out("kosten") == ["leerroute"] and narrow.left_out("instroom") == []
    [row] = narrow.ask("instroom").rijen
    [answer] = metrics.compute("instroom", snapshot, voor=ALLES, peildatum=P, filters=narrow.filters)
    assert answer.rijen == [row]
    none = insight.Scope(snapshot, Bevoegdheid(frozenset()), P)
    assert none.ask("instroom").rijen == [{"aantal": 0}]
