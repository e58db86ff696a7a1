"""How figures are asked: filters, rights, wrong questions, the shape of an answer, and what has not been followed yet.

What the figures themselves should be is the matter of test_second_opinion and of the golden table.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from reference import World
from warehouse import write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, Bevoegdheid

FIRST = date(2022, 1, 1)
P = date(2024, 6, 30)


def ask(id, snapshot, **words):
    words.setdefault("voor", ALLES)
    words.setdefault("peildatum", P)
    return metrics.compute(id, snapshot, **words)[0].rijen


@pytest.fixture(scope="module")
def world(rows):
    return World(rows, P)


@pytest.mark.parametrize("last", [date(2024, 12, 31), date(2025, 3, 31)])
def test_two_years_are_counted_back_from_the_last(snapshot, last):
    """The years of the period in pairs; a first one left over stands alone. Each pair counts what its years count."""
    asked = {"voor": ALLES, "peildatum": date(2025, 6, 30), "tot": last}
    for id in ("instroom", "examen_per_poging"):
        years = metrics.compute(id, snapshot, per=["jaar"], **asked)[0].rijen
        pairs = metrics.compute(id, snapshot, per=["tweejaar"], **asked)[0].rijen
        names = {"2022", "2023-2024"} if last.year == 2024 else {"2022-2023", "2024-2025"}
        assert {row["tweejaar"] for row in pairs} == names
        key = "aantal" if id == "instroom" else "noemer"
        for row in pairs:
            ends = [int(year) for year in row["tweejaar"].split("-")]
            part = [one for one in years if ends[0] <= one["jaar"] <= ends[-1]]
            assert row[key] == sum(one[key] for one in part if one.get("onderdeel") == row.get("onderdeel"))


def test_contract_of_a_person_is_any_spell_or_part(snapshot, world):
    for contract in ("danner-b1", "vluchtelingenwerk-pvt"):
        expected = sum(contract in world.contracts.get(key, ()) for key in world.persons)
        assert ask("instroom", snapshot, filters={"contract": [contract]}) == [{"aantal": expected}]
    counts = Counter(contract for key in world.persons for contract in (world.contracts.get(key) or {None}))
    found = {row["contract"]: row["aantal"] for row in ask("instroom", snapshot, per=["contract"])}
    assert found == counts


def test_rights_are_a_filter_that_cannot_be_left_out(snapshot):
    mine = Bevoegdheid(frozenset({"0397"}))
    for id in ("instroom", "pip_op_tijd", "uitstroom", "kosten", "aanwezigheid", "voldaan_binnen"):
        definition = metrics.catalogue()[id]
        allowed = ask(id, snapshot, voor=mine)
        if "gemeente" in definition.mogelijk:
            assert allowed == ask(id, snapshot, filters={"gemeente": ["0397"]})
    assert ask("instroom", snapshot, voor=mine, filters={"gemeente": ["0377"]}) == [{"aantal": 0}]
    assert ask("instroom", snapshot, voor=Bevoegdheid(frozenset())) == [{"aantal": 0}]


def test_wrong_questions_are_told_in_dutch(snapshot):
    with pytest.raises(Gebruiksfout, match="pip_op_tijd"):
        ask("pip_op_tyd", snapshot)
    with pytest.raises(Gebruiksfout, match=r"doelgroep.*Wel mogelijk: contract"):
        ask("tevredenheid", snapshot, filters={"doelgroep": ["nareiziger"]})
    with pytest.raises(Gebruiksfout, match="leeftijd"):
        ask("kosten", snapshot, per=["leeftijd"])
    with pytest.raises(Gebruiksfout, match="Kies uit"):
        ask("instroom", snapshot, filters={"leerroute": ["B2"]})
    with pytest.raises(Gebruiksfout, match="kwartaal=2024-K2"):
        ask("instroom", snapshot, filters={"kwartaal": ["2024-Q2"]})
    with pytest.raises(Gebruiksfout, match="begint"):
        ask("instroom", snapshot, van=date(2024, 2, 1), tot=date(2024, 1, 1))
    assert ask("instroom", snapshot, filters={"contract": ["x'; DROP TABLE personen; --"]}) == [{"aantal": 0}]


def test_default_peildatum(snapshot):
    # the newest rows are of August 2025
    assert metrics.default_peildatum(snapshot) == date(2025, 6, 30)
    answer = metrics.compute("instroom", snapshot, voor=ALLES)[0]
    assert (answer.peildatum, answer.van, answer.tot) == (date(2025, 6, 30), FIRST, date(2025, 6, 30))


def test_the_fixed_shape(snapshot):
    answer = metrics.compute(
        "pip_op_tijd", snapshot, voor=ALLES, peildatum=P, filters={"gemeente": ["397"]}, per=["doelgroep"]
    )[0].to_json()
    assert list(answer) == ["cijfer", "peildatum", "van", "tot", "momentopname", "filters", "per", "rijen"]
    assert answer["filters"] == {"gemeente": ["0397"]}
    assert (answer["peildatum"], answer["van"], answer["per"]) == ("2024-06-30", "2022-01-01", ["doelgroep"])
    assert list(answer["rijen"][0]) == ["doelgroep", "teller", "noemer", "waarde", "laag", "hoog", "n"]


def test_the_horizon_and_the_end_are_filters(snapshot):
    rows = ask("uitval", snapshot)
    assert [(row["horizon"], row["einde"]) for row in rows[:5]] == [
        (183, end) for end in ("uitval", "afgerond", "overstap", "vertrokken", "nog bezig")
    ]
    [one] = ask("uitval", snapshot, filters={"horizon": ["365"], "einde": ["uitval"]})
    assert one == rows[5]
    with pytest.raises(Gebruiksfout, match="horizon"):
        ask("uitval", snapshot, per=["horizon"])


def _person(key, **more):
    row = {"persoon": key, "geboortejaar": 1990, "geslacht": "vrouw", "gemeentecode": "0397"}
    row |= {"doelgroep": "gezinsmigrant", "datum_plichtig": date(2024, 1, 1), "mutatiedatum": date(2024, 1, 1)}
    return row | more


def test_who_is_not_followed_long_enough_is_told(tmp_path):
    # the term of three of the four is over on 11-03-2024; the fourth became plichtig a day later
    days = [date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 2)]
    pips = [date(2024, 3, 11), date(2024, 3, 12), None, date(2024, 2, 1)]
    rows = {
        "personen": [_person(key, datum_plichtig=day) for key, day in enumerate(days)],
        "trajecten": [{"persoon": key, "datum_pip": pip} for key, pip in enumerate(pips)],
    }
    [row] = ask("pip_op_tijd", write(tmp_path / "rijp.duckdb", rows), peildatum=date(2024, 3, 11))
    assert (row["teller"], row["noemer"], row["n"]) == (1, 3, 4)
    # a spell that ended early is followed long enough only when its horizon is over too; a person who left is not
    plan = [(date(2023, 1, 1), date(2023, 3, 1)), (date(2024, 1, 1), date(2024, 3, 1)), (date(2023, 1, 1), None)]
    rows["personen"] = [_person(key) for key in range(3)]
    rows["personen"] = [row | {"datum_plichtig": date(2022, 6, 1)} for row in rows["personen"]]
    rows["leerroutes"] = [
        {"persoon": key, "leerroute": "B1", "start": start, "einde": end, "reden_einde": "uitval" if end else None}
        for key, (start, end) in enumerate(plan)
    ]
    found = ask("uitval", write(tmp_path / "uitval.duckdb", rows), peildatum=date(2024, 6, 30))
    assert {row["horizon"]: (row["gevolgd"], row["n"]) for row in found} == {183: (2, 3), 365: (2, 3), 730: (0, 3)}


def test_a_publication_does_not_tell_who_is_not_followed_yet(snapshot):
    answers = metrics.compute(["pip_op_tijd", "uitval"], snapshot, voor=ALLES, peildatum=P)
    for answer in metrics.publish(answers):
        assert not any("gevolgd" in row or ("n" in row and answer.cijfer == "pip_op_tijd") for row in answer.rijen)


def test_the_cost_of_a_year_so_far(snapshot, rows):
    found = ask("kosten", snapshot, per=["maand"], filters={"budget": ["uitvoering"], "gemeente": ["0397"]})
    booked = [row for row in rows["boekingen"] if row["soort"] == "realisatie" and row["gemeentecode"] == "0397"]
    for row in found:
        until = [
            one["bedrag"] for one in booked
            if one["budget"] == "uitvoering" and one["kostensoort"] == row["kostensoort"]
            and f"{row['jaar']}-01" <= one["datum"].strftime("%Y-%m") <= row["maand"]
        ]  # fmt: skip
        assert row["cumulatief"] == pytest.approx(sum(until))
    march = ask("kosten", snapshot, per=["maand"], filters={"maand": ["2024-03"]})
    whole = ask("kosten", snapshot, per=["maand"])
    assert march == [row for row in whole if row["maand"] == "2024-03"]


def test_a_peildatum_before_everything_counts_nobody(snapshot):
    assert ask("instroom", snapshot, peildatum=date(2021, 12, 31)) == [{"aantal": 0}]
    assert ask("uitstroom", snapshot, peildatum=date(2021, 12, 31)) == []
    # what lies after the peildatum is not there, also when the period goes on
    later = P + timedelta(days=400)
    assert ask("instroom", snapshot, tot=later) == ask("instroom", snapshot)


def test_formatie_of_a_group_stands_beside_the_whole_team(snapshot):
    [team] = ask("formatie", snapshot)
    parts = ask("formatie", snapshot, per=["gemeente"])
    assert sum(row["n"] for row in parts) == team["n"]
    assert {row["noemer"] for row in parts} == {team["noemer"]} == {2.2}
    assert team["teller"] == team["n"] * 15 / 1400
    [none] = ask("formatie", snapshot, filters={"gemeente": ["0034"]})
    assert none == {"teller": 0.0, "noemer": 2.2, "waarde": 0.0, "n": 0}
