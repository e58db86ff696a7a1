"""The publication guard: what it hides of each kind of figure, what it shows, and of whom."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from auditor import audit
from warehouse import random_rows, write

import metrics
from metrics import ALLES, VERBORGEN
from metrics.disclosure import Account, publish

P = date(2024, 6, 30)
DIMS = ("gemeente", "doelgroep", "jaar")


@pytest.fixture(scope="module", params=[1, 3])
def town(request, tmp_path_factory):
    """A small town: nearly every cell of a table is small."""
    path = tmp_path_factory.mktemp("town") / "town.duckdb"
    return write(path, random_rows(60 + 50 * request.param, seed=request.param), id=f"town{request.param}")


def _ask(id, snapshot, splits, **words):
    return [
        metrics.compute(id, snapshot, voor=ALLES, peildatum=P, per=per, **words)[0] for per in splits
    ]  # fmt: skip


@pytest.mark.parametrize("id", ["instroom", "toets_op_tijd"])
def test_no_hidden_count_can_be_derived(town, id):
    splits = [per for length in range(4) for per in itertools.combinations(DIMS, length)]
    exact = _ask(id, town, splits)
    published = metrics.publish(exact)
    assert any(value is VERBORGEN for answer in published for row in answer.rijen for value in row.values())
    assert audit([answer.to_json() for answer in published]) == []


def test_own_dimensions_are_audited_too(town):
    exact = _ask("uitstroom", town, [(), ("jaar",), ("gemeente",), ("gemeente", "jaar")])
    assert audit([answer.to_json() for answer in metrics.publish(exact)]) == []


def test_filtered_answers_are_weighed_with_the_rest(town):
    """All, without one group, and that group by year: no way round."""
    exact = _ask("instroom", town, [("gemeente", "jaar"), ("jaar",), ("gemeente",), ()])
    some = _ask("instroom", town, [("jaar",), ()], filters={"gemeente": ["0377", "0392"]})
    published = metrics.publish([*exact, *some])
    by_place, by_some = published[0].rijen, {row["jaar"]: row["aantal"] for row in published[4].rijen}
    totals = {row["jaar"]: row["aantal"] for row in published[1].rijen}
    for row in by_place:
        if row["gemeente"] == "0397" and row["aantal"] is VERBORGEN:
            assert totals[row["jaar"]] is VERBORGEN or by_some.get(row["jaar"], 0) is VERBORGEN


def test_a_division_hides_never_one_part_alone(town):
    [answer] = metrics.publish(_ask("routeverdeling", town, [("gemeente", "doelgroep")]))
    groups = {}
    for row in answer.rijen:
        groups.setdefault((row["gemeente"], row["doelgroep"]), []).append(row)
    for rows in groups.values():
        hidden = [row for row in rows if row["teller"] is VERBORGEN]
        assert len(hidden) != 1 or all(row["noemer"] is VERBORGEN for row in rows)


def test_small_counts_are_never_shown(town):
    for id in ("instroom", "uitstroom", "pip_op_tijd", "leerroute_geslaagd", "tevredenheid", "aanwezigheid"):
        per = ["kwartaal"] if id == "tevredenheid" else ["doelgroep", "jaar"]
        [answer] = metrics.publish(_ask(id, town, [per]))
        for row in answer.rijen:
            counts = [row[key] for key in ("aantal", "teller", "noemer", "n") if isinstance(row.get(key), int)]
            if "teller" in row and isinstance(row["teller"], int):
                counts.append(row["noemer"] - row["teller"])
            if answer.definition.soort != "verhouding":
                assert not [count for count in counts if 0 < count < 5], (id, row)
            if row.get("n") is VERBORGEN or row.get("noemer") is VERBORGEN:
                assert all(row[key] is VERBORGEN for key in ("waarde", "teller") if key in row)


def test_a_difference_is_a_group_too(town):
    """All, and all but one group: what is left is derived, so when it is small one of the two is hidden."""
    [parts] = _ask("instroom", town, [("doelgroep", "gemeente")])
    few = min(parts.rijen, key=lambda row: row["aantal"])
    assert few["aantal"] < 5
    places = {"gemeente": [few["gemeente"]]}
    others = [row["doelgroep"] for row in parts.rijen if row["gemeente"] == few["gemeente"] and row is not few]
    total = _ask("instroom", town, [()], filters=places)
    rest = _ask("instroom", town, [()], filters={**places, "doelgroep": others})
    shown = metrics.publish([*total, *rest])
    assert sum(answer.rijen[0]["aantal"] is VERBORGEN for answer in shown) >= 1


def test_a_year_as_a_period_is_the_year_as_a_row(town):
    [by_year] = _ask("instroom", town, [("jaar", "doelgroep")])
    [one_year] = _ask("instroom", town, [("doelgroep",)], van=date(2023, 1, 1), tot=date(2023, 12, 31))
    rows, year = metrics.publish([by_year, one_year])
    seen = {row["doelgroep"]: row["aantal"] for row in rows.rijen if row["jaar"] == 2023}
    assert {row["doelgroep"]: row["aantal"] for row in year.rijen} == seen


def test_a_percentage_of_few_is_not_published(town):
    answers = metrics.publish(_ask("pip_op_tijd", town, [("doelgroep",), ("gemeente", "geslacht"), ()]))
    few = [row for answer in answers for row in answer.rijen if isinstance(row["noemer"], int) and row["noemer"] < 20]
    assert few
    assert all(row[key] is VERBORGEN for row in few for key in ("waarde", "laag", "hoog"))


def test_what_is_not_about_people_passes(snapshot):
    for id in ("kosten", "rapportage_op_tijd", "gegevenskwaliteit"):
        exact = metrics.compute(id, snapshot, voor=ALLES)
        assert metrics.publish(exact)[0].rijen == exact[0].rijen


def test_the_guard_changes_nothing_in_what_it_was_given(town):
    exact = _ask("instroom", town, [("doelgroep", "jaar")])
    before = [dict(row) for row in exact[0].rijen]
    metrics.publish(exact)
    assert exact[0].rijen == before


def test_ends_of_few_are_hidden_and_not_alone(snapshot):
    [answer] = metrics.publish(_ask("voldaan_binnen", snapshot, [("doelgroep",)]))
    days = {}
    for row in answer.rijen:
        days.setdefault((row["doelgroep"], row["horizon"]), []).append(row)
    for rows in days.values():
        assert sum(row["waarde"] is VERBORGEN for row in rows) != 1
        for row in rows:
            if isinstance(row["waarde"], float) and row["waarde"] > 0:
                assert row["waarde"] * row["n"] >= 5 - 1e-9


def _shown(answer, **where):
    [row] = [row for row in answer.rijen if all(row[name] == value for name, value in where.items())]
    return row


def test_nobody_or_everybody_of_a_small_group_is_not_told(tmp_path):
    """Of seven people none had a test, of eight all: shown would say it of each of them. Of twelve it may be told."""
    answer = _share({"0377": (0, 7), "0392": (8, 8), "0397": (0, 12), "0453": (12, 12)}, tmp_path)
    [shown] = metrics.publish([answer])
    assert [_shown(shown, gemeente=code)["teller"] for code in ("0377", "0392")] == [VERBORGEN, VERBORGEN]
    assert [_shown(shown, gemeente=code)["teller"] for code in ("0397", "0453")] == [0, 12]


def test_a_small_numerator_leaves_its_denominator(tmp_path):
    answer = _share({"0377": (3, 30), "0392": (28, 30), "0397": (15, 30), "0453": (2, 3)}, tmp_path)
    [shown] = metrics.publish([answer])
    rows = {row["gemeente"]: (row["teller"], row["noemer"], row["waarde"]) for row in shown.rijen}
    assert rows["0377"] == rows["0392"] == (VERBORGEN, 30, VERBORGEN)
    assert rows["0397"] == (15, 30, 0.5)
    assert rows["0453"] == (VERBORGEN, VERBORGEN, VERBORGEN)


def _share(groups, folder):
    """toets_op_tijd per gemeente with these numerators and denominators."""
    people, ways = [], []
    for code, (teller, noemer) in groups.items():
        for number in range(noemer):
            person = len(people) + 1
            people.append(_person(person, code))
            early = date(2023, 1, 1) if number < teller else None
            ways.append({"persoon": person, "datum_pip": date(2023, 2, 1), "datum_leerbaarheidstoets": early})
    town = write(folder / "share.duckdb", {"personen": people, "trajecten": ways}, id="share")
    return metrics.compute("toets_op_tijd", town, voor=ALLES, peildatum=P, per=["gemeente"])[0]


def _person(number, code, doelgroep="gezinsmigrant", day=date(2022, 6, 1)):
    return {
        "persoon": number, "geboortejaar": 1990, "geslacht": "vrouw", "gemeentecode": code, "doelgroep": doelgroep,
        "datum_plichtig": day, "mutatiedatum": day,
    }  # fmt: skip


def test_what_one_figure_hides_is_not_read_in_another(town):
    """toets_op_tijd and voldaan_binnen count the same people; so do instroom and the offer of a PIP."""
    for one, other, keys in (
        ("toets_op_tijd", "voldaan_binnen", ("noemer", "n")),
        ("instroom", "aanbod_gekregen", ("aantal", "noemer")),
    ):
        per = ("gemeente", "doelgroep")
        first, second = metrics.publish([*_ask(one, town, [per]), *_ask(other, town, [per])])
        mine = {(row["gemeente"], row["doelgroep"]): row[keys[0]] for row in first.rijen}
        theirs = {
            (row["gemeente"], row["doelgroep"]): row[keys[1]]
            for row in second.rijen
            if row.get("onderdeel", "PIP") == "PIP"
        }
        assert mine == theirs
        assert VERBORGEN in mine.values()


def test_a_balance_does_not_tell_how_many_came(tmp_path):
    """saldo = 3 × one tariff + 20 × another - bookings: the 3 asielstatushouders could be solved from it."""
    people = [_person(n, "0397", "asielstatushouder" if n <= 3 else "gezinsmigrant") for n in range(1, 24)]
    more = [
        _person(n, "0397", "asielstatushouder" if n <= 40 else "gezinsmigrant", date(2023, 3, 1)) for n in range(30, 60)
    ]
    tariffs = [
        {"jaar": year, "doelgroep": who, "tarief": amount}
        for year in (2022, 2023)
        for who, amount in (("asielstatushouder", 13000), ("gezinsmigrant", 601))
    ]
    rows = {"personen": people + more, "ref_tarieven": [dict(one, bron="proef") for one in tariffs]}
    town = write(tmp_path / "saldo.duckdb", rows, id="saldo")
    [exact] = metrics.compute("spuk_saldo", town, voor=ALLES, peildatum=P)
    assert [row["waarde"] for row in exact.rijen] == [3 * 13000 + 20 * 601, 11 * 13000 + 19 * 601]
    [shown] = metrics.publish([exact])
    assert [row["waarde"] for row in shown.rijen] == [VERBORGEN, 11 * 13000 + 19 * 601]


def test_formatie_and_taakstelling_hide_the_people_not_what_is_public(snapshot):
    [needed] = metrics.compute("formatie", snapshot, voor=ALLES)
    few = [dict(needed.rijen[0], n=3, teller=3 * 15 / 1300)]
    [shown] = metrics.publish([replace(needed, rijen=few)])
    assert shown.rijen[0]["n"] is VERBORGEN
    assert shown.rijen[0]["teller"] is VERBORGEN
    assert shown.rijen[0]["noemer"] == needed.rijen[0]["noemer"]
    [task] = metrics.compute("taakstelling", snapshot, voor=ALLES)
    [shown] = metrics.publish([task])
    for true, row in zip(task.rijen, shown.rijen, strict=True):
        assert row["noemer"] == true["noemer"]
        assert (row["teller"] is VERBORGEN) >= (0 < true["teller"] < 5)


def test_quantiles_stand_for_five_people_on_either_side(snapshot):
    [whole] = metrics.publish(_ask("intake_tot_pip", snapshot, [()]))
    assert whole.rijen[0]["n"] >= 20
    assert whole.rijen[0]["p25"] is not VERBORGEN
    for id in ("maanden_tot_uitstroom", "intake_tot_pip"):
        [answer] = metrics.publish(_ask(id, snapshot, [("doelgroep",)]))
        sizes = [row for row in answer.rijen if isinstance(row["n"], int)]
        assert all(row["p50"] is VERBORGEN for row in sizes if 0 < row["n"] < 10)
        assert all(row["p25"] is VERBORGEN and row["p75"] is VERBORGEN for row in sizes if 0 < row["n"] < 20)


def test_a_step_of_few_people_is_hidden(snapshot):
    """Between two days that are shown at least five people came to their end, or none."""
    for id in ("voldaan_binnen", "uitval"):
        [answer] = metrics.publish(_ask(id, snapshot, [("doelgroep",)]))
        last = {}
        for row in sorted(answer.rijen, key=lambda row: row["horizon"]):
            if isinstance(row["waarde"], float):
                key = row["doelgroep"], row["einde"]
                step = abs(row["waarde"] - last.get(key, float(row["einde"] == "nog bezig"))) * row["n"]
                assert step < 1e-6 or step > 5 - 1e-6, row
                last[key] = row["waarde"]


def test_costs_of_a_small_group_are_hidden_and_those_beside_it(tmp_path):
    people = [_person(n, "0397", "nareiziger" if n <= 2 else "gezinsmigrant") for n in range(1, 24)]
    people += [_person(n, "0392", "nareiziger" if n <= 40 else "gezinsmigrant") for n in range(30, 60)]
    bookings = [
        {"boekstuk": f"{code}{who}", "datum": date(2023, 5, 1), "gemeentecode": code, "budget": "voorzieningen",
         "kostensoort": "tolk", "doelgroep": who, "bedrag": 1000.0, "soort": "realisatie"}
        for code in ("0397", "0392") for who in ("nareiziger", "gezinsmigrant")
    ]  # fmt: skip
    town = write(tmp_path / "kosten.duckdb", {"personen": people, "boekingen": bookings}, id="kosten")
    [by_group] = metrics.publish(metrics.compute("kosten", town, voor=ALLES, peildatum=P, per=["doelgroep"]))
    assert {(row["gemeente"], row["waarde"]) for row in by_group.rijen} == {("0397", VERBORGEN), ("0392", 1000.0)}
    [whole] = metrics.publish(metrics.compute("kosten", town, voor=ALLES, peildatum=P))
    assert all(row["waarde"] == 2000.0 for row in whole.rijen)


def test_numbers_that_contradict_each_other_are_never_shown_unjudged(town):
    [one] = _ask("instroom", town, [("gemeente",)])
    other = replace(one, rijen=[dict(row, aantal=row["aantal"] + 10) for row in one.rijen])
    account = Account()
    shown = publish([one, other], account=account)
    assert account.pieces
    assert all(row["aantal"] is VERBORGEN for answer in shown for row in answer.rijen)
