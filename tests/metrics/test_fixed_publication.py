"""Who sees only what is published, asks one question after the other and subtracts: nothing comes out."""

import random
from datetime import date, timedelta

import pytest
from auditor import audit, shown_small
from warehouse import random_rows, write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, PUBLICATIE, VERBORGEN, Bevoegdheid

READER = Bevoegdheid(None, exact=False)
ONE, TWO = (Bevoegdheid(frozenset(codes), exact=False) for codes in (["0397"], ["0377", "0397"]))
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module", params=[2, 4])
def town(request, tmp_path_factory):
    """A small town: many cells are small."""
    rows = random_rows(70 * request.param, seed=request.param)
    return write(tmp_path_factory.mktemp("vast") / "town.duckdb", rows, id=f"vast{request.param}")


def exact(id, town, **words):
    return metrics.compute(id, town, voor=ALLES, **words)[0].rijen


def test_the_fixed_publication_is_safe_as_a_whole(town):
    published = [answer.to_json() for answer in metrics.fixed_publication(town)]
    assert len(published) == len(PUBLICATIE)
    assert {id for id, _ in PUBLICATIE} == set(metrics.catalogue())
    assert audit(published) == []
    assert shown_small(published) == []


def test_a_sequence_of_questions_tells_no_more_than_the_publication(town):
    """At random: filters, their complements, totals per dimension, other days. All that is answered is audited."""
    dice = random.Random(7)
    day = metrics.default_peildatum(town)
    codes = sorted({row["gemeente"] for row in exact("instroom", town, per=["gemeente"])})
    collected, refused = {}, 0
    for _ in range(250):
        id, per = dice.choice(PUBLICATIE)
        others = [(), ("gemeente",), ("jaar",), ("doelgroep",), ("gemeente", "jaar")]
        words: dict = {"per": dice.choice([per, dice.choice(others)])}
        one = dice.choice(codes)
        words["filters"] = dice.choice([
            {}, {}, {}, {}, {"gemeente": [one]}, {"gemeente": [code for code in codes if code != one]},
            {"jaar": [2023]},
            {"geslacht": ["vrouw"]}, {"leerroute": ["B1"]}, {"doelgroep": ["asielstatushouder"]},
        ])  # fmt: skip
        words |= dice.choice([
            {}, {}, {}, {}, {}, {"peildatum": day}, {"peildatum": day - ONE_DAY}, {"tot": day - ONE_DAY},
            {"van": date(2022, 1, 2)},
        ])  # fmt: skip
        voor = dice.choice([READER, READER, ONE, TWO])
        try:
            [answer] = metrics.compute(id, town, voor=voor, **words)
        except Gebruiksfout:
            refused += 1
            continue
        if answer.rijen and answer.definition.personen:
            collected[str((id, answer.per, answer.filters))] = answer.to_json()
    assert refused > 50 and len(collected) > 20
    assert audit(list(collected.values())) == []
    assert shown_small(collected.values()) == []


def test_the_attack_works_when_each_question_is_weighed_by_itself(tmp_path):
    """What the fixed publication is for: 3 women among 20, and one who came on the last day."""
    persons = [
        {"persoon": key, "geboortejaar": 1990, "geslacht": "vrouw" if key <= 3 else "man", "gemeentecode": "0397",
         "doelgroep": "gezinsmigrant", "datum_plichtig": date(2024, 6, 30) if key == 20 else date(2023, 5, 1),
         "mutatiedatum": date(2024, 6, 30)}
        for key in range(1, 21)
    ]  # fmt: skip
    intakes = [{"persoon": 1, "datum_intake_1": date(2024, 6, 30)}]
    world = write(tmp_path / "w.duckdb", {"personen": persons, "trajecten": intakes}, id="aanval")

    def alone(**words):
        answers = metrics.compute("instroom", world, voor=ALLES, **{"peildatum": date(2024, 6, 30), **words})
        return metrics.publish(answers)[0].rijen[0]["aantal"]

    assert alone(filters={"geslacht": ["vrouw"]}) is VERBORGEN
    assert alone() - alone(filters={"geslacht": ["man"]}) == 3
    assert alone() - alone(tot=date(2024, 6, 29)) == alone() - alone(peildatum=date(2024, 6, 29)) == 1
    for words in (
        {"filters": {"geslacht": ["vrouw"]}}, {"filters": {"geslacht": ["man"]}}, {"per": ["geslacht"]},
        {"tot": date(2024, 6, 29)}, {"peildatum": date(2024, 6, 29)}, {"van": date(2023, 5, 2)},
    ):  # fmt: skip
        with pytest.raises(Gebruiksfout, match="gepubliceerde"):
            metrics.compute("instroom", world, voor=READER, **words)


def test_a_day_sooner_or_later_is_refused(town):
    day = metrics.default_peildatum(town)
    first = metrics.compute("instroom", town, voor=ALLES)[0].van
    for words in (
        {"peildatum": day - ONE_DAY}, {"peildatum": day + ONE_DAY}, {"tot": day - ONE_DAY}, {"van": first + ONE_DAY},
        {"van": first - ONE_DAY},
    ):  # fmt: skip
        with pytest.raises(Gebruiksfout, match=rf"peildatum {day:%d-%m-%Y}"):
            metrics.compute("instroom", town, voor=READER, **words)


def test_the_usual_days_may_be_written_out(town):
    [plain] = metrics.compute("instroom", town, voor=READER)
    [written] = metrics.compute("instroom", town, voor=READER, peildatum=plain.peildatum, van=plain.van, tot=plain.tot)
    assert written == plain


@pytest.mark.parametrize("id", [id for id, per in PUBLICATIE if per == ("gemeente",)])
def test_picking_rows_is_the_same_as_filtering(town, id):
    """Where nothing is hidden, a row of the table is the answer to the filter."""
    for filters, per in (({"gemeente": ["0397"]}, ()), ({"gemeente": ["0397", "0377"]}, ("gemeente",))):
        [picked] = metrics.compute(id, town, voor=READER, filters=filters, per=per)
        filtered = metrics.compute(id, town, voor=ALLES, filters=filters, per=per)[0].rijen
        assert len(picked.rijen) == len(filtered)
        for mine, other in zip(picked.rijen, filtered, strict=True):
            assert all(value is VERBORGEN or value == other[key] for key, value in mine.items())


def test_own_dimensions_are_filtered_by_picking_rows(town):
    [answer] = metrics.compute("uitstroom", town, voor=READER, filters={"leerroute": ["B1"]})
    assert {row["leerroute"] for row in answer.rijen} == {"B1"}
    [answer] = metrics.compute("uitval", town, voor=READER, filters={"horizon": [365], "einde": ["uitval"]})
    assert [(row["horizon"], row["einde"]) for row in answer.rijen] == [(365, "uitval")]


def test_who_has_municipalities_gets_only_theirs(town):
    [answer] = metrics.compute("instroom", town, voor=TWO, per=["gemeente"])
    assert {row["gemeente"] for row in answer.rijen} <= {"0377", "0397"}
    [own] = metrics.compute("instroom", town, voor=ONE)
    assert own.rijen == [{"aantal": row["aantal"]} for row in answer.rijen if row["gemeente"] == "0397"]
    [others] = metrics.compute("instroom", town, voor=ONE, filters={"gemeente": ["0377"]}, per=["gemeente"])
    assert others.rijen == []
    with pytest.raises(Gebruiksfout, match="per gemeente"):
        metrics.compute("instroom", town, voor=TWO)  # a sum of two is a question of its own
    with pytest.raises(Gebruiksfout, match="niet per gemeente gepubliceerd"):
        metrics.compute("uitstroom", town, voor=ONE)


def test_a_row_that_is_not_there_counts_nobody(town):
    assert metrics.compute("instroom", town, voor=READER, filters={"gemeente": ["0014"]})[0].rijen == [{"aantal": 0}]
    assert metrics.compute("instroom", town, voor=READER, filters={"jaar": [2021]})[0].rijen == [{"aantal": 0}]


def test_a_refusal_names_what_there_is(town):
    with pytest.raises(Gebruiksfout, match="zonder splitsing of per jaar of per gemeente"):
        metrics.compute("pip_op_tijd", town, voor=READER, per=["geslacht"])
    with pytest.raises(Gebruiksfout, match="gepubliceerde"):
        metrics.persons("instroom", town, voor=READER)


def test_an_empty_momentopname(tmp_path):
    empty = write(tmp_path / "leeg.duckdb", {}, id="leegvast")
    assert metrics.compute("instroom", empty, voor=READER)[0].rijen == [{"aantal": 0}]
    assert metrics.compute("instroom", empty, voor=ONE)[0].rijen == [{"aantal": 0}]
